from __future__ import annotations

import pytest

from appraise.reading.papers import paper_of
from extract.record import DocumentFields, Reading, Record, Source
from tests.appraise.dossiers import Proposed, commune_report, dossier_of, minutes, submission


def record(kind: str | None, subject: str | None) -> Record:
    def reading(value: str | None) -> Reading | None:
        return None if value is None else Reading(value=value, raw=value, confidence=1.0, rule="test")

    fields = DocumentFields(type=reading(kind), subject=reading(subject))
    return Record(source=Source(name="x.pdf", pages=1), document=fields)


@pytest.mark.parametrize(
    ("kind", "subject", "paper"),
    [
        ("Tờ trình", "Về việc đề nghị tặng Bằng khen", "submission"),
        ("Biên bản", "Họp Hội đồng Thi đua - Khen thưởng", "minutes"),
        ("BÁO CÁO", "Thành tích đề nghị tặng thưởng Bằng khen", "achievement_report"),
        ("Quyết định", "Công nhận xã đạt chuẩn nông thôn mới", "recognition"),
        ("Quyết định", "Về việc khen thưởng phong trào thi đua", "award"),
        ("Danh sách", None, "list"),
        ("Hướng dẫn", "Xét khen thưởng xây dựng nông thôn mới", "guideline"),
    ],
)
def test_papers_of_a_dossier(kind, subject, paper):
    found = paper_of(record(kind, subject))
    assert found is not None
    assert found.id == paper


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (None, "Đề nghị tặng Bằng khen"),
        ("Tờ trình", "Phê duyệt chủ trương đầu tư"),
        ("Biên bản", "Kiểm tra công trình"),
        ("Quyết định", None),
    ],
)
def test_unknown_stays_unknown(kind, subject):
    assert paper_of(record(kind, subject)) is None


def test_papers_of_one_file_are_told_apart_and_nothing_is_lost():
    people = [Proposed("Thôn Nà Hoi", "Tập thể")]
    dossier = dossier_of(
        {
            "ho-so.txt": f"{submission(people)}\f{minutes(people)}\f{commune_report()}",
            "thu.txt": "Kính gửi các đồng chí.\nXin mời dự họp.\n",
        },
        received="2019-07-01",
    )
    assert [(paper.kind, paper.pages) for paper in dossier.papers] == [
        ("submission", (1,)),
        ("list", (2,)),
        ("minutes", (3,)),
        ("achievement_report", (4,)),
        (None, (1,)),
    ]
    assert dossier.papers[-1].name.startswith("Chưa nhận ra")
    assert set(dossier.by_kind) == {"submission", "list", "minutes", "achievement_report"}
    whole = dossier.files[0].text
    assert "".join(whole[slice(*paper.span)] for paper in dossier.papers[:-1]) == whole
    assert dossier.received == "2019-07-01"


def test_a_report_whose_title_is_lost_is_told_by_its_headings():
    text = "I. THÔNG TIN CHUNG\nXã có 9 thôn.\nII. THÀNH TÍCH ĐẠT ĐƯỢC\nNhiều.\n"
    assert [paper.kind for paper in dossier_of({"a.txt": text}).papers] == ["achievement_report"]
