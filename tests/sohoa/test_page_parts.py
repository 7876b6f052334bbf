"""Parts on disk are one document, of which no more than a page is in memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from corpus.pages_json import document_pieces
from normalize.errors import DamagedInputError, UsageError
from ocr.tree import Box, DigitalSignature, Document, Line, Page, TextFrom, Word
from sohoa.digest import Task
from sohoa.inputs import Fingerprint, Input
from sohoa.page_parts import Part, joined_document
from sohoa.settings import DEFAULT_SETTINGS

_SIZE = 4


def _page(number: int) -> Page:
    words = tuple(Word(f"chữ{at}", Box(at, 10, at + 1, 20), 0.9) for at in range(300))
    return Page(number, 595, 842, (Line(words),), TextFrom.IMAGE, vietnamese=0.9)


def _parts(folder: Path, pages: int) -> list[Part]:
    item = Input("a.pdf", (folder / "a.pdf",))
    task = Task(item, Fingerprint("0" * 64, 1), folder, DEFAULT_SETTINGS)
    signatures = (DigitalSignature("Văn thư", None, None),)
    parts = []
    for first in range(1, pages + 1, _SIZE):
        numbers = range(first, min(first + _SIZE, pages + 1))
        parts.append(Part(task, numbers, folder / f"{first:05}.json"))
        read = Document("a.pdf", tuple(map(_page, numbers)), signatures, ("signed",))
        parts[-1].path.write_text("\n".join(document_pieces(read)), "utf-8")
    return parts


def test_the_pages_are_those_of_the_parts(tmp_path: Path) -> None:
    document = joined_document(_parts(tmp_path, 11))
    assert (document.name, document.warnings, len(document.signatures)) == ("a.pdf", ("signed",), 1)
    assert list(document.pages) == [_page(number) for number in range(1, 12)]
    assert len(document.pages) == 11
    assert document.pages[-1] == _page(11)
    assert document.pages[3:5] == [_page(4), _page(5)]
    with pytest.raises(IndexError):
        document.pages[11]


def test_going_through_many_pages_takes_the_memory_of_few(tmp_path: Path) -> None:
    document = joined_document(_parts(tmp_path, 80))
    tracemalloc.start()
    words = sum(1 for page in document.pages for _ in page.words)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert words == 80 * 300
    assert most < 2_000_000  # all of them take 11 MB


def test_a_part_that_is_missing_or_damaged_is_told(tmp_path: Path) -> None:
    parts = _parts(tmp_path, 11)
    with pytest.raises(UsageError, match="missing"):
        joined_document([parts[0], parts[2]])
    parts[1].path.write_text(parts[1].path.read_text("utf-8").replace('"words"', '"wörds"'), "utf-8")
    with pytest.raises(DamagedInputError):
        joined_document(parts)
