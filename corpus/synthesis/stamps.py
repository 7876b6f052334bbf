"""Rubber stamps and signature boxes as patches: small canvases of ink with the words on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from corpus.synthesis.documents import IncomingStamp, SignatureBox, Zone
from corpus.synthesis.drawing import PEN, SCALE, TrueWord
from corpus.synthesis.fonts import ink_box, load_font
from corpus.synthesis.handwriting import draw_strokes, figure_strokes
from corpus.synthesis.markup import Face
from corpus.synthesis.sheets import LAYOUT_DPI
from ocr.engine import GrayImage
from ocr.tree import Box, Ink, Role

__all__ = ["Patch", "incoming_patch", "name_patch", "signature_box_patch", "urgency_patch", "worn"]

_STAMP_LINE = 1_000_000  # stamps of a zone come after its printed lines


@dataclass(slots=True)
class Patch:
    """A mark on its own canvas: a mask for each ink, words with boxes in pixels of the canvas."""

    masks: dict[Ink, GrayImage]
    words: list[TrueWord] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        height, width = next(iter(self.masks.values())).shape
        return height, width

    def turned(self, degrees: float) -> Patch:
        """The patch turned counter-clockwise round its centre, on a canvas of the same size."""
        height, width = self.shape
        matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)
        masks = {
            ink: np.asarray(cv2.warpAffine(mask, matrix, (width, height)), np.uint8) for ink, mask in self.masks.items()
        }
        return Patch(masks, [replace(word, box=_through(matrix, word.box)) for word in self.words])


def _through(matrix: NDArray[np.float64], box: Box) -> Box:
    corners = np.array([(x, y, 1) for x in (box.x0, box.x1) for y in (box.y0, box.y1)])
    moved = corners @ matrix.T
    (x0, y0), (x1, y1) = moved.min(axis=0), moved.max(axis=0)
    return Box(float(x0), float(y0), float(x1), float(y1))


def worn(mask: GrayImage, rng: Generator) -> GrayImage:
    """Ink of a rubber stamp: uneven pressure over centimetres, pinholes over tenths of a millimetre."""
    height, width = mask.shape
    pressure = rng.uniform(0.6, 1.0, (5, 5)).astype(np.float32)
    coarse = cv2.resize(pressure, (width, height), interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(rng.normal(0, 1, (height, width)).astype(np.float32), (0, 0), 1.5)
    return np.asarray(mask * np.clip(coarse + 0.35 * fine, 0.25, 1.0), dtype=np.uint8)


def name_patch(name: str, zone: Zone) -> Patch:
    """A signer's name as a red rubber stamp in italics."""
    return _text_patch([name], Face(15, bold=True, italic=True), zone, Role.STAMP, Ink.RED, stamp=True)


def urgency_patch(text: str) -> Patch:
    """A boxed red mark such as KHẨN (box 10b)."""
    return _text_patch([text], Face(14), Zone.HEAD_LEFT, Role.STAMP, Ink.RED, stamp=True, sans=True, frame=1.5)


def signature_box_patch(box: SignatureBox) -> Patch:
    """The printed overlay of a digital signature."""
    return _text_patch(box.lines, Face(8.5), Zone.SIGNATURE_BOX, Role.SIGNATURE_BOX, box.ink, frame=0.5)


def _text_patch(
    lines: Sequence[str],
    face: Face,
    zone: Zone,
    role: Role,
    ink: Ink,
    *,
    stamp: bool = False,
    sans: bool = False,
    frame: float = 0.0,
) -> Patch:
    """Lines of text, left-aligned; ``frame`` draws a box of that weight in points around them."""
    font = load_font(face, LAYOUT_DPI, stamp=sans)
    leading = face.size * 1.25 * SCALE
    pad = round((8 if stamp else 3) * SCALE)  # a stamp needs room for turning
    width = round(max(font.getlength(line) for line in lines)) + 2 * pad
    image = Image.new("L", (width, round(leading * len(lines)) + 2 * pad), 0)
    pen = ImageDraw.Draw(image)
    words: list[TrueWord] = []
    for row, line in enumerate(lines):
        placed = _put(pen, line, pad, pad + leading * (row + 0.8), face, sans=sans)
        words += [TrueWord(text, box, zone, _STAMP_LINE + row, role, ink, stamp=stamp) for text, box in placed]
    if frame:
        inset = pad * 0.4
        edge = (inset, inset, width - inset, image.height - inset)
        pen.rectangle(edge, outline=255, width=max(2, round(frame * SCALE)))
    return Patch({ink: np.asarray(image, np.uint8).copy()}, words)


