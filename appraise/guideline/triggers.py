"""What a guideline may leave unsaid, and where: one function for each way to look at the rules (data/triggers.toml)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import regex

from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.guideline.sections import mode_of
from appraise.rules import CandidateClass, Criterion, Deadline, DossierSet, Place, Test
from normalize.folding import fold_aligned

__all__ = ["Raised", "Rules", "Trigger", "known_triggers", "raised_by"]

_EXCLUDED = regex.compile(r"\b(?:tr\Su|tru|ngoai|khong)\b[^.;)]{0,60}?\bkhen\b[^.;)]{0,200}")
_SEVERAL: Final = 2  # dashes


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry of the data file; patterns see folded text and find nothing where the entry lists no words."""

    id: str
    when: str
    text: str
    default: str
    words: regex.Pattern[str]
    without: regex.Pattern[str]
    elsewhere: regex.Pattern[str]
    measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Raised:
    """A trigger that is present: where, for which criteria, and what was found there."""

    place: Place
    criteria: tuple[str, ...] = ()
    figures: str = ""


@dataclass(frozen=True)
class Rules:
    """All that triggers look at."""

    criteria: Sequence[Criterion]
    sets: Sequence[DossierSet]
    deadlines: Sequence[Deadline]
    guideline: GuidelineText

    @cached_property
    def items(self) -> dict[str, GuidelineItem]:
        """Items of the guideline itself by their paths."""
        found: dict[str, GuidelineItem] = {}
        for item in self.guideline.walk():
            found.setdefault(item.path, item)  # an annex begins its numbers anew
        return found

    @cached_property
    def _alone(self) -> frozenset[str]:
        paths = [criterion.place.item for criterion in self.criteria]
        return frozenset(path for path in paths if paths.count(path) == 1)

    def words_of(self, criterion: Criterion) -> str:
        """The folded words of a criterion: of its item, or its quote where it shares the item with another."""
        item = self.items.get(criterion.place.item)
        if item is None or criterion.place.item not in self._alone:
            return fold_aligned(criterion.quote)
        return " ".join(self.guideline.folded[item.body : item.end].split())

    @cached_property
    def general_words(self) -> list[str]:
        """The folded words of each item that no criterion stands in, which may speak of all of them."""
        paths = [criterion.place.item for criterion in self.criteria]
        return [
            fold_aligned(self.guideline.words_of(item))
            for path, item in self.items.items()
            if not any(f"{own}.".startswith(f"{path}.") or path.startswith(f"{own}.") for own in paths)
        ]

    def below(self, path: str) -> list[Criterion]:
        """The criteria that stand at an item or below it."""
        return [c for c in self.criteria if c.place.item == path or c.place.item.startswith(f"{path}.")]


_Look = Callable[[Rules, Trigger], Iterator[Raised]]


@cache
def known_triggers() -> tuple[Trigger, ...]:
    """The triggers of the data file in its order."""
    return tuple(
        Trigger(
            entry["id"],
            entry["when"],
            entry["text"],
            entry["default"],
            _pattern(entry.get("words", ())),
            _pattern(entry.get("without", ())),
            _pattern(entry.get("elsewhere", ())),
            frozenset(entry.get("measures", ())),
        )
        for entry in data_file("triggers.toml")["trigger"]
    )


def _pattern(phrases: Sequence[str]) -> regex.Pattern[str]:
    return phrase_pattern(phrases) if phrases else regex.compile(r"(?!)")


def raised_by(trigger: Trigger, rules: Rules) -> Iterator[Raised]:
    """Every place where a trigger is present."""
    return _LOOKS[trigger.when](rules, trigger)


def _measured(rules: Rules, trigger: Trigger) -> Iterator[tuple[Criterion, Test]]:
    """The first test of each criterion that a trigger concerns."""
    for criterion in rules.criteria:
        test = next((test for test in criterion.tests if test.measure in trigger.measures), None)
        if test is not None:
            yield criterion, test


def _of(criterion: Criterion, figures: str = "") -> Raised:
    return Raised(criterion.place, (criterion.id,), figures)


