"""Tables against themselves: total rows and the rows that they add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extract.check_scope import Scope, Side, contradiction
from extract.record import Contradiction, Table, TableCell, TableRow
from normalize.folding import fold_aligned

__all__ = ["TABLE_CHECKS"]

# Columns whose numbers do not add up: row numbers, shares, years, prices of one, averages, codes, dates.
_NOT_ADDED = regex.compile(
    r"^\W{0,3}(?:stt|tt|so\s{1,3}tt|so\s{1,3}thu\s{1,3}tu)\W{0,3}$|%|\bty\s{1,3}le|\bti\s{1,3}le|\bnam\s{1,3}sinh|"
    r"^\W{0,3}nam\W{0,3}$|\bdon\s{1,3}gia|\bbinh\s{1,3}quan|\btrung\s{1,3}binh|\bma\s{1,3}so|\bso\s{1,3}hieu|\bngay\b|"
    r"\bdiem\b|\bxep\b|/\s?(?:nguoi|nam|ha)\b"
)


def totals_against_parts(scope: Scope) -> Iterator[Contradiction]:
    """Each total against the rows it may add up: all rows, its group's, those since the last total, the subtotals."""
    for table in scope.tables:
        for at, row in enumerate(table.rows):
            if row.kind != "total":
                continue
            for cell in row.cells:
                found = _wrong_total(table, at, cell)
                if found is not None:
                    yield found


def _wrong_total(table: Table, at: int, cell: TableCell) -> Contradiction | None:
    total = _number(cell)
    if total is None or cell.columns > 1 or _NOT_ADDED.search(_heading(table, cell.column)):
        return None
    ways = [parts for rows in _summed_rows(table, at) if (parts := _parts(rows, cell.column)) is not None]
    sums = [sum((value for _, value in parts), Decimal(0)) for parts in ways]
    # cells are printed with one or two decimals: the sum may be off by half a unit of the last one, each
    if not ways or any(abs(total - added) <= _slack(parts) for parts, added in zip(ways, sums, strict=True)):
        return None
    nearest = min(range(len(ways)), key=lambda way: abs(total - sums[way]))
    message = f"Dòng tổng ghi {cell.text.strip()}, cộng {len(ways[nearest])} dòng được {_plain(sums[nearest])}."
    return contradiction("total", message, Side.of(cell), *(Side.of(part) for part, _ in ways[nearest]))


def _heading(table: Table, column: int) -> str:
    return fold_aligned(table.columns[column]) if column < len(table.columns) else ""


def _summed_rows(table: Table, at: int) -> Iterator[list[TableRow]]:
    rows = table.rows
    total = rows[at]
    yield [row for row in rows if row.kind == "data"]
    yield [row for row in rows if row.kind == "data" and row.group == total.group]
    before = max((index for index in range(at) if rows[index].kind in {"total", "group"}), default=-1)
    yield [row for row in rows[before + 1 : at] if row.kind == "data"]
    behind = min((index for index in range(at + 1, len(rows)) if rows[index].kind != "data"), default=len(rows))
    yield rows[at + 1 : behind]
    yield [row for row in rows[:at] if row.kind == "total"]
    yield [row for row in rows if row.kind == "group"]


def _parts(rows: Sequence[TableRow], column: int) -> list[tuple[TableCell, Decimal]] | None:
    """The numbers of one column; None with fewer than two, or where a cell has text that is no number."""
    parts = []
    for row in rows:
        cell = next((cell for cell in row.cells if cell.column == column), None)
        if cell is None or not cell.text.strip(" -–—.…"):
            continue
        value = _number(cell)
        if value is None:
            return None
        parts.append((cell, value))
    return parts if len(parts) >= 2 else None


def _number(cell: TableCell) -> Decimal | None:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return None
    return Decimal(str(cell.value))


def _slack(parts: Sequence[tuple[TableCell, Decimal]]) -> Decimal:
    exponents = [value.as_tuple().exponent for _, value in parts]
    smallest = min(exponent if isinstance(exponent, int) else 0 for exponent in exponents)
    return Decimal(0) if smallest >= 0 else Decimal(len(parts)) * Decimal(5).scaleb(smallest - 1)


def _plain(number: Decimal) -> str:
    """As Vietnamese print it: dots for thousands, a comma for decimals."""
    whole, _, part = f"{number:,f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


TABLE_CHECKS = (totals_against_parts,)
