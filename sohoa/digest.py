"""Digesting one document: look at it, read it, extract its record, write its result folder."""

from __future__ import annotations

import errno
import importlib.metadata
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.ledger import Phase
from corpus.pages_json import document_pieces
from corpus.record_json import record_pieces
from corpus.store import PAGES, RECORD, RESTORED, SEARCHABLE, TEXT, stage
from extract.place_lists import PlaceList
from extract.read_record import extract_document, extract_text
from extract.record import Record, Source
from extract.restored_text import RestoredText, restored_document, restored_text
from normalize.errors import HeldSecretError, OutputError, UnsupportedInputError
from ocr.read import read_document
from ocr.searchable import write_searchable
from ocr.sniff import Kind, sniff
from ocr.sources import open_source
from ocr.tesseract import TesseractEngine
from ocr.tree import Document, Page
from sohoa.evidence import write_evidence
from sohoa.executors import Tell, silent
from sohoa.inputs import Fingerprint, Input, escaped, fingerprint
from sohoa.plain_text import read_plain_text
from sohoa.room import require_room
from sohoa.settings import DEFAULT_SETTINGS, Settings

__all__ = [
    "Digested",
    "Task",
    "count_pages",
    "digest",
    "digest_read",
    "engine_name",
    "record_of_file",
    "text_and_record_of_file",
    "version",
]

_NO_SPACE = os.strerror(errno.ENOSPC)
_TEXT_ENDINGS = {".txt", ".text", ""}


@dataclass(frozen=True, slots=True)
class Task:
    """One document to digest; can be sent to another process."""

    item: Input
    fingerprint: Fingerprint
    out: Path
    settings: Settings


@dataclass(frozen=True, slots=True)
class Digested:
    """A result, written to disk but not yet in its place.

    Attributes:
        staged: Its folder.
        pages: How many were read.
        confidence: Mean over the words, 0..1; None where none was read by OCR or from a layer.
    """

    staged: Path
    pages: int
    confidence: float | None = None


def version() -> str:
    """The version of sohoa."""
    return importlib.metadata.version("sohoa")


def engine_name() -> str:
    """Name, version and model of the OCR engine."""
    return TesseractEngine().name


def count_pages(task: Task) -> int:
    """Open the document and count its pages; a text is one page.

    Raises:
        InputError: It cannot be read.
    """
    if _kind(task) is Kind.TEXT:
        return 1
    with open_source(task.item.paths, name=task.item.name, limits=task.settings.limits.as_limits()) as source:
        return source.page_count


def digest(task: Task, tell: Tell = silent) -> Digested:
    """Read a document and write all its files into a staged folder.

    Raises:
        HeldSecretError: It is marked MẬT or higher and the settings do not allow that; nothing was written.
        DiskFullError: There is no room for its result.
        SohoaError: It cannot be read, or its result cannot be written.
    """
    if _kind(task) is Kind.TEXT:
        require_room(task.out, task.fingerprint.bytes, 1, task.settings)
        return _write(task, None, *_read_text(task), tell)
    return digest_read(task, _read_pages(task, tell), tell)


def digest_read(task: Task, document: Document, tell: Tell = silent) -> Digested:
    """As :func:`digest`, of a document whose pages have been read."""
    require_room(task.out, task.fingerprint.bytes, len(document.pages), task.settings)
    tell(Phase.EXTRACTING)
    return _write(task, document, *_extract(task, document), tell)


def _write(task: Task, document: Document | None, text: RestoredText, record: Record, tell: Tell) -> Digested:
    _refuse_secret(record, task)
    tell(Phase.WRITING)
    with stage(task.out) as folder:
        (folder / TEXT).write_text(text.as_read, "utf-8", newline="\n")
        if text.is_restored:
            (folder / RESTORED).write_text(text.text, "utf-8", newline="\n")
        if document is not None:
            _write_pieces(folder / PAGES, document_pieces(document))
            record = _with_warnings(record, _write_pdf(task, document, folder))
        if document is not None and task.settings.evidence:
            write_evidence(task.item.paths, record, folder, limits=task.settings.limits.as_limits())
        _write_pieces(folder / RECORD, record_pieces(record))
    return Digested(folder, record.source.pages, None if document is None else _mean_confidence(document.pages))


