"""What was put on a page after its text was set: signature boxes, stamps, page numbers, copy blocks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import regex
from rapidfuzz import fuzz

from ocr.engine import RawWord
from ocr.phrases import caps_share, form_phrases, key, starts_with
from ocr.rows import Row, group, typical_height, without
from ocr.rules import Grid
from ocr.tree import Ink

__all__ = [
    "copy_block_top",
    "page_numbers",
    "split_incoming_stamp",
    "split_red",
    "split_signature_boxes",
]

# dd/mm/yyyy hh:mm:ss or ISO 8601, as every signing program prints it; OCR takes the colons for dots.
_SIGNING_TIME = regex.compile(r"\d{1,2}[:.]\d{2}[:.]\d{2}\s*(?:[+-]\d{2}[:.]?\d{2})?|\+\s?07[:.]\s?00")
_PAGE_NUMBER = regex.compile(r"(?:trang|page)?\s*[-–—.|]?\s*\d{1,4}\s*(?:[/|]\s*\d{1,4})?\s*[-–—.|]?", regex.IGNORECASE)
# An incoming stamp is 35 x 50 mm by annex IV.V; those of practice are up to 70 mm wide.
STAMP_WIDTH_MM = 72.0
STAMP_HEIGHT_MM = 55.0
MOST_STAMP_CELLS = 8
LOWEST_STAMP = 0.5  # share of the page's height
# Số: 1360/QĐ-TTg is a document's own number; a stamp's is bare.
_DOCUMENT_NUMBER = regex.compile(r"/\s?\p{L}+")
# A running number stands in the margin: within this share of the page's height from its edge.
MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class _Area:
    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, rows: Iterable[Row]) -> _Area:
        rows = list(rows)
        return cls(min(r.x0 for r in rows), min(r.y0 for r in rows), max(r.x1 for r in rows), max(r.y1 for r in rows))

    def holds(self, row: Row) -> bool:
        return self.x0 <= row.centre <= self.x1 and self.y0 <= row.middle <= self.y1


def split_red(words: Sequence[RawWord]) -> tuple[list[RawWord], list[RawWord]]:
    """Words in seal ink, and the others."""
    red = [word for word in words if word.ink is Ink.RED]
    return red, without(words, red)


def split_signature_boxes(
    words: Sequence[RawWord], width: float, height: float, unit: float
) -> tuple[list[list[RawWord]], list[RawWord]]:
    """Printed overlays of digital signatures (``Người ký: ...``, ``SAO Y ... 10:56:22 +07:00``), and the other words.

    A box is known by its labels: two of them, one of which names a signer or a time of signing; or by one of those or
    the form of a copy at the page's top right, where annex I puts the signature of a copying organ (box 14).
    """
    rows = group(words, 1.5 * unit, unit)
    phrases = form_phrases()
    strong = [row for row in rows if _labelled(row, phrases.box_strong) or _is_signing_time(row.text)]
    weak = [row for row in rows if _labelled(row, phrases.box_weak)]
    copies = [row for row in rows if row.y0 < 0.15 * height and row.centre > 0.5 * width and _names_copy(row)]
    boxes: list[list[RawWord]] = []
    seen: set[int] = set()
    for first in (*strong, *copies):
        if id(first) in seen:
            continue
        at_top_right = first.y0 < 0.15 * height and first.centre > 0.5 * width
        labelled = [row for row in (*strong, *weak) if row is first or _beside(row, first, 5 * unit)]
        if len(labelled) < 2 and not at_top_right:
            continue
        members = _grown(labelled or [first], [row for row in rows if id(row) not in seen])
        seen.update(id(row) for row in members)
        boxes.append([word for row in members for word in row.words])
    return boxes, without(words, (word for box in boxes for word in box))


def _labelled(row: Row, labels: Sequence[str]) -> bool:
    """True for ``Người ký: ...``: running text begins with such words too, but goes on without a colon."""
    return starts_with(row.text, labels, 85.0) and (":" in row.text[:22] or len(row.words) <= 3)


def _is_signing_time(text: str) -> bool:
    return _SIGNING_TIME.search(text) is not None


def _names_copy(row: Row) -> bool:
    """True for ``SAO Y`` alone or with more of the box on its line; small print is often misread, ``SAOV``."""
    squeezed = key(row.text).replace(" ", "")
    return caps_share(row.words[0].text) == 1.0 and any(
        fuzz.ratio(squeezed[: len(form)], form) >= 75.0
        for form in (phrase.replace(" ", "") for phrase in form_phrases().copies)
    )


def _beside(row: Row, other: Row, reach: float) -> bool:
    """True when the two overlap in x and stand within ``reach`` pixels of each other in y."""
    return abs(row.middle - other.middle) < reach and min(row.x1, other.x1) > max(row.x0, other.x0)


def _grown(labelled: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """The labelled rows with those between and next to them in letters of the same size."""
    size = median(_letter_height(row) for row in labelled)
    members = list(labelled)
    grew = True
    while grew:
        grew = False
        for row in rows:
            if any(row is member for member in members) or not 0.5 * size <= _letter_height(row) <= 1.25 * size:
                continue
            if any(_beside(row, member, 1.9 * size) for member in members):
                members.append(row)
                grew = True
    return members


def _letter_height(row: Row) -> float:
    return typical_height(row.words)


def split_incoming_stamp(
    words: Sequence[RawWord], grids: Sequence[Grid], height: float, dpi: int, unit: float
) -> tuple[list[RawWord], list[RawWord]]:
    """Words of an incoming stamp (ĐẾN: Số, Ngày, Giờ ...), and the others.

    Args:
        words: Of one ink, or all.
        grids: Frames and tables of the page: most incoming stamps are framed.
        height: Of the page, in pixels.
        dpi: Of those pixels.
        unit: Typical height of a word.
    """
    mm = dpi / 25.4
    rows = group(words, 1.5 * unit, unit)
    for grid in grids:
        fits = grid.x1 - grid.x0 < STAMP_WIDTH_MM * mm and grid.y1 - grid.y0 < STAMP_HEIGHT_MM * mm
        if fits and len(grid.cells) <= MOST_STAMP_CELLS and grid.y1 < LOWEST_STAMP * height:
            inside = [row for row in rows if grid.holds(row.centre, row.middle)]
            if _names_arrival(inside):
                stamp = [word for row in inside for word in row.words]
                return stamp, without(words, stamp)
    for row in rows:
        anchor = next((w for w in row.words if _is_incoming_word(w)), None)
        named = starts_with(row.text, form_phrases().incoming_long) and caps_share(row.text) > 0.7
        if row.y1 > LOWEST_STAMP * height or (anchor is None and not named):
            continue
        members = _unframed_stamp(rows, row, anchor or row.words[0], mm)
        if members:
            stamp = [word for member in members for word in member.words]
            return stamp, without(words, stamp)
    return [], list(words)


def _names_arrival(rows: Sequence[Row]) -> bool:
    """True when a frame says ĐẾN, or two of an incoming stamp's labels wherever they stand in their rows."""
    labels = form_phrases().incoming_labels
    found = sum(starts_with(word.text, labels) for row in rows for word in row.words)
    return found > 1 or any(_is_incoming_word(word) for row in rows for word in row.words)