def _exclusion_reach(rules: Rules, _: Trigger) -> Iterator[Raised]:
    for criterion in rules.criteria:
        if any(exclusion.reach == "unsaid" for exclusion in criterion.exclusions):
            yield _of(criterion)


def _exclusion_gap(rules: Rules, _: Trigger) -> Iterator[Raised]:
    """Years between the first excluded one and the year of the award that no period covers."""
    award_year = max((deadline.date.year for deadline in rules.deadlines), default=_year_of_issue(rules.guideline))
    for criterion in rules.criteria:
        covered = {y for e in criterion.exclusions for y in range(e.period.first, e.period.last + 1)}
        if not covered:
            continue
        last = award_year or (criterion.window.last if criterion.window else max(covered))
        gap = [year for year in range(min(covered), last + 1) if year not in covered]
        if gap:
            yield _of(criterion, _years(gap))


def _year_of_issue(guideline: GuidelineText) -> int | None:
    date = guideline.document.issue_date
    return int(str(date.value)[:4]) if date is not None and date.value else None


def _years(years: Sequence[int]) -> str:
    """Years as runs: năm 2019, or năm 2010, giai đoạn 2016-2019."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"năm {run[0]}" if len(run) == 1 else f"giai đoạn {run[0]}-{run[-1]}" for run in runs)


def _exclusion_award(rules: Rules, trigger: Trigger) -> Iterator[Raised]:
    for criterion in rules.criteria:
        clauses = [match.group() for match in _EXCLUDED.finditer(rules.words_of(criterion))]
        clauses += [fold_aligned(exclusion.text) for exclusion in criterion.exclusions]
        if criterion.exclusions and not any(trigger.words.search(clause) for clause in clauses):
            yield _of(criterion)


def _measure_without_words(rules: Rules, trigger: Trigger) -> Iterator[Raised]:
    if any(trigger.elsewhere.search(words) and trigger.without.search(words) for words in rules.general_words):
        return
    for criterion, _ in _measured(rules, trigger):
        if not trigger.without.search(rules.words_of(criterion)):
            yield _of(criterion)


def _measure_with_words(rules: Rules, trigger: Trigger) -> Iterator[Raised]:
    for criterion, _ in _measured(rules, trigger):
        words = rules.words_of(criterion)
        if trigger.words.search(words) and not trigger.without.search(words):
            yield _of(criterion)


def _words_or_about(rules: Rules, trigger: Trigger) -> Iterator[Raised]:
    for criterion, test in _measured(rules, trigger):
        if test.relation == "about_ge" or trigger.words.search(rules.words_of(criterion)):
            yield _of(criterion)


def _not_cumulative(rules: Rules, trigger: Trigger) -> Iterator[Raised]:
    return (_of(criterion) for criterion, test in _measured(rules, trigger) if test.cumulative is None)


def _no_window(rules: Rules, trigger: Trigger) -> Iterator[Raised]:
    return (_of(criterion) for criterion, _ in _measured(rules, trigger) if criterion.window is None)


def _before_date(rules: Rules, _: Trigger) -> Iterator[Raised]:
    for deadline in rules.deadlines:
        if deadline.relation == "before" and deadline.inclusive is None:
            yield Raised(deadline.place, figures=f"{deadline.date:%d/%m/%Y}")


def _no_copies(rules: Rules, _: Trigger) -> Iterator[Raised]:
    for dossier in rules.sets:
        texts = [paper.text for paper in dossier.papers if paper.copies is None]
        if texts and dossier.sets is None:
            yield Raised(dossier.place, figures=f"{dossier.place.item}: {'; '.join(text[:60] for text in texts)}")


def _class_unlike_heading(rules: Rules, _: Trigger) -> Iterator[Raised]:
    for criterion in rules.criteria:
        item = rules.items.get(criterion.place.item)
        heading = next(_headings(rules, item), None) if item is not None else None
        if heading is None or criterion.candidate == "any":
            continue
        named = {group["name"] for group in _groups() if _names(group).search(heading[1])}
        if len(named) == 1 and not _groups_of(criterion) <= named:
            place = criterion.place.model_copy(update={"item": heading[0]})
            yield Raised(place, (criterion.id,), named.pop())


def _headings(rules: Rules, item: GuidelineItem) -> Iterator[tuple[str, str]]:
    """Path and folded words of the items above that name a group, the nearest first."""
    for above in rules.guideline.above(item):
        words = fold_aligned(rules.guideline.words_of(above))
        if any(_names(group).search(words) for group in _groups()):
            yield above.path, words


@cache
def _groups() -> tuple[dict[str, Any], ...]:
    return tuple(data_file("triggers.toml")["group"])


def _names(group: dict[str, Any]) -> regex.Pattern[str]:
    return phrase_pattern(group["heading"])


def _groups_of(criterion: Criterion) -> set[str]:
    text = fold_aligned(criterion.candidate_text)
    by_class = {str(group["name"]) for group in _groups() if criterion.candidate in group["classes"]}
    return by_class | {str(group["name"]) for group in _groups() if phrase_pattern(group["words"]).search(text)}


def _neither_any_nor_all(rules: Rules, _: Trigger) -> Iterator[Raised]:
    """Several dashes for one candidate, and no word that says whether one of them will do."""
    for item in rules.items.values():
        dashes = [child for child in item.children if child.is_dash]
        concerned = rules.below(item.path)
        classes = {criterion.candidate for criterion in concerned}
        if len(dashes) < _SEVERAL or not concerned or len(classes) > 1 or _mode(rules, item) != "unsaid":
            continue
        yield Raised(concerned[0].place.model_copy(update={"item": item.path}), _ids(concerned), str(len(dashes)))


def _mode(rules: Rules, item: GuidelineItem) -> str:
    """What an item says of those below it, or the nearest above that still speaks of them.

    "đạt các tiêu chuẩn sau" over letters for different candidates has said nothing of the dashes within a letter.
    """
    for near in (item, *rules.guideline.above(item)):
        mode = mode_of(rules.guideline.words_of(near))
        if mode == "all" and near is not item and len(_classes_below(rules, near)) > 1:
            return "unsaid"
        if mode != "unsaid":
            return mode
    return "unsaid"


def _classes_below(rules: Rules, item: GuidelineItem) -> dict[CandidateClass, list[Criterion]]:
    """The criteria below an item's numbered children by their candidates."""
    found: defaultdict[CandidateClass, list[Criterion]] = defaultdict(list)
    for criterion in rules.below(item.path):
        found[criterion.candidate].append(criterion)
    return found


