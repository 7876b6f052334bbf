"""Heads of the Party, of communes without districts, with stamps over them, in letter-spaced capitals."""

from __future__ import annotations

import pytest

from extract.record import DocumentFields
from ocr.tree import Ink, Line, Role
from tests.extract.placed_pages import centred, fields_of, placed

LEFT, RIGHT = Role.HEAD_LEFT, Role.HEAD_RIGHT
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
DATE = "Lâm Khê, ngày 05 tháng 3 năm 2029"


def page(left: tuple[str, ...], right: tuple[str, ...], *lines: Line) -> DocumentFields:
    head = [centred(row, 50 + 16 * at, centre=150, role=LEFT) for at, row in enumerate(left)]
    head += [centred(row, 50 + 16 * at, centre=420, role=RIGHT) for at, row in enumerate(right)]
    return fields_of(*head, *lines)


def titled(*rows: str) -> list[Line]:
    return [centred(row, 160 + 16 * at) for at, row in enumerate(rows)]


def value(fields: DocumentFields, name: str) -> object:
    reading = getattr(fields, name)
    return reading and reading.value


def test_a_head_of_the_party():
    fields = page(
        ("ĐẢNG BỘ TỈNH LÂM KHÊ", "ĐẢNG ỦY XÃ NẬM MƠ", "*", "Số 15-QĐ/ĐU"),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", DATE),
        *titled("QUYẾT ĐỊNH", "về việc thành lập Ban Chỉ đạo"),
    )
    assert value(fields, "code") == "15-QĐ/ĐU"
    assert (value(fields, "issuer"), value(fields, "parent_organ")) == ("ĐẢNG ỦY XÃ NẬM MƠ", "ĐẢNG BỘ TỈNH LÂM KHÊ")
    assert fields.subject is not None
    assert (fields.subject.value, fields.subject.status) == ("về việc thành lập Ban Chỉ đạo", "read")


def test_the_slash_of_the_party_in_the_signature():
    fields = page(
        ("ĐẢNG ỦY XÃ NẬM MƠ",),
        ("ĐẢNG CỘNG SẢN VIỆT NAM",),
        placed("Nơi nhận:", 70, 500, Role.FOOT_LEFT),
        centred("T/M BAN THƯỜNG VỤ", 500, centre=430, role=Role.FOOT_RIGHT),
        centred("BÍ THƯ", 515, centre=430, role=Role.FOOT_RIGHT),
        centred("(Đã ký)", 545, centre=430, role=Role.FOOT_RIGHT),
        centred("Lò Văn Suối", 590, centre=430, role=Role.FOOT_RIGHT),
    )
    assert value(fields, "signing_authority") == "T/M BAN THƯỜNG VỤ"
    assert (value(fields, "signer_title"), value(fields, "signer")) == ("BÍ THƯ", "Lò Văn Suối")


@pytest.mark.parametrize(
    ("row", "title", "authority"),
    [
        ("Q. GIÁM ĐỐC", "Q. GIÁM ĐỐC", None),
        ("TUQ. CHÁNH VĂN PHÒNG", None, "TUQ. CHÁNH VĂN PHÒNG"),
        ("KT..GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC"),
    ],
)
def test_acting_and_authorised(row: str, title: str | None, authority: str | None):
    fields = page(
        ("SỞ NỘI VỤ",),
        (MOTTO,),
        centred(row, 500, centre=430, role=Role.FOOT_RIGHT),
        centred("BSCKII. Lê Văn Đồi", 590, centre=430, role=Role.FOOT_RIGHT),
    )
    assert (value(fields, "signer_title"), value(fields, "signing_authority")) == (title, authority)
    assert value(fields, "signer") == "Lê Văn Đồi"


def test_a_commune_below_its_province_dated_in_figures():
    fields = page(("UBND TỈNH LÂM KHÊ", "ỦY BAN NHÂN DÂN", "XÃ NẬM MƠ"), (MOTTO, "Nậm Mơ, ngày 22/01/2029"))
    assert value(fields, "issuer") == "ỦY BAN NHÂN DÂN XÃ NẬM MƠ"
    assert value(fields, "parent_organ") == "UBND TỈNH LÂM KHÊ"
    assert fields.place is not None and (fields.place.value, fields.place.status) == ("Nậm Mơ", "read")
    assert value(fields, "issue_date") == "2029-01-22"


