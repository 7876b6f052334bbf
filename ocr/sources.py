"""Opening what is to be read: a PDF, an image, or several images that are the pages of one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from normalize.errors import UnsupportedInputError, UsageError
from ocr.engine import RgbImage
from ocr.image_files import ImageSource
from ocr.limits import DEFAULT_LIMITS, Limits
from ocr.pdf_source import PdfSource
from ocr.sniff import Kind, display_name, sniff
from ocr.tree import Box, DigitalSignature, Word

__all__ = ["Kind", "Source", "SourcePage", "open_source", "sniff"]


class SourcePage(Protocol):
    """One page as displayed, in points, origin top left. Valid until the next page is asked for."""

    @property
    def number(self) -> int:
        """From 1."""

    @property
    def width(self) -> float:
        """Displayed width in points."""

    @property
    def height(self) -> float:
        """Displayed height in points."""

    @property
    def native_dpi(self) -> float:
        """Pixels per inch of the page's main image as drawn; 0 without images."""

    @property
    def image_coverage(self) -> float:
        """Share of the page that lies under images, 0..1."""

    @property
    def layer_coverage(self) -> float:
        """Share of the page's inked area under the words of its text layer, 0..1; draws the page once."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Short codes with detail after a colon; drawing and reading add to them."""

    def affordable_dpi(self, dpi: int) -> int:
        """``dpi``, or the highest resolution below it that the limits allow.

        Raises:
            TooLargeError: No resolution fits.
        """

    def render(self, dpi: int) -> RgbImage:
        """The page as displayed at ``affordable_dpi(dpi)``: ``round(points * dpi / 72)`` pixels each way.

        Raises:
            InputError: This page cannot be drawn; others may.
        """

    def layer_words(self) -> list[Word]:
        """Words of the page's own text layer with boxes in displayed points; empty where there is none."""

    def layer_rules(self) -> list[Box]:
        """Rules that a page with a text layer draws, lying and standing, as thin boxes in displayed points."""


class Source(Protocol):
    """An open document."""

    @property
    def name(self) -> str:
        """For display only."""

    @property
    def kind(self) -> str:
        """``pdf`` or ``images``."""

    @property
    def page_count(self) -> int:
        """At least 1."""

    @property
    def signatures(self) -> tuple[DigitalSignature, ...]:
        """Digital signatures found in the file's structure, not verified."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Short codes for the file as a whole."""

    def pages(self) -> Iterator[SourcePage]:
        """Pages in order, one open at a time."""

    def page(self, number: int) -> AbstractContextManager[SourcePage]:
        """The page of that number, open within the ``with``."""


@contextmanager
def open_source(paths: Sequence[Path], *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Iterator[Source]:
    """Open one document.

    Args:
        paths: One PDF, one image, or images that are its pages in this order.
        name: For display; the first file's name by default.
        limits: What is refused before pixels are made.

    Yields:
        The source; closed on leaving.

    Raises:
        NotFoundError: A path is no regular file.
        EmptyInputError: A file has no bytes.
        UnsupportedInputError: A file is neither a PDF nor an image, or a PDF is to be joined with others.
        DamagedInputError: Corrupt beyond repair.
        NoPagesError: A PDF without pages.
        EncryptedInputError: A password is needed.
        TooLargeError: Beyond ``limits``.
    """
    if not paths:
        raise UsageError("No file to open.")
    kinds = [sniff(path, limits) for path in paths]
    _refuse_unsupported(paths, kinds)
    shown = name or display_name(paths[0])
    with ExitStack() as stack:
        if kinds[0] is Kind.PDF:
            yield PdfSource(paths[0], shown, limits, stack)
        else:
            yield ImageSource(paths, shown, limits)


def _refuse_unsupported(paths: Sequence[Path], kinds: Sequence[Kind]) -> None:
    for path, kind in zip(paths, kinds, strict=True):
        if kind is Kind.TEXT:
            raise UnsupportedInputError(f"{display_name(path)} is a text.", "Texts have no pages: `sohoa extract` it.")
        if kind is Kind.OTHER:
            raise UnsupportedInputError(f"{display_name(path)} is neither a PDF nor an image, whatever its name says.")
        if kind is Kind.PDF and len(kinds) > 1:
            raise UnsupportedInputError(
                f"{display_name(path)} is a PDF and cannot be a page of another document.", "Read it by itself."
            )
