"""Figures read twice, by both models of the Tesseract that is installed, and by readers that are told what to say."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.figures_again import reread_figures
from ocr.tesseract import TesseractEngine
from tests.ocr.drawn_pages import BLACK, DPI, draw

HEIGHT = 42.0
WHITE = np.full((200, 900), 255, np.uint8)


def reader(language: str):
    engine = TesseractEngine(language)

    def read(image: GrayImage, segmentation: Segmentation) -> list[RawWord]:
        return engine.read(image, dpi=DPI, segmentation=segmentation, seconds=30)

    return read


def says(*texts: str, confidence: float = 0.9):
    """A reader that reads these words whatever it is shown; nothing where there are none."""
    words = [RawWord(text, 10, 10, 20, 20, confidence) for text in texts]
    return lambda image, segmentation: words


def printed(text: str):
    """A page with one printed word, and its box."""
    page = draw([(200, 200, text, BLACK)])
    gray = page if page.ndim == 2 else page.min(axis=2)
    down, across = np.nonzero(gray < 128)
    return gray, (float(across.min()), float(down.min()), float(across.max() + 1), float(down.max() + 1))


def word(text: str, confidence: float, box=(50, 50, 400, 92)) -> RawWord:
    return RawWord(text, *box, confidence)


@pytest.mark.parametrize("text", ["31/QĐ-UBND", "1.250.000", "98/TTr-BNNMT", "15/7/2019"])
def test_what_both_models_read_is_sure(text):
    gray, box = printed(text)
    (again,) = reread_figures(gray, [word(text, 0.7, box)], HEIGHT, reader("vie"), reader("eng"))
    assert (again.text, again.confidence) == (text, 0.95)


@pytest.mark.parametrize(
    ("text", "read"), [("41/2026/TT-BTC", "47/2026/TT-BTC"), ("31/HD-SNV", "37/HD-SNV"), ("22", "32")]
)
def test_two_readings_against_the_first(text, read):
    gray, box = printed(text)
    (again,) = reread_figures(gray, [word(read, 0.7, box)], HEIGHT, reader("vie"), reader("eng"))
    assert again.text == text
    assert 0.35 <= again.confidence <= 0.85


def test_a_model_that_reads_two_things_outvotes_nobody():
    """Set alone, this 55 is 99 to both models at one size, and 55 at another."""
    gray, box = printed("55/2026/TT-BTC")
    (again,) = reread_figures(gray, [word("32/2026/TT-BTC", 0.7, box)], HEIGHT, reader("vie"), reader("eng"))
    assert again.text != "99/2026/TT-BTC"


def test_models_that_differ_leave_it_to_a_person():
    (again,) = reread_figures(WHITE, [word("32/2026", 0.7)], HEIGHT, says("35/2026"), says("55/2026"))
    assert (again.text, again.confidence) == ("32/2026", 0.5)


@pytest.mark.parametrize("other", [says(), says("eT"), says("55/2026", confidence=0.2)])
def test_a_model_that_understands_nothing_changes_nothing(other):
    (again,) = reread_figures(WHITE, [word("32/2026", 0.7)], HEIGHT, says("ab"), other)
    assert again == word("32/2026", 0.7)


def test_a_rule_beside_a_figure_is_left_out_where_the_other_model_does_not_see_it():
    (again,) = reread_figures(WHITE, [word("2_", 0.7)], HEIGHT, says("x"), says("2"))
    assert (again.text, again.confidence) == ("2", 0.95)


def test_what_looks_like_no_figure_stays_in_doubt():
    (again,) = reread_figures(WHITE, [word("4/2026§A", 0.6)], HEIGHT, says("x"), says("4/2026§A"))
    assert again == word("4/2026§A", 0.6)


@pytest.mark.parametrize(
    ("read", "seen", "text"),
    [
        ("Số2§7ØUBND-KGVX", "S62371UBND-KGVX", "Số2371UBND-KGVX"),
        ("Số2§7ØUBND-KGVX", "S62571UBND-KGVX", "Số2571UBND-KGVX"),
        ("Số2§7ØUBND-KGVX", "S63371UBND-KGVX", "Số2§7ØUBND-KGVX"),  # the 2 was read
        ("Số2§7ØUBND-KGVX", "S6237AUBND-KGVX", "Số2§7ØUBND-KGVX"),
    ],
)
def test_signs_among_figures_become_what_the_other_model_reads_there(read, seen, text):
    (again,) = reread_figures(WHITE, [word(read, 0.8)], HEIGHT, says("x"), says(seen))
    assert again.text == text
    assert again.confidence <= 0.85


def test_letters_are_no_matter():
    (again,) = reread_figures(WHITE, [word("Số:3047/QĐ-UBND", 0.8)], HEIGHT, says("x"), says("S6:3047/OB-UBND"))
    assert (again.text, again.confidence) == ("Số:3047/QĐ-UBND", 0.95)


def test_a_stroke_is_a_one_to_the_other_model():
    (again,) = reread_figures(WHITE, [word("2021", 0.9)], HEIGHT, says("x"), says("202]"))
    assert (again.text, again.confidence) == ("2021", 0.95)


def test_sure_figures_and_words_without_figures_are_not_read_again():
    def refuse(image, segmentation):
        raise AssertionError("nothing here is in doubt")

    words = [word("2021", 0.96), word("Quyết", 0.3)]
    assert reread_figures(WHITE, words, HEIGHT, refuse, refuse) == words


def test_of_many_doubted_figures_the_least_sure_are_read_again():
    words = [word("32", 0.5 + at / 200) for at in range(60)]
    again = reread_figures(WHITE, words, HEIGHT, says("x"), says("32"))
    assert [one.confidence == 0.95 for one in again] == [True] * 40 + [False] * 20


def test_without_another_model_nothing_is_read_again():
    assert reread_figures(WHITE, [word("32", 0.3)], HEIGHT, says("22"), None) == [word("32", 0.3)]
