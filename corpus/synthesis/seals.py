"""Round seals of fictional organs: two rings, text along them, text or a star in the middle."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from corpus.synthesis.documents import Seal
from corpus.synthesis.fonts import load_font
from corpus.synthesis.markup import Face
from corpus.synthesis.sheets import LAYOUT_DPI
from ocr.engine import GrayImage

__all__ = ["draw_seal"]

_RADIUS = 17.0  # mm; seals of provincial and district organs are 34-36 mm across
_ARC_ABOVE, _ARC_BELOW = 190.0, 125.0  # degrees of the ring that the texts may take
_PX = LAYOUT_DPI / 25.4  # pixels a millimetre


def draw_seal(seal: Seal) -> GrayImage:
    """Ink mask of ``seal`` at the layout resolution, a square of about 38 mm."""
    side = round((2 * _RADIUS + 4) * _PX)
    centre = side / 2
    image = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(image)
    for radius, weight in ((_RADIUS, 0.6), (_RADIUS - 0.9, 0.25), (_RADIUS - 5.6, 0.35)):
        r = radius * _PX
        pen.ellipse((centre - r, centre - r, centre + r, centre + r), outline=255, width=max(2, round(weight * _PX)))
    ring = (_RADIUS - 3.2) * _PX
    _along(image, seal.above, centre, ring, middle=-90.0, outward=True)
    _along(image, seal.below, centre, ring, middle=90.0, outward=False)
    for angle in (168.0, 12.0) if seal.below else (90.0,):
        x = centre + ring * math.cos(math.radians(angle))
        _star(pen, x, centre + ring * math.sin(math.radians(angle)), 1.1 * _PX)
    if seal.middle:
        _middle(pen, seal.middle, centre)
    else:
        _star(pen, centre, centre - 0.5 * _PX, 6.5 * _PX)
    return np.asarray(image, np.uint8).copy()


def _along(image: Image.Image, text: str, centre: float, ring: float, *, middle: float, outward: bool) -> None:
    """Letters along a circle round the angle ``middle``, feet to the centre (``outward``) or away from it."""
    gap = 0.45 * _PX
    for size in np.arange(8.4, 4.0, -0.4):
        font = load_font(Face(float(size)), LAYOUT_DPI, stamp=True)
        steps = [(font.getlength(letter) + gap) / ring for letter in text]
        if sum(steps) <= math.radians(_ARC_ABOVE if outward else _ARC_BELOW):
            break
    sign = 1 if outward else -1
    angle = math.radians(middle) - sign * sum(steps) / 2
    for letter, step in zip(text, steps, strict=True):
        angle += sign * step / 2
        box = round(4.6 * _PX)
        tile = Image.new("L", (box, box), 0)
        ImageDraw.Draw(tile).text((box / 2, box / 2 + 1.0 * _PX), letter, fill=255, font=font, anchor="ms")
        turn = -math.degrees(angle) - 90 if outward else -math.degrees(angle) + 90
        tile = tile.rotate(turn, resample=Image.Resampling.BICUBIC)
        x, y = centre + ring * math.cos(angle), centre + ring * math.sin(angle)
        image.paste(255, (round(x - box / 2), round(y - box / 2)), tile)
        angle += sign * step / 2


def _middle(pen: ImageDraw.ImageDraw, lines: tuple[str, ...], centre: float) -> None:
    widest = max(len(line) for line in lines)
    size = min(13.0, 88.0 / max(widest, 1))
    font = load_font(Face(size, bold=True), LAYOUT_DPI)
    leading = size * 1.25 * LAYOUT_DPI / 72
    y = centre - leading * (len(lines) - 1) / 2
    for line in lines:
        pen.text((centre, y), line, fill=255, font=font, anchor="mm")
        y += leading


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for corner in range(10):
        r = radius if corner % 2 == 0 else radius * 0.4
        angle = math.radians(-90 + 36 * corner)
        points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    pen.polygon(points, fill=255)
