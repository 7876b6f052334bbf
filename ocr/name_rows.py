"""Lines at a document's foot on which a signer's name stands or may stand, read or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import regex

from normalize.syllables import is_syllable
from ocr.engine import GrayImage, RawWord
from ocr.lost_lines import find_lost_lines
from ocr.rows import Row, group
from ocr.seal_rings import SealRings

__all__ = [
    "NameRow",
    "ink_rows",
    "is_name_word",
    "named_row",
    "painted_over",
    "rows_below",
    "tidied",
    "unread_rows",
    "unread_rows_by",
]

# Radii of the seal, from its centre: where a name's line lies, and how far left its words may begin.
_DOWN: Final = (-0.1, 1.7)
_ACROSS: Final = (-1.1, 4.5)
_BEGINS: Final = 1.6
_NAME_WORD: Final = regex.compile(r"\p{Lu}[\p{L}’']{0,7}")
_EDGES: Final = " .,;:!?()[]{}|/\\-–—_=~*+«»<>`^°“”‘’\"'ˆ¬"
_LIKELY: Final = 0.3
_MOST_UNREAD: Final = 2
_LOST_MARGIN: Final = 0.35  # heights that find_lost_lines leaves round a line
_TALLEST: Final = 2.6  # heights: names stamped in script are tall
_LEAST_WIDE: Final = 2.0


@dataclass(frozen=True, slots=True)
class NameRow:
    """A line where a name is: the words read on it, none on one that was not read at all, and where it stands."""

    words: tuple[RawWord, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def baseline(self) -> float:
        """Where letters stand: words without descenders and dots below tell."""
        flat = [word.y1 for word in self.words if not set(word.text.lower()) & set("gpqyạặậẹệịọộợụự,")]
        return float(np.median(flat)) if flat else self.bottom - 0.18 * self.height


def is_name_word(text: str) -> bool:
    """Whether ``text`` can be part of a name as names are usually printed, the first letter alone a capital."""
    return _NAME_WORD.fullmatch(text) is not None and is_syllable(text)


def tidied(word: RawWord) -> RawWord:
    """The word without marks round it."""
    return replace(word, text=word.text.strip(_EDGES))


def named_row(words: Sequence[RawWord], seal: SealRings, height: float) -> NameRow | None:
    """The words of the line that looks most like a name and begins in the lower half of the seal or beside it."""
    near = [
        word
        for word in words
        if _DOWN[0] < ((word.y0 + word.y1) / 2 - seal.y) / seal.radius < _DOWN[1]
        and _ACROSS[0] < ((word.x0 + word.x1) / 2 - seal.x) / seal.radius < _ACROSS[1]
    ]
    best: tuple[float, list[RawWord]] = (0.0, [])
    for row in group(near, 2 * height, height):
        named = _named(row)
        if named and named[0].x0 < seal.x + _BEGINS * seal.radius:
            best = max(best, (sum(len(word.text) * word.confidence for word in named), named), key=lambda item: item[0])
    return _row_of(best[1]) if best[1] else None


def rows_below(words: Sequence[RawWord], signing: Row, height: float, reach: float) -> list[NameRow]:
    """Lines that hold nothing but a name, no more than ``reach`` pixels below a signing line and under it."""
    under = [
        word
        for word in words
        if signing.y1 < (word.y0 + word.y1) / 2 < signing.y1 + reach
        and signing.x0 - 2 * height < (word.x0 + word.x1) / 2 < signing.x1 + 2 * height
    ]
    rows = (row for row in group(under, 2 * height, height) if len(_named(row)) == len(row.words) > 1)
    return [_row_of(row.words) for row in rows]


def ink_rows(
    layer: GrayImage, words: Sequence[RawWord], area: tuple[float, float, float, float], height: float
) -> list[NameRow]:
    """Lines of ink within ``area`` (left, top, right, bottom) that no word covers, top to bottom.

    Args:
        layer: Dark ink on white, seals painted over.
        words: What their boxes cover is read.
        area: In pixels.
        height: Typical height of a word in pixels.
    """
    left, top = (max(0, round(edge)) for edge in area[:2])
    region = layer[top : max(0, round(area[3])), left : max(0, round(area[2]))]
    if not region.size:
        return []
    moved = [
        replace(word, x0=word.x0 - left, x1=word.x1 - left, y0=word.y0 - top, y1=word.y1 - top)
        for word in words
        if left < word.x1 and word.x0 < area[2] and top < word.y1 and word.y0 < area[3]
    ]
    margin = _LOST_MARGIN * height
    rows = []
    for line in find_lost_lines(region, moved, height):
        high, wide = line.image.shape
        x, y = line.left + left + margin, line.top + top + margin
        row = NameRow((), x, y, x + wide - 2 * margin, y + high - 2 * margin)
        if row.right - row.left > _LEAST_WIDE * height and row.height < _TALLEST * height:
            rows.append(row)
    return rows


def unread_rows(
    layer: GrayImage, words: Sequence[RawWord], area: tuple[float, float, float, float], height: float
) -> list[NameRow]:
    """The first few of ``ink_rows``, where nothing else tells the name."""
    return ink_rows(layer, words, area, height)[:_MOST_UNREAD]


def unread_rows_by(seal: SealRings, layer: GrayImage, words: Sequence[RawWord], height: float) -> list[NameRow]:
    """Those beside and below a seal that begin so near it that they may be the name under it."""
    left, right = (seal.x + radii * seal.radius for radii in _ACROSS)
    area = (left, seal.y + 0.2 * seal.radius, right, seal.y + _DOWN[1] * seal.radius)
    rows = unread_rows(layer, words, area, height)
    return [row for row in rows if row.left < seal.x + _BEGINS * seal.radius]


def painted_over(layer: GrayImage, seals: Sequence[SealRings]) -> GrayImage:
    """``layer`` with white in the place of the seals."""
    bare = layer.copy()
    for seal in seals:
        cv2.circle(bare, (round(seal.x), round(seal.y)), round(seal.radius), 255, -1)
    return bare


def _named(row: Row) -> list[RawWord]:
    """The words of a row that can be of a name; none where it is set in capitals."""
    if any(len(word.text) > 2 and word.text.isupper() for word in row.words):
        return []
    return [word for word in row.words if is_name_word(tidied(word).text) and word.confidence > _LIKELY]


def _row_of(words: Sequence[RawWord]) -> NameRow:
    left, top = min(word.x0 for word in words), min(word.y0 for word in words)
    return NameRow(tuple(words), left, top, max(word.x1 for word in words), max(word.y1 for word in words))
