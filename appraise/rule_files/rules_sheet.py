"""rules.xlsx: the rules in Vietnamese for people to confirm, written through XlsxWriter.

Every text is written as a string, so that none is run as a formula or followed as a link. The rules themselves lie in
a hidden sheet as well: what a person fills in is read back against them (rules_sheet_read.py).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any, Final

import xlsxwriter

from appraise.rule_files.rules_layout import ANSWER, BY, CONFIRMED, ON, Block, Column, Sheet, sheets_of
from appraise.rules import Question, RuleBook

__all__ = ["HEAD_ROW", "HIDDEN_SHEET", "rules_as_sheet"]

HIDDEN_SHEET: Final = "sohoa"
HEAD_ROW: Final = 3  # counted from 0: title, how to fill in, an empty row stand above
_CHUNK = 30_000  # characters; a cell holds 32,767
_LINE = 13.0  # points, 10 pt letters
_TALLEST = 400.0  # points; Excel allows 409
_FONT = {"font_name": "Times New Roman", "font_size": 10, "valign": "top", "text_wrap": True}
_A4 = 9


@dataclass(frozen=True, slots=True)
class _Formats:
    """The looks of cells."""

    title: Any
    note: Any
    head: Any
    open_head: Any
    cell: Any
    open: Any
    date: Any


def rules_as_sheet(book: RuleBook) -> bytes:
    """The workbook; the same rules give the same bytes, so that a file that people changed can be told."""
    out = BytesIO()
    workbook = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    workbook.set_properties({"title": "Bảng tiêu chuẩn khen thưởng", "created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)})
    formats = _formats(workbook)
    for sheet in sheets_of(book):
        _write(workbook.add_worksheet(sheet.name), sheet, formats, _title(book))
    hidden = workbook.add_worksheet(HIDDEN_SHEET)
    text = book.model_dump_json(by_alias=True)
    for row, start in enumerate(range(0, len(text), _CHUNK)):
        hidden.write_string(row, 0, text[start : start + _CHUNK])
    hidden.very_hidden()
    workbook.close()
    return out.getvalue()


def _formats(workbook: Any) -> _Formats:
    head = {**_FONT, "bold": True, "border": 1, "align": "center", "valign": "vcenter"}
    open_cell = {**_FONT, "border": 1, "bg_color": "#FFF8E1"}
    return _Formats(
        title=workbook.add_format({"font_name": "Times New Roman", "font_size": 13, "bold": True}),
        note=workbook.add_format({"font_name": "Times New Roman", "font_size": 10, "italic": True}),
        head=workbook.add_format({**head, "bg_color": "#DCE6F1"}),
        open_head=workbook.add_format({**head, "bg_color": "#FFE082"}),
        cell=workbook.add_format({**_FONT, "border": 1}),
        open=workbook.add_format(open_cell),
        date=workbook.add_format({**open_cell, "num_format": "dd/mm/yyyy"}),
    )


def _title(book: RuleBook) -> str:
    said = {key: str(field.value) for key, field in book.guideline.items() if field.value}
    date = said.get("date", "")
    day = ".".join(reversed(date.split("-"))) if date else ""
    head = f"{said.get('type', 'Văn bản')} {said.get('code', '')} {day}".strip()
    return f"{' '.join(head.split())}: {said['subject']}" if "subject" in said else " ".join(head.split())


def _write(page: Any, sheet: Sheet, formats: _Formats, title: str) -> None:
    _set_up(page, sheet)
    page.write_string(0, 0, f"{sheet.name} - {title}", formats.title)
    page.write_string(
        1,
        0,
        f"Máy đề xuất, người xác nhận. Đúng thì ghi x, họ tên, ngày. Cột cuối ghi {sheet.change}. Chỉ điền cột vàng.",
        formats.note,
    )
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(HEAD_ROW, at, column.head, formats.open_head if column.open else formats.head)
    row = HEAD_ROW + 1
    for block in sheet.blocks:
        _write_block(page, sheet.columns, block, row, formats)
        row += len(block.rows)
    if sheet.blocks:
        _validate(page, sheet, HEAD_ROW + 1, row - 1)
    else:
        page.write_string(row, 1, "Văn bản không có mục này.", formats.note)


def _set_up(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.freeze_panes(HEAD_ROW + 1, 1)
    page.set_footer(f"&L{sheet.name}&RTrang &P/&N")
    page.hide_gridlines(2)


def _write_block(page: Any, columns: tuple[Column, ...], block: Block, first: int, formats: _Formats) -> None:
    last = first + len(block.rows) - 1
    shared = max(_lines(block.shown.get(column.head, ""), column) for column in columns if not column.parts)
    for row, part in enumerate(block.rows, start=first):
        own = max((_lines(part.get(column.head, ""), column) for column in columns if column.parts), default=1)
        page.set_row(row, min(_TALLEST, _LINE * max(own, ceil(shared / len(block.rows))) + 2))
    for at, column in enumerate(columns):
        looks = formats.date if column.head == ON else formats.open if column.open else formats.cell
        if column.parts:
            for row, part in enumerate(block.rows, start=first):
                page.write_string(row, at, part.get(column.head, ""), looks)
            continue
        if last > first:
            page.merge_range(first, at, last, at, "", looks)
        _write_shared(page, first, at, column, block, looks)


def _write_shared(page: Any, row: int, at: int, column: Column, block: Block, looks: Any) -> None:
    rule = block.rule
    if not column.open:
        page.write_string(row, at, block.shown[column.head], looks)
    elif column.head == ON and rule.on is not None:
        page.write_datetime(row, at, dt.datetime.combine(rule.on, dt.time()), looks)
    else:
        answer = (rule.answer or "") if isinstance(rule, Question) else ""
        filled = {CONFIRMED: "x" if rule.status == "confirmed" else "", BY: rule.by or "", ANSWER: answer}
        text = filled.get(column.head, "")
        (page.write_string if text else page.write_blank)(row, at, text, looks)


def _lines(text: str, column: Column) -> int:
    """Lines that a text takes in its column; 10 pt letters are narrower than the unit of widths."""
    return sum(ceil(len(line) * 0.85 / column.width) or 1 for line in text.split("\n"))


def _validate(page: Any, sheet: Sheet, first: int, last: int) -> None:
    heads = [column.head for column in sheet.columns]
    mark, date = heads.index(CONFIRMED), heads.index(ON)
    page.data_validation(
        first, mark, last, mark, {"validate": "list", "source": ["x"], "error_message": "Ghi x hoặc để trống."}
    )
    page.data_validation(
        first,
        date,
        last,
        date,
        {
            "validate": "date",
            "criteria": ">=",
            "value": dt.date(2000, 1, 1),
            "error_message": "Ghi ngày, ví dụ 31/07/2031.",
        },
    )
