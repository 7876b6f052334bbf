"""Where paragraphs begin: by indent, room left above, gaps and closing marks; in plain text by the lines' lengths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.tokens import TextLine, TokenisedText
from extract.zones import is_capitals

__all__ = ["paragraph_starts"]

_CLOSING = (".", ";", ":", "!", "?", "./", "”", '"')
_INDENT = 8.0  # points; first lines are indented by 28 to 36
_ROOM = 6.0  # points more than the next word needs: justified lines end within 2 of the margin
_GAP = 1.5  # line distances
_LONG_LINE = 45  # characters: lines that show where the margins are
_SHORT = 0.8  # of the usual length: a line of plain text that was not broken at the margin
_LEAST_USUAL = 60.0  # characters: no margin is narrower


@dataclass(frozen=True, slots=True)
class _Margins:
    """Of one page: right edge of the text and usual distance of its lines, in points."""

    right: float
    pitch: float


def paragraph_starts(tokens: TokenisedText, lines: Sequence[TextLine]) -> list[bool]:
    """For each line whether a paragraph begins with it.

    Args:
        tokens: The text.
        lines: Lines of the body in reading order.
    """
    margins = _margins(lines)
    usual = _usual_length(lines)
    starts = [True] if lines else []
    for before, line in pairwise(lines):
        if before.text.rstrip().endswith(_CLOSING) or (is_capitals(before.text) and not is_capitals(line.text)):
            starts.append(True)
        elif before.box is not None and line.box is not None:
            starts.append(_begins_on_page(before, line, margins[before.page]))
        else:
            starts.append(_begins_in_text(tokens, before, line, usual))
    return starts


def _begins_on_page(before: TextLine, line: TextLine, margins: _Margins) -> bool:
    if before.box is None or line.box is None:
        return False
    first_word = line.box.width * len(line.text.split(maxsplit=1)[0]) / len(line.text)
    if margins.right - before.box.x1 > first_word + _ROOM:
        return True
    if before.page != line.page:
        return False
    indented = line.box.x0 > before.box.x0 + _INDENT
    return indented or line.box.centre[1] - before.box.centre[1] > _GAP * margins.pitch


def _begins_in_text(tokens: TokenisedText, before: TextLine, line: TextLine, usual: float) -> bool:
    between = tokens.text[before.end : line.start]
    return between.count("\n") > 1 or len(before.text) < _SHORT * usual


def _usual_length(lines: Sequence[TextLine]) -> float:
    """Length that lines of a wrapped text reach; where lines are whole paragraphs, longer than most."""
    lengths = sorted(len(line.text) for line in lines)
    return max(_LEAST_USUAL, lengths[int(0.9 * (len(lengths) - 1))]) if lengths else 0.0


def _margins(lines: Sequence[TextLine]) -> dict[int, _Margins]:
    by_page: dict[int, list[TextLine]] = defaultdict(list)
    for line in lines:
        if line.box is not None:
            by_page[line.page].append(line)
    return {page: _margins_of(on_page) for page, on_page in by_page.items()}


def _margins_of(lines: Sequence[TextLine]) -> _Margins:
    boxes = [line.box for line in lines if line.box is not None]
    rights = sorted(line.box.x1 for line in lines if line.box is not None and len(line.text) >= _LONG_LINE)
    steps = [below.centre[1] - above.centre[1] for above, below in pairwise(boxes)]
    steps = [step for step in steps if 8.0 < step < 40.0]
    right = rights[len(rights) // 2] if rights else max((box.x1 for box in boxes), default=0.0)
    return _Margins(right, median(steps) if steps else 20.0)
