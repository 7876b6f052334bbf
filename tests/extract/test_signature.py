"""Signature blocks as seals leave them: titles torn, changed or half covered, names with specks or a doubtful tone."""

from __future__ import annotations

import pytest

from extract.posts import deputy_of, near_post, posts_around
from extract.record import DocumentFields
from ocr.tree import Ink, Line, Role
from tests.extract.placed_pages import centred, fields_of, head, placed

CENTRE = 430.0


def block(*rows: str, name: str = "Đặng Thị Hồng Mây") -> list[Line]:
    """Rows of the right foot centred over the signer's name."""
    lines = [centred(row, 300 + 15 * index, centre=CENTRE, role=Role.FOOT_RIGHT) for index, row in enumerate(rows)]
    return [*lines, centred(name, 400, centre=CENTRE, role=Role.FOOT_RIGHT)]


def signed(*lines: Line) -> DocumentFields:
    return fields_of(*head(), placed("Nơi nhận:", 70, 300, Role.FOOT_LEFT), *lines)


def value_and_status(fields: DocumentFields, name: str) -> tuple[object, str]:
    reading = getattr(fields, name)
    assert reading is not None
    return reading.value, reading.status


@pytest.mark.parametrize(
    ("printed", "post"),
    [
        ("CHỦYICH", "CHỦ TỊCH"),
        ("HIỆU TRƯỜN", "HIỆU TRƯỞNG"),
        ("HÓ GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("HỦ TỊCH", "CHỦ TỊCH"),
        ("Ó CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("GLÁM ĐOC", "GIÁM ĐỐC"),
    ],
)
def test_a_title_with_wrong_letters_is_restored_from_the_closed_list(printed: str, post: str):
    fields = signed(*block(printed))
    assert value_and_status(fields, "signer_title") == (post, "restored")
    assert fields.signer_title is not None
    assert fields.signer_title.alternatives[0].value == printed
    assert value_and_status(fields, "signer") == ("Đặng Thị Hồng Mây", "read")


def test_words_that_are_near_no_post_or_near_two_are_left_alone():
    assert near_post("dai hoi") is None
    assert near_post("pho vien truong") == "Phó Viện trưởng"
    assert near_post("nguyen van an") is None


def test_an_authority_with_wrong_letters_is_restored():
    fields = signed(*block("KT. GLAM ĐOC", "PHÓ GIÁM ĐỐC"))
    assert value_and_status(fields, "signing_authority") == ("KT. GIÁM ĐỐC", "restored")


def test_a_mark_misread_in_tm_is_restored():
    fields = signed(*block("1M. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    assert value_and_status(fields, "signing_authority") == ("TM. ỦY BAN NHÂN DÂN", "restored")


def test_specks_and_words_read_twice_are_no_part_of_authority_and_title():
    fields = signed(*block("TM. ỦY BAN 'NHÂN DÂN", "PHÓ CHỦ CHỦ TỊCH"))
    assert value_and_status(fields, "signing_authority") == ("TM. ỦY BAN NHÂN DÂN", "restored")
    assert value_and_status(fields, "signer_title") == ("PHÓ CHỦ TỊCH", "restored")
    assert [other.value for other in fields.signer_title.alternatives] == ["PHÓ CHỦ CHỦ TỊCH"]


def test_the_chief_himself_cannot_sign_for_the_chief():
    fields = signed(*block("KT. CHỦ TỊCH", "CHỦ TỊCH"))
    assert value_and_status(fields, "signer_title") == ("PHÓ CHỦ TỊCH", "inferred")


def test_a_deputy_below_a_chief_means_that_kt_is_lost():
    fields = signed(*block("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    assert value_and_status(fields, "signer_title") == ("PHÓ CHỦ TỊCH", "read")
    assert value_and_status(fields, "signing_authority") == ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "inferred")


@pytest.mark.parametrize("above", ["THỦ TƯỚNG", "NỦ TƯỚNG"])
def test_what_a_seal_leaves_of_the_deputy_is_known_below_its_chief(above: str):
    fields = signed(*block(above, "TƯỚNG"))
    assert value_and_status(fields, "signer_title") == ("PHÓ THỦ TƯỚNG", "inferred")
    assert value_and_status(fields, "signing_authority") == ("KT. THỦ TƯỚNG", "inferred")


def test_a_title_is_completed_where_only_one_is_centred_over_the_name():
    full = 6 * len("GIÁM ĐỐC")
    fragment = placed("ĐỐC", CENTRE + full / 2 - 18, 300, Role.FOOT_RIGHT)
    fields = signed(fragment, centred("Đặng Thị Hồng Mây", 400, centre=CENTRE, role=Role.FOOT_RIGHT))
    assert value_and_status(fields, "signer_title") == ("GIÁM ĐỐC", "inferred")
    assert value_and_status(fields, "signer") == ("Đặng Thị Hồng Mây", "read")


@pytest.mark.parametrize(("printed", "post"), [("HƯ KÝ", "THƯ KÝ"), ("HỦ TỌA", "CHỦ TỌA"), ("HỦ QUỸ", "THỦ QUỸ")])
def test_a_short_title_without_its_first_letter(printed: str, post: str):
    assert value_and_status(signed(*block(printed)), "signer_title") == (post, "restored")


def test_a_word_of_the_seal_without_its_first_letter_is_no_title():
    assert [near_post(word) for word in ("ruong", "uyen", "huyen", "hu")] == [None] * 4


def test_words_of_the_seal_are_no_part_of_a_title():
    """TRƯỜNG (school) stands in a school's seal; only its marks tell it from TRƯỞNG."""
    fields = signed(*block("HIỆU TRƯỞNG", "TRƯỜNG"))
    assert value_and_status(fields, "signer_title") == ("HIỆU TRƯỞNG", "read")
    assert fields.signing_authority is None
    assert posts_around("TRƯỜNG") == []


def test_kt_names_the_deputy_whose_line_is_lost():
    fields = signed(*block("TL. CỤC TRƯỞNG", "KT. TRƯỞNG BAN CHÍNH SÁCH"))
    assert value_and_status(fields, "signer_title") == ("PHÓ TRƯỞNG BAN", "inferred")
    assert deputy_of("Bộ trưởng") == "Thứ trưởng"


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("Lương 'Thị Mây", "read"),
        ("Chu CôngDũng", "read"),
        ("thái Văn Suối", "restored"),
        (": 1C “Trân Văn Suối", "restored"),
    ],
)
def test_specks_and_lost_capitals_around_a_name(printed: str, status: str):
    fields = signed(*block("GIÁM ĐỐC", name=printed))
    names = {"Lương 'Thị Mây": "Lương Thị Mây", "thái Văn Suối": "Thái Văn Suối", "Chu CôngDũng": "Chu Công Dũng"}
    assert value_and_status(fields, "signer") == (names.get(printed, "Trần Văn Suối"), status)


def test_a_name_with_a_doubtful_syllable_is_not_asserted():
    name = placed("Lê Văn Chỉnh", 390, 400, Role.FOOT_RIGHT, doubtful={"Chỉnh": 0.75})
    fields = signed(*block("GIÁM ĐỐC")[:-1], name)
    assert value_and_status(fields, "signer") == ("Lê Văn Chỉnh", "inferred")


def test_a_stamped_title_and_name_complete_the_block():
    stamps = (
        placed("PHÓ HIỆU TRƯỞNG", 385, 318, Role.STAMP, ink=Ink.RED),
        placed("Trần Văn Suối", 390, 400, Role.STAMP, ink=Ink.RED),
    )
    fields = signed(*block("KT. HIỆU TRƯỞNG")[:-1], *stamps)
    assert value_and_status(fields, "signer_title") == ("PHÓ HIỆU TRƯỞNG", "read")
    assert value_and_status(fields, "signer") == ("Trần Văn Suối", "read")


def test_who_only_confirms_a_report_is_not_its_signer():
    left = [
        placed("XÁC NHẬN CỦA UBND HUYỆN", 80, 300, Role.FOOT_LEFT),
        placed("CHỦ TỊCH", 120, 315, Role.FOOT_LEFT),
        placed("Vũ Văn Núi", 118, 400, Role.FOOT_LEFT),
    ]
    fields = fields_of(*head(), *left, *block("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    assert value_and_status(fields, "signer") == ("Đặng Thị Hồng Mây", "read")
    assert value_and_status(fields, "signing_authority") == ("TM. ỦY BAN NHÂN DÂN", "read")


def test_a_chief_s_own_office_goes_on_below_his_title():
    fields = signed(*block("TUQ. GIÁM ĐỐC", "CHI CỤC TRƯỞNG", "CHI CỤC KIỂM LÂM"))
    assert value_and_status(fields, "signer_title") == ("CHI CỤC TRƯỞNG CHI CỤC KIỂM LÂM", "read")


def test_a_name_in_capitals_with_a_short_syllable():
    fields = signed(*block("K/T CHỦ TỊCH", "PHÓ CHỦ TỊCH", name="PHÙNG BÁ KIỆM"))
    assert value_and_status(fields, "signer") == ("PHÙNG BÁ KIỆM", "read")


def test_an_authority_wraps_before_its_unit():
    fields = signed(*block("TM. ỦY BAN NHÂN DÂN", "TỈNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    assert value_and_status(fields, "signing_authority")[0] == "TM. ỦY BAN NHÂN DÂN TỈNH KT. CHỦ TỊCH"


def test_a_post_that_begins_like_a_unit_is_no_end_of_an_authority():
    fields = signed(*block("TL. CHỦ TỊCH", "XÃ ĐỘI TRƯỞNG"))
    assert value_and_status(fields, "signer_title")[0] == "XÃ ĐỘI TRƯỞNG"
    assert value_and_status(fields, "signing_authority")[0] == "TL. CHỦ TỊCH"


def test_what_an_office_coordinates_is_no_name():
    fields = signed(*block("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG ĐIỀU PHỐI", "NÔNG THÔN MỚI", name="."))
    assert fields.signer is None


@pytest.mark.parametrize("post", ["NGƯỜI BÁO CÁO", "NGƯỜI LÀM ĐƠN"])
def test_a_person_signs_for_herself(post: str):
    fields = signed(*block(post, "(Ký, ghi rõ họ tên)"))
    assert value_and_status(fields, "signer_title") == (post, "read")
    assert value_and_status(fields, "signer") == ("Đặng Thị Hồng Mây", "read")


def body_line(text: str) -> Line:
    return placed(text, 90, 200, Role.BODY)


def test_a_name_half_covered_is_completed_by_the_text():
    fields = signed(body_line("Chủ trì: ông Lò Văn Suối, Chủ tịch."), *block("CHỦ TỌA", name="ò Văn Suối"))
    assert value_and_status(fields, "signer") == ("Lò Văn Suối", "inferred")
    assert fields.signer is not None and len(fields.signer.where) == 2


def test_a_name_half_covered_stays_so_where_the_text_has_two_people():
    fields = signed(body_line("Có mặt: Lò Văn Suối, Hà Văn Suối."), *block("CHỦ TỌA", name="Văn Suối"))
    assert value_and_status(fields, "signer") == ("Văn Suối", "inferred")


@pytest.mark.parametrize(("sure", "expected"), [(0.7, ("Lò Thị Bền", "conflict")), (0.96, ("Lò Thị Bên", "read"))])
def test_other_marks_on_clearer_print_are_a_conflict(sure: float, expected: tuple[str, str]):
    name = placed("Lò Thị Bên", 390, 400, Role.FOOT_RIGHT, confidence=0.95, doubtful={"Bên": sure})
    fields = signed(body_line("Chủ trì: bà Lò Thị Bền."), *block("CHỦ TỌA")[:-1], name)
    assert value_and_status(fields, "signer") == expected


@pytest.mark.parametrize("printed", ["ỦY BAN NHÂN DÂN", "UY BẠN NHÂN DÂN", "BAN NHÂN DÂN"])
def test_a_committee_over_a_title_has_lost_its_tm(printed: str):
    fields = signed(*block(printed, "CHỦ TỊCH"))
    assert value_and_status(fields, "signing_authority") == ("TM. ỦY BAN NHÂN DÂN", "inferred")
    deputy = signed(*block(printed, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    assert value_and_status(deputy, "signing_authority") == ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "inferred")


def test_an_organ_with_its_name_over_a_title_is_no_authority():
    assert signed(*block("ỦY BAN NHÂN DÂN XÃ NẬM MƠ", "CHỦ TỊCH")).signing_authority is None


def test_of_posts_as_near_the_one_with_the_marks_printed():
    assert near_post("so truong") is None
    assert near_post("so truong", "SỘ TRƯỞNG") == "Bộ trưởng"
    fields = signed(*block("T1, SỘ TRƯỞNG", "VỤ TRƯỞNG"))
    assert value_and_status(fields, "signing_authority") == ("TL. BỘ TRƯỞNG", "restored")


def test_an_organ_behind_a_post_must_be_read_well():
    faint = placed("KT. TRƯỞNG BAN BAN QUÓC TẺ", 350, 300, Role.FOOT_RIGHT, doubtful={"TẺ": 0.67})
    fields = signed(faint, centred("PHÓ TRƯỞNG BAN", 315, centre=CENTRE, role=Role.FOOT_RIGHT), *block())
    assert value_and_status(fields, "signing_authority") == ("KT. TRƯỞNG BAN BAN QUÓC TẺ", "inferred")


def test_a_family_name_without_its_marks_is_restored_whatever_syllable_it_makes():
    fields = signed(*block("GIÁM ĐỐC", name="Trưong Thị Mây"))
    assert value_and_status(fields, "signer") == ("Trương Thị Mây", "restored")


def test_two_syllables_aside_from_the_title_are_not_the_whole_name():
    aside = placed("Đặng Mây", CENTRE - 40, 400, Role.FOOT_RIGHT)
    title = centred("GIÁM ĐỐC", 300, centre=CENTRE, role=Role.FOOT_RIGHT)
    assert value_and_status(signed(title, aside), "signer") == ("Đặng Mây", "inferred")
    assert value_and_status(signed(*block("GIÁM ĐỐC", name="Đặng Mây")), "signer") == ("Đặng Mây", "read")
