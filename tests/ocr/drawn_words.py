"""Words set on a page without an engine: boxes as a 300 dpi reading of 13 pt type would give them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ocr.engine import GrayImage, Orientation, RawLine, RawWord, Segmentation
from ocr.prepared import PreparedPage
from ocr.tree import Ink, Role

DPI = 300
WIDTH, HEIGHT = 2480, 3508
LETTER = 44.0
PITCH = 75.0


class NoEngine:
    """An engine that must not be asked."""

    name = "none"

    def read(self, image: GrayImage, *, dpi: int, segmentation: Segmentation, seconds: float) -> list[RawWord]:
        raise AssertionError("no cell is in doubt here")

    def second_reader(self) -> None:
        return None

    def orientation(self, image: GrayImage, *, dpi: int, seconds: float) -> Orientation | None:
        raise AssertionError("nobody asks for the orientation here")


def typeset(
    text: str, x: float, y: float, *, letter: float = LETTER, ink: Ink = Ink.BLACK, confidence: float = 0.95
) -> list[RawWord]:
    """One line whose first word starts at ``x`` and whose letters' tops are at ``y``."""
    words = []
    for part in text.split():
        wide = 0.55 * letter * len(part)
        words.append(RawWord(part, x, y, x + wide, y + letter, confidence, ink))
        x += wide + 0.35 * letter
    return words


def centred(text: str, middle: float, y: float, *, letter: float = LETTER, ink: Ink = Ink.BLACK) -> list[RawWord]:
    line = typeset(text, 0, y, letter=letter, ink=ink)
    return typeset(text, middle - line[-1].x1 / 2, y, letter=letter, ink=ink)


def stacked(texts: Sequence[str], x: float, y: float, *, letter: float = LETTER, pitch: float = PITCH) -> list[RawWord]:
    return [word for i, text in enumerate(texts) for word in typeset(text, x, y + i * pitch, letter=letter)]


def prepared(gray: GrayImage | None = None) -> PreparedPage:
    """A white A4 page, or ``gray``."""
    gray = np.full((HEIGHT, WIDTH), 255, np.uint8) if gray is None else gray
    scale = 72 / DPI
    matrix = np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]])
    height, width = gray.shape
    return PreparedPage(gray, None, None, DPI, 0, 0.0, width * scale, height * scale, matrix)


def ruled(xs: Sequence[int], ys: Sequence[int], *, thick: int = 3) -> GrayImage:
    """A white page with a grid of rules at ``xs`` and ``ys``."""
    gray = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for x in xs:
        cv2.line(gray, (x, ys[0]), (x, ys[-1]), 60, thick)
    for y in ys:
        cv2.line(gray, (xs[0], y), (xs[-1], y), 60, thick)
    return gray


def texts(lines: Sequence[RawLine], role: Role) -> list[str]:
    return [line.text for line in lines if line.role is role]


STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def head(state: str = STATE, motto: str = MOTTO) -> list[RawWord]:
    """The head of a letter of the invented commune of Suối Hoa."""
    return [
        *centred("ỦY BAN NHÂN DÂN", 620, 260),
        *centred(state, 1700, 262),
        *centred("XÃ SUỐI HOA", 620, 335),
        *centred(motto, 1700, 340),
        *centred("Số: 27/UBND-VX", 620, 470),
        *centred("Suối Hoa, ngày 05 tháng 3 năm 2021", 1700, 468),
        *centred("V/v chuẩn bị ngày hội đọc sách", 620, 545, letter=38),
        *centred("của các thôn trong xã", 620, 610, letter=38),
    ]


def body(y: float = 900, rows: int = 6) -> list[RawWord]:
    text = "Các thôn rà soát tủ sách, lập danh mục và gửi về xã trước ngày hội theo mẫu kèm"
    return [word for i in range(rows) for word in typeset(text, 350, y + i * PITCH)]


def foot(y: float = 2300) -> list[RawWord]:
    return [
        *typeset("Nơi nhận:", 350, y, letter=36),
        *stacked(["- Như trên;", "- Đảng ủy xã;", "- Lưu: VT, VX."], 350, y + 60, letter=34, pitch=55),
        *centred("TM. ỦY BAN NHÂN DÂN", 1800, y - 5),
        *centred("KT. CHỦ TỊCH", 1800, y + 65),
        *centred("PHÓ CHỦ TỊCH", 1800, y + 135),
        *centred("Tạ Bách Tùng", 1800, y + 480),
    ]
