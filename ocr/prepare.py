"""A page image made ready for recognition: even light, inks apart, upright, level, about 300 dpi."""

from __future__ import annotations

import time
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.deskew import reduced_ink
from ocr.engine import Engine, GrayImage, RgbImage
from ocr.ink import separate_inks
from ocr.light import even_light
from ocr.orientation import find_orientation
from ocr.prepared import PreparedPage

__all__ = ["READING_DPI", "prepare"]

READING_DPI: Final = 300
"""Resolution that Tesseract's models read best; images far from it are scaled."""

_NEAR_ENOUGH: Final = (250, 350)
_LOW_DPI: Final = 180
# Turning blurs a little, but pays early: word recall 0.959 from 0.1 degrees on, 0.957 from 0.3, 0.953 from 1.0.
_LEAST_SKEW: Final = 0.1

Matrix = NDArray[np.float64]


def prepare(rgb: RgbImage, dpi: int, engine: Engine, seconds: float) -> PreparedPage:
    """Make a page ready for :func:`ocr.recognise.recognise`; the result is for OCR only, never for the eye.

    Args:
        rgb: The page as displayed, ``uint8``, height x width x 3.
        dpi: Of ``rgb``.
        engine: Asked which way up the page is where its lines do not tell.
        seconds: Time limit.

    Raises:
        TimeLimitError: ``seconds`` ran out.
        EngineError: The engine failed.
    """
    deadline = time.monotonic() + seconds
    inks = separate_inks(even_light(rgb))
    orientation, lines = find_orientation(
        inks.black, reduced_ink(inks.black), dpi=dpi, engine=engine, seconds=deadline - time.monotonic()
    )
    scale = 1.0 if _NEAR_ENOUGH[0] <= dpi <= _NEAR_ENOUGH[1] else READING_DPI / dpi
    skew = lines.skew if abs(lines.skew) >= _LEAST_SKEW else 0.0
    high, wide = rgb.shape[:2]

    def upright(layer: GrayImage | None) -> GrayImage | None:
        return None if layer is None else _set_upright(layer, orientation, scale, skew)

    return PreparedPage(
        gray=_firm_strokes(_set_upright(inks.black, orientation, scale, skew)),
        red=upright(inks.red),
        blue=upright(inks.blue),
        dpi=round(dpi * scale),
        orientation=orientation,
        skew=skew,
        page_width=wide * 72 / dpi,
        page_height=high * 72 / dpi,
        matrix=_way_back(wide, high, orientation, scale, skew, dpi),
        warnings=(f"low_resolution: {dpi} dpi",) if dpi < _LOW_DPI else (),
    )


def _set_upright(layer: GrayImage, orientation: int, scale: float, skew: float) -> GrayImage:
    image = np.ascontiguousarray(np.rot90(layer, -(orientation // 90)))
    if scale != 1.0:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        high, wide = image.shape
        image = np.asarray(cv2.resize(image, _scaled(wide, high, scale), interpolation=way), dtype=np.uint8)
    if skew == 0.0:
        return image
    high, wide = image.shape
    turn, size = _levelling(wide, high, skew)
    # OpenCV counts from pixel centres, we count from pixel edges.
    to_edges, to_centres = _shift(0.5, 0.5), _shift(-0.5, -0.5)
    warp = (to_centres @ turn @ to_edges)[:2]
    return np.asarray(cv2.warpAffine(image, warp, size, flags=cv2.INTER_CUBIC, borderValue=255), dtype=np.uint8)


def _firm_strokes(gray: GrayImage) -> GrayImage:
    """Smooth the stairs of 1-bit scans and the noise of JPEG, then draw thin strokes a little bolder.

    Tesseract keeps marks better so: on 8 transcribed scans word recall went from 0.950 to 0.958, line CER from 2.1 to
    1.8 %, on 22 degraded born-digital pages line CER from 2.0 to 1.9 %. Only one of the two gains half of it.
    """
    smooth = cv2.GaussianBlur(gray, (0, 0), 0.7)
    bold = cv2.erode(smooth, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.addWeighted(smooth, 0.5, bold, 0.5, 0), dtype=np.uint8)


def _way_back(wide: int, high: int, orientation: int, scale: float, skew: float, dpi: int) -> Matrix:
    """2 x 3, prepared pixels to displayed points: every step of :func:`_set_upright` undone in turn."""
    quarter = {
        0: np.eye(3),
        90: np.array([[0, -1, high], [1, 0, 0], [0, 0, 1]]),
        180: np.array([[-1, 0, wide], [0, -1, high], [0, 0, 1]]),
        270: np.array([[0, 1, 0], [-1, 0, wide], [0, 0, 1]]),
    }[orientation]
    turned_wide, turned_high = (wide, high) if orientation % 180 == 0 else (high, wide)
    new_wide, new_high = _scaled(turned_wide, turned_high, scale)
    resize = np.diag([new_wide / turned_wide, new_high / turned_high, 1.0])
    turn = _levelling(new_wide, new_high, skew)[0]
    to_points = np.diag([72 / dpi, 72 / dpi, 1.0])
    return np.asarray((to_points @ np.linalg.inv(turn @ resize @ quarter))[:2], dtype=np.float64)


def _scaled(wide: int, high: int, scale: float) -> tuple[int, int]:
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _levelling(wide: int, high: int, skew: float) -> tuple[Matrix, tuple[int, int]]:
    """Turn by ``skew`` degrees counter-clockwise into a frame large enough for the whole page, in edge coordinates."""
    angle = np.deg2rad(skew)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    size = (int(np.ceil(wide * cos + high * abs(sin))), int(np.ceil(high * cos + wide * abs(sin))))
    rotate = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    return _shift(size[0] / 2, size[1] / 2) @ rotate @ _shift(-wide / 2, -high / 2), size if skew else (wide, high)


def _shift(x: float, y: float) -> Matrix:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])
