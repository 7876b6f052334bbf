from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.deskew import reduced_ink
from ocr.engine import GrayImage, Orientation, RawWord, Segmentation
from ocr.orientation import find_orientation
from ocr.tesseract import TesseractEngine
from tests.ocr.drawn_pages import DPI, text_page, turned


class CountingEngine:
    """Tesseract that counts how often it is asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked = 0

    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        self.asked += 1
        return TesseractEngine().read(image, dpi=dpi, segmentation=segmentation, seconds=seconds)

    def second_reader(self) -> None:
        return None

    def orientation(self, image: GrayImage, *, dpi: int, seconds: float) -> Orientation | None:
        self.asked += 1
        return TesseractEngine().orientation(image, dpi=dpi, seconds=seconds)


@pytest.fixture(scope="module")
def gray() -> GrayImage:
    return cv2.cvtColor(turned(text_page(), 1.5), cv2.COLOR_RGB2GRAY)


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_finds_the_turn_that_sets_a_page_upright(gray, clockwise):
    lying = np.ascontiguousarray(np.rot90(gray, clockwise // 90))  # rot90 turns counter-clockwise
    degrees, lines = find_orientation(lying, reduced_ink(lying), dpi=DPI, engine=TesseractEngine(), seconds=60)
    assert degrees == clockwise
    assert lines.skew == pytest.approx(-1.5, abs=0.1)


def test_an_upright_page_costs_no_reading(gray):
    engine = CountingEngine()
    degrees, _ = find_orientation(gray, reduced_ink(gray), dpi=DPI, engine=engine, seconds=60)
    assert (degrees, engine.asked) == (0, 0)


def test_a_page_without_lines_stays_as_it_is():
    engine = CountingEngine()
    specks = np.full((1000, 700), 255, np.uint8)
    specks[np.random.default_rng(1).integers(0, 1000, 500), np.random.default_rng(2).integers(0, 700, 500)] = 0
    degrees, lines = find_orientation(specks, reduced_ink(specks), dpi=DPI, engine=engine, seconds=60)
    assert (degrees, lines.skew, engine.asked) == (0, 0.0, 0)
