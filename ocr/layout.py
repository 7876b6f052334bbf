"""Words of a page -> lines in reading order, each with what it is on the page."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Sequence

from ocr.columns import common_gutter, newspaper_run, split_at
from ocr.engine import Engine, RawLine, RawWord
from ocr.foot import find_feet
from ocr.head import find_head
from ocr.prepared import PreparedPage
from ocr.roles import (
    copy_block_top,
    page_numbers,
    split_incoming_stamp,
    split_red,
    split_signature_boxes,
)
from ocr.rows import Row, group, typical_height, without
from ocr.rules import Grid, find_grids
from ocr.tables import read_tables
from ocr.tree import Role

__all__ = ["lay_out"]

_log = logging.getLogger(__name__)


def lay_out(
    words: Sequence[RawWord],
    prepared: PreparedPage,
    engine: Engine,
    *,
    number: int,
    seconds: float,
    grids: Sequence[Grid] | None = None,
) -> list[RawLine]:
    """Lines of one page: signature boxes, head left and right, body and tables, foot left and right, stamps, numbers.

    Every word comes out once, except in cells of tables that were read again.

    Args:
        words: In pixels of ``prepared``, in any order; their blocks and lines are not relied on.
        prepared: The page image; its rules make the tables.
        engine: Reads doubtful table cells again.
        number: Of the page, from 1.
        seconds: Time limit for those second readings.
        grids: The page's tables and frames, where they are known from elsewhere than its image.
    """
    if not words:
        return []
    height, width = prepared.gray.shape
    unit = typical_height(words)

    if grids is None:
        grids = find_grids(prepared.gray, prepared.dpi)
    red, printed = split_red(words)
    incoming_red, red = split_incoming_stamp(red, [], height, prepared.dpi, unit)
    boxes, printed = split_signature_boxes(printed, width, height, unit)
    incoming, printed = split_incoming_stamp(printed, grids, height, prepared.dpi, unit)
    tables, printed = read_tables(printed, grids, prepared.gray, prepared.dpi, engine, seconds=seconds)
    head = find_head(printed, width, height, unit)
    if head:
        printed = without(printed, [*head.left, *head.right])
    numbers = page_numbers(group(printed, math.inf, unit), width, height, first_page=head is not None)
    printed = without(printed, (word for row in numbers for word in row.words))
    copy, printed = _below(printed, copy_block_top(printed, height, unit))
    feet = find_feet(printed, width, unit)
    printed = without(printed, (word for foot in feet for column in foot.columns for word in column))

    _log.debug(
        "page %d: %d words, %d tables, %d feet, head: %s", number, len(words), len(tables), len(feet), bool(head)
    )
    # Body, tables and feet follow each other down the page.
    flow = _body(group(printed, math.inf, unit), width, unit)
    flow.extend((table.top, list(table.lines)) for table in tables)
    for foot in feet:
        left, *others = foot.columns
        lines = _lines(left, Role.FOOT_LEFT, unit)
        for column in others:
            lines.extend(_lines(column, Role.FOOT_RIGHT, unit))
        flow.append((foot.top, lines))
    return [
        *(line for box in boxes for line in _lines(box, Role.SIGNATURE_BOX, unit)),
        *_lines(head.left if head else (), Role.HEAD_LEFT, unit),
        *_lines(head.right if head else (), Role.HEAD_RIGHT, unit),
        *(line for _, lines in sorted(flow, key=lambda item: item[0]) for line in lines),
        *_column_lines(copy, Role.COPY_BLOCK, width, unit),
        *_lines((*incoming, *incoming_red), Role.INCOMING_STAMP, unit),
        *_lines(red, Role.STAMP, unit),
        *(RawLine(row.words, Role.PAGE_NUMBER) for row in numbers),
    ]


def _body(rows: Sequence[Row], width: float, unit: float) -> list[tuple[float, list[RawLine]]]:
    """Lines of running text with the height at which they stand; two columns are one piece, left before right."""
    run = newspaper_run(rows, width, unit)
    first, last = (run.first, run.last) if run else (0, 0)
    pieces = [(row.middle, [RawLine(row.words, Role.BODY)]) for row in (*rows[:first], *rows[last:])]
    if run:
        words = [word for row in rows[first:last] for word in row.words]
        columns = split_at(words, run.x)
        pieces.append((rows[first].middle, [line for side in columns for line in _lines(side, Role.BODY, unit)]))
    return pieces


def _lines(words: Iterable[RawWord], role: Role, unit: float) -> list[RawLine]:
    return [RawLine(row.words, role) for row in group(list(words), math.inf, unit)]


def _column_lines(words: Sequence[RawWord], role: Role, width: float, unit: float) -> list[RawLine]:
    """The left column's lines, then the right one's; across where no gutter parts them."""
    gutter = common_gutter(group(words, math.inf, unit), width, unit)
    columns = split_at(words, gutter) if gutter else (words,)
    return [line for column in columns for line in _lines(column, role, unit)]


def _below(words: Sequence[RawWord], top: float | None) -> tuple[list[RawWord], list[RawWord]]:
    """Words at or below ``top``, and those above; none below without ``top``."""
    if top is None:
        return [], list(words)
    below = [word for word in words if (word.y0 + word.y1) / 2 >= top]
    return below, without(words, below)
