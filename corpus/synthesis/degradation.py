"""From clean paper to what a scanner or fax delivers; every change is seeded, and word boxes follow the geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from corpus.synthesis.drawing import SCALE, TrueWord
from ocr.engine import GrayImage, RgbImage
from ocr.tree import Box

__all__ = ["CLEAN", "COPY", "FAX", "OFFICE", "POOR", "WORN", "Scan", "Scanner", "any_scanner", "scan"]


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a page is scanned. The strengths are typical values; each page draws its own around them.

    Attributes:
        dpi: Resolution of the scan.
        skew: Standard deviation of the page's turn, degrees.
        blur: Gaussian radius in pixels of the scan.
        shade: How much darker one side of the page is, 0..1.
        noise: Standard deviation of the sensor noise, grey levels.
        specks: Dark specks a page.
        spread: Share of a layout pixel (0.085 mm) by which ink grows (above 0) or thins (below 0), -1..1.
        fade: How much toner is missing in patches, 0..1.
        edge: Widest dark band that the lid leaves along a side, mm.
        bleed: How strongly the back of the paper shows, 0..1.
        paper: Mean grey level of the paper.
        bilevel: 1 bit a pixel, as fax and archive scanners do.
        grey: One channel.
        quality: JPEG quality (colour and grey).
    """

    dpi: int = 200
    skew: float = 0.0
    blur: float = 0.0
    shade: float = 0.0
    noise: float = 0.0
    specks: int = 0
    spread: float = 0.0
    fade: float = 0.0
    edge: float = 0.0
    bleed: float = 0.0
    paper: int = 255
    bilevel: bool = False
    grey: bool = False
    quality: int = 75


CLEAN = Scanner(dpi=300, quality=85)
OFFICE = Scanner(skew=0.4, blur=0.5, noise=2.0, specks=12, paper=250, shade=0.02, quality=65)
WORN = Scanner(skew=0.8, blur=0.8, shade=0.12, noise=4.0, specks=90, spread=-0.3, bleed=0.18, paper=243, quality=55)
FAX = Scanner(skew=0.6, blur=0.5, noise=3.0, specks=60, spread=0.3, bilevel=True)
COPY = Scanner(skew=1.2, blur=0.8, noise=12.0, specks=160, spread=0.2, fade=0.5, edge=4.0, bilevel=True)
POOR = Scanner(dpi=120, skew=0.7, blur=0.6, shade=0.08, noise=4.0, specks=20, paper=244, quality=45)


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned page: ``pixels`` RGB, grey, or bilevel (0 and 255 only), with the words where they came to lie."""

    pixels: RgbImage | GrayImage
    dpi: int
    quality: int
    bilevel: bool
    words: tuple[TrueWord, ...]


def any_scanner(rng: Generator) -> Scanner:
    """One of the named scanners with its strengths varied."""
    base = (CLEAN, OFFICE, OFFICE, WORN, FAX, COPY, POOR)[int(rng.integers(7))]
    factor = rng.uniform(0.5, 1.5)
    dpi = base.dpi if base is POOR else int(rng.choice([200, 200, 300]))
    return replace(
        base,
        dpi=dpi,
        skew=base.skew * factor,
        blur=base.blur * rng.uniform(0.5, 1.3),
        shade=base.shade * rng.uniform(0.3, 1.5),
        specks=int(base.specks * factor),
        spread=base.spread * rng.uniform(-0.5, 1.2),
        fade=base.fade * rng.uniform(0.2, 1.2),
        grey=bool(rng.random() < 0.2) and not base.bilevel,
    )


def scan(
    picture: RgbImage, words: Sequence[TrueWord], scanner: Scanner, rng: Generator, back: RgbImage | None = None
) -> Scan:
    """Scan one ``picture`` of paper at the layout resolution; ``back`` is what is printed on its other side."""
    picture = _bled(picture, back, scanner.bleed * rng.uniform(0.6, 1.2))
    picture = _faded(_spread(picture, scanner.spread), scanner.fade, rng)
    picture, matrix = _turned(picture, scanner, float(rng.normal(0, 1)))
    pixels: RgbImage | GrayImage = picture
    if scanner.grey or scanner.bilevel:
        pixels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    pixels = _blurred(pixels, scanner.blur * rng.uniform(0.7, 1.3))
    pixels = _lit(pixels, scanner, rng)
    pixels = _edged(_specked(pixels, scanner, rng), scanner, rng)
    if scanner.bilevel:
        pixels = np.asarray(np.where(pixels < rng.uniform(140, 175), 0, 255), np.uint8)
    moved = tuple(replace(word, box=_moved(word.box, matrix, scanner.dpi, pixels.shape)) for word in words)
    return Scan(pixels, scanner.dpi, scanner.quality, scanner.bilevel, moved)


def _bled(picture: RgbImage, back: RgbImage | None, strength: float) -> RgbImage:
    if back is None or strength <= 0 or back.shape != picture.shape:
        return picture
    ghost = cv2.GaussianBlur(back[:, ::-1], (0, 0), 3)
    return np.asarray(
        cv2.multiply(picture, cv2.convertScaleAbs(ghost, alpha=strength, beta=255 * (1 - strength)), scale=1 / 255),
        np.uint8,
    )


def _spread(picture: RgbImage, tenths: float) -> RgbImage:
    """Grow or thin all ink by up to a pixel of the layout (0.085 mm) a side; fractions mix the untouched picture in."""
    if not tenths:
        return picture
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    changed = cv2.erode(picture, kernel) if tenths > 0 else cv2.dilate(picture, kernel)
    share = min(abs(tenths), 1.0)
    return np.asarray(cv2.addWeighted(changed, share, picture, 1 - share, 0), np.uint8)


def _faded(picture: RgbImage, strength: float, rng: Generator) -> RgbImage:
    """Thin ink out in patches of a few centimetres, as a worn toner drum does."""
    if strength <= 0:
        return picture
    height, width = picture.shape[:2]
    patches = cv2.resize(rng.uniform(0, 1, (9, 7)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    missing = np.clip(patches * 255 * strength, 0, 255).astype(np.uint8)
    return np.asarray(cv2.max(picture, cv2.merge([missing] * 3)), np.uint8)


def _turned(picture: RgbImage, scanner: Scanner, draw: float) -> tuple[RgbImage, NDArray[np.float64]]:
    """Skew round the page centre and resample to the scanner's resolution in one step."""
    height, width = picture.shape[:2]
    ratio = scanner.dpi / 72 / SCALE
    degrees = float(np.clip(draw * scanner.skew, -3 * scanner.skew, 3 * scanner.skew))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    to_scan = np.diag([ratio, ratio, 1.0]) @ np.vstack([matrix, [0, 0, 1]])
    # Pixel centres: layout (i + 0.5) lies at scan ratio * (i + 0.5), hence the half-pixel shift.
    to_scan[:2, 2] += (ratio - 1) / 2
    if ratio < 1:  # low-pass before resampling, or thin strokes alias
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.42 / ratio), np.uint8)
    size = (round(width * ratio), round(height * ratio))
    turned = cv2.warpAffine(picture, to_scan[:2], size, flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return np.asarray(turned, np.uint8), to_scan


def _blurred(pixels: RgbImage | GrayImage, sigma: float) -> RgbImage | GrayImage:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8) if sigma > 0.15 else pixels


