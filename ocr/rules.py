"""Ruled lines of a page, and the grids of cells that they draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage

__all__ = ["Grid", "GridCell", "find_grids"]

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
SMALLEST_GRID = (0.8, 0.25)
# Cells fill a table; the squares of a QR code or the strokes of a seal close off less than this share.
LEAST_COVERED = 0.5
# Ink is darker than the paper round it by this much (of 255); rules are often grey hairlines.
INK_CONTRAST = 28

# Rules are looked for at about this resolution: five times as fast as at 300 dpi, and dots run together.
WORKING_DPI = 150

Mask = NDArray[np.uint8]
_Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's inside in pixels and its place, both from 0; a merged cell has the place of its top left part."""

    x0: float
    y0: float
    x1: float
    y1: float
    row: int
    column: int

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its outer box in pixels and its cells by row, then column."""

    x0: float
    y0: float
    x1: float
    y1: float
    cells: tuple[GridCell, ...]

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


def find_grids(gray: GrayImage, dpi: int) -> list[Grid]:
    """Ruled tables and frames of a page, top to bottom; a frame is a grid of one cell.

    Args:
        gray: Upright, deskewed page, 0 black to 255 white.
        dpi: Of ``gray``.
    """
    factor = max(1, dpi // WORKING_DPI)
    small, dpi = _reduced(gray, factor), dpi // factor
    rules = _mask(cv2.bitwise_or(*_reduced_masks(small, dpi)))
    if not rules.any():
        return []
    reach = max(3, round(0.02 * dpi))
    joined = _mask(cv2.dilate(rules, np.ones((reach, reach), np.uint8)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    grids = []
    for index in range(1, count):
        x, y, wide, high = (int(v) for v in stats[index, :4])
        if wide < SMALLEST_GRID[0] * dpi or high < SMALLEST_GRID[1] * dpi:
            continue
        boxes = _cells(joined[y : y + high, x : x + wide], x, y, dpi)
        covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes)
        if boxes and covered >= LEAST_COVERED * wide * high:
            grids.append(_grid((x, y, x + wide, y + high), boxes, SMALLEST_CELL * dpi, factor))
    return sorted(_outermost(grids), key=lambda grid: (grid.y0, grid.x0))


def _reduced(gray: GrayImage, factor: int) -> GrayImage:
    """``gray`` with the darkest of ``factor`` x ``factor`` pixels for each: hairlines stay dark."""
    if factor == 1:
        return gray
    # erode() looks to the left and up of its anchor; the anchor at 0 makes it look right and down instead.
    darkest = cv2.erode(gray, np.ones((factor, factor), np.uint8), anchor=(0, 0))
    return _mask(darkest[::factor, ::factor])


def _reduced_masks(gray: GrayImage, dpi: int) -> tuple[Mask, Mask]:
    block = max(15, round(0.1 * dpi) | 1)
    ink = _mask(
        cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, INK_CONTRAST)
    )
    across = _rules(ink, dpi, SHORTEST_ACROSS, SHORTEST_DOTTED_ACROSS, lying=True)
    down = _rules(ink, dpi, SHORTEST_DOWN, SHORTEST_DOTTED_DOWN, lying=False)
    return across, down


def _rules(ink: Mask, dpi: int, solid: float, dotted: float, *, lying: bool) -> Mask:
    """Strokes at least ``solid`` inches long, and rows of dots at least ``dotted`` long, small breaks closed."""

    def along(inches: float, thick: int = 1) -> Mask:
        length = max(3, round(inches * dpi))
        return np.ones((thick, length) if lying else (length, thick), np.uint8)

    # A rule two pixels thick may climb by one over its run.
    thick = cv2.dilate(ink, np.ones((3, 1) if lying else (1, 3), np.uint8))
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, along(solid))
    joined = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, along(DOT_PITCH))
    dots = cv2.morphologyEx(joined, cv2.MORPH_OPEN, along(dotted))
    return _mask(cv2.morphologyEx(cv2.bitwise_or(strokes, dots), cv2.MORPH_CLOSE, along(WIDEST_BREAK)))


def _mask(image: NDArray[Any]) -> Mask:
    return np.asarray(image, dtype=np.uint8)


def _cells(rules: Mask, left: int, top: int, dpi: int) -> list[_Box]:
    """The white areas that the rules close off."""
    white = cv2.copyMakeBorder(255 - rules, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(white, connectivity=4)
    outside = labels[0, 0]
    least = SMALLEST_CELL * dpi
    boxes = []
    for index in range(1, count):
        x, y, wide, high, area = (int(v) for v in stats[index])
        # A cell is a full rectangle; what letters and seals close off is ragged or small.
        if index != outside and wide >= least and high >= least and area >= 0.7 * wide * high:
            boxes.append((x - 1 + left, y - 1 + top, x - 1 + left + wide, y - 1 + top + high))
    return boxes


def _grid(outer: _Box, boxes: Sequence[_Box], least: float, factor: int) -> Grid:
    rows = _edges([box[1] for box in boxes], least)
    columns = _edges([box[0] for box in boxes], least)
    cells = [
        GridCell(factor * x0, factor * y0, factor * x1, factor * y1, _nearest(rows, y0), _nearest(columns, x0))
        for x0, y0, x1, y1 in boxes
    ]
    x0, y0, x1, y1 = (factor * side for side in outer)
    return Grid(x0, y0, x1, y1, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _edges(values: Sequence[int], least: float) -> list[float]:
    """Positions of the distinct edges among ``values``; nearer than ``least`` is one edge."""
    groups: list[list[int]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] < least:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Grids less those inside the cells of another table; a frame round a table is no table's outside."""
    tables = [grid for grid in grids if len(grid.cells) > 1]
    return [grid for grid in grids if not any(_inside(grid, other) for other in tables if other is not grid)]


def _inside(grid: Grid, other: Grid) -> bool:
    return other.x0 <= grid.x0 and other.y0 <= grid.y0 and other.x1 >= grid.x1 and other.y1 >= grid.y1
