"""Recipients, addressees and legal bases as small print, stamps and torn numbers leave them."""

from __future__ import annotations

import pytest

from extract.read_record import extract_text
from ocr.tree import Role
from tests.extract.placed_pages import fields_of, head, placed


@pytest.mark.parametrize(
    ("printed", "value", "status"),
    [
        ("- UBND tỉnh (b/€);", "UBND tỉnh (b/c)", "restored"),
        ("- Bộ Nội vụ (đề b/c);", "Bộ Nội vụ (để b/c)", "restored"),
        ("- Công an tỉnh (để ph);", "Công an tỉnh (để p/h)", "restored"),
        ("- Lưu: VI, NV.", "Lưu: VT, NV", "restored"),
        ("- Lưu: VP.", "Lưu: VP", "read"),
        ("“ Bộ Nội vụ;", "Bộ Nội vụ", "read"),
    ],
)
def test_abbreviations_of_recipients_are_a_closed_set(printed: str, value: str, status: str):
    items = extract_text(f"Văn bản\nNơi nhận:\n- Như trên;\n{printed}\n", "x.txt").document.recipients
    assert [(item.value, item.status) for item in items[1:]] == [(value, status)]


def test_recipients_whose_label_is_lost_end_in_the_file_copy():
    lines = [
        placed(text, 70, 300 + 13 * at, Role.FOOT_LEFT)
        for at, text in enumerate(("- Thường trực Tỉnh ủy (b/c);", "- Các phòng;", "- Lưu: VT."))
    ]
    fields = fields_of(*head(), *lines, placed("GIÁM ĐỐC", 400, 300, Role.FOOT_RIGHT))
    assert [item.value for item in fields.recipients] == ["Thường trực Tỉnh ủy (b/c)", "Các phòng", "Lưu: VT"]


def test_addressees_whose_label_is_covered_are_inferred():
    lines = (
        placed("- Các sở, ban, ngành;", 210, 200, Role.BODY),
        placed("- UBND các xã, phường.", 210, 216, Role.BODY),
        placed("- Rà soát hồ sơ, gửi về Sở Nội vụ trước ngày 05/4/2029.", 110, 240, Role.BODY),
    )
    fields = fields_of(*head(), *lines)
    assert [(item.value, item.status) for item in fields.addressees] == [
        ("Các sở, ban, ngành", "inferred"),
        ("UBND các xã, phường", "inferred"),
    ]
    assert fields_of(*head(), lines[2]).addressees == []


def test_dots_are_no_addressee():
    assert extract_text("Kính gửi: f:..............- cv", "form.txt").document.addressees == []


def bases_of(text: str) -> list[tuple[str, str]]:
    bases = extract_text(f"QUYẾT ĐỊNH\nVề việc A\n{text}\nĐiều 1. Công nhận.", "x.txt").document.legal_bases
    return [(base.value["code"], base.status) for base in bases]


def test_a_number_torn_in_two_is_joined_and_said_to_be():
    assert bases_of("Căn cứ Công văn số 13 16/SNV-TC ngày 09/9/2028 của Sở Nội vụ;") == [("1316/SNV-TC", "restored")]


def test_the_rest_of_a_lost_number_is_no_basis():
    assert bases_of("Căn cứ. v36: 1/QĐ-UBND ngày 08 tháng 3 năm 2028 của UBND tỉnh;") == []


def test_a_law_that_a_decree_details_is_no_basis_of_its_own():
    text = "Căn cứ Nghị định số 9/2028/NĐ-CP ngày 31/3/2028 quy định một số điều của Luật Đầu tư;"
    assert [code for code, _ in bases_of(text)] == ["9/2028/NĐ-CP"]


def test_recipients_whose_hyphens_are_all_lost_end_at_their_marks():
    lines = ("Nơi nhận:", "Chủ tịch, các PCT UBND tỉnh;", "Các phòng chuyên môn;", "Lưu: VT, TC.")
    placed_lines = [placed(text, 70, 300 + 13 * at, Role.FOOT_LEFT) for at, text in enumerate(lines)]
    fields = fields_of(*head(), *placed_lines, placed("GIÁM ĐỐC", 400, 300, Role.FOOT_RIGHT))
    assert [item.value for item in fields.recipients] == [
        "Chủ tịch, các PCT UBND tỉnh",
        "Các phòng chuyên môn",
        "Lưu: VT, TC",
    ]
