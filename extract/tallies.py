"""Counts of people, households, collectives, units and days of work: "05 tập thể", "350 hộ", "250 ngày công".

Values are ``{"count", "what", "relation"}``, with ``set`` and ``sense`` where the units reached a standard ("có 05
xã đạt chuẩn nông thôn mới").
"""

from __future__ import annotations

from typing import Any

import regex

from extract.counted_things import THINGS, thing_counted
from extract.patterns import Found, Pattern, Source, words
from extract.quantities import NUMBER, START, quantity, relation_around
from extract.senses import sense_of, set_after
from extract.shares import STANDARD

__all__ = ["TALLY_GRAMMAR"]

_COUNT = rf"{START}(?P<count>{NUMBER})\s{{1,4}}(?:\([a-z\s]{{2,30}}\)\s{{1,4}})?[“\"‘']?(?P<what>{THINGS})\b"


def _read(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    count = quantity(match["count"]).value
    what = thing_counted(source, match)
    if what is None or count != int(count) or count == 0:
        return None
    relation = relation_around(source.folded, match.start(), match.end("what"))
    value: dict[str, Any] = {"count": int(count), "what": what, "relation": relation}
    if rule == "count.standard":
        value["set"] = set_after(source.folded, match.end())
        value["sense"] = sense_of(source, match.start(), match.end("what"), relation) or "level"
    return Found("count", value, match.start(), match.end(), rule, 0.92)


def _is(count: int, what: str, relation: str = "eq", **more: Any) -> dict[str, Any]:
    return {"count": count, "what": what, "relation": relation, **more}


_NEW = "nông thôn mới"

TALLY_GRAMMAR = (
    Pattern(
        "count.standard",
        rf"{_COUNT}{STANDARD}",
        _read,
        (
            ("có 05 xã đạt chuẩn nông thôn mới", _is(5, "xã", set=_NEW, sense="level")),
            ("có thêm 13 xã đạt chuẩn", _is(13, "xã", set=None, sense="gain")),
            ("phấn đấu có 02 xã về đích NTM", _is(2, "xã", set=_NEW, sense="plan")),
            ("giúp đỡ từ 01 xã đạt chuẩn nông thôn mới trở lên", _is(1, "xã", "ge", set=_NEW, sense="threshold")),
            ("toàn huyện có 7 xã được công nhận đạt chuẩn nông thôn mới", _is(7, "xã", set=_NEW, sense="level")),
            ("có 03 xã đạt chuẩn nông thôn mới nâng cao", _is(3, "xã", set="nông thôn mới nâng cao", sense="level")),
            (
                "phấn đấu có thêm 13 xã đạt chuẩn, trong đó ít nhất 02 xã đạt chuẩn nông thôn mới",
                (
                    _is(13, "xã", set=None, sense="plan"),
                    _is(2, "xã", "ge", set=_NEW, sense="plan"),
                ),
            ),
            ("mục tiêu ít nhất 4 thôn đạt chuẩn", _is(4, "thôn", "ge", set=None, sense="plan")),
        ),
        ("thôn 5 xã đạt chuẩn", "khoản 2 xã đạt chuẩn", "năm 2031 xã đạt chuẩn"),
        needs=words("dat chuan|ve dich"),
    ),
    Pattern(
        "count.things",
        _COUNT,
        _read,
        (
            ("05 tập thể", _is(5, "tập thể")),
            ("tặng Bằng khen cho 12 cá nhân", _is(12, "cá nhân")),
            ("350 hộ", _is(350, "hộ")),
            ("vận động 350 hộ dân tham gia", _is(350, "hộ dân")),
            (
                "gồm 05 tập thể, 12 cá nhân và 03 hộ gia đình",
                (_is(5, "tập thể"), _is(12, "cá nhân"), _is(3, "hộ gia đình")),
            ),
            ("đóng góp 250 ngày công", _is(250, "ngày công")),
            ("trên 1.250 ngày công lao động", _is(1250, "ngày công lao động", "gt")),
            ("1 250 ngày công", _is(1250, "ngày công")),
            ("khoảng 40 người", _is(40, "người", "about")),
            ("xây dựng ít nhất 01 “Khu dân cư kiểu mẫu”", _is(1, "khu dân cư kiểu mẫu", "ge")),
            ("tổng số 15 đồng chí", _is(15, "đồng chí")),
            ("5 (năm) tập thể", _is(5, "tập thể")),
            ("tại 3 xã Lâm Khê, Nà Pài, Tân Khê", _is(3, "xã")),
            ("ngày 5/6/2031, 02 xã tổ chức", _is(2, "xã")),
            ("1.234 hộ nghèo", _is(1234, "hộ nghèo")),
            ("05 ngưòi", _is(5, "người")),
            ("01 xa dat ket qua", _is(1, "xã")),
            ("DANH SÁCH 05 TẬP THỂ", _is(5, "tập thể")),
            ("tạo việc làm cho 25 lao động", _is(25, "lao động")),
            ("06 Giấy khen".lower(), _is(6, "giấy khen")),
        ),
        (
            "thôn 5 xã Lâm Khê",
            "khu Nà Hồng 1 xã Lâm Khê",
            "Km3+100 xã Lâm Khê",
            "tổ 12 phường Nà Pài",
            "khoản 2 xã",
            "năm 2031 huyện tổ chức",
            "03 hồ sơ",
            "1 Xã Lâm Khê",
            "2 thôn Nà Pài",
            "Điều 5 hộ gia đình",
            "12 họ",
            "14 xa tieu bieu",
            "02 phương án",
            "0 người",
            "2,5 người",
            "điện thoại 0912 345 678 người nhận",
            "0912345678901 hộ",
            "Mẫu số 05 cá nhân",
            "danh sách tập thể, cá nhân",
        ),
    ),
)
