"""Tables of the office: CSV or XLSX with the columns in any order, under names that people give them.

openpyxl is used here only. Each cell keeps its address, so that messages can name it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import regex
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from normalize.canonical import canonical
from normalize.errors import DamagedInputError, NotFoundError, UnsupportedInputError, UsageError
from normalize.folding import fold

__all__ = ["OfficeRow", "day_of", "is_no_day", "read_office_table", "years_of"]

_HEAD_WITHIN = 20  # rows: a title, an organ and a date may stand above the head
_EXCEL_DAYS = range(18264, 73051)  # 1950-01-01 to 2100-01-01; smaller numbers are years
_DAY = regex.compile(r"\s*(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?((?:19|20)\d\d)(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s*")
_LONG_DAY = regex.compile(r"\s*ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+((?:19|20)\d\d)\s*")
_ISO_DAY = regex.compile(r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ].{0,20})?\s*")
_PERIOD = regex.compile(r"((?:19|20)\d\d)\s?(?:[-–]|den)\s?((?:19|20)\d\d)")
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One row: ``cells`` by the key of their column, empty ones left out; ``at`` their addresses."""

    file: str
    line: int
    cells: Mapping[str, Any]
    at: Mapping[str, str]

    def text(self, key: str) -> str:
        """The cell as text, "" where it is empty; whole numbers without ".0"."""
        value = self.cells.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return canonical(str(value)).strip() if value is not None else ""

    def place(self, key: str) -> str:
        """The address of a cell for messages: "khen-thuong.xlsx, ô D7"."""
        return f"{self.file}, ô {self.at.get(key, f'dòng {self.line}')}"


def read_office_table(path: Path, columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> list[OfficeRow]:
    """Rows of a table below its head, empty ones left out.

    Args:
        path: CSV (comma, semicolon or tab; UTF-8 or UTF-16) or XLSX, of which the first sheet with the columns counts.
        columns: Folded names that a column may have, by key; the first that fits wins.
        required: Keys without which the table cannot be used.

    Raises:
        NotFoundError: No such file.
        UnsupportedInputError: Neither CSV nor XLSX.
        DamagedInputError: It cannot be opened, or is no text.
        UsageError: A required column is missing; the message names it.
    """
    best: list[str] = []
    for sheet in _sheets(path):
        for number, row in enumerate(sheet[:_HEAD_WITHIN], start=1):
            found = _head(row, columns)
            if all(key in found for key in required):
                return list(_rows(path.name, sheet, number, found))
            best = max(best, list(found), key=len)
    missing = [columns[key][0] for key in required if key not in best]
    raise UsageError(
        f"{path.name}: no row among the first {_HEAD_WITHIN} has the columns needed; missing: {', '.join(missing)}.",
        "See docs/lists.md for the columns, or start from the templates in appraise/data/templates.",
    )


def day_of(value: Any) -> str | None:
    """A day as ISO text: from a date, a number of days as Excel counts them, or text with the day first; else None.

    >>> day_of(43251), day_of("31/5/2018"), day_of("31/2/2018"), day_of("2018")
    ('2018-05-31', '2018-05-31', None, None)
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value).strip() if value is not None else ""
    number = float(text) if text.replace(".", "", 1).isdecimal() else None
    if number is not None and int(number) in _EXCEL_DAYS:
        return str(from_excel(int(number)).date().isoformat())
    if match := _ISO_DAY.fullmatch(text):
        return _iso(match[1], match[2], match[3])
    match = _DAY.fullmatch(text) or _LONG_DAY.fullmatch(fold(text))
    return _iso(match[3], match[2], match[1]) if match else None


def is_no_day(value: Any) -> bool:
    """Whether a cell is written as a day that no calendar has.

    >>> is_no_day("31/2/2018"), is_no_day("28/2/2018"), is_no_day("2018")
    (True, False, False)
    """
    text = str(value).strip() if value is not None else ""
    written = _ISO_DAY.fullmatch(text) or _DAY.fullmatch(text) or _LONG_DAY.fullmatch(fold(text))
    return written is not None and day_of(value) is None


def years_of(value: Any) -> tuple[int, int] | None:
    """First and last year of a cell: "2016-2018", "2017", "tháng 5/2017" or a day; None where none stands there."""
    day = day_of(value)
    if day:
        return int(day[:4]), int(day[:4])
    text = fold(str(value)) if value is not None else ""
    if match := _PERIOD.search(text):
        return (int(match[1]), int(match[2])) if match[1] <= match[2] else None
    years = [int(year) for year in _YEAR.findall(text)]
    return (min(years), max(years)) if years else None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _sheets(path: Path) -> Iterator[list[tuple[Any, ...]]]:
    if not path.is_file():
        raise NotFoundError(f"The table {path.name} is not there or is no regular file.")
    match path.suffix.lower():
        case ".xlsx" | ".xlsm":
            yield from _xlsx_sheets(path)
        case ".csv" | ".tsv" | ".txt":
            yield list(_csv_rows(path))
        case _:
            raise UnsupportedInputError(f"{path.name} is neither CSV nor XLSX.", "Save it as CSV (UTF-8) or XLSX.")


def _xlsx_sheets(path: Path) -> Iterator[list[tuple[Any, ...]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise DamagedInputError(f"{path.name} cannot be opened as XLSX.") from error
    try:
        for sheet in book.worksheets:
            yield list(sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _csv_rows(path: Path) -> Iterator[tuple[Any, ...]]:
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DamagedInputError(f"{path.name}, line {line}: no UTF-8 text.", "Save it as CSV UTF-8 or XLSX.") from error
    head = "\n".join(text.splitlines()[:_HEAD_WITHIN])
    delimiter = max(";\t,", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in rows:
            yield tuple(cell.strip() or None for cell in row)
    except csv.Error as error:  # a cell of over 131,072 characters: a quotation mark that nothing closes
        raise DamagedInputError(
            f"{path.name}, line {rows.line_num}: {error}.", "Look for a stray quotation mark."
        ) from error


def _head(row: Sequence[Any], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Columns that a row names, each column for one key."""
    names = [" ".join(regex.findall(r"[a-z0-9]+", fold(str(cell)))) if cell is not None else "" for cell in row]
    found: dict[str, int] = {}
    for exact in (True, False):
        for key, wanted in columns.items():
            free = (at for at in range(len(names)) if at not in found.values())
            fitting = next((at for at in free if _named(names[at], wanted, exact=exact)), None)
            if key not in found and fitting is not None:
                found[key] = fitting
    return found


def _named(name: str, wanted: Sequence[str], *, exact: bool) -> bool:
    folded = [" ".join(regex.findall(r"[a-z0-9]+", fold(want))) for want in wanted]
    return name in folded if exact else any(f" {want} " in f" {name} " for want in folded)


def _rows(file: str, sheet: Sequence[Sequence[Any]], head: int, found: Mapping[str, int]) -> Iterator[OfficeRow]:
    for line, row in enumerate(islice(sheet, head, None), start=head + 1):
        cells = {key: row[at] for key, at in found.items() if at < len(row) and row[at] not in (None, "")}
        if cells:
            yield OfficeRow(file, line, cells, {key: f"{get_column_letter(at + 1)}{line}" for key, at in found.items()})
