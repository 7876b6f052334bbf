"""The workbooks that outputs are written into: sheets with title and head, print setup, text cells, links."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from corpus.catalogue import safe_cell

__all__ = ["Book", "Columns", "cell_text", "workbook"]

Columns = Sequence[tuple[str, float]]
"""Heads with their widths, in characters as Excel counts them."""

_MOST_LINKS: Final = 60_000  # Excel allows 65,530 a sheet
_MOTTO: Final = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_BLANK: Final = "…" * 14  # the office's names are its own to write
_LINE_POINTS: Final = 14.5
_LETTER: Final = 0.8  # width of a letter with room for the ragged ends of lines, in widths of a figure
_MOST_POINTS: Final = 409.0  # Excel's limit
# The same rows give the same bytes, so that re-runs find nothing new.
_CREATED: Final = datetime(2026, 1, 1)  # noqa: DTZ001  the format knows no zones
_FONT: Final = {"font_name": "Times New Roman", "font_size": 11}


@contextmanager
def workbook() -> Iterator[tuple[Book, io.BytesIO]]:
    """A new workbook and where its bytes are after leaving."""
    data = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(data, options) as made:
        made.set_properties({"created": _CREATED})
        yield Book(made), data


@dataclass(slots=True)
class Book:
    """The workbook and its formats."""

    workbook: Any
    formats: dict[str, Any]

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        cell = _FONT | {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1}
        number = _FONT | {"valign": "top", "border": 1, "align": "center"}
        made = {
            "title": _FONT | {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"},
            "motto": _FONT | {"bold": True, "font_size": 12, "align": "center"},
            "under": _FONT | {"italic": True, "align": "center", "valign": "vcenter"},
            "head": cell | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7E6E6"},
            "section": cell | {"bold": True, "bg_color": "#F2F2F2"},
            "cell": cell,
            "centre": cell | {"align": "center"},
            "link": cell | {"align": "center", "font_color": "#0563C1", "underline": 1},
            "number": number | {"num_format": "0"},
            "figure": number | {"num_format": "#,##0.##"},
            "sum": _FONT | {"bold": True},
        }
        self.formats = {name: workbook.add_format(properties) for name, properties in made.items()}

    def sheet(
        self, name: str, title: str, notes: Sequence[str], columns: Columns, *, motto: bool = False
    ) -> tuple[Any, int]:
        """A sheet with title, notes and a head that stays in sight and is printed on every page; its first free row."""
        sheet = self.workbook.add_worksheet(name)
        last, top = len(columns) - 1, len(_MOTTO) if motto else 0
        for row, words in enumerate(_MOTTO if motto else ()):
            sheet.merge_range(row, 0, row, 3, _BLANK, self.formats["motto"])
            sheet.merge_range(row, last - 6, row, last, words, self.formats["motto"])
        sheet.merge_range(top, 0, top, last, "", self.formats["title"])
        sheet.write_string(top, 0, title, self.formats["title"])
        sheet.set_row(top, 24)
        for row, note in enumerate(notes, top + 1):
            sheet.merge_range(row, 0, row, last, "", self.formats["under"])
            sheet.write_string(row, 0, safe_cell(note), self.formats["under"])
        head = top + len(notes) + 1
        for column, (words, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(head, column, words, self.formats["head"])
        sheet.set_row(head, 32)
        sheet.freeze_panes(head + 1, 2)
        sheet.repeat_rows(head)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer('&C&"Times New Roman"&11Trang &P/&N')
        return sheet, head + 1

    def write(self, sheet: Any, row: int, texts: Sequence[str], columns: Columns) -> None:
        """A row of text cells, the first centred, as high as its longest cell."""
        sheet.set_row(row, _height(texts, columns))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, cell_text(text), self.formats["cell" if column else "centre"])

    def link(self, sheet: Any, row: int, column: int, target: str, words: str) -> None:
        """A link to a file of the output folder; its plain name where Excel's limit is reached."""
        if target and row < _MOST_LINKS:
            sheet.write_url(row, column, f"external:{_as_url(target)}", self.formats["link"], words)
        else:
            sheet.write_string(row, column, "" if not target else cell_text(target), self.formats["cell"])


def _height(texts: Sequence[str], columns: Columns) -> float:
    """Height of a row in points: Excel fits rows to wrapped text by itself, other programs do not."""
    lines = 1
    for text, (_, width) in zip(texts, columns, strict=False):
        lines = max(lines, sum(max(1, math.ceil(len(line) * _LETTER / width)) for line in text.split("\n")))
    return min(_MOST_POINTS, lines * _LINE_POINTS + 2)


def _as_url(path: str) -> str:
    """A relative path as Excel takes it in a link: letters with marks stay, what means something in a URL does not."""
    for sign, escape in (("%", "%25"), ("#", "%23"), ("?", "%3F"), (" ", "%20")):
        path = path.replace(sign, escape)
    return path


def cell_text(text: str) -> str:
    """As :func:`corpus.catalogue.safe_cell`, line by line."""
    return "\n".join(filter(None, map(safe_cell, text.split("\n"))))
