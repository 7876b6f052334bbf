"""Several copies of one guideline become one rule book: each field names its copy, what differs is listed.

Nothing is settled silently: the copy that gives most rules leads, what only another copy has is added, and where two
read the same rule differently the leading one stands and the difference is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from rapidfuzz import fuzz

from appraise.rule_files.rules_in_words import (
    deadline_in_words,
    field_name,
    papers_in_words,
    tests_in_words,
    window_in_words,
)
from appraise.rules import Criterion, Deadline, DossierSet, GuidelineField, OutlineItem, Question, RuleBook
from normalize.folding import fold

__all__ = ["merge_copies"]

_SAME_WORDS = 85  # of 100: one sentence in two copies, one of them restored from broken OCR
_SAME_VALUE = 92  # head fields: "Hướng dẫn" and "HUONG DAN" agree, two numbers that differ in a digit do not

_Rule = TypeVar("_Rule", Criterion, DossierSet, Deadline)


def merge_copies(books: Sequence[RuleBook], names: Sequence[str]) -> RuleBook:
    """One rule book of several copies of the same guideline.

    Args:
        books: What was read from each copy; at least one.
        names: The copies' names, in the same order.
    """
    if len(books) == 1:
        return books[0]
    copies = sorted(zip(books, names, strict=True), key=lambda copy: -_weight(copy[0]))  # stable: the first given wins
    lead, lead_name = copies[0]
    merged = lead.model_copy(deep=True)
    merged.sources = list(names)
    merged.guideline = _head(copies)
    merged.differences = [*lead.differences, *_head_differences(merged.guideline)]
    for book, name in copies[1:]:
        merged.differences += [f"{name}: {line}" for line in book.differences]
        _add(merged.criteria, book.criteria, _same_criterion, _told_criterion, merged.differences, (lead_name, name))
        _add(merged.dossier_sets, book.dossier_sets, _same_set, _told_set, merged.differences, (lead_name, name))
        _add(merged.deadlines, book.deadlines, _same_deadline, _told_deadline, merged.differences, (lead_name, name))
        merged.report_outline = merged.report_outline or book.report_outline
        merged.differences += _outline_differences(merged.report_outline, book.report_outline, name)
    _give_own_ids(merged.criteria)
    merged.questions = _questions(copies)
    return RuleBook.model_validate(merged.model_dump(by_alias=True))


def _weight(book: RuleBook) -> int:
    return len(book.criteria) + len(book.dossier_sets) + len(book.deadlines)


def _head(copies: Sequence[tuple[RuleBook, str]]) -> dict[str, GuidelineField]:
    """Each field from the first copy that has it, the other copies' readings beside it."""
    head: dict[str, GuidelineField] = {}
    for key in dict.fromkeys(key for book, _ in copies for key in book.guideline):
        read = [(book.guideline[key], name) for book, name in copies if key in book.guideline]
        found = [(field, name) for field, name in read if field.value is not None]
        field, name = (found or read)[0]
        others = {other: str(said.value) for said, other in found[1:]}
        head[key] = GuidelineField(value=field.value, raw=field.raw, source=name if found else "", others=others)
    return head


def _head_differences(head: dict[str, GuidelineField]) -> Iterator[str]:
    for key, field in head.items():
        for name, value in field.others.items():
            if not _same_value(key, str(field.value), value):
                yield f"{field_name(key)}: {field.source} ghi “{field.value}”, {name} ghi “{value}”"


def _same_value(key: str, one: str, other: str) -> bool:
    if key in {"code", "number", "date", "symbol"}:
        return one == other
    return fuzz.ratio(fold(one), fold(other)) >= _SAME_VALUE


def _add(
    merged: list[_Rule],
    others: Sequence[_Rule],
    same: Callable[[_Rule, _Rule], bool],
    told: Callable[[_Rule], str],
    differences: list[str],
    names: tuple[str, str],
) -> None:
    """Rules of another copy: what the leading copy lacks is added, what it reads differently is told."""
    rest = list(merged)
    for other in others:
        match = next((rule for rule in rest if same(rule, other)), None)
        if match is None:
            merged.append(other)
            differences.append(f"{other.place.item}: chỉ có trong {names[1]}: {told(other)}")
            continue
        rest.remove(match)
        if told(match) != told(other):
            differences.append(f"{match.place.item}: {names[0]}: {told(match)}; {names[1]}: {told(other)}")
    differences += [f"{rule.place.item}: không thấy trong {names[1]}: {told(rule)}" for rule in rest]


def _same_criterion(one: Criterion, other: Criterion) -> bool:
    if one.award != other.award:
        return False
    here = one.place.item == other.place.item and one.candidate == other.candidate
    return here or fuzz.ratio(fold(one.quote), fold(other.quote)) >= _SAME_WORDS


def _same_set(one: DossierSet, other: DossierSet) -> bool:
    return one.for_ == other.for_ and (one.place.item == other.place.item or one.for_ != "other")


def _same_deadline(one: Deadline, other: Deadline) -> bool:
    return one.place.item == other.place.item or fuzz.ratio(fold(one.what), fold(other.what)) >= _SAME_WORDS


def _told_criterion(rule: Criterion) -> str:
    """What is compared: numbers, periods and exclusions, not the words between them."""
    parts = [tests_in_words([test for test in rule.tests if test.relation != "judged"]), window_in_words(rule.window)]
    parts += [f"trừ {window_in_words(exclusion.period)}" for exclusion in rule.exclusions]
    return ", ".join(part for part in parts if part) or "theo nhận xét"


def _told_set(rule: DossierSet) -> str:
    return papers_in_words(rule)


def _told_deadline(rule: Deadline) -> str:
    return deadline_in_words(rule)


def _outline_differences(lead: Sequence[OutlineItem], other: Sequence[OutlineItem], name: str) -> Iterator[str]:
    numbers, others = list(_numbers(lead)), list(_numbers(other))
    if other and numbers != others:
        yield f"Đề cương báo cáo: {name} có {len(others)} mục, không phải {len(numbers)}"


def _numbers(items: Sequence[OutlineItem], above: str = "") -> Iterator[str]:
    for item in items:
        path = f"{above}.{item.number}"
        yield path
        yield from _numbers(item.children, path)


def _give_own_ids(criteria: Sequence[Criterion]) -> None:
    """An added criterion whose id is taken gets a number behind it."""
    taken: set[str] = set()
    for criterion in criteria:
        number, own = 2, criterion.id
        while criterion.id in taken:
            criterion.id, number = f"{own}-{number}", number + 1
        taken.add(criterion.id)


def _questions(copies: Sequence[tuple[RuleBook, str]]) -> list[Question]:
    """The leading copy's questions, and those that only another copy raises."""
    kept: dict[str, Question] = {}
    triggers: set[str] = set()
    for book, _ in copies:
        new: dict[str, Any] = {q.text: q for q in book.questions if q.text not in kept and q.trigger not in triggers}
        kept |= new
        triggers |= {question.trigger for question in book.questions}
    return list(kept.values())
