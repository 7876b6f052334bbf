"""Tables without rules: rows whose words stand in the same columns on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from extract.quantities import NUMBER
from extract.table_grid import Grid, GridCell, GridRow, cell_at
from extract.table_rows import is_ordinal, is_serial_title
from extract.token_places import Edges
from extract.tokens import TextLine, TokenisedText
from normalize.folding import fold_aligned
from ocr.tree import Box, Role

__all__ = ["aligned_grids"]

# All in heights of a line. Spaces of justified text reach one; columns are parted by more.
_GAP = 1.3
_SAME_START = 1.2
_NEXT_LINE = 2.6
_LEAST_ROWS = 3
# Between two rows of several pieces at most so many lines of one piece: the rest of a cell, a group.
_MOST_SINGLE = 2
# Share of the rows in which a column must have words.
_LEAST_FILLED = 0.5
_NUMBER = regex.compile(rf"[-–(]?{NUMBER}\s?%?\)?")
_WORD = regex.compile(r"\S+")
_LISTED = regex.compile(r"(?:[-–+*•]|\(?\d{1,3}[.)])\s")
# Letters of running text are about this wide; a line whose letters take more has gaps.
_LETTER = 0.5


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a line with no wide gap between them."""

    start: int
    end: int
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of the page in its pieces."""

    line: TextLine
    box: Box
    pieces: tuple[_Piece, ...]


def aligned_grids(tokens: TokenisedText, lines: Iterable[TextLine]) -> Iterator[Grid]:
    """Grids of rows that are aligned in columns without rules, in the order of the text."""
    for run in _runs([_printed(tokens, line) for line in lines if line.box is not None]):
        grid = _grid(tokens, run)
        if grid is not None:
            yield grid


def _printed(tokens: TokenisedText, line: TextLine) -> _Printed:
    box = line.box
    if box is None or line.role is not Role.BODY or line.cell is not None or _is_dense(line.text, box):
        return _Printed(line, box or Box(0, 0, 0, 0), ())
    words = list(_words(tokens, line))
    unit = median(low - top for _, _, (_, top, _, low) in words)
    pieces: list[_Piece] = []
    for start, end, (left, _, right, _) in words:
        if pieces and left - pieces[-1].x1 <= _GAP * unit:
            pieces[-1] = _Piece(pieces[-1].start, end, pieces[-1].x0, max(right, pieces[-1].x1))
        else:
            pieces.append(_Piece(start, end, left, right))
    return _Printed(line, box, tuple(pieces))


def _is_dense(text: str, box: Box) -> bool:
    """True for a line that leaves no room for a gap: most of a document, and no boxes are looked up for it."""
    return len(text) > 25 and len(text) * _LETTER * box.height > box.width


def _words(tokens: TokenisedText, line: TextLine) -> Iterator[tuple[int, int, Edges]]:
    """Where each word of a line stands in the text, and on the page upright and straight."""
    for match in _WORD.finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        placed = tokens.placed([(start, end)])
        if placed:
            yield start, end, placed[0].straight


def _runs(lines: Sequence[_Printed]) -> Iterator[list[_Printed]]:
    """Stretches of neighbouring lines that begin and end with lines of several pieces."""
    run: list[_Printed] = []
    single = 0
    for line in lines:
        if run and not _follows(run[-1], line):
            yield run[: len(run) - single]
            run, single = [], 0
        if len(line.pieces) > 1:
            run.append(line)
            single = 0
        elif run and line.pieces and single < _MOST_SINGLE:
            run.append(line)
            single += 1
        elif run:
            yield run[: len(run) - single]
            run, single = [], 0
    if run:
        yield run[: len(run) - single]


def _follows(before: _Printed, line: _Printed) -> bool:
    if line.line.page != before.line.page or line.line.role is not Role.BODY or line.line.cell is not None:
        return False
    return line.box.y0 - before.box.y0 <= _NEXT_LINE * max(before.box.height, line.box.height)


def _grid(tokens: TokenisedText, run: Sequence[_Printed]) -> Grid | None:
    several = [line for line in run if len(line.pieces) > 1]
    if len(several) < _LEAST_ROWS or len(several) < 0.5 * len(run):
        return None
    columns = _columns(several)
    if len(columns) < 2:
        return None
    rows = _rows(tokens, run, columns)
    if len(rows) < _LEAST_ROWS or not _is_table(rows, len(columns)):
        return None
    return Grid(tuple(rows), len(columns), run[0].line.start, run[-1].line.end, ruled=False)


def _columns(several: Sequence[_Printed]) -> list[tuple[float, float]]:
    """The bands that the pieces stand in: what overlaps is one column."""
    pieces = sorted((piece for line in several for piece in line.pieces), key=lambda piece: piece.x0)
    bands: list[list[_Piece]] = []
    reach = float("-inf")
    for piece in pieces:
        if piece.x0 < reach:
            bands[-1].append(piece)
        else:
            bands.append([piece])
        reach = max(reach, piece.x1)
    return [(min(p.x0 for p in band), max(p.x1 for p in band)) for band in bands]


def _rows(tokens: TokenisedText, run: Sequence[_Printed], columns: Sequence[tuple[float, float]]) -> list[GridRow]:
    """Rows of cells; a line without words in the first column goes on with the cells above it."""
    rows: list[list[tuple[int, int, _Piece]]] = []  # column, columns, piece
    for line in run:
        placed = [(*_place(piece, columns), piece) for piece in line.pieces]
        goes_on = bool(rows) and placed[0][0] > 0 and len(placed) < len(columns) and _counts(tokens, rows)
        if goes_on:
            rows[-1].extend(placed)
        else:
            rows.append(placed)
    return [GridRow(run[0].line.page, tuple(_cells(tokens, row))) for row in rows]


def _counts(tokens: TokenisedText, rows: Sequence[Sequence[tuple[int, int, _Piece]]]) -> bool:
    """True when the last row begins with a serial number: what has none below it is its rest."""
    column, _, piece = rows[-1][0]
    text = tokens.text[piece.start : piece.end]
    return column == 0 and (is_ordinal(text) or _LISTED.match(text) is not None)


def _place(piece: _Piece, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The first column that a piece stands in, and how many it runs over."""
    held = [index for index, (x0, x1) in enumerate(columns) if piece.x0 < x1 and piece.x1 > x0]
    if not held:
        middle = (piece.x0 + piece.x1) / 2
        return min(range(len(columns)), key=lambda index: abs(sum(columns[index]) / 2 - middle)), 1
    return held[0], held[-1] - held[0] + 1


