"""The searchable PDF: the pages as they look, with the words that were read as an invisible layer, as PDF/A-2b.

OCRmyPDF lays the words in and makes the PDF/A with its own means (no Ghostscript). It works on a cleaned copy; the
original is only read. A digital signature cannot survive any change, so what comes out of a signed original is an
unsigned access copy that says so.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import ocrmypdf
from ocrmypdf.pdfa import file_claims_pdfa

from normalize.errors import OutputError
from ocr.image_pdf import images_as_pdf
from ocr.pdf_clean import CleanCopy, clean_pdf
from ocr.searchable_plugin import pages_at_hand
from ocr.tree import Document, Page, TextFrom

__all__ = ["ACCESS_COPY_NOTE", "Signed", "write_searchable"]

Signed = Literal["access-copy", "none"]

ACCESS_COPY_NOTE = (
    "Bản sao để đọc và tìm kiếm, không có chữ ký số; bản gốc có chữ ký số được giữ nguyên. "
    "Unsigned access copy; the digitally signed original is kept unchanged."
)
_TOO_LARGE = "failed: too_large"
_NOISY = ("ocrmypdf", "fontTools", "fpdf", "pikepdf", "pdfminer")


def write_searchable(
    sources: Sequence[Path],
    document: Document,
    out: Path,
    *,
    signed: Signed = "access-copy",
    scratch: Path | None = None,
) -> tuple[str, ...]:
    """Write ``out`` from what was opened (one PDF, or images) and what was read.

    Args:
        sources: One PDF, or the images that are the document's pages, as they were read.
        document: The words, in displayed points.
        out: The PDF to write; it appears at once or not at all.
        signed: What to do with a digitally signed original: make an unsigned access copy, or nothing.
        scratch: Folder for working files, on the same disk as ``out``; ``out``'s own folder by default.

    Returns:
        Warnings, short codes with detail after a colon: ``not_pdfa`` where the result is a plain PDF,
        ``unsigned_access_copy``, ``signed_original`` where nothing was written because of ``signed``,
        ``searchable_pdf_left_out`` where drawing a page would take too long or too much memory.

    Raises:
        OutputError: The PDF cannot be written (its cause is an OSError then) or cannot be made.
    """
    if signed == "none" and document.signatures:
        return ("signed_original: no searchable copy made",)
    if any(_TOO_LARGE in page.warnings for page in document.pages):
        return ("searchable_pdf_left_out: it has a page that is too large to be drawn",)
    try:
        with tempfile.TemporaryDirectory(prefix=".searchable-", dir=scratch or out.parent) as folder:
            work = Path(folder)
            copy = clean_pdf(_as_pdf(sources, document, work), work, read_from_layer=_read_from_layer(document))
            if copy.signed and signed == "none":
                return ("signed_original: no searchable copy made",)
            result = _lay_words_in(copy, document, work)
            warnings = _describe(result, copy)
            result.replace(out)
    except Exception as error:  # OCRmyPDF, qpdf and img2pdf meet odd files with errors of every class
        raise OutputError(f"The searchable PDF of {document.name} cannot be made ({type(error).__name__}).") from error
    return warnings


def _as_pdf(sources: Sequence[Path], document: Document, work: Path) -> Path:
    with sources[0].open("rb") as start:
        if b"%PDF-" in start.read(1024):
            return sources[0]
    return images_as_pdf(sources, document.pages, work)


def _read_from_layer(document: Document) -> frozenset[int]:
    return frozenset(page.number for page in document.pages if page.text_from is TextFrom.LAYER)


def _lay_words_in(copy: CleanCopy, document: Document, work: Path) -> Path:
    """Run OCRmyPDF on the cleaned copy; pages that keep the text that was read get no second layer."""
    result = work / "searchable.pdf"
    pages = {
        page.number: at for at, page in enumerate(document.pages) if page.lines and page.number not in copy.own_text
    }

    def page_of(number: int) -> Page | None:
        return document.pages[pages[number]] if number in pages else None

    with _quiet(), _temporary_files_in(work), pages_at_hand(page_of):
        ocrmypdf.ocr(
            copy.path,
            result,
            plugins=["ocr.searchable_plugin"],
            language=["vie"],
            # Redoing lays words over text of the page's own; with pages named, the others are left alone.
            mode="redo" if pages else "skip",
            pages=",".join(map(str, sorted(pages))) or None,
            subject=ACCESS_COPY_NOTE if copy.signed else None,
            output_type="auto",
            pdfa_backend="internal",
            optimize=0,
            jobs=1,
            use_threads=True,
            progress_bar=False,
        )
    return result


def _describe(result: Path, copy: CleanCopy) -> tuple[str, ...]:
    warnings = []
    if not file_claims_pdfa(result)["pass"]:
        warnings.append("not_pdfa: searchable.pdf is a plain PDF")
    if copy.signed:
        warnings.append("unsigned_access_copy: searchable.pdf does not carry the original's digital signature")
    return tuple(warnings)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' log to ourselves: it quotes lines of the document."""
    levels = {name: logging.getLogger(name).level for name in _NOISY}
    try:
        for name in _NOISY:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """OCRmyPDF takes its working folder from ``tempfile``; ours goes when we go, even after a crash."""
    before = tempfile.tempdir
    tempfile.tempdir = os.fspath(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
