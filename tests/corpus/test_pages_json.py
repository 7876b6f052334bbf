"""``pages.json`` gives back what was read."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from corpus.pages_json import document_from_json, document_pieces, document_to_json, page_from_json
from normalize.errors import DamagedInputError
from ocr.tree import Box, Cell, DigitalSignature, Document, Ink, Line, Page, Role, TextFrom, Word


def _document() -> Document:
    word = Word("Số:", Box(70.25, 100.5, 95.0, 112.75), 0.913, Ink.BLACK, "tesseract-vie")
    stamp = Word("ĐẾN", Box(60.0, 150.0, 90.0, 162.0), 0.5, Ink.RED, "tesseract-vie")
    page = Page(
        number=1,
        width=595.28,
        height=841.89,
        lines=(
            Line((word,), Role.HEAD_LEFT),
            Line((word,), Role.TABLE, Cell(0, 2, 1)),
            Line((word,), Role.TABLE, Cell(0, 3, 0, 2, 3)),
            Line((stamp,), Role.INCOMING_STAMP),
        ),
        text_from=TextFrom.IMAGE,
        orientation=90,
        skew=-0.734,
        vietnamese=0.875,
        warnings=("low_resolution: 120 dpi",),
    )
    signature = DigitalSignature(
        "Văn thư", "UBND xã Long Phú", datetime(2031, 5, 12, tzinfo=UTC), None, 1, Box(1.0, 2.0, 3.0, 4.0)
    )
    return Document("a.pdf", (page, Page(2, 10.0, 10.0)), (signature, DigitalSignature(None, None, None)), ("signed",))


def test_round_trip() -> None:
    document = _document()
    assert document_from_json(document_to_json(document)) == document


def test_each_page_is_a_piece_of_one_line() -> None:
    document = _document()
    first, *pages, last = document_pieces(document)
    assert [page_from_json(page) for page in pages] == list(document.pages)
    assert document_from_json("\n".join([first, *pages, last])) == document
    assert not any("\n" in piece for piece in (first, *pages))
    with pytest.raises(DamagedInputError):
        page_from_json(pages[0][:-9])


def test_names_are_those_of_the_contract() -> None:
    tree = json.loads(document_to_json(_document()))
    assert tree["schema"] == "sohoa/pages/1"
    page = tree["pages"][0]
    assert page["lines"][0]["words"][0] == {
        "text": "Số:",
        "box": [70.25, 100.5, 95.0, 112.75],
        "confidence": 0.913,
        "ink": "black",
        "engine": "tesseract-vie",
    }
    assert page["lines"][1]["cell"] == [0, 2, 1]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"schema": "sohoa/pages/2"}', '{"schema": "sohoa/pages/1"}'])
def test_what_is_no_pages_json(text: str) -> None:
    with pytest.raises(DamagedInputError):
        document_from_json(text)
