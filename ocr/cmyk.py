"""CMYK JPEGs stored as negatives (Photoshop's way) whose PDF forgot to say so: pdfium draws them nearly black."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Name, Object, Page

from ocr.pdf_triage import page_images, written

__all__ = ["with_cmyk_turned"]

_AS_STORED = [0, 1, 0, 1, 0, 1, 0, 1]
_NEGATIVE = [1, 0, 1, 0, 1, 0, 1, 0]


def with_cmyk_turned(page: Page) -> BytesIO | None:
    """A PDF in memory of this one page, its CMYK JPEGs read the other way round; None when it has none.

    The opened document is left as it is.
    """
    with pikepdf.new() as copy:
        copy.pages.append(page)
        images = [image for image in page_images(copy.pages[0]) if _is_cmyk_jpeg(image)]
        if not images:
            return None
        for image in images:
            image.Decode = Array(_AS_STORED if _is_read_as_negative(image) else _NEGATIVE)
        return written(copy)


def _is_cmyk_jpeg(image: Object) -> bool:
    filters = image.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    return Name.DCTDecode in names and image.get("/ColorSpace") == Name.DeviceCMYK


def _is_read_as_negative(image: Object) -> bool:
    decode = image.get("/Decode")
    return isinstance(decode, Array) and len(decode) == len(_NEGATIVE) and float(decode[0]) > float(decode[1])
