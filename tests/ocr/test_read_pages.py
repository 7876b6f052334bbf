from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from normalize.errors import BlankRenderError, DamagedInputError, UsageError
from ocr.engine import Orientation, RawWord
from ocr.read import joined, read_document, read_pages
from ocr.tree import Document, Page


class OneWord:
    """An engine that finds one word on each page, made of its height."""

    name = "one word"

    def read(self, image, *, dpi, segmentation, seconds):
        return [RawWord(f"trang{image.shape[0]}", 100, 100, 400, 150, 0.95)] if image.shape[0] > 500 else []

    def second_reader(self):
        return None

    def orientation(self, image, *, dpi, seconds):
        return Orientation(0, 10.0)


@pytest.fixture
def images(tmp_path) -> list[Path]:
    paths = []
    for number in range(1, 6):
        paths.append(tmp_path / f"{number}.png")
        page = np.full((1800 + 100 * number, 1200), 255, np.uint8)
        page[100:150, 100:400:12] = 0
        Image.fromarray(page).save(paths[-1], dpi=(300, 300))
    return paths


def test_parts_read_in_any_order_make_the_document_that_is_read_at_once(images):
    whole = read_document(images, name="hồ sơ", engine=OneWord())
    seen: list[int] = []
    parts = [
        read_pages(images, name="hồ sơ", engine=OneWord(), pages=pages, on_page=lambda page: seen.append(page.number))
        for pages in (range(4, 6), range(1, 3), range(3, 4))
    ]
    assert seen == [4, 5, 1, 2, 3]
    assert [page.number for page in parts[0].pages] == [4, 5]
    pages = sorted((page for part in parts for page in part.pages), key=lambda page: page.number)
    assert joined(parts[0], tuple(pages)) == whole
    assert len({line.words[0].text for page in whole.pages for line in page.lines}) == 5


def test_pages_of_a_pdf_are_read_by_number(tmp_path):
    path = tmp_path / "dai.pdf"
    with pikepdf.new() as pdf:
        for number in range(1, 5):
            pdf.add_blank_page(page_size=(200 + number, 300))
        pdf.save(path)
    part = read_pages([path], engine=OneWord(), pages=range(2, 4))
    assert [(page.number, page.width) for page in part.pages] == [(2, 202), (3, 203)]
    with pytest.raises(UsageError, match="4 pages"):
        read_pages([path], engine=OneWord(), pages=range(3, 6))


@pytest.mark.parametrize("numbers", [(), (1, 3), (1, 1, 2)])
def test_parts_that_make_no_whole_are_refused(numbers):
    with pytest.raises(UsageError):
        joined(Document("a.pdf", ()), [Page(number, 100, 100) for number in numbers])


def test_a_document_without_any_readable_page_is_an_error_only_when_it_is_whole():
    part = Document("a.pdf", ())
    lost = Page(1, 100, 100, warnings=("failed: blank_render",))
    also_lost = Page(2, 100, 100, warnings=("layer_too_long: 9", "failed: damaged_input"))
    fine = Page(2, 100, 100, warnings=("blank",))
    with pytest.raises(BlankRenderError, match=r"a\.pdf"):
        joined(part, [lost, also_lost])
    assert joined(part, [lost, fine]).pages[0].warnings == ("failed: blank_render",)
    with pytest.raises(DamagedInputError):
        joined(part, [Page(1, 9, 9, warnings=("failed: damaged_input",))])
