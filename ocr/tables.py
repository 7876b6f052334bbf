"""Words put into the cells of ruled tables; cells that the page's reading missed are read again, many in one go."""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from normalize.errors import EngineError, TimeLimitError
from ocr.bare_tables import with_columns
from ocr.engine import Engine, GrayImage, RawLine, RawWord, Segmentation
from ocr.rows import group, without
from ocr.rules import Grid, GridCell
from ocr.tree import Cell, Role

__all__ = ["Table", "read_tables"]

# A cell read with less confidence than this is read again; at 0.6 a 4 read as Ạ stayed, at 1.0 nothing was gained.
DOUBTFUL = 0.85
# Words of a second reading below this are dropped: crops show the edges of seals and rules.
LEAST_CONFIDENCE = 0.5
# Share of a word's width on the far side of a rule that makes its reading doubtful.
STRADDLE = 0.2
# Share of the cell's own letters that a second reading must have before it replaces such a word.
LEAST_LETTERS = 0.6
# White round each cell, in inches: Tesseract misses letters that touch an edge.
MARGIN = 0.05
# Ink of half a printed digit, in square inches.
LEAST_INK = 0.0006
# Pages whose words come from a text layer are drawn at less, for their rules only: nothing is read there.
LEAST_DPI = 200
SHEET_HEIGHT = 14.0  # inches
# What engines make of the rules beside a word.
BARS = "|¦│"
EDGE = 0.06  # inches
_STAMP_WIDTH = 0.4  # of the page; arrival stamps are 5 to 7 cm wide
# Seconds kept back for what comes after the tables.
RESERVE = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of one table by row, column and height, and where its grid begins."""

    top: float
    lines: tuple[RawLine, ...]


def read_tables(
    words: Sequence[RawWord],
    grids: Sequence[Grid],
    gray: GrayImage,
    dpi: int,
    engine: Engine,
    *,
    seconds: float,
) -> tuple[list[Table], list[RawWord]]:
    """Tables of a page, and the words outside them.

    Args:
        words: In pixels of ``gray``.
        grids: Of the page, from ``find_grids``.
        gray: Upright, deskewed page.
        dpi: Of ``gray``.
        engine: Reads doubtful cells again.
        seconds: For the second readings together; cells that time does not suffice for stay as they are.
    """
    deadline = time.monotonic() + seconds - RESERVE
    rest = list(words)
    tables: list[Table] = []
    for grid in grids:
        inside = [w for w in rest if grid.holds((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2)]
        if grid.bare:
            grid = with_columns(grid, inside, dpi)
        if not inside or not (_has_columns(grid) or _is_ruled_stamp(grid, gray.shape[1])):
            continue  # a frame, rules round other things, or a grid whose words were taken as a stamp's
        rest = without(rest, inside)
        filled = _fill(grid, inside)
        if dpi >= LEAST_DPI:
            _read_again(grid, filled, gray, dpi, engine, deadline)
        tables.append(_table(len(tables), grid, filled, dpi))
    return tables, rest


def _has_columns(grid: Grid) -> bool:
    return len({cell.column for cell in grid.cells}) > 1


def _is_ruled_stamp(grid: Grid, page_width: int) -> bool:
    """True for a small frame ruled into rows: an arrival stamp, whose words are no part of the lines beside it."""
    return len(grid.cells) > 1 and grid.x1 - grid.x0 < _STAMP_WIDTH * page_width


def _fill(grid: Grid, words: Sequence[RawWord]) -> list[list[RawWord]]:
    """Each word into the cell that holds most of it, the nearest when none does."""
    filled: list[list[RawWord]] = [[] for _ in grid.cells]
    for word in words:
        filled[min(range(len(grid.cells)), key=lambda i: _distance(grid.cells[i], word))].append(word)
    return filled


def _distance(cell: GridCell, word: RawWord) -> float:
    """Less than 0 for the shared area, else the way from the word's middle to the cell."""
    wide = min(cell.x1, word.x1) - max(cell.x0, word.x0)
    high = min(cell.y1, word.y1) - max(cell.y0, word.y0)
    if wide > 0 and high > 0:
        return -wide * high
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return math.hypot(max(cell.x0 - x, x - cell.x1, 0.0), max(cell.y0 - y, y - cell.y1, 0.0))


def _read_again(
    grid: Grid, filled: list[list[RawWord]], gray: GrayImage, dpi: int, engine: Engine, deadline: float
) -> None:
    """Read doubtful cells again into ``filled``, until the time is up."""
    straddled = _straddled(grid, filled)
    doubtful = [i for i, cell in enumerate(grid.cells) if straddled[i] or _is_doubtful(filled[i], cell, gray, dpi)]
    for indexes in _sheets(grid, doubtful, dpi):
        left = deadline - time.monotonic()
        if left <= 0:
            return
        try:
            second = _read_sheet([grid.cells[index] for index in indexes], gray, dpi, engine, left)
        except (TimeLimitError, EngineError):
            return  # the page goes on with its first reading
        for index, words in zip(indexes, second, strict=True):
            filled[index] = _better(filled[index], words, grid.cells[index], straddled=straddled[index])


