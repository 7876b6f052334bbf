"""The part of a record that stands in one stretch of its file's text."""

from __future__ import annotations

from collections.abc import Sequence

from extract.record import Record, Table

__all__ = ["begins", "stretch"]


def begins(table: Table, default: int) -> int:
    """Where the table begins in the text; ``default`` where nothing tells."""
    return min((cell.span[0] for row in table.rows for cell in row.cells if cell.span), default=default)


def stretch(record: Record, tables: Sequence[Table], start: int, end: int) -> Record:
    """The record with ``tables``, and those of its values and headings that begin in the stretch."""
    return record.model_copy(
        update={
            "tables": list(tables),
            "values": [v for v in record.values if v.span is None or start <= v.span[0] < end],
            "outline": [h for h in record.outline if h.span is None or start <= h.span[0] < end],
        }
    )
