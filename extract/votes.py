"""Votes of a meeting: "15/15 phiếu", "100% nhất trí", "12 phiếu tán thành, 1 phiếu không tán thành".

Values are ``{"for", "of"}`` with None for what is not printed; where they are printed also ``against``, ``percent`` (a
``conflict`` where it contradicts the ratio), and for ballots ``issued``, ``returned``, ``valid`` and ``invalid``.
"""

from __future__ import annotations

from typing import Any

import regex

from extract.patterns import Found, Pattern, Source, words
from extract.quantities import START, plain_number, quantity
from extract.shares import with_percent

__all__ = ["VOTE_GRAMMAR"]

_YES = words("nhat tri|dong y|tan thanh|dong thuan")
_NO = words("khong (?:tan thanh|dong y|nhat tri)|phan doi")
_VOTERS = words(
    "phieu(?: bau)?|y kien|dong chi|thanh vien|dai bieu|uy vien|dang vien|nguoi|ca nhan|hoi vien|doan vien|ho"
)
_STATES = words("hoi dong|co mat|tham du|du hop|tham gia|trong cuoc hop|deu|da|bieu quyet|bo phieu|thong qua")
_PRESENT = rf"(?:\s{{1,4}}{_STATES}){{0,4}}"
_COUNT = r"\d{1,4}"


def _number(printed: str | None) -> int | None:
    if printed is None:
        return None
    return 0 if printed == "khong" else int(printed)


