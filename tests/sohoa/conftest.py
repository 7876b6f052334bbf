"""A small fictional page, drawn once a session; reading it takes Tesseract about a second."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from sohoa.evidence import label_font

_LEFT = ("UBND HUYỆN LONG PHÚ", "PHÒNG NỘI VỤ", "Số: 15/TB-PNV")
_RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Long Phú, ngày 12 tháng 5 năm 2031")
_BODY = ("THÔNG BÁO", "Về việc họp thôn Bãi Sậy", "Phòng Nội vụ mời bà con đến họp.")
_DPI = 200


def draw_page(path: Path, *, mark: str = "", body: tuple[str, ...] = _BODY) -> Path:
    """An A5 page, landscape, 200 dpi; ``mark`` is stamped in red under the number."""
    image = Image.new("RGB", (round(8.27 * _DPI), round(5.83 * _DPI)), "white")
    draw = ImageDraw.Draw(image)
    font = label_font(34)
    for row, (left, right) in enumerate(zip(_LEFT, _RIGHT, strict=True)):
        draw.text((380, 90 + 62 * row), left, font=font, fill="black", anchor="mm")
        draw.text((1180, 90 + 62 * row), right, font=font, fill="black", anchor="mm")
    if mark:
        draw.rectangle((320, 290, 520, 360), outline=(200, 20, 40), width=5)
        draw.text((420, 325), mark, font=label_font(44), fill=(200, 20, 40), anchor="mm")
    for row, line in enumerate(body):
        draw.text((827, 440 + 80 * row), line, font=font, fill="black", anchor="mm")
    image.save(path, dpi=(_DPI, _DPI))
    return path


@pytest.fixture(scope="session", autouse=True)
def runs_hear_interrupts() -> None:
    """A shell starts what it puts into the background deaf to Ctrl-C, and the runs of the tests would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def drawn_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notice 15/TB-PNV of 12/5/2031."""
    return draw_page(tmp_path_factory.mktemp("drawn") / "page.png")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An empty folder of inputs."""
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that is not there yet."""
    return tmp_path / "out"
