"""Numbers against each other: shares with their percentages, ballots, attendance, figures with words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import regex

from extract.check_scope import Scope, Side, contradiction
from extract.record import Contradiction, TableCell, ValueField

__all__ = ["NUMBER_CHECKS"]

_SHARES = ("ratio", "votes", "criteria")
# "12/19 xã, đạt tỷ lệ 63,2%", "19/19 phiếu (100%)", and the other way round "chiếm 63,2% (12/19 xã)"
_SHARE_THEN_PERCENT = regex.compile(
    r"(?:\s|\b(?:xa|thon|huyen|phieu|dai\s{1,4}bieu|thanh\s{1,4}vien|nguoi|ho|dong\s{1,4}y|tan\s{1,4}thanh|bau|hop\s{1,4}le|"
    r"co\s{1,4}mat|thong\s{1,4}nhat|nhat\s{1,4}tri|bieu\s{1,4}quyet|so)\b){0,16}"
    r"[\s,;(=]{1,6}(?:(?:dat|chiem|bang|tuong\s{1,4}duong|la|ty\s{1,4}le|ti\s{1,4}le|voi)\s{1,4}){0,4}:?\s{0,4}"
)
_PERCENT_THEN_SHARE = regex.compile(r"\s{0,4}\(\s{0,2}(?:tuong\s{1,4}duong\s{1,4}|bang\s{1,4}|dat\s{1,4})?")
_PERCENT = regex.compile(r"(?P<number>\d{1,4}(?:[.,]\d{1,3})?)\s{0,2}%")
_SHARE = regex.compile(r"\s*(?P<count>\d{1,4})\s?/\s?(?P<of>\d{1,4})\b")
_ABSENT = regex.compile(r"[^\d]{0,60}?\bvang(?:\s{1,4}mat)?\s{0,4}:?\s{0,4}(?P<count>\d{1,3})\b")
_PRESENT = regex.compile(r"\bco\s{1,4}mat\b[^\d\n]{0,20}$")
_IN_WORDS = regex.compile(r"[(\[]|bằng\s+chữ", regex.IGNORECASE)


def percentages(scope: Scope) -> Iterator[Contradiction]:
    """A share and the percentage beside it: "12/19 xã (63,2%)"; rounding either way is right."""
    values = sorted(scope.of_kind(*_SHARES, "percentage"), key=lambda value: value.span or (0, 0))
    for first, second in pairwise(values):
        if (first.kind == "percentage") == (second.kind == "percentage"):
            continue
        share, percent = (second, first) if first.kind == "percentage" else (first, second)
        held = share.value if isinstance(share.value, dict) else {}
        if _stands_beside(scope, first, second) or (share is first and _is_stated(held, percent)):
            found = _wrong_percentage(_number(held.get("for", held.get("count"))), _number(held.get("of")), percent.raw)
            if found is not None:
                yield contradiction("votes_percentage", found, Side.of(share), Side.of(percent))


def _stands_beside(scope: Scope, first: ValueField, second: ValueField) -> bool:
    between = scope.between(first, second)
    order = _PERCENT_THEN_SHARE if first.kind == "percentage" else _SHARE_THEN_PERCENT
    return between is not None and order.fullmatch(between) is not None


def _is_stated(share: dict[str, Any], percent: ValueField) -> bool:
    """Whether the finder of the share took this percentage for its own."""
    return share.get("percent") is not None and share["percent"] == percent.value


def row_percentages(scope: Scope) -> Iterator[Contradiction]:
    """Tables of votes: a cell "11/12" and the cell "91,7%" of the same row. OCR that loses a digit shows up here."""
    for table in scope.tables:
        for row in table.rows:
            shares = [(cell, match) for cell in row.cells if (match := _SHARE.fullmatch(cell.text.strip()))]
            percents = [cell for cell in row.cells if _PERCENT.fullmatch(cell.text.strip())]
            if len(shares) != 1 or len(percents) != 1:
                continue
            (cell, match), percent = shares[0], percents[0]
            found = _wrong_percentage(Decimal(match["count"]), Decimal(match["of"]), percent.text)
            if found is not None:
                yield contradiction("votes_percentage", found, Side.of(cell), Side.of(percent))


def _wrong_percentage(count: Decimal | None, of: Decimal | None, printed: str) -> str | None:
    match = _PERCENT.search(printed)
    if count is None or not of or match is None:
        return None
    stated = Decimal(match["number"].replace(",", "."))
    exponent = stated.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    exact = count * 100 / of
    if abs(stated - exact) < unit:  # rounded or cut off: both are in use
        return None
    rounded = f"{exact:.2f}".replace(".", ",")
    return f"{_plain(count)}/{_plain(of)} là {rounded}%, văn bản ghi {match['number']}%."


def ballots(scope: Scope) -> Iterator[Contradiction]:
    """Ballots given out, returned, valid and invalid; and the total that the rows of the vote are shares of."""
    counted = [value for value in scope.of_kind("votes") if isinstance(value.value, dict) and "issued" in value.value]
    for value in counted:
        issued, returned, valid, invalid = (
            value.value.get(name) for name in ("issued", "returned", "valid", "invalid")
        )
        if None not in (issued, returned) and returned > issued:
            yield contradiction("votes_ballots", "Số phiếu thu về nhiều hơn số phiếu phát ra.", Side.of(value))
        elif None not in (returned, valid) and (
            valid > returned or (invalid is not None and valid + invalid != returned)
        ):
            message = "Số phiếu hợp lệ và không hợp lệ không khớp số phiếu thu về."
            yield contradiction("votes_ballots", message, Side.of(value))
    if len(counted) == 1:  # with one vote on paper it is plain which one the table tells of
        yield from _rows_against_ballots(scope, counted[0])


def _rows_against_ballots(scope: Scope, counted: ValueField) -> Iterator[Contradiction]:
    papers = {counted.value.get(name) for name in ("issued", "returned", "valid")}
    for cell in _share_cells(scope):
        match = _SHARE.fullmatch(cell.text.strip())
        if match and int(match["of"]) not in papers:
            message = f"Bảng kết quả ghi trên {match['of']} phiếu, khác số phiếu phát ra, thu về và hợp lệ."
            yield contradiction("votes_ballots", message, Side.of(counted), Side.of(cell))


def _share_cells(scope: Scope) -> Iterator[TableCell]:
    """Cells of shares in rows that have their percentage too: those are of votes."""
    for table in scope.tables:
        for row in table.rows:
            if any(_PERCENT.fullmatch(cell.text.strip()) for cell in row.cells):
                yield from (cell for cell in row.cells if _SHARE.fullmatch(cell.text.strip()))


def attendance(scope: Scope) -> Iterator[Contradiction]:
    """Those present and absent against all: "Có mặt: 12/13 ... Vắng mặt: 01"."""
    for value in scope.of_kind(*_SHARES):
        held = value.value if isinstance(value.value, dict) else {}
        present, of = _number(held.get("for", held.get("count"))), _number(held.get("of"))
        absent = _ABSENT.match(scope.folded, value.span[1]) if value.span and scope.folded else None
        if present is None or of is None or absent is None or not _PRESENT.search(scope.before(value, 40)):
            continue
        if present + int(absent["count"]) != of:
            message = f"Có mặt {_plain(present)} và vắng mặt {absent['count']}, nhưng tổng số là {_plain(of)}."
            yield contradiction("attendance", message, Side.of(value), scope.side(*absent.span("count")))


def figures_and_words(scope: Scope) -> Iterator[Contradiction]:
    """Figures and words of one value, one of them in brackets, where the finder read both and they differ."""
    for value in scope.of_kind("amount", "copies", "count"):
        break_at = _IN_WORDS.search(value.raw, 1) if value.status == "conflict" else None
        if break_at is None or not value.alternatives:
            continue
        message = "Con số và cách viết bằng chữ bên cạnh khác nhau."
        yield contradiction("words", message, *_halves(scope, value, break_at.start()))


def _halves(scope: Scope, value: ValueField, at: int) -> Sequence[Side]:
    if value.span and scope.text:
        start, end = value.span
        return scope.side(start, start + at), scope.side(start + at, end)
    return Side(value.raw[:at].strip(), tuple(value.where), None), Side(value.raw[at:].strip(), (), None)


def _number(value: Any) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _plain(number: Decimal) -> str:
    return str(number.normalize() if number != number.to_integral_value() else int(number)).replace(".", ",")


NUMBER_CHECKS = (percentages, row_percentages, ballots, attendance, figures_and_words)
