"""Ink separation: what is printed in black, what was stamped in red, what was written or printed in blue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage, RgbImage

__all__ = ["Inks", "separate_inks"]

# A channel difference below this (of 255) is scanner noise, tinted paper or JPEG chroma round black letters.
_LEAST_CHROMA: Final = 40
# Pale strokes of the same stamp, this near to stronger ones; pixels at 300 dpi, like the fringe of black letters.
_PALE_CHROMA: Final = 20
_REACH: Final = 31
_STRONG_CHROMA: Final = 70
_FRINGE: Final = 7
# Share of the page that a colour must cover: fringes of black letters stay below it, a line of a name stamp above.
_LEAST_SHARE: Final = 2e-4
# Where most ink is blue, blue is what the page is printed in (carbon copies, blue toner) and stays in the main layer.
_MAIN_INK_SHARE: Final = 0.5
_DARK: Final = 160
# Under a colour, what is darker than the first is black print, what is lighter than the second is paper.
_BLACK: Final = 90
_PAPER: Final = 150
_RAMP: Final = np.interp(np.arange(256), (0, _BLACK, _PAPER), (0, _BLACK, 255)).astype(np.uint8)

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Inks:
    """Layers of a page, dark on white, all of its size.

    Attributes:
        black: Everything but the colours below.
        red: Red ink alone; None where there is none to speak of.
        blue: Blue ink alone, likewise.
    """

    black: GrayImage
    red: GrayImage | None
    blue: GrayImage | None


def separate_inks(rgb: RgbImage) -> Inks:
    """Take a page apart by ink.

    In the channel of its own colour an ink is nearly as bright as paper, while black stays black in all of them: the
    brightest channel shows the black print under a seal whole, without the ragged edges that cutting out red pixels
    leaves. What is left of darker colours is then lifted to paper.

    Args:
        rgb: ``uint8``, height x width x 3, on white or nearly white paper.
    """
    red, green, blue = (_gray(channel) for channel in cv2.split(rgb))
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return Inks(red, None, None)
    brightest = _gray(cv2.max(cv2.max(red, green), blue))
    redness = _gray(cv2.subtract(red, cv2.max(green, blue)))
    blueness = _gray(cv2.subtract(blue, red))
    fringes = _fringes(brightest)
    red_mask, blue_mask = _ink_mask(redness, fringes), _ink_mask(blueness, fringes)
    if red_mask is None and blue_mask is None:
        return Inks(_gray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)), None, None)
    dark = int(np.count_nonzero(brightest < _DARK))
    if blue_mask is not None and np.count_nonzero(blue_mask) > _MAIN_INK_SHARE * max(dark, 1):
        brightest, blue_mask = _gray(cv2.max(red, green)), None
    black = brightest
    for mask in (red_mask, blue_mask):
        if mask is not None:
            black = _lifted(black, mask)
    return Inks(black, _layer(redness, red_mask), _layer(blueness, blue_mask))


def _fringes(brightest: Gray) -> Gray:
    """255 on and along black ink.

    Black letters have coloured fringes, from scanners whose colours lie not quite on each other and from screen fonts:
    what lies there and is not strongly coloured is left with them.
    """
    black = cv2.threshold(brightest, _BLACK, 255, cv2.THRESH_BINARY_INV)[1]
    return _gray(cv2.dilate(black, np.ones((_FRINGE, _FRINGE), np.uint8)))


def _ink_mask(strength: Gray, fringes: Gray) -> Gray | None:
    """255 where the colour is: all of it near strong colour; None where it covers next to nothing."""
    clear = cv2.bitwise_not(fringes)
    strong = cv2.bitwise_and(_above(strength, _LEAST_CHROMA), clear)
    if np.count_nonzero(strong) < _LEAST_SHARE * strong.size:
        return None  # most pages end here; opening them took longer than all before
    strong = _gray(cv2.morphologyEx(strong, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)))
    if np.count_nonzero(strong) < _LEAST_SHARE * strong.size:
        return None
    near = cv2.dilate(strong, np.ones((_REACH, _REACH), np.uint8))
    pale = cv2.bitwise_and(_above(strength, _PALE_CHROMA), clear)
    return _gray(cv2.bitwise_and(near, cv2.bitwise_or(pale, _above(strength, _STRONG_CHROMA))))


def _above(strength: Gray, threshold: int) -> Gray:
    return _gray(cv2.threshold(strength, threshold, 255, cv2.THRESH_BINARY)[1])


def _lifted(gray: Gray, mask: Gray) -> Gray:
    """``gray`` with the colour under ``mask`` and its edges gone; what is dark in all channels stays."""
    with_edges = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    lifted = gray.copy()
    cv2.copyTo(_gray(cv2.LUT(gray, _RAMP)), with_edges, lifted)
    return lifted


def _layer(strength: Gray, mask: Gray | None) -> GrayImage | None:
    """The colour as dark ink on white, its full strength drawn out to black."""
    if mask is None:
        return None
    full = float(np.percentile(strength[mask > 0], 90))
    near = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    scaled = cv2.convertScaleAbs(strength, alpha=255 / max(full, 1.0))
    return _gray(255 - cv2.bitwise_and(scaled, near))


def _gray(image: NDArray[Any]) -> GrayImage:
    return np.asarray(image, dtype=np.uint8)
