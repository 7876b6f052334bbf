"""Fonts for the hand of name stamps, made from fonts of other hands: marks for letters that lack them, capitals drawn.

    python -m train.names.stamp_fonts FONTS OUT --without-marks MORE

Offices have name stamps cut in one formal round hand whose T, C, L and D look like nothing in any free font: closed,
with a stroke through the foot. Here they are drawn with a pen along a few points, each time a little differently, and
put into script fonts of ``FONTS``. Fonts of ``MORE`` that have no Vietnamese letters get them, marks drawn likewise.
"""

from __future__ import annotations

import argparse
import math
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from numpy.typing import NDArray

from ocr.name_reader import ALPHABET

__all__ = ["add_capitals", "add_marks"]

Points = NDArray[np.float64]  # x, y, width of the pen
Rng = np.random.Generator

# Strokes of a capital 800 high over the line: points the pen passes (x, y) and how wide it is there.
_FOOT: Final = [(125, 640, 34), (75, 520, 62), (20, 380, 84), (-20, 230, 84), (0, 80, 60), (70, 0, 30), (150, 20, 24),
                (205, 140, 24), (240, 300, 30), (200, 350, 40), (150, 310, 26), (140, 230, 22)]  # fmt: skip
_CAPITALS: Final[dict[str, tuple[int, list[list[tuple[float, float, float]]]]]] = {
    "T": (600, [
        [(180, 380, 22), (60, 430, 24), (0, 580, 34), (60, 740, 44), (180, 790, 62), (330, 740, 62), (480, 690, 40),
         (600, 700, 30), (670, 760, 30), (610, 790, 30), (530, 740, 26)],
        [(x + 310, y, w) for x, y, w in _FOOT],
        [(60, 0, 40), (160, 90, 28), (290, 230, 24), (420, 320, 20)],
    ]),
    "C": (560, [
        [(330, 800, 52), (200, 780, 46), (90, 670, 40), (70, 540, 34), (120, 430, 28), (220, 410, 26), (340, 480, 26),
         (470, 650, 30), (560, 780, 34), (620, 830, 38), (660, 770, 40), (630, 640, 38), (540, 480, 32),
         (420, 400, 26), (320, 400, 24)],
        [(330, 560, 40), (290, 460, 70), (230, 320, 88), (200, 190, 84), (230, 60, 54), (310, 0, 30), (400, 40, 24),
         (450, 180, 24), (440, 290, 28)],
        [(0, 0, 38), (110, 110, 28), (230, 260, 26)],
    ]),
    "L": (600, [
        [(330, 320, 24), (200, 310, 26), (100, 420, 36), (90, 580, 40), (170, 740, 36), (320, 810, 34),
         (450, 790, 30)],
        [(310, 330, 26), (430, 420, 26), (540, 580, 32), (600, 720, 36), (580, 820, 36), (500, 790, 40),
         (440, 640, 56), (380, 440, 80), (310, 230, 84), (220, 80, 46), (110, 0, 30), (20, 20, 28), (10, 110, 28),
         (90, 140, 28), (220, 80, 40), (360, 10, 50), (480, 10, 34), (580, 90, 22)],
    ]),
    "D": (640, [
        [(290, 450, 24), (180, 360, 28), (60, 420, 36), (30, 560, 38), (100, 720, 38), (280, 800, 38), (480, 770, 46),
         (600, 620, 60), (620, 420, 70), (540, 190, 56), (380, 40, 38), (220, 20, 30), (80, 70, 28), (20, 60, 28),
         (10, 0, 28), (90, -20, 30), (220, 30, 34)],
        [(470, 690, 34), (430, 560, 64), (370, 380, 86), (300, 200, 76), (220, 70, 36)],
    ]),
}  # fmt: skip
_MARKS: Final[dict[str, list[list[tuple[float, float, float]]]]] = {  # over the middle of a letter's head, x-height 400
    "\u0301": [[(-20, 60, 50), (70, 180, 34)]],
    "\u0300": [[(20, 60, 34), (-60, 180, 50)]],
    "\u0302": [[(-100, 50, 30), (0, 150, 40), (90, 50, 34)]],
    "\u0303": [[(-110, 70, 30), (-50, 130, 44), (40, 80, 44), (110, 140, 30)]],
    "\u0309": [[(-30, 140, 30), (20, 180, 34), (50, 130, 34), (0, 90, 30), (0, 50, 30)]],
    "\u0306": [[(-90, 140, 32), (-40, 70, 40), (40, 70, 40), (90, 140, 32)]],
    "\u0323": [[(0, 0, 70), (6, 2, 70)]],
    "\u031b": [[(-20, -40, 30), (40, -10, 36), (60, 60, 34)]],
}
_DOUBLE: Final = {"\u0301": (110, 60), "\u0300": (-110, 60), "\u0309": (110, 50), "\u0303": (0, 120)}
_CHANGES: Final = 3  # fonts made of each


