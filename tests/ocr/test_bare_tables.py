"""Tables with lying rules only: the words of their rows show the columns."""

from __future__ import annotations

from ocr.bare_tables import with_columns
from ocr.rules import Grid, GridCell
from tests.ocr.drawn_words import DPI, typeset

XS = (320, 520, 1500)
ROWS = [["TT", "Họ và tên", "Chức vụ"], ["1", "Tạ Bách Tùng", "Chủ tịch"], ["2", "Lò Mai Chi", "Ủy viên"]]


def _grid(count: int) -> Grid:
    cells = tuple(GridCell(300, 600 + 100 * row, 2200, 690 + 100 * row, row, 0) for row in range(count))
    return Grid(300, 600, 2200, 590 + 100 * count, cells, bare=True)


def _words(rows):
    return [
        word
        for number, row in enumerate(rows)
        for x, text in zip(XS, row, strict=True)
        for word in typeset(text, x, 625 + 100 * number)
    ]


def _places(grid: Grid) -> list[tuple[int, int]]:
    return [(cell.row, cell.column) for cell in grid.cells]


def test_white_strips_part_columns():
    found = with_columns(_grid(3), _words(ROWS), DPI)
    assert _places(found) == [(row, column) for row in range(3) for column in range(3)]
    assert (found.cells[0].x0, found.cells[2].x1) == (300, 2200)


def test_a_group_over_all_columns_is_one_cell():
    words = [*_words([*ROWS, ["", "", ""]]), *typeset("II. CÁ NHÂN ĐƯỢC ĐỀ NGHỊ TẶNG BẰNG KHEN", 320, 925)]
    assert _places(with_columns(_grid(4), words, DPI))[9:] == [(3, 0)]


def test_a_total_across_a_column_hides_none_below_it():
    total = [*typeset("TỔNG CỘNG", 360, 1025), *typeset("17 phiếu", 1500, 1025)]
    words = [*_words([*ROWS, ["3", "Vi Thu Sương", "Ủy viên"]]), *total]
    found = with_columns(_grid(5), words, DPI)
    assert _places(found)[:3] == [(0, 0), (0, 1), (0, 2)]
    assert _places(found)[12:] == [(4, 0), (4, 2)]


def test_running_text_between_rules_has_no_columns():
    words = [
        word for row in range(4) for word in typeset("Các thôn rà soát tủ sách và lập", 320 + 40 * row, 625 + 100 * row)
    ]
    grid = _grid(4)
    assert with_columns(grid, words, DPI) == grid


def test_specks_make_no_columns():
    specks = [word for row in range(3) for word in typeset("·", 2000, 625 + 100 * row)]
    assert len(with_columns(_grid(3), [*_words(ROWS), *specks], DPI).cells) == 9


def test_a_title_beside_its_figures_makes_no_column_of_its_own():
    words = _words([*ROWS, ["3", "Vi Thu Sương", ""]])
    words += [word for row in (1, 2, 3) for word in typeset(str(40 + row), 2100, 625 + 100 * row)]
    words += typeset("Số", 1950, 625)
    found = with_columns(_grid(4), words, DPI)
    assert {cell.column for cell in found.cells} == {0, 1, 2, 3}
