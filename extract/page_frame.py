"""Pages turned upright and straight: where boxes would stand had the sheet been laid down true on the scanner."""

from __future__ import annotations

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
        whole = self.upright(box)
        if not self.skew:
            return whole
        angle = radians(self.skew)
        across, down = whole.centre[0] - self.width / 2, whole.centre[1] - self.height / 2
        x = self.width / 2 + across * cos(angle) + down * sin(angle)
        y = self.height / 2 - across * sin(angle) + down * cos(angle)
        # the box on the page is drawn around the word lying askew
        tilt = abs(angle)
        width = max((whole.width * cos(tilt) - whole.height * sin(tilt)) / cos(2 * tilt), whole.width / 2) / 2
        height = max((whole.height * cos(tilt) - whole.width * sin(tilt)) / cos(2 * tilt), whole.height / 2) / 2
        return Box(x - width, y - height, x + width, y + height)
