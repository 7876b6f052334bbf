"""Places of a scan's tokens, some pages at a time: all of a long document's would take 0.2 MB a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import Final

import numpy as np

from extract.page_frame import PageFrame
from extract.restored_text import RestoredText
from extract.token_places import Ints, PlacedTokens, ReadWords, TokenPlaces
from ocr.tree import Line, Page, Role, Word

__all__ = ["PRINTED", "PagePlaces", "in_text_order", "word_starts"]

PRINTED: Final = r"[^\W_]+|\S"
"""A token that is not white space; for ``re``, which cuts words nearly twice as fast as ``regex``."""

_PIECES = re.compile(rf"{PRINTED}|\s+")
_PAGES_AT_ONCE = 32
_KEPT = 4  # times as many pages: whoever looks back, looks back less than that


class PagePlaces:
    """Where the tokens of a document stand; found out page by page when they are asked for.

    Args:
        pages: Of the document.
        restored: Its text.
        starts: Where each page begins in the text as read.
        frames: By page number.
    """

    def __init__(
        self, pages: Sequence[Page], restored: RestoredText, starts: Sequence[int], frames: Mapping[int, PageFrame]
    ) -> None:
        self._starts = [restored.forth(start) for start in starts[::_PAGES_AT_ONCE]]
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
    pages: Sequence[Page], restored: RestoredText, starts: Sequence[int], frames: Mapping[int, PageFrame], first: int
) -> TokenPlaces | None:
    """Places on some pages from the page ``first`` (from 0) on; None where they have no text."""
    words: list[Word] = []
    begins: list[int] = []
    numbers: list[int] = []
    beyond = min(first + _PAGES_AT_ONCE, len(pages))
    cursor = starts[first]
    for at in range(first, beyond):
        page = pages[at]
        for line in in_text_order(page):
            begins += word_starts(line, restored.as_read, cursor)
            words += line.words
            cursor = begins[-1] + len(words[-1].text)
        numbers += [page.number] * (len(words) - len(numbers))
    if not words:
        return None
    printed = _printed(restored.text, restored.forth(starts[first]), restored.forth(cursor))
    return TokenPlaces.of(printed, restored, ReadWords(words, np.array(begins), np.array(numbers)), frames)


def _printed(text: str, start: int, end: int) -> tuple[Ints, Ints]:
    """Where each token of ``text[start:end]`` but white space begins, and where each ends."""
    pieces = _PIECES.findall(text, start, end)
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    ends = start + np.cumsum(sizes)
    printed = ~np.fromiter(map(str.isspace, pieces), np.bool_, len(pieces))
    return (ends - sizes)[printed], ends[printed]


def in_text_order(page: Page) -> list[Line]:
    """The lines that ``Page.text`` shows, in its order: stamps last, page numbers left out."""
    printed = [line for line in page.lines if not line.role.is_stamp and line.role is not Role.PAGE_NUMBER]
    return printed + [line for line in page.lines if line.role.is_stamp]


def word_starts(line: Line, read: str, cursor: int) -> list[int]:
    """Where each word of a line begins in the text as read; the line stands behind ``cursor``."""
    first = read.index(line.words[0].text, cursor)
    return list(accumulate((len(word.text) + 1 for word in line.words[:-1]), initial=first))
