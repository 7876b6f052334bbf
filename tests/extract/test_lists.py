"""Recipients, addressees and legal bases as small print, stamps and torn numbers leave them."""

from __future__ import annotations

import pytest

from extract.read_record import extract_text
from ocr.tree import Line, Role
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


def addressees_of(*lines: Line) -> list[tuple[str, str]]:
    return [(item.value, item.status) for item in fields_of(*head(), *lines).addressees]


SECOND = placed("- Hội đồng Thi đua - Khen thưởng huyện Nậm Mơ.", 210, 216, Role.BODY)


@pytest.mark.parametrize("bullet", ["-", "._=", ""])
def test_the_first_addressee_may_have_lost_its_bullet(bullet: str):
    label = placed("Kính gửi:", 200, 184, Role.BODY)
    first = placed(f"{bullet} Chủ tịch UBND huyện Nậm Mơ;", 210, 200, Role.BODY)
    assert addressees_of(label, first, SECOND) == [
        ("Chủ tịch UBND huyện Nậm Mơ", "read"),
        ("Hội đồng Thi đua - Khen thưởng huyện Nậm Mơ", "read"),
    ]


def test_the_first_of_several_addressees_wraps():
    label = placed("Kính gửi: - Các Sở: Tài chính, Xây dựng, Nội vụ, Y tế,", 200, 184, Role.BODY)
    rest = placed("Giáo dục và Đào tạo;", 262, 200, Role.BODY)
    assert [value for value, _ in addressees_of(label, rest, SECOND)] == [
        "Các Sở: Tài chính, Xây dựng, Nội vụ, Y tế, Giáo dục và Đào tạo",
        "Hội đồng Thi đua - Khen thưởng huyện Nậm Mơ",
    ]


def test_a_name_on_the_line_below_the_form_of_address():
    label = placed("Kính gửi: Ông (bà)", 200, 184, Role.BODY)
    name = placed("Đặng Văn Núi - Chi hội trưởng", 200, 200, Role.BODY)
    assert [value for value, _ in addressees_of(label, name)] == ["Ông (bà) Đặng Văn Núi - Chi hội trưởng"]


def test_a_label_half_under_a_stamp_and_the_stamp_beside_it():
    label = placed("gửi:", 200, 184, Role.BODY)
    stamp = placed("SỞ NỘI VỤ ĐẾN", 60, 192, Role.BODY)
    first = placed("- Chủ tịch UBND huyện Nậm Mơ;", 210, 200, Role.BODY)
    assert [value for value, _ in addressees_of(label, stamp, first, SECOND)] == [
        "Chủ tịch UBND huyện Nậm Mơ",
        "Hội đồng Thi đua - Khen thưởng huyện Nậm Mơ",
    ]


def test_an_addressee_that_was_hardly_read_is_in_doubt():
    line = placed("Kính gửi: Ủy ban nhân (lần các xã.", 150, 184, Role.BODY, doubtful={"(lần": 0.37})
    assert addressees_of(line) == [("Ủy ban nhân (lần các xã", "inferred")]


def recipients_of(*items: str, doubtful: dict[str, float] | None = None) -> list[tuple[str, str]]:
    lines = [
        placed(text, 70, 300 + 13 * at, Role.FOOT_LEFT, doubtful=doubtful)
        for at, text in enumerate(("Nơi nhận:", *items))
    ]
    fields = fields_of(*head(), *lines, placed("GIÁM ĐỐC", 400, 300, Role.FOOT_RIGHT))
    return [(item.value, item.status) for item in fields.recipients]


def test_an_open_end_in_a_list_of_closed_items_is_in_doubt():
    items = recipients_of("- Như trên;", "- UBND tỉnh", "- Các phòng; -", "- Lưu: VT")
    assert items == [("Như trên", "read"), ("UBND tỉnh", "inferred"), ("Các phòng", "read"), ("Lưu: VT", "read")]
    faint = recipients_of("- Như trên;", "- UBND tỉnh;", "- Lưu: VT, NN", doubtful={"NN": 0.6})
    assert faint[-1] == ("Lưu: VT, NN", "inferred")


def test_a_purpose_of_the_closed_set_is_read_however_unsure_the_engine():
    assert recipients_of("- UBND tỉnh (b/c);", "- Lưu: VT.", doubtful={"(b/c);": 0.3})[0] == ("UBND tỉnh (b/c)", "read")
    assert recipients_of("- UBND tỉnh (x);", "- Lưu: VT.", doubtful={"(x);": 0.3})[0] == ("UBND tỉnh (x)", "inferred")


def test_items_without_stops_are_read_where_the_whole_list_has_none():
    assert {status for _, status in recipients_of("- Như trên", "- UBND tỉnh", "- Lưu: VT")} == {"read"}


def test_a_file_copy_that_names_no_office_is_in_doubt():
    assert recipients_of("- Như tre;", "- Lưu:")[0] == ("Như trên", "restored")
    assert recipients_of("- Các phòng;", "- Lưu:")[-1] == ("Lưu", "inferred")


def test_a_basis_whose_month_was_read_as_a_letter_is_restored():
    (base,) = bases_of("Căn cứ Quyết định số 5/QĐ-UBND ngày 05 tháng 0I năm 2028 của UBND tỉnh;")
    assert base == ("5/QĐ-UBND", "restored")
