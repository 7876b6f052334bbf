"""Strips with a name as scans show them: under seals and signatures, cut at other lines, pale, torn, in two colours."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from train.names.faces import Faces, load
from train.names.texts import Texts

__all__ = ["Drawer"]

Canvas = NDArray[np.uint8]  # 0 black .. 255 white
Rng = np.random.Generator

_BANK: Final = 160
_SEAL_WORDS: Final = ("ỦY", "BAN", "NHÂN", "DÂN", "XÃ", "HUYỆN", "TỈNH", "SỞ", "TRƯỜNG", "CÔNG", "TY", "CỔ", "PHẦN",
                      "ĐẢNG", "BỘ", "ĐẠI", "HỌC", "GIÁO", "DỤC", "PHƯỜNG", "THÀNH", "PHỐ")  # fmt: skip


class Drawer:
    """Draws strips; seals come from a bank made once.

    Args:
        fonts: Folder of fonts with Vietnamese letters.
        lists: For :class:`train.names.texts.Texts`.
        seed: The same seed gives the same strips.
        held_out: Draw with the fonts kept from training.
    """

    def __init__(self, fonts: Path, lists: Path, seed: int, *, held_out: bool = False) -> None:
        self._rng = np.random.default_rng(seed)
        self._faces = Faces.find(fonts, held_out=held_out)
        self._texts = Texts(lists, self._rng)
        self._seals = [_seal(self._rng, self._faces, self._texts) for _ in range(_BANK)]

    def draw(self, kind: str = "") -> tuple[Canvas, str]:
        """A strip about as high as at 300 dpi, and what is written on it."""
        rng = self._rng
        text = self._texts.draw()
        letters, ground = self._written(text, kind or self._faces.draw_kind(rng))
        canvas = np.full(letters.shape, 255, np.uint8)
        ink = int(rng.integers(0, 60) if rng.random() < 0.7 else rng.integers(60, 150))
        print_ = _inked(letters, ink)
        under: list[Callable[[Canvas], Canvas]] = []
        if rng.random() < 0.5:
            under.append(lambda image: self._sealed(image, ground))
        if rng.random() < 0.2:
            under.append(lambda image: _struck(image, rng))
        if rng.random() < 0.3:
            under.append(lambda image: self._beside_other_lines(image))
        if rng.random() < 0.12:
            under.append(lambda image: _ruled(image, rng))
        canvas = np.minimum(canvas, print_)
        for add in rng.permutation(np.array(under, dtype=object)):
            canvas = add(canvas)
        return _scanned(canvas, rng), text

    def _written(self, text: str, kind: str) -> tuple[Canvas, tuple[float, float]]:
        """Letters 0..255 (255 full ink) on a strip with room round them; and where the writing begins and ends."""
        rng = self._rng
        font = load(self._faces.draw(rng, kind), int(rng.integers(40, 58)))
        track = rng.uniform(-0.02, 0.05) * font.size if rng.random() < 0.3 and kind != "script" else 0.0
        space = rng.uniform(0.7, 2.2) if rng.random() < 0.4 else 1.0
        letters = _set(text, font, track, space)
        if rng.random() < 0.5:
            letters = _slanted(letters, rng.normal(0, 0.07), rng.normal(0, 0.012), rng.uniform(0.8, 1.25))
        weight = rng.random()
        if kind == "script":  # fine in the font, fat from the stamp
            letters = _fattened(letters, rng)
        elif weight < 0.15:
            letters = np.asarray(cv2.erode(letters, np.ones((2, 2), np.uint8)), np.uint8)
        elif weight < 0.35:
            letters = np.asarray(cv2.dilate(letters, np.ones((2, 2), np.uint8)), np.uint8)
        if rng.random() < 0.12:
            letters = _worn(letters, rng)
        rows, columns = np.nonzero(letters.max(axis=1) > 60)[0], np.nonzero(letters.max(axis=0) > 60)[0]
        letters = letters[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        high, wide = letters.shape
        full = rng.uniform(0.55, 0.97) if rng.random() < 0.85 else rng.uniform(0.45, 0.6)
        total = round(high / full)
        top = (
            int(rng.integers(0, total - high + 1))
            if rng.random() < 0.3
            else round((total - high) * rng.uniform(0.3, 0.7))
        )
        left, right = (int(abs(rng.normal(0, 1.0)) * 0.8 * total) for _ in range(2))
        strip = np.zeros((total, left + wide + right), np.uint8)
        strip[top : top + high, left : left + wide] = letters
        return strip, (left, left + wide)

    def _sealed(self, image: Canvas, ground: tuple[float, float]) -> Canvas:
        """A seal over or beside the writing: dark, pale, or taken out with holes and crumbs left."""
        rng = self._rng
        seal = self._seals[rng.integers(len(self._seals))]
        size = round(rng.uniform(5.2, 8.5) * image.shape[0])
        seal = np.asarray(cv2.resize(seal, (size, size), interpolation=cv2.INTER_AREA), np.uint8)
        if rng.random() < 0.5:
            turn = cv2.getRotationMatrix2D((size / 2, size / 2), rng.uniform(-25, 25), 1.0)
            seal = np.asarray(cv2.warpAffine(seal, turn, (size, size)), np.uint8)
        high, wide = image.shape
        # The ring's foot crosses the line near its beginning, more often than not.
        down = round(rng.uniform(-0.98, -0.5) * size) if rng.random() < 0.75 else round(rng.uniform(-0.9, 0.02) * size)
        across = round(ground[0] + rng.normal(0.2, 0.35) * (ground[1] - ground[0]) - size / 2)
        over = np.zeros((high, wide), np.uint8)
        y0, y1, x0, x1 = max(0, down), min(high, down + size), max(0, across), min(wide, across + size)
        if y0 >= y1 or x0 >= x1:
            return image
        over[y0:y1, x0:x1] = seal[y0 - down : y1 - down, x0 - across : x1 - across]
        way = rng.random()
        if way < 0.55:  # as dark as print in bilevel and gray scans, or paler
            return np.minimum(image, _inked(over, int(rng.choice((0, 20, 60, 100, 140, 170, 195)))))
        gone = (over > rng.integers(40, 160)).astype(np.uint8)
        if way < 0.75:  # coloured ink taken out: print under it is pale or torn
            blurred = cv2.GaussianBlur(gone.astype(np.float32), (0, 0), 0.8)[..., None][..., 0]
            pale = 255 - (255 - image.astype(np.float32)) * (1 - blurred * rng.uniform(0.0, 0.9))
            return np.asarray(pale, np.uint8)
        if way < 0.9:  # rings cut out, strokes that cross them kept in part
            kept = (rng.random(gone.shape) < rng.uniform(0.0, 0.3)).astype(np.uint8)
            kept = cv2.dilate(kept, np.ones((3, 3), np.uint8))
            return np.where((gone > 0) & (kept == 0), np.uint8(255), image)
        crumbs = (rng.random((high // 4 + 1, wide // 4 + 1)) < 0.25).astype(np.uint8)
        crumbs = cv2.resize(crumbs, (wide, high), interpolation=cv2.INTER_NEAREST)
        return np.minimum(image, _inked(np.asarray(over * crumbs, np.uint8), int(rng.integers(0, 150))))

    def _beside_other_lines(self, image: Canvas) -> Canvas:
        """Lower parts of a line above, or upper parts of one below."""
        rng = self._rng
        letters = _set(self._texts.draw(), load(self._faces.draw(rng, self._faces.draw_kind(rng)), 44), 0.0, 1.0)
        high, wide = image.shape
        show = int(rng.integers(2, max(3, high // 6)))
        at = int(rng.integers(-letters.shape[1] // 2, max(1, wide - 20)))
        piece = letters[-show:] if rng.random() < 0.6 else letters[:show]
        over = np.zeros(image.shape, np.uint8)
        rows = slice(0, show) if rng.random() < 0.6 else slice(high - show, high)
        x0, x1 = max(0, at), min(wide, at + letters.shape[1])
        over[rows, x0:x1] = piece[:, x0 - at : x1 - at]
        return np.minimum(image, _inked(over, int(rng.integers(0, 120))))


def _set(text: str, font: ImageFont.FreeTypeFont, track: float, space: float) -> Canvas:
    """``text`` in ink (255) on nothing."""
    if track == 0.0 and space == 1.0:
        left, top, right, bottom = font.getbbox(text)
        image = Image.new("L", (math.ceil(right - left) + 8, math.ceil(bottom - top) + 8))
        ImageDraw.Draw(image).text((4 - left, 4 - top), text, font=font, fill=255)
        return np.asarray(image)
    pieces = list(text) if track else [word for part in text.split(" ") for word in (part, " ")][:-1]
    steps = [font.getlength(piece) * (space if piece == " " else 1.0) + track for piece in pieces]
    above, below = font.getmetrics()
    image = Image.new("L", (math.ceil(sum(steps)) + font.size, above + below + font.size))
    pen, x = ImageDraw.Draw(image), font.size / 2
    for piece, step in zip(pieces, steps, strict=True):
        pen.text((x, font.size / 2), piece, font=font, fill=255)
        x += step
    return np.asarray(image)


def _slanted(letters: Canvas, shear: float, turn: float, stretch: float) -> Canvas:
    high, wide = letters.shape
    room = round(high * abs(shear) + wide * abs(turn)) + 4
    matrix = np.array([[stretch, shear, room], [turn, 1.0, room]], np.float32)
    size = (round(wide * stretch) + 2 * room, high + 2 * room)
    return np.asarray(cv2.warpAffine(letters, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)


def _fattened(letters: Canvas, rng: Rng) -> Canvas:
    """Strokes up to three pixels wider, and letters narrower, as often as not."""
    if rng.random() < 0.5:
        letters = np.asarray(cv2.resize(letters, None, fx=rng.uniform(0.7, 1.0), fy=1.0), np.uint8)
    wide = int(rng.integers(0, 4))
    return (
        np.asarray(cv2.dilate(letters, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide, wide))), np.uint8)
        if wide
        else letters
    )


def _worn(letters: Canvas, rng: Rng) -> Canvas:
    """Stamped unevenly: blotches without ink."""
    high, wide = letters.shape
    coarse = rng.random((high // 6 + 2, wide // 6 + 2)).astype(np.float32)
    uneven = cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC)
    return np.asarray(letters * np.clip((uneven - rng.uniform(0.0, 0.35)) * 4, 0, 1), np.uint8)


def _inked(mask: Canvas, ink: int) -> Canvas:
    return np.asarray(255 - mask.astype(np.float32) * ((255 - ink) / 255), np.uint8)


def _struck(image: Canvas, rng: Rng) -> Canvas:
    """Strokes of a signature."""
    high, wide = image.shape
    over = np.zeros(image.shape, np.uint8)
    for _ in range(rng.integers(1, 4)):
        start = np.array([rng.uniform(-0.1, 1.1) * wide, rng.uniform(-1.0, 1.5) * high])
        points = start + np.cumsum(rng.normal(0, (1.6 * high, 0.8 * high), (4, 2)), axis=0)
        along = np.linspace(0, 1, 24)[:, None]
        a, b, c, d = points
        curve = (1 - along) ** 3 * a + 3 * (1 - along) ** 2 * along * b + 3 * (1 - along) * along**2 * c + along**3 * d
        cv2.polylines(over, [curve.round().astype(np.int32)], False, 255, int(rng.integers(2, 7)), cv2.LINE_AA)
    return np.minimum(image, _inked(over, int(rng.integers(0, 190))))


def _ruled(image: Canvas, rng: Rng) -> Canvas:
    """A rule or a row of dots under, over or through the line."""
    high, wide = image.shape
    y = int(rng.integers(0, high)) if rng.random() < 0.3 else int(high * rng.choice((0.04, 0.85, 0.95)))
    left, right = sorted(rng.integers(0, wide, 2).tolist())
    over = np.zeros(image.shape, np.uint8)
    if rng.random() < 0.5:
        cv2.line(over, (left, y), (right, y + int(rng.integers(-2, 3))), 255, int(rng.integers(1, 4)))
    else:
        for x in range(left, right, int(rng.integers(6, 16))):
            cv2.circle(over, (x, y), int(rng.integers(1, 3)), 255, -1)
    return np.minimum(image, _inked(over, int(rng.integers(0, 120))))


def _scanned(image: Canvas, rng: Rng) -> Canvas:
    """Light, blur, grain, resolution, JPEG, two colours."""
    if rng.random() < 0.3:
        factor = rng.uniform(0.5, 0.8)
        image = np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    work = image.astype(np.float32)
    if rng.random() < 0.6:
        work = cv2.GaussianBlur(work, (0, 0), rng.uniform(0.3, max(0.4, 1.2 * image.shape[0] / 64)))
    if rng.random() < 0.5:
        work += rng.normal(0, rng.uniform(1, 14), work.shape).astype(np.float32)
    if rng.random() < 0.3:
        work *= np.linspace(rng.uniform(0.75, 1), rng.uniform(0.85, 1), work.shape[1], dtype=np.float32)
    image = np.clip(work, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        dark = int(np.percentile(image, 2))  # a threshold above the ink: a blank strip teaches nothing
        image = np.where(image < rng.integers(min(dark + 70, 200), 225), np.uint8(0), np.uint8(255))
        if rng.random() < 0.5:
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.9)), np.uint8)
    elif rng.random() < 0.4:
        packed: Any = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 80))])[1]
        image = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    if rng.random() < 0.15:
        specks = (rng.random(image.shape) < rng.uniform(0.0005, 0.006)).astype(np.uint8)
        image = np.where(cv2.dilate(specks, np.ones((2, 2), np.uint8)) > 0, np.uint8(rng.choice((0, 255))), image)
    return image


def _seal(rng: Rng, faces: Faces, texts: Texts) -> Canvas:
    """A round seal's ink (255) on nothing, 420 pixels across."""
    size, middle = 420, 210
    over = np.zeros((size, size), np.uint8)
    outer = int(rng.integers(185, 205))
    thick = int(rng.integers(2, 9))
    cv2.circle(over, (middle, middle), outer, 255, thick, cv2.LINE_AA)
    if rng.random() < 0.75:
        cv2.circle(
            over, (middle, middle), outer - thick - int(rng.integers(3, 9)), 255, int(rng.integers(1, 4)), cv2.LINE_AA
        )
    inner = int(outer * rng.uniform(0.55, 0.72))
    cv2.circle(over, (middle, middle), inner, 255, int(rng.integers(1, 6)), cv2.LINE_AA)
    size_of_letters = int((outer - inner) * rng.uniform(0.4, 0.6))
    font = load(faces.draw(rng, "sans"), max(12, size_of_letters))
    words = " ".join(rng.choice(_SEAL_WORDS, 9))
    along = (outer + inner) / 2 - 3
    angle, end = (-200.0, 20.0) if rng.random() < 0.6 else (-260.0, 95.0)
    for letter in words:
        angle += math.degrees((font.getlength(letter) + 2) / along)
        if angle > end:
            break
        glyph = Image.new("L", (2 * font.size, 2 * font.size))
        ImageDraw.Draw(glyph).text((font.size, font.size), letter, font=font, fill=255, anchor="mm")
        turned = np.asarray(glyph.rotate(-angle - 90, resample=Image.Resampling.BILINEAR))
        x = round(middle + along * math.cos(math.radians(angle)) - font.size)
        y = round(middle + along * math.sin(math.radians(angle)) - font.size)
        place = over[max(0, y) : y + turned.shape[0], max(0, x) : x + turned.shape[1]]
        np.maximum(place, turned[: place.shape[0], : place.shape[1]], out=place)
    if rng.random() < 0.75:
        _star(over, middle, middle + along, 0.14 * outer)
    picture = rng.random()
    if picture < 0.5:
        for line in range(int(rng.integers(1, 4))):
            word = str(rng.choice(_SEAL_WORDS)) if rng.random() < 0.7 else texts.draw().upper()[:9]
            inside = Image.fromarray(over)
            ImageDraw.Draw(inside).text(
                (middle, middle - 45 + 45 * line), word, font=load(faces.draw(rng, "sans"), 36), fill=255, anchor="mm"
            )
            over = np.asarray(inside).copy()
    else:
        _star(over, middle, middle - 20, 0.3 * inner)
        for radius in range(30, inner, int(rng.integers(9, 22))):
            start = rng.uniform(0, 360)
            cv2.ellipse(
                over,
                (middle, middle),
                (radius, radius),
                0,
                start,
                start + rng.uniform(40, 200),
                255,
                int(rng.integers(2, 8)),
            )
    return _worn(over, rng) if rng.random() < 0.5 else over


def _star(over: Canvas, x: float, y: float, radius: float) -> None:
    turns = np.arange(10) * math.pi / 5 - math.pi / 2
    reach = np.where(np.arange(10) % 2, 0.4 * radius, radius)
    points = np.stack([x + reach * np.cos(turns), y + reach * np.sin(turns)], axis=1)
    cv2.fillPoly(over, [points.round().astype(np.int32)], 255)
