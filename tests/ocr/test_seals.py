from __future__ import annotations

import numpy as np
import pytest

from ocr.ink import separate_inks
from ocr.seals import seal_mask
from tests.ocr.drawn_pages import A5, DPI, RED, draw, with_seal


def red_of(page):
    red = separate_inks(page).red
    assert red is not None
    return red


def paper():
    return draw([])


@pytest.mark.parametrize("radius", [70, 210, 250])
def test_a_seal_is_covered_and_little_else(radius):
    mask = seal_mask(red_of(with_seal(paper(), (800, 1200), radius)), DPI)
    ys, xs = np.nonzero(mask)
    assert xs.min() == pytest.approx(800 - radius, abs=20)
    assert xs.max() == pytest.approx(800 + radius, abs=20)
    assert ys.min() == pytest.approx(1200 - radius, abs=20)
    assert ys.max() == pytest.approx(1200 + radius, abs=20)


def test_a_seal_across_the_edge_of_the_page_is_covered():
    mask = seal_mask(red_of(with_seal(paper(), (A5[0] + 40, 1200), 230)), DPI)
    assert mask[1200, A5[0] - 180] == 255
    assert mask[1200, A5[0] - 230] == 0


def test_stamped_names_and_frames_are_no_seals():
    page = draw([(300, 1200, "Nguyễn Văn Lau", RED), (900, 700, "ĐẾN", RED)])
    page[640:644, 800:1400] = page[900:904, 800:1400] = RED
    page[640:904, 800:804] = page[640:904, 1396:1400] = RED
    assert not seal_mask(red_of(page), DPI).any()


def test_a_name_stamped_under_a_seal_stays_uncovered():
    page = with_seal(draw([(700, 1440, "Nguyễn Văn Lau", RED)]), (800, 1200), 230)
    assert not seal_mask(red_of(page), DPI)[1450:1500].any()
