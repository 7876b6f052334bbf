"""The documents of a file told apart: a scan often holds a submission, its list, minutes and a report.

On pages a document begins at the top of a page; in plain text, whose page ends may be lost, where its head or annex
mark leaves no doubt. A page that shows no sign belongs to the document before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from extract import part_signs as signs
from extract.tokens import TextLine, TokenisedText
from extract.zones import is_capitals
from ocr.tree import Document, Role

__all__ = ["Stretch", "find_parts", "owner_of", "printed_numbers", "top_lines", "view_of"]

_TOP = 0.45  # of the page height: titles of minutes and annexes stand above, behind stamps and logos
_TOP_LINES = 24
_HEAD_LINES = 10  # of a page, in which title and "(Kèm theo ..." stand
_BEFORE_MOTTO = 8  # lines of plain text between the top of a left head and the motto beside it
_FORM_BLANKS = 2  # dotted lines in the head of a form
_MOST_PARTS = 200
_ASIDE = {Role.INCOMING_STAMP, Role.STAMP, Role.SIGNATURE_BOX, Role.COPY_BLOCK, Role.PAGE_NUMBER}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one document; ``annex`` for what is attached to the document before it."""

    lines: tuple[TextLine, ...]
    start: int
    end: int
    annex: bool = False

    @property
    def pages(self) -> list[int]:
        """Pages with text; blank ones belong to nobody."""
        return sorted({line.page for line in self.lines})

    def holds(self, position: int) -> bool:
        """Whether a character of the text belongs to this document."""
        return self.start <= position < self.end


@dataclass(frozen=True, slots=True)
class _Start:
    """A document begins with the line ``index``."""

    index: int
    annex: bool


def find_parts(tokens: TokenisedText, numbers: Mapping[int, int] | None = None) -> list[Stretch]:
    """The documents of a file in their order, which together have all of its lines; at least one.

    Args:
        tokens: The whole file.
        numbers: Printed page numbers by page, where they were read.
    """
    starts = _page_starts(tokens, numbers or {}) if tokens.has_boxes else _text_starts(tokens)
    indexes = [0, *(start.index for start in starts), len(tokens.lines)]
    annexes = [False, *(start.annex for start in starts)]
    bounds = [0, *(tokens.lines[start.index].start for start in starts), len(tokens.text)]
    return [
        Stretch(tokens.lines[indexes[at] : indexes[at + 1]], bounds[at], bounds[at + 1], annex)
        for at, annex in enumerate(annexes)
    ]


def view_of(tokens: TokenisedText, stretch: Stretch) -> TokenisedText:
    """The same text with the lines of one document only; spans count in the whole file."""
    if len(stretch.lines) == len(tokens.lines):
        return tokens
    return tokens.with_lines(stretch.lines)


def printed_numbers(document: Document) -> dict[int, int]:
    """Page numbers as printed, by page; what engines made of the others ("Á" for 4) is left out."""
    found = {}
    for page in document.pages:
        for line in page.lines:
            if line.role is Role.PAGE_NUMBER and line.text.strip(" -–").isdecimal():
                found[page.number] = int(line.text.strip(" -–"))
    return found


def owner_of(stretches: Sequence[Stretch], at: int) -> int | None:
    """The document that an annex belongs to: the nearest before it that is none itself; None for other documents."""
    if not stretches[at].annex:
        return None
    return next((before for before in range(at - 1, -1, -1) if not stretches[before].annex), None)


# --- pages --------------------------------------------------------------------------------------------------------


def _page_starts(tokens: TokenisedText, numbers: Mapping[int, int]) -> list[_Start]:
    starts: list[_Start] = []
    ended = in_annex = False
    for page, group in groupby(tokens.lines, key=lambda line: line.page):
        lines = list(group)
        if lines[0].index > 0 and len(starts) < _MOST_PARTS:
            kind = _begins(tokens, lines, page, numbers, ended=ended, in_annex=in_annex)
            if kind is not None:
                starts.append(_Start(lines[0].index, annex=kind))
                ended, in_annex = False, kind
        ended = ended or any(signs.ends_document(tokens, line) for line in lines)
    return starts


def _begins(
    tokens: TokenisedText,
    lines: Sequence[TextLine],
    page: int,
    numbers: Mapping[int, int],
    *,
    ended: bool,
    in_annex: bool,
) -> bool | None:
    """Whether an annex (True) or another document (False) begins with a page; None where neither does."""
    top = _top(tokens, lines, page)
    motto = next((at for at, line in enumerate(top) if signs.is_motto(tokens, line)), None)
    above = top[:motto] if motto is not None else top[:_HEAD_LINES]
    if any(signs.is_annex_mark(tokens, line) for line in list(takewhile(_is_short, above))) or _names_its_document(
        tokens, above
    ):
        return True
    if motto is not None and not any(signs.is_prose(line) for line in above):
        if not _is_form(top):
            return False
        return None if in_annex else True
    restarts = numbers.get(page + 1) == 2 and numbers.get(page, 1) == 1 and numbers.get(page - 1, 1) > 1
    goes_on = page in numbers and numbers.get(page - 1) == numbers[page] - 1
    if (ended or restarts) and not goes_on and _is_titled(tokens, above):
        return False
    return None


