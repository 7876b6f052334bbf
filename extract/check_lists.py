"""How many were announced, and how many are listed: "05 tập thể" against the rows of a group or the items of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from extract.check_scope import Scope, Side, contradiction
from extract.record import Contradiction, Reading, Table, TableCell
from normalize.folding import fold_aligned

__all__ = ["LIST_CHECKS"]

_ORDINAL = regex.compile(r"\W{0,3}(\d{1,3})[\W_]{0,3}")
_LISTED = ("tap the", "ca nhan", "ho gia dinh")  # what the lists of award papers are divided into
_PEOPLE = (*_LISTED, "gia dinh", "don vi", "xa", "thon", "dong chi", "nguoi")
_NOUN = "|".join(name.replace(" ", r"\s{1,4}") for name in _PEOPLE)
_ANNOUNCED = regex.compile(rf"(?<![\w/.,]|\d\s)(?P<count>\d{{1,3}})\)?\s{{1,4}}(?P<noun>{_NOUN})\b(?!\s{{0,4}}/)")
# "... cho 05 tập thể có tên sau đây:" opens a list, and "(Có danh sách kèm theo)" a table
_OPENS_LIST = regex.compile(
    r"[^.;\n]{0,120}(?:\n[^.;\n]{0,120}){0,2}?(?:danh\s{1,4}sach|sau\s{1,4}day|co\s{1,4}ten|gom\b|nhu\s{1,4}sau)"
)
_ITEM = regex.compile(r"^[ \t]{0,12}(?P<number>\d{1,3})[.)]\s{1,4}(?=\S)", regex.MULTILINE)
_LONGEST_LIST = 20_000  # characters
_NEAR = 200  # characters from the colon to the first item
_LONGEST_MARK = 4  # characters of "I." to "VIII" in the cell before the name of a group


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows under one group row, where they are numbered 1, 2, 3 ... without a gap: else OCR lost or made one."""

    label: TableCell
    noun: str | None
    rows: int
    last: TableCell


def rows_against_announced(scope: Scope) -> Iterator[Contradiction]:
    """Groups of a table against the count in their own label, else against the only one announced in the text."""
    groups = [group for table in scope.tables for group in _groups(table)]
    for group in groups:
        own = _ANNOUNCED.search(fold_aligned(group.label.text))
        if own is not None:
            if int(own["count"]) != group.rows:
                yield _miscounted(Side.of(group.label), int(own["count"]), group)
            continue
        announced = {value.value["count"]: value for value in _counted(scope, group.noun)}
        alone = [other.noun for other in groups].count(group.noun) == 1
        if len(announced) == 1 and alone and group.rows not in announced:
            ((count, value),) = announced.items()
            yield _miscounted(Side.of(value), count, group)


def _counted(scope: Scope, noun: str | None) -> Iterator[Reading]:
    """Plain counts of ``noun`` in the text: "03 tập thể", not "trên 03 tập thể"."""
    for value in scope.of_kind("count"):
        held = value.value if isinstance(value.value, dict) else {}
        if noun and held.get("relation") == "eq" and fold_aligned(str(held.get("what"))) == noun:
            yield value


def _miscounted(announced: Side, count: int, group: _Group) -> Contradiction:
    message = f"Văn bản ghi {count}, bảng liệt kê {group.rows} dòng trong nhóm."
    return contradiction("rows_announced", message, announced, Side.of(group.last))


def _groups(table: Table) -> Iterator[_Group]:
    starts = [at for at, row in enumerate(table.rows) if row.kind == "group"]
    for start, end in pairwise([*starts, len(table.rows)]):
        labels = [cell for cell in table.rows[start].cells if len(cell.text.strip()) > _LONGEST_MARK]
        numbers = [row.cells[0] for row in table.rows[start + 1 : end] if row.kind == "data" and row.cells]
        if labels and numbers and [_digits(cell.text) for cell in numbers] == list(range(1, len(numbers) + 1)):
            folded = fold_aligned(labels[0].text)
            noun = next((noun for noun in _LISTED if noun in folded), None)
            yield _Group(labels[0], noun, len(numbers), numbers[-1])


def _digits(text: str) -> int | None:
    found = _ORDINAL.fullmatch(text.strip())
    return int(found[1]) if found else None


def list_against_announced(scope: Scope) -> Iterator[Contradiction]:
    """Words like "cho 05 tập thể có tên sau đây:" and the numbered items behind them."""
    for announced in _ANNOUNCED.finditer(scope.folded):
        opening = _OPENS_LIST.match(scope.folded, announced.end())
        if opening is None or _ANNOUNCED.search(scope.folded, announced.end(), opening.end()):
            continue  # two counts, and a list of both
        if _ANNOUNCED.search(scope.folded, max(0, announced.start() - 80), announced.start()):
            continue
        colon = scope.folded.find(":", opening.end(), opening.end() + 120)
        items = _numbered(scope.folded, colon + 1) if colon >= 0 else []
        if len(items) >= 2 and len(items) != int(announced["count"]):
            side = scope.side(*announced.span())
            message = f"Văn bản ghi {side.raw}, danh sách có {len(items)} mục."
            yield contradiction("list_announced", message, side, scope.side(*items[-1]))


def _numbered(folded: str, start: int) -> list[tuple[int, int]]:
    """Spans of the numbers 1, 2, 3 ... that begin lines, as far as they go on."""
    items: list[tuple[int, int]] = []
    for match in _ITEM.finditer(folded, start, start + _LONGEST_LIST):
        if int(match["number"]) == len(items) + 1:
            items.append(match.span("number"))
        elif items or match.start() - start > _NEAR:
            break
    return items


LIST_CHECKS = (rows_against_announced, list_against_announced)
