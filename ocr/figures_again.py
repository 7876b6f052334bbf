"""Doubtful figures read a second time, by a model that errs in other places.

Tesseract's Vietnamese model knows few shapes of digits: in italics or beside a stroke it takes 55 for 32, and 5 for 1,
at a confidence of 0.7. Its English model has seen more of them. On 50 synthetic documents (1,291 words with figures)
the two agreed on all 100 figures that were read rightly below 0.93, and on 1 of the 12 that were not; where the English
model and a second reading of the word alone agreed against the first, they were right 9 times of 9. Above 0.93 the two
differ as often where the first is right, so those are not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
import regex

from ocr.engine import GrayImage, RawWord, Segmentation
from ocr.plausible import tidied

__all__ = ["reread_figures"]

Read = Callable[[GrayImage, Segmentation], list[RawWord]]

_DOUBTED: Final = 0.93
_AGREED: Final = 0.95  # both models: right 100 times of 101
_OUTVOTED: Final = 0.85  # two readings against the first
_OPEN: Final = 0.5  # the models differ: a person looks
_HEARD: Final = 0.5  # less sure, a reading is of ink that the model does not know (seals, signatures)
_LEAST_HEARD: Final = 0.35  # of two readings that agree
_MOST: Final = 40  # words a page, the least sure ones: 0.05 to 0.15 s each
_MARGIN: Final = 0.12  # heights of a word; with 0.25 strokes of seals and neighbours were read too
_PAPER: Final = 12  # pixels of white around the word: touching the edge costs letters
_SIZES: Final = (1.0, 0.7)  # what is not understood at the first is at the second, one time of two
_DIGITS: Final = regex.compile(r"\d+")
_FIGURES_ALONE: Final = regex.compile(r"[\d.,:;/()%+\-]+")
_CLEAN: Final = regex.compile(r"[\p{L}\d.,:;/()%+&\-–“”\"]+")
_POSSIBLE: Final = regex.compile(r"[\p{L}\d.,:;/()%+&\-–“”\"--[ØøÆæŒœßÐðÞþ]]", regex.V1)
_CODE_LETTERS: Final = regex.compile(r"(?<=\d\S{0,12})\p{L}.*")  # /QH15, -NQ/TW: letters are compared nowhere
_STROKE: Final = regex.compile(r"(?<=\d)[\]|lI]|[\]|lI](?=\d)|^[\]|lI](?=\W*$)")  # the English model's 1


def reread_figures(
    layer: GrayImage, words: Sequence[RawWord], height: float, read: Read, other: Read | None
) -> list[RawWord]:
    """``words`` with those figures read again that the engine was not sure of.

    Text changes only where two readings agree on other figures; what stands beside a figure never decides it.

    Args:
        layer: The page, dark on white.
        words: What is read on it so far.
        height: Typical height of a word in pixels.
        read: Reads an image as the engine does.
        other: Reads an image with another model; None where there is none.
    """
    again = list(words)
    if other is None:
        return again
    doubted = [at for at, word in enumerate(words) if word.confidence < _DOUBTED and _figures(word.text)]
    for at in sorted(doubted, key=lambda at: words[at].confidence)[:_MOST]:
        again[at] = _decided(words[at], _cut(layer, words[at], height), height, read, other)
    return again


def _decided(word: RawWord, image: GrayImage, height: float, read: Read, other: Read) -> RawWord:
    """The word as two readings have its figures, in doubt where the models differ, as it was where one is mute."""
    others: list[RawWord] = []
    for seen in _readings(image, other):
        if _agree(word.text, seen.text):
            return _affirmed(word, seen.text)
        if _figures(seen.text):
            others.append(seen)
            if seen.confidence >= _HEARD and (filled := _filled(word.text, seen.text)):
                return replace(word, text=filled, confidence=min(_OUTVOTED, seen.confidence))
    whole = _one_word(read(image, Segmentation.LINE))
    alone = tidied(whole, height) if whole is not None else None
    # At one size both models took a 55 set alone for 99; the other size told.
    if alone is not None and others and all(_figures(seen.text) == _figures(alone.text) for seen in others):
        sure = min(_OUTVOTED, alone.confidence, *(seen.confidence for seen in others))
        return replace(word, text=alone.text, confidence=sure) if sure >= _LEAST_HEARD else word
    if any(seen.confidence >= _HEARD for seen in others):
        return replace(word, confidence=min(word.confidence, _OPEN))
    return word


def _affirmed(word: RawWord, other: str) -> RawWord:
    """The word, sure now; where a rule or a speck was read with it (``2_``, ``4/2026§``), as the other model has it."""
    if _CLEAN.fullmatch(word.text):
        return replace(word, confidence=max(word.confidence, _AGREED))
    return replace(word, text=other, confidence=_AGREED) if _FIGURES_ALONE.fullmatch(other) else word


def _filled(text: str, other: str) -> str:
    """A word with signs among its figures (``Số2§7ØUBND``), the other model's digits in their place; "" if none fit.

    Its own letters and digits stand: only what can be neither is taken from ``S62371UBND``.
    """
    places = [at for at, char in enumerate(text) if not _POSSIBLE.fullmatch(char)]
    fit = len(text) == len(other) and all(a == b for a, b in zip(text, other, strict=True) if a.isdigit())
    if not places or not fit or not all(other[at].isdigit() for at in places):
        return ""
    return "".join(other[at] if at in places else char for at, char in enumerate(text))


def _figures(text: str) -> list[str]:
    """The runs of digits up to the letters behind them: 55/2026/QH15 has 55 and 2026."""
    return [run.group() for run in _DIGITS.finditer(_CODE_LETTERS.sub("", _STROKE.sub("1", text)))]


def _agree(word: str, other: str) -> bool:
    """Whether both have the same figures; the letters of ``Số:`` may be read as another: ``S6:3047``."""
    figures, found = _figures(word), _figures(other)
    return found == figures or (word[0].isalpha() and found[1:] == figures)


def _readings(image: GrayImage, other: Read) -> Iterator[RawWord]:
    for size in _SIZES:
        scaled = cv2.resize(image, None, fx=size, fy=size, interpolation=cv2.INTER_AREA) if size != 1 else image
        word = _one_word(other(np.asarray(scaled, np.uint8), Segmentation.LINE))
        if word is not None:
            yield word


def _one_word(words: Sequence[RawWord]) -> RawWord | None:
    """What was read, as one word as sure as its least sure piece; None where nothing was."""
    if not words:
        return None
    text, sure = "".join(word.text for word in words), min(word.confidence for word in words)
    return replace(words[0], text=text, x1=words[-1].x1, confidence=sure)


def _cut(layer: GrayImage, word: RawWord, height: float) -> GrayImage:
    margin = round(_MARGIN * height)
    top, left = max(0, round(word.y0) - margin), max(0, round(word.x0) - margin)
    cut = layer[top : round(word.y1) + margin, left : round(word.x1) + margin]
    framed = cv2.copyMakeBorder(cut, _PAPER, _PAPER, _PAPER, _PAPER, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, np.uint8)