def _lit(pixels: RgbImage | GrayImage, scanner: Scanner, rng: Generator) -> RgbImage | GrayImage:
    """Paper tone, shade across the page, sensor noise (coarse grain, so that JPEG keeps its size)."""
    height, width = pixels.shape[:2]
    if scanner.paper == 255 and not scanner.shade and not scanner.noise:
        return pixels
    corners = 1 - scanner.shade * rng.uniform(0, 1, (2, 2))
    light = cv2.resize(corners.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    light = np.asarray(light * np.float32(scanner.paper / 255), np.float32)
    grain = cv2.resize(rng.normal(0, 1, (height // 3 + 1, width // 3 + 1)).astype(np.float32), (width, height))
    tone = pixels.astype(np.float32)
    if tone.ndim == 3:
        light, grain = light[:, :, None], grain[:, :, None]
    return np.asarray(np.clip(tone * light + scanner.noise * grain, 0, 255), np.uint8)


def _specked(pixels: RgbImage | GrayImage, scanner: Scanner, rng: Generator) -> RgbImage | GrayImage:
    height, width = pixels.shape[:2]
    pixels = np.ascontiguousarray(pixels)
    for _ in range(int(rng.poisson(scanner.specks))):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        radius = int(rng.choice([0, 0, 1, 1, 2])) * max(1, scanner.dpi // 200)
        shade = int(rng.integers(20, 150))
        cv2.circle(pixels, (x, y), radius, (shade,) * 3, -1)
    return pixels


def _edged(pixels: RgbImage | GrayImage, scanner: Scanner, rng: Generator) -> RgbImage | GrayImage:
    if scanner.edge > 0:
        wide = round(rng.uniform(0, scanner.edge) / 25.4 * scanner.dpi)
        side = int(rng.integers(4))
        band = np.rot90(pixels, side)[:, :wide]  # a view: writing to it changes the page
        band[:] = np.minimum(band, int(rng.integers(10, 90)))
    return pixels


def _moved(box: Box, matrix: NDArray[np.float64], dpi: int, shape: tuple[int, ...]) -> Box:
    """``box`` (points of the layout) after the turn, in points of the scan, within its page."""
    corners = np.array([(x, y, 1) for x in (box.x0, box.x1) for y in (box.y0, box.y1)])
    corners[:, :2] *= SCALE
    moved = (corners @ matrix.T)[:, :2] * 72 / dpi
    limit = np.array([shape[1], shape[0]]) * 72 / dpi
    (x0, y0), (x1, y1) = np.clip(moved.min(axis=0), 0, limit), np.clip(moved.max(axis=0), 0, limit)
    return Box(float(x0), float(y0), float(x1), float(y1))
