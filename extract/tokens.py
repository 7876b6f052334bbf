"""Tokens: one text with its lines, a spaCy ``Doc`` over it, and for scans the place of every token on its page.

Scans and plain text go through the same tokeniser: runs of letters and digits are tokens, every other character is a
token of its own, so that "Số:2753/TTr-STP" has a token (and a box) for its number alone. ``doc.text`` is the text,
character for character: patterns run on the text, and their spans find tokens and boxes again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.page_frame import PageFrame
from normalize.canonical import canonical
from normalize.folding import fold_aligned
from ocr.tree import Box, Cell, Document, Ink, Line, Role, Word

__all__ = ["Place", "TextLine", "TokenisedText", "Tokeniser", "tokens_from_document", "tokens_from_text", "vietnamese"]

_PIECE = regex.compile(r"[\p{L}\p{M}\p{N}]+|\s+|.", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token of a scan stands; ``box`` in points of the displayed page."""

    page: int
    box: Box
    confidence: float
    ink: Ink


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
        text: NFC; ``Document.text`` for scans, the canonical input for plain text.
        doc: spaCy tokens over ``text``.
        lines: In the order of the text, tiling it but for white space between them.
        places: One for each token of ``doc``; None for white space and in plain text.
        frames: By page number; empty for plain text.
    """

    text: str
    doc: Doc
    lines: tuple[TextLine, ...]
    places: tuple[Place | None, ...]
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

    def placed(self, start: int, end: int) -> list[tuple[int, Place]]:
        """(length in characters, place) of the tokens of a span that have a place."""
        span = self.span(start, end)
        if span is None or not self.has_boxes:
            return []
        return [
            (len(self.doc[index].text), place)
            for index in range(span.start, span.end)
            if (place := self.places[index]) is not None
        ]

    def straight_box(self, spans: Iterable[tuple[int, int]]) -> Box | None:
        """The box around all tokens of some spans of one page, the page upright and straight."""
        places = [place for start, end in spans for _, place in self.placed(start, end)]
        boxes = [self.frames[place.page].straight(place.box) for place in places]
        return Box.around(boxes) if boxes else None

    def lines_between(self, start: int, end: int) -> Iterator[TextLine]:
        """The lines that a span runs over."""
        for line in self.lines[max(0, bisect_right(self._line_starts, start) - 1) :]:
            if line.start >= end:
                return
            if line.end > start:
                yield line


class Tokeniser:
    """spaCy's tokeniser interface: text in, ``Doc`` out, ``doc.text`` equal to the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = split_words(text)
        return Doc(self.vocab, words=words, spaces=spaces)


def split_words(text: str) -> tuple[list[str], list[bool]]:
    """Cut a text into words and, for each, whether one space follows; other white space makes words of its own."""
    words: list[str] = []
    spaces: list[bool] = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece[0] == " " and words and not words[-1].isspace():
            spaces[-1] = True
            piece = piece[1:]
        if piece:
            words.append(piece)
            spaces.append(False)
    return words, spaces


@cache
def vietnamese() -> Language:
    """The empty Vietnamese pipeline with our tokeniser (spaCy's own wants pyvi)."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = Tokeniser(nlp.vocab)
    return nlp


def tokens_from_text(text: str) -> TokenisedText:
    """Tokens of plain text, form feeds counted as page ends.

    Args:
        text: Any Unicode text; it is made canonical (NFC) first, and offsets count in that form.
    """
    # half a surrogate pair is not text, and spaCy stores strings as UTF-8
    text = canonical(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    lines: list[TextLine] = []
    page, start = 1, 0
    for piece in regex.split(r"([\n\f])", text):
        if piece == "\f":
            page += 1
        elif piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            lines.append(TextLine(len(lines), left, start + len(piece.rstrip()), page, piece.strip()))
        start += len(piece)
    doc = vietnamese().make_doc(text)
    return TokenisedText(text, doc, tuple(lines), (None,) * len(doc))


def tokens_from_document(document: Document) -> TokenisedText:
    """Tokens of a scan over ``document.text``, each with the share of its word's box."""
    text = document.text
    doc = vietnamese().make_doc(text)
    lines: list[TextLine] = []
    frames = {page.number: PageFrame.of(page) for page in document.pages}
    words: list[tuple[int, int, Word]] = []  # start, page, word
    cursor = 0
    for page in document.pages:
        for line in _in_text_order(page.lines):
            cursor = text.index(line.words[0].text, cursor)
            start = cursor
            for word in line.words:
                cursor = text.index(word.text, cursor)
                words.append((cursor, page.number, word))
                cursor += len(word.text)
            box = Box.around(frames[page.number].straight(word.box) for word in line.words)
            lines.append(TextLine(len(lines), start, cursor, page.number, line.text, line.role, box, line.cell))
    return TokenisedText(text, doc, tuple(lines), tuple(_places(doc, words, frames)), frames)


def _in_text_order(lines: tuple[Line, ...]) -> list[Line]:
    """The lines that ``Page.text`` shows, in its order: stamps last, page numbers left out."""
    printed = [line for line in lines if not line.role.is_stamp and line.role is not Role.PAGE_NUMBER]
    return printed + [line for line in lines if line.role.is_stamp]


def _places(doc: Doc, words: list[tuple[int, int, Word]], frames: dict[int, PageFrame]) -> Iterator[Place | None]:
    at = 0
    for token in doc:
        if token.is_space or not words:
            yield None
            continue
        while at + 1 < len(words) and words[at + 1][0] <= token.idx:
            at += 1
        start, page, word = words[at]
        box = _share(frames[page], word, token.idx - start, len(token.text))
        yield Place(page, box, word.confidence, word.ink)


def _share(frame: PageFrame, word: Word, first: int, count: int) -> Box:
    """The part of a word's box that ``count`` of its letters take, along its base line."""
    whole = frame.upright(word.box)
    letter = whole.width / len(word.text)
    right = min(whole.x0 + letter * (first + count), whole.x1)
    return frame.displayed(Box(min(whole.x0 + letter * first, right), whole.y0, right, whole.y1))
