"""Tesseract's hOCR taken apart: words with boxes, confidence and the second choices for their letters.

hOCR and not TSV because only hOCR carries the second choices (``lstm_choice_mode=2``), which cost no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from normalize.canonical import canonical
from ocr.engine import RawWord
from ocr.tones import has_circumflex, with_likely_tones

__all__ = ["parse_hocr"]

_WORD_TITLE: Final = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+);.*?x_wconf (\d+)")
_CHOICE_TITLE: Final = re.compile(r"x_confs ([\d.]+)")

# What Tesseract's Vietnamese model makes of some slashes in small print; no office writes it.
_FRACTION_SLASH: Final = "\u2044"


def parse_hocr(hocr: bytes, engine: str) -> list[RawWord]:
    """Words in reading order, their blocks and lines counted from 0.

    Args:
        hocr: As Tesseract writes it.
        engine: Put on every word.

    Raises:
        ValueError: It is no hOCR.
    """
    try:
        root = ET.fromstring(hocr)  # noqa: S314 - written by the Tesseract that was just run
    except (ET.ParseError, LookupError) as error:  # LookupError: an encoding that is none
        raise ValueError("not hOCR") from error
    words: list[RawWord] = []
    line_number = 0
    for block_number, block in enumerate(_of_class(root, "ocr_carea")):
        for paragraph in _of_class(block, "ocr_par"):
            for line in paragraph:
                read = [_word(span, engine, block_number, line_number) for span in _of_class(line, "ocrx_word")]
                words.extend(word for word in read if word is not None)
                line_number += 1
    return words


def _word(span: ET.Element, engine: str, block: int, line: int) -> RawWord | None:
    title = _WORD_TITLE.search(span.get("title", ""))
    # <strong> and <em> may stand round the text, before the choices.
    text = "".join(canonical(_text(span)).split()).replace(_FRACTION_SLASH, "/")
    if title is None or not text:
        return None
    x0, y0, x1, y1, confidence = (int(group) for group in title.groups())
    return RawWord(
        text=with_likely_tones(text, _choices(span)) if has_circumflex(text) else text,
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        confidence=min(confidence / 100, 1.0),
        engine=engine,
        block=block,
        line=line,
    )


def _text(span: ET.Element) -> str:
    own = [child for child in span if child.get("class") != "ocrx_cinfo"]
    return (span.text or "") + "".join("".join(child.itertext()) for child in own)


def _choices(span: ET.Element) -> list[dict[str, float]]:
    """For each letter what it may be, with confidences of 0 to 100; the space before a word is left out."""
    letters = []
    for letter in span:
        choices: dict[str, float] = {}
        for choice in letter:
            found = _CHOICE_TITLE.search(choice.get("title", ""))
            other = canonical(choice.text or "").strip()
            if found and other:
                choices[other] = float(found.group(1))
        if choices:
            letters.append(choices)
    return letters


def _of_class(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (found for found in element.iter() if found.get("class") == name)
