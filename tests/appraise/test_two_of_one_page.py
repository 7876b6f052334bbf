"""A list and a summary of merits on one page."""

from __future__ import annotations

from dataclasses import replace

from appraise.reading.candidates import find_candidates
from appraise.reading.two_of_one_page import two_of_one_page
from tests.appraise.dossiers import COMMUNE, Proposed, candidate_list, dossier_of, submission

PEOPLE = [Proposed(f"Nhân dân và cán bộ xã {COMMUNE}", "Tập thể"), Proposed("Thôn Nà Hoi", "Tập thể")]
SUMMARY = (
    "BIỂU TÓM TẮT THÀNH TÍCH\n(Kèm theo Tờ trình số 45/TTr-UBND ngày 10 tháng 6 năm 2019)\n"
    f"| STT | Đơn vị | Tóm tắt thành tích |\n| 1 | Xã {COMMUNE} | Làm 4 km đường |\n| 2 | Thôn Nà Hoi | Sạch đẹp |\n"
)


def test_both_papers_are_there_and_name_the_same_candidates():
    dossier = dossier_of({"a.txt": candidate_list(PEOPLE) + SUMMARY})
    (of_list,), (of_summary,) = dossier.by_kind["list"], dossier.by_kind["summary"]
    assert of_list.span[1] == of_summary.span[0]
    assert (len(of_list.record.tables), len(of_summary.record.tables)) == (1, 1)
    found = find_candidates(dossier)
    assert [(one.class_, one.award, len(one.where)) for one in found] == [
        ("commune", "bang_khen_tinh", 2),
        ("hamlet", "bang_khen_tinh", 2),
    ]


def test_a_list_alone_stays_one():
    dossier = dossier_of({"a.txt": candidate_list(PEOPLE)})
    assert [paper.kind for paper in dossier.papers] == ["list"]


def test_a_submission_whose_title_is_misread_is_known_by_its_number():
    text = submission(PEOPLE[:1]).replace("TỜ TRÌNH\n", "TỪ\n", 1)
    assert "submission" in dossier_of({"a.txt": text}).by_kind
    assert "submission" not in dossier_of({"a.txt": text.replace("/TTr-", "/CV-", 1)}).by_kind


def test_a_list_whose_title_a_stamp_hides_is_told_by_its_columns():
    text = candidate_list(PEOPLE).replace("DANH SÁCH\n", "ĐẾN „8/6ISÁCH\n", 1)
    (paper,) = dossier_of({"a.txt": text + SUMMARY}).papers
    assert [one.kind for one in two_of_one_page(replace(paper, kind="summary"))] == ["list", "summary"]
