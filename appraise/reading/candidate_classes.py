"""The class of a candidate: what the name opens with, the section of the list, the post, what the papers say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast, get_args

import regex

from appraise.reading.candidate_mentions import Mention, cell_text
from appraise.reading.name_reading import class_of_post, class_of_section
from appraise.rules import CandidateClass
from normalize.folding import fold_aligned

__all__ = ["class_of"]

_OF_PEOPLE = ("official", "entrepreneur", "worker", "individual")
_CLASSES = frozenset(get_args(CandidateClass))
_HARD = regex.compile(
    r"\b(?:la|thuoc|xa)\s{1,3}(?:mot\s{1,3}trong\s{1,3}nhung\s{1,3})?(?:xa\s{1,3})?(?:thuoc\s{1,3}(?:dien|vung)?\s{0,3})?"
    r"(?:dac\s{1,3}biet\s{1,3}kho\s{1,3}khan|dbkk|khu\s{1,3}vuc\s{1,3}iii|vung\s{1,3}iii)\b"
)
_NO_MORE = regex.compile(r"\b(?:khong|thoat|ra\s{1,3}khoi|truoc\s{1,3}day|von)\b[^.;]{0,30}$")


def class_of(mentions: Sequence[Mention]) -> CandidateClass | None:
    """The class that the mentions of one candidate agree on; None where nothing tells it."""
    named = {mention.name.class_ for mention in mentions}
    if "family" in named:
        return "family"
    if "person" in named:
        return _class_of_person(mentions)
    sections = {mention.section for mention in mentions}
    if named & {"commune", "difficult_commune"}:
        hard = "difficult_commune" in named | sections or any(_said_hard(mention) for mention in mentions)
        return "difficult_commune" if hard else "commune"
    known = [name for name in _in_order(mentions) if name in _CLASSES]
    if known:
        return cast("CandidateClass", known[0])
    said = [section for section in (m.section for m in mentions) if section in _CLASSES - set(_OF_PEOPLE)]
    return cast("CandidateClass", said[0]) if said and named <= {None} else None


def _in_order(mentions: Iterable[Mention]) -> list[str]:
    return [mention.name.class_ for mention in mentions if mention.name.class_ is not None]


def _class_of_person(mentions: Sequence[Mention]) -> CandidateClass:
    """By the column of classes, the section, the post; a person of no known post is an individual."""
    for mention in mentions:
        if mention.row is not None and mention.columns is not None:
            stated = class_of_section(cell_text(mention.row, mention.columns.get("class")))
            if stated in (*_OF_PEOPLE, "family"):
                return cast("CandidateClass", stated)
    for mention in mentions:
        if mention.section in _OF_PEOPLE:
            return cast("CandidateClass", mention.section)
    posts = [post for mention in mentions if (post := class_of_post(mention.detail)) is not None]
    return cast("CandidateClass", posts[0]) if posts else "individual"


def _said_hard(mention: Mention) -> bool:
    """Whether the candidate's own report, or its row, calls the commune specially disadvantaged."""
    if mention.row is not None:
        said = fold_aligned(" ".join(cell.text for cell in mention.row.cells))
    elif mention.paper.kind == "achievement_report":
        said = fold_aligned(mention.paper.text[slice(*mention.paper.span)])
    else:
        return False
    return any(not _NO_MORE.search(said, max(0, match.start() - 60), match.start()) for match in _HARD.finditer(said))