def test_letters_set_apart_are_an_organ_where_only_one_fits():
    fields = page(("S Ở  N Ộ I  V Ụ",), (MOTTO,))
    assert fields.issuer is not None and (fields.issuer.value, fields.issuer.status) == ("SỞ NỘI VỤ", "restored")


def test_a_title_beside_a_stamp_is_no_part_of_the_organ():
    fields = page(
        ("UBND XÃ NẬM MƠ",),
        (MOTTO,),
        placed("Số: 40/TB-UBND Nậm Mơ, ngày 15 tháng 6 năm 2029", 90, 108, Role.BODY),
        placed("ĐẾN.", 60, 160, Role.BODY, ink=Ink.BLUE),
        placed("ĐẾN. THÔNG BÁO", 200, 160, Role.BODY),
    )
    assert value(fields, "issuer") == "UBND XÃ NẬM MƠ"
    assert value(fields, "code") == "40/TB-UBND"


def test_figures_of_a_pen_read_as_letters_are_no_part_of_a_symbol():
    fields = page(("HUYỆN ỦY ĐỒNG LAU", "*", "Số /Z -KH/HU"), ("ĐẢNG CỘNG SẢN VIỆT NAM", DATE))
    assert value(fields, "symbol") == "KH/HU"
    assert fields.number is not None
    assert (fields.number.value, fields.number.status) == (None, "handwritten")


def test_a_party_committee_sits_in_the_place_behind_its_name():
    fields = page(("HUYỆN ỦY LÂM KHÊ", "*", "Số 7-KH/HU"), ("ĐẢNG CỘNG SẢN VIỆT NAM", DATE))
    assert fields.place is not None
    assert (fields.place.value, fields.place.status) == ("Lâm Khê", "read")


def test_a_document_without_number_does_not_take_that_of_the_one_it_came_with():
    fields = page(
        ("UBND HUYỆN SUỐI TRONG", "UBND XÃ ĐỒNG LAU"),
        (MOTTO, DATE),
        *titled("BẢN TỰ ĐÁNH GIÁ", "Kết quả thực hiện 19 tiêu chí", "(Kèm theo Báo cáo số 77/BC-UBND ngày 04/5/2029)"),
        placed("Căn cứ Quyết định số 7/QĐ-UBND ngày 1/2/2029;", 90, 230, Role.BODY),
    )
    assert (value(fields, "type"), value(fields, "number"), value(fields, "symbol")) == ("Bản tự đánh giá", None, None)


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("Số: 41/TTr - UBND", "TTr-UBND"),
        ("Số: 7/TB-VKS-P9", "TB-VKS-P9"),
        ("Số: 5 /XN-TCKH", "XN-TCKH"),
        ("Số: 8/TTr-ĐTV.NĐ-KHDN", "TTr-ĐTV.NĐ-KHDN"),
        ("lô /BC-VPĐP", "BC-VPĐP"),
    ],
)
def test_symbols_with_spaces_and_numbered_offices(printed: str, symbol: str):
    assert value(page(("SỞ NỘI VỤ", printed), (MOTTO, DATE)), "symbol") == symbol


def test_the_number_is_on_the_line_that_begins_with_the_word():
    fields = page(("ĐOÀN KIỂM TRA", "THEO QĐ SỐ 512/QĐ-SNV", "Số: 7/BB-ĐKT"), (MOTTO, DATE), *titled("BIÊN BẢN"))
    assert (value(fields, "number"), value(fields, "symbol")) == ("7", "BB-ĐKT")


def test_contracts_have_their_number_below_the_title():
    fields = page((), (MOTTO,), *titled("HỢP ĐỒNG THUÊ XE", "Số: 07/2029/HĐTX"), placed("Bên A:", 90, 230, Role.BODY))
    assert (value(fields, "number"), value(fields, "symbol")) == ("07", "2029/HĐTX")
    assert value(fields, "subject") == "THUÊ XE"


def test_the_number_of_a_form_is_not_the_document_s():
    fields = page((), (MOTTO, DATE), placed("Biểu số 02/OCOP", 400, 130, Role.BODY), *titled("ĐƠN ĐỀ NGHỊ"))
    assert (value(fields, "number"), value(fields, "symbol")) == (None, None)


