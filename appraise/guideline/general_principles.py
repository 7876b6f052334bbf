"""What a guideline says of all its standards at once: earlier awards that bar, the period that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from appraise.guideline.award_words import award_named
from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.measures import tests_of
from appraise.guideline.passages import Passage
from appraise.guideline.periods_of_merit import earlier_awards, exclusions_of, window_of
from appraise.guideline.sections import is_merit_period
from appraise.rules import Award, Criterion, Exclusion, Window

__all__ = ["each_once", "with_general_principles"]

_ALREADY = regex.compile(r"\bđã\b", regex.IGNORECASE)


def with_general_principles(guideline: GuidelineText, criteria: Sequence[Criterion]) -> list[Criterion]:
    """Criteria with the exclusions of "Nguyên tắc chung" added, and its period where they have none of their own."""
    passages = [Passage(guideline.text[item.body : item.own_end], item.body) for item in _outside(guideline, criteria)]
    exclusions = [found for passage in passages if not _sets_numbers(passage) for found in _exclusions(passage)]
    windows = [window for passage in passages if (window := _window(passage)) is not None]
    window = windows[0] if len(set(map(_years, windows))) == 1 else None
    return [_with(criterion, exclusions, window) for criterion in criteria]


def _outside(guideline: GuidelineText, criteria: Sequence[Criterion]) -> Iterator[GuidelineItem]:
    """Items that no criterion stands in, above or below."""
    paths = {criterion.place.item for criterion in criteria}
    for item in guideline.walk():
        if item.annex == 0 and not any(_on_one_way(item.path, path) for path in paths):
            yield item


def _on_one_way(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _exclusions(passage: Passage) -> Iterator[tuple[Award | None, Exclusion]]:
    """Periods that bar, with the award that they bar from: the one named, or any."""
    for clause in earlier_awards(passage):
        named = award_named(_ALREADY.sub("  ", passage.text[clause.start : clause.end]))
        for exclusion in exclusions_of([clause], "item"):
            yield named.award if named else None, exclusion


def _sets_numbers(passage: Passage) -> bool:
    """True for a standard that became no criterion: what it bars holds for its own candidates, not for all."""
    plain = passage.without((clause.start, clause.end) for clause in earlier_awards(passage))
    return any(test.relation != "judged" for test in tests_of(plain, "any"))


def _window(passage: Passage) -> Window | None:
    clauses = (clause for clause in passage.clauses() if is_merit_period(clause.line))
    return next((window for clause in clauses if (window := window_of(clause, None)) is not None), None)


def _years(window: Window) -> tuple[int, int]:
    return window.first, window.last


def _with(
    criterion: Criterion, exclusions: Sequence[tuple[Award | None, Exclusion]], window: Window | None
) -> Criterion:
    if criterion.left_to_units:
        return criterion
    added = [exclusion for award, exclusion in exclusions if award in {None, criterion.award}]
    return criterion.model_copy(
        update={
            "exclusions": each_once([*criterion.exclusions, *added]),
            "window": criterion.window or window,
        }
    )


def each_once(exclusions: Sequence[Exclusion]) -> list[Exclusion]:
    """Exclusions without those whose period stands before."""
    seen: dict[tuple[int, int], Exclusion] = {}
    for exclusion in exclusions:
        seen.setdefault(_years(exclusion.period), exclusion)
    return list(seen.values())
