"""Which class of candidates words name: at the head of a standard, behind "tặng cho", "đối với", or in a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

import regex

from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.rules import CandidateClass
from normalize.folding import fold_aligned

__all__ = ["NamedCandidates", "candidates_at", "candidates_in"]

# What may stand before a candidate: "Đối với các", "Tặng cho", "Là", "Mỗi". Folded "doi" is also đổi, "la" lá.
_LEAD = (
    r"(?:(?:xet\s{1,4})?(?:d\Si|doi)\s{1,4}v\Si\s{1,4}|(?:xet\s{1,4})?(?:khen\s{1,4})?(?:tang|thuong)\s{1,4}(?:thuong\s{1,4})?(?:cho\s{1,4})?"
    r"|(?:(?:xet|trinh|de\s{1,4}nghi)\s{1,4}){1,2}(?:khen|tang)\s{1,4}(?:(?:thuong|tang)\s{1,4})?(?:cho\s{1,4}|doi\s{1,4}voi\s{1,4})?|danh\s{1,4}cho\s{1,4}|cho\s{1,4}"
    r"|rieng\s{1,4}(?:(?:doi\s{1,4})?voi\s{1,4})?)?"
    r"(?:cac\s{1,4}|nhung\s{1,4}|mot\s{1,4}|moi\s{1,4}|la\s{1,4}|tap\s{1,4}the\s{1,4}(?:cac\s{1,4}|la\s{1,4}|cap\s{1,4})?|nhan\s{1,4}dan\s{1,4}va\s{1,4}can\s{1,4}bo\s{1,4}(?:cac\s{1,4})?)?"
)
_OPENING = regex.compile(rf"[\W\d]{{0,6}}(?P<lead>{_LEAD})")
_LEADING = regex.compile(
    r"\b(?:(?:tang|thuong)\s{1,4}(?:thuong\s{1,4})?cho|d\Si\s{1,4}v\Si|danh\s{1,4}cho|khen\s{1,4}thuong\s{1,4}cho|\bcho)\s{1,4}(?:cac\s{1,4}|nhung\s{1,4})?"
)
_BEING = regex.compile(r"\s{1,4}la\s{1,4}(?:cac\s{1,4}|nhung\s{1,4})?")
_NEXT = regex.compile(
    r"(?:\s{0,4}[,/&]\s{0,4}(?:va\s{1,4}|hoac\s{1,4})?|\s{1,4}(?:va|hoac|-)\s{1,4})(?:cac\s{1,4}|nhung\s{1,4})?"
)
_MARKED = {
    "ban": {"bản", "ban"},
    "ho": {"hộ", "ho"},
    "xa": {"xã", "xa"},
    "so": {"sở", "so"},
    "ap": {"ấp", "ap"},
    "quan": {"quận", "quan"},
    "lang": {"làng", "lang"},
    "thon": {"thôn", "thon"},
}


@dataclass(frozen=True, slots=True)
class NamedCandidates:
    """Classes in the order printed, each once; ``end`` is behind the last word that names one."""

    classes: tuple[CandidateClass, ...]
    text: str
    start: int
    end: int
    rieng: bool = False

    @property
    def is_specific(self) -> bool:
        """False for "tập thể", "đơn vị"."""
        return self.classes != ("any",)


@cache
def _known() -> tuple[tuple[CandidateClass, regex.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (cast("CandidateClass", entry["id"]), phrase_pattern(entry["names"]), tuple(entry.get("covers", ())))
        for entry in data_file("candidate_classes.toml")["class"]
    )


def _name_at(text: str, folded: str, at: int) -> tuple[CandidateClass, int] | None:
    """The longest name of a class that begins at ``at``."""
    best: tuple[CandidateClass, int] | None = None
    for class_, names, _ in _known():
        match = names.match(folded, at)
        if match and _as_printed(text, match) and (best is None or match.end() > best[1]):
            best = (class_, match.end())
    return best


def _as_printed(text: str, match: regex.Match[str]) -> bool:
    """One syllable that means something else with other marks ("bàn", "họ", "xa"): print must agree."""
    allowed = _MARKED.get(match.group())
    return allowed is None or text[match.start() : match.end()].lower() in allowed


def candidates_at(text: str, start: int = 0) -> NamedCandidates | None:
    """The candidates that ``text`` opens with at ``start``, lead-in words passed; None where it opens otherwise."""
    folded = fold_aligned(text)
    opening = _OPENING.match(folded, start)
    lead_end = opening.end() if opening else start
    first = _name_at(text, folded, lead_end)
    plain = regex.match(r"[\W\d]{0,6}", folded[start:])
    bare_start = start + (plain.end() if plain else 0)
    bare = _name_at(text, folded, bare_start)
    if first is None or first[0] == "any":
        first, lead_end = (bare, bare_start) if bare else (first, lead_end)
    if first is None:
        return None
    classes, end = [first[0]], first[1]
    if (being := _BEING.match(folded, end)) is not None:  # "Cá nhân là cán bộ, công chức"
        narrower = _name_at(text, folded, being.end())
        classes, end = ([narrower[0]], narrower[1]) if narrower else (classes, end)
    while (link := _NEXT.match(folded, end)) is not None and (found := _name_at(text, folded, link.end())) is not None:
        classes.append(found[0])
        end = found[1]
    rieng = bool(opening and "rieng" in opening["lead"])
    return NamedCandidates(tuple(_merged(classes)), " ".join(text[lead_end:end].split()), lead_end, end, rieng)


def candidates_in(text: str) -> NamedCandidates | None:
    """The candidates that a heading names: those it opens with, else those behind "tặng cho", "đối với"."""
    opening = candidates_at(text)
    if opening is not None and opening.is_specific:
        return opening
    folded = fold_aligned(text)
    behind = (candidates_at(text, match.end()) for match in _LEADING.finditer(folded))
    found = [item for item in behind if item is not None]
    specific = [item for item in found if item.is_specific]
    return specific[0] if specific else (found[0] if found else opening)


def _merged(classes: list[CandidateClass]) -> Iterator[CandidateClass]:
    """Each class once, those that another of the list covers left out; "any" only where it stands alone."""
    covered = {name for class_, _, covers in _known() if class_ in classes for name in covers}
    kept = [class_ for class_ in dict.fromkeys(classes) if class_ not in covered]
    specific = [class_ for class_ in kept if class_ != "any"]
    yield from specific or kept
