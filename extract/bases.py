"""Legal bases: "Căn cứ ...", "Thực hiện ...", "Theo đề nghị ...", by number or by the name of a law."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract.dates import find_dates
from extract.evidence import Span, reading, value_field
from extract.patterns import Found, Source
from extract.record import Reading
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
_LAW = regex.compile(
    r"(?<=[Cc]ăn\s[Cc]ứ\s(?:các\s)?(?:[Bb]ộ\s)?|;\s{0,4}|tại\s{1,3}|của\s{1,3})(?P<name>(?:Bộ\sl|L)uật\s+\p{Lu}[^;:\n.]{2,60}(?:\n[^;:\n.]{2,60})?)"
)
_LAW_END = regex.compile(
    r",?\s+(?:số\s|ngày\s|năm\s\d|và\s(?:Luật|các)|các\s|được\s|về\s|của\s|đã\s|trên\s)|,\s+(?=các\s|trên\s|Luật\s|\p{Lu}\p{Ll}+\s(?:số|quyết|định))"
)


def read_legal_bases(tokens: TokenisedText, zones: Zones, references: list[Reference]) -> list[Reading]:
    """Documents that the opening paragraphs rest on, each once; what they amend or contain is left out."""
    bases: dict[str, Reading] = {}
    for start, end in _paragraphs(tokens, zones):
        inside = [item for item in references if start <= item.code_span[0] < end]
        for item in inside:
            nested = _NESTED.search(tokens.folded, max(start, item.start - 110), item.start)
            if not nested:
                bases.setdefault(item.code, _base(tokens, item.found("basis")))
        for law in _laws(tokens, start, end, inside):
            bases.setdefault(law.value["code"], law)
    return sorted(bases.values(), key=lambda base: base.span or (0, 0))


def _base(tokens: TokenisedText, found: Found) -> Reading:
    field = value_field(tokens, found)
    return Reading(**field.model_dump(exclude={"kind"}))


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
    """A base that ended in a full stop is over; one that ended in a semicolon may go on with another document."""
    ended = tokens.text[:last].rstrip()[-1:] if last < 200 else tokens.text[last - 200 : last].rstrip()[-1:]
    return ended in {".", ":"} or (is_capitals(line.text) and len(line.text) > 6)


def _laws(tokens: TokenisedText, start: int, end: int, cited: list[Reference]) -> Iterator[Reading]:
    """Laws cited by name: "Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025"."""
    for match in _LAW.finditer(tokens.text, start, end):
        cut = _LAW_END.search(tokens.text, match.start("name") + 6, match.end("name"))
        stop = cut.start() if cut else match.end("name")
        while stop > match.start() and not tokens.text[stop - 1].isalnum():
            stop -= 1
        if any(match.start("name") <= item.code_span[0] <= stop + 14 for item in cited):
            continue  # "Luật ... số 72/2025/QH15": cited by its number
        if _NESTED.search(tokens.folded, max(start, match.start("name") - 110), match.start("name")):
            continue
        name = " ".join(tokens.text[match.start("name") : stop].split())
        after = Source(tokens.text[stop : stop + 40], tokens.folded[stop : stop + 40])
        dates = [date for date in find_dates(after) if date.start <= 8]
        date = dates[0].value if dates else None
        stop += dates[0].end if dates else 0
        kind = "Bộ luật" if name.startswith("Bộ") else "Luật"
        value = {"type": kind, "code": name, "date": date, "issuer": None}
        yield reading(tokens, value, [(match.start("name"), stop)], "basis.law", strength=0.85)
