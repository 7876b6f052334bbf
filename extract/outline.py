"""The outline (bố cục) of a document: its headings from Phần to dashes, as a tree with the place of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

import regex

from extract.evidence import Span, where_and_confidence
from extract.outline_marks import Kind, Mark, marks_of
from extract.outline_tree import Break, Node, build_tree
from extract.paragraphs import paragraph_starts
from extract.record import Heading
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones, is_capitals
from ocr.tree import Role

__all__ = ["Outline", "read_outline"]

Level = Literal["part", "chapter", "section", "subsection", "article", "clause", "point", "dash"]
# NĐ 30/2020/NĐ-CP and TT 01/2011/TT-BNV: phần, chương, mục, tiểu mục, điều, khoản, điểm; or phần, I., 1., a).
_LEVELS: dict[Kind, Level] = {
    Kind.PART: "part",
    Kind.CHAPTER: "chapter",
    Kind.SECTION: "section",
    Kind.SUBSECTION: "subsection",
    Kind.ARTICLE: "article",
    Kind.CAPITAL: "part",
    Kind.ROMAN: "section",
    Kind.NUMBER: "clause",
    Kind.BRACKET: "clause",
    Kind.LETTER: "point",
    Kind.SMALL_ROMAN: "point",
    Kind.DASH: "dash",
    Kind.PLUS: "dash",
    Kind.STAR: "dash",
}
_TITLE_BELOW = {Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION}  # "Chương I" stands on a line of its own
_BASIS = regex.compile(r"\W{0,3}(?:can\s{1,3}cu\b|theo\s{1,3}de\s{1,3}nghi\b|xet\s{1,3}de\s{1,3}nghi\b)")
_ADDRESSEES = regex.compile(r"\W{0,3}kinh\s{1,3}gui\b")
_QUOTED = regex.compile(r"[“\"](?=\s?(?:\p{Lu}\p{Ll}{1,6}\s[\dIVX]|\d|[IVX]{1,4}\.|[a-zđ]\)))")
_QUOTE_ENDS = regex.compile(r"[”\"]\s{0,2}[.;,/]{0,2}$")
_LONGEST_QUOTATION = 400  # lines
_LONGEST_TITLE = 300  # characters
_TITLE_LINES = 12
_SENTENCE_END = regex.compile(r"[.;:](?=\s)")
_MOST_WARNINGS = 20


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings, and warnings ``outline_sequence: page 2: Điều 7 after Điều 5`` where their numbers break off."""

    headings: list[Heading]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that opens with a mark; ``at`` is its place among the lines."""

    at: int
    marks: list[Mark]


def read_outline(tokens: TokenisedText, zones: Zones) -> Outline:
    """The outline of the body; rows of tables, legal bases and quoted amendments are no headings of the document."""
    lines = [line for line in zones.body if line.cell is None and line.role is not Role.TABLE]
    starts = paragraph_starts(tokens, lines)
    rows = list(_rows(tokens, lines, starts))
    roots, breaks = build_tree([row.marks for row in rows])
    headings = [_heading(tokens, lines, starts, rows, root, ()) for root in roots]
    return Outline(headings, _warnings(lines, rows, breaks))


def _rows(tokens: TokenisedText, lines: Sequence[TextLine], starts: Sequence[bool]) -> Iterator[_Row]:
    passed = _quotations(lines, starts)
    addressed, preamble = False, True
    for at, line in enumerate(lines):
        if not starts[at] or at in passed:
            continue
        if _ADDRESSEES.match(tokens.folded, line.start, line.end):
            addressed = True
            continue
        marks = marks_of(line.text)
        dash = bool(marks) and not marks[0].kind.counts
        addressed = addressed and dash
        title = line.start + marks[0].end if marks else line.start
        if not marks or addressed or (dash and preamble and _BASIS.match(tokens.folded, title, line.end)):
            continue
        preamble = preamble and dash
        yield _Row(at, marks)


def _quotations(lines: Sequence[TextLine], starts: Sequence[bool]) -> set[int]:
    """Lines of articles and clauses that an amending document quotes, from “ to ”."""
    inside: set[int] = set()
    opened: int | None = None
    for at, line in enumerate(lines):
        if opened is None and starts[at] and _QUOTED.match(line.text):
            opened = at
        if opened is not None and at - opened > _LONGEST_QUOTATION:
            opened = None
        if opened is not None and _QUOTE_ENDS.search(line.text):
            inside.update(range(opened, at + 1))
            opened = None
    return inside


def _heading(
    tokens: TokenisedText,
    lines: Sequence[TextLine],
    starts: Sequence[bool],
    rows: Sequence[_Row],
    node: Node,
    above: tuple[Kind, ...],
) -> Heading:
    first = rows[node.row].at
    spans = _spans(lines, starts, first, node.mark)
    span = (spans[0][0], spans[-1][1])
    printed = " ".join(" ".join(tokens.text[slice(*part)].split()) for part in spans)
    strength = 0.96 if node.mark.exact and node.placed else 0.75
    places, confidence = where_and_confidence(tokens, spans)
    children = [_heading(tokens, lines, starts, rows, child, (*above, node.mark.kind)) for child in node.children]
    return Heading(
        level=_level(node.mark.kind, above),
        number=node.mark.number or None,
        title=_title(printed, lines[first].text[: node.mark.end]),
        raw=tokens.text[slice(*span)],
        where=places,
        span=span,
        confidence=round(strength * confidence, 3),
        status="read" if node.mark.exact else "inferred",
        children=children,
    )


def _level(kind: Kind, above: tuple[Kind, ...]) -> Level:
    """1) below a) is a point, elsewhere a clause."""
    below_letter = kind is Kind.BRACKET and bool({Kind.LETTER, Kind.NUMBER} & set(above))
    return "point" if below_letter else _LEVELS[kind]


def _spans(lines: Sequence[TextLine], starts: Sequence[bool], first: int, mark: Mark) -> list[Span]:
    """Mark and title, line by line; a long paragraph ends with a sentence."""
    opening = lines[first]
    bare = not opening.text[mark.end :].strip()
    taken = [opening]
    for at in range(first + 1, min(first + _TITLE_LINES, len(lines))):
        line = lines[at]
        goes_on = not starts[at] or _capitals_go_on(taken[-1], line)
        if not goes_on and not (bare and len(taken) == 1 and mark.kind in _TITLE_BELOW and _may_be_title(line)):
            break
        taken.append(line)
        if line.start - opening.start > _LONGEST_TITLE:
            break
    return _cut([(line.start, line.end) for line in taken], lines[first], taken)


def _capitals_go_on(before: TextLine, line: TextLine) -> bool:
    """A title in capitals that wraps: its first line ends far from the margin, because capitals are wide."""
    open_end = not before.text.rstrip().endswith((".", ";", ":", "/"))
    return open_end and is_capitals(before.text) and is_capitals(line.text) and not marks_of(line.text)


def _may_be_title(line: TextLine) -> bool:
    return not marks_of(line.text) and len(line.text) < _LONGEST_TITLE / 2


def _cut(spans: list[Span], opening: TextLine, taken: Sequence[TextLine]) -> list[Span]:
    if spans[-1][1] - opening.start <= _LONGEST_TITLE:
        return spans
    kept: list[Span] = []
    for (start, end), line in zip(spans, taken, strict=True):
        room = opening.start + _LONGEST_TITLE - start
        if room >= end - start:
            kept.append((start, end))
            continue
        stops = [stop.end() for stop in _SENTENCE_END.finditer(line.text, 0, max(room, 0))]
        space = line.text.rfind(" ", 0, max(room, 0))
        cut = stops[-1] if stops else space if space > 0 or kept else room
        return [*kept, (start, start + cut)] if cut > 0 else kept
    return kept


def _title(printed: str, mark: str) -> str:
    return printed[len(" ".join(mark.split())) :].strip(" .;:,")


def _warnings(lines: Sequence[TextLine], rows: Sequence[_Row], breaks: Sequence[Break]) -> list[str]:
    told = [
        f"outline_sequence: page {lines[rows[item.row].at].page}: {_named(item.kind, item.number)} after "
        + (_named(item.kind, item.before) if item.before else "nothing")
        for item in breaks
    ]
    more = len(told) - _MOST_WARNINGS
    return told if more <= 0 else [*told[:_MOST_WARNINGS], f"outline_sequence: {more} more"]


def _named(kind: Kind, number: str) -> str:
    words = takewhile(str.isalpha, kind.value.replace(" ", ""))
    return f"{kind.value} {number}" if len(list(words)) > 1 else number
