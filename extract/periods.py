"""Periods: stages, terms, school years, quarters, "từ năm ... đến năm ...".

Values are ``{"from", "to", "sense"}``, with ISO texts of days, months or years; ``to`` is None for "đến nay".
"""

from __future__ import annotations

import regex

from extract.dates import YEAR, iso_date
from extract.patterns import Found, OcrNumber, Pattern, Source, find_all

__all__ = ["PERIOD_GRAMMAR", "find_periods"]

_DASH = r"\s{0,4}[-–—‑]\s{0,4}"
_END = r"(?!\d|[/.,\-]\d)"
_SENSES = {"nhiem ky": "term", "nam hoc": "school_year", "giai doan": "stage"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _read_years(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    first = OcrNumber.read(match["first"])
    last = OcrNumber.read(match["last"]) if match["last"] else None
    start, end = iso_date(first.value), iso_date(last.value) if last else None
    if start is None or (last is not None and (end is None or last.value <= first.value)):
        return None
    label = " ".join((match.groupdict().get("label") or "").split())
    value = {"from": start, "to": end, "sense": _SENSES.get(label, "stage")}
    repaired = first.repaired or bool(last and last.repaired)
    strength, status = (0.6, "restored") if repaired else (0.97, "read")
    return Found("period", value, match.start("first"), match.end("end"), rule, strength, status)  # type: ignore[arg-type]


def _read_quarter(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    year = OcrNumber.read(match["year"])
    printed = match["quarter"]
    quarter = _ROMAN.get(printed)
    if quarter is None:  # strokes read as 1, l or |: III comes out as "I11", "I1l", even "I111"
        strokes = len(printed.replace("v", ""))
        quarter = 4 if "v" in printed else min(strokes, 3)
    if iso_date(year.value) is None:
        return None
    value = {
        "from": iso_date(year.value, quarter * 3 - 2),
        "to": iso_date(year.value, quarter * 3),
        "sense": "quarter",
    }
    restored = printed not in _ROMAN or year.repaired
    strength, status = (0.5, "restored") if restored else (0.97, "read")
    return Found("period", value, match.start(), match.end(), rule, strength, status)  # type: ignore[arg-type]


def _stage(first: int, last: int | None, sense: str = "stage") -> dict[str, str | None]:
    return {"from": str(first), "to": str(last) if last else None, "sense": sense}


PERIOD_GRAMMAR = (
    Pattern(
        "period.labelled",
        rf"\b(?P<label>giai\s{{1,4}}doan|nhiem\s{{1,4}}ky|nam\s{{1,4}}hoc)(?:\s{{1,4}}nam)?\s{{1,4}}"
        rf"(?P<first>{YEAR})(?:{_DASH}|\s{{1,4}}den\s{{1,4}}(?:nam\s{{1,4}})?)(?P<last>{YEAR})(?P<end>){_END}",
        _read_years,
        (
            ("giai đoạn 2011 - 2020", _stage(2011, 2020)),
            ("giai đoạn 2011-\n2015", _stage(2011, 2015)),
            ("GIAI ĐOẠN 2011–2020", _stage(2011, 2020)),
            ("nhiệm kỳ 2015 - 2020", _stage(2015, 2020, "term")),
            ("năm học 2017-2018", _stage(2017, 2018, "school_year")),
            ("giai đoạn 2021 đến 2025", _stage(2021, 2025)),
        ),
    ),
    Pattern(
        "period.from_to",
        rf"\btu\s{{1,4}}(?:nam\s{{1,4}})?(?P<first>{YEAR})\s{{0,4}}(?:[-–]|den)\s{{0,4}}"
        rf"(?:(?:het\s{{1,4}})?(?:nam\s{{1,4}})?(?P<last>{YEAR})|nay\b)(?P<end>){_END}",
        _read_years,
        (
            ("từ năm 2011 đến năm 2018", _stage(2011, 2018)),
            ("từ 2011-nay", _stage(2011, None)),
            ("từ năm 2016 đến hết năm 2020", _stage(2016, 2020)),
            ("từ năm 2015 đến nay", _stage(2015, None)),
        ),
    ),
    Pattern(
        "period.years",
        rf"(?<![\w/.\-]|\d\s)(?P<first>{YEAR}){_DASH}(?P<last>{YEAR})(?P<end>){_END}(?!\s?/)",
        _read_years,
        (("2016-2018", _stage(2016, 2018)), ("(2011 – 2020)", _stage(2011, 2020))),
    ),
    Pattern(
        "period.quarter",
        rf"\bquy\s{{1,4}}(?P<quarter>[i1l|]{{1,4}}v?|[1-4])(?:\s?/\s?|\s{{1,4}}nam\s{{1,4}}|\s{{1,4}})(?P<year>{YEAR}){_END}",
        _read_quarter,
        (
            ("quý III/2019", {"from": "2019-07", "to": "2019-09", "sense": "quarter"}),
            ("Quý IV năm 2020", {"from": "2020-10", "to": "2020-12", "sense": "quarter"}),
            ("quy I111/2019", {"from": "2019-07", "to": "2019-09", "sense": "quarter"}),
            ("quý 2/2021", {"from": "2021-04", "to": "2021-06", "sense": "quarter"}),
        ),
    ),
)


def find_periods(source: Source) -> list[Found]:
    """All periods of a text."""
    return find_all(source, PERIOD_GRAMMAR)
