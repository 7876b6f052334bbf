"""Dates as Vietnamese offices write them, always day before month: long, short, partial, year alone, with blanks.

Values are ISO strings, ``2019-05-31``, ``2019-06`` or ``2019``; what was left blank stays unknown. Digits that the
OCR engine took for letters (``l5/7/20l9``) are read, but the date is then ``restored``, not ``read``. The rule tells
how a date binds: ``date.before`` (trước ngày: that day itself is out), ``date.until`` (đến hết ngày, chậm nhất: it is
in), ``date.from`` (kể từ ngày), ``date.after`` (sau ngày).
"""

from __future__ import annotations

from calendar import monthrange

import regex

from extract.patterns import Found, OcrNumber, Pattern, Source, find_all

__all__ = ["DATE_GRAMMAR", "DAY", "MONTH", "YEAR", "date_at", "find_dates", "iso_date"]

# Two characters, at least one a real digit, or one digit: "l5", "o5", "31", "5"; never "io".
DAY = r"(?:\d[\dloi|]|[loi|]\d|\d)"
MONTH = r"(?:[01loi|]\d|[01][loi|\d]|\d)"
YEAR = r"(?:(?:[1li|]9|2[0o])(?:\d[\dloi|]|[loi|]\d))"
_GAP = r"\s{0,8}"
_BLANK = r"[\s.…_/\-]{1,40}"
_NOT_INSIDE = r"(?<![\w/.,\-]|\d\s)"
_NOT_BEFORE = r"(?![\w]|[/.\-,]\d)"
_WORD = regex.compile(r"ngay\s{0,8}")
_YEARS = range(1900, 2100)

_LONG = rf"\bngay{_GAP}(?P<day>{DAY}){_GAP}thang{_GAP}(?P<month>{MONTH}){_GAP}nam{_GAP}(?P<year>{YEAR})(?!\d)"
_SHORT = rf"""{_NOT_INSIDE}(?P<day>{DAY})(?:\s?/\s?(?P<month>{MONTH})\s?/\s?(?P<year>{YEAR})
    |\s?[-–]\s?(?P<month>{MONTH})\s?[-–]\s?(?P<year>{YEAR})|\.(?P<month>{MONTH})\.(?P<year>{YEAR})){_NOT_BEFORE}"""
_MONTH_YEAR = rf"\bthang{_GAP}(?P<month>{MONTH})(?:\s?[/.-]\s?|{_GAP}nam{_GAP})(?P<year>{YEAR}){_NOT_BEFORE}"
_YEAR_ALONE = rf"\bnam{_GAP}(?P<year>{YEAR})(?![\w]|\s?[/–-]\s?\d|[.,]\d)"
_ANY = rf"(?:ngay\s{{1,4}})?(?P<date>{_LONG}|{_SHORT}|{_MONTH_YEAR}|{_YEAR_ALONE})"
_AND_BEFORE = r"\s{1,4}tro\s{1,4}ve\s{1,4}truoc\b"
_NO_LOST_DAY = r"(?:dau|cuoi|giua|cua|le|lam|va|het|ra|tu)\b"
# Folded "tu" is also "tư" (thông tư, đầu tư), "sau" is "sáu": what the word may look like in print.
_BINDING = {"tu": {"từ", "tu"}, "sau": {"sau"}, "toi": {"tới", "toi"}, "den": {"đến", "den", "dến"}}

_MONTH_NAMES = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    r"muoi\s{1,4}mot": 11, r"muoi\s{1,4}hai": 12, "chap": 12,
}  # fmt: skip


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """ISO text of a date that exists; None for others (31 February, month 13, year 1075)."""
    if year not in _YEARS:
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
    printed = match.groupdict()
    parts = {name: OcrNumber.read(printed[name]) for name in ("day", "month", "year") if printed.get(name)}
    numbers = {name: part.value for name, part in parts.items()}
    value = iso_date(numbers["year"], numbers.get("month"), numbers.get("day"))
    if value is None:
        return None
    repaired = any(part.repaired for part in parts.values())
    start = match.start("date") if "date" in printed else match.start()
    return Found(
        kind="date",
        value=value,
        start=start,
        end=match.end(),
        rule=rule,
        strength=0.6 if repaired else 0.98,
        status="restored" if repaired else "read",
    )


