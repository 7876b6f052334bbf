"""Minutes (Biên bản): their head has neither number nor date; the text opens with "Hôm nay, ngày ..."."""

from __future__ import annotations

import regex

from extract.dates import date_at
from extract.evidence import reading
from extract.record import Reading
from extract.tokens import TokenisedText
from extract.zones import Zones

__all__ = ["MINUTES", "minutes_date"]

MINUTES = "Biên bản"

_TODAY = regex.compile(
    r"(?:hom\s{1,3}nay|thoi\s{1,3}gian(?:\s{1,3}bat\s{1,3}dau)?|vao\s{1,3}(?:hoi|luc))[^\n]{0,60}?(?=ngay\s{0,3}\d)"
)
_DEPTH = 4000  # characters from the start of the body


def minutes_date(tokens: TokenisedText, zones: Zones, kind: Reading | None) -> Reading | None:
    """Date of the meeting, for minutes only."""
    if kind is None or kind.value != MINUTES or not zones.body:
        return None
    start = zones.body[0].start
    match = _TODAY.search(tokens.folded, start, start + _DEPTH)
    found = date_at(tokens.folded, match.end()) if match else None
    if found is None or len(found.value) != len("2019-05-31"):
        return None
    span = (found.start, found.end)
    return reading(
        tokens,
        found.value,
        [span],
        "minutes.today",
        strength=min(0.93, found.strength),
        status=found.status,
        weakest=True,
    )
