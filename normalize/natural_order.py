"""The order in which people number files: 2 before 10, folder by folder."""

from __future__ import annotations

import unicodedata

import regex

__all__ = ["natural_key"]

_FIGURES = regex.compile(r"([0-9]+)")


def natural_key(path: str) -> tuple[object, ...]:
    """A sort key for a path with ``/`` between names: figures by value, letters without case, NFC and NFD alike."""
    folded = unicodedata.normalize("NFC", path).casefold()
    names = tuple(
        tuple((int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in _FIGURES.split(name))
        for name in folded.split("/")
    )
    return (names, path)  # the path itself decides between twins
