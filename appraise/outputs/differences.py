"""What differs between a file that a person changed and the one that sohoa would write now, in Vietnamese."""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final
from zipfile import BadZipFile

import docx
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

__all__ = ["differences"]

_MOST: Final = 500  # a list longer than this nobody reads
_UNREADABLE = (BadZipFile, InvalidFileException, KeyError, ValueError, OSError)


def differences(name: str, changed: bytes, new: bytes) -> list[str]:
    """What ``new`` says that ``changed`` does not and the other way round; a line each.

    Args:
        name: Its ending says what it is: .docx, .xlsx, else text.
        changed: The file as a person left it.
        new: The file as it would be written now.
    """
    try:
        ours, theirs = _lines(name, new), _lines(name, changed)
    except _UNREADABLE:
        return ["Không mở được tệp đã sửa để so sánh."]
    told = list(_told(theirs, ours))
    rest = len(told) - _MOST
    return [*told[:_MOST], f"… và {rest} chỗ khác nữa."] if rest > 0 else told


def _told(theirs: Sequence[str], ours: Sequence[str]) -> Iterator[str]:
    for what, i, j, k, m in difflib.SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if what == "replace" and j - i == m - k:
            for old, new in zip(theirs[i:j], ours[k:m], strict=True):
                yield f"- Đã sửa: “{old}” | Bản mới: “{new}”"
        elif what != "equal":
            yield from (f"- Chỉ có trong tệp đã sửa: “{line}”" for line in theirs[i:j])
            yield from (f"- Chỉ có trong bản mới: “{line}”" for line in ours[k:m])


def _lines(name: str, content: bytes) -> list[str]:
    match PurePosixPath(name).suffix.lower():
        case ".docx":
            return list(_docx_lines(content))
        case ".xlsx":
            return list(_xlsx_lines(content))
        case ".png":
            return []
        case _:
            return content.decode("utf-8-sig", errors="replace").splitlines()


def _docx_lines(content: bytes) -> Iterator[str]:
    """Paragraphs and table rows in the order of the page."""
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                yield " | ".join(cell for cell in cells if cell)
        elif text := " ".join(block.text.split()):
            yield text


def _xlsx_lines(content: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    try:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                if cells := [str(value) for value in row if value is not None]:
                    yield f"{sheet.title}: {' | '.join(cells)}"
    finally:
        book.close()
