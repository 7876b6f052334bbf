"""Numbers as Vietnamese offices print them (dot thousands, comma decimals) and the words that say how they compare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

__all__ = ["NUMBER", "Quantity", "quantity", "relation_around"]

# Folded text; a space may stand for the dot of thousands ("1 250 000").
NUMBER = r"(?:\d{1,3}(?:\.\d{3}){1,5}|\d{1,3}(?:\s\d{3}){1,5}|\d{1,3}(?:,\d{3}){2,5}|\d{1,12})(?:[.,]\d{1,4})?"
_WINDOW = 48

# (words before or after, relation); the first that fits wins, what follows the number before what precedes it.
_AFTER = (
    (r"^[^.;:]{0,24}?\btr\w\s{1,4}[l1i|]\Sn(?!\w)", "ge"),  # "trở lên", also as engines see it: "trd 1én"
    (r"^[^.;:]{0,24}?\btro\s{1,4}xuong\b", "le"),
)
_BEFORE = (
    (r"\b(?:khong\s{1,4}duoi|it\s{1,4}nhat|toi\s{1,4}thieu|khong\s{1,4}thap\s{1,4}hon)(?:\s{1,4}la)?$", "ge"),
    (r"\b(?:khong\s{1,4}qua|toi\s{1,4}da|khong\s{1,4}vuot\s{1,4}qua|nhieu\s{1,4}nhat)(?:\s{1,4}la)?$", "le"),
    (r"\b(?:tren|hon|vuot)$", "gt"),
    (r"\bduoi$", "lt"),
    (r"\bgan$", "almost"),
    (r"\b(?:khoang|uoc|chung|xap\s{1,4}xi|uoc\s{1,4}tinh|uoc\s{1,4}dat)$", "about"),
)
_AFTER_RULES = tuple((regex.compile(expression), relation) for expression, relation in _AFTER)
_BEFORE_RULES = tuple((regex.compile(expression), relation) for expression, relation in _BEFORE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number; ``other`` is its second reading where dot and comma do not tell."""

    value: Decimal
    other: Decimal | None = None


def quantity(printed: str) -> Quantity:
    """Value of a printed number.

    ``1.250.000`` and ``440.953,15`` are plain. A comma (or dot) before one, two or four digits is decimal. A dot before
    three digits is of thousands, a comma before three digits may be either: both readings are given.
    """
    bare = "".join(printed.split())
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        decimal_mark = "," if bare.rfind(",") > bare.rfind(".") else "."
        return Quantity(_decimal(bare, decimal_mark))
    if commas == 1:
        other = Decimal(bare.replace(",", "")) if len(bare.split(",")[1]) == 3 else None
        return Quantity(_decimal(bare, ","), other)
    if dots == 1 and len(bare.split(".")[1]) != 3:  # "1.5": a comma that was printed or read as a dot
        return Quantity(_decimal(bare, "."), Decimal(bare.replace(".", "")))
    return Quantity(Decimal(bare.replace(".", "").replace(",", "")))


def _decimal(bare: str, mark: str) -> Decimal:
    whole, _, part = bare.rpartition(mark)
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{part}")


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
