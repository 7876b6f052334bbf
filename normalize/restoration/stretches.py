"""Cutting long paragraphs for the search, so that their parts can be searched side by side.

A paragraph is searched word by word; only other paragraphs make a batch. A text without empty lines is one paragraph:
57,000 words on one line took 16,000 single steps a block. Parts overlap: each is searched from a little before to a
little behind what is kept of it, so that words at the cuts are judged by both sides like all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stretches", "stretches"]

_LEAST: Final = 40  # positions kept of a part, but for a paragraph's last
_MOST: Final = 80
_BEFORE: Final = 8  # positions searched and thrown away: a four-gram model and the beam forget what lies further back
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


def stretches(starts: Ints, stops: Ints, spans: Ints) -> Stretches:
    """Cut long paragraphs, best at the end of a sentence, never within a word that was cut in two if that can be.

    Args:
        starts: First position of each paragraph, and the number of positions at the end.
        stops: Positions of full stops and the like, ascending.
        spans: (positions,): how many positions behind each may belong to one word with it.

    Returns:
        Parts of at most 80 positions, and what is searched around them.
    """
    cuts: list[int] = []
    limits: list[tuple[int, int]] = []  # of the paragraph that each part lies in
    whole = _whole(spans)
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        first = start
        while end - first > _MOST:
            cuts.append(first)
            first = _cut(first, stops, whole)
        cuts.append(first)
        limits += [(start, end)] * (len(cuts) - len(limits))
    kept = np.array(cuts, np.int64)
    lowest, highest = np.array(limits, np.int64).reshape(-1, 2).T
    until = np.append(kept[1:], starts[-1:])
    return Stretches(np.maximum(kept - _BEFORE, lowest), kept, until, np.minimum(until + _BEHIND, highest))


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
