"""Lines at the rim of a round seal where a title stands or may stand, and their images without the seal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage, RawWord
from ocr.name_rows import NameRow, ink_rows, painted_over
from ocr.seal_rings import SealRings

__all__ = ["TitleStrip", "cut_strips", "rim_on", "rows_at_rim"]

_INK: Final = 200
# Radii of the seal, from its centre: where lines are looked for, and how low one may begin.
_ACROSS: Final = (-2.5, 4.0)
_DOWN: Final = (-1.5, 0.0)
_LOWEST: Final = -0.2
# Likewise: where the seal's text ends, between which its rim lies, and how thin what is left of a rim is.
_TEXT: Final = 0.92
_RIM: Final = (0.9, 1.06)
_THIN: Final = 0.08
# In heights of a word: how near the rim a line begins that may go on under it, and how far it may.
_NEAR: Final = 1.3
_LONGEST: Final = 8.0
_MARGIN: Final = 0.3
# Likewise: letters that stand on the line, and arcs that are left of a rim.
_ON_LINE: Final = 0.15
_LETTER: Final = 0.5
_ARC: Final = 1.2
_SPECK: Final = 4  # pixels


@dataclass(frozen=True, slots=True, eq=False)
class TitleStrip:
    """A row's image and where it stands on the page, in pixels."""

    image: GrayImage
    left: int
    top: int


def rows_at_rim(seal: SealRings, layer: GrayImage, words: Sequence[RawWord], height: float) -> list[NameRow]:
    """Lines of ink in the upper half of a seal that reach its rim, each with the words that stand on it.

    Args:
        seal: From :func:`ocr.seal_rings.find_seal_rings`.
        layer: Dark ink on white.
        words: What is read, in the seal too.
        height: Typical height of a word in pixels.
    """
    left, right = (seal.x + radii * seal.radius for radii in _ACROSS)
    top, bottom = (seal.y + radii * seal.radius for radii in _DOWN)
    rows = ink_rows(painted_over(layer, [seal]), [], (left, top, right, bottom), height)
    return [_with_words(row, seal, words) for row in rows if _reaches(row, seal, height)]


def rim_on(row: NameRow, seal: SealRings) -> tuple[float, float]:
    """Where the rim crosses the row, left and right: at the row's foot, where a seal below it is widest."""
    half = math.sqrt(max(0.0, seal.radius**2 - max(0.0, seal.y - row.bottom) ** 2))
    return seal.x - half, seal.x + half


def cut_strips(layer: GrayImage, row: NameRow, seal: SealRings, height: float) -> Iterator[TitleStrip]:
    """The row without the seal's text; where letters of it stand on the row's line, with these: they may be a word's.

    Args:
        layer: Dark ink on white, without the rings of ``seal``.
        row: From :func:`rows_at_rim`.
        seal: The same.
        height: Typical height of a word in pixels.
    """
    rim = rim_on(row, seal)
    left = max(0, round(min(row.left, max(rim[0], row.left - _LONGEST * height)) - _MARGIN * height))
    right = round(max(row.right, min(rim[1], row.right + _LONGEST * height)) + _MARGIN * height)
    top, bottom = max(0, round(row.top - _MARGIN * height)), round(row.bottom + _MARGIN * height)
    image = layer[top:bottom, left:right]
    ink = np.asarray(cv2.threshold(image, _INK, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    rows, columns = np.indices(labels.shape)
    away = np.hypot(columns + left - seal.x, rows + top - seal.y) / seal.radius
    near, far = np.full(len(stats), np.inf), np.zeros(len(stats))
    pieces = labels.ravel().astype(np.intp)
    np.minimum.at(near, pieces, away.ravel())
    np.maximum.at(far, pieces, away.ravel())
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    arc = (near > _RIM[0]) & (far < _RIM[1]) & (far - near < _THIN) & (np.maximum(wide, high) > _ARC * height)
    other = arc | ((wide < _SPECK) & (high < _SPECK))
    text = far < _TEXT
    below = stats[:, cv2.CC_STAT_TOP] + high + top - row.bottom
    on_line = text & (np.abs(below) < _ON_LINE * height) & (high > _LETTER * height)
    yield TitleStrip(_without(image, labels, text | other), left, top)
    if np.count_nonzero(on_line) > 1:
        yield TitleStrip(_without(image, labels, (text & ~on_line) | other), left, top)


def _with_words(row: NameRow, seal: SealRings, words: Sequence[RawWord]) -> NameRow:
    left, right = min(row.left, seal.x - seal.radius), max(row.right, seal.x + seal.radius)
    own = [
        word
        for word in words
        if row.top <= (word.y0 + word.y1) / 2 <= row.bottom and left <= (word.x0 + word.x1) / 2 <= right
    ]
    return replace(row, words=tuple(sorted(own, key=lambda word: word.x0)))


def _reaches(row: NameRow, seal: SealRings, height: float) -> bool:
    first, last = rim_on(row, seal)
    level = row.bottom > seal.y - seal.radius and row.top < seal.y + _LOWEST * seal.radius
    return level and row.left - last < _NEAR * height and first - row.right < _NEAR * height


def _without(image: GrayImage, labels: NDArray[Any], gone: NDArray[np.bool_]) -> GrayImage:
    """The image without pieces of ink; label 0 is its paper."""
    return np.where(gone[labels] & (labels > 0), np.uint8(255), image)
