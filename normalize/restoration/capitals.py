"""Headings in capitals without marks inside text that has its marks (``UBND XA HUU LIEN``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import regex

from normalize.restoration.codes import is_abbreviation
from normalize.restoration.tokens import Kind, Token, tokenize
from normalize.syllables import is_bare_syllable, is_syllable

__all__ = ["bare_capitals"]

_RUN: Final = regex.compile(r"(?<![^\s(\"“])[A-Z]{2,7}(?:[ \t]{1,3}[A-Z]{2,7}){2,20}(?![\p{L}\d])")
_VOWELS: Final = frozenset("AEIOUY")
# Right words may happen to have no marks (BAN THANH TRA): that many, or one that is no syllable without them.
_ENOUGH: Final = 3


def bare_capitals(text: str) -> Iterator[list[Token]]:
    """Runs of three and more words in capitals that have lost their marks, as tokens with their places in the text."""
    for run in _RUN.finditer(text):
        words = [w for w in run.group().split() if set(w) & _VOWELS and not is_abbreviation(w)]
        if not all(map(is_bare_syllable, words)):
            continue  # another language, or abbreviations
        if len(words) >= _ENOUGH or (len(words) > 1 and not all(map(is_syllable, words))):
            tokens = tokenize(run.group())
            yield [
                replace(t, start=t.start + run.start(), end=t.end + run.start())
                for t in tokens
                if t.kind in {Kind.WORD, Kind.NUMBER}
            ]
