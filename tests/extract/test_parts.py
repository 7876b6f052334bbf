"""Files of several invented documents: told apart by head, annex mark or title, never in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from extract.parts import find_parts, owner_of
from extract.read_record import extract_document, extract_text
from extract.record import Record, Source
from extract.tokens import tokens_from_document, tokens_from_text
from ocr.tree import Document, Line, Page, Role, TextFrom
from tests.extract.placed_pages import HEIGHT, WIDTH, centred, placed

DATE = "Lâm Khê, ngày 08 tháng 3 năm 2029"


def submission() -> list[Line]:
    return [
        placed("UBND HUYỆN SUỐI HOA", 60, 50, Role.HEAD_LEFT),
        placed("UBND XÃ ĐỒNG MÂY", 60, 66, Role.HEAD_LEFT),
        placed("Số: 35/TTr-UBND", 70, 90, Role.HEAD_LEFT),
        placed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT),
        placed(DATE, 320, 90, Role.HEAD_RIGHT),
        centred("TỜ TRÌNH", 140),
        centred("Về việc đề nghị khen thưởng", 158),
        placed("1. Xã Đồng Mây có 05 tập thể đủ tiêu chuẩn.", 90, 200, Role.BODY),
        placed("2. Kinh phí 12.500.000 đồng.", 90, 216, Role.BODY),
        *signed("Hà Văn Pản"),
    ]


def signed(name: str) -> list[Line]:
    return [
        placed("Nơi nhận:", 70, 600, Role.FOOT_LEFT),
        placed("- Lưu: VT.", 70, 614, Role.FOOT_LEFT),
        placed("CHỦ TỊCH", 380, 600, Role.FOOT_RIGHT),
        placed(name, 370, 690, Role.FOOT_RIGHT),
    ]


def annex(cited: str = "(Kèm theo Tờ trình số 35/TTr-UBND ngày 08/3/2029 của UBND xã Đồng Mây)") -> list[Line]:
    return [
        centred("DANH SÁCH", 60),
        centred("Tập thể đề nghị tặng Giấy khen", 76),
        centred(cited, 92),
        placed("1. Thôn Nà Lặc", 90, 130, Role.BODY),
    ]


def minutes() -> list[Line]:
    return [
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 50, role=Role.HEAD_RIGHT),
        centred("Độc lập - Tự do - Hạnh phúc", 66, role=Role.HEAD_RIGHT),
        centred("BIÊN BẢN", 110),
        centred("Họp xét khen thưởng", 126),
        placed("Hôm nay, ngày 05 tháng 3 năm 2029, Hội đồng họp theo Công văn số 12/CV-HĐ.", 90, 160, Role.BODY),
    ]


def text_page() -> list[Line]:
    return [placed("Các thôn tiếp tục phong trào thi đua xây dựng nông thôn mới.", 70, 60, Role.BODY)]


def file_of(*pages: Sequence[Line]) -> Document:
    return Document(
        "scan",
        tuple(Page(at, WIDTH, HEIGHT, tuple(lines), TextFrom.IMAGE) for at, lines in enumerate(pages, 1)),
    )


def parts_of(*pages: Sequence[Line]) -> list[tuple[list[int], bool]]:
    return [(part.pages, part.annex) for part in find_parts(tokens_from_document(file_of(*pages)))]


def record_of(*pages: Sequence[Line]) -> Record:
    return extract_document(file_of(*pages), Source(name="scan.pdf", pages=len(pages)))


def test_submission_list_and_minutes_are_three_documents() -> None:
    record = record_of(submission(), annex(), minutes(), text_page())
    assert [(part.pages, part.annex_of) for part in record.parts] == [([1], None), ([2], 0), ([3, 4], None)]
    first, listed, held = (part.document for part in record.parts)
    assert record.document == first
    assert first.code is not None and first.code.value == "35/TTr-UBND"
    assert listed.type is not None and listed.type.value == "Danh sách"
    assert listed.subject is not None and listed.subject.value == "Tập thể đề nghị tặng Giấy khen"
    assert listed.attached_to is not None
    assert (listed.attached_to.value["code"], listed.attached_to.value["date"]) == ("35/TTr-UBND", "2029-03-08")
    assert held.type is not None and held.type.value == "Biên bản"
    for fields in (listed, held):
        assert fields.number is not None and (fields.number.status, fields.number.value) == ("absent", None)
    assert held.issue_date is not None and held.issue_date.value == "2029-03-05"


def test_values_and_outline_belong_to_their_part_and_count_in_the_whole_file() -> None:
    document = file_of(submission(), minutes())
    record = extract_document(document, Source(name="scan.pdf", pages=2))
    text = document.text
    assert record.values == [value for part in record.parts for value in part.values]
    assert {value.kind for value in record.parts[0].values} >= {"amount"}
    cited = [value for value in record.parts[1].values if value.kind == "reference"]
    assert [text[slice(*value.span)] for value in cited if value.span] == ["Công văn số 12/CV-HĐ"]
    assert cited[0].where[0].page == 2
    assert [heading.number for heading in record.outline] == ["1", "2"]
    assert record.parts[1].outline == []


def test_one_document_has_no_parts() -> None:
    record = record_of(submission()[:-4], [*text_page(), *signed("Hà Văn Pản")])
    assert record.parts == []
    assert [heading.number for heading in record.outline] == ["1", "2"]


def test_a_page_without_signs_belongs_to_the_document_before_it() -> None:
    assert parts_of(submission(), text_page()) == [([1, 2], False)]


def test_the_order_of_a_decision_opens_no_document() -> None:
    order = [centred("QUYẾT ĐỊNH:", 60), placed("Điều 1. Tặng Giấy khen cho 05 tập thể.", 90, 90, Role.BODY)]
    assert parts_of(submission()[:-4], order) == [([1, 2], False)]


def test_a_title_alone_opens_a_document_only_behind_a_signature() -> None:
    report = [centred("BÁO CÁO", 60), centred("Thành tích của thôn Nà Lặc", 76), *text_page()]
    assert parts_of(submission(), report) == [([1], False), ([2], False)]
    assert parts_of(submission()[:-4], report) == [([1, 2], False)]


def test_a_page_number_that_goes_on_holds_pages_together() -> None:
    report = [centred("BÁO CÁO", 60), *text_page()]
    tokens = tokens_from_document(file_of(submission(), report))
    assert len(find_parts(tokens, {1: 4, 2: 5})) == 1
    assert len(find_parts(tokens, {})) == 2


def test_a_form_within_an_annex_is_no_document() -> None:
    form = [
        placed("ĐƠN VỊ: ..................", 60, 50, Role.HEAD_LEFT),
        placed("Số: ....../..........", 60, 66, Role.HEAD_LEFT),
        placed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, Role.HEAD_RIGHT),
        centred("BÁO CÁO", 140),
    ]
    assert parts_of(submission(), annex(), form) == [([1], False), ([2, 3], True)]


def test_an_appendix_in_a_sentence_is_no_annex() -> None:
    cited = [
        placed("Phụ lục kèm theo Tờ trình này gồm 05 tập thể và 03 cá nhân của xã Đồng Mây, do", 70, 60, Role.BODY),
        placed("kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2029.", 70, 76, Role.BODY),
    ]
    assert parts_of(submission()[:-4], cited) == [([1, 2], False)]


def test_blank_and_handwritten_numbers_of_an_annex_are_not_asserted() -> None:
    record = record_of(submission(), annex("(Kèm theo Tờ trình số      ngày    /3/2029 của UBND xã Đồng Mây)"))
    cited = record.parts[1].document.attached_to
    assert cited is not None and cited.status == "inferred"
    assert cited.value == {"type": "Tờ trình", "code": None, "date": None, "issuer": None}


TEXT = (
    "UBND XÃ ĐỒNG MÂY\nSố: 35/TTr-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Đồng Mây, ngày 08 tháng 3 năm 2029\nTỜ TRÌNH\nVề việc đề nghị khen thưởng\nKính gửi: UBND huyện.\n"
    "1. Xã có 05 tập thể.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nHà Văn Pản\n"
)
LIST = "DANH SÁCH\nTập thể đề nghị tặng Giấy khen\n(Kèm theo Tờ trình số 35/TTr-UBND ngày 08/3/2029)\n1. Thôn Nà Lặc\n"


def test_documents_of_a_plain_text_begin_anywhere() -> None:
    tokens = tokens_from_text(TEXT + LIST + TEXT.replace("35", "36"))
    parts = find_parts(tokens)
    assert [(tokens.text[part.start :].split("\n")[0], part.annex) for part in parts] == [
        ("UBND XÃ ĐỒNG MÂY", False),
        ("DANH SÁCH", True),
        ("UBND XÃ ĐỒNG MÂY", False),
    ]
    assert [owner_of(parts, at) for at in range(3)] == [None, 0, None]
    assert "".join(tokens.text[part.start : part.end] for part in parts) == tokens.text


def test_texts_of_several_documents_have_a_record_each() -> None:
    record = extract_text(TEXT + LIST + TEXT.replace("35", "36"), "ho-so.txt")
    codes = [part.document.code.value if part.document.code else None for part in record.parts]
    assert codes == ["35/TTr-UBND", None, "36/TTr-UBND"]


def test_an_empty_text_is_one_part_without_lines() -> None:
    (part,) = find_parts(tokens_from_text(" \n\f\n"))
    assert (part.lines, part.pages, part.annex) == ((), [], False)
