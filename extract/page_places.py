"""Places of a scan's tokens, some pages at a time: all of a long document's would take 0.2 MB a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain

import numpy as np

from extract.page_frame import PageFrame
from extract.page_words import PageWords
from extract.restored_text import RestoredText
from extract.token_places import PlacedTokens, ReadWords, TokenPlaces
from extract.word_cuts import token_spans
from ocr.tree import Page

__all__ = ["PAGES_AT_ONCE", "PagePlaces", "TextStarts"]

PAGES_AT_ONCE = 32
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
        words: Of all pages, where the caller has them already.
    """

    def __init__(
        self,
        pages: Sequence[Page],
        restored: RestoredText,
        starts: TextStarts,
        frames: Mapping[int, PageFrame],
        words: Sequence[PageWords] = (),
    ) -> None:
        self._starts = [restored.forth(start) for start in starts.pages[::PAGES_AT_ONCE]]
        self._places = lru_cache(_KEPT)(partial(_places_from, _Pages(pages, words), restored, starts, frames))

    def touched(self, start: int, end: int) -> list[PlacedTokens]:
        """The tokens that ``text[start:end]`` touches, those of far pages apart."""
        found = []
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._starts) and self._starts[at] < end:
            places = self._places(at * PAGES_AT_ONCE)
            touched = places.touched(start, end) if places else None
            if touched:
                found.append(touched)
            at += 1
        return found


@dataclass(frozen=True, slots=True)
class _Pages:
    """Pages, and their words where they are known."""

    pages: Sequence[Page]
    words: Sequence[PageWords]

    def words_from(self, first: int) -> list[PageWords]:
        beyond = min(first + PAGES_AT_ONCE, len(self.pages))
        return [self.words[at] if self.words else PageWords.of(self.pages[at]) for at in range(first, beyond)]


def _places_from(
    pages: _Pages, restored: RestoredText, starts: TextStarts, frames: Mapping[int, PageFrame], first: int
) -> TokenPlaces | None:
    """Places on some pages from the page ``first`` (from 0) on; None where they have no text."""
    words = pages.words_from(first)
    read = ReadWords(
        words=list(chain.from_iterable([page.words for page in words])),
        starts=np.concatenate([page.starts(starts.lines[at]) for at, page in enumerate(words, first)]),
        sizes=np.concatenate([page.sizes for page in words]),
        sides=np.concatenate([page.sides for page in words], axis=1),
        pages=np.repeat([page.number for page in words], [len(page.words) for page in words]),
    )
    if not read.words:
        return None
    start, end = restored.forth(starts.pages[first]), restored.forth(int(read.starts[-1] + read.sizes[-1]))
    tokens, beyonds = token_spans(restored.text[start:end])
    return TokenPlaces.of((tokens + start, beyonds + start), restored, read, frames)
