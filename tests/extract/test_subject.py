"""Titles and subjects on pages: where a subject ends, pieces torn apart, stamps beside the title, pages turned."""

from __future__ import annotations

from extract.record import DocumentFields
from ocr.tree import Box, Line, Role, Word
from tests.extract.placed_pages import HEIGHT, WIDTH, centred, fields_of, head, placed

PARAGRAPH = (
    "Thực hiện Kế hoạch số 25/KH-UBND ngày 08/01/2029 của UBND tỉnh Lâm Khê",
    "về phong trào thi đua, Sở Nội vụ tổ chức thực hiện các nội dung sau đây",
    "trong toàn ngành, bảo đảm thiết thực và tiết kiệm, tránh phô trương, hình",
    "thức; từng đơn vị tự rà soát, đăng ký chỉ tiêu, gửi kết quả về Sở trước",
    "ngày cuối cùng của mỗi quý để tổng hợp chung.",
)


def paragraph(y: float) -> list[Line]:
    """Five lines of text, the first indented, 16 points apart."""
    rows = [placed(PARAGRAPH[0], 110, y, Role.BODY)]
    return [*rows, *(placed(text, 85, y + 16 * at, Role.BODY) for at, text in enumerate(PARAGRAPH[1:], 1))]


def subject_of(*lines: Line, orientation: int = 0, skew: float = 0.0) -> tuple[object, str] | None:
    fields: DocumentFields = fields_of(*lines, orientation=orientation, skew=skew)
    return (fields.subject.value, fields.subject.status) if fields.subject else None


def test_a_subject_ends_above_the_paragraph_even_without_much_space():
    lines = (centred("KẾ HOẠCH", 140), centred("Tổ chức phong trào thi đua", 156), centred("năm 2029", 172))
    expected = ("Tổ chức phong trào thi đua năm 2029", "read")
    assert subject_of(*head(), *lines, *paragraph(202)) == expected
    assert subject_of(*head(), *lines, *paragraph(190)) == expected


def test_pieces_on_one_base_line_are_one_row_and_overprint_is_dropped():
    title = centred("QUYẾT ĐỊNH", 140)
    first = centred("Về việc công nhận xã Đồng Mây", 160)
    through = placed("nhận định ĐÀ", 260, 154, Role.BODY, confidence=0.6)
    whole = "hoàn thành nhiệm vụ năm 2028"
    left = WIDTH / 2 - 3 * len(whole)
    torn = placed("hoàn", left, 178, Role.BODY)
    rest = placed("thành nhiệm vụ năm 2028", left + 30, 178, Role.BODY)
    assert subject_of(*head(), title, through, first, rest, torn, *paragraph(230)) == (
        "Về việc công nhận xã Đồng Mây hoàn thành nhiệm vụ năm 2028",
        "read",
    )


def test_a_stamp_on_the_title_line_does_not_hide_the_title():
    title = Line((*placed("ĐẾN", 62, 140, Role.BODY).words, *centred("THÔNG BÁO", 140).words))
    fields = fields_of(*head(), title, centred("Về kết quả xét hồ sơ", 156), *paragraph(200))
    assert fields.type is not None and (fields.type.value, fields.type.status) == ("Thông báo", "read")
    assert fields.subject is not None and fields.subject.value == "Về kết quả xét hồ sơ"


def test_the_rest_of_a_kind_is_no_subject_but_a_subject_in_the_title_line_is():
    kind = subject_of(*head(), centred("BÁO CÁO THÀNH TÍCH", 140), centred("Của nhân dân xã Đồng Mây", 156))
    assert kind == ("Của nhân dân xã Đồng Mây", "read")
    begun = subject_of(*head(), centred("BIÊN BẢN KIỂM TRA", 140), centred("Thực tế kho của hợp tác xã", 156))
    assert begun == ("KIỂM TRA Thực tế kho của hợp tác xã", "read")


def test_a_subject_whose_beginning_is_covered_is_not_asserted():
    assert subject_of(*head(), centred("TỜ TRÌNH", 140), centred("nghị tặng Bằng khen", 156)) == (
        "nghị tặng Bằng khen",
        "inferred",
    )


