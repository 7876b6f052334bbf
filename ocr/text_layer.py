"""Words of a PDF's own text layer, and the rules drawn beside them, through pdfplumber, in displayed points.

pdfplumber's ``Page`` is built from a page whose box and turn we set to our own geometry first, so that its coordinates
are the displayed ones whatever CropBox, /Rotate or reversed boxes say. Pages are dropped after use: pdfplumber keeps
every character of a page that it has seen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from itertools import groupby
from typing import Any

import regex
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfpage import LITERAL_PAGE, PDFPage
from pdfminer.pdftypes import dict_value, resolve1
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.text import dedupe_chars, extract_words

from normalize.canonical import canonical
from ocr.layer_rules import drawn_rules
from ocr.pdf_geometry import PageGeometry
from ocr.tree import Box, Ink, Word

__all__ = ["ENGINE", "LayerPage", "TextLayer"]

ENGINE = "pdf text layer"
# Gap that ends a word, in font sizes. A space of Times is 0.25; kerned capitals of letterheads stay below 0.15.
_WORD_GAP = 0.15
_MAX_SLANT = 5.0  # degrees off a quarter turn: beyond lie watermarks
_UNMAPPED = regex.compile(r"\(cid:\d+\)")  # how pdfminer writes a glyph without Unicode
_MAX_TREE_DEPTH = 100
_CONTROLS = regex.compile(r"[\p{Cc}\p{Co}\p{Cs}]+")
# Quarter turn of the characters (counter-clockwise) to pdfplumber's directions of lines and of characters.
_DIRECTIONS = {0: ("ttb", "ltr"), 90: ("ltr", "btt"), 180: ("btt", "rtl"), 270: ("rtl", "ttb")}


@dataclass(frozen=True, slots=True)
class LayerPage:
    """What a page's commands write and draw, in displayed points.

    Attributes:
        words: Those of invisible text too; slanted watermarks are left out.
        rules: Lying and standing rules as thin boxes, from ``ocr.layer_rules``.
    """

    words: list[Word]
    rules: list[Box]


class TextLayer:
    """The text layer of one open PDF.

    Args:
        handle: An open file or bytes in memory; must stay open as long as this.
        page_ids: Object numbers of the pages, in order, as far as they are known: one page is found without walking
            through all before it, and a damaged page costs only its own words.
        engine: What the words name as their origin.

    Raises:
        Exception: Anything that pdfminer raises on damaged files; there is no common base.
    """

    def __init__(self, handle: BufferedReader | BytesIO, page_ids: Sequence[int] = (), *, engine: str = ENGINE) -> None:
        self._plumber = PDF(handle, stream_is_external=True, raise_unicode_errors=False)
        self._page_ids = page_ids
        self._engine = engine
        self._coming = PDFPage.create_pages(self._plumber.doc)
        self._pages: list[PDFPage] = []

    def page(self, index: int, geometry: PageGeometry) -> LayerPage:
        """The page at ``index`` from 0.

        Raises:
            IndexError: pdfminer finds no such page.
            Exception: Anything that pdfminer raises on damaged pages.
        """
        found = self._page_by_id(index) or self._page_by_walking(index)
        page = _as_displayed(self._plumber, found, geometry)
        chars = [char for char in page.chars if char["text"] and _is_on(page, char)]
        turns = _by_turn(dedupe_chars(chars))
        words = [word for turned in turns for word in _words(turned, geometry.user_unit, self._engine)]
        return LayerPage(words, drawn_rules(page, geometry.user_unit))

    def _page_by_id(self, index: int) -> PDFPage | None:
        """The page, its boxes left out as ours will be set; None where it cannot be had without its parents."""
        if index >= len(self._page_ids):
            return None
        try:
            attrs = dict_value(self._plumber.doc.getobj(self._page_ids[index]))
        except PDFObjectNotFound:
            return None
        resources = _inherited(attrs, "Resources")
        if resources is None or attrs.get("Type") is not LITERAL_PAGE:
            return None
        own = {key: value for key, value in attrs.items() if not key.endswith("Box")}
        return PDFPage(
            self._plumber.doc, self._page_ids[index], {**own, "Resources": resources, "MediaBox": [0, 0, 1, 1]}, None
        )

    def _page_by_walking(self, index: int) -> PDFPage:
        while len(self._pages) <= index:
            page = next(self._coming, None)
            if page is None:
                raise IndexError(index)
            self._pages.append(page)
        return self._pages[index]


def _inherited(node: Any, key: str) -> Any:
    """The value of ``key`` in the page or the nearest of its parents; None without one."""
    for _ in range(_MAX_TREE_DEPTH):
        if not isinstance(node, dict):
            break
        if key in node:
            return node[key]
        node = resolve1(node.get("Parent"))
    return None


def _as_displayed(plumber: PDF, page: PDFPage, geometry: PageGeometry) -> PlumberPage:
    page.mediabox = page.cropbox = (geometry.left, geometry.bottom, geometry.right, geometry.top)
    page.rotate = geometry.rotation
    # pdfplumber reads its own page size from these; pdfminer has already turned the characters.
    box = [0.0, 0.0, geometry.width / geometry.user_unit, geometry.height / geometry.user_unit]
    page.attrs = {**page.attrs, "MediaBox": box, "CropBox": box, "Rotate": 0}
    return PlumberPage(plumber, page, page_number=1)


def _is_on(page: PlumberPage, char: dict[str, Any]) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(0 <= across <= page.width and 0 <= down <= page.height)


def _by_turn(chars: list[dict[str, Any]]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Characters by their quarter turn; slanted ones are dropped."""
    turned: dict[int, list[dict[str, Any]]] = {}
    for char in chars:
        a, b = char["matrix"][:2]
        angle = math.degrees(math.atan2(b, a)) % 360
        quarter = round(angle / 90)
        if abs(angle - quarter * 90) <= _MAX_SLANT:
            turned.setdefault(quarter % 4 * 90, []).append(char)
    yield from sorted(turned.items())


