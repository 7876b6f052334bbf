"""A whole page in reading order, and no word lost or doubled whatever the page looks like."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocr.engine import RawWord
from ocr.layout import lay_out
from ocr.tree import Ink, Role
from tests.ocr.drawn_words import NoEngine, body, centred, foot, head, prepared, ruled, stacked, texts, typeset

ORDER = [
    Role.SIGNATURE_BOX,
    Role.HEAD_LEFT,
    Role.HEAD_RIGHT,
    Role.BODY,
    Role.FOOT_LEFT,
    Role.FOOT_RIGHT,
    Role.COPY_BLOCK,
    Role.INCOMING_STAMP,
    Role.STAMP,
    Role.PAGE_NUMBER,
]
SMALL = prepared(np.full((700, 500), 255, np.uint8))


def _lay_out(words, page=None):
    return lay_out(words, page or prepared(), NoEngine(), number=1, seconds=30.0)


def _whole_page() -> list[RawWord]:
    return [
        *head(),
        *typeset("Kính gửi: Các trưởng thôn trong xã", 800, 780),
        *body(),
        *foot(),
        *centred("Tạ Bách Tùng", 1750, 2650, ink=Ink.RED),
        *typeset("XÃ SUỐI HOA", 350, 2990),
        *centred("SAO Y", 1800, 2995),
        *typeset("Số: 03/SY-UBND", 350, 3065),
        *centred("1", 1240, 3380),
        *stacked(["Ký bởi: Xã Suối Hoa", "Thời gian ký: 05/03/2021 16:20:11"], 1700, 60, letter=28, pitch=40),
        *centred("ĐẾN", 420, 700, letter=40),
        *typeset("Ngày: 08/3/2021", 520, 705, letter=30),
    ]


def test_reading_order_of_a_page():
    lines = _lay_out(_whole_page())
    assert list(dict.fromkeys(line.role for line in lines)) == ORDER
    assert texts(lines, Role.FOOT_LEFT)[0] == "Nơi nhận:"
    assert texts(lines, Role.FOOT_RIGHT)[-1] == "Tạ Bách Tùng"
    assert texts(lines, Role.STAMP) == ["Tạ Bách Tùng"]
    assert texts(lines, Role.COPY_BLOCK) == ["XÃ SUỐI HOA", "Số: 03/SY-UBND", "SAO Y"]
    assert texts(lines, Role.INCOMING_STAMP) == ["ĐẾN Ngày: 08/3/2021"]
    assert texts(lines, Role.PAGE_NUMBER) == ["1"]


def test_order_does_not_depend_on_the_order_given():
    words = _whole_page()
    assert _lay_out(words[::-1]) == _lay_out(words)


def test_table_stands_between_the_paragraphs_round_it():
    page = prepared(ruled([350, 600, 2200], [1500, 1620, 1740]))
    cells = [*typeset("TT", 400, 1540), *typeset("Tên sách", 650, 1540), *typeset("1", 400, 1660)]
    lines = _lay_out([*body(900), *cells, *typeset("Chuyện cổ", 650, 1660), *body(1900)], page)
    roles = [line.role for line in lines]
    assert roles == [Role.BODY] * 6 + [Role.TABLE] * 4 + [Role.BODY] * 6
    assert [line.text for line in lines if line.role is Role.TABLE] == ["TT", "Tên sách", "1", "Chuyện cổ"]


def test_two_columns_of_running_text_are_read_one_after_the_other():
    left = stacked([f"Tin của thôn số {i} trong tháng này gồm có" for i in range(10)], 300, 900)
    right = stacked([f"Lịch của câu lạc bộ {i} đọc sách ở xã ta" for i in range(10)], 1350, 902)
    lines = [line.text for line in _lay_out([*centred("BẢN TIN", 1240, 700), *left, *right])]
    assert lines[0] == "BẢN TIN"
    assert [line.split()[0] for line in lines[1:]] == ["Tin"] * 10 + ["Lịch"] * 10


def test_tabbed_lists_are_read_across():
    left = stacked([f"- Thôn số {i}" for i in range(10)], 300, 900)
    right = stacked([f"{i} tủ sách" for i in range(10)], 1350, 900)
    assert [line.text for line in _lay_out([*left, *right])][:1] == ["- Thôn số 0 0 tủ sách"]


def test_no_words_and_one_word():
    assert _lay_out([]) == []
    word = RawWord("Trắng", 10, 10, 90, 40, 0.9)
    assert [line.words for line in _lay_out([word])] == [(word,)]


def test_two_thousand_words():
    words = [word for column in range(2) for word in _grid_of_words(100 + 1150 * column)]
    lines = _lay_out(words)
    assert Counter(w for line in lines for w in line.words) == Counter(words)
    assert len(words) >= 2000


def _grid_of_words(x: float) -> list[RawWord]:
    return [
        RawWord("chữ", x + 100 * i, 100 + 32 * j, x + 80 + 100 * i, 124 + 32 * j, 0.9)
        for i in range(10)
        for j in range(102)
    ]


ANCHORS = [
    "HÒA",
    "NGHĨA",
    "Độc",
    "lập",
    "Số:",
    "12/QĐ",
    "ngày",
    "tháng",
    "năm",
    "KT.",
    "CHỦ",
    "TỊCH",
    "Nơi",
    "nhận:",
    "-",
]
ANCHORS += ["ĐẾN", "Ngày:", "SAO", "Y", "Ký", "bởi:", "10:20:30", "Email:", ".", "2", "|", "…"]
coordinate = st.integers(0, 480)
word = st.builds(
    lambda text, x, y, wide, high, confidence, ink: RawWord(text, x, y, x + wide, y + high, confidence, ink),
    st.sampled_from(ANCHORS),
    coordinate,
    st.integers(0, 690),
    st.integers(1, 120),
    st.integers(1, 90),
    st.floats(0, 1),
    st.sampled_from(Ink),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(word, max_size=60))
def test_every_word_comes_out_once(words):
    lines = _lay_out(words, SMALL)
    assert Counter(w for line in lines for w in line.words) == Counter(words)
    assert all(list(line.words) == sorted(line.words, key=lambda w: w.x0) for line in lines)


def test_lost_words_leave_no_gutter_in_the_left_column():
    lost = [word for word in head() if word.text not in {"hội", "đọc"}]
    left = texts(_lay_out([*lost, *body(), *foot()]), Role.HEAD_LEFT)
    assert left[-2:] == ["V/v chuẩn bị ngày sách", "của các thôn trong xã"]


def test_addressees_beside_a_stamp_end_the_head():
    words = [*head(), *typeset("29/5/2015", 480, 690), *typeset("Kính gửi:", 820, 690), *body(), *foot()]
    lines = _lay_out(words)
    assert texts(lines, Role.HEAD_LEFT)[-1] == "của các thôn trong xã"
    assert "29/5/2015 Kính gửi:" in texts(lines, Role.BODY)


def test_small_print_in_brackets_stays_in_its_row():
    words = [*head(), *body(), *foot(), *typeset("- Hội đồng", 350, 2660, letter=34), *typeset("(/©);", 560, 2660)]
    assert "- Hội đồng (/©);" in texts(_lay_out(words), Role.FOOT_LEFT)


def test_the_name_on_the_left_belongs_to_its_block_though_a_stamp_is_beside_it():
    lines = _lay_out(
        [
            *body(),
            *centred("XÁC NHẬN CỦA UBND HUYỆN", 650, 2200),
            *centred("CHỦ TỊCH", 650, 2275),
            *centred("TM. ỦY BAN NHÂN DÂN", 1750, 2200),
            *centred("CHỦ TỊCH", 1750, 2275),
            *centred("Vi Hữu Bách", 650, 2620),
            *centred("Tạ Bách Tùng", 1750, 2620, ink=Ink.RED),
            *centred("Ghi chú: bản này gửi kèm hồ sơ", 900, 2800),
        ]
    )
    assert texts(lines, Role.FOOT_LEFT) == ["XÁC NHẬN CỦA UBND HUYỆN", "CHỦ TỊCH", "Vi Hữu Bách"]
    assert "Ghi chú: bản này gửi kèm hồ sơ" in texts(lines, Role.BODY)
