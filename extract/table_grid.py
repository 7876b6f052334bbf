"""Grids: the cells of a table by row and column, before anything is known of what they mean.

Ruled tables come from the layout, which gives each line its cell: a merged cell has the place of its top left part and
the rows and columns that its rules leave it. Columns whose rules were not seen are seen from where its words stand
against the other rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extract.evidence import Span
from extract.tokens import TextLine, TokenisedText
from normalize.folding import fold_aligned
from ocr.tree import Box

__all__ = ["Grid", "GridCell", "GridRow", "cell_at", "ruled_grids"]

# Share of a merged cell's words that must reach into a column before it counts as spanned.
_REACH = 0.25


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its text with single spaces, where that stands, and its place."""

    column: int
    text: str
    spans: tuple[Span, ...]
    box: Box | None = None  # upright and straight
    columns: int = 1
    rows: int = 1

    @property
    def folded(self) -> str:
        return fold_aligned(self.text)

    @property
    def end(self) -> int:
        """The first column after it."""
        return self.column + self.columns


@dataclass(frozen=True, slots=True)
class GridRow:
    """Cells that hold text, from left to right."""

    page: int
    cells: tuple[GridCell, ...]

    def at(self, column: int) -> GridCell | None:
        """The cell that covers ``column``."""
        return next((cell for cell in self.cells if cell.column <= column < cell.end), None)

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands on one page; ``start`` and ``end`` count characters of the text."""

    rows: tuple[GridRow, ...]
    width: int
    start: int
    end: int
    ruled: bool = True

    @property
    def page(self) -> int:
        return self.rows[0].page


def cell_at(tokens: TokenisedText, column: int, spans: Sequence[Span], columns: int = 1) -> GridCell:
    """The cell of ``column`` whose text stands at ``spans``."""
    text = " ".join(" ".join(tokens.text[start:end].split()) for start, end in spans)
    return GridCell(column, text, tuple(spans), tokens.straight_box(spans), columns)


def ruled_grids(lines: Iterable[TextLine]) -> Iterator[Grid]:
    """Grids of the tables that the layout found, in the order of the text."""
    celled = (line for line in lines if line.cell is not None)
    for _, found in groupby(celled, key=lambda line: (line.page, line.cell.table if line.cell else 0)):
        inside = list(found)
        places: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
        for line in inside:
            if line.cell is not None:
                places[line.cell.row, line.cell.column].append(line)
        width = max(line.cell.column + line.cell.columns for line in inside if line.cell is not None)
        rows = [
            GridRow(inside[0].page, tuple(_cell(column, places[row, column]) for _, column in row_places))
            for row, row_places in groupby(sorted(places), key=lambda place: place[0])
        ]
        yield Grid(tuple(_with_spans(rows, width)), width, inside[0].start, inside[-1].end)


def _cell(column: int, lines: Sequence[TextLine]) -> GridCell:
    boxes = [line.box for line in lines if line.box is not None]
    text = " ".join(line.text for line in lines)
    merged = [line.cell for line in lines if line.cell is not None]
    return GridCell(
        column,
        text,
        tuple((line.start, line.end) for line in lines),
        Box.around(boxes) if boxes else None,
        columns=max((cell.columns for cell in merged), default=1),
        rows=max((cell.rows for cell in merged), default=1),
    )


def _with_spans(rows: Sequence[GridRow], width: int) -> list[GridRow]:
    starts = _text_starts(rows, width)
    spanned = [replace(row, cells=tuple(_spanning(row, starts, width))) for row in rows]
    return [_over_its_parts(row, below) for row, below in pairwise(spanned)] + spanned[-1:]


def _text_starts(rows: Sequence[GridRow], width: int) -> list[float | None]:
    """Where the words of each column begin, leftmost, in rows that have several cells."""
    starts: list[float | None] = [None] * width
    for row in rows:
        if len(row.cells) < 2:
            continue
        for cell in row.cells:
            start = starts[cell.column]
            if cell.box is not None:
                starts[cell.column] = cell.box.x0 if start is None else min(start, cell.box.x0)
    return starts


def _spanning(row: GridRow, starts: Sequence[float | None], width: int) -> Iterator[GridCell]:
    """Cells of a row, each wide enough for its words; a cell alone in its row whose words run on takes the rest."""
    for cell, following in zip(row.cells, (*row.cells[1:], None), strict=True):
        limit = following.column if following else width
        if cell.box is None:
            yield cell
            continue
        box, reach = cell.box, _REACH * cell.box.height
        last = cell.end - 1
        for column in range(cell.end, limit):
            start = starts[column]
            if start is not None and box.x1 > start + reach:
                last = column
        alone = len(row.cells) == 1 and last > cell.column
        columns = (limit if alone else last + 1) - cell.column
        yield cell if columns == cell.columns else replace(cell, columns=columns)


def _over_its_parts(row: GridRow, below: GridRow) -> GridRow:
    """A head over several columns ("Năm sinh" over "Nam" and "Nữ"): the row below begins at its column and goes on."""
    cells = []
    for cell, following in zip(row.cells, (*row.cells[1:], None), strict=True):
        parts = [part for part in below.cells if part.column >= cell.column]
        limit = following.column if following else max([cell.end, *(part.end for part in parts)])
        parts = [part for part in parts if part.column < limit]
        covers = len(parts) > 1 and parts[0].column == cell.column and below.cells[0].column > 0
        cells.append(replace(cell, columns=max(cell.columns, parts[-1].end - cell.column)) if covers else cell)
    return replace(row, cells=tuple(cells))
