"""Tables of born-digital pages from the rules that their commands draw."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from ocr.engine import RawLine, RawWord
from ocr.layer_rules import drawn_grids
from ocr.layout import lay_out
from ocr.sources import open_source
from tests.hostile import text_page
from tests.ocr.drawn_words import NoEngine, prepared

DPI = 150
XS, YS = (60, 90, 200, 330), (700, 680, 660, 640)
CELLS = {(row, column): f"house {row}{column}" for row in range(3) for column in range(3)}
INTRO = "The list of houses"


def _text(x: float, y: float, words: str) -> str:
    return f"BT /F 7 Tf {x} {y} Td ({words}) Tj ET "


WORDS = _text(60, 740, INTRO) + "".join(_text(XS[c] + 3, YS[r + 1] + 6, text) for (r, c), text in CELLS.items())
LINES = "".join(f"60 {y} m 330 {y} l S " for y in YS) + "".join(f"{x} 700 m {x} 640 l S " for x in XS)
# As word processors write them: thin boxes from crossing to crossing, and a small one on every crossing.
PIECES = (
    "".join(f"{a + 0.5} {y} {b - a - 0.5} .5 re f " for y in YS for a, b in pairwise(XS))
    + "".join(f"{x} {b + 0.5} .5 {a - b - 0.5} re f " for x in XS for a, b in pairwise(YS))
    + "".join(f"{x} {y} .5 .5 re f " for x in XS for y in YS)
)


def _boxes(paint: str) -> str:
    """A box round each cell."""
    return "".join(
        f"{left} {bottom} {right - left} {top - bottom} re {paint} "
        for left, right in pairwise(XS)
        for top, bottom in pairwise(YS)
    )


def _lines(path: Path, content: str, **keys: object) -> list[RawLine]:
    with pikepdf.new() as pdf:
        page = text_page(pdf, content.encode())
        for key, value in keys.items():
            page.obj[f"/{key}"] = value
        pdf.save(path)
    with open_source([path]) as source, source.page(1) as opened:
        words, rules = opened.layer_words(), opened.layer_rules()
    raw = [RawWord(w.text, b.x0, b.y0, b.x1, b.y1, 1.0) for w in words for b in [w.box.scaled(DPI / 72)]]
    page_as_is = replace(prepared(np.full((1754, 1240), 255, np.uint8)), dpi=DPI)
    grids = drawn_grids(rules, page_as_is.gray.shape, DPI)
    return lay_out(raw, page_as_is, NoEngine(), number=1, seconds=9.0, grids=grids)


def _cells(lines: list[RawLine]) -> dict[tuple[int, int], str]:
    return {(line.cell.row, line.cell.column): line.text for line in lines if line.cell}


@pytest.mark.parametrize(
    "rules",
    [
        LINES,
        "0.9 G 0.2 w " + LINES,  # light grey hairlines, lost in a picture of the page
        "[4 4] 0 d " + LINES,
        _boxes("S"),
        "0.8 0.9 1 rg " + _boxes("B"),
        PIECES,
        "20 20 555 800 re S " + PIECES,  # a border round the page
    ],
    ids=["lines", "grey", "dashed", "boxes", "shaded boxes", "pieces", "page border"],
)
def test_cells_of_drawn_rules(tmp_path: Path, rules: str) -> None:
    lines = _lines(tmp_path / "p.pdf", rules + " 0 g " + WORDS)
    assert _cells(lines) == CELLS
    assert [line.text for line in lines if not line.cell] == [INTRO]


def test_on_a_turned_page_too(tmp_path: Path) -> None:
    sideways = f"q 0 -1 1 0 -200 800 cm {LINES}{WORDS} Q"
    assert _cells(_lines(tmp_path / "p.pdf", sideways, Rotate=270)) == CELLS


def test_in_large_units_too(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    small = f"q .5 0 0 .5 0 0 cm {PIECES}{WORDS} Q"
    assert _cells(_lines(path, small, UserUnit=2, MediaBox=[0, 0, 298, 421])) == CELLS


def test_a_merged_cell_has_its_size(tmp_path: Path) -> None:
    rules = "".join(f"60 {y} m 330 {y} l S " for y in YS) + "".join(
        f"{x} {680 if x == XS[2] else 700} m {x} 640 l S " for x in XS
    )
    lines = _lines(tmp_path / "p.pdf", rules + WORDS.replace("(house 02)", "()"))
    (merged,) = (line.cell for line in lines if line.text == CELLS[0, 1] and line.cell)
    assert (merged.rows, merged.columns) == (1, 2)


@pytest.mark.parametrize(
    "drawn",
    [
        "1 1 0 rg " + _boxes("f"),  # shades behind words
        "1 G " + _boxes("S"),  # white on white
        "".join(f"60 {y + 3} m {x} {y + 3} l S " for y, x in zip(YS, (150, 290, 210, 250), strict=True)),  # underlines
        "200 750 m 280 750 l S 400 750 m 500 750 l S ",  # under the two titles of a letter's head
        "50 630 300 90 re S ",  # a frame
    ],
    ids=["shades", "white", "underlines", "head", "frame"],
)
def test_what_is_drawn_round_words_is_no_table(tmp_path: Path, drawn: str) -> None:
    assert _cells(_lines(tmp_path / "p.pdf", drawn + " 0 g " + WORDS)) == {}
