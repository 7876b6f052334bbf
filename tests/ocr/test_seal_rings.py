from __future__ import annotations

import numpy as np
import pytest

from ocr.seal_rings import Parting, find_seal_rings, without_rings
from tests.ocr.drawn_pages import DPI, draw, text_page, with_seal

BLACK = (0, 0, 0)
CENTRE, RADIUS = (800, 1200), 210


def gray(page):
    return np.ascontiguousarray(page.min(axis=2))


def sealed(page=None):
    return gray(with_seal(draw([]) if page is None else page, CENTRE, RADIUS, BLACK))


def only_seal(layer):
    (seal,) = find_seal_rings(layer, DPI, 600, 1800)
    return seal


def test_centre_and_outer_edge_of_a_seal_are_found():
    seal = only_seal(sealed())
    assert (seal.x, seal.y) == pytest.approx(CENTRE, abs=2)
    assert seal.radius == pytest.approx(RADIUS, abs=4)
    assert seal.fullness > 0.9


def test_a_worn_seal_is_found():
    layer = sealed()
    layer[::3] = 255
    assert find_seal_rings(layer, DPI, 600, 1800)


def test_text_is_no_seal():
    assert find_seal_rings(gray(text_page()), DPI, 0, 1400) == []


def test_an_empty_region_has_no_seal():
    assert find_seal_rings(sealed(), DPI, 500, 500) == []


@pytest.mark.parametrize("parting", list(Parting))
def test_rings_go_and_strokes_across_them_stay(parting):
    page = draw([])
    page[CENTRE[1] + RADIUS - 40 : CENTRE[1] + RADIUS + 40, CENTRE[0] - 6 : CENTRE[0] + 6] = 0
    layer = sealed(page)
    clean = without_rings(layer, only_seal(layer), DPI, parting)
    stroke = clean[CENTRE[1] + RADIUS - 40 : CENTRE[1] + RADIUS + 40, CENTRE[0] - 3 : CENTRE[0] + 3]
    assert np.mean(stroke < 128) > 0.95
    left = clean[:, : CENTRE[0] - 60]
    assert np.count_nonzero(left < 128) < 0.1 * np.count_nonzero(layer[:, : CENTRE[0] - 60] < 128)


def test_print_darker_than_the_ring_stays_whole():
    page = draw([])
    page[CENTRE[1] + RADIUS - 2 : CENTRE[1] + RADIUS + 2, CENTRE[0] - 40 : CENTRE[0] + 40] = 0  # the bar of a T
    layer = np.minimum(gray(with_seal(draw([]), CENTRE, RADIUS, (140, 140, 140))), gray(page))
    clean = without_rings(layer, only_seal(layer), DPI, Parting.CUT)
    assert np.mean(clean[CENTRE[1] + RADIUS, CENTRE[0] - 40 : CENTRE[0] + 40] < 128) > 0.9
