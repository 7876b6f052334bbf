"""Whole records from invented documents, as plain text and as pages with boxes."""

from __future__ import annotations

import time

import pytest

from extract.read_record import extract_document, extract_text
from extract.record import Record, Source
from normalize.folding import fold_aligned
from ocr.tree import Box, Document, Ink, Line, Page, Role, TextFrom, Word

DECISION = """ỦY BAN NHÂN DÂN
TỈNH LÂM KHÊ
Số: 417/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Khê, ngày 08 tháng 3 năm 2029
QUYẾT ĐỊNH
Về việc công nhận xã Đồng Mây
đạt chuẩn nông thôn mới năm 2028
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM KHÊ
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị định số 05/2027/NĐ-CP ngày 12/01/2027 của Chính phủ sửa đổi, bổ sung một số điều
của Nghị định số 77/2020/NĐ-CP ngày 01/7/2020 của Chính phủ;
Căn cứ Quyết định số 12/QĐ-UBND ngày 05/02/2028 của Ủy ban nhân dân tỉnh về
giao chỉ tiêu;
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 45/TTr-SNV ngày 01 tháng 3
năm 2029.
QUYẾT ĐỊNH:
Điều 1. Công nhận xã Đồng Mây đạt 19/19 tiêu chí, kinh phí 1 tỷ 250 triệu đồng.
Điều 2. Quyết định này thay thế Quyết định số 8/QĐ-UBND ngày 03/01/2027.
Nơi nhận:
- Như Điều 2;
- Bộ Nội vụ;
- Văn phòng UBND tỉnh: CVP, các phòng
chuyên viên;
- Lưu: VT, TH.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Đặng Thị Hồng Mây
"""


def test_a_decision_in_plain_text():
    fields = extract_text(DECISION, "decision.txt").document
    values = {
        name: getattr(fields, name) and getattr(fields, name).value
        for name in type(fields).model_fields
        if name in SINGLE
    }
    assert values == {
        "type": "Quyết định",
        "number": "417",
        "symbol": "QĐ-UBND",
        "code": "417/QĐ-UBND",
        "issue_date": "2029-03-08",
        "place": "Lâm Khê",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH LÂM KHÊ",
        "parent_organ": None,
        "subject": "Về việc công nhận xã Đồng Mây đạt chuẩn nông thôn mới năm 2028",
        "signer": "Đặng Thị Hồng Mây",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signing_authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "secrecy": None,
        "urgency": None,
    }
    assert [basis.value["code"] for basis in fields.legal_bases] == [
        "Luật Tổ chức chính quyền địa phương",
        "05/2027/NĐ-CP",
        "12/QĐ-UBND",
        "45/TTr-SNV",
    ]
    assert fields.legal_bases[-1].value["issuer"] == "Sở Nội vụ"
    assert [item.value for item in fields.recipients] == [
        "Như Điều 2",
        "Bộ Nội vụ",
        "Văn phòng UBND tỉnh: CVP, các phòng chuyên viên",
        "Lưu: VT, TH",
    ]


SINGLE = {
    "type",
    "number",
    "symbol",
    "code",
    "issue_date",
    "place",
    "issuer",
    "parent_organ",
    "subject",
    "signer",
    "signer_title",
    "signing_authority",
    "secrecy",
    "urgency",
}


def test_spans_count_in_the_text_and_quotes_show_the_line():
    record = extract_text(DECISION, "decision.txt")
    number = record.document.number
    assert number is not None and number.span is not None
    assert DECISION[slice(*number.span)] == "417"
    assert number.quote == "Số: 417/QĐ-UBND"
    assert number.where == []
    assert all(DECISION[slice(*value.span)] == value.raw for value in record.values if value.span)


