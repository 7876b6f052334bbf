"""The incoming stamp ĐẾN: number and date of arrival, mostly by hand; never those of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.dates import date_at
from extract.evidence import Span, confidence_of, is_blue, reading
from extract.head_number import SURE_ALONE
from extract.record import Reading, Status
from extract.tokens import TextLine, TokenisedText
from ocr.tree import Role

__all__ = ["Arrival", "read_arrival"]

_WORD = regex.compile(r"\W{0,4}(?:cong\s{1,3}van\s{1,3}|van\s{1,3}ban\s{1,3})?den\b(?P<rest>[^\n]{0,80})")
_NUMBER = regex.compile(r"\bs[o06]\s{0,2}[:.;]?\s{0,3}(?:den\s?[:.]?\s{0,3})?(?P<number>\d{1,6})\b(?!\s?[/\-])")
_DAY = regex.compile(r"\bngay\s{0,2}(?:den)?\s{0,2}[:.;]?\s{0,3}(?=\d)")
_LABELS = regex.compile(r"\W{0,4}(?:so|ngay|gio|chuyen|luu|kinh\s{1,2}chuyen)\b")
_LONGEST = 6  # lines
_STAMP_HEIGHT = 110.0  # points: the stamp is 35 x 50 mm
_ISO_DAY = len("2019-05-31")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Number and date of arrival; None for what is not there or cannot be read."""

    number: Reading | None = None
    date: Reading | None = None


def read_arrival(tokens: TokenisedText) -> Arrival:
    """What the first incoming stamp says."""
    for lines in _stamps(tokens):
        spans = [(line.start, line.end) for line in lines]
        number, day = _number(tokens, spans), _date(tokens, spans)
        if number is not None or day is not None:
            return Arrival(number, day)
    return Arrival()


def _stamps(tokens: TokenisedText) -> list[list[TextLine]]:
    """Lines of what the layout knows as incoming stamps; else what stands with the word ĐẾN in capitals."""
    known = [line for line in tokens.lines if line.role is Role.INCOMING_STAMP]
    if known:
        return [[line for line in known if line.page == known[0].page]]
    first_page = tokens.lines[0].page if tokens.lines else 1
    stamps = []
    for at, line in enumerate(tokens.lines):
        if line.page != first_page:
            break
        match = _WORD.match(tokens.folded, line.start, line.end)
        labelled = match is not None and (not match["rest"].strip(" .:") or _LABELS.match(match["rest"]))
        if match is not None and labelled and tokens.text[slice(*match.span())].lstrip()[:3].isupper():
            stamps.append([line, *_beside(tokens, tokens.lines[at + 1 : at + 1 + _LONGEST], line)])
    return stamps


def _beside(tokens: TokenisedText, lines: Sequence[TextLine], word: TextLine) -> list[TextLine]:
    """Lines below or beside the word that name number, date and the like, or stand in the same cell."""
    below = []
    for line in lines:
        labelled = _LABELS.match(tokens.folded, line.start, line.end) is not None
        same_cell = word.cell is not None and line.cell == word.cell
        if line.box is not None and word.box is not None and line.box.y0 - word.box.y0 > _STAMP_HEIGHT:
            continue
        if labelled or same_cell:
            below.append(line)
        elif not tokens.has_boxes:
            break
    return below


def _number(tokens: TokenisedText, spans: Sequence[Span]) -> Reading | None:
    for start, end in spans:
        match = _NUMBER.search(tokens.folded, start, end)
        if match is not None:
            return _by_hand(tokens, match["number"], match.span("number"), "arrival.number")
    return None


def _date(tokens: TokenisedText, spans: Sequence[Span]) -> Reading | None:
    for start, end in spans:
        lead = _DAY.search(tokens.folded, start, end)
        found = date_at(tokens.folded, lead.end()) if lead else None
        if found is not None and len(str(found.value)) == _ISO_DAY:
            return _by_hand(tokens, found.value, (found.start, found.end), "arrival.date")
    return None


def _by_hand(tokens: TokenisedText, value: object, span: Span, rule: str) -> Reading:
    """What is filled into a stamp is written by hand, or by a numbering machine that engines read very well."""
    sure = confidence_of(tokens, [span], weakest=True) >= SURE_ALONE and not is_blue(tokens, span)
    status: Status = "read" if sure else "handwritten"
    return reading(tokens, value, [span], rule, strength=0.9 if sure else 0.5, status=status, weakest=True)
