"""Ink that looks like a line of text and that no word covers: what the first reading of a page lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.components import connected
from ocr.engine import GrayImage, RawWord

__all__ = ["LostLine", "find_lost_lines", "letter_height", "stamped_height"]

Mask = NDArray[np.uint8]

# All in heights of the page's words (a word with ascender and descender: 42 pixels at 13 points and 300 dpi).
_LETTER_HEIGHT: Final = (0.3, 2.0)
_LETTER_WIDTH: Final = (0.1, 6.0)  # letters of bold capitals touch each other
_LINE_HEIGHT: Final = (0.45, 3.3)
_LEAST_LINE_WIDTH: Final = 1.2
_LETTER_GAP: Final = 0.9
_MARGIN: Final = 0.35
_LEAST_LETTERS: Final = 3
_WORD_TO_LETTER: Final = 1.3
_USUAL_POINTS: Final = 10.0  # height of a word of 13-point text, for pages on which nothing was read


@dataclass(frozen=True, slots=True, eq=False)
class LostLine:
    """A strip of a page and where its upper left corner stands.

    Attributes:
        image: The strip, words read before painted over.
        lifted: The same without strokes too large for letters (signatures, seals, rules); None where there are none.
        left: Pixels.
        top: Pixels.
    """

    image: GrayImage
    lifted: GrayImage | None
    left: int
    top: int


def letter_height(words: Sequence[RawWord], dpi: int) -> float:
    """Typical height of a word in pixels."""
    sure = [word.height for word in words if word.confidence >= 0.8 and len(word.text) >= 3]
    return float(np.median(sure)) if len(sure) >= 10 else _USUAL_POINTS * dpi / 72


def stamped_height(layer: GrayImage, dpi: int) -> float:
    """Typical height of a word of a layer on which nothing is read yet: from the middling of its larger letters."""
    usual = _USUAL_POINTS * dpi / 72
    high = connected(_ink(layer)).stats[1:, cv2.CC_STAT_HEIGHT]
    letters = high[(high >= 0.4 * usual) & (high <= 3.0 * usual)]
    return float(np.median(letters)) * _WORD_TO_LETTER if len(letters) else usual


def find_lost_lines(layer: GrayImage, words: Sequence[RawWord], height: float) -> list[LostLine]:
    """Strips of a layer that look like lines of text and hold none of ``words``, top to bottom.

    Args:
        layer: Dark ink on white.
        words: What their boxes cover is read.
        height: Typical height of a word in pixels.
    """
    found = connected(_ink(layer))
    labels, stats, centres = found.labels, found.stats, found.centres
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small = (high <= _LETTER_HEIGHT[1] * height) & (wide <= _LETTER_WIDTH[1] * height)
    small[0] = True
    letter = small & (high >= _LETTER_HEIGHT[0] * height) & (wide >= _LETTER_WIDTH[0] * height)
    letter[0] = False
    # An empty background (a page that is all ink) has no centre: NaN.
    at = np.clip(np.nan_to_num(centres[:, ::-1]).round().astype(int), 0, np.array(layer.shape) - 1)
    lost = np.flatnonzero(letter & ~_covered(layer.shape, words)[at[:, 0], at[:, 1]])
    if len(lost) < _LEAST_LETTERS:
        return []
    strips = _strips(_drawn(labels, stats, lost), height)
    strips = [strip for strip in strips if _letters_in(strip, at[lost]) >= _LEAST_LETTERS]
    rest = _painted_over(layer, words) if strips else layer
    return [_cut(rest, labels, ~small, strip, height) for strip in strips]


def _drawn(labels: NDArray[np.integer[Any]], stats: NDArray[np.int32], chosen: NDArray[np.int_]) -> Mask:
    """The chosen components alone; box by box, since most of a page is none of them."""
    drawn = np.zeros(labels.shape, np.uint8)
    for label in chosen.tolist():
        left, top, wide, high, _ = stats[label].tolist()
        place = (slice(top, top + high), slice(left, left + wide))
        drawn[place][labels[place] == label] = 255
    return drawn


def _ink(layer: GrayImage) -> Mask:
    threshold, _ = cv2.threshold(layer, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return _mask(cv2.threshold(layer, min(threshold, 200), 255, cv2.THRESH_BINARY_INV)[1])


def _covered(shape: tuple[int, ...], words: Sequence[RawWord]) -> NDArray[np.bool_]:
    taken = np.zeros(shape, np.bool_)
    for word in words:
        taken[_box(word)] = True
    return taken


def _painted_over(layer: GrayImage, words: Sequence[RawWord]) -> GrayImage:
    rest = layer.copy()
    for word in words:
        rest[_box(word)] = 255
    return rest


def _box(word: RawWord) -> tuple[slice, slice]:
    return (
        slice(max(0, round(word.y0)), round(word.y1) + 1),
        slice(max(0, round(word.x0)), round(word.x1) + 1),
    )


def _strips(letters: Mask, height: float) -> list[tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom) of letters joined to lines."""
    reach = (max(1, round(0.12 * height)), max(1, round(_LETTER_GAP * height)))
    joined = cv2.dilate(letters, np.ones((1, reach[1]), np.uint8))
    joined = cv2.dilate(joined, np.ones((reach[0], 1), np.uint8))
    strips = []
    for left, top, wide, high, _ in connected(_mask(joined)).stats[1:].tolist():
        wide_enough = wide - reach[1] >= _LEAST_LINE_WIDTH * height
        if wide_enough and _LINE_HEIGHT[0] * height <= high <= _LINE_HEIGHT[1] * height:
            strips.append((left, top, left + wide, top + high))
    return sorted(strips, key=lambda strip: (strip[1], strip[0]))


def _letters_in(strip: tuple[int, int, int, int], at: NDArray[np.int_]) -> int:
    left, top, right, bottom = strip
    inside = (at[:, 0] >= top) & (at[:, 0] < bottom) & (at[:, 1] >= left) & (at[:, 1] < right)
    return int(np.count_nonzero(inside))


def _cut(
    rest: GrayImage,
    labels: NDArray[np.integer[Any]],
    is_large: NDArray[np.bool_],
    strip: tuple[int, int, int, int],
    height: float,
) -> LostLine:
    margin = round(_MARGIN * height)
    left, top = max(0, strip[0] - margin), max(0, strip[1] - margin)
    place = (slice(top, strip[3] + margin), slice(left, strip[2] + margin))
    image = np.ascontiguousarray(rest[place])
    # One pixel more on each side: strokes out there reach in by their edge.
    up, before = min(top, 1), min(left, 1)
    around = labels[top - up : strip[3] + margin + 1, left - before : strip[2] + margin + 1]
    large = cv2.dilate(_mask(is_large[around]), np.ones((3, 3), np.uint8)) > 0
    strokes = large[up : up + image.shape[0], before : before + image.shape[1]]
    lifted = np.where(strokes, np.uint8(255), image) if strokes.any() else None
    return LostLine(image, lifted, left, top)


def _mask(array: NDArray[np.generic]) -> Mask:
    return np.asarray(array, dtype=np.uint8)
