"""Tables that run over several pages, put together again: repeated heads dropped, torn rows mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.table_grid import Grid, GridCell, GridRow
from extract.table_rows import has_ordinals, head_rows, is_ordinal, row_kinds
from extract.tokens import TextLine, TokenisedText
from ocr.tree import Role

__all__ = ["JoinedTable", "joined_tables"]

# Heads are the same when their words are to this share (of 100), engines reading small print differently each time.
_SAME_HEAD = 85.0
# What may stand between two parts of one table.
_NOT_BETWEEN = {Role.BODY, Role.TABLE, Role.HEAD_LEFT, Role.HEAD_RIGHT, Role.FOOT_LEFT, Role.FOOT_RIGHT}
# Columns are the same when their words share this much of the narrower one's width.
_SAME_PLACE = 0.5


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """Rows of one table over all its pages, the first ``heads`` of them its head."""

    rows: tuple[GridRow, ...]
    heads: int
    width: int
    pages: tuple[int, ...]
    start: int
    end: int
    ruled: bool


def joined_tables(tokens: TokenisedText, grids: Sequence[Grid]) -> list[JoinedTable]:
    """The tables of some grids in the order of the text."""
    tables: list[JoinedTable] = []
    for grid in grids:
        heads = head_rows(grid.rows, grid.width)
        last = tables[-1] if tables else None
        if last is not None and _goes_on(tokens, last, grid, heads):
            tables[-1] = _joined(last, grid, heads)
        else:
            tables.append(JoinedTable(grid.rows, heads, grid.width, (grid.page,), grid.start, grid.end, grid.ruled))
    return tables


def _goes_on(tokens: TokenisedText, table: JoinedTable, grid: Grid, heads: int) -> bool:
    """True when ``grid`` is the next page's part of ``table``: nothing stands between them, and they look alike."""
    if grid.page != table.pages[-1] + 1 or grid.ruled != table.ruled:
        return False
    if any(_parts_tables(line) for line in tokens.lines_between(table.end, grid.start)):
        return False
    if heads:
        return _same_head(table.rows[: table.heads], grid.rows[:heads])
    return grid.width <= table.width and _same_columns(table, grid)


def _parts_tables(line: TextLine) -> bool:
    """Running numbers and stamps do not part a table; a number alone in a line of the body is a running number too."""
    text = line.text.strip(" -–.")
    return (line.role is None or line.role in _NOT_BETWEEN) and not (text.isdigit() and len(text) <= 3)


def _same_head(rows: Sequence[GridRow], others: Sequence[GridRow]) -> bool:
    one, other = (" ".join(row.text for row in part).casefold() for part in (rows, others))
    return fuzz.ratio(one, other) >= _SAME_HEAD


def _same_columns(table: JoinedTable, grid: Grid) -> bool:
    """The words of the columns stand at the same places; without boxes, as many columns."""
    before, after = _extents(table.rows), _extents(grid.rows)
    if not before or not after:
        return grid.width == table.width
    shared = before.keys() & after.keys()
    return len(shared) > 1 and all(_shared(before[column], after[column]) for column in shared)


def _shared(one: tuple[float, float], other: tuple[float, float]) -> bool:
    narrower = min(one[1] - one[0], other[1] - other[0])
    return min(one[1], other[1]) - max(one[0], other[0]) >= _SAME_PLACE * narrower


def _extents(rows: Sequence[GridRow]) -> dict[int, tuple[float, float]]:
    """Where the words of each column stand, from the leftmost to the rightmost."""
    extents: dict[int, tuple[float, float]] = {}
    for row in rows:
        for cell in row.cells if len(row.cells) > 1 else ():
            if cell.box is not None and cell.columns == 1:
                x0, x1 = extents.get(cell.column, (cell.box.x0, cell.box.x1))
                extents[cell.column] = min(x0, cell.box.x0), max(x1, cell.box.x1)
    return extents


def _joined(table: JoinedTable, grid: Grid, heads: int) -> JoinedTable:
    rows, new = list(table.rows), list(grid.rows[heads:])
    if new and _is_rest(table, new[0], grid.width):
        rows[-1] = _mended(rows[-1], new.pop(0))
    return replace(
        table, rows=(*rows, *new), width=max(table.width, grid.width), pages=(*table.pages, grid.page), end=grid.end
    )


def _is_rest(table: JoinedTable, row: GridRow, width: int) -> bool:
    """True when the first row of a page is the rest of the last page's last: it has no serial number, the others do."""
    before = table.rows[table.heads :]
    if not before or not has_ordinals(before) or row.at(0) is not None:
        return False
    last = before[-1].at(0)
    return last is not None and is_ordinal(last.text) and row_kinds([row], width, 0) == ["data"]


def _mended(row: GridRow, rest: GridRow) -> GridRow:
    cells = {cell.column: cell for cell in row.cells}
    for cell in rest.cells:
        before = cells.get(cell.column)
        cells[cell.column] = cell if before is None else _run_on(before, cell)
    return replace(row, cells=tuple(cells[column] for column in sorted(cells)))


def _run_on(cell: GridCell, rest: GridCell) -> GridCell:
    return replace(cell, text=f"{cell.text} {rest.text}", spans=(*cell.spans, *rest.spans))
