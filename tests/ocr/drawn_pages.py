"""Pages of invented text drawn with a system font, for tests that read them back with the real engine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

DPI = 300
A5 = (1748, 2480)
BLACK, RED, BLUE = (20, 20, 20), (215, 30, 45), (40, 70, 200)
LINES = (
    "Ủy ban nhân dân xã Đồng Lau báo cáo kết quả",
    "xây dựng nông thôn mới giai đoạn 2016 - 2019",
    "trên địa bàn xã với tổng kinh phí 1.250 triệu đồng",
    "Nhân dân đã hiến đất, góp công làm đường thôn",
    "và tu sửa kênh mương phục vụ sản xuất vụ mùa",
    "Các hộ gia đình tích cực tham gia hưởng ứng",
    "phong trào thi đua do huyện Suối Trong phát động",
    "Đề nghị cấp trên xem xét, khen thưởng kịp thời",
    "đối với tập thể và cá nhân có thành tích tốt",
    "Thôn Bãi Sậy hoàn thành trước thời hạn ba tháng",
)

Rgb = NDArray[np.uint8]


def draw(
    placed: Sequence[tuple[int, int, str, tuple[int, int, int]]],
    *,
    size: tuple[int, int] = A5,
    points: float = 13,
    dpi: int = DPI,
) -> Rgb:
    """White paper with texts at (x, y of their top) in pixels, in their colours."""
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    font = _font(round(points * dpi / 72))
    for x, y, text, colour in placed:
        pen.text((x, y), text, font=font, fill=colour)
    return np.array(page)


def text_page(lines: Sequence[str] = LINES, *, scale: float = 1.0) -> Rgb:
    """A page of ordinary lines at 300 dpi times ``scale``."""
    size = (round(A5[0] * scale), round(A5[1] * scale))
    placed = [(round(180 * scale), round((220 + 95 * i) * scale), line, BLACK) for i, line in enumerate(lines)]
    return draw(placed, size=size, dpi=round(DPI * scale))


def turned(page: Rgb, degrees: float) -> Rgb:
    """The page turned counter-clockwise about its centre on white."""
    return np.array(Image.fromarray(page).rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white"))


def with_seal(page: Rgb, centre: tuple[int, int], radius: int, colour: tuple[int, int, int] = RED) -> Rgb:
    """A round seal of two rings, mixed with what it lies on as ink is: the darker of both in each channel."""
    stamp = Image.new("RGB", (page.shape[1], page.shape[0]), "white")
    pen = ImageDraw.Draw(stamp)
    for ring in (radius, round(radius * 0.8)):
        box = (centre[0] - ring, centre[1] - ring, centre[0] + ring, centre[1] + ring)
        pen.ellipse(box, outline=colour, width=5)
    return np.minimum(page, np.array(stamp))


@lru_cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    for name in ("Tinos-Regular.ttf", "DejaVuSerif.ttf", "LiberationSerif-Regular.ttf"):
        for folder in ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts"):
            found = next(iter(sorted(Path(folder).rglob(name))), None)
            if found is not None:
                return ImageFont.truetype(str(found), pixels)
    raise FileNotFoundError("no font with Vietnamese letters: install fonts-croscore")
