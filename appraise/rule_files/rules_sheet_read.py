"""rules.xlsx read back: confirmations, changes and answers, with every fault named by its cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import regex
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from appraise.rule_files.rules_faults import find_faults
from appraise.rule_files.rules_file import excel_hint
from appraise.rule_files.rules_layout import ANSWER, BY, CHANGE, CONFIRMED, ID, ON, Block, Confirmable, Sheet, sheets_of
from appraise.rule_files.rules_sheet import HIDDEN_SHEET
from appraise.rules import Deadline, DossierSet, Question, RuleBook
from extract.dates import iso_date
from extract.money import find_money
from extract.patterns import Source
from normalize.errors import NotFoundError, RuleFileError
from normalize.folding import fold_aligned

__all__ = ["FilledSheet", "read_sheet"]

_HEAD_ROWS: Final = 12  # the head stands within the first rows, whatever a person put above
_DATE = regex.compile(
    r"\s*(?:(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))\s*"
)
_NUMBER = regex.compile(r"\s*(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,(?P<part>\d{1,6}))?\s*(?P<unit>\D{0,20})\s*")
_MARKS = {"x": True, "": False}
_MOST_FAULTS = 30


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The rules as the sheet was written, and as people filled it in."""

    written: RuleBook
    filled: RuleBook


@dataclass(slots=True)
class _Reading:
    """One workbook as it is read; faults are told with their cells."""

    faults: list[str] = field(default_factory=list)
    cells: dict[tuple[str | int, ...], str] = field(default_factory=dict)  # where a path of the book stands


def read_sheet(path: Path) -> FilledSheet:
    """What people filled in.

    Raises:
        NotFoundError: There is no such file.
        RuleFileError: It is no workbook that sohoa wrote, or cells hold what cannot be; each fault with its cell.
    """
    workbook = _open(path)
    written = _written(workbook, path)
    filled = written.model_copy(deep=True)
    reading = _Reading()
    for sheet in sheets_of(written):
        if sheet.name in workbook.sheetnames:
            _read(workbook[sheet.name], sheet, getattr(filled, sheet.list), reading)
        else:
            reading.faults.append(f"the sheet {sheet.name} is missing")
    if not reading.faults:
        reading.faults += [
            f"{reading.cells.get(fault.path, reading.cells.get(fault.path[:-1], 'the sheet'))}: {fault.message}"
            for fault in find_faults(filled)
        ]
    if reading.faults:
        shown = reading.faults[:_MOST_FAULTS]
        raise RuleFileError("\n".join(f"{path.name}, {fault}" for fault in shown))
    return FilledSheet(written, filled)


def _open(path: Path) -> Any:
    try:
        return load_workbook(path)
    except FileNotFoundError:
        raise NotFoundError(f"{path.name}: no such file.") from None
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise RuleFileError(f"{path.name} is no workbook.", "Save it as .xlsx.") from None


def _written(workbook: Any, path: Path) -> RuleBook:
    if HIDDEN_SHEET not in workbook.sheetnames:
        raise RuleFileError(
            f"{path.name} is no workbook of rules: its hidden sheet is missing.",
            "Run `sohoa guideline` again and fill in the workbook that it writes.",
        )
    text = "".join(str(row[0].value or "") for row in workbook[HIDDEN_SHEET].iter_rows(max_col=1))
    try:
        return RuleBook.model_validate_json(text)
    except ValidationError:
        raise RuleFileError(
            f"{path.name}: its hidden sheet was changed or comes from another version.",
            "Run `sohoa guideline` again and fill in the workbook that it writes.",
        ) from None


def _read(page: Any, sheet: Sheet, rules: list[Confirmable], reading: _Reading) -> None:
    columns = _columns(page, sheet)
    if isinstance(columns, str):
        reading.faults.append(columns)
        return
    head_row, places = columns
    blocks = {block.id: (at, block) for at, block in enumerate(sheet.blocks)}
    seen: set[str] = set()
    row = head_row + 1
    for row in range(head_row + 1, page.max_row + 1):
        id_ = _text(page.cell(row, places[ID]))
        if not id_:
            continue
        if id_ not in blocks or id_ in seen:
            what = "stands there twice" if id_ in seen else "is not known; add new rules in rules.yaml"
            reading.faults.append(f"{_name(page.cell(row, places[ID]))}: {id_} {what}")
            continue
        seen.add(id_)
        at, block = blocks[id_]
        _Rows(page, sheet, places, row, reading).read(block, rules[at], (sheet.list, at))
    reading.faults += [
        f"{page.title}: {id_} is missing; leave the cell {CONFIRMED} empty instead" for id_ in blocks if id_ not in seen
    ]


