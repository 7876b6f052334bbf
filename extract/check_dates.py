"""Dates that cannot all be right: the document's against its e-signature, citations, years in codes, periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, islice, pairwise

import regex

from extract.check_scope import Scope, Side, contradiction, is_printed, iso_day
from extract.record import Contradiction, Reading
from normalize.folding import name_key

__all__ = ["DATE_CHECKS"]

# Organs sign up to ten days after the date they print (seen on real decisions); a month is a mistake.
_DAYS_UNTIL_SIGNED = 30
_MOST_PAIRS = 200  # of places of one code: hostile texts have millions
_CODE_YEAR = regex.compile(r"\d{1,6}[a-zA-Z]?/(?P<year>(?:19|20)\d\d)/")
_FROM = regex.compile(r"\btu\s{1,4}(?:ngay\s{1,4})?$")
_TO = regex.compile(r"[\s,]{0,4}(?:den|-|–)\s{1,4}(?:het\s{1,4})?(?:ngay\s{0,4})?")
_IN_BRACKETS = regex.compile(r"\s{0,4}\(\s?(?:truoc\s{1,4}|den\s{1,4})?(?:ngay\s{1,4})?")


def date_after_signature(scope: Scope) -> Iterator[Contradiction]:
    """The document's date against the times of its e-signatures: none may come before the document does."""
    issued = scope.document.issue_date
    day = iso_day(issued.value) if issued is not None and is_printed(issued) else None
    signed = [(when, item) for item in scope.document.digital_signatures if (when := _signing_day(item))]
    if issued is None or day is None or not signed:
        return
    last, item = max(signed, key=lambda pair: pair[0])
    if day > last:
        message = f"Ngày ban hành {_shown(day)} muộn hơn lần ký số cuối cùng, ngày {_shown(last)}."
        yield contradiction("date_after_signature", message, Side.of(issued), _signature_side(item, last))
    first, item = min(signed, key=lambda pair: pair[0])
    if (date.fromisoformat(first) - date.fromisoformat(day)).days > _DAYS_UNTIL_SIGNED:
        message = f"Ký số lần đầu ngày {_shown(first)}, quá {_DAYS_UNTIL_SIGNED} ngày sau ngày ban hành {_shown(day)}."
        yield contradiction("signed_long_after_date", message, Side.of(issued), _signature_side(item, first))


def _signing_day(item: Reading) -> str | None:
    day = iso_day(item.value.get("time")) if isinstance(item.value, dict) else None
    return day if day and _is_day(day) else None


def _signature_side(item: Reading, day: str) -> Side:
    """A signature held in the PDF prints nothing: its day stands for it."""
    return Side(_shown(day), tuple(item.where), item.span)


def reference_after_document(scope: Scope) -> Iterator[Contradiction]:
    """Nothing cited can be younger than the document that cites it."""
    issued = scope.document.issue_date
    day = iso_day(issued.value) if issued is not None and is_printed(issued) else None
    if issued is None or day is None:
        return
    own = scope.document.code.value if scope.document.code else None
    for item in scope.references:
        cited = iso_day(item.value.get("date"))
        if cited and cited > day and name_key(item.value["code"]) != name_key(str(own)):
            message = f"Văn bản {item.value['code']} được dẫn có ngày {_shown(cited)}, sau ngày ban hành {_shown(day)}."
            yield contradiction("reference_after_document", message, Side.of(item), Side.of(issued))


def code_year(scope: Scope) -> Iterator[Contradiction]:
    """The year inside a code is the year of its date: "91/2017/NĐ-CP ngày 31/7/2017"."""
    for item in scope.references:
        year, day = _CODE_YEAR.match(item.value["code"]), item.value.get("date")
        if year and day and day[:4] != year["year"]:
            message = f"Số, ký hiệu {item.value['code']} ghi năm {year['year']}, nhưng ngày đi kèm là {_shown(day)}."
            yield contradiction("code_year", message, Side.of(item))
    code, issued = scope.document.code, scope.document.issue_date
    if code is None or issued is None or not (is_printed(code) and is_printed(issued)):
        return
    year = _CODE_YEAR.match(str(code.value))
    if year and str(issued.value)[:4] != year["year"]:
        message = f"Số, ký hiệu ghi năm {year['year']}, ngày ban hành là {_shown(str(issued.value))}."
        yield contradiction("code_year", message, Side.of(code), Side.of(issued))


