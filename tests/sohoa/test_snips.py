"""Pictures of evidence: cut from the page where the box says, nothing where there is nothing to cut."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from appraise.appraisal import Evidence
from ocr.limits import DEFAULT_LIMITS
from sohoa.snips import Snips

DPI = 150
BOX = (300.0, 400.0, 360.0, 414.0)  # points


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An A4 page, white but for a blue bar in BOX."""
    image = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(image).rectangle([round(edge * DPI / 72) for edge in BOX], fill=(0, 0, 200))
    path = tmp_path_factory.mktemp("snips") / "trang.png"
    image.save(path, dpi=(DPI, DPI))
    return path


def snip(scan: Path, **changes: object) -> Image.Image | None:
    where = Evidence(file="a/trang.png", page=1, box=BOX).model_copy(update=changes)
    png = Snips({"a/trang.png": (scan,)}, DEFAULT_LIMITS)(where)
    return None if png is None else Image.open(io.BytesIO(png))


def test_the_place_stands_in_the_middle_framed_with_the_words_beside_it(page: Path) -> None:
    picture = snip(page)
    assert picture is not None
    assert picture.getpixel((picture.width // 2, picture.height // 2)) == (0, 0, 200)
    assert (214, 90, 0) in {colour for _, colour in picture.getcolors(1 << 20)}
    assert round(picture.width * 72 / DPI) == 320
    assert round(picture.info["dpi"][0]) == DPI


def test_a_place_at_the_edge_is_cut_at_the_edge(page: Path) -> None:
    picture = snip(page, box=(0.0, 0.0, 20.0, 14.0))
    assert picture is not None
    assert picture.width < round(320 * DPI / 72)


@pytest.mark.parametrize(
    "changes",
    [{"box": None}, {"page": 2}, {"file": "b.png"}, {"box": (9000.0, 9000.0, 9010.0, 9010.0)}],
    ids=["no box", "no such page", "no such file", "off the page"],
)
def test_there_is_no_picture_of_nothing(page: Path, changes: dict[str, object]) -> None:
    assert snip(page, **changes) is None


def test_a_file_that_is_gone_has_no_picture(tmp_path: Path) -> None:
    snips = Snips({"a.png": (tmp_path / "a.png",)}, DEFAULT_LIMITS)
    assert snips(Evidence(file="a.png", page=1, box=BOX)) is None
