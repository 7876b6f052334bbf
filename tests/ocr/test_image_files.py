"""PNG, JPEG and TIFF of every mode as pages: size in points, upright, eight bits on white paper."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from normalize.errors import DamagedInputError, TooLargeError, UnsupportedInputError
from ocr.limits import Limits
from ocr.sources import open_source
from tests.hostile import lines_image

A4_PIXELS = (1654, 2339)  # at 200 dpi


def _marked(size: tuple[int, int] = (827, 1169)) -> Image.Image:
    """White with a black block in the upper left corner."""
    image = Image.new("RGB", size, "white")
    image.paste((0, 0, 0), (0, 0, size[0] // 4, size[1] // 8))
    return image


def _is_marked(image: np.ndarray) -> bool:
    high, wide = image.shape[:2]
    corner = image[: high // 10, : wide // 5]
    return bool(corner.max() < 60 and image[high // 5 :, wide // 3 :].min() > 200)


def test_size_comes_from_a_sane_tag(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.new("L", A4_PIXELS, 255).save(path, dpi=(200, 200))
    with open_source([path]) as source, source.page(1) as page:
        assert (page.width, page.height) == pytest.approx((595.4, 842.0), abs=0.2)
        assert page.native_dpi == pytest.approx(200, abs=0.1)
        assert page.image_coverage == 1.0
        assert page.layer_words() == []
        assert page.warnings == ()
        assert page.render(200).shape == (2339, 1654, 3)
        assert page.render(100).shape == (round(page.height * 100 / 72), round(page.width * 100 / 72), 3)


@pytest.mark.parametrize("dpi", [None, (72, 72), (1, 1), (96, 96)])
def test_size_is_a4_where_the_tag_makes_no_paper(tmp_path: Path, dpi: tuple[int, int] | None) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (3024, 4032), "white").save(path, **({"dpi": dpi} if dpi else {}))
    with open_source([path]) as source, source.page(1) as page:
        assert page.height == pytest.approx(841.9, abs=0.1)
        assert page.native_dpi == pytest.approx(4032 / 11.69, rel=0.001)
        assert [warning.split(":")[0] for warning in page.warnings] == ["no_resolution"]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns(tmp_path: Path, orientation: int) -> None:
    """A phone stores the sensor's picture and says how to turn it."""
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = _marked().transpose(undo) if undo is not None else _marked()
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.jpg"
    stored.save(path, exif=exif, quality=90)
    with open_source([path]) as source, source.page(1) as page:
        assert page.height > page.width
        image = page.render(100)
        assert image.shape[:2] == (round(page.height * 100 / 72), round(page.width * 100 / 72))
        assert _is_marked(image)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "F"])
def test_modes(tmp_path: Path, mode: str) -> None:
    image = _marked()
    if mode in {"I;16", "F"}:
        values = np.asarray(image.convert("L"))
        image = Image.fromarray(values.astype(np.uint16) * 257 if mode == "I;16" else values / np.float32(255))
        assert image.mode == mode
    else:
        image = image.convert(mode)
    path = tmp_path / "page.tif"
    image.save(path, dpi=(100, 100))
    with open_source([path]) as source, source.page(1) as page:
        drawn = page.render(100)
    assert drawn.dtype == np.uint8
    assert drawn.shape == (1169, 827, 3)
    assert _is_marked(drawn)


def test_cmyk_negative_is_turned(tmp_path: Path) -> None:
    """Pillow takes every CMYK JPEG for Photoshop's negative; programs that store it straight are read the wrong way."""
    path = tmp_path / "page.jpg"
    ImageChops.invert(_marked().convert("CMYK")).save(path)
    with open_source([path]) as source, source.page(1) as page:
        assert _is_marked(page.render(100))
        assert "inverted_cmyk" in [warning.split(":")[0] for warning in page.warnings]


def test_twelve_bits_in_sixteen(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    Image.fromarray(np.asarray(_marked().convert("L")).astype(np.uint16) * 16).save(path)
    with open_source([path]) as source, source.page(1) as page:
        assert _is_marked(page.render(100))


def test_transparent_parts_are_paper(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    image = Image.new("RGBA", (827, 1169), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 206, 146))
    image.save(path)
    with open_source([path]) as source, source.page(1) as page:
        assert _is_marked(page.render(100))


def test_tiff_pages_and_previews(tmp_path: Path) -> None:
    """Three frames of which the second is marked as a small copy of the first."""
    path = tmp_path / "dossier.tif"
    pages = [Image.new("L", (827, 1169), 255), Image.new("L", (80, 117), 0), Image.new("L", (1169, 827), 0)]
    pages[1].encoderinfo = {"tiffinfo": {254: 1}}
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(100, 100))
    with open_source([path]) as source:
        assert source.page_count == 2
        sizes = [(page.number, page.width > page.height, int(page.render(50).max())) for page in source.pages()]
    assert sizes == [(1, False, 255), (2, True, 0)]


def test_second_frame_of_a_phone_photo_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    _marked().save(path, "MPO", save_all=True, append_images=[Image.new("RGB", (100, 100))])
    with open_source([path]) as source, source.page(1) as page:
        assert source.page_count == 1
        assert _is_marked(page.render(100))


def test_large_pictures_keep_within_the_budget(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    lines_image((1000, 1400)).save(path)
    limits = Limits(page_pixels=100_000, page_side=300)
    with open_source([path], limits=limits) as source, source.page(1) as page:
        image = page.render(300)
        assert max(image.shape) <= 300
        assert page.affordable_dpi(300) < 30
        assert page.affordable_dpi(10) == 10
        assert image.min() < 100
        assert "dpi_lowered" in [warning.split(":")[0] for warning in page.warnings]


def test_too_many_pixels(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    Image.new("1", (2000, 2000)).save(path)
    with pytest.raises(TooLargeError, match="image_pixels"), open_source([path], limits=Limits(image_pixels=3_000_000)):
        pass


def test_cut_files_fail_when_drawn(tmp_path: Path) -> None:
    for name, kind in (("a.jpg", "JPEG"), ("a.png", "PNG")):
        path = tmp_path / name
        lines_image((827, 1169)).save(path, kind)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with open_source([path]) as source, source.page(1) as page, pytest.raises(DamagedInputError):
            page.render(72)


def test_image_with_a_head_only(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with pytest.raises((UnsupportedInputError, DamagedInputError)), open_source([path]):
        pass


def test_the_limits_decide_not_pillow(tmp_path: Path) -> None:
    """Pillow by itself refuses more than 179 million pixels, and the message must name the limit to raise."""
    path = tmp_path / "large.png"
    Image.new("1", (14_000, 13_000), 1).save(path)
    with open_source([path]) as source:
        assert source.page_count == 1
    for pixels in (100_000_000, 50_000_000):  # the latter is refused by Pillow itself
        with (
            pytest.raises(TooLargeError, match="image_pixels"),
            open_source([path], limits=Limits(image_pixels=pixels)),
        ):
            pass
