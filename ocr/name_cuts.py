"""Strips with a name cut out of a page: as printed, and without what is left of the seal over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage
from ocr.name_rows import NameRow
from ocr.seal_rings import SealRings
from ocr.tree import Ink

__all__ = ["NameStrip", "cut_strip"]

_INK: Final = 200
_SURE: Final = 0.85
# In heights of the name: strokes that are letters, and what is left of the seal; what may follow words that were read,
# and the space before it; what is cut out above and below.
_LETTER: Final = 0.45
_MARK: Final = 0.3
_LONGEST_STROKE: Final = 7.0
_LONGEST_REST: Final = 8.0
_WIDEST_SPACE: Final = 0.8
_ABOVE: Final = 0.22
_BELOW: Final = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class NameStrip:
    """A row's image and where it stands on the page.

    Attributes:
        row: The row.
        printed: Its image as the page has it.
        cleaned: The same without a seal's rings, taken out in several ways; one without other ink where there is none.
        left: Of the images, in pixels of the page.
        top: Likewise.
        ink: Whose layer the images are of.
        lost: Words were read with doubt, or there are letters where none were read.
    """

    row: NameRow
    printed: GrayImage
    cleaned: tuple[GrayImage, ...]
    left: float
    top: float
    ink: Ink
    lost: bool


def cut_strip(
    row: NameRow, layers: Sequence[GrayImage], seal: SealRings | None, ink: Ink, height: float
) -> NameStrip | None:
    """The strip of a row; None for one without room for letters.

    Args:
        row: The row.
        layers: The page as it is, then without the rings of ``seal``, if it can be in more than one way.
        seal: Over the row or above it.
        ink: Of ``layers``.
        height: Typical height of a word in pixels.
    """
    reach = max(row.left - _LONGEST_STROKE * height, seal.x - 0.95 * seal.radius) if seal else row.left
    left, top = max(0, round(min(reach, row.left - 0.3 * height))), max(0, round(row.top - _ABOVE * row.height))
    right, bottom = round(_end(row, layers[0], height) + 0.4 * height), round(row.bottom + _BELOW * row.height)
    printed = np.ascontiguousarray(layers[0][top:bottom, left:right])
    if min(printed.shape) < height / 2:
        return None
    cleaned = []
    lost = not row.words or any(word.confidence < _SURE for word in row.words)
    for layer in layers[1:] or layers:
        image = layer[top:bottom, left:right].copy()
        if seal:
            lost |= _take_out(image, row, seal, left, top)
        cleaned.append(_stretched(image))
    return NameStrip(row, printed, tuple(cleaned), left, top, ink, lost)


def _end(row: NameRow, layer: GrayImage, height: float) -> float:
    """Where the line's ink ends: words may not have been read behind those that were."""
    top, right = max(0, round(row.top)), max(0, round(row.right))
    band = layer[top : round(row.bottom), right : round(right + _LONGEST_REST * height)]
    ink = np.flatnonzero(band.min(axis=0, initial=255) < _INK)
    gaps = np.flatnonzero(np.diff(ink, prepend=0) > _WIDEST_SPACE * height)
    last = ink[: gaps[0]] if gaps.size else ink
    return row.right + (float(last[-1]) if last.size else 0.0)


def _take_out(image: GrayImage, row: NameRow, seal: SealRings, left: int, top: int) -> bool:
    """Paint over what is left of the seal; whether there are letters before the first word that was read."""
    image[: round(0.12 * row.height), : max(0, round(row.left) - left)] = 255  # above letters that are lost: the seal's
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_ink(image), connectivity=8)
    gone = _remains(row, labels, stats, (seal.x - left, seal.y - top, seal.radius), row.baseline - top)
    before = left + stats[:, 0] + stats[:, 2] < row.left + 2
    image[gone[labels]] = 255
    return bool(np.any(before & ~gone & (stats[:, 3] > _LETTER * row.height)))


def _remains(
    row: NameRow, labels: NDArray[Any], stats: NDArray[Any], seal: tuple[float, float, float], base: float
) -> NDArray[np.bool_]:
    """Which pieces of ink are the seal's text, a signature or specks rather than letters of the name."""
    rows, columns = np.indices(labels.shape)
    away = np.hypot(columns - seal[0], rows - seal[1])
    gone = np.zeros(len(stats), np.bool_)
    for label, (_, y, wide, tall, _) in enumerate(stats.tolist()):
        low = y + tall
        hangs_in = y <= 0.12 * row.height + 1 and (low < base - 0.55 * row.height or low >= labels.shape[0] - 1)
        speck = wide < 5 and tall < 5
        high = tall > _MARK * row.height and low < base - 0.12 * row.height and low - tall / 2 < base - 0.6 * row.height
        in_ring = high and away[labels == label].max() < 0.95 * seal[2]
        gone[label] = label > 0 and (hangs_in or speck or in_ring or wide > _LONGEST_STROKE * row.height)
    return gone


def _stretched(image: GrayImage) -> GrayImage:
    """The strip with its ink drawn out to black: name stamps scanned in gray are pale."""
    ink = image[image < _INK]
    darkest = float(np.percentile(ink, 10)) if ink.size else 0.0
    return np.asarray(np.clip((image.astype(np.float32) - darkest) * (255 / (255 - darkest)), 0, 255), np.uint8)


def _ink(image: GrayImage) -> GrayImage:
    return np.asarray(cv2.threshold(image, _INK, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
