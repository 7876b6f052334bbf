"""Addressees: behind "Kính gửi:", or the items below it; where a stamp covers the label, the items at the top."""

from __future__ import annotations

import regex

from extract.bases import OPENS
from extract.evidence import Span, confidence_of, reading
from extract.record import Reading
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones, is_capitals
from ocr.tree import Role

__all__ = ["read_addressees"]

# "gửi:" alone on its line: "Kính" lies under a stamp
_ADDRESSEES = regex.compile(r"\W{0,3}(?:k\w{1,2}nh\s{1,3}g\w{1,2}i\s{0,2}[:;.,]?\s{0,4}|g\w{1,2}i\s?[:;]\s{0,4}$)")
_FIRST_LINES = 4
_FAINT = 0.5  # confidence of a word that was hardly read
_INDENTED = 0.28  # of the page width; items of the text itself begin at 0.2
_ITEM = regex.compile(r"\s{0,3}[-–—+•~]\s{0,3}")
_WITHOUT_NAME = regex.compile(r"ong\W{0,3}ba\W{0,3}|(?:ong|ba|dong chi)\s?:?")
_MISREAD_BULLET = regex.compile(r"[^\p{L}\p{N}]{0,6}(?=\p{Lu}\p{Ll})")  # "._= Chủ tịch", or none at all


def read_addressees(tokens: TokenisedText, zones: Zones) -> list[Reading]:
    """Who the document is sent to: behind "Kính gửi:", or the items below it."""
    lines = sorted((*zones.head, *zones.body), key=lambda line: line.index)
    labels = ((i, _ADDRESSEES.match(tokens.folded, line.start, line.end)) for i, line in enumerate(lines))
    at, label = next(((i, match) for i, match in labels if match), (_unlabelled(tokens, zones, lines), None))
    if at is None:
        return []
    items: list[list[Span]] = []
    if label and label.end() < lines[at].end:
        items.append([_without_bullet(tokens, label.end(), lines[at].end)])
    for line in lines[at + 1 : at + 30]:
        if label and _stands_left(line, lines[at]):
            continue
        bullet = _ITEM.match(tokens.text, line.start, line.end)
        if label and not items and not bullet and _is_indented(tokens, line):
            bullet = _MISREAD_BULLET.match(tokens.text, line.start, line.end)
        closed = bool(items) and tokens.text[items[-1][-1][1] - 1] in ".;"
        if bullet and not (items and tokens.text[items[-1][-1][1] - 1] == "."):
            items.append([(bullet.end(), line.end)])
        elif items and not closed and not bullet and _goes_on(tokens, items, line):
            items[-1].append((line.start, line.end))
        else:
            break
    found = [item for spans in items if (item := _addressee(tokens, spans))]
    return found if label else [item.model_copy(update={"status": "inferred"}) for item in found]


def _unlabelled(tokens: TokenisedText, zones: Zones, lines: list[TextLine]) -> int | None:
    """Index before the first item where a stamp covers "Kính gửi": items far from the margin at the top of the text."""
    for line in zones.body[:_FIRST_LINES]:
        if (
            _is_indented(tokens, line)
            and line.role is Role.BODY
            and not is_capitals(line.text)
            and _ITEM.match(tokens.text, line.start, line.end)
        ):
            return lines.index(line) - 1
    return None


def _is_indented(tokens: TokenisedText, line: TextLine) -> bool:
    """True for a line of text, not of a table, that stands far from the margin."""
    if line.box is None or line.cell is not None:
        return False
    return line.box.x0 > _INDENTED * tokens.frames[line.page].width


def _stands_left(line: TextLine, label: TextLine) -> bool:
    """True for what a stamp beside the addressees left in the margin."""
    return line.box is not None and label.box is not None and line.box.x1 < label.box.x0


def _without_bullet(tokens: TokenisedText, start: int, end: int) -> Span:
    bullet = _ITEM.match(tokens.text, start, end)
    return (bullet.end() if bullet else start, end)


def _goes_on(tokens: TokenisedText, items: list[list[Span]], line: TextLine) -> bool:
    """An addressee wraps onto a second line that begins small, or that stands as far right as the first."""
    if OPENS.match(tokens.folded, line.start, line.end) or len(items[-1]) > 2:
        return False
    if line.text[0].islower() or _WITHOUT_NAME.fullmatch(tokens.folded, *items[-1][-1]):
        return True
    alone = len(items) == 1 and not _is_indented(tokens, line)  # else the text begins
    return not alone and len(line.text) < 60 and tokens.text[items[-1][-1][1] - 1] == ","


def _addressee(tokens: TokenisedText, spans: list[Span]) -> Reading | None:
    value = " ".join(" ".join(tokens.text[slice(*span)].split()) for span in spans).rstrip(" ;.,:")
    if sum(map(str.isalpha, value)) <= 3:
        return None
    faint = confidence_of(tokens, spans, weakest=True) < _FAINT
    return reading(tokens, value, spans, "addressee", strength=0.93, status="inferred" if faint else "read")
