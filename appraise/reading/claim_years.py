"""When a thing was so, as the words around it say: the year or date nearest before it that is no citation's."""

from __future__ import annotations

import regex

from appraise.reading.statements import Statement
from extract.record import ValueField
from normalize.folding import fold_aligned

__all__ = ["day_before", "period_of", "year_before"]

_COMPARED = regex.compile(
    r"\bso\s{1,3}voi\s{1,3}(?:cung\s{1,3}ky\s{1,3})?(?:cuoi\s{1,3}|dau\s{1,3}|thoi\s{1,3}diem\s{1,3})?(?:ngay\s{1,3}|thang\s{1,3}|nam\s{1,3})?$"
)
_GIVEN_BEHIND = regex.compile(r"\W{0,3}(?:la|dat|moi\s{1,3}dat|chi\s{1,3}dat)?\W{0,2}")
_YEAR = regex.compile(r"(?<![\d/.\-])(?:nam\s{1,3})?(?P<year>(?:19|20)\d\d)(?![\d/])")


def _own_dates(statement: Statement) -> list[ValueField]:
    """Dates of the statement that belong to no cited document and are no end of a period."""
    cited = [value.span for value in statement.values if value.kind in {"reference", "period"} and value.span]
    return [
        value
        for value in statement.of_kind("date")
        if value.span and not any(low <= value.span[0] < high for low, high in cited)
    ]


def day_before(statement: Statement, position: int) -> str | None:
    """The ISO date (day, month or year) named last before ``position``, else first behind it in the statement."""
    dates = [value for value in _own_dates(statement) if value.span and not _is_compared(statement, value, position)]
    before = [value for value in dates if value.span and value.span[0] < position]
    if before:
        return str(before[-1].value)
    if statement.year is not None:
        return str(statement.year)
    return None


def _is_compared(statement: Statement, value: ValueField, position: int) -> bool:
    """Whether a date is only what is compared with ("so với năm 2016, đạt ..."): not so "so với năm 2016 (08/19)"."""
    if value.span is None:
        return False
    low, high = value.span[0] - statement.start, value.span[1] - statement.start
    behind = statement.folded[high : position - statement.start]
    given = _GIVEN_BEHIND.fullmatch(behind) is not None and "," not in behind
    return _COMPARED.search(statement.folded, max(0, low - 40), low) is not None and not given


def year_before(statement: Statement, low: int, position: int) -> int | None:
    """The year that goes for what stands at ``position``: named between ``low`` and it, else by the list item.

    A period ("từ năm 2016 đến năm 2018") is no year.
    """
    within = [v for v in _own_dates(statement) if v.span and low <= v.span[0] < position]
    if within:
        return int(str(within[-1].value)[:4])
    if period_of(statement, low, position):
        return None
    before = [v for v in _own_dates(statement) if v.span and v.span[0] < position]
    if before and not period_of(statement, statement.start, position):
        return int(str(before[-1].value)[:4])
    return statement.year


def period_of(statement: Statement, low: int, high: int) -> bool:
    """Whether a period stands there."""
    return any(v.kind == "period" and v.span and low <= v.span[0] < high for v in statement.values)


def years_listed(text: str) -> list[int]:
    """All years that a text names, ranges filled in."""
    folded = fold_aligned(text)
    years: list[int] = []
    for match in regex.finditer(r"((?:19|20)\d\d)\s{0,2}(?:[-–]|den(?:\s{1,3}nam)?)\s{0,2}((?:19|20)\d\d)", folded):
        years += range(int(match[1]), int(match[2]) + 1)
    years += [int(match["year"]) for match in _YEAR.finditer(folded)]
    return sorted(set(years))
