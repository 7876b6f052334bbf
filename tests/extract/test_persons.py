from __future__ import annotations

import pytest

from extract.patterns import Source
from extract.persons import find_persons
from extract.places import find_places
from normalize.folding import fold_aligned


def persons(text: str) -> list[tuple[str, str | None, str]]:
    source = Source(text, fold_aligned(text))
    found = find_persons(source, find_places(source))
    return [(item.value["name"], item.value["role"], item.status) for item in found]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("ông Đặng Văn Mây - Chủ tịch UBND xã Bản Tằm", "Đặng Văn Mây", "Chủ tịch UBND xã Bản Tằm"),
        ("ông K' Brôn, Bí thư Đảng ủy", "K' Brôn", "Bí thư Đảng ủy"),
        ("bà H’Mlô, Bí thư Đảng ủy", "H’Mlô", "Bí thư Đảng ủy"),
        (
            "Đồng chí Hoàng Thị Páo, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện;",
            "Hoàng Thị Páo",
            "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện",
        ),
        ("Chủ tịch UBND tỉnh Đặng Tiến Suối chủ trì", "Đặng Tiến Suối", "Chủ tịch UBND tỉnh"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLương Thị Lệ", "Lương Thị Lệ", "PHÓ GIÁM ĐỐC"),
        ("bà Y Blok Niê và", "Y Blok Niê", None),
        ("em H'Hen Niê", "H'Hen Niê", None),
        ("1. Lò Văn Ín, bản Nà Lĩnh", "Lò Văn Ín", None),
        ("1 | Giàng A Páo | Nam | 1980", "Giàng A Páo", None),
        ("NGÔ ĐÌNH SƠN", "Ngô Đình Sơn", None),
        ("họ và tên: Trần Thị Mây", "Trần Thị Mây", None),
        ("- Ông. Ngô Ngọc Rừng - CV phòng Nội vụ.", "Ngô Ngọc Rừng", "CV phòng Nội vụ"),
        ("Giám đốc: Đ/c Lê Suối", "Lê Suối", None),
        ("TS. Trần  Minh Sơn (Chuyên viên)", "Trần Minh Sơn", "Chuyên viên"),
        ("Ông Nguyễn Văn A", "Nguyễn Văn A", None),
        ("Đặng Thị Mây Chủ tịch Hội", "Đặng Thị Mây", None),
    ],
)
def test_people_and_the_roles_beside_them(text: str, name: str, role: str | None):
    assert persons(text)[:1] == [(name, role, "read")]


def test_the_role_before_each_name_is_its_own():
    text = "Phó Chủ tịch Trần Văn Suối, Phó Chủ tịch Lê Thị Mây, Chánh Văn phòng Ngô Đình Sơn"
    assert [role for _, role, _ in persons(text)] == ["Phó Chủ tịch", "Phó Chủ tịch", "Chánh Văn phòng"]


def test_the_marks_of_a_family_name_come_back_with_doubt():
    assert persons("Nguyên Văn Sơn") == [("Nguyễn Văn Sơn", None, "restored")]


NO_PEOPLE = (
    "đường Nguyễn Văn Suối",
    "Trường THPT Lê Quý Sơn",
    "số 12 Trần Văn Mây, phường",
    "tư tưởng Hồ Chí Minh",
    "Ký bởi: Bộ Công Thương",
    "trên địa bàn TỈNH LAM KHÊ",
    "các tỉnh Hà Giang, Cao Bằng, Lai Châu",
    "Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng",
    "Đoàn Thanh niên, Hội Phụ nữ",
    "do đồng chí Phó Chính ủy làm Trưởng ban",
    "TIÊU TỪ NGÂN SÁCH TRUNG",
    "Công ty cổ phần Mông Sơn",
    "khu vực Thái Bình Dương",
)


@pytest.mark.parametrize("text", NO_PEOPLE)
def test_no_person(text: str):
    assert persons(text) == []
