"""Measures the rows of a table: the lines of each cell and the height of the row."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.synthesis.documents import Align, Table
from corpus.synthesis.markup import Atom, Face, atoms_of
from corpus.synthesis.sheets import break_lines

__all__ = ["CELL_PADDING", "SetCell", "SetRow", "set_rows"]

CELL_PADDING = 4.0  # points left and right of a cell's text
_ROW_PADDING = 7.0  # points above and below together
_LEADING = 1.2  # ems


@dataclass(frozen=True, slots=True)
class SetCell:
    """Broken lines of one cell; ``width`` in points with the padding."""

    lines: list[list[list[Atom]]]
    width: float
    align: Align


@dataclass(frozen=True, slots=True)
class SetRow:
    """Cells of one row with its height and line spacing in points."""

    cells: tuple[SetCell, ...]
    height: float
    leading: float


def set_rows(table: Table, text_width: float) -> list[SetRow]:
    """The heading, then the rows, each as high as its fullest cell."""
    heading = tuple(f"*{column.title}*" for column in table.columns)
    return [_set_row(table, row, text_width, heading=row is heading) for row in (heading, *table.rows)]


def _set_row(table: Table, texts: tuple[str, ...], text_width: float, *, heading: bool) -> SetRow:
    whole = sum(column.share for column in table.columns)
    face = Face(table.size)
    cells = []
    for column, text in zip(table.columns, texts, strict=True):
        width = text_width * column.share / whole
        lines = break_lines(atoms_of(text, face), width - 2 * CELL_PADDING)
        cells.append(SetCell(lines, width, Align.CENTRE if heading else column.align))
    leading = table.size * _LEADING
    return SetRow(tuple(cells), max(len(cell.lines) for cell in cells) * leading + _ROW_PADDING, leading)
