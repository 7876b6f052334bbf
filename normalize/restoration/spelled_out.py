"""Abbreviations that a document spells out: after ``điện mặt trời (DMT)`` every DMT of it is ĐMT."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from normalize.folding import fold_aligned
from normalize.restoration.engine import Reading
from normalize.restoration.tokens import Kind

__all__ = ["with_abbreviations_as_spelled_out"]

_LONGEST: Final = 8


def with_abbreviations_as_spelled_out(readings: Iterable[Reading], text: str) -> list[Reading]:
    """Put Đ into the abbreviations that stand in brackets behind the words they are made of, wherever they stand.

    Args:
        readings: Of the whole text.
        text: It, as it came.
    """
    found = list(readings)
    meant = _meant(found, text)
    return [_spelled(reading, meant) for reading in found] if meant else found


def _meant(readings: list[Reading], text: str) -> dict[str, str]:
    """What abbreviations are, by their bare letters."""
    meant: dict[str, str] = {}
    before: deque[str] = deque(maxlen=2 * _LONGEST)
    for reading in readings:
        short = fold_aligned(reading.token.text)
        if _is_short(reading) and text[reading.token.start - 1 : reading.token.start] == "(":
            initials = _initials(short, [word[0] for word in before])
            if len(initials) == len(short):
                meant[short] = "".join("Đ" if letter == "đ" else fold_aligned(letter).upper() for letter in initials)
            elif "đ" in initials and "d" not in initials:  # where both are among them nobody can tell which is left out
                meant[short] = short.replace("d", "đ").upper()
        before.extend(reading.chosen.text.lower().split())
    return meant


def _initials(short: str, letters: list[str]) -> list[str]:
    """First letters of the words that are spelled out: the fewest that have those of the abbreviation in order.

    Words may be left out of an abbreviation (đánh giá tác động môi trường is ĐTM), the first one never is.
    """
    for count in range(len(short), 2 * len(short) + 1):
        some = letters[-count:]
        rest = iter(map(fold_aligned, some))
        if len(some) == count and fold_aligned(some[0]) == short[0] and all(letter in rest for letter in short):
            return some
    return []


def _is_short(reading: Reading) -> bool:
    """Whether a token looks like an abbreviation with a D."""
    short = reading.token.text
    capitals = short.isupper() and short.isalpha() and 1 < len(short) <= _LONGEST
    return capitals and reading.token.kind is Kind.WORD and "d" in fold_aligned(short)


def _spelled(reading: Reading, meant: dict[str, str]) -> Reading:
    right = meant.get(fold_aligned(reading.token.text)) if _is_short(reading) else None
    if right is None or reading.last is not reading.token:
        return reading
    return replace(reading, chosen=replace(reading.chosen, text=right, second=-1, third=-1), probability=1.0, others=())
