"""One standard as found in a guideline, and the criteria that it makes: one for each class of candidates it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from appraise.guideline.award_words import NamedAward, award_code
from appraise.guideline.general_principles import each_once
from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.measures import combination, placed_tests, tests_of
from appraise.guideline.passages import Passage
from appraise.guideline.periods_of_merit import window_of
from appraise.reading.candidate_words import NamedCandidates
from appraise.rules import Criterion, Exclusion, Window
from extract.record import Where

__all__ = ["Standard", "criteria_of"]


@dataclass(frozen=True, slots=True)
class Standard:
    """What is known of one standard.

    Attributes:
        award: The award.
        candidates: Whose standard it is.
        item: Where it stands; None above the first item.
        path: What its id ends with.
        words: Its words, exclusions blanked: one passage, or one for each of its dashes.
        quoted: Where its words begin and end.
        shared: Words of headings whose tests hold too.
        movement: The period of the movement, which "trong giai đoạn" means.
        window: The period that a heading sets.
        exclusions: All that bar.
        combined: How its tests combine; None where its words tell.
        where: Its boxes, where they are not the item's.
    """

    award: NamedAward
    candidates: NamedCandidates
    item: GuidelineItem | None
    path: str
    words: tuple[Passage, ...]
    quoted: tuple[int, int]
    shared: tuple[Passage, ...] = ()
    movement: Window | None = None
    window: Window | None = None
    exclusions: tuple[Exclusion, ...] = ()
    combined: Literal["any", "all", "unsaid"] | None = None
    where: Sequence[Where] | None = None


def criteria_of(guideline: GuidelineText, standard: Standard) -> Iterator[Criterion]:
    """The criteria of a standard; none where its words set no test."""
    place = guideline.place(standard.item, *standard.quoted, standard.where)
    windows = (window_of(words, standard.movement) for words in standard.words)
    window = next((found for found in windows if found is not None), standard.window)
    for class_ in standard.candidates.classes:
        placed = [placed_tests(words, class_) for words in standard.words]
        own = [found.test for tests in placed for found in tests]
        if not own:
            continue
        yield Criterion(
            id=f"{award_code(standard.award.award)}-{standard.path}",
            award=standard.award.award,
            award_text=standard.award.text,
            candidate=class_,
            candidate_text=standard.candidates.text,
            tests=[*(test for words in standard.shared for test in tests_of(words, class_)), *own],
            any_or_all=standard.combined or combination(standard.words[0], placed[0]),
            window=window,
            exclusions=each_once(standard.exclusions),
            place=place,
            quote=place.quote,
        )
