"""Tables of inputs as CSV and XLSX; names that look like formulas stay text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

from corpus.catalogue import safe_cell
from corpus.failure_kinds import failure_kind
from corpus.ledger import Entry, Phase, State
from sohoa.status import Status

__all__ = ["STATE_NAMES", "Column", "csv_bytes", "status_csv", "status_xlsx", "xlsx_bytes"]

STATE_NAMES: Final = {
    State.DONE: "Xong",
    State.FAILED: "Lỗi",
    State.HELD: "Giữ lại",
    State.SKIPPED: "Bỏ qua",
    State.WAITING: "Đang chờ",
}
_PHASE_NAMES: Final[Mapping[str | None, str]] = {
    Phase.LOOKING: "Xem tệp",
    Phase.READING: "Đọc chữ",
    Phase.EXTRACTING: "Lấy thông tin",
    Phase.WRITING: "Ghi kết quả",
    Phase.PUBLISHING: "Đưa vào chỗ",
}
_LONGEST_CELL: Final = 32_767  # Excel cuts longer ones without a word
_MOST_ROWS: Final = 1_048_575  # of a sheet, beside its heading
_PRECISION: Final = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, and what it says of an input."""

    heading: str
    width: int
    value: Callable[[Entry], str | float | None]


_COLUMNS: Final = (
    Column("Tệp", 44, lambda entry: entry.path),
    Column("Tình trạng", 11, lambda entry: STATE_NAMES[entry.state]),
    Column("Số trang", 9, lambda entry: entry.pages),
    Column("Độ tin cậy", 10, lambda entry: entry.confidence),
    Column("Giây", 9, lambda entry: entry.seconds),
    Column("Loại lỗi", 20, lambda entry: failure_kind(entry.error_code).name if entry.error_code else None),
    Column("Lý do", 44, lambda entry: failure_kind(entry.error_code).reason if entry.error_code else None),
    Column("Cần làm gì", 44, lambda entry: failure_kind(entry.error_code).todo if entry.error_code else None),
    Column("Thử lại được", 11, lambda entry: ("có" if entry.retryable else "không") if entry.error_code else None),
    Column("Số lần đã thử", 9, lambda entry: entry.attempts),
    Column("Bước cuối", 12, lambda entry: _PHASE_NAMES.get(entry.phase)),
    Column("Máy:tiến trình", 18, lambda entry: entry.worker),
    Column("Trùng với", 36, lambda entry: entry.duplicate_of),
    Column("Gần giống", 36, lambda entry: entry.near_duplicate_of),
    Column("Thư mục kết quả", 44, lambda entry: entry.folder),
    Column("Số byte", 12, lambda entry: entry.bytes),
    Column("SHA-256", 20, lambda entry: entry.sha256),
    Column("Bắt đầu (UTC)", 22, lambda entry: entry.started_at),
    Column("Kết thúc (UTC)", 22, lambda entry: entry.finished_at),
    Column("Phiên bản", 10, lambda entry: entry.version),
    Column("Bộ đọc", 24, lambda entry: entry.engine),
    Column("Nơi lưu tệp gốc", 50, lambda entry: entry.origin),
    Column("Mã lỗi", 18, lambda entry: entry.error_code),
    Column("Thông báo gốc (tiếng Anh)", 60, lambda entry: entry.error),
)


def status_csv(status: Status) -> bytes:
    """One row an input, one column for each of the ledger, with its names."""
    return csv_bytes([_ledger_column(column.key) for column in Entry.__table__.columns], status.entries)


def _ledger_column(name: str) -> Column:
    return Column(name, 0, lambda entry: getattr(entry, name))


def status_xlsx(status: Status) -> bytes:
    """One row an input, Vietnamese."""
    return xlsx_bytes({"Danh sách": (_COLUMNS, status.entries)})


def csv_bytes(columns: Sequence[Column], entries: Sequence[Entry]) -> bytes:
    """A table as CSV in UTF-8 with a mark, without which Excel takes it for the system's code page."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in columns])
    for entry in entries:
        writer.writerow([_csv_cell(column.value(entry)) for column in columns])
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return safe_cell(value) if isinstance(value, str) else f"{_rounded(value)}"


def xlsx_bytes(sheets: Mapping[str, tuple[Sequence[Column], Sequence[Entry]]]) -> bytes:
    """Tables as a workbook, a sheet each; one with more rows than Excel takes goes on in further sheets."""
    data = io.BytesIO()
    # Row by row: a million inputs would not fit in memory otherwise.
    with xlsxwriter.Workbook(data, {"constant_memory": True}) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        number = book.add_format({"valign": "top", "border": 1})
        for name, columns, entries in _parts(sheets):
            sheet = book.add_worksheet(name)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, column.width)
                sheet.write_string(0, at, column.heading, heading)
            for row, entry in enumerate(entries, 1):
                for at, column in enumerate(columns):
                    _write(sheet, row, at, column.value(entry), text, number)
            sheet.autofilter(0, 0, max(1, len(entries)), len(columns) - 1)
            sheet.freeze_panes(1, 1)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
    return data.getvalue()


def _parts(
    sheets: Mapping[str, tuple[Sequence[Column], Sequence[Entry]]],
) -> Iterator[tuple[str, Sequence[Column], Sequence[Entry]]]:
    for name, (columns, entries) in sheets.items():
        for part, start in enumerate(range(0, max(1, len(entries)), _MOST_ROWS), 1):
            yield name if part == 1 else f"{name} {part}", columns, entries[start : start + _MOST_ROWS]


def _write(sheet: Any, row: int, column: int, value: str | float | None, text: Any, number: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, text)
    elif isinstance(value, str):
        # Written as a string: Excel shows "=1+1" and never reckons it. Names in the ledger have no control characters.
        sheet.write_string(row, column, value[:_LONGEST_CELL], text)
    else:
        sheet.write_number(row, column, _rounded(value), number)


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, _PRECISION)
