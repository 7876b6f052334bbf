"""Which column of a table holds what, and the head of a table that was taken for a row."""

from __future__ import annotations

from appraise.guideline.phrases import data_file
from extract.record import Record, Table, TableRow
from normalize.folding import fold_aligned

__all__ = ["columns_of", "with_heads"]

_LEAST_ROLES = 2  # that a head shows: one may stand in a cell by chance
_FIRST_ROWS = 4  # in which a head stands; above it a speck of the scan may have made a row of its own


def columns_of(table: Table) -> dict[str, int]:
    """Which column of a table holds what, by the phrases of data/candidate_names.toml; each column once."""
    found: dict[str, int] = {}
    heads = [" ".join(fold_aligned(head).split()) for head in table.columns]
    for role, phrases in data_file("candidate_names.toml")["columns"].items():
        best = [
            (-phrases.index(phrase), -at)
            for at, head in enumerate(heads)
            if at not in found.values()
            for phrase in phrases
            if phrase in head
        ]
        if best:
            found[role] = -max(best)[1]
    return found


def with_heads(record: Record) -> Record:
    """The record; tables whose head was taken for a row get it back as their columns."""
    tables = [_with_head(table) for table in record.tables]
    return record if tables == record.tables else record.model_copy(update={"tables": tables})


def _with_head(table: Table) -> Table:
    known = len(columns_of(table))
    if known >= _LEAST_ROLES:
        return table
    for at, row in enumerate(table.rows[:_FIRST_ROWS]):
        named = table.model_copy(update={"columns": _texts(row, len(table.columns))})
        if len(columns_of(named)) >= max(_LEAST_ROLES, known + 1):
            return named.model_copy(update={"rows": table.rows[at + 1 :]})
    return table


def _texts(row: TableRow, width: int) -> list[str]:
    texts = {cell.column: " ".join(cell.text.split()) for cell in row.cells}
    return [texts.get(at, "") for at in range(width)]
