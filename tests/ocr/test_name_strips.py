from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ocr import name_voices
from ocr.engine import RawWord, Segmentation
from ocr.foot_seals import find_sealed_foot
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


def reread(page, words, read):
    return reread_names(find_sealed_foot(page, words, HEIGHT), words, read)


def engine_read(image, segmentation):
    return TesseractEngine().read(image, dpi=DPI, segmentation=segmentation, seconds=30)


def nothing(image, segmentation):
    return []


def never(image, segmentation):
    raise AssertionError("read again without need")


def test_a_family_name_under_the_ring_is_read():
    name = "Nguyễn Văn Lau"
    bare = prepared(draw([(*NAME_AT, name, BLACK)]))
    rest = words_of(bare, name)[1:]
    found = reread(signed(), [*TITLE, *rest], engine_read)
    assert " ".join(word.text for word in found if word.line == 1) == name
    first = next(word for word in found if word.text == "Nguyễn")
    assert abs(first.x0 - NAME_AT[0]) < 15
    assert first.y0 > NAME_AT[1] - 10


def test_a_name_that_both_read_alike_is_not_read_a_third_time():
    page = prepared(draw([(1000, 1300, "CHỦ TỊCH", BLACK), (*NAME_AT, "Nguyễn Văn Lau", BLACK)]))
    words = [*TITLE, *words_of(page, "Nguyễn Văn Lau")]
    found = reread(page, words, never)
    assert [word.text for word in found] == [word.text for word in words]
    assert all(word.confidence > 0.8 for word in found)


def test_without_a_signature_nothing_is_read_again():
    page = signed()
    assert reread(page, [], never) == []


def test_where_a_seal_covers_the_title_the_recipients_beside_it_tell_the_foot():
    name = "Nguyễn Văn Lau"
    rest = words_of(prepared(draw([(*NAME_AT, name, BLACK)])), name)[1:]
    recipients = [RawWord("Nơi", 150, 1300, 230, 1345, 0.96), RawWord("nhận:", 245, 1300, 370, 1345, 0.96)]
    found = reread(signed(), [*recipients, *rest], engine_read)
    assert " ".join(word.text for word in found if word.line == 1) == name


def test_a_word_that_only_the_network_has_is_in_doubt():
    name = "Nguyễn Văn Lau"
    rest = words_of(prepared(draw([(*NAME_AT, name, BLACK)])), name)[1:]
    read = iter(("Ngón", "Nguyệt", "Nghề", "Nghĩa", "Ngành", "Ngả"))

    def unsure(image, segmentation):
        first = RawWord(next(read), 20, 20, 150, 60, 0.9)
        return [first, RawWord("Văn", 170, 20, 240, 60, 0.95), RawWord("Lau", 260, 20, 330, 60, 0.95)]

    found = [word for word in reread(signed(), [*TITLE, *rest], unsure) if word.line == 1]
    assert found[0].confidence < 0.8
    assert found[1].text == "Văn"
    assert found[1].confidence > 0.9


def test_words_that_were_doubted_are_sure_where_the_network_agrees():
    name = "Nguyễn Văn Lau"
    rest = [replace(word, confidence=0.6) for word in words_of(prepared(draw([(*NAME_AT, name, BLACK)])), name)[1:]]
    found = {word.text: word.confidence for word in reread(signed(), [*TITLE, *rest], engine_read)}
    assert found["Văn"] > 0.8
    assert found["Lau"] > 0.8


def test_a_name_that_the_two_read_differently_is_in_doubt():
    page = prepared(draw([(1000, 1300, "CHỦ TỊCH", BLACK), (*NAME_AT, "Nguyễn Văn Chinh", BLACK)]))
    first, middle, last = words_of(page, "Nguyễn Văn Chinh")
    words = [*TITLE, first, middle, replace(last, text="Chỉnh", confidence=0.96)]
    found = {word.line: word for word in reread(page, words, never)}
    assert found[1].confidence < 0.8


def test_a_mark_that_the_network_sees_otherwise_however_unsure_is_in_doubt(monkeypatch):
    """Chinh with a square dot: 0.96 for a hook to the engine, 0.25 to the network."""
    name = "Nguyễn Văn Chinh"
    page = prepared(draw([(1000, 1300, "CHỦ TỊCH", BLACK), (*NAME_AT, name, BLACK)]))
    first, middle, last = words_of(page, name)
    words = [*TITLE, first, middle, replace(last, text="Chỉnh", confidence=0.96)]
    sees = name_voices.read_name

    def unsure(image):
        *rest, doubted = sees(image)
        return [*rest, replace(doubted, shares={"Chinh": 0.67, "Chỉnh": 0.25, "Chính": 0.08})]

    monkeypatch.setattr(name_voices, "read_name", unsure)
    found = {word.line: word for word in reread(page, words, never)}
    assert found[1].confidence <= 0.75


def test_a_reading_with_a_word_missing_is_not_taken():
    name = "Nguyễn Văn Lau"
    rest = words_of(prepared(draw([(*NAME_AT, name, BLACK)])), name)[1:]

    def with_hole(image, segmentation):
        return [RawWord("Nguyễn", 20, 20, 150, 60, 0.95), RawWord("Lau", 260, 20, 330, 60, 0.95)]

    found = reread(signed(), [*TITLE, *rest], with_hole)
    assert [word.text for word in found][-2:] == ["Văn", "Lau"]


def test_a_stamped_name_that_the_engine_cannot_read_is_read_in_doubt():
    page = prepared(draw([(1000, 1300, "CHỦ TỊCH", BLACK), (*NAME_AT, "Nguyễn Văn Lau", BLACK)]))
    found = [word for word in reread(page, TITLE, nothing) if word not in TITLE]
    assert " ".join(word.text for word in found) == "Nguyễn Văn Lau"
    assert all(0.5 < word.confidence < 0.8 for word in found)


def test_strokes_below_a_title_are_no_name():
    page = draw([(1000, 1300, "CHỦ TỊCH", BLACK)])
    cv2.polylines(
        page, [np.array([[900, 1700], [1000, 1560], [1040, 1720], [1160, 1600], [1300, 1650]])], False, BLACK, 6
    )
    assert reread(prepared(page), list(TITLE), nothing) == list(TITLE)
