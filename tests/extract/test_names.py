from __future__ import annotations

import pytest

from extract.organs import group_organs
from extract.people import find_person
from extract.restore_marks import with_known_marks


@pytest.mark.parametrize(
    ("line", "value", "whole"),
    [
        ("Đặng Thị Hồng Mây", "Đặng Thị Hồng Mây", True),
        ("GS.TS. Trần Văn Suối", "Trần Văn Suối", True),
        ("Thượng tướng Ngô Đình Rừng", "Ngô Đình Rừng", True),
        ("“Trân Văn Suối", "Trần Văn Suối", True),  # Trân is no family name
        ("a Lý Quốc Bảo .", "Lý Quốc Bảo", True),
        ("Thị Hồng Mây", "Thị Hồng Mây", False),
        ("ĐẶNG THỊ MÂY", "ĐẶNG THỊ MÂY", True),
        ("K' Brôn", "K' Brôn", True),
        ("H’Mlô", "H’Mlô", True),
        ("A Thung", "A Thung", False),  # Lò A Thung, torn, looks the same
    ],
)
def test_a_line_that_is_a_name(line: str, value: str, whole: bool):
    person = find_person(line)
    assert person is not None
    assert (person.value, person.whole) == (value, whole)


NO_NAMES = ("(Ký, ghi rõ họ tên)", "PHÓ GIÁM ĐỐC", "vướng ứng Ä{øuyễn Văn Mây", "Đã ký", "", "- Lưu: VT")


@pytest.mark.parametrize("line", NO_NAMES)
def test_a_line_that_is_no_name(line: str):
    assert find_person(line) is None


@pytest.mark.parametrize(
    ("lines", "groups"),
    [
        (["UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ"], [[0], [1]]),
        (["ỦY BAN NHÂN DÂN", "THÀNH PHỐ LÂM KHÊ"], [[0, 1]]),
        (["BỘ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"], [[0, 1]]),
        (["BỘ CÔNG AN - BỘ QUỐC PHÒNG -", "VIỆN KIỂM SÁT"], [[0, 1]]),
        (["BỘ TÀI CHÍNH -", "BỘ NỘI VỤ"], [[0, 1]]),
        (["UBND XÃ ĐỒNG MÂY -", "HỘI ĐỒNG THI ĐUA"], [[0], [1]]),  # the rule under the organ, read as a hyphen
        (["BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC", "LÂM KHÊ"], [[0], [1, 2]]),
        (["VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH"], [[0, 1]]),
    ],
)
def test_head_lines_group_into_organs(lines: list[str], groups: list[list[int]]):
    assert group_organs(lines) == groups


@pytest.mark.parametrize(
    ("printed", "restored"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHÓ LÂM KHÊ", "ỦY BAN NHÂN DÂN THÀNH PHỐ LÂM KHÊ"),
        ("SỞ NÔNG NGHIẸP VÀ MỖI TRƯỜNG", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        ("UỶ BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"),  # the older spelling is not an error
        ("Cân Thơ", "Cần Thơ"),
        ("HỘI ĐỒNG THỊ ĐUA KHEN THƯỞNG", "HỘI ĐỒNG THI ĐUA KHEN THƯỞNG"),
        ("BAN CHI HUY QUẦN SỰ HUYỆN BẢN TẰM", "BAN CHỈ HUY QUÂN SỰ HUYỆN BẢN TẰM"),
        ("TRƯỜNG THPT MÂY", "TRƯỜNG THPT MÂY"),
    ],
)
def test_marks_come_back_from_known_phrases_only(printed: str, restored: str):
    assert with_known_marks(printed, ("organ_phrases.txt",)) == restored


def test_titles_come_back_but_schools_stay():
    assert with_known_marks("PHO HIỆU TRƯỜNG TRƯỜNG MÂY", ("posts.txt",)) == "PHÓ HIỆU TRƯỞNG TRƯỜNG MÂY"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("=Eứơng Minh Bảo", "Minh Bảo"),
        ("ương Văn Mạnh", "Văn Mạnh"),
        ("Íà Văn Phúc", "Văn Phúc"),
        ("guyễn Văn Mây", "Nguyễn Văn Mây"),  # only one family name ends so
        ("Đình Quyết", "Đình Quyết"),  # no Đinh, but the middle of a name
    ],
)
def test_a_name_whose_beginning_a_seal_covers(line: str, value: str):
    person = find_person(line)
    assert person is not None
    assert (person.value, person.whole) == (value, False)


@pytest.mark.parametrize("line", ["Như trên;", "Như Điều 3;", "Lưu: VT, Mây"])
def test_recipients_are_no_names(line: str):
    assert find_person(line) is None
