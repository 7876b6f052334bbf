"""Pages turned upright and straight: where boxes would stand had the sheet been laid down true on the scanner."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from extract.page_words import PageWords
from ocr.tree import Box, Page

__all__ = ["PageFrame", "Sides"]

Edges = NDArray[np.float64]
Sides = tuple[Edges, Edges, Edges, Edges]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """One page's turn and skew; sizes in points, upright.

    Rows of a page that lies askew by one degree rise by 8 points over its width, half a line: their boxes overlap.
    """

    width: float
    height: float
    orientation: int
    skew: float

    @classmethod
    def of(cls, page: Page) -> PageFrame:
        width, height = (page.height, page.width) if page.orientation % 180 else (page.width, page.height)
        return cls(width, height, page.orientation, page.skew)

    def upright_sides(self, sides: Sides) -> Sides:
        """Boxes of the displayed page on the page turned upright."""
        width, height = (self.height, self.width) if self.orientation % 180 else (self.width, self.height)
        return _turned(sides, self.orientation, width, height)

    def displayed_sides(self, sides: Sides) -> Sides:
        """The opposite of :meth:`upright_sides`."""
        return _turned(sides, -self.orientation, self.width, self.height)

    def straight_sides(self, sides: Sides) -> Sides:
        """Words' boxes of the displayed page on the page upright and without its skew, no bigger than the words."""
        x0, y0, x1, y1 = self.upright_sides(sides)
        if not self.skew:
            return x0, y0, x1, y1
        angle = radians(self.skew)
        sine, cosine = sin(angle), cos(angle)
        tilt, twice = abs(sine), cos(2 * angle)
        middle, centre = self.width / 2, self.height / 2
        wide, high = x1 - x0, y1 - y0
        across, down = (x0 + x1) / 2 - middle, (y0 + y1) / 2 - centre
        x = middle + across * cosine + down * sine
        y = centre - across * sine + down * cosine
        # the box on the page is drawn around the word lying askew
        width = np.maximum((wide * cosine - high * tilt) / twice, wide / 2) / 2
        height = np.maximum((high * cosine - wide * tilt) / twice, high / 2) / 2
        return x - width, y - height, x + width, y + height

    def straight_lines(self, words: PageWords) -> list[Box]:
        """The box around the words of each line, the page upright and without its skew."""
        if not words.words:
            return []
        x0, y0, x1, y1 = words.sides
        x0, y0, x1, y1 = self.straight_sides((x0, y0, x1, y1))
        first = words.first_of_lines
        starts = (np.minimum.reduceat(side, first).tolist() for side in (x0, y0))
        ends = (np.maximum.reduceat(side, first).tolist() for side in (x1, y1))
        return list(map(Box, *starts, *ends))


def _turned(sides: Sides, degrees: int, width: float, height: float) -> Sides:
    """``Box.turned`` for many boxes."""
    x0, y0, x1, y1 = sides
    match degrees % 360:
        case 90:
            return height - y1, x0, height - y0, x1
        case 180:
            return width - x1, height - y1, width - x0, height - y0
        case 270:
            return y0, width - x1, y1, width - x0
    return sides
