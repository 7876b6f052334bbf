"""The list of documents (mục lục văn bản) of an output folder, as .xlsx and .csv.

Columns of annex V to Nghị định 30/2020/NĐ-CP ("Mục lục văn bản, tài liệu"), then what a digitisation needs: file,
pages, what needs a look. Everything is text: ``05`` keeps its zero, dates stay as written here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import regex
import xlsxwriter

from corpus.attention import what_needs_a_look
from corpus.failure_kinds import failure_kind
from corpus.ledger import Entry, State
from corpus.store import write_whole
from extract.record import Reading, Record
from normalize.natural_order import natural_key

__all__ = [
    "CSV",
    "XLSX",
    "CatalogueRow",
    "Listing",
    "catalogue_rows",
    "listing_of",
    "safe_cell",
    "value_of",
    "write_catalogue",
]

XLSX = "muc-luc-van-ban.xlsx"
CSV = "muc-luc-van-ban.csv"

_HEADINGS = (
    "STT",
    "Số, ký hiệu văn bản",
    "Ngày tháng năm văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Tác giả văn bản",
    "Tờ số/Trang số",
    "Ghi chú",
    "Tệp",
    "Số trang",
    "Cần xem lại",
)
_WIDTHS = (6, 20, 14, 60, 32, 10, 24, 40, 9, 48)  # characters, as Excel counts them

_LONGEST_CELL = 32_767  # Excel cuts longer ones without a word
_UNPRINTABLE = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What a spreadsheet takes for the beginning of a formula, full-width forms too (OWASP, CSV injection; CWE-1236).
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list says of a document by its record alone."""

    code: str
    date: str
    subject: str
    author: str
    note: str
    pages: str
    look: str


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One document, ready to be shown; texts are raw, :func:`safe_cell` makes them cells.

    ``sheets`` (tờ số/trang số: where the paper lies in its file) stays empty: it cannot be read from one document.
    """

    code: str
    date: str
    subject: str
    author: str
    sheets: str
    note: str
    file: str
    pages: str
    look: str


def listing_of(record: Record) -> Listing:
    """What the list says of a document."""
    document = record.document
    return Listing(
        code=value_of(document.code) or value_of(document.number),
        date=_vietnamese_date(value_of(document.issue_date)),
        subject=" ".join(filter(None, [value_of(document.type), value_of(document.subject)])),
        author=value_of(document.issuer),
        note="; ".join(filter(None, [value_of(document.secrecy), value_of(document.urgency)])),
        pages=str(record.source.pages),
        look="; ".join(concern.vietnamese for concern in what_needs_a_look(record)),
    )


def catalogue_rows(entries: Iterable[Entry], listings: Mapping[str, Listing]) -> Iterator[CatalogueRow]:
    """A row for every document of the ledger; files that are no documents have none.

    Args:
        entries: Of the ledger.
        listings: By result folder.
    """
    for entry in sorted(entries, key=lambda entry: natural_key(entry.path)):
        match entry.state:
            case State.DONE if listing := listings.get(entry.folder or ""):
                yield _done_row(entry, listing)
            case State.DONE:
                yield _bare_row(entry, look="Mất kết quả: chạy lại")
            case State.FAILED:
                yield _bare_row(entry, look=f"{failure_kind(entry.error_code).name}: không đọc được")
            case State.HELD:
                yield _bare_row(entry, look="Văn bản có dấu độ mật: đang giữ lại, chưa xử lý")


def _done_row(entry: Entry, listing: Listing) -> CatalogueRow:
    notes = [
        listing.note,
        f"Trùng với {entry.duplicate_of}" if entry.duplicate_of else "",
        f"Cùng nội dung với {entry.near_duplicate_of}" if entry.near_duplicate_of else "",
    ]
    return CatalogueRow(
        code=listing.code,
        date=listing.date,
        subject=listing.subject,
        author=listing.author,
        sheets="",
        note="; ".join(filter(None, notes)),
        file=entry.path,
        pages=listing.pages,
        look=listing.look,
    )


def _bare_row(entry: Entry, look: str) -> CatalogueRow:
    return CatalogueRow("", "", "", "", "", "", entry.path, "" if entry.pages is None else str(entry.pages), look)


def value_of(reading: Reading | None) -> str:
    """What a list shows of a field: the person's value where one was given, else what was read; empty for none."""
    if reading is None:
        return ""
    value: Any = reading.checked.value if reading.checked else reading.value
    return "" if value is None else str(value)


def _vietnamese_date(iso: str) -> str:
    """31/05/2019 from 2019-05-31, 05/2019 from 2019-05; anything else as it is."""
    whole = regex.fullmatch(r"\d{4}(-\d\d){0,2}", iso) is not None
    return "/".join(reversed(iso.split("-"))) if whole else iso


def safe_cell(text: str) -> str:
    """``text`` as a spreadsheet may have it: one line, printable, no formula, not cut by Excel."""
    printable = _UNPRINTABLE.sub("", " ".join(text.split()))
    line = " ".join(printable.split())
    if line.startswith(_FORMULA):
        line = "'" + line
    return line if len(line) <= _LONGEST_CELL else line[: _LONGEST_CELL - 1] + "…"


def write_catalogue(out: Path, rows: Sequence[CatalogueRow]) -> None:
    """Write ``muc-luc-van-ban.xlsx`` and ``.csv`` into ``out``, each whole or not at all.

    Raises:
        OutputError: They cannot be written (open in Excel on Windows, disk full).
    """
    table = [
        (str(number), *(safe_cell(getattr(row, field.name)) for field in fields(row)))
        for number, row in enumerate(rows, 1)
    ]
    write_whole(out / XLSX, _as_xlsx(table))
    write_whole(out / CSV, _as_csv(table))


def _as_csv(table: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADINGS)
    writer.writerows(table)
    return text.getvalue().encode("utf-8-sig")  # without the mark Excel takes it for the system's code page


def _as_xlsx(table: Sequence[Sequence[str]]) -> bytes:
    data = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(data, options) as workbook:
        sheet = workbook.add_worksheet("Mục lục văn bản")
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
        # num_format "@" is Excel's text: a number typed over the cell later keeps its zeros too.
        cell = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        for column, (name, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, heading)
        for number, row in enumerate(table, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, cell)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return data.getvalue()
