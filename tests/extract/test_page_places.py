"""Where tokens stand is found out some pages at a time; what comes of it is the same as of all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from extract import page_places, pipeline
from extract import tokens as tokens_module
from extract.read_record import extract_document
from extract.record import Source
from extract.tokens import tokens_from_document
from ocr.tree import Document, Line, Page, Role, TextFrom
from tests.extract.placed_pages import HEIGHT, WIDTH, head, placed

_PAGES = 9


def _body(number: int) -> Iterator[Line]:
    yield placed(
        f"{number}. Xã Đồng Mây {number} đạt {number + 3}/19 tiêu chí, thưởng {number}.500.000 đồng", 90, 200, Role.BODY
    )
    yield placed("theo Công văn số 12/SNV-TC ngày 05/3/2029 của Sở Nội vụ và Quyết định số", 70, 216, Role.BODY)
    if number % 3 == 0:
        yield placed("hội thi", 70, 20, Role.STAMP)


def _page(number: int) -> Page:
    """The last words of a page are the first of a citation that goes on overleaf."""
    opening = (
        head() if number == 1 else [placed(f"{number}1/QĐ-UBND ngày 0{number}/4/2029 của UBND tỉnh", 70, 60, Role.BODY)]
    )
    skew = 1.5 if number % 2 else 0.0
    return Page(number, WIDTH, HEIGHT, (*opening, *_body(number)), TextFrom.IMAGE, skew=skew)


def _document() -> Document:
    blank = Page(_PAGES + 1, WIDTH, HEIGHT)
    return Document("a.pdf", (*map(_page, range(1, _PAGES)), Page(_PAGES, WIDTH, HEIGHT), blank, _page(_PAGES + 2)))


@pytest.mark.parametrize("pages_at_once", [1, 2, 4])
def test_a_long_document_has_the_record_of_a_short_one(monkeypatch: pytest.MonkeyPatch, pages_at_once: int) -> None:
    document = _document()
    source = Source(name="a.pdf", pages=len(document.pages))
    at_once = extract_document(document, source)
    monkeypatch.setattr(page_places, "PAGES_AT_ONCE", pages_at_once)
    monkeypatch.setattr(tokens_module, "PAGES_AT_ONCE", pages_at_once)
    monkeypatch.setattr(page_places, "_KEPT", 1)
    monkeypatch.setattr(pipeline, "_LONGEST_DOC", 0)
    assert extract_document(document, source) == at_once
    overleaf = [value for value in at_once.values if len({place.page for place in value.where}) > 1]
    assert overleaf, "no value runs over the end of a page"


class _Noting(Sequence[Page]):
    """Notes which pages are asked for."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.asked: list[int] = []
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        self.asked.append(index)
        return self._pages[index]


def test_only_pages_that_are_asked_for_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_places, "PAGES_AT_ONCE", 2)
    monkeypatch.setattr(tokens_module, "PAGES_AT_ONCE", 2)
    pages = _Noting(_document().pages)
    tokens = tokens_from_document(Document("a.pdf", pages))
    pages.asked.clear()
    line = next(line for line in tokens.lines if line.page == 4)
    (part,) = tokens.placed([(line.start, line.end)])
    assert part.displayed[0] == 70.0
    assert pages.asked == [2, 3]
    tokens.placed([(line.start, line.end)])
    assert pages.asked == [2, 3]
