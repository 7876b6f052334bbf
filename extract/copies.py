"""Copies to hand in or made: "(03 bản)", "03 (ba) bản chính", "01 bộ gồm"; values are integers.

The number in words between brackets is a check: where it differs the status is ``conflict``, both numbers kept.
"""

from __future__ import annotations

import regex

from extract.number_words import NUMBER_WORDS, number_from_words
from extract.patterns import Found, Pattern, Source, words
from extract.quantities import START

__all__ = ["COPIES_GRAMMAR"]

_MOST = 500
# Folded "ban" is also bàn, bán, "bo" also bò, bờ; a bản is a village too: the words around must speak of papers.
_PRINTED = {"ban": {"bản", "ban"}, "bo": {"bộ", "bo"}}
_PAPERS_BEFORE = regex.compile(
    rf"\b{words('lap|thanh|nop|gui|giu|luu|so luong|gom|kem(?: theo)?|sao|in|moi ben|cung cap')}\b[^.;\n]{{0,30}}$"
)
_BEHIND = words("cap cho|luu|nop|ho so|gom|co gia tri|giu|moi|va|co chung thuc|bang nhau|nhu nhau|gui")
_PAPERS_AFTER = regex.compile(
    rf"\s{{0,4}}{words('chinh|goc|sao|photo|phu|cap cho|luu|nop|co gia tri|giu|ho so|gom|bang nhau|nhu nhau')}\b"
)


def _read(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    count, unit = int(match["count"]), match["unit"]
    if not 0 < count <= _MOST or source.text[slice(*match.span("unit"))].lower() not in _PRINTED[unit]:
        return None
    if not _is_of_papers(source.folded, match):
        return None
    in_words = number_from_words(match["words"]) if match["words"] else None
    if in_words is not None and in_words != count:
        return Found("copies", count, match.start(), match.end(), rule, 0.6, "conflict", (in_words,))
    return Found("copies", count, match.start(), match.end(), rule, 0.95)


def _is_of_papers(folded: str, match: regex.Match[str]) -> bool:
    before, after = folded[max(0, match.start() - 2) : match.start()], folded[match.end() : match.end() + 2]
    return (
        before.rstrip().endswith("(")
        or after.lstrip().startswith(")")
        or ")" in match.group()
        or match["sort"] is not None
        or _PAPERS_AFTER.match(folded, match.end()) is not None
        or _PAPERS_BEFORE.search(folded, max(0, match.start() - 48), match.start()) is not None
    )


COPIES_GRAMMAR = (
    Pattern(
        "copies",
        rf"{START}(?P<count>\d{{1,3}})\s?\)?\s{{0,4}}(?:\(\s?(?P<words>{NUMBER_WORDS})\)\s{{0,4}})?"
        rf"(?P<unit>ban|bo)(?P<sort>\s{{1,4}}(?:chinh|goc|sao|photo|phu))?\b(?=\s{{0,4}}(?:[).,;:/(]|\n|$|{_BEHIND}\b))",
        _read,
        (
            ("(03 bản)", 3),
            ("(01\nbản);", 1),
            ("(2 bản)", 2),
            ("01 bộ gồm:", 1),
            ("nộp 02 bộ/cá nhân", 2),
            ("ba (03) bản.", 3),
            ("03 (ba) bản chính", 3),
            ("lập thành 04 (bốn) bản có giá trị như nhau", 4),
            ("Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản.", (2, 1)),
            ("số lượng: 05 bản", 5),
            ("02 (ba) bản chính", 2),
            ("01 bản sao có chứng thực", 1),
            ("gửi 01 bộ hồ sơ về Phòng", 1),
            ("(04 bản chính, 01 bản sao)", (4, 1)),
            ("02 bản lưu tại Sở", 2),
        ),
        (
            "các bản, làng",
            "tại 5 bản, làng",
            "03 bàn, 12 ghế",
            "5 bò, 2 trâu",
            "số 5 bản",
            "Điều 3. Bản sao",
            "0 bản",
            "2031 bản.",
        ),
    ),
)
