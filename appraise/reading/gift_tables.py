"""Tables of gifts in a report: what was given, how much of it, what it is worth."""

from __future__ import annotations

from collections.abc import Iterator

from appraise.appraisal import Claim, Evidence
from appraise.dossier import DossierPaper
from appraise.reading.claim_years import years_listed
from appraise.reading.statements import says
from extract.record import Table, TableCell, TableRow

__all__ = ["gifts_in_table"]

_IN_KIND = {"m²": "m2", "m2": "m2", "công": "công", "ngày công": "công", "ha": "ha"}


def gifts_in_table(paper: DossierPaper, table: Table) -> Iterator[Claim]:
    """One claim a row: its money, else its land or labour. Totals are left out where rows are there."""
    money = [at for at in range(len(table.columns)) if _has_money(table, at)]
    if not money or not any(says("given_things", head) for head in table.columns):
        return
    column = money[-1]
    for row in table.rows:
        if row.kind != "data":
            continue
        cell = next((cell for cell in row.cells if cell.column == column), None)
        if cell is not None and cell.unit == "đồng" and isinstance(cell.value, int | float):
            yield _claim(paper, row, cell, "contribution", "đồng")
            continue
        kind = next((c for c in row.cells if c.unit in _IN_KIND and isinstance(c.value, int | float)), None)
        if kind is not None:
            yield _claim(paper, row, kind, "in_kind", _IN_KIND[kind.unit or ""])


def _has_money(table: Table, column: int) -> bool:
    return any(cell.column == column and cell.unit == "đồng" for row in table.rows for cell in row.cells)


def _claim(paper: DossierPaper, row: TableRow, cell: TableCell, kind: str, unit: str) -> Claim:
    quote = " | ".join(" ".join(one.text.split()) for one in row.cells)
    years = years_listed(quote)
    places = [
        Evidence(file=paper.file, page=place.page, box=place.box, quote=quote, confidence=cell.confidence)
        for place in cell.where
    ]
    return Claim(
        kind=kind,
        value=cell.value,
        unit=unit,
        year=years[0] if len(years) == 1 else None,
        text=quote,
        paper=paper.kind or paper.name,
        where=places or [Evidence(file=paper.file, page=row.page, quote=quote, confidence=cell.confidence)],
        confidence=cell.confidence,
    )
