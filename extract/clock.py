"""Moments as signing programs print them: "25/07/2025 10:25:14 +07:00"."""

from __future__ import annotations

import regex

from extract.dates import find_dates
from extract.patterns import Source

__all__ = ["moment_in"]

_CLOCK = regex.compile(
    r"(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s{0,3}(?P<zone>[+-]\d\d:?\d\d)?"
)
_DAY = len("2019-05-31")


def moment_in(text: str, folded: str | None = None) -> str | None:
    """The first whole date of a text, in ISO form with its time of day and zone as far as printed."""
    source = Source(text, text if folded is None else folded)
    dates = [found for found in find_dates(source) if len(str(found.value)) == _DAY]
    if not dates:
        return None
    clock = _CLOCK.search(text, dates[0].end)
    if clock is None:
        return str(dates[0].value)
    second = f":{clock['second']}" if clock["second"] else ""
    return f"{dates[0].value}T{int(clock['hour']):02d}:{clock['minute']}{second}{clock['zone'] or ''}"
