"""The lattice behind ruled lines: where they cross, which edges of its fields are drawn, which fields are one cell.

Scanners and copiers leave rules with breaks, and lists are often printed without their outer rules. A rule that is seen
in part is taken to run from crossing to crossing; fields without a rule between them are one merged cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocr.components import connected

__all__ = [
    "Field",
    "Lattice",
    "Stroke",
    "lattice_cells",
    "lattice_of",
    "outline_seen",
    "rules_alone",
    "strokes",
    "tables_of_strokes",
]

Mask = NDArray[np.uint8]

# In inches. Strokes nearer to each other than this are of one rule; an edge of a cell is that close to its rule.
SAME_RULE = 0.06
NEAR_RULE = 0.03
# A side without a rule is closed where so many of the rules that reach it end there, that close to each other.
SAME_END = 0.1
LEAST_ENDING = 0.5
LEAST_RULES = 3
# Strokes this near to each other meet.
NEAR = 0.1
# Parts of one table: so many of its lying rules go on in the other part, behind a loss no wider than this.
LEAST_TIES = 3
WIDEST_LOSS = 1.5
# An edge is there when this share of it is seen: half of a faint rule, but not the stub of its neighbour.
LEAST_SEEN = 0.4
# A row between two lying rules is no higher.
HIGHEST_ROW = 2.5
LEAST_WIDTH = 0.75
LEAST_DRAWN = 0.8


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stroke; ``at`` is its place across its direction, ``low`` to ``high`` where it runs."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Rule:
    """Strokes of one rule; without strokes it is the open side of a table, at ``at``."""

    at: float
    strokes: tuple[Stroke, ...] = ()

    def near(self, low: float, high: float) -> float:
        """Its place between ``low`` and ``high``: rules of a scan may slope or bend."""
        there = [stroke for stroke in self.strokes if stroke.low < high and stroke.high > low]
        nearest = there or sorted(self.strokes, key=lambda s: max(s.low - high, low - s.high))[:1]
        weights = [max(min(s.high, high) - max(s.low, low), 1.0) for s in nearest]
        return sum(w * s.at for w, s in zip(weights, nearest, strict=True)) / sum(weights) if nearest else self.at


@dataclass(frozen=True, slots=True)
class Lattice:
    """Rules across (top to bottom) and down (left to right)."""

    across: tuple[_Rule, ...]
    down: tuple[_Rule, ...]

    def spans(self, wide: float, high: float) -> bool:
        """Whether it has fields and is so wide and high at least."""
        if len(self.across) < 2 or len(self.down) < 2:
            return False
        return self.down[-1].at - self.down[0].at >= wide and self.across[-1].at - self.across[0].at >= high

    @property
    def is_wide(self) -> bool:
        """Whether it has at least three rows and three columns."""
        return len(self.across) > 3 and len(self.down) > 3


@dataclass(frozen=True, slots=True)
class Field:
    """A cell: its box in pixels, its first row and column, and how many of them it has."""

    x0: float
    y0: float
    x1: float
    y1: float
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def strokes(mask: Mask, *, lying: bool) -> list[Stroke]:
    """The connected strokes of a mask."""
    parts = connected(mask)
    found = []
    for (x, y, wide, high, _), (middle_x, middle_y) in zip(
        parts.stats[1:].tolist(), parts.centres[1:].tolist(), strict=True
    ):
        found.append(Stroke(middle_y, x, x + wide) if lying else Stroke(middle_x, y, y + high))
    return found


def tables_of_strokes(
    across: Sequence[Stroke], down: Sequence[Stroke], dpi: int
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """The lying and standing strokes of each table: those that meet, and parts whose rows go on in each other."""
    near = NEAR * dpi
    groups = _Groups(len(across) + len(down))
    for i, lying in enumerate(across):
        for j, standing in enumerate(down):
            meets = lying.low - near <= standing.at <= lying.high + near
            if meets and standing.low - near <= lying.at <= standing.high + near:
                groups.join(i, len(across) + j)
    for one, other in groups.apart(_continued(across, dpi)):
        groups.join(one, other)
    parts: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index, stroke in enumerate((*across, *down)):
        lying_part, standing_part = parts.setdefault(groups.of(index), ([], []))
        (lying_part if index < len(across) else standing_part).append(stroke)
    return [part for part in parts.values() if part[0] and part[1]]


def _continued(found: Sequence[Stroke], dpi: int) -> list[tuple[int, int]]:
    """Pairs of strokes on one line with a break between them that a worn copy may have."""
    pairs = []
    order = sorted(range(len(found)), key=lambda index: found[index].at)
    for place, index in enumerate(order):
        for later in order[place + 1 :]:
            if found[later].at - found[index].at > NEAR_RULE * dpi:
                break
            gap = max(found[index].low, found[later].low) - min(found[index].high, found[later].high)
            if 0 <= gap <= WIDEST_LOSS * dpi:
                pairs.append((index, later))
    return pairs


class _Groups:
    """Strokes put together, by union and find."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index

    def join(self, one: int, other: int) -> None:
        self._above[self.of(one)] = self.of(other)

    def apart(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """One pair for each two groups that enough ``pairs`` of strokes tie."""
        ties: dict[tuple[int, int], int] = {}
        for one, other in pairs:
            low, high = sorted((self.of(one), self.of(other)))
            if low != high:
                ties[low, high] = ties.get((low, high), 0) + 1
        return [tie for tie, count in ties.items() if count >= LEAST_TIES]


def lattice_of(across: Sequence[Stroke], down: Sequence[Stroke], dpi: int) -> Lattice:
    """The lattice of a table's strokes, its open sides closed."""
    rows, columns = _rules(across, dpi), _rules(down, dpi)
    return Lattice(_closed(rows, down, dpi), _closed(columns, across, dpi))


def _rules(found: Iterable[Stroke], dpi: int) -> list[_Rule]:
    groups: list[list[Stroke]] = []
    for stroke in sorted(found, key=lambda stroke: stroke.at):
        if groups and stroke.at - _middle(groups[-1]) < SAME_RULE * dpi:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return [_Rule(_middle(group), tuple(group)) for group in groups]


def _middle(group: Sequence[Stroke]) -> float:
    total = sum(stroke.high - stroke.low for stroke in group)
    return sum(stroke.at * (stroke.high - stroke.low) for stroke in group) / max(total, 1.0)


def _closed(rules: Sequence[_Rule], crossing: Sequence[Stroke], dpi: int) -> tuple[_Rule, ...]:
    """The rules, with one more where the crossing strokes all end without one."""
    if not crossing:
        return tuple(rules)
    found = list(rules)
    ends = _rules(crossing, dpi)
    lows = [min(stroke.low for stroke in end.strokes) for end in ends]
    highs = [max(stroke.high for stroke in end.strokes) for end in ends]
    first, last = (min(rules, key=_at).at, max(rules, key=_at).at) if rules else (max(highs), min(lows))
    before = [low for low in lows if low < first - SAME_END * dpi]
    after = [high for high in highs if high > last + SAME_END * dpi]
    for side, outer in ((before, min), (after, max)):
        if len(side) >= max(LEAST_RULES, LEAST_ENDING * len(ends)):
            found.append(_Rule(outer(side, default=0.0)))
    return tuple(sorted(found, key=_at))


def _at(rule: _Rule) -> float:
    return rule.at


def outline_seen(lattice: Lattice, seen_across: Mask, seen_down: Mask, dpi: int) -> float:
    """The share of the outer edges of a lattice with fields that are seen."""
    rows, columns = len(lattice.across) - 1, len(lattice.down) - 1
    edges = [_edge_across(lattice, line, column, seen_across, dpi) for line in (0, rows) for column in range(columns)]
    edges += [_edge_down(lattice, row, line, seen_down, dpi) for line in (0, columns) for row in range(rows)]
    return sum(edges) / len(edges)


def rules_alone(across: Iterable[Stroke], least: float, dpi: int) -> list[list[Stroke]]:
    """Runs of lying rules of one width, from ``least`` pixels on, as tables without standing rules have them."""
    rules = [
        Stroke(rule.at, low, high)
        for rule in _rules(across, dpi)
        for low, high in [(min(s.low for s in rule.strokes), max(s.high for s in rule.strokes))]
        if sum(s.high - s.low for s in rule.strokes) >= LEAST_DRAWN * (high - low)
    ]
    runs: list[list[Stroke]] = []
    for rule in (rule for rule in rules if rule.high - rule.low >= least):
        run = next(
            (run for run in runs if _alike(run[0], rule, dpi) and rule.at - run[-1].at <= HIGHEST_ROW * dpi), None
        )
        if run is None:
            runs.append([rule])
        else:
            run.append(rule)
    return runs


def _alike(one: Stroke, other: Stroke, dpi: int) -> bool:
    """True for rules of one width; a worn one may have lost its ends."""
    short, long = sorted((one, other), key=lambda rule: rule.high - rule.low)
    reach = SAME_END * dpi
    inside = short.low >= long.low - reach and short.high <= long.high + reach
    return inside and short.high - short.low >= LEAST_WIDTH * (long.high - long.low)


def lattice_cells(lattice: Lattice, seen_across: Mask, seen_down: Mask, dpi: int) -> list[Field]:
    """The cells of a lattice: its fields, joined where no edge is seen between them.

    Args:
        lattice: In pixels of the masks.
        seen_across: Anything like a lying stroke, faint ones too.
        seen_down: Anything like a standing stroke.
        dpi: Of the masks.
    """
    rows, columns = len(lattice.across) - 1, len(lattice.down) - 1
    owner = np.arange(rows * columns).reshape(rows, columns)
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not _edge_down(lattice, row, column + 1, seen_down, dpi):
                _join(owner, owner[row, column], owner[row, column + 1])
            if row + 1 < rows and not _edge_across(lattice, row + 1, column, seen_across, dpi):
                _join(owner, owner[row, column], owner[row + 1, column])
    return [_field(lattice, *part) for label in np.unique(owner) for part in _rectangles(owner == label)]


def _edge_across(lattice: Lattice, line: int, column: int, seen: Mask, dpi: int) -> bool:
    left, right = lattice.down[column].at, lattice.down[column + 1].at
    return _is_seen(seen, lattice.across[line], left, right, dpi, lying=True)


def _edge_down(lattice: Lattice, row: int, line: int, seen: Mask, dpi: int) -> bool:
    top, bottom = lattice.across[row].at, lattice.across[row + 1].at
    return _is_seen(seen, lattice.down[line], top, bottom, dpi, lying=False)


def _is_seen(seen: Mask, rule: _Rule, low: float, high: float, dpi: int, *, lying: bool) -> bool:
    """Whether enough of a rule is seen between two crossings, their own ink left out."""
    if not rule.strokes:
        return True
    at, reach = rule.near(low, high), NEAR_RULE * dpi
    band = slice(max(int(at - reach), 0), int(at + reach) + 2)
    inset = min(NEAR_RULE * dpi, (high - low) / 4)
    along = slice(max(int(low + inset), 0), max(int(high - inset), int(low + inset) + 1))
    part = seen[band, along] if lying else seen[along, band]
    if part.size == 0:
        return False
    return float(np.mean(part.any(axis=0 if lying else 1))) >= LEAST_SEEN


def _join(owner: NDArray[Any], one: int, other: int) -> None:
    owner[owner == other] = one


def _rectangles(part: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """First and last row and column of a cell; fields that make no rectangle are cells of their own, by rows."""
    rows, columns = np.nonzero(part)
    top, bottom, left, right = int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
    if part[top : bottom + 1, left : right + 1].all():
        return [(top, bottom, left, right)]
    found = []
    for row in np.unique(rows).tolist():
        inside = sorted(columns[rows == row].tolist())
        start = inside[0]
        for before, column in pairwise([*inside, -1]):
            if column != before + 1:
                found.append((row, row, start, before))
                start = column
    return found


def _field(lattice: Lattice, top: int, bottom: int, left: int, right: int) -> Field:
    x0, x1 = lattice.down[left].at, lattice.down[right + 1].at
    y0, y1 = lattice.across[top].at, lattice.across[bottom + 1].at
    return Field(
        lattice.down[left].near(y0, y1),
        lattice.across[top].near(x0, x1),
        lattice.down[right + 1].near(y0, y1),
        lattice.across[bottom + 1].near(x0, x1),
        top,
        left,
        bottom - top + 1,
        right - left + 1,
    )
