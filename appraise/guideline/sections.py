"""What a heading of a guideline announces (data/sections.toml): standards or something else, one of them or all."""

from __future__ import annotations

from functools import cache
from typing import Literal

import regex

from appraise.guideline.phrases import data_file, phrase_pattern
from normalize.folding import fold_aligned

__all__ = ["Mode", "announces_standards", "is_elsewhere", "is_left_to_units", "is_merit_period", "mode_of"]

_GAP = 8
_BY_RULE = regex.compile(r"\b(?:theo|dung)\s{1,4}(?:cac\s{1,4})?quy\s{1,4}dinh\b")
Mode = Literal["any", "all", "unsaid"]


@cache
def _words(name: str) -> regex.Pattern[str]:
    return phrase_pattern(data_file("sections.toml")[name], gap=_GAP)


def _says(name: str, heading: str) -> bool:
    return _words(name).search(fold_aligned(heading)) is not None


def announces_standards(heading: str) -> bool:
    """True for headings of standards: "Tiêu chuẩn tặng Bằng khen", "Tặng cho các xã đạt"."""
    return _says("standards", heading)


def is_elsewhere(heading: str) -> bool:
    """True for headings below which no standards stand: dossiers, deadlines, who does what."""
    folded = fold_aligned(heading)
    if regex.search(r"\b(?:tieu\s{1,4}chuan|dieu\s{1,4}kien)\b", folded):
        return False
    return _says("others", heading)


def is_left_to_units(words: str) -> bool:
    """True where the units set the standards themselves."""
    return _words("left_to_units").search(_BY_RULE.sub("", fold_aligned(words))) is not None


def is_merit_period(words: str) -> bool:
    """True for a sentence that says from when to when merits count."""
    return _says("merit_period", words)


def mode_of(heading: str) -> Mode:
    """How the standards below a heading combine."""
    if _says("one_of", heading):
        return "any"
    return "all" if _says("all_of", heading) else "unsaid"
