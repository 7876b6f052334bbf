"""What is drawn at a place of the page is found there in pixels and in points, whatever the page's boxes say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array

from normalize.errors import TooLargeError
from ocr.pdf_geometry import PageGeometry, clean_rotation, clean_user_unit
from ocr.sources import open_source
from ocr.tree import Box
from tests.hostile import text_page

# Displayed boxes of the rectangle (20, 30)-(60, 50) of user space, worked out by hand.
# (MediaBox, CropBox, /Rotate, /UserUnit) -> (displayed size, displayed box)
PAGES = {
    "plain": (((0, 0, 200, 300), None, 0, None), ((200, 300), (20, 250, 60, 270))),
    "rotate 90": (((0, 0, 200, 300), None, 90, None), ((300, 200), (30, 20, 50, 60))),
    "rotate 180": (((0, 0, 200, 300), None, 180, None), ((200, 300), (140, 30, 180, 50))),
    "rotate 270": (((0, 0, 200, 300), None, 270, None), ((300, 200), (250, 140, 270, 180))),
    "rotate -90": (((0, 0, 200, 300), None, -90, None), ((300, 200), (250, 140, 270, 180))),
    "rotate 450": (((0, 0, 200, 300), None, 450, None), ((300, 200), (30, 20, 50, 60))),
    "rotate 45": (((0, 0, 200, 300), None, 45, None), ((200, 300), (20, 250, 60, 270))),
    "rotate 135": (((0, 0, 200, 300), None, 135, None), ((200, 300), (20, 250, 60, 270))),
    "off the origin": (((-50, 10, 150, 310), None, 0, None), ((200, 300), (70, 260, 110, 280))),
    "reversed": (((200, 300, 0, 0), None, 0, None), ((200, 300), (20, 250, 60, 270))),
    "cropped": (((0, 0, 200, 300), (10, 20, 190, 280), 0, None), ((180, 260), (10, 230, 50, 250))),
    "cropped and turned": (((0, 0, 200, 300), (10, 20, 190, 280), 90, None), ((260, 180), (10, 10, 30, 50))),
    "crop beyond media": (((0, 0, 200, 300), (10, -90, 900, 280), 0, None), ((190, 280), (10, 230, 50, 250))),
    "crop reversed": (((0, 0, 200, 300), (190, 280, 10, 20), 0, None), ((180, 260), (10, 230, 50, 250))),
    "unit 2": (((0, 0, 200, 300), None, 0, 2), ((400, 600), (40, 500, 120, 540))),
    "unit 1.5, cropped, turned": (((0, 0, 200, 300), (10, 20, 190, 280), 270, 1.5), ((390, 270), (345, 195, 375, 255))),
    "broken sizes": (((0, 0, 200.4, 299.7), None, 0, None), ((200.4, 299.7), (20, 249.7, 60, 269.7))),
}


@pytest.mark.parametrize("name", PAGES)
def test_rectangle_is_where_the_geometry_says(tmp_path: Path, name: str) -> None:
    boxes, (size, expected) = PAGES[name]
    path = _page(tmp_path / "page.pdf", boxes, b"20 30 40 20 re f")
    with open_source([path]) as source, source.page(1) as page:
        assert (page.width, page.height) == pytest.approx(size, abs=0.01)
        for dpi in (72, 200):
            image = page.render(dpi)
            assert image.shape[:2] == (round(size[1] * dpi / 72), round(size[0] * dpi / 72))
            assert _ink(image, dpi) == pytest.approx(expected, abs=1.5 * 72 / dpi)


@pytest.mark.parametrize("name", PAGES)
def test_words_lie_on_their_ink(tmp_path: Path, name: str) -> None:
    boxes, (size, _) = PAGES[name]
    path = _page(tmp_path / "page.pdf", boxes, b"BT /F 12 Tf 60 100 Td (HOA MAI) Tj ET")
    with open_source([path]) as source, source.page(1) as page:
        words = page.layer_words()
        ink = _ink(page.render(288), 288)
    assert [word.text for word in words] == ["HOA", "MAI"]
    around = Box.around(word.box for word in words)
    assert around.x1 <= size[0]
    assert around.y1 <= size[1]
    # Word boxes hold the font's full height: they go beyond the ink of capitals by some points, never the other way.
    room = 7 * (boxes[3] or 1)
    assert around.x0 - 0.6 <= ink[0] < around.x0 + room
    assert around.y0 - 0.6 <= ink[1] < around.y0 + room
    assert around.x1 - room < ink[2] <= around.x1 + 0.6
    assert around.y1 - room < ink[3] <= around.y1 + 0.6


def test_inherited_box_and_turn_count(tmp_path: Path) -> None:
    path = tmp_path / "inherited.pdf"
    with pikepdf.new() as pdf:
        page = text_page(pdf, b"20 30 40 20 re f")
        del page.obj.MediaBox
        pdf.Root.Pages.MediaBox = Array([0, 0, 200, 300])
        pdf.Root.Pages.Rotate = 90
        pdf.save(path)
    with open_source([path]) as source, source.page(1) as opened:
        assert (opened.width, opened.height) == (300, 200)
        assert _ink(opened.render(72), 72) == pytest.approx((30, 20, 50, 60), abs=1)
        assert opened.warnings == ()


WILD_BOXES = {
    "a name and wild numbers": ("CropBox", [-1, Decimal("0.5"), -2147483648, pikepdf.Name.Wild], "odd_crop_box"),
    "beside the page": ("CropBox", [500, 500, 600, 600], "odd_crop_box"),
    "a hair's breadth": ("CropBox", [10, 10, Decimal("10.0001"), 250], "odd_crop_box"),
    "a page of nothing": ("MediaBox", [5, 5, Decimal("5.0002"), Decimal("5.0002")], "odd_page_box"),
}


@pytest.mark.parametrize("name", WILD_BOXES)
def test_a_wild_box_gives_way_to_the_page(tmp_path: Path, name: str) -> None:
    key, box, warning = WILD_BOXES[name]
    path, wild = tmp_path / "wild.pdf", Array(box)
    with pikepdf.new() as pdf:
        page = text_page(pdf, b"BT /F 12 Tf 60 100 Td (HOA MAI) Tj ET")
        text_page(pdf, b"BT /F 12 Tf 60 100 Td (HOA DAO) Tj ET")
        del page.obj.MediaBox
        pdf.Root.Pages.MediaBox = Array([0, 0, 200, 300])
        page.obj[f"/{key}"] = wild
        pdf.save(path)
    with open_source([path]) as source:
        for _ in range(2):  # what was set right when the page was first opened is still told
            with source.page(1) as opened:
                assert (opened.width, opened.height) == ((200, 300) if key == "CropBox" else (612, 792))
                assert [word.text for word in opened.layer_words()] == ["HOA", "MAI"]
                assert opened.render(72).min() < 128
                assert [told.partition(":")[0] for told in opened.warnings] == [warning]
        with source.page(2) as opened:
            assert [word.text for word in opened.layer_words()] == ["HOA", "DAO"]
            assert opened.warnings == ()


def test_a_page_without_end_is_too_large_to_be_drawn(tmp_path: Path) -> None:
    path = _page(tmp_path / "endless.pdf", ((0, 0, 2147483648, 2147483648), None, 0, None), b"20 30 40 20 re f")
    with open_source([path]) as source, source.page(1) as page, pytest.raises(TooLargeError):
        page.render(72)


def test_boxes_are_clipped_to_the_page() -> None:
    geometry = PageGeometry(0, 0, 200, 300)
    assert geometry.around([(-50, -50), (1000, 20)]) == Box(0, 280, 200, 300)
    assert geometry.around([(500, 500), (600, 600)]) == Box(200, 0, 200, 0)


@pytest.mark.parametrize(
    ("raw", "clean", "odd"),
    [(0, 0, False), (90, 90, False), (-90, 270, False), (720, 0, False), (45, 0, True), (90.5, 0, True)],
)
def test_rotation(raw: float, clean: int, odd: bool) -> None:
    rotation, warning = clean_rotation(raw)
    assert rotation == clean
    assert (warning is not None) is odd


def test_user_unit() -> None:
    assert clean_user_unit(2.5) == (2.5, None)
    for bad in (0, -1, float("nan"), 1e9, "two"):
        assert clean_user_unit(bad)[0] == 1.0
        assert clean_user_unit(bad)[1]


def test_a_page_has_an_area() -> None:
    with pytest.raises(ValueError, match="area"):
        PageGeometry(0, 0, 0, 10)
    with pytest.raises(ValueError, match="quarters"):
        PageGeometry(0, 0, 10, 10, 45)


def _page(path: Path, boxes: tuple, content: bytes) -> Path:
    media, crop, rotate, unit = boxes
    with pikepdf.new() as pdf:
        page = text_page(pdf, content)
        page.obj.MediaBox = Array(list(media))
        page.obj.Rotate = rotate
        if crop:
            page.obj.CropBox = Array(list(crop))
        if unit:
            page.obj.UserUnit = unit
        pdf.save(path)
    return path


def _ink(image: np.ndarray, dpi: int) -> tuple[float, ...]:
    """The box of everything dark, in points."""
    rows, columns = np.nonzero(image.min(axis=2) < 128)
    edges = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    return tuple(float(edge) * 72 / dpi for edge in edges)
