"""Annexes (phụ lục, danh sách, quy chế kèm theo): their title, and the document that they say they belong to.

An annex has no number of its own. What it cites in "(Kèm theo Tờ trình số ...)" is kept as ``attached_to``, for checks
against the head.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import regex

from extract.dates import find_dates
from extract.document_types import title_pattern, type_words
from extract.evidence import Span, absent, confidence_of, reading
from extract.head_number import SURE, SURE_ALONE
from extract.part_signs import is_annex_mark, is_attached, is_motto, is_prose
from extract.parts import top_lines
from extract.patterns import Source
from extract.record import DocumentFields, Reading
from extract.references import Reference
from extract.signature import read_signature
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones, is_capitals

__all__ = ["read_annex", "read_attached_to"]

_TITLE_LINES = 12
_SUBJECT_LINES = 6
_ATTACHED_LINES = 4
_KEM_THEO = regex.compile(r"(?:ban\s{1,3}hanh\s{1,3})?(?:dinh\s{1,3})?kem\s{1,3}(?:theo\b)?")
_NUMBER = regex.compile(r"\bs[o06]\s{0,2}[:.]?\s{0,3}(?P<number>\d{1,6})(?=\s|/)")
_DAY = len("2019-05-31")


def read_annex(tokens: TokenisedText, zones: Zones, references: Sequence[Reference]) -> DocumentFields:
    """Fields of an annex; head and legal bases of a form that it shows are nobody's yet and left out."""
    lines = top_lines(tokens)[:_TITLE_LINES]
    attached = next((at for at, line in enumerate(lines) if is_attached(tokens, line)), None)
    title = lines[:attached] if attached is not None else list(takewhile(_is_short, lines))
    kind, below = _kind(tokens, title)
    signature = read_signature(tokens, zones)
    return DocumentFields(
        type=kind,
        number=absent("annex.no_number"),
        symbol=absent("annex.no_number"),
        code=absent("annex.no_number"),
        subject=_subject(tokens, below, closed=attached is not None),
        signer=signature.signer,
        signer_title=signature.title,
        signing_authority=signature.authority,
        attached_to=read_attached_to(tokens, lines, attached, references) if attached is not None else None,
    )


def _is_short(line: TextLine) -> bool:
    return not is_prose(line)


def _kind(tokens: TokenisedText, title: Sequence[TextLine]) -> tuple[Reading | None, list[TextLine]]:
    """What the annex calls itself, and the lines of its title below that."""
    for at, line in enumerate(title):
        below = list(title[at + 1 :])
        if is_annex_mark(tokens, line):
            return reading(tokens, "Phụ lục", [(line.start, line.end)], "annex.mark", strength=0.96), below
        named = title_pattern().match(tokens.folded, line.start, line.end) if is_capitals(line.text) else None
        if named is not None:
            name = type_words()[" ".join(named["type"].split())] if named["type"] in type_words() else None
            kind = reading(tokens, name, [named.span()], "annex.title", strength=0.93) if name else None
            return kind, below if named.end() + 2 > line.end else [line, *below]
    return None, list(title)


def _subject(tokens: TokenisedText, lines: Sequence[TextLine], *, closed: bool) -> Reading | None:
    """The title's lines; without a "(Kèm theo ..." to end them, those in capitals."""
    rows = [line for line in lines[:_SUBJECT_LINES] if not is_motto(tokens, line)]
    if not closed:
        rows = list(takewhile(lambda line: is_capitals(line.text), rows))
    if not rows:
        return None
    value = " ".join(" ".join(line.text.split()) for line in rows).strip(" .;:,")
    return reading(tokens, value, [(line.start, line.end) for line in rows], "annex.subject", strength=0.85)


def read_attached_to(
    tokens: TokenisedText, lines: Sequence[TextLine], at: int, references: Sequence[Reference]
) -> Reading | None:
    """The document cited in the "(Kèm theo ...)" that begins with line ``at``: what is printed of it."""
    spans = _spans(tokens, lines, at)
    inside = [item for item in references if any(start <= item.code_span[0] < end for start, end in spans)]
    if inside:
        cited = inside[0]
        alone = any(char.isspace() for char in tokens.text[slice(*cited.code_span)])  # "4240 /UBND": mostly by hand
        faint = confidence_of(tokens, [cited.code_span], weakest=True) < (SURE_ALONE if alone else SURE)
        found = reading(tokens, cited.value, spans, "annex.attached_to", strength=0.95, weakest=True)
        return found.model_copy(update={"status": "handwritten" if faint else found.status})
    return _without_code(tokens, spans)


def _without_code(tokens: TokenisedText, spans: Sequence[Span]) -> Reading:
    """A citation whose number is blank, written by hand or without its symbol."""
    start, end = spans[0][0], spans[-1][1]
    folded = tokens.folded[start:end]
    named = title_pattern().search(folded)
    number = _NUMBER.search(folded)
    dates = [item.value for item in find_dates(Source(tokens.text[start:end], folded)) if len(item.value) == _DAY]
    value = {
        "type": type_words().get(" ".join(named["type"].split())) if named else None,
        "code": number["number"] if number else None,
        "date": dates[0] if dates else None,
        "issuer": None,
    }
    return reading(tokens, value, spans, "annex.attached_to", strength=0.7, weakest=True, status="inferred")


def _spans(tokens: TokenisedText, lines: Sequence[TextLine], at: int) -> list[Span]:
    """From "Kèm theo" to the closing bracket, line by line."""
    spans: list[Span] = []
    for line in lines[at : at + _ATTACHED_LINES]:
        opening = None if spans else _KEM_THEO.search(tokens.folded, line.start, line.end)
        start = opening.start() if opening else line.start
        closing = tokens.text.find(")", start, line.end)
        spans.append((start, closing if closing > start else line.end))
        if closing > start:
            break
    return spans
