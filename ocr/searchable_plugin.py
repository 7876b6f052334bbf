"""The plugin through which OCRmyPDF gets words that were read before, instead of reading the page itself.

OCRmyPDF loads it by its module name. It keeps to one thread (its executor is the serial one), so the document being
written is handed over in a context variable.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from ocrmypdf import Executor, OcrEngine, hookimpl
from ocrmypdf._concurrent import SerialExecutor
from ocrmypdf.models.ocr_element import Baseline, BoundingBox, OcrClass, OcrElement
from ocrmypdf.pluginspec import OrientationConfidence
from PIL import Image

from ocr.tree import Box, Line, Page, Word

__all__ = ["PageInWaiting", "pages_at_hand"]

_POINTS = 72  # dpi of the tree: its pixels are the points of our boxes
# Share of a line box below the base line; that of Noto Sans (descent 293 of 1,362 units), which carries the layer.
_DESCENT = 0.215
_LEVEL = 0.05  # degrees; half a point over a whole line
_LEAST = 0.5  # points; OCRmyPDF drops lines without height
_LEAST_GAP = 0.15  # of the height of a word; a printed space is twice as wide

_PageOf = Callable[[int], Page | None]
_page_of: ContextVar[_PageOf] = ContextVar("pages_at_hand")


@contextmanager
def pages_at_hand(page_of: _PageOf) -> Iterator[None]:
    """Let OCRmyPDF ask for the words of pages by their number from 1 while the context lasts; None for no words."""
    token = _page_of.set(page_of)
    try:
        yield
    finally:
        _page_of.reset(token)


class PageInWaiting(OcrElement):
    """A page as OCRmyPDF's renderer wants it: lines in reading order, words left to right, in points.

    It makes its lines when it is asked for them: OCRmyPDF keeps all pages until the last one is read, and a page of 300
    words takes 0.15 MB, the lines made of it 0.11 MB.
    """

    def __init__(self, page: Page, page_of: _PageOf) -> None:
        self._page_of = page_of
        bbox = BoundingBox(0, 0, page.width, page.height)
        super().__init__(OcrClass.PAGE, bbox, dpi=_POINTS, page_number=page.number - 1)

    @property
    def children(self) -> list[OcrElement]:
        page = self._page_of((self.page_number or 0) + 1)
        return [run for line in page.lines for run in _level_runs(line, page)] if page else []

    @children.setter
    def children(self, _none: list[OcrElement]) -> None:
        """The base class sets its own, empty ones."""


def _level_runs(line: Line, page: Page) -> Iterator[OcrElement]:
    """The line; where the page is skewed, its words one by one, each on a level base line of its own.

    Poppler cuts a word in two where its base line climbs by half a point: slanting text of 1.7 degrees lost 11 of 586
    words, level words lost none.
    """
    slope = math.tan(math.radians(page.skew))
    upright = _apart([page.upright(word.box) for word in line.words])
    level = _level_box(upright, slope)
    if abs(page.skew) < _LEVEL:
        yield _run(line.words, upright, level, page)
        return
    for word, box in zip(line.words, upright, strict=True):
        drop = _drop(box, level.x0, slope)
        own = Box(box.x0, level.y0 + drop, max(box.x1, box.x0 + _LEAST), level.y1 + drop)
        yield _run((word,), (box,), own, page)


def _apart(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, none reaching into the next: readers of the PDF see no space there and join the words.

    Tesseract gives words beside a dash boxes that reach over it: "Tự do - Hạnh phúc" was found as "Tự do- Hạnh phúc".
    """
    apart = list(boxes)
    for index, (box, following) in enumerate(pairwise(boxes)):
        end = following.x0 - _LEAST_GAP * min(box.height, following.height)
        if box.centre[0] < end < box.x1:  # further in, they lie on each other and neither is beside
            apart[index] = replace(box, x1=end)
    return apart


def _run(words: Sequence[Word], boxes: Sequence[Box], upright: Box, page: Page) -> OcrElement:
    """``boxes`` of the words and that of the run are upright."""
    wide, high = (page.height, page.width) if page.orientation % 180 else (page.width, page.height)
    return OcrElement(
        ocr_class=OcrClass.LINE,
        bbox=_bounding_box(upright.turned(-page.orientation, wide, high)),
        baseline=Baseline(0.0, -_DESCENT * upright.height),
        textangle=float(page.orientation),
        language="vie",
        children=[
            OcrElement(
                ocr_class=OcrClass.WORD,
                text=word.text,
                bbox=_bounding_box(box.turned(-page.orientation, wide, high)),
                confidence=word.confidence,
            )
            for word, box in zip(words, boxes, strict=True)
        ],
    )


def _level_box(boxes: Sequence[Box], slope: float) -> Box:
    """The box that a line's words would have without skew, at the height of its left end; ``boxes`` are upright."""
    left = min(box.x0 for box in boxes)
    tops, bottoms = [], []
    for box in boxes:
        drop = _drop(box, left, slope)
        lean = min(abs(slope) * box.width, 0.8 * box.height) / 2  # the word's own slant is in its box too
        tops.append(box.y0 - drop + lean)
        bottoms.append(box.y1 - drop - lean)
    top = min(tops)
    return Box(left, top, max(left + _LEAST, *(box.x1 for box in boxes)), max(top + _LEAST, *bottoms))


def _drop(box: Box, left: float, slope: float) -> float:
    """How much lower than the line's left end the middle of a word lies."""
    return slope * ((box.x0 + box.x1) / 2 - left)


def _bounding_box(box: Box) -> BoundingBox:
    return BoundingBox(box.x0, box.y0, box.x1, box.y1)


class _WordsReadBefore(OcrEngine):
    """An engine that reads nothing; the names of its arguments are OCRmyPDF's."""

    # ruff: noqa: ARG004

    @staticmethod
    def version() -> str:
        return "1"

    @staticmethod
    def creator_tag(options: Any) -> str:
        return "sohoa"

    def __str__(self) -> str:
        return "sohoa"

    @staticmethod
    def languages(options: Any) -> AbstractSet[str]:
        return {"vie"}

    @staticmethod
    def get_orientation(input_file: Path, options: Any) -> OrientationConfidence:
        return OrientationConfidence(0, 0.0)

    @staticmethod
    def supports_generate_ocr() -> bool:
        return True

    @staticmethod
    def generate_ocr(input_file: Path, options: Any, page_number: int = 0) -> tuple[OcrElement, str]:
        page_of = _page_of.get()
        page = page_of(page_number + 1)
        if page is None:
            return OcrElement(ocr_class=OcrClass.PAGE, bbox=BoundingBox(0, 0, 1, 1), dpi=_POINTS), ""
        return PageInWaiting(page, page_of), ""

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
        raise NotImplementedError("words are handed over by generate_ocr")

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        raise NotImplementedError("words are handed over by generate_ocr")


@hookimpl
def get_ocr_engine() -> OcrEngine:
    """The engine that hands over the words."""
    return _WordsReadBefore()


@hookimpl
def get_executor(progressbar_class: Any) -> Executor:
    """One page after the other in this thread: whole documents are spread over processes, not pages."""
    executor: Executor = SerialExecutor(pbar_class=progressbar_class)  # type: ignore[no-untyped-call]
    return executor


@hookimpl
def rasterize_pdf_page(output_file: Path, raster_dpi: Any) -> Path:
    """A speck in place of the page image, which nobody looks at: drawing it takes longer than all the rest."""
    Image.new("1", (1, 1), 1).save(output_file, format="PNG", dpi=tuple(float(dpi) for dpi in raster_dpi))
    return output_file
