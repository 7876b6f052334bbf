"""Guideline to rules: read its copies, propose rules, write them beside what people confirmed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from appraise.dossier import ReadFile
from appraise.guideline.read_guideline import read_guideline
from appraise.rule_files.rules_file import read_rules, rules_as_yaml
from appraise.rule_files.rules_merge import merge_with_confirmed, merge_with_filled
from appraise.rule_files.rules_sheet import rules_as_sheet
from appraise.rule_files.rules_sheet_read import read_sheet
from appraise.rules import RuleBook
from corpus.store import write_whole
from normalize.errors import SohoaError, UsageError
from sohoa.digest import text_and_record_of_file
from sohoa.executors import guarded
from sohoa.inputs import escaped
from sohoa.settings import Settings

__all__ = ["Proposed", "check_rules", "propose_rules", "tell_rules"]

_SHEET = ".xlsx"
_ENDINGS = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Proposed:
    """Rules as written, and the files that hold them; those kept of people's own hands come last."""

    book: RuleBook
    files: list[Path]


def propose_rules(files: Sequence[Path], out: Path, settings: Settings) -> Proposed:
    """Rules of a guideline, written to ``out`` and to the workbook beside it.

    What people confirmed, changed or answered in either of them stays where the guideline's text is unchanged. A
    workbook among ``files`` is taken for filled in; without any copy of the guideline it is only merged.

    Raises:
        UsageError: Nothing to read, or ``out`` is no name for rules.
        RuleFileError: The rules that are there already cannot be read: nothing is written over them.
        SohoaError: A copy cannot be read.
    """
    sheets = [path for path in files if path.suffix.lower() == _SHEET]
    copies = [path for path in files if path not in sheets]
    if out.suffix.lower() not in _ENDINGS:
        raise UsageError(f"{out.name} is no name for rules.", "Name it with .yaml at its end.")
    if not files:
        raise UsageError("There is no guideline to read.", "Name its file, or several copies of it.")
    beside = out.with_suffix(_SHEET)
    known = _known(out, [*([beside] if beside.exists() else []), *(path for path in sheets if path != beside)])
    book = _book(copies, known, settings)
    kept = [
        *_keep_changed(out, lambda: rules_as_yaml(read_rules(out)).encode()),
        *_keep_changed(beside, lambda: rules_as_sheet(read_sheet(beside).written)),
    ]
    write_whole(out, rules_as_yaml(book).encode())
    write_whole(beside, rules_as_sheet(book))
    return Proposed(book, [out, beside, *kept])


def check_rules(path: Path) -> RuleBook:
    """The rules of a file that people edited.

    Raises:
        RuleFileError: What is wrong, with line or cell.
    """
    return read_sheet(path).filled if path.suffix.lower() == _SHEET else read_rules(path)


def tell_rules(book: RuleBook, files: Sequence[Path], output: Console) -> None:
    """Say what the rules hold and where they are."""
    for name, rules in (
        ("criteria", book.criteria),
        ("dossier sets", book.dossier_sets),
        ("deadlines", book.deadlines),
        ("questions", book.questions),
    ):
        confirmed = sum(rule.status == "confirmed" for rule in rules)
        output.print(f"{len(rules)} {name}, {confirmed} confirmed", highlight=False)
    if book.differences:
        output.print(f"{len(book.differences)} differences, listed in the rules", highlight=False)
    output.print(", ".join(str(path) for path in files), markup=False, highlight=False, soft_wrap=True)


def _known(out: Path, sheets: Sequence[Path]) -> RuleBook | None:
    """The rules that are there already, with what the workbooks say."""
    known = read_rules(out) if out.exists() else None
    for path in sheets:
        sheet = read_sheet(path)
        known = merge_with_filled(known, sheet.written, sheet.filled) if known else sheet.filled
    return known


def _book(copies: Sequence[Path], known: RuleBook | None, settings: Settings) -> RuleBook:
    if copies:
        read = read_guideline(_read(copies, settings))
        return merge_with_confirmed(read, known) if known else read
    if known is None:
        raise UsageError("There is no guideline to read.", "Name its file, or several copies of it.")
    return known


def _read(copies: Sequence[Path], settings: Settings) -> list[ReadFile]:
    names = Counter(path.name for path in copies)
    read = []
    for path in copies:
        name = escaped(path.name if names[path.name] == 1 else str(path))
        result = guarded(lambda file, _: text_and_record_of_file(file, settings), path)
        if isinstance(result, SohoaError):
            raise result
        text, record = result
        read.append(ReadFile(name, path, text.as_read, record))
    return read


def _keep_changed(path: Path, as_written: Callable[[], bytes]) -> list[Path]:
    """Copy a file that a person worked on under another name: his comments and notes do not go into the new one."""
    if not path.exists():
        return []
    content = path.read_bytes()
    if content == as_written():
        return []
    number = 1
    while (
        kept := path.with_name(f"{path.stem} (bản trước{f' {number}' if number > 1 else ''}){path.suffix}")
    ).exists():
        if kept.read_bytes() == content:
            return [kept]
        number += 1
    write_whole(kept, content)
    return [kept]
