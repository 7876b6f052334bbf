"""Titles of signers ("CHỦ TỊCH"), read again where the rim of a round seal crosses their line.

The rings and the seal's own text are taken away, the engine reads what is left, and what it reads is put in the place
of what was read there if it is a title of a closed list, or nearly is one: then it stays in doubt. Letters are never
altered.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.foot_seals import SealedFoot
from ocr.name_rows import NameRow, is_name_word, tidied
from ocr.name_voices import Read
from ocr.phrases import caps_share, form_phrases, starts_with
from ocr.rows import group
from ocr.seal_rings import Parting, SealRings, without_rings
from ocr.title_cuts import TitleStrip, cut_strips, rim_on, rows_at_rim
from ocr.title_words import Title, find_title, is_authority
from ocr.tree import Ink

__all__ = ["reread_titles"]

_WAYS: Final = (Parting.CUT, Parting.THIN)
_SIZES: Final = (1.0, 1.5)
_PAPER: Final = 14  # pixels of white round a strip
_MOST_ROWS: Final = 2
_SURE: Final = 0.8
_IN_DOUBT: Final = 0.7
# In heights of a word: how near the rim a line begins that may go on under it; how far above and below a title stand
# the line and the name that have the same middle; and how far from that a title may stand. Of 230 titles whole ones
# stood at most 0.5 away from the seal, "CHỦ TỊCH" that was "PHÓ CHỦ TỊCH" 1.3 to 1.6.
_NEAR: Final = 1.3
_ABOVE: Final = 2.2
_BELOW: Final = 12.0
_ASIDE: Final = 0.9


def reread_titles(foot: SealedFoot, words: Sequence[RawWord], read: Read) -> list[RawWord]:
    """``words`` with the titles under rims of seals as they are read without these.

    Args:
        foot: The foot of the page.
        words: What is read on the page so far.
        read: Reads an image as the engine does.
    """
    kept = list(words)
    for ink, seal in foot.seals:
        rows = rows_at_rim(seal, foot.layers[Ink.BLACK], kept, foot.height)
        rows = [row for row in rows if not _is_sound(row, seal, foot.height)][:_MOST_ROWS]
        layers = _layers_without(foot, ink, seal) if rows else []
        for row in rows:
            line = _TitleLine(row, seal, _axis(row, kept, foot.height), foot.height)
            found = line.best(layers, read)
            if found and line.is_news(found):
                kept = _put_in(kept, line, found)
    return kept


def _is_sound(row: NameRow, seal: SealRings, height: float) -> bool:
    """Whether nothing is lost on the row: it is no title, or a whole one well away from the rim."""
    text = " ".join(word.text for word in row.words)
    if not row.words or min(word.confidence for word in row.words) < _SURE:
        return False
    if caps_share(text) < 0.5 or starts_with(text, form_phrases().authority):
        return True
    title = find_title(row.words)
    return title is not None and min(row.left, title.words[0].x0) - rim_on(row, seal)[1] > _NEAR * height


def _layers_without(foot: SealedFoot, ink: Ink, seal: SealRings) -> list[GrayImage]:
    """The black layer without the rings of a black seal, taken out in several ways; a red seal is not on it."""
    black = foot.layers[Ink.BLACK]
    return [without_rings(black, seal, foot.dpi, way) for way in _WAYS] if ink is Ink.BLACK else [black]


def _axis(row: NameRow, words: Sequence[RawWord], height: float) -> float | None:
    """The middle of the block of a row: of the line in capitals above it, or else of the name below; pixels."""
    lines = [line for line in group(words, 1.2 * height, height) if line.x0 < row.right and row.left < line.x1]
    above = [line for line in lines if 0 < row.top - line.middle < _ABOVE * height and caps_share(line.text) > 0.7]
    below = [
        line
        for line in lines
        if 0 < line.middle - row.bottom < _BELOW * height
        and all(is_name_word(tidied(word).text) for word in line.words)
    ]
    block = [line for line in [*below[:1], *above[-1:]] if len(line.words) > 1]
    return block[-1].centre if block else None


@dataclass(frozen=True, slots=True)
class _TitleLine:
    """A line at the rim of a seal; ``axis`` is the middle of its block, pixels."""

    row: NameRow
    seal: SealRings
    axis: float | None
    height: float

    def best(self, layers: Sequence[GrayImage], read: Read) -> Title | None:
        """The best title that is read on the line, the first one without doubt ending the search."""
        titles: list[Title] = []
        for size in _SIZES:
            for layer in layers:
                for strip in cut_strips(layer, self.row, self.seal, self.height):
                    title = find_title(_read(strip, size, read))
                    titles.extend([title] if title else [])
                if any(title.confidence >= _SURE and not self.is_doubtful(title) for title in titles):
                    return max(titles, key=lambda title: title.rank)
        return max(titles, key=lambda title: title.rank, default=None)

    def is_doubtful(self, title: Title) -> bool:
        """Whether it is not of the list, or has lost a word."""
        return title.likeness < 1 or self._is_aside(title)

    def is_news(self, title: Title) -> bool:
        """Whether it is better than what was read before, or shows that to be in doubt."""
        before = find_title(self.row.words)
        if before is None or before.likeness < 1:
            return title.likeness == 1 or _letters(title.words) > _letters(self.taken_by(title))
        if before.text == title.text:
            surer = before.confidence < _SURE < title.confidence
            return surer or self._is_aside(title) or not _is_of(before, self.row)
        return title.rank[:2] > before.rank[:2]

    def taken_by(self, title: Title) -> list[RawWord]:
        """Words of the row in the place of the title's, and the seal's text."""
        left, right = rim_on(self.row, self.seal)
        return [
            word
            for word in self.row.words
            if any(_shares(word, other) for other in title.words)
            or (left < (word.x0 + word.x1) / 2 < right and not is_authority(word))
        ]

    def _is_aside(self, title: Title) -> bool:
        """Whether the line stands to one side of its block, away from the seal, as one that has lost a word there."""
        first, last = title.words[0].x0, title.words[-1].x1
        ends = [word.x1 for word in self.row.words if word.x0 > last and len(word.text) > 1]  # "NỘI VỤ"
        centre = (first + max([last, *ends])) / 2
        away = math.copysign(1.0, centre - self.seal.x)
        return self.axis is not None and away * (centre - self.axis) > _ASIDE * self.height


def _is_of(title: Title, row: NameRow) -> bool:
    """Whether the title's words are words of the row, none of which was read together with another."""
    starts = {word.x0 for word in row.words}
    return all(word.x0 in starts for word in title.words)


