"""What a rule book says that cannot be: units, thresholds that exclude each other, papers nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appraise.rule_files.rules_in_words import MEASURES, UNITS, number_in_words, paper_names, test_in_words
from appraise.rules import Criterion, RuleBook, Test

__all__ = ["Fault", "find_faults"]

_Path = tuple[str | int, ...]

_LOWEST_MONEY = 10**6  # đồng; a threshold below it was written in million đồng
_MOST_CRITERIA = 19  # Quyết định 1980/QĐ-TTg: the national set has 19
_LOWER, _UPPER = {"ge", "gt", "about_ge", "eq"}, {"le", "lt", "eq"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; ``path`` leads to it as pydantic's locations do: ("criteria", 3, "tests", 0, "value")."""

    path: _Path
    message: str


def find_faults(book: RuleBook) -> list[Fault]:
    """Everything in a well-formed rule book that cannot be meant."""
    faults = [fault for at, c in enumerate(book.criteria) for fault in _of_criterion(c, ("criteria", at))]
    return [*faults, *_contradicting(book.criteria), *_unknown(book)]


def _of_criterion(criterion: Criterion, path: _Path) -> Iterator[Fault]:
    for at, test in enumerate(criterion.tests):
        yield from _of_test(test, (*path, "tests", at))
    if criterion.any_or_all != "any":
        yield from _impossible(criterion.tests, path)


def _of_test(test: Test, path: _Path) -> Iterator[Fault]:
    units = UNITS.get(test.measure)
    if test.value is None:
        return
    if units and test.unit not in units:
        yield Fault(
            (*path, "unit"), f"{MEASURES[test.measure]}: đơn vị phải là {' hoặc '.join(units)}, không phải {test.unit}"
        )
    if test.value < 0:
        yield Fault((*path, "value"), f"{MEASURES[test.measure]}: giá trị âm ({test.value})")
    elif test.unit == "đồng" and test.value < _LOWEST_MONEY:
        yield Fault((*path, "value"), f"{test.value:g} đồng là quá nhỏ: ghi đủ số đồng (400 triệu là 400000000)")
    elif test.unit == "tiêu chí" and test.measure != "average_growth" and test.value > _MOST_CRITERIA:
        yield Fault((*path, "value"), f"{test.value:g} tiêu chí: bộ tiêu chí có {_MOST_CRITERIA}")


def _impossible(tests: Sequence[Test], path: _Path) -> Iterator[Fault]:
    """Tests of one measure that no candidate can meet together."""
    same: dict[tuple[str, str | None], list[tuple[int, Test]]] = defaultdict(list)
    for at, test in enumerate(tests):
        if test.value is not None and test.relation in _LOWER | _UPPER:
            same[test.measure, test.unit].append((at, test))
    for group in same.values():
        for at, upper in group:
            for _, lower in group:
                if (
                    upper is not lower
                    and upper.relation in _UPPER
                    and lower.relation in _LOWER
                    and _excludes(lower, upper)
                ):
                    yield Fault(
                        (*path, "tests", at, "value"),
                        f"hai ngưỡng loại trừ nhau: {test_in_words(lower)}; {test_in_words(upper)}",
                    )
                    return


def _excludes(lower: Test, upper: Test) -> bool:
    low, high = lower.value or 0, upper.value or 0
    return low > high or (low == high and "lt" in {upper.relation} | {"lt" if lower.relation == "gt" else ""})


def _contradicting(criteria: Sequence[Criterion]) -> Iterator[Fault]:
    """Two criteria for the same award, candidate and period that differ in one threshold alone."""
    seen: dict[tuple[object, ...], tuple[Criterion, Test]] = {}
    for at, criterion in enumerate(criteria):
        numbers = [(place, test) for place, test in enumerate(criterion.tests) if test.value is not None]
        for place, test in numbers:
            others = frozenset(t.model_dump_json() for t in criterion.tests if t is not test)
            window = criterion.window and (criterion.window.first, criterion.window.last)
            key = (criterion.award, criterion.candidate, criterion.candidate_text.lower(), window, test.measure, others)
            known = seen.setdefault(key, (criterion, test))
            if known[0] is not criterion and known[1].value != test.value and known[1].relation == test.relation:
                yield Fault(
                    ("criteria", at, "tests", place, "value"),
                    f"{MEASURES[test.measure]}: {criterion.id} ghi {number_in_words(test.value or 0, test.unit)}, "
                    f"{known[0].id} ghi {number_in_words(known[1].value or 0, known[1].unit)}, mọi điều khác như nhau",
                )


def _unknown(book: RuleBook) -> Iterator[Fault]:
    for at, dossier in enumerate(book.dossier_sets):
        for place, paper in enumerate(dossier.papers):
            if paper.kind not in paper_names():
                known = ", ".join(paper_names())
                yield Fault(
                    ("dossier_sets", at, "papers", place, "kind"), f"loại giấy tờ {paper.kind} không có trong: {known}"
                )
    ids = {criterion.id for criterion in book.criteria}
    for at, question in enumerate(book.questions):
        for place, id_ in enumerate(question.criteria):
            if id_ not in ids:
                yield Fault(("questions", at, "criteria", place), f"không có tiêu chuẩn {id_}")
