"""Pages that hold tables: lines with the cells that the layout would give them, or words set in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.record import Table
from extract.tables import read_tables
from extract.tokens import tokens_from_document, tokens_from_text
from ocr.tree import Box, Cell, Document, Line, Page, Role, TextFrom, Word

WIDTH, HEIGHT = 595.0, 842.0
LETTER = 6.0
PITCH = 24.0


def placed(text: str, x: float, y: float, role: Role) -> Line:
    """One line of letters 6 points wide and 12 high."""
    words = []
    for word in text.split():
        words.append(Word(word, Box(x, y, x + LETTER * len(word), y + 12), 0.95))
        x += LETTER * (len(word) + 1)
    return Line(tuple(words), role)


def ruled(
    rows: Sequence[dict[int, str]], xs: Sequence[float], y: float = 200, *, table: int = 0, wide: Sequence[int] = ()
) -> list[Line]:
    """Lines of a ruled table: ``rows`` have texts by column, those of ``wide`` rows in the middle of all columns."""
    lines = []
    for number, row in enumerate(rows):
        for column, text in row.items():
            if number in wide:
                middle = (xs[0] + WIDTH - 40) / 2
                line = placed(text, middle - LETTER * len(text) / 2, y + PITCH * number, Role.TABLE)
            else:
                line = placed(text, xs[column], y + PITCH * number, Role.TABLE)
            lines.append(replace(line, cell=Cell(table, number, column)))
    return lines


def body(text: str, y: float, x: float = 60) -> Line:
    return placed(text, x, y, Role.BODY)


def page_of(*lines: Line, number: int = 1) -> Page:
    return Page(number, WIDTH, HEIGHT, tuple(lines), TextFrom.IMAGE)


def tables_of(*pages: Page) -> list[Table]:
    return read_tables(tokens_from_document(Document("scan", pages)))


def tables_of_text(text: str) -> list[Table]:
    return read_tables(tokens_from_text(text))


def texts(table: Table, kind: str = "data") -> list[dict[int, str]]:
    """Texts by column of the rows of one kind."""
    return [{cell.column: cell.text for cell in row.cells} for row in table.rows if row.kind == kind]


def page_number(number: int) -> Line:
    return placed(str(number), WIDTH / 2, 40, Role.PAGE_NUMBER)
