"""Pen strokes: figures that look written by hand, signatures, initials. All wobble comes from the given generator."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ocr.engine import GrayImage

__all__ = ["Strokes", "draw_strokes", "figure_strokes", "initials_strokes", "signature_strokes"]

Strokes = list[NDArray[np.float64]]  # each a path of points (x, y)

# Paths through a box one unit high (0 top, 1 base line), up to 0.6 wide: how a Vietnamese clerk writes figures.
_FIGURES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(0.32, 0.02), (0.08, 0.3), (0.06, 0.7), (0.26, 0.99), (0.48, 0.7), (0.5, 0.28), (0.3, 0.02)]],
    "1": [[(0.1, 0.28), (0.3, 0.02), (0.28, 0.5), (0.26, 1.0)]],
    "2": [[(0.06, 0.25), (0.22, 0.03), (0.46, 0.2), (0.36, 0.55), (0.05, 0.97), (0.28, 0.94), (0.54, 0.96)]],
    "3": [[(0.08, 0.1), (0.4, 0.05), (0.22, 0.45), (0.46, 0.62), (0.4, 0.92), (0.05, 0.93)]],
    "4": [[(0.3, 0.02), (0.05, 0.62), (0.55, 0.6)], [(0.4, 0.35), (0.36, 1.0)]],
    "5": [
        [(0.14, 0.06), (0.08, 0.45), (0.36, 0.42), (0.46, 0.72), (0.26, 0.99), (0.04, 0.9)],
        [(0.14, 0.06), (0.5, 0.03)],
    ],
    "6": [[(0.42, 0.03), (0.14, 0.36), (0.07, 0.8), (0.3, 0.99), (0.46, 0.74), (0.28, 0.55), (0.1, 0.72)]],
    "7": [[(0.06, 0.08), (0.5, 0.05), (0.34, 0.45), (0.22, 1.0)], [(0.14, 0.5), (0.46, 0.48)]],
    "8": [
        [(0.44, 0.14), (0.22, 0.03), (0.12, 0.25), (0.4, 0.62), (0.34, 0.96), (0.08, 0.86), (0.2, 0.52), (0.46, 0.14)]
    ],
    "9": [[(0.46, 0.2), (0.2, 0.04), (0.08, 0.34), (0.3, 0.46), (0.46, 0.2), (0.42, 0.6), (0.3, 1.0)]],
    "/": [[(0.4, 0.0), (0.24, 0.5), (0.06, 1.08)]],
}


def _smooth(points: NDArray[np.float64], steps: int = 10) -> NDArray[np.float64]:
    """Catmull-Rom curve through ``points``."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(
            0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
        )
    return np.vstack([*pieces, points[-1:]])


def figure_strokes(text: str, height: float, advance: float, rng: Generator) -> Strokes:
    """Handwritten figures of about ``height``, one every ``advance``, left end of the base line at (0, 0).

    Raises:
        ValueError: ``text`` holds something the clerk's pen does not know (known: figures and "/").
    """
    if unknown := set(text) - _FIGURES.keys():
        raise ValueError(f"no strokes for {sorted(unknown)}")
    strokes: Strokes = []
    slant = rng.uniform(0.05, 0.25)
    for index, letter in enumerate(text):
        size = height * rng.uniform(0.92, 1.08)
        drop = height * rng.normal(0, 0.03)
        for path in _FIGURES[letter]:
            points = np.array(path) + rng.normal(0, 0.018, (len(path), 2))
            points[:, 0] += slant * (1 - points[:, 1])
            strokes.append(_smooth(points * size + (index * advance, drop - size)))
    return strokes


def signature_strokes(width: float, rng: Generator) -> Strokes:
    """A signature about ``width`` wide round (0, 0): a tall first letter, a dying wave, flourishes."""
    tall = width * rng.uniform(0.22, 0.42)
    lean = rng.uniform(-0.1, 0.35)
    turns = int(rng.integers(2, 5))  # the first letter, a spiral or a spike
    angles = np.linspace(0, 2 * np.pi * rng.uniform(0.8, 1.7), 4 * turns) + rng.uniform(0, 2 * np.pi)
    radii = tall * np.linspace(rng.uniform(0.5, 1.0), rng.uniform(0.25, 0.6), angles.size)
    letter = np.column_stack([0.45 * radii * np.cos(angles) - 0.33 * width, radii * np.sin(angles) - 0.2 * tall])
    count = int(rng.integers(4, 11))
    x = np.linspace(-0.2, rng.uniform(0.2, 0.4), count) * width
    heights = tall * rng.uniform(0.1, 0.55, count) * np.linspace(1.0, 0.3, count)
    wave = np.column_stack([x, np.where(np.arange(count) % 2, 0.15 * tall, -heights)])
    tail = np.array([(rng.uniform(0.45, 0.75) * width, -rng.uniform(-0.3, 0.8) * tall)])
    path = np.vstack([letter, wave, tail])
    path[:, 0] -= lean * path[:, 1]
    strokes = [_smooth(path + rng.normal(0, 0.012 * width, path.shape), 14)]
    if rng.random() < 0.6:
        y = rng.uniform(0.2, 0.6) * tall
        start, end = rng.uniform(-0.5, -0.1) * width, rng.uniform(0.3, 0.7) * width
        under = np.array(
            [(start, y), ((start + end) / 2, y * rng.uniform(0.5, 1.0)), (end, y * rng.uniform(-0.2, 0.8))]
        )
        strokes.append(_smooth(under, 14))
    return strokes


def initials_strokes(width: float, rng: Generator) -> Strokes:
    """A drafter's initials: a few quick zigzags round (0, 0)."""
    turns = int(rng.integers(4, 7))
    x = np.linspace(-0.5, 0.5, turns) * width
    y = np.where(np.arange(turns) % 2, -0.35, 0.25) * width * rng.uniform(0.6, 1.1, turns)
    return [_smooth(np.column_stack([x, y]) + rng.normal(0, 0.04 * width, (turns, 2)), 12)]


def draw_strokes(mask: GrayImage, strokes: Strokes, x: float, y: float, nib: float) -> tuple[int, int, int, int]:
    """Draw ``strokes`` moved to pixel (x, y) into ``mask`` (0 none, 255 full ink) with a nib of ``nib`` pixels.

    Returns:
        Box of the ink in pixels: x0, y0, x1, y1 (exclusive ends).
    """
    offset = np.array([x, y])
    everything = np.vstack(strokes) + offset
    half = nib / 2 + 1
    x0, y0 = np.floor(everything.min(axis=0) - half).astype(int)
    x1, y1 = np.ceil(everything.max(axis=0) + half).astype(int)
    for stroke in strokes:
        fixed = np.round((stroke + offset) * 16).astype(np.int32)  # 4 fractional bits
        cv2.polylines(
            mask, [fixed], isClosed=False, color=255, thickness=max(1, round(nib)), lineType=cv2.LINE_AA, shift=4
        )
    height, width = mask.shape
    return max(int(x0), 0), max(int(y0), 0), min(int(x1), width), min(int(y1), height)
