"""Standards that a guideline prints as a table: a row for each class of candidates, or a column for each award."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from appraise.guideline.award_words import NamedAward, award_named
from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.passages import Passage
from appraise.guideline.periods_of_merit import earlier_awards, exclusions_of
from appraise.guideline.standard_scope import Scope, own_words, scope_of
from appraise.guideline.standards import Standard
from appraise.reading.candidate_words import NamedCandidates, candidates_in
from extract.record import Table, TableCell, TableRow
from normalize.folding import fold

__all__ = ["standards_of_tables"]

_CANDIDATES = regex.compile(r"doi tuong|tap the|ca nhan|don vi|ten|loai hinh")
_STANDARDS = regex.compile(r"tieu chuan|dieu kien|muc|noi dung|yeu cau|thanh tich")
_AWARDS = regex.compile(r"hinh thuc|danh hieu|khen thuong")


def standards_of_tables(guideline: GuidelineText, root: Scope) -> Iterator[Standard]:
    """The cells of all tables that hold standards of an award for candidates who are both known."""
    for at, table in enumerate(guideline.tables, start=1):
        first = next((cell.span for row in table.rows for cell in row.cells if cell.span), None)
        if first is None:
            continue
        item = guideline.item_at(guideline.forth(first[0]))
        above = _scope_above(guideline, item, root)
        yield from _of_table(guideline, table, f"b{at}", item, above)


def _scope_above(guideline: GuidelineText, item: GuidelineItem | None, root: Scope) -> Scope:
    """What the headings above a table say, the words right above it included."""
    scope = root
    for heading in reversed((item, *guideline.above(item)) if item else ()):
        words = own_words(guideline, heading)
        scope = scope_of(replace(words, heads=True), scope)
        named = award_named(words.whole.text)
        scope = replace(scope, award=named) if named is not None else scope
    return scope


def _of_table(
    guideline: GuidelineText, table: Table, name: str, item: GuidelineItem | None, above: Scope
) -> Iterator[Standard]:
    heads = [fold(title) for title in table.columns]
    who = next((at for at, head in enumerate(heads) if _CANDIDATES.search(head)), None)
    by_column = {at: named for at, title in enumerate(table.columns) if (named := award_named(title)) is not None}
    what = [at for at, head in enumerate(heads) if at != who and _STANDARDS.search(head)]
    prize = next(
        (at for at, head in enumerate(heads) if at not in {who, *what, *by_column} and _AWARDS.search(head)), None
    )
    if who is None or not (by_column or what):
        return
    candidates: NamedCandidates | None = None
    award: NamedAward | None = None
    rows = [row for row in table.rows if row.kind == "data"]
    for at, row in enumerate(rows, start=1):
        candidates = candidates_in(_text(row, who)) or candidates
        award = (award_named(_text(row, prize)) if prize is not None else None) or award_named(row.group or "") or award
        for column in by_column or what:
            cell = _cell(row, column)
            if cell is None or cell.span is None or not cell.text.strip():
                continue
            named = by_column.get(column) or award or above.award
            if named is not None and candidates is not None and candidates.is_specific:
                number = f"{name}.{at}" + (f".{column}" if len(by_column) > 1 else "")
                standard = Standard(named, candidates, item, _path(item, number), (), (0, 0), movement=above.movement)
                yield _with_words(guideline, cell, replace(standard, window=above.window), above)


def _path(item: GuidelineItem | None, number: str) -> str:
    return f"{item.path}.{number}" if item else number


def _with_words(guideline: GuidelineText, cell: TableCell, standard: Standard, above: Scope) -> Standard:
    """A standard with the words of its cell."""
    start, end = map(guideline.forth, cell.span or (0, 0))
    printed = Passage(guideline.text[start:end], start)
    earlier = earlier_awards(printed)
    return replace(
        standard,
        words=(printed.without((clause.start, clause.end) for clause in earlier),),
        quoted=(start, end),
        exclusions=(*above.exclusions, *exclusions_of(earlier, "dash")),
        where=cell.where or None,
    )


def _cell(row: TableRow, column: int) -> TableCell | None:
    return next((cell for cell in row.cells if cell.column <= column < cell.column + cell.columns), None)


def _text(row: TableRow, column: int) -> str:
    cell = _cell(row, column)
    return cell.text if cell is not None else ""
