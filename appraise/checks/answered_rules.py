"""The rules as they are once a person answered the open questions (``answer`` in rules.yaml).

Only what an answer says in words of data/answers.toml, or as years, a day, a share or a number, changes a rule. Another
answer changes nothing and is told, so that nobody believes it applied. The file of the rules stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal

import regex
from rapidfuzz import fuzz

from appraise.checks.verdict import years_in
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.rules import Criterion, DossierSet, Exclusion, Question, RuleBook, Window
from normalize.folding import fold_aligned

__all__ = ["AnsweredRules", "Barring", "answered_rules"]

Barring = Literal["any", "same"]
"""Which earlier award bars: any of them, or only that of the standard itself."""

_DAY = regex.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\b")
_YEAR_BEGINS = regex.compile(r"\bdau\s{1,3}nam\b")
_SHARE = regex.compile(r"(?P<share>\d{1,2}(?:[.,]\d)?)\s?(?:%|phan tram)")
_COUNT = regex.compile(r"\b0?(?P<count>\d{1,2})\s{0,2}(?:ban|bo|ban chinh)?\b")
_SAME = 90.0  # of 100: the default copied, a full stop left out
_LARGEST_SHARE = 50.0  # percent that an amount may be below its mark: more is no "tương đương"
_NO_RULE = ("value_in_kind", "candidate_class", "all_of_classes")  # answers for people: no rule says otherwise


@dataclass(frozen=True, slots=True)
class AnsweredRules:
    """The rules with answers, and what they settle that rules.yaml has no field for.

    Attributes:
        rules: With the answers put in.
        baselines: Criterion to the year at whose end gains begin.
        barring: Criterion to the earlier awards that bar its candidates.
        warnings: Answers that were not understood (Vietnamese).
    """

    rules: RuleBook
    baselines: Mapping[str, int] = field(default_factory=dict)
    barring: Mapping[str, Barring] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def answered_rules(book: RuleBook) -> AnsweredRules:
    """The rules with all answers that could be understood put in."""
    baselines: dict[str, int] = {}
    barring: dict[str, Barring] = {}
    warnings: list[str] = []
    for question in book.questions:
        answer = fold_aligned(question.answer or "")
        if not answer.strip() or question.trigger in _NO_RULE or _is_default(answer, question):
            continue
        settled: RuleBook | None = book
        if question.trigger == "gain_baseline":
            year = _baseline(answer)
            baselines |= dict.fromkeys(question.criteria, year) if year else {}
            settled = book if year else None
        elif question.trigger == "exclusion_award":
            bars = _said("exclusion_award", answer)
            barring |= dict.fromkeys(question.criteria, "any" if bars == "any" else "same") if bars else {}
            settled = book if bars else None
        elif question.trigger in _EFFECTS:
            settled = _EFFECTS[question.trigger](book, question, answer)
        if settled is None:
            told = f"Câu hỏi {question.id}: chưa hiểu câu trả lời “{question.answer}”"
            warnings.append(f"{told}, vẫn dùng mặc định: {question.default}")
        book = settled or book
    return AnsweredRules(book, baselines, barring, tuple(warnings))


def _is_default(answer: str, question: Question) -> bool:
    """Whether an answer only says that the default holds, in its own words or by its name."""
    if fuzz.ratio(answer, fold_aligned(question.default)) >= _SAME:
        return True
    return phrase_pattern(data_file("answers.toml")["accepted"]["words"]).search(answer) is not None


def _said(trigger: str, answer: str) -> str | None:
    """The one value that an answer gives; None for none and for several."""
    pattern, values = _known(trigger)
    found = {values[_key(match.group(), values)] for match in pattern.finditer(answer)}
    return found.pop() if len(found) == 1 else None


@cache
def _known(trigger: str) -> tuple[regex.Pattern[str], dict[str, str]]:
    entries = [entry for entry in data_file("answers.toml")["answer"] if entry["trigger"] == trigger]
    values = {phrase: str(entry["value"]) for entry in entries for phrase in entry["words"]}
    return phrase_pattern(values), values


def _key(said: str, values: Mapping[str, str]) -> str:
    """The phrase that matched: the longest of those that match as a whole."""
    fitting = [phrase for phrase in values if phrase_pattern([phrase]).fullmatch(said)]
    return max(fitting, key=len)


def _baseline(answer: str) -> int | None:
    """The year at whose end the count begins: 31/12/2015, cuối năm 2015, đầu năm 2016 and 01/01/2016 are 2015."""
    days = {int(m["year"]) - (int(m["month"]) == 1 and int(m["day"]) == 1) for m in _DAY.finditer(answer)}
    years = days or {year - bool(_YEAR_BEGINS.search(answer)) for year in years_in(answer)}
    return years.pop() if len(years) == 1 else None


def _with_criteria(book: RuleBook, question: Question, changed: Callable[[Criterion], dict[str, Any]]) -> RuleBook:
    concerned = set(question.criteria)
    criteria = [c.model_copy(update=changed(c)) if c.id in concerned else c for c in book.criteria]
    return book.model_copy(update={"criteria": criteria})


def _any_or_all(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    value = _said("any_or_all", answer)
    return _with_criteria(book, question, lambda _: {"any_or_all": value}) if value else None


def _exclusion_reach(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    value = _said("exclusion_reach", answer)
    if value is None:
        return None

    def reached(criterion: Criterion) -> dict[str, Any]:
        exclusions = criterion.exclusions
        return {"exclusions": [e.model_copy(update={"reach": value}) if e.reach == "unsaid" else e for e in exclusions]}

    return _with_criteria(book, question, reached)


def _exclusion_gap(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    value, years = _said("exclusion_gap", answer), sorted(years_in(question.text))
    if value is None or not years:
        return None
    runs = [Window(first=run[0], last=run[-1]) for run in _runs(years)] if value == "yes" else []

    def barred(criterion: Criterion) -> dict[str, Any]:
        reach = criterion.exclusions[0].reach if criterion.exclusions else "dash"
        return {"exclusions": [*criterion.exclusions, *(Exclusion(period=period, reach=reach) for period in runs)]}

    return _with_criteria(book, question, barred)


def _runs(years: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _before_date(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    value = _said("before_date", answer)
    if value is None:
        return None
    deadlines = [
        one.model_copy(update={"inclusive": value == "yes"})
        if f"{one.date:%d/%m/%Y}" in question.text or one.place.item == question.place.item
        else one
        for one in book.deadlines
    ]
    return book.model_copy(update={"deadlines": deadlines})


def _cumulative(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    value = _said("cumulative", answer)
    return _with_tests(book, question, {"cumulative": value == "yes"}) if value else None


def _equivalent(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    shares = {float(match["share"].replace(",", ".")) for match in _SHARE.finditer(answer)}
    share = shares.pop() if len(shares) == 1 else None
    if share is None and _said("equivalent", answer) == "none":
        share = 0.0
    if share is None or share > _LARGEST_SHARE:
        return None
    return _with_tests(book, question, {"relation": "ge"}, lowered=share / 100)


def _with_tests(book: RuleBook, question: Question, update: dict[str, Any], lowered: float = 0.0) -> RuleBook:
    """The tests on gifts and incomes of the criteria concerned, changed."""

    def tests(criterion: Criterion) -> dict[str, Any]:
        return {
            "tests": [
                test.model_copy(update=update | ({"value": round(test.value * (1 - lowered))} if lowered else {}))
                if test.measure in {"contribution", "income"} and test.value is not None
                else test
                for test in criterion.tests
            ]
        }

    return _with_criteria(book, question, tests)


def _missing_period(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    years = years_in(answer)
    if not years:
        return None
    window = Window(first=min(years), last=max(years))
    return _with_criteria(book, question, lambda criterion: {"window": criterion.window or window})


def _copies(book: RuleBook, question: Question, answer: str) -> RuleBook | None:
    counts = {int(match["count"]) for match in _COUNT.finditer(answer)}
    if len(counts) != 1 or 0 in counts:
        return None
    (count,) = counts

    def counted(held: DossierSet) -> DossierSet:
        papers = [p if p.copies is not None else p.model_copy(update={"copies": count}) for p in held.papers]
        return held.model_copy(update={"papers": papers}) if held.place.item == question.place.item else held

    return book.model_copy(update={"dossier_sets": [counted(held) for held in book.dossier_sets]})


_EFFECTS: Final[dict[str, Callable[[RuleBook, Question, str], RuleBook | None]]] = {
    "any_or_all": _any_or_all,
    "exclusion_reach": _exclusion_reach,
    "exclusion_gap": _exclusion_gap,
    "before_date": _before_date,
    "cumulative": _cumulative,
    "equivalent": _equivalent,
    "missing_period": _missing_period,
    "copies": _copies,
}
