"""``evidence-N.png``: the page as it looks, with what was found in it boxed and labelled in Vietnamese."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from corpus.attention import is_doubtful
from corpus.field_names import DOCUMENT_FIELDS, VALUE_KINDS, document_readings
from extract.record import Reading, Record, ValueField
from normalize.errors import MissingDependencyError, SohoaError
from ocr.engine import RgbImage
from ocr.limits import Limits
from ocr.sources import open_source

__all__ = ["Mark", "colour_of", "draw_evidence", "label_font", "label_of", "marks_on", "write_evidence"]

# Legible when a page fills a screen; an A4 page is 990 x 1400 pixels and about 1 MB.
_DPI: Final = 120
_LABEL_PIXELS: Final = 13
_PADDING: Final = 2
_EDGE: Final = 4  # pixels between a label and the edge of the picture: touching it, a label looks cut off
_INK: Final = 160  # darker than this is something that a label should not hide
_PIXELS_HIDDEN_PER_STEP: Final = 0.1  # what a label may hide to come a pixel nearer to its box

_Colour = tuple[int, int, int]
_DOUBTFUL: Final[_Colour] = (214, 90, 0)
_VALUE: Final[_Colour] = (0, 120, 120)
_COLOURS: Final[dict[str, _Colour]] = {
    "signer": (0, 125, 50),
    "signer_title": (0, 125, 50),
    "signing_authority": (0, 125, 50),
    "digital_signatures": (0, 125, 50),
    "addressees": (125, 60, 160),
    "legal_bases": (125, 60, 160),
    "recipients": (125, 60, 160),
    "secrecy": (190, 0, 30),
    "urgency": (190, 0, 30),
}
_IDENTITY: Final[_Colour] = (0, 84, 166)
_STATUS: Final = {"handwritten": "viết tay", "conflict": "mâu thuẫn", "inferred": "suy ra", "restored": "khôi phục"}

_Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One box to draw, in points; ``label`` is empty on all but the first line of a field."""

    box: _Rectangle
    label: str
    colour: _Colour


def write_evidence(paths: Sequence[Path], record: Record, folder: Path, *, limits: Limits) -> None:
    """Write ``evidence-1.png`` and so on into ``folder``; a page that cannot be drawn has none.

    Raises:
        InputError: The document cannot be opened.
        MissingDependencyError: The labels' font is not installed.
    """
    with open_source(paths, limits=limits) as source:
        for page in source.pages():
            try:
                image = page.render(_DPI)
            except SohoaError:
                continue  # the reading has warned of it
            picture = draw_evidence(image, page.width, list(marks_on(record, page.number)))
            picture.save(folder / f"evidence-{page.number}.png")


def marks_on(record: Record, page: int) -> Iterator[Mark]:
    """What is to be drawn on ``page`` (from 1): values first, so that the document's own fields lie on top.

    Items of one list that follow each other have one label, so that a list of recipients stays legible.
    """
    for value in record.values:
        yield from _marks(value.kind, value, page)
    in_parts = record.document.number is not None or record.document.symbol is not None
    label_before = ""
    for name, reading in document_readings(record.document):
        if name == "code" and in_parts:
            continue  # its number and symbol are drawn
        for mark in _marks(name, reading, page):
            yield replace(mark, label="") if mark.label == label_before else mark
            label_before = mark.label or label_before


def _marks(name: str, reading: Reading, page: int) -> Iterator[Mark]:
    label, colour = label_of(name, reading), colour_of(name, reading)
    for where in reading.where:
        if where.page == page:
            yield Mark(where.box, label, colour)
        label = ""


def label_of(name: str, reading: Reading) -> str:
    """The Vietnamese name of a field, or of a value of kind ``name``, with what is particular about its reading."""
    names = VALUE_KINDS[name] if isinstance(reading, ValueField) else DOCUMENT_FIELDS[name]
    status = _STATUS.get(reading.status, "chưa chắc" if is_doubtful(name, reading) else "")
    return f"{names.vietnamese} ({status})" if status else names.vietnamese


def colour_of(name: str, reading: Reading) -> tuple[int, int, int]:
    """Red, green, blue: what needs a look in one colour, fields by their group, values in one."""
    if is_doubtful(name, reading):
        return _DOUBTFUL
    return _VALUE if isinstance(reading, ValueField) else _COLOURS.get(name, _IDENTITY)


