"""Digesting one document: look at it, read it, extract its record, write its result folder."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.ledger import now
from corpus.pages_json import document_to_json
from corpus.store import PAGES, RECORD, RESTORED, SEARCHABLE, TEXT, record_to_json, stage
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
from sohoa.inputs import Fingerprint, Input, escaped, fingerprint
from sohoa.plain_text import read_plain_text
from sohoa.settings import DEFAULT_SETTINGS, Settings

__all__ = [
    "Digested",
    "Task",
    "count_pages",
    "digest",
    "engine_name",
    "record_of_file",
    "text_and_record_of_file",
    "version",
]

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
    """A result, written to disk but not yet in its place."""

    staged: Path
    pages: int
    started_at: str


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


def digest(task: Task, on_page: Callable[[Page], None] | None = None) -> Digested:
    """Read a document and write all its files into a staged folder.

    Raises:
        HeldSecretError: It is marked MẬT or higher and the settings do not allow that; nothing was written.
        SohoaError: It cannot be read, or its result cannot be written.
    """
    started_at = now()
    document, text, record = _read(task, on_page)
    _refuse_secret(record, task)
    with stage(task.out) as folder:
        (folder / TEXT).write_text(text.as_read, "utf-8", newline="\n")
        if text.is_restored:
            (folder / RESTORED).write_text(text.text, "utf-8", newline="\n")
        if document is not None:
            (folder / PAGES).write_text(document_to_json(document), "utf-8", newline="\n")
            record = _with_warnings(record, _write_pdf(task, document, folder))
        if document is not None and task.settings.evidence:
            write_evidence(task.item.paths, record, folder, limits=task.settings.limits.as_limits())
        (folder / RECORD).write_text(record_to_json(record), "utf-8", newline="\n")
    return Digested(folder, record.source.pages, started_at)


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
    _, text, record = _read(task, None)
    _refuse_secret(record, task)
    return text, record


def _read(task: Task, on_page: Callable[[Page], None] | None) -> tuple[Document | None, RestoredText, Record]:
    source = Source(name=task.item.name, sha256=task.fingerprint.sha256, bytes=task.fingerprint.bytes, pages=1)
    settings = task.settings
    if _kind(task) is Kind.TEXT:
        text = restored_text(read_plain_text(task.item.paths[0], settings.limits.as_limits()))
        record = extract_text(text.as_read, task.item.name, text, _places(settings.places))
        source.pages = record.source.pages
        return None, text, record.model_copy(update={"source": source})  # the file's bytes, not those of its NFC
    document = read_document(
        task.item.paths,
        name=task.item.name,
        limits=settings.limits.as_limits(),
        page_seconds=settings.page_seconds,
        on_page=on_page,
    )
    source.pages = len(document.pages)
    text = restored_document(document)
    return document, text, extract_document(document, source, text, _places(settings.places))


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
            raise
        return ("searchable_pdf_left_out: the PDF cannot be rebuilt",)


def _with_warnings(record: Record, warnings: tuple[str, ...]) -> Record:
    return record.model_copy(update={"warnings": [*record.warnings, *warnings]})
