"""Tests as data: what a standard measures and against which number, what it leaves to judgement (measures.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from appraise.guideline.passages import Passage
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.guideline.standard_numbers import Number, find_numbers
from appraise.rules import CandidateClass, Measure, Relation, Test

__all__ = ["PlacedTest", "combination", "placed_tests", "tests_of"]

_CUMULATIVE = phrase_pattern(
    (
        "cong don",
        "luy ke",
        "tinh tong",
        "tong cong",
        "tong gia tri",
        "tong tri gia",
        "tong so tien",
        "tong muc",
        "cong lai",
        "tong so",
    )
)
_CODE = regex.compile(r"\d{1,5}\s?/\s?(?:\d{4}\s?/\s?)?\p{Lu}[\p{Lu}\d]{0,9}(?:-[\p{Lu}\d]{1,12}){0,4}")
_NAME_ENDS = regex.compile(r"[.;)(]|,\s{1,4}(?:co|khong|dat|dong\s{1,4}thoi)\b|\b(?:tro\s{1,4}len|phai)\b")
_NAME_JOINT = regex.compile(
    r"\s{0,4}(?:,|;|/|\bva\b|\bhoac\b)\s{0,4}(?:cac\s{1,4})?(?:tieu\s{1,4}chi\s{1,4})?(?:so\s{1,4}\d{1,2}\s{0,4})?"
)
_STOP = regex.compile(r"[,;.](?=\s)")
_OR_AHEAD = regex.compile(r"\bhoac\s{1,4}(?:(?:co|dat|duoc|phai|da|la|so|tri)\s{1,4}){0,2}$")
_OR_NEAR = 24
_LEVEL = regex.compile(r"hoan\s{1,4}thanh\s{1,4}(?:xuat\s{1,4}sac|tot)(?:\s{1,4}nhiem\s{1,4}vu)?")
_ASIDE = regex.compile(r"\((?:rieng|doi\s{1,4}voi|neu|truong\s{1,4}hop)\b[^)]{0,200}$")
_LEADING_AND = regex.compile(r"^(?:và|đồng thời)\s")
_NOT_AROUND = 45  # characters before a phrase in which its "not" is looked for
_GAP = 8
_LEAST_WORDS = 3  # of a stretch that is left to judgement


@dataclass(frozen=True, slots=True)
class PlacedTest:
    """A test and the stretch of the passage that it was read from."""

    test: Test
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    """Phrases of one entry; those with marks are matched in print, others without marks and case."""

    folded: regex.Pattern[str] | None
    printed: regex.Pattern[str] | None

    @classmethod
    def of(cls, phrases: Sequence[str]) -> _Words:
        bare = [phrase for phrase in phrases if phrase.isascii()]
        marked = [phrase for phrase in phrases if not phrase.isascii()]
        return cls(
            phrase_pattern(bare, gap=_GAP) if bare else None, phrase_pattern(marked, gap=_GAP) if marked else None
        )

    def first(self, passage: Passage, start: int, end: int) -> tuple[int, int] | None:
        """The first place within ``start`` to ``end``."""
        found = []
        if self.folded and (match := self.folded.search(passage.folded, start, end)):
            found.append(match.span())
        if self.printed and (match := self.printed.search(passage.text.lower(), start, end)):
            found.append(match.span())
        return min(found, default=None)

    def __bool__(self) -> bool:
        return self.folded is not None or self.printed is not None


@dataclass(frozen=True, slots=True)
class _NumberEntry:
    measure: Measure
    counts: frozenset[str]
    unit: str
    words: _Words
    around: _Words


@dataclass(frozen=True, slots=True)
class _SaidEntry:
    measure: Measure
    relation: Relation
    words: _Words
    without: _Words
    classes: frozenset[str]
    value: int | None
    unit: str | None


@cache
def _number_entries() -> tuple[_NumberEntry, ...]:
    return tuple(
        _NumberEntry(
            entry["measure"],
            frozenset(entry["counts"]),
            entry["unit"],
            _Words.of(entry["words"]),
            _Words.of(entry.get("around", ())),
        )
        for entry in data_file("measures.toml")["number"]
    )


@cache
def _said_entries() -> tuple[_SaidEntry, ...]:
    return tuple(
        _SaidEntry(
            entry["measure"],
            entry["relation"],
            _Words.of(entry["words"]),
            _Words.of(entry.get("not", ())),
            frozenset(entry.get("for", ())),
            entry.get("value"),
            entry.get("unit"),
        )
        for entry in data_file("measures.toml")["said"]
    )


def tests_of(passage: Passage, candidate: CandidateClass) -> list[Test]:
    """The tests that a standard sets, in the order of its words.

    Args:
        passage: The standard without its label and its exclusions.
        candidate: Whose standard it is.
    """
    return [item.test for item in placed_tests(passage, candidate)]


def placed_tests(passage: Passage, candidate: CandidateClass) -> list[PlacedTest]:
    """As :func:`tests_of`, each with its place; what two clauses say alike is one test."""
    placed: list[PlacedTest] = []
    for clause in passage.clauses():
        offset = clause.start - passage.start
        found = _numbers(clause)
        found += _said(clause, candidate, found)
        found += _judged(clause, found)
        placed += [PlacedTest(item.test, item.start + offset, item.end + offset) for item in found]
    tests: dict[tuple[object, ...], PlacedTest] = {}
    for item in sorted(placed, key=lambda item: item.start):
        test = item.test
        words = test.text if test.measure == "merit" else ""
        tests.setdefault((test.measure, test.relation, test.value, words), item)
    return list(tests.values())


def combination(passage: Passage, tests: Sequence[PlacedTest]) -> Literal["any", "all", "unsaid"]:
    """How the tests of one standard combine: all of them, unless "hoặc" opens one of them."""
    ors = [item for item in tests if _OR_AHEAD.search(passage.folded, max(0, item.start - _OR_NEAR), item.start)]
    if not ors or ors == list(tests[:1]):
        return "all"
    return "any" if len(tests) == 2 else "unsaid"


def _numbers(clause: Passage) -> list[PlacedTest]:
    found: list[PlacedTest] = []
    before = 0
    for number in find_numbers(clause):
        placed = _measured(clause, number, before)
        if placed is not None:
            found += placed
            before = number.end
    return found


def _measured(clause: Passage, number: Number, begin: int) -> list[PlacedTest] | None:
    """The tests of one number: two for a range; None where nothing is measured by it."""
    if _ASIDE.search(clause.folded, 0, number.start):  # for some candidates only: a person judges for whom
        text = _segment_text(clause, number.start, number.end)
        return [PlacedTest(Test(measure="merit", relation="judged", text=text), number.start, number.end)]
    for entry in _number_entries():
        if number.counts not in entry.counts:
            continue
        cue = entry.words.first(clause, begin, number.start)
        around = entry.around.first(clause, 0, len(clause.text))
        if (entry.words and cue is None) or (entry.around and around is None):
            continue
        start = min([number.start, *([cue[0]] if cue else [])])
        text = _segment_text(clause, start, number.end)
        cumulative = True if _CUMULATIVE.search(clause.folded) and number.counts == "money" else None
        return [
            PlacedTest(
                Test(
                    measure=entry.measure,
                    relation=relation,
                    value=value,
                    unit=entry.unit,
                    cumulative=cumulative,
                    names=_names(entry.measure, clause, number.end),
                    text=text,
                ),
                start,
                number.end,
            )
            for relation, value in number.bounds
        ]
    if number.bare:
        return None
    return [
        PlacedTest(
            Test(
                measure="merit",
                relation=relation,
                value=value,
                unit=number.unit,
                text=_segment_text(clause, number.start, number.end),
            ),
            number.start,
            number.end,
        )
        for relation, value in number.bounds
    ]


def _said(clause: Passage, candidate: CandidateClass, numbers: Sequence[PlacedTest]) -> list[PlacedTest]:
    found: list[PlacedTest] = []
    for entry in _said_entries():
        if entry.measure == "merit" or (entry.classes and candidate not in entry.classes):
            continue
        if any(item.test.measure == entry.measure for item in (*numbers, *found)):
            continue
        place = _place_of(entry, clause, numbers)
        if place is not None:
            start, end = place
            test = Test(
                measure=entry.measure,
                relation=entry.relation,
                value=entry.value,
                unit=entry.unit,
                names=_names(entry.measure, clause, end, start),
                text=_segment_text(clause, start, end),
            )
            found.append(PlacedTest(test, start, end))
    return found


def _place_of(entry: _SaidEntry, clause: Passage, numbers: Sequence[PlacedTest]) -> tuple[int, int] | None:
    begin = 0
    while (place := entry.words.first(clause, begin, len(clause.text))) is not None:
        start, end = place
        barred = entry.without.first(clause, max(0, start - _NOT_AROUND), end) is not None
        # "03 năm được đánh giá hoàn thành xuất sắc" is what the years count, no rating of the whole period
        counted = entry.measure == "rating" and any(
            item.test.measure == "years_of_rating"
            and item.start < start
            and not _STOP.search(clause.text, item.end, start)
            for item in numbers
        )
        if not barred and not counted:
            return place
        begin = end
    return None


def _judged(clause: Passage, found: Sequence[PlacedTest]) -> list[PlacedTest]:
    """Runs of segments that no test was read from and that speak of merit."""
    (merit,) = (entry for entry in _said_entries() if entry.measure == "merit")
    runs: list[tuple[int, int]] = []
    for segment in clause.segments():
        start = segment.start - clause.start
        end = start + len(segment.text)
        taken = any(item.start < end and start < item.end for item in found)
        if taken or len(segment.text.split()) < _LEAST_WORDS or merit.words.first(clause, start, end) is None:
            continue
        if runs and not any(item.start < start and runs[-1][1] < item.end for item in found):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return [
        PlacedTest(Test(measure="merit", relation="judged", text=_trimmed(clause.part(start, end))), start, end)
        for start, end in runs
    ]


def _segment_text(clause: Passage, start: int, end: int) -> str:
    """The segments that a test was read from."""
    spans = [(s.start - clause.start, s.start - clause.start + len(s.text)) for s in clause.segments()]
    touched = [span for span in spans if span[0] < end and start < span[1]]
    return _trimmed(clause.part(touched[0][0], touched[-1][1])) if touched else clause.line


def _trimmed(part: Passage) -> str:
    return str(_LEADING_AND.sub("", part.line.strip(" ,;:-“”")))


def _names(measure: Measure, clause: Passage, end: int, start: int = 0) -> list[str]:
    """Named things: criteria behind "trong đó có tiêu chí", a plan's decision, a level of rating."""
    if measure == "advanced_plan":
        return ["".join(match.group().split()) for match in _CODE.finditer(clause.text, start)][:1]
    if measure == "rating":
        return [clause.part(start, end).line.lower()]
    if measure == "years_of_rating":
        stop = _STOP.search(clause.text, end)
        begin = max((stop.end() for stop in _STOP.finditer(clause.text, 0, end)), default=0)
        level = _LEVEL.search(clause.folded, begin, stop.start() if stop else len(clause.text))
        return [clause.part(*level.span()).line.lower()] if level else []
    if measure == "including_criteria":
        stop = _NAME_ENDS.search(clause.folded, end)
        last = stop.start() if stop else len(clause.text)
        cuts = [end, *(at for match in _NAME_JOINT.finditer(clause.folded, end, last) for at in match.span()), last]
        names = [clause.part(cuts[at], cuts[at + 1]).line for at in range(0, len(cuts), 2)]
        return [name[:1].upper() + name[1:] for name in names if name]
    return []
