"""Page images as a source of pages: PNG, JPEG (phone photos too) and TIFF of any number of pages, through Pillow."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, TiffImagePlugin, UnidentifiedImageError

from normalize.errors import DamagedInputError, NoPagesError, SohoaError, TooLargeError, UnsupportedInputError
from ocr.blank import is_negative
from ocr.engine import RgbImage
from ocr.limits import Limits
from ocr.page_pixels import affordable_dpi, dpi_warning, pixel_size
from ocr.sniff import display_name, open_regular
from ocr.tree import Box, DigitalSignature, Word

__all__ = ["ImagePage", "ImageSource"]

_FORMATS = ("PNG", "JPEG", "TIFF")
_ORIENTATION = 0x0112
# What EXIF says has been done to the picture, to what undoes it.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = {5, 6, 7, 8}
_SUBFILE_TYPE = 254  # TIFF: bit 0 is set on a reduced copy of another page
_A4_LONG = 297 / 25.4  # inches
# Long sides of paper that offices scan: A6 to A3 with some margin. Cameras and programs write 72 or 96 dpi into
# files for want of better; a page of 2,480 x 3,508 pixels would then be 1.2 m high.
_PAPER_LONG = (5.0, 18.0)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where one page lies: a file and the number of the frame in it; size as displayed, EXIF orientation."""

    path: Path
    index: int
    width: int
    height: int
    orientation: int
    dpi: float
    warnings: tuple[str, ...]


class ImageSource:
    """Page images as one document; see ``ocr.sources.Source``. Headers are read at once, pixels page by page.

    Args:
        paths: Image files in page order.
        name: For display.
        limits: What is refused before pixels are made.

    Raises:
        InputError: One of the files is no readable image, or there are too many pages.
    """

    kind = "images"
    signatures: tuple[DigitalSignature, ...] = ()
    warnings: tuple[str, ...] = ()

    def __init__(self, paths: Sequence[Path], name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._frames: list[_Frame] = []
        for path in paths:
            self._frames += _frames(path, limits)
            if len(self._frames) > limits.pages:
                raise TooLargeError(f"{name} has more than {limits.pages} pages, the limit pages.")
        if not self._frames:
            raise NoPagesError(f"{name} has no pages.")

    @property
    def page_count(self) -> int:
        return len(self._frames)

    def pages(self) -> Iterator[ImagePage]:
        """Pages in order."""
        for number in range(1, self.page_count + 1):
            with self.page(number) as page:
                yield page

    @contextmanager
    def page(self, number: int) -> Iterator[ImagePage]:
        """One page; its pixels are let go at the end of the ``with``."""
        yield ImagePage(number, self._frames[number - 1], self._limits)


class ImagePage:
    """See ``ocr.sources.SourcePage``."""

    image_coverage = 1.0
    layer_coverage = 0.0

    def __init__(self, number: int, frame: _Frame, limits: Limits) -> None:
        self.number = number
        self.native_dpi = frame.dpi
        self.width = frame.width * 72 / frame.dpi
        self.height = frame.height * 72 / frame.dpi
        self._frame = frame
        self._limits = limits
        self._warnings = list(frame.warnings)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._warnings)

    def affordable_dpi(self, dpi: int) -> int:
        """``dpi``, or the highest resolution below it that the limits allow.

        Raises:
            TooLargeError: No resolution fits.
        """
        return affordable_dpi(self.width, self.height, dpi, self._limits)

    def render(self, dpi: int) -> RgbImage:
        """The page upright as the camera meant it, ``round(points * dpi / 72)`` pixels each way.

        Raises:
            DamagedInputError: The image is cut short or corrupt.
            TooLargeError: It has more pixels than the limits allow.
        """
        given = self.affordable_dpi(dpi)
        if given < dpi:
            self._warn(dpi_warning(dpi, given))
        size = pixel_size(self.width, self.height, given)
        with _opened(self._frame.path, self._limits) as image:
            image.seek(self._frame.index)
            shown = _as_rgb(image)
            if image.mode == "CMYK" and is_negative(np.asarray(shown)[::2, ::2]):
                shown = _as_rgb(ImageChops.invert(image))
                self._warn("inverted_cmyk: the image is stored as a negative, read the right way round")
            if self._frame.orientation in _UPRIGHT:
                shown = shown.transpose(_UPRIGHT[self._frame.orientation])
            if shown.size != size:
                is_smaller = size[0] * size[1] < shown.width * shown.height
                shown = shown.resize(size, Image.Resampling.BOX if is_smaller else Image.Resampling.BICUBIC)
            return np.array(shown, dtype=np.uint8)

    def layer_words(self) -> list[Word]:
        """None: images have no text layer."""
        return []

    def layer_rules(self) -> list[Box]:
        """None likewise."""
        return []

    def _warn(self, warning: str) -> None:
        if warning not in self._warnings:
            self._warnings.append(warning)


