from __future__ import annotations

import pytest

from ocr.engine import RawWord
from ocr.title_words import find_title


def line(text, confidence=0.9):
    words, x = [], 100.0
    for part in text.split():
        words.append(RawWord(part, x, 10, x + 20 * len(part), 50, confidence))
        x += 20 * len(part) + 15
    return words


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("GIÁM ĐỐC", "GIÁM ĐỐC"),
        ("=-- GIÁM ĐỐC .", "GIÁM ĐỐC"),
        ("LAM PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TRƯỞNG PHÒNG NỘI VỤ", "TRƯỞNG PHÒNG"),
        ("PHÓ TRƯỞNG ĐOÀN", "PHÓ TRƯỞNG ĐOÀN"),
        ("QUYỀN GIÁM ĐỐC", "QUYỀN GIÁM ĐỐC"),
        ("KT. CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("Q. GIÁM ĐỐC", "Q. GIÁM ĐỐC"),
        ("Q GIÁM ĐỐC", "GIÁM ĐỐC"),
        ("CHỦTỊCH", "CHỦ TỊCH"),
    ],
)
def test_titles_of_the_list_are_found_among_other_words(text, title):
    found = find_title(line(text))
    assert found is not None
    assert found.text == title
    assert found.likeness == 1


@pytest.mark.parametrize("text", ["CHU TỊCH", "HỦ TỊCH", "GIAMĐỐC", "PHÓ GIÁM DỐC"])
def test_what_differs_by_a_letter_or_a_mark_is_nearly_one(text):
    found = find_title(line(text))
    assert found is not None
    assert found.text == text
    assert 0.8 < found.likeness < 1


@pytest.mark.parametrize("text", ["", "TỊCH", "QUẢNG KHÊ", "Chủ tịch", "ỦY BAN NHÂN DÂN", "Nguyễn Văn Lau"])
def test_other_words_are_no_title(text):
    assert find_title(line(text)) is None


def test_a_faint_stop_after_a_letter_is_no_authority():
    assert find_title(line("Q. GIÁM ĐỐC", confidence=0.5)).text == "GIÁM ĐỐC"


def test_words_read_as_one_share_its_width():
    first, second = find_title(line("CHỦTỊCH")).words
    assert (first.x0, second.x1) == (100, 240)
    assert first.x1 < second.x0