def _all_over_classes(rules: Rules, _: Trigger) -> Iterator[Raised]:
    for item in rules.items.values():
        if mode_of(rules.guideline.words_of(item)) != "all" or not item.children:
            continue
        classes = _classes_below(rules, item)
        concerned = [criterion for found in classes.values() for criterion in found]
        if len(classes) > 1:
            names = "; ".join(
                dict.fromkeys(found[0].candidate_text or found[0].candidate for found in classes.values())
            )
            yield Raised(concerned[0].place.model_copy(update={"item": item.path}), _ids(concerned), names)


def _ids(criteria: Sequence[Criterion]) -> tuple[str, ...]:
    return tuple(criterion.id for criterion in criteria)


_LOOKS: Final[dict[str, _Look]] = {
    "exclusion_reach_unsaid": _exclusion_reach,
    "exclusion_gap": _exclusion_gap,
    "exclusion_award": _exclusion_award,
    "measure_without_words": _measure_without_words,
    "measure_with_words": _measure_with_words,
    "words_or_about": _words_or_about,
    "not_cumulative": _not_cumulative,
    "no_window": _no_window,
    "before_date": _before_date,
    "no_copies": _no_copies,
    "class_unlike_heading": _class_unlike_heading,
    "neither_any_nor_all": _neither_any_nor_all,
    "all_over_classes": _all_over_classes,
}
