"""Figures of cells in their units; what may be read in two ways stays unread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.table_units import figures, takes_table_unit, unit_above, unit_named, unit_of_title


def _values(*texts: str, title: str = "Số tiền", unit: str = ""):
    read = figures(texts, [unit_named(unit)] * len(texts), title)
    return [figure.value if figure else None for figure in read]


@pytest.mark.parametrize(
    ("printed", "name", "factor"),
    [
        ("triệu đồng", "đồng", 10**6),
        ("Tr.đ", "đồng", 10**6),
        ("nghìn đồng", "đồng", 10**3),
        ("1.000đ", "đồng", 10**3),
        ("tỷ đồng", "đồng", 10**9),
        ("VNĐ", "đồng", 1),
        ("m2", "m²", 1),
        ("%", "%", 1),
        ("hộ", "hộ", 1),
    ],
)
def test_units(printed, name, factor):
    unit = unit_named(printed)
    assert (unit.name, unit.factor) == (name, factor)


@pytest.mark.parametrize("printed", ["đồng, %", "các loại", "Sở Nội vụ", ""])
def test_what_is_no_unit(printed):
    assert unit_named(printed) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Diện tích (m2)", "m²"),
        ("Tỷ lệ %", "%"),
        ("Trong đó / Dân góp (ĐVT: triệu đồng)", "đồng"),
        ("Kinh phí (triệu đồng) / Tổng số", "đồng"),
        ("Giá trị, triệu đồng", "đồng"),
    ],
)
def test_units_in_titles(title, name):
    assert unit_of_title(title).name == name


@pytest.mark.parametrize("title", ["Ghi chú (nếu có)", "Số lượng", "Họ và tên (in hoa)"])
def test_titles_without_units(title):
    assert unit_of_title(title) is None


def test_the_nearest_line_above_counts():
    lines = ["Đơn vị tính: Nghìn đồng", "Đơn vị: đồng"]
    assert unit_above(lines).printed == "Nghìn đồng"
    assert unit_above(["Đơn vị: Trường tiểu học Pác Ma"]) is None


@pytest.mark.parametrize(
    ("title", "takes"), [("Tổng số", True), ("Số tiền", True), ("Số hộ", False), ("Tỷ lệ", False), ("Năm sinh", False)]
)
def test_columns_that_a_unit_of_money_reaches(title, takes):
    assert takes_table_unit(title, unit_named("triệu đồng")) is takes


def test_figures_as_printed():
    assert _values("1.250.000", "12,5", "75.", "-3", "+4", "1 250", "08") == [1_250_000, 12.5, 75, -3, 4, 1250, 8]


def test_what_is_no_figure():
    assert _values("trên 500", "9/9", "-", "x", "12/7/2019", "1.250.00", "(75)", "") == [None] * 8


def test_identifiers_are_no_amounts():
    assert _values("0912345678", "012") == [None, None]
    assert _values("4299", title="Mã ngành") == [None]


def test_a_comma_before_three_digits_is_settled_by_its_column_only():
    assert _values("1,250", unit="triệu đồng") == [None]
    assert _values("1,250", "12,5", unit="triệu đồng") == [1_250_000, 12_500_000]
    assert _values("1,250", "2,250,000", unit="nghìn đồng") == [1_250_000, 2_250_000_000]
    assert _values("1,250", unit="đồng") == [1250]


def test_a_dot_before_three_digits_is_of_thousands_unless_it_cannot_be():
    assert _values("1.500", unit="triệu đồng") == [1_500_000_000]
    assert _values("12.345", unit="%") == [None]
    assert _values("0.500") == [None]
    assert _values("2471036.085", "434319.829") == [2471036.085, 434319.829]


def test_a_unit_in_the_cell_goes_first():
    assert _values("2 tỷ đồng", "500 triệu", unit="triệu đồng") == [2_000_000_000, 500_000_000]
    assert _values("5 triệu") == [None]


def test_a_mark_that_was_lost_is_not_asserted():
    assert _values("12,5", "13,1", "14,2", "9,8", "125318") == [12.5, 13.1, 14.2, 9.8, None]


@given(st.integers(0, 10**12))
def test_dotted_thousands_round_trip(number):
    assert _values(f"{number:,}".replace(",", "."), unit="đồng") == [number]


def test_groups_parted_by_spaces_before_a_dot_of_three_digits_are_open():
    """It stopped the whole document once: a dot may be lost, or the last one may part decimals."""
    assert figures(["12 345.678", "1.250"], [None, None], "Kinh phí")[0] is None


@given(st.lists(st.text(alphabet="0123456789 .,-+%", max_size=16), min_size=1, max_size=4))
def test_no_cell_of_figures_and_marks_stops_a_column(cells):
    read = figures(cells, [None] * len(cells), "Kinh phí")
    assert len(read) == len(cells)
