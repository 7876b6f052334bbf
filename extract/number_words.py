"""Vietnamese number words, read exactly: "hai mươi lăm triệu" is 25 000 000, and what is not well formed is nothing.

Words are folded (``fold_aligned``), so that print without marks is read too. Short speech ("hai lăm", "một tỷ hai",
"hai trăm rưỡi") is left alone: it has more than one reading.
"""

from __future__ import annotations

import regex

__all__ = ["NUMBER_WORDS", "number_from_words"]

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9
}  # fmt: skip
# behind "mươi": mốt, tư, lăm
_LAST_DIGITS = {word: value for word, value in _DIGITS.items() if word not in {"khong", "nam"}} | {
    "tu": 4,
    "lam": 5,
    "nham": 5,
}
_AFTER_TEN = {word: value for word, value in _LAST_DIGITS.items() if word != "tu"}
_ZERO_TENS = {"linh", "le"}
_SCALES = ((("trieu",), 10**6), (("nghin", "ngan"), 10**3))
_BILLION = {"ty", "ti"}

_WORDS = sorted({*_DIGITS, *_LAST_DIGITS, *_ZERO_TENS, *_BILLION, "trieu", "nghin", "ngan", "muoi", "tram"})
NUMBER_WORDS = rf"(?:(?:{'|'.join(_WORDS)})\b[\s,]{{0,4}}){{1,40}}"
_WORD = regex.compile(r"[a-z]+")


class _NotANumberError(ValueError):
    """The words are not one well-formed number; never leaves this module."""


class _Words:
    """The words with a place to read on from."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at = 0

    @property
    def next(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def take(self) -> str:
        word = self.next
        self._at += 1
        return word

    def read_below_thousand(self) -> int:
        digit = self._take_digit()
        if self.next == "tram":
            self.take()
            return digit * 100 + self._read_behind_hundreds()
        return self._read_tens(digit)

    def _take_digit(self) -> int:
        if self.next == "muoi":  # mười: ten, its digit not said
            return -1
        if self.next not in _DIGITS:
            raise _NotANumberError
        return _DIGITS[self.take()]

    def _read_tens(self, digit: int) -> int:
        if self.next != "muoi":
            return digit
        self.take()
        if digit == 0:
            raise _NotANumberError
        last = _LAST_DIGITS if digit > 0 else _AFTER_TEN
        tens = digit * 10 if digit > 0 else 10
        return tens + last[self.take()] if self.next in last else tens

    def _read_behind_hundreds(self) -> int:
        if self.next in _ZERO_TENS:
            self.take()
            if self.next not in _DIGITS and self.next != "tu":
                raise _NotANumberError
            word = self.take()
            return 4 if word == "tu" else _DIGITS[word]
        if self.next in _DIGITS or self.next == "muoi":
            digit = self._take_digit()
            if self.next != "muoi":  # "một trăm năm" is 105 to some and 150 to others
                raise _NotANumberError
            return self._read_tens(digit)
        return 0

    def read_below_billion(self) -> int:
        total, limit = 0, 10**9
        while self.next in _DIGITS or self.next == "muoi":
            group = self.read_below_thousand()
            scale = next((value for words, value in _SCALES if self.next in words), 1)
            if scale >= limit:
                raise _NotANumberError
            if scale > 1:
                self.take()
            total, limit = total + group * scale, scale
        return total


def number_from_words(printed: str) -> int | None:
    """The number that folded words say; None where they are not one well-formed number.

    >>> number_from_words("mot ty hai tram nam muoi trieu")
    1250000000
    """
    words = _Words(_WORD.findall(printed))
    if not words.next:
        return None
    try:
        total = words.read_below_billion()
        if words.next in _BILLION:
            if total == 0:
                return None
            words.take()
            total = total * 10**9 + words.read_below_billion()
    except _NotANumberError:
        return None
    return None if words.next else total
