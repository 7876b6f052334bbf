from __future__ import annotations

import pytest

from appraise.papers import paper_of
from extract.record import DocumentFields, Reading, Record, Source


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
