"""How many pixels a page gets: exactly its points times dpi / 72, as far as the budget goes."""

from __future__ import annotations

import math

from normalize.errors import TooLargeError
from ocr.limits import Limits

__all__ = ["affordable_dpi", "dpi_warning", "pixel_size"]


def pixel_size(width: float, height: float, dpi: float) -> tuple[int, int]:
    """Pixels of a page of ``width`` x ``height`` points, at least one each way."""
    return max(round(width * dpi / 72), 1), max(round(height * dpi / 72), 1)


def affordable_dpi(width: float, height: float, dpi: int, limits: Limits) -> int:
    """``dpi``, or the highest resolution below it at which the page keeps within the limits.

    Raises:
        TooLargeError: Not even one pixel per inch fits.
    """
    by_area = 72 * math.sqrt(limits.page_pixels / (width * height))
    by_side = 72 * limits.page_side / max(width, height)
    affordable = math.floor(min(dpi, by_area, by_side))
    if affordable < 1:
        raise TooLargeError(f"A page of {width:.0f} x {height:.0f} points is beyond page_pixels, {limits.page_pixels}.")
    return affordable


def dpi_warning(asked: int, given: int) -> str:
    """The warning of a page that is drawn at fewer pixels per inch than asked for."""
    return f"dpi_lowered: {given} dpi instead of {asked}, the page is very large"
