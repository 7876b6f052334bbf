"""The foot of a document: recipients on the left, signature blocks to the right or side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.syllables import is_syllable
from ocr.columns import Run, cut, white_runs
from ocr.engine import RawWord
from ocr.phrases import caps_share, form_phrases, starts_with
from ocr.rows import Row, group

__all__ = ["Foot", "find_feet", "is_signing_line"]

# Where a gutter may lie, as shares of the page's width, tried in steps.
GUTTERS = [0.30 + 0.01 * step for step in range(41)]
# A signature block stands in the right half: its lines' centres lie beyond this share of the width.
RIGHT_BLOCK = 0.57
# In typical word heights: white that parts two columns. Justified text leaves up to one between its words.
LEAST_GAP = 1.2
LEAST_GAP_IN_CAPS = 0.7  # titles are centred, not justified: long names of organs nearly touch
SIDE_BY_SIDE = 3.0
# Handwriting read as text crosses gutters; it is read with little confidence.
LEAST_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Foot:
    """One band of a foot: its columns' words, left to right. A column may be empty."""

    columns: tuple[tuple[RawWord, ...], ...]
    top: float
    bottom: float


def find_feet(words: Sequence[RawWord], width: float, unit: float) -> list[Foot]:
    """Bands of recipients and signatures among ``words``, top to bottom.

    Several when signature blocks stand in rows of different number (two, then three side by side).

    Args:
        words: Printed words outside heads, tables, stamps and boxes.
        width: Of the page, in pixels.
        unit: Typical height of a word.
    """
    rows = group([word for word in words if _is_clear(word)], math.inf, unit)
    feet: list[Foot] = []
    if not any(_may_open_foot(row) for row in rows):
        return feet
    for band in _bands(rows, unit):
        run = _best_run(band, width, unit)
        if run is None:
            continue
        block = band[run.first : run.last]
        top, bottom = min(row.y0 for row in block), max(row.y1 for row in block)
        taken = {id(word) for foot in feet for column in foot.columns for word in column}
        inside = [w for w in words if top <= (w.y0 + w.y1) / 2 <= bottom and id(w) not in taken]
        columns = cut(inside, _all_gutters(block, run.x, unit))
        feet.append(Foot(tuple(tuple(column) for column in columns), top, bottom))
    return feet


def _is_clear(word: RawWord) -> bool:
    """False for handwriting, specks and rules read as text; a damaged word that is still Vietnamese is clear."""
    letters = "".join(c for c in word.text if c.isalnum())
    return len(letters) > 1 and (word.confidence >= LEAST_CONFIDENCE or is_syllable(letters))


def _bands(rows: Sequence[Row], unit: float) -> list[list[Row]]:
    """``rows`` cut before each row of several signing lines, and before recipients under such blocks."""
    bands: list[list[Row]] = [[]]
    signing_before = several = False
    for row in rows:
        parts = group(row.words, LEAST_GAP * unit, unit)
        signing = sum(is_signing_line(part.text) for part in parts) > 1
        if (signing and not signing_before) or (several and starts_with(row.text, form_phrases().recipients)):
            bands.append([])
        signing_before = signing or (signing_before and caps_share(row.text) > 0.7)
        several |= signing
        bands[-1].append(row)
    return bands


def _best_run(rows: Sequence[Row], width: float, unit: float) -> Run | None:
    """The longest stretch of ``rows`` with a gutter and with a sign of a foot on either side of it."""
    opening = [_may_open_foot(row) for row in rows]
    gaps = [(LEAST_GAP if caps_share(row.text) < 0.8 else LEAST_GAP_IN_CAPS) * unit for row in rows]
    best: Run | None = None
    best_rank = (0, 0.0)
    for share in GUTTERS if any(opening) else ():
        x = share * width
        for whole in white_runs(rows, x, gaps):
            run = _trimmed(rows, opening, whole, width, unit)
            if run is None:
                continue
            rank = run.count, _clearance(rows[run.first : run.last], x)
            if rank > best_rank:
                best, best_rank = run, rank
    return best


