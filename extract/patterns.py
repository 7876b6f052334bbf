"""Grammars as tables: named patterns over folded text, each with examples that are its tests.

Patterns see ``fold_aligned`` text (lower ASCII letters, no marks, offsets of the text), so that "ngày", "ngay" and
"NGÀY" are one spelling. Every quantifier is bounded; the time limit of ``regex`` is the backstop behind that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import regex

from extract.record import Status, ValueKind

__all__ = ["Found", "OcrNumber", "Pattern", "Source", "Taken", "find_all", "find_matches", "words"]

# 1 MB of text takes each pattern well under a second; ten times that is a pattern gone wrong.
SECONDS_PER_PATTERN = 20.0


@dataclass(frozen=True, slots=True)
class Source:
    """What patterns run on: a text and its folded twin of the same length."""

    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Found:
    """A value at ``text[start:end]``; ``others`` are the values of other readings of the same characters."""

    kind: ValueKind
    value: Any
    start: int
    end: int
    rule: str
    strength: float = 0.97
    status: Status = "read"
    others: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """One named rule.

    Attributes:
        name: Rule id, such as ``date.long``.
        expression: Regular expression over folded text, verbose.
        read: Takes the source and a match, gives what was found, or None where the match means nothing.
        examples: Texts with the value that the rule finds in each.
        nothing: Texts that look alike, in which the grammar finds nothing at all.
        needs: An expression for a word or two that every match holds, found sooner than the whole: a text without them
            is not searched. Most documents have no votes and few have sums.
    """

    name: str
    expression: str
    read: Callable[[Source, regex.Match[str], str], Found | None]
    examples: tuple[tuple[str, Any], ...] = field(default=())
    nothing: tuple[str, ...] = field(default=())
    needs: str = ""

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        return regex.compile(self.expression, regex.VERBOSE)

    @cached_property
    def needed(self) -> regex.Pattern[str]:
        return regex.compile(self.needs)


def words(phrases: str) -> str:
    """Phrases with any white space between their words, line ends too: a group of alternatives for an expression."""
    return "(?:" + phrases.replace(" ", r"\s{1,4}") + ")"


@dataclass(frozen=True, slots=True)
class OcrNumber:
    """Digits as printed; ``repaired`` tells that letters were taken for digits (l, i, | for 1 and o for 0)."""

    digits: str
    repaired: bool

    @classmethod
    def read(cls, printed: str) -> OcrNumber:
        digits = printed.translate(_LETTER_DIGITS)
        return cls(digits, digits != printed)

    @property
    def value(self) -> int:
        return int(self.digits)


_LETTER_DIGITS = str.maketrans({"l": "1", "i": "1", "|": "1", "o": "0"})


class Taken:
    """Stretches of text that are spoken for: one byte a character, so that a megabyte of values stays linear."""

    def __init__(self) -> None:
        self._marks = bytearray()

    def overlaps(self, start: int, end: int) -> bool:
        return self._marks.find(1, start, end) >= 0

    def add(self, start: int, end: int) -> None:
        if len(self._marks) < end:
            self._marks.extend(bytes(end - len(self._marks)))
        self._marks[start:end] = b"\1" * (end - start)


def find_matches(pattern: regex.Pattern[str], text: str, start: int = 0) -> Iterator[regex.Match[str]]:
    """Matches of a pattern; when the time limit strikes, the matches found so far."""
    try:
        yield from pattern.finditer(text, start, timeout=SECONDS_PER_PATTERN)
    except TimeoutError:
        return


def find_all(source: Source, grammar: Sequence[Pattern], taken: Taken | None = None) -> list[Found]:
    """Everything that a grammar finds, in the order of the text; earlier patterns win where two overlap."""
    taken = taken or Taken()
    found = []
    there: dict[str, bool] = {"": True}  # patterns of one kind need the same
    for pattern in grammar:
        if pattern.needs not in there:
            there[pattern.needs] = next(find_matches(pattern.needed, source.folded), None) is not None
        if not there[pattern.needs]:
            continue
        for match in find_matches(pattern.compiled, source.folded):
            item = pattern.read(source, match, pattern.name)
            if item is not None and not taken.overlaps(item.start, item.end):
                taken.add(item.start, item.end)
                found.append(item)
    return sorted(found, key=lambda item: item.start)
