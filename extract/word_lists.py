"""The word lists under ``data/``: one phrase a line, ``#`` before comments, an optional ``*`` behind a phrase."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import regex

from normalize.folding import fold_aligned

__all__ = ["data_lines", "folded_alternatives", "phrases_by_key"]


@cache
def data_lines(file_name: str) -> tuple[str, ...]:
    """Lines of a data file, comments and empty ones left out."""
    text = files("extract").joinpath(f"data/{file_name}").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def phrases_by_key(file_name: str) -> dict[str, str]:
    """Phrases by their folded form, spaces single."""
    phrases = [line.removesuffix("*").strip() for line in data_lines(file_name)]
    return {fold_aligned(phrase): phrase for phrase in phrases}


def folded_alternatives(keys: Iterable[str], *, spaces: str) -> str:
    """A regular expression for any of some folded phrases, the longest first, with ``spaces`` between their words."""
    longest_first = sorted(keys, key=len, reverse=True)
    return "|".join(spaces.join(map(regex.escape, key.split())) for key in longest_first)
