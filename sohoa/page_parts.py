"""The pages of a long document, read in parts by several workers and joined: each part a file until then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import overload

from corpus.ledger import Phase
from corpus.pages_json import document_from_json, document_pieces, page_from_json
from corpus.store import write_whole
from ocr.read import joined, read_pages
from ocr.tree import Document, Page
from sohoa.digest import Task
from sohoa.executors import Tell

__all__ = ["Part", "joined_document", "read_part"]


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of a long document, by their numbers from 1; they are written to ``path``."""

    task: Task
    numbers: range
    path: Path


def read_part(part: Part, tell: Tell) -> None:
    """Read a part and write its file, a page a line, whole or not at all.

    Args:
        part: What to read.
        tell: Hears of every page.

    Raises:
        SohoaError: The document cannot be opened, or the part not be written.
    """
    task = part.task
    read = read_pages(
        task.item.paths,
        pages=part.numbers,
        name=task.item.name,
        limits=task.settings.limits.as_limits(),
        page_seconds=task.settings.page_seconds,
        on_page=lambda _page: tell(Phase.READING),
    )
    write_whole(part.path, "\n".join(document_pieces(read)).encode())


def joined_document(parts: Sequence[Part]) -> Document:
    """The document of parts that were read, in their order; its pages stay on disk.

    Raises:
        SohoaError: No page of it could be read.
    """
    with parts[0].path.open("rb") as file:
        without_pages = document_from_json(file.readline().decode() + "]}")
    return joined(without_pages, _PagesOnDisk([part.path for part in parts]))


class _PagesOnDisk(Sequence[Page]):
    """Pages that are read from the files of their parts when they are asked for: each would take 0.2 MB."""

    def __init__(self, parts: Sequence[Path]) -> None:
        self._places = [(path, start) for path in parts for start in _starts_of_pages(path)]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> list[Page]: ...
    def __getitem__(self, index: int | slice) -> Page | list[Page]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        path, start = self._places[index]
        with path.open("rb") as file:
            file.seek(start)
            return page_from_json(file.readline().decode())


def _starts_of_pages(path: Path) -> list[int]:
    """Where the lines of a part's file begin, without the first and the last."""
    with path.open("rb") as file:
        return list(accumulate(map(len, file), initial=0))[1:-2]
