"""One page of a PDF: size, resolution, picture and words, all in displayed points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import numpy as np
import pikepdf

from normalize.errors import BlankRenderError, DamagedInputError, SohoaError, TooLargeError
from ocr.blank import coverage, image_fault, is_negative, missing_share, shows_nothing
from ocr.cmyk import with_cmyk_turned
from ocr.engine import RgbImage
from ocr.limits import Limits
from ocr.page_pixels import affordable_dpi, dpi_warning, pixel_size
from ocr.pdf_annotations import with_annotations
from ocr.pdf_geometry import PageGeometry
from ocr.pdf_triage import PageFacts, image_pixels
from ocr.pdfium import DrawnImage, PdfiumDocument, PdfiumPage
from ocr.text_layer import LayerPage, TextLayer
from ocr.tree import Box, Word

__all__ = ["PdfPage"]

# What pdfium takes for a page without any box; stands in for pages that cannot be opened.
_LETTER = PageGeometry(0.0, 0.0, 612.0, 792.0)
_NO_LAYER = LayerPage([], [])
_GRID = 64  # squares a side in which the page's images are laid out
_MAIN_IMAGE = 0.2  # of the page: smaller images are logos, stamps and signatures
_MISSING = 0.02  # of an image's height, about the lower margin that may be lost without loss of text
_LOOK_DPI = 72
_LOOK_SIDE = 1_500  # pixels: enough for A2


class PdfPage:
    """See ``ocr.sources.SourcePage``. ``failure`` is raised when the page is to be drawn."""

    def __init__(
        self,
        number: int,
        facts: PageFacts,
        limits: Limits,
        drawn: PdfiumPage | None = None,
        qpdf_page: pikepdf.Page | None = None,
        text_layer: Callable[[], TextLayer] | None = None,
        was_damaged: bool = False,
        failure: SohoaError | None = None,
    ) -> None:
        self.number = number
        self.geometry = drawn.geometry(facts.rotation, facts.user_unit) if drawn else _LETTER
        self._limits = limits
        self._drawn = drawn
        self._qpdf_page = qpdf_page
        self._text_layer = text_layer
        self._was_damaged = was_damaged
        self._failure = failure
        self._warnings = [*facts.warnings, *(drawn.warnings if drawn else ())]
        self._is_checked = False

    @property
    def width(self) -> float:
        return self.geometry.width

    @property
    def height(self) -> float:
        return self.geometry.height

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._warnings)

    @cached_property
    def native_dpi(self) -> float:
        """Pixels per inch of the finest of the large images as drawn, whatever a tag says; 0 without images."""
        largest = max((image.drawn_area for image in self._images), default=0.0)
        # The text mask of a compressed colour scan covers less than its background and is three times finer.
        large = [image for image in self._images if image.drawn_area >= largest / 2]
        return max((image.dots_per_unit * 72 / self.geometry.user_unit for image in large), default=0.0)

    @cached_property
    def image_coverage(self) -> float:
        """Share of the page that lies under images, 0..1."""
        grid = np.zeros((_GRID, _GRID), dtype=bool)
        across, down = _GRID / self.width, _GRID / self.height
        for image in self._images:
            box = self.geometry.around(image.corners)
            rows = slice(round(box.y0 * down), round(box.y1 * down))
            grid[rows, round(box.x0 * across) : round(box.x1 * across)] = True
        return float(grid.mean())

    def affordable_dpi(self, dpi: int) -> int:
        """``dpi``, or the highest resolution below it that the limits allow.

        Raises:
            TooLargeError: No resolution fits.
        """
        return affordable_dpi(self.width, self.height, dpi, self._limits)

    def render(self, dpi: int) -> RgbImage:
        """The page as displayed, ``round(points * dpi / 72)`` pixels each way, at ``affordable_dpi(dpi)``.

        Raises:
            BlankRenderError: An image covers the page, but nothing shows.
            DamagedInputError: The page cannot be opened, or the lower part of its image is missing.
            TooLargeError: Its images would unpack to more than the limits allow.
        """
        drawn = self._openable()
        given = self.affordable_dpi(dpi)
        if given < dpi:
            self._warn(dpi_warning(dpi, given))
        size = pixel_size(self.width, self.height, given)
        return self._look_through(drawn.render(*size))

    @cached_property
    def _layer(self) -> LayerPage:
        """Its words are those of annotations too."""
        if self._drawn is None or self._text_layer is None:
            return _NO_LAYER
        count = self._drawn.characters()
        if count > self._limits.layer_characters:
            self._warn(f"layer_too_long: {count} characters, left out")
            return _NO_LAYER
        # pdfium counts in no time; pdfminer takes 4.3 s and 240 MB for 500,000 nested q that hold no text.
        if count == 0:
            return _NO_LAYER
        try:
            layer = self._text_layer().page(self.number - 1, self.geometry)
        except Exception as error:  # noqa: BLE001  pdfminer lets through whatever a damaged font or stream causes
            self._warn(f"layer_unreadable: {type(error).__name__}")
            return _NO_LAYER
        if not layer.words or self._qpdf_page is None:
            return layer
        try:
            return replace(layer, words=with_annotations(layer.words, self._qpdf_page, self.geometry))
        except Exception as error:  # noqa: BLE001  likewise
            self._warn(f"annotations_unreadable: {type(error).__name__}")
            return layer

    def layer_words(self) -> list[Word]:
        """Words of the text layer, invisible ones too, and of annotations over it; empty without a readable layer."""
        return list(self._layer.words)

    def layer_rules(self) -> list[Box]:
        """Rules that the page's commands draw, as thin boxes in displayed points; none without a readable layer."""
        return list(self._layer.rules)

    @cached_property
    def layer_coverage(self) -> float:
        """Share of the page's inked area that lies under the words of its layer, 0..1."""
        if not self._layer.words:
            return 0.0
        dpi = self.affordable_dpi(max(min(_LOOK_DPI, int(_LOOK_DPI * _LOOK_SIDE / max(self.width, self.height))), 1))
        return coverage(self.render(dpi), dpi, [word.box for word in self._layer.words])

    @cached_property
    def _images(self) -> list[DrawnImage]:
        return self._drawn.images() if self._drawn else []

    def _openable(self) -> PdfiumPage:
        """The open page, once its images are known to fit into memory."""
        if self._failure is not None or self._drawn is None:
            raise self._failure or DamagedInputError(f"Page {self.number} is corrupt.")
        if not self._is_checked:
            self._check_images()
            self._is_checked = True
        return self._drawn

    def _check_images(self) -> None:
        drawn = sum(image.pixels for image in self._images)
        total, largest = image_pixels(self._qpdf_page) if self._qpdf_page else (drawn, drawn)
        # Some writers hang all images of a document on every page: their sum counts only where they are drawn.
        if largest > self._limits.image_pixels or min(drawn, total) > self._limits.image_pixels:
            raise TooLargeError(
                f"The images of page {self.number} unpack to {max(largest, drawn)} pixels, "
                f"the limit image_pixels is {self._limits.image_pixels}."
            )

    def _look_through(self, rgb: RgbImage) -> RgbImage:
        """``rgb`` itself if the page's images show what they hold, its negative set right otherwise."""
        for image in self._images:
            box = self.geometry.around(image.corners)
            if box.area < _MAIN_IMAGE * self.width * self.height:
                continue
            region = self._region(rgb, box)
            self._refuse_faults(image, region)
            if is_negative(region):
                return self._with_cmyk_turned(rgb, box)
        # The page's commands, or what they draw, may have been in the part that is lost.
        if self._was_damaged and not self._images and shows_nothing(rgb):
            raise DamagedInputError(f"Nothing shows on page {self.number} of a file that was cut short.")
        return rgb

    def _refuse_faults(self, image: DrawnImage, region: RgbImage) -> None:
        fault = image_fault(image, region)
        if fault:
            raise BlankRenderError(f"The image of page {self.number} shows nothing: {fault}.")
        missing = missing_share(image)
        if missing is not None and missing > _MISSING:
            raise DamagedInputError(f"The image of page {self.number} is cut short: {missing:.0%} of it is missing.")
        if missing is not None:
            self._warn("image_cut_short: its end marker is missing")

    def _with_cmyk_turned(self, rgb: RgbImage, box: Box) -> RgbImage:
        turned = with_cmyk_turned(self._qpdf_page) if self._qpdf_page else None
        if turned is None:
            return rgb
        document = PdfiumDocument(turned, f"page {self.number}")
        try:
            with document.page(0) as page:
                page.geometry(self.geometry.rotation, self.geometry.user_unit)
                bright = page.render(rgb.shape[1], rgb.shape[0])
        finally:
            document.close()
        if is_negative(self._region(bright, box)):
            return rgb
        self._warn("inverted_cmyk: the page's image is stored as a negative, read the right way round")
        return bright

    def _region(self, rgb: RgbImage, box: Box) -> RgbImage:
        """Every second pixel under ``box``: enough to judge by, in a quarter of the time."""
        across, down = rgb.shape[1] / self.width, rgb.shape[0] / self.height
        rows = slice(int(box.y0 * down), int(box.y1 * down) + 1, 2)
        return rgb[rows, int(box.x0 * across) : int(box.x1 * across) + 1 : 2]

    def _warn(self, warning: str) -> None:
        if warning not in self._warnings:
            self._warnings.append(warning)
