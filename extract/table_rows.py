"""What the rows of a table are: head, column numbers, groups, totals, data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

import regex

from extract.quantities import NUMBER
from extract.table_grid import GridCell, GridRow

__all__ = ["RowKind", "column_titles", "has_ordinals", "head_rows", "is_ordinal", "is_serial_title", "row_kinds"]

RowKind = Literal["head", "group", "data", "total"]

# Engines take a lone 1 for l, I or a bar.
_ORDINAL = regex.compile(r"\(?(?:\d{1,4}|[lIiỊ|!])(?:\.\d{1,3}){0,3}[.)]?")
_ROMAN = regex.compile(r"[IVXlH]{1,5}[.)/]?|\d?[A-ZĐ][.)]?")
_GROUP_START = regex.compile(r"(?:[IVXl]{1,5}|[A-ZĐ])\s?[.)/-]\s?\p{L}")
_SERIAL = regex.compile(r"s{0,2}\W?\s?[t1il]\W?\s?[t1il]\W?|so\s(?:tt|thu\stu)|s[t1il]{2}\W?|stt")
_TOTAL = regex.compile(
    r"(?:tong(?:\scong|\sso|\shop)?|cong(?:\sdon|\stong)?)(?:\s?\([^()]{1,24}\))?\s?[:.]?"
    r"|(?:tong\scong|cong\stong)\b.{0,120}|(?:tong\sso|tong|cong)\s?:.{0,120}"
)
_COLUMN_NUMBER = regex.compile(r"\(?(?P<number>\d{1,2})\)?(?:\s?=.{1,24})?|\(?[A-Da-d]\)?")
_FIGURE = regex.compile(rf"[-+(]?\s?{NUMBER}\s?%?\)?")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MOST_HEAD_ROWS = 4
# A title of a column is a few words; longer text is content.
_LONGEST_TITLE = 90
# Heads of columns as they are worded in lists, summaries and plans; a row with two of them is a head.
_TITLE_WORDS = regex.compile(
    r"\b(?:ho\s(?:va\s)?ten|ten|noi\sdung|don\svi|chuc\s(?:vu|danh)|dia\schi|ghi\schu|so\sluong|thoi\sgian|nam\ssinh|"
    r"thanh\stich|hinh\sthuc|danh\shieu|ty\sle|so\sphieu|kinh\sphi|so\stien|thanh\stien|don\sgia|dien\stich|dia\sdiem|"
    r"chi\stieu|tieu\schi|ket\squa|ke\shoach|thuc\shien|dvt|ngay|san\spham|chu\stri|phoi\shop|loai|muc|dan\stoc|"
    r"gioi\stinh|ma\sso|gia\stri|hang\smuc|cong\sviec)\b"
)


def is_ordinal(text: str) -> bool:
    """True for what stands in a column of serial numbers: ``1``, ``01``, ``1.2``, ``2)``."""
    return _ORDINAL.fullmatch(text) is not None


def is_serial_title(folded: str) -> bool:
    """True for the title of a column of serial numbers: STT, TT, Số TT, also as engines see them."""
    return _SERIAL.fullmatch(folded.strip(" .:")) is not None


def head_rows(rows: Sequence[GridRow], width: int) -> int:
    """How many of the first rows are the table's head, the row of column numbers among them."""
    for index, row in enumerate(rows[: _MOST_HEAD_ROWS + 1]):
        if _numbers_columns(row, width) and (index or len(row.cells) == width):
            return index + 1
    if not rows or not _may_be_head(rows[0], width):
        return 0
    serial = _begins(rows[0], is_serial_title)
    first = next((index for index, row in enumerate(rows) if _is_content(row, width, serial=serial)), len(rows))
    if first > _MOST_HEAD_ROWS or first == len(rows):
        first = 1 if serial or _has_titles(rows[0]) else 0
    while first > 1 and not serial and rows[first - 1].at(0) is not None:
        first -= 1  # without serial numbers, what has text under the first title is content
    return min(first, len(rows) - 1)


def _begins(row: GridRow, test: Callable[[str], bool]) -> bool:
    cell = row.at(0)
    return cell is not None and test(cell.folded)


