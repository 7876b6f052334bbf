from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.deskew import line_direction, reduced_ink
from tests.ocr.drawn_pages import text_page, turned


def ink_of(page):
    return reduced_ink(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


@pytest.mark.parametrize("clockwise", [-10.0, -4.3, -1.0, -0.3, 0.0, 0.2, 0.7, 2.5, 6.1, 10.0])
def test_finds_a_known_turn_to_a_tenth_of_a_degree(clockwise):
    assert line_direction(ink_of(turned(text_page(), -clockwise))).skew == pytest.approx(clockwise, abs=0.1)


def test_a_dark_scanner_edge_does_not_pull():
    page = turned(text_page(), -2.0)
    page[:, :60] = 30
    page[-40:] = 30
    assert line_direction(ink_of(page)).skew == pytest.approx(2.0, abs=0.1)


def test_lines_that_run_up_and_down_are_not_sharp():
    page = text_page()
    assert line_direction(ink_of(page)).sharpness > 2
    assert line_direction(ink_of(np.rot90(page))).sharpness < 1.4


def test_upright_letters_stand_firmer_than_they_hang():
    page = text_page()
    assert line_direction(ink_of(page)).footing > 1.05
    assert line_direction(ink_of(page[::-1, ::-1])).footing < 1 / 1.05


@pytest.mark.parametrize("shape", [(1, 1), (3, 4000), (1200, 900)])
def test_a_page_without_lines_is_level(shape):
    found = line_direction(reduced_ink(np.full(shape, 255, np.uint8)))
    assert (found.skew, found.sharpness) == (0.0, 0.0)
