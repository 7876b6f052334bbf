"""Numbers as Vietnamese offices print them (dot thousands, comma decimals) and the words that say how they compare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.patterns import words

__all__ = ["NUMBER", "START", "Quantity", "plain_number", "quantity", "relation_around"]

# Folded text; a space may stand for the dot of thousands ("1 250 000").
NUMBER = r"(?:\d{1,3}(?:(?:\.\d{3}){1,5}|(?:\s\d{3}){1,5}|(?:,\d{3}){2,5})|\d{1,12}+)(?:[.,]\d{1,4})?+(?!\d)"
# A number begins here: not inside a word, a date, a code, a telephone or article number.
START = r"\b(?<![\w/.,]|\d[^\S\n]|\d-)"
_WINDOW = 56

# (words before or after, relation); the first that fits wins, what follows the number before what precedes it.
_AFTER = (
    (r"^[^.;:\d]{0,40}?\btr\w\s{1,4}[l1i|]\Sn(?!\w)", "ge"),  # "trở lên", also as engines see it: "trd 1én"
    (r"^[^.;:\d]{0,40}?\btro\s{1,4}xuong\b", "le"),
)
_BEFORE = (
    ("(?:khong duoi|it nhat|toi thieu|khong (?:thap|it) hon)(?: (?:la|tu|dat))?", "ge"),
    ("(?:khong qua|toi da|khong vuot qua|nhieu nhat|khong (?:lon|nhieu|cao) hon)(?: (?:la|den))?", "le"),
    ("tren|hon|vuot|lon hon", "gt"),
    ("duoi|chua (?:den|toi|day)|thap hon|nho hon", "lt"),
    ("gan", "almost"),
    ("khoang|uoc|chung|xap xi|uoc (?:tinh|dat|khoang)", "about"),
)
_AFTER_RULES = tuple((regex.compile(expression), relation) for expression, relation in _AFTER)
_BEFORE_RULES = tuple((regex.compile(rf"\b{words(phrases)}\s?:?$"), relation) for phrases, relation in _BEFORE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number; ``other`` is its second reading where dot and comma do not tell."""

    value: Decimal
    other: Decimal | None = None


def quantity(printed: str) -> Quantity:
    """Value of a printed number.

    ``1.250.000`` and ``440.953,15`` are plain. A comma (or dot) before one, two or four digits is decimal. A dot before
    three digits is of thousands; a comma before three digits may be either: both readings are given.
    """
    bare = "".join(printed.split())
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        mark = "," if bare.rfind(",") > bare.rfind(".") else "."
        other = _whole(bare) if len(bare.rpartition(mark)[2]) == 3 else None  # "1.250,000"
        return Quantity(_decimal(bare, mark), other)
    if commas == 1:
        return Quantity(_decimal(bare, ","), _whole(bare) if len(bare.split(",")[1]) == 3 else None)
    if dots == 1 and len(bare.split(".")[1]) != 3:  # "1.5": a comma that was printed or read as a dot
        return Quantity(_decimal(bare, "."), _whole(bare))
    return Quantity(_whole(bare))


def _whole(bare: str) -> Decimal:
    return Decimal(bare.replace(".", "").replace(",", ""))


def _decimal(bare: str, mark: str) -> Decimal:
    whole, _, part = bare.rpartition(mark)
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{part}")


def plain_number(value: Decimal) -> int | float:
    """The number as JSON holds it."""
    return int(value) if value == int(value) else float(value)


def relation_around(folded: str, start: int, end: int) -> str:
    """How the number at ``folded[start:end]`` compares: eq, ge, gt, le, lt, about or almost."""
    after = folded[end : end + _WINDOW]
    for rule, relation in _AFTER_RULES:
        if rule.search(after):
            return relation
    before = folded[max(0, start - _WINDOW) : start].rstrip()
    for rule, relation in _BEFORE_RULES:
        if rule.search(before):
            return relation
    return "eq"
