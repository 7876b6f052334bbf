"""Ruled lines of a page, and the grids of cells that they draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage
from ocr.lattice import Field, lattice_cells, lattice_of, outline_seen, rules_alone, strokes, tables_of_strokes

__all__ = ["Grid", "GridCell", "Mask", "Strokes", "find_grids", "grids_of"]

# In inches. Shorter strokes are letters or the short rules under titles.
SHORTEST_ACROSS = 0.35
SHORTEST_DOWN = 0.22  # a table row of one line is 0.25 inch high
# Printers draw hairlines as dots; joined up, the feet of letters look like them, but end with their word.
SHORTEST_DOTTED_ACROSS = 1.0
SHORTEST_DOTTED_DOWN = 0.3
DOT_PITCH = 0.03
# Breaks of worn or thresholded rules that are closed again.
WIDEST_BREAK = 0.08
# A cell is at least this wide and high, a grid at least so much.
SMALLEST_CELL = 0.09
RULE_WIDTH = 0.015  # half of it, with some white
SMALLEST_GRID = (0.8, 0.2)
# Rules run round a table and part it in cells that hold words. On 57 scanned pages the outlines of QR codes, seals and
# signatures were seen to 0.5-0.83, and 0.3-0.66 of their fields were large enough; all tables had 1.0 of both.
LEAST_OUTLINE = 0.85
LEAST_LARGE = 0.7
# A worn table shows less of its outline, but its fields are all large.
LEAST_WORN_OUTLINE = 0.5
LEAST_WORN_LARGE = 0.95
# Ink is darker than the paper round it by this much (of 255). At 28 grey hairlines scanned at 120 dpi were lost, at 14
# the frame of a stamp on the back came up.
INK_CONTRAST = 18
# Where a rule is expected, less contrast and shorter pieces show it.
FAINT_CONTRAST = 10
FAINT_ACROSS = 0.12
FAINT_DOWN = 0.16  # the stems of capitals are 0.12 high
# Letters beside a missing edge are no rule: ink this high is taken out before lying pieces are looked for.
STEM = 0.045
# Rows between lying rules only: so many rules of one width, that share of the page's.
LEAST_BARE_RULES = 4
LEAST_BARE_WIDTH = 0.45

# Rules are looked for at about this resolution: five times as fast as at 300 dpi, and dots run together.
WORKING_DPI = 150

Mask = NDArray[np.uint8]
_Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's inside in pixels and its place, both from 0; a merged cell has the place of its top left part.

    ``rows`` and ``columns`` are how many of them it has.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its outer box in pixels and its cells by row, then column.

    ``bare`` marks a table of lying rules only: its cells are whole rows, and its columns show in its words.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    cells: tuple[GridCell, ...]
    bare: bool = False

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, eq=False)
class Strokes:
    """Masks of a page's lying and standing strokes, ``dpi`` their resolution."""

    across: Mask
    down: Mask
    dpi: int

    @property
    def faint(self) -> tuple[Mask, Mask]:
        """The strokes with what may be the rest of them, lying and standing."""
        return self.across, self.down


@dataclass(frozen=True, eq=False)
class _SeenStrokes(Strokes):
    """Strokes of a picture. Pages without tables have no use for the rest of them: drawn when first asked for."""

    gray: GrayImage

    @classmethod
    def of(cls, gray: GrayImage, dpi: int) -> _SeenStrokes:
        ink = _ink(gray, dpi, INK_CONTRAST)
        across = _rules(ink, dpi, SHORTEST_ACROSS, SHORTEST_DOTTED_ACROSS, lying=True)
        return cls(across, _rules(ink, dpi, SHORTEST_DOWN, SHORTEST_DOTTED_DOWN, lying=False), dpi, gray)

    @cached_property
    def faint(self) -> tuple[Mask, Mask]:
        """The strokes with short and faint pieces beside them, lying and standing."""
        ink = _ink(self.gray, self.dpi, FAINT_CONTRAST)
        across, down = _pieces(ink, self.dpi, lying=True), _pieces(ink, self.dpi, lying=False)
        return _mask(cv2.bitwise_or(across, self.across)), _mask(cv2.bitwise_or(down, self.down))


