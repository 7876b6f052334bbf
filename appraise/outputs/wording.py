"""How outputs say things in Vietnamese: states, awards, classes, figures, dates, places in files."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import regex

from appraise.appraisal import Check, Evidence, State
from appraise.checks.verdict import plain
from appraise.rule_files.rules_in_words import AWARDS, CLASSES
from appraise.rules import Award, CandidateClass
from normalize.folding import fold

__all__ = [
    "KIND_OF_CLASS",
    "STATE_NAMES",
    "UNCONFIRMED",
    "UNCONFIRMED_SIGN",
    "as_text",
    "award_name",
    "class_name",
    "date_text",
    "evidence_text",
    "figures_text",
    "place_of",
    "slug",
    "state_text",
    "vietnamese_number",
]

UNCONFIRMED: Final = "(quy tắc chưa được xác nhận)"
UNCONFIRMED_SIGN: Final = "(*)"
"""The same in narrow cells; the sheet's head says what it means."""

STATE_NAMES: Final[dict[State, str]] = {
    "met": "khớp",
    "not_met": "chưa khớp",
    "unknown": "chưa rõ",
    "person": "cần người xem",
}
# What totals count: "… tập thể, … cá nhân, … gia đình". An entrepreneur may be a person or an enterprise: counted as
# neither before somebody says which.
KIND_OF_CLASS: Final[dict[CandidateClass, str]] = {
    "department": "tập thể",
    "front_union": "tập thể",
    "district": "tập thể",
    "commune": "tập thể",
    "difficult_commune": "tập thể",
    "hamlet": "tập thể",
    "enterprise": "tập thể",
    "family": "gia đình",
    "official": "cá nhân",
    "individual": "cá nhân",
    "worker": "cá nhân",
}
_FIGURES: Final = {
    "baseline": "số đầu kỳ",
    "baseline_year": "năm đầu kỳ",
    "level": "số cuối kỳ",
    "level_year": "năm cuối kỳ",
    "outside": "ngoài giai đoạn",
    "undated": "không rõ năm",
    "unconverted": "chưa quy đổi",
    "stated": "hồ sơ ghi",
    "since": "so với năm",
    "years": "các năm",
    "missing": "thiếu",
    "for": "số phiếu",
    "of": "trên tổng số",
    "received": "ngày nhận",
    "deadline": "thời hạn",
}
_YEARS: Final = {"baseline_year", "level_year", "since", "years"}
# The figure that is compared, and what the rule and the reason say in words.
_SHOWN_OTHERWISE: Final = {
    *("value", "low", "high", "unit", "required", "relation", "any_or_all"),
    *("wanted", "scans", "entries", "first_year", "last_year"),
}
# What XML cannot hold, and marks that turn the reading direction.
_UNPRINTABLE: Final = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_LONGEST_QUOTE: Final = 240


def award_name(award: Award | None) -> str:
    """The form of reward."""
    return AWARDS[award] if award else "chưa rõ"


def class_name(class_: CandidateClass | None) -> str:
    """The class of a candidate, as a table begins with it.

    >>> class_name("hamlet")
    'Thôn, khu dân cư'
    """
    return CLASSES[class_][0].upper() + CLASSES[class_][1:] if class_ else "Chưa rõ"


def as_text(value: object) -> str:
    """``value`` on one line, printable, in the words of an office: None is "chưa rõ", true "có".

    >>> as_text({"a": 1500000, "b": None})
    'a: 1.500.000; b: chưa rõ'
    """
    match value:
        case None:
            return "chưa rõ"
        case bool():
            return "có" if value else "không"
        case int() | float():
            return vietnamese_number(value)
        case dict():
            return "; ".join(f"{as_text(name)}: {as_text(part)}" for name, part in value.items())
        case list() | tuple():
            return "; ".join(as_text(part) for part in value)
        case _:
            return " ".join(_UNPRINTABLE.sub(" ", str(value)).split())


def vietnamese_number(value: float) -> str:
    """Points between thousands, a comma before decimals.

    >>> vietnamese_number(1250000), vietnamese_number(88.875), vietnamese_number(12.0)
    ('1.250.000', '88,88', '12')
    """
    if isinstance(value, float) and not value.is_integer():
        whole = f"{value:,.2f}".rstrip("0").rstrip(".")
    else:
        whole = f"{int(value):,}"
    return whole.translate(str.maketrans(",.", ".,"))


def date_text(value: str | dt.date | None) -> str:
    """Day first; "chưa rõ" for none.

    >>> date_text("2019-07-31"), date_text(None)
    ('31/07/2019', 'chưa rõ')
    """
    if value is None:
        return "chưa rõ"
    text = str(value)
    is_iso = regex.fullmatch(r"\d{4}(-\d\d){0,2}", text) is not None
    return "/".join(reversed(text.split("-"))) if is_iso else as_text(text)


def state_text(check: Check, mark: str = UNCONFIRMED) -> str:
    """The state of a check, with the mark of a rule that nobody confirmed."""
    return STATE_NAMES[check.state] if check.rule_confirmed else f"{STATE_NAMES[check.state]} {mark}"


def place_of(where: Evidence) -> str:
    """File and page: "to-trinh.pdf, trang 2"."""
    return f"{as_text(where.file)}, trang {where.page}"


def evidence_text(where: Evidence) -> str:
    """File, page and what stands there."""
    quote = as_text(where.quote)
    if len(quote) > _LONGEST_QUOTE:
        quote = f"{quote[:_LONGEST_QUOTE]}…"
    return f"{place_of(where)}: “{quote}”" if quote else place_of(where)


def figures_text(figures: dict[str, Any]) -> str:
    """What the dossier has for a check, on one line; what the rule asks for stands elsewhere.

    >>> figures_text({"low": 11, "high": 11, "required": 10, "relation": "ge", "unit": "tiêu chí", "level_year": 2018})
    '11 tiêu chí; năm cuối kỳ: 2018'
    """
    named = (
        f"{_FIGURES.get(name, name)}: {as_text(_unpointed(value) if name in _YEARS else value)}"
        for name, value in figures.items()
        if name not in _SHOWN_OTHERWISE and value not in (None, [], {})
    )
    return "; ".join(filter(None, (_range(figures), *named)))


def _unpointed(value: Any) -> Any:
    """Years as words: a number would get a point between its thousands."""
    if isinstance(value, list):
        return [_unpointed(each) for each in value]
    return str(value) if isinstance(value, int) else value


def _range(figures: dict[str, Any]) -> str:
    """The figure that is compared: one number, or the numbers that it may mean."""
    low, high, unit = figures.get("low"), figures.get("high"), figures.get("unit")
    if "value" in figures:
        return plain(figures["value"], unit)
    if low is None:
        return ""
    if high is None:
        return f"từ {plain(low, unit)}"
    return plain(high, unit) if low == high else f"từ {plain(low, unit)} đến {plain(high, unit)}"


def slug(text: str, longest: int = 60) -> str:
    """``text`` as part of a file's name that every system takes.

    >>> slug("Xã Đồng Tâm / thôn 5")
    'xa-dong-tam-thon-5'
    """
    words: str = regex.sub(r"[^a-z0-9]+", "-", fold(text))
    return words.strip("-")[:longest].strip("-")
