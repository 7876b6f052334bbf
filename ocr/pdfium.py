"""The seam to pypdfium2: opens a document, draws pages, lists the images drawn on them.

pdfium is not thread-safe: use processes. pdfium takes a page apart when it is opened, but unpacks its images only when
it draws them, so sizes can be checked in between.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from normalize.errors import DamagedInputError
from ocr.engine import RgbImage
from ocr.pdf_geometry import PageGeometry

__all__ = ["DrawnImage", "PdfiumDocument", "PdfiumPage"]

_MAX_FORM_DEPTH = 15  # forms in forms; a form that draws itself would have no end
_MAX_IMAGES = 2_000  # drawings made of tiles can have more; the largest are among the first in scans
_LEAST_SIDE = 1.0  # units of user space; PDF 32000-1, table C.1, asks for three
_EVERYWHERE = (-1e7, -1e7, 1e7, 1e7)
_LETTER = (0.0, 0.0, 612.0, 792.0)  # what pdfium takes for a page without any box


@dataclass(frozen=True, slots=True, eq=False)
class DrawnImage:
    """An image as drawn on a page.

    Attributes:
        width: Pixels.
        height: Pixels.
        corners: The four corners in user space.
        filters: PDF names of its codecs, outermost first.
    """

    width: int
    height: int
    corners: tuple[tuple[float, float], ...]
    filters: tuple[str, ...]
    _handle: Any

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def drawn_area(self) -> float:
        """In square units of user space."""
        return self._edge(1) * self._edge(3)

    @property
    def dots_per_unit(self) -> float:
        """Pixels per unit of user space along the finer of its two edges (faxes have 204 x 98)."""
        return max(self.width / max(self._edge(1), 1e-6), self.height / max(self._edge(3), 1e-6))

    def _edge(self, corner: int) -> float:
        """Length of the edge from the first corner to ``corner``."""
        return float(np.hypot(*np.subtract(self.corners[corner], self.corners[0])))

    def codec_bytes(self) -> bytes:
        """The stream as its last codec wrote it: a whole JPEG file for DCTDecode. Empty when it cannot be had."""
        try:
            return bytes(self._handle.get_data(decode_simple=True))
        except pypdfium2.PdfiumError:
            return b""

    def can_be_decoded(self) -> bool:
        """False where pdfium would draw nothing."""
        try:
            self._handle.get_bitmap(render=False)
        except pypdfium2.PdfiumError:
            return False
        return True


class PdfiumPage:
    """One open page; ``warnings`` say what had to be set right before it could be shown."""

    def __init__(self, page: Any, warnings: tuple[str, ...] = ()) -> None:
        self._page = page
        self.warnings = warnings

    def geometry(self, rotation: int | None, user_unit: float) -> PageGeometry:
        """The displayed part; the page is set to ``rotation``, where None leaves pdfium's own reading of it."""
        if rotation is None:
            rotation = self._page.get_rotation()
        else:
            self._page.set_rotation(rotation)
        # pdfium's floats have 32 bits: 595.35 comes back as 595.3499755859375.
        left, bottom, right, top = (round(edge, 3) for edge in self._page.get_bbox())
        return PageGeometry(left, bottom, right, top, rotation, user_unit)

    def characters(self) -> int:
        """How many characters pdfium sees in the text layer, invisible ones too."""
        text = self._page.get_textpage()
        count = int(text.count_chars())
        text.close()
        return count

    def images(self) -> list[DrawnImage]:
        """The images drawn on the page, in forms too; nothing is decoded."""
        found: list[DrawnImage] = []
        for image in _walk(self._page, None, np.eye(3), 0):
            found.append(image)
            if len(found) == _MAX_IMAGES:
                break
        return found

    def render(self, width: int, height: int) -> RgbImage:
        """The page as displayed on white paper, ``height`` x ``width`` x 3, annotations and stamps drawn."""
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR, rev_byteorder=True)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        raw.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, width, height, 0, flags)
        if self._page.formenv:
            raw.FPDF_FFLDraw(self._page.formenv, bitmap, self._page, 0, 0, width, height, 0, flags)
        # The buffer is Python's own and lives on in the array.
        pixels: RgbImage = np.ascontiguousarray(bitmap.to_numpy())
        return pixels


class PdfiumDocument:
    """One open document.

    Args:
        handle: An open file or bytes in memory; must stay open as long as the document.
        name: For messages.

    Raises:
        DamagedInputError: pdfium cannot open it.
    """

    def __init__(self, handle: BinaryIO, name: str) -> None:
        try:
            self._document = pypdfium2.PdfDocument(handle)
        except pypdfium2.PdfiumError as error:
            raise DamagedInputError(f"{name} cannot be opened as a PDF.") from error
        # The looks of XFA forms need another build of pdfium; pypdfium2 would say so on the terminal, every time.
        if self._document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
            with suppress(pypdfium2.PdfiumError):  # pages are drawn without form fields then
                self._document.init_forms()
        self._box_warnings: dict[int, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, index: int) -> Iterator[PdfiumPage]:
        """The page at ``index`` from 0; closed on leaving.

        Raises:
            DamagedInputError: The page cannot be taken apart, or there is no box to show it in.
        """
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise DamagedInputError(f"Page {index + 1} cannot be opened.") from error
        try:
            # The open document keeps a box that was set right: the page's second opening finds nothing odd.
            yield PdfiumPage(page, self._box_warnings.setdefault(index, _set_box_right(page, index + 1)))
        finally:
            page.close()

    def close(self) -> None:
        """Close the document."""
        self._document.close()


def _set_box_right(page: Any, number: int) -> tuple[str, ...]:
    """Make the displayed part one with an area: a CropBox off the page leaves none. What was done, as warnings."""
    if _has_area(page):
        return ()
    page.set_cropbox(*_EVERYWHERE)  # clipped to the MediaBox, inherited ones too, which cannot be asked for
    if _has_area(page):
        return ("odd_crop_box: leaves nothing of the page, taken as the whole page",)
    page.set_mediabox(*_LETTER)
    if _has_area(page):
        return ("odd_page_box: taken as 612 x 792 points",)
    raise DamagedInputError(f"Page {number} has no box to show it in.")


def _has_area(page: Any) -> bool:
    left, bottom, right, top = page.get_bbox()
    return all(_LEAST_SIDE <= side < math.inf for side in (right - left, top - bottom))


def _walk(page: Any, form: Any, outer: np.ndarray[Any, Any], depth: int) -> Iterator[DrawnImage]:
    """Images of one level; ``outer`` takes its coordinates to user space (pdfium gives them relative to the form)."""
    for item in page.get_objects(form=form, max_depth=1):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            with suppress(pypdfium2.PdfiumError, UnicodeDecodeError):  # a corrupt dictionary: nothing is drawn either
                yield _drawn_image(item, outer)
        elif item.type == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            yield from _walk(page, item, _matrix(item) @ outer, depth + 1)


def _drawn_image(item: Any, outer: np.ndarray[Any, Any]) -> DrawnImage:
    width, height = item.get_px_size()
    corners = np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]]) @ (_matrix(item) @ outer)
    points = tuple((float(x), float(y)) for x, y in corners[:, :2])
    return DrawnImage(width, height, points, tuple(item.get_filters()), item)


def _matrix(item: Any) -> np.ndarray[Any, Any]:
    a, b, c, d, e, f = item.get_matrix().get()
    return np.array([[a, b, 0.0], [c, d, 0.0], [e, f, 1.0]])
