"""What a consistency check sees of one document, and how it says that printed places disagree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.record import Contradiction, DocumentFields, Reading, Table, TableCell, ValueField, Where

__all__ = ["Locate", "Scope", "Side", "contradiction", "is_printed", "iso_day"]

_LONGEST_VALUE = 80  # characters shown of each side: a check tells values, not the document
_DAY = len("2019-05-31")
Locate = Callable[[tuple[int, int]], Sequence[Where]]
_NOT_PRINTED = frozenset({"handwritten", "conflict", "absent"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the places that disagree."""

    raw: str
    where: tuple[Where, ...]
    span: tuple[int, int] | None

    @classmethod
    def of(cls, item: Reading | TableCell) -> Side:
        raw = item.text if isinstance(item, TableCell) else item.raw
        return cls(" ".join(raw.split())[:_LONGEST_VALUE], tuple(item.where), item.span)


@dataclass(frozen=True)
class Scope:
    """One document of a file: its fields, values and tables, and the text of the whole file that spans count in.

    ``text`` and ``folded`` are empty where only the record is at hand: checks that look at the words between two values
    find nothing then. ``locate`` gives the places of a stretch of ``text`` on its pages.
    """

    document: DocumentFields
    values: Sequence[ValueField]
    tables: Sequence[Table] = ()
    text: str = ""
    folded: str = ""
    locate: Locate | None = None

    @cached_property
    def references(self) -> tuple[Reading, ...]:
        """Cited documents of the body and the legal bases, each place once, in the order of the text."""
        cited = [value for value in self.values if value.kind == "reference"]
        starts = sorted(value.span[0] for value in cited if value.span is not None)
        bases = [basis for basis in self.document.legal_bases if not _covers_one(basis.span, starts)]
        both = [item for item in (*cited, *bases) if isinstance(item.value, dict) and item.value.get("code")]
        return tuple(sorted(both, key=lambda item: item.span or (0, 0)))

    def of_kind(self, *kinds: str) -> Iterator[ValueField]:
        return (value for value in self.values if value.kind in kinds)

    def side(self, start: int, end: int) -> Side:
        """A stretch of the text that is no value of its own."""
        places = self.locate((start, end)) if self.locate else ()
        return Side(" ".join(self.text[start:end].split())[:_LONGEST_VALUE], tuple(places), (start, end))

    def before(self, item: Reading, characters: int) -> str:
        """Folded text before a value, empty without a text."""
        if item.span is None:
            return ""
        return self.folded[max(0, item.span[0] - characters) : item.span[0]]

    def between(self, first: Reading, second: Reading) -> str | None:
        """Folded text between two values; None without a text or where they overlap."""
        if not self.text or first.span is None or second.span is None or first.span[1] > second.span[0]:
            return None
        return self.folded[first.span[1] : second.span[0]]


def _covers_one(span: tuple[int, int] | None, starts: Sequence[int]) -> bool:
    return span is not None and bisect_left(starts, span[0]) < bisect_left(starts, span[1])


def contradiction(check: str, message: str, *sides: Side) -> Contradiction:
    """``sides`` disagree; ``message`` says how, in Vietnamese."""
    return Contradiction(
        check=check,
        message=message,
        values=[side.raw for side in sides],
        places=[place for side in sides for place in side.where],
        spans=[side.span for side in sides if side.span is not None],
    )


def is_printed(item: Reading | None) -> bool:
    """Whether a value stands there in print: handwriting is in doubt already and contradicts nothing."""
    return item is not None and item.value is not None and item.status not in _NOT_PRINTED


def iso_day(value: object) -> str | None:
    """The ISO day of a value that is or begins with one; None for months, years and blanks."""
    if not isinstance(value, str) or len(value) < _DAY:
        return None
    return value[:_DAY]