def _write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a text that need not be in memory as a whole: that of 3,000 pages has 100 MB."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def record_of_file(path: Path, settings: Settings = DEFAULT_SETTINGS) -> Record:
    """The record of one file; nothing is written.

    Raises:
        SohoaError: As :func:`digest`.
    """
    return text_and_record_of_file(path, settings)[1]


def text_and_record_of_file(path: Path, settings: Settings = DEFAULT_SETTINGS) -> tuple[RestoredText, Record]:
    """The text of one file, as read and restored, and its record; nothing is written.

    Raises:
        SohoaError: As :func:`digest`.
    """
    item = Input(escaped(path.name), (path,))
    task = Task(item, fingerprint(item, settings.limits.as_limits()), Path(), settings)
    is_text = _kind(task) is Kind.TEXT
    text, record = _read_text(task) if is_text else _extract(task, _read_pages(task, silent))
    _refuse_secret(record, task)
    return text, record


def _read_text(task: Task) -> tuple[RestoredText, Record]:
    settings = task.settings
    text = restored_text(read_plain_text(task.item.paths[0], settings.limits.as_limits()))
    record = extract_text(text.as_read, task.item.name, text, _places(settings.places))
    # The file's bytes, not those of its NFC.
    return text, record.model_copy(update={"source": _source(task, record.source.pages)})


def _read_pages(task: Task, tell: Tell) -> Document:
    return read_document(
        task.item.paths,
        name=task.item.name,
        limits=task.settings.limits.as_limits(),
        page_seconds=task.settings.page_seconds,
        on_page=lambda _page: tell(Phase.READING),
    )


def _extract(task: Task, document: Document) -> tuple[RestoredText, Record]:
    text = restored_document(document)
    places = _places(task.settings.places)
    return text, extract_document(document, _source(task, len(document.pages)), text, places)


def _source(task: Task, pages: int) -> Source:
    return Source(name=task.item.name, sha256=task.fingerprint.sha256, bytes=task.fingerprint.bytes, pages=pages)


@cache
def _places(path: Path | None) -> PlaceList | None:
    return None if path is None else PlaceList.load(path)


def _kind(task: Task) -> Kind:
    if len(task.item.paths) > 1:
        return Kind.IMAGE
    path = task.item.paths[0]
    kind = sniff(path, task.settings.limits.as_limits())
    if kind is Kind.OTHER or (kind is Kind.TEXT and path.suffix.lower() not in _TEXT_ENDINGS):
        raise UnsupportedInputError(
            f"{task.item.name} is neither a PDF nor an image nor a text, whatever its name says."
        )
    return kind


def _refuse_secret(record: Record, task: Task) -> None:
    secrecy = record.document.secrecy
    # Any reading of a mark holds the document, a weak one too: releasing a secret cannot be undone.
    if secrecy is not None and secrecy.status != "absent" and not task.settings.allow_secret:
        raise HeldSecretError(f"{task.item.name} is marked MẬT or higher; it is held and nothing of it is written.")


def _write_pdf(task: Task, document: Document, folder: Path) -> tuple[str, ...]:
    """Write ``searchable.pdf``; warnings for the record. A PDF that cannot be rebuilt costs no one the text."""
    out = folder / SEARCHABLE
    try:
        return write_searchable(task.item.paths, document, out, signed=task.settings.signed)
    except OutputError as error:
        if isinstance(error.__cause__, OSError):  # the disk, not the document
            raise error.__cause__ from None
        if _NO_SPACE in str(error.__cause__):  # qpdf says it in words only
            raise OSError(errno.ENOSPC, _NO_SPACE) from None
        return ("searchable_pdf_left_out: the PDF cannot be rebuilt",)


def _with_warnings(record: Record, warnings: tuple[str, ...]) -> Record:
    return record.model_copy(update={"warnings": [*record.warnings, *warnings]})


def _mean_confidence(pages: Iterable[Page]) -> float | None:
    whole, words = 0.0, 0
    for page in pages:
        for word in page.words:
            whole += word.confidence
            words += 1
    return whole / words if words else None
