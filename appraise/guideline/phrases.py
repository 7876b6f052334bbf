"""Phrases of the data files as patterns: "xay dung * khu dan cu kieu mau" has a gap of a few words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import regex

__all__ = ["data_file", "phrase_pattern"]

_WORD_GAP = r"(?:[^\s.;:]{1,20}\s{1,4}){0,%d}?"


@cache
def data_file(name: str) -> dict[str, Any]:
    """A TOML file of ``appraise/data``."""
    return tomllib.loads(files("appraise").joinpath(f"data/{name}").read_text(encoding="utf-8"))


def phrase_pattern(phrases: Iterable[str], *, gap: int = 4) -> regex.Pattern[str]:
    """Any of some folded phrases in folded text, the longest first.

    Args:
        phrases: Words with single spaces; between two words a comma or "và" may be printed as well. ``*`` stands for
            up to ``gap`` words; a phrase's words are taken as they are, not as expressions.
        gap: Words that ``*`` may stand for.

    >>> phrase_pattern(["so ban nganh"]).search("cac so, ban va nganh").group()
    'so, ban va nganh'
    >>> bool(phrase_pattern(["bang khen * thu tuong"]).search("bang khen cua thu tuong"))
    True
    """
    longest_first = sorted(dict.fromkeys(phrases), key=len, reverse=True)
    return regex.compile(r"(?<!\w)(?:" + "|".join(_expression(phrase, gap) for phrase in longest_first) + r")(?!\w)")


def _expression(phrase: str, gap: int) -> str:
    pieces = []
    words = phrase.split()
    for at, word in enumerate(words):
        if word == "*":
            pieces.append(_WORD_GAP % gap)
        else:
            joined = at + 1 < len(words) and words[at + 1] != "*"
            between = (
                r"(?:,\s{0,4}(?:va\s{1,4}|hoac\s{1,4})?|\s{1,4}(?:va\s{1,4}|hoac\s{1,4})?)" if joined else r"\W{1,4}"
            )
            pieces.append(regex.escape(word) + (between if at + 1 < len(words) else ""))
    return "".join(pieces)
