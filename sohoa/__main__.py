"""``python -m sohoa``."""

from __future__ import annotations

from sohoa.cli import main

if __name__ == "__main__":
    main()
