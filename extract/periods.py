"""Periods: stages, terms, school years, quarters, halves of a year, "từ ... đến ...", "kể từ ngày ký".

Values are ``{"from", "to", "sense"}``, with ISO texts of days, months or years; ``to`` is None for "đến nay", and both
are None where the beginning is not a date ("kể từ ngày ký", sense ``from_signing``).
"""

from __future__ import annotations

import regex

from extract.dates import DAY, MONTH, YEAR, date_at, iso_date
from extract.patterns import Found, OcrNumber, Pattern, Source, find_all
from extract.record import Status

__all__ = ["PERIOD_GRAMMAR", "find_periods"]

_DASH = r"\s{0,4}[-–—‑]\s{0,4}"
_END = r"(?!\d|[/.,\-]\d)"
_TO = r"\s{0,4}(?:[-–—]|\bden\b|\btoi\b)\s{0,4}(?:het\s{1,4})?"
_LINK = regex.compile(_TO)
_NOW = regex.compile(r"nay\b")
_FROM = {"từ", "tu"}
_SENSES = {"nhiem ky": "term", "nhiem ki": "term", "nam hoc": "school_year", "giai doan": "stage"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FUND = regex.compile(r"\b[Qq](?:uỹ|ũy|uĩ)|QUỸ|QŨY")
_MONTHS = {"ba": 3, "sau": 6, "chin": 9}
_ISSUED = "from_issue"
_STARTS = {"ky": "from_signing", "ban hanh": _ISSUED, "ky ban hanh": "from_signing"}


def _found(
    value: tuple[str | None, str | None, str], start: int, end: int, rule: str, *, repaired: bool = False
) -> Found:
    first, last, sense = value
    status: Status = "restored" if repaired else "read"
    strength = 0.6 if repaired else 0.97
    return Found("period", {"from": first, "to": last, "sense": sense}, start, end, rule, strength, status)


def _read_years(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    if match.groupdict().get("from") and source.text[slice(*match.span("from"))].lower() not in _FROM:
        return None
    first = OcrNumber.read(match["first"])
    last = OcrNumber.read(match["last"]) if match["last"] else None
    start, end = iso_date(first.value), iso_date(last.value) if last else None
    if start is None or (last is not None and (end is None or last.value <= first.value)):
        return None
    label = " ".join((match.groupdict().get("label") or "").split())
    repaired = first.repaired or bool(last and last.repaired)
    sense = _SENSES.get(label, "stage")
    return _found((start, end, sense), match.start("first"), match.end("end"), rule, repaired=repaired)


def _read_quarter(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    if _FUND.match(source.text, match.start()):
        return None
    year = OcrNumber.read(match["year"])
    first, sure = _quarter(match["quarter"])
    last, sure_too = _quarter(match["last"]) if match["last"] else (first, True)
    if iso_date(year.value) is None or last < first:
        return None
    months = (iso_date(year.value, first * 3 - 2), iso_date(year.value, last * 3))
    repaired = not (sure and sure_too) or year.repaired
    return _found((*months, "quarter"), match.start(), match.end(), rule, repaired=repaired)


def _quarter(printed: str) -> tuple[int, bool]:
    """(number of a quarter, as printed): strokes read as 1, l or |: III comes out as "I11", "I1l", even "I111"."""
    if printed in _ROMAN:
        return _ROMAN[printed], True
    return (4 if "v" in printed else min(len(printed), 3)), False


def _read_months_of_year(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    year = OcrNumber.read(match["year"])
    count = _MONTHS.get(match["count"]) or int(match["count"])
    if not 1 <= count <= 11 or iso_date(year.value) is None:
        return None
    first, last = (1, count) if match["which"] == "dau" else (13 - count, 12)
    months = (iso_date(year.value, first), iso_date(year.value, last))
    return _found((*months, "months"), match.start(), match.end(), rule, repaired=year.repaired)


def _read_dates(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    """Read "từ" one date "đến" another: both whole, of the same sort (days or months), the first before the last."""
    if source.text[slice(*match.span("from"))].lower() not in _FROM:
        return None
    first = date_at(source.folded, match.end())
    link = _LINK.match(source.folded, first.end) if first else None
    if first is None or link is None:
        return None
    now = _NOW.match(source.folded, link.end())
    last = None if now else date_at(source.folded, link.end())
    if not now and (last is None or len(last.value) != len(first.value) or last.value < first.value):
        return None
    end = now.end() if now else last.end if last else link.end()
    repaired = "restored" in {first.status, last.status if last else ""}
    return _found((first.value, last.value if last else None, "range"), first.start, end, rule, repaired=repaired)


def _read_short_first(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    """Read "từ ngày 25 đến ngày 27/8/2020": month and year, printed once, are those of both."""
    if source.text[slice(*match.span("from"))].lower() not in _FROM:
        return None
    last = date_at(source.folded, match.end())
    if last is None:
        return None
    day, month = match["day"], match["month"]
    if (day is not None) != (len(last.value) == len("2019-05-31")) or len(last.value) == len("2019"):
        return None
    parts = [OcrNumber.read(part) for part in (day, month) if part]
    year, last_month = int(last.value[:4]), int(last.value[5:7])
    first_month = OcrNumber.read(month).value if month else last_month
    start = iso_date(year, first_month, OcrNumber.read(day).value if day else None)
    if start is None or start > last.value:
        return None
    repaired = last.status == "restored" or any(part.repaired for part in parts)
    return _found((start, last.value, "range"), match.start("first"), last.end, rule, repaired=repaired)


def _read_relative(_: Source, match: regex.Match[str], rule: str) -> Found:
    sense = _STARTS[" ".join(match["event"].split())]
    return _found((None, None, sense), match.start(), match.end(), rule)


def _span(first: int | str | None, last: int | str | None, sense: str = "stage") -> dict[str, str | None]:
    return {"from": str(first) if first else None, "to": str(last) if last else None, "sense": sense}


PERIOD_GRAMMAR = (
    Pattern(
        "period.labelled",
        rf"\b(?P<label>giai\s{{1,4}}doan|nhiem\s{{1,4}}k[yi]|nam\s{{1,4}}hoc)(?:\s{{1,4}}\d{{1,2}}\s{{1,4}}nam)?"
        rf"(?:\s{{1,4}}(?:tu\s{{1,4}})?nam|\s{{0,4}}\(|\s{{1,4}}tu)?\s{{0,4}}"
        rf"(?P<first>{YEAR})(?:{_DASH}|\s?/\s?(?=20)|\s{{1,4}}den\s{{1,4}}(?:het\s{{1,4}})?(?:nam\s{{1,4}})?)"
        rf"(?P<last>{YEAR})(?P<end>){_END}",
        _read_years,
        (
            ("giai đoạn 2011 - 2020", _span(2011, 2020)),
            ("giai đoạn 2011-\n2015", _span(2011, 2015)),
            ("GIAI ĐOẠN 2011–2020", _span(2011, 2020)),
            ("nhiệm kỳ 2015 - 2020", _span(2015, 2020, "term")),
            ("NHIỆM KỲ 2025-2030", _span(2025, 2030, "term")),
            ("nhiệm kì 2021-2026", _span(2021, 2026, "term")),
            ("năm học 2017-2018", _span(2017, 2018, "school_year")),
            ("năm học 2031/2032", _span(2031, 2032, "school_year")),
            ("giai đoạn 2021 đến 2025", _span(2021, 2025)),
            ("giai đoạn 5 năm 2021-2025", _span(2021, 2025)),
            ("giai đoạn từ năm 2026 đến năm 2030", _span(2026, 2030)),
            ("giai doan 20l1-2020", _span(2011, 2020)),
            ("giai đoạn 2026 - 2030,", _span(2026, 2030)),
        ),
        ("giai đoạn 2", "giai đoạn 2020-2011", "nhiệm kỳ tới", "giai đoạn 2021"),
    ),
    Pattern(
        "period.from_to",
        rf"\b(?P<from>tu)\s{{1,4}}(?:nam\s{{1,4}})?(?P<first>{YEAR})\s{{0,4}}(?:[-–]|den|toi)\s{{0,4}}"
        rf"(?:(?:het\s{{1,4}})?(?:nam\s{{1,4}})?(?P<last>{YEAR})|nay\b)(?P<end>){_END}",
        _read_years,
        (
            ("từ năm 2011 đến năm 2018", _span(2011, 2018)),
            ("từ 2011-nay", _span(2011, None)),
            ("từ năm 2016 đến hết năm 2020", _span(2016, 2020)),
            ("từ năm 2015 đến nay", _span(2015, None)),
            ("Từ 2026 tới 2030", _span(2026, 2030)),
            ("từ năm 2028 - 2030", _span(2028, 2030)),
        ),
        ("từ năm 2018 đến năm 2011", "từ 5 đến 10"),
    ),
    Pattern(
        "period.short_first",
        rf"\b(?P<from>tu)\s{{1,4}}(?P<first>(?:ngay\s{{1,4}}(?P<day>{DAY})(?:\s?/\s?(?P<month>{MONTH})|\s{{1,4}}thang\s{{1,4}}(?P<month>{MONTH}))?"
        rf"|(?P<day>{DAY})\s?/\s?(?P<month>{MONTH})|thang\s{{1,4}}(?P<month>{MONTH})))(?![/.\-\d]){_TO}",
        _read_short_first,
        (
            ("từ ngày 25 đến ngày 27/8/2031", _span("2031-08-25", "2031-08-27", "range")),
            ("từ ngày 01/6 đến ngày 15/7/2031", _span("2031-06-01", "2031-07-15", "range")),
            ("từ tháng 01 đến tháng 6/2031", _span("2031-01", "2031-06", "range")),
            ("từ ngày 25 đến hết ngày 27 tháng 8 năm 2031", _span("2031-08-25", "2031-08-27", "range")),
            ("từ ngày 3 tháng 9 đến ngày 5 tháng 10 năm 2031", _span("2031-09-03", "2031-10-05", "range")),
            ("từ 01/6 - 30/6/2031", _span("2031-06-01", "2031-06-30", "range")),
        ),
        ("từ ngày 5 đến ngày 10", "từ ngày 30 đến ngày 32"),
    ),
    Pattern(
        "period.dates",
        r"\b(?P<from>tu)\s{1,4}(?=ngay|thang|\d|[loi|]\d)",
        _read_dates,
        (
            ("từ ngày 01/01/2026 đến ngày 30/6/2029", _span("2026-01-01", "2029-06-30", "range")),
            ("từ tháng 01/2028 đến tháng 6/2029", _span("2028-01", "2029-06", "range")),
            (
                "từ ngày 05 tháng 9 năm 2030 đến hết ngày 31 tháng 5 năm 2031",
                _span("2030-09-05", "2031-05-31", "range"),
            ),
            ("kể từ tháng 6/2028 đến nay", _span("2028-06", None, "range")),
            ("từ 15/5/2031 - 20/5/2031", _span("2031-05-15", "2031-05-20", "range")),
            ("từ ngày l5/5/2031 đến ngày 20/5/2031", _span("2031-05-15", "2031-05-20", "range")),
            ("từ tháng 6 năm 2030 đến tháng 5 năm 2031", _span("2030-06", "2031-05", "range")),
        ),
        ("từ ngày 05/6/2031", "từ ngày 30/6/2031 đến ngày 01/01/2031", "Thông tư ngày 05/6/2031 đến ngày 07/6/2031"),
    ),
    Pattern(
        "period.years",
        rf"(?<![\w/.\-]|\d\s)(?P<first>{YEAR}){_DASH}(?P<last>{YEAR})(?P<end>){_END}(?!\s?/)",
        _read_years,
        (
            ("2016-2018", _span(2016, 2018)),
            ("(2011 – 2020)", _span(2011, 2020)),
            ("khóa XIX (2026 - 2031)", _span(2026, 2031)),
            ("2 năm 2030-2031", _span(2030, 2031)),
        ),
        ("2018-2016", "0912-2016-2018", "12/2016-2018", "2016-20180"),
    ),
    Pattern(
        "period.quarter",
        rf"\bqu[yi]\s{{1,4}}(?P<quarter>[i1l|]{{1,4}}v?|[1-4])(?:(?:,\s?|\s{{0,4}}[-–]\s{{0,4}}|\s{{1,4}}(?:va|den)\s{{1,4}})(?:qu[yi]\s{{1,4}})?"
        rf"(?P<last>[i1l|]{{1,4}}v?|[1-4]))?(?:\s?/\s?(?:nam\s{{1,4}})?|\s{{1,4}}nam\s{{1,4}}|\s{{1,4}})(?P<year>{YEAR}){_END}",
        _read_quarter,
        (
            ("quý III/2019", _span("2019-07", "2019-09", "quarter")),
            ("Quý IV năm 2020", _span("2020-10", "2020-12", "quarter")),
            ("quy I111/2019", _span("2019-07", "2019-09", "quarter")),
            ("quý 2/2021", _span("2021-04", "2021-06", "quarter")),
            ("quý I năm 2031", _span("2031-01", "2031-03", "quarter")),
            ("quý I, II/2031", _span("2031-01", "2031-06", "quarter")),
            ("quý III và quý IV năm 2031", _span("2031-07", "2031-12", "quarter")),
            ("quí Il/2031", _span("2031-04", "2031-06", "quarter")),
            ("QUÝ 1V/2031", _span("2031-10", "2031-12", "quarter")),
        ),
        ("Quỹ 1 năm 2031", "quý 5/2031", "quý III", "quý vị 2031"),
    ),
    Pattern(
        "period.months_of_year",
        rf"\b(?P<count>\d{{1,2}}|ba|sau|chin)\s{{1,4}}thang\s{{1,4}}(?P<which>dau|cuoi)\s{{1,4}}nam\s{{1,4}}(?P<year>{YEAR}){_END}",
        _read_months_of_year,
        (
            ("6 tháng đầu năm 2031", _span("2031-01", "2031-06", "months")),
            ("09 tháng đầu năm 2031", _span("2031-01", "2031-09", "months")),
            ("6 tháng cuối năm 2031", _span("2031-07", "2031-12", "months")),
            ("sáu tháng đầu năm 2031", _span("2031-01", "2031-06", "months")),
            ("3 tháng cuối năm 2031", _span("2031-10", "2031-12", "months")),
        ),
        ("6 tháng đầu năm", "12 tháng đầu năm 2031"),
    ),
    Pattern(
        "period.relative",
        r"\b(?:ke\s{1,4})?tu\s{1,4}ngay\s{1,4}(?:duoc\s{1,4})?(?P<event>ky(?:\s{1,4}ban\s{1,4}hanh)?|ban\s{1,4}hanh)\b(?!\s{1,4}(?:ket|hop))",
        _read_relative,
        (
            ("có hiệu lực kể từ ngày ký.", _span(None, None, "from_signing")),
            ("có hiệu lực từ ngày ký ban hành", _span(None, None, "from_signing")),
            ("trong 30 ngày kể từ ngày ban hành", _span(None, None, "from_issue")),
            ("co hieu luc ke tu ngay ky", _span(None, None, "from_signing")),
        ),
        ("kể từ ngày ký kết hợp đồng", "kể từ khi ký", "ngày ký"),
    ),
)


def find_periods(source: Source) -> list[Found]:
    """All periods of a text."""
    return find_all(source, PERIOD_GRAMMAR)