def _read_bound(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    word = match["word"]
    printed = source.text[slice(*match.span("word"))].lower()
    return _read(source, match, rule) if printed in _BINDING.get(word, {printed}) else None


def _read_month_name(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    month = _MONTH_NAMES[r"\s{1,4}".join(match["name"].split())]
    value = iso_date(OcrNumber.read(match["year"]).value, month)
    return Found("date", value, match.start(), match.end(), rule, strength=0.95) if value else None


def _read_blank(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    """A form with blanks: the month counts only where it is filled in, a day without its month does not."""
    year = OcrNumber.read(match["year"])
    month = OcrNumber.read(match["month"]) if match["month"] else None
    value = iso_date(year.value, month.value if month else None)
    return Found("date", value, match.start(), match.end(), rule, strength=0.8) if value else None


def _read_day_lost(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    """A day that a pen wrote and the engine could not read: on scans the month alone was right in two of five cases."""
    value = iso_date(OcrNumber.read(match["year"]).value, OcrNumber.read(match["month"]).value)
    return Found("date", value, match.start(), match.end(), rule, strength=0.4, status="inferred") if value else None


DATE_GRAMMAR = (
    Pattern(
        "date.before",
        rf"\b(?P<word>truoc)(?:\s{{1,4}}va\s{{1,4}}trong)?\s{{1,4}}{_ANY}",
        _read_bound,
        (
            ("hoàn thành trước ngày 31/7/2031", "2031-07-31"),
            ("gửi về Sở trước ngày 15 tháng 8 năm 2031.", "2031-08-15"),
            ("trước\nngày 05/3/2031", "2031-03-05"),
            ("xong trước tháng 6/2031", "2031-06"),
            ("trước năm 2031", "2031"),
            ("truoc ngay l5/8/2031", "2031-08-15"),
            ("trước 30/9/2031", "2031-09-30"),
        ),
        ("trước ngày làm việc", "trước 5 ngày", "năm trước"),
    ),
    Pattern(
        "date.until",
        rf"\b(?P<word>den|toi|het|(?:cham|muon)\s{{1,4}}nhat)(?:\s{{1,4}}(?:het|la|den|vao))?\s{{1,4}}{_ANY}",
        _read_bound,
        (
            ("nhận hồ sơ đến hết ngày 31/12/2031", "2031-12-31"),
            ("tính đến ngày 30 tháng 6 năm 2031", "2031-06-30"),
            ("chậm nhất là ngày 20/7/2031", "2031-07-20"),
            ("đến hết năm 2030, toàn xã", "2030"),
            ("đến năm 2035 phấn đấu", "2035"),
            ("hết tháng 6/2031", "2031-06"),
            ("chậm nhất vào ngày 01/02/2031", "2031-02-01"),
            ("tính đến 31/12/2030", "2030-12-31"),
        ),
        ("đến hết ngày làm việc", "hết năm", "đến nay"),
    ),
    Pattern(
        "date.until",
        rf"\b(?P<word>tu)\s{{1,4}}{_ANY}(?={_AND_BEFORE})",
        _read_bound,
        (("từ ngày 31/12/1994 trở về trước", "1994-12-31"), ("từ năm 2025 trở về trước", "2025")),
        ("từ đó trở về trước",),
    ),
    Pattern(
        "date.from",
        rf"\b(?P<word>tu)\s{{1,4}}{_ANY}(?!{_AND_BEFORE})",
        _read_bound,
        (
            ("có hiệu lực kể từ ngày 01/7/2031", "2031-07-01"),
            ("thi hành từ ngày 10 tháng 02 năm 2031", "2031-02-10"),
            ("kể từ tháng 3/2031", "2031-03"),
            ("từ năm 2031 các xã", "2031"),
        ),
        ("kể từ khi được công nhận", "từ 5 năm trở lên", "kể từ ngày ký"),
    ),
    Pattern(
        "date.after",
        rf"\b(?P<word>sau)\s{{1,4}}{_ANY}",
        _read_bound,
        (("hồ sơ gửi sau ngày 15/8/2031", "2031-08-15"), ("sau năm 2030", "2030")),
        ("sau 30 ngày",),
    ),
    Pattern(
        "date.long",
        _LONG,
        _read,
        (
            ("ngày 31 tháng 5 năm 2019", "2019-05-31"),
            ("Ngày 05 tháng 01 năm 2020", "2020-01-05"),
            ("ngay 31 thang 5 nam 2019", "2019-05-31"),
            ("ngày 03\ntháng 8 năm 2010", "2010-08-03"),
            ("ngày31tháng5năm2019", "2019-05-31"),
            ("ngày l5 tháng 7 năm 2O19", "2019-07-15"),
            ("ngày 12 tháng 0I năm 2019", "2019-01-12"),
            ("NGÀY 02 THÁNG 9 NĂM 1945", "1945-09-02"),
            ("Lâm Khê, ngày 29 tháng 02 năm 2028", "2028-02-29"),
            ("ngày  7  tháng  6  năm  2031", "2031-06-07"),
            ("ngày 1O tháng 1l năm 20l9", "2019-11-10"),
        ),
        ("ngày 15 tháng 13", "ngày làm việc thứ 15 của tháng"),
    ),
    Pattern(
        "date.blank",
        rf"\bngay(?:{_BLANK}thang(?:{_BLANK}|{_GAP}(?P<month>{MONTH}){_GAP})|{_GAP}{DAY}{_GAP}thang{_BLANK})"
        rf"nam{_GAP}(?P<year>{YEAR})(?!\d)",
        _read_blank,
        (
            ("ngày … tháng … năm 2019", "2019"),
            ("ngày     tháng 6 năm 2019", "2019-06"),
            ("ngày    tháng 5 năm 2019", "2019-05"),
            ("ngày ..... tháng 11 năm 2021", "2021-11"),
            ("ngày 12 tháng ... năm 2021", "2021"),
            ("ngày ___ tháng ___ năm 2031", "2031"),
        ),
        ("ngày … tháng … năm …", "ngày ... tháng ... năm 20..."),
    ),
    Pattern(
        "date.blank_short",
        rf"\bngay[\s.…_]{{0,20}}/[\s.…_]{{0,20}}(?P<month>{MONTH})?[\s.…_]{{0,20}}/{_GAP}(?P<year>{YEAR})(?!\d)",
        _read_blank,
        (
            ("ngày    /…./2019", "2019"),
            ("ngày    /6/2019", "2019-06"),
            ("ngày .../.../2020", "2020"),
            ("ngày ....../7/2031", "2031-07"),
        ),
        ("ngày    /    /",),
    ),
    Pattern(
        "date.short",
        _SHORT,
        _read,
        (
            ("05/3/2019", "2019-03-05"),
            ("ngày 5/3/2019,", "2019-03-05"),
            ("(31/12/2010)", "2010-12-31"),
            ("27.06.2025 17:00:11", "2025-06-27"),
            ("15-8-2019", "2019-08-15"),
            ("l5/7/20l9", "2019-07-15"),
            ("26/ 01/ 2023", "2023-01-26"),
            ("O5/3/2O19", "2019-03-05"),
            ("Thời gian ký: 31.05.2031 08:15:42 +07:00", "2031-05-31"),
            ("ngày 7/6/2031.", "2031-06-07"),
            ("03 / 8 / 2031", "2031-08-03"),
            ("12 - 10 - 2031", "2031-10-12"),
        ),
        (
            "12/19",
            "31/02/2019",
            "45/13/2020",
            "12.05.2019.7 là số thửa",
            "1/2/3",
            "tài khoản 0205.11.2019.31",
            "điện thoại 0205-3871-2031",
            "15/8",
            "192.168.10.2019",
        ),
    ),
    Pattern(
        "date.day_lost",
        rf"\bngay\s{{1,4}}(?!{_NO_LOST_DAY})[^\s\d]{{1,3}}(?:\s[^\s\d]{{1,2}})?\s{{1,4}}{_MONTH_YEAR}",
        _read_day_lost,
        (
            ("ngày lá tháng 6 năm 2031", "2031-06"),
            ("ngày ƒ( tháng 06 năm 2031", "2031-06"),
        ),
    ),
    Pattern(
        "date.month",
        rf"(?<!\bngay\s{{0,4}}\d{{1,2}}\s{{0,4}}){_MONTH_YEAR}",
        _read,
        (
            ("tháng 6/2018", "2018-06"),
            ("tháng 06 năm 2018", "2018-06"),
            ("tháng 03-2008", "2008-03"),
            ("trong tháng 12/2O30", "2030-12"),
            ("những ngày đầu tháng 6 năm 2031", "2031-06"),
        ),
        ("tháng 13/2020", "tháng 6", "6 tháng"),
    ),
    Pattern(
        "date.month",
        rf"(?<![\w/.,\-%]|\d\s)(?P<month>0[1-9]|1[0-2])/(?P<year>20\d\d){_NOT_BEFORE}",
        _read,
        (("vào 09/2021 thì", "2021-09"),),
        ("15/2021", "9/2021/TT"),
    ),
    Pattern(
        "date.month_in_words",
        rf"\bthang\s{{1,4}}(?P<name>{'|'.join(_MONTH_NAMES)})\s{{1,4}}nam\s{{1,4}}(?P<year>{YEAR}){_NOT_BEFORE}",
        _read_month_name,
        (
            ("tháng Tám năm 1945", "1945-08"),
            ("tháng Năm năm 2031", "2031-05"),
            ("tháng mười hai năm 2031", "2031-12"),
            ("tháng Giêng năm 2031", "2031-01"),
        ),
        ("tháng sau", "tháng tư"),
    ),
    Pattern(
        "date.year",
        rf"(?<!viet\s){_YEAR_ALONE}",
        _read,
        (
            ("năm 2019", "2019"),
            ("cuối năm 2015, toàn", "2015"),
            ("năm\n2024.", "2024"),
            ("NĂM 2031", "2031"),
            ("so với năm 20l5", "2015"),
            ("ngày 30 tháng 02 năm 2031", "2031"),
        ),
        ("Việt Nam 2019", "5 năm", "năm 1875", "năm 20310", "2031 hộ", "năm thứ 2", "phòng 2019", "mã số 2031"),
    ),
    Pattern(
        "date.year",
        rf"(?P<year>(?:19|20)\d\d)(?<=\bnam\s{{1,2}}(?:\d{{4}},\s{{1,2}}){{0,6}}\d{{4}}(?:,\s{{1,2}}|\s{{1,2}}(?:va|hoac)\s{{1,2}})\d{{4}}){_NOT_BEFORE}",
        _read,
        (("các năm 2030, 2031 và 2032", ("2030", "2031", "2032")),),
        ("2031, 2032 hộ",),
    ),
)


def find_dates(source: Source) -> list[Found]:
    """All dates of a text."""
    return find_all(source, DATE_GRAMMAR)


def date_at(folded: str, position: int) -> Found | None:
    """The date that begins at ``position`` of a folded text (or after "ngày" there), such as in a citation."""
    source = Source(folded, folded)
    word = _WORD.match(folded, position)
    for pattern in DATE_GRAMMAR:
        match = pattern.compiled.match(folded, position)
        match = match or (pattern.compiled.match(folded, word.end()) if word else None)
        found = pattern.read(source, match, pattern.name) if match else None
        if found is not None:
            return found
    return None
