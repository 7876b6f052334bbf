"""Titles of signers among words that were read: those of a closed list, and what is nearly one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import regex
from rapidfuzz import fuzz

from ocr.engine import RawWord
from ocr.name_rows import tidied
from ocr.phrases import form_phrases, key, starts_with

__all__ = ["Title", "find_title", "is_authority"]

_MOST_WORDS: Final = 6
_BEFORE: Final = regex.compile(r"^(?:PHÓ|QUYỀN) ")  # any title may have these before it
_NEARLY: Final = 88.0  # of 100: one letter of "CHỦ TỊCH" lost; "BAN NHÂN" and "BÊN NHẬN" have 86
_SHORTEST: Final = 6  # letters; shorter titles are near too many other words
_SURE: Final = 0.8
_LESS: Final = 0.01  # for marks that are not the title's


@dataclass(frozen=True, slots=True)
class Title:
    """Words that are a title, or nearly.

    Attributes:
        words: At least one.
        likeness: 0..1, 1 for a title of the list, marks and all.
    """

    words: tuple[RawWord, ...]
    likeness: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Of its least sure word."""
        return min(word.confidence for word in self.words)

    @property
    def rank(self) -> tuple[float, int, float]:
        """The higher the better; of two of the list the longer is, as no reading adds words that are not there."""
        return self.likeness, len(self.words), self.confidence


def find_title(words: Sequence[RawWord]) -> Title | None:
    """The words in capitals, one after the other, that are most like a title, its "KT." or "Q." with them.

    Args:
        words: Of one line, left to right; marks round them do not count.
    """
    parts = [part for word in words for part in ([word] if is_authority(word) else _parted(tidied(word))) if part.text]
    spans = (
        tuple(parts[first:last])
        for first in range(len(parts))
        for last in range(first + 1, min(len(parts), first + _MOST_WORDS) + 1)
    )
    titles = (Title(span, _likeness(span)) for span in spans)
    return max((title for title in titles if title.likeness), key=lambda title: title.rank, default=None)


def is_authority(word: RawWord) -> bool:
    """Whether a word is read surely as what stands before a title: an arc of a seal is no "Q."."""
    return word.text.endswith(".") and word.confidence >= _SURE and starts_with(word.text, form_phrases().authority)


def _likeness(words: Sequence[RawWord]) -> float:
    text = " ".join(word.text for word in words[is_authority(words[0]) :])
    if not text.isupper():
        return 0.0
    if _BEFORE.sub("", text) in form_phrases().printed_titles:
        return 1.0
    letters = key(text).replace(" ", "")
    nearest = max(fuzz.ratio(letters, title) for title in _letters_of_titles())
    return nearest / 100 - _LESS if len(letters) >= _SHORTEST and nearest >= _NEARLY else 0.0


@cache
def _letters_of_titles() -> tuple[str, ...]:
    letters = (title.replace(" ", "") for title in form_phrases().titles)
    return tuple(title for title in letters if len(title) >= _SHORTEST)


def _parted(word: RawWord) -> list[RawWord]:
    """The words of a title read as one ("CHỦTỊCH"), each with its share of the width; others as they are."""
    title = _joined_titles().get(word.text)
    if title is None:
        return [word]
    step = word.width / len(title)
    starts = [at for at, char in enumerate(f" {title}") if char == " "]
    return [
        replace(word, text=part, x0=word.x0 + start * step, x1=word.x0 + (start + len(part)) * step)
        for start, part in zip(starts, title.split(), strict=True)
    ]


@cache
def _joined_titles() -> dict[str, str]:
    return {title.replace(" ", ""): title for title in form_phrases().printed_titles if " " in title}