def _letters(words: Sequence[RawWord]) -> int:
    return sum(char.isalpha() for word in words for char in word.text)


def _read(strip: TitleStrip, size: float, read: Read) -> list[RawWord]:
    """Words of the strip read at another size, its edges in pixels of the page."""
    scaled = cv2.resize(strip.image, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(scaled, _PAPER, _PAPER, _PAPER, _PAPER, cv2.BORDER_CONSTANT, value=255)
    return [
        replace(word, x0=(word.x0 - _PAPER) / size + strip.left, x1=(word.x1 - _PAPER) / size + strip.left)
        for word in read(np.asarray(framed, np.uint8), Segmentation.LINE)
    ]


def _put_in(words: Sequence[RawWord], line: _TitleLine, title: Title) -> list[RawWord]:
    """``words`` with the title in the place of what was read there, and without the seal's text beside it."""
    row = line.row
    gone = line.taken_by(title)
    home = next(iter(gone), None)
    number = home.line if home else max((word.line for word in words), default=0) + 1
    block = home.block if home else max((word.block for word in words), default=0) + 1
    most = _IN_DOUBT if line.is_doubtful(title) else 1.0
    fresh = [
        replace(word, y0=row.top, y1=row.bottom, confidence=min(_sureness(word, gone), most), block=block, line=number)
        for word in title.words
    ]
    at = next((index for index, word in enumerate(words) if word is home), len(words))
    taken = {id(word) for word in gone}
    before, after = (
        [_clear_of(fresh, word) for word in part if id(word) not in taken] for part in (words[:at], words[at:])
    )
    return [*before, *fresh, *after]


def _sureness(word: RawWord, before: Sequence[RawWord]) -> float:
    """How sure a word is: what is read twice is as sure as in the better reading."""
    same = (other.confidence for other in before if other.text == word.text and _shares(other, word))
    return max(word.confidence, *same, 0.0)


def _shares(word: RawWord, other: RawWord) -> bool:
    """Whether most of one of the two stands in the place of the other."""
    return 2 * (min(word.x1, other.x1) - max(word.x0, other.x0)) > min(word.width, other.width)


def _clear_of(title: Sequence[RawWord], word: RawWord) -> RawWord:
    """A word of the line above without the part of the rim that makes its box reach into the title."""
    top = title[0].y0
    beside = word.x0 < title[-1].x1 and title[0].x0 < word.x1
    return replace(word, y1=top) if beside and (word.y0 + word.y1) / 2 < top < word.y1 else word