def test_values_of_the_body_are_found_with_their_kinds():
    record = extract_text(DECISION, "decision.txt")
    by_kind = {}
    for value in record.values:
        by_kind.setdefault(value.kind, []).append(value.value)
    assert by_kind["amount"] == [{"vnd": 1_250_000_000, "relation": "eq"}]
    assert by_kind["criteria"] == [{"count": 19, "of": 19, "set": None, "sense": "level", "relation": "eq"}]
    assert [value["code"] for value in by_kind["reference"]] == [
        "Luật Tổ chức chính quyền địa phương",
        "05/2027/NĐ-CP",
        "77/2020/NĐ-CP",
        "12/QĐ-UBND",
        "45/TTr-SNV",
        "8/QĐ-UBND",
    ]
    assert "2029-03-08" in by_kind["date"]


def values_of(text: str) -> dict[str, object]:
    fields = extract_text(text, "x.txt").document
    return {name: getattr(fields, name).value if getattr(fields, name) else None for name in SINGLE}


def test_an_official_letter_has_its_subject_under_the_number():
    fields = values_of(
        "UBND TỈNH LÂM KHÊ\nSỞ TÀI CHÍNH\nSố: 88/STC-NS\nV/v quyết toán kinh phí\nnăm 2028 của các xã\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLâm Khê, ngày 02 tháng 12 năm 2028\n"
        "Kính gửi:\n- Các sở, ban, ngành;\n- UBND các xã.\n"
        "Thực hiện Kế hoạch số 3/KH-UBND ngày 04/02/2028 của UBND tỉnh,\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nVõ Văn Thắng\n"
    )
    assert fields["type"] == "Công văn"
    assert fields["subject"] == "V/v quyết toán kinh phí năm 2028 của các xã"
    assert (fields["issuer"], fields["parent_organ"]) == ("SỞ TÀI CHÍNH", "UBND TỈNH LÂM KHÊ")
    assert (fields["signer"], fields["signer_title"]) == ("Võ Văn Thắng", "GIÁM ĐỐC")


def test_addressees_are_items_or_one_line():
    items = extract_text("Kính gửi:\n- Các sở, ban, ngành;\n- UBND các xã.\nThực hiện kế hoạch", "x").document
    assert [item.value for item in items.addressees] == ["Các sở, ban, ngành", "UBND các xã"]
    single = extract_text("Kính gửi: Sở Nội vụ tỉnh Lâm Khê.\nTrên cơ sở", "x").document
    assert [item.value for item in single.addressees] == ["Sở Nội vụ tỉnh Lâm Khê"]


def test_a_party_document_has_no_colon_and_a_hyphen():
    fields = values_of(
        "TỈNH ỦY LÂM KHÊ\nVĂN PHÒNG\n*\nSố 36-HD/VPTU\nĐẢNG CỘNG SẢN VIỆT NAM\nLâm Khê, ngày 03 tháng 4 năm 2028\n"
        "HƯỚNG DẪN\nThể thức văn bản của chi bộ\nCăn cứ Quy định số 12-QĐ/TU ngày 01/02/2028 của Tỉnh ủy,\n"
        "Nơi nhận:\n- Các chi bộ;\n- Lưu VPTU.\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\nLý Quốc Bảo\n"
    )
    assert (fields["number"], fields["symbol"], fields["code"]) == ("36", "HD/VPTU", "36-HD/VPTU")
    assert fields["type"] == "Hướng dẫn"
    assert (fields["issuer"], fields["parent_organ"]) == ("VĂN PHÒNG", "TỈNH ỦY LÂM KHÊ")
    assert (fields["signer"], fields["signer_title"]) == ("Lý Quốc Bảo", "CHÁNH VĂN PHÒNG")


def test_a_party_number_that_is_scrawled_leaves_the_symbol():
    fields = values_of("TỈNH ỦY LÂM KHÊ\n*\nSố ~%-HD/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nHƯỚNG DẪN\nVề chi bộ\nCăn cứ A")
    assert (fields["number"], fields["symbol"], fields["code"]) == (None, "HD/TU", None)


