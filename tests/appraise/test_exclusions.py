"""Earlier awards: the registry as offices keep it, names in variants, how far exclusions reach, awards told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from appraise.appraisal import Evidence
from appraise.checks.exclusions import check_exclusions
from appraise.checks.registry import Registry, read_registry
from appraise.rules import Place
from normalize.errors import DamagedInputError, NotFoundError, UnsupportedInputError, UsageError
from tests.appraise.check_parts import (
    basis_of,
    candidate_of,
    claim_of,
    criterion_of,
    excluded,
    gain,
    rules_of,
    written,
)

HEAD = "Tên,Xã,Huyện,Hình thức khen thưởng,Số quyết định,Ngày quyết định,Giai đoạn,Thành tích"


def registry(folder: Path, *lines: str) -> Registry:
    """A registry of these lines; one entry of 2012 and one of 2018 always show that it covers the years."""
    first = (
        "Xã Nà Mo,,Phai Lôm,Bằng khen,1/QĐ-UBND,1/2/2012,,",
        "Xã Nà Én,,Phai Lôm,Bằng khen,2/QĐ-UBND,1/2/2018,,",
    )
    return read_registry(written(folder, "khen-thuong.csv", HEAD, *first, *lines))


def state_of(held: Registry | None, *claims: Any, period: tuple[int, int] = (2016, 2018), **candidate: Any) -> str:
    """The state of the one exclusion check."""
    criterion = criterion_of(gain(), exclusions=[excluded(*period)], candidate=candidate.get("class_", "commune"))
    basis = basis_of(rules_of(criterion), registry=held)
    (check,) = check_exclusions(criterion, candidate_of(*claims, **candidate), basis)
    return check.state


def test_an_entry_of_the_period_excludes_and_is_named(tmp_path: Path) -> None:
    held = registry(tmp_path, "Nhân dân và cán bộ xã BẢN KHOANG,,Mường Sa,Bằng khen,815/QĐ-UBND,20/5/2017,,NTM")
    criterion = criterion_of(gain(), exclusions=[excluded(2016, 2018)])
    (check,) = check_exclusions(criterion, candidate_of(), basis_of(rules_of(criterion), registry=held))
    assert check.state == "not_met"
    assert "815/QĐ-UBND" in check.reason
    assert "khen-thuong.csv, dòng 4" in check.reason


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Xã Bản Khoang,,Phai Lôm,Bằng khen,8/QĐ,20/5/2017,,", "met"),  # the commune of another district
        ("Xã Bản Khoang,,,Bằng khen,8/QĐ,20/5/2017,,", "person"),  # of which district, nobody says
        ("Xã Bản Khoăng,,Mường Sa,Bằng khen,8/QĐ,20/5/2017,,", "person"),  # another name, or the same one misread
        ("Thị trấn Bản Khoang,,Mường Sa,Bằng khen,8/QĐ,20/5/2017,,", "met"),
        ("Xã Bản Khoang,,Mường Sa,Bằng khen,8/QĐ,20/5/2015,,", "met"),  # of another period
        ("Xã Bản Khoang,,Mường Sa,Bằng khen,8/QĐ,20/5/2019,2016-2018,", "not_met"),  # awarded later, for the period
        ("Xã Bản Khoang,,Mường Sa,Bằng khen,8/QĐ,,2015-2017,", "person"),
        ("Xã Bản Khoang,,Mường Sa,Bằng khen,8,,,", "person"),  # no year at all
        ("Xã Bản Khoang,,Mường Sa,Bằng khen,8/QĐ,42875,,", "not_met"),  # 20 May 2017 as Excel counts days
    ],
)
def test_entries_and_what_they_prove(tmp_path: Path, line: str, state: str) -> None:
    assert state_of(registry(tmp_path, line)) == state


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Cầm Văn Ính,Bản Khoang,Mường Sa,Bằng khen,8/QĐ,20/5/2017,,", "not_met"),
        ("Ông Cầm Văn Ính,,,Bằng khen,8/QĐ,20/5/2017,,", "person"),  # two people may have this name
        ("Cầm Văn Ính,Nà Mo,Phai Lôm,Bằng khen,8/QĐ,20/5/2017,,", "met"),
        ("Cầm Văn Inh,Bản Khoang,Mường Sa,Bằng khen,8/QĐ,20/5/2017,,", "person"),
    ],
)
def test_people_need_more_than_a_name(tmp_path: Path, line: str, state: str) -> None:
    held = registry(tmp_path, line)
    assert state_of(held, class_="family", name="Hộ gia đình ông Cầm Văn Ính") == state


@pytest.mark.parametrize(
    ("barred", "given", "state"),
    [
        ("Bằng khen của Thủ tướng Chính phủ", "Bằng khen của Chủ tịch UBND tỉnh", "met"),
        ("Bằng khen của Thủ tướng Chính phủ", "Bằng khen của Thủ tướng Chính phủ", "not_met"),
        ("Bằng khen của Thủ tướng Chính phủ", "Bằng khen", "person"),  # whose, nobody says
        ("Bằng khen", "Giấy khen của Chủ tịch UBND huyện", "met"),
        ("Bằng khen", "Bằng khen của Thủ tướng Chính phủ", "not_met"),
        ("Bằng khen của Chủ tịch UBND tỉnh", "Bằng khen của Thủ tướng Chính phủ", "person"),
        ("Bằng khen hoặc Giấy khen", "Giấy khen", "not_met"),
        ("Bằng khen", "", "person"),
    ],
)
def test_where_the_rule_names_an_award_only_that_one_bars(tmp_path: Path, barred: str, given: str, state: str) -> None:
    held = registry(tmp_path, f"Xã Bản Khoang,,Mường Sa,{given},8/QĐ,20/5/2017,,")
    quote = f"Xã tăng 9 tiêu chí; không xét xã đã được tặng {barred} trong giai đoạn 2016 - 2018."
    criterion = criterion_of(gain(), exclusions=[excluded(2016, 2018)], quote=quote)
    (check,) = check_exclusions(criterion, candidate_of(), basis_of(rules_of(criterion), registry=held))
    assert check.state == state


def test_a_lesser_award_that_the_dossier_tells_bars_nobody_where_the_rule_names_another(tmp_path: Path) -> None:
    quote = "Xã tăng 9 tiêu chí; không xét xã đã được tặng Bằng khen giai đoạn 2016-2018."
    criterion = criterion_of(gain(), exclusions=[excluded(2016, 2018)], quote=quote)
    claim = claim_of("award", "giay_khen", 2017, text="Giấy khen của Chủ tịch UBND huyện")
    basis = basis_of(rules_of(criterion), registry=registry(tmp_path))
    (check,) = check_exclusions(criterion, candidate_of(claim), basis)
    assert check.state == "met"


def test_without_a_registry_nothing_is_known() -> None:
    assert state_of(None) == "unknown"


def test_a_name_weakly_read_is_not_searched_in_vain(tmp_path: Path) -> None:
    weak = [Evidence(file="danh-sach.pdf", page=1, confidence=0.5)]
    assert state_of(registry(tmp_path), where=weak) == "person"


def test_a_registry_of_other_years_proves_nothing(tmp_path: Path) -> None:
    assert state_of(registry(tmp_path), period=(2001, 2005)) == "unknown"


@pytest.mark.parametrize(
    ("text", "year", "state"),
    [
        ("Bằng khen của Chủ tịch UBND tỉnh trong phong trào xây dựng nông thôn mới", 2017, "not_met"),
        ("Bằng khen của Chủ tịch UBND tỉnh", 2017, "person"),  # for which merit, it does not say
        ("Giấy khen của Chủ tịch UBND huyện", 2017, "person"),
        ("Bằng khen của Chủ tịch UBND tỉnh về nông thôn mới", 2014, "met"),
        ("Bằng khen của Chủ tịch UBND tỉnh", None, "person"),
    ],
)
def test_awards_that_the_dossier_tells(tmp_path: Path, text: str, year: int | None, state: str) -> None:
    award = "bang_khen_tinh" if text.startswith("Bằng khen") else "giay_khen"
    assert state_of(registry(tmp_path), claim_of("award", award, year, text=text)) == state


@pytest.mark.parametrize(("reach", "state"), [("dash", None), ("letter", "not_met"), ("unsaid", "person")])
def test_how_far_an_exclusion_reaches(tmp_path: Path, reach: str, state: str | None) -> None:
    held = registry(tmp_path, "Xã Bản Khoang,,Mường Sa,Bằng khen,8/QĐ,20/5/2017,,")
    own = criterion_of(gain(), ident="d2", place=Place(item="III.d.-2"))
    beside = criterion_of(gain(8), ident="d3", place=Place(item="III.d.-3"), exclusions=[excluded(2016, 2018, reach)])
    checks = list(check_exclusions(own, candidate_of(), basis_of(rules_of(own, beside), registry=held)))
    assert [check.state for check in checks] == ([state] if state else [])


def test_an_excel_registry_with_other_column_names_and_a_title(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["SỔ THEO DÕI KHEN THƯỞNG"])
    sheet.append([])
    sheet.append(["TT", "Họ và tên", "Địa chỉ", "Danh hiệu", "Ngày ký", "Lý do"])
    sheet.append([1, "Hà Thị Lụa", "UBND xã Bản Khoang", "Bằng khen", 42875, "NTM"])
    sheet.append([2, "Hà Thị Lượt", "UBND xã Bản Khoang", "Bằng khen", dt.datetime(2018, 3, 1, tzinfo=None), "NTM"])  # noqa: DTZ001
    sheet.append([3, "Hà Thị Lan", "UBND xã Bản Khoang", "Bằng khen", "giữa năm", "NTM"])
    book.save(tmp_path / "so.xlsx")
    held = read_registry(tmp_path / "so.xlsx")
    assert [entry.day for entry in held.entries] == ["2017-05-20", "2018-03-01", None]
    assert held.warnings == ("so.xlsx, ô E6: không đọc được ngày hoặc năm",)
    assert state_of(held, class_="official", name="Bà Hà Thị Lụa", unit="UBND xã Bản Khoang") == "not_met"


@pytest.mark.parametrize(
    ("name", "content", "error", "told"),
    [
        ("so.csv", "Mã,Ngày\n1,2\n".encode(), UsageError, "Tên"),
        ("so.csv", b"Ten,Ngay\nH\xe0,2\n", DamagedInputError, "line 2"),
        ("so.xlsx", b"no archive", DamagedInputError, "so.xlsx"),
        ("so.doc", b"x", UnsupportedInputError, "so.doc"),
    ],
)
def test_files_that_are_no_registry(tmp_path: Path, name: str, content: bytes, error: Any, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=told):
        read_registry(tmp_path / name)


def test_a_registry_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"so\.csv"):
        read_registry(tmp_path / "so.csv")


def test_semicolons_and_utf_16_of_excel(tmp_path: Path) -> None:
    (tmp_path / "so.csv").write_bytes("Tên;Năm\nXã Nà Mo;2017\n".encode("utf-16"))
    (entry,) = read_registry(tmp_path / "so.csv").entries
    assert (entry.name, entry.years) == ("Xã Nà Mo", (2017, 2017))


def test_a_day_that_no_calendar_has_and_a_name_without_a_year_are_told(tmp_path: Path) -> None:
    held = read_registry(
        written(tmp_path, "so.csv", "Tên,Hình thức,Ngày", "I. Tập thể", "Xã Nà Mo,Bằng khen,31/2/2018", "Xã Nà Én")
    )
    assert [(entry.name, entry.years) for entry in held.entries] == [("Xã Nà Mo", (2018, 2018)), ("Xã Nà Én", None)]
    assert held.warnings == (
        "so.csv, ô C3: ngày 31/2/2018 không có trong lịch, chỉ tính theo năm",
        "so.csv, dòng 4: không có ngày, năm hay giai đoạn khen thưởng",
    )
