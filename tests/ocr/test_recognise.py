from __future__ import annotations

import itertools
import unicodedata
from collections import Counter

import numpy as np
import pytest
from PIL import Image, ImageDraw

from normalize.errors import TimeLimitError
from ocr.engine import GrayImage, Orientation, RawWord, Segmentation
from ocr.prepare import prepare
from ocr.recognise import recognise
from ocr.tesseract import TesseractEngine
from ocr.tree import Ink
from tests.ocr.drawn_pages import BLACK, BLUE, DPI, LINES, RED, draw, text_page, turned, with_seal
from tests.ocr.drawn_words import prepared, typeset

BODY = [(180, 220 + 95 * i, line, BLACK) for i, line in enumerate(LINES)]


def read(page) -> list[RawWord]:
    engine = TesseractEngine()
    return recognise(prepare(page, DPI, engine, 60), engine, 120)


def found_share(words, lines) -> float:
    truth = Counter(" ".join(lines).split())
    return (truth & Counter(word.text for word in words)).total() / truth.total()


def test_reads_a_page_line_by_line():
    words = read(text_page())
    lines: dict[int, list[RawWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
        assert unicodedata.is_normalized("NFC", word.text)
        assert word.ink is Ink.BLACK
    assert found_share(words, LINES) >= 0.95
    assert len(lines) == len(LINES)
    assert [word.line for word in words] == sorted(word.line for word in words)
    assert all(a.x0 < b.x0 for line in lines.values() for a, b in itertools.pairwise(line))


def test_title_and_name_under_seal_and_signature_are_read():
    page = draw([*BODY, (1000, 1400, "GIÁM ĐỐC", BLACK), (960, 1760, "Hoàng Thị Sậy", BLACK)])
    page = with_seal(page, (960, 1620), 230)
    picture = Image.fromarray(page)
    pen = ImageDraw.Draw(picture)
    pen.line(
        [(930, 1700), (1010, 1560), (1060, 1690), (1130, 1530), (1180, 1660), (1420, 1580)], fill=(30, 30, 90), width=7
    )
    words = read(np.array(picture))
    assert found_share(words, ["GIÁM ĐỐC", "Hoàng Thị Sậy"]) == 1.0
    assert found_share(words, LINES) >= 0.95
    assert len(words) <= len(" ".join(LINES).split()) + 5 + 2  # hardly any junk from seal and pen


def test_stamped_words_carry_their_ink():
    words = read(draw([*BODY, (300, 1500, "Nguyễn Văn Lau", RED), (1000, 1500, "TỔNG GIÁM ĐỐC", BLUE)]))
    inks = {word.text: word.ink for word in words}
    assert [inks.get(text) for text in ("Nguyễn", "Văn", "Lau")] == [Ink.RED] * 3
    assert [inks.get(text) for text in ("GIÁM", "ĐỐC")] == [Ink.BLUE] * 2
    assert inks["nông"] is Ink.BLACK
    # Lines found late have numbers of their own.
    assert {w.line for w in words if w.ink is Ink.RED}.isdisjoint(w.line for w in words if w.ink is not Ink.RED)


def test_text_of_a_round_seal_is_not_read():
    page = with_seal(draw([*BODY, (600, 1590, "XÃ ĐỒNG LAU", RED)]), (800, 1620), 260)
    assert [word.text for word in read(page) if word.ink is Ink.RED] == []


def test_rules_are_no_words():
    page = draw(
        [(300, 330, "Danh sách các thôn", BLACK), (300, 530, "Thôn Bãi Sậy", BLACK), (300, 730, "Thôn Đầm Vạc", BLACK)]
    )
    for y in (280, 480, 680, 880):
        page[y : y + 4, 250:1500] = 0
    for x in (250, 1496):
        page[280:884, x : x + 4] = 0
    words = read(page)
    assert found_share(words, ["Danh sách các thôn", "Thôn Bãi Sậy", "Thôn Đầm Vạc"]) == 1.0
    assert all(any(c.isalnum() for c in word.text) for word in words)


@pytest.mark.parametrize("noise", [0.002])
def test_specks_are_no_words(noise):
    page = text_page()
    rng = np.random.default_rng(5)
    page[rng.random(page.shape[:2]) < noise] = 0
    words = read(page)
    assert found_share(words, LINES) >= 0.9
    assert len(words) <= len(" ".join(LINES).split()) * 1.1


def test_boxes_lie_on_the_words_of_a_skewed_page():
    page = turned(draw([*BODY, (300, 1500, "Nguyễn Văn Lau", RED)]), 2.0)
    engine = TesseractEngine()
    prepared = prepare(page, DPI, engine, 60)
    for word in recognise(prepared, engine, 120):
        layer = prepared.gray if word.ink is Ink.BLACK else prepared.red
        assert layer is not None
        assert layer[int(word.y0) : int(word.y1), int(word.x0) : int(word.x1)].min() < 128


def test_a_blank_page_has_no_words():
    assert read(np.full((1200, 900, 3), 255, np.uint8)) == []


def test_the_time_limit_holds_over_all_readings():
    engine = TesseractEngine()
    prepared = prepare(text_page(), DPI, engine, 60)
    with pytest.raises(TimeLimitError):
        recognise(prepared, engine, 0.05)


class Scripted:
    """Reads a page as told, and nothing on strips of it."""

    name = "scripted"

    def __init__(self, *words: RawWord) -> None:
        self._words = words

    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        return list(self._words) if segmentation is Segmentation.COLUMN else []

    def second_reader(self) -> None:
        return None

    def orientation(self, image: GrayImage, *, dpi: int, seconds: float) -> Orientation | None:
        return None


def test_symbols_and_abbreviations_are_kept_however_doubtful():
    sure = [*typeset("SỞ NỘI VỤ TỈNH LÂM KHÊ", 300, 300), *typeset("- UBND tỉnh", 300, 2400)]
    number = typeset("Số: 3# /TTr-SNV", 320, 400, confidence=0.16)
    copy = typeset("(b/c);", 700, 2400, confidence=0.47)
    read = recognise(prepared(), Scripted(*sure, *number, *copy), 60)
    assert [word.text for word in read if word not in sure] == ["/TTr-SNV", "(b/c);"]
