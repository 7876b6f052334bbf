from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ocr.engine import RawWord, Segmentation
from ocr.foot_seals import find_sealed_foot
from ocr.prepared import PreparedPage
from ocr.tesseract import TesseractEngine
from ocr.title_strips import reread_titles
from tests.ocr.drawn_pages import A5, BLACK, DPI, RED, draw, with_seal

HEIGHT = 42.0
AUTHORITY = "TM. ỦY BAN NHÂN DÂN"
MIDDLE, AUTHORITY_Y, TITLE_Y = 1150, 1290, 1360
SEAL, RADIUS = (953, 1575), 205  # its rim crosses the first letters of "CHỦ TỊCH"


def written(text, y, middle=MIDDLE):
    """What ``draw`` takes for a centred line, and its words where they stand."""
    left = middle - _end_of(text) // 2
    words, end = [], 0
    for number, word in enumerate(text.split()):
        start, end = end + 12 * bool(number), _end_of(" ".join(text.split()[: number + 1]))
        words.append(RawWord(word, left + start, y + 2, left + end, y + 48, 0.95, line=y, block=y))
    return (left, y, text, BLACK), words


def _end_of(text):
    line = draw([(0, 20, text, BLACK)], size=(A5[0], 100))
    return int(np.flatnonzero((line.min(axis=2) < 128).any(axis=0))[-1])


def page_of(*lines, seal=SEAL, colour=BLACK):
    page, blank = draw(lines), draw([])
    red = with_seal(blank, seal, RADIUS, BLACK) if colour == RED else None
    scale = 72 / DPI
    return PreparedPage(
        gray=(page if colour == RED else with_seal(page, seal, RADIUS, BLACK)).min(axis=2),
        red=None if red is None else red.min(axis=2),
        blue=None, dpi=DPI, orientation=0, skew=0.0, page_width=A5[0] * scale, page_height=A5[1] * scale,
        matrix=np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]]),
    )  # fmt: skip


AUTHORITY_LINE, AUTHORITY_WORDS = written(AUTHORITY, AUTHORITY_Y)
TITLE_LINE, (CHU, TICH) = written("CHỦ TỊCH", TITLE_Y)


def reread(page, words, read):
    return reread_titles(find_sealed_foot(page, words, HEIGHT), words, read)


def engine_read(image, segmentation):
    return TesseractEngine().read(image, dpi=DPI, segmentation=segmentation, seconds=30)


def never(image, segmentation):
    raise AssertionError("read again without need")


def reading(text, confidence=0.9):
    """An engine that reads ``text`` where the title stands in a strip."""

    def read(image, segmentation):
        assert segmentation is Segmentation.LINE
        parts = text.split()
        step = TICH.width + 12
        first = image.shape[1] - 40 - step * len(parts)
        return [
            RawWord(part, first + step * n, 20, first + step * n + TICH.width, 60, confidence)
            for n, part in enumerate(parts)
        ]

    return read


def titles(words):
    return [word for word in words if word not in AUTHORITY_WORDS]


@pytest.mark.parametrize("colour", [BLACK, RED])
def test_letters_under_the_rim_are_read(colour):
    page = page_of(AUTHORITY_LINE, TITLE_LINE, colour=colour)
    found = titles(reread(page, [*AUTHORITY_WORDS, TICH], engine_read))
    assert [word.text for word in found] == ["CHỦ", "TỊCH"]
    assert min(word.confidence for word in found) > 0.8
    assert [word.line for word in found] == [TICH.line] * 2
    assert abs(found[0].x0 - CHU.x0) < 15


def test_a_title_that_was_not_read_at_all_gets_a_line_of_its_own():
    found = titles(reread(page_of(AUTHORITY_LINE, TITLE_LINE), AUTHORITY_WORDS, engine_read))
    assert [word.text for word in found] == ["CHỦ", "TỊCH"]
    assert len({word.line for word in found} - {word.line for word in AUTHORITY_WORDS}) == 1


