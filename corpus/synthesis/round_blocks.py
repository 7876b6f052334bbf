"""Text of a story's paper to blocks: ``# heading``, ``## subheading``, ``- bullet``, ``| table |``, ``^ centred``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.synthesis.documents import Align, Block, Column, Paragraph, Table
from corpus.synthesis.markup import plain

__all__ = ["blocks_of"]

_NARROW = 12  # letters: cells up to here are centred
_WIDEST = 34  # letters from which a column grows no wider, its cells wrap


def blocks_of(text: str) -> tuple[Block, ...]:
    """One block a line; rows of a table stand on successive lines, the first is its heading."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    blocks: list[Block] = []
    for is_table, lines_of_kind in groupby(lines, key=lambda line: line.startswith("|")):
        group = list(lines_of_kind)
        blocks += [_table(group)] if is_table else [_paragraph(line) for line in group]
    return tuple(blocks)


def _paragraph(line: str) -> Paragraph:
    mark, _, rest = line.partition(" ")
    match mark:
        case "#":
            return Paragraph(f"*{rest}*", keep_with_next=True)
        case "##":
            return Paragraph(f"*_{rest}_*", keep_with_next=True)
        case "^":
            return Paragraph(rest, Align.CENTRE, space=4, keep_with_next=True)
    return Paragraph(line)


def _table(lines: Sequence[str]) -> Table:
    heading, *rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    columns = []
    for index, title in enumerate(heading):
        widest = max(len(plain(row[index])) for row in rows)
        share = min(max(widest, *(len(word) for word in title.split())), _WIDEST) + 2.0
        columns.append(Column(title, share, Align.CENTRE if widest <= _NARROW else Align.LEFT))
    return Table(tuple(columns), tuple(rows))
