"""Places of a scan's tokens, some pages at a time: all of a long document's would take 0.2 MB a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from extract.page_frame import PageFrame
from extract.restored_text import RestoredText
from extract.token_places import Ints, PlacedTokens, ReadWords, TokenPlaces
from ocr.tree import Line, Page, Role, Word

__all__ = ["PRINTED", "PagePlaces", "TextStarts", "in_text_order"]

PRINTED: Final = r"[^\W_]+|\S"
"""A token that is not white space; for ``re``, which cuts words nearly twice as fast as ``regex``."""

_SPACE, _LETTER, _SIGN = range(3)
_LAST = 0xFFFF  # of the basic plane
_PAGES_AT_ONCE = 32
_KEPT = 4  # times as many pages: whoever looks back, looks back less than that


@dataclass(frozen=True, slots=True)
class TextStarts:
    """Where each page begins in the text as read, and where each of its lines does, in the order of the text."""

    pages: Sequence[int]
    lines: Sequence[Sequence[int]]


class PagePlaces:
    """Where the tokens of a document stand; found out page by page when they are asked for.

    Args:
        pages: Of the document.
        restored: Its text.
        starts: Where pages and lines begin in the text as read.
        frames: By page number.
    """

    def __init__(
        self, pages: Sequence[Page], restored: RestoredText, starts: TextStarts, frames: Mapping[int, PageFrame]
    ) -> None:
        self._starts = [restored.forth(start) for start in starts.pages[::_PAGES_AT_ONCE]]
        self._places = lru_cache(_KEPT)(partial(_places_of, pages, restored, starts, frames))

    def touched(self, start: int, end: int) -> list[PlacedTokens]:
        """The tokens that ``text[start:end]`` touches, those of far pages apart."""
        found = []
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._starts) and self._starts[at] < end:
            places = self._places(at * _PAGES_AT_ONCE)
            touched = places.touched(start, end) if places else None
            if touched:
                found.append(touched)
            at += 1
        return found


def _places_of(
    pages: Sequence[Page], restored: RestoredText, starts: TextStarts, frames: Mapping[int, PageFrame], first: int
) -> TokenPlaces | None:
    """Places on some pages from the page ``first`` (from 0) on; None where they have no text."""
    words: list[Word] = []
    counts: list[int] = []  # words of each line
    begins: list[int] = []
    numbers: list[int] = []
    for at in range(first, min(first + _PAGES_AT_ONCE, len(pages))):
        for line in in_text_order(pages[at]):
            words += line.words
            counts.append(len(line.words))
        begins += starts.lines[at]
        numbers += [pages[at].number] * (len(words) - len(numbers))
    if not words:
        return None
    sizes = np.fromiter((len(word.text) for word in words), np.int64, len(words))
    read = ReadWords(words, _word_starts(sizes, np.array(counts), np.array(begins)), sizes, np.array(numbers))
    end = int(read.starts[-1] + sizes[-1])
    printed = _printed(restored.text, restored.forth(starts.pages[first]), restored.forth(end))
    return TokenPlaces.of(printed, restored, read, frames)


def _word_starts(sizes: Ints, counts: Ints, begins: Ints) -> Ints:
    """Where words begin whose lines have some ``counts`` of them and begin at ``begins``, a space between words."""
    joined = np.cumsum(sizes + 1) - sizes - 1  # were it all one line
    first = np.cumsum(counts) - counts
    starts: Ints = joined + np.repeat(begins - joined[first], counts)
    return starts


def _printed(text: str, start: int, end: int) -> tuple[Ints, Ints]:
    """Where each token of ``text[start:end]`` but white space begins, and where each ends."""
    codes = np.frombuffer(text[start:end].encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = np.pad(_kinds()[np.minimum(codes, _LAST)], 1)
    for at in np.flatnonzero(codes > _LAST).tolist():
        kinds[at + 1] = _kind(text[start + at])
    before, kind, behind = kinds[:-2], kinds[1:-1], kinds[2:]
    sign, letter = kind == _SIGN, kind == _LETTER
    begins = np.flatnonzero(sign | (letter & (before != _LETTER)))
    ends = np.flatnonzero(sign | (letter & (behind != _LETTER))) + 1
    return begins + start, ends + start


@cache
def _kinds() -> NDArray[np.uint8]:
    """What the characters of the basic plane are to ``PRINTED``: a look into it is ten times as fast as searching."""
    return np.array([_kind(chr(code)) for code in range(_LAST + 1)], np.uint8)


def _kind(char: str) -> int:
    return _SPACE if char.isspace() else _LETTER if char.isalnum() else _SIGN


def in_text_order(page: Page) -> list[Line]:
    """The lines that ``Page.text`` shows, in its order: stamps last, page numbers left out."""
    printed = [line for line in page.lines if not line.role.is_stamp and line.role is not Role.PAGE_NUMBER]
    return printed + [line for line in page.lines if line.role.is_stamp]
