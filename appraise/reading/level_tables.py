"""Levels of criteria in tables whose columns are years: "Năm | 2013 | 2016" above "Số tiêu chí đạt | 6 | 10"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from appraise.appraisal import Claim
from appraise.dossier import DossierPaper
from appraise.reading.candidate_mentions import place_of_cells
from extract.record import Table, TableRow
from normalize.folding import fold_aligned

__all__ = ["levels_in_table"]

_WHEN = regex.compile(
    r"(?:(?:den\s{1,3})?(?:het\s{1,3}|cuoi\s{1,3}|dau\s{1,3})?(?:nam|thang|ngay)\s{1,3})?"
    r"(?:(?:(?P<day>\d{1,2})\s?[/.]\s?)?(?P<month>\d{1,2})\s?[/.]\s?)?(?P<year>(?:19|20)\d\d)"
)
_LEVEL = regex.compile(r"(?P<count>\d{1,2})(?:\s?/\s?(?P<of>\d{1,2}))?(?:\s{1,3}tieu\s{1,3}chi)?")
_OF_LEVELS = regex.compile(r"\btieu\s{1,3}chi\b")
_OTHERWISE = regex.compile(
    r"\b(?:ke\s{1,3}hoach|tang|phan\s{1,3}dau|muc\s{1,3}tieu|du\s{1,3}kien|chua|con\s{1,3}lai|giam|rot|binh\s{1,3}quan)\b"
)
_LEAST_YEARS = 2
_MOST = 20  # criteria of a commune: 19, with room for provinces that add one


def levels_in_table(paper: DossierPaper, table: Table) -> Iterator[Claim]:
    """One level for each year of a row that counts criteria reached."""
    days: dict[int, str] = {}
    for row in table.rows:
        read = {cell.column: day for cell in row.cells if (day := _day(cell.text)) is not None}
        if len(read) >= _LEAST_YEARS and len(read) >= len(row.cells) - 1:
            days = read
        elif days and _counts_levels(row):
            yield from _levels(paper, row, days)


def _counts_levels(row: TableRow) -> bool:
    said = fold_aligned(" ".join(row.cells[0].text.split())) if row.cells else ""
    return _OF_LEVELS.search(said) is not None and _OTHERWISE.search(said) is None


def _levels(paper: DossierPaper, row: TableRow, days: dict[int, str]) -> Iterator[Claim]:
    for cell in row.cells:
        level = _LEVEL.fullmatch(fold_aligned(" ".join(cell.text.split())))
        day = days.get(cell.column)
        if level is None or day is None or int(level["count"]) > _MOST:
            continue
        value = {"count": int(level["count"])} | ({"of": int(level["of"])} if level["of"] else {})
        yield Claim(
            kind="criteria_level",
            value=value,
            unit="tiêu chí",
            year=int(day[:4]),
            date=day,
            text=" ".join(" | ".join(one.text for one in row.cells).split()),
            paper=paper.kind or paper.name,
            where=list(place_of_cells(paper, row, [cell])),
            confidence=cell.confidence,
        )


def _day(text: str) -> str | None:
    """ISO day, month or year of a head; "31/12/2016", "5/2021", "Năm 2013"."""
    match = _WHEN.fullmatch(fold_aligned(" ".join(text.split())))
    if match is None:
        return None
    parts = [match["year"], *(f"{int(match[name]):02}" for name in ("month", "day") if match[name])]
    return "-".join(parts)
