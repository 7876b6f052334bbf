"""Round seals: where they stand, so that their text is not read as text of the document."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage

__all__ = ["seal_mask"]

# Diameters in inches: seals of organs are 32 to 42 mm, those drawn by signing software down to 9 mm.
_DIAMETER: Final = (0.33, 1.9)
_WORKING_DPI: Final = 75
_INK: Final = 225
# Share of the way round a circle that must lie on the page, and of that, on which ink must lie: worn seals have gaps.
_LEAST_SEEN: Final = 0.25
_LEAST_RING: Final = 0.75
_DIRECTIONS: Final = 120
_BESIDE: Final = 1.25
_OUTER_RINGS: Final = (1.0, 1.12, 1.25, 1.4)
_BEYOND: Final = 0.6
_HOUGH_EDGE: Final = 100
_HOUGH_VOTES: Final = 22


def seal_mask(layer: GrayImage, dpi: int) -> NDArray[np.uint8]:
    """255 inside the rings of round seals.

    Args:
        layer: One ink, dark on white.
        dpi: Of ``layer``.
    """
    factor = min(1.0, _WORKING_DPI / dpi)
    small = cv2.resize(layer, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    scale = dpi * factor
    ink = cv2.dilate(cv2.threshold(small, _INK, 255, cv2.THRESH_BINARY_INV)[1], np.ones((3, 3), np.uint8)) > 0
    mask = np.zeros(small.shape, np.uint8)
    # A seal across the edges of several pages has its middle beyond each of them.
    beyond = round(_BEYOND * scale)
    padded = cv2.copyMakeBorder(small, beyond, beyond, beyond, beyond, cv2.BORDER_CONSTANT, value=255)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(padded, (0, 0), 1.0),
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=0.3 * scale,
        param1=_HOUGH_EDGE,
        param2=_HOUGH_VOTES,
        minRadius=round(_DIAMETER[0] / 2 * scale),
        maxRadius=round(_DIAMETER[1] / 2 * scale),
    )
    found = [] if circles is None else (circles.reshape(-1, 3) - (beyond, beyond, 0)).tolist()
    for x, y, radius in _apart(_rings(ink, found)):
        cv2.circle(mask, (round(x), round(y)), round(radius + 0.03 * scale), 255, -1)
    return np.asarray(cv2.resize(mask, layer.shape[::-1], interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def _rings(ink: NDArray[np.bool_], circles: list[list[float]]) -> list[tuple[float, float, float]]:
    """Circles with ink round them, the fullest first; each grown to its outermost ring, since seals have two."""
    rings = []
    for x, y, radius in circles:
        shares = {radius * share: _inked_share(ink, x, y, radius * share) for share in _OUTER_RINGS}
        fullest = max(shares.values())
        if fullest >= _LEAST_RING:
            outer = max(outer for outer, share in shares.items() if share >= _LEAST_RING)
            rings.append((fullest, x, y, outer))
    return [ring[1:] for ring in sorted(rings, reverse=True)]


def _apart(rings: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Rings whose middle lies in or beside none before them: letters and arcs make lesser rings beside a seal."""
    kept: list[tuple[float, float, float]] = []
    for x, y, radius in rings:
        if all(np.hypot(x - other[0], y - other[1]) > _BESIDE * other[2] for other in kept):
            kept.append((x, y, radius))
    return kept


def _inked_share(ink: NDArray[np.bool_], x: float, y: float, radius: float) -> float:
    """Share of a circle's part on the page that has ink; 0 when too little of it is on the page."""
    angles = np.arange(_DIRECTIONS) * (2 * np.pi / _DIRECTIONS)
    columns = np.round(x + radius * np.cos(angles)).astype(int)
    rows = np.round(y + radius * np.sin(angles)).astype(int)
    on_page = (rows >= 0) & (rows < ink.shape[0]) & (columns >= 0) & (columns < ink.shape[1])
    if np.count_nonzero(on_page) < _LEAST_SEEN * _DIRECTIONS:
        return 0.0
    return float(np.mean(ink[rows[on_page], columns[on_page]]))
