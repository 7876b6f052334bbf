"""The pages of a long document, read in parts by several workers and joined: each part a file until then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.ledger import Phase
from corpus.pages_json import document_from_json, document_to_json
from corpus.store import write_whole
from ocr.read import joined, read_pages
from ocr.tree import Document
from sohoa.digest import Task
from sohoa.executors import Tell

__all__ = ["joined_document", "read_part"]


def read_part(task: Task, numbers: range, path: Path, tell: Tell) -> None:
    """Read some pages of a document and write them to ``path``, whole or not at all.

    Args:
        task: The document.
        numbers: Of its pages, from 1.
        path: The part's file.
        tell: Hears of every page.

    Raises:
        SohoaError: The document cannot be opened, or the part not be written.
    """
    part = read_pages(
        task.item.paths,
        pages=numbers,
        name=task.item.name,
        limits=task.settings.limits.as_limits(),
        page_seconds=task.settings.page_seconds,
        on_page=lambda _page: tell(Phase.READING),
    )
    write_whole(path, document_to_json(part).encode())


def joined_document(parts: Sequence[Path]) -> Document:
    """The document whose parts were written to ``parts``.

    Raises:
        SohoaError: No page of it could be read.
    """
    return joined([document_from_json(part.read_text("utf-8")) for part in parts])
