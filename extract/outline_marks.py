"""Marks that open headings: ``Chương II``, ``Điều 5.``, ``IV.``, ``3.2.1.``, ``đ)``, ``-``, with their OCR damage.

A line may be read in several ways: "I." is Roman one, or a 1 that OCR took for a capital I. Every reading is a
:class:`Mark`; the sequence decides (``outline_tree``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import regex

from extract.numerals import letter_follows, letter_place, letter_readings, roman, roman_readings, roman_value
from normalize.folding import fold_aligned

__all__ = ["EXAMPLES", "Kind", "Mark", "marks_of"]


class Kind(StrEnum):
    """Kinds of marks, as they are counted: each runs in its own sequence."""

    PART = "Phần"
    CHAPTER = "Chương"
    SECTION = "Mục"
    SUBSECTION = "Tiểu mục"
    ARTICLE = "Điều"
    CAPITAL = "A."
    ROMAN = "I."
    NUMBER = "1."
    BRACKET = "1)"
    LETTER = "a)"
    SMALL_ROMAN = "(i)"
    DASH = "-"
    PLUS = "+"
    STAR = "*"

    @property
    def counts(self) -> bool:
        return self not in {Kind.DASH, Kind.PLUS, Kind.STAR}


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading of a mark.

    Attributes:
        kind: Its sequence.
        number: Normalised: "III", "3.2.1", "đ", "5a"; empty for dashes.
        end: Offset in the line where the title begins.
        exact: False where letters or strokes are taken for others; such a mark holds only by its sequence.
        guessed: A stroke is taken for lost: both neighbours of the sequence must agree.
    """

    kind: Kind
    number: str
    end: int
    exact: bool = True
    guessed: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The number's components: ("3", "2", "1")."""
        return tuple(self.number.split("."))

    @property
    def first(self) -> bool:
        """True for what may open a sequence: 1, I, a, x.1."""
        return self.path[-1] in {"1", "I", "a", "A", "i"}

    @property
    def amount(self) -> int:
        """What the last component counts to: letters by their place in the Vietnamese alphabet."""
        last = self.path[-1]
        if self.kind in {Kind.CAPITAL, Kind.LETTER}:
            return letter_place(last.lower())
        match = _NUMBER_LETTER.fullmatch(last)
        return int(match["number"]) if match else roman_value(last.upper()) or 0

    def follows(self, before: str) -> bool:
        """True where the number is the next one after ``before`` in the same sequence."""
        *own, last = self.path
        *others, previous = before.split(".")
        if own != others:
            return False
        match self.kind:
            case Kind.CAPITAL | Kind.LETTER:
                return letter_follows(previous.lower(), last.lower())
            case Kind.ROMAN | Kind.PART | Kind.CHAPTER | Kind.SECTION | Kind.SUBSECTION | Kind.SMALL_ROMAN:
                return _amount(last) == _amount(previous) + 1
            case _:
                return _next_article(previous, last)


def _amount(number: str) -> int:
    return int(number) if number.isdecimal() else roman_value(number.upper()) or -9


def _next_article(before: str, number: str) -> bool:
    """5 → 6, 5 → 5a, 5a → 5b, 5b → 6: articles put in between carry letters."""
    first, second = _NUMBER_LETTER.fullmatch(before), _NUMBER_LETTER.fullmatch(number)
    if first is None or second is None:
        return False
    if int(second["number"]) == int(first["number"]) + 1:
        return second["letter"] in {"", "a"}
    same = int(second["number"]) == int(first["number"])
    return same and (
        second["letter"] == "a" if not first["letter"] else letter_follows(first["letter"], second["letter"])
    )


