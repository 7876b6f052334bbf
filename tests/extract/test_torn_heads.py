"""Heads as scans have them: lost slashes and days, misread names that the text has right, dates of other documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.record import DocumentFields
from extract.same_names import place_of
from ocr.tree import Box, Cell, Line, Role
from tests.extract.placed_pages import fields_of, head, placed

DATE = "Lâm Khê, ngày 08 tháng 3 năm 2029"


def page(*left: str, date: str = DATE, text: tuple[str, ...] = ()) -> DocumentFields:
    lines: list[Line] = [placed(line, 60, 50 + 15 * index, Role.HEAD_LEFT) for index, line in enumerate(left)]
    lines.append(placed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT))
    lines.append(placed(date, 320, 90, Role.HEAD_RIGHT))
    lines += [placed(line, 90, 200 + 15 * index, Role.BODY) for index, line in enumerate(text)]
    return fields_of(*lines)


def found(fields: DocumentFields, name: str) -> tuple[object, str]:
    reading = getattr(fields, name)
    assert reading is not None
    return reading.value, reading.status


def test_a_commune_has_the_marks_that_the_text_gives_it():
    fields = page(
        "UBND HUYỆN SUỐI HOA",
        "ỦY BAN NHÂN DÂN",
        "XÃ BẢN TẮM",
        text=(
            "Nhân dân và cán bộ xã Bản Tằm đã hiến đất mở đường; xã Bản Tằm",
            "có 8 thôn. Xã Bản Tằm đạt 19 tiêu chí.",
        ),
    )
    assert found(fields, "issuer") == ("ỦY BAN NHÂN DÂN XÃ BẢN TẰM", "restored")
    assert fields.issuer is not None and fields.issuer.alternatives[0].value == "ỦY BAN NHÂN DÂN XÃ BẢN TẮM"
    assert found(fields, "parent_organ") == ("UBND HUYỆN SUỐI HOA", "read")


def test_a_name_that_the_document_spells_two_ways_is_not_asserted():
    fields = page("ỦY BAN NHÂN DÂN", "XÃ BẢN TẮM", text=("Địa điểm: trụ sở UBND xã Bản Tẫm.",))
    assert fields.issuer is not None and fields.issuer.status != "read"


@pytest.mark.parametrize("joined", ["UBND TỈNH LÂMKHÊ", "UBND TỈNHLÂMKHÊ", "UBND TÍNHLÂMKHÊ"])
def test_capitals_without_spaces_are_parted_into_syllables(joined: str):
    fields = page(joined, "SỞ NỘI VỤ", "Số: 12/SNV-TC")
    assert found(fields, "parent_organ") == ("UBND TỈNH LÂM KHÊ", "restored")


@pytest.mark.parametrize("date", ["Lâm Khê, ngày 10 năm 2029", "Lâm Khê, 2029"])
def test_a_day_lost_to_the_pen_leaves_place_and_year(date: str):
    fields = page("SỞ NỘI VỤ", "Số: 12/SNV-TC", date=date)
    assert found(fields, "place") == ("Lâm Khê", "read")
    assert found(fields, "issue_date") == ("2029", "handwritten")


def test_a_month_stays_where_only_the_day_is_lost():
    fields = page("SỞ NỘI VỤ", "Số: 12/SNV-TC", date="Lâm Khê, tháng 7 năm 2029")
    assert found(fields, "place") == ("Lâm Khê", "read")
    assert found(fields, "issue_date") == ("2029-07", "handwritten")


def test_a_place_with_a_wrong_letter_is_the_one_the_organ_is_named_after():
    fields = page("UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ", "Số: 12/SNV-TC", date=DATE.replace("Lâm", "Lên"))
    assert found(fields, "place") == ("Lâm Khê", "restored")
    other = page("UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ", "Số: 12/SNV-TC", date=DATE.replace("Lâm Khê", "Suối Hoa"))
    assert found(other, "place") == ("Suối Hoa", "read")


@pytest.mark.parametrize("mark", ["", "⁄ "])
def test_small_letters_under_the_number_are_a_subject_without_its_mark(mark: str):
    fields = page("UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ", "Số:12/SNV-TC", f"{mark}góp ý dự thảo quy chế")
    assert fields.type is not None and fields.type.value == "Công văn"
    assert fields.subject is not None and str(fields.subject.value).endswith("góp ý dự thảo quy chế")


def test_a_date_in_the_subject_is_never_the_documents_own():
    left = ("SỞ NỘI VỤ", "Số: 12/SNV-TC", "V/v thực hiện Kế hoạch số 9/KH-UBND", "ngày 17/8/2028 về thi đua")
    fields = page(*left, date="Lâm Khê")
    assert fields.issue_date is None


def test_a_short_date_counts_behind_its_place():
    fields = page("SỞ NỘI VỤ", "Số: 12/SNV-TC", date="Lâm Khê, 08/3/2029")
    assert found(fields, "issue_date") == ("2029-03-08", "read")


def test_the_place_is_the_provinces_where_a_stamp_covers_it():
    fields = page("UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ", "Số: 12/SNV-TC", date="-, ngày 08 tháng 3 năm 2029")
    assert found(fields, "place") == ("Lâm Khê", "inferred")
    assert place_of("BỘ TÀI CHÍNH") is None


@pytest.mark.parametrize(
    ("line", "symbol"), [("Sô184ØSNV-TCBM", "SNV-TCBM"), ("Só:442NV-TCBM", "SNV-TCBM"), ("số,2 7TB-SNV", "TB-SNV")]
)
def test_a_number_line_without_its_slash_keeps_the_symbol_of_its_issuer(line: str, symbol: str):
    fields = page("UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ", line)
    assert found(fields, "symbol") == (symbol, "restored")
    assert fields.number is None or fields.number.status == "handwritten"
    assert fields.code is None


def test_a_symbol_of_the_issuer_is_known_where_ink_covers_all_before_it():
    assert found(page("BỘ CÔNG THƯƠNG", "Đ5CT-TKNL"), "symbol") == ("BCT-TKNL", "restored")
    assert page("BỘ CÔNG THƯƠNG", "Đ5QX-TKNL").symbol is None


@pytest.mark.parametrize("below", ["2635", "29/5/2028 Kính gửi:"])
def test_what_a_stamp_leaves_below_the_subject_is_no_part_of_it(below: str):
    assert found(page("SỞ NỘI VỤ", "Số: 12/SNV-TC", "V/v tập huấn", "năm", "2029", below), "subject") == (
        "V/v tập huấn năm 2029",
        "read",
    )


def test_capitals_that_are_not_the_issuers_make_no_symbol():
    fields = page("UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ", "Số 184ØXYZ-TCBM")
    assert fields.symbol is None


def test_the_number_of_a_form_is_not_the_documents():
    assert page("SỞ NỘI VỤ", "Mẫu số 02/PLI").number is None


def test_a_lone_number_must_be_read_better_than_one_that_hangs_on_its_symbol():
    doubt = {"263": 0.84}
    lone = fields_of(*head(), placed("Số: 263 /SNV-TC", 80, 90, Role.HEAD_LEFT, doubtful=doubt))
    assert found(lone, "number") == ("263", "handwritten")
    joined = fields_of(*head(), placed("Số: 263/SNV-TC", 80, 90, Role.HEAD_LEFT, doubtful={"263/SNV-TC": 0.84}))
    assert found(joined, "number") == ("263", "read")


def test_blanks_on_a_page_may_have_been_filled_in():
    fields = page("SỞ NỘI VỤ", "Số:     /SNV-TC", date="Lâm Khê, ngày       tháng 5 năm 2029")
    assert fields.issue_date is not None and fields.issue_date.status != "read"


def test_rows_of_a_stamp_frame_are_no_organs():
    frame = Line(placed("VĂN PHÒNG ĐIỀU PHỐI NTM", 62, 110, Role.TABLE).words, Role.TABLE, Cell(0, 0, 0))
    fields = fields_of(*head(), placed(DATE, 320, 90, Role.HEAD_RIGHT), frame)
    assert found(fields, "issuer") == ("SỞ NỘI VỤ", "read")


def test_a_date_beside_a_handwritten_number_must_be_read_very_well():
    def dated(confidence: float) -> DocumentFields:
        number = placed("Số: 26) /SNV-TC", 80, 90, Role.HEAD_LEFT)
        return fields_of(*head(), number, placed(DATE, 320, 90, Role.HEAD_RIGHT, confidence=confidence))

    assert found(dated(0.93), "issue_date") == ("2029-03-08", "handwritten")
    assert found(dated(0.96), "issue_date") == ("2029-03-08", "read")


def test_a_number_without_its_word_counts_in_a_line_of_its_own():
    fields = page("UBND TỈNH LÂM KHÊ", "SỞ NỘI VỤ", "1387/SNV-TCBM")
    assert found(fields, "number") == ("1387", "read")
    assert found(fields, "symbol") == ("SNV-TCBM", "read")


def test_hyphens_at_the_end_and_beginning_of_rows_are_one():
    fields = page("UBND XÃ ĐỒNG MÂY", "HỘI ĐỒNG THI ĐUA -", "- KHEN THƯỞNG", "Số: 12/TB-HĐ")
    assert fields.issuer is not None and fields.issuer.value == "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"


def test_specks_behind_an_organ_are_no_part_of_it():
    assert found(page("UBND HUYỆN SUỐI HOA ._"), "issuer") == ("UBND HUYỆN SUỐI HOA", "read")


def test_letters_of_an_organ_in_the_symbol_are_mended_from_the_closed_list():
    fields = page("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "Số: 12/BB-HDTĐKT")
    assert found(fields, "symbol") == ("BB-HĐTĐKT", "restored")
    assert fields.symbol is not None and fields.symbol.alternatives[0].value == "BB-HDTĐKT"


@pytest.mark.parametrize(
    "organ",
    ["UBND NẬM MƠ", "ỦY BAN NHÂN DÂN", "UBND TỈNH LÂM SỚỞGIAO THÔNG", "UBND XÃ NẬM : MƠ", "UBND XÃ KHÊ"],
)
def test_an_organ_that_lost_a_word_is_not_asserted(organ: str):
    assert found(page(organ), "issuer") == (organ, "inferred")
    assert found(page("ỦY BAN NHÂN DÂN", "XÃ NẬM MƠ"), "issuer") == ("ỦY BAN NHÂN DÂN XÃ NẬM MƠ", "read")


def with_day_of_height(day: float, number: str) -> DocumentFields:
    date = placed(DATE, 320, 90, Role.HEAD_RIGHT)
    words = [
        replace(word, box=Box(word.box.x0, word.box.y1 - day, word.box.x1, word.box.y1)) if word.text == "08" else word
        for word in date.words
    ]
    return fields_of(*head(), placed(number, 80, 90, Role.HEAD_LEFT), Line(tuple(words), Role.HEAD_RIGHT))


def test_a_day_taller_than_month_and_year_is_a_pens():
    assert found(with_day_of_height(12.9, "Số: 263/SNV-TC"), "issue_date") == ("2029-03-08", "read")
    assert found(with_day_of_height(14.6, "Số: 263/SNV-TC"), "issue_date") == ("2029-03-08", "handwritten")


def test_the_pen_of_the_date_wrote_a_number_that_stands_apart_too():
    assert found(with_day_of_height(14.6, "Số: 263 /SNV-TC"), "number") == ("263", "handwritten")
    assert found(with_day_of_height(14.6, "Số: 263/SNV-TC"), "number") == ("263", "read")
    assert found(with_day_of_height(12.0, "Số: 263 /SNV-TC"), "number") == ("263", "read")


def test_a_symbol_that_ink_ran_into_is_not_asserted():
    def numbered(confidence: float) -> DocumentFields:
        doubt = {"/SNV-TC": confidence}
        return fields_of(*head(), placed("Số: 2b /SNV-TC", 80, 90, Role.HEAD_LEFT, doubtful=doubt))

    assert found(numbered(0.16), "symbol") == ("SNV-TC", "inferred")
    assert found(numbered(0.66), "symbol") == ("SNV-TC", "read")


def test_a_symbol_whose_number_and_word_are_lost():
    fields = page("SỞ NỘI VỤ", "/TTr-SNV")
    assert fields.number is None
    assert found(fields, "symbol") == ("TTr-SNV", "read")
