"""From marks in a row to a tree of headings: each mark finds its place in the sequences that are open above it.

A number that OCR damaged is repaired where its neighbours leave one reading ("I, ll, III"; "d)" after "d)"). What is
printed out of order stays as printed and is reported: 1, 2, 2, 4 may be the author's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.outline_marks import Kind, Mark

__all__ = ["Break", "Node", "build_tree"]

# From the largest to the smallest; brackets and letters come in either order.
_RANKS = {
    Kind.PART: 0,
    Kind.CHAPTER: 1,
    Kind.SECTION: 2,
    Kind.SUBSECTION: 3,
    Kind.ARTICLE: 4,
    Kind.CAPITAL: 5,
    Kind.ROMAN: 6,
    Kind.NUMBER: 7,
    Kind.BRACKET: 8,
    Kind.LETTER: 8,
    Kind.SMALL_ROMAN: 9,
    Kind.STAR: 10,
    Kind.DASH: 11,
    Kind.PLUS: 12,
}
_WORDS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION, Kind.ARTICLE)
_AHEAD = 60  # marks that are looked at for the next one of a sequence
_CHAIN = 2  # damaged marks in a row that may confirm each other
_NEAR = 3  # a misprinted number is that far from its neighbours; "19. " elsewhere is no heading

_NEXT, _OPENS, _GOES_ON, _AGAIN, _NOWHERE = 4.0, 3.0, 2.5, 1.5, 0.0


@dataclass(frozen=True, slots=True)
class Node:
    """A heading: ``row`` is the place of its marks in the input; ``placed`` is False for one out of sequence."""

    row: int
    mark: Mark
    placed: bool = True
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Break:
    """``number`` in row ``row`` comes after ``before``, which is not what it follows."""

    row: int
    kind: Kind
    number: str
    before: str


@dataclass(frozen=True, slots=True)
class _Place:
    """How well a reading fits, and how many open headings it leaves open."""

    fit: float
    keep: int


def build_tree(rows: Sequence[Sequence[Mark]]) -> tuple[list[Node], list[Break]]:
    """Headings as a tree, and where their sequences break.

    Args:
        rows: Readings of one mark each, in the order of the text.

    Returns:
        The roots and the breaks; rows that are no headings are left out.
    """
    tree = _Tree(rows)
    for row in range(len(rows)):
        tree.add(row)
    return tree.roots, tree.breaks


class _Tree:
    """The tree as far as it is built: ``open`` is the way from its root to the last heading."""

    def __init__(self, rows: Sequence[Sequence[Mark]]) -> None:
        self.roots: list[Node] = []
        self.breaks: list[Break] = []
        self._open: list[Node] = []
        self._last: dict[Kind, str] = {}
        self._rows = rows
        counted = [row for row, marks in enumerate(rows) if marks[0].kind.counts]
        self._following = dict(zip(counted, range(1, len(counted) + 1), strict=True))
        self._counted = counted

    def add(self, row: int) -> None:
        """Find the best reading of a row, and its place."""
        marks = self._rows[row]
        if not marks[0].kind.counts:
            self._attach(row, marks[0], _Place(_NEXT, self._by_rank(marks[0])))
            return
        if len(marks) == 1 and marks[0].exact and (place := self._place(marks[0])).fit >= _GOES_ON:
            self._attach(row, marks[0], place)
            return
        judged = [(self._score(row, mark, place), mark, place) for mark in marks for place in [self._place(mark)]]
        fitting = [item for item in judged if item[0] is not None]
        if fitting:
            _, mark, place = max(fitting, key=lambda item: item[0] or 0.0)
            self._attach(row, mark, place)

    def _score(self, row: int, mark: Mark, place: _Place) -> float | None:
        """How good a reading is; None for one that does not hold."""
        confirmed = self._confirmed(row, mark)
        if not mark.exact:
            if mark.guessed:
                holds = place.fit == _NEXT and confirmed is True
            else:
                holds = (place.fit == _NEXT and confirmed is not False) or (place.fit >= _OPENS and confirmed is True)
            if not holds:
                return None
        elif place.fit == _NOWHERE and not (mark.kind in _WORDS or confirmed or self._near(mark)):
            return None
        return place.fit + {True: 1.0, None: 0.0, False: -1.0}[confirmed] + (0.5 if mark.exact else 0.0)

    def _confirmed(self, row: int, mark: Mark, chain: int = _CHAIN) -> bool | None:
        """Whether the next mark of the same sequence follows; None where the sequence ends here.

        The next one may be damaged too ("I, H, II, IV"): it counts where a further one confirms it.
        """
        at = self._following[row]
        seen = 0
        for other in self._counted[at : at + _AHEAD]:
            readings = self._rows[other]
            same = [reading for reading in readings if reading.kind is mark.kind]
            nexts = [reading for reading in same if reading.follows(mark.number)]
            if any(reading.exact for reading in nexts):
                return True
            if nexts and chain and self._confirmed(other, nexts[0], chain - 1):
                return True
            chain = 0 if nexts else chain  # looked at once: time stays linear
            seen += bool(same)
            equal = [reading for reading in same if reading.exact and len(reading.path) == len(mark.path)]
            if equal:
                return None if all(reading.first for reading in equal) else False
            if seen > _CHAIN or any(_RANKS[item.kind] < _RANKS[mark.kind] for item in readings if item.exact):
                return None
        return None

    def _near(self, mark: Mark) -> bool:
        """True for a number not far from the last one of an open sequence."""
        for node in reversed(self._open):
            if node.mark.kind is mark.kind and len(node.mark.path) == len(mark.path):
                return node.mark.path[:-1] == mark.path[:-1] and abs(mark.amount - node.mark.amount) <= _NEAR
        return False

    def _place(self, mark: Mark) -> _Place:
        for depth, node in reversed(list(enumerate(self._open))):
            if node.mark.kind is mark.kind and mark.follows(node.mark.number):
                return _Place(_NEXT, depth)
        if len(mark.path) > 1:
            return self._below_prefix(mark)
        keep = self._by_rank(mark)
        before = self._last.get(mark.kind)
        if before is not None and mark.follows(before):
            return _Place(_GOES_ON, keep)
        if not mark.first:
            return _Place(_NOWHERE, keep)
        return _Place(_AGAIN if self._is_open(mark.kind) else _OPENS, keep)

    def _below_prefix(self, mark: Mark) -> _Place:
        """3.2.1 stands below 3.2, II.1 below II."""
        prefix = mark.number.rpartition(".")[0]
        for depth, node in reversed(list(enumerate(self._open))):
            if node.mark.number == prefix and node.mark.kind in {Kind.NUMBER, Kind.ROMAN}:
                return _Place(_NEXT if mark.first else _NOWHERE, depth + 1)
        return _Place(_OPENS if mark.first else _NOWHERE, self._by_rank(mark))

    def _is_open(self, kind: Kind) -> bool:
        return any(node.mark.kind is kind for node in self._open)

    def _by_rank(self, mark: Mark) -> int:
        """How many open headings are above one of this kind: as before where the kind is open, else by rank."""
        for depth, node in enumerate(self._open):
            if node.mark.kind is mark.kind and len(node.mark.path) >= len(mark.path):
                return depth
        rank = _RANKS[mark.kind]
        for depth, node in enumerate(self._open):
            # letters below brackets or brackets below letters: who comes second stands below
            if _RANKS[node.mark.kind] > rank:
                return depth
        return len(self._open)

    def _attach(self, row: int, mark: Mark, place: _Place) -> None:
        if place.fit == _NOWHERE:
            self.breaks.append(Break(row, mark.kind, mark.number, self._before(mark, place.keep)))
        del self._open[place.keep :]
        node = Node(row, mark, placed=place.fit != _NOWHERE)
        (self._open[-1].children if self._open else self.roots).append(node)
        self._open.append(node)
        if mark.kind.counts:
            self._last[mark.kind] = mark.number

    def _before(self, mark: Mark, keep: int) -> str:
        siblings = self._open[keep - 1].children if keep else self.roots
        same = [node.mark.number for node in siblings if node.mark.kind is mark.kind]
        return same[-1] if same else ""
