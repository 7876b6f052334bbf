"""Both places of a contradiction are shown on the page, whether values stand there or plain words."""

from __future__ import annotations

import pytest

from extract.read_record import extract_document
from extract.record import Contradiction, Source
from ocr.tree import Document, Line, Role
from tests.extract.table_pages import body, page_of, placed, ruled

XS = (60, 100, 400)


def _contradictions(*pages: tuple[Line, ...]) -> list[Contradiction]:
    document = Document("scan", tuple(page_of(*lines, number=at) for at, lines in enumerate(pages, 1)))
    return extract_document(document, Source(name="scan.pdf", pages=len(pages))).contradictions


def _lines(*texts: str) -> tuple[Line, ...]:
    return tuple(body(text, 100 + 30 * at) for at, text in enumerate(texts))


def _rows_shown(found: Contradiction) -> list[int]:
    """Which of the lines from :func:`_lines` the places lie on."""
    return [round((place.box[1] - 100) / 30) for place in found.places]


@pytest.mark.parametrize(
    ("lines", "check", "shown"),
    [
        (("Có 12/19 xã đạt chuẩn,", "đạt tỷ lệ 83,2%."), "votes_percentage", [0, 1]),
        (("- Có mặt: 12/14 thành viên Hội đồng.", "- Vắng mặt: 01 (có lý do)."), "attendance", [0, 1]),
        (("Số tiền 200.000.000 đồng", "(Ba trăm triệu đồng)."), "words", [0, 1]),
        (("Từ ngày 05/3/2029", "đến hết ngày 01/3/2029."), "backward_range", [0, 1]),
        (("Hội nghị quý III/2029", "(ngày 15/10/2029)."), "date_outside_period", [0, 1]),
        (
            ("Kế hoạch số 44/KH-UBND ngày 11/4/2029;", "Kế hoạch số 44/KH-UBND ngày 14/4/2029."),
            "two_dates",
            [0, 1],
        ),
        (
            ("Tặng Giấy khen cho 05 tập thể có tên sau đây:", "1. Xã An", "2. Xã Bình", "3. Xã Cát"),
            "list_announced",
            [0, 3],
        ),
    ],
)
def test_both_places_are_shown(lines: tuple[str, ...], check: str, shown: list[int]) -> None:
    (found,) = _contradictions(_lines(*lines))
    assert found.check == check
    assert _rows_shown(found) == shown
    assert len(found.values) == len(found.spans)


def test_of_a_total_and_its_parts() -> None:
    rows = [
        {0: "TT", 1: "Đơn vị", 2: "Số tiền (đồng)"},
        {0: "1", 1: "Thôn An Lạc", 2: "1.500.000"},
        {0: "2", 1: "Thôn Bình Minh", 2: "2.000.000"},
        {1: "Tổng cộng", 2: "4.500.000"},
    ]
    (found,) = _contradictions((*_lines("Danh sách các thôn"), *ruled(rows, XS)))
    assert found.check == "total"
    assert [round(place.box[1]) for place in found.places] == [272, 224, 248]


def test_of_a_count_and_the_rows_of_its_group() -> None:
    rows = [
        {0: "TT", 1: "Họ và tên", 2: "Mức thưởng"},
        {0: "I", 1: "Tập thể"},
        {0: "1", 1: "Thôn An Lạc", 2: "500.000"},
        {0: "2", 1: "Thôn Bình Minh", 2: "500.000"},
    ]
    (found,) = _contradictions((*_lines("Khen thưởng 05 tập thể trong xã."), *ruled(rows, XS)))
    assert found.check == "rows_announced"
    assert [round(place.box[1]) for place in found.places] == [100, 272]


def test_of_a_head_and_the_annex_on_another_page() -> None:
    head = (
        placed("UBND XÃ SUỐI HOA", 60, 60, Role.HEAD_LEFT),
        placed("Số: 27/TTr-UBND", 60, 80, Role.HEAD_LEFT),
        placed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60, Role.HEAD_RIGHT),
        placed("Suối Hoa, ngày 05 tháng 3 năm 2029", 320, 80, Role.HEAD_RIGHT),
        placed("TỜ TRÌNH", 260, 120, Role.BODY),
        placed("Về việc khen thưởng", 240, 140, Role.BODY),
    )
    annex = (
        placed("PHỤ LỤC", 260, 60, Role.BODY),
        placed("(Kèm theo Tờ trình số 28/TTr-UBND ngày 05/3/2029)", 150, 80, Role.BODY),
        *_lines("1. Thôn An Lạc"),
    )
    (found,) = _contradictions(head, annex)
    assert found.check == "annex_number"
    assert [place.page for place in found.places] == [1, 2]
