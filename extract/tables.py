"""Tables of a document: ruled ones from the layout, lists in aligned columns, tables of plain text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from extract.evidence import where_and_confidence
from extract.record import Table, TableCell, TableRow
from extract.table_columns import aligned_grids
from extract.table_grid import Grid, GridCell, ruled_grids
from extract.table_joins import JoinedTable, joined_tables
from extract.table_rows import column_titles, is_serial_title, row_kinds
from extract.table_text import text_grids
from extract.table_units import (
    Figure,
    Unit,
    figures,
    is_unit_title,
    takes_table_unit,
    unit_above,
    unit_named,
    unit_of_title,
)
from extract.tokens import TextLine, TokenisedText
from normalize.folding import fold_aligned

__all__ = ["read_tables"]

# A table's unit stands in the lines right above it, under its title.
_LINES_ABOVE = 3


def read_tables(tokens: TokenisedText, pages: Collection[int] | None = None) -> list[Table]:
    """All tables in the order of the text, those that run over several pages as one.

    Args:
        tokens: The text with its lines.
        pages: Numbers of the pages to look at; all by default.
    """
    lines = [line for line in tokens.lines if pages is None or line.page in pages]
    return [_table(tokens, lines, table) for table in joined_tables(tokens, _grids(tokens, lines))]


def _grids(tokens: TokenisedText, lines: Sequence[TextLine]) -> list[Grid]:
    if not tokens.has_boxes:
        return list(text_grids(tokens, lines))
    ruled = [grid for grid in ruled_grids(lines) if grid.width > 1]  # one column is a frame
    return sorted([*ruled, *aligned_grids(tokens, lines)], key=lambda grid: grid.start)


def _table(tokens: TokenisedText, lines: Sequence[TextLine], table: JoinedTable) -> Table:
    titles = column_titles(table.rows[: table.heads], table.width)
    unit = unit_above(reversed(_lines_above(lines, table)))
    kinds = row_kinds(table.rows, table.width, table.heads)
    numbers = _figures(table, titles, unit)
    rows = []
    group: str | None = None
    for row, kind in zip(table.rows, kinds, strict=True):
        cells = [_cell(tokens, cell, numbers.get(cell)) for cell in row.cells]
        rows.append(TableRow(kind=kind, cells=cells, group=group if kind in {"data", "total"} else None, page=row.page))
        group = row.text if kind == "group" else group
    return Table(
        pages=list(dict.fromkeys(table.pages)),
        columns=titles,
        rows=rows,
        unit=unit.printed if unit else None,
        ruled=table.ruled,
    )


def _lines_above(lines: Sequence[TextLine], table: JoinedTable) -> list[str]:
    last = bisect_right(lines, table.start, key=lambda line: line.end)
    above = lines[max(0, last - _LINES_ABOVE) : last]
    return [line.text for line in above if line.page == table.pages[0]]


def _figures(table: JoinedTable, titles: Sequence[str], unit: Unit | None) -> dict[GridCell, Figure]:
    """Figures of the cells below the head, column by column, each with its unit."""
    of_rows = _units_of_rows(table, titles)
    found: dict[GridCell, Figure] = {}
    for column, title in enumerate(titles):
        own = unit_of_title(title)
        cells, units = [], []
        for row, of_row in zip(table.rows[table.heads :], of_rows, strict=True):
            cell = row.at(column)
            if cell is not None and cell.column == column:
                cells.append(cell)
                units.append(own or _reaching(unit, title) or _reaching(of_row, title))
        read = figures([cell.text for cell in cells], units, title)
        found.update({cell: figure for cell, figure in zip(cells, read, strict=True) if figure is not None})
    return found


def _reaching(unit: Unit | None, title: str) -> Unit | None:
    if unit is None or is_serial_title(fold_aligned(title)) or not takes_table_unit(title, unit):
        return None
    return unit


def _units_of_rows(table: JoinedTable, titles: Sequence[str]) -> list[Unit | None]:
    """The unit that each row gives in a column of units ("ĐVT"), None where there is none."""
    column = next((index for index, title in enumerate(titles) if is_unit_title(title)), None)
    cells = [None if column is None else row.at(column) for row in table.rows[table.heads :]]
    return [None if cell is None else unit_named(cell.text) for cell in cells]


def _cell(tokens: TokenisedText, cell: GridCell, figure: Figure | None) -> TableCell:
    """A cell with its evidence: one place for each of its lines; figures are as sure as their weakest word."""
    places, confidence = where_and_confidence(tokens, cell.spans, weakest=figure is not None)
    return TableCell(
        text=cell.text,
        column=cell.column,
        rows=cell.rows,
        columns=cell.columns,
        value=figure.value if figure else None,
        unit=figure.unit if figure else None,
        where=places,
        span=(cell.spans[0][0], cell.spans[-1][1]),
        confidence=round(confidence, 3),
    )
