"""Round seals over signatures: where their rings run, and the print below them without these rings.

Seen from a seal's own centre its rings are straight lines, as staves are in music, and are taken out as staves are: at
every angle, ink that is no longer than the ring is thick is the ring, what is longer is a letter that crosses it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import GrayImage

__all__ = ["Parting", "SealRings", "find_seal_rings", "without_rings"]

# Seals of organs are 32 to 42 mm across. Inches.
_RADIUS: Final = (0.5, 0.85)
_WORKING_DPI: Final = 75
_HOUGH_EDGE: Final = 100
_HOUGH_VOTES: Final = 18
_MOST_CIRCLES: Final = 12
_INK: Final = 200
# Shares of the way round that have ink: real seals of 120 synthetic pages had 0.86 to 1.0 on their fullest ring, worn
# ones and those under signatures too; circles through text had less than 0.4.
_LEAST_RING: Final = 0.55
_LEAST_GUESS: Final = 0.2
_LEAST_INNER: Final = 0.45  # of the fullest ring
_ABOVE_TEXT: Final = 0.2  # an inner ring has this much more ink than the text of the seal beside it
_STEPS: Final = ((5.0, 2), (2.5, 1), (1.25, 1))  # pixels, and how many of them, in which the centre is looked for
_ANGLES: Final = 240
_APART: Final = 0.6
# Inches: the outer ring with the thin one that many seals have inside it; an inner ring with its soft edges.
_OUTER_WIDTH: Final = 0.063
_EDGE: Final = 0.017
_INNER_WIDTH: Final = 0.053
_THICKEST: Final = 26.0  # pixels
_NEAR: Final = 0.027  # inches on either side of a line in which its share falls off
_LEAST_INNER_RADIUS: Final = 0.25
_SLANT: Final = 7  # pixels
_PLAY: Final = 2  # pixels by which a ring wavers
_DARKER: Final = 50  # of 255: print that is so much darker than the ring over it stays whole

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SealRings:
    """A seal's centre, the radius of its outer edge in pixels, and how much of its fullest ring has ink (0..1)."""

    x: float
    y: float
    radius: float
    fullness: float


def find_seal_rings(layer: GrayImage, dpi: int, top: int, bottom: int) -> list[SealRings]:
    """Seals whose centre lies between two heights of a layer, the fullest first.

    Args:
        layer: Dark ink on white.
        dpi: Of ``layer``.
        top: First row of pixels that is looked at.
        bottom: Last row, not included.
    """
    ink = _gray(cv2.threshold(layer, _INK, 255, cv2.THRESH_BINARY_INV)[1])
    found = []
    for x, y, radius in _circles(layer[top:bottom], dpi)[:_MOST_CIRCLES]:
        if _profile(ink, x, y + top, 1.2 * radius)[round(0.6 * radius) :].max(initial=0.0) >= _LEAST_GUESS:
            seal = _centred(ink, x, y + top, 1.06 * _RADIUS[1] * dpi, round(0.9 * _RADIUS[0] * dpi))
            found.extend([seal] if seal.fullness >= _LEAST_RING else [])
    kept: list[SealRings] = []
    for seal in sorted(found, key=lambda seal: -seal.fullness):
        if all(math.hypot(seal.x - other.x, seal.y - other.y) > _APART * other.radius for other in kept):
            kept.append(seal)
    return kept


class Parting(StrEnum):
    """What becomes of a letter's stroke on a ring, since either may be right."""

    THIN = "thin"  # only ink that is as thin as the ring goes: a stroke that ends in the ring keeps the ring's ink
    CUT = "cut"  # a stroke stays where it goes on at either side of the ring, and loses its end where it ends in it
    SLANTED = "slanted"  # the same, but the two sides need not lie at one angle