def test_a_stamp_beside_the_title_makes_no_foot():
    fields = page(
        ("ỦY BAN NHÂN DÂN", "TỈNH LÂM KHÊ", "Số: 9/CĐ-UBND"),
        (MOTTO, DATE),
        placed("HỎA TỐC", 80, 160, Role.FOOT_LEFT),
        centred("CÔNG ĐIỆN", 160, role=Role.FOOT_RIGHT),
        placed("về việc ứng phó mưa lũ", 200, 176, Role.BODY),
        centred("CHỦ TỊCH", 500, centre=430, role=Role.FOOT_RIGHT),
        centred("Lò Văn Suối", 560, centre=430, role=Role.FOOT_RIGHT),
    )
    assert (value(fields, "type"), value(fields, "signer")) == ("Công điện", "Lò Văn Suối")


def test_a_symbol_that_the_columns_of_the_head_put_before_the_place():
    fields = page(("UBND TỈNH LÂM KHÊ", "SỞ XÂY DỰNG", "Số:"), (MOTTO, f"/TTr-SXD {DATE}"), *titled("TỜ TRÌNH"))
    assert (value(fields, "symbol"), value(fields, "place")) == ("TTr-SXD", "Lâm Khê")
    assert value(fields, "issue_date") == "2029-03-05"


def test_a_speck_right_of_a_title_moves_no_middle():
    fields = page(
        ("UBND XÃ BẢN TẰM",),
        (MOTTO, DATE),
        Line((*centred("BÁO CÁO THÀNH TÍCH", 150).words, *placed("-", 520, 150, Role.BODY).words), Role.BODY),
        centred("Đề nghị tặng Bằng khen của Chủ tịch tỉnh", 168),
        placed("I. Sơ lược", 90, 230, Role.BODY),
    )
    assert value(fields, "subject") == "Đề nghị tặng Bằng khen của Chủ tịch tỉnh"


def test_a_title_that_the_layout_took_for_the_head():
    fields = page(
        ("TRƯỜNG MẦM NON BẢN TẰM",),
        (MOTTO, "Độc lập - Tự do - Hạnh phúc", "BIÊN BẢN"),
        placed("Xét sáng kiến học kỳ I", 200, 130, Role.BODY),
        placed("Thời gian bắt đầu: 8 giờ 00 phút, ngày 13 tháng 01 năm 2029.", 90, 160, Role.BODY),
    )
    assert (value(fields, "type"), value(fields, "issue_date")) == ("Biên bản", "2029-01-13")


