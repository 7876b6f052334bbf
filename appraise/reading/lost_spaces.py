"""Names whose spaces an engine lost or put in: "thônSuốiHaixãTân N ưa" is thôn Suối Hai xã Tân Nưa.

>>> respaced("Nhân dân và cán bộxã Vân Hạ"), respaced("thônSuốiHaixãTân N ưa"), respaced("hộgiađình")
('Nhân dân và cán bộ xã Vân Hạ', 'thôn Suối Hai xã Tân Nưa', 'hộ gia đình')
>>> respaced("Công ty TNHH Lâm sản"), respaced("Huổi Lanh")
('Công ty TNHH Lâm sản', 'Huổi Lanh')
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from normalize.folding import fold_aligned
from normalize.syllables import is_bare_syllable, is_syllable

__all__ = ["respaced"]

_WORD = regex.compile(r"[\p{L}\p{M}]{4,40}")
_CASE = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_CUT = regex.compile(
    r"\b(?P<onset>[Nn]g?h?|[TtKkPpCcGg]h|[Tt]r|[Gg]i|[Qq]u|[BbCcDdĐđGgHhKkLlMmRrSsTtVvXx])\s(?P<rhyme>\p{Ll}{1,5})\b"
)
_LONGEST, _MOST_PARTS = 7, 6


@lru_cache(maxsize=65536)
def respaced(text: str) -> str:
    """``text`` with spaces where run-together words part in one way only, and without those inside a syllable."""
    parted = _WORD.sub(lambda match: " ".join(_parted(match.group())), text)
    return str(_CUT.sub(_joined, parted))


def _parted(word: str) -> list[str]:
    if _is_one(word):
        return [word]
    found: list[str] = []
    for piece in _CASE.split(word):
        ways = [] if _is_one(piece) or piece.isupper() else _fewest(piece)
        found += ways[0] if len(ways) == 1 else [piece]
    return found if all(is_syllable(part) for part in found) else [word]


def _is_one(word: str) -> bool:
    return is_syllable(word) or is_bare_syllable(fold_aligned(word))


def _fewest(word: str) -> list[list[str]]:
    """The ways to part a word in as few syllables as possible."""
    ways = list(_ways(word, _MOST_PARTS))
    least = min(map(len, ways), default=0)
    return [way for way in ways if len(way) == least]


def _ways(word: str, most: int) -> Iterator[list[str]]:
    if not word:
        yield []
        return
    for end in range(2, min(_LONGEST, len(word)) + 1) if most else ():
        if is_syllable(word[:end]):
            yield from ([word[:end], *rest] for rest in _ways(word[end:], most - 1))


def _joined(match: regex.Match[str]) -> str:
    """An onset set apart from its rhyme; a letter that is a word of its own ("ý") has no such rhyme behind it."""
    whole = match["onset"] + match["rhyme"]
    alone = is_syllable(match["onset"]) or (is_syllable(match["rhyme"]) and match["onset"].islower())
    return str(whole if is_syllable(whole) and not alone else match.group())
