"""Numbers of a standard with what they count and how they bind: money, criteria, percent, years, ranks, things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from appraise.guideline.passages import Passage
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.rules import Relation
from extract.counts import find_counts
from extract.money import find_money
from extract.patterns import Found, Taken
from extract.periods import find_periods
from extract.quantities import relation_around
from extract.references import find_references

__all__ = ["Number", "find_numbers"]

_ABOUT = regex.compile(
    r"\b(?:tuong\s{1,4}duong|khoang|xap\s{1,4}xi|gan\s{1,4}bang|gan)\s{1,4}(?:voi\s{1,4})?(?:tu\s{1,4})?$"
)
_LEAST = regex.compile(r"\b(?:it\s{1,4}nhat|toi\s{1,4}thieu|khong\s{1,4}duoi|tu|tren|hon|dat|co|duoc|du|cho)\s{1,4}$")
_THING = regex.compile(
    r"(?<![\w/.,\-])(?P<number>\d{1,4})(?:\s{0,4}\(\w{2,6}\))?\s{1,4}[“\x22‘]?(?P<thing>(?:[a-z]{1,8})(?:\s{1,4}[a-z]{1,8}){0,3})"
)
_YEARS = regex.compile(r"(?<![\w/.,\-])(?P<number>\d{1,2})(?:\s{0,4}\(\w{2,6}\))?\s{1,4}nam\b(?!\s{1,4}\d)")
_LEADERS = regex.compile(
    r"\b(?P<number>\d{1,2})\s{1,4}(?:[a-z]{1,8}\s{1,4}){1,4}?(?:co\s{1,4}[^.;]{0,60}?)?(?:dan\s{1,4}dau|dung\s{1,4}dau|cao\s{1,4}nhat)\b"
)
_TOP = regex.compile(
    r"\b(?:nhom|top|tu\s{1,4}thu\s{1,4}(?:1|nhat)\s{1,4}den\s{1,4}thu|trong\s{1,4}so)\s{1,4}(?P<number>\d{1,2}|hai|ba)\b(?=[^.;]{0,40}\b(?:dan|dung|cao|xep|tinh)|\s{0,4}$)"
)
_ONE_OF_FIRST = regex.compile(
    r"\bmot\s{1,4}trong\s{1,4}(?:so\s{1,4}|nhung\s{1,4})?(?P<number>\d{1,2}|hai|ba|bon|nam|muoi)\s{1,4}(?!dieu\b|tieu\b|yeu\b|noi\b)"
    r"[^.;]{0,80}?\b(?:dan\s{1,4}dau|dung\s{1,4}dau|cao\s{1,4}nhat|nhieu\s{1,4}nhat|lon\s{1,4}nhat|tot\s{1,4}nhat)\b"
)
_WORD_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "muoi": 10}
_ENDS_THING = regex.compile(r"\b(?:tro|len|duoc|dat|da|co|va|cho|trong|theo|tai|cua|la|o|nam|thang|ngay)\b")


@dataclass(frozen=True, slots=True)
class Number:
    """One number.

    Attributes:
        counts: money, criteria, percent, years, rank, or the folded thing that is counted ("xa").
        bounds: What must hold: one relation and value, two for a range.
        unit: As printed.
        start: Offset in the passage.
        end: Offset behind number and thing.
        bare: Nothing around it says that it is a threshold.
    """

    counts: str
    bounds: tuple[tuple[Relation, int | float], ...]
    unit: str
    start: int
    end: int
    bare: bool = False


def find_numbers(passage: Passage) -> list[Number]:
    """The numbers of a clause in its order; those of periods, dates and cited documents are left out."""
    taken = Taken()
    for found in find_periods(passage.source):
        taken.add(found.start, found.end)
    for reference in find_references(passage.source):
        taken.add(*reference.code_span)
    numbers: list[Number] = []
    for number in _candidates(passage):
        if not taken.overlaps(number.start, number.end):
            taken.add(number.start, number.end)
            numbers.append(number)
    return sorted(numbers, key=lambda number: number.start)


def _candidates(passage: Passage) -> Iterator[Number]:
    for found in find_money(passage.source):
        if "per" not in found.value or found.value["relation"] != "eq":
            yield _number(passage, found, "money", found.value["vnd"], "đồng")
    yield from _ranks(passage)
    for match in _YEARS.finditer(passage.folded):
        bounds = _bounds(passage, int(match["number"]), match.start(), match.end())
        yield Number("years", bounds, "năm", match.start(), match.end(), bare=True)
    for found in find_counts(passage.source):
        if found.kind == "criteria":
            yield _number(passage, found, "criteria", found.value["count"], "tiêu chí")
        elif found.kind == "percentage":
            yield _number(passage, found, "percent", found.value, "%")
        elif found.kind == "area":
            yield _number(passage, found, "area", found.value["value"], found.value["unit"])
    yield from _things(passage)


def _number(passage: Passage, found: Found, counts: str, value: float, unit: str) -> Number:
    upper = found.value.get("to") if isinstance(found.value, dict) else None
    if upper is not None:
        below = regex.search(r"\bduoi\s", passage.folded[found.start : found.end])
        bounds: tuple[tuple[Relation, int | float], ...] = (("ge", value), ("lt" if below else "le", upper))
    else:
        bounds = _bounds(passage, value, found.start, found.end)
    return Number(counts, bounds, unit, found.start, found.end)


def _bounds(passage: Passage, value: float, start: int, end: int) -> tuple[tuple[Relation, int | float], ...]:
    """How a standard's number binds: where nothing is said, it is the least that is asked for."""
    said = relation_around(passage.folded, start, end)
    about = _ABOUT.search(passage.folded, max(0, start - 40), start) is not None
    relation: Relation
    match said:
        case "gt" | "le" | "lt":
            relation = said
        case "about" | "almost":
            relation = "about_ge"
        case _:
            relation = "about_ge" if about else "ge"
    return ((relation, value),)


