"""Ruled lines and the grids that they draw."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.rules import find_grids
from tests.ocr.drawn_words import DPI, HEIGHT, WIDTH, ruled

XS, YS = [300, 500, 1400, 2200], [600, 700, 800, 900]


def _places(grid) -> set[tuple[int, int]]:
    return {(cell.row, cell.column) for cell in grid.cells}


def test_cells_of_a_grid():
    (grid,) = find_grids(ruled(XS, YS), DPI)
    assert _places(grid) == {(row, column) for row in range(3) for column in range(3)}
    first = grid.cells[0]
    assert (first.x0, first.y0) == pytest.approx((300, 600), abs=8)
    assert (first.x1, first.y1) == pytest.approx((500, 700), abs=8)


@pytest.mark.parametrize("thick", [1, 2, 6])
@pytest.mark.parametrize("gray", [0, 150])
def test_thin_grey_and_thick_rules(thick, gray):
    page = ruled(XS, YS, thick=thick)
    page[page < 255] = gray
    (grid,) = find_grids(page, DPI)
    assert len(grid.cells) == 9


def test_a_merged_cell_has_the_place_of_its_top_left_part():
    page = ruled(XS, YS)
    page[705:795, 490:510] = 255  # second row: columns 0 and 1 joined
    (grid,) = find_grids(page, DPI)
    assert _places(grid) == {(r, c) for r in range(3) for c in range(3)} - {(1, 1)}
    joined = next(cell for cell in grid.cells if (cell.row, cell.column) == (1, 0))
    assert joined.x1 == pytest.approx(1400, abs=8)


def test_small_breaks_are_closed():
    page = ruled(XS, YS)
    page[600:900, 700:712] = 255
    (grid,) = find_grids(page, DPI)
    assert len(grid.cells) == 9


def test_a_slightly_sloping_grid():
    page = ruled(XS, YS)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 0.25, 1.0)
    page = cv2.warpAffine(page, turn, (WIDTH, HEIGHT), borderValue=255)
    (grid,) = find_grids(np.asarray(page, np.uint8), DPI)
    assert _places(grid) == {(row, column) for row in range(3) for column in range(3)}


def test_a_frame_is_one_cell():
    (grid,) = find_grids(ruled([300, 900], [600, 900]), DPI)
    assert len(grid.cells) == 1


def test_lines_under_titles_and_text_are_no_grid():
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    cv2.line(page, (1000, 400), (1500, 400), 0, 4)
    cv2.putText(page, "HHHH LLLL EEEE", (300, 900), cv2.FONT_HERSHEY_COMPLEX, 2.0, 0, 4)
    assert find_grids(page, DPI) == []


def test_tables_below_each_other_and_at_half_the_resolution():
    page = np.minimum(ruled(XS, YS), ruled(XS, [2000, 2100, 2200]))
    assert [len(grid.cells) for grid in find_grids(page, DPI)] == [9, 6]
    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    assert [len(grid.cells) for grid in find_grids(np.asarray(small, np.uint8), DPI // 2)] == [9, 6]