_NUMBER_LETTER = regex.compile(r"(?P<number>\d{1,4})(?P<letter>[a-zđ]?)")
_ORDINALS = {
    "nhat": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_WORDS = {
    "phan": Kind.PART,
    "chuong": Kind.CHAPTER,
    "muc": Kind.SECTION,
    "tieu muc": Kind.SUBSECTION,
    "dieu": Kind.ARTICLE,
}
_WORD = regex.compile(
    r"(?P<word>phan|chuong|tieu\s{0,2}muc|muc|dieu)\s{1,3}(?:thu\s{1,2}(?P<ordinal>[a-z]{2,4})|(?P<number>[ivxlh1|!]{1,7}|[\dlio|]{1,3}"
    r"[a-z]?))(?!\w)"
)
# What closes a word's number: a stop, the end of the line, or a title in capitals on the same line.
_CLOSES = regex.compile(
    r"\s{0,2}[.:)\-–—/]{1,2}(?:\s{1,3}|(?=\p{Lu})|$)|\s{0,2}\d{0,2}\s{0,2}$|\s{1,3}(?=\p{Lu}[\p{Lu}\s,]{3})"
)
_OPENS = r"(?=[\p{L}“\"‘'«(\[])"  # a title begins with a letter, a quote or a bracket,
_FIGURE = r"(?<=\.)\s{1,3}(?=\d{1,3}\s?(?:%|\p{L}))"  # or with a figure: "5. 100% cán bộ"
_ROMAN = regex.compile(
    rf"(?P<number>[IVXLHTY1l|!ïỈÏÍÌỊ]{{1,6}})(?P<stop>\s?\.\s?[-–]|[.,)/]\s?[-–]?|\s?[-–])\s{{0,3}}{_OPENS}"
)
_CAPITAL = regex.compile(rf"(?P<number>[A-ZĐ])(?P<stop>[.)/]\s?[-–]?|\s?[-–](?=\s))\s{{0,3}}{_OPENS}")
_NUMBER = regex.compile(
    r"(?P<number>[\dlI|]{1,3}(?:\s?\.\s?\d{1,2}){0,4})"
    r"(?P<stop>\s?\.(?:\s?[-–])?|\s?,|\s?/\s?[-–]|\s?/(?=\s)|\s?[-–](?=\s)|:|(?<=\.\d{1,2})(?=\s))"
    rf"(?:\s{{0,3}}{_OPENS}|{_FIGURE})"
)
_ROMAN_NUMBER = regex.compile(rf"(?P<number>[IVX]{{1,5}}\.\d{{1,2}}(?:\.\d{{1,2}})?)(?P<stop>[.)]?)\s{{1,3}}{_OPENS}")
_BRACKET = regex.compile(rf"\(?(?P<number>\d{{1,2}})\s?\)\.?\s{{0,3}}{_OPENS}")
_LETTER = regex.compile(
    r"\(?(?P<number>[\p{Ll}ð€¢@|I1869])(?P<stop>\s?\)\.?|[.\]]|\s?/(?=\s)|\s?[-–](?=\s))"
    rf"\s{{0,3}}{_OPENS}"
)
_SMALL_ROMAN = regex.compile(rf"\(?(?P<number>i{{1,3}}|iv|vi{{0,3}}|ix|xi{{0,3}}|x)\)\s?[.:]?\s{{0,3}}{_OPENS}")
_DASH = regex.compile(r"(?P<sign>[-–—−+*•●·])(?:\s{1,4}(?=[^\W\d_]|[“\"‘'«(\[\d])|(?=\p{Lu}))")
_SIGNS = {"+": Kind.PLUS, "*": Kind.STAR}
_LONGEST_MARK = 40  # characters
_STOPS = frozenset(".,:)]/-–")  # behind every mark but those that are words
_FIRST_STOP = 12  # characters, before which the first of them stands


def marks_of(line: str) -> list[Mark]:
    """All readings of the mark that opens ``line``, what is printed first; empty for a line without one."""
    opening = line[:_LONGEST_MARK]
    if (sign := _DASH.match(opening)) is not None:
        return [Mark(_SIGNS.get(sign["sign"], Kind.DASH), "", sign.end())]
    readers = _READERS[:1] if _STOPS.isdisjoint(line[:_FIRST_STOP]) else _READERS
    found = [mark for read in readers for mark in read(line)]
    return sorted(dict.fromkeys(found), key=lambda mark: not mark.exact)


def _word_marks(line: str) -> Iterator[Mark]:
    match = _WORD.match(fold_aligned(line[:_LONGEST_MARK]))
    closing = _CLOSES.match(line, match.end()) if match else None
    if match is None or closing is None or not line[0].isupper():
        return
    word = " ".join(match["word"].split())
    kind = _WORDS["tieu muc" if word == "tieumuc" else word]
    if match["ordinal"]:
        if match["ordinal"] in _ORDINALS:
            yield Mark(kind, roman(_ORDINALS[match["ordinal"]]), closing.end())
        return
    printed = line[slice(*match.span("number"))]
    if printed.isdecimal() or (_NUMBER_LETTER.fullmatch(printed) and printed[0].isdecimal() and kind is Kind.ARTICLE):
        yield Mark(kind, str(int(printed)) if printed.isdecimal() else printed, closing.end())
    elif kind is Kind.ARTICLE:
        digits = printed.translate(_DIGITS)
        if digits.isdecimal():
            yield Mark(kind, digits, closing.end(), exact=False)
    else:
        yield from _romans(kind, printed, closing.end())


_DIGITS = str.maketrans({"l": "1", "I": "1", "i": "1", "|": "1", "O": "0", "o": "0"})


def _romans(kind: Kind, printed: str, end: int) -> Iterator[Mark]:
    value = roman_value(printed)
    if value is not None:
        yield Mark(kind, roman(value), end)
    for other in roman_readings(printed):
        yield Mark(kind, roman(other), end, exact=False, guessed=value is not None)


def _roman_marks(line: str) -> Iterator[Mark]:
    match = _ROMAN.match(line)
    if match is not None:
        loose = match["stop"] == ","
        for mark in _romans(Kind.ROMAN, match["number"], match.end()):
            yield Mark(mark.kind, mark.number, mark.end, mark.exact and not loose, mark.guessed)


def _capital_marks(line: str) -> Iterator[Mark]:
    match = _CAPITAL.match(line)
    if match is not None:
        yield Mark(Kind.CAPITAL, match["number"], match.end())


def _number_marks(line: str) -> Iterator[Mark]:
    if (match := _ROMAN_NUMBER.match(line)) is not None:
        yield Mark(Kind.NUMBER, match["number"], match.end())
    match = _NUMBER.match(line)
    if match is None:
        return
    printed = "".join(match["number"].split())
    first, *rest = printed.split(".")
    digits = first.translate(_DIGITS)
    exact = first == digits and match["stop"] != ","
    if len(digits) <= 2 or not rest:
        yield Mark(Kind.NUMBER, ".".join([str(int(digits)), *(str(int(part)) for part in rest)]), match.end(), exact)
    bare = printed.replace(".", "")
    if first == digits and 2 <= len(bare) <= 4:  # lost stops: "32.2." of 3.2.2.
        for parts in _partings(bare):
            if parts != printed:
                yield Mark(Kind.NUMBER, parts, match.end(), exact=False)


def _partings(digits: str) -> Iterator[str]:
    yield ".".join(digits)
    if len(digits) == 3:
        yield f"{digits[0]}.{digits[1:]}"


def _bracket_marks(line: str) -> Iterator[Mark]:
    match = _BRACKET.match(line)
    if match is not None:
        yield Mark(Kind.BRACKET, str(int(match["number"])), match.end())


def _letter_marks(line: str) -> Iterator[Mark]:
    match = _LETTER.match(line)
    if match is None:
        return
    printed = match["number"]
    if printed in "abcdđefghijklmnopqrstuvwxyz":
        yield Mark(Kind.LETTER, printed, match.end())
    for other in letter_readings(printed):
        yield Mark(Kind.LETTER, other, match.end(), exact=False, guessed=printed in "bcehno")


def _small_roman_marks(line: str) -> Iterator[Mark]:
    match = _SMALL_ROMAN.match(line)
    if match is not None:
        yield Mark(Kind.SMALL_ROMAN, match["number"], match.end())


_READERS: tuple[Callable[[str], Iterator[Mark]], ...] = (
    _word_marks,
    _roman_marks,
    _capital_marks,
    _number_marks,
    _bracket_marks,
    _letter_marks,
    _small_roman_marks,
)

# A line, and the first of the kinds and numbers that it may open with: what is printed.
EXAMPLES: tuple[tuple[str, list[tuple[Kind, str]]], ...] = (
    ("Chương II", [(Kind.CHAPTER, "II")]),
    ("CHƯƠNG IV QUY ĐỊNH CHUNG", [(Kind.CHAPTER, "IV")]),
    ("Phần thứ hai", [(Kind.PART, "II")]),
    ("Mục 3. HỒ SƠ", [(Kind.SECTION, "3")]),
    ("Điều 12a. Phạm vi", [(Kind.ARTICLE, "12a")]),
    ("Điều l. Phạm vi", [(Kind.ARTICLE, "1")]),
    ("Điều 5 của Quy chế này", []),
    ("Mục 2 Chương III của Quy chế", []),
    ("Khoản 1 Điều 5 Quy chế", []),
    ("3.2.1. Tập thể", [(Kind.NUMBER, "3.2.1")]),
    ("1.1 Tập thể", [(Kind.NUMBER, "1.1")]),
    ("1/- Đối tượng", [(Kind.NUMBER, "1")]),
    ("1.250 hộ", []),
    ("12/QĐ-UBND của xã", []),
    ("36-HD/VPTU của Tỉnh ủy", []),
    ("(ii). Sớm ban hành", [(Kind.SMALL_ROMAN, "ii")]),
    ("đ) Thôn", [(Kind.LETTER, "đ")]),
    ("- Đánh giá", [(Kind.DASH, "")]),
    ("+ Vốn vay", [(Kind.PLUS, "")]),
    ("–––––––", []),
    ("ll. NỘI DUNG", [(Kind.ROMAN, "II"), (Kind.ROMAN, "III"), (Kind.NUMBER, "11")]),
    ("8) Đơn vị chủ trì", [(Kind.BRACKET, "8"), (Kind.LETTER, "a"), (Kind.LETTER, "g")]),
)
