"""Standards printed as a table: a row for each class of candidates, a column for each award."""

from __future__ import annotations

from pathlib import Path

from appraise.dossier import ReadFile
from appraise.guideline.criteria import find_criteria
from appraise.guideline.guideline_text import guideline_text
from extract.read_record import extract_document
from extract.record import Source
from ocr.tree import Document
from tests.appraise.guidelines import numbers
from tests.extract.table_pages import body, page_of, ruled

XS = (60, 100, 200, 380)
HEAD = {0: "STT", 1: "Đối tượng", 2: "Bằng khen của Chủ tịch UBND tỉnh", 3: "Bằng khen của Thủ tướng"}
ROWS = [
    HEAD,
    {0: "1", 1: "Xã", 2: "Tăng từ 9 tiêu chí trở lên", 3: "Tăng từ 12 tiêu chí trở lên"},
    {0: "2", 1: "Hộ gia đình", 2: "Góp đất từ 220 triệu đồng", 3: "Góp đất từ 500 triệu đồng"},
]


def test_each_cell_is_a_standard_with_its_own_place():
    lines = (
        body("HƯỚNG DẪN", 100, 250),
        body("Khen thưởng phong trào thi đua", 120, 200),
        body("I. TIÊU CHUẨN KHEN THƯỞNG", 150),
        body("Tiêu chuẩn khen thưởng theo bảng sau:", 174),
        *ruled(ROWS, XS),
        body("II. HỒ SƠ", 300),
        body("1. Tờ trình 01 bản.", 324),
    )
    document = Document("scan", (page_of(*lines),))
    record = extract_document(document, Source(name="scan.pdf", pages=1))
    found = find_criteria(guideline_text(ReadFile("scan.pdf", Path("scan.pdf"), document.text, record)))
    assert [(c.award, c.candidate, numbers(c)) for c in found] == [
        ("bang_khen_tinh", "commune", [["new_criteria", "ge", 9, "tiêu chí"]]),
        ("bang_khen_thu_tuong", "commune", [["new_criteria", "ge", 12, "tiêu chí"]]),
        ("bang_khen_tinh", "family", [["contribution", "ge", 220_000_000, "đồng"]]),
        ("bang_khen_thu_tuong", "family", [["contribution", "ge", 500_000_000, "đồng"]]),
    ]
    place = found[1].place
    assert (place.page, place.quote) == (1, "Tăng từ 12 tiêu chí trở lên")
    assert place.box is not None
    assert place.box[0] == 380