def _read_ratio(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    votes, of = int(match["for"]), int(match["of"])
    if votes > of or of == 0:
        return None
    return with_percent(source, Found("votes", {"for": votes, "of": of}, match.start(), match.end(), rule, 0.93))


def _read_all(_: Source, match: regex.Match[str], rule: str) -> Found:
    percent = plain_number(quantity(match["percent"]).value)
    return Found("votes", {"for": None, "of": None, "percent": percent}, match.start(), match.end(), rule, 0.93)


def _read_counts(_: Source, match: regex.Match[str], rule: str) -> Found | None:
    value: dict[str, Any] = {"for": int(match["for"]), "of": _number(match.groupdict().get("of"))}
    against = _number(match["against"])
    if value["of"] is not None and value["for"] + (against or 0) > value["of"]:
        return None
    if against is not None:
        value["against"] = against
    return Found("votes", value, match.start(), match.end(), rule, 0.93)


def _read_ballots(_: Source, match: regex.Match[str], rule: str) -> Found:
    names = ("issued", "returned", "valid", "invalid")
    ballots = {name: _number(match[name]) for name in names if match[name] is not None}
    return Found("votes", {"for": None, "of": None, **ballots}, match.start(), match.end(), rule, 0.93)


def _is(votes: int | None, of: int | None, **more: Any) -> dict[str, Any]:
    return {"for": votes, "of": of, **more}


_PAPERS = r"(?:\s{1,4}(?:la|gom|duoc))?\s{0,4}:?\s{0,4}"
_AND = r"(?:\s{1,4}phieu)?[\s,;.\-–+]{1,8}(?:so\s{1,4}phieu\s{1,4})?"

VOTE_GRAMMAR = (
    Pattern(
        "votes.ballots",
        rf"\bphat\s{{1,4}}ra{_PAPERS}(?P<issued>{_COUNT}){_AND}thu\s{{1,4}}(?:ve|vao){_PAPERS}(?P<returned>{_COUNT})"
        rf"(?:{_AND}hop\s{{1,4}}le{_PAPERS}(?P<valid>{_COUNT}))?(?:{_AND}khong\s{{1,4}}hop\s{{1,4}}le{_PAPERS}(?P<invalid>{_COUNT}|khong))?",
        _read_ballots,
        (
            ("Số phiếu phát ra: 13 phiếu; thu về: 13 phiếu", _is(None, None, issued=13, returned=13)),
            (
                "phát ra 9 phiếu, thu về 9 phiếu, hợp lệ 8 phiếu, không hợp lệ 1 phiếu",
                _is(None, None, issued=9, returned=9, valid=8, invalid=1),
            ),
            (
                "- Số phiếu phát ra: 11\n- Số phiếu thu về: 11\n- Số phiếu hợp lệ: 11",
                _is(None, None, issued=11, returned=11, valid=11),
            ),
        ),
        ("phát ra 13 công văn", "thu về 13 triệu đồng"),
    ),
    Pattern(
        "votes.counts",
        rf"\b{_YES}{_PAPERS}(?:co\s{{1,4}})?(?P<for>{_COUNT})(?:\s?/\s?(?P<of>{_COUNT}))?\s{{1,4}}{_VOTERS}\b"
        rf"(?:[\s,;.\-–+]{{1,8}}(?:co\s{{1,4}})?(?:so\s{{1,4}}phieu\s{{1,4}})?{_NO}{_PAPERS}(?:co\s{{1,4}})?(?P<against>{_COUNT}|khong)(?:\s{{1,4}}{_VOTERS}\b)?)?",
        _read_counts,
        (
            ("tán thành 12 phiếu, không tán thành 1", _is(12, None, against=1)),
            ("đồng ý: 14 phiếu; không đồng ý: 0 phiếu", _is(14, None, against=0)),
            ("tán thành 12/13 phiếu", _is(12, 13)),
            ("Số phiếu đồng ý: 11 phiếu", _is(11, None)),
            ("nhất trí có 15 đồng chí, phản đối có 2 đồng chí", _is(15, None, against=2)),
        ),
        ("đồng ý 13/12 phiếu", "nhất trí 5 nội dung"),
        needs=_YES,
    ),
    Pattern(
        "votes.counts",
        rf"{START}(?P<for>{_COUNT})(?:\s?/\s?(?P<of>{_COUNT}))?\s{{1,4}}{_VOTERS}{_PRESENT}\s{{1,4}}{_YES}"
        rf"[\s,;.\-–+(]{{1,8}}(?:co\s{{1,4}})?(?P<against>{_COUNT})\s{{1,4}}{_VOTERS}\s{{1,4}}{_NO}",
        _read_counts,
        (
            ("12 phiếu tán thành, 1 phiếu không tán thành", _is(12, None, against=1)),
            ("13/15 phiếu đồng ý, 02 phiếu không đồng ý", _is(13, 15, against=2)),
        ),
        ("12 phiếu trắng",),
        needs=_YES,
    ),
    Pattern(
        "votes.ratio",
        rf"{START}(?P<for>{_COUNT})\s?/\s?(?P<of>{_COUNT})\s{{1,4}}(?:phieu(?:\s{{1,4}}bau)?\b|(?:{_VOTERS}{_PRESENT}\s{{1,4}})?{_YES})"
        rf"(?:\s{{1,4}}{_YES})?",
        _read_ratio,
        (
            ("15/15 phiếu", _is(15, 15)),
            ("8/9 phiếu, đạt 88,9%", (_is(8, 9, percent=88.9), 88.9)),
            ("đạt 9/9 phiếu (100%)", (_is(9, 9, percent=100), 100)),
            ("12/15 phiếu đồng ý (đạt 90%)", (_is(12, 15, percent=90), 90)),
            ("15/15 đồng chí nhất trí", _is(15, 15)),
            ("kết quả 14/15 thành viên có mặt biểu quyết đồng ý", _is(14, 15)),
            ("11/11 đại biểu dự họp nhất trí = 100%", (_is(11, 11, percent=100), 100)),
            ("32/32 hộ đồng thuận", _is(32, 32)),
        ),
        ("16/15 phiếu", "ngày 15/5 nhân dân"),
        needs=rf"phieu|{_YES}",
    ),
    Pattern(
        "votes.percent",
        rf"(?<![\w/.,\-])(?P<percent>\d{{1,3}}(?:,\d{{1,2}})?)\s?%\s{{1,4}}(?:so\s{{1,4}}|cac\s{{1,4}})?(?:{_VOTERS}{_PRESENT}\s{{1,4}})?{_YES}",
        _read_all,
        (
            ("100% nhất trí", _is(None, None, percent=100)),
            ("100% thành viên dự họp nhất trí", _is(None, None, percent=100)),
            ("90,5% số phiếu đồng ý", _is(None, None, percent=90.5)),
            ("với 100 % đại biểu có mặt biểu quyết tán thành", _is(None, None, percent=100)),
        ),
        ("tỷ lệ nhất trí", "nhất trí cao"),
        needs=_YES,
    ),
)
