"""A page image made ready for recognition, and the way back from its pixels to the displayed page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage
from ocr.tree import Box

__all__ = ["PreparedPage"]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPage:
    """One page, upright and deskewed, its inks apart. Used for OCR only: the visible page is never altered.

    Attributes:
        gray: Black ink on white, colours lifted to paper; ``uint8``, height x width.
        red: Red ink alone, dark on white, same size; None on pages without it.
        blue: Blue ink alone, likewise.
        dpi: Resolution of these images.
        orientation: Clockwise turn (0, 90, 180, 270) that set the displayed page upright.
        skew: Degrees turned counter-clockwise after that.
        page_width: Displayed page in points.
        page_height: Displayed page in points.
        matrix: 2 x 3, prepared pixels (x, y, 1) to displayed points.
        warnings: Short codes with detail after a colon.
    """

    gray: GrayImage
    red: GrayImage | None
    blue: GrayImage | None
    dpi: int
    orientation: int
    skew: float
    page_width: float
    page_height: float
    matrix: NDArray[np.float64]
    warnings: tuple[str, ...] = ()

    def to_points(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box of four turned-back corners in displayed points, clipped to the page."""
        corners = np.array([[x0, y0, 1.0], [x1, y0, 1.0], [x0, y1, 1.0], [x1, y1, 1.0]])
        points = corners @ self.matrix.T
        left, top = np.clip(points.min(axis=0), 0.0, (self.page_width, self.page_height))
        right, bottom = np.clip(points.max(axis=0), 0.0, (self.page_width, self.page_height))
        return Box(float(left), float(top), float(right), float(bottom))
