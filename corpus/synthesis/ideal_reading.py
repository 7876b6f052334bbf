"""The pages that a faultless reader would find on a fictional document: words, lines, roles and table cells.

No picture is drawn and no OCR runs, so that what comes after reading can be measured apart from it, and fast.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.synthesis import documents
from corpus.synthesis.markup import Atom
from corpus.synthesis.sheets import PageRules, Placed, Sheet, group_width
from corpus.synthesis.typesetting import typeset
from ocr.tree import Box, Cell, Document, Line, Page, Role, TextFrom, Word

__all__ = ["read_ideally"]

_ASCENT, _DESCENT = 0.7, 0.2  # of the type size, above and below the base line
_SURE = 0.99


def read_ideally(papers: Iterable[documents.Document], name: str, rules: PageRules | None = None) -> Document:
    """The pages of ``papers``, one after the other, without stamps and signatures.

    Args:
        papers: Documents that lie in one file.
        name: Of the file.
        rules: Page geometry.
    """
    sheets = [sheet for paper in papers for sheet in typeset(paper, rules or PageRules())]
    return Document(name, tuple(_page(number, sheet) for number, sheet in enumerate(sheets, start=1)))


def _page(number: int, sheet: Sheet) -> Page:
    rules = sheet.rules_of_page
    lines = _lines(sheet)
    return Page(number, rules.width, rules.height, lines, text_from=TextFrom.IMAGE, vietnamese=1.0)


def _lines(sheet: Sheet) -> tuple[Line, ...]:
    ordered = sorted(sheet.words, key=lambda placed: (placed.zone, placed.line))
    lines: list[Line] = []
    rows = _Rows(sheet)
    for _, group in groupby(ordered, key=lambda placed: (placed.zone, placed.line)):
        placed = list(group)
        if placed[0].role is Role.TABLE:
            lines += rows.lines_of(placed)
        else:
            lines.append(Line(_words(placed), placed[0].role))
    return tuple(lines)


class _Rows:
    """Counts tables and rows from top to bottom; the rules around the cells tell the columns."""

    def __init__(self, sheet: Sheet) -> None:
        self.upright = [rule for rule in sheet.rules if rule.x0 == rule.x1]
        self.table, self.row, self.bottom = -1, 0, -1.0

    def lines_of(self, placed: Sequence[Placed]) -> list[Line]:
        baseline = placed[0].baseline
        around = [rule for rule in self.upright if rule.y0 < baseline < rule.y1]
        if abs(around[0].y0 - self.bottom) > 1:
            self.table, self.row = self.table + 1, -1
        self.row, self.bottom = self.row + 1, around[0].y1
        edges = sorted(rule.x0 for rule in around)
        lines = []
        by_cell = sorted(placed, key=lambda p: (bisect(edges, p.x), p.baseline, p.x))
        for (column, _), group in groupby(by_cell, key=lambda p: (bisect(edges, p.x), p.baseline)):
            lines.append(Line(_words(list(group)), Role.TABLE, Cell(self.table, self.row, column - 1)))
        return lines


def _words(placed: Sequence[Placed]) -> tuple[Word, ...]:
    """Atoms that no space parts are one word."""
    words: list[list[Placed]] = []
    for one in placed:
        if one.atom.glued and words:
            words[-1].append(one)
        else:
            words.append([one])
    return tuple(_word(parts) for parts in words)


def _word(parts: Sequence[Placed]) -> Word:
    first, last = parts[0], parts[-1]
    size = max(part.atom.face.size for part in parts)
    box = Box(first.x, first.baseline - size * _ASCENT, last.x + _width(last.atom), first.baseline + size * _DESCENT)
    return Word("".join(part.atom.text for part in parts), box, _SURE)


def _width(atom: Atom) -> float:
    return group_width([atom])