def test_minutes_have_no_number_and_their_date_is_in_the_text():
    record = extract_text(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBIÊN BẢN\nHọp xét khen thưởng năm 2028\n"
        "Hôm nay, ngày 29 tháng 6 năm 2028, tại trụ sở UBND xã Đồng Mây,\nHội đồng họp theo Công văn số 12/CV-HĐ.\n",
        "bb.txt",
    )
    fields = record.document
    assert fields.type is not None and fields.type.value == "Biên bản"
    for field in (fields.number, fields.symbol, fields.code):
        assert field is not None and (field.status, field.value) == ("absent", None)
    assert fields.issue_date is not None and fields.issue_date.value == "2028-06-29"


def test_a_flattened_head_without_marks_is_split():
    fields = values_of(
        "UBND TINH LAM KHE  CONG HOA XA HQI CHU NGHIA VIET NAM\nSO NOI VU Doc lap - Tu do - Hanh phuc\n"
        "S6: 88 /HD-SNV Lam Khe, ngay 31 thang 5 nam 2019\nHUONG DAN\nTong ket phong trao thi dua\n\n"
        "Can cu Quyet dinh so 31/QD-UBND ngay 05/3/2019;\n"
    )
    assert (fields["number"], fields["symbol"], fields["issue_date"]) == ("88", "HD-SNV", "2019-05-31")
    assert fold_aligned(fields["place"]) == "lam khe"  # restored: which marks an invented name gets is a guess
    assert fields["type"] == "Hướng dẫn"
    assert fields["issuer"] == "SỞ NỘI VỤ"  # of the closed list; the printed form stays in raw and alternatives


def test_blanks_in_a_draft_are_never_filled():
    fields = values_of(
        "UBND XÃ ĐỒNG MÂY\nSố:      /BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Đồng Mây, ngày     tháng 6 năm 2028\nBÁO CÁO\nKết quả phong trào\nI. ĐẶC ĐIỂM\n"
    )
    assert fields["number"] is None and fields["code"] is None
    assert fields["symbol"] == "BC-UBND"
    assert fields["issue_date"] == "2028-06"


# --- pages with boxes -------------------------------------------------------------------------------------------


def line(
    text: str, x: float, y: float, role: Role, *, confidence: float = 0.95, ink: Ink = Ink.BLACK, **odd: float
) -> Line:
    """One line of 6-point letters; ``odd`` gives single words another confidence (spaces as underscores)."""
    words = []
    for word in text.split():
        words.append(Word(word, Box(x, y, x + 6 * len(word), y + 12), odd.get(word, 0.95), ink, "test"))
        x += 6 * (len(word) + 1)
    return Line(tuple(words), role)


def scan(*, number: str = "Số: 417/TB-SNV", **odd: float) -> Document:
    lines = (
        line("UBND TỈNH LÂM KHÊ", 60, 50, Role.HEAD_LEFT),
        line("SỞ NỘI VỤ", 80, 66, Role.HEAD_LEFT),
        line(number, 80, 90, Role.HEAD_LEFT, **odd),
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT),
        line("Lâm Khê, ngày 08 tháng 3 năm 2029", 320, 90, Role.HEAD_RIGHT, **odd),
        line("THÔNG BÁO", 270, 140, Role.BODY),
        line("Về việc nộp hồ sơ khen thưởng", 212, 158, Role.BODY),
        line("Sở Nội vụ thông báo: hồ sơ gồm 03 bản, nộp trước ngày 31/7/2029 theo", 90, 200, Role.BODY),
        line("Quyết định số 12/QĐ-UBND ngày 05/02/2028 của UBND tỉnh.", 70, 216, Role.BODY),
        line("Nơi nhận:", 70, 300, Role.FOOT_LEFT),
        line("- Các phòng;", 70, 314, Role.FOOT_LEFT),
        line("- Lưu: VT.", 70, 328, Role.FOOT_LEFT),
        line("GIÁM ĐỐC", 380, 300, Role.FOOT_RIGHT),
        line("SAO Y Số: 5/SY-SNV", 70, 500, Role.COPY_BLOCK),
        line("ĐẾN Số: 999 Ngày: 15/3/2029", 70, 120, Role.INCOMING_STAMP),
        line("Trần Văn Suối", 370, 380, Role.STAMP, ink=Ink.RED),
    )
    return Document("scan", (Page(1, 595, 842, lines, TextFrom.IMAGE),))


