"""Page images as one PDF, without loss: JPEG data goes in as it is, all else packed by Flate or CCITT G4."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageOps, TiffImagePlugin

from normalize.errors import DamagedInputError
from ocr.tree import Page

__all__ = ["images_as_pdf"]

_ORIENTATION = 0x0112
_TURNS = frozenset({1, 3, 6, 8})  # EXIF turns that /Rotate can say; mirrored images it cannot
_SUBFILE_TYPE = 254  # TIFF: bit 0 is set on a reduced copy of another page
_OPEN_AT_ONCE = 100
_FAULTS = (OSError, ValueError, NotImplementedError, img2pdf.ImageOpenError, img2pdf.JpegColorspaceError)


def images_as_pdf(images: Sequence[Path], pages: Sequence[Page], folder: Path) -> Path:
    """Pack ``images`` (each frame of a TIFF a page) as a PDF in ``folder`` whose pages have the sizes of ``pages``.

    One image at a time is in memory.

    Raises:
        DamagedInputError: An image cannot be packed, or there are not as many as pages.
    """
    try:
        frames = (frame for path in images for frame in _frames(path))
        parts = []
        for page, frame in zip(pages, frames, strict=True):
            parts.append(folder / f"image-{page.number}.pdf")
            parts[-1].write_bytes(_one_page(frame, page))
        return _joined(parts, folder)
    except _FAULTS as error:
        raise DamagedInputError("An image cannot be put into a PDF.") from error


def _joined(parts: Sequence[Path], folder: Path) -> Path:
    """One PDF of all parts, in order; qpdf keeps the parts open until the whole is written, so a few at a time."""
    while len(parts) > 1:
        groups = [parts[start : start + _OPEN_AT_ONCE] for start in range(0, len(parts), _OPEN_AT_ONCE)]
        parts = [_join(group, folder / f"from-{group[0].name}") for group in groups]
    return parts[0]


def _join(parts: Sequence[Path], out: Path) -> Path:
    with pikepdf.new() as pdf, ExitStack() as opened:
        for part in parts:
            pdf.pages.extend(opened.enter_context(pikepdf.open(part)).pages)
        pdf.save(out)
    return out


def _one_page(image: bytes, page: Page) -> bytes:
    def layout(width_px: int, height_px: int, _dpi: tuple[float, float]) -> tuple[float, float, float, float]:
        # Asked for before the EXIF turn: an image on its side swaps the page's sides.
        on_its_side = (page.width > page.height) != (width_px > height_px)
        width, height = (page.height, page.width) if on_its_side else (page.width, page.height)
        return width, height, width, height

    pdf: bytes = img2pdf.convert(image, layout_fun=layout, rotation=img2pdf.Rotation.ifvalid, first_frame_only=True)
    return pdf


def _frames(path: Path) -> Iterator[bytes]:
    """Image files of one frame each; of a JPEG only the first, as the others are previews."""
    with Image.open(path) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if count == 1 and not image.has_transparency_data and image.getexif().get(_ORIENTATION, 1) in _TURNS:
            yield path.read_bytes()
            return
        for index in range(count):
            image.seek(index)
            if count == 1 or not _is_preview(image):
                yield _as_png(image)


def _is_preview(image: Image.Image) -> bool:
    return isinstance(image, TiffImagePlugin.TiffImageFile) and bool(image.tag_v2.get(_SUBFILE_TYPE, 0) & 1)


def _as_png(image: Image.Image) -> bytes:
    """Upright, transparent parts on white paper."""
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        layered = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    elif upright.mode == "CMYK":
        upright = upright.convert("RGB")
    packed = io.BytesIO()
    upright.save(packed, format="PNG")
    return packed.getvalue()
