"""Outlines of invented texts and pages: trees, repairs by sequence, misprints kept, references left alone."""

from __future__ import annotations

import time

import pytest

from extract.outline import Outline, read_outline
from extract.outline_marks import EXAMPLES, Kind, marks_of
from extract.record import Heading
from extract.tokens import tokens_from_document, tokens_from_text
from extract.zones import zones_of
from ocr.tree import Document, Line, Page, Role, TextFrom
from tests.extract.placed_pages import HEIGHT, WIDTH, placed


def outline_of(text: str) -> Outline:
    tokens = tokens_from_text(text)
    return read_outline(tokens, zones_of(tokens))


def tree(headings: list[Heading]) -> list[object]:
    """Numbers (a dash's is "-") with those below them."""
    return [
        (heading.number or "-", tree(heading.children)) if heading.children else heading.number or "-"
        for heading in headings
    ]


@pytest.mark.parametrize(("line", "marks"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_marks_are_read_as_their_examples_say(line: str, marks: list[tuple[Kind, str]]) -> None:
    found = [(mark.kind, mark.number) for mark in marks_of(line)]
    assert found[: max(1, len(marks))] == marks


def test_an_administrative_outline_is_a_tree() -> None:
    found = outline_of(
        "I. MỤC ĐÍCH\n- Biểu dương các thôn.\n+ Thôn vùng cao.\n- Rút kinh nghiệm.\n"
        "II. TIÊU CHUẨN\n1. Tập thể\n1.1. Thôn\na) Thôn Nà Lặc;\nb) Thôn Khuổi Mạ.\n1.2. Xã\n2. Cá nhân\n"
    )
    assert tree(found.headings) == [
        ("I", [("-", ["-"]), "-"]),
        ("II", [("1", [("1.1", ["a", "b"]), "1.2"]), "2"]),
    ]
    assert found.warnings == []


def test_a_normative_outline_counts_its_articles_through() -> None:
    found = outline_of(
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Quy chế này quy định việc xét tặng.\n2. Không áp dụng cho xã.\n"
        "Điều 2. Đối tượng\nChương II\nHỒ SƠ\nMục 1\nTHÀNH PHẦN\nĐiều 3. Tờ trình\nMục 2\nTHỜI HẠN\nĐiều 4. Nộp hồ sơ\n"
    )
    assert tree(found.headings) == [
        ("I", [("1", ["1", "2"]), "2"]),
        ("II", [("1", ["3"]), ("2", ["4"])]),
    ]
    assert [heading.level for heading in found.headings] == ["chapter", "chapter"]
    assert found.headings[1].title == "HỒ SƠ"
    assert found.warnings == []


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("I. A\nll. B\nIII. C", ["I", "II", "III"]),
        ("I. A\nH. B\nIII. C", ["I", "II", "III"]),
        ("I. A\nII. B\nII. C\nIV. D", ["I", "II", "III", "IV"]),
        ("I. A\nH. B\nII. C\nIV. D", ["I", "II", "III", "IV"]),
        ("l. A\n2. B\n3. C", ["1", "2", "3"]),
        ("1. A\n2. B\n3, C\n4. D", ["1", "2", "3", "4"]),
        ("a) A\nb) B\nc) C\nd) D\nd) Đ\ne) E", ["a", "b", "c", "d", "đ", "e"]),
        ("8) A\nb) B\nc) C", ["a", "b", "c"]),
    ],
)
def test_damaged_numbers_are_repaired_where_both_neighbours_agree(printed: str, numbers: list[str]) -> None:
    found = outline_of(printed.replace("A", "Mở đầu").replace("\n", ".\n"))
    assert [heading.number for heading in found.headings] == numbers
    (repaired, *_) = (heading for heading in found.headings if heading.status == "inferred")
    assert not repaired.raw.startswith(f"{repaired.number}.")
    assert found.warnings == []


@pytest.mark.parametrize(
    ("printed", "numbers", "warned"),
    [
        ("1. A\n2. B\n2. C\n4. D", ["1", "2", "2", "4"], 2),
        ("I. A\nII. B\nII. C\nIII. D", ["I", "II", "II", "III"], 1),
        ("1. A\n2. B\n4. C", ["1", "2", "4"], 1),
        ("a) A\nb) B\nc) C\nd) D\ne) E\nf) F\ng) G", ["a", "b", "c", "d", "e", "f", "g"], 0),
    ],
)
def test_misprints_stay_and_are_reported(printed: str, numbers: list[str], warned: int) -> None:
    found = outline_of(printed.replace("\n", ".\n"))
    assert [(heading.number, heading.status) for heading in found.headings] == [(number, "read") for number in numbers]
    assert len(found.warnings) == warned


