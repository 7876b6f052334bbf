"""Heads and feet are read as columns, by where the words stand and by phrases that survive bad OCR."""

from __future__ import annotations

import math

import pytest

from ocr.columns import crosses, cut, split_at, white_runs, widest_gap
from ocr.engine import RawWord
from ocr.foot import find_feet, is_signing_line
from ocr.head import find_head
from ocr.rows import Row, group, typical_height
from tests.ocr.drawn_words import HEIGHT, LETTER, MOTTO, WIDTH, body, centred, foot, head, stacked, typeset


def _texts(words) -> list[str]:
    return [row.text for row in group(list(words), math.inf)]


class TestRows:
    def test_a_dash_and_high_marks_stay_on_their_row(self):
        words = typeset("- Đường", 100, 500)
        dash = type(words[0])("-", 100, 520, 115, 526, 0.9)
        assert _texts([dash, words[1]]) == ["- Đường"]

    def test_a_sloping_line_is_one_row(self):
        line = typeset("một dòng chữ dài hơi nghiêng đi hết cả bề ngang của trang giấy", 200, 400)
        sloping = [type(w)(w.text, w.x0, w.y0 + 0.02 * w.x0, w.x1, w.y1 + 0.02 * w.x0, 0.9) for w in line]
        below = [type(w)(w.text, w.x0, w.y0 + PITCH_BELOW, w.x1, w.y1 + PITCH_BELOW, 0.9) for w in sloping]
        assert len(_texts([*below, *sloping])) == 2

    def test_words_printed_over_each_other_are_two_rows(self):
        assert len(_texts([*typeset("THÔNG BÁO", 500, 500), *typeset("Lưu nhanh", 510, 505)])) == 2

    def test_the_engines_line_settles_overlapping_boxes(self):
        # Tesseract's box of one word often swallows the next.
        wide = RawWord("Công", 100, 500, 290, 560, 0.95, line=4)
        swallowed = [RawWord("ty", 235, 495, 285, 566, 0.95, line=4), RawWord("chè", 300, 500, 380, 545, 0.95, line=4)]
        assert _texts([wide, *swallowed]) == ["Công ty chè"]

    def test_a_pen_stroke_does_not_part_a_row(self):
        stroke = RawWord("—", 150, 520, 480, 528, 0.5)
        assert _texts([*typeset("Hà Nội, ngày", 100, 500), stroke]) == ["Hà Nội, ngày", "—"]

    def test_a_line_read_twice_is_two_rows(self):
        again = [RawWord(w.text, w.x0 + 20, w.y0 + 12, w.x1 + 20, w.y1 + 12, 0.9) for w in typeset(MOTTO, 100, 500)]
        assert _texts([*typeset(MOTTO, 100, 500), *again]) == [MOTTO, MOTTO]

    def test_a_wide_gap_starts_another_row(self):
        words = [*typeset("trái", 100, 100), *typeset("phải", 900, 100)]
        assert len(group(words, 100)) == 2
        assert len(group(words, math.inf)) == 1

    def test_nothing_makes_no_rows(self):
        assert group([], 10) == []
        assert typical_height([]) == 1.0


PITCH_BELOW = 70


class TestGutters:
    def test_split_and_cut_keep_every_word(self):
        words = typeset("một hai ba bốn năm", 100, 100)
        left, right = split_at(words, 250)
        assert [*left, *right] == words
        assert [word for column in cut(words, [150, 300]) for word in column] == words

    def test_widest_gap_looks_only_where_it_is_told(self):
        row = Row((*typeset("Số:", 100, 100), *typeset("/UBND", 500, 100), *typeset("ngày", 800, 100)))
        gap = widest_gap(row, 650, 780, 20)
        assert gap is not None
        assert 600 < gap < 800
        assert widest_gap(row, 50, 90, 20) is None

    @pytest.mark.parametrize(("text", "x", "expected"), [("hai từ", 150, True), ("từ", 900, False)])
    def test_crossing(self, text, x, expected):
        assert crosses(Row(tuple(typeset(text, 100, 100))), x, 30) is expected

    def test_runs_end_at_rows_that_cross(self):
        rows = [Row(tuple(typeset("ngắn", 100, y))) for y in (0, 100, 300)]
        rows.insert(2, Row(tuple(typeset("một dòng dài chạy qua cả hai cột của trang", 100, 200))))
        assert [(run.first, run.last) for run in white_runs(rows, 500, [30] * 4)] == [(0, 2), (3, 4)]


