"""Dates as Vietnamese offices write them, always day before month: long, short, partial, year alone, with blanks.

Values are ISO strings, ``2019-05-31``, ``2019-06`` or ``2019``; what was left blank stays unknown. Digits that the
OCR engine took for letters (``l5/7/20l9``) are read, but the date is then ``restored``, not ``read``.
"""

from __future__ import annotations

from calendar import monthrange

import regex

from extract.patterns import Found, OcrNumber, Pattern, Source, find_all

__all__ = ["DATE_GRAMMAR", "YEAR", "date_at", "find_dates", "iso_date"]

# Two characters, at least one a real digit, or one digit: "l5", "o5", "31", "5"; never "io".
DAY = r"(?:\d[\dloi|]|[loi|]\d|\d)"
MONTH = r"(?:[01loi|]\d|1[loi|\d]|\d)"
YEAR = r"(?:(?:19|20|2o|l9|i9)\d[\dlo]|(?:19|20)[lo]\d)"
_GAP = r"\s{0,8}"
_BLANK = r"[\s.…_/\-]{1,40}"
_NOT_INSIDE = r"(?<![\w/.,\-]|\d\s)"
_NOT_BEFORE = r"(?![\w]|[/.\-,]\d)"
_WORD = regex.compile(r"ngay\s{0,8}")
_PAST_YEARS = range(1900, 2100)


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """ISO text of a date that exists; None for others (31 February, month 13, year 1075)."""
    if year not in _PAST_YEARS:
        return None
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _read(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    parts = {name: OcrNumber.read(text) for name, text in match.groupdict().items() if text}
    numbers = {name: part.value for name, part in parts.items()}
    value = iso_date(numbers["year"], numbers.get("month"), numbers.get("day"))
    if value is None:
        return None
    repaired = any(part.repaired for part in parts.values())
    return Found(
        kind="date",
        value=value,
        start=match.start(),
        end=match.end(),
        rule=rule,
        strength=0.6 if repaired else 0.98,
        status="restored" if repaired else "read",
    )


def _read_blank(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    """A form with blanks: the month counts only where it is filled in, a day without its month does not."""
    year = OcrNumber.read(match["year"])
    month = OcrNumber.read(match["month"]) if match["month"] else None
    value = iso_date(year.value, month.value if month else None)
    return Found("date", value, match.start(), match.end(), rule, strength=0.8) if value else None


DATE_GRAMMAR = (
    Pattern(
        "date.long",
        rf"\bngay{_GAP}(?P<day>{DAY}){_GAP}thang{_GAP}(?P<month>{MONTH}){_GAP}nam{_GAP}(?P<year>{YEAR})(?!\d)",
        _read,
        (
            ("ngày 31 tháng 5 năm 2019", "2019-05-31"),
            ("Ngày 05 tháng 01 năm 2020", "2020-01-05"),
            ("ngay 31 thang 5 nam 2019", "2019-05-31"),
            ("ngày 03\ntháng 8 năm 2010", "2010-08-03"),
            ("ngày31tháng5năm2019", "2019-05-31"),
            ("ngày l5 tháng 7 năm 2O19", "2019-07-15"),
            ("NGÀY 02 THÁNG 9 NĂM 1945", "1945-09-02"),
        ),
    ),
    Pattern(
        "date.blank",
        rf"\bngay(?:{_BLANK}|{_GAP}{DAY}{_GAP})thang(?:{_BLANK}|{_GAP}(?P<month>{MONTH}){_GAP})nam{_GAP}(?P<year>{YEAR})(?!\d)",
        _read_blank,
        (
            ("ngày … tháng … năm 2019", "2019"),
            ("ngày     tháng 6 năm 2019", "2019-06"),
            ("ngày ..... tháng 11 năm 2021", "2021-11"),
            ("ngày 12 tháng ... năm 2021", "2021"),
        ),
    ),
    Pattern(
        "date.blank_short",
        rf"\bngay[\s.…_]{{0,20}}/[\s.…_]{{0,20}}(?P<month>{MONTH})?[\s.…_]{{0,20}}/{_GAP}(?P<year>{YEAR})(?!\d)",
        _read_blank,
        (("ngày    /…./2019", "2019"), ("ngày    /6/2019", "2019-06"), ("ngày .../.../2020", "2020")),
    ),
    Pattern(
        "date.short",
        rf"""{_NOT_INSIDE}(?P<day>{DAY})\s?/\s?(?P<month>{MONTH})\s?/\s?(?P<year>{YEAR}){_NOT_BEFORE}
        |{_NOT_INSIDE}(?P<day>{DAY})-(?P<month>{MONTH})-(?P<year>{YEAR}){_NOT_BEFORE}
        |{_NOT_INSIDE}(?P<day>{DAY})\.(?P<month>{MONTH})\.(?P<year>{YEAR}){_NOT_BEFORE}""",
        _read,
        (
            ("05/3/2019", "2019-03-05"),
            ("ngày 5/3/2019,", "2019-03-05"),
            ("(31/12/2010)", "2010-12-31"),
            ("27.06.2025 17:00:11", "2025-06-27"),
            ("15-8-2019", "2019-08-15"),
            ("l5/7/20l9", "2019-07-15"),
            ("26/ 01/ 2023", "2023-01-26"),
        ),
    ),
    Pattern(
        "date.month",
        rf"\bthang{_GAP}(?P<month>{MONTH})(?:\s?[/.-]\s?|{_GAP}nam{_GAP})(?P<year>{YEAR}){_NOT_BEFORE}",
        _read,
        (("tháng 6/2018", "2018-06"), ("tháng 06 năm 2018", "2018-06"), ("tháng 03-2008", "2008-03")),
    ),
    Pattern(
        "date.month",
        rf"(?<![\w/.,\-%]|\d\s)(?P<month>0[1-9]|1[0-2])/(?P<year>20\d\d){_NOT_BEFORE}",
        _read,
        (("từ 09/2021 tới nay", "2021-09"),),
    ),
    Pattern(
        "date.year",
        rf"(?<!viet\s)\bnam{_GAP}(?P<year>{YEAR})(?![\w]|\s?[/–-]\s?\d|[.,]\d)",
        _read,
        (("năm 2019", "2019"), ("cuối năm 2015, toàn", "2015"), ("năm\n2024.", "2024")),
    ),
)


def find_dates(source: Source) -> list[Found]:
    """All dates of a text."""
    return find_all(source, DATE_GRAMMAR)


def date_at(folded: str, position: int) -> Found | None:
    """The date that begins at ``position`` of a folded text (or after "ngày" there), such as in a citation."""
    source = Source(folded, folded)
    for pattern in DATE_GRAMMAR:
        match = pattern.compiled.match(folded, position) or pattern.compiled.match(folded, _past_word(folded, position))
        found = pattern.read(source, match, pattern.name) if match else None
        if found is not None:
            return found
    return None


def _past_word(folded: str, position: int) -> int:
    word = _WORD.match(folded, position)
    return word.end() if word else position
