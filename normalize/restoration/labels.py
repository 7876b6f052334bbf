"""Labels of list items repaired where their neighbours prove them, and the đ of a sum: signs that no language knows.

``H.`` stands between I. and III., a second d) after d).

A label alone is never changed: the item before it must be the one before, and the one behind it the one behind. Where
the list ends with it, two items before it must be in order. Two shapes need less, since nothing else is ever read so:
a second d) in a row, and ``Il.``, which is II wherever it stands. (d) before e) proves nothing: many lists do without
đ.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

__all__ = ["Label", "repaired_labels"]

_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_ROMAN_LIST: Final = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMAN: Final = _ROMAN_LIST.split()
_LETTER_LABEL: Final = regex.compile(r"^[ \t]*([a-zđ©¢€])[)]", regex.MULTILINE)
_ROMAN_LABEL: Final = regex.compile(r"^[ \t]*([IVXl1|H]{1,5})[.,](?=[ \t])", regex.MULTILINE)
_STROKES_OF_TWO_KINDS: Final = regex.compile(r"(?=.*I)(?=.*[l|])[Il|]{2,4}")
_STROKES: Final = str.maketrans("l1|", "III")
_SUM: Final = regex.compile(r"(?<=\d[.,]\d{3}[ \t]?)d(?=[\s,.;:)/]|$)")  # 2.350.000 d, which was taken for đã
_SIGN: Final = frozenset("©¢€")  # c, to a model without Vietnamese
_REACH: Final = 12_000  # characters; two lists of one document do not prove each other's items


@dataclass(frozen=True, slots=True)
class Label:
    """A label that is to be changed: its place in the text, what stands there and what it becomes."""

    start: int
    old: str
    new: str


def repaired_labels(text: str) -> list[Label]:
    r"""The labels of a text that their neighbours prove to be misread, and the d of đồng behind sums, in order.

    >>> [x.new for x in repaired_labels("I. Một\nIl. Hai\nIII. Ba\n")]
    ['II']
    """
    letters = _in_order(text, _LETTER_LABEL, _letter_values)
    romans = _in_order(text, _ROMAN_LABEL, _roman_values)
    sums = (Label(found.start(), "d", "đ") for found in _SUM.finditer(text))
    return sorted((*letters, *romans, *sums), key=lambda label: label.start)


def _letter_values(read: str) -> tuple[int, ...]:
    """Places in the alphabet that a read letter may stand for, the one it shows first."""
    if read in _SIGN:
        return (_LETTERS.index("c"),)
    if read == "d":
        return (_LETTERS.index("d"), _LETTERS.index("đ"))
    return (_LETTERS.index(read),) if read in _LETTERS else ()


def _roman_values(read: str) -> tuple[int, ...]:
    """The Roman number that read strokes may be, less one."""
    if read == "H":
        return (1,)
    meant = read.translate(_STROKES)
    return (_ROMAN.index(meant),) if meant in _ROMAN else ()


def _in_order(text: str, pattern: regex.Pattern[str], values: Callable[[str], tuple[int, ...]]) -> Iterator[Label]:
    """Walk along the items of one kind."""
    names = _LETTERS if pattern is _LETTER_LABEL else _ROMAN
    found = [(m.start(1), m.group(1), values(m.group(1))) for m in pattern.finditer(text)]
    last, steps = (-_REACH, 0), 0  # place and value of the item before, items in order up to it
    for at, (start, read, places) in enumerate(found):
        expected = last[1] + 1 if steps and start - last[0] < _REACH else -1
        shown = places[0] if places and names[places[0]] == read else None
        behind = found[at + 1][2] if at + 1 < len(found) and found[at + 1][0] - start < _REACH else ()
        meant = _by_shape(read, places) if pattern is _ROMAN_LABEL else _by_item_before(places, expected)
        if expected in places and (expected + 1 in behind or (steps > 1 and _ends(behind))):
            meant = expected
        if meant is not None and meant != shown:
            yield Label(start, read, names[meant])
            shown = meant
        steps = 0 if shown is None else steps + 1 if shown == expected else 1
        last = (start, last[1] if shown is None else shown)


def _by_shape(read: str, places: tuple[int, ...]) -> int | None:
    return places[0] if places and _STROKES_OF_TWO_KINDS.fullmatch(read) else None


def _by_item_before(places: tuple[int, ...], expected: int) -> int | None:
    return places[1] if len(places) == 2 and expected == places[1] else None


def _ends(behind: tuple[int, ...]) -> bool:
    """Whether a list is at its end: nothing is behind, or the first item of another."""
    return not behind or 0 in behind
