"""Legal bases: "Căn cứ ...", "Thực hiện ...", "Theo đề nghị ...", by number or by the name of a law."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import regex

from extract.dates import date_at, find_dates, iso_date
from extract.evidence import Span, confidence_of, reading, value_field
from extract.patterns import Source
from extract.record import Reading, Status
from extract.references import Reference
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones, is_capitals

__all__ = ["OPENS", "read_legal_bases"]

OPENS = regex.compile(
    r"\W{0,4}(?:can\s{1,3}c\w{1,3}\s|thuc\s{1,3}hien\s|trien\s{1,3}khai\s|theo\s{1,3}(?:de\s{1,3}nghi|cong|to|chi|quyet|ke)|tren\s{1,3}co\s{1,3}so|"
    r"xet\s|sau\s{1,3}khi\s|tiep\s{1,3}theo\s|phuc\s{1,3}dap|tra\s{1,3}loi|ngay\s\d|ho\s{1,3}tro)"
)
_ENDS = regex.compile(
    r"\W{0,3}(?:dieu\s{1,3}1\b|quyet\s{1,3}dinh\s?:|quyet\s{1,3}nghi\s?:|i\.\s|1\s{0,2}[.)]\s|a\.\s|phan\s|noi\s{1,3}nhan|thong\s{1,3}bao\s?:)"
)
_NESTED = regex.compile(
    r"(?:sua\s{1,3}doi|kem\s{1,3}theo|mot\s{1,3}so\s{1,3}dieu|thay\s{1,3}the|bai\s{1,3}bo|goi\s{1,3}tat|khoan\s\d{1,2}\s{1,3}dieu)[^;]{0,90}$"
)
# "... được sửa đổi, bổ sung một số điều theo Luật số 87/2025/QH15 và Luật số ...": what amends a basis is one
_AMENDED_BY = regex.compile(
    r"duoc\s{1,3}sua\s{1,3}doi(?:(?!sua\s{1,3}doi|kem\s{1,3}theo)[^;]){0,60}\s(?:boi|theo|tai|bang)\s"
    r"(?:(?!sua\s{1,3}doi|kem\s{1,3}theo|dieu\s{1,3}cua)[^;]){0,70}$"
)
# "các quy định hiện hành, cụ thể gồm:", "Căn cứ các văn bản sau:", then a dash for each
_LISTED_BELOW = regex.compile(
    r"(?:\bgom|phap\s{1,3}ly|(?:quy\s{1,3}dinh|van\s{1,3}ban)(?:\s{1,3}phap\s{1,3}luat)?\s{1,3}sau(?:\s{1,3}day)?)\s?:\s{0,3}$"
)
_DASH = regex.compile(r"\s{0,3}[-–+•*]\s")
_LEAD = regex.compile(r"[,\s]{0,4}(?=ngay\s)")
# "26/1 1/2003", "03⁄4/2015"
_TORN_DATE = regex.compile(
    r"[,\s(]{0,4}ngay\s{0,3}(?P<day>\d\s?\d?)\s?[/⁄]\s?(?P<month>\d\s?\d?)\s?[/⁄]\s?(?P<year>(?:19|20)\s?\d\s?\d)(?!\d)"
)
# "ngày" at the end of a line, a speck read as a line of its own, the date
_PAST_SPECK = regex.compile(r"[,\s]{0,4}ngay[^\S\n]{0,3}\n\W{0,2}\w?\W{0,2}\n(?=\d{1,2}\s?/)")
_DAY_WORD = "ngay "
_LONGEST_DATE = 24  # characters
_GOES_BY = regex.compile(r"\b(?:tai|theo|can\scu|thuc\shien|trien\skhai|nhan\sduoc|doc|quan\striet)\s{1,3}(?:cac\s)?$")
_SURE = 0.6  # confidence of a code's words
_WHOLE = len("2019-05-31")
_LAW = regex.compile(
    r"(?<=[Cc]ăn\s[Cc]ứ\s(?:các\s)?(?:[Bb]ộ\s)?|;\s{0,4}|tại\s{1,3}|của\s{1,3})(?P<name>(?:Bộ\sl|L)uật\s+\p{Lu}[^;:\n.]{2,60}(?:\n[^;:\n.]{2,60})?)"
)
_LAW_END = regex.compile(
    r",?\s+(?:số\s|ngày\s|năm\s\d|và\s(?:Luật|các)|các\s|được\s|về\s|của\s|đã\s|trên\s|trình\s|gửi\s|trước\s|sau\s|đến\s|để\s)|,\s+(?=các\s|trên\s|Luật\s|\p{Lu}\p{Ll}+\s(?:số|quyết|định))"
)


def read_legal_bases(tokens: TokenisedText, zones: Zones, references: list[Reference]) -> list[Reading]:
    """Documents that the opening paragraphs rest on, each once, without what they amend or contain.

    ``references`` are in the order of the text. What amends a basis is a basis too.

    Where no paragraph opens like a basis, as in minutes, the first document that the text goes by is given in doubt.
    """
    bases: dict[str, Reading] = {}
    dated: dict[str, list[Reference]] = defaultdict(list)
    for item in references:
        if item.date:
            dated[item.code].append(item)
    for start, end in _paragraphs(tokens, zones):
        inside = references[bisect_left(references, start, key=_stands) : bisect_left(references, end, key=_stands)]
        laws = list(_laws(tokens, start, end, inside))
        resting = [item for item in inside if not _is_nested(tokens, start, item.start)]
        for item in resting if resting or laws else inside[:1]:  # "Căn cứ Quy chế ban hành kèm theo Quyết định số ..."
            bases.setdefault(
                _key(item.code, item.date), _dated_elsewhere(tokens, _base(tokens, item), dated[item.code])
            )
        for law in laws:
            bases.setdefault(_key(law.value["code"], law.value["date"]), law)
    if not bases:
        bases.update(_first_cited(tokens, zones, references))
    return sorted(bases.values(), key=lambda base: base.span or (0, 0))


def _key(code: str, date: str | None) -> str:
    """What tells bases apart: two acts that change one law have one name."""
    return code if any(map(str.isdigit, code)) else f"{code} {date}"


def _stands(reference: Reference) -> int:
    return reference.code_span[0]


def _is_nested(tokens: TokenisedText, start: int, position: int) -> bool:
    before = tokens.folded[max(start, position - 140) : position]
    return _NESTED.search(before, max(0, len(before) - 110)) is not None and _AMENDED_BY.search(before) is None


def _base(tokens: TokenisedText, item: Reference) -> Reading:
    """The reference as a basis; its date may stand behind its issuer, or be damaged."""
    status: Status | None = "inferred" if confidence_of(tokens, [item.code_span], weakest=True) < _SURE else None
    if item.date is None:
        date, end, mended = _later_date(tokens, item)
        if date is not None:
            item = replace(item, date=date, end=end)
            status = "restored" if mended else status
    field = value_field(tokens, item.found("basis"))
    base = Reading(**field.model_dump(exclude={"kind"}))
    return base.model_copy(update={"status": status}) if status and base.status == "read" else base


def _later_date(tokens: TokenisedText, item: Reference) -> tuple[str | None, int, bool]:
    """ISO date behind the issuer ("của Bộ X ngày 05/02/2026") or the code, where it ends, and whether it was mended."""
    lead = _LEAD.match(tokens.folded, item.end)
    date = date_at(tokens.folded, lead.end()) if lead else None
    if date is not None:
        return date.value, date.end, False
    speck = _PAST_SPECK.match(tokens.folded, item.end)
    if speck:
        after = date_at(_DAY_WORD + tokens.folded[speck.end() : speck.end() + _LONGEST_DATE], 0)
        if after is not None:
            return after.value, speck.end() + after.end - len(_DAY_WORD), True
    for position in (item.code_span[1], item.end):
        torn = _TORN_DATE.match(tokens.folded, position)
        if torn:
            day, month, year = ("".join(torn[part].split()) for part in ("day", "month", "year"))
            return iso_date(int(year), int(month), int(day)), max(item.end, torn.end()), True
    return None, item.end, False


def _dated_elsewhere(tokens: TokenisedText, base: Reading, others: list[Reference]) -> Reading:
    """The basis with the date and issuer that ``others`` of its code, all dated, give it where they agree."""
    if base.value["date"] is not None or base.span is None or len({item.date for item in others}) != 1:
        return base
    other = others[0]
    issuer = base.value["issuer"] or other.issuer
    spans = sorted([base.span, (other.start, other.end)])
    value = {**base.value, "date": other.date, "issuer": issuer}
    return reading(tokens, value, spans, "basis.date_elsewhere", strength=0.8, status="inferred", weakest=True)


def _first_cited(tokens: TokenisedText, zones: Zones, references: list[Reference]) -> Iterator[tuple[str, Reading]]:
    """The first document named in the text behind "tại", "theo" and the like, if its first page has one."""
    page = {line.page for line in zones.body[:1]}
    text = [line for line in zones.body if line.page in page]
    inside = [item for item in references if text and item.named and text[0].start <= item.start < text[-1].end]
    for item in inside[:1]:
        if _GOES_BY.search(tokens.folded, max(0, item.start - 30), item.start):
            yield item.code, _base(tokens, item).model_copy(update={"status": "inferred", "rule": "basis.first_cited"})


def _paragraphs(tokens: TokenisedText, zones: Zones) -> Iterator[Span]:
    """Opening paragraphs that begin like a basis, up to the first article, heading or order."""
    open_since: int | None = None
    last = 0
    for line in zones.body:
        folded = tokens.folded[line.start : line.end]
        ends = _ENDS.match(folded) is not None
        begins = OPENS.match(folded) is not None and not ends
        if open_since is not None and (ends or begins or _is_new_paragraph(tokens, last, line)):
            yield open_since, last
            open_since = None
        if ends and last:
            return
        if begins:
            open_since = line.start
        if open_since is not None:
            last = line.end
    if open_since is not None:
        yield open_since, last


def _is_new_paragraph(tokens: TokenisedText, last: int, line: TextLine) -> bool:
    """A base that ended in a full stop or a colon is over, but for a list below it; after a semicolon it may go on."""
    ended = tokens.text[:last].rstrip()[-1:] if last < 200 else tokens.text[last - 200 : last].rstrip()[-1:]
    if ended == ":" and _DASH.match(line.text) and _LISTED_BELOW.search(tokens.folded, max(0, last - 60), last):
        return False
    return ended in {".", ":"} or (is_capitals(line.text) and len(line.text) > 6)


def _laws(tokens: TokenisedText, start: int, end: int, cited: list[Reference]) -> Iterator[Reading]:
    """Laws cited by name: "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024"."""
    for match in _LAW.finditer(tokens.text, start, end):
        cut = _LAW_END.search(tokens.text, match.start("name") + 6, match.end("name"))
        stop = cut.start() if cut else match.end("name")
        while stop > match.start() and not tokens.text[stop - 1].isalnum():
            stop -= 1
        name_at = match.start("name")
        if bisect_left(cited, name_at, key=_stands) < bisect_right(cited, stop + 14, key=_stands):
            continue  # "Luật ... số 72/2025/QH15": cited by its number
        if _is_nested(tokens, start, match.start("name")):
            continue
        name = " ".join(tokens.text[match.start("name") : stop].split())
        after = Source(tokens.text[stop : stop + 40], tokens.folded[stop : stop + 40])
        dates = [(date.value, date.end) for date in find_dates(after) if date.start <= 8 and len(date.value) == _WHOLE]
        torn = _TORN_DATE.match(tokens.folded, stop)
        if not dates and torn:
            day, month, year = ("".join(torn[part].split()) for part in ("day", "month", "year"))
            dates = [(iso_date(int(year), int(month), int(day)), torn.end() - stop)]
        date, length = dates[0] if dates else (None, 0)
        stop += length
        kind = "Bộ luật" if name.startswith("Bộ") else "Luật"
        value = {"type": kind, "code": name, "date": date, "issuer": None}
        yield reading(tokens, value, [(match.start("name"), stop)], "basis.law", strength=0.85)
