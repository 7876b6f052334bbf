"""Tables with lying rules only: their columns are the white strips that the words of all rows leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil

from ocr.engine import RawWord
from ocr.rules import Grid, GridCell

__all__ = ["with_columns"]

# In inches. A word space is 0.04, and that between columns twice the padding of a cell.
GUTTER = 0.09
# Rows of one piece (a group's name over all columns) tell nothing of columns; at least so many others do.
LEAST_ROWS = 3
# Share of the rows that may run across a column's edge.
MOST_LEFT_OUT = 0.2

_Strip = tuple[float, float]


def with_columns(grid: Grid, words: Sequence[RawWord], dpi: int) -> Grid:
    """``grid`` of whole rows with these cut into columns; itself where the words leave no strip white."""
    words = [word for word in words if any(letter.isalnum() for letter in word.text)]  # specks make no columns
    rows = [
        [word for word in words if cell.holds((word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2)] for cell in grid.cells
    ]
    several = [row for row in rows if len(_pieces(row, GUTTER * dpi)) > 1]
    if len(several) < LEAST_ROWS:
        return grid
    columns = _columns(several, GUTTER * dpi)
    middles = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    edges = [grid.x0, *middles, grid.x1]
    cells = [cell for row, inside in zip(grid.cells, rows, strict=True) for cell in _cut(row, inside, edges)]
    return replace(grid, cells=tuple(cells))


def _columns(rows: Sequence[Sequence[RawWord]], gap: float) -> list[_Strip]:
    """The stretches that the words of most rows share: a total over several columns hides those below it."""
    kept = list(rows)
    columns = _pieces([word for row in kept for word in row], gap)
    for _ in range(ceil(MOST_LEFT_OUT * len(rows))):
        tried = [[*kept[:index], *kept[index + 1 :]] for index in range(len(kept))]
        found = [_pieces([word for row in rest for word in row], gap) for rest in tried]
        best = max(range(len(found)), key=lambda index: len(found[index]))
        if len(found[best]) <= len(columns):
            break
        kept, columns = tried[best], found[best]
    return _merged(columns, kept)


def _merged(columns: Sequence[_Strip], rows: Sequence[Sequence[RawWord]]) -> list[_Strip]:
    """Neighbours that no row fills both of are one column: figures at the right edge under a title in the middle."""
    merged = [columns[0]]
    for column in columns[1:]:
        if any(_stands_in(row, merged[-1]) and _stands_in(row, column) for row in rows):
            merged.append(column)
        else:
            merged[-1] = (merged[-1][0], column[1])
    return merged


def _stands_in(row: Sequence[RawWord], strip: _Strip) -> bool:
    return any(word.x0 < strip[1] and word.x1 > strip[0] for word in row)


def _pieces(words: Sequence[RawWord], gap: float) -> list[_Strip]:
    """The stretches across the page that words cover, parted by white of ``gap`` pixels or more."""
    found: list[_Strip] = []
    for word in sorted(words, key=lambda word: word.x0):
        if found and word.x0 - found[-1][1] < gap:
            found[-1] = (found[-1][0], max(found[-1][1], word.x1))
        else:
            found.append((word.x0, word.x1))
    return found


def _cut(row: GridCell, words: Sequence[RawWord], edges: Sequence[float]) -> list[GridCell]:
    """A row's cells; an edge that a word of the row lies across is no edge there."""
    kept = [0]
    for index, edge in enumerate(edges[1:-1], start=1):
        if not any(word.x0 < edge < word.x1 for word in words):
            kept.append(index)
    kept.append(len(edges) - 1)
    return [
        GridCell(edges[first], row.y0, edges[last], row.y1, row.row, first, columns=last - first)
        for first, last in pairwise(kept)
    ]