class TestHead:
    def test_left_and_right_are_not_mixed(self):
        found = find_head([*head(), *body()], WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert _texts(found.left) == [
            "ỦY BAN NHÂN DÂN",
            "XÃ SUỐI HOA",
            "Số: 27/UBND-VX",
            "V/v chuẩn bị ngày hội đọc sách",
            "của các thôn trong xã",
        ]
        assert _texts(found.right)[2] == "Suối Hoa, ngày 05 tháng 3 năm 2021"
        assert len(_texts(found.right)) == 3

    @pytest.mark.parametrize(
        ("state", "motto"),
        [
            ("CQNG HOA XA HQI CHU NGHIA VIET NAM", "DQc lap - Ty do - Hanh phac"),
            ("CONG HQA XÄ HOI CHÚ NGHIA VIỆT NAM", MOTTO),
            ("CHÙ~ ~~ NAM", MOTTO),  # a box printed over the name of the state
        ],
    )
    def test_damaged_mottos_are_known(self, state, motto):
        found = find_head([*head(state, motto), *body()], WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert _texts(found.left)[0] == "ỦY BAN NHÂN DÂN"
        assert "Số: 27/UBND-VX" in _texts(found.left)

    def test_number_and_date_tell_where_the_motto_is_lost(self):
        found = find_head([*head("CỘNG ~~ ÑÀM", "ĐậẠ lêp Hzz"), *body()], WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert _texts(found.left)[:3] == ["ỦY BAN NHÂN DÂN", "XÃ SUỐI HOA", "Số: 27/UBND-VX"]
        assert _texts(found.right)[-1] == "Suối Hoa, ngày 05 tháng 3 năm 2021"

    def test_columns_nearly_touch(self):
        # As in decisions of the central government: 11 pt between organ and motto.
        words = [
            *centred("VĂN PHÒNG TRUNG TÂM SỐ", 690, 260),
            *typeset("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1045, 262),
            *centred(MOTTO, 1480, 340),
        ]
        found = find_head(words, WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert _texts(found.left) == ["VĂN PHÒNG TRUNG TÂM SỐ"]

    def test_party_head(self):
        words = [
            *centred("ĐẢNG BỘ HUYỆN THANH KHÊ", 620, 260),
            *centred("ĐẢNG CỘNG SẢN VIỆT NAM", 1700, 262),
            *centred("ĐẢNG ỦY XÃ SUỐI HOA", 620, 335),
            *centred("*", 620, 400),
            *centred("Số 12-HD/ĐU", 620, 470),
            *centred("Suối Hoa, ngày 07 tháng 6 năm 2021", 1700, 468),
            *centred("HƯỚNG DẪN", 1240, 650),
        ]
        found = find_head([*words, *body()], WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert _texts(found.left)[-1] == "Số 12-HD/ĐU"
        assert _texts(found.right) == ["ĐẢNG CỘNG SẢN VIỆT NAM", "Suối Hoa, ngày 07 tháng 6 năm 2021"]

    def test_title_and_addressees_end_the_head(self):
        title = centred("KẾ HOẠCH", 1300, 700)
        found = find_head([*head(), *title, *body()], WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert not {id(w) for w in title} & {id(w) for w in (*found.left, *found.right)}
        to = typeset("Kính gửi: Các trưởng thôn", 700, 700)
        found = find_head([*head(), *to, *body()], WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert "Kính gửi:" not in " ".join(_texts([*found.left, *found.right]))

    def test_minutes_have_no_left_column(self):
        words = [*centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1300, 260), *centred(MOTTO, 1300, 340)]
        found = find_head([*words, *centred("BIÊN BẢN", 1300, 480), *body()], WIDTH, HEIGHT, LETTER)
        assert found is not None
        assert found.left == ()
        assert len(_texts(found.right)) == 2

    def test_running_text_that_names_the_state_is_no_head(self):
        text = "theo Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam và quy định của pháp luật"
        assert find_head([*typeset(text, 350, 400), *body()], WIDTH, HEIGHT, LETTER) is None


class TestFoot:
    def test_recipients_left_signature_right(self):
        (found,) = find_feet([*body(), *foot()], WIDTH, LETTER)
        left, right = (_texts(column) for column in found.columns)
        assert left == ["Nơi nhận:", "- Như trên;", "- Đảng ủy xã;", "- Lưu: VT, VX."]
        assert right == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Tạ Bách Tùng"]

    def test_signature_without_recipients(self):
        words = [*centred("TRƯỞNG THÔN", 1800, 2300), *centred("Lò Mai Chi", 1800, 2700)]
        (found,) = find_feet([*body(), *words], WIDTH, LETTER)
        assert _texts(found.columns[0]) == []
        assert _texts(found.columns[1]) == ["TRƯỞNG THÔN", "Lò Mai Chi"]

    def test_minutes_have_two_blocks_side_by_side(self):
        words = [
            *centred("TỔ KIỂM TRA SỐ HAI", 700, 2300),
            *centred("HỢP TÁC XÃ RAU SẠCH", 1800, 2302),
            *centred("Đỗ Quý Lâm", 700, 2700),
            *centred("Hà Thu Vân", 1800, 2705),
        ]
        (found,) = find_feet([*body(), *words], WIDTH, LETTER)
        assert [_texts(column) for column in found.columns] == [
            ["TỔ KIỂM TRA SỐ HAI", "Đỗ Quý Lâm"],
            ["HỢP TÁC XÃ RAU SẠCH", "Hà Thu Vân"],
        ]

    def test_two_blocks_over_three_over_recipients(self):
        words = [
            *centred("KT. BỘ TRƯỞNG", 700, 1500),
            *centred("KT. BỘ TRƯỞNG", 1800, 1500),
            *centred("Đỗ Quý Lâm", 700, 1800),
            *centred("Hà Thu Vân", 1800, 1800),
            *centred("KT. VIỆN TRƯỞNG", 550, 2000),
            *centred("KT. CHÁNH ÁN", 1250, 2000),
            *centred("KT. BỘ TRƯỞNG", 1950, 2000),
            *centred("Lò Mai Chi", 550, 2300),
            *centred("Tạ Bách Tùng", 1250, 2300),
            *centred("Vi Đức Hòa", 1950, 2300),
            *typeset("Nơi nhận:", 350, 2500),
            *typeset("- Văn phòng các cơ quan ký hướng dẫn liên ngành này và các sở;", 350, 2570, letter=34),
        ]
        bands = find_feet([*body(), *words], WIDTH, LETTER)
        assert [len(band.columns) for band in bands[:2]] == [2, 3]
        assert _texts(bands[1].columns[1]) == ["KT. CHÁNH ÁN", "Tạ Bách Tùng"]

    def test_issuer_line_of_a_decision_is_no_foot(self):
        assert find_feet([*centred("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", 1300, 600), *body()], WIDTH, LETTER) == []

    def test_a_tabbed_list_is_no_foot(self):
        names = stacked(["- Ông Đỗ Quý Lâm", "- Bà Hà Thu Vân"], 400, 1500)
        posts = stacked(["- Phó phòng;", "- Chuyên viên."], 1500, 1500)
        assert find_feet([*body(), *names, *posts], WIDTH, LETTER) == []

    @pytest.mark.parametrize(
        "text", ["TM. ỦY BAN NHÂN DÂN", "KT.GIÁM ĐỐC", "K/T HIỆU TRƯỞNG", "PHO CHU TICH", "THƯ KÝ"]
    )
    def test_signing_lines(self, text):
        assert is_signing_line(text)

    @pytest.mark.parametrize("text", ["Phó Chủ tịch", "ỦY BAN NHÂN DÂN", "KTXH", "- Lưu: VT"])
    def test_other_lines(self, text):
        assert not is_signing_line(text)
