"""Where names of organs end: places alone, proper names, small words that go on or cannot.

The words themselves are data (``data/organ_limits.tsv``).
"""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from extract.word_lists import data_lines

__all__ = [
    "AND",
    "ANY_OF_A_LEVEL",
    "GAP",
    "KIND_ALONE",
    "LISTED_KINDS",
    "NAME",
    "NOT_AFTER",
    "PAIR",
    "QUOTED",
    "SMALL_WORD",
    "TAIL",
    "limit_words",
]


@cache
def _sets() -> dict[str, frozenset[str]]:
    rows = (line.split("\t") for line in data_lines("organ_limits.tsv"))
    return {name: frozenset(word.replace("_", " ") for word in words.split()) for name, words in rows}


def limit_words(name: str) -> frozenset[str]:
    """A set of words.

    Args:
        name: ``not_second`` of a pair, ``after`` organs, ``no_name``, legal ``form``, ``not_inside`` names,
            ``compound`` words that end in a head.
    """
    return _sets()[name]


_PROPER = r"\p{Lu}[\p{L}\p{M}]{0,15}(?:['’]\p{L}{1,9})?(?!\p{L})"
# "Năng lượng Bảo Long": a small word goes on where a capital follows it.
_MORE = rf"[ ]{{1,2}}{_PROPER}|[ ](?!(?:\L<others>)[ ])\p{{Ll}}{{1,9}}(?=[ ]{_PROPER})"

GAP: Final = regex.compile(r"[^\S\n\f]{0,2}\n[^\S\n\f]{0,3}|[^\S\n\f]{1,3}")
AND: Final = regex.compile(r"\s{1,3}(?:và|&)\s{1,3}|\s?[-–]\s?(?=\p{Lu})")
KIND_ALONE: Final = regex.compile(
    r"\s{1,3}(?:[Tt]ỉnh|TỈNH|[Tt]hành [Pp]hố|THÀNH PHỐ|TP|[Hh]uyện|HUYỆN|[Qq]uận|QUẬN|[Tt]hị xã|THỊ XÃ|[Tt]hị trấn|"
    r"THỊ TRẤN|[Xx]ã|XÃ|[Pp]hường|PHƯỜNG|[Đđ]ặc khu|ĐẶC KHU|Trung ương|TRUNG ƯƠNG|Việt Nam|VIỆT NAM)(?![\p{L}\d])"
)
NAME: Final = regex.compile(
    rf"[ ]{{1,2}}(?:số\s\d{{1,2}}(?:[ ]{_PROPER}){{0,4}}|{_PROPER}(?:{_MORE}){{0,7}}|\d{{1,3}}(?![\d./%]))",
    others=sorted(limit_words("not_inside")),
)
PAIR: Final = regex.compile(r"[ ](\p{Lu}\p{Ll}{1,9})[ ](\p{Ll}{1,9})(?!\p{L})")
QUOTED: Final = regex.compile(r"\s[“\"]\p{Lu}[^”\"\n]{2,40}[”\"]")
# Small words that go on with a name: "Viện Ngôn ngữ học", "Kho bạc Nhà nước khu vực II".
TAIL: Final = regex.compile(
    r"\s(?:học(?!\s(?:sinh|viên|tập|phí))|nhà nước|quốc gia|quốc dân|địa phương|tiền phong Hồ Chí Minh|"
    r"[Kk]hu vực\s[IVX\d]{1,5}|số\s\d{1,2})(?![\p{L}\d])"
)
ANY_OF_A_LEVEL: Final = regex.compile(r"\s(?:cấp\s(?:tỉnh|huyện|xã|cơ sở)|các\s(?:tỉnh|huyện|xã|cấp))")
LISTED_KINDS: Final = regex.compile(
    r"\s?(?:[,/]|hoặc)\s?(?:quận|huyện|thị xã|thành phố|phường|xã|thị trấn|đặc khu|TP)(?!\p{L})", regex.IGNORECASE
)
SMALL_WORD: Final = regex.compile(r"[^\S\n](\p{Ll}{1,15})")
# "UBND các xã" names none, nor do "thị trường Trung Đông", "cơ sở Báo cáo", "Luật Tổ chức Chính phủ".
NOT_AFTER: Final = regex.compile(
    r"(?:đại biểu|luật tổ chức|kỳ họp|\bcấp|\bcác|\bnhững|\bmọi|\bmỗi|\btừng|"
    r"\bmột|\bgiữa các)\s$"
)
