"""Where the tokens of a scan stand: each on its share of its word's box.

All tokens of a page are placed at once, in arrays, and values ask for stretches of them: to place one by one what
values touch took a fifth of a record's time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from extract.page_frame import PageFrame, Sides, sides_of
from extract.restored_text import RestoredText
from ocr.tree import Box, Ink, Word

__all__ = ["Place", "ReadWords", "TokenPlaces"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token of a scan stands; ``box`` in points of the displayed page."""

    page: int
    box: Box
    confidence: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class ReadWords:
    """The words of a document in the order of its text; ``starts`` is where each begins in the text as read."""

    words: Sequence[Word]
    starts: Sequence[int]
    pages: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Boxes of tokens, edge by edge."""

    x0: list[float]
    y0: list[float]
    x1: list[float]
    y1: list[float]

    def around(self, stretches: Sequence[tuple[int, int]]) -> tuple[float, float, float, float]:
        """The box around some stretches of tokens, none of them empty."""
        return (
            min(min(self.x0[first:beyond]) for first, beyond in stretches),
            min(min(self.y0[first:beyond]) for first, beyond in stretches),
            max(max(self.x1[first:beyond]) for first, beyond in stretches),
            max(max(self.y1[first:beyond]) for first, beyond in stretches),
        )


@dataclass(frozen=True, slots=True)
class TokenPlaces:
    """Places of a text's tokens but for white space, one list for each property; ``sizes`` are in characters."""

    starts: list[int]
    ends: list[int]
    sizes: list[int]
    pages: list[int]
    confidences: list[float]
    inks: list[Ink]
    displayed: _Boxes
    straight: _Boxes

    @classmethod
    def of(
        cls,
        bounds: tuple[Sequence[int], Sequence[int]],
        restored: RestoredText,
        read: ReadWords,
        frames: Mapping[int, PageFrame],
    ) -> TokenPlaces:
        """Places of all tokens.

        Args:
            bounds: Where each token begins in the text, and where each ends.
            restored: How the text came from what was read.
            read: What was read, at least one word.
            frames: By page number.
        """
        text = restored.text
        printed = [span for span in zip(*bounds, strict=True) if not text[span[0]].isspace()]
        spans = [restored.back(*span) for span in printed] if restored.edits or restored.before else printed
        begins, ends = np.array(spans, np.int64).reshape(-1, 2).T
        starts = np.array(read.starts)
        first = np.maximum(np.searchsorted(starts, begins, side="right") - 1, 0)
        beyond = np.maximum(np.searchsorted(starts, ends, side="left"), first + 1)
        # a row for each token and word that touch; restored words may be several
        token = np.repeat(np.arange(len(printed)), beyond - first)
        word = first[token] + np.arange(len(token)) - np.searchsorted(token, token)
        pages = [read.pages[at] for at in first.tolist()]
        displayed, straight = _boxes(read, frames, pages, token, word, (begins[token], ends[token]))
        sure = np.array([item.confidence for item in read.words])
        return cls(
            starts=[start for start, _ in printed],
            ends=[end for _, end in printed],
            sizes=[end - start for start, end in printed],
            pages=pages,
            confidences=np.minimum.reduceat(sure[word], _first_of_each(token)).tolist(),
            inks=[read.words[at].ink for at in first.tolist()],
            displayed=displayed,
            straight=straight,
        )

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """The first token that ``text[start:end]`` touches, and the first behind it; equal where there is none."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def place(self, at: int) -> Place:
        """The place of one token."""
        box = Box(*self.displayed.around([(at, at + 1)]))
        return Place(self.pages[at], box, self.confidences[at], self.inks[at])


def _boxes(
    read: ReadWords,
    frames: Mapping[int, PageFrame],
    pages: Sequence[int],
    token: Ints,
    word: Ints,
    spans: tuple[Ints, Ints],
) -> tuple[_Boxes, _Boxes]:
    """Boxes of tokens on the page as displayed, and on the page upright and straight."""
    whole = np.array(sides_of([item.box for item in read.words]))[:, word]
    starts = np.array(read.starts)[word]
    sizes = np.array([len(item.text) for item in read.words])[word]
    displayed: list[Sides] = []
    straight: list[Sides] = []
    first = _first_of_each(token)
    at = 0
    for page, held in groupby(pages):
        beyond = at + len(list(held))
        rows = slice(first[at], first[beyond] if beyond < len(first) else len(token))
        x0, y0, x1, y1 = _shares(frames[page], whole[:, rows], starts[rows], sizes[rows], *(end[rows] for end in spans))
        parts = first[at:beyond] - first[at]
        left, top = (np.minimum.reduceat(edges, parts) for edges in (x0, y0))
        right, low = (np.maximum.reduceat(edges, parts) for edges in (x1, y1))
        displayed.append((left, top, right, low))
        straight.append(frames[page].straight_sides(displayed[-1]))
        at = beyond
    return _joined(displayed), _joined(straight)


def _joined(pages: Sequence[Sides]) -> _Boxes:
    return _Boxes(*(np.concatenate(edges).tolist() for edges in zip(*pages, strict=True)))


def _first_of_each(sorted_numbers: Ints) -> Ints:
    """Where each number of a rising row comes first."""
    return np.flatnonzero(np.r_[True, sorted_numbers[1:] != sorted_numbers[:-1]])


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
