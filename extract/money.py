"""Amounts of money: ``1.250.000.000 đồng``, ``1,5 tỷ đồng``, ``1 tỷ 250 triệu``, with how they compare.

Values are ``{"vnd": int, "relation"}``; where they are printed also ``to`` (upper end, relation ``range``), ``per``
("người/năm") and ``words`` (the same amount in words, in brackets). Where dot and comma leave two readings, the other
one is kept beside; where words and figures differ, the status is ``conflict`` and the words' amount is the other one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import regex

from extract.money_words import LABEL, WORDS, words_after
from extract.number_words import number_from_words
from extract.patterns import Found, Pattern, Source, find_all, words
from extract.quantities import NUMBER, START, Quantity, quantity, relation_around
from extract.record import Status

__all__ = ["MONEY_GRAMMAR", "find_money"]

_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "trd": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9}
_UNIT = r"(?:(?:(?:(?:nghin|ngan|tri\S?u)\s{1,4})?(?:ty|ti)|nghin|ngan|tri\S?u)(?![a-z])|tr\.?(?=\s?(?:d|dong)\b))"
_DONG = r"(?P<dong>dong|vnd|d)(?!\w)"
_STEP = rf"(?P<number>{NUMBER})\s{{0,4}}(?P<unit>{_UNIT})"
_STEPS = rf"{_STEP}(?:,?\s{{1,4}}(?:va\s{{1,4}})?{_STEP}){{0,3}}"
_A_SUM = rf"\d\s{{0,4}}(?:{_UNIT}|dong|vnd|d(?!\w))"
_BETWEEN = r"\s{0,4}(?:[-–]|\b(?:den|toi)\b(?:\s{1,4}duoi\b)?)\s{0,4}"
_NOT_MONEY = words(
    "usd|do la|euro|ty|ti|nguoi|ha|m2|tan|con|cay|luot|kwh|dan|ban|san pham|m3|ho|lao dong|lit|viec|khach|tre"
)
_NO_MONEY = rf"(?!\s{{0,4}}{_NOT_MONEY}\b)"
_MONEY_WORD = regex.compile(
    rf"\b{words('tri gia|gia tri|kinh phi|so tien|von|ho tro|dong gop|thu nhap|ngan sach|doanh thu')}\b"
    rf"|\b{words('chi phi|muc thuong|tuong duong|ung ho|huy dong')}\b"
)
_TIMES = "nguoi|ho|nam|thang|quy|ngay|khau|xa|thon|ha|vu|lan|luot|suat|gio|ca|buoi"
_EACH = words(
    f"ho gia dinh|ho so|gia dinh|doi tuong|{_TIMES}|huyen|m2|m3|kg|tan|lit|chau|hoc sinh|sinh vien|cong|cay|con|km|kwh"
    "|don vi|tap the|ca nhan|lop|truong|ban|bo|mo hinh|mo|giuong|mau|bai|san pham|cap|to"
)
_ONE = r"(?:0?1\s{1,2})?"  # "/01 người/01 lần"
_PER = regex.compile(rf"\s?/\s?(?P<per>{_ONE}{_EACH}\b(?:\s?/\s?{_ONE}(?:{_TIMES})\b){{0,2}})")
# Behind a bare number "đồng" begins many words; which, only the marks tell.
_NO_DONG = regex.compile(
    r"(?:đồng|Đồng|ĐỒNG)\s{1,4}(?:chí|bào|bộ|hồ|nghiệp|đội|hương|phạm|tác|thời|ý|đều|loạt|hành|minh|nhất|ruộng|bằng|CHÍ)(?!\p{L})"
    r"|(?:dong|dòng)\s{1,4}(?:chi|bao|bo|ho|nghiep|doi|thoi|y|họ|kẻ|sông|chữ)(?!\p{L})"
)
_COMPATRIOTS = regex.compile(r"đồng\s{1,4}bào")
_NAME = regex.compile(r"Đồng\s{1,4}\p{Lu}\p{Ll}")  # xã Đồng Tâm
_UNIT_LABEL = regex.compile(r"(?:\bdvt|don\s{1,4}vi(?:\s{1,4}tinh)?|\bdv\s{1,4}tinh)\s{0,4}[:.]?\s{0,4}\(?$")
_SLASH = regex.compile(r"\s?/\s?(?:0?1\s)?|^0?1\s")
_LEAST_BARE = 100  # fewer đồng, and a word behind: mostly another word that begins with đồng
_LEAST_D = 1000
_PRINTED_DONG = {"đồng", "dong", "đong", "dồng", "đông", "đổng", "đòng", "dông"}  # not dòng, động, đống, đóng


@dataclass(frozen=True, slots=True)
class _Sum:
    """An amount in đồng with its second reading."""

    vnd: Decimal
    other: Decimal | None = None

    @property
    def is_whole(self) -> bool:
        return self.vnd == self.vnd.to_integral_value()


def _scale(unit: str) -> int:
    """Of a unit as printed: "tr.", "nghìn tỷ" (10¹²)."""
    scale = 1
    for word in unit.split():
        scale *= _SCALES["trieu" if word.startswith("tri") else word.rstrip(".")]
    return scale


def _sum(numbers: list[str], units: list[str]) -> _Sum | None:
    """Steps from large to small; None where they do not go down."""
    scales = [_scale(unit) for unit in units]
    steps = [quantity(number) for number in numbers]
    if any(later >= earlier for earlier, later in pairwise(scales)):
        return None
    if any(
        step.value * scale >= before for step, scale, before in zip(steps[1:], scales[1:], scales[:-1], strict=True)
    ):
        return None
    total = sum((step.value * scale for step, scale in zip(steps, scales, strict=True)), Decimal(0))
    other = steps[0].other
    return _Sum(total, other * scales[0] if other is not None and len(steps) == 1 else None)


def _found(
    source: Source, match: regex.Match[str], rule: str, amount: _Sum | None, strength: float, to: _Sum | None = None
) -> Found | None:
    """The value with what stands around it: relation, per whom, words."""
    if (
        amount is None
        or not amount.is_whole
        or _UNIT_LABEL.search(source.folded, max(0, match.start() - 24), match.start())
    ):
        return None
    value: dict[str, Any] = {"vnd": int(amount.vnd)}
    if to is not None:
        value |= {"to": int(to.vnd), "relation": "range"}
    else:
        value["relation"] = relation_around(source.folded, match.start(), match.end())
    end = match.end()
    per = _PER.match(source.folded, end)
    if per:
        printed = " ".join(source.text[slice(*per.span("per"))].lower().split())
        value["per"] = "/".join(filter(None, _SLASH.split(printed)))
    others: tuple[Any, ...] = ()
    if amount.other is not None and amount.other == amount.other.to_integral_value():
        others = ({**value, "vnd": int(amount.other)},)
    status: Status = "read"
    in_words = words_after(source.folded, per.end() if per else end)
    if in_words is not None and to is None:
        amount_in_words, end = in_words
        if amount_in_words in {value["vnd"], *(other["vnd"] for other in others)}:
            value |= {"vnd": amount_in_words, "words": amount_in_words}
            others = ()
        else:
            status, others = "conflict", ({**value, "vnd": amount_in_words}, *others)
    if others:
        strength = min(strength, 0.75)
    return Found("amount", value, match.start(), end, rule, strength, status, others)


def _read_scaled(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    if _COMPATRIOTS.match(source.text, match.start("dong")):
        return None
    return _found(source, match, rule, _sum(match.captures("number"), match.captures("unit")), 0.97)


def _read_without_dong(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    if not _MONEY_WORD.search(source.folded, max(0, match.start() - 60), match.start()):
        return None
    return _found(source, match, rule, _sum(match.captures("number"), match.captures("unit")), 0.8)


def _plain(read: Quantity) -> _Sum:
    # đồng have no parts today: "1,250 đồng" can only be thousands
    return _Sum(read.other, read.value) if read.other is not None else _Sum(read.value)


def _is_dong(source: Source, match: regex.Match[str]) -> bool:
    """Whether the word behind a bare number is the currency: not dòng, động, đồng chí, xã Đồng Tâm."""
    start, end = match.span("dong")
    printed = source.text[start:end]
    if match["dong"] == "dong":
        return (
            printed.lower() in _PRINTED_DONG
            and not _NO_DONG.match(source.text, start)
            and not _NAME.match(source.text, start)
        )
    return match["dong"] == "vnd" or printed in {"đ", "Đ"} or source.text[start - 1].isdigit()


def _read_plain(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    amount = _plain(quantity(match["number"]))
    if match["dong"] == "d" and amount.vnd < _LEAST_D:  # "khoản 5 đ"
        return None
    if amount.vnd < _LEAST_BARE and source.text[match.end() : match.end() + 2].strip()[:1].isalpha():
        return None
    if not _is_dong(source, match):
        return None
    return _found(source, match, rule, amount, 0.97)


def _read_range(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    """Read "từ 100 đến 200 triệu đồng": the unit printed once is that of both."""
    parts = match.groupdict()
    if parts.get("high_unit"):
        low = _sum([parts["low"]], [parts["low_unit"] or parts["high_unit"]])
        high = _sum([parts["high"]], [parts["high_unit"]])
    elif _is_dong(source, match):
        low, high = _plain(quantity(parts["low"])), _plain(quantity(parts["high"]))
    else:
        return None
    if low is None or high is None or low.vnd >= high.vnd:
        return None
    return _found(source, match, rule, low, 0.95, high)


def _read_words(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    vnd = number_from_words(match["words"])
    if not vnd:
        return None
    end = match.end("words") + len("dong")
    return Found("amount", {"vnd": vnd, "relation": "eq", "words": vnd}, match.start("words"), end, rule, 0.9)


def _vnd(amount: int, relation: str = "eq", **more: Any) -> dict[str, Any]:
    return {"vnd": amount, "relation": relation, **more}


def _range(low: int, high: int, **more: Any) -> dict[str, Any]:
    return {"vnd": low, "to": high, "relation": "range", **more}


_LOW = rf"(?P<low>{NUMBER})(?:\s{{0,4}}(?P<low_unit>{_UNIT}))?(?:\s{{0,4}}dong\b)?{_BETWEEN}"

MONEY_GRAMMAR = (
    Pattern(
        "money.range",
        rf"{START}{_LOW}(?P<high>{NUMBER})\s{{0,4}}(?P<high_unit>{_UNIT})\s{{0,4}}{_DONG}",
        _read_range,
        (
            ("từ 100 đến 200 triệu đồng", _range(100_000_000, 200_000_000)),
            ("từ 100 triệu đến 200 triệu đồng", _range(100_000_000, 200_000_000)),
            ("từ 500 triệu đồng đến 1,5 tỷ đồng", _range(500_000_000, 1_500_000_000)),
            ("30-50 triệu đồng/hộ", _range(30_000_000, 50_000_000, per="hộ")),
            ("từ 1,2 – 1,5 tỷ đồng/năm", _range(1_200_000_000, 1_500_000_000, per="năm")),
            ("từ 300 triệu đồng đến dưới 500 triệu đồng", _range(300_000_000, 500_000_000)),
        ),
        ("từ 200 đến 100 triệu đồng bào",),
        needs=_A_SUM,
    ),
    Pattern(
        "money.range_bare",
        rf"{START}(?P<low>{NUMBER})\s{{0,4}}(?:dong|d)?{_BETWEEN}(?P<high>{NUMBER})\s{{0,4}}{_DONG}",
        _read_range,
        (
            ("từ 5.000.000 đồng đến 10.000.000 đồng", _range(5_000_000, 10_000_000)),
            ("100.000 - 150.000 đồng/ngày", _range(100_000, 150_000, per="ngày")),
            ("mức phạt từ 500.000 đến 1.000.000 đồng", _range(500_000, 1_000_000)),
            ("từ 500.000 đến 1.000.000d", _range(500_000, 1_000_000)),
        ),
        ("từ 5 đến 10 đồng chí", "từ 500.000 đến 1.000.000 d"),
        needs=_A_SUM,
    ),
    Pattern(
        "money.scaled",
        rf"{START}{_STEPS}\s{{0,4}}{_DONG}",
        _read_scaled,
        (
            ("1 tỷ đồng", _vnd(1_000_000_000)),
            ("1,5 tỷ đồng", _vnd(1_500_000_000)),
            ("từ 400 triệu đồng trở lên", _vnd(400_000_000, "ge")),
            ("giá trị tương đương 1 tỷ đồng trở lên", _vnd(1_000_000_000, "ge")),
            ("500 triệu \nđồng trở lên", _vnd(500_000_000, "ge")),
            ("1 tỷ 250 triệu đồng", _vnd(1_250_000_000)),
            ("2 tỷ, 35 triệu 500 nghìn đồng", _vnd(2_035_500_000)),
            ("440.953,15 triệu đồng", _vnd(440_953_150_000)),
            ("gần 400 triệu đồng", _vnd(400_000_000, "almost")),
            ("trên 2,3 tỉ đồng", _vnd(2_300_000_000, "gt")),
            ("hơn 75 triệu đồng", _vnd(75_000_000, "gt")),
            ("khoảng 30 nghìn đồng", _vnd(30_000, "about")),
            ("ước đạt 12 tỷ đồng", _vnd(12_000_000_000, "about")),
            ("tối thiểu 20 triệu đồng", _vnd(20_000_000, "ge")),
            ("không dưới 1 tỷ đồng", _vnd(1_000_000_000, "ge")),
            ("tối đa 3 triệu đồng/hộ", _vnd(3_000_000, "le", per="hộ")),
            ("chưa đến 10 triệu đồng", _vnd(10_000_000, "lt")),
            ("từ 50 triệu đồng trở xuống", _vnd(50_000_000, "le")),
            ("500 ngàn đồng", _vnd(500_000)),
            ("85 nghìn tỷ đồng", _vnd(85_000_000_000_000)),
            ("37,73 triệu đồng/người/năm", _vnd(37_730_000, per="người/năm")),
            ("45 triệu đồng / người / năm", _vnd(45_000_000, per="người/năm")),
            ("1,2 triệu đồng/hộ gia đình/tháng", _vnd(1_200_000, per="hộ gia đình/tháng")),
            ("1 ty dong", _vnd(1_000_000_000)),
            ("5 tý đồng", _vnd(5_000_000_000)),
            ("300 triẫu đồng", _vnd(300_000_000)),
            ("450 triu đồng", _vnd(450_000_000)),
            ("5 tr.đ", _vnd(5_000_000)),
            ("12 trđ", _vnd(12_000_000)),
            ("7,5 Tr.đồng", _vnd(7_500_000)),
            ("1.5 tỷ đồng", _vnd(1_500_000_000)),
            ("dưới 1.500 triệu đồng", _vnd(1_500_000_000, "lt")),
            ("không quá 50 triệu đồng", _vnd(50_000_000, "le")),
            ("2 tỷ đồng tiền mặt", _vnd(2_000_000_000)),
            ("300 triệu đồng bằng nguồn xã hội hóa", _vnd(300_000_000)),
            ("200 triệu đồng (Bằng chữ: Hai trăm triệu đồng)", _vnd(200_000_000, words=200_000_000)),
            ("1,25 tỷ đồng (một tỷ hai trăm năm mươi triệu đồng chẵn)", _vnd(1_250_000_000, words=1_250_000_000)),
            ("10 triệu đồng, bằng chữ: mười lăm triệu đồng", _vnd(10_000_000)),
            ("5 triệu đồng, 10 triệu đồng trở lên", (_vnd(5_000_000), _vnd(10_000_000, "ge"))),
        ),
        ("54 triệu đồng bào", "điểm 5 tỷ lệ", "5 triệu tấn"),
        needs=_A_SUM,
    ),
    Pattern(
        "money.plain",
        rf"{START}(?P<number>{NUMBER})\s{{0,4}}{_DONG}",
        _read_plain,
        (
            ("1.250.000.000 đồng", _vnd(1_250_000_000)),
            ("100.000đ", _vnd(100_000)),
            ("2.500.000 VNĐ", _vnd(2_500_000)),
            ("50.000 VND/suất", _vnd(50_000, per="suất")),
            ("1 250 000 đồng", _vnd(1_250_000)),
            ("1,250,000 đồng", _vnd(1_250_000)),
            ("350.000 đồng/m2", _vnd(350_000, per="m2")),
            ("30.000.000 đồng/mô hình", _vnd(30_000_000, per="mô hình")),
            ("500.000 đồng/01 người/01 lần", _vnd(500_000, per="người/lần")),
            ("ít nhất 50.000 đồng", _vnd(50_000, "ge")),
            ("số tiền 200.000.000 đồng (Hai trăm triệu đồng)", _vnd(200_000_000, words=200_000_000)),
            (
                "là 1.004.000 đồng (Bằng chữ: Một triệu không trăm linh bốn nghìn đồng)",
                _vnd(1_004_000, words=1_004_000),
            ),
            ("1.250,000 đồng", _vnd(1_250_000)),
            ("500 đồng", _vnd(500)),
            ("45.000 đ", _vnd(45_000)),
            ("657.000.000 đông", _vnd(657_000_000)),
        ),
        (
            "số 1.234.567",
            "15 đồng chí",
            "1.200 đồng chí",
            "5.000 đồng bào",
            "3 Đồng Tâm",
            "dòng 250",
            "250 dòng kẻ",
            "ĐVT: 1.000 đồng",
            "Đơn vị tính: 1.000 đồng",
            "khoản 5 đ",
            "2 động cơ",
            "tài khoản 1200205011222",
            "100 điểm",
            "2031 d",
        ),
        needs=_A_SUM,
    ),
    Pattern(
        "money.no_unit",
        rf"{START}{_STEPS}(?!\w){_NO_MONEY}",
        _read_without_dong,
        (
            ("kinh phí 1 tỷ 250 triệu", _vnd(1_250_000_000)),
            ("trị giá trên 2,3 tỷ.", _vnd(2_300_000_000, "gt")),
            ("thu nhập 45 triệu/người/năm", _vnd(45_000_000, per="người/năm")),
        ),
        ("5 triệu người", "2 tỷ USD", "vốn 2 triệu USD", "hỗ trợ 3 nghìn cây", "dân số 1,2 triệu"),
        needs=_A_SUM,
    ),
    Pattern(
        "money.words",
        rf"\b{LABEL}{WORDS}",
        _read_words,
        (("Số tiền bằng chữ: Ba mươi lăm triệu đồng", _vnd(35_000_000, words=35_000_000)),),
        ("bằng chữ: ba mươi lăm", "Bằng chữ: triệu ba đồng", "hai mươi lăm đồng chí"),
    ),
)


def find_money(source: Source) -> list[Found]:
    """All amounts of money in a text."""
    return find_all(source, MONEY_GRAMMAR)
