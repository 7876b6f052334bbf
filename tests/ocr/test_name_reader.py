from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from ocr.name_reader import ALPHABET, HEIGHT, read_name, strip_as_input
from tests.ocr.drawn_pages import BLACK, draw

NAMES = ("Nguyễn Văn Lau", "Trần Thị Hoa", "Lê Quang Dũng", "Phạm Minh Đức")


def strip(name, points=13):
    page = draw([(40, 20, name, BLACK)], size=(900, 110), points=points).min(axis=2)
    columns = np.flatnonzero(page.min(axis=0) < 128)
    rows = np.flatnonzero(page.min(axis=1) < 128)
    return page[max(0, rows[0] - 10) : rows[-1] + 12, max(0, columns[0] - 20) : columns[-1] + 20]


@pytest.mark.parametrize("name", NAMES)
def test_a_clear_name_is_read(name):
    words = read_name(strip(name))
    assert " ".join(word.text for word in words) == name
    assert min(word.confidence for word in words) > 0.5


def test_words_stand_where_they_are_printed():
    image = strip("Lê Quang Dũng")
    words = read_name(image)
    gaps = [(left.x1 + right.x0) / 2 for left, right in pairwise(words)]
    assert len(gaps) == 2
    for gap in gaps:
        assert image[:, round(gap) - 3 : round(gap) + 4].min() > 200


def test_shares_are_of_one_whole():
    for word in read_name(strip("Phạm Minh Đức")):
        assert 0.99 < sum(word.shares.values()) < 1.01
        assert word.confidence == max(word.shares.values())


@pytest.mark.parametrize(
    "image", [np.full((60, 300), 255), np.zeros((60, 300)), np.full((1, 1), 7), np.full((200, 3), 90)]
)
def test_what_holds_no_letters_gives_no_word_that_is_sure(image):
    assert all(word.confidence < 0.9 for word in read_name(image.astype(np.uint8)))


def test_the_input_is_of_one_height_and_scale():
    image = cv2.GaussianBlur(strip("Trần Thị Hoa"), (0, 0), 1.0)
    made = strip_as_input((image // 2 + 120).astype(np.uint8))
    assert made.shape[0] == HEIGHT
    assert made.min() == 0.0
    assert made.max() == 1.0


def test_every_letter_has_one_output():
    assert len(set(ALPHABET)) == len(ALPHABET)
