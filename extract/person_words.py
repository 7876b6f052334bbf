"""The words that people's names are made of: family, middle and given names, as lists."""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.word_lists import data_lines
from normalize.family_names import family_names, family_names_by_letters
from normalize.folding import fold_aligned

__all__ = ["FAMILY_NAMES", "PARTICLE", "family_names_like", "given_names", "middle_names"]

FAMILY_NAMES: Final = frozenset(family_names())
PARTICLE: Final = r"[KH][’']\s?"
"""Before names of the Central Highlands, as a word of its own or not: "K' Broh", "H’Lan"."""


@cache
def _parts() -> dict[str, frozenset[str]]:
    rows = (line.split("\t") for line in data_lines("name_parts.tsv"))
    return {part: frozenset(words.split()) for part, words in rows}


def middle_names() -> frozenset[str]:
    """Usual middle names."""
    return _parts()["middle"]


def given_names() -> frozenset[str]:
    """Usual given names."""
    return _parts()["given"]


def family_names_like(word: str) -> list[str]:
    """Very usual family names that differ from a word by their marks alone; of rare ones too many are real."""
    return [name for name in family_names_by_letters().get(fold_aligned(word), ()) if name in _parts()["family"]]