def _may_be_head(row: GridRow, width: int) -> bool:
    if any(len(cell.text) > _LONGEST_TITLE for cell in row.cells):
        return False
    first = row.at(0)
    if first is None or (is_ordinal(first.text) and not is_serial_title(first.folded)):
        return False
    return len(row.cells) > 1 or width == 1


def _is_content(row: GridRow, width: int, *, serial: bool) -> bool:
    """True for a row of data, a group or a total; titles of columns have no figures but years."""
    first = row.at(0)
    if first is not None and serial and is_serial_title(first.folded):
        return False
    if first is not None and (is_ordinal(first.text) or (serial and _ROMAN.fullmatch(first.text))):
        return True
    if _is_total(row) or (_is_alone(row, width) and (first is not None or len(row.cells[0].text) > 12)):
        return True
    return any(_FIGURE.fullmatch(cell.text) and not _YEAR.fullmatch(cell.text) for cell in row.cells)


def _has_titles(row: GridRow) -> bool:
    return sum(_TITLE_WORDS.search(cell.folded) is not None for cell in row.cells) >= 2


def _numbers_columns(row: GridRow, width: int) -> bool:
    """True for ``(1) (2) (3)`` or ``A B 1 2 3=1+2``: the numbers count up by one."""
    matches = [_COLUMN_NUMBER.fullmatch(cell.text) for cell in row.cells]
    if len(row.cells) < max(3, 0.6 * width) or sum(match is not None for match in matches) < len(matches) - 1:
        return False
    numbers = [int(match["number"]) for match in matches if match is not None and match["number"]]
    steps = sum(later - earlier == 1 for earlier, later in pairwise(numbers))
    return len(numbers) >= 2 and numbers[0] in {0, 1, 2} and steps >= 0.7 * (len(numbers) - 1)


def _is_alone(row: GridRow, width: int) -> bool:
    """One text in a row of several columns, over all of them or by itself."""
    return len(row.cells) == 1 and width > 2


def _is_total(row: GridRow) -> bool:
    return any(_TOTAL.fullmatch(cell.folded) for cell in row.cells[:2])


def has_ordinals(rows: Sequence[GridRow]) -> bool:
    """True when most rows begin with a serial number."""
    firsts = [cell for row in rows if len(row.cells) > 1 and (cell := row.at(0)) is not None]
    return len(firsts) > 0 and sum(is_ordinal(cell.text) for cell in firsts) >= 0.5 * len(firsts)


def row_kinds(rows: Sequence[GridRow], width: int, heads: int) -> list[RowKind]:
    """The kind of each row; the first ``heads`` are the head."""
    counted = has_ordinals(rows[heads:])
    kinds: list[RowKind] = ["head"] * heads
    for row, below in zip(rows[heads:], (*rows[heads + 1 :], None), strict=False):  # none below the last
        if _is_total(row):
            kinds.append("total")
        else:
            kinds.append("group" if _is_group(row, below, width, counted=counted) else "data")
    return kinds


def _is_group(row: GridRow, below: GridRow | None, width: int, *, counted: bool) -> bool:
    first = row.cells[0]
    if _is_alone(row, width):
        spans = first.columns > 1 or (first.box is None and first.column == 0)
        numbered = _GROUP_START.match(first.text) is not None
        return not is_ordinal(first.text) and (numbered or (spans and any(c.isalpha() for c in first.text)))
    if not counted or first.column > 0:
        return False
    if is_ordinal(first.text):
        return _is_roman_one(first, below)
    return _ROMAN.fullmatch(first.text) is not None


def _is_roman_one(first: GridCell, below: GridRow | None) -> bool:
    """``I`` and ``|`` may stand for 1; over a row that is counted 1 they head a group."""
    then = below.at(0) if below else None
    return not any(c.isdigit() for c in first.text) and then is not None and then.text.strip("(0).") == "1"


def column_titles(rows: Sequence[GridRow], width: int) -> list[str]:
    """Titles of the columns from the head's rows, those over several columns before their parts."""
    named = [row for row in rows if not _numbers_columns(row, width)]
    titles = []
    for column in range(width):
        cells = [cell for row in named if (cell := row.at(column)) is not None and cell.columns < width]
        titles.append(" / ".join(dict.fromkeys(cell.text for cell in cells)))
    return titles
