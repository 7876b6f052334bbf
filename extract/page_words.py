"""The words of a page in the order of its text, what is counted and measured of them in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ocr.tree import Line, Page, Role, Word

__all__ = ["Ints", "PageWords"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PageWords:
    """Words of one page; 40 bytes each beside the words themselves.

    Attributes:
        number: Of the page.
        lines: Those that ``Page.text`` shows, in its order: stamps last, page numbers left out.
        words: Of these lines.
        counts: Words of each line.
        sizes: Characters of each word.
        sides: Left, upper, right and lower edges of the words, in points on the page as displayed: (4, words).
    """

    number: int
    lines: Sequence[Line]
    words: Sequence[Word]
    counts: Ints
    sizes: Ints
    sides: NDArray[np.float64]

    @classmethod
    def of(cls, page: Page) -> PageWords:
        printed = [line for line in page.lines if not line.role.is_stamp and line.role is not Role.PAGE_NUMBER]
        lines = printed + [line for line in page.lines if line.role.is_stamp]
        words = list(chain.from_iterable([line.words for line in lines]))
        boxes = [word.box for word in words]
        return cls(
            number=page.number,
            lines=lines,
            words=words,
            counts=np.array([len(line.words) for line in lines], np.int64),
            sizes=np.array([len(word.text) for word in words], np.int64),
            sides=np.array(
                [
                    [box.x0 for box in boxes],
                    [box.y0 for box in boxes],
                    [box.x1 for box in boxes],
                    [box.y1 for box in boxes],
                ]
            ),
        )

    @property
    def first_of_lines(self) -> Ints:
        """The word that each line begins with."""
        first: Ints = np.cumsum(self.counts) - self.counts
        return first

    @property
    def line_sizes(self) -> list[int]:
        """Characters of each line, a space between words."""
        if not len(self.counts):
            return []
        sizes: list[int] = (np.add.reduceat(self.sizes + 1, self.first_of_lines) - 1).tolist()
        return sizes

    def starts(self, lines: Sequence[int]) -> Ints:
        """Where each word begins; ``lines`` is where each line does."""
        joined = np.cumsum(self.sizes + 1) - self.sizes - 1  # were it all one line
        starts: Ints = joined + np.repeat(np.array(lines, np.int64) - joined[self.first_of_lines], self.counts)
        return starts