def test_a_subject_with_several_doubtful_words_is_not_asserted():
    doubt = {"khen": 0.7, "thưởng": 0.8}
    line = placed("Về việc khen thưởng", 240, 156, Role.BODY, doubtful=doubt)
    assert subject_of(*head(), centred("TỜ TRÌNH", 140), line) == ("Về việc khen thưởng", "inferred")
    broken = centred("KIÊỄM TRA kho của hợp tác xã", 156)
    assert subject_of(*head(), centred("TỜ TRÌNH", 140), broken) == ("KIỂM TRA kho của hợp tác xã", "restored")


def test_the_date_of_a_stamp_beside_a_subject_does_not_end_it():
    rows = (centred("QUYẾT ĐỊNH", 140), centred("Về việc công nhận", 158), centred("xã Đồng Mây đạt chuẩn", 180))
    between = placed("7/3/2029", 80, 169, Role.BODY)
    beside = placed("2161202.", 186, 158, Role.BODY)
    assert subject_of(*head(), rows[0], rows[1], between, rows[2]) == (
        "Về việc công nhận xã Đồng Mây đạt chuẩn",
        "read",
    )
    assert subject_of(*head(), *rows, beside) == ("Về việc công nhận xã Đồng Mây đạt chuẩn", "read")


def test_rows_of_a_curved_page_overlap_without_being_noise():
    low = Line(
        tuple(Word(w.text, Box(w.box.x0, 150, w.box.x1, 178), 0.96) for w in centred("Về việc công nhận", 156).words)
    )
    rows = (centred("QUYẾT ĐỊNH", 136), low, centred("xã Đồng Mây đạt chuẩn", 169))
    assert subject_of(*head(), *rows) == ("Về việc công nhận xã Đồng Mây đạt chuẩn", "read")


def test_rows_that_lie_askew_do_not_overprint_each_other():
    rise = 0.03  # 1.7 degrees
    rows = (centred("KẾ HOẠCH", 140), centred("Tổ chức phong trào thi đua xây dựng", 156), centred("xã mới", 172))
    askew = [
        Line(
            tuple(
                Word(w.text, Box(b.x0, b.y0 + rise * b.x0, b.x1, b.y1 + rise * b.x0), 0.95)
                for w in row.words
                for b in [w.box]
            )
        )
        for row in rows
    ]
    assert subject_of(*askew, skew=1.72) == ("Tổ chức phong trào thi đua xây dựng xã mới", "read")


def test_commas_at_line_ends_stay():
    lines = (centred("KẾ HOẠCH", 140), centred("Tuyên truyền về an toàn,", 156), centred("trật tự xã hội", 172))
    assert subject_of(*head(), *lines) == ("Tuyên truyền về an toàn, trật tự xã hội", "read")


def test_the_symbol_tells_what_is_left_of_the_title():
    fields = fields_of(
        *head(),
        placed("Số: 46/KH-SNV", 80, 90, Role.HEAD_LEFT),
        centred("HOẠCH", 140),
        centred("Tổ chức phong trào thi đua", 156),
    )
    assert fields.type is not None and (fields.type.value, fields.type.status) == ("Kế hoạch", "restored")
    assert fields.subject is not None and fields.subject.value == "Tổ chức phong trào thi đua"


def test_a_page_lying_on_its_side_is_judged_upright_and_boxed_as_displayed():
    upright = [*head(), centred("BÁO CÁO", 140), centred("Tình hình sử dụng lao động", 156), *paragraph(200)]
    turned = [
        Line(
            tuple(Word(w.text, w.box.turned(270, WIDTH, HEIGHT), w.confidence, w.ink, w.engine) for w in line.words),
            line.role,
        )
        for line in upright
    ]
    assert subject_of(*turned, orientation=90) == ("Tình hình sử dụng lao động", "read")
    fields = fields_of(*turned, orientation=90)
    assert fields.subject is not None
    shown = Box(*fields.subject.where[0].box)
    assert shown.height > shown.width  # text lies on its side on the page as displayed
