"""Acts cited by name and year, without a number: "Luật Thi đua, Khen thưởng năm 2013", "Hiến pháp năm 2013"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extract.dates import date_at
from extract.patterns import Found, Source, find_matches

__all__ = ["NamedAct", "acts_in"]

# words that no act has in its name
_OUTSIDE = "Luật|Bộ|Nghị|Quyết|Thông|Pháp|Điều|khoản|Khoản|điểm|theo|được|ban|trong|tại|từ|số|ngày|năm|đã|thì|có|quy"
_WORD = rf"(?!(?:{_OUTSIDE})\b)\p{{L}}+"
_NAME = rf"\p{{Lu}}\p{{L}}*(?:,?\s{{1,4}}{_WORD}){{0,14}}"
_CHANGED = (
    r"(?:sửa\s{1,4}đổi,\s{1,4}bổ\s{1,4}sung|sửa\s{1,4}đổi)(?:\s{1,4}một\s{1,4}số\s{1,4}[đĐ]iều)?\s{1,4}của\s{1,4}"
)
_LAW = r"(?:Bộ\s{1,4}luật|Luật|Pháp\s{1,4}lệnh)"
_ACT = regex.compile(
    rf"(?<!\p{{L}})(?P<act>(?P<type>{_LAW})\s{{1,4}}(?:{_CHANGED}(?:{_LAW}\s{{1,4}})?)?{_NAME}(?:\s{{1,4}}\(sửa\s{{1,4}}đổi\))?"
    r"|(?P<type>Hiến\s{1,4}pháp)(?:\s{1,4}nước\s{1,4}Cộng\s{1,4}[hH]òa(?:\s{1,4}\p{L}+){6})?)"
    r"(?:,|\s{1,4}của\s{1,4}Quốc\s{1,4}hội)?\s{1,4}(?=năm\s{1,4}\d|[Nn]gày\s{1,4}\d)"
)


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act at ``text[start:end]`` with its date (a year or a day) behind it, ``end_of_date`` where that ends."""

    type: str
    name: str
    start: int
    end: int
    date: Found


def acts_in(source: Source) -> Iterator[NamedAct]:
    """Acts named with their year or day, in the order of the text."""
    for match in find_matches(_ACT, source.text):
        date = date_at(source.folded, match.end())
        if date is None:
            continue
        kind, name = (" ".join(match[group].split()) for group in ("type", "act"))
        yield NamedAct(kind, name, match.start("act"), match.end("act"), date)
