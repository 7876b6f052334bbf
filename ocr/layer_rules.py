"""Rules that a born-digital page draws itself, as pdfplumber gives them, and the tables that they make.

Word processors draw a rule as a line, as an edge of a stroked box or as a thin filled box, cell by cell. Boxes that are
filled only shade what stands on them: one letter had 72 of them behind its words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import cv2
import numpy as np
from pdfplumber.page import Page
from pdfplumber.utils.geometry import curve_to_edges, rect_to_edges

from ocr.rules import Grid, Mask, Strokes, grids_of
from ocr.tree import Box

__all__ = ["drawn_grids", "drawn_rules"]

_THICKEST: Final = 3.0  # points; a wider filled box is a bar or a shade
_MOST_SQUARE: Final = 1.5  # pieces on crossings are of both directions
_MOST: Final = 20_000  # a page of tables has some thousand
_NEARLY_WHITE: Final = 0.97
# In inches. Letters are no strokes here: shorter ones than on scans can be rules of narrow columns and low rows.
_SHORTEST_ACROSS: Final = 0.15
_SHORTEST_DOWN: Final = 0.1
_BREAK: Final = 0.03


def drawn_rules(page: Page, scale: float) -> list[Box]:
    """Lying and standing rules that are not white, as thin boxes in displayed points; none on pages with too many.

    Args:
        page: Its coordinates are displayed ones.
        scale: Points for one of them.
    """
    if sum(len(page.objects.get(kind, ())) for kind in ("line", "rect", "curve", "image")) > _MOST:
        return []
    return [
        Box(*(edge * scale for edge in (max(x0, 0.0), max(top, 0.0), max(x1, 0.0), max(bottom, 0.0))))
        for x0, top, x1, bottom in _rules(page)
        if min(x1 - x0, bottom - top) <= _THICKEST
    ]


def _rules(page: Page) -> Iterator[tuple[float, float, float, float]]:
    for line in page.lines:
        if _shows(line["stroking_color"]):
            yield _place(line)
    for rect in page.rects:
        is_thin = min(rect["width"], rect["height"]) <= _THICKEST
        if rect["stroke"] and _shows(rect["stroking_color"]):
            yield from [_place(rect)] if is_thin else map(_place, rect_to_edges(rect))
        elif is_thin and rect["fill"] and _shows(rect["non_stroking_color"]):
            yield _place(rect)
    for curve in page.curves:
        if curve["stroke"] and _shows(curve["stroking_color"]):
            yield from (_place(edge) for edge in curve_to_edges(curve) if edge["orientation"])
        elif curve["fill"] and _shows(curve["non_stroking_color"]):
            yield _place(curve)
    yield from map(_place, page.images)


def _place(item: dict[str, Any]) -> tuple[float, float, float, float]:
    return item["x0"], item["top"], item["x1"], item["bottom"]


def _shows(colour: Any) -> bool:
    """False for white; colours of other kinds than grey, RGB and CMYK show."""
    parts = colour if isinstance(colour, list | tuple) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return True
    return max(parts, default=0.0) > 1 - _NEARLY_WHITE if len(parts) == 4 else min(parts, default=0.0) < _NEARLY_WHITE


def drawn_grids(rules: Sequence[Box], shape: tuple[int, int], dpi: int) -> list[Grid]:
    """Tables and frames that ``rules`` make, like those of ``ocr.rules.find_grids``.

    Args:
        rules: In points, from :func:`drawn_rules`.
        shape: Height and width of the page in pixels.
        dpi: Of those pixels.
    """
    if not rules:
        return []
    return grids_of(Strokes(_mask(rules, shape, dpi, lying=True), _mask(rules, shape, dpi, lying=False), dpi))


def _mask(rules: Sequence[Box], shape: tuple[int, int], dpi: int, *, lying: bool) -> Mask:
    """The rules of one direction, drawn; what is too short for a table's is left out."""
    mask = np.zeros(shape, np.uint8)
    scale = dpi / 72
    for rule in rules:
        wide, high = (rule.width, rule.height) if lying else (rule.height, rule.width)
        if high <= _MOST_SQUARE * wide:
            left, top = int(rule.x0 * scale), int(rule.y0 * scale)
            mask[top : math.ceil(rule.y1 * scale) + 1, left : math.ceil(rule.x1 * scale) + 1] = 255
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _along(_BREAK * dpi, lying=lying))
    least = (_SHORTEST_ACROSS if lying else _SHORTEST_DOWN) * dpi
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _along(least, lying=lying)), np.uint8)


def _along(length: float, *, lying: bool) -> Mask:
    long = max(3, round(length))
    return np.ones((1, long) if lying else (long, 1), np.uint8)
