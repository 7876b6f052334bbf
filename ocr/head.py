"""The two-column head of a document: organs and number on the left, motto, place and date on the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ocr.columns import split_at, widest_gap
from ocr.engine import RawWord
from ocr.phrases import caps_share, form_phrases, key, phrase_span, starts_with
from ocr.rows import Row, group

__all__ = ["Head", "find_head"]

# Shares of the page: how far a row's own gap may lie from the gutter, where left rows end, how far down a head reaches.
GUTTER_PLAY = 0.13
LEFT_END = 0.02
LONGEST_HEAD = 0.36
DATE_WORDS = ("ngay", "thang", "nam")
# In typical word heights: a gap between the columns of one row, at least and where nothing else tells; the widest white
# between two head lines.
LEAST_GAP = 0.8
WIDE_GAP = 2.0
WIDEST_LEADING = 4.5


@dataclass(frozen=True, slots=True)
class Head:
    """Words of the two columns of a head; either may be empty."""

    left: tuple[RawWord, ...]
    right: tuple[RawWord, ...]


@dataclass(slots=True)
class _Reading:
    """What has been taken so far, going down the rows."""

    gutter: float
    bottom: float
    left: list[RawWord] = field(default_factory=list)
    right: list[RawWord] = field(default_factory=list)
    dated: bool = False


def find_head(words: Sequence[RawWord], width: float, height: float, unit: float) -> Head | None:
    """The head that starts at the first national (or Party) motto among ``words``, None without one.

    Args:
        words: Printed words of the page, stamps and signature boxes taken out.
        width: Of the page, in pixels.
        height: Of the page, in pixels.
        unit: Typical height of a word.
    """
    rows = group(words, math.inf, unit)
    start = (
        _name_of_state(rows, width, height)
        or _above_motto(rows, width, height, unit)
        or _above_date(rows, width, height, unit)
    )
    if start is None:
        return None
    index, first = start
    before, after = rows[index].words[:first], rows[index].words[first:]
    edge = max((word.x1 for word in before), default=after[0].x0 - unit)
    reading = _Reading((min(edge, after[0].x0) + after[0].x0) / 2, rows[index].y1, list(before), list(after))
    _take_above(rows[:index], reading, unit)
    below = [row for row in rows[index + 1 :] if row.middle < rows[index].middle + LONGEST_HEAD * height]
    for place, row in enumerate(below):
        if not _take(row, below[place + 1 : place + 6], reading, width, unit):
            break
    return Head(tuple(reading.left), tuple(reading.right))


def _name_of_state(rows: Sequence[Row], width: float, height: float) -> tuple[int, int] | None:
    """Row of the state's (or Party's) name over the motto, and the first of its words there."""
    phrases = form_phrases()
    for index, row in enumerate(rows):
        for phrase in (phrases.state, phrases.party):
            span = phrase_span(row.words, phrase)
            if span is None:
                continue
            found = Row(row.words[span[0] : span[1]])
            # Running text names the state and the Party too, but not in capitals.
            if caps_share(found.text) < 0.7:
                continue
            followed = any(phrase_span(r.words, phrases.motto) for r in rows[index + 1 : index + 4])
            at_top = found.y0 < 0.3 * height
            if followed or (at_top and (phrase == phrases.state or found.centre > 0.55 * width)):
                return index, span[0]
    return None


def _above_motto(rows: Sequence[Row], width: float, height: float, unit: float) -> tuple[int, int] | None:
    """The same where that name is misread (a seal or box printed over it) but the motto under it is not."""
    for index, row in enumerate(rows):
        span = phrase_span(row.words, form_phrases().motto)
        if span is None or row.y0 > 0.3 * height:
            continue
        motto = Row(row.words[span[0] : span[1]])
        for above in range(max(0, index - 3), index):
            # The name is longer than the motto and centred over it; the gap to the organ's name is the widest near it.
            near = rows[index].middle - rows[above].middle < 3 * unit
            gap = widest_gap(rows[above], motto.x0 - GUTTER_PLAY * width, motto.x0, LEAST_GAP * unit)
            if near and gap is not None:
                return above, next(i for i, word in enumerate(rows[above].words) if word.x0 > gap)
        return index, span[0]
    return None


def _above_date(rows: Sequence[Row], width: float, height: float, unit: float) -> tuple[int, int] | None:
    """The same where neither can be read: the number and, far from it, the date under two columns."""
    for index, row in enumerate(rows):
        gap = widest_gap(row, 0.3 * width, 0.6 * width, WIDE_GAP * unit)
        if row.y0 > 0.3 * height or gap is None:
            continue
        left, right = split_at(row.words, gap)
        number = " ".join(word.text for word in left)
        if "/" not in number or not _is_date_line(" ".join(word.text for word in right)):
            continue
        for above in range(index):
            # The first row of two columns over that line.
            start = widest_gap(rows[above], gap - GUTTER_PLAY * width, gap + GUTTER_PLAY * width, LEAST_GAP * unit)
            if start is not None and row.y0 - rows[above].y0 < 9 * unit:
                return above, next(i for i, word in enumerate(rows[above].words) if word.x0 > start)
    return None


def _take_above(rows: Sequence[Row], reading: _Reading, unit: float) -> None:
    """Organ lines that begin above the motto: left of the gutter, one under the other."""
    top = min(word.y0 for word in (*reading.left, *reading.right))
    for row in reversed(rows):
        if row.x1 > reading.gutter or top - row.y1 > 1.5 * unit or not _worded(row):
            return
        reading.left.extend(row.words)
        top = row.y0


def _take(row: Row, following: Sequence[Row], reading: _Reading, width: float, unit: float) -> bool:
    """Add ``row`` to the head; False when the head ended above it."""
    phrases = form_phrases()
    if row.y0 - reading.bottom > WIDEST_LEADING * unit:
        return False
    if starts_with(row.text, phrases.addressees) or key(row.text) in phrases.kinds:
        return False
    left, right = _sides(row, reading, width, unit)
    if left is None:
        return False
    if right and _worded(Row(tuple(right))) and not phrase_span(right, phrases.motto):
        text = Row(tuple(right))
        if reading.dated:
            ended = text.confidence >= 0.5
        else:
            reading.dated = _is_date_line(text.text)
            # A seal or handwriting over them pushes words of the motto or the date up and down.
            ended = not reading.dated and not _goes_on(following, reading, width, unit)
        if ended:
            return False
    if left:
        part = Row(tuple(left))
        if starts_with(part.text, phrases.addressees) or part.centre > reading.gutter - 0.03 * width:
            return False
    reading.left.extend(left)
    reading.right.extend(right)
    reading.bottom = max(reading.bottom, row.y1)
    return True


def _goes_on(following: Sequence[Row], reading: _Reading, width: float, unit: float) -> bool:
    """True when the motto or the date still comes in the right column."""
    for row in following:
        _, right = _sides(row, reading, width, unit)
        if phrase_span(right, form_phrases().motto) or _is_date_line(" ".join(word.text for word in right)):
            return True
    return False


def _sides(row: Row, reading: _Reading, width: float, unit: float) -> tuple[list[RawWord] | None, list[RawWord]]:
    """The row's words left and right of the gutter; None for the left when the row runs across."""
    play = GUTTER_PLAY * width
    words = list(row.words)
    motto = phrase_span(words, form_phrases().motto)
    if motto:
        return words[: motto[0]], words[motto[0] :]
    gap = widest_gap(row, reading.gutter - play, reading.gutter + play, LEAST_GAP * unit)
    if gap is not None:
        left, right = split_at(words, gap)
        beside = starts_with(" ".join(word.text for word in right), form_phrases().addressees)  # of a stamp's row
        # lost words leave gaps inside a column too
        return (words, []) if row.x1 < reading.gutter + LEFT_END * width and not beside else (left, right)
    if row.x1 < reading.gutter + play and row.centre < reading.gutter:
        return words, []
    if row.x0 > reading.gutter - play and row.centre > reading.gutter:
        return [], words
    return None, []


def _is_date_line(text: str) -> bool:
    """True for ``Suối Hoa, ngày 31 tháng 5 năm 2019``, with handwriting or dots for the numbers too."""
    tokens = key(text).split()
    exact = sum(any(part in token for token in tokens) for part in DATE_WORDS)
    near = sum(any(fuzz.ratio(token, part) > 65.0 for token in tokens) for part in DATE_WORDS)
    return (exact > 1 or (exact == 1 and near > 1)) and len(tokens) <= 14


def _worded(row: Row) -> bool:
    """False for specks and rules read as text."""
    return sum(c.isalpha() for c in row.text) >= 3
