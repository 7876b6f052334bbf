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
    assert (joined.rows, joined.columns) == (1, 2)
    assert all((cell.rows, cell.columns) == (1, 1) for cell in grid.cells if cell is not joined)


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


def test_a_rule_that_is_lost_in_one_cell_runs_on_where_half_of_it_is_seen():
    page = ruled(XS, YS)
    page[690:710, 700:1100] = 255  # of the 900 pixels between two standing rules
    (grid,) = find_grids(page, DPI)
    assert len(grid.cells) == 9


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_tables_without_outer_rules_are_closed(side):
    page = ruled(XS, YS)
    if side != "right":
        page[602:899, 290:310] = 255
    if side != "left":
        page[602:899, 2190:2210] = 255
        for y in (700, 800):
            cv2.line(page, (2180, y), (2200, y), 60, 3)
    for y in (700, 800):
        cv2.line(page, (300, y), (320, y), 60, 3)
    (grid,) = find_grids(page, DPI)
    assert _places(grid) == {(row, column) for row in range(3) for column in range(3)}
    assert (grid.x0, grid.x1) == pytest.approx((300, 2200), abs=10)


def test_double_rules_are_one():
    page = np.minimum(ruled(XS, YS), ruled([291, 2209], [591, 909]))
    (grid,) = find_grids(page, DPI)
    assert len(grid.cells) == 9


def test_hairlines_of_little_contrast():
    page = ruled(XS, YS, thick=2)
    page[page < 255] = 225
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.8), np.uint8)
    (grid,) = find_grids(page, DPI)
    assert len(grid.cells) == 9


def test_parts_of_a_worn_table_are_one_grid():
    xs, ys = [300, 500, 900, 1400, 1800, 2200], [600, 700, 800, 900, 1000]
    page = ruled(xs, ys)
    page[590:1010, 1000:1250] = 255  # a worn stripe through one column
    (grid,) = find_grids(page, DPI)
    assert (grid.x0, grid.x1) == pytest.approx((300, 2200), abs=10)
    assert {cell.row for cell in grid.cells} == {0, 1, 2, 3}


def test_lying_rules_of_one_width_are_rows():
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for y in (600, 700, 800, 900):
        cv2.line(page, (300, y), (2200, y), 60, 3)
    (grid,) = find_grids(page, DPI)
    assert grid.bare
    assert [(cell.row, cell.column) for cell in grid.cells] == [(0, 0), (1, 0), (2, 0)]


def test_rules_of_many_widths_are_no_rows():
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for y, x1 in ((600, 2200), (900, 1400), (1300, 1900), (1500, 800)):
        cv2.line(page, (300, y), (x1, y), 60, 3)
    assert find_grids(page, DPI) == []


def test_rules_too_close_for_a_word_are_no_table():
    page = np.full((1200, 1600), 255, np.uint8)
    page[300:348:4, 100:1500] = 0
    assert find_grids(page, 100) == []


def test_the_squares_of_a_code_are_no_table():
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    code = np.random.default_rng(5).integers(0, 2, (25, 25), dtype=np.uint8) * np.uint8(255)
    page[1000:1500, 1000:1500] = np.kron(code, np.ones((20, 20), np.uint8))
    assert [grid for grid in find_grids(page, DPI) if len(grid.cells) > 1] == []


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
