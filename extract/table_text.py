"""Tables of plain text: fields parted by tabs or bars, or words set in columns with spaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import regex

from extract.evidence import Span
from extract.table_grid import Grid, GridRow, cell_at
from extract.tokens import TextLine, TokenisedText

__all__ = ["text_grids"]

_BAR = regex.compile(r"\|")
_TAB = regex.compile(r"\t")
_WIDE = regex.compile(r" {3,}")
_RULE = regex.compile(r"[\s|:+=_-]{3,400}")
_FIELD = regex.compile(r"\S(?:.*\S)?")
_LEAST_ROWS = 3
_MOST_FIELDS = 60
# A line longer than this is no row of a table that anybody typed.
_LONGEST_ROW = 2_000


def text_grids(tokens: TokenisedText, lines: Sequence[TextLine]) -> Iterator[Grid]:
    """Grids of plain text where they cannot be mistaken: at least three neighbouring rows of as many fields."""
    for _, run in groupby(_numbered(tokens, lines), key=lambda item: (item[1], item[0].page)):
        found = [(line, parting) for line, parting, _ in run]
        parting = found[0][1]
        if parting is not None:
            rows = [line for line, _ in found if not _RULE.fullmatch(line.text)]
            grid = _grid(tokens, rows, parting)
            if grid is not None:
                yield grid


def _numbered(
    tokens: TokenisedText, lines: Sequence[TextLine]
) -> Iterator[tuple[TextLine, regex.Pattern[str] | None, int]]:
    """Each line with what parts its fields; an empty line ends a table, so it changes that to None."""
    before: TextLine | None = None
    for line in lines:
        if before is not None and tokens.text.count("\n", before.end, line.start) > 1:
            yield line, None, 0  # the line itself follows with its own parting
        yield line, _parting(line.text), 0
        before = line


def _parting(text: str) -> regex.Pattern[str] | None:
    if len(text) > _LONGEST_ROW:
        return None
    bars, tabs = text.count("|"), text.count("\t")
    if bars >= 2 or (text.startswith("|") and bars):
        return _BAR
    if tabs:
        return _TAB
    return _WIDE if len(_WIDE.findall(text)) >= 2 else None


def _grid(tokens: TokenisedText, lines: Sequence[TextLine], parting: regex.Pattern[str]) -> Grid | None:
    fields: Callable[[TextLine], list[tuple[int, Span]]] = (
        _spaced(tokens, lines) if parting is _WIDE else _parted(parting)
    )
    rows = [fields(line) for line in lines]
    width = max((column for row in rows for column, _ in row), default=-1) + 1
    if len(rows) < _LEAST_ROWS or not 2 <= width <= _MOST_FIELDS or not _is_regular(rows, width):
        return None
    cells = [
        GridRow(line.page, tuple(cell_at(tokens, column, [span]) for column, span in row))
        for line, row in zip(lines, rows, strict=True)
        if row
    ]
    return Grid(tuple(cells), width, lines[0].start, lines[-1].end, ruled=parting is _BAR)


def _is_regular(rows: Sequence[Sequence[tuple[int, Span]]], width: int) -> bool:
    """Most rows have most of the columns."""
    return sum(len(row) >= 0.6 * width for row in rows) >= max(_LEAST_ROWS, 0.6 * len(rows))


def _parted(parting: regex.Pattern[str]) -> Callable[[TextLine], list[tuple[int, Span]]]:
    def fields(line: TextLine) -> list[tuple[int, Span]]:
        first = 1 if line.text.startswith("|") else 0
        found: list[tuple[int, Span]] = []
        start = 0
        for column, piece in enumerate(parting.split(line.text)):
            field = _FIELD.search(piece)
            if field is not None:
                at = line.start + start
                found.append((column - first, (at + field.start(), at + field.end())))
            start += len(piece) + 1
        return found

    return fields


def _spaced(tokens: TokenisedText, lines: Sequence[TextLine]) -> Callable[[TextLine], list[tuple[int, Span]]]:
    """Fields by the characters' columns: positions where no line has a letter part them."""
    bands: list[list[int]] = []
    for low, high in sorted(piece for line in lines for piece in _stretches(tokens, line)):
        if bands and low < bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], high)
        else:
            bands.append([low, high])

    def fields(line: TextLine) -> list[tuple[int, Span]]:
        margin = _margin(tokens, line)
        found = []
        for low, high in _stretches(tokens, line):
            column = next(index for index, band in enumerate(bands) if band[0] <= low < band[1])
            found.append((column, (low - margin + line.start, high - margin + line.start)))
        return found

    return fields


def _stretches(tokens: TokenisedText, line: TextLine) -> list[tuple[int, int]]:
    margin = _margin(tokens, line)
    start, found = 0, []
    for gap in _WIDE.finditer(line.text):
        found.append((margin + start, margin + gap.start()))
        start = gap.end()
    return [*found, (margin + start, margin + len(line.text))]


def _margin(tokens: TokenisedText, line: TextLine) -> int:
    """Characters before the line's first letter."""
    return line.start - (tokens.text.rfind("\n", 0, line.start) + 1)
