"""Shares: "15/20 xã (đạt 75%)" and percentages alone; a stated percentage is checked against its ratio.

A ratio is ``{"count", "of", "what"}``, with ``percent`` where one is printed right behind, and with ``set`` and
``sense`` where it counts those that reached a standard. A percentage that the ratio contradicts makes a ``conflict``,
the computed one beside it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import regex

from extract.counted_things import THINGS, thing_counted
from extract.patterns import Found, Pattern, Source, words
from extract.quantities import START, plain_number, quantity, relation_around
from extract.senses import sense_of, set_after

__all__ = ["PERCENTAGE_GRAMMAR", "RATIO_GRAMMAR", "STANDARD", "with_percent"]

# "(đạt 75%)", ", chiếm tỷ lệ 53%", "= 100%"; not ", tăng 25% so với" nor "đạt 100% kế hoạch"
_STATED = regex.compile(
    r"(?P<between>[^.;:()\d%]{0,60}?)(?:\(\s{0,4}|=\s{0,4}|[,;]\s{0,4}|\b)(?:(?:dat|chiem|bang|tuong\s{1,4}duong|la)\s{1,4})?(?:=\s{0,4})?"
    r"(?:t[yi]\s{1,4}le\s{1,4}(?:la\s{1,4}|dat\s{1,4})?)?(?<=[(=]\s{0,4}|\b(?:dat|chiem|bang|duong|le|la)\s{1,4})"
    r"(?P<number>\d{1,3}(?:[.,]\d{1,3})?)\s?%(?!\s{1,4}(?:ke\s{1,4}hoach|chi\s{1,4}tieu|muc\s{1,4}tieu|du\s{1,4}toan|so\s{1,4}voi))"
)
_OTHER_SUBJECT = regex.compile(
    r"\b(?:tang|giam|trong\s{1,4}do|con\s{1,4}lai|trong\s{1,4}so|vuot|rieng|ty\s{1,4}le\s{1,4}ho)\b"
)
_WORD_BETWEEN = r"\s{1,4}(?:da|duoc|cong|nhan|ca|toan|huyen|tinh|la|xa|du|dieu|kien)"
STANDARD = rf"(?:{_WORD_BETWEEN}){{0,5}}?\s{{1,4}}{words('dat chuan|ve dich')}\b"
_STANDARD = regex.compile(STANDARD)


def with_percent(source: Source, found: Found) -> Found:
    """The found ratio with the percentage printed behind it; a conflict where the two differ by more than rounding."""
    match = _STATED.match(source.folded, found.end)
    if match is None or _OTHER_SUBJECT.search(match["between"]):
        return found
    stated = quantity(match["number"]).value
    count, of = (Decimal(str(found.value[key])) for key in (("for" if "for" in found.value else "count"), "of"))
    if of == 0:
        return found
    computed = count * 100 / of
    exponent = stated.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    value = {**found.value, "percent": plain_number(stated)}
    if abs(computed - stated) <= step:
        return replace(found, value=value)
    other = {**found.value, "percent": float(round(computed, 2))}
    return replace(found, value=value, status="conflict", strength=min(found.strength, 0.6), others=(other,))


def _read_ratio(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    count, of = int(match["count"]), int(match["of"])
    what = thing_counted(source, match)
    if what is None or not 0 <= count <= of or of == 0:
        return None
    value: dict[str, Any] = {"count": count, "of": of, "what": what}
    standard = _STANDARD.match(source.folded, match.end())
    if standard:
        relation = relation_around(source.folded, match.start(), match.end())
        value["set"] = set_after(source.folded, standard.end())
        value["sense"] = sense_of(source, match.start(), match.end(), relation) or "level"
    # the percentage is looked for behind what is counted, the evidence is the ratio
    found = with_percent(source, Found("ratio", value, match.start(), match.end(), rule, 0.93))
    return replace(found, end=match.end("of"))


def _read_percentage(_: Source, match: regex.Match[str], rule: str) -> Found:
    read = quantity(match["number"])
    others = (plain_number(read.other),) if read.other is not None and read.other <= 100 else ()
    return Found("percentage", plain_number(read.value), match.start(), match.end(), rule, 0.95, "read", others)


def _is(count: int, of: int, what: str, **more: Any) -> dict[str, Any]:
    return {"count": count, "of": of, "what": what, **more}


_NEW = {"set": "nông thôn mới", "sense": "level"}

RATIO_GRAMMAR = (
    Pattern(
        "ratio",
        rf"{START}(?P<count>\d{{1,4}})\s?/\s?(?P<of>\d{{1,4}})\s{{1,4}}(?P<what>{THINGS})\b",
        _read_ratio,
        (
            ("3/3 xã đạt chuẩn NTM", _is(3, 3, "xã", **_NEW)),
            ("100/189 thôn của", _is(100, 189, "thôn")),
            ("12/20 xã đạt chuẩn", _is(12, 20, "xã", set=None, sense="level")),
            ("15/20 xã (đạt 75%)", (_is(15, 20, "xã", percent=75), 75)),
            ("15/20 xã (đạt 80%)", (_is(15, 20, "xã", percent=80), 80)),
            (
                "có 15/20 xã đạt chuẩn nông thôn mới, chiếm 75%",
                (_is(15, 20, "xã", set="nông thôn mới", sense="level", percent=75), 75),
            ),
            (
                "phấn đấu 18/20 xã đạt chuẩn nông thôn mới",
                _is(18, 20, "xã", set="nông thôn mới", sense="plan"),
            ),
            ("100/189 thôn, chiếm tỷ lệ 53%", (_is(100, 189, "thôn", percent=53), 53)),
            ("12/15 chi bộ = 80%", (_is(12, 15, "chi bộ", percent=80), 80)),
            ("32/36 hộ, đạt 88,9%", (_is(32, 36, "hộ", percent=88.9), 88.9)),
            ("12/20 xã, tăng 25% so với năm trước", (_is(12, 20, "xã"), 25)),
            ("45/50 hộ, đạt 100% kế hoạch", (_is(45, 50, "hộ"), 100)),
            ("49/57 chỉ tiêu", _is(49, 57, "chỉ tiêu")),
            ("12/12 đại biểu có mặt", _is(12, 12, "đại biểu")),
            ("5/5 xã, phường", _is(5, 5, "xã")),
        ),
        ("21/20 xã", "ngày 5/9 xã tổ chức", "tờ 5/2031 xã", "đường 3/2 phường 4", "24/24 giờ", "thửa 12/20"),
    ),
)

PERCENTAGE_GRAMMAR = (
    Pattern(
        "percentage",
        r"(?<![\w/.,\-])(?P<number>\d{1,4}(?:[.,]\d{1,3})?)\s?%",
        _read_percentage,
        (
            ("đạt 25,5%", 25.5),
            ("100 %", 100),
            ("tỷ lệ 53%", 53),
            ("0,08%", 0.08),
            ("tăng 12.5%", 12.5),
            ("(88,9%)", 88.9),
            ("giảm còn 3,25 %", 3.25),
        ),
        ("%", "năm 2031", "100 phần", "12/%"),
    ),
)
