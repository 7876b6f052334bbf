"""Counts: criteria reached or gained, shares in per cent, copies to hand in, ratios of communes, areas of land.

A criteria value is ``{"count", "of", "set", "sense", "relation"}``; ``sense`` is None where a sentence names criteria
without saying that anybody reached, gained or lost them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import regex

from extract.patterns import Found, Pattern, Source, find_all
from extract.quantities import NUMBER, quantity, relation_around

__all__ = ["COUNT_GRAMMAR", "find_counts"]

_START = r"(?<![\w/.,]|\d\s)"
_SMALL = r"\d{1,3}"
# "2 tiêu chí số 10" names a criterion; "9 tiêu chí so với năm 2015" counts them.
_CRITERIA = r"(?:ti\Su\s{1,4}chi)\b(?!\s{1,4}so\b(?!\s{1,4}voi\b))"
_WINDOW = 70

# What the words before a count say of it; the last one before the number wins.
_SENSES = (
    ("plan", r"phan\s+dau|du\s+kien|ke\s+hoach|muc\s+tieu|chi\s+tieu|se\s+dat"),
    ("average", r"binh\s+quan|trung\s+binh"),
    ("lost", r"rot|giam|mat|khong\s+con\s+dat"),
    ("gain", r"tang\s+(?:moi|them|tu)|muc\s+t\wng|co\s+them|tang(?!\s+len)"),
    ("threshold", r"(?:phai|yeu\s+cau|dieu\s+kien)\s+dat|dat\s+tu"),
    ("level", r"dat(?!\s+tu)|hoan\s+thanh|tang\s+len"),
)
_SENSE_RULES = tuple(
    (sense, regex.compile(rf"\b(?:{words})\b".replace(r"\s+", r"\s{1,4}"))) for sense, words in _SENSES
)
_STRONGER = ("plan", "gain", "lost", "average")
_SETS = (
    ("nông thôn mới nâng cao", r"nang\s{1,4}cao"),
    ("nông thôn mới kiểu mẫu", r"kieu\s{1,4}mau"),
    ("đô thị văn minh", r"do\s{1,4}thi\s{1,4}van\s{1,4}minh"),
    ("nông thôn mới", r"(?:xay\s{1,4}dung\s{1,4})?(?:nong\s{1,4}thon\s{1,4}moi|ntm\b)"),
)
_SET_RULES = tuple((name, regex.compile(words)) for name, words in _SETS)
_CLAUSE_END = regex.compile(r"[.;:]\s|\n\s*[-+•]")


def _clause_before(folded: str, start: int) -> str:
    """The words of the same clause before a number."""
    window = folded[max(0, start - _WINDOW) : start]
    ends = [match.end() for match in _CLAUSE_END.finditer(window)]
    return window[ends[-1] :] if ends else window


def _sense(folded: str, start: int, relation: str) -> str | None:
    before = _clause_before(folded, start)
    places = {sense: hits[-1].start() for sense, rule in _SENSE_RULES if (hits := list(rule.finditer(before)))}
    for sense in _STRONGER:  # "phấn đấu đạt 12 tiêu chí" is a plan although "đạt" stands nearer
        if sense in places:
            return sense
    if not places:
        return "threshold" if relation in {"ge", "gt"} else None
    nearest = max(places, key=lambda sense: places[sense])
    return "threshold" if nearest == "level" and relation == "ge" else nearest


def _set_after(folded: str, end: int) -> str | None:
    after = folded[end : end + 40].split(".")[0]
    return next((name for name, rule in _SET_RULES if rule.search(after)), None)


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _read_criteria(source: Source, match: regex.Match[str], rule: str) -> Found:
    parts = match.groupdict()
    relation = relation_around(source.folded, match.start(), match.end())
    value = {
        "count": _number(quantity(parts["count"]).value),
        "of": int(parts["of"]) if parts.get("of") else None,
        "set": _set_after(source.folded, match.end()),
        "sense": _sense(source.folded, match.start(), relation),
        "relation": relation,
    }
    return Found("criteria", value, match.start(), match.end(), rule, 0.93)


def _read_percentage(_: Source, match: regex.Match[str], rule: str) -> Found:
    read = quantity(match["number"])
    others = (_number(read.other),) if read.other is not None and read.other <= 100 else ()
    return Found("percentage", _number(read.value), match.start(), match.end(), rule, 0.95, "read", others)


def _read_copies(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    count = int(match["count"])
    return Found("copies", count, match.start(), match.end(), rule, 0.95) if 0 < count <= 500 else None


def _read_ratio(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    count, of = int(match["count"]), int(match["of"])
    value = {"count": count, "of": of, "what": " ".join(match["what"].split())}
    return Found("ratio", value, match.start(), match.end("of"), rule, 0.93) if 0 <= count <= of else None


def _read_area(source: Source, match: regex.Match[str], rule: str) -> Found:
    read = quantity(match["number"])
    unit = "ha" if match["unit"] in {"ha", "hecta", "hec ta"} else "m2"
    value = {
        "value": _number(read.value),
        "unit": unit,
        "relation": relation_around(source.folded, match.start(), match.end()),
    }
    return Found("area", value, match.start(), match.end(), rule, 0.95)


def _criteria(
    count: float, sense: str | None, *, of: int | None = None, name: str | None = None, relation: str = "eq"
) -> Any:
    return {"count": count, "of": of, "set": name, "sense": sense, "relation": relation}


COUNT_GRAMMAR = (
    Pattern(
        "criteria.ratio",
        rf"{_START}(?P<count>{_SMALL})\s?/\s?(?P<of>{_SMALL})\s{{1,4}}{_CRITERIA}",
        _read_criteria,
        (
            ("đạt 12/19 tiêu chí", _criteria(12, "level", of=19)),
            ("đạt 9/14 tiêu chí NTM nâng cao", _criteria(9, "level", of=14, name="nông thôn mới nâng cao")),
            ("phấn đấu đến hết năm đạt 15/19 tiêu chí", _criteria(15, "plan", of=19)),
        ),
    ),
    Pattern(
        "criteria.count",
        rf"{_START}(?P<count>\d{{1,2}}(?:,\d{{1,2}})?)\s{{1,4}}{_CRITERIA}",
        _read_criteria,
        (
            ("mức tăng mới từ 10 tiêu chí trở lên", _criteria(10, "gain", relation="ge")),
            ("có mức tăng mới 10 tiêu\n chí trở lên", _criteria(10, "gain", relation="ge")),
            ("mức tăng mới từ 08 tiêu chí trở lên", _criteria(8, "gain", relation="ge")),
            ("bình quân mỗi xã đạt 9,3 tiêu chí", _criteria(9.3, "average")),
            ("đạt từ 10 tiêu chí trở lên", _criteria(10, "threshold", relation="ge")),
            ("không còn xã dưới 5 tiêu chí", _criteria(5, None, relation="lt")),
            ("tăng lên 12 tiêu chí", _criteria(12, "level")),
            ("19 tiêu chí về xây dựng nông thôn mới", _criteria(19, None, name="nông thôn mới")),
            ("bị rớt 02 tiêu chí", _criteria(2, "lost")),
            ("tăng 09 tiêu chí so với năm 2015", _criteria(9, "gain")),
        ),
    ),
    Pattern(
        "percentage",
        r"(?<![\w/.,\-])(?P<number>\d{1,4}(?:[.,]\d{1,3})?)\s?%",
        _read_percentage,
        (("đạt 25,5%", 25.5), ("100 %", 100), ("tỷ lệ 53%", 53), ("0,08%", 0.08)),
    ),
    Pattern(
        "copies",
        rf"{_START}(?P<count>\d{{1,3}})\s?\)?\s{{0,4}}(?P<what>ban(?:\s{{1,4}}(?:chinh|goc|sao))?|bo)\b"
        r"(?=\s{0,4}(?:[).,;:/]|gom\b|ho\s{1,4}so\b|\n|$|co\s{1,4}gia\s{1,4}tri|giu\b|moi\b|va\b))",
        _read_copies,
        (
            ("(03 bản)", 3),
            ("(01\nbản);", 1),
            ("(2 bản)", 2),
            ("01 bộ gồm:", 1),
            ("02 bộ/cá nhân", 2),
            ("ba (03) bản.", 3),
        ),
    ),
    Pattern(
        "ratio",
        rf"{_START}(?P<count>\d{{1,4}})\s?/\s?(?P<of>\d{{1,4}})\s{{1,4}}"
        r"(?P<what>xa|thon|huyen|ho|ban|khu\s{1,4}dan\s{1,4}cu|don\s{1,4}vi|tap\s{1,4}the|ca\s{1,4}nhan|chi\s{1,4}bo|"
        r"dang\s{1,4}vien|dai\s{1,4}bieu|phieu|thanh\s{1,4}vien|truong|phuong|nguoi)\b",
        _read_ratio,
        (
            ("3/3 xã đạt chuẩn NTM", {"count": 3, "of": 3, "what": "xa"}),
            ("100/189 thôn của", {"count": 100, "of": 189, "what": "thon"}),
        ),
    ),
    Pattern(
        "area",
        rf"{_START}(?P<number>{NUMBER})\s{{0,4}}(?P<unit>m2|m²|met\s{{1,4}}vuong|ha|hecta|hec\sta)(?!\w)",
        _read_area,
        (
            ("hiến trên 100m2 đất", {"value": 100, "unit": "m2", "relation": "gt"}),
            ("29.000 m² đất", {"value": 29000, "unit": "m2", "relation": "eq"}),
            ("1,5 ha", {"value": 1.5, "unit": "ha", "relation": "eq"}),
        ),
    ),
)


def find_counts(source: Source) -> list[Found]:
    """All criteria counts, percentages, copies, ratios and areas of a text."""
    return find_all(source, COUNT_GRAMMAR)
