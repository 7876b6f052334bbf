"""What of a text the search walks through: stretches of open words, side by side.

A paragraph is searched word by word; only other stretches make a batch. Where enough words in a row have one candidate,
nothing on one side depends on the other, so the open words between such runs are searched by themselves. Longer
stretches are cut (57,000 words on one line took 16,000 single steps a block): each part is searched from a little
before to a little behind what is kept of it, so that words at the cuts are judged by both sides like all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["REACH", "Stretches", "stretches"]

REACH: Final = 3  # positions on either side that a four-gram model looks at
_LEAST: Final = 16  # positions kept of a part, but for a stretch's last; 40 found the same in a sixth more time
_MOST: Final = 32
_BEFORE: Final = 8  # positions searched and thrown away at a cut: the model and the beam forget what lies further back
_BEHIND: Final = 4
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Parts of paragraphs, and short paragraphs whole, in order. All attributes have one number for each.

    Attributes:
        begins: First position that is searched.
        kept: First position whose result is kept.
        until: Position behind the last whose result is kept: where the next part's are.
        ends: Position behind the last that is searched.
    """

    begins: Ints
    kept: Ints
    until: Ints
    ends: Ints

    def take(self, some: Ints) -> Stretches:
        """The parts at an index."""
        return Stretches(self.begins[some], self.kept[some], self.until[some], self.ends[some])


def stretches(starts: Ints, is_open: NDArray[np.bool_], stops: Ints, spans: Ints) -> Stretches:
    """Find the stretches of open words, and cut long ones.

    They are cut best at the end of a sentence, never within a word that was cut in two if that can be.

    Args:
        starts: First position of each paragraph, and the number of positions at the end.
        is_open: (positions,): which have more than one candidate.
        stops: Positions of full stops and the like, ascending.
        spans: (positions,): how many positions behind each may belong to one word with it.

    Returns:
        Parts of at most 32 positions, and what is searched around them. Positions in none are not open.
    """
    opened = np.flatnonzero(is_open)
    paragraph = np.searchsorted(starts, opened, side="right")
    new = np.r_[True, (np.diff(opened) > REACH) | (np.diff(paragraph) > 0)][: len(opened)]
    firsts, lasts = opened[new], opened[np.r_[new[1:], True][: len(opened)]]
    lowest, highest = starts[paragraph[new] - 1], starts[paragraph[new]]
    begins, ends = np.maximum(firsts - REACH, lowest), np.minimum(lasts + 1 + REACH, highest)
    whole = _whole(spans)
    parts: list[tuple[int, int, int, int]] = []
    for first, until, begin, end in zip(*(x.tolist() for x in (firsts, lasts + 1, begins, ends)), strict=True):
        kept, start = first, begin
        while until - kept > _MOST:
            cut = _cut(kept, stops, whole)
            parts.append((start, kept, cut, min(cut + _BEHIND, end)))
            kept, start = cut, max(cut - _BEFORE, begin)
        parts.append((start, kept, until, end))
    return Stretches(*np.array(parts, np.int64).reshape(-1, 4).T)


def _cut(first: int, stops: Ints, whole: NDArray[np.bool_]) -> int:
    """Where the part that begins at ``first`` ends."""
    low, high = first + _LEAST, first + _MOST
    at = stops[np.searchsorted(stops, low - 1) : np.searchsorted(stops, high)]
    if len(at):
        return int(at[0]) + 1
    between = np.flatnonzero(whole[low : high + 1])
    return low + int(between[-1]) if len(between) else high


def _whole(spans: Ints) -> NDArray[np.bool_]:
    """For each position whether no word that begins before it goes on there."""
    whole = np.ones(len(spans) + 1, bool)
    for ahead in range(1, int(spans.max(initial=0)) + 1):
        whole[np.flatnonzero(spans >= ahead) + ahead] = False
    return whole
