"""Ends of lines with a pen's strokes on them, read by the Tesseract that is installed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.line_tails import reread_tails
from ocr.tesseract import TesseractEngine
from tests.ocr.drawn_pages import BLACK, DPI, draw

HEIGHT = 42.0
LINE, TOP, LEFT = 7, 200, 200


def reader(language: str):
    engine = TesseractEngine(language)

    def read(image: GrayImage, segmentation: Segmentation) -> list[RawWord]:
        return engine.read(image, dpi=DPI, segmentation=segmentation, seconds=30)

    return read


def page_with(text: str):
    """A page with a printed line, its words as they are read there, and where the line ends."""
    drawn = draw([(LEFT, TOP, text, BLACK)])
    gray = drawn if drawn.ndim == 2 else drawn.min(axis=2)
    words = reader("vie")(gray, Segmentation.COLUMN)
    across = np.nonzero((gray < 128).any(axis=0))[0]
    return gray.copy(), words, int(across.max()), max(word.y1 for word in words)


def hung_on(gray: GrayImage, x: float, foot: float) -> None:
    """Two figures of a pen, half a line too low."""
    for at in (x + 14, x + 44):
        points = np.array([(at, foot - 14), (at + 16, foot - 10), (at, foot + 24), (at + 18, foot + 22)], np.int32)
        cv2.polylines(gray, [points], False, 0, 5, cv2.LINE_AA)


def split(words: list[RawWord], lost: int, x: float, foot: float):
    """The words before the lost ones, and one that was read of these and the pen's strokes."""
    sound = [RawWord(word.text, word.x0, word.y0, word.x1, word.y1, 0.9, line=LINE) for word in words[:-lost]]
    last = words[-lost]
    return sound, [RawWord("Go", last.x0, last.y0, x + 60, foot + 20, 0.1, line=LINE)]


@pytest.mark.parametrize(
    ("text", "lost"),
    [("- Lưu: VT, KT (3).", "(3)."), ("- Lưu: VT, KT (5).", "(5)."), ("đúng theo quy định./.", "định./.")],
)
def test_print_beside_a_pen_is_read(text, lost):
    gray, words, end, foot = page_with(text)
    hung_on(gray, end, foot)
    sound, doubtful = split(words, 1, end, foot)
    found = reread_tails(gray, doubtful, sound, HEIGHT, reader("vie"), reader("eng"))
    assert [word.text for word in found] == [lost]
    assert found[0].line == LINE
    assert abs(found[0].x1 - end) < 10


def test_a_pen_alone_is_no_word():
    gray, words, end, foot = page_with("đúng theo quy định./.")
    hung_on(gray, end, foot)
    sound = [RawWord(word.text, word.x0, word.y0, word.x1, word.y1, 0.9, line=LINE) for word in words]
    pen = RawWord("5o", end + 10, foot - 20, end + 70, foot + 24, 0.2, line=LINE)
    assert reread_tails(gray, [pen], sound, HEIGHT, reader("vie"), reader("eng")) == []


def test_a_word_in_another_column_is_no_tail():
    gray, words, end, foot = page_with("- Lưu: VT, KT")
    sound = [RawWord(word.text, word.x0, word.y0, word.x1, word.y1, 0.9, line=LINE) for word in words]
    far = RawWord("Go", end + 3 * HEIGHT, foot - 40, end + 5 * HEIGHT, foot, 0.2, line=LINE)
    asked: list[GrayImage] = []

    def read(image: GrayImage, segmentation: Segmentation) -> list[RawWord]:
        asked.append(image)
        return []

    assert reread_tails(gray, [far], sound, HEIGHT, read, None) == []
    assert asked == []
