"""Pages of placed lines, as the layout would hand them over: letters 6 points wide and 12 high."""

from __future__ import annotations

from collections.abc import Mapping

from extract.read_record import extract_document
from extract.record import DocumentFields, Source
from ocr.tree import Box, Document, Ink, Line, Page, Role, TextFrom, Word

WIDTH, HEIGHT = 595.0, 842.0
LETTER = 6.0

HEAD = (
    ("UBND TỈNH LÂM KHÊ", 60, 50, Role.HEAD_LEFT),
    ("SỞ NỘI VỤ", 80, 66, Role.HEAD_LEFT),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT),
)


def placed(
    text: str,
    x: float,
    y: float,
    role: Role,
    *,
    ink: Ink = Ink.BLACK,
    confidence: float = 0.95,
    doubtful: Mapping[str, float] | None = None,
) -> Line:
    """One line from ``x``, ``y`` on; ``doubtful`` gives single words another confidence."""
    words = []
    for word in text.split():
        sure = (doubtful or {}).get(word, confidence)
        words.append(Word(word, Box(x, y, x + LETTER * len(word), y + 12), sure, ink, "test"))
        x += LETTER * (len(word) + 1)
    return Line(tuple(words), role)


def centred(
    text: str, y: float, *, centre: float = WIDTH / 2, role: Role = Role.BODY, confidence: float = 0.95
) -> Line:
    """One line centred on ``centre``."""
    return placed(text, centre - LETTER * len(text) / 2, y, role, confidence=confidence)


def head() -> list[Line]:
    """Organs and motto of a department of an invented province."""
    return [placed(*line) for line in HEAD]


def fields_of(*lines: Line, orientation: int = 0, skew: float = 0.0) -> DocumentFields:
    """Fields of a document of one page."""
    width, height = (HEIGHT, WIDTH) if orientation % 180 else (WIDTH, HEIGHT)
    page = Page(1, width, height, tuple(lines), TextFrom.IMAGE, orientation=orientation, skew=skew)
    document = Document("scan", (page,))
    return extract_document(document, Source(name="scan.pdf", pages=1)).document