@cache
def _rank_phrases() -> tuple[tuple[regex.Pattern[str], int], ...]:
    ranks: dict[str, int] = data_file("measures.toml")["ranks"]
    return tuple((phrase_pattern([phrase]), ranks[phrase]) for phrase in sorted(ranks, key=len, reverse=True))


def _ranks(passage: Passage) -> Iterator[Number]:
    taken: list[tuple[int, int]] = []
    for pattern in (_ONE_OF_FIRST, _LEADERS, _TOP):
        for match in pattern.finditer(passage.folded):
            printed = match["number"]
            place = _WORD_NUMBERS.get(printed) or int(printed)
            taken.append(match.span())
            yield Number("rank", (("rank_le", place),), "hạng", *match.span())
    for phrase, place in _rank_phrases():
        for match in phrase.finditer(passage.folded):
            if not any(start <= match.start() and match.end() <= end for start, end in taken):
                yield Number("rank", (("rank_le", place),), "hạng", *match.span())


def _things(passage: Passage) -> Iterator[Number]:
    """Counted things: the longest name that some measure knows, else the words up to the next verb."""
    known = _known_things()
    for match in _THING.finditer(passage.folded):
        start = match.start()
        name = known.match(passage.folded, match.start("thing"))
        own_end = _ENDS_THING.search(passage.folded, match.start("thing"), match.end("thing"))
        end = name.end() if name else (own_end.start() if own_end else match.end("thing"))
        counts = " ".join(passage.folded[match.start("thing") : end].split())
        if not counts:
            continue
        said = relation_around(passage.folded, start, end)
        bare = said == "eq" and _LEAST.search(passage.folded, max(0, start - 16), start) is None
        # "từ", "đạt" before a number alone bind nothing that no measure knows
        loose = said == "eq" and not name
        unit = passage.part(match.start("thing"), end).line
        yield Number(counts, _bounds(passage, int(match["number"]), start, end), unit, start, end, bare=bare or loose)


@cache
def _known_things() -> regex.Pattern[str]:
    kinds = {"money", "criteria", "percent", "years", "rank"}
    names = {name for entry in data_file("measures.toml")["number"] for name in entry["counts"]} - kinds
    return phrase_pattern(sorted(names))
