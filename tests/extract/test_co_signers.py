"""Blocks side by side: who is the signer, and who signs beside."""

from __future__ import annotations

import pytest

from extract.record import DocumentFields
from ocr.tree import Line, Role
from tests.extract.placed_pages import centred, fields_of, head, placed

LEFT, RIGHT = Role.FOOT_LEFT, Role.FOOT_RIGHT


def block(centre: float, role: Role, *rows: str, name: str, y: float = 300) -> list[Line]:
    lines = [centred(row, y + 15 * at, centre=centre, role=role) for at, row in enumerate(rows)]
    return [*lines, *([centred(name, y + 90, centre=centre, role=role)] if name else [])]


def beside(fields: DocumentFields) -> list[tuple[str, str, str | None]]:
    return [(item.value["name"], item.value["title"], item.value["authority"]) for item in fields.co_signers]


def test_the_chair_of_minutes_signs_and_the_secretary_beside():
    fields = fields_of(
        *head(),
        *block(130, LEFT, "THƯ KÝ", name="Vũ Văn Núi"),
        *block(430, RIGHT, "CHỦ TRÌ", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert beside(fields) == [("Vũ Văn Núi", "THƯ KÝ", None)]
    assert [len(item.where) for item in fields.co_signers] == [2]


def test_a_chair_whose_name_is_lost_is_not_replaced_by_the_secretary():
    fields = fields_of(
        *head(),
        *block(130, LEFT, "THƯ KÝ", name="Vũ Văn Núi"),
        *block(430, RIGHT, "CHỦ TỌA", name=""),
    )
    assert fields.signer is None
    assert fields.signer_title is not None and fields.signer_title.value == "CHỦ TỌA"
    assert beside(fields) == [("Vũ Văn Núi", "THƯ KÝ", None)]


def test_the_first_of_two_ministries_signs_on_the_right():
    fields = fields_of(
        placed("BỘ NỘI VỤ - BỘ TÀI CHÍNH", 70, 50, Role.HEAD_LEFT),
        placed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT),
        placed("Điều 1. Phạm vi", 90, 150, Role.BODY),
        *block(150, LEFT, "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH", "THỨ TRƯỞNG", name="Vũ Văn Núi"),
        *block(430, RIGHT, "KT. BỘ TRƯỞNG BỘ NỘI VỤ", "THỨ TRƯỞNG", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"


def test_titles_side_by_side_part_a_foot_whose_names_a_pen_wrote():
    fields = fields_of(
        *head(),
        *block(110, LEFT, "THƯ KÝ", name="Lê Thị Cỏ"),
        *block(300, RIGHT, "THÀNH VIÊN", name="Đoán"),
        *block(480, RIGHT, "TỔ TRƯỞNG", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert fields.signer_title is not None and fields.signer_title.value == "TỔ TRƯỞNG"


def test_a_post_beside_an_authority_parts_a_foot_too():
    fields = fields_of(
        *head(),
        *block(300, RIGHT, "KẾ TOÁN", name=""),
        centred("Lê Thị Cỏ", 380, centre=300, role=RIGHT),
        *block(480, RIGHT, "TM. BAN QUẢN LÝ", "TRƯỞNG BAN", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert fields.signer_title is not None and fields.signer_title.value == "TRƯỞNG BAN"


def test_a_delegation_is_led_by_its_head_whatever_else_he_is():
    fields = fields_of(
        *head(),
        *block(110, LEFT, "THƯ KÝ", name="Lê Thị Cỏ"),
        *block(290, RIGHT, "TM. UBND XÃ", "CHỦ TỊCH", name="Vũ Văn Núi"),
        *block(470, RIGHT, "TRƯỞNG ĐOÀN", "PHÓ CHỦ TỊCH UBND HUYỆN", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert fields.signer_title is not None and fields.signer_title.value == "TRƯỞNG ĐOÀN"
    assert [name for name, *_ in beside(fields)] == ["Vũ Văn Núi", "Lê Thị Cỏ"]


@pytest.mark.parametrize(
    "posts", [("NGƯỜI TỔNG HỢP",), ("NGƯỜI TỔNG HỢP", "CÔNG CHỨC ĐỊA CHÍNH"), ("CHUYÊN VIÊN THEO DÕI",)]
)
def test_who_put_figures_together_is_not_the_signer(posts: tuple[str, ...]):
    fields = fields_of(
        *head(),
        *block(130, LEFT, *posts, name="Lê Thị Cỏ"),
        *block(430, RIGHT, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert beside(fields) == [("Lê Thị Cỏ", posts[0], None)]


def test_both_of_a_joint_document_are_kept():
    fields = fields_of(
        *head(),
        *block(150, LEFT, "KT. GIÁM ĐỐC SỞ TÀI CHÍNH", "PHÓ GIÁM ĐỐC", name="Vũ Văn Núi"),
        *block(430, RIGHT, "GIÁM ĐỐC SỞ NỘI VỤ", name="Đặng Thị Mây"),
        placed("Nơi nhận:", 70, 500, LEFT),
        placed("- UBND tỉnh;", 70, 515, LEFT),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"  # for the organ of the head
    assert beside(fields) == [("Vũ Văn Núi", "PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC SỞ TÀI CHÍNH")]


def test_three_in_a_row_are_told_apart():
    fields = fields_of(
        *head(),
        *block(110, LEFT, "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", name="Vũ Văn Núi"),
        *block(300, RIGHT, "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", name="Lê Thị Cỏ"),
        *block(480, RIGHT, "KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Vũ Văn Núi"
    assert beside(fields) == [
        ("Lê Thị Cỏ", "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG"),
        ("Đặng Thị Mây", "PHÓ TỔNG GIÁM ĐỐC", "KT. TỔNG GIÁM ĐỐC"),
    ]


def test_two_rows_of_signers_each_with_its_authority():
    fields = fields_of(
        *head(),
        *block(430, RIGHT, "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", name="Lê Thị Cỏ"),
        *block(430, RIGHT, "KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG", name="Vũ Văn Núi", y=450),
    )
    assert beside(fields) == [("Vũ Văn Núi", "PHÓ VIỆN TRƯỞNG", "KT. VIỆN TRƯỞNG")]


def test_a_block_whose_name_is_lost_does_not_run_into_the_next():
    fields = fields_of(
        *head(),
        *block(430, RIGHT, "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", name=""),
        *block(430, RIGHT, "KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG", name="Vũ Văn Núi", y=450),
    )
    assert fields.signing_authority is not None and fields.signing_authority.value == "KT. VIỆN TRƯỞNG"


def test_a_heading_in_capitals_torn_into_two_columns_is_no_signature():
    text = "và các tập thể, cá nhân có thành tích xuất sắc trong phong trào thi đua của xã năm qua"
    fields = fields_of(
        *head(),
        placed("II. TIÊU CHUẨN TẶNG BẰNG KHEN CỦA", 80, 200, LEFT),
        placed("CHỦ TỊCH UBND", 430, 200, RIGHT),
        *(placed(text, 80, 230 + 18 * at, Role.BODY) for at in range(4)),
        placed("Nơi nhận:", 70, 500, LEFT),
        *block(430, RIGHT, "GIÁM ĐỐC", name="Đặng Thị Mây", y=500),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert fields.signer_title is not None and fields.signer_title.value == "GIÁM ĐỐC"


def test_items_of_recipients_are_no_names():
    fields = fields_of(
        *head(),
        placed("Như Điều 3;", 90, 300, LEFT),
        placed("- Lưu: VT, NV.", 90, 315, LEFT),
        *block(430, RIGHT, "GIÁM ĐỐC", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert fields.co_signers == []


def test_the_signer_of_a_joint_document_signs_for_the_organ_named_first():
    rows = ("BỘ TÀI CHÍNH -", "BỘ NỘI VỤ", "Số: 12/TTLT-BTC-BNV")
    fields = fields_of(
        *(placed(row, 60, 50 + 16 * at, Role.HEAD_LEFT) for at, row in enumerate(rows)),
        placed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT),
        placed("Hà Nội, ngày 05 tháng 3 năm 2029", 300, 82, Role.HEAD_RIGHT),
        *block(150, LEFT, "KT. BỘ TRƯỞNG", "BỘ NỘI VỤ", "THỨ TRƯỞNG", name="Vũ Văn Núi"),
        *block(430, RIGHT, "KT. BỘ TRƯỞNG", "BỘ TÀI CHÍNH", "THỨ TRƯỞNG", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert beside(fields) == [("Vũ Văn Núi", "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG BỘ NỘI VỤ")]


def test_a_speck_before_a_title_is_no_bullet():
    fields = fields_of(
        *head(),
        *block(130, LEFT, "XÁC NHẬN CỦA UBND HUYỆN", "_CHỦ TỊCH", name="Vũ Văn Núi"),
        *block(430, RIGHT, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", name="Đặng Thị Mây"),
    )
    assert fields.signer is not None and fields.signer.value == "Đặng Thị Mây"
    assert beside(fields) == [("Vũ Văn Núi", "CHỦ TỊCH", None)]
