"""Reading a document: open, take each page's text from its layer or its image, lay the words out in lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from normalize.diagnosis import Damage, diagnose
from normalize.errors import EngineError, InputError, SohoaError, TimeLimitError, UsageError
from ocr.engine import Engine, RawLine, RawWord
from ocr.ink import separate_inks
from ocr.layer_rules import drawn_grids
from ocr.layout import lay_out
from ocr.limits import DEFAULT_LIMITS, Limits
from ocr.prepare import prepare
from ocr.prepared import PreparedPage
from ocr.recognise import recognise
from ocr.sources import Source, SourcePage, open_source
from ocr.tesseract import TesseractEngine
from ocr.tree import Document, Line, Page, TextFrom, Word

__all__ = ["PAGE_SECONDS", "joined", "read_document", "read_page", "read_pages"]

PAGE_SECONDS = 180.0
"""Time limit of one page: twenty times what an A4 page takes on an office PC."""

READING_DPI = 300
# Rules and red ink are all that is looked at on a page whose words come from its layer.
LAYER_DPI = 150
# Over a scan the layer is another engine's reading, and a light damage is its errors. Where the layer is the print
# itself, 3 % of right pages are called lightly damaged (names, abbreviations), and other languages are no damage.
GOOD_OVER_A_SCAN = frozenset({Damage.GOOD})
GOOD_IN_PRINT = frozenset({Damage.GOOD, Damage.LIGHT, Damage.FOREIGN})
# A layer that covers less of a scanned page's ink than this holds a signature box or a stamp, not the page. Stamps and
# signatures are ink without words: a whole layer covered 0.59 of a stamped last page, a signature box at most 0.1.
LEAST_LAYER_COVERAGE = 0.45

_FAILED = "failed: "


def read_document(
    paths: Sequence[Path],
    *,
    name: str | None = None,
    engine: Engine | None = None,
    limits: Limits = DEFAULT_LIMITS,
    page_seconds: float = PAGE_SECONDS,
    on_page: Callable[[Page], None] | None = None,
) -> Document:
    """Read one document: a PDF, an image, or several images that are its pages in order.

    Args:
        paths: One PDF, or images.
        name: For display; the first file's name by default.
        engine: The OCR engine; Tesseract with its Vietnamese model by default.
        limits: What is refused before pixels are made.
        page_seconds: Time limit of one page.
        on_page: Called after each page, for progress.

    Returns:
        The document. A page that could not be read is there without lines, its reason in its warnings
        (``failed: blank_render``), as long as another page could be read.

    Raises:
        InputError: The file, or every page of it, cannot be read.
        EngineError: The engine failed on every page.
        TimeLimitError: Every page took too long.
        MissingDependencyError: Tesseract or its model is not installed.
    """
    engine = engine or TesseractEngine()
    with open_source(paths, name=name, limits=limits) as source:
        pages, failures = _read_each(source.pages(), engine, page_seconds, on_page)
        if len(failures) == len(pages):
            raise failures[0]
        return Document(source.name, pages, source.signatures, source.warnings)


def read_pages(
    paths: Sequence[Path],
    *,
    pages: range,
    name: str | None = None,
    engine: Engine | None = None,
    limits: Limits = DEFAULT_LIMITS,
    page_seconds: float = PAGE_SECONDS,
    on_page: Callable[[Page], None] | None = None,
) -> Document:
    """Read some pages of one document, so that a long one can be spread over processes; :func:`joined` makes it whole.

    Args:
        paths: One PDF, or images.
        pages: Numbers of the pages to read, from 1.
        name: For display; the first file's name by default.
        engine: The OCR engine; Tesseract with its Vietnamese model by default.
        limits: What is refused before pixels are made.
        page_seconds: Time limit of one page.
        on_page: Called after each page, for progress.

    Returns:
        A document of these pages only, with the numbers, signatures and warnings that they have in the whole one. A
        page that could not be read is there without lines, even where no other could.

    Raises:
        UsageError: The document has not so many pages.
        InputError: The file cannot be read.
        MissingDependencyError: Tesseract or its model is not installed.
    """
    engine = engine or TesseractEngine()
    with open_source(paths, name=name, limits=limits) as source:
        if pages and not 1 <= min(pages) <= max(pages) <= source.page_count:
            raise UsageError(f"{source.name} has {source.page_count} pages, not {min(pages)} to {max(pages)}.")
        read, _ = _read_each(_each(source, pages), engine, page_seconds, on_page)
        return Document(source.name, read, source.signatures, source.warnings)


def joined(part: Document, pages: Sequence[Page]) -> Document:
    """The whole document of its parts from :func:`read_pages`.

    Args:
        part: Any of them.
        pages: The pages of all of them in their order; they may lie on disk, and are gone through once.

    Raises:
        UsageError: No pages, or one is missing or there twice.
        InputError: No page could be read; EngineError and TimeLimitError likewise, as the first page failed.
    """
    numbers, failures = [], []
    for page in pages:
        numbers.append(page.number)
        failures.append(_failure_told(page))
    if not numbers or numbers != list(range(1, len(pages) + 1)):
        raise UsageError("The parts of the document do not make a whole: a page is missing or there twice.")
    if failures[0] is not None and None not in failures:
        raise failures[0](f"No page of {part.name} could be read.")
    return replace(part, pages=pages)


def _failure_told(page: Page) -> type[SohoaError] | None:
    """The error that kept a page from being read, from its warnings."""
    codes = [warning.removeprefix(_FAILED) for warning in page.warnings if warning.startswith(_FAILED)]
    return _class_of(codes[0]) if codes else None


def _class_of(code: str) -> type[SohoaError]:
    known: list[type[SohoaError]] = [InputError, EngineError, TimeLimitError, *InputError.__subclasses__()]
    return next((error for error in known if error("").code == code), InputError)


def _each(source: Source, pages: range) -> Iterator[SourcePage]:
    for number in pages:
        with source.page(number) as page:
            yield page


def _read_each(
    source_pages: Iterable[SourcePage], engine: Engine, seconds: float, on_page: Callable[[Page], None] | None
) -> tuple[tuple[Page, ...], list[SohoaError]]:
    """All pages, and the failures of those that could not be read."""
    pages: list[Page] = []
    failures: list[SohoaError] = []
    for source_page in source_pages:
        page, failure = _read_or_report(source_page, engine, seconds)
        pages.append(page)
        failures.extend([failure] if failure else [])
        if on_page:
            on_page(page)
    return tuple(pages), failures


def _read_or_report(page: SourcePage, engine: Engine, seconds: float) -> tuple[Page, SohoaError | None]:
    try:
        return read_page(page, engine, seconds), None
    except (InputError, EngineError, TimeLimitError) as error:
        warnings = (*page.warnings, f"{_FAILED}{error.code}")
        return Page(page.number, page.width, page.height, warnings=warnings), error


def read_page(page: SourcePage, engine: Engine, seconds: float = PAGE_SECONDS) -> Page:
    """Read one page, from its text layer where that is worth it, from its image otherwise.

    Where nothing is to be read in the image, a bad layer is better than none: what was read without a Vietnamese model
    is restored before values are looked for.
    """
    words = page.layer_words()
    refusal = _layer_refusal(page, words)
    if words and not refusal:
        return _page_from_layer(page, words, engine, seconds)
    read = _page_from_image(page, engine, seconds)
    if words and not read.lines:
        read = _page_from_layer(page, words, engine, seconds)
        refusal = (*refusal, "layer_kept: the image shows no text")
    return replace(read, warnings=(*read.warnings, *refusal))


def _layer_refusal(page: SourcePage, words: Sequence[Word]) -> tuple[str, ...]:
    """Why the layer's words are not the page's text, as a warning; nothing where they are."""
    if not words:
        return ()
    scanned = _is_scanned(page)
    if scanned and page.layer_coverage < LEAST_LAYER_COVERAGE:
        return (f"layer_refused: covers {page.layer_coverage:.0%}",)
    damage = diagnose(" ".join(word.text for word in words)).kind
    if damage not in (GOOD_OVER_A_SCAN if scanned else GOOD_IN_PRINT):
        return (f"layer_refused: {damage.value}",)
    return ()


def _is_scanned(page: SourcePage) -> bool:
    return page.image_coverage > 0.5


def _page_from_layer(page: SourcePage, words: list[Word], engine: Engine, seconds: float) -> Page:
    prepared = _prepared_as_is(page)
    scale = prepared.dpi / 72
    raw = [
        RawWord(w.text, b.x0, b.y0, b.x1, b.y1, w.confidence, w.ink, w.engine)
        for w in words
        for b in [w.box.scaled(scale)]
    ]
    grids = None if _is_scanned(page) else drawn_grids(page.layer_rules(), prepared.gray.shape, prepared.dpi)
    lines = lay_out(raw, prepared, engine, number=page.number, seconds=seconds, grids=grids)
    return _page_of(page, prepared, lines, TextFrom.LAYER)


def _prepared_as_is(page: SourcePage) -> PreparedPage:
    """The page as displayed, for looking at rules and inks only."""
    dpi = page.affordable_dpi(LAYER_DPI)
    inks = separate_inks(page.render(dpi))
    to_points = 72 / dpi
    return PreparedPage(
        gray=inks.black,
        red=inks.red,
        blue=inks.blue,
        dpi=dpi,
        orientation=0,
        skew=0.0,
        page_width=page.width,
        page_height=page.height,
        matrix=np.array([[to_points, 0.0, 0.0], [0.0, to_points, 0.0]]),
    )


def _page_from_image(page: SourcePage, engine: Engine, seconds: float) -> Page:
    deadline = time.monotonic() + seconds
    dpi = page.affordable_dpi(READING_DPI)
    prepared = prepare(page.render(dpi), dpi, engine, seconds=_left(deadline))
    words = recognise(prepared, engine, seconds=_left(deadline))
    lines = lay_out(words, prepared, engine, number=page.number, seconds=_left(deadline))
    return _page_of(page, prepared, lines, TextFrom.IMAGE if lines else TextFrom.NONE)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeLimitError("A page took longer than its time limit.")
    return left


def _page_of(page: SourcePage, prepared: PreparedPage, lines: Sequence[RawLine], text_from: TextFrom) -> Page:
    read = Page(
        number=page.number,
        width=page.width,
        height=page.height,
        lines=tuple(_line_on_page(line, prepared) for line in lines),
        text_from=text_from,
        orientation=prepared.orientation,
        skew=prepared.skew,
        warnings=(*page.warnings, *prepared.warnings, *(() if lines else ("blank",))),
    )
    return replace(read, vietnamese=diagnose(read.text).vietnamese)


def _line_on_page(line: RawLine, prepared: PreparedPage) -> Line:
    words = tuple(
        Word(w.text, prepared.to_points(w.x0, w.y0, w.x1, w.y1), w.confidence, w.ink, w.engine) for w in line.words
    )
    return Line(words, line.role, line.cell)
