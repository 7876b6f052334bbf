"""Amounts of money: ``1.250.000.000 đồng``, ``1,5 tỷ đồng``, ``1 tỷ 250 triệu``, with how they compare.

Values are ``{"vnd": int, "relation"}``. Where dot and comma leave two readings, the other one is kept beside.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

import regex

from extract.patterns import Found, Pattern, Source, find_all
from extract.quantities import NUMBER, quantity, relation_around

__all__ = ["MONEY_GRAMMAR", "find_money"]

_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "trd": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9}
_UNIT = r"(?:nghin|ngan|tri\S?u|ty|ti|tr\.?(?=\s?d\b|\s?dong\b))"
_DONG = r"(?:dong(?!\s{1,4}(?:bao|thap|nai|hoi|bang|xuan|da|chi|du|bo|loat|thoi|y|tien)\b)|vnd|d)(?!\w)"
_START = r"(?<![\w/.,\-]|\d\s)"
_NO_MONEY = r"(?!\s{0,4}(?:usd|do\s{1,4}la|euro|nguoi|ha|m2|tan|con|cay|luot|kwh|nguoi|dan|ban|san\s{1,4}pham|m3)\b)"
_MONEY_WORD = regex.compile(
    r"\b(?:tri\s{1,4}gia|gia\s{1,4}tri|kinh\s{1,4}phi|so\s{1,4}tien|von|ho\s{1,4}tro|dong\s{1,4}gop|thu\s{1,4}nhap|"
    r"ngan\s{1,4}sach|doanh\s{1,4}thu|chi\s{1,4}phi|muc\s{1,4}thuong|tuong\s{1,4}duong|ung\s{1,4}ho|huy\s{1,4}dong|tong)\b"
)


def _found(
    source: Source, match: regex.Match[str], rule: str, vnd: Decimal, other: Decimal | None, strength: float
) -> Found | None:
    if vnd != vnd.to_integral_value():
        return None
    relation = relation_around(source.folded, match.start(), match.end())
    others = ({"vnd": int(other), "relation": relation},) if other is not None and other == int(other) else ()
    value: dict[str, Any] = {"vnd": int(vnd), "relation": relation}
    if others:
        strength = min(strength, 0.75)
    return Found("amount", value, match.start(), match.end(), rule, strength, "read", others)


def _scale(unit: str) -> int:
    return _SCALES["trieu" if unit.startswith("tri") else unit.rstrip(".")]


def _read_steps(source: Source, match: regex.Match[str], rule: str, *, needs_word: bool = False) -> Found | None:
    numbers, units = match.captures("number"), match.captures("unit")
    scales = [_scale(unit) for unit in units]
    if any(later >= earlier for earlier, later in pairwise(scales)):
        return None
    if needs_word and not _MONEY_WORD.search(source.folded[max(0, match.start() - 60) : match.start()]):
        return None
    steps = [quantity(number) for number in numbers]
    vnd = sum((step.value * scale for step, scale in zip(steps, scales, strict=True)), Decimal(0))
    only = steps[0]
    other = only.other * scales[0] if len(steps) == 1 and only.other is not None else None
    return _found(source, match, rule, vnd, other, 0.8 if needs_word else 0.97)


def _read_plain(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    read = quantity(match["number"])
    # đồng have no parts today: "1,250 đồng" can only be thousands
    value, other = (read.other, read.value) if read.other is not None else (read.value, None)
    return _found(source, match, rule, value, other, 0.97)


def _vnd(amount: int, relation: str = "eq") -> dict[str, Any]:
    return {"vnd": amount, "relation": relation}


_NAMED_STEP = rf"(?P<number>{NUMBER})\s{{0,4}}(?P<unit>{_UNIT})"

MONEY_GRAMMAR = (
    Pattern(
        "money.scaled",
        rf"{_START}{_NAMED_STEP}(?:(?:,?\s{{1,4}}(?:va\s{{1,4}})?){_NAMED_STEP}){{0,3}}\s{{0,4}}{_DONG}",
        _read_steps,
        (
            ("1 tỷ đồng", _vnd(1_000_000_000)),
            ("1,5 tỷ đồng", _vnd(1_500_000_000)),
            ("từ 400 triệu đồng trở lên", _vnd(400_000_000, "ge")),
            ("giá trị tương đương 1 tỷ đồng trở lên", _vnd(1_000_000_000, "ge")),
            ("1 tỷ 250 triệu đồng", _vnd(1_250_000_000)),
            ("440.953,15 triệu đồng", _vnd(440_953_150_000)),
            ("gần 400 triệu đồng", _vnd(400_000_000, "almost")),
            ("trên 2,3 tỉ đồng", _vnd(2_300_000_000, "gt")),
            ("khoảng 30 nghìn đồng", _vnd(30_000, "about")),
            ("500 ngàn đồng", _vnd(500_000)),
            ("37,73 triệu đồng/người/năm", _vnd(37_730_000)),
            ("1 ty dong", _vnd(1_000_000_000)),
            ("300 triẫu đồng", _vnd(300_000_000)),
            ("5 tr.đ", _vnd(5_000_000)),
            ("1.5 tỷ đồng", _vnd(1_500_000_000)),
            ("dưới 1.500 triệu đồng", _vnd(1_500_000_000, "lt")),
            ("không quá 50 triệu đồng", _vnd(50_000_000, "le")),
        ),
    ),
    Pattern(
        "money.plain",
        rf"{_START}(?P<number>{NUMBER})\s{{0,4}}{_DONG}",
        _read_plain,
        (
            ("1.250.000.000 đồng", _vnd(1_250_000_000)),
            ("100.000đ", _vnd(100_000)),
            ("2.500.000 VNĐ", _vnd(2_500_000)),
            ("1 250 000 đồng", _vnd(1_250_000)),
            ("1,250,000 đồng", _vnd(1_250_000)),
            ("ít nhất 50.000 đồng", _vnd(50_000, "ge")),
        ),
    ),
    Pattern(
        "money.no_unit",
        rf"{_START}{_NAMED_STEP}(?:(?:,?\s{{1,4}}){_NAMED_STEP}){{0,2}}(?!\w){_NO_MONEY}",
        partial(_read_steps, needs_word=True),
        (
            ("kinh phí 1 tỷ 250 triệu", _vnd(1_250_000_000)),
            ("trị giá trên 2,3 tỷ.", _vnd(2_300_000_000, "gt")),
        ),
    ),
)


def find_money(source: Source) -> list[Found]:
    """All amounts of money in a text."""
    return find_all(source, MONEY_GRAMMAR)