def _is_incoming_word(word: RawWord) -> bool:
    return key(word.text).startswith(form_phrases().incoming) and len(word.text) <= 5 and caps_share(word.text) == 1.0


def _unframed_stamp(rows: Sequence[Row], named: Row, origin: RawWord, mm: float) -> list[Row]:
    """Rows of the stamp that ``origin`` (ĐẾN) belongs to; none when no label stands near it."""
    area = _Area(
        origin.x0 - 8 * mm,
        origin.y0 - 12 * mm,
        origin.x0 + 0.8 * STAMP_WIDTH_MM * mm,
        origin.y1 + 0.7 * STAMP_HEIGHT_MM * mm,
    )
    near = [row for row in rows if area.holds(row) and row.x1 < origin.x0 + STAMP_WIDTH_MM * mm]
    labels = [
        row
        for row in near
        if row.y1 > origin.y0 - origin.height
        and not _DOCUMENT_NUMBER.search(row.text)
        and starts_with(
            Row(tuple(w for w in row.words if w is not origin) or row.words).text, form_phrases().incoming_labels
        )
    ]
    if not labels:
        return _name_alone(near, named, origin)
    sure = _Area.around([*labels, named])
    high = origin.height
    grown = _Area(sure.x0 - high, sure.y0 - 1.5 * high, sure.x1 + 3 * high, sure.y1 + 0.3 * high)
    return [
        row
        for row in near
        if row is named
        or any(row is label for label in labels)
        or (grown.holds(row) and row.y1 <= grown.y1 and not _DOCUMENT_NUMBER.search(row.text))
    ]


