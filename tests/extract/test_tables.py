"""Ruled tables as they come from the layout: heads, groups, totals, units, several pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.tree import Cell
from tests.extract.table_pages import body, page_number, page_of, ruled, tables_of, texts

XS = (60, 100, 300, 380, 460)
HEAD = {0: "STT", 1: "Nội dung", 2: "Tổng số", 3: "Dân góp", 4: "Ghi chú"}
ROWS = [
    HEAD,
    {0: "1", 1: "Đường thôn Nà Sầm", 2: "1.250", 3: "400,5", 4: "Xong"},
    {0: "2", 1: "Kênh Pác Ma", 2: "980", 3: "75"},
    {1: "Tổng cộng", 2: "2.230", 3: "475,5"},
]


def _money(*, unit: str = "ĐVT: triệu đồng"):
    (table,) = tables_of(page_of(body("Kết quả huy động như sau:", 150), body(unit, 175, 400), *ruled(ROWS, XS)))
    return table


def test_rows_have_kinds_places_and_evidence():
    table = _money()
    assert table.columns == list(HEAD.values())
    assert [row.kind for row in table.rows] == ["head", "data", "data", "total"]
    cell = table.rows[1].cells[2]
    assert (cell.text, cell.column, cell.columns) == ("1.250", 2, 1)
    assert cell.where[0].page == 1
    assert cell.where[0].box == pytest.approx((300, 224, 330, 236), abs=1)
    assert cell.confidence == pytest.approx(0.95)


def test_the_unit_above_a_table_is_that_of_its_amounts():
    table = _money()
    assert table.unit == "triệu đồng"
    values = [(cell.value, cell.unit) for row in table.rows[1:] for cell in row.cells if cell.column in {2, 3}]
    assert values == [
        (1_250_000_000, "đồng"), (400_500_000, "đồng"),
        (980_000_000, "đồng"), (75_000_000, "đồng"),
        (2_230_000_000, "đồng"), (475_500_000, "đồng"),
    ]  # fmt: skip
    assert [(row.cells[0].value, row.cells[0].unit) for row in table.rows[1:3]] == [(1, None), (2, None)]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Đơn vị tính: nghìn đồng", 980_000),
        ("(Đơn vị: đồng)", 980),
        ("ĐVT: 1.000 đồng", 980_000),
        ("Đơn vị tính: Tỷ đồng", 980_000_000_000),
    ],
)
def test_units_as_they_are_worded(line, value):
    assert next(cell.value for cell in _money(unit=line).rows[2].cells if cell.column == 2) == value


def test_a_head_of_two_rows_and_column_numbers():
    rows = [
        {0: "TT", 1: "Họ và tên", 2: "Năm sinh", 4: "Tỷ lệ (%)"},
        {2: "Nam", 3: "Nữ"},
        {0: "(1)", 1: "(2)", 2: "(3)", 3: "(4)", 4: "(5)"},
        {0: "1", 1: "Lò Mai Chi", 3: "1976", 4: "88,9"},
        {0: "2", 1: "Tạ Bách Tùng", 2: "1969", 4: "100"},
    ]
    (table,) = tables_of(page_of(*ruled(rows, XS)))
    assert table.columns == ["TT", "Họ và tên", "Năm sinh / Nam", "Năm sinh / Nữ", "Tỷ lệ (%)"]
    assert [row.kind for row in table.rows] == ["head"] * 3 + ["data"] * 2
    assert table.rows[0].cells[2].columns == 2
    share = table.rows[3].cells[-1]
    assert (share.value, share.unit) == (88.9, "%")


@pytest.mark.parametrize("first", ["I", "|", "l"])
def test_groups_name_the_rows_below_them(first):
    rows = [
        {0: "TT", 1: "Tập thể, cá nhân", 2: "Hình thức", 3: "Số phiếu"},
        {0: first, 1: "TẬP THỂ"},
        {0: "1", 1: "Thôn Pác Ma", 2: "Bằng khen", 3: "9/9"},
        {0: "II", 1: "CÁ NHÂN"},
        {0: "1", 1: "Lò Mai Chi", 2: "Giấy khen", 3: "8/9"},
    ]
    (table,) = tables_of(page_of(*ruled(rows, XS)))
    assert [row.kind for row in table.rows] == ["head", "group", "data", "group", "data"]
    assert [row.group for row in table.rows] == [None, None, f"{first} TẬP THỂ", None, "II CÁ NHÂN"]


def test_a_group_over_all_columns_is_no_head():
    rows = [
        {0: "STT", 1: "Họ và tên", 2: "Đơn vị", 3: "Hình thức"},
        {0: "CÁC TẬP THỂ TIÊU BIỂU CỦA XÃ"},
        {0: "1", 1: "Thôn Pác Ma", 2: "Xã Suối Hoa", 3: "Giấy khen"},
    ]
    (table,) = tables_of(page_of(*ruled(rows, XS, wide=(1,))))
    assert [row.kind for row in table.rows] == ["head", "group", "data"]
    assert table.rows[1].cells[0].columns == 4


def test_a_merged_cell_has_the_rows_and_columns_that_its_rules_leave_it():
    lines = ruled([{0: "Xã", 1: "Kết quả"}, {1: "Năm 2027", 2: "Năm 2028"}, {0: "Suối Hoa", 1: "12", 2: "15"}], XS)
    xa, result = lines[:2]
    lines[0] = replace(xa, cell=Cell(0, 0, 0, rows=2))
    lines[1] = replace(result, cell=Cell(0, 0, 1, columns=2))
    (table,) = tables_of(page_of(*lines))
    spans = {cell.text: (cell.rows, cell.columns) for row in table.rows for cell in row.cells}
    assert (spans["Xã"], spans["Kết quả"], spans["12"]) == ((2, 1), (1, 2), (1, 1))
    assert table.columns[1:3] == ["Kết quả / Năm 2027", "Kết quả / Năm 2028"]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_two_pages_is_one(repeated):
    more = [{0: "3", 1: "Cầu Nà Sầm", 2: "12", 3: "5"}, {0: "4", 1: "Chợ xã", 2: "40", 3: "8"}]
    second = [HEAD, *more] if repeated else more
    (table,) = tables_of(
        page_of(*ruled(ROWS[:3], XS, y=600)), page_of(page_number(2), *ruled(second, XS, y=80), number=2)
    )
    assert table.pages == [1, 2]
    assert [row.kind for row in table.rows] == ["head"] + ["data"] * 4
    assert [row.page for row in table.rows] == [1, 1, 1, 2, 2]


def test_a_row_torn_by_the_end_of_the_page_is_mended():
    rest = [{1: "qua suối", 4: "năm sau"}, {0: "3", 1: "Cầu Nà Sầm", 2: "12", 3: "5"}]
    (table,) = tables_of(page_of(*ruled(ROWS[:3], XS, y=600)), page_of(*ruled(rest, XS, y=80), number=2))
    torn = table.rows[2]
    assert [cell.text for cell in torn.cells] == ["2", "Kênh Pác Ma qua suối", "980", "75", "năm sau"]
    assert [place.page for place in torn.cells[1].where] == [1, 2]
    assert len(table.rows) == 4


def test_text_between_parts_two_tables():
    pages = (
        page_of(*ruled(ROWS[:3], XS, y=600), body("Bảng sau ghi phần của các thôn:", 700)),
        page_of(*ruled(ROWS[:3], XS, y=80), number=2),
    )
    assert len(tables_of(*pages)) == 2


def test_a_column_of_units_gives_each_row_its_own():
    rows = [
        {0: "Chỉ tiêu", 1: "ĐVT", 2: "Năm 2015", 3: "Năm 2019"},
        {0: "Đường cứng hóa", 1: "km", 2: "12,5", 3: "31"},
        {0: "Thu nhập", 1: "triệu đồng", 2: "17,2", 3: "35"},
    ]
    (table,) = tables_of(page_of(*ruled(rows, (60, 250, 330, 420))))
    assert [(cell.value, cell.unit) for row in table.rows[1:] for cell in row.cells[2:]] == [
        (12.5, "km"), (31, "km"), (17_200_000, "đồng"), (35_000_000, "đồng"),
    ]  # fmt: skip
    assert table.columns[2] == "Năm 2015"


def test_totals_are_told_from_names_that_begin_like_them():
    rows = [HEAD, {0: "1", 1: "Cộng đồng dân cư thôn Pác Ma", 2: "10"}, {0: "Cộng:", 2: "10"}]
    (table,) = tables_of(page_of(*ruled(rows, XS)))
    assert [row.kind for row in table.rows] == ["head", "data", "total"]


def test_a_frame_is_no_table():
    assert tables_of(page_of(*ruled([{0: "ĐẾN"}, {0: "Số: 27"}, {0: "Ngày: 08/3/2021"}], XS))) == []


def test_only_the_pages_asked_for():
    from extract.tables import read_tables
    from extract.tokens import tokens_from_document
    from ocr.tree import Document

    pages = (page_of(*ruled(ROWS, XS)), page_of(body("Hết.", 60), *ruled(ROWS, XS), number=2))
    tokens = tokens_from_document(Document("scan", pages))
    assert [table.pages for table in read_tables(tokens, {2})] == [[2]]


def test_texts_are_as_printed():
    assert texts(_money())[0] == ROWS[1]


def test_a_table_of_a_head_alone():
    rows = [{0: "STT", 1: "Họ và tên", 2: "Chức vụ"}, {0: "(1)", 1: "(2)", 2: "(3)"}]
    (table,) = tables_of(page_of(*ruled(rows, XS)))
    assert [row.kind for row in table.rows] == ["head", "head"]
