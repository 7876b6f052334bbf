"""Names of communes, districts and provinces in the head, misread and judged by a list of an invented province."""

from __future__ import annotations

import pytest

from extract.place_lists import PlaceList, Unit
from extract.read_record import extract_document
from extract.record import DocumentFields, Source
from ocr.tree import Document, Page, Role, TextFrom
from tests.extract.placed_pages import HEIGHT, WIDTH, placed

LAM_KHE = "tỉnh Lam Khê"
SUONG, NHAM = "huyện Bắc Sương", "huyện Thạch Nham"
PLACES = PlaceList(
    [
        Unit("tỉnh", "Lam Khê", None, None),
        Unit("huyện", "Bắc Sương", None, LAM_KHE),
        Unit("huyện", "Thạch Nham", None, LAM_KHE),
        Unit("xã", "Hồng Chiểu", SUONG, LAM_KHE),
        Unit("xã", "Huổi Lanh", SUONG, LAM_KHE),
        Unit("xã", "Vũ Đôi", SUONG, LAM_KHE),
        Unit("xã", "Vũ Đồi", NHAM, LAM_KHE),
        Unit("xã", "Trà Khoan", NHAM, LAM_KHE),
        Unit("xã", "Cao Tùng", NHAM, LAM_KHE, (None, "2025-06-30")),
        Unit("xã", "Cao Tùng", None, LAM_KHE, ("2025-07-01", None)),
        Unit("xã", "Cao Tụng", None, LAM_KHE, ("2025-07-01", None)),
        Unit("xã", "Đăk Bùng", NHAM, LAM_KHE),
        Unit("xã", "Nà Lĩnh 2", NHAM, LAM_KHE),
        Unit("xã", "Nà Xuân I", NHAM, LAM_KHE),
    ]
)
IN_LAM_KHE = "Phong trào thi đua của tỉnh Lam Khê được nhân dân hưởng ứng."


def head_of(*organs: str, place: str = "", text: str = IN_LAM_KHE, year: int = 2021) -> DocumentFields:
    """The fields of a page with these organs, dated from ``place``."""
    lines = [placed(organ, 60, 50 + 15 * row, Role.HEAD_LEFT) for row, organ in enumerate((*organs, "Số: 12/BC-UBND"))]
    lines.append(placed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT))
    if place:
        lines.append(placed(f"{place}, ngày 08 tháng 9 năm {year}", 320, 90, Role.HEAD_RIGHT))
    lines += [placed(line, 90, 200 + 15 * row, Role.BODY) for row, line in enumerate(text.splitlines())]
    document = Document("scan", (Page(1, WIDTH, HEIGHT, tuple(lines), TextFrom.IMAGE),))
    return extract_document(document, Source(name="scan.pdf", pages=1), places=PLACES).document


def named(fields: DocumentFields) -> list[object]:
    """Parent organ, issuer and place, as far as they were found."""
    readings = (fields.parent_organ, fields.issuer, fields.place)
    return [reading.value for reading in readings if reading is not None]


def test_what_only_the_letters_match_is_restored_with_less_confidence():
    fields = head_of("UBND XÃ HỒNG CHIẾU", place="Hồng Chiếu")
    known = head_of("UBND XÃ HỒNG CHIỂU", place="Hồng Chiểu")
    for name, value, printed in (
        ("issuer", "UBND XÃ HỒNG CHIỂU", "UBND XÃ HỒNG CHIẾU"),
        ("place", "Hồng Chiểu", "Hồng Chiếu"),
    ):
        reading, sure = getattr(fields, name), getattr(known, name)
        assert (reading.value, reading.raw, reading.status) == (value, printed, "restored")
        assert [other.value for other in reading.alternatives] == [printed]
        assert (sure.value, sure.status, sure.alternatives) == (value, "read", [])
        assert reading.confidence < sure.confidence


