"""Where each document of a file begins and ends in the file's text."""

from __future__ import annotations

from collections.abc import Iterator

from appraise.dossier import ReadFile
from extract.record import Part, Reading

__all__ = ["paper_spans"]


def paper_spans(file: ReadFile) -> list[tuple[int, int]]:
    """One span for each of the record's parts, in their order, which together cover the text.

    A document that has its first page to itself begins at the top of it; one that begins within a page (plain text
    without page ends) where the first of its fields stands.
    """
    tops = _page_tops(file.text)
    starts: list[int] = []
    taken: set[int] = set()
    for part in file.record.parts:
        first = part.pages[0] if part.pages else None
        if first is not None and first not in taken and first <= len(tops):
            start = tops[first - 1]
        else:
            start = _line_start(file.text, min(_positions(part), default=len(file.text)))
        starts.append(max(start, starts[-1] if starts else 0))
        taken.update(part.pages)
    if starts:
        starts[0] = 0
    return list(zip(starts, [*starts[1:], len(file.text)], strict=True))


def _page_tops(text: str) -> list[int]:
    return [0, *(at + 1 for at, char in enumerate(text) if char == "\f")]


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _positions(part: Part) -> Iterator[int]:
    """Where the readings of a part begin; legal bases and the like may cite what stands before it, so do not count."""
    for _, field in part.document:
        if isinstance(field, Reading) and field.span is not None:
            yield field.span[0]
    yield from (value.span[0] for value in part.values if value.span is not None)
    yield from (heading.span[0] for heading in part.outline if heading.span is not None)
    yield from (cell.span[0] for table in part.tables for row in table.rows for cell in row.cells if cell.span)
