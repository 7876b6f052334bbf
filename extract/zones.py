"""Zones of a document: which lines are head, body and foot.

Scans bring roles from the layout. Plain text, and pages whose roles are missing, are zoned by what their lines say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import regex

from extract.document_types import title_pattern
from extract.tokens import TextLine, TokenisedText
from ocr.tree import Role

__all__ = ["Zones", "is_capitals", "zones_of"]

_HEAD_ROLES = {Role.HEAD_LEFT, Role.HEAD_RIGHT}
_ASIDE = {Role.INCOMING_STAMP, Role.STAMP, Role.SIGNATURE_BOX, Role.COPY_BLOCK, Role.PAGE_NUMBER}
_LONGEST_HEAD = 30
_MOST_OF_A_SPECK = 4  # letters
_SPECK_HEIGHT = 7.0  # points; text of 11 points, the smallest in use, has boxes of 8 and more
_BODY_STARTS = regex.compile(
    r"\W{0,3}(?:kinh\s{1,3}gui|can\s{1,3}cu\s|thuc\s{1,3}hien\s|dieu\s{1,3}1\b|i\.\s|1\.\s|hom\s{1,3}nay)"
)
_HEAD_SIGNS = regex.compile(
    r"c\w{0,2}ng\s{0,2}h\w{1,2}\s{0,2}xa\s|d\w{1,3}c\s{1,3}l\wp\s|^\W{0,3}s[o06]\s{0,3}[:.;]\s|cong\s{1,3}san\s{1,3}viet|"
    r"ngay[^\n]{1,14}thang[^\n]{1,14}nam|^\W{0,3}s[o06]\s{0,3}:?\s{0,3}\d{1,5}\s?[-/]"
)
_RECIPIENTS = regex.compile(r"n[oe]i\s{1,3}nh[aâ]n")
_SECRETARY = regex.compile(r"(?:thu\s?ky|chu\s?(?:toa|tri)|dai\s?dien|nguoi\s(?:lap|ghi))\b[^.:]{0,50}$")
_LONGEST_FOOT = 40  # lines
_LONGEST_FOOT_LINE = 110  # characters: recipients on one line reach 100
_NEW_TEXT = regex.compile(r"(?:dieu\s{1,3}\d{1,3}[a-z]?\s?[.:]|chuong\s{1,3}[ivx\d]{1,5}\b|phan\s{1,3}(?:thu|[ivx]))")
_AUTHORITY = regex.compile(r"(?:t/?m|k/?t|t/?l|t/?uq|q)\s?[.,]\s{0,2}[a-z]")


@dataclass(frozen=True)
class Zones:
    """Lines by zone; ``roles`` tells whether the layout gave them (True) or they were guessed from plain text."""

    head: tuple[TextLine, ...]
    body: tuple[TextLine, ...]
    foot: tuple[TextLine, ...]
    stamps: tuple[TextLine, ...]
    signature_boxes: tuple[TextLine, ...]
    roles: bool
    above_body: tuple[TextLine, ...] = ()  # of the head page: for heads that the layout could not split


@lru_cache(maxsize=1024)
def is_capitals(text: str) -> bool:
    """True for a line set in capitals: at least seven letters of ten (OCR loses a few).

    Three in five calls are about a line that another part of the record has asked about.
    """
    capitals = sum(map(str.isupper, text))
    return capitals >= 2 and capitals >= 0.7 * sum(map(str.isalpha, text))


def zones_of(tokens: TokenisedText) -> Zones:
    """Sort the lines of a document into zones."""
    main = [line for line in tokens.lines if line.role not in _ASIDE and not _is_speck(line)]
    first_page = main[0].page if main else 1
    head_pages = [line.page for line in main if line.role in _HEAD_ROLES]
    if head_pages:
        head = [line for line in main if line.page == head_pages[0] and line.role in _HEAD_ROLES]
    else:
        head = _guess_head(tokens, (line for line in main if line.page == first_page))
    # "HỎA TỐC" beside "CÔNG ĐIỆN" looks like two blocks of a foot, but the text is still to come.
    text = next((line.index for line in main if line.role in {Role.BODY, Role.TABLE}), 0)
    foot = [line for line in main if line.role in {Role.FOOT_LEFT, Role.FOOT_RIGHT} and line.index > text]
    foot = foot or _guess_foot(tokens, main)
    head = [line for line in head if not _is_title(tokens, line)]
    outside = {line.index for line in (*head, *foot)}
    return Zones(
        head=tuple(head),
        body=tuple(line for line in main if line.index not in outside),
        foot=tuple(foot),
        stamps=tuple(line for line in tokens.lines if line.role is Role.STAMP),
        signature_boxes=tuple(line for line in tokens.lines if line.role is Role.SIGNATURE_BOX),
        roles=bool(head_pages),
        above_body=tuple(_guess_head(tokens, (line for line in main if line.page == head[0].page))) if head else (),
    )


def _is_title(tokens: TokenisedText, line: TextLine) -> bool:
    """A document's title that stands so far right, or so near the motto, that the layout took it for the head's."""
    return (
        line.role is Role.HEAD_RIGHT
        and is_capitals(line.text)
        and title_pattern().match(tokens.folded, line.start, line.end) is not None
    )


def _is_speck(line: TextLine) -> bool:
    """Dust, rules and edges of seals that were read as punctuation or as a letter or two of no height."""
    if line.box is None:
        return False
    if line.box.height >= _SPECK_HEIGHT:
        return not any(map(str.isalnum, line.text))
    return sum(map(str.isalnum, line.text)) <= _MOST_OF_A_SPECK


def _guess_head(tokens: TokenisedText, lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines above title, addressees or legal bases, if any of them looks like a head at all."""

    def above_body(line: TextLine) -> bool:
        folded = tokens.folded[line.start : line.end]
        return not (_BODY_STARTS.match(folded) or (is_capitals(line.text) and title_pattern().match(folded)))

    head = list(takewhile(above_body, list(lines)[:_LONGEST_HEAD]))
    signs = [line for line in head if _HEAD_SIGNS.search(tokens.folded[line.start : line.end])]
    return head if signs else []


def _guess_foot(tokens: TokenisedText, lines: list[TextLine]) -> list[TextLine]:
    """From "Nơi nhận", the first authority line or (minutes) the secretary's title on, a short block."""
    for at, line in enumerate(lines):
        folded = tokens.folded[line.start : line.end].lstrip()
        opens = _AUTHORITY.match(folded) or _SECRETARY.match(folded)
        if at > len(lines) // 8 and (_RECIPIENTS.match(folded) or (opens and is_capitals(line.text))):
            foot = lines[at : at + _LONGEST_FOOT]
            after = next((i for i, line in enumerate(foot[1:], 1) if _is_text_again(tokens, line)), len(foot))
            return foot[:after]
    return []


def _is_text_again(tokens: TokenisedText, line: TextLine) -> bool:
    """An article, or a line too long for a signature block that is no item of a list: an annex follows the foot."""
    if _NEW_TEXT.match(tokens.folded, line.start, line.end):
        return True
    return len(line.text) > _LONGEST_FOOT_LINE and not line.text.startswith(("-", "–", "+")) and ";" not in line.text
