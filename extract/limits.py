"""How much text one record is made of."""

from __future__ import annotations

__all__ = ["LONGEST_TEXT"]

# Characters: a book of 7,000 pages. Time and memory grow with the text: 10 million took 100 s of one core and 1.8 GB.
LONGEST_TEXT = 20_000_000
