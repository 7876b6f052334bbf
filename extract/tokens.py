"""Tokens: one text with its lines, a tokeniser for spaCy, and for scans the place of every token on its page.

Scans and plain text go through the same tokeniser: runs of letters and digits are tokens, every other character is a
token of its own, so that "Số:2753/TTr-STP" has a token (and a box) for its number alone. Patterns run on the text, and
their spans find tokens and boxes again. Where the text was restored before, the way back to what was read goes through
``TokenisedText.restored``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.limits import LONGEST_TEXT
from extract.page_frame import PageFrame
from extract.page_places import PAGES_AT_ONCE, PagePlaces, TextStarts
from extract.page_words import PageWords
from extract.restored_text import RestoredText, canonical_text, restored_document
from extract.token_places import PlacedTokens, box_around
from extract.word_cuts import split_words
from normalize.errors import TooLargeError
from normalize.folding import fold_aligned
from normalize.syllables import is_syllable
from ocr.tree import Box, Cell, Document, Role

__all__ = ["TextLine", "TokenisedText", "Tokeniser", "tokens_from_document", "tokens_from_text", "vietnamese"]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the text, ``text[start:end]``; plain text has no boxes and only roles that were guessed.

    ``box`` is on the page upright and straight, for judging what stands where; places of tokens are on it as displayed.
    """

    index: int
    start: int
    end: int
    page: int
    text: str
    role: Role | None = None
    box: Box | None = None
    cell: Cell | None = None


@dataclass(frozen=True)
class TokenisedText:
    """A text, its lines and where its tokens stand.

    Attributes:
        text: NFC; ``Document.text`` for scans, the canonical input for plain text; restored where that was broken.
        lines: In the order of the text, tiling it but for white space between them.
        restored: How ``text`` came from what was read.
        places: Where its tokens stand; None for plain text.
        frames: By page number; empty for plain text.
    """

    text: str
    lines: tuple[TextLine, ...]
    restored: RestoredText
    places: PagePlaces | None = None
    frames: dict[int, PageFrame] = field(default_factory=dict)

    @cached_property
    def folded(self) -> str:
        """The text in lower ASCII letters for matching, offsets unchanged."""
        return fold_aligned(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @property
    def has_boxes(self) -> bool:
        return bool(self.frames)

    def printed(self, start: int, end: int) -> str:
        """What was read where ``text[start:end]`` stands."""
        return self.restored.as_read[slice(*self.restored.back(start, end))]

    def placed(self, spans: Iterable[tuple[int, int]]) -> list[PlacedTokens]:
        """The tokens that some spans touch, with their places; none for plain text."""
        if self.places is None:
            return []
        touched = self.places.touched
        return [part for start, end in spans if start < end for part in touched(start, end)]

    def with_lines(self, lines: tuple[TextLine, ...]) -> TokenisedText:
        """The same text with some of its lines only."""
        part = replace(self, lines=lines)
        # else each of many parts folds the whole text again
        vars(part)["folded"] = self.folded
        return part

    def straight_box(self, spans: Iterable[tuple[int, int]]) -> Box | None:
        """The box around all tokens of some spans of one page, the page upright and straight."""
        placed = self.placed(spans)
        return Box(*box_around([part.straight for part in placed])) if placed else None

    def lines_between(self, start: int, end: int) -> Sequence[TextLine]:
        """The lines that a span runs over."""
        first = bisect_right(self._line_starts, start) - 1
        if first < 0 or self.lines[first].end <= start:
            first += 1
        return self.lines[first : bisect_left(self._line_starts, end)]


class Tokeniser:
    """spaCy's tokeniser interface: text in, ``Doc`` out, ``doc.text`` equal to the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._kept: set[str] = set()
        self._last: list[str] = []

    def __call__(self, text: str) -> Doc:
        words, spaces = split_words(text)
        self._last = words
        return Doc(self.vocab, words=words, spaces=spaces)

    def keep_syllables(self) -> None:
        """Let the vocabulary keep the syllables of the last text; for use outside of a memory zone.

        What a zone brings into the vocabulary is forgotten at its end, and to bring it in again was 3 % of a record's
        time. There are only so many syllables; of all other words none is kept.
        """
        new = {word for word in set(self._last) - self._kept if is_syllable(word)}
        for word in new:
            _ = self.vocab[word]
        self._kept |= new
        self._last = []


@cache
def vietnamese() -> Language:
    """The empty Vietnamese pipeline with our tokeniser (spaCy's own wants pyvi)."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = Tokeniser(nlp.vocab)
    nlp.max_length = LONGEST_TEXT
    # Shapes, norms, affixes and URL tests of every new word were 8 % of a record's time; no component asks for them.
    vocab: Any = nlp.vocab
    kept = [vocab.strings[name] for name in ("LOWER", "IS_SPACE")]
    vocab.lex_attr_getters = {key: vocab.lex_attr_getters[key] for key in kept}
    return nlp


def tokens_from_text(text: str | RestoredText) -> TokenisedText:
    """Tokens of plain text, form feeds counted as page ends.

    Args:
        text: Any Unicode text, made canonical (NFC) first; or one that was restored.

    Raises:
        TooLargeError: More than ``LONGEST_TEXT`` characters.
    """
    restored = canonical_text(text) if isinstance(text, str) else text
    if len(restored.text) > LONGEST_TEXT:
        raise TooLargeError(f"The text has {len(restored.text)} characters, the limit is {LONGEST_TEXT}.")
    lines: list[TextLine] = []
    page, start = 1, 0
    for piece in regex.split(r"([\n\f])", restored.text):
        if piece == "\f":
            page += 1
        elif piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            lines.append(TextLine(len(lines), left, start + len(piece.rstrip()), page, piece.strip()))
        start += len(piece)
    return TokenisedText(restored.text, tuple(lines), restored)


def tokens_from_document(document: Document, restored: RestoredText | None = None) -> TokenisedText:
    """Tokens of a scan over ``document.text``, each with the share of its word's box.

    Args:
        document: Pages of lines of words with boxes.
        restored: Its text, where the caller has restored it already.
    """
    restored = restored or restored_document(document)
    read = restored.as_read
    lines: list[TextLine] = []
    frames: dict[int, PageFrame] = {}
    starts: list[int] = []
    begins: list[list[int]] = []
    known: list[PageWords] = []
    is_short = len(document.pages) <= PAGES_AT_ONCE  # all words of a long one would be too many to keep
    cursor = 0
    for page in document.pages:
        frame = frames[page.number] = PageFrame.of(page)
        starts.append(cursor)
        begins.append([])
        words = PageWords.of(page)
        if is_short:
            known.append(words)
        boxes = frame.straight_lines(words)
        for line, size, box in zip(words.lines, words.line_sizes, boxes, strict=True):
            begin = read.index(line.words[0].text, cursor)
            begins[-1].append(begin)
            cursor = begin + size
            start, end = restored.forth(begin), restored.forth(cursor)
            text = restored.text[start:end]
            lines.append(TextLine(len(lines), start, end, page.number, text, line.role, box, line.cell))
    places = PagePlaces(document.pages, restored, TextStarts(starts, begins), frames, known)
    return TokenisedText(restored.text, tuple(lines), restored, places, frames)