def find_grids(gray: GrayImage, dpi: int) -> list[Grid]:
    """Ruled tables and frames of a page, top to bottom; a frame is a grid of one cell.

    Args:
        gray: Upright, deskewed page, 0 black to 255 white.
        dpi: Of ``gray``.
    """
    factor = max(1, dpi // WORKING_DPI)
    return [_scaled(grid, factor) for grid in grids_of(_SeenStrokes.of(_reduced(gray, factor), dpi // factor))]


def grids_of(seen: Strokes) -> list[Grid]:
    """Tables and frames that strokes make, top to bottom."""
    if not (seen.across.any() or seen.down.any()):
        return []
    grids = list(_ruled(seen))
    grids += [grid for grid in _bare(seen) if not any(_overlap(grid, other) for other in grids)]
    return sorted(_outermost(grids), key=lambda grid: (grid.y0, grid.x0))


def _ruled(seen: Strokes) -> Iterator[Grid]:
    """Grids of strokes that cross each other."""
    for across, down in tables_of_strokes(strokes(seen.across, lying=True), strokes(seen.down, lying=False), seen.dpi):
        lattice = lattice_of(across, down, seen.dpi)
        if not lattice.spans(SMALLEST_GRID[0] * seen.dpi, SMALLEST_GRID[1] * seen.dpi):
            continue
        outline = outline_seen(lattice, *seen.faint, seen.dpi)
        if outline < LEAST_WORN_OUTLINE:
            continue
        fields = lattice_cells(lattice, *seen.faint, seen.dpi)
        cells = _cells(fields, seen.dpi)
        large = len(cells) / len(fields)
        if (outline >= LEAST_OUTLINE and large >= LEAST_LARGE) or (large >= LEAST_WORN_LARGE and lattice.is_wide):
            yield _grid(cells)


def _bare(seen: Strokes) -> Iterator[Grid]:
    """Grids of rows between lying rules of one width."""
    least = LEAST_BARE_WIDTH * seen.across.shape[1]
    for rules in rules_alone(strokes(seen.across, lying=True), least, seen.dpi):
        if len(rules) >= LEAST_BARE_RULES:
            fields = [
                Field(above.low, above.at, above.high, below.at, row, 0)
                for row, (above, below) in enumerate(pairwise(rules))
            ]
            if cells := _cells(fields, seen.dpi):  # none between rules closer than a line of words
                yield _grid(cells, bare=True)


def _cells(fields: Sequence[Field], dpi: int) -> list[GridCell]:
    """The insides of the fields large enough for a word, rows and columns counted anew."""
    least, rule = SMALLEST_CELL * dpi, RULE_WIDTH * dpi
    large = [f for f in fields if f.x1 - f.x0 >= least and f.y1 - f.y0 >= least]
    rows = {row: index for index, row in enumerate(sorted({field.row for field in large}))}
    columns = {column: index for index, column in enumerate(sorted({field.column for field in large}))}
    return [
        GridCell(
            f.x0 + rule,
            f.y0 + rule,
            f.x1 - rule,
            f.y1 - rule,
            rows[f.row],
            columns[f.column],
            sum(f.row <= row < f.row + f.rows for row in rows),
            sum(f.column <= column < f.column + f.columns for column in columns),
        )
        for f in large
    ]


def _grid(cells: Sequence[GridCell], *, bare: bool = False) -> Grid:
    x0, y0 = min(cell.x0 for cell in cells), min(cell.y0 for cell in cells)
    x1, y1 = max(cell.x1 for cell in cells), max(cell.y1 for cell in cells)
    return Grid(x0, y0, x1, y1, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), bare)


def _scaled(grid: Grid, factor: int) -> Grid:
    cells = [replace(c, x0=c.x0 * factor, y0=c.y0 * factor, x1=c.x1 * factor, y1=c.y1 * factor) for c in grid.cells]
    return _grid(cells, bare=grid.bare)


def _reduced(gray: GrayImage, factor: int) -> GrayImage:
    """``gray`` with the darkest of ``factor`` x ``factor`` pixels for each: hairlines stay dark."""
    if factor == 1:
        return gray
    # erode() looks to the left and up of its anchor; the anchor at 0 makes it look right and down instead.
    darkest = cv2.erode(gray, np.ones((factor, factor), np.uint8), anchor=(0, 0))
    return _mask(darkest[::factor, ::factor])


def _ink(gray: GrayImage, dpi: int, contrast: int) -> Mask:
    block = max(15, round(0.1 * dpi) | 1)
    return _mask(cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, contrast))


def _along(inches: float, dpi: int, *, lying: bool) -> Mask:
    length = max(3, round(inches * dpi))
    return np.ones((1, length) if lying else (length, 1), np.uint8)


def _rules(ink: Mask, dpi: int, solid: float, dotted: float, *, lying: bool) -> Mask:
    """Strokes at least ``solid`` inches long, and rows of dots at least ``dotted`` long, small breaks closed."""
    # A rule two pixels thick may climb by one over its run.
    thick = cv2.dilate(ink, np.ones((3, 1) if lying else (1, 3), np.uint8))
    stroke = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _along(solid, dpi, lying=lying))
    joined = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _along(DOT_PITCH, dpi, lying=lying))
    dots = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _along(dotted, dpi, lying=lying))
    return _mask(
        cv2.morphologyEx(cv2.bitwise_or(stroke, dots), cv2.MORPH_CLOSE, _along(WIDEST_BREAK, dpi, lying=lying))
    )


def _pieces(ink: Mask, dpi: int, *, lying: bool) -> Mask:
    """Short pieces of strokes and rows of dots, letters left out."""
    if lying:
        stems = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _along(STEM, dpi, lying=False))
        ink = _mask(np.where(cv2.dilate(stems, np.ones((3, 5), np.uint8)) > 0, 0, ink))
    thick = cv2.dilate(ink, np.ones((3, 1) if lying else (1, 3), np.uint8))
    joined = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _along(DOT_PITCH, dpi, lying=lying))
    least = FAINT_ACROSS if lying else FAINT_DOWN
    return _mask(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _along(least, dpi, lying=lying)))


def _mask(image: NDArray[Any]) -> Mask:
    return np.asarray(image, dtype=np.uint8)


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Grids less those inside the cells of another table; a frame round a table is no table's outside."""
    tables = [grid for grid in grids if len(grid.cells) > 1]
    return [grid for grid in grids if not any(_inside(grid, other) for other in tables if other is not grid)]


def _inside(grid: Grid, other: Grid) -> bool:
    return other.x0 <= grid.x0 and other.y0 <= grid.y0 and other.x1 >= grid.x1 and other.y1 >= grid.y1


def _overlap(grid: Grid, other: Grid) -> bool:
    return grid.x0 < other.x1 and other.x0 < grid.x1 and grid.y0 < other.y1 and other.y0 < grid.y1
