from __future__ import annotations

from dataclasses import replace

import numpy as np

from ocr.engine import RawWord, Segmentation
from ocr.name_strips import reread_names
from ocr.prepared import PreparedPage
from ocr.tesseract import TesseractEngine
from tests.ocr.drawn_pages import A5, BLACK, DPI, draw, with_seal

HEIGHT = 42.0
TITLE = (RawWord("CHỦ", 1000, 1300, 1110, 1345, 0.96, line=0), RawWord("TỊCH", 1130, 1300, 1260, 1345, 0.96, line=0))
NAME_AT = (900, 1650)
SEAL_AT, RADIUS = (820, 1500), 210


def prepared(page):
    gray = np.ascontiguousarray(page.min(axis=2))
    scale = 72 / DPI
    return PreparedPage(
        gray=gray, red=None, blue=None, dpi=DPI, orientation=0, skew=0.0,
        page_width=A5[0] * scale, page_height=A5[1] * scale, matrix=np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]]),
    )  # fmt: skip


def signed(name="Nguyễn Văn Lau"):
    page = draw([(1000, 1300, "CHỦ TỊCH", BLACK), (*NAME_AT, name, BLACK)])
    return prepared(with_seal(page, SEAL_AT, RADIUS, BLACK))


def words_of(page, name):
    """The name's words as the engine places them on the page without a seal."""
    found = TesseractEngine().read(page.gray[1600:1760], dpi=DPI, segmentation=Segmentation.LINE, seconds=30)
    assert [word.text for word in found] == name.split()
    return [replace(word, y0=word.y0 + 1600, y1=word.y1 + 1600, line=1, block=1) for word in found]


def engine_read(image, segmentation):
    return TesseractEngine().read(image, dpi=DPI, segmentation=segmentation, seconds=30)


def never(image, segmentation):
    raise AssertionError("read again without need")


def test_a_family_name_under_the_ring_is_read():
    name = "Nguyễn Văn Lau"
    bare = prepared(draw([(*NAME_AT, name, BLACK)]))
    rest = words_of(bare, name)[1:]
    found = reread_names(signed(), [*TITLE, *rest], HEIGHT, engine_read)
    assert " ".join(word.text for word in found if word.line == 1) == name
    first = next(word for word in found if word.text == "Nguyễn")
    assert abs(first.x0 - NAME_AT[0]) < 15
    assert first.y0 > NAME_AT[1] - 10


def test_a_name_that_was_read_whole_is_left_alone():
    page = prepared(draw([(*NAME_AT, "Nguyễn Văn Lau", BLACK)]))
    words = [*TITLE, *words_of(page, "Nguyễn Văn Lau")]
    assert reread_names(page, words, HEIGHT, never) == words


def test_without_a_signature_nothing_is_read_again():
    page = signed()
    assert reread_names(page, [], HEIGHT, never) == []


def test_words_that_the_readings_do_not_share_lose_confidence():
    name = "Nguyễn Văn Lau"
    rest = words_of(prepared(draw([(*NAME_AT, name, BLACK)])), name)[1:]
    read = iter(("Nguyễn", "Ngón", "Nguyệt", "Nghề", "Nghĩa", "Ngành"))

    def unsure(image, segmentation):
        first = RawWord(next(read), 20, 20, 150, 60, 0.9)
        return [first, RawWord("Văn", 170, 20, 240, 60, 0.95), RawWord("Lau", 260, 20, 330, 60, 0.95)]

    found = {word.text: word.confidence for word in reread_names(signed(), [*TITLE, *rest], HEIGHT, unsure)}
    assert found["Nguyễn"] < 0.6
    assert found["Văn"] > 0.9


def test_words_that_were_doubted_stay_in_doubt():
    name = "Nguyễn Văn Lau"
    rest = [replace(word, confidence=0.5) for word in words_of(prepared(draw([(*NAME_AT, name, BLACK)])), name)[1:]]
    found = {word.text: word.confidence for word in reread_names(signed(), [*TITLE, *rest], HEIGHT, engine_read)}
    assert found["Nguyễn"] > 0.6
    assert found["Văn"] == found["Lau"] == 0.5


def test_a_reading_with_a_word_missing_is_not_taken():
    name = "Nguyễn Văn Lau"
    rest = words_of(prepared(draw([(*NAME_AT, name, BLACK)])), name)[1:]

    def with_hole(image, segmentation):
        return [RawWord("Nguyễn", 20, 20, 150, 60, 0.95), RawWord("Lau", 260, 20, 330, 60, 0.95)]

    found = reread_names(signed(), [*TITLE, *rest], HEIGHT, with_hole)
    assert [word.text for word in found] == ["CHỦ", "TỊCH", "Văn", "Lau"]
