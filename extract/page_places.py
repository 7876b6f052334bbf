"""Places of a scan's tokens, some pages at a time: all of a long document's would take 0.2 MB a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
        words: Of the first pages, where the caller has them already.
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
        self._pages, self._words = pages, words
        self._restored, self._text_starts, self._frames = restored, starts, frames
        self._places = lru_cache(_KEPT)(self._places_from)

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

    def _places_from(self, first: int) -> TokenPlaces | None:
        """Places on some pages from the page ``first`` (from 0) on; None where they have no text."""
        beyond = min(first + PAGES_AT_ONCE, len(self._pages))
        words = [self._words_of(at) for at in range(first, beyond)]
        starts = [page.starts(self._text_starts.lines[at]) for at, page in enumerate(words, first)]
        read = ReadWords(
            words=list(chain.from_iterable([page.words for page in words])),
            starts=np.concatenate(starts),
            sizes=np.concatenate([page.sizes for page in words]),
            sides=np.concatenate([page.sides for page in words], axis=1),
            pages=np.repeat([page.number for page in words], [len(page.words) for page in words]),
        )
        if not read.words:
            return None
        forth = self._restored.forth
        start, end = forth(self._text_starts.pages[first]), forth(int(read.starts[-1] + read.sizes[-1]))
        tokens, beyonds = token_spans(self._restored.text[start:end])
        return TokenPlaces.of((tokens + start, beyonds + start), self._restored, read, self._frames)

    def _words_of(self, at: int) -> PageWords:
        return self._words[at] if at < len(self._words) else PageWords.of(self._pages[at])
