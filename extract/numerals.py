"""Numerals of headings: Roman figures, letters of points, and what OCR makes of them."""

from __future__ import annotations

from functools import cache

import regex

__all__ = ["letter_follows", "letter_place", "letter_readings", "roman", "roman_readings", "roman_value"]

# NĐ 30/2020/NĐ-CP: points go by the Vietnamese alphabet. Offices also count by the Latin one (d, e, f, g).
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = regex.compile(r"(?P<tens>X{0,3}|XL)(?P<ones>IX|IV|V?I{0,3})")
_TENS = {"": 0, "X": 10, "XX": 20, "XXX": 30, "XL": 40}
_ONES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
# One stroke is like another: strokes run together (H for II), and the last one takes the stop for its foot (IIL).
_STROKES = str.maketrans(
    {"l": "I", "1": "I", "|": "I", "!": "I", "i": "I", "ï": "I", "Ỉ": "I", "Ï": "I", "Í": "I", "Ì": "I", "Ị": "I"}
    | {"H": "II", "v": "V", "Y": "V", "Ỵ": "V", "x": "X", "L": "I", "T": "I"}
)
# What a letter before a bracket was when it is not what it seems; letters that are themselves stand first.
_SEEMS = {
    "d": "đ",
    "ð": "đd",
    "8": "ag",
    "9": "g",
    "6": "b",
    "1": "li",
    "I": "li",
    "|": "li",
    "l": "i",
    "á": "a",
    "à": "a",
    "ä": "a",
    "â": "a",
    "@": "a",
    "€": "ec",
    "¢": "c",
    "é": "e",
    "è": "e",
    "ê": "e",
    "ẻ": "e",
    "c": "e",
    "e": "c",
    "o": "ce",
    "h": "b",
    "b": "h",
    "n": "h",
    "q": "g",
    "ï": "i",
    "í": "i",
    "ì": "i",
    "ñ": "n",
    "ó": "o",
}


def roman(value: int) -> str:
    """``value`` (1 to 49) in Roman figures."""
    tens = next(figures for figures, amount in _TENS.items() if amount == value // 10 * 10)
    return tens + next(figures for figures, amount in _ONES.items() if amount == value % 10)


@cache
def roman_value(figures: str) -> int | None:
    """The value of well-formed Roman figures up to 49; None for anything else."""
    match = _ROMAN.fullmatch(figures)
    value = _TENS[match["tens"]] + _ONES[match["ones"]] if match else 0
    return value or None


def roman_readings(printed: str) -> list[int]:
    """What Roman figures may have been before OCR, the figures as they stand left out.

    Strokes are taken for one another ("ll", "H", "IIL", "1I"), and one of three strokes is lost ("II" for III).
    """
    values = [roman_value(printed.translate(_STROKES))]
    if printed.endswith(("II", "ll", "Il", "lI", "H")):
        values.append(roman_value(printed.translate(_STROKES) + "I"))
    own = roman_value(printed)
    return [value for value in dict.fromkeys(values) if value is not None and value != own]


def letter_readings(printed: str) -> str:
    """Letters that a point's letter may have been before OCR, the letter itself left out."""
    return _SEEMS.get(printed, "")


def letter_follows(before: str, letter: str) -> bool:
    """True where ``letter`` is next after ``before`` in the Vietnamese or the Latin alphabet."""
    return any(
        before in alphabet and letter in alphabet and alphabet.index(letter) == alphabet.index(before) + 1
        for alphabet in (_VIETNAMESE, _LATIN)
    )


def letter_place(letter: str) -> int:
    """Place of a letter in the Vietnamese alphabet, from 1; letters outside it count where they would stand."""
    return next((at for at, own in enumerate(_VIETNAMESE, 1) if (own >= letter and own != "đ") or own == letter), 0)
