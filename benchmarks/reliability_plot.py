"""A reliability diagram: what readings said of themselves against how many of them were right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from PIL import Image, ImageDraw, ImageFont

from corpus.evaluation.reliability import Bin

__all__ = ["diagram"]

_SIDE, _LEFT, _TOP, _BELOW = 640, 110, 24, 90  # pixels
_COLOURS = ("#9a9a9a", "#1f6fb4", "#c2571a")
_GRID, _INK = "#e2e2e2", "#333333"
_RADIUS = 9
_LEAST = 10  # readings: the share of fewer says nothing
_STEPS = 5


def diagram(series: Mapping[str, Sequence[Bin]]) -> Image.Image:
    """Dots with the range (95 %) in which the share of right readings lies; on the diagonal the two agree."""
    image = Image.new("RGB", (_LEFT + _SIDE + _TOP, _TOP + _SIDE + _BELOW), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(22)
    for step in range(_STEPS + 1):
        share = step / _STEPS
        draw.line((*_at(share, 0), *_at(share, 1)), _GRID, 2)
        draw.line((*_at(0, share), *_at(1, share)), _GRID, 2)
        draw.text((_at(share, 0)[0], _TOP + _SIDE + 10), f"{share:.1f}", _INK, font, anchor="ma")
        draw.text((_LEFT - 12, _at(0, share)[1]), f"{share:.1f}", _INK, font, anchor="rm")
    draw.line((*_at(0, 0), *_at(1, 1)), _INK, 2)
    draw.text((_LEFT + _SIDE / 2, _TOP + _SIDE + 50), "confidence of the readings", _INK, font, anchor="ma")
    draw.text((_LEFT + 16, _TOP + 10), "share that was right", _INK, font)
    for number, (name, bins) in enumerate(series.items()):
        colour = _COLOURS[number]
        for each in (each for each in bins if each.count >= _LEAST):
            low, high = _range(each)
            draw.line((*_at(each.said, low), *_at(each.said, high)), colour, 4)
            draw.circle(_at(each.said, each.right), _RADIUS, colour)
        y = _TOP + 60 + 34 * number
        draw.circle((_LEFT + 26, y), _RADIUS, colour)
        draw.text((_LEFT + 46, y), name, _INK, font, anchor="lm")
    return image


def _range(each: Bin) -> tuple[float, float]:
    """Wilson's score interval."""
    z, count = 1.96, each.count
    middle = each.right + z * z / (2 * count)
    reach = z * sqrt(each.right * (1 - each.right) / count + z * z / (4 * count * count))
    return (middle - reach) / (1 + z * z / count), (middle + reach) / (1 + z * z / count)


def _at(said: float, right: float) -> tuple[float, float]:
    return _LEFT + said * _SIDE, _TOP + (1 - right) * _SIDE