def _columns(page: Any, sheet: Sheet) -> tuple[int, dict[str, int]] | str:
    """The head's row and where each column stands; or what is wrong with it."""
    needed = [column.head for column in sheet.columns]
    for row in range(1, _HEAD_ROWS + 1):
        heads = {_text(cell): cell.column for cell in page[row]}
        if ID in heads:
            missing = [head for head in needed if head not in heads]
            if missing:
                return f"{page.title}, row {row}: the column {missing[0]} is missing"
            return row, {head: heads[head] for head in needed}
    return f"{page.title}: no row begins with {ID}"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one block."""

    page: Any
    sheet: Sheet
    places: dict[str, int]
    first: int
    reading: _Reading

    def read(self, block: Block, rule: Confirmable, path: tuple[str | int, ...]) -> None:
        """Read a block into its rule."""
        self._compare(block)
        self._confirm(rule, path)
        if isinstance(rule, Question):
            rule.answer = self._text(ANSWER) or None
        elif isinstance(rule, Deadline):
            rule.date = self._date(CHANGE) or rule.date
        elif isinstance(rule, DossierSet):
            for at, paper in enumerate(rule.papers):
                number = self._number(at, None)
                paper.copies = int(number) if number else paper.copies
        else:
            for at, test in enumerate(rule.tests):
                self.reading.cells[*path, "tests", at] = _name(self._cell(CHANGE, at))
                number = self._number(at, test.unit)
                test.value = number if number is not None else test.value

    def _cell(self, head: str, row: int = 0) -> Cell | MergedCell:
        found: Cell | MergedCell = self.page.cell(self.first + row, self.places[head])
        return found

    def _text(self, head: str, row: int = 0) -> str:
        return _text(self._cell(head, row))

    def _fault(self, head: str, said: str, row: int = 0) -> None:
        self.reading.faults.append(f"{_name(self._cell(head, row))}: {said}")

    def _compare(self, block: Block) -> None:
        """What is shown must be as it was written: changes have a column of their own."""
        for column in self.sheet.columns:
            texts = (
                [part.get(column.head, "") for part in block.rows]
                if column.parts
                else [block.shown.get(column.head, "")]
            )
            for row, text in enumerate(texts):
                cell = self._cell(column.head, row)
                if cell.data_type == "f":
                    self._fault(column.head, "a formula stands there; write the value itself", row)
                elif not column.open and _bare(_text(cell)) != _bare(text):
                    last = self.sheet.columns[-1].head
                    self._fault(column.head, f"this cell was changed; write changes in the column {last}", row)

    def _confirm(self, rule: Confirmable, path: tuple[str | int, ...]) -> None:
        mark, by = self._text(CONFIRMED).lower(), self._text(BY)
        on = self._date(ON)
        self.reading.cells[path] = _name(self._cell(CONFIRMED))
        if mark not in _MARKS:
            self._fault(CONFIRMED, "x or nothing is needed")
        elif mark and not by:
            self._fault(BY, f"{CONFIRMED} is ticked, so this needs a name")
        elif mark and not self._text(ON):
            self._fault(ON, f"{CONFIRMED} is ticked, so this needs a date")
        elif not mark and (by or on):
            self._fault(CONFIRMED, f"{BY} or {ON} is filled in, but this is not ticked")
        else:
            rule.status, rule.by, rule.on = ("confirmed", by, on) if mark else ("proposed", None, None)

    def _date(self, head: str) -> dt.date | None:
        value = self._cell(head).value
        if value is None or value == "":
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if isinstance(value, int | float):
            self._fault(head, f"{value:g} is a number, a date is needed{excel_hint(value)}")
            return None
        match = _DATE.fullmatch(str(value))
        iso = match["iso"] if match and match["iso"] else None
        if match and not iso:
            iso = iso_date(int(match["year"]), int(match["month"]), int(match["day"]))
        try:
            return dt.date.fromisoformat(iso or "")
        except ValueError:
            self._fault(head, "a date is needed, such as 31/07/2031")
            return None

    def _number(self, row: int, unit: str | None) -> int | float | None:
        """A new threshold or number of copies; None where nothing is written, or nothing that can be one."""
        value = self._cell(CHANGE, row).value
        if value is None or value == "":
            return None
        number = value if isinstance(value, int | float) else _number_in(str(value), unit)
        if number is None or isinstance(number, bool):
            what = f"a number of {unit}" if unit else "a number"
            self._fault(CHANGE, f"{what} is needed; other changes are made in rules.yaml", row)
            return None
        return int(number) if float(number).is_integer() else number


def _number_in(text: str, unit: str | None) -> int | float | None:
    """What people write: 8, 8 tiêu chí, 1,5, or money: 400 triệu, 1,5 tỷ đồng."""
    if unit == "đồng":
        found = find_money(Source(text, fold_aligned(text)))
        if len(found) == 1 and isinstance(found[0].value, dict):
            amount = found[0].value.get("vnd")
            return amount if isinstance(amount, int) else None
    match = _NUMBER.fullmatch(text)
    if match is None or (match["unit"].strip() and fold_aligned(match["unit"].strip()) != fold_aligned(unit or "ban")):
        return None
    whole = int(match["number"].replace(".", ""))
    return float(f"{whole}.{match['part']}") if match["part"] else whole


def _text(cell: Cell | MergedCell) -> str:
    value = cell.value
    return "" if value is None else str(value).strip()


def _bare(text: str) -> str:
    return " ".join(text.split())


def _name(cell: Cell | MergedCell) -> str:
    return f"{cell.parent.title}!{cell.coordinate}"