def _put(pen: ImageDraw.ImageDraw, line: str, x: float, y: float, face: Face, *, sans: bool) -> list[tuple[str, Box]]:
    """Draw the words of ``line`` from the left end of the base line; returns them with their boxes."""
    font = load_font(face, LAYOUT_DPI, stamp=sans)
    placed = []
    for text in line.split():
        pen.text((x, y), text, fill=255, font=font, anchor="ls")
        x0, y0, x1, y1 = ink_box(text, face, LAYOUT_DPI, stamp=sans)
        placed.append((text, Box(x + x0, y + y0, x + x1, y + y1)))
        x += font.getlength(text + " ")
    return placed


def incoming_patch(stamp: IncomingStamp, rng: Generator) -> Patch:
    """ĐẾN: the receiving organ above, then number and date on dotted lines, filled in with a blue pen."""
    width, height, pad = round(140 * SCALE), round(60 * SCALE), round(6 * SCALE)
    image = Image.new("L", (width, height), 0)
    written = np.zeros((height, width), np.uint8)
    pen = ImageDraw.Draw(image)
    words: list[TrueWord] = []

    def put(text: str, x: float, y: float, face: Face, line: int) -> float:
        placed = _put(pen, text, x, y, face, sans=True)
        for part, box in placed:
            words.append(TrueWord(part, box, Zone.INCOMING_STAMP, line, Role.INCOMING_STAMP, stamp.ink, stamp=True))
        return placed[-1][1].x1

    pen.rectangle((pad, pad, width - pad, height - pad), outline=255, width=round(1.2 * SCALE))
    pen.line((pad, pad + 15 * SCALE, width - pad, pad + 15 * SCALE), fill=255, width=round(0.8 * SCALE))
    face, wide = _fitting(stamp.organ, width - 4 * pad)
    put(stamp.organ, (width - wide) / 2, pad + 11 * SCALE, face, 0)
    left = put("ĐẾN", 2 * pad, pad + 37 * SCALE, Face(15), 1) + 4 * SCALE
    for line, (label, text) in enumerate((("Số:", stamp.number), ("Ngày:", stamp.date)), start=1):
        y = pad + (12 + 16 * line) * SCALE
        x = put(label, left, y, Face(8), line) + 2 * SCALE
        for dot in np.arange(x, width - 2 * pad, 2.2 * SCALE):
            pen.ellipse((dot, y - 1, dot + 3, y + 2), fill=255)
        strokes = figure_strokes(text, 9.5 * SCALE, 6 * SCALE, rng)
        box = Box(*draw_strokes(written, strokes, x + 2 * SCALE, y - SCALE, PEN))
        words.append(
            TrueWord(text, box, Zone.INCOMING_STAMP, line, Role.INCOMING_STAMP, Ink.BLUE, hand=True, stamp=True)
        )
    masks = {stamp.ink: np.asarray(image, np.uint8).copy()}
    masks[Ink.BLUE] = np.maximum(written, masks[Ink.BLUE]) if Ink.BLUE in masks else written
    return Patch(masks, words)


def _fitting(text: str, room: float) -> tuple[Face, float]:
    """The largest stamp face, at most 8.5 points, in which ``text`` is no wider than ``room``; and its width."""
    for size in np.arange(8.5, 4, -0.5):
        face = Face(float(size))
        wide = load_font(face, LAYOUT_DPI, stamp=True).getlength(text)
        if wide <= room:
            break
    return face, wide
