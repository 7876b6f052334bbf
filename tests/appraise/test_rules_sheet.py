"""rules.xlsx: what people fill in is read back, faults are named by cell, no text becomes a formula."""

from __future__ import annotations

import datetime as dt
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from appraise.rule_files.rules_merge import merge_with_filled
from appraise.rule_files.rules_sheet import rules_as_sheet
from appraise.rule_files.rules_sheet_read import read_sheet
from normalize.errors import RuleFileError
from tests.appraise.rule_books import book_of, sample


@pytest.fixture
def book():
    return book_of(sample("unsaid"))


@pytest.fixture
def file(tmp_path, book):
    path = tmp_path / "rules.xlsx"
    path.write_bytes(rules_as_sheet(book))
    return path


def fill(path, sheet, **cells):
    workbook = load_workbook(path)
    page = workbook[sheet]
    heads = {cell.value: cell.column for cell in page[4]}
    for head, value in cells.items():
        page.cell(5, heads[HEADS[head]]).value = value
    workbook.save(path)


HEADS = {
    "mark": "Xác nhận (x)",
    "by": "Người xác nhận",
    "on": "Ngày",
    "change": "Sửa đổi",
    "answer": "Trả lời",
    "level": "Mức",
}


def test_an_untouched_sheet_changes_nothing(file, book):
    sheet = read_sheet(file)
    assert sheet.written == book
    assert sheet.filled == book


def test_the_same_rules_give_the_same_bytes(file, book):
    assert rules_as_sheet(book) == file.read_bytes()


def test_what_people_fill_in_goes_into_the_rules(file, book):
    fill(file, "Tiêu chuẩn", mark="x", by="Lý Văn Khê", on=dt.date(2031, 3, 9), change="7 tiêu chí")
    fill(file, "Thời hạn", change="25/4/2031")
    fill(file, "Hồ sơ", change=2)
    fill(file, "Câu hỏi", mark="X", by="Lý Văn Khê", on="09/03/2031", answer="Cả điểm")
    sheet = read_sheet(file)
    merged = merge_with_filled(book, sheet.written, sheet.filled)
    first = merged.criteria[0]
    assert (first.status, first.by, first.on, first.tests[0].value) == (
        "confirmed",
        "Lý Văn Khê",
        dt.date(2031, 3, 9),
        7,
    )
    assert merged.deadlines[0].date == dt.date(2031, 4, 25)
    assert merged.dossier_sets[0].papers[0].copies == 2
    assert (merged.questions[0].answer, merged.questions[0].status) == ("Cả điểm", "confirmed")
    assert merged.criteria[1:] == book.criteria[1:]


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("Tiêu chuẩn", {"mark": "x"}, "Tiêu chuẩn!K5: Xác nhận (x) is ticked, so this needs a name"),
        ("Tiêu chuẩn", {"mark": "đúng"}, "Tiêu chuẩn!J5: x or nothing is needed"),
        ("Tiêu chuẩn", {"by": "Lý Văn Khê"}, "Tiêu chuẩn!J5: Người xác nhận or Ngày is filled in"),
        ("Tiêu chuẩn", {"change": "nhiều hơn"}, "Tiêu chuẩn!M5: a number of tiêu chí is needed"),
        ("Tiêu chuẩn", {"change": 60}, "Tiêu chuẩn!M5: 60 tiêu chí"),
        ("Tiêu chuẩn", {"level": "≥ 3"}, "Tiêu chuẩn!H5: this cell was changed"),
        ("Tiêu chuẩn", {"change": "=1+6"}, "Tiêu chuẩn!M5: a formula stands there"),
        (
            "Thời hạn",
            {"change": 47958},
            "Thời hạn!J5: 47958 is a number, a date is needed (in Excel's count it would be 2031-04-20)",
        ),
        ("Thời hạn", {"change": "31/4/2031"}, "Thời hạn!J5: a date is needed"),
    ],
)
def test_a_fault_is_named_with_its_cell(file, sheet, cells, said):
    fill(file, sheet, **cells)
    with pytest.raises(RuleFileError) as caught:
        read_sheet(file)
    assert f"rules.xlsx, {said}" in caught.value.what


def test_texts_never_become_formulas(tmp_path, book):
    book.criteria[0].candidate_text = "=1+1"
    book.questions[0].answer = "@SUM(A1)"
    path = tmp_path / "rules.xlsx"
    path.write_bytes(rules_as_sheet(book))
    with ZipFile(path) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/" in name)
    assert read_sheet(path).filled == book


def test_other_workbooks_are_refused(tmp_path, file):
    (tmp_path / "a.xlsx").write_bytes(b"PK not a workbook")
    with pytest.raises(RuleFileError, match="is no workbook"):
        read_sheet(tmp_path / "a.xlsx")
    workbook = load_workbook(file)
    del workbook["sohoa"]
    workbook.save(file)
    with pytest.raises(RuleFileError, match="hidden sheet is missing"):
        read_sheet(file)
