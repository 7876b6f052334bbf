"""Names under seals: the line that a seal's edge crosses below a signature, read again without the seal.

What is under a ring is lost to the first reading ("Nguyễn" of "Nguyễn Văn An"). Its line is cut out, the rings and the
text of the seal are taken away in two ways, and it is read in two sizes. Of these readings and the first one, that is
taken which is sure, shared and looks like a name; words that no other reading has lose confidence. Nothing is put in
that no reading has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import cv2
import numpy as np
import regex
from numpy.typing import NDArray

from normalize.family_names import MIDDLE_NAMES, family_names, family_names_by_letters
from normalize.folding import fold_aligned
from normalize.syllables import is_syllable
from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.foot import is_signing_line
from ocr.lost_lines import find_lost_lines
from ocr.prepared import PreparedPage
from ocr.rows import group
from ocr.seal_rings import Parting, SealRings, find_seal_rings, without_rings
from ocr.tree import Ink

__all__ = ["reread_names"]

Read = Callable[[GrayImage, Segmentation], list[RawWord]]

# Inches below and above the last signing line in which seals are looked for.
_BELOW: Final = 4.0
_ABOVE: Final = 1.0
# Radii of the seal, from its centre: where a name's line lies, and how far left its words may begin.
_DOWN: Final = (-0.1, 1.7)
_ACROSS: Final = (-1.1, 4.5)
_BEGINS: Final = 1.6
_NAME_WORD: Final = regex.compile(r"\p{Lu}[\p{L}’']{0,7}")
_EDGES: Final = " .,;:!?()[]{}|/\\-–—_=~*+«»<>`^°“”‘’\"'ˆ¬"
_LIKELY: Final = 0.3
_SURE: Final = 0.85
_INK: Final = 200
_SIZES: Final = (1.0, 1.5)
_PAPER: Final = 14  # pixels of white round a strip
# In heights of the name: strokes that are letters, and what is left of the seal.
_LETTER: Final = 0.45
_MARK: Final = 0.3
_LONGEST_STROKE: Final = 7.0
_MOST_UNREAD: Final = 2
_WIDEST_SPACE: Final = 1.0
_LEAST_UNREAD: Final = 0.6  # mean confidence of a name where no word was read before
_DIFFERS: Final = 0.6  # confidence left to a word that only one reading has


@dataclass(frozen=True, slots=True)
class _Row:
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


@dataclass(frozen=True, slots=True, eq=False)
class _Strip:
    """A row's image in both forms without the seal, where it stands on the page, and its ink."""

    row: _Row
    images: tuple[GrayImage, ...]
    left: float
    top: float
    ink: Ink


def reread_names(prepared: PreparedPage, words: Sequence[RawWord], height: float, read: Read) -> list[RawWord]:
    """``words`` with the names under seals as they are read without the seals.

    Args:
        prepared: The page.
        words: What is read on it so far.
        height: Typical height of a word in pixels.
        read: Reads an image as the engine does.
    """
    kept = list(words)
    for strip in _strips(prepared, kept, height):
        found = _chosen(strip, read)
        if found:
            kept = _put_in(kept, strip, found)
    return kept


def _put_in(words: Sequence[RawWord], strip: _Strip, found: Sequence[RawWord]) -> list[RawWord]:
    """``words`` with those ``found`` in the place of the strip's own, or on a line of their own at the end."""
    old = {id(word) for word in strip.row.words}
    first = next(iter(strip.row.words), None)
    line = first.line if first else max((word.line for word in words), default=0) + 1
    block = first.block if first else max((word.block for word in words), default=0) + 1
    fresh = [
        replace(
            word,
            x0=word.x0 + strip.left,
            x1=word.x1 + strip.left,
            y0=word.y0 + strip.top,
            y1=word.y1 + strip.top,
            ink=strip.ink,
            block=block,
            line=line,
        )
        for word in found
    ]
    at = next((index for index, word in enumerate(words) if id(word) in old), len(words))
    before, after = (
        [word for word in part if id(word) not in old and not _covered(word, fresh)]
        for part in (words[:at], words[at:])
    )
    return [*before, *fresh, *after]


