"""How far a page is turned from level: the angle at which its lines of text are sharpest seen from the side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.components import connected
from ocr.engine import GrayImage

__all__ = ["LARGEST_SKEW", "LineDirection", "line_direction", "reduced_ink"]

LARGEST_SKEW: Final = 12.0
"""Degrees either way that are looked for."""

# Pixels of the longer side that the search works on: A4 at 130 dpi. Half the size errs by up to 0.2 degrees.
_REDUCED_SIDE: Final = 1_500
_COARSE_STEP: Final = 0.5
_FINE_STEPS: Final = (0.1, 0.02)
# Letters, not blots, seals, pictures or dark scanner edges: in pixels of the reduced image.
_LARGEST_LETTER: Final = 60
_SMALLEST_LETTER: Final = 4
_LEAST_POINTS: Final = 300
_GOLDEN_RATIO: Final = 0.618034


@dataclass(frozen=True, slots=True)
class LineDirection:
    """What is seen of the lines of text that run roughly across a page.

    Attributes:
        skew: Degrees by which the page must be turned counter-clockwise to be level.
        sharpness: How much higher letters pile up at that angle than at others: 2 to 6 on pages of text, below 1.3
            where the lines run up and down, about 1.5 on a page of specks.
        footing: Sharpness of the letters' lower edges over that of their upper edges. Base lines are straighter than
            the tops with their capitals and marks: 1.0 to 1.7 on upright pages, the inverse upside down.
    """

    skew: float
    sharpness: float
    footing: float


def reduced_ink(gray: GrayImage) -> NDArray[np.uint8]:
    """A small black-and-white picture (255 is ink) of the parts of a page that may be letters."""
    factor = min(1.0, _REDUCED_SIDE / max(gray.shape))
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 20)
    found = connected(np.asarray(ink, dtype=np.uint8))
    sides = found.stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    letter = (sides.max(axis=1) <= _LARGEST_LETTER) & (found.stats[:, cv2.CC_STAT_AREA] >= _SMALLEST_LETTER)
    letter[0] = False
    return np.asarray(letter[found.labels] * np.uint8(255), dtype=np.uint8)


def line_direction(ink: NDArray[np.uint8]) -> LineDirection:
    """Look along all angles for the one at which the letters stand in lines; takes 0.05 s.

    Seen along the right angle, the lower edges of letters pile up on the base lines: the sum of squares of the piles
    is largest there. Half degrees first, then finer around the best. Against known turns of 21 scanned and born-digital
    pages from -10 to 10 degrees it erred by 0.09 at most.

    Args:
        ink: From :func:`reduced_ink`.
    """
    feet = _lower_edges(ink)
    if len(feet) < _LEAST_POINTS:
        return LineDirection(0.0, 0.0, 1.0)
    angles = np.arange(-LARGEST_SKEW, LARGEST_SKEW + _COARSE_STEP / 2, _COARSE_STEP)
    piles = [_pile_height(feet, angle) for angle in angles]
    sharpness = max(piles) / float(np.median(piles))
    coarse = float(angles[int(np.argmax(piles))])
    skew, feet_height = _refined(feet, coarse)
    tops = _lower_edges(ink[::-1])
    footing = feet_height / len(feet) ** 2 / (_refined(tops, -coarse)[1] / len(tops) ** 2)
    return LineDirection(round(skew, 3), sharpness, footing)


def _refined(points: NDArray[np.float64], degrees: float) -> tuple[float, float]:
    """The best angle near ``degrees`` and the height of the piles there."""
    span = _COARSE_STEP
    for step in _FINE_STEPS:
        nearby = degrees + np.arange(-span, span + step / 2, step)
        degrees = float(max(nearby, key=lambda angle: _pile_height(points, angle)))
        span = step
    return degrees, _pile_height(points, degrees)


def _lower_edges(ink: NDArray[np.uint8]) -> NDArray[np.float64]:
    """(x, y) of ink pixels with paper below."""
    below = np.zeros_like(ink)
    below[:-1] = ink[1:]
    ys, xs = np.nonzero((ink > 0) & (below == 0))
    # Spread over two rows: whole numbers would favour 0.0 degrees (a scan off by 0.16 was taken for level).
    spread = (xs * _GOLDEN_RATIO) % 1.0 - 0.5
    return np.stack([xs.astype(np.float64), ys + spread], axis=1)


def _pile_height(points: NDArray[np.float64], degrees: float) -> float:
    """Sum of squares of the piles when the page is turned counter-clockwise by ``degrees``."""
    angle = np.deg2rad(degrees)
    heights = points[:, 1] * np.cos(angle) - points[:, 0] * np.sin(angle)
    rows = np.floor(heights).astype(np.int64)
    piles = np.bincount(rows - rows.min())
    return float(np.sum(piles.astype(np.float64) ** 2))