@pytest.mark.parametrize(
    ("organs", "restored"),
    [
        (("UBND HUYỆN BẮC SƯỚNG", "PHÒNG NỘI VỤ"), ["UBND HUYỆN BẮC SƯƠNG", "PHÒNG NỘI VỤ"]),
        (("UBND HUYỆN BẮC SƯƠNG", "UBND XÃ HUỔILANH"), ["UBND HUYỆN BẮC SƯƠNG", "UBND XÃ HUỔI LANH"]),
        (("UBND TỈNH LAM KHẾÊ", "SỞ NỘI VỤ"), ["UBND TỈNH LAM KHÊ", "SỞ NỘI VỤ"]),
        (("ĐẢNG BỘ XÃ HỒNG CHIÊU",), ["ĐẢNG BỘ XÃ HỒNG CHIỂU"]),
        (("TRƯỜNG TIỂU HỌC XÃ HỒNG CHIÊU HUYỆN BẮC SƯỢNG",), ["TRƯỜNG TIỂU HỌC XÃ HỒNG CHIỂU HUYỆN BẮC SƯƠNG"]),
    ],
)
def test_marks_spaces_and_doubled_letters_of_organs(organs: tuple[str, ...], restored: list[str]):
    assert named(head_of(*organs)) == restored


def test_a_name_that_lost_words_is_completed_by_the_place():
    fields = head_of("UBND HUYỆN THẠCH NHAM", "UBND XÃ KHOAN", place="Trà Khoan")
    assert named(fields) == ["UBND HUYỆN THẠCH NHAM", "UBND XÃ TRÀ KHOAN", "Trà Khoan"]


def test_the_district_in_the_head_chooses_among_names_of_the_same_letters():
    assert named(head_of("UBND XÃ VŨ ĐỘI", place="Vũ Đội")) == ["UBND XÃ VŨ ĐỘI", "Vũ Đội"]
    in_district = head_of("UBND HUYỆN THẠCH NHAM", "UBND XÃ VŨ ĐỘI", place="Vũ Đội")
    assert named(in_district) == ["UBND HUYỆN THẠCH NHAM", "UBND XÃ VŨ ĐỒI", "Vũ Đồi"]


def test_the_date_chooses_among_names_of_the_same_letters():
    assert named(head_of("UBND XÃ CAO TÚNG", place="Cao Túng")) == ["UBND XÃ CAO TÙNG", "Cao Tùng"]
    assert named(head_of("UBND XÃ CAO TÚNG", place="Cao Túng", year=2026)) == ["UBND XÃ CAO TÚNG", "Cao Túng"]


def test_the_organ_chooses_the_name_of_its_place():
    assert named(head_of("UBND XÃ VŨ ĐỒI", place="Vũ Đội")) == ["UBND XÃ VŨ ĐỒI", "Vũ Đồi"]


@pytest.mark.parametrize(
    "name",
    [
        "VŨ ĐÔI",  # the list has it, and another one of the same letters
        "ĐẮK BÙNG",  # names of other languages are spelled in several ways
        "NÀ LỈNH 2",
        "NÀ XUÂN II",
        "MINH CÁT",  # of no list
    ],
)
def test_what_is_listed_or_may_be_right_stays_as_printed(name: str):
    fields = head_of("UBND HUYỆN THẠCH NHAM", f"UBND XÃ {name}")
    assert fields.issuer is not None
    assert (fields.issuer.value, fields.issuer.alternatives) == (f"UBND XÃ {name}", [])


@pytest.mark.parametrize(
    "text",
    ["Phong trào thi đua được nhân dân hưởng ứng.", "Phong trào của tỉnh Lam Khê, học tập tỉnh Đông Vân."],
)
def test_a_list_says_nothing_of_documents_from_elsewhere(text: str):
    fields = head_of("UBND XÃ HỒNG CHIẾU", place="Hồng Chiếu", text=text)
    assert named(fields) == ["UBND XÃ HỒNG CHIẾU", "Hồng Chiếu"]


def test_other_places_of_the_document_do_not_outvote_the_list():
    text = "Nhân dân xã Hồng Chiếu hiến đất. Xã Hồng Chiếu\nthuộc huyện Bắc Sương có 8 thôn; xã Hồng Chiếu đạt chuẩn."
    fields = head_of("UBND XÃ HỒNG CHIỂU", place="Hồng Chiểu", text=text)
    assert fields.issuer is not None
    assert (fields.issuer.value, fields.issuer.status) == ("UBND XÃ HỒNG CHIỂU", "read")
    assert [other.value for other in fields.issuer.alternatives] == ["UBND XÃ HỒNG CHIẾU"]
