"""Words of later readings put into the lines of the first, or into lines of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ocr.engine import RawWord

__all__ = ["joined"]

# In heights of a word.
_WIDEST_GAP: Final = 2.0
_LEAST_SHARED: Final = 0.5


def joined(first: Sequence[RawWord], later: Iterable[RawWord], height: float | None) -> list[RawWord]:
    """All words line by line, left to right in each; new lines come last, in the order given.

    Args:
        first: Words whose lines and blocks stand.
        later: Words whose line numbers hold only among themselves.
        height: Typical height of a word in pixels; None where the later words share no lines with the first (stamps).
    """
    lines: dict[int, list[RawWord]] = {}
    for word in first:
        lines.setdefault(word.line, []).append(word)
    fresh_line = max(lines, default=-1) + 1
    fresh_block = max((word.block for word in first), default=-1) + 1
    numbers: dict[int, tuple[int, int]] = {}
    for word in later:
        home = None
        if height is not None:
            home = next((words for words in lines.values() if _belongs(word, words, height)), None)
        if home is not None:
            home.append(replace(word, line=home[0].line, block=home[0].block))
            continue
        if word.line not in numbers:
            numbers[word.line] = (fresh_line + len(numbers), fresh_block + len(numbers))
        line, block = numbers[word.line]
        lines.setdefault(line, []).append(replace(word, line=line, block=block))
    return [word for words in lines.values() for word in sorted(words, key=lambda word: word.x0)]


def _belongs(word: RawWord, words: Sequence[RawWord], height: float) -> bool:
    near = [
        other
        for other in words
        if max(other.x0 - word.x1, word.x0 - other.x1) < _WIDEST_GAP * height
        and min(other.y1, word.y1) - max(other.y0, word.y0) > _LEAST_SHARED * min(other.height, word.height)
    ]
    return bool(near)