def record_of(document: Document) -> Record:
    return extract_document(document, Source(name="scan.pdf", pages=len(document.pages)))


def test_fields_of_a_scan_carry_the_boxes_of_their_words():
    fields = record_of(scan()).document
    assert fields.number is not None and fields.number.value == "417" and fields.number.status == "read"
    assert fields.number.where[0].page == 1
    # "417" are the first 3 of 10 letters of a word that begins at x = 80 + 4 letters and a space
    assert fields.number.where[0].box == pytest.approx((104, 90, 122, 102))
    assert fields.symbol is not None and fields.symbol.where[0].box == pytest.approx((128, 90, 164, 102))
    assert fields.issuer is not None and fields.issuer.value == "SỞ NỘI VỤ"
    assert fields.parent_organ is not None and fields.parent_organ.value == "UBND TỈNH LÂM KHÊ"


def test_a_value_over_two_lines_has_two_boxes_and_its_text_span():
    document = scan()
    record = record_of(document)
    (cited,) = [value for value in record.values if value.kind == "reference" and value.value["code"] == "12/QĐ-UBND"]
    assert len(cited.where) == 1
    assert cited.span is not None and document.text[slice(*cited.span)] == cited.raw
    subject = record.document.subject
    assert subject is not None and subject.value == "Về việc nộp hồ sơ khen thưởng"


def test_a_name_stamped_in_red_is_the_signer():
    fields = record_of(scan()).document
    assert fields.signer is not None and fields.signer.value == "Trần Văn Suối"
    assert fields.signer_title is not None and fields.signer_title.value == "GIÁM ĐỐC"


def test_numbers_of_stamp_and_copy_block_are_not_the_documents():
    fields = record_of(scan(number="V/v nộp hồ sơ")).document
    assert fields.number is None
    assert fields.issue_date is not None and fields.issue_date.value == "2029-03-08"


def test_a_doubtful_number_is_handwritten_not_read():
    weak = record_of(scan(number="Số: 417 /TB-SNV", **{"417": 0.5})).document
    assert weak.number is not None and weak.number.status == "handwritten" and weak.number.confidence < 0.5
    scrawl = record_of(scan(number="Số: 4%7 /TB-SNV", **{"4%7": 0.9})).document
    assert scrawl.number is not None and scrawl.number.value is None and scrawl.code is None
    assert scrawl.symbol is not None and scrawl.symbol.value == "TB-SNV"


def test_a_doubtful_day_is_handwritten_not_read():
    fields = record_of(scan(**{"08": 0.4})).document
    assert fields.issue_date is not None
    assert fields.issue_date.status == "handwritten"


# --- bad input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\0", "\x00\x01\x02", " \n\f\n ", "\ud800", "a" * 5000, "Số: /", "ngày"])
def test_odd_text_gives_an_empty_record(text: str):
    record = extract_text(text, "odd.txt")
    assert record.values == []
    assert record.document.number is None


@pytest.mark.parametrize(
    "unit", ["1.", "số 1, ", "ngày ", "ỦY BAN ", "1/A-", "((", "Căn cứ ", "giai đoạn 2011-", "5/6/"]
)
def test_time_grows_with_the_length_of_a_line(unit: str):
    def seconds(size: int) -> float:
        started = time.process_time()
        extract_text((unit * (size // len(unit) + 1))[:size], "long.txt")
        return time.process_time() - started

    seconds(1_000)
    short, long = seconds(5_000), seconds(50_000)
    assert long < 60 * max(short, 0.02)
