"""Pages turned upright and straight: where boxes would stand had the sheet been laid down true on the scanner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from ocr.tree import Box, Page

__all__ = ["PageFrame"]


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

    def upright(self, box: Box) -> Box:
        """A box of the displayed page on the page turned upright."""
        width, height = (self.height, self.width) if self.orientation % 180 else (self.width, self.height)
        return box.turned(self.orientation, width, height)

    def displayed(self, box: Box) -> Box:
        """The opposite of :meth:`upright`."""
        return box.turned(-self.orientation, self.width, self.height)

    def straight(self, box: Box) -> Box:
        """A word's box of the displayed page on the page upright and without its skew, no bigger than the word."""
        return self.straight_around([box])

    def straight_around(self, boxes: Sequence[Box]) -> Box:
        """The box around some words of the displayed page on the page upright and without its skew."""
        boxes = [self.upright(box) for box in boxes] if self.orientation else boxes
        if not self.skew:
            return Box.around(boxes)
        angle = radians(self.skew)
        sine, cosine = sin(angle), cos(angle)
        tilt, twice = abs(sine), cos(2 * angle)
        middle, centre = self.width / 2, self.height / 2
        lefts, tops, rights, bottoms = [], [], [], []
        for box in boxes:
            wide, high = box.x1 - box.x0, box.y1 - box.y0
            across, down = (box.x0 + box.x1) / 2 - middle, (box.y0 + box.y1) / 2 - centre
            x = middle + across * cosine + down * sine
            y = centre - across * sine + down * cosine
            # the box on the page is drawn around the word lying askew
            width = max((wide * cosine - high * tilt) / twice, wide / 2) / 2
            height = max((high * cosine - wide * tilt) / twice, high / 2) / 2
            lefts.append(x - width)
            rights.append(x + width)
            tops.append(y - height)
            bottoms.append(y + height)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))
