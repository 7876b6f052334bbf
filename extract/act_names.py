"""Acts cited by name and year, without a number: "Luật Thi đua, Khen thưởng năm 2013", "Hiến pháp năm 2013"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extract.dates import date_at
from extract.patterns import Found, Source, find_matches

__all__ = ["NamedAct", "acts_in"]

# words that no act has in its name
_OUTSIDE = (
    "Luật|Bộ|Nghị|Quyết|Thông|Pháp|Điều|khoản|Khoản|điểm|theo|được|ban|trong|tại|từ|số|ngày|năm|đã|thì|có|quy|"
    "trình|gửi|trước|sau|đến|để"
)
_WORD = rf"(?!(?:{_OUTSIDE})\b)\p{{L}}+"
_NAME = rf"\p{{Lu}}\p{{L}}*(?:,?\s{{1,4}}{_WORD}){{0,14}}"
_CHANGED = (
    r"(?:sửa\s{1,4}đổi,\s{1,4}bổ\s{1,4}sung|sửa\s{1,4}đổi)(?:\s{1,4}một\s{1,4}số\s{1,4}[đĐ]iều)?\s{1,4}của\s{1,4}"
)
_LAW = r"(?:Bộ\s{1,4}luật|Luật|Pháp\s{1,4}lệnh)"
_ACT = regex.compile(
    rf"(?<!\p{{L}})(?P<act>(?P<type>{_LAW})\s{{1,4}}"
    rf"(?:(?:{_CHANGED}(?:{_LAW}\s{{1,4}})?)?{_NAME}|{_CHANGED}{_LAW}\s{{1,4}}{_NAME}\s{{1,4}}và\s{{1,4}}{_LAW}\s{{1,4}}{_NAME})"
    r"(?:\s{1,4}\(sửa\s{1,4}đổi\))?"
    r"|(?P<type>Hiến\s{1,4}pháp)(?:\s{1,4}nước\s{1,4}Cộng\s{1,4}[hH]òa(?:\s{1,4}\p{L}+){6})?)"
    r"(?:,|\s{1,4}của\s{1,4}Quốc\s{1,4}hội)?\s{1,4}(?=năm\s{1,4}\d|[Nn]gày\s{1,4}\d)"
)
_ALSO = regex.compile(r"\s{1,4}và\s{1,4}(?=năm\s{1,4}\d|ngày\s{1,4}\d)")


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act named at ``text[start:end]`` with its date (a year or a day); ``own`` is what no other act shares."""

    type: str
    name: str
    start: int
    end: int
    own: tuple[int, int]
    date: Found


def acts_in(source: Source) -> Iterator[NamedAct]:
    """Acts named with their year or day, in the order of the text; of several days each is an act of that name."""
    for match in find_matches(_ACT, source.text):
        date = date_at(source.folded, match.end())
        if date is None:
            continue
        kind, name = (" ".join(match[group].split()) for group in ("type", "act"))
        start, end = match.span("act")
        yield NamedAct(kind, name, start, end, (start, end), date)
        if (also := _ALSO.match(source.text, date.end)) and (other := date_at(source.folded, also.end())):
            yield NamedAct(kind, name, start, end, (other.start, other.end), other)
