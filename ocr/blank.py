"""Does a page show what it holds? Ink on a rendered page, and images that come out as nothing or as a negative."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ocr.engine import RgbImage
from ocr.pdfium import DrawnImage
from ocr.tree import Box

__all__ = ["coverage", "image_fault", "is_negative", "missing_share", "shows_nothing"]

# A full page of print inks 4 to 10 % of a bitonal scan, and grey or colour scans are nowhere this white. Above it an
# image has surely been drawn; below, pdfium is asked whether it could decode it (30 to 100 ms a page).
_LITTLE_INK = 0.1
_NEARLY_WHITE = 250
# A CMYK page drawn as its negative has no brighter spot than 57 of 255 (measured); black paper is no page.
_DARK = 100
_LEAST_BRIGHT = 0.01
_CELL = 9.0  # points: about one line of text, so that a word box covers the cells that it touches
_INK_CONTRAST = 60
_JPEG_END = b"\xff\xd9"
_UNDECODABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
_MAX_BYTES_OF_BLANK_JBIG2 = 2_000  # a white A4 page at 600 dpi takes under 200 bytes, one with text over 10,000


def shows_little(region: RgbImage) -> bool:
    """True when a part of a rendered page is so white that its image deserves a second look.

    Judged by the green channel, in which black, red and blue inks are all dark: looking at all three took as long as
    drawing the page.
    """
    return region.size == 0 or float(np.mean(region[..., 1] < _NEARLY_WHITE)) < _LITTLE_INK


def shows_nothing(region: RgbImage) -> bool:
    """True when a part of a rendered page is white all over."""
    return region.size == 0 or int(region.min()) >= _NEARLY_WHITE


def is_negative(region: RgbImage) -> bool:
    """True when not even the paper is bright."""
    # Counting takes a tenth of the time of a percentile.
    return region.size > 0 and float(np.mean(region[..., 1] >= _DARK)) < _LEAST_BRIGHT


def image_fault(image: DrawnImage, region: RgbImage) -> str | None:
    """Why an image does not show on its ``region`` of the page; None when it does, or is simply white.

    pdfium draws nothing where it cannot decode, and says so nowhere. Something else may lie on top, such as the box of
    a digital signature. It may also decode what is cut short as white, so that a white image has to account for its
    data: a scanned blank back page does.
    """
    if shows_little(region) and not image.can_be_decoded():
        return "it cannot be decoded"
    if not shows_nothing(region):
        return None
    last = image.filters[-1] if image.filters else ""
    if last in {"DCTDecode", "JPXDecode"} and not _decodes_in_pillow(image.codec_bytes()):
        return "its data is cut short"
    if last == "JBIG2Decode" and len(image.codec_bytes()) > _MAX_BYTES_OF_BLANK_JBIG2:
        return "its data unpacks to white"
    return None


def missing_share(image: DrawnImage) -> float | None:
    """How much of a JPEG without end marker is missing at its foot, 0..1; None for whole images and other codecs.

    Decoders put grey 128 where data ends, in every column alike, which no scanned row has. (Progressive JPEGs lose
    sharpness instead of rows and count as 0.)
    """
    if not image.filters or image.filters[-1] != "DCTDecode":
        return None
    data = image.codec_bytes()
    if data.rfind(_JPEG_END) > len(data) // 2:  # an earlier one ends the camera's preview
        return None
    try:
        with Image.open(BytesIO(data + _JPEG_END), formats=("JPEG",)) as whole:
            is_filled = (np.asarray(whole.convert("L")) == 128).all(axis=1)
    except _UNDECODABLE:
        return 1.0
    return float(np.argmin(is_filled[::-1])) / len(is_filled) if not is_filled.all() else 1.0


def coverage(rgb: RgbImage, dpi: float, boxes: list[Box]) -> float:
    """Share of a page's inked area that lies under ``boxes``, 0..1; 1 for a page without ink.

    Args:
        rgb: The rendered page; 72 dpi is enough.
        dpi: Its resolution.
        boxes: Words in points.
    """
    cell = max(round(_CELL * dpi / 72), 1)
    ink = _cells(_ink(rgb), cell)
    covered = np.zeros_like(ink)
    for box in boxes:
        x0, y0, x1, y1 = (int(edge * dpi / 72 / cell) for edge in (box.x0, box.y0, box.x1, box.y1))
        covered[y0 : y1 + 1, x0 : x1 + 1] = True
    inked = int(ink.sum())
    return float((ink & covered).sum()) / inked if inked else 1.0


def _ink(rgb: RgbImage) -> NDArray[np.bool_]:
    """Pixels clearly darker than the paper around them, so that grey or yellowed paper is no ink."""
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    paper = cv2.medianBlur(cv2.dilate(gray, np.ones((9, 9), np.uint8)), 21)
    return np.asarray(cv2.subtract(paper, gray) > _INK_CONTRAST)


def _cells(mask: NDArray[np.bool_], cell: int) -> NDArray[np.bool_]:
    """``mask`` in squares of ``cell`` pixels: True where a square has more than a speck."""
    high, wide = (-(-side // cell) for side in mask.shape)
    padded = np.zeros((high * cell, wide * cell), dtype=bool)
    padded[: mask.shape[0], : mask.shape[1]] = mask
    share = padded.reshape(high, cell, wide, cell).mean(axis=(1, 3))
    return np.asarray(share > 0.05)


def _decodes_in_pillow(data: bytes) -> bool:
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "JPEG2000")) as image:
            image.load()
    except _UNDECODABLE:
        return False
    return True
