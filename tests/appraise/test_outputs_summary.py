"""The summary workbook: sections, totals, links, ranking; nothing in a cell runs."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from appraise.appraisal import Appraisal
from appraise.checks.office_lists import OfficeLists
from appraise.checks.ranking import ranking
from appraise.outputs.summary_rows import DossierRow, dossier_row
from appraise.outputs.summary_sheet import summary_xlsx, totals_text
from tests.appraise.appraisals import REPORT, AppraisedCandidate, appraisal, commune, district


def row_of(held: Appraisal) -> DossierRow:
    forms = [f"{held.dossier}/phieu-{number}.docx" for number in range(len(held.candidates))]
    return dossier_row(held, forms, lambda where: "ho so #1/anh.png" if where == REPORT else "")


def family(name: str = "Gia đình bà Lường Thị Ỏn") -> AppraisedCandidate:
    return AppraisedCandidate(name=name, class_="family", award="bang_khen_thu_tuong")


def opened(*dossiers: Appraisal) -> Any:
    ranks = ranking(dossiers, OfficeLists()) if any(d.candidates[0].class_ == "district" for d in dossiers) else []
    return openpyxl.load_workbook(io.BytesIO(summary_xlsx([row_of(each) for each in dossiers], ranks)))


def lines(sheet: Any) -> list[str]:
    rows = ([str(value) for value in row if value not in {None, ""}] for row in sheet.iter_rows(values_only=True))
    return [" | ".join(row) for row in rows if row]


def test_candidates_stand_under_award_and_class_with_totals() -> None:
    sheet = opened(appraisal(commune(), family()), appraisal(commune("Xã Cỏ May"), dossier="hai"))["Tổng hợp"]
    told = lines(sheet)
    order = [
        next(at for at, line in enumerate(told) if expected in line)
        for expected in (
            "I. BẰNG KHEN THỦ TƯỚNG CHÍNH PHỦ (0 tập thể, 0 cá nhân, 1 gia đình)",
            "1. Gia đình (1)",
            "Gia đình bà Lường Thị Ỏn",
            "II. BẰNG KHEN CHỦ TỊCH UBND TỈNH (2 tập thể, 0 cá nhân, 0 gia đình)",
            "1. Xã (2)",
            "2 | Xã Bãi Sậy",
            "3 | Xã Cỏ May",
            "Tổng cộng: 2 tập thể, 0 cá nhân, 1 gia đình.",
        )
    ]
    assert order == sorted(order)
    assert "BK-X-1: 1 khớp, 1 cần người xem (*)" in "\n".join(told)


def test_the_proposal_column_is_empty() -> None:
    sheet = opened(appraisal(commune(), family()))["Tổng hợp"]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    column = next(cell.column for cell in heads if cell.value == "Đề xuất")
    below = [sheet.cell(at, column).value for at in range(heads[0].row + 1, sheet.max_row + 1)]
    assert below
    assert not any(below)


def test_a_class_that_is_not_known_is_counted_as_such() -> None:
    row = row_of(appraisal(commune(), AppraisedCandidate(name="Ông Ón", class_=None, award=None)))
    assert totals_text(row.candidates) == "1 tập thể, 0 cá nhân, 0 gia đình, 1 chưa rõ loại đối tượng"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1+1", "@SUM(1)", "-2", "＝1"])
def test_no_cell_begins_a_formula(name: str) -> None:
    book = opened(appraisal(family(name)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == f"'{name}" for cell in cells)


def test_links_lead_to_forms_and_pictures_with_their_signs_escaped() -> None:
    book = opened(appraisal(dossier="hồ sơ #1 50%"))
    form = next(cell.hyperlink.target for row in book["Tổng hợp"].iter_rows() for cell in row if cell.hyperlink)
    assert form.replace("\\", "/") == "hồ%20sơ%20%231%2050%25/phieu-0.docx"
    picture = next(cell.hyperlink.target for row in book["Minh chứng"].iter_rows() for cell in row if cell.hyperlink)
    assert picture.replace("\\", "/") == "ho%20so%20%231/anh.png"


def test_every_check_stands_in_the_evidence_with_state_and_place() -> None:
    told = lines(opened(appraisal())["Minh chứng"])
    assert any("Mức tăng tiêu chí | khớp (quy tắc chưa được xác nhận) | 11 ≥ 10 tiêu chí." in line for line in told)
    assert any("Đã được khen thưởng giai đoạn 2011-2015 | chưa rõ" in line for line in told)


def test_unread_files_and_requests_have_their_sheets() -> None:
    book = opened(appraisal())
    assert any("Không đọc được tệp anh-mo.jpg" in line for line in lines(book["Hồ sơ"]))
    assert any(
        "Biên bản họp xét khen thưởng | Không thấy trong hồ sơ." in line for line in lines(book["Đề nghị bổ sung"])
    )


def test_districts_are_ranked_by_what_is_there_and_gaps_stay_gaps() -> None:
    sheet = opened(appraisal(district("Huyện Bến Gỗ", 81.5), district("Huyện Cát", None), district("Huyện Am", 92)))
    rows = {row[1].value: row for row in sheet["Xếp hạng huyện"].iter_rows() if row[1].value}
    assert rows["Huyện Am"][2].value == 92
    assert rows["Huyện Cát"][2].value is None
    assert "RANK" in rows["Huyện Cát"][3].value
    data = openpyxl.load_workbook(io.BytesIO(_ranked()), data_only=True)["Xếp hạng huyện"]
    ranks = {row[1].value: row[3].value for row in data.iter_rows() if row[1].value}
    assert (ranks["Huyện Am"], ranks["Huyện Bến Gỗ"]) == (1, 2)
    assert not ranks["Huyện Cát"]


def _ranked() -> bytes:
    held = appraisal(district("Huyện Bến Gỗ", 81.5), district("Huyện Cát", None), district("Huyện Am", 92))
    return summary_xlsx([row_of(held)], ranking([held], OfficeLists()))


def test_no_ranking_without_districts() -> None:
    assert "Xếp hạng huyện" not in opened(appraisal()).sheetnames


def test_sheets_print_on_a4_across_with_a_head_that_stays() -> None:
    for sheet in opened(appraisal(district("Huyện Am", 92))):
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows
        head = int(sheet.freeze_panes[1:]) - 1
        assert sheet.cell(head, 1).value == "STT"


def test_the_same_round_gives_the_same_bytes() -> None:
    assert _ranked() == _ranked()


def test_a_round_without_candidates_is_a_table_without_rows() -> None:
    empty = appraisal().model_copy(update={"candidates": []})
    assert "Tổng cộng: 0 tập thể, 0 cá nhân, 0 gia đình." in lines(
        openpyxl.load_workbook(io.BytesIO(summary_xlsx([row_of(empty)])))["Tổng hợp"]
    )
