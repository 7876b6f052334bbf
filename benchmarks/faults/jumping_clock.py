"""``sohoa`` with a clock that jumps for days, forwards and back, every half second, in the run and in its workers."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Final

import corpus.ledger

_real_time = time.time
_DAY: Final = 86_400.0
_JUMPS: Final = (0.0, 3 * _DAY, -400 * _DAY, 3600.0, -2 * _DAY, 9000 * _DAY)


def jumping_time() -> float:
    """The time of day as a clock shows it that is set again and again."""
    return _real_time() + _JUMPS[int(time.monotonic() * 2) % len(_JUMPS)]


def jumping_now() -> str:
    """As ``corpus.ledger.now``."""
    return datetime.fromtimestamp(jumping_time(), UTC).isoformat(timespec="seconds")


time.time = jumping_time
corpus.ledger.now = jumping_now  # before anything else of sohoa takes the name from there

if __name__ == "__main__":
    from sohoa.cli import main

    main()