def without_rings(layer: GrayImage, seal: SealRings, dpi: int, parting: Parting) -> GrayImage:
    """``layer`` without the rings of ``seal``.

    Args:
        layer: Dark ink on white.
        seal: From :func:`find_seal_rings`.
        dpi: Of ``layer``.
        parting: What is taken for the ring's ink where letters cross it.
    """
    reach = round(seal.radius + 0.08 * dpi)
    turns = round(2 * math.pi * seal.radius)
    polar = _gray(cv2.warpPolar(layer, (reach, turns), (seal.x, seal.y), reach, cv2.WARP_POLAR_LINEAR))
    if parting is Parting.THIN:
        rings = _thin_ink(polar, _bands(polar, seal, dpi))
    else:
        rings = _on_lines(polar, _lines(polar, seal, dpi), _SLANT if parting is Parting.SLANTED else 1)
    left, high = max(0, int(seal.x - reach)), max(0, int(seal.y - reach))
    right, low = min(layer.shape[1], int(seal.x + reach) + 1), min(layer.shape[0], int(seal.y + reach) + 1)
    rows, columns = np.mgrid[high:low, left:right].astype(np.float32)
    across, down = columns - np.float32(seal.x), rows - np.float32(seal.y)
    radius = np.hypot(across, down)
    angle = np.mod(np.arctan2(down, across), 2 * np.pi) * np.float32(turns / 2 / np.pi)
    gone = cv2.remap(rings, radius, angle.astype(np.float32), cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT)
    clean = layer.copy()
    clean[high:low, left:right][gone > 0] = 255
    return clean


def _circles(region: GrayImage, dpi: int) -> list[tuple[float, float, float]]:
    """Centre and radius in pixels of ``region``, where a ring may run; the likeliest first."""
    factor = min(1.0, _WORKING_DPI / dpi)
    if min(region.shape) * factor < 1:
        return []
    small = cv2.resize(region, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    scale = dpi * factor
    beyond = round(0.4 * scale)
    padded = cv2.copyMakeBorder(small, beyond, beyond, beyond, beyond, cv2.BORDER_CONSTANT, value=255)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(padded, (0, 0), 1.0),
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=0.27 * scale,
        param1=_HOUGH_EDGE,
        param2=_HOUGH_VOTES,
        minRadius=round(_RADIUS[0] * scale),
        maxRadius=round(_RADIUS[1] * scale),
    )
    found = [] if circles is None else circles.reshape(-1, 3).tolist()
    return [((x - beyond) / factor, (y - beyond) / factor, radius / factor) for x, y, radius in found]


def _profile(ink: GrayImage, x: float, y: float, reach: float) -> NDArray[np.float64]:
    """Share of the way round that has ink, for every radius up to ``reach`` pixels."""
    size = (max(1, round(reach)), _ANGLES)
    polar = cv2.warpPolar(ink, size, (x, y), size[0], cv2.WARP_POLAR_LINEAR | cv2.INTER_NEAREST)
    return np.asarray(np.mean(polar > 0, axis=0), dtype=np.float64)


def _centred(ink: GrayImage, x: float, y: float, reach: float, least: int) -> SealRings:
    """The seal near a first guess: its centre is where the rings are fullest."""
    best = (-1.0, x, y)
    for step, count in _STEPS:
        _, middle_x, middle_y = best
        for across in range(-count, count + 1):
            for down in range(-count, count + 1):
                at = middle_x + across * step, middle_y + down * step
                profile = _profile(ink, *at, reach)
                best = max(best, (float((profile[round(0.55 * reach) :] ** 3).sum()), *at))
    profile = _profile(ink, best[1], best[2], reach)
    fullest = float(profile[least:].max(initial=0.0))
    outer = [radius for radius in range(least, len(profile)) if profile[radius] > 0.6 * fullest]
    return SealRings(best[1], best[2], float(max(outer, default=0)), fullest)


def _lines(polar: GrayImage, seal: SealRings, dpi: int) -> list[tuple[int, int]]:
    """Radii between which the lines of the rings run, first and last included; the outer line is the last."""
    profile = np.mean(polar < _INK, axis=0)
    near = round(_NEAR * dpi)
    lines = []
    for radius in range(round(_LEAST_INNER_RADIUS * dpi), round(seal.radius) + 1):
        share = profile[radius]
        inside, outside = profile[radius - near : radius + 1], profile[radius : radius + near + 1]
        stands_out = share - max(inside.min(), outside.min()) > _ABOVE_TEXT
        if share == max(inside.max(), outside.max()) and share > _LEAST_INNER * seal.fullness and stands_out:
            edge = (share + max(inside.min(), outside.min())) / 2
            first = radius - next((step for step, value in enumerate(inside[::-1]) if value < edge), near)
            last = radius + next((step for step, value in enumerate(outside) if value < edge), near)
            lines.append((first, last))
    lines = list(dict.fromkeys(lines))  # an even line is highest at several radii
    # Blurred, the two outer lines are one; worn, the outer one may be too uneven to stand out.
    outer, double = round(seal.radius), round(seal.radius - _OUTER_WIDTH * dpi)
    if not lines or lines[-1][1] < outer - _PLAY:
        begins = lines[-1][1] + 1 if lines and lines[-1][1] > double else double
        lines.append((begins, outer + _PLAY))
    return lines


