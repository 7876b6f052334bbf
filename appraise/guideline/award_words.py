"""Which award a heading names: words of data/awards.toml, awards that were given before left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

import regex

from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.rules import Award
from normalize.folding import fold_aligned

__all__ = ["NamedAward", "award_code", "award_named"]

# "xã đã được tặng Bằng khen" speaks of an earlier award, "Bóng khen" is Bằng khen after restoration
_EARLIER = regex.compile(r"\b(?:da|chua|tung)\s{1,4}(?:\w{1,8}\s{1,4}){0,4}$")
_MISREAD = regex.compile(r"\bb\w{2,4}(?=\s{1,4}khen\b)")
_AWARD_END = regex.compile(r"[:;,.(]|\b(?:xet|tang cho|tang|cho|doi voi|dat|khi|neu)\b")


@dataclass(frozen=True, slots=True)
class NamedAward:
    """An award and the words that name it, as printed, with their place."""

    award: Award
    text: str
    start: int
    end: int


@cache
def _known() -> tuple[tuple[Award, str, regex.Pattern[str]], ...]:
    return tuple(
        (cast("Award", entry["id"]), entry["code"], phrase_pattern(entry["names"]))
        for entry in data_file("awards.toml")["award"]
    )


def award_code(award: Award) -> str:
    """What opens the ids of an award's criteria."""
    return next(code for known, code, _ in _known() if known == award)


def award_named(text: str) -> NamedAward | None:
    """The first award that ``text`` names; where two names begin at one place, the one listed first."""
    folded = _MISREAD.sub(lambda match: "bang".ljust(len(match.group()))[: len(match.group())], fold_aligned(text))
    found: NamedAward | None = None
    for award, _, names in _known():
        for match in names.finditer(folded):
            if _EARLIER.search(folded, max(0, match.start() - 40), match.start()):
                continue
            if found is None or match.start() < found.start:
                stop = _AWARD_END.search(folded, match.end())
                end = stop.start() if stop else min(len(text), match.end() + 60)
                found = NamedAward(award, " ".join(text[match.start() : end].split()), match.start(), end)
            break
    return found
