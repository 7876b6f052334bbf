"""The date in the head, printed or by hand, and where its place stands before it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.dates import YEAR, find_dates, iso_date
from extract.evidence import Span, confidence_of, is_blue, reading
from extract.head_number import SURE, HeadNumber
from extract.patterns import OcrNumber, Source
from extract.record import Reading, Status
from extract.tokens import TextLine, TokenisedText
from ocr.tree import Role

__all__ = ["HEAD_DATE", "PLACE_NAME", "filled_in_by_hand", "find_head_date"]

# "ngày" and the day may be lost to the pen: "Lâm Khê, tháng 7 năm 2029"
HEAD_DATE = regex.compile(
    rf"(?:n?g[a]y(?P<day>[^\n]{{0,16}}?)|(?<=[,.]\s?)(?P<day>))th\wng(?P<month>[^\n]{{0,12}}?)n\wm\s{{0,4}}"
    rf"(?P<year>{YEAR})?",
    regex.BESTMATCH,
)
_YEAR_ALONE = regex.compile(rf"\W{{0,3}}{YEAR}\W{{0,3}}")
# Words lost to the pen: "Lâm Khê, ngày 10 năm 2029", "Lâm Khê, 2029"
_TORN_DATE = regex.compile(
    rf"ngay[^\n]{{0,16}}?\bn\wm\s{{0,4}}(?P<year>{YEAR})|,\s{{0,3}}(?P<year>{YEAR})(?=\W{{0,3}}$)"
)
# What stands before the date
PLACE_NAME = regex.compile(
    r"(?:(?:Thành\s?ph\p{L}{1,2}|Th\p{L}\s?xã|Th\p{L}\s?trấn|T\.?[Pp]\.?|T\.?[Xx]\.?)\s{0,2})?"
    r"\p{Lu}[\p{L}’']*(?:\s{0,2}[-–]\s{0,2}\p{Lu}\p{L}*|\s{1,2}\p{Lu}\p{L}*){0,4}(?=[\s.,;:]*$)"
)
# A short date is the document's own behind its place: "Lâm Khê, 08/3/2029"
_PLACE_BEFORE = regex.compile(r"\W{0,4}\p{Lu}[\p{L}\s.\-]{1,40}[,.;]?\s{0,3}(?:[Nn]gày\s{0,3})?")
_DAY_WORD = regex.compile(r"\bngay\s{0,3}$")
_BLANKS = " .,…_\t"
_PRINTED = 0.95  # 25 of 28 printed dates had no word below this, of 3 clear handwritten ones all had
_TALL_DAY = 1.15  # of 62 printed days 61 had at most 1.08 of month or year, 7 of 7 clear ones by hand 1.22 and more


def find_head_date(
    tokens: TokenisedText, lines: Sequence[TextLine], number: HeadNumber | None
) -> tuple[Reading, Span] | None:
    """The date, and the span before it where the place stands (behind the number in a flattened line)."""
    after = number.span[1] if number else 0
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        match = HEAD_DATE.search(tokens.folded, line.start, _end_of_date(tokens, line, below))
        if match and match["year"]:
            return _date_reading(tokens, match), (_after(line, after), match.start())
    for line in lines:
        torn = _TORN_DATE.search(tokens.folded, line.start, line.end)
        if torn and PLACE_NAME.search(tokens.text[_after(line, after) : torn.start()]):
            year = OcrNumber.read(torn["year"]).digits
            date = reading(tokens, year, [torn.span()], "head.date", strength=0.3, status="handwritten")
            return date, (_after(line, after), torn.start())
    for line in lines:
        source = Source(tokens.text[line.start : line.end], tokens.folded[line.start : line.end])
        short = [found for found in find_dates(source) if found.rule == "date.short"]
        if not short:
            continue
        span = (line.start + short[0].start, line.start + short[0].end)
        before = (_after(line, after), span[0])
        if line.role is Role.HEAD_RIGHT or _PLACE_BEFORE.fullmatch(tokens.text, *before):
            word = _DAY_WORD.search(tokens.folded, *before)
            date = reading(tokens, short[0].value, [span], "head.date", strength=0.8, weakest=True)
            return date, (before[0], word.start() if word else before[1])
    return None


def _end_of_date(tokens: TokenisedText, line: TextLine, below: TextLine | None) -> int:
    """Where a date in the line may end: a long place leaves its year to the line below."""
    goes_on = (
        below is not None
        and below.index == line.index + 1
        and _YEAR_ALONE.fullmatch(tokens.folded, below.start, below.end)
    )
    return below.end if below is not None and goes_on else line.end


def filled_in_by_hand(tokens: TokenisedText, date: Reading, number: HeadNumber | None) -> Reading:
    """The date, in doubt where the number is written by hand: one pen fills in both, and may write clearly."""
    by_hand = number is not None and number.number is not None and number.number.status == "handwritten"
    if not by_hand or date.status != "read" or date.span is None or not tokens.has_boxes:
        return date
    if confidence_of(tokens, [date.span], weakest=True) >= _PRINTED:
        return date
    return date.model_copy(update={"status": "handwritten", "confidence": round(date.confidence / 2, 3)})


def _after(line: TextLine, position: int) -> int:
    return position if line.start < position <= line.end else line.start


def _date_reading(tokens: TokenisedText, match: regex.Match[str]) -> Reading:
    """A date with what is sure of it: a day or month that is blank or scrawled stays out."""
    span = match.span()
    year = OcrNumber.read(match["year"])
    day, month = (_part(match[name]) for name in ("day", "month"))
    value = None
    if month is not None:
        value = iso_date(year.value, month, day) or iso_date(year.value, month)
    value = value or iso_date(year.value)
    whole = value is not None and len(value) == len("2019-05-31") and not year.repaired
    blank = not match["day"].strip(_BLANKS) or not match["month"].strip(_BLANKS)
    certain = confidence_of(tokens, [span], weakest=True) == 1.0  # plain text or a text layer: nobody's handwriting
    sure = confidence_of(tokens, [match.span("day"), match.span("month"), match.span("year")], weakest=True) >= SURE
    if whole and sure and not is_blue(tokens, span) and not _is_tall_day(tokens, match):
        return reading(tokens, value, [span], "head.date", weakest=True)
    if not whole and certain and blank:
        # on a page the blanks may be filled in by what has no text: pens, fields of the signing program
        status: Status = "inferred" if tokens.has_boxes else "read"
        return reading(tokens, value, [span], "head.date_blank", strength=0.8, status=status)
    strength = 0.5 if whole else 0.3
    return reading(tokens, value, [span], "head.date", strength=strength, status="handwritten", weakest=True)


def _is_tall_day(tokens: TokenisedText, match: regex.Match[str]) -> bool:
    """True for a day taller than the figures printed beside it: a pen wrote it."""
    day, *printed = (tokens.straight_box([match.span(part)]) for part in ("day", "month", "year"))
    heights = [box.height for box in printed if box]
    return day is not None and bool(heights) and day.height > _TALL_DAY * min(heights)


def _part(printed: str) -> int | None:
    bare = printed.strip(_BLANKS)
    return int(bare) if regex.fullmatch(r"\d{1,2}", bare) else None
