from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ocr.engine import GrayImage, Orientation, RawWord, Segmentation
from ocr.prepare import READING_DPI, prepare
from ocr.tesseract import TesseractEngine
from tests.ocr.drawn_pages import A5, BLACK, DPI, LINES, RED, draw, text_page, turned


class SilentEngine:
    """For pages that tell by themselves which way up they are: being asked is a failure."""

    name = "silent"

    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        raise AssertionError("asked to read")

    def second_reader(self) -> None:
        return None

    def orientation(self, image: GrayImage, *, dpi: int, seconds: float) -> Orientation | None:
        raise AssertionError("asked for the orientation")


def marked(page, x, y):
    """A black square of 15 pixels with its centre at (x, y)."""
    page = page.copy()
    page[y - 7 : y + 8, x - 7 : x + 8] = 0
    return page


def centre_of_mark(gray, near, reach=40):
    x, y = (round(v) for v in near)
    patch = 255.0 - gray[y - reach : y + reach, x - reach : x + reach]
    ys, xs = np.mgrid[y - reach : y + reach, x - reach : x + reach]
    return (xs * patch).sum() / patch.sum() + 0.5, (ys * patch).sum() / patch.sum() + 0.5


@pytest.mark.parametrize(
    ("quarters", "slope", "scale", "dpi"),
    [
        (0, 0.0, 1.0, 300),
        (0, 3.0, 1.0, 300),
        (1, 0.0, 1.0, 300),
        (2, -2.0, 1.0, 300),
        (3, 1.5, 1.0, 300),
        (1, 2.0, 0.5, 150),
    ],
)
def test_a_mark_comes_back_to_its_place_on_the_displayed_page(quarters, slope, scale, dpi):
    page = turned(text_page(), slope)
    displayed = np.ascontiguousarray(np.rot90(page, quarters))
    if scale != 1.0:
        size = (round(displayed.shape[1] * scale), round(displayed.shape[0] * scale))
        displayed = np.array(Image.fromarray(displayed).resize(size, Image.Resampling.BOX))
    high, wide = displayed.shape[:2]
    for x, y in ((60, 70), (wide - 60, 80), (wide // 2, high - 60)):
        page_with_mark = marked(displayed, x, y)
        prepared = prepare(page_with_mark, dpi, TesseractEngine(), 60)
        expected = np.array([x + 0.5, y + 0.5]) * 72 / dpi
        there = np.linalg.inv(np.vstack([prepared.matrix, [0, 0, 1]])) @ [*expected, 1]
        found = centre_of_mark(prepared.gray, there[:2])
        box = prepared.to_points(*found, *found)
        assert (box.x0, box.y0) == pytest.approx(tuple(expected), abs=0.15)
        if quarters != 0:
            break  # one mark shows the turn; three of them the slope


def test_sets_a_lying_page_upright_and_level():
    page = np.ascontiguousarray(np.rot90(turned(text_page(), -2.0)))
    prepared = prepare(page, DPI, TesseractEngine(), 60)
    assert prepared.orientation == 90
    assert prepared.skew == pytest.approx(2.0, abs=0.1)
    assert prepared.page_width == pytest.approx(page.shape[1] * 72 / DPI)
    assert prepared.page_height == pytest.approx(page.shape[0] * 72 / DPI)
    # Level again: the rows between the lines are white.
    assert (prepared.gray < 128).any(axis=1).mean() < 0.45


def test_a_level_page_keeps_its_pixels_where_they_are():
    prepared = prepare(text_page(), DPI, SilentEngine(), 60)
    assert (prepared.orientation, prepared.skew, prepared.dpi) == (0, 0.0, DPI)
    assert prepared.gray.shape == text_page().shape[:2]
    assert prepared.to_points(0, 0, A5[0], A5[1]).as_list() == [0, 0, round(A5[0] * 0.24, 2), round(A5[1] * 0.24, 2)]
    assert prepared.warnings == ()


@pytest.mark.parametrize(("dpi", "warned"), [(100, True), (200, False), (600, False)])
def test_every_resolution_becomes_about_300_dpi(dpi, warned):
    prepared = prepare(text_page(scale=dpi / DPI), dpi, TesseractEngine(), 60)
    assert prepared.dpi == READING_DPI
    assert prepared.gray.shape == pytest.approx((A5[1], A5[0]), abs=6)  # a pixel at 100 dpi is three
    assert prepared.warnings == ((f"low_resolution: {dpi} dpi",) if warned else ())


def test_layers_lie_on_each_other_after_the_turn():
    page = turned(
        draw([(180, 220 + 95 * i, line, BLACK) for i, line in enumerate(LINES)] + [(180, 1600, "KHẨN", RED)]), 2.0
    )
    prepared = prepare(page, DPI, TesseractEngine(), 60)
    assert prepared.red is not None
    assert prepared.red.shape == prepared.gray.shape
    assert prepared.blue is None
    rows = np.flatnonzero((prepared.red < 128).any(axis=1))
    assert rows.max() - rows.min() < 70


def test_shadow_and_yellow_paper_become_white():
    page = text_page().astype(np.float64)
    shade = np.linspace(1.0, 0.5, page.shape[1])[None, :, None] * np.array([1.0, 0.95, 0.8])
    prepared = prepare((page * shade).astype(np.uint8), DPI, SilentEngine(), 60)
    assert (prepared.red, prepared.blue) == (None, None)
    assert np.percentile(prepared.gray[1400:], 5) > 235
    in_even_light = prepare(text_page(), DPI, SilentEngine(), 60).gray
    assert np.mean((prepared.gray < 128) != (in_even_light < 128)) < 0.002


@pytest.mark.parametrize("shape", [(1, 1, 3), (40, 3, 3), (900, 600, 3)])
def test_a_page_without_anything_stays_without_anything(shape):
    prepared = prepare(np.full(shape, 255, np.uint8), DPI, SilentEngine(), 60)
    assert prepared.gray.shape == shape[:2]
    assert prepared.gray.min() == 255
    assert (prepared.orientation, prepared.skew) == (0, 0.0)
