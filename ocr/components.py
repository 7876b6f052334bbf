"""Connected strokes of a page: their boxes, middles and pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Components", "connected"]

_MOST_SHORT: Final = 65_000


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Component 0 is the paper.

    Attributes:
        labels: For each pixel the number of its component.
        stats: For each component left, top, width, height, area (``cv2.CC_STAT_...``).
        centres: For each component x and y of its middle; NaN for an empty one.
    """

    labels: NDArray[np.integer[Any]]
    stats: NDArray[np.int32]
    centres: NDArray[np.float64]


def connected(ink: NDArray[np.uint8]) -> Components:
    """Take ``ink`` (not 0) apart where not even corners touch.

    Labels of 16 bits take 0.02 s on an A4 page at 300 dpi, of 32 bits 0.06 s. OpenCV does not look whether 16 are
    enough for the numbers it gives on its way; that is so where few enough pixels have no ink before them.
    """
    before = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], np.uint8)
    firsts = cv2.countNonZero(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.dilate(ink, before))))
    kind = cv2.CV_16U if firsts < _MOST_SHORT else cv2.CV_32S
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=kind)
    return Components(np.asarray(labels), np.asarray(stats, dtype=np.int32), np.asarray(centres, dtype=np.float64))
