"""One geometry for a PDF page: user space to points as displayed, origin top left.

pdfium decides what part of a page is displayed (CropBox clipped to MediaBox, reversed boxes set right, 612 x 792 where
there is no box worth the name) and everything else follows it, so that boxes and pixels cannot disagree. Two things
pdfium does otherwise than we want are set right here: it ignores /UserUnit, and it rounds a /Rotate of 135 to 90.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ocr.tree import Box

__all__ = ["PageGeometry", "clean_rotation", "clean_user_unit", "pdf_number"]

_QUARTERS = (0, 90, 180, 270)
# PDF 32000-1, table C.1: pages are at most 14,400 units wide, and readers take units up to 75,000 points.
_MAX_USER_UNIT = 75_000.0


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The displayed part of a page.

    Attributes:
        left: Edges of the displayed part in user space units, y upwards.
        bottom: See ``left``.
        right: See ``left``.
        top: See ``left``.
        rotation: Clockwise turn for display: 0, 90, 180 or 270.
        user_unit: Points per unit.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0
    user_unit: float = 1.0

    def __post_init__(self) -> None:
        if not (self.left < self.right and self.bottom < self.top):
            raise ValueError("a page has an area")
        if self.rotation not in _QUARTERS:
            raise ValueError(f"pages turn by quarters, not by {self.rotation} degrees")

    @property
    def is_turned(self) -> bool:
        """True when width and height change places."""
        return self.rotation in {90, 270}

    @property
    def width(self) -> float:
        """Displayed width in points."""
        return (self.top - self.bottom if self.is_turned else self.right - self.left) * self.user_unit

    @property
    def height(self) -> float:
        """Displayed height in points."""
        return (self.right - self.left if self.is_turned else self.top - self.bottom) * self.user_unit

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space in displayed points; it may lie off the page."""
        across, down = x - self.left, self.top - y
        wide, high = self.right - self.left, self.top - self.bottom
        match self.rotation:
            case 90:
                across, down = high - down, across
            case 180:
                across, down = wide - across, high - down
            case 270:
                across, down = down, wide - across
        return across * self.user_unit, down * self.user_unit

    def around(self, points: Iterable[tuple[float, float]]) -> Box:
        """The box around points of user space, in displayed points, clipped to the page."""
        across, down = zip(*(self.point(x, y) for x, y in points), strict=True)
        return Box(
            _clip(min(across), self.width),
            _clip(min(down), self.height),
            _clip(max(across), self.width),
            _clip(max(down), self.height),
        )


def pdf_number(value: object, default: float) -> float:
    """A finite PDF number as a Python one (pikepdf gives int and Decimal), ``default`` for anything else."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return default
    return number if math.isfinite(number) else default


def clean_rotation(raw: object) -> tuple[int, str | None]:
    """/Rotate as a quarter turn, and a warning when it was something else (which viewers show unturned)."""
    degrees = pdf_number(raw, 0.0) % 360
    if degrees in _QUARTERS:
        return int(degrees), None
    return 0, f"odd_rotation: {degrees:g} degrees, taken as 0"


def clean_user_unit(raw: object) -> tuple[float, str | None]:
    """/UserUnit as a factor, and a warning when it was unusable."""
    factor = pdf_number(raw, 0.0)
    if 0.0 < factor <= _MAX_USER_UNIT:
        return factor, None
    return 1.0, "odd_user_unit: taken as 1"


def _clip(value: float, end: float) -> float:
    return min(max(value, 0.0), end)