def top_lines(tokens: TokenisedText) -> list[TextLine]:
    """The first lines of a document from the top: head and title, stamps and cells left out."""
    if not tokens.lines:
        return []
    page = tokens.lines[0].page
    first = list(takewhile(lambda line: line.page == page, tokens.lines))
    return _top(tokens, first, page)


def _top(tokens: TokenisedText, lines: Sequence[TextLine], page: int) -> list[TextLine]:
    if not tokens.has_boxes:
        return list(lines[:_TOP_LINES])
    limit = _TOP * tokens.frames[page].height
    printed = [line for line in lines if line.role not in _ASIDE and line.box is not None and line.box.y0 < limit]
    printed = [line for line in printed if line.cell is None and sum(map(str.isalpha, line.text)) > 1]
    return sorted(printed, key=lambda line: line.box.y0 if line.box else 0.0)[:_TOP_LINES]


def _is_short(line: TextLine) -> bool:
    return not signs.is_prose(line)


def _names_its_document(tokens: TokenisedText, above: Sequence[TextLine]) -> bool:
    """A title with "(Kèm theo Tờ trình số ...)" below it."""
    at = next((at for at, line in enumerate(above) if signs.is_attached(tokens, line)), None)
    if at is None or not 0 < at < _HEAD_LINES:
        return False
    return any(is_capitals(line.text) or signs.is_annex_mark(tokens, line) for line in above[:at])


def _is_form(top: Sequence[TextLine]) -> bool:
    return sum(signs.has_blanks(line) for line in top) >= _FORM_BLANKS


def _is_titled(tokens: TokenisedText, top: Sequence[TextLine]) -> bool:
    """A title in capitals with nothing but a head above it."""
    for line in top[:_HEAD_LINES]:
        if signs.is_title(tokens, line):
            return True
        if not (is_capitals(line.text) or signs.is_number_line(tokens, line) or signs.is_form_mark(tokens, line)):
            return False
    return False


# --- plain text ---------------------------------------------------------------------------------------------------


def _text_starts(tokens: TokenisedText) -> list[_Start]:
    starts: list[_Start] = []
    first, ended, in_annex, has_text, after_motto = 0, False, False, False, -_BEFORE_MOTTO
    for at, line in enumerate(tokens.lines):
        if len(starts) == _MOST_PARTS:
            break
        new: _Start | None = None
        has_text = has_text or signs.is_prose(line)
        if signs.is_motto(tokens, line):
            if at - after_motto > 2:
                new = _head_around(tokens, first, at, ended=ended, has_text=has_text, in_annex=in_annex)
            after_motto = at
        elif signs.is_attached(tokens, line):
            new = _annex_around(tokens, first, at, ended=ended)
        elif signs.is_annex_mark(tokens, line) and (ended or _opens_page(tokens, at)):
            new = _Start(at, annex=True) if at > first + 1 else None
        if new is not None:
            starts.append(new)
            first, ended, in_annex, has_text = new.index, False, new.annex, False
        ended = ended or signs.ends_document(tokens, line)
    return starts


def _head_around(
    tokens: TokenisedText, first: int, at: int, *, ended: bool, has_text: bool, in_annex: bool
) -> _Start | None:
    """The head that a motto belongs to: organs and number stand above it where columns were read one by one."""
    start = at
    for above in _upwards(tokens, first, at):
        line = tokens.lines[above]
        lettered = any(map(str.isalpha, line.text))  # "*" and rules stand between organs and number
        headed = signs.is_number_line(tokens, line) or signs.is_form_mark(tokens, line)
        if lettered and not (is_capitals(line.text) or headed):
            break
        if signs.ends_document(tokens, line):
            break
        start = above
    head = tokens.lines[start : at + _HEAD_LINES]
    numbered = any(signs.is_number_line(tokens, line) for line in head)
    if start <= first + 1 or not (ended or in_annex or (numbered and has_text) or _opens_page(tokens, start)):
        return None
    if _is_form(head):
        return None if in_annex else _Start(start, annex=True)
    return _Start(start, annex=False)


def _annex_around(tokens: TokenisedText, first: int, at: int, *, ended: bool) -> _Start | None:
    """The title above a line "(Kèm theo ...": the last lines in capitals before it, and what stands above those."""
    above = _upwards(tokens, first, at)
    start = next((index for index in above if _may_title(tokens, tokens.lines[index])), None)
    if start is None:
        return None
    for index in _upwards(tokens, first, start):
        if not _may_title(tokens, tokens.lines[index]):
            break
        start = index
    if start <= first + 1 or not (ended or _opens_page(tokens, start)):
        return None
    return _Start(start, annex=True)


def _may_title(tokens: TokenisedText, line: TextLine) -> bool:
    """Capitals or "Phụ lục I", not the signature block or a recipient ("- Lưu: VT") of the document before."""
    titled = is_capitals(line.text) or signs.is_annex_mark(tokens, line)
    return titled and not line.text.startswith("-") and not signs.ends_document(tokens, line)


def _upwards(tokens: TokenisedText, first: int, at: int) -> Iterator[int]:
    """Lines above ``at`` on its page, from below."""
    for index in range(at - 1, max(first, at - _BEFORE_MOTTO) - 1, -1):
        if tokens.lines[index].page != tokens.lines[at].page:
            return
        yield index


def _opens_page(tokens: TokenisedText, at: int) -> bool:
    return at > 0 and tokens.lines[at].page != tokens.lines[at - 1].page