def _covered(word: RawWord, fresh: Sequence[RawWord]) -> bool:
    """Whether what was read before stands in the place of a new word, as the remains of one under a ring do."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return any(other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1 for other in fresh)


def _strips(prepared: PreparedPage, words: Sequence[RawWord], height: float) -> Iterator[_Strip]:
    """Lines that seals cross or touch below the last signing line and that are worth a second look."""
    signing = [row.y0 for row in group(list(words), 1.2 * height, height) if is_signing_line(row.text)]
    if not signing:
        return
    top = max(0, round(max(signing) - _ABOVE * prepared.dpi))
    bottom = min(prepared.gray.shape[0], round(max(signing) + _BELOW * prepared.dpi))
    layers = {Ink.BLACK: prepared.gray, Ink.RED: prepared.red}
    taken: set[int] = set()
    for ink, layer in layers.items():
        for seal in find_seal_rings(layer, prepared.dpi, top, bottom) if layer is not None else ():
            row = _name_row(words, seal, height)
            own = Counter(word.ink for word in row.words).most_common(1)[0][0] if row else ink
            printed = layers.get(own)
            if printed is None or (row and taken & {id(word) for word in row.words}):
                continue
            partings = (Parting.CUT, Parting.THIN, Parting.SLANTED) if own is ink else ()
            cleaned = [without_rings(printed, seal, prepared.dpi, way) for way in partings] or [printed]
            rows = [row] if row else _unread_rows(cleaned[0], words, seal, height)
            for one in rows:
                taken |= {id(word) for word in one.words}
                strip = _cut(one, cleaned, seal, own, height)
                if strip is not None:
                    yield strip


def _name_row(words: Sequence[RawWord], seal: SealRings, height: float) -> _Row | None:
    """The words of the line that looks most like a name and begins in the lower half of the seal or beside it."""
    near = [
        word
        for word in words
        if _DOWN[0] < ((word.y0 + word.y1) / 2 - seal.y) / seal.radius < _DOWN[1]
        and _ACROSS[0] < ((word.x0 + word.x1) / 2 - seal.x) / seal.radius < _ACROSS[1]
    ]
    best: tuple[float, list[RawWord]] = (0.0, [])
    for row in group(near, 2 * height, height):
        named = [word for word in row.words if _is_name_word(word.text.strip(_EDGES)) and word.confidence > _LIKELY]
        shouts = any(len(word.text) > 2 and word.text.isupper() for word in row.words)
        if named and not shouts and named[0].x0 < seal.x + _BEGINS * seal.radius:
            best = max(best, (_weight(named), named), key=lambda item: item[0])
    return _row_of(best[1]) if best[1] else None


def _row_of(words: Sequence[RawWord]) -> _Row:
    left, top = min(word.x0 for word in words), min(word.y0 for word in words)
    return _Row(tuple(words), left, top, max(word.x1 for word in words), max(word.y1 for word in words))


def _unread_rows(layer: GrayImage, words: Sequence[RawWord], seal: SealRings, height: float) -> list[_Row]:
    """Lines of ink beside or below the seal that no word covers."""
    left, top = max(0, round(seal.x + _ACROSS[0] * seal.radius)), round(seal.y + 0.2 * seal.radius)
    right, bottom = round(seal.x + _ACROSS[1] * seal.radius), round(seal.y + _DOWN[1] * seal.radius)
    region = layer[top:bottom, left:right].copy()
    cv2.circle(region, (round(seal.x) - left, round(seal.y) - top), round(seal.radius), 255, -1)
    moved = [
        replace(word, x0=word.x0 - left, x1=word.x1 - left, y0=word.y0 - top, y1=word.y1 - top)
        for word in words
        if left < word.x1 and word.x0 < right and top < word.y1 and word.y0 < bottom
    ]
    rows = []
    for line in find_lost_lines(region, moved, height):
        margin = 0.35 * height
        high, wide = line.image.shape
        row = _Row(
            (), line.left + left + margin, line.top + top + margin,
            line.left + left + wide - margin, line.top + top + high - margin,
        )  # fmt: skip
        if (
            row.left < seal.x + _BEGINS * seal.radius
            and row.right - row.left > 2 * height
            and row.height < 1.8 * height
        ):
            rows.append(row)
    return rows[:_MOST_UNREAD]


def _cut(row: _Row, layers: Sequence[GrayImage], seal: SealRings, ink: Ink, height: float) -> _Strip | None:
    """The strip of a row, what is left of the seal gone; None where there is nothing new in it."""
    reach = max(row.left - _LONGEST_STROKE * height, seal.x - 0.95 * seal.radius)
    left, top = max(0, round(min(reach, row.left - 0.3 * height))), max(0, round(row.top - 0.22 * row.height))
    right, bottom = round(row.right + 1.2 * height), round(row.bottom + 0.25 * row.height)
    high = round(0.12 * row.height)
    images = []
    lost = not row.words or any(word.confidence < _SURE for word in row.words)
    for layer in layers:
        image = np.ascontiguousarray(layer[top:bottom, left:right])
        if min(image.shape) < height / 2:
            return None
        image[:high, : max(0, round(row.left) - left)] = 255  # above the letters that are lost: the seal's
        _, labels, stats, _ = cv2.connectedComponentsWithStats(_ink(image), connectivity=8)
        gone = _remains(row, labels, stats, (seal.x - left, seal.y - top, seal.radius), row.baseline - top)
        beyond = left + stats[:, 0] + stats[:, 2] < row.left + 2
        lost |= bool(np.any(beyond & ~gone & (stats[:, 3] > _LETTER * row.height)))
        image[gone[labels]] = 255
        images.append(_stretched(image))
    return _Strip(row, tuple(images), left, top, ink) if lost else None


def _remains(
    row: _Row, labels: NDArray[Any], stats: NDArray[Any], seal: tuple[float, float, float], base: float
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


def _chosen(strip: _Strip, read: Read) -> list[RawWord]:
    """The best reading of a strip, its words less sure where no other has them; empty where the first was no worse."""
    before = [_tidied(replace(word, x0=word.x0 - strip.left, x1=word.x1 - strip.left,
                              y0=word.y0 - strip.top, y1=word.y1 - strip.top)) for word in strip.row.words]  # fmt: skip
    readings = [before] if before else []
    for size in _SIZES:
        readings += [_read(image, size, read) for image in strip.images]
        shared = [words for words in readings if _shares(words, readings) > 1]
        if any(_begins_as_name(words) == 1.0 and _weakest(words) > _SURE for words in shared):
            break
    best = max(readings, key=lambda words: _score(words, readings))
    if best is before or _has_hole(best) or len([word for word in best if _is_name_word(word.text)]) < 2:
        return []
    others = Counter(word.text for words in readings for word in words)
    doubts = {word.text: word.confidence for word in before}  # stay: what misled the engine once misleads it again
    found = [replace(word, confidence=min(_confidence(word, others), doubts.get(word.text, 1.0))) for word in best]
    sure = _weight(found) / sum(len(word.text) for word in found)
    return found if before or sure >= _LEAST_UNREAD else []


def _confidence(word: RawWord, others: Counter[str]) -> float:
    return word.confidence if others[word.text] > 1 else round(word.confidence * _DIFFERS, 3)


def _read(image: GrayImage, size: float, read: Read) -> list[RawWord]:
    """Words of the strip read at another size, in pixels of the strip, without marks round them."""
    scaled = cv2.resize(image, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC) if size != 1 else image
    framed = cv2.copyMakeBorder(scaled, _PAPER, _PAPER, _PAPER, _PAPER, cv2.BORDER_CONSTANT, value=255)
    words = []
    for word in read(np.asarray(framed, np.uint8), Segmentation.LINE):
        tidy = _tidied(word)
        if sum(char.isalpha() for char in tidy.text) > 1 and not (len(tidy.text) < 4 and word.confidence < _LIKELY):
            x0, y0, x1, y1 = ((edge - _PAPER) / size for edge in (word.x0, word.y0, word.x1, word.y1))
            words.append(replace(tidy, x0=x0, y0=y0, x1=x1, y1=y1))
    return words


def _tidied(word: RawWord) -> RawWord:
    return replace(word, text=word.text.strip(_EDGES))


def _score(words: Sequence[RawWord], readings: Sequence[Sequence[RawWord]]) -> float:
    """How much a reading looks like the name: sure, whole, beginning with a family name, shared by others."""
    if not words:
        return 0.0
    sure = _weight(words) / sum(len(word.text) for word in words)
    whole = 0.2 * min(len([word for word in words if _is_name_word(word.text)]), 3)
    shared = 0.3 * (_shares(words, readings) > 1)
    return sure + whole + shared + 0.6 * _begins_as_name(words) - _has_hole(words)


def _has_hole(words: Sequence[RawWord]) -> bool:
    """Whether a word is missing between others: "Ngô Ngọc Nguyệt" with room for a "Thị"."""
    tall = max((word.height for word in words), default=0.0)
    return any(right.x0 - left.x1 > _WIDEST_SPACE * tall for left, right in pairwise(words))


def _shares(words: Sequence[RawWord], readings: Sequence[Sequence[RawWord]]) -> int:
    text = [word.text for word in words]
    return sum([word.text for word in reading] == text for reading in readings)


def _begins_as_name(words: Sequence[RawWord]) -> float:
    """1 for a family name at the beginning, 0.5 for one but for its marks."""
    first = words[0].text if words else ""
    if first in MIDDLE_NAMES:
        return 0.0
    if first in family_names():
        return 1.0
    return 0.5 if first[:1].isupper() and fold_aligned(first) in family_names_by_letters() else 0.0


def _is_name_word(text: str) -> bool:
    return _NAME_WORD.fullmatch(text) is not None and is_syllable(text)


def _weight(words: Sequence[RawWord]) -> float:
    return sum(len(word.text) * word.confidence for word in words)


def _weakest(words: Sequence[RawWord]) -> float:
    return min((word.confidence for word in words), default=0.0)
