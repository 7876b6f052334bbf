"""Lists of the office: templates, columns, cells that cannot be read, communes that nobody knows."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest

from appraise.checks.office_lists import LIST_NAMES, read_office_lists
from extract.place_lists import PlaceList, Unit
from normalize.errors import NotFoundError, UsageError
from tests.appraise.check_parts import written

CRITERIA = "Xã,Huyện,Năm,Số tiêu chí đạt,Trên tổng số,Văn bản"
HARD = "Xã,Huyện,Từ năm,Đến năm,Văn bản"
PLACES = PlaceList(
    [
        Unit("huyện", "Mường Sa", None, "tỉnh Lâm Khê"),
        Unit("huyện", "Phai Lôm", None, "tỉnh Lâm Khê"),
        Unit("xã", "Bản Khoang", "huyện Mường Sa", "tỉnh Lâm Khê"),
        Unit("xã", "Bản Khoang", "huyện Phai Lôm", "tỉnh Lâm Khê"),
    ]
)


def test_templates_can_be_read_and_tell_nothing_while_empty() -> None:
    lists = read_office_lists(Path(str(files("appraise").joinpath("data/templates"))))
    assert (lists.difficult, lists.criteria, lists.warnings) == (None, None, ())
    assert lists.awards is not None
    assert lists.awards.entries == ()


def test_templates_are_all_there() -> None:
    names = {path.name for path in Path(str(files("appraise").joinpath("data/templates"))).glob("*.csv")}
    assert names == {f"{name}.csv" for name in LIST_NAMES.values()}


def test_a_commune_name_that_two_districts_share(tmp_path: Path) -> None:
    lines = "Bản Khoang,Mường Sa,2015,6,19,", "Bản Khoang,Phai Lôm,2015,11,19,"
    written(tmp_path, "tieu-chi-theo-nam.csv", CRITERIA, *lines)
    lists = read_office_lists(tmp_path, PLACES)
    assert [entry.reached for entry in lists.criteria_of("xã Bản Khoang", "huyện Phai Lôm")] == [11]
    assert lists.criteria_of("xã Bản Khoang", None) == []  # which of the two, nobody says


def test_cells_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    lines = ("Bản Khoang,Mường Sa,năm ngoái,6,19", "Bản Khoang,Mường Sa,2016,chín,19", "Bản Khoang,Mường Sa,2017,20,19")
    written(tmp_path, "tieu-chi-theo-nam.csv", CRITERIA, *lines)
    lists = read_office_lists(tmp_path, PLACES)
    assert lists.criteria is None
    assert lists.warnings == (
        "tieu-chi-theo-nam.csv, ô C2: không đọc được số",
        "tieu-chi-theo-nam.csv, ô D3: không đọc được số",
        "tieu-chi-theo-nam.csv, ô D4: số tiêu chí đạt lớn hơn tổng số",
    )


def test_first_of_january_is_the_end_of_the_year_before(tmp_path: Path) -> None:
    written(tmp_path, "tieu-chi-theo-nam.csv", CRITERIA, "Bản Khoang,Mường Sa,1/1/2016,6/19,,")
    (entry,) = read_office_lists(tmp_path, PLACES).criteria or ()
    assert (entry.year, entry.reached, entry.of) == (2015, 6, 19)


def test_a_commune_that_its_district_does_not_have_is_warned_of(tmp_path: Path) -> None:
    written(tmp_path, "xa-dac-biet-kho-khan.csv", HARD, "Nà Mo,Mường Sa,2017,,", "Bản Khoang,Mường Sa,2017,,")
    lists = read_office_lists(tmp_path, PLACES)
    assert lists.warnings == ("xa-dac-biet-kho-khan.csv, dòng 2: huyện này không có xã tên như vậy",)
    assert len(lists.difficult or ()) == 2  # kept: the list of places may be the one that is wrong


def test_a_row_without_district_is_warned_of(tmp_path: Path) -> None:
    written(tmp_path, "xa-dac-biet-kho-khan.csv", HARD, "Bản Khoang,,2017,,")
    (warning,) = read_office_lists(tmp_path, PLACES).warnings
    assert warning == "xa-dac-biet-kho-khan.csv, dòng 2: thiếu tên xã hoặc huyện"


def test_an_excel_list_with_days_as_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["TT", "Tên xã", "Tên huyện", "Hiệu lực từ", "Hiệu lực đến"])
    sheet.append([1, "Bản Khoang", "Mường Sa", 42736, 44196])  # 1 January 2017, 31 December 2020
    book.save(tmp_path / "xa-dac-biet-kho-khan.xlsx")
    (entry,) = read_office_lists(tmp_path, PLACES).difficult or ()
    assert (entry.first, entry.last) == (2017, 2020)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    written(tmp_path, "tieu-chi-theo-nam.csv", "Xã,Huyện,Năm", "Bản Khoang,Mường Sa,2015")
    with pytest.raises(UsageError, match=r"tieu-chi-theo-nam\.csv.*Số tiêu chí đạt"):
        read_office_lists(tmp_path, PLACES)


def test_a_folder_without_lists(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="xa-dac-biet-kho-khan"):
        read_office_lists(tmp_path, PLACES)
    with pytest.raises(NotFoundError):
        read_office_lists(tmp_path / "none", PLACES)


def test_one_list_twice(tmp_path: Path) -> None:
    written(tmp_path, "xa-dac-biet-kho-khan.csv", HARD)
    written(tmp_path, "xa-dac-biet-kho-khan.tsv", HARD)
    with pytest.raises(UsageError, match="same list"):
        read_office_lists(tmp_path, PLACES)
