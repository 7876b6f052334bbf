"""The fewest edits that turn a line of truth into any stretch of the output."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.evaluation.truth import Segment

__all__ = ["window_distance"]


def window_distance(segments: Sequence[Segment], text: str) -> int:
    """Levenshtein distance of a line to its best-matching window of ``text``, windows of every place and length.

    Sellers' algorithm, a row of the table at a time. It is exact, where windows of the line's own length (as
    rapidfuzz's ``partial_ratio_alignment`` gives them) charge a lost letter twice. Between two segments up to
    ``Segment.gap`` letters of ``text`` are free.

    Args:
        segments: Printed parts of one line, left to right.
        text: The page's whole text, white space collapsed.

    Returns:
        Edits, at most the number of letters in ``segments`` (an empty window).
    """
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    places = np.arange(len(letters) + 1)
    costs = np.zeros(len(letters) + 1, dtype=np.int64)
    for index, segment in enumerate(segments):
        if index:
            costs = _skip(costs, segment.gap)
        for letter in segment.text:
            following = costs + 1  # the letter is lost
            following[1:] = np.minimum(following[1:], costs[:-1] + (letters != ord(letter)))
            # A letter too many costs one for each step to the right.
            costs = np.minimum.accumulate(following - places) + places
    return int(costs.min())


def _skip(costs: np.ndarray, gap: int) -> np.ndarray:
    """Cheapest of each place and the ``gap`` places before it."""
    best = costs.copy()
    for shift in range(1, min(gap, len(costs) - 1) + 1):
        best[shift:] = np.minimum(best[shift:], costs[:-shift])
    return best