def _cells(tokens: TokenisedText, row: Sequence[tuple[int, int, _Piece]]) -> Iterator[GridCell]:
    for column in sorted({column for column, _, _ in row}):
        inside = [(columns, piece) for at, columns, piece in row if at == column]
        spans = [(piece.start, piece.end) for _, piece in inside]
        yield cell_at(tokens, column, spans, max(columns for columns, _ in inside))


def _is_table(rows: Sequence[GridRow], width: int) -> bool:
    """Whether rows in columns are beyond doubt a table or a list: serial numbers, figures, or a list's marks."""
    full = [row for row in rows if len(row.cells) > 1]
    filled = [sum(row.at(column) is not None for row in full) for column in range(width)]
    if len(full) < _LEAST_ROWS or min(filled) < _LEAST_FILLED * len(full) or not _starts_align(full, width):
        return False
    firsts = [cell for row in full if (cell := row.at(0)) is not None]
    serial = is_serial_title(fold_aligned(firsts[0].text))
    ordinals = [int(cell.text.strip("().")) for cell in firsts if cell.text.strip("().").isdecimal()]
    counted = len(ordinals) >= 2 and sum(b - a == 1 for a, b in pairwise(ordinals)) >= 0.6 * (len(ordinals) - 1)
    if serial or (counted and len(ordinals) >= 0.6 * (len(firsts) - 1)):
        return True
    listed = sum(_LISTED.match(cell.text) is not None for cell in firsts)
    if listed >= 0.8 * len(firsts):
        return True
    return width > 2 and any(_is_numeric([row.at(column) for row in full[1:]]) for column in range(1, width))


def _is_numeric(cells: Sequence[GridCell | None]) -> bool:
    there = [cell for cell in cells if cell is not None]
    return len(there) >= 2 and sum(_NUMBER.fullmatch(cell.text) is not None for cell in there) >= 0.7 * len(there)


def _starts_align(rows: Sequence[GridRow], width: int) -> bool:
    """The cells of each column begin, end or stand in the middle at one place in most rows."""
    return all(_aligned([cell.box for row in rows if (cell := row.at(column)) and cell.box]) for column in range(width))


def _aligned(boxes: Sequence[Box]) -> bool:
    if len(boxes) < 2:
        return False
    reach = _SAME_START * median(box.height for box in boxes)
    for edges in ([b.x0 for b in boxes], [b.x1 for b in boxes], [b.centre[0] for b in boxes]):
        middle = median(edges)
        if sum(abs(edge - middle) <= reach for edge in edges) >= 0.65 * len(edges):
            return True
    return False
