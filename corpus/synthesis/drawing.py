"""Draws sheets: print, rubber stamps and pen as separate densities of ink, then one colour picture of the paper."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from corpus.synthesis.documents import Zone
from corpus.synthesis.fonts import ink_box, load_font
from corpus.synthesis.handwriting import draw_strokes, figure_strokes
from corpus.synthesis.markup import Face
from corpus.synthesis.sheets import LAYOUT_DPI, Sheet
from ocr.engine import GrayImage, RgbImage
from ocr.tree import Box, Ink, Role

__all__ = ["PEN", "SCALE", "Paper", "TrueWord", "draw_print", "in_points"]

SCALE = LAYOUT_DPI / 72
PEN = 2.6  # points/72 * dpi: a ball pen draws about 0.22 mm
_COLOURS = {Ink.BLACK: (28, 28, 32), Ink.RED: (214, 38, 62), Ink.BLUE: (38, 58, 158)}


@dataclass(frozen=True, slots=True)
class TrueWord:
    """A word of the truth. ``box`` is the extent of its ink in points; ``glued`` when no space parts it from the last.

    ``zone`` and ``line`` give its place in the transcription; ``hand`` and ``stamp`` how it came on the paper.
    """

    text: str
    box: Box
    zone: Zone
    line: int
    role: Role
    ink: Ink = Ink.BLACK
    hand: bool = False
    stamp: bool = False
    glued: bool = False


@dataclass(slots=True)
class Paper:
    """Ink densities (0 none, 255 full) of one page at ``LAYOUT_DPI``, and the words they make."""

    width: float  # points
    height: float
    inks: dict[Ink, GrayImage] = field(default_factory=dict)
    words: list[TrueWord] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = (round(self.height * SCALE), round(self.width * SCALE))
        self.inks = {ink: np.zeros(shape, np.uint8) for ink in Ink}

    def press(self, mask: GrayImage, x: int, y: int, ink: Ink) -> None:
        """Add ``mask`` to an ink with its top left corner at pixel (x, y); what sticks out of the page is lost."""
        target = self.inks[ink]
        height, width = target.shape
        x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + mask.shape[1], width), min(y + mask.shape[0], height)
        if x0 < x1 and y0 < y1:
            part = mask[y0 - y : y1 - y, x0 - x : x1 - x]
            target[y0:y1, x0:x1] = np.maximum(target[y0:y1, x0:x1], part)

    def picture(self) -> RgbImage:
        """The paper in colour: white, each ink taking light away (overlapping inks darken each other)."""
        channels = []
        for channel in range(3):
            light = None
            for ink, density in self.inks.items():
                left = cv2.convertScaleAbs(density, alpha=-(1 - _COLOURS[ink][channel] / 255), beta=255)
                light = left if light is None else cv2.multiply(light, left, scale=1 / 255)
            channels.append(light)
        return np.ascontiguousarray(cv2.merge([c for c in channels if c is not None]), dtype=np.uint8)


def draw_print(sheet: Sheet, rng: Generator) -> Paper:
    """Print the words and rules of ``sheet``; handwriting among them is drawn in blue."""
    rules = sheet.rules_of_page
    paper = Paper(rules.width, rules.height)
    print_layer = Image.new("L", paper.inks[Ink.BLACK].shape[::-1], 0)
    pen = ImageDraw.Draw(print_layer)
    for rule in sheet.rules:
        weight = max(2, round(rule.weight * SCALE))
        pen.line([(rule.x0 * SCALE, rule.y0 * SCALE), (rule.x1 * SCALE, rule.y1 * SCALE)], fill=235, width=weight)
    for placed in sheet.words:
        atom = placed.atom
        x, y = placed.x * SCALE, placed.baseline * SCALE
        if atom.hand:
            box = _write(paper, atom.text, atom.face, x, y, rng)
        else:
            font = load_font(atom.face, LAYOUT_DPI)
            pen.text((x, y), atom.text, fill=255, font=font, anchor="ls")
            x0, y0, x1, y1 = ink_box(atom.text, atom.face, LAYOUT_DPI)
            box = (x + x0, y + y0, x + x1, y + y1)
        paper.words.append(
            TrueWord(
                atom.text,
                in_points(*box),
                placed.zone,
                placed.line,
                placed.role,
                Ink.BLUE if atom.hand else Ink.BLACK,
                hand=atom.hand,
                glued=atom.glued,
            )
        )
    paper.inks[Ink.BLACK] = np.asarray(print_layer, dtype=np.uint8).copy()
    return paper


def _write(
    paper: Paper, text: str, face: Face, x: float, y: float, rng: Generator
) -> tuple[float, float, float, float]:
    size = face.size * SCALE
    strokes = figure_strokes(text, size * 0.78, size * 0.5, rng)
    return draw_strokes(paper.inks[Ink.BLUE], strokes, x + size * 0.05, y + size * 0.02, PEN)


def in_points(x0: float, y0: float, x1: float, y1: float) -> Box:
    """A box of layout pixels in points."""
    return Box(x0 / SCALE, y0 / SCALE, x1 / SCALE, y1 / SCALE)
