"""What is put on a document beside its text: copy marks, incoming stamps, drafts; never its own number or date."""

from __future__ import annotations

import pytest

from extract.copy_marks import read_copy_mark
from extract.incoming import read_arrival
from extract.read_record import extract_text
from extract.tokens import tokens_from_document, tokens_from_text
from ocr.tree import Document, Line, Page, Role, TextFrom
from tests.extract.placed_pages import HEIGHT, WIDTH, fields_of, head, placed

HEAD = "UBND XÃ ĐỒNG MÂY\n{number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐồng Mây, ngày 08 tháng 3 năm 2029\n"


def on_page(*lines: Line) -> Document:
    return Document("scan", (Page(1, WIDTH, HEIGHT, lines, TextFrom.IMAGE),))


def test_the_line_of_an_electronic_copy_has_organ_and_moment() -> None:
    line = placed("SAO Y: VĂN PHÒNG UBND XÃ: 25/07/2029 10:25:14 +07:00", 260, 20, Role.SIGNATURE_BOX)
    mark = read_copy_mark(tokens_from_document(on_page(line, *head())))
    assert mark is not None
    assert mark.value == {
        "form": "SAO Y",
        "code": None,
        "date": "2029-07-25T10:25:14+07:00",
        "organ": "VĂN PHÒNG UBND XÃ",
        "signer": None,
    }


def test_a_copy_block_has_its_own_number_date_and_signer() -> None:
    text = HEAD.format(number="Số: 35/TB-UBND") + (
        "THÔNG BÁO\nVề việc nộp hồ sơ\nCác thôn nộp hồ sơ.\nSAO LỤC\nỦY BAN NHÂN DÂN HUYỆN SUỐI HOA\n"
        "Số: 07/SL-UBND\nSuối Hoa, ngày 12 tháng 3 năm 2029\nCHÁNH VĂN PHÒNG\nLý Thị Mỷ\n"
    )
    mark = read_copy_mark(tokens_from_text(text))
    assert mark is not None
    assert mark.value == {
        "form": "SAO LỤC",
        "code": "07/SL-UBND",
        "date": "2029-03-12",
        "organ": "ỦY BAN NHÂN DÂN HUYỆN SUỐI HOA",
        "signer": "Lý Thị Mỷ",
    }
    fields = extract_text(text, "sao.txt").document
    assert fields.code is not None and fields.code.value == "35/TB-UBND"


@pytest.mark.parametrize("text", ["Bản sao giấy khen của thôn.", "sao y bản chính", "Nộp 02 BẢN SAO giấy khen"])
def test_copies_that_a_text_speaks_of_are_no_copy_marks(text: str) -> None:
    assert read_copy_mark(tokens_from_text(f"Hồ sơ gồm:\n{text}\n")) is None


@pytest.mark.parametrize("printed", ["MẬT", f"TUYỆT MẬT {'.' * 90}", f"{'-' * 90} MẬT", f"Độ mật:{' ' * 90}TỐI MẬT"])
def test_a_mark_of_secrecy_is_seen_whatever_leads_up_to_it(printed: str) -> None:
    fields = extract_text(f"{printed}\n{HEAD.format(number='Số: 35/TB-UBND')}THÔNG BÁO\nNội dung.\n", "a.txt").document
    assert fields.secrecy is not None
    assert fields.secrecy.value in printed


def test_an_incoming_stamp_gives_number_and_date_of_arrival() -> None:
    fields = fields_of(
        *head(),
        placed("Số: 35/SNV-TC", 60, 90, Role.HEAD_LEFT),
        placed("Lâm Khê, ngày 08 tháng 3 năm 2029", 320, 90, Role.HEAD_RIGHT),
        placed("ĐẾN Số: 999", 70, 120, Role.INCOMING_STAMP),
        placed("Ngày: 15/3/2029", 70, 134, Role.INCOMING_STAMP, confidence=0.6),
    )
    assert fields.arrival_number is not None and fields.arrival_number.value == "999"
    assert fields.arrival_date is not None
    assert (fields.arrival_date.value, fields.arrival_date.status) == ("2029-03-15", "handwritten")
    assert fields.number is not None and fields.number.value == "35"
    assert fields.issue_date is not None and fields.issue_date.value == "2029-03-08"


def test_a_stamp_that_the_layout_missed_is_found_by_its_word() -> None:
    arrival = read_arrival(tokens_from_text(HEAD.format(number="Số: 35/SNV-TC") + "ĐẾN\nSố: 217\nNgày: 15/3/2029\n"))
    assert arrival.number is not None and arrival.number.value == "217"
    assert arrival.date is not None and arrival.date.value == "2029-03-15"


def test_the_word_den_in_a_sentence_is_no_stamp() -> None:
    arrival = read_arrival(tokens_from_text("ĐẾN NAY, XÃ CÓ\nSố: 12 thôn\nNgày 15/3/2029\n"))
    assert (arrival.number, arrival.date) == (None, None)


def test_a_draft_says_so_and_has_no_number() -> None:
    fields = extract_text(
        "DỰ THẢO LẦN 2\n" + HEAD.format(number="Số:      /BC-UBND") + "BÁO CÁO\nKết quả\n", "du-thao.txt"
    ).document
    assert fields.draft is not None and fields.draft.value == "DỰ THẢO LẦN 2"
    assert fields.number is not None and fields.number.status == "absent"
    assert fields.symbol is not None and fields.symbol.value == "BC-UBND"


def test_marks_in_running_text_are_none() -> None:
    fields = extract_text(
        HEAD.format(number="Số: 35/SNV-TC") + "V/v góp ý\nKính gửi: UBND xã\nGóp ý dự thảo kế hoạch, mật, khẩn.\n",
        "cv.txt",
    ).document
    assert (fields.draft, fields.secrecy, fields.urgency, fields.copy_mark) == (None, None, None, None)


MINUTES = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{number}BIÊN BẢN\nHọp xét\nHôm nay, ngày 29/6/2029, theo\n{cited}\n"


def test_minutes_keep_a_number_of_their_own_only() -> None:
    own = extract_text(MINUTES.format(number="Số: 05/BB-HĐ\n", cited="số: 12/CV-UBND"), "bb.txt").document
    assert own.code is not None and own.code.value == "05/BB-HĐ"
    none = extract_text(MINUTES.format(number="", cited="Số: 12/CV-UBND"), "bb.txt").document
    assert none.code is not None and none.code.status == "absent"
    cited = extract_text(MINUTES.format(number="Số: 12/TTr-UBND\n", cited=""), "bb.txt").document
    assert cited.number is not None and cited.number.status == "absent"
