"""What was put on a page after its text was set is told from the text."""

from __future__ import annotations

import math

import pytest

from ocr.roles import copy_block_top, page_numbers, split_incoming_stamp, split_red, split_signature_boxes
from ocr.rows import group
from ocr.rules import Grid, GridCell
from ocr.tree import Ink
from tests.ocr.drawn_words import DPI, HEIGHT, LETTER, WIDTH, body, centred, head, stacked, typeset


def _texts(words) -> list[str]:
    return [row.text for row in group(list(words), math.inf)]


class TestSignatureBox:
    BOX = (
        "Người ký: Ủy ban nhân dân xã Suối Hoa",
        "Email: vanthu@suoihoa.example",
        "Cơ quan: Huyện Thanh Khê",
        "Thời gian ký: 05.03.2021 16:20:11 +07:00",
    )

    def test_a_box_over_the_head_is_taken_out(self):
        box = stacked(self.BOX, 900, 40, letter=26, pitch=36)
        boxes, rest = split_signature_boxes([*box, *head(), *body()], WIDTH, HEIGHT, LETTER)
        assert [_texts(words) for words in boxes] == [list(self.BOX)]
        assert len(rest) == len(head()) + len(body())

    def test_copy_signature_at_the_top_right(self):
        box = stacked(["SAO Y", "Ủy ban nhân dân xã Suối Hoa", "05/03/2021 16:20:11"], 1750, 40, letter=28, pitch=40)
        boxes, _ = split_signature_boxes([*box, *head(), *body()], WIDTH, HEIGHT, LETTER)
        assert [_texts(words)[0] for words in boxes] == ["SAO Y"]
        assert len(boxes[0]) == len(box)

    @pytest.mark.parametrize(
        "text", ["Thời gian triển khai: từ ngày 05/3/2021", "Cơ quan: các thôn", "Người ký tên dưới đây cam đoan"]
    )
    def test_running_text_is_no_box(self, text):
        words = [*body(), *typeset(text, 350, 1800), *body(1900)]
        assert split_signature_boxes(words, WIDTH, HEIGHT, LETTER) == ([], words)


class TestIncomingStamp:
    STAMP = (*centred("PHÒNG VĂN HÓA", 460, 720, letter=34), *typeset("ĐẾN", 260, 800, letter=50))
    LABELS = (*typeset("Số: 315", 400, 785, letter=30), *typeset("Ngày: 08/3/2021", 400, 840, letter=30))

    def test_stamp_beside_the_title(self):
        title = centred("KẾ HOẠCH", 1300, 760)
        words = [*head(), *self.STAMP, *self.LABELS, *title, *body(1000)]
        stamp, rest = split_incoming_stamp(words, [], HEIGHT, DPI, LETTER)
        assert {w.text for w in stamp} >= {"ĐẾN", "315", "08/3/2021"}
        assert not {w.text for w in stamp} & {"27/UBND-VX", "HOẠCH"}
        assert len(stamp) + len(rest) == len(words)

    def test_only_the_name_and_the_organ_above_it_were_read(self):
        stamp_words = [*typeset("VĂN PHÒNG", 290, 560, letter=30), *typeset("ĐẾN", 280, 625, letter=40)]
        words = [*head(), *stamp_words, *typeset("Kính gửi: Các trưởng thôn", 800, 640), *body(800)]
        stamp, rest = split_incoming_stamp(words, [], HEIGHT, DPI, LETTER)
        assert [w.text for w in stamp] == ["ĐẾN", "VĂN", "PHÒNG"]
        assert len(stamp) + len(rest) == len(words)

    def test_frame_with_labels_though_the_name_is_misread(self):
        words = [*self.LABELS, *typeset("BÉN:", 260, 800), *body(1000)]
        frame = Grid(240, 700, 820, 900, (GridCell(243, 703, 817, 897, 0, 0),))
        stamp, _ = split_incoming_stamp(words, [frame], HEIGHT, DPI, LETTER)
        assert {w.text for w in stamp} == {"BÉN:", "Số:", "315", "Ngày:", "08/3/2021"}

    def test_the_word_alone_is_no_stamp(self):
        words = [*typeset("TỪ NGÀY 05 ĐẾN NGÀY 09", 700, 760), *body(1000)]
        assert split_incoming_stamp(words, [], HEIGHT, DPI, LETTER) == ([], words)


def test_red_words_are_split_off():
    red = typeset("HỎA TỐC", 300, 800, ink=Ink.RED)
    assert split_red([*body(), *red]) == (red, body())


class TestPageNumbers:
    def _numbers(self, words) -> list[str]:
        return [row.text for row in page_numbers(group(words, math.inf), WIDTH, HEIGHT)]

    @pytest.mark.parametrize("text", ["2", "- 12 -", "Trang 3", "2/5", "3 ."])
    def test_top(self, text):
        assert self._numbers([*centred(text, 1240, 150), *body()]) == [text]

    def test_bottom_right(self):
        assert self._numbers([*body(), *typeset("4", 2200, 3300)]) == ["4"]

    def test_misread_number_in_the_middle_of_the_margin(self):
        words = [*centred("lì", 1240, 150), *body()]
        assert self._numbers(words) == ["lì"]
        assert page_numbers(group(words, math.inf), WIDTH, HEIGHT, first_page=True) == []

    def test_a_number_that_ends_the_text_is_none(self):
        assert self._numbers([*body(), *typeset("2021", 350, 1500)]) == []


def test_copy_block_begins_with_the_copying_organ():
    block = [
        *typeset("XÃ SUỐI HOA", 350, 2800),
        *centred("SAO Y", 1800, 2880),
        *typeset("Số: 03/SY-UBND", 350, 2960),
    ]
    assert copy_block_top([*body(), *block], HEIGHT, LETTER) == 2800
    assert copy_block_top([*body(), *typeset("Sao y bản chính gửi các thôn", 350, 2800)], HEIGHT, LETTER) is None