def _better(first: list[RawWord], second: list[RawWord], cell: GridCell, *, straddled: bool) -> list[RawWord]:
    """The better reading of a cell; words of the first that only lie near the cell stay in any case."""
    inside = [word for word in first if cell.holds((word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2)]
    if straddled:
        # The first reading has a neighbour's letters too: the second must have most of those that are the cell's own.
        better = _letters(second) >= LEAST_LETTERS * sum(len(w.text) * _share(w, cell) for w in inside)
    else:
        better = _confidence(second) > _confidence(inside)
    return [*without(first, inside), *second] if second and better else first


def _is_doubtful(words: Sequence[RawWord], cell: GridCell, gray: GrayImage, dpi: int) -> bool:
    """True for a cell that holds ink but no words, or words read with little confidence."""
    return (not words or _confidence(words) < DOUBTFUL) and _inked(_crop(gray, cell), dpi)


def _sheets(grid: Grid, indexes: Sequence[int], dpi: int) -> list[list[int]]:
    """``indexes`` of cells in portions that make pictures no higher than a page."""
    sheets: list[list[int]] = []
    high = math.inf
    for index in indexes:
        cell = grid.cells[index]
        high += cell.y1 - cell.y0 + MARGIN * dpi
        if high > SHEET_HEIGHT * dpi:
            sheets.append([])
            high = cell.y1 - cell.y0 + MARGIN * dpi
        sheets[-1].append(index)
    return sheets


def _read_sheet(
    cells: Sequence[GridCell], gray: GrayImage, dpi: int, engine: Engine, seconds: float
) -> list[list[RawWord]]:
    """Words of each cell, in the page's pixels, read from one picture of the cells one below the other.

    An engine call costs 0.15 s and more, however small the picture; 227 cells one by one took 40 s, like this 4.
    A column of numbers is also read better than each by itself.
    """
    margin = round(MARGIN * dpi)
    crops = [_crop(gray, cell) for cell in cells]
    tops = [margin]
    for crop in crops:
        tops.append(tops[-1] + crop.shape[0] + margin)
    sheet = np.full((tops[-1], max(crop.shape[1] for crop in crops) + 2 * margin), 255, np.uint8)
    for top, crop in zip(tops, crops, strict=False):
        sheet[top : top + crop.shape[0], margin : margin + crop.shape[1]] = crop
    found: list[list[RawWord]] = [[] for _ in cells]
    for word in engine.read(sheet, dpi=dpi, segmentation=Segmentation.BLOCK, seconds=seconds):
        index = min(max(bisect_right(tops, (word.y0 + word.y1) / 2) - 1, 0), len(cells) - 1)
        right, down = int(cells[index].x0) - margin, int(cells[index].y0) - tops[index]
        if word.confidence < LEAST_CONFIDENCE:
            continue
        found[index].append(replace(word, x0=word.x0 + right, y0=word.y0 + down, x1=word.x1 + right, y1=word.y1 + down))
    return found


def _straddled(grid: Grid, filled: Sequence[Sequence[RawWord]]) -> list[bool]:
    """Cells with a word that reaches well into a neighbour: the engine took two cells for one word."""
    marked = [False] * len(filled)
    for index, words in enumerate(filled):
        for word in words:
            marked[index] |= _share(word, grid.cells[index]) < 1 - STRADDLE and bool(word.text.strip(BARS))
    return marked


def _share(word: RawWord, cell: GridCell) -> float:
    """Share of the word's width within the cell's columns."""
    return max(min(cell.x1, word.x1) - max(cell.x0, word.x0), 0.0) / max(word.width, 1.0)


def _letters(words: Sequence[RawWord]) -> int:
    return sum(len(word.text) for word in words)


def _confidence(words: Sequence[RawWord]) -> float:
    """Mean over letters, 0 for no words."""
    return sum(w.confidence * len(w.text) for w in words) / max(_letters(words), 1)


def _crop(gray: GrayImage, cell: GridCell) -> GrayImage:
    return gray[int(cell.y0) : int(cell.y1), int(cell.x0) : int(cell.x1)]


def _inked(crop: GrayImage, dpi: int) -> bool:
    if crop.size == 0:
        return False
    paper = int(np.median(crop))
    return int(np.count_nonzero(crop < paper - 60)) >= LEAST_INK * dpi * dpi


def _without_bars(words: Sequence[RawWord], cell: GridCell, dpi: int) -> list[RawWord]:
    """Words less the rules that were read as letters, alone or glued to a word at the cell's edge.

    A bar in the middle of a cell stays: it is a misread 1 or I.
    """
    edge = EDGE * dpi
    kept = []
    for word in words:
        middle = (word.x0 + word.x1) / 2
        if min(middle - cell.x0, cell.x1 - middle) > edge or word.text.strip(BARS):
            kept.append(replace(word, text=word.text.strip(BARS) or word.text))
    return kept


def _table(number: int, grid: Grid, filled: Sequence[Sequence[RawWord]], dpi: int) -> Table:
    lines = [
        RawLine(row.words, Role.TABLE, Cell(number, cell.row, cell.column, cell.rows, cell.columns))
        for cell, words in zip(grid.cells, filled, strict=True)
        for row in group(_without_bars(words, cell, dpi), math.inf)
    ]
    return Table(grid.y0, tuple(lines))