def _name_alone(near: Sequence[Row], named: Row, origin: RawWord) -> list[Row]:
    """A stamp of which only ĐẾN was read, in a row of its own, with the organ in capitals right above it."""
    if len(named.words) > 1 or not _is_incoming_word(origin):
        return []
    members, top = [named], named.y0
    for row in sorted((row for row in near if row.y1 <= named.middle), key=lambda row: -row.y1):
        beside = abs(row.x0 - origin.x0) < 2 * origin.height and caps_share(row.text) > 0.7
        if not beside or top - row.y1 > 1.2 * origin.height or _DOCUMENT_NUMBER.search(row.text):
            break
        members.append(row)
        top = row.y0
    return members


def page_numbers(rows: Sequence[Row], width: float, height: float, *, first_page: bool = False) -> list[Row]:
    """Running numbers: a number alone on the first row, in the top margin, or on the last, in the bottom margin.

    A number that was misread (``lì`` for 4) is still known by standing alone in the middle of the top margin, but not
    on a document's first page, which shows no number there (annex I).

    Args:
        rows: Of the page, outside heads and tables, top to bottom.
        width: Of the page, in pixels.
        height: Of the page, in pixels.
        first_page: True where a document begins.
    """
    found: list[Row] = []
    lettered = [row for row in rows if any(c.isalnum() for c in row.text)]
    for row in (*lettered[:1], *lettered[1:][-1:]):
        text = " ".join(word.text for word in row.words if any(c.isalnum() for c in word.text))
        in_margin = row.y1 < MARGIN * height or row.y0 > (1 - MARGIN) * height
        if in_margin and _PAGE_NUMBER.fullmatch(text):
            found.append(row)
    if not found and not first_page:
        alone = [row for row in rows[:1] if len(row.words) == 1 and len(row.text) < 3 and row.y1 < MARGIN * height]
        found.extend(row for row in alone if abs(row.centre - width / 2) < 0.06 * width)
    return found


def copy_block_top(words: Sequence[RawWord], height: float, unit: float) -> float | None:
    """Where a copy's own block (SAO Y, SAO LỤC, TRÍCH SAO) begins below the text, or None.

    The form stands level with the copying organ's name, which may begin a row higher.
    """
    rows = group(words, math.inf, unit)
    phrases = form_phrases()
    for index, row in enumerate(rows):
        parts = group(row.words, 2 * unit, unit)
        forms = [p for p in parts if key(p.text) in phrases.copies and caps_share(p.text) > 0.8]
        if not forms or row.y0 < 0.3 * height:
            continue
        top = row.y0
        for above in reversed(rows[:index]):
            if top - above.y1 > unit or above.x1 > forms[0].x0 or caps_share(above.text) < 0.7:
                break
            top = above.y0
        return top
    return None