def _trimmed(rows: Sequence[Row], opening: Sequence[bool], run: Run, width: float, unit: float) -> Run | None:
    """``run`` from its first sign of a foot on, None when there is no such sign."""
    for index in range(run.first, run.last):
        if opening[index] and _opens_foot(rows[index], run.x, width, unit):
            return Run(index, _end(rows, index, run), run.x)
    return None


def _end(rows: Sequence[Row], first: int, run: Run) -> int:
    """Where the foot that begins at ``first`` ends: recipients go on, other text under the last signature does not.

    Under a block on the left its name does, though the name beside it may be a stamp and stand in none of the rows.
    """
    last = first
    unnamed = False  # a block on the left that no name has closed yet
    for index in range(first, run.last):
        left, right = cut(rows[index].words, [run.x])
        if left and starts_with(Row(tuple(left)).text, form_phrases().recipients):
            return run.last
        named = unnamed and _like_name(left)
        if right or named:
            last = index
        unnamed = not named and (unnamed or bool(left and is_signing_line(Row(tuple(left)).text)))
    return last + 1


def _like_name(words: Sequence[RawWord]) -> bool:
    return 1 < len(words) < 6 and all(word.text.istitle() for word in words)


def _may_open_foot(row: Row) -> bool:
    """A quick look: recipients, or capitals as over a signature, wherever they stand in the row."""
    return starts_with(row.text, form_phrases().recipients) or sum(caps_share(w.text) == 1.0 for w in row.words) > 1


def _opens_foot(row: Row, x: float, width: float, unit: float) -> bool:
    left, right = cut(row.words, [x])
    left_text = " ".join(word.text for word in left)
    right_text = " ".join(word.text for word in right)
    if left and starts_with(left_text, form_phrases().recipients):
        return True
    if right and Row(tuple(right)).centre > RIGHT_BLOCK * width and is_signing_line(right_text):
        return True
    # Blocks side by side, as under minutes: both in capitals, far apart.
    apart = bool(left and right) and min(w.x0 for w in right) - max(w.x1 for w in left) > SIDE_BY_SIDE * unit
    return apart and all(
        caps_share(text) > 0.8 and sum(c.isalpha() for c in text) >= 5 for text in (left_text, right_text)
    )


def is_signing_line(text: str) -> bool:
    """True for the lines over a signature: ``TM. ỦY BAN NHÂN DÂN``, ``KT. GIÁM ĐỐC``, ``PHÓ CHỦ TỊCH``."""
    phrases = form_phrases()
    return caps_share(text) > 0.7 and (starts_with(text, phrases.authority) or starts_with(text, phrases.titles))


def _clearance(rows: Sequence[Row], x: float) -> float:
    """White on the narrower side of ``x`` over all rows."""
    return min((abs(edge - x) for row in rows for word in row.words for edge in (word.x0, word.x1)), default=0.0)


def _all_gutters(rows: Sequence[Row], x: float, unit: float) -> list[float]:
    """``x``, and every other strip that all ``rows`` leave white and that parts two signing lines."""
    gutters = [x]
    reach = -math.inf
    for word in sorted((word for row in rows for word in row.words), key=lambda w: w.x0):
        if word.x0 - reach >= LEAST_GAP * unit and not reach <= x <= word.x0:
            middle = (reach + word.x0) / 2
            if any(_parts_signing_lines(row, middle, unit) for row in rows):
                gutters.append(middle)
        reach = max(reach, word.x1)
    return sorted(gutters)


def _parts_signing_lines(row: Row, x: float, unit: float) -> bool:
    parts = [part for part in group(row.words, LEAST_GAP * unit, unit) if is_signing_line(part.text)]
    return any(part.x1 < x for part in parts) and any(part.x0 > x for part in parts)
