"""Type and subject: from the title in the middle of the page, else from the V/v of a công văn, else from the symbol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex
from rapidfuzz.distance import OSA

from extract.codes import symbol_letters
from extract.document_types import title_pattern, type_named, type_of_letters, type_words
from extract.evidence import Span, reading
from extract.head import Head
from extract.record import Reading, Status
from extract.subject import TitlePlace, subject_spans
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones, is_capitals
from normalize.folding import fold_aligned
from normalize.syllables import is_syllable

__all__ = ["Title", "read_title"]

_BODY = regex.compile(
    r"\W{0,3}(?:kinh\s{1,3}gui|can\s{1,3}cu\b|dieu\s{1,3}1\b|hom\s{1,3}nay|theo\s{1,3}de\s{1,3}nghi|(?:i|1)\s{0,2}[.)/]\s)"
)
_OPENS_SMALL = regex.compile(r"về\s|của\s")  # the Party's way
_ABOUT_LOST = regex.compile(r"^việc(?=\s)")  # "Về" under a stamp
_DAMAGED_MARK = regex.compile(r"^(?:V\s?/\s?[wyỵ%]?|V\s?⁄\s?[vwyỵ%]?|[/⁄]\s?[v%]?)\s+")  # V/v in small print
_TITLE_DEPTH = 36  # lines of the first page below the head in which a title is looked for
_LONG_WORD = regex.compile(r"\b(?:\p{Ll}{3,}|\p{Lu}\p{Ll}{2,}|\p{Lu}{5,})\b")
_DOUBTFUL = 0.82  # word confidence: of 53 subjects a misread one and a right one had two words below
_MANY_DOUBTFUL = 2
_SPECKS = " .,:;-–—_·'"
_NO_WORD = regex.compile(r"\W+")
_WORD = regex.compile(r"\w{3}")
_STAMP_GAP = 1.5  # line heights between a stamp (ĐẾN, KHẨN) and the title beside it


@dataclass(frozen=True, slots=True)
class Title:
    """Type and subject of a document."""

    type: Reading | None
    subject: Reading | None


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    place: TitlePlace
    exact: bool


def read_title(tokens: TokenisedText, zones: Zones, head: Head) -> Title:
    """Type and subject."""
    lines = _first_page(zones)
    inferred = _type_without_title(tokens, head)
    found = _find(tokens, lines) or (_find_part(tokens, lines, str(inferred.value)) if inferred else None)
    if found is not None:
        span = (found.place.start, found.place.end)
        strength, status = (0.98, "read") if found.exact else (0.7, "restored")
        kind = reading(tokens, found.name, [span], "title.type", strength=strength, status=status)  # type: ignore[arg-type]
        return Title(kind, _joined(tokens, subject_spans(tokens, lines, found.place), "title.subject"))
    subject = _joined(tokens, head.subject_spans, "head.subject")
    return Title(inferred, subject)


def _first_page(zones: Zones) -> list[TextLine]:
    lines = sorted((*zones.head, *zones.body), key=lambda line: line.index)
    if zones.roles or not zones.head:
        lines = list(zones.body)
    return [line for line in lines if line.page == lines[0].page]


def _find(tokens: TokenisedText, lines: Sequence[TextLine]) -> _Found | None:
    def above_body(line: TextLine) -> bool:
        return not _BODY.match(tokens.folded, line.start, line.end)

    for line in list(takewhile(above_body, lines))[:_TITLE_DEPTH]:
        match = title_pattern().search(tokens.folded, line.start, line.end)
        if match and _begins_line(tokens, line, match.start()):
            printed = match.end() - match.start()
            if is_capitals(tokens.text[slice(*match.span())]) and printed > 3:
                return _Found(type_named(match["type"]), _place(tokens, line, *match.span()), exact=True)
        near = _near_title(tokens.folded[line.start : line.end]) if is_capitals(line.text) else None
        if near:
            return _Found(near, _place(tokens, line, line.start, line.end), exact=False)
    return None


def _find_part(tokens: TokenisedText, lines: Sequence[TextLine], name: str) -> _Found | None:
    """What a seal or the engine left of the title that the symbol names: a line "HOẠCH" of "KẾ HOẠCH"."""
    words = fold_aligned(name).split()
    for line in lines[:_TITLE_DEPTH]:
        printed = [word for word in _NO_WORD.split(tokens.folded[line.start : line.end]) if word]
        if is_capitals(line.text) and printed and len(printed) < len(words) and printed in (words[:1], words[-1:]):
            return _Found(name, _place(tokens, line, line.start, line.end), exact=False)
    return None


def _begins_line(tokens: TokenisedText, line: TextLine, start: int) -> bool:
    """True for a title with nothing before it on its line but specks, or a stamp some way off."""
    if not _WORD.search(tokens.folded, line.start, start):
        return True
    before, title = tokens.straight_box([(line.start, start)]), tokens.straight_box([(start, line.end)])
    return before is not None and title is not None and title.x0 - before.x1 > _STAMP_GAP * title.height


def _place(tokens: TokenisedText, line: TextLine, start: int, end: int) -> TitlePlace:
    printed = len(tokens.text[start : line.end].rstrip(_SPECKS))  # a speck far right of a title moves its middle
    return TitlePlace(line, start, end, tokens.straight_box([(start, max(end, start + printed))]))


def _near_title(folded: str) -> str | None:
    """The type a whole line is one slip away from ("TH0NG BAO"); short names are too easily hit."""
    bare = "".join(char for char in folded if char.isalnum())
    near = {
        name
        for word, name in type_words().items()
        if len(word) >= 7 and OSA.distance(bare, word.replace(" ", ""), score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _joined(tokens: TokenisedText, spans: Sequence[Span], rule: str) -> Reading | None:
    if not spans:
        return None
    printed = " ".join(" ".join(tokens.text[slice(*span)].split()) for span in spans).rstrip(" .;,")
    value = _ABOUT_LOST.sub("Về việc", _DAMAGED_MARK.sub("V/v ", printed))
    # sentences begin with a capital: a small letter means that a stamp covers the beginning
    # "KIÊỄM" is no syllable: what has marks and is none was misread
    broken = any(not word.isascii() and not is_syllable(word) for word in _LONG_WORD.findall(value))
    doubtful = (
        (printed[0].islower() and not _OPENS_SMALL.match(printed))
        or broken
        or _doubtful_words(tokens, spans) >= _MANY_DOUBTFUL
    )
    status: Status = "inferred" if doubtful else "read"
    return reading(tokens, value, list(spans), rule, strength=0.92, status=status)


def _doubtful_words(tokens: TokenisedText, spans: Sequence[Span]) -> int:
    words = (word for part in tokens.placed(spans) for word in zip(part.sizes, part.confidences, strict=True))
    return len([sure for size, sure in words if size > 1 and sure < _DOUBTFUL])


def _type_without_title(tokens: TokenisedText, head: Head) -> Reading | None:
    """No title: letters of the symbol name the type; a symbol without them, or a V/v, is a công văn."""
    number = head.number
    if number is not None and number.symbol is not None:
        symbol: Reading = number.symbol
        party = number.code is not None and "-" in str(number.code.value).split("/", maxsplit=1)[0]
        name = type_of_letters(symbol_letters(str(symbol.value)), party=party)
        if name is not None and not head.subject_spans:
            return symbol.model_copy(
                update={
                    "value": name,
                    "rule": "symbol.type",
                    "status": "inferred",
                    "confidence": symbol.confidence * 0.8,
                }
            )
        if name is None or head.subject_spans:
            spans = list(head.subject_spans) or [symbol.span or number.span]
            return reading(tokens, "Công văn", spans, "symbol.official_letter", strength=0.93)
    if head.subject_spans:
        return reading(tokens, "Công văn", list(head.subject_spans), "subject.official_letter", strength=0.9)
    return None