def draw_evidence(image: RgbImage, width: float, marks: Sequence[Mark]) -> Image.Image:
    """Draw ``marks`` on a page ``image`` that is ``width`` points wide."""
    picture = Image.fromarray(image).convert("RGB")
    draw = ImageDraw.Draw(picture, "RGBA")
    scale = picture.width / width
    boxes = [_scaled(mark.box, scale) for mark in marks]
    for mark, (x0, y0, x1, y1) in zip(marks, boxes, strict=True):
        around = (x0 - _PADDING, y0 - _PADDING, x1 + _PADDING, y1 + _PADDING)
        draw.rectangle(around, outline=(*mark.colour, 255), fill=(*mark.colour, 24), width=2)
    covered = np.asarray(Image.fromarray(image).convert("L")) < _INK
    for mark, box in zip(marks, boxes, strict=True):
        if mark.label:
            _write_label(draw, mark, box, covered)
    return picture


def _scaled(box: _Rectangle, scale: float) -> _Rectangle:
    x0, y0, x1, y1 = box
    return x0 * scale, y0 * scale, x1 * scale, y1 * scale


def _write_label(draw: ImageDraw.ImageDraw, mark: Mark, box: _Rectangle, covered: NDArray[np.bool_]) -> None:
    """Write a label where it hides least, joined to its box by a line; mark its place in ``covered``."""
    font = label_font(_LABEL_PIXELS)
    wide = draw.textlength(mark.label, font=font) + 2 * _PADDING
    high = _LABEL_PIXELS + 2 * _PADDING + 2
    spot = min(
        _spots(box, wide, high, covered.shape),
        key=lambda spot: covered[_pixels(spot)].sum() + _PIXELS_HIDDEN_PER_STEP * math.dist(*_join(box, spot)),
    )
    covered[_pixels(spot)] = True
    draw.line([*_join(box, spot)], fill=(*mark.colour, 160))
    draw.rectangle(spot, fill=(*mark.colour, 225))
    draw.text((spot[0] + _PADDING, spot[1]), mark.label, font=font, fill=(255, 255, 255, 255))


def _spots(box: _Rectangle, wide: float, high: float, shape: tuple[int, ...]) -> list[_Rectangle]:
    """Above the box, below it, beside it, and in the margins, joined along the box's lower edge."""
    x0, y0, x1, y1 = box
    above, below, level, lower = y0 - high - _PADDING, y1 + _PADDING, (y0 + y1 - high) / 2, y1 - high / 2
    corners = [
        *((x, y) for y in (above, below) for x in (x0, x1 - wide)),
        *((x, level) for x in (x1 + 4, x0 - wide - 4)),
        *((x, y) for x in (0.0, float(shape[1])) for y in (lower, above, below)),
    ]
    return [_on_page(x, y, wide, high, shape) for x, y in corners]


def _join(box: _Rectangle, spot: _Rectangle) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of the line between a label and its box: middle of the label's nearer side, nearest point of the box."""
    y = (spot[1] + spot[3]) / 2
    x = min(max((box[0] + box[2]) / 2, spot[0]), spot[2])
    return (x, y), (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))


def _on_page(x: float, y: float, wide: float, high: float, shape: tuple[int, ...]) -> _Rectangle:
    x = max(min(x, shape[1] - wide - _EDGE), _EDGE)
    y = max(min(y, shape[0] - high - _EDGE), _EDGE)
    return x, y, x + wide, y + high


def _pixels(spot: _Rectangle) -> tuple[slice, slice]:
    x0, y0, x1, y1 = (round(edge) for edge in spot)
    return slice(y0, y1 + 1), slice(x0, x1 + 1)


@lru_cache(maxsize=2)
def label_font(pixels: int) -> ImageFont.FreeTypeFont:
    """Noto Sans, which comes with OCRmyPDF and has every Vietnamese letter.

    Raises:
        MissingDependencyError: The font is not where OCRmyPDF keeps it.
    """
    try:
        data = resources.files("ocrmypdf").joinpath("data", "NotoSans-Regular.ttf").read_bytes()
        return ImageFont.truetype(BytesIO(data), pixels)
    except (ModuleNotFoundError, OSError) as error:
        raise MissingDependencyError("The font Noto Sans, a part of OCRmyPDF, is missing.") from error