@pytest.mark.parametrize("heading", ["", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ"])
def test_recipients_tell_a_foot_too_below_a_heading_that_seems_to_sign(heading):
    label = [RawWord("Nơi", 150, 1300, 230, 1345, 0.96), RawWord("nhận:", 245, 1300, 370, 1345, 0.96)]
    words = [*written(heading, 60)[1], *label] if heading else label
    found = reread(page_of(TITLE_LINE), words, engine_read)
    assert [word.text for word in found[len(words) :]] == ["CHỦ", "TỊCH"]


def test_the_text_of_the_seal_beside_the_title_goes():
    beside = RawWord("LAM", 860, TITLE_Y + 8, 960, TITLE_Y + 44, 0.85, line=TITLE_Y, block=TITLE_Y)
    words = [*AUTHORITY_WORDS, beside, replace(CHU, text="HỦ"), TICH]
    found = titles(reread(page_of(AUTHORITY_LINE, TITLE_LINE), words, engine_read))
    assert [word.text for word in found] == ["CHỦ", "TỊCH"]


def test_a_box_that_the_rim_made_too_high_does_not_reach_into_the_title():
    high = [replace(word, y1=TITLE_Y + 15) if word.text == "ỦY" else word for word in AUTHORITY_WORDS]
    found = reread(page_of(AUTHORITY_LINE, TITLE_LINE), [*high, TICH], engine_read)
    above, title = (next(word for word in found if word.text == text) for text in ("ỦY", "CHỦ"))
    assert above.y1 <= title.y0


def test_without_a_foot_or_a_seal_nothing_is_read_again():
    page = page_of(AUTHORITY_LINE, TITLE_LINE)
    assert reread(page, [], never) == []
    clear = replace(page, gray=draw([AUTHORITY_LINE, TITLE_LINE]).min(axis=2))
    assert reread(clear, [*AUTHORITY_WORDS, TICH], never) == [*AUTHORITY_WORDS, TICH]


def test_a_title_clear_of_the_rim_is_not_read_again():
    words = [*AUTHORITY_WORDS, CHU, TICH]
    assert reread(page_of(AUTHORITY_LINE, TITLE_LINE, seal=(800, 1575)), words, never) == words


def test_where_no_title_is_printed_none_is_put_in():
    words = list(AUTHORITY_WORDS)
    assert reread(page_of(AUTHORITY_LINE, seal=(953, 1500)), words, engine_read) == words


def test_what_is_no_title_is_not_taken():
    words = [*AUTHORITY_WORDS, TICH]
    assert reread(page_of(AUTHORITY_LINE, TITLE_LINE), words, reading("QUẢNG KHÊ")) == words


def test_what_is_nearly_a_title_is_taken_as_it_is_in_doubt():
    words = [*AUTHORITY_WORDS, TICH]
    found = titles(reread(page_of(AUTHORITY_LINE, TITLE_LINE), words, reading("HỦ TỊCH")))
    assert [word.text for word in found] == ["HỦ", "TỊCH"]
    assert max(word.confidence for word in found) < 0.75


def test_a_title_of_the_list_does_not_give_way_to_one_that_is_nearly_one():
    words = [*AUTHORITY_WORDS, CHU, TICH]
    assert reread(page_of(AUTHORITY_LINE, TITLE_LINE), words, reading("CHUV TỊCHI")) == words


def test_a_longer_title_takes_the_place_of_a_shorter_one():
    line, words = written("PHÓ CHỦ TỊCH", TITLE_Y)
    page = page_of(AUTHORITY_LINE, line, seal=(900, 1575))
    found = titles(reread(page, [*AUTHORITY_WORDS, *words[1:]], engine_read))
    assert [word.text for word in found] == ["PHÓ", "CHỦ", "TỊCH"]


def test_a_title_that_stands_aside_as_if_a_word_were_lost_is_in_doubt():
    line, words = written("CHỦ TỊCH", TITLE_Y, middle=MIDDLE + 60)
    page = page_of(AUTHORITY_LINE, line, seal=(SEAL[0] + 60, SEAL[1]))
    found = titles(reread(page, [*AUTHORITY_WORDS, *words], reading("CHỦ TỊCH")))
    assert [word.text for word in found] == ["CHỦ", "TỊCH"]
    assert max(word.confidence for word in found) < 0.75