def two_dates_of_a_reference(scope: Scope) -> Iterator[Contradiction]:
    """One cited document, two dates."""
    by_code: dict[str, list[Reading]] = {}
    for item in scope.references:
        if iso_day(item.value.get("date")):
            by_code.setdefault(name_key(item.value["code"]), []).append(item)
    for items in by_code.values():
        told: set[frozenset[str]] = set()
        for first, second in islice(combinations(_one_for_each_date(items), 2), _MOST_PAIRS):
            days = frozenset({first.value["date"], second.value["date"]})
            if days not in told and _is_one_document(first, second):
                told.add(days)
                shown = " và ".join(_shown(item.value["date"]) for item in (first, second))
                message = f"Văn bản {first.value['code']} được ghi hai ngày khác nhau: {shown}."
                yield contradiction("two_dates", message, Side.of(first), Side.of(second))


def _one_for_each_date(items: Sequence[Reading]) -> list[Reading]:
    return list({(item.value["date"], item.value.get("issuer")): item for item in reversed(items)}.values())[::-1]


def _is_one_document(first: Reading, second: Reading) -> bool:
    """Numbers begin anew each year and in each organ: the year must be in the code, or be the same or nearly so."""
    one, other = first.value["date"], second.value["date"]
    if one == other:
        return False
    issuers = {name_key(item.value["issuer"]) for item in (first, second) if item.value.get("issuer")}
    if len(issuers) == 2 and not any(a != b and b.startswith(a) for a in issuers for b in issuers):
        return False
    same_year = bool(_CODE_YEAR.match(first.value["code"])) or one[:4] == other[:4]
    return same_year or one[4:] == other[4:]  # the same day of another year is a slip of the year


def backward_ranges(scope: Scope) -> Iterator[Contradiction]:
    """Ranges and periods that end before they begin ("từ ngày A đến ngày B"), school years of more than two years."""
    for item in scope.of_kind("period"):
        start, end = item.value.get("from"), item.value.get("to")
        if not (start and end):
            continue
        if end[: len(start)] < start[: len(end)]:
            message = f"Khoảng thời gian kết thúc ({_shown(end)}) trước khi bắt đầu ({_shown(start)})."
            yield contradiction("backward_range", message, Side.of(item))
        elif item.value.get("sense") == "school_year" and int(end[:4]) - int(start[:4]) != 1:
            yield contradiction("school_year", "Năm học phải gồm hai năm liền nhau.", Side.of(item))
    days = [item for item in scope.of_kind("date") if iso_day(item.value)]
    for first, second in pairwise(days):
        between = scope.between(first, second)
        if between is None or second.value >= first.value:
            continue
        if _TO.fullmatch(between) and _FROM.search(scope.before(first, 16)):
            message = f"Khoảng thời gian kết thúc ({_shown(second.value)}) trước khi bắt đầu ({_shown(first.value)})."
            yield contradiction("backward_range", message, Side.of(first), Side.of(second))


def date_outside_period(scope: Scope) -> Iterator[Contradiction]:
    """A date in brackets right behind a period explains it and lies within: "quý III/2019 (ngày 15/8/2019)"."""
    dated = sorted(scope.of_kind("period", "date"), key=lambda item: item.span or (0, 0))
    for period, day in pairwise(dated):
        if period.kind != "period" or day.kind != "date" or not iso_day(day.value):
            continue
        between = scope.between(period, day)
        start, end = period.value.get("from"), period.value.get("to")
        if between is None or not _IN_BRACKETS.fullmatch(between) or not (start and end):
            continue
        if day.value[: len(start)] < start or day.value[: len(end)] > end:
            message = f"Ngày {_shown(day.value)} nằm ngoài khoảng thời gian đi kèm."
            yield contradiction("date_outside_period", message, Side.of(period), Side.of(day))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shown(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


DATE_CHECKS = (
    date_after_signature,
    reference_after_document,
    code_year,
    two_dates_of_a_reference,
    backward_ranges,
    date_outside_period,
)