def test_references_and_amounts_at_the_beginning_of_a_line_are_no_headings() -> None:
    found = outline_of(
        "Điều 1. Các thôn nộp hồ sơ theo quy định tại khoản 2 Điều 4 và\n"
        "Điều 5 của Quy chế này; kinh phí là\n1.250.000 đồng, giao theo Quyết định số\n12/QĐ-UBND và\n"
        "khoản 1 Điều 7 của Quy chế do Chủ tịch xã ban hành từ đầu năm nay trở đi.\n"
        "Điều 2. Thi hành\n"
    )
    assert tree(found.headings) == ["1", "2"]


def test_articles_quoted_by_an_amendment_belong_to_the_amended_text() -> None:
    found = outline_of(
        "Điều 1. Sửa đổi Quy chế như sau:\n1. Sửa đổi Điều 5:\n“Điều 5. Hồ sơ\n1. Tờ trình.\n2. Danh sách.”\n"
        "2. Bãi bỏ Điều 6.\n"
    )
    assert tree(found.headings) == [("1", ["1", "2"])]


def test_addressees_and_hyphened_bases_are_no_headings() -> None:
    found = outline_of(
        "Kính gửi:\n- Sở Nội vụ;\n- Ủy ban nhân dân huyện.\nĐể kịp thời hạn:\n1. Nộp hồ sơ.\n2. Thẩm định.\n"
    )
    assert tree(found.headings) == ["1", "2"]


def test_a_title_in_capitals_goes_on_in_the_next_line() -> None:
    found = outline_of("I. KẾT QUẢ PHONG TRÀO THI ĐUA CỦA XÃ\nĐỒNG MÂY NĂM 2029\nXã có tám thôn.\n")
    assert found.headings[0].title == "KẾT QUẢ PHONG TRÀO THI ĐUA CỦA XÃ ĐỒNG MÂY NĂM 2029"


def page_of(*lines: Line) -> Document:
    return Document("scan", (Page(1, WIDTH, HEIGHT, lines, TextFrom.IMAGE),))


def test_headings_of_a_page_have_boxes_and_wrapped_references_are_none() -> None:
    full = "Các thôn của xã Đồng Mây nộp hồ sơ theo quy định tại khoản 2 Điều 4 và"
    document = page_of(
        placed("1. Hồ sơ gồm tờ trình và biên bản.", 106, 100, Role.BODY),
        placed(full, 106, 116, Role.BODY),
        placed("2. Điều 5 của Quy chế xét tặng đã ban hành kèm theo quyết định nêu", 70, 132, Role.BODY),
        placed("ở trên.", 70, 148, Role.BODY),
        placed("2. Thời hạn", 106, 164, Role.BODY),
    )
    tokens = tokens_from_document(document)
    found = read_outline(tokens, zones_of(tokens))
    assert [heading.title for heading in found.headings] == ["Hồ sơ gồm tờ trình và biên bản", "Thời hạn"]
    (where,) = found.headings[1].where
    assert (where.page, where.box) == (1, pytest.approx((106, 164, 172, 176)))


def test_spans_are_those_of_the_text() -> None:
    text = "I. MỤC ĐÍCH\nBiểu dương.\nII. NỘI DUNG\n"
    found = outline_of(text)
    titles = ["I. MỤC ĐÍCH", "II. NỘI DUNG"]
    assert [text[slice(*heading.span)] for heading in found.headings if heading.span] == titles
    assert [heading.raw for heading in found.headings] == titles


@pytest.mark.parametrize("unit", ["1/A-", "ll. A\n", "“Điều 1. A\n", "1.1.1 A\n", "8) A\n", "I. " + "A" * 400 + "\n"])
def test_time_grows_with_the_number_of_marks(unit: str) -> None:
    def seconds(size: int) -> float:
        started = time.process_time()
        outline_of((unit * (size // len(unit) + 1))[:size])
        return time.process_time() - started

    seconds(1_000)
    short, long = seconds(3_000), seconds(30_000)
    assert long < 60 * max(short, 0.02)
