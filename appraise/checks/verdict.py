"""What one test comes to, and the figures it is judged by.

>>> amount(Claim(kind="contribution", value=450_000_000, unit="đồng", text="", paper=""))
Interval(low=450000000, high=450000000, below=False)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from appraise.appraisal import Check, Claim, Evidence, State
from corpus.attention import is_doubtful
from extract.record import Reading
from normalize.folding import fold

__all__ = [
    "EXACT",
    "Interval",
    "Verdict",
    "amount",
    "check_of",
    "evidence_of",
    "interval",
    "is_weak",
    "plain",
    "raw_number",
    "said",
    "source_of",
    "total_of",
    "years_in",
]

EXACT = "eq"
# How far "khoảng" and "gần" may be off: nobody writes "gần 500 triệu" of less than 400.
_ABOUT, _ALMOST = 0.1, 0.2
_NUMBERS = ("vnd", "count", "value", "for")
_YEAR = regex.compile(r"(?<![\d./])(?:19|20)\d\d(?![\d/])|(?<=/)(?:19|20)\d\d(?!\d)")
_SPAN_OF_YEARS = regex.compile(
    r"(?<![\d/])((?:19|20)\d\d)\s{0,2}(?:[-–]|đến(?:\s{1,2}năm)?)\s{0,2}((?:19|20)\d\d)(?!\d)"
)
_MILLION, _BILLION = 10**6, 10**9


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers that a figure may mean; ``below``: ``high`` itself is out ("gần 400", "dưới 400")."""

    low: float
    high: float
    below: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high and not self.below


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state with its reason (Vietnamese), its figures and where they stand."""

    state: State
    reason: str
    figures: dict[str, Any] = field(default_factory=dict)
    where: Sequence[Evidence] = ()


def interval(value: float, relation: str = EXACT, to: float | None = None) -> Interval:
    """The numbers that ``value`` with its relation may mean; relations as in docs/values.md."""
    match relation:
        case "ge" | "gt":
            return Interval(value, math.inf)
        case "le":
            return Interval(0, value)
        case "lt":
            return Interval(0, value, below=True)
        case "almost":
            return Interval(value * (1 - _ALMOST), value, below=True)
        case "about":
            return Interval(value * (1 - _ABOUT), value * (1 + _ABOUT))
        case "range" if to is not None:
            return Interval(value, to)
        case "eq":
            return Interval(value, value)
    return Interval(0, math.inf)  # a relation nobody knows says nothing


def amount(claim: Claim) -> Interval | None:
    """The figure of a claim; None where it has none."""
    number = raw_number(claim)
    if number is None:
        return None
    held = claim.value if isinstance(claim.value, dict) else {}
    return interval(number, str(held.get("relation", claim.relation)), held.get("to"))


def raw_number(claim: Claim) -> float | None:
    """The number itself, its relation left aside."""
    value = claim.value
    if isinstance(value, dict):
        value = next((value[name] for name in _NUMBERS if value.get(name) is not None), None)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def total_of(parts: Iterable[Interval]) -> Interval:
    """The sum of several figures."""
    held = list(parts)
    return Interval(sum(p.low for p in held), sum(p.high for p in held), any(p.below for p in held))


def is_weak(*claims: Claim) -> bool:
    """Whether any of them should be seen by a person, by the limits for figures of corpus.attention."""
    readings = (Reading(value=None, raw="", confidence=claim.confidence, rule="claim") for claim in claims)
    return any(is_doubtful("amount", reading) for reading in readings)


def evidence_of(claims: Iterable[Claim]) -> list[Evidence]:
    """Where claims stand, each place once."""
    places: dict[tuple[object, ...], Evidence] = {}
    for claim in claims:
        for place in claim.where:
            places.setdefault((place.file, place.page, place.box, place.quote), place)
    return list(places.values())


def source_of(claim: Claim) -> str:
    """The paper that a claim comes from: two papers of one kind in two files are two sources."""
    return f"{claim.paper}\n{claim.where[0].file if claim.where else ''}"


def years_in(text: str) -> set[int]:
    """All years that a text names, those between the ends of "2011-2015" too.

    >>> sorted(years_in("giai đoạn 2016 - 2018, Quyết định ngày 05/3/2021"))
    [2016, 2017, 2018, 2021]
    """
    years = {int(match.group()) for match in _YEAR.finditer(text)}
    for match in _SPAN_OF_YEARS.finditer(text):
        first, last = int(match[1]), int(match[2])
        years |= set(range(first, last + 1)) if first <= last <= first + 60 else set()
    return years


def plain(value: float | None, unit: str | None = None) -> str:
    """A number as it is printed in Vietnamese.

    >>> plain(1_500_000_000, "đồng"), plain(12, "tiêu chí"), plain(430_500_000, "đồng")
    ('1,5 tỷ đồng', '12 tiêu chí', '430,5 triệu đồng')
    """
    if value is None:
        return "chưa rõ"
    if unit == "đồng":
        for scale, name in ((_BILLION, "tỷ đồng"), (_MILLION, "triệu đồng")):
            if value >= scale and round(value / scale, 3) == value / scale:
                return f"{_number(value / scale)} {name}"
    return f"{_number(value)} {unit}" if unit else _number(value)


def _number(value: float) -> str:
    rounded = round(value, 3)
    whole, _, rest = f"{rounded:,.3f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def check_of(verdict: Verdict, ident: str, name: str, *, rule: str | None = None, confirmed: bool = True) -> Check:
    """A verdict as one check of the appraisal."""
    return Check(
        id=ident,
        rule=rule,
        rule_confirmed=confirmed,
        name=name,
        state=verdict.state,
        figures=verdict.figures,
        reason=verdict.reason,
        where=list(verdict.where),
    )


def said(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text has one of the folded phrases, as whole words."""
    folded = f" {' '.join(regex.split(r'[^a-z0-9]+', fold(text)))} "
    return any(f" {phrase} " in folded for phrase in phrases)
