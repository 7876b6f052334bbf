"""Where the tokens of a scan stand: each on its share of its word's box.

All tokens of some pages are placed at once, in arrays, and values ask for stretches of them: to place one by one what
values touch took a fifth of a record's time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.page_frame import PageFrame, Sides
from extract.page_words import Ints
from extract.restored_text import RestoredText
from ocr.tree import Ink, Word

__all__ = ["Edges", "PlacedTokens", "ReadWords", "TokenPlaces", "box_around"]

Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ReadWords:
    """Words of some pages in the order of the text; ``starts`` is where each begins in the text as read."""

    words: Sequence[Word]
    starts: Ints
    sizes: Ints
    sides: NDArray[np.float64]
    pages: Ints


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Boxes of tokens, edge by edge."""

    x0: list[float]
    y0: list[float]
    x1: list[float]
    y1: list[float]

    def around(self, first: int, beyond: int) -> Edges:
        """The box around a stretch of tokens that is not empty."""
        if beyond == first + 1:
            return self.x0[first], self.y0[first], self.x1[first], self.y1[first]
        held = slice(first, beyond)
        return min(self.x0[held]), min(self.y0[held]), max(self.x1[held]), max(self.y1[held])


@dataclass(frozen=True, slots=True)
class TokenPlaces:
    """Places of the tokens of a text or of some of its pages, but for white space: one list for each property.

    ``sizes`` are in characters.
    """

    starts: list[int]
    ends: list[int]
    sizes: list[int]
    confidences: list[float]
    inks: list[Ink]
    displayed: _Boxes
    straight: _Boxes

    @classmethod
    def of(
        cls,
        printed: tuple[Ints, Ints],
        restored: RestoredText,
        read: ReadWords,
        frames: Mapping[int, PageFrame],
    ) -> TokenPlaces:
        """Places of tokens.

        Args:
            printed: Where each token begins in the text, and where each ends, white space left out.
            restored: How the text came from what was read.
            read: What was read of these tokens' pages, at least one word.
            frames: By page number.
        """
        starts, ends = (edges.tolist() for edges in printed)
        begins, beyonds = printed
        if restored.edits or restored.before:
            spans = [restored.back(*span) for span in zip(starts, ends, strict=True)]
            begins, beyonds = np.array(spans, np.int64).T
        first = np.maximum(np.searchsorted(read.starts, begins, side="right") - 1, 0)
        behind = np.maximum(np.searchsorted(read.starts, beyonds, side="left"), first + 1)
        # a row for each token and word that touch; restored words may be several
        token = np.repeat(np.arange(len(first)), behind - first)
        word = first[token] + np.arange(len(token)) - np.searchsorted(token, token)
        displayed, straight = _boxes(read, frames, read.pages[first], token, word, (begins[token], beyonds[token]))
        sure = np.array([item.confidence for item in read.words])
        return cls(
            starts=starts,
            ends=ends,
            sizes=(printed[1] - printed[0]).tolist(),
            confidences=np.minimum.reduceat(sure[word], _first_of_each(token)).tolist(),
            inks=[read.words[at].ink for at in first.tolist()],
            displayed=displayed,
            straight=straight,
        )

    def touched(self, start: int, end: int) -> PlacedTokens | None:
        """The tokens that ``text[start:end]`` touches."""
        first = bisect_right(self.ends, start)
        beyond = bisect_left(self.starts, end)
        return PlacedTokens(self, first, beyond) if first < beyond else None


class PlacedTokens(NamedTuple):
    """Tokens ``first`` to ``beyond`` of ``all``, at least one; a tuple, made in a third of a dataclass's time."""

    all: TokenPlaces
    first: int
    beyond: int

    @property
    def sizes(self) -> list[int]:
        return self.all.sizes[self.first : self.beyond]

    @property
    def confidences(self) -> list[float]:
        return self.all.confidences[self.first : self.beyond]

    @property
    def inks(self) -> list[Ink]:
        return self.all.inks[self.first : self.beyond]

    @property
    def displayed(self) -> Edges:
        """The box around them on the page as displayed, in hundredths of a point."""
        return self.all.displayed.around(self.first, self.beyond)

    @property
    def straight(self) -> Edges:
        """The box around them on the page upright and straight."""
        return self.all.straight.around(self.first, self.beyond)


def box_around(boxes: Sequence[Edges]) -> Edges:
    """The smallest box that holds all of ``boxes``, at least one."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _boxes(
    read: ReadWords,
    frames: Mapping[int, PageFrame],
    pages: Ints,
    token: Ints,
    word: Ints,
    spans: tuple[Ints, Ints],
) -> tuple[_Boxes, _Boxes]:
    """Boxes of tokens on the page as displayed, and on the page upright and straight."""
    whole = read.sides[:, word]
    starts = read.starts[word]
    sizes = read.sizes[word]
    displayed: list[Sides] = []
    straight: list[Sides] = []
    first = np.append(_first_of_each(token), len(token))
    for at, beyond in pairwise([*_first_of_each(pages).tolist(), len(pages)]):
        frame = frames[int(pages[at])]
        rows = slice(first[at], first[beyond])
        x0, y0, x1, y1 = _shares(frame, whole[:, rows], starts[rows], sizes[rows], *(end[rows] for end in spans))
        parts = first[at:beyond] - first[at]
        left, top = (np.minimum.reduceat(edges, parts) for edges in (x0, y0))
        right, low = (np.maximum.reduceat(edges, parts) for edges in (x1, y1))
        displayed.append((left, top, right, low))
        straight.append(frame.straight_sides(displayed[-1]))
    return _joined(displayed, decimals=2), _joined(straight)


def _joined(pages: Sequence[Sides], *, decimals: int | None = None) -> _Boxes:
    edges = [pages[0][side] if len(pages) == 1 else np.concatenate([page[side] for page in pages]) for side in range(4)]
    return _Boxes(*((edge if decimals is None else edge.round(decimals)).tolist() for edge in edges))


def _first_of_each(sorted_numbers: Ints) -> Ints:
    """Where each number of a rising row comes first."""
    return np.flatnonzero(np.diff(sorted_numbers, prepend=-1))


def _shares(frame: PageFrame, whole: NDArray[np.float64], starts: Ints, sizes: Ints, begins: Ints, ends: Ints) -> Sides:
    """The parts of words' boxes that their letters within ``begins`` to ``ends`` take, along their base lines."""
    x0, y0, x1, y1 = frame.upright_sides((whole[0], whole[1], whole[2], whole[3]))
    letter = (x1 - x0) / sizes
    left = x0 + letter * (np.maximum(begins, starts) - starts)
    right = np.minimum(x0 + letter * (np.minimum(ends, starts + sizes) - starts), x1)
    parts = frame.displayed_sides((np.minimum(left, right), y0, right, y1))
    held = (begins <= starts) & (ends >= starts + sizes)
    x0, y0, x1, y1 = (np.where(held, edges, part) for edges, part in zip(whole, parts, strict=True))
    return x0, y0, x1, y1
