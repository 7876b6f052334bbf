"""Of which emulation movement a guideline is, and whether a merit belongs to it."""

from __future__ import annotations

from functools import cache

import regex

from appraise.checks.verdict import said
from appraise.guideline.phrases import data_file
from appraise.rules import RuleBook
from normalize.folding import fold

__all__ = ["is_of_other_movement", "movement_words"]

_QUOTED = regex.compile(r"[“\"«](?P<name>[^”\"»]{8,120})[”\"»]")


def movement_words(rules: RuleBook) -> tuple[str, ...]:
    """The folded words by which papers name the guideline's movement; empty where it names none."""
    subject = rules.guideline.get("subject")
    title = subject.value or "" if subject is not None else ""
    body = " ".join([*(criterion.quote for criterion in rules.criteria), *(c.candidate_text for c in rules.criteria)])
    for text in (title, body):
        named = [words for words, _ in _known() if said(text, words)]
        if named:
            return named[0]
    measured = {test.measure for criterion in rules.criteria for test in criterion.tests}
    if by_measure := next((words for words, measures in _known() if measures & measured), None):
        return by_measure
    quoted = _QUOTED.search(title)
    return (" ".join(regex.split(r"[^a-z0-9]+", fold(quoted["name"]))).strip(),) if quoted else ()


def is_of_other_movement(merit: str, own: tuple[str, ...]) -> bool:
    """Whether words of a merit name a movement, and not this one."""
    return not said(merit, own) and any(said(merit, words) for words, _ in _known() if words != own)


@cache
def _known() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    entries = data_file("movements.toml")["movement"]
    return tuple((tuple(entry["words"]), frozenset(entry.get("measures", ()))) for entry in entries)
