"""Words put into printed rows by where they stand; what the engine took for a line only settles doubts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from ocr.engine import RawWord

__all__ = ["Row", "group", "typical_height", "without"]

# Two boxes are on one row when they share this much of the lower one's height.
LEAST_SHARED_HEIGHT = 0.5
MOST_OVERLAP = 0.5
STROKE_WIDTH = 2.0
# Handwriting, read with little confidence, joins a row only if it does not jut out of it by half a letter.
DOUBTFUL = 0.4
MOST_JUTTING = 0.5
# A word this many times higher than the page's letters is no line of text: a rotated or merged reading.
ODD_HEIGHT = 2.6


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one base line, left to right; never empty."""

    words: tuple[RawWord, ...]

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def y0(self) -> float:
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> float:
        return max(word.y1 for word in self.words)

    @property
    def middle(self) -> float:
        """Height at which most of the row stands; a stray high word does not pull it."""
        return median((word.y0 + word.y1) / 2 for word in self.words)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean over letters."""
        return sum(w.confidence * len(w.text) for w in self.words) / sum(len(w.text) for w in self.words)


@dataclass(slots=True)
class _OpenRow:
    words: list[RawWord] = field(default_factory=list)
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0

    def add(self, word: RawWord, unit: float) -> None:
        self.words.append(word)
        self.x1 = max(self.x1, word.x1)
        # The band follows the last few words of letter height, so that a slightly sloping line stays one row and
        # neither a dash nor a stroke of handwriting moves it.
        recent = [w for w in self.words[-4:] if 0.45 * unit < w.height < 1.8 * unit] or self.words[-1:]
        self.y0 = sum(w.y0 for w in recent) / len(recent)
        self.y1 = sum(w.y1 for w in recent) / len(recent)


def typical_height(words: Iterable[RawWord]) -> float:
    """Median height of words with at least two letters or digits, in pixels; 1.0 when there are none."""
    words = list(words)
    heights = [w.height for w in words if sum(c.isalnum() for c in w.text) > 1] or [w.height for w in words]
    return max(median(heights), 1.0) if heights else 1.0


def without(words: Sequence[RawWord], taken: Iterable[RawWord]) -> list[RawWord]:
    """``words`` less ``taken``, by identity: two equal words on a page are two words."""
    ids = {id(word) for word in taken}
    return [word for word in words if id(word) not in ids]


def group(words: Sequence[RawWord], gap: float, unit: float | None = None) -> list[Row]:
    """Rows of ``words``, top to bottom; a gap wider than ``gap`` pixels between neighbours starts another row.

    Args:
        words: In any order.
        gap: Widest gap inside a row, ``math.inf`` for none.
        unit: Typical height of a word, worked out from ``words`` by default.
    """
    unit = unit or typical_height(words)
    strokes = [word for word in words if _is_stroke(word, unit)]
    letters = [word for word in words if not _is_stroke(word, unit)]
    rows = [*_chained(letters, gap, unit), *_chained(strokes, gap, unit)]
    return sorted(rows, key=lambda row: (row.middle, row.x0))


def _is_stroke(word: RawWord, unit: float) -> bool:
    """True for a rule or a pen stroke read as text: letters beside it must not be taken for its continuation.

    What stands in brackets is text: small print makes "(/©);" of "(b/c);".
    """
    bracketed = "(" in word.text and ")" in word.text
    return word.width > STROKE_WIDTH * unit and not bracketed and not any(c.isalnum() for c in word.text)


def _chained(words: Sequence[RawWord], gap: float, unit: float) -> list[Row]:
    done: list[_OpenRow] = []
    open_rows: list[_OpenRow] = []
    for word in sorted(words, key=lambda w: (w.x0, w.y0)):
        best, best_fit, closed = None, 0.0, False
        for row in open_rows:
            if word.x0 - row.x1 > gap:
                closed = True
            elif word.y0 < row.y1 and word.y1 > row.y0:
                fit = _fit(row, word, unit)
                if fit > best_fit:
                    best, best_fit = row, fit
        if closed:
            done.extend(row for row in open_rows if word.x0 - row.x1 > gap)
            open_rows = [row for row in open_rows if word.x0 - row.x1 <= gap]
        if best is None:
            best = _OpenRow()
            open_rows.append(best)
        best.add(word, unit)
    return [Row(tuple(row.words)) for row in (*done, *open_rows)]


def _fit(row: _OpenRow, word: RawWord, unit: float) -> float:
    """How well ``word`` continues ``row``, 0 when it does not: heights in common, and nearness."""
    last = row.words[-1]
    shared = min(row.y1, word.y1) - max(row.y0, word.y0)
    if shared < LEAST_SHARED_HEIGHT * max(min(row.y1 - row.y0, word.height), 1.0):
        return 0.0
    nearness = shared / max(max(row.y1, word.y1) - min(row.y0, word.y0), 1.0)
    nearness += 1.0 / (1.0 + max(word.x0 - row.x1, 0.0) / unit)
    if word.line and word.line == last.line:
        # The engine saw the letters; its boxes may still swallow a neighbour or be as high as two lines.
        return 1.0 + nearness
    if (word.height > ODD_HEIGHT * unit) != (last.height > ODD_HEIGHT * unit):
        return 0.0
    # Printed over each other: two rows. Engines draw boxes too wide, by half of a one-letter word and more.
    overlap = row.x1 - word.x0
    if overlap > MOST_OVERLAP * min(word.width, last.width) + 0.25 * unit:
        return 0.0
    # A line that Tesseract read twice, some pixels apart.
    if overlap > 0.2 * unit and abs((row.y0 + row.y1) - (word.y0 + word.y1)) > 0.4 * unit:
        return 0.0
    if word.confidence < DOUBTFUL or all(w.confidence < DOUBTFUL for w in row.words):
        jutting = max(word.height, row.y1 - row.y0) - shared
        if jutting > MOST_JUTTING * unit:
            return 0.0
    return nearness