@pytest.mark.parametrize(
    ("rows", "issuer", "parent"),
    [
        (("ỦY BAN MTTQ VIỆT NAM", "HUYỆN SUỐI HOA", "BAN THƯỜNG TRỰC", "UBMTTQ", "XÃ BẢN TẰM"),
         "BAN THƯỜNG TRỰC UBMTTQ XÃ BẢN TẰM", "ỦY BAN MTTQ VIỆT NAM HUYỆN SUỐI HOA"),
        (("HỘI NÔNG DÂN TỈNH LÂM KHÊ", "BCH HỘI NÔNG DÂN XÃ BẢN TẰM"),
         "BCH HỘI NÔNG DÂN XÃ BẢN TẰM", "HỘI NÔNG DÂN TỈNH LÂM KHÊ"),
        (("UBND HUYỆN SUỐI", ": HOA. -- .", "UBND XÃ BẢN TẰM"), "UBND XÃ BẢN TẰM", "UBND HUYỆN SUỐI HOA"),
        (("ỦY BAN NHÂN DÂN TỈNH -", "ỦY BAN MTTQ VIỆT NAM TỈNH -", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÂM KHÊ"),
         "ỦY BAN NHÂN DÂN TỈNH - ỦY BAN MTTQ VIỆT NAM TỈNH - LIÊN ĐOÀN LAO ĐỘNG TỈNH LÂM KHÊ", None),
        (("LIÊN MINH HTX TỈNH LÂM KHÊ", "HTX NÔNG NGHIỆP BẢN TẰM"),
         "HTX NÔNG NGHIỆP BẢN TẰM", "LIÊN MINH HTX TỈNH LÂM KHÊ"),
    ],
)  # fmt: skip
def test_organs_over_several_lines(rows: tuple[str, ...], issuer: str, parent: str | None):
    fields = page(rows, (MOTTO, DATE))
    assert (value(fields, "issuer"), value(fields, "parent_organ")) == (issuer, parent)


def test_a_year_on_a_line_of_its_own():
    fields = page(("ỦY BAN NHÂN DÂN", "XÃ TÂN PHONG THƯỢNG", "Số: 5/QĐ-UBND"), (MOTTO, DATE[:-5], DATE[-4:]))
    assert (value(fields, "issue_date"), value(fields, "place")) == ("2029-03-05", "Lâm Khê")


def test_a_speck_behind_an_organ_is_cut():
    line = placed("HUYỆN NẬM MƠ Ề", 100, 66, LEFT, doubtful={"Ề": 0.3})
    fields = page(("ỦY BAN NHÂN DÂN",), (MOTTO,), line)
    assert value(fields, "issuer") == "ỦY BAN NHÂN DÂN HUYỆN NẬM MƠ"


@pytest.mark.parametrize("organ", ["BAN NHÂN DÂN XÃ NẬM MƠ", "ỦY BAN NHÂN DÂN XÃ-NẬM MƠ"])
def test_an_organ_that_lost_a_word_is_not_asserted(organ: str):
    fields = page((organ,), (MOTTO,))
    assert fields.issuer is not None and (fields.issuer.value, fields.issuer.status) == (organ, "inferred")


@pytest.mark.parametrize(
    ("number", "title", "symbol"),
    [
        ("Số: 12/QĐĐ-UBND", "QUYẾT ĐỊNH", "QĐ-UBND"),
        ("Số: 12/TTIr-UBND", "TỜ TRÌNH", "TTr-UBND"),
    ],
)
def test_letters_that_the_title_contradicts_by_one_are_mended(number: str, title: str, symbol: str):
    fields = page(("UBND XÃ NẬM MƠ", number), (MOTTO, DATE), *titled(title, "Về việc khen thưởng"))
    assert fields.symbol is not None and (fields.symbol.value, fields.symbol.status) == (symbol, "restored")
    assert value(fields, "code") == f"12/{symbol}"


def test_a_rule_read_before_the_number_line():
    fields = page(("UBND XÃ NẬM MƠ", "_Số: 12/TTr-UBND"), (MOTTO, DATE), *titled("TỜ TRÌNH", "Về việc khen thưởng"))
    assert (value(fields, "number"), value(fields, "symbol")) == ("12", "TTr-UBND")


def test_private_letters_stay_under_any_title():
    fields = page(("SỞ TƯ PHÁP", "Số: 18/BCTĐ-STP"), (MOTTO, DATE), *titled("BÁO CÁO", "Thẩm định dự thảo"))
    assert fields.symbol is not None and (fields.symbol.value, fields.symbol.status) == ("BCTĐ-STP", "read")


def test_a_date_that_a_signature_box_swallowed():
    fields = page(("UBND XÃ NẬM MƠ",), (MOTTO,), centred(DATE, 104, centre=420, role=Role.SIGNATURE_BOX))
    assert (value(fields, "issue_date"), value(fields, "place")) == ("2029-03-05", "Lâm Khê")


def test_a_subject_whose_first_word_is_lost():
    fields = page(("SỞ NỘI VỤ",), (MOTTO,), *titled("QUYẾT ĐỊNH", "việc tặng thưởng nhân dân xã"))
    assert fields.subject is not None
    assert (fields.subject.value, fields.subject.status) == ("Về việc tặng thưởng nhân dân xã", "inferred")


def test_what_stands_below_a_number_that_was_not_read_is_no_organ():
    left = ("ỦY BAN NHÂN DÂN", "HUYỆN PHÚ LĨNH", "4Š /TTr-UBND", "VĂN PHÒNG PHOI NTA:")
    fields = page(left, (MOTTO, DATE), *titled("TỜ TRÌNH", "Về việc đề nghị khen thưởng"))
    assert fields.issuer is not None
    assert "PHÚ LĨNH" in fields.issuer.value
    assert "TTr" not in fields.issuer.value
