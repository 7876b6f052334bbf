"""The last step of a record: from the restored text, in which values were found, back to the text as it was read."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from extract.record import Contradiction, Heading, Record, TableCell
from extract.tokens import TokenisedText

__all__ = ["count_in_text_as_read"]


def count_in_text_as_read(record: Record, tokens: TokenisedText) -> None:
    """Let every span of a finished record count in the text as read instead of the restored one.

    Readings have their evidence from there already. Headings and cells, which are made of the text itself, become as
    sure as the words restored within them.
    """
    if not tokens.restored.edits:
        return
    seen: set[int] = set()  # the first part's fields stand in the record twice
    for item in _models(record):
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, Contradiction):
            item.spans = [tokens.restored.back(*span) for span in item.spans]
        elif (span := getattr(item, "span", None)) is not None:
            if isinstance(item, Heading | TableCell):
                _mark_restored(item, tokens, span)
            item.span = tokens.restored.back(*span)  # type: ignore[attr-defined]


def _mark_restored(item: Heading | TableCell, tokens: TokenisedText, span: tuple[int, int]) -> None:
    certainty = tokens.restored.certainty(*span)
    if isinstance(item, Heading):
        item.raw = tokens.printed(*span)
        item.status = "restored" if certainty is not None and item.status == "read" else item.status
    if certainty is not None:
        item.confidence = round(item.confidence * certainty, 3)


def _models(item: object) -> Iterator[BaseModel]:
    """All models within a model or list, itself included."""
    if isinstance(item, list):
        for part in item:
            yield from _models(part)
    elif isinstance(item, BaseModel):
        yield item
        for name in type(item).model_fields:
            yield from _models(getattr(item, name))
