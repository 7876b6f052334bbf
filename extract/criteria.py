"""Counts of criteria: "đạt 12/19 tiêu chí", "tăng 09 tiêu chí so với năm 2015", "bình quân 11,5-12 tiêu chí/xã".

Values are ``{"count", "of", "set", "sense", "relation"}``; ``sense`` is None where a sentence names criteria without
saying that anybody reached, gained or lost them. ``to`` is there for ranges, ``percent`` where one is printed behind.
"""

from __future__ import annotations

from typing import Any

import regex

from extract.patterns import Found, Pattern, Source
from extract.quantities import START, plain_number, quantity, relation_around
from extract.senses import sense_of, set_after
from extract.shares import with_percent

__all__ = ["CRITERIA_GRAMMAR"]

_SMALL = r"\d{1,3}"
# "2 tiêu chí số 10" names a criterion; "9 tiêu chí so với năm 2015" counts them.
_CRITERIA = r"(?:ti\Su\s{1,4}chi)\b(?!\s{1,4}so\b(?!\s{1,4}voi\b))"


def _value(source: Source, match: regex.Match[str]) -> dict[str, Any]:
    parts = match.groupdict()
    relation = relation_around(source.folded, match.start(), match.end())
    value: dict[str, Any] = {
        "count": plain_number(quantity(parts["count"]).value),
        "of": int(parts["of"]) if parts.get("of") else None,
        "set": set_after(source.folded, match.end()),
        "sense": sense_of(source, match.start(), match.end(), relation),
        "relation": relation,
    }
    if parts.get("to"):
        value |= {"to": plain_number(quantity(parts["to"]).value), "relation": "range"}
    return value


def _read(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    value = _value(source, match)
    if value["of"] is not None and value["count"] > value["of"]:
        return None
    found = Found("criteria", value, match.start(), match.end(), rule, 0.93)
    return with_percent(source, found) if value["of"] else found


def _read_range(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    value = _value(source, match)
    return Found("criteria", value, match.start(), match.end(), rule, 0.9) if value["to"] > value["count"] else None


def _is(
    count: float,
    sense: str | None,
    *,
    of: int | None = None,
    name: str | None = None,
    relation: str = "eq",
    **more: Any,
) -> dict[str, Any]:
    return {"count": count, "of": of, "set": name, "sense": sense, "relation": relation, **more}


_NEW = "nông thôn mới"

CRITERIA_GRAMMAR = (
    Pattern(
        "criteria.ratio",
        rf"{START}(?P<count>{_SMALL})\s?/\s?(?P<of>{_SMALL})\s{{1,4}}{_CRITERIA}",
        _read,
        (
            ("đạt 12/19 tiêu chí", _is(12, "level", of=19)),
            ("đạt 12/19 tiêu-chí nông-thôn-mới", _is(12, "level", of=19, name=_NEW)),
            ("đạt 9/14 tiêu chí NTM nâng cao", _is(9, "level", of=14, name="nông thôn mới nâng cao")),
            ("phấn đấu đến hết năm đạt 15/19 tiêu chí", _is(15, "plan", of=19)),
            ("xã đã hoàn thành 19/19 tiêu chí", _is(19, "level", of=19)),
            (
                "hết năm 2030 đạt 12/19 tiêu chí, năm sau hoàn thành 7 tiêu chí",
                (_is(12, "level", of=19), _is(7, "level")),
            ),
            ("mục tiêu đạt 17/19 tiêu chí, hiện đạt 14/19 tiêu chí", (_is(17, "plan", of=19), _is(14, "level", of=19))),
            ("Chương trình mục tiêu quốc gia, xã đạt 16/19 tiêu chí", _is(16, "level", of=19)),
            ("theo Kế hoạch số 5, xã đạt 16/19 tiêu chí", _is(16, "level", of=19)),
            ("dat 18/19 tiéu chi nong thon moi", _is(18, "level", of=19, name=_NEW)),
            ("đạt 5/10 tiêu chí xã nông thôn mới hiện đại", _is(5, "level", of=10, name=_NEW)),
        ),
        ("tỷ lệ 12/19", "21/19 tiêu chí", "ngày 12/9", "12/19/2031 tiêu chí"),
        needs=_CRITERIA,
    ),
    Pattern(
        "criteria.range",
        rf"{START}(?P<count>\d{{1,2}}(?:,\d{{1,2}})?)\s?(?:[-–]|\bden\b)\s?(?P<to>\d{{1,2}}(?:,\d{{1,2}})?)\s{{1,4}}{_CRITERIA}",
        _read_range,
        (
            ("bình quân đạt 11,5-12 tiêu chí/xã", _is(11.5, "average", to=12, relation="range")),
            ("đạt từ 10 đến 14 tiêu chí", _is(10, "threshold", to=14, relation="range")),
        ),
        ("từ 14 đến 10 điểm",),
        needs=_CRITERIA,
    ),
    Pattern(
        "criteria.count",
        rf"{START}(?P<count>\d{{1,2}}(?:,\d{{1,2}})?)\s{{1,4}}{_CRITERIA}",
        _read,
        (
            ("mức tăng mới từ 10 tiêu chí trở lên", _is(10, "gain", relation="ge")),
            ("có mức tăng mới 10 tiêu\n chí trở lên", _is(10, "gain", relation="ge")),
            ("mức tăng mới từ 08 tiêu chí trở lên", _is(8, "gain", relation="ge")),
            ("bình quân mỗi xã đạt 9,3 tiêu chí", _is(9.3, "average")),
            ("đạt từ 10 tiêu chí trở lên", _is(10, "threshold", relation="ge")),
            ("không còn xã dưới 5 tiêu chí", _is(5, None, relation="lt")),
            ("tăng lên 12 tiêu chí", _is(12, "level")),
            ("19 tiêu chí về xây dựng nông thôn mới", _is(19, None, name=_NEW)),
            ("bị rớt 02 tiêu chí", _is(2, "lost")),
            ("tăng 09 tiêu chí so với năm 2015", _is(9, "gain")),
            ("giám sát 19 tiêu chí", _is(19, None)),
            ("còn 03 tiêu chí chưa đạt", _is(3, None)),
            ("có 14 tiêu chí đã đạt", _is(14, "level")),
            ("dự kiến hoàn thành 04 tiêu chí", _is(4, "plan")),
            ("phải đạt ít nhất 15 tiêu chí", _is(15, "threshold", relation="ge")),
            ("kết cấu hạ tầng gồm 8 tiêu chí", _is(8, None)),
        ),
        (
            "tiêu chí số 10",
            "02 tiêu chí số 10",
            "các tiêu chí",
            "tiêu chí 10",
            "Điều 19. Tiêu chí",
            "số 3.19 tiêu chí",
        ),
        needs=_CRITERIA,
    ),
)
