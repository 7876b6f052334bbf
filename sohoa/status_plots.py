"""Plots as SVG inside a page: columns over a scale, bars beside names. No script; every figure is text as well."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

__all__ = ["Bar", "column_plot", "nice_step", "row_plot"]

_WIDTH: Final = 720.0
_HEIGHT: Final = 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 12.0, 28.0, 40.0  # room for the scale, the labels and the unit
_ROW: Final = 26.0
_NAMES: Final = 190.0  # of a row plot
_COUNT: Final = 60.0
_LONGEST_NAME: Final = 28
_GAP: Final = 0.12  # of a column
_MOST_TICKS: Final = 5
_AS_WRITTEN_HERE: Final = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Bar:
    """One column or row.

    Attributes:
        label: Below the left edge of a column, where it begins (empty for none); beside a row.
        value: Its length, 0 and more.
        tip: What pointing at it shows.
        is_marked: Drawn in the colour of what needs a look.
    """

    label: str
    value: float
    tip: str
    is_marked: bool = False


def column_plot(
    key: str, title: str, description: str, bars: Sequence[Bar], *, across: str, up: str, end: str = ""
) -> str:
    """Columns side by side over a scale.

    Args:
        key: For ids; once a page.
        title: What the plot shows.
        description: What it says, for those who do not see it.
        bars: From left to right.
        across: Below the horizontal axis.
        up: Unit of the vertical axis.
        end: Below the right edge of the last column.
    """
    most = max((bar.value for bar in bars), default=0.0)
    step = nice_step(most)
    if all(float(bar.value).is_integer() for bar in bars):
        step = max(1.0, step)  # there are no half documents
    top = step * max(1, math.ceil(most / step))
    height, base = _HEIGHT - _TOP - _BOTTOM, _HEIGHT - _BOTTOM
    each = (_WIDTH - _LEFT - _RIGHT) / max(1, len(bars))
    parts = [_scale(step, top, height, base)]
    for number, bar in enumerate(bars):
        x, tall = _LEFT + number * each, height * bar.value / top
        parts.append(_rect(bar, x + each * _GAP / 2, base - tall, each * (1 - _GAP), tall))
        if bar.label:
            parts.append(_text(bar.label, x, base + 18, "middle"))
    parts.append(_text(end, _WIDTH - _RIGHT, base + 18, "end"))
    parts.append(_text(across, _LEFT + (_WIDTH - _LEFT - _RIGHT) / 2, _HEIGHT - 6, "middle"))
    parts.append(_text(up, 2, 12, "start"))
    return _svg(key, title, description, _HEIGHT, parts)


def row_plot(key: str, title: str, description: str, bars: Sequence[Bar]) -> str:
    """Bars below each other, each with its name on the left and its value on the right; see :func:`column_plot`."""
    most = max((bar.value for bar in bars), default=0.0) or 1.0
    room = _WIDTH - _NAMES - _COUNT
    parts = []
    for number, bar in enumerate(bars):
        y, wide = number * _ROW, room * bar.value / most
        name = bar.label if len(bar.label) <= _LONGEST_NAME else f"{bar.label[: _LONGEST_NAME - 1]}…"
        parts.append(_text(name, _NAMES - 8, y + _ROW * 0.68, "end"))
        parts.append(_rect(bar, _NAMES, y + 4, wide, _ROW - 8))
        parts.append(_text(_number(bar.value), _NAMES + wide + 6, y + _ROW * 0.68, "start"))
    return _svg(key, title, description, max(_ROW, len(bars) * _ROW), parts)


def nice_step(most: float) -> float:
    """The distance of ticks, 1, 2 or 5 times a power of ten, so that few lines cover ``most``.

    >>> nice_step(17), nice_step(0.9), nice_step(260), nice_step(0)
    (5.0, 0.2, 100.0, 1.0)
    """
    if most <= 0:
        return 1.0
    power = math.floor(math.log10(most / _MOST_TICKS))
    return next(
        step for factor in (1, 2, 5, 10) if (step := float(f"{factor}e{power}")) * _MOST_TICKS >= most * (1 - 1e-9)
    )


def _scale(step: float, top: float, height: float, base: float) -> str:
    return "".join(_tick(number * step, base - height * number * step / top) for number in range(round(top / step) + 1))


def _tick(value: float, y: float) -> str:
    line = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="line"/>'
    return line + _text(_number(value), _LEFT - 6, y + 4, "end")


def _number(value: float) -> str:
    """1.250,5 as written here."""
    return f"{value:,.10g}".translate(_AS_WRITTEN_HERE)


def _rect(bar: Bar, x: float, y: float, width: float, height: float) -> str:
    kind = "bar marked" if bar.is_marked else "bar"
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{max(height, 0.0):.1f}"'
    return f'<rect {place} class="{kind}"><title>{escape(bar.tip)}</title></rect>'


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(key: str, title: str, description: str, height: float, parts: Iterator[str] | Sequence[str]) -> str:
    return (
        f'<svg role="img" aria-labelledby="{key}-title {key}-text" viewBox="0 0 {_WIDTH:g} {height:g}">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-text">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )
