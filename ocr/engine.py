"""The seam between sohoa and an OCR engine: images in, words with pixel boxes out.

An engine knows nothing of documents. Of the language it may use what helps it choose between its own readings of a
letter (``ocr.tones``), never what a person would call a correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocr.tree import Cell, Ink, Role

__all__ = ["Engine", "GrayImage", "Orientation", "RawLine", "RawWord", "RgbImage", "Segmentation"]

GrayImage = NDArray[np.uint8]  # height x width, 0 black .. 255 white
RgbImage = NDArray[np.uint8]  # height x width x 3


class Segmentation(StrEnum):
    """What the engine should take the image for (Tesseract's --psm)."""

    PAGE = "3"
    COLUMN = "4"
    BLOCK = "6"
    LINE = "7"
    WORD = "8"
    SPARSE = "11"


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word in pixels of the upright, deskewed image; ``block`` and ``line`` group words as the engine saw them."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float  # 0..1
    ink: Ink = Ink.BLACK
    engine: str = ""
    block: int = 0
    line: int = 0  # unique over the page, not within the block

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class RawLine:
    """Words of one printed line of one column, left to right, with what the line is on its page."""

    words: tuple[RawWord, ...]
    role: Role = Role.BODY
    cell: Cell | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Orientation:
    """Clockwise turn that sets an image upright, with the engine's confidence (Tesseract: 0 to about 20)."""

    degrees: int
    confidence: float


class Engine(Protocol):
    """An OCR engine. Implementations are cheap to create, hold no open process and can be pickled."""

    @property
    def name(self) -> str:
        """Name, version and model, such as ``tesseract 5.3.0 vie``; part of the key of cached results."""

    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        """Words of ``image`` in reading order.

        Raises:
            TimeLimitError: ``seconds`` ran out; no process is left behind.
            EngineError: The engine failed.
            MissingDependencyError: The engine or its model is not installed.
        """

    def second_reader(self) -> Engine | None:
        """An engine that errs in other places, for figures that this one doubts; None where there is none."""

    def orientation(self, image: GrayImage, *, dpi: int, seconds: float) -> Orientation | None:
        """How the image must be turned; None when the engine cannot tell (too little text)."""