def main() -> None:
    """Write the fonts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fonts", type=Path, help="folder of script fonts with Vietnamese letters")
    parser.add_argument("out", type=Path)
    parser.add_argument("--without-marks", type=Path, help="folder of script fonts without them")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    for path in sorted(given.fonts.iterdir()):
        for change in range(_CHANGES):
            font = TTFont(path)
            add_capitals(font, rng)
            font.save(given.out / f"stamp-{path.stem}-{change}.ttf")
    for path in sorted(given.without_marks.iterdir()) if given.without_marks else ():
        font = TTFont(path)
        if add_marks(font, rng):
            font.save(given.out / f"marked-{path.stem}.ttf")


def add_capitals(font: TTFont, rng: Rng) -> None:
    """Draw T, C, L, D and Đ anew, as high as the font's own capitals or a little higher."""
    scale = _top(font, "T") / 800 * rng.uniform(0.95, 1.15)
    narrow, slant, weight = rng.uniform(0.75, 1.0), rng.normal(0, 0.06), rng.uniform(0.7, 1.5)
    for letter, (wide, strokes) in _CAPITALS.items():
        pen = TTGlyphPen(None)
        drawn = [np.array(stroke, float) for stroke in strokes]
        for stroke in drawn:
            stroke[:, :2] += rng.normal(0, 12, stroke[:, :2].shape)
            stroke[:, 0] = (stroke[:, 0] + slant * stroke[:, 1]) * narrow
            stroke *= scale
            stroke[:, 2] *= weight
            _stroke(pen, stroke)
        advance = round(wide * narrow * scale)
        _put(font, letter, pen, advance)
        if letter == "D":
            bar = np.array([(180.0, 400, 30), (500, 420, 30)]) * (narrow * scale, scale, scale * weight)
            for stroke in (*drawn, bar):
                _stroke(pen, stroke)
            _put(font, "Đ", pen, advance)


def add_marks(font: TTFont, rng: Rng) -> bool:
    """Give a font the letters of ``ALPHABET`` that it lacks; False where it lacks a plain one."""
    have = font.getBestCmap()
    if any(ord(letter) not in have for letter in "aeiouydAEIOUYDbcghklmnpqrstvxBCGHKLMNPQRSTVX0123456789.-"):
        return False
    size, weight = _top(font, "x") / 400, rng.uniform(0.7, 1.4)
    for letter in ALPHABET:
        if ord(letter) in have or letter == " ":
            continue
        base, *marks = unicodedata.normalize("NFD", letter)
        base = {"đ": "d", "Đ": "D"}.get(base, base)
        if ord(base) not in have:
            continue
        left, right, top = _box(font, base)
        middle = (left + right) / 2 + (0.12 * top if base in "iy" else 0.0)
        pen = TTGlyphPen(None)
        _outline(font, "ı" if base == "i" and 0x131 in have and "\u0323" not in marks else base, pen)
        lifted = any(mark in "\u0302\u0306" for mark in marks)
        for mark in marks:
            x, y = _DOUBLE.get(mark, (0, 0)) if lifted else (0, 0)
            for stroke in _MARKS[mark]:
                points = np.array(stroke, float) + rng.normal(0, 6, (len(stroke), 3)) * (1, 1, 0)
                points[:, :2] += (x, y)
                points *= (size, size, size * weight)
                points[:, 0] += right if mark == "\u031b" else middle - (0.1 * top if mark == "\u0323" else 0)
                points[:, 1] += -90 * size if mark == "\u0323" else top
                _stroke(pen, points)
        if letter in "đĐ":
            wide = right - left
            y = 0.82 * top if letter == "đ" else 0.5 * top
            x = left + (0.45 * wide if letter == "đ" else 0.0)
            _stroke(pen, np.array([(x, y, 34 * size), (x + 0.55 * wide, y, 34 * size)]))
        _put(font, letter, pen, font["hmtx"][have[ord(base)]][0])
    return True


def _stroke(pen: Any, points: Points) -> None:
    """A pen's way through ``points``, smooth, as pieces that overlap."""
    fine = _smooth(points)
    for (x0, y0, w0), (x1, y1, w1) in pairwise(fine):
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        across_x, across_y = (y1 - y0) / length, -(x1 - x0) / length
        _contour(pen, [
            (x0 - across_x * w0 / 2, y0 - across_y * w0 / 2), (x1 - across_x * w1 / 2, y1 - across_y * w1 / 2),
            (x1 + across_x * w1 / 2, y1 + across_y * w1 / 2), (x0 + across_x * w0 / 2, y0 + across_y * w0 / 2),
        ])  # fmt: skip
    for x, y, wide in fine:
        turns = -np.arange(8) * math.pi / 4
        _contour(pen, [(x + wide / 2 * math.cos(turn), y + wide / 2 * math.sin(turn)) for turn in turns])


def _smooth(points: Points) -> Points:
    """Catmull-Rom through the points, eight pieces between two."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    along = np.linspace(0, 1, 8, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(
            0.5 * (2 * b + (c - a) * along + (2 * a - 5 * b + 4 * c - d) * along**2
                   + (3 * b - a - 3 * c + d) * along**3)
        )  # fmt: skip
    return np.concatenate([*pieces, points[-1:]])


def _contour(pen: Any, corners: list[tuple[float, float]]) -> None:
    pen.moveTo((round(corners[0][0]), round(corners[0][1])))
    for x, y in corners[1:]:
        pen.lineTo((round(x), round(y)))
    pen.closePath()


def _outline(font: TTFont, letter: str, pen: Any) -> None:
    glyphs = font.getGlyphSet()
    recorded = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[ord(letter)]].draw(recorded)
    recorded.replay(pen)


def _put(font: TTFont, letter: str, pen: Any, advance: int) -> None:
    """Give ``letter`` what ``pen`` drew."""
    glyph = pen.glyph()
    name = font.getBestCmap().get(ord(letter)) or f"uni{ord(letter):04X}"
    if name not in font.getGlyphOrder():
        font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, glyph.xMin if glyph.numberOfContours else 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(letter)] = name


def _box(font: TTFont, letter: str) -> tuple[float, float, float]:
    glyph = font["glyf"][font.getBestCmap()[ord(letter)]]
    glyph.recalcBounds(font["glyf"])
    return glyph.xMin, glyph.xMax, glyph.yMax


def _top(font: TTFont, letter: str) -> float:
    return float(_box(font, letter)[2])


if __name__ == "__main__":
    main()
