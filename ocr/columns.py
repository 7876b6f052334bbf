"""Gutters: the white strips between columns, and rows cut along them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocr.engine import RawWord
from ocr.rows import Row

__all__ = ["Run", "common_gutter", "crosses", "cut", "newspaper_run", "split_at", "white_runs", "widest_gap"]

LEAST_COLUMN_ROWS = 8
LEAST_COLUMN_WIDTH = 0.28  # share of the page's width that most lines of a column of running text reach


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring rows ``first`` to ``last`` (excluded) of a list that all leave the strip at ``x`` white."""

    first: int
    last: int
    x: float

    @property
    def count(self) -> int:
        return self.last - self.first


def split_at(words: Sequence[RawWord], x: float) -> tuple[list[RawWord], list[RawWord]]:
    """Words whose middle lies left of ``x``, and the others. No word is cut in two."""
    left: list[RawWord] = []
    right: list[RawWord] = []
    for word in words:
        (left if (word.x0 + word.x1) / 2 < x else right).append(word)
    return left, right


def cut(words: Sequence[RawWord], gutters: Sequence[float]) -> list[list[RawWord]]:
    """Words by column, ``gutters`` from left to right."""
    columns: list[list[RawWord]] = []
    rest = list(words)
    for x in gutters:
        left, rest = split_at(rest, x)
        columns.append(left)
    return [*columns, rest]


def widest_gap(row: Row, low: float, high: float, least: float) -> float | None:
    """Middle of the widest gap between neighbours of ``row`` that touches ``low``..``high``; None below ``least``."""
    best: tuple[float, float] | None = None
    reach = row.words[0].x1
    for before, word in pairwise(row.words):
        reach = max(reach, before.x1)
        wide = word.x0 - reach
        if wide >= least and reach <= high and word.x0 >= low and (best is None or wide > best[0]):
            best = wide, (reach + word.x0) / 2
    return best[1] if best else None


def crosses(row: Row, x: float, gap: float) -> bool:
    """True when ``row`` runs over ``x`` without leaving a strip of ``gap`` pixels white there."""
    left = [word.x1 for word in row.words if (word.x0 + word.x1) / 2 < x]
    right = [word.x0 for word in row.words if (word.x0 + word.x1) / 2 >= x]
    if left and right:
        return min(right) - max(left) < gap
    # One side only: a word may reach over the line by its own half, which is then no column's edge.
    return bool(left and max(left) > x + gap) or bool(right and min(right) < x - gap)


def common_gutter(rows: Sequence[Row], width: float, gap: float) -> float | None:
    """Middle of the widest strip in the page's middle that all ``rows`` leave white; None without one of ``gap``."""
    low, high = 0.3 * width, 0.7 * width
    best: tuple[float, float] | None = None
    reach = 0.0
    for word in sorted((word for row in rows for word in row.words), key=lambda w: w.x0):
        middle = (reach + word.x0) / 2
        wide = word.x0 - reach
        if reach > 0 and wide >= gap and low <= middle <= high and (best is None or wide > best[0]):
            best = wide, middle
        reach = max(reach, word.x1)
    return best[1] if best else None


def newspaper_run(rows: Sequence[Row], width: float, gap: float) -> Run | None:
    """The longest stretch of ``rows`` set in two columns of running text, None without one.

    Both columns must be filled: the tabbed lists and forms of official papers have gutters too, but short entries, and
    are read across.
    """
    best: Run | None = None
    for x in (0.01 * step * width for step in range(40, 61)):
        for stretch in white_runs(rows, x, [gap] * len(rows)):
            both = [index for index in range(stretch.first, stretch.last) if all(split_at(rows[index].words, x))]
            if not both:
                continue
            run = Run(both[0], both[-1] + 1, x)  # a title over the columns is not in them
            if run.count < LEAST_COLUMN_ROWS or (best is not None and run.count <= best.count):
                continue
            sides = [split_at(row.words, x) for row in rows[run.first : run.last]]
            if all(_is_filled([side[i] for side in sides if side[i]], run.count, width) for i in (0, 1)):
                best = run
    return best


def _is_filled(lines: Sequence[Sequence[RawWord]], count: int, width: float) -> bool:
    if len(lines) < 0.8 * count:
        return False
    full = sum(max(w.x1 for w in line) - min(w.x0 for w in line) > LEAST_COLUMN_WIDTH * width for line in lines)
    return full > 0.7 * len(lines)


def white_runs(rows: Sequence[Row], x: float, gaps: Sequence[float]) -> list[Run]:
    """The longest stretches of ``rows`` that do not cross ``x``; ``gaps`` has the least white for each row."""
    runs: list[Run] = []
    first = 0
    for index in range(len(rows) + 1):
        if index == len(rows) or crosses(rows[index], x, gaps[index]):
            if index > first:
                runs.append(Run(first, index, x))
            first = index + 1
    return runs
