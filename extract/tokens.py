"""Tokens: one text with its lines, a spaCy ``Doc`` over it, and for scans the place of every token on its page.

Scans and plain text go through the same tokeniser: runs of letters and digits are tokens, every other character is a
token of its own, so that "Số:2753/TTr-STP" has a token (and a box) for its number alone. ``doc.text`` is the text,
character for character: patterns run on the text, and their spans find tokens and boxes again. Where the text was
restored before, the way back to what was read goes through ``TokenisedText.restored``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import numpy as np
import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.limits import LONGEST_TEXT
from extract.page_frame import PageFrame
from extract.restored_text import RestoredText, canonical_text, restored_document
from extract.token_places import Place, ReadWords, TokenPlaces
from normalize.errors import TooLargeError
from normalize.folding import fold_aligned
from ocr.tree import Box, Cell, Document, Line, Role, Word

__all__ = ["TextLine", "TokenisedText", "Tokeniser", "tokens_from_document", "tokens_from_text", "vietnamese"]

_PIECE = regex.compile(r"([\p{L}\p{M}\p{N}]+|\S)( ?)|(\s+)")


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
    """A text, its tokens and lines.

    Attributes:
        text: NFC; ``Document.text`` for scans, the canonical input for plain text; restored where that was broken.
        doc: spaCy tokens over ``text``.
        lines: In the order of the text, tiling it but for white space between them.
        places: Where its tokens stand; None for plain text.
        frames: By page number; empty for plain text.
        restored: How ``text`` came from what was read.
    """

    text: str
    doc: Doc
    lines: tuple[TextLine, ...]
    places: TokenPlaces | None
    restored: RestoredText
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

    def span(self, start: int, end: int) -> Span | None:
        """The tokens that characters ``start`` to ``end`` touch."""
        return self.doc.char_span(start, end, alignment_mode="expand") if start < end else None

    def printed(self, start: int, end: int) -> str:
        """What was read where ``text[start:end]`` stands."""
        return self.restored.as_read[slice(*self.restored.back(start, end))]

    def placed(self, start: int, end: int) -> list[tuple[int, Place]]:
        """(length in characters, place) of the tokens of a span that have a place."""
        if self.places is None or start >= end:
            return []
        return [(self.places.sizes[at], self.places.place(at)) for at in range(*self.places.touched(start, end))]

    def with_lines(self, lines: tuple[TextLine, ...]) -> TokenisedText:
        """The same text with some of its lines only."""
        part = replace(self, lines=lines)
        # else each of many parts folds the whole text again
        vars(part)["folded"] = self.folded
        return part

    def straight_box(self, spans: Iterable[tuple[int, int]]) -> Box | None:
        """The box around all tokens of some spans of one page, the page upright and straight."""
        places = self.places
        stretches = self.stretches(spans)
        return Box(*places.straight.around(stretches)) if places is not None and stretches else None

    def stretches(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The tokens of some spans that have places, as stretches of ``places``; empty for plain text."""
        if self.places is None:
            return []
        found = (self.places.touched(start, end) for start, end in spans if start < end)
        return [(first, beyond) for first, beyond in found if first < beyond]

    def lines_between(self, start: int, end: int) -> Iterator[TextLine]:
        """The lines that a span runs over."""
        first = max(0, bisect_right(self._line_starts, start) - 1)
        beyond = bisect_left(self._line_starts, end)
        yield from (line for line in self.lines[first:beyond] if line.end > start)


class Tokeniser:
    """spaCy's tokeniser interface: text in, ``Doc`` out, ``doc.text`` equal to the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = split_words(text)
        return Doc(self.vocab, words=words, spaces=spaces)


def split_words(text: str) -> tuple[list[str], list[bool]]:
    """Cut a text into words and, for each, whether one space follows; other white space makes words of its own."""
    pieces = _PIECE.findall(text)
    return [word or white for word, _, white in pieces], [space == " " for _, space, _ in pieces]


def token_bounds(doc: Doc) -> tuple[list[int], list[int]]:
    """Where each token begins in the text, and where each ends; asking spaCy token by token takes ten times as long."""
    sizes = doc.to_array(["LENGTH", "SPACY"]).astype(int)
    behind = np.cumsum(sizes.sum(axis=1))
    starts = np.concatenate(([0], behind[:-1])) if len(sizes) else behind
    return starts.tolist(), (starts + sizes[:, 0]).tolist()


@cache
def vietnamese() -> Language:
    """The empty Vietnamese pipeline with our tokeniser (spaCy's own wants pyvi)."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = Tokeniser(nlp.vocab)
    nlp.max_length = LONGEST_TEXT
    # Shapes, affixes and URL tests of every new word were 7 % of a record's time, and no component asks for them.
    vocab: Any = nlp.vocab
    kept = [vocab.strings[name] for name in ("LOWER", "NORM", "IS_SPACE")]
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
    doc = vietnamese().make_doc(restored.text)
    return TokenisedText(restored.text, doc, tuple(lines), None, restored)


def tokens_from_document(document: Document, restored: RestoredText | None = None) -> TokenisedText:
    """Tokens of a scan over ``document.text``, each with the share of its word's box.

    Args:
        document: Pages of lines of words with boxes.
        restored: Its text, where the caller has restored it already.
    """
    restored = restored or restored_document(document)
    read = restored.as_read
    lines: list[TextLine] = []
    frames = {page.number: PageFrame.of(page) for page in document.pages}
    words: list[Word] = []
    starts: list[int] = []
    pages: list[int] = []
    cursor = 0
    for page in document.pages:
        in_order = _in_text_order(page.lines)
        boxes = frames[page.number].straight_lines([[word.box for word in line.words] for line in in_order])
        for line, box in zip(in_order, boxes, strict=True):
            first = len(starts)
            for word in line.words:
                cursor = read.index(word.text, cursor)
                starts.append(cursor)
                cursor += len(word.text)
            words += line.words
            pages += [page.number] * len(line.words)
            start, end = restored.forth(starts[first]), restored.forth(cursor)
            text = restored.text[start:end]
            lines.append(TextLine(len(lines), start, end, page.number, text, line.role, box, line.cell))
    doc = vietnamese().make_doc(restored.text)
    read_words = ReadWords(words, starts, pages)
    places = TokenPlaces.of(token_bounds(doc), restored, read_words, frames) if words else None
    return TokenisedText(restored.text, doc, tuple(lines), places, restored, frames)


def _in_text_order(lines: tuple[Line, ...]) -> list[Line]:
    """The lines that ``Page.text`` shows, in its order: stamps last, page numbers left out."""
    printed = [line for line in lines if not line.role.is_stamp and line.role is not Role.PAGE_NUMBER]
    return printed + [line for line in lines if line.role.is_stamp]