def _frames(path: Path, limits: Limits) -> list[_Frame]:
    """The pages of one file. Only TIFF has several; further frames of a JPEG are previews and depth maps."""
    with _opened(path, limits) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if count > limits.pages:
            raise TooLargeError(f"{display_name(path)} has {count} pages, the limit pages is {limits.pages}.")
        frames = []
        for index in range(count):
            image.seek(index)
            if count == 1 or not _is_preview(image):
                frames.append(_frame(path, index, image, limits))
        return frames


def _frame(path: Path, index: int, image: Image.Image, limits: Limits) -> _Frame:
    wide, high = image.size
    if wide * high > limits.image_pixels:
        raise TooLargeError(
            f"{display_name(path)} has {wide} x {high} pixels, the limit image_pixels is {limits.image_pixels}."
        )
    if wide < 1 or high < 1:
        raise DamagedInputError(f"{display_name(path)} has no pixels.")
    # Pillow would unpack a whole PNG in search of EXIF data behind the pixels.
    orientation = image.getexif().get(_ORIENTATION, 1) if image.format != "PNG" or "exif" in image.info else 1
    if orientation in _LYING:
        wide, high = high, wide
    dpi, warning = _resolution(image, max(wide, high))
    return _Frame(path, index, wide, high, orientation, dpi, warning)


def _resolution(image: Image.Image, long_side: int) -> tuple[float, tuple[str, ...]]:
    """Pixels per inch from the file's tag where that makes a sheet of paper, else as if it showed an A4 page."""
    tag = image.info.get("dpi", (0.0, 0.0))
    dpi = float(max(tag)) if isinstance(tag, tuple) and len(tag) == 2 else 0.0
    if dpi > 0 and _PAPER_LONG[0] <= long_side / dpi <= _PAPER_LONG[1]:
        return dpi, ()
    return max(long_side / _A4_LONG, 1.0), ("no_resolution: page size taken as A4",)


def _is_preview(image: Image.Image) -> bool:
    tags = image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}
    return bool(tags.get(_SUBFILE_TYPE, 0) & 1)


def _as_rgb(image: Image.Image) -> Image.Image:
    """Eight bits, three channels, transparent parts on white paper."""
    if image.mode.startswith(("I", "F")):
        image = _eight_bits(image)
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Pillow's own conversion cuts 16 bits off at 255, which leaves a white page."""
    values = np.asarray(image, dtype=np.float32)
    top = float(values.max(initial=0.0))
    # Scanners of 10 or 12 bits write into files of 16: take the smallest depth that holds the brightest value.
    full = next(2.0**bits - 1 for bits in (8, 10, 12, 16, 32, 128) if top < 2.0**bits)
    full = 1.0 if image.mode == "F" and top <= 1.0 else full
    return Image.fromarray(np.clip(values * (255.0 / full), 0, 255).astype(np.uint8))


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[Image.Image]:
    name = display_name(path)
    with open_regular(path, limits) as handle, warnings.catch_warnings(), _pillow_allowing(limits.image_pixels):
        warnings.simplefilter("ignore")  # Pillow warns above its limit, and refuses above twice that
        try:
            with Image.open(handle, formats=_FORMATS) as image:
                yield image
        except SohoaError:
            raise
        except UnidentifiedImageError as error:
            raise UnsupportedInputError(f"{name} is no readable image.") from error
        except Image.DecompressionBombError as error:
            raise TooLargeError(f"{name} unpacks to more than image_pixels, {limits.image_pixels}.") from error
        except Exception as error:  # damaged TIFFs make Pillow raise KeyError, TypeError, struct.error and others
            raise DamagedInputError(f"{name} is cut short or corrupt.") from error


@contextmanager
def _pillow_allowing(pixels: int) -> Iterator[None]:
    """Pillow refuses more than 179 million pixels, an A0 at 340 dpi; here the limits decide."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = pixels
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before
