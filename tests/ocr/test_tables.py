"""Words of ruled tables go to their cells; cells that the page's reading missed are read by themselves."""

from __future__ import annotations

import os

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from normalize.errors import TimeLimitError
from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.rules import find_grids
from ocr.tables import read_tables
from ocr.tesseract import TesseractEngine
from ocr.tree import Role
from tests.ocr.drawn_words import DPI, NoEngine, body, ruled, typeset

XS, YS = [300, 500, 2200], [600, 720, 840, 960]
CELLS = [["TT", "Họ và tên"], ["1", "Tạ Bách Tùng"], ["2", "Lò Mai Chi"]]


def _words(cells=CELLS) -> list[RawWord]:
    return [
        word
        for y, row in zip(YS, cells, strict=False)
        for x, text in zip(XS, row, strict=False)
        for word in typeset(text, x + 30, y + 35)
    ]


def _by_cell(table) -> dict[tuple[int, int], str]:
    return {(line.cell.row, line.cell.column): line.text for line in table.lines}


def _read(words, gray, engine, seconds=30.0):
    return read_tables(words, find_grids(gray, DPI), gray, DPI, engine, seconds=seconds)


class EchoEngine(NoEngine):
    """Reads one word from whatever cell it is given, and notes how often it is asked."""

    def __init__(self, text: str, confidence: float) -> None:
        self.text, self.confidence, self.asked = text, confidence, 0

    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        self.asked += 1
        return [RawWord(self.text, 20, 20, 90, 60, self.confidence)]


class SlowEngine(NoEngine):
    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        raise TimeLimitError("The page took too long.")


def test_words_go_to_their_cells_and_the_rest_stays():
    (table,), rest = _read([*_words(), *body(1200)], ruled(XS, YS), NoEngine())
    assert _by_cell(table) == {(r, c): text for r, row in enumerate(CELLS) for c, text in enumerate(row)}
    assert {line.role for line in table.lines} == {Role.TABLE}
    assert rest == body(1200)


def test_two_lines_in_a_cell_stay_in_it():
    words = [*_words(), *typeset("(đại biểu)", 560, 804, letter=30)]
    (table,), _ = _read(words, ruled(XS, YS), NoEngine())
    assert [line.text for line in table.lines if line.cell.row == 1] == ["1", "Tạ Bách Tùng", "(đại biểu)"]


def test_rules_read_as_letters_are_dropped():
    bar = RawWord("|", 495, 740, 505, 800, 0.5)
    glued = RawWord("|Tạ", 505, 755, 580, 799, 0.9)
    words = [w for w in _words() if w.text != "Tạ"]
    (table,), _ = _read([*words, bar, glued], ruled(XS, YS), NoEngine())
    assert _by_cell(table)[1, 1] == "Tạ Bách Tùng"


def _with_ink(gray: GrayImage) -> GrayImage:
    gray = gray.copy()
    cv2.putText(gray, "2", (340, 920), cv2.FONT_HERSHEY_COMPLEX, 2.0, 0, 4)
    return gray


@pytest.mark.parametrize(("confidence", "expected"), [(0.9, "2"), (0.3, None)])
def test_an_inked_cell_without_words_is_read_again(confidence, expected):
    engine = EchoEngine("2", confidence)
    words = [word for word in _words() if word.text != "2"]
    (table,), _ = _read(words, _with_ink(ruled(XS, YS)), engine)
    assert engine.asked == 1
    assert _by_cell(table).get((2, 0)) == expected


def test_a_word_over_two_cells_is_read_again():
    merged = RawWord("2Lò", 340, 875, 640, 919, 0.95)
    words = [word for word in _words() if word.text not in {"2", "Lò", "Mai", "Chi"}]
    engine = EchoEngine("2", 0.8)
    (table,), _ = _read([*words, merged], _with_ink(ruled(XS, YS)), engine)
    assert engine.asked == 1
    assert "2Lò" not in _by_cell(table).values()


def test_words_of_a_cell_that_was_not_found_are_kept():
    gray = _with_ink(ruled(XS, YS))
    gray[600:720, 495:505] = 255
    gray[595:605, 1000:1300] = 255  # the heads' cell is open: its words go to the nearest cells, for good
    words = [word for word in _words() if word.text != "2"]
    (table,), rest = _read(words, gray, EchoEngine("2", 0.99))
    found = [word.text for line in table.lines for word in line.words] + [word.text for word in rest]
    assert {"TT", "Họ", "và", "tên"} <= set(found)


def test_nothing_is_read_on_pages_drawn_for_their_rules_only():
    gray = _with_ink(ruled(XS, YS))
    (table,), _ = read_tables(_words()[:2], find_grids(gray, 150), gray, 150, NoEngine(), seconds=30.0)
    assert "TT" in _by_cell(table).values()


def test_empty_cells_are_not_read():
    words = [word for word in _words() if word.text != "2"]
    (table,), _ = _read(words, ruled(XS, YS), NoEngine())
    assert (2, 0) not in _by_cell(table)


def test_no_time_left_keeps_the_first_reading():
    doubtful = [RawWord("Z", 335, 875, 360, 919, 0.2)]
    words = [*(word for word in _words() if word.text != "2"), *doubtful]
    for engine, seconds in ((SlowEngine(), 30.0), (NoEngine(), 0.0)):
        (table,), _ = _read(words, _with_ink(ruled(XS, YS)), engine, seconds)
        assert _by_cell(table)[2, 0] == "Z"


def test_a_frame_is_no_table():
    words = typeset("KHẨN", 400, 700)
    tables, rest = _read(words, ruled([300, 900], [600, 900]), NoEngine())
    assert tables == []
    assert rest == words


def test_drawn_table_with_tesseract():
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    picture = Image.fromarray(ruled(XS, YS))
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=52)
    rows = [["TT", "Ten san pham"], ["1", "Gao nep nuong"], ["2", "Mat ong rung"]]
    for y, row in zip(YS, rows, strict=False):
        for x, text in zip(XS, row, strict=False):
            pen.text((x + 40, y + 30), text, fill=0, font=font)
    gray = np.asarray(picture, np.uint8)
    # The page's reading found nothing but the two heads: every other cell is read by itself.
    first = [RawWord("TT", 340, 640, 400, 680, 0.95), *typeset("Ten san pham", 540, 640, letter=40)]
    (table,), _ = _read(first, gray, TesseractEngine())
    found = _by_cell(table)
    assert found[1, 1] == "Gao nep nuong"
    assert found[2, 1] == "Mat ong rung"
    line = next(line for line in table.lines if line.text == "Mat ong rung")
    assert line.words[0].x0 == pytest.approx(540, abs=12)
    assert line.words[0].y0 == pytest.approx(880, abs=16)
