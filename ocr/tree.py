"""What reading a file yields: a document of pages of lines of words, each with its box.

Boxes are in PDF points (1/72 inch), origin top left of the page *as displayed* (after /Rotate, UserUnit and CropBox),
y downwards, so that a box drawn on the rendered page lies on the word. Pages count from 1. Text is NFC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from operator import mul

__all__ = ["Box", "Cell", "DigitalSignature", "Document", "Ink", "Line", "Page", "Role", "TextFrom", "Word"]


class Ink(StrEnum):
    """Colour family of a word's strokes."""

    BLACK = "black"
    RED = "red"
    BLUE = "blue"


class TextFrom(StrEnum):
    """Where a page's words come from."""

    IMAGE = "image"
    LAYER = "layer"
    NONE = "none"


class Role(StrEnum):
    """What a line is on its page (boxes as NĐ 30/2020/NĐ-CP, annex I, numbers them)."""

    HEAD_LEFT = "head_left"  # boxes 2, 3, 5b: organs, number, V/v
    HEAD_RIGHT = "head_right"  # boxes 1, 4: quốc hiệu, tiêu ngữ, place and date
    BODY = "body"
    TABLE = "table"
    FOOT_LEFT = "foot_left"  # box 9b: Nơi nhận; in minutes the left signature
    FOOT_RIGHT = "foot_right"  # boxes 7a-7c: authority, title, name
    PAGE_NUMBER = "page_number"
    INCOMING_STAMP = "incoming_stamp"  # ĐẾN
    SIGNATURE_BOX = "signature_box"  # printed overlay of a digital signature, box 14 too
    COPY_BLOCK = "copy_block"  # SAO Y / SAO LỤC / TRÍCH SAO with its own number, date, signer
    STAMP = "stamp"  # other text in seal ink: name stamps, MẬT, KHẨN, round seals

    @property
    def is_stamp(self) -> bool:
        """True for what was put on the paper after printing; ``text.txt`` shows it after the body."""
        return self is Role.INCOMING_STAMP or self is Role.STAMP


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, origin top left; never inside out."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        if not (self.x0 <= self.x1 and self.y0 <= self.y1):
            raise ValueError(f"box inside out: {self.x0}, {self.y0}, {self.x1}, {self.y1}")

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of ``boxes``; ValueError when there are none."""
        all_boxes = list(boxes)
        if not all_boxes:
            raise ValueError("no boxes to put a box around")
        return cls(
            min([b.x0 for b in all_boxes]),
            min([b.y0 for b in all_boxes]),
            max([b.x1 for b in all_boxes]),
            max([b.y1 for b in all_boxes]),
        )

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def intersection_area(self, other: Box) -> float:
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.y1, other.y1) - max(self.y0, other.y0)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def scaled(self, factor: float) -> Box:
        return Box(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def turned(self, degrees: int, width: float, height: float) -> Box:
        """This box after the page of ``width`` x ``height`` is turned clockwise by 0, 90, 180 or 270 degrees."""
        match degrees % 360:
            case 0:
                return self
            case 90:
                return Box(height - self.y1, self.x0, height - self.y0, self.x1)
            case 180:
                return Box(width - self.x1, height - self.y1, width - self.x0, height - self.y0)
            case 270:
                return Box(self.y0, width - self.x1, self.y1, width - self.x0)
        raise ValueError(f"pages turn by quarters, not by {degrees} degrees")

    def as_list(self) -> list[float]:
        """``[x0, y0, x1, y1]`` rounded to hundredths of a point, as JSON wants it."""
        return [round(self.x0, 2), round(self.y0, 2), round(self.x1, 2), round(self.y1, 2)]


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word: no white space inside, ``confidence`` in 0..1."""

    text: str
    box: Box
    confidence: float
    ink: Ink = Ink.BLACK
    engine: str = ""

    def __post_init__(self) -> None:
        if not self.text or self.text.split() != [self.text]:
            raise ValueError("a word has text and no white space")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not in 0..1")


@dataclass(frozen=True, slots=True)
class Cell:
    """Place of a line in a table: all count from 0; a merged cell has the place of its top left part, and its size."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line of one column, left to right."""

    words: tuple[Word, ...]
    role: Role = Role.BODY
    cell: Cell | None = None

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a line has words")

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @property
    def box(self) -> Box:
        return Box.around(word.box for word in self.words)


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """One signature found in the PDF's own structure, not read from its picture. Unverified: sohoa checks no chain."""

    signer: str | None
    organ: str | None
    time: datetime | None
    email: str | None = None
    page: int | None = None  # of the visible widget, if any
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading order.

    Attributes:
        number: From 1.
        width: Displayed width in points.
        height: Displayed height in points.
        lines: Reading order: signature boxes, left head, right head, body and tables, left foot, right foot, stamps,
            page numbers.
        text_from: Where the words come from.
        orientation: Clockwise turn (0, 90, 180, 270) that sets the displayed page upright.
        skew: Degrees by which the image was turned counter-clockwise before reading, after ``orientation``.
        vietnamese: 0..1, how much of the text looks like Vietnamese (see ``normalize.diagnose``).
        warnings: Short codes with detail after a colon, such as ``low_resolution: 120 dpi``; no document content.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    text_from: TextFrom = TextFrom.NONE
    orientation: int = 0
    skew: float = 0.0
    vietnamese: float = 0.0
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> Iterator[Word]:
        for line in self.lines:
            yield from line.words

    @property
    def mean_confidence(self) -> float:
        """Mean over letters, 0 for an empty page."""
        words = [word for line in self.lines for word in line.words]
        sizes = [len(word.text) for word in words]
        total = sum(sizes)
        return sum(map(mul, sizes, [word.confidence for word in words])) / total if total else 0.0

    @property
    def text(self) -> str:
        """Lines in reading order; cells of one table row joined by a tab; stamps last, after an empty line."""
        printed = [line for line in self.lines if not line.role.is_stamp and line.role is not Role.PAGE_NUMBER]
        stamped = [line for line in self.lines if line.role.is_stamp]
        body = _join_rows(printed)
        return body + ("\n\n" if body and stamped else "") + _join_rows(stamped)

    def upright(self, box: Box) -> Box:
        """``box`` in the coordinates of the page once it is turned upright by ``orientation``."""
        return box.turned(self.orientation, self.width, self.height)


def _join_rows(lines: list[Line]) -> str:
    if not lines:
        return ""
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        same_row = (
            before.cell is not None
            and line.cell is not None
            and (before.cell.table, before.cell.row) == (line.cell.table, line.cell.row)
        )
        same_cell = same_row and before.cell == line.cell
        parts.append((" " if same_cell else "\t" if same_row else "\n") + line.text)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read. ``name`` is for display only; files are found by path and hash elsewhere.

    ``pages`` of a long one may lie on disk: go through them in their order, and keep none.
    """

    name: str
    pages: Sequence[Page]
    signatures: tuple[DigitalSignature, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All pages, a form feed between them."""
        return "\f".join(page.text for page in self.pages)