def _words(turned: tuple[int, list[dict[str, Any]]], scale: float, engine: str) -> Iterator[Word]:
    turn, chars = turned
    lines, letters = _DIRECTIONS[turn]
    # pdfplumber tells horizontal from vertical by "upright"; the turn has done that already and more exactly.
    for char in chars:
        char["upright"] = turn in {0, 180}
    found = extract_words(
        chars,
        x_tolerance_ratio=_WORD_GAP,
        y_tolerance_ratio=_WORD_GAP if turn in {90, 270} else None,
        line_dir=lines,
        char_dir=letters,
        line_dir_rotated=lines,
        char_dir_rotated=letters,
        return_chars=True,
    )
    for word in found:
        box = Box(
            max(word["x0"], 0.0) * scale,
            max(word["top"], 0.0) * scale,
            max(word["x1"], word["x0"], 0.0) * scale,
            max(word["bottom"], word["top"], 0.0) * scale,
        )
        yield from _split(_clean(word["text"]), box, _ink(word["chars"][0]), engine)


def _clean(text: str) -> str:
    return canonical(_CONTROLS.sub(" ", _UNMAPPED.sub("\ufffd", text)))


def _split(text: str, box: Box, ink: Ink, engine: str) -> Iterator[Word]:
    """One word as a rule; where cleaning left spaces inside, the box is shared out by letters."""
    end = 0
    for is_space, run in groupby(text, key=str.isspace):
        start, part = end, "".join(run)
        end += len(part)
        if not is_space:
            share = box.width / len(text)
            yield Word(part, Box(box.x0 + start * share, box.y0, box.x0 + end * share, box.y1), 1.0, ink, engine)


def _ink(char: dict[str, Any]) -> Ink:
    """Colour family of an RGB fill; grey, CMYK and patterns count as black."""
    colour = char.get("non_stroking_color")
    if not isinstance(colour, tuple) or len(colour) != 3 or not all(isinstance(c, int | float) for c in colour):
        return Ink.BLACK
    red, green, blue = colour
    if red > 0.5 and max(green, blue) < red / 2:
        return Ink.RED
    return Ink.BLUE if blue > 0.5 and red < blue / 2 else Ink.BLACK
