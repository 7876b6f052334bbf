"""Which way up a page is, as cheaply as it can be told."""

from __future__ import annotations

import time
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.syllables import is_syllable
from ocr.deskew import LineDirection, line_direction
from ocr.engine import Engine, GrayImage, RawWord, Segmentation

__all__ = ["find_orientation"]

# Lines at right angles to each other: 2 to 6 against less than 1.3 on 60 pages, 1.1 against 1.6 on an empty one.
_LEAST_SHARPNESS: Final = 1.8
# Upright pages: 0.96 to 1.73, so below 1 / 0.96 upside down. Half-way between sure and a toss-up.
_SURE_FOOTING: Final = 1.10
# Share of a test strip's letters that must be in Vietnamese syllables: 0.6 to 1.0 upright, below 0.3 upside down.
_READABLE: Final = 0.5
_STRIP_SHARE: Final = 0.12
_LEAST_OSD_CONFIDENCE: Final = 2.0


def find_orientation(
    gray: GrayImage, ink: NDArray[np.uint8], *, dpi: int, engine: Engine, seconds: float
) -> tuple[int, LineDirection]:
    """The clockwise turn (0, 90, 180, 270) that sets a page upright, and the direction of its lines after it.

    Lines of text tell level from sideways; straight feet tell upright from upside down on four pages of five, at no
    cost. For the rest a strip of text is read both ways (0.4 s against the 1.5 s of Tesseract's own OSD on the page,
    which is asked last).

    Args:
        gray: The page.
        ink: The same page from :func:`ocr.deskew.reduced_ink`.
        dpi: Of ``gray``.
        engine: Reads the test strips.
        seconds: Time limit of all of it.
    """
    deadline = time.monotonic() + seconds
    level, sideways = line_direction(ink), line_direction(np.rot90(ink, -1))
    if max(level.sharpness, sideways.sharpness) < _LEAST_SHARPNESS:
        return 0, LineDirection(0.0, level.sharpness, 1.0)
    turn, direction = (90, sideways) if sideways.sharpness > level.sharpness else (0, level)
    if direction.footing < _SURE_FOOTING or turn:
        likely = [turn, (turn + 180) % 360]
        if direction.footing < 1 / _SURE_FOOTING:
            likely.reverse()
        chosen = _readable_turn(gray, ink, likely, dpi, engine, deadline)
        if chosen != turn:
            # Turned by a half, lines rise where they fell not: the skew stays, feet and tops change places.
            direction = LineDirection(direction.skew, direction.sharpness, 1 / direction.footing)
        turn = chosen
    return turn, direction


def _readable_turn(
    gray: GrayImage, ink: NDArray[np.uint8], turns: list[int], dpi: int, engine: Engine, deadline: float
) -> int:
    for turn in turns:
        strip = _busiest_strip(_turned(gray, turn), _turned(ink, turn))
        words = engine.read(strip, dpi=dpi, segmentation=Segmentation.BLOCK, seconds=deadline - time.monotonic())
        if _readable_share(words) >= _READABLE:
            return turn
    found = engine.orientation(gray, dpi=dpi, seconds=deadline - time.monotonic())
    if found is None or found.confidence < _LEAST_OSD_CONFIDENCE:
        return turns[0]
    return found.degrees


def _turned(image: NDArray[np.uint8], degrees: int) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def _busiest_strip(gray: GrayImage, ink: NDArray[np.uint8]) -> GrayImage:
    """The full-width strip of the page with most letters."""
    high = max(1, round(ink.shape[0] * _STRIP_SHARE))
    mass = np.convolve((ink > 0).sum(axis=1), np.ones(high), mode="valid")
    top = int(np.argmax(mass))
    factor = gray.shape[0] / ink.shape[0]
    return np.ascontiguousarray(gray[round(top * factor) : round((top + high) * factor)])


def _readable_share(words: list[RawWord]) -> float:
    letters = [(sum(c.isalpha() for c in w.text), is_syllable(w.text.strip('.,;:()/-“”"'))) for w in words]
    total = sum(count for count, _ in letters)
    return sum(count for count, good in letters if good and count > 1) / total if total else 0.0
