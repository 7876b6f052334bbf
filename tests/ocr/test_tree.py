from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.tree import Box, Cell, Document, Line, Page, Role, Word


def word(text: str, x: float = 0.0, y: float = 0.0, confidence: float = 1.0) -> Word:
    return Word(text, Box(x, y, x + 10, y + 5), confidence)


def line(text: str, **kwargs: object) -> Line:
    return Line(tuple(word(part) for part in text.split()), **kwargs)


@pytest.mark.parametrize("corners", [(5, 0, 4, 1), (0, 5, 1, 4)])
def test_a_box_cannot_be_inside_out(corners):
    with pytest.raises(ValueError, match="inside out"):
        Box(*corners)


@pytest.mark.parametrize("text", ["", " ", "hai từ", "đuôi "])
def test_a_word_holds_no_white_space(text):
    with pytest.raises(ValueError, match="white space"):
        Word(text, Box(0, 0, 1, 1), 1.0)


coordinate = st.floats(0, 500, allow_nan=False)


@given(coordinate, coordinate, coordinate, coordinate, st.sampled_from([0, 90, 180, 270]))
def test_turning_a_box_back_and_forth_changes_nothing(a, b, c, d, degrees):
    box = Box(min(a, c), min(b, d), max(a, c), max(b, d))
    width, height = 595.0, 842.0
    turned = box.turned(degrees, width, height)
    if degrees in (90, 270):
        width, height = height, width
    back = turned.turned(-degrees, width, height)
    assert back.as_list() == pytest.approx(box.as_list(), abs=0.02)


def test_a_quarter_turn_clockwise_brings_the_left_edge_to_the_top():
    assert Box(0, 100, 10, 200).turned(90, 600, 800) == Box(600, 0, 700, 10)


def test_page_text_has_rows_of_cells_and_stamps_after_the_body():
    page = Page(
        1,
        595,
        842,
        lines=(
            line("SỞ NỘI VỤ", role=Role.HEAD_LEFT),
            line("Tên xã", role=Role.TABLE, cell=Cell(0, 0, 0)),
            line("và huyện", role=Role.TABLE, cell=Cell(0, 0, 0)),
            line("Số phiếu", role=Role.TABLE, cell=Cell(0, 0, 1)),
            line("9/9", role=Role.TABLE, cell=Cell(0, 1, 1)),
            line("ĐẾN", role=Role.INCOMING_STAMP),
            line("2", role=Role.PAGE_NUMBER),
        ),
    )
    assert page.text == "SỞ NỘI VỤ\nTên xã và huyện\tSố phiếu\n9/9\n\nĐẾN"


def test_mean_confidence_counts_letters():
    page = Page(1, 595, 842, lines=(Line((word("dài" * 3, confidence=1.0), word("a", confidence=0.0))),))
    assert page.mean_confidence == pytest.approx(0.9)
    assert Page(1, 595, 842).mean_confidence == 0.0


def test_pages_are_joined_by_a_form_feed():
    assert Document("x", (Page(1, 1, 1, (line("một"),)), Page(2, 1, 1, (line("hai"),)))).text == "một\fhai"
