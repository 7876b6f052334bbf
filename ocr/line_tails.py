"""Ends of printed lines that handwriting hangs on: "- Lưu: VT, KT (3)." with the number of copies noted behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product, takewhile
from typing import Final

import cv2
import numpy as np
import regex

from ocr.components import connected
from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.plausible import is_readable

__all__ = ["reread_tails"]

Read = Callable[[GrayImage, Segmentation], list[RawWord]]

_INK: Final = 200
_SIZES: Final = (1.0, 1.5)
_PAPER: Final = 14  # pixels of white round a strip
_MOST: Final = 8
# In heights of a word.
_GAP: Final = 1.5  # between the words before and the tail
_LONGEST: Final = 8.0
_ABOVE: Final = 0.25
_BELOW: Final = 0.35
_HANGS: Final = 0.3  # so far below the line reach pens, not brackets and the tails of letters
_SURE: Final = 0.5
_SURE_OTHERS: Final = 0.65
_MOST_DROPPED: Final = 3  # strokes of a pen behind the line
_PEN: Final = 0.75  # heights of a word: lower strokes are print
_SPECK: Final = 6  # pixels
_STOPS: Final = ",.;"
_PRINTED: Final = regex.compile(r"(?=.*[\p{L}\p{N}])[\p{L}\p{N}().,;:/&-]+|[./]{1,3}")
_FIGURES: Final = regex.compile(r"\(?\d{1,3}\)?[.,;]?")


def reread_tails(
    layer: GrayImage,
    doubtful: Sequence[RawWord],
    sound: Sequence[RawWord],
    height: float,
    read: Read,
    other: Read | None,
) -> list[RawWord]:
    """Words at the ends of lines as they are read without ink that hangs below the line.

    Args:
        layer: Dark ink on white.
        doubtful: Words of the first reading that nothing else was read for.
        sound: The others of that reading.
        height: Typical height of a word in pixels.
        read: Reads an image as the engine does.
        other: Reads an image with another model; None where there is none.

    Returns:
        Words with the line number of the line they end.
    """
    lines = defaultdict(list)
    for word in sound:
        lines[word.line].append(word)
    found: list[RawWord] = []
    for line, tail in _tails(doubtful, lines, height)[:_MOST]:
        found += _best(layer, line, tail, height, [read, *([other] if other else [])])
    return found


def _tails(
    doubtful: Sequence[RawWord], lines: dict[int, list[RawWord]], height: float
) -> list[tuple[list[RawWord], list[RawWord]]]:
    """Lines with the doubtful words right behind them."""
    behind = defaultdict(list)
    for word in doubtful:
        if word.line in lines and any(char.isalnum() for char in word.text):
            last = max(lines[word.line], key=lambda other: other.x1)
            if -0.2 * height < word.x0 - last.x1 < _GAP * height:
                behind[word.line].append(word)
    return [(lines[number], words) for number, words in behind.items() if len(lines[number]) > 1]


def _best(
    layer: GrayImage, line: Sequence[RawWord], tail: Sequence[RawWord], height: float, readers: Sequence[Read]
) -> list[RawWord]:
    """What is read behind the last word of the line, where that one is read again as it was; by others figures only.

    The Vietnamese model takes "(3)" for "@)" at all sizes, the English one does not.
    """
    last = max(line, key=lambda word: word.x1)
    foot = float(np.median([word.y1 for word in line]))
    left, top = max(0, round(last.x0 - 0.3 * height)), max(0, round(foot - (1 + _ABOVE) * height))
    right = round(max(word.x1 for word in tail) + _LONGEST * height)
    strip = layer[top : round(foot + _BELOW * height), left:right]
    for image in _variants(strip, foot - top, last.x1 - left, height):
        for size, (at, read) in product(_SIZES, enumerate(readers)):
            words = [_moved(word, size, left, top, last.line) for word in _scaled(image, size, read)]
            again = [word for word in words if word.x1 > last.x1 + 0.2 * height and word.x0 > last.x1 - 0.3 * height]
            same = at > 0 or any(word.text.rstrip(_STOPS) == last.text.rstrip(_STOPS) for word in words)
            if same and again and all(_is_sure(word, _FIGURES if at else _PRINTED) for word in again):
                return [replace(word, block=last.block) for word in again]
    return []


def _is_sure(word: RawWord, shape: regex.Pattern[str]) -> bool:
    return shape.fullmatch(word.text) is not None and word.confidence >= (
        _SURE if is_readable(word.text.strip("()")) else _SURE_OTHERS
    )


def _variants(strip: GrayImage, foot: float, end: float, height: float) -> Iterator[GrayImage]:
    """The strip without strokes that hang below the line or come from the one above; then without its last ones too."""
    ink = np.asarray(cv2.threshold(strip, _INK, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    found = connected(ink)
    left, above, wide, high = (found.stats[:, at] for at in range(4))
    hangs = (above + high > foot + _HANGS * height) & (above > foot - 0.75 * height)
    gone = hangs | ((above == 0) & (above + high < 0.5 * height)) | (found.stats[:, cv2.CC_STAT_AREA] < _SPECK)
    gone[0] = False
    behind = [
        index
        for index in np.argsort(left + wide).tolist()
        if index and not gone[index] and left[index] > end - 0.1 * height
    ]
    reach = end
    for place, index in enumerate(behind):
        if left[index] - reach > _GAP * height:  # another column
            gone[behind[place:]] = True
            behind = behind[:place]
            break
        reach = max(reach, left[index] + wide[index])
    pen = list(takewhile(lambda index: high[index] > _PEN * height, reversed(behind)))
    for last in [None, *pen[:_MOST_DROPPED]]:
        if last is not None:
            gone[last] = True
        pieces = cv2.dilate(gone[found.labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        yield np.where(pieces, np.uint8(255), strip)[:, : round(reach + 0.3 * height)]


def _scaled(strip: GrayImage, size: float, read: Read) -> list[RawWord]:
    scaled = cv2.resize(strip, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(scaled, _PAPER, _PAPER, _PAPER, _PAPER, cv2.BORDER_CONSTANT, value=255)
    return read(np.asarray(framed, np.uint8), Segmentation.LINE)


def _moved(word: RawWord, size: float, left: int, top: int, line: int) -> RawWord:
    """The word in pixels of the page."""
    x0, x1 = ((edge - _PAPER) / size + left for edge in (word.x0, word.x1))
    y0, y1 = ((edge - _PAPER) / size + top for edge in (word.y0, word.y1))
    return replace(word, x0=x0, x1=x1, y0=y0, y1=y1, line=line)
