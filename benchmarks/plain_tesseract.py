"""The figures of ``sohoa evaluate scans`` for Tesseract alone: vie, 300 dpi, page segmentation 3, no preparation.

Usage: python benchmarks/plain_tesseract.py DIR
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import pytesseract
from PIL import Image
from pytesseract import Output
from rich.console import Console

from corpus.evaluation import evaluate_scans
from normalize.canonical import canonical
from ocr.sources import SourcePage, open_source
from ocr.tree import Box, Document, Line, Page, TextFrom, Word

DPI = 300
COLUMNS = ("block_num", "par_num", "line_num", "left", "top", "width", "height", "conf", "text")


def main() -> None:
    """Read the scans below DIR and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("directory", type=Path)
    Console().print(evaluate_scans(parser.parse_args().directory, read=read_plainly).table())


def read_plainly(paths: Sequence[Path]) -> Document:
    """Every page as Tesseract reads its picture, lines in its order."""
    with open_source(paths) as source:
        return Document(source.name, tuple(read_page(page) for page in source.pages()))


def read_page(page: SourcePage) -> Page:
    """One page, without a look at its text layer; straight from the program, as our engine mends tones."""
    dpi = page.affordable_dpi(DPI)
    picture = Image.fromarray(cv2.cvtColor(page.render(dpi), cv2.COLOR_RGB2GRAY))
    config = f"--psm 3 --dpi {dpi}"
    tsv: dict[str, list[Any]] = pytesseract.image_to_data(picture, lang="vie", config=config, output_type=Output.DICT)
    rows = [row for row in zip(*(tsv[name] for name in COLUMNS), strict=True) if str(row[-1]).strip()]
    lines = tuple(
        Line(tuple(word_of(row, 72 / dpi) for row in line)) for _, line in groupby(rows, key=lambda row: row[:3])
    )
    return Page(page.number, page.width, page.height, lines, TextFrom.IMAGE)


def word_of(row: tuple[Any, ...], scale: float) -> Word:
    """A row of the TSV as a word, in points."""
    _, _, _, left, top, wide, high, confidence, text = row
    box = Box(left, top, left + wide, top + high).scaled(scale)
    return Word("".join(canonical(str(text)).split()), box, max(float(confidence), 0.0) / 100)


if __name__ == "__main__":
    main()