def _bands(polar: GrayImage, seal: SealRings, dpi: int) -> list[tuple[int, int]]:
    """Radii between which rings run, thin inner ones and the outer one with the line inside it, which is the last."""
    outer = round(seal.radius)
    profile = np.mean(polar < _INK, axis=0).astype(np.float32)[None]
    around = cv2.morphologyEx(profile, cv2.MORPH_OPEN, np.ones((1, round(0.09 * dpi)), np.float32))
    thin = (profile > around + _ABOVE_TEXT) & (profile > _LEAST_INNER * seal.fullness)
    thin[:, : round(_LEAST_INNER_RADIUS * dpi)] = False
    thin[:, outer - round(0.087 * dpi) :] = False
    wide = cv2.dilate(thin.astype(np.uint8), np.ones((1, 5), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.pad(wide, 1).astype(np.int8)))
    inner = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a <= _INNER_WIDTH * dpi]
    return [*inner, (outer - round(_OUTER_WIDTH * dpi), outer + round(_EDGE * dpi))]


def _thin_ink(polar: GrayImage, bands: list[tuple[int, int]]) -> GrayImage:
    """255 where ink within the bands is no longer along the radius than the ring is thick."""
    ink, faint = _ring_colour(polar, bands[-1])
    starts, ends = _stretches(ink)
    long = ends - starts + 1
    gone = np.zeros(polar.shape, np.bool_)
    for first, last in bands:
        within = ink & (starts >= first - 3) & (ends <= last + _PLAY)
        lengths = long[within & (starts == np.arange(polar.shape[1]))]
        if lengths.size:
            thickest = min(_THICKEST, float(np.percentile(lengths, 75)) * 1.3 + 2)
            gone |= within & (long <= thickest) & (polar >= faint)
    return _with_edges(gone, ink)


def _on_lines(polar: GrayImage, lines: list[tuple[int, int]], slant: int) -> GrayImage:
    """255 where ink on the lines is not of strokes that go on at either side of them."""
    gone = np.zeros(polar.shape, np.bool_)
    ink, faint = _ring_colour(polar, lines[-1])
    place = np.arange(polar.shape[1])[None]
    # letters are slanted: where a stroke comes in and where it goes out need not lie at one angle
    near = cv2.dilate(ink.astype(np.uint8), np.ones((slant, 1), np.uint8)) > 0
    for first, last in lines:
        on_line = ink & (place >= first - _PLAY) & (place <= last + _PLAY)
        beside = (max(0, first - _PLAY - 1), min(polar.shape[1] - 1, last + _PLAY + 1))
        crosses = near[:, beside[0] : beside[0] + 1] & near[:, beside[1] : beside[1] + 1]
        gone |= on_line & ~crosses & (polar >= faint)
    return _with_edges(gone, ink)


def _ring_colour(polar: GrayImage, band: tuple[int, int]) -> tuple[Mask, float]:
    """What is ink, the soft edges of the ring left out, and below which value ink is too dark for the ring's."""
    ring = polar[:, band[0] : band[1] + 1]
    ring = ring[ring < _INK]
    faint, middling = (float(np.percentile(ring, share)) for share in (15, 25)) if ring.size else (0.0, 145.0)
    return polar < min(_INK, (255 + middling) / 2), faint - _DARKER


def _with_edges(gone: Mask, ink: Mask) -> GrayImage:
    edges = cv2.dilate(gone.astype(np.uint8), np.ones((1, 7), np.uint8)) > 0
    return _gray((gone | (edges & ~ink)) * 255)


def _stretches(ink: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each pixel of ink, the first and last pixel of the stretch of ink in its row that it belongs to."""
    place = np.arange(ink.shape[1])[None]
    begins = ink & ~np.pad(ink, ((0, 0), (1, 0)))[:, :-1]
    stops = ink & ~np.pad(ink, ((0, 0), (0, 1)))[:, 1:]
    first = np.maximum.accumulate(np.where(begins, place, -1), axis=1)
    last = np.minimum.accumulate(np.where(stops, place, ink.shape[1])[:, ::-1], axis=1)[:, ::-1]
    return first, last


def _gray(image: NDArray[Any]) -> GrayImage:
    return np.asarray(image, dtype=np.uint8)
