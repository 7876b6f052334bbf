"""A PDF as a source of pages: facts from qpdf, geometry and pictures from pdfium, words from pdfplumber."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedReader, BytesIO
from pathlib import Path

import pikepdf

from normalize.errors import DamagedInputError, NoPagesError, SohoaError, TooLargeError
from ocr.limits import Limits
from ocr.pdf_content import check_content
from ocr.pdf_geometry import PageGeometry
from ocr.pdf_page import PdfPage
from ocr.pdf_signatures import read_signatures
from ocr.pdf_triage import OpenedPdf, PageFacts, open_pdf, page_facts, written
from ocr.pdfium import PdfiumDocument
from ocr.sniff import open_regular
from ocr.text_layer import TextLayer

__all__ = ["PdfSource"]


class PdfSource:
    """One open PDF; see ``ocr.sources.Source``.

    Args:
        path: A PDF; the caller has looked that it is one.
        name: For display and messages.
        limits: What is refused before pixels are made.
        stack: Takes everything that has to be closed.

    Raises:
        InputError: The whole document cannot be read.
    """

    kind = "pdf"

    def __init__(self, path: Path, name: str, limits: Limits, stack: ExitStack) -> None:
        self.name = name
        self._limits = limits
        self._stack = stack
        self._path = path
        self._mended: bytes | None = None
        self._layer: TextLayer | None = None
        self._qpdf: OpenedPdf = open_pdf(self._open_file(), name, limits)
        if self._qpdf.pdf is not None:
            stack.callback(self._qpdf.pdf.close)
        self._pdfium = self._open_pdfium()
        self.page_count = self._qpdf.pages or len(self._pdfium)
        self.signatures = read_signatures(self._qpdf.pdf, self._geometry) if self._qpdf.pdf is not None else ()
        signed = (f"signed: {len(self.signatures)} digital signatures, not verified",) if self.signatures else ()
        self.warnings = (*self._qpdf.warnings, *signed)

    def pages(self) -> Iterator[PdfPage]:
        """Pages in order; each is open until the next one is asked for."""
        for number in range(1, self.page_count + 1):
            with self.page(number) as page:
                yield page

    @contextmanager
    def page(self, number: int) -> Iterator[PdfPage]:
        """One page, open within the ``with``. One that cannot be opened says so when it is to be drawn."""
        facts, qpdf_page = PageFacts(), None
        with ExitStack() as stack:
            try:
                if self._qpdf.pdf is not None:
                    qpdf_page = self._qpdf.pdf.pages[number - 1]
                    facts = page_facts(qpdf_page)
                    check_content(qpdf_page, self._limits)
                drawn = stack.enter_context(self._pdfium.page(number - 1))
                damaged = self._qpdf.repaired
                page = PdfPage(number, facts, self._limits, drawn, qpdf_page, self._text_layer, damaged)
            except SohoaError as error:
                page = PdfPage(number, facts, self._limits, failure=error)
            except pikepdf.PdfError:
                page = PdfPage(number, facts, self._limits, failure=DamagedInputError(f"Page {number} is corrupt."))
            yield page

    def _open_file(self) -> BufferedReader | BytesIO:
        """A handle of its own for each library: they move each other's reading position otherwise."""
        if self._mended is not None:
            return BytesIO(self._mended)
        handle = open_regular(self._path, self._limits)
        self._stack.callback(handle.close)
        return handle

    def _open_pdfium(self) -> PdfiumDocument:
        """The file as it is; where it is damaged, what qpdf has mended, so that all libraries see the same pages."""
        pdf, pages = self._qpdf.pdf, self._qpdf.pages or 0
        if pdf is None:
            return self._with_pages(self._pdfium_document(), 1)
        if not self._qpdf.repaired:
            with suppress(DamagedInputError, NoPagesError):  # pdfium gives up some files that qpdf passes
                return self._with_pages(self._pdfium_document(), pages)
        try:
            self._mended = written(pdf).getvalue()
        except (pikepdf.PdfError, RuntimeError) as error:
            raise DamagedInputError(f"{self.name} is cut short or corrupt.") from error
        return self._with_pages(self._pdfium_document(), pages)

    def _pdfium_document(self) -> PdfiumDocument:
        document = PdfiumDocument(self._open_file(), self.name)
        self._stack.callback(document.close)
        return document

    def _with_pages(self, document: PdfiumDocument, pages: int) -> PdfiumDocument:
        if len(document) < pages:
            raise NoPagesError(f"{self.name} shows {len(document)} of its pages.")
        if len(document) > self._limits.pages:
            raise TooLargeError(f"{self.name} has {len(document)} pages, the limit pages is {self._limits.pages}.")
        return document

    def _geometry(self, index: int) -> PageGeometry | None:
        if index >= self.page_count:
            return None
        with self.page(index + 1) as page:
            return page.geometry

    def _text_layer(self) -> TextLayer:
        if self._layer is None:
            self._layer = TextLayer(self._open_file(), self._page_ids())
        return self._layer

    def _page_ids(self) -> tuple[int, ...]:
        """Object numbers of the pages in the file that is read now; none where qpdf cannot walk the page tree."""
        if self._mended is not None:
            with pikepdf.open(BytesIO(self._mended)) as mended:
                return _object_numbers(mended)
        return _object_numbers(self._qpdf.pdf) if self._qpdf.pdf is not None else ()


def _object_numbers(pdf: pikepdf.Pdf) -> tuple[int, ...]:
    return tuple(page.obj.objgen[0] for page in pdf.pages)
