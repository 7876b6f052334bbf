"""Keys for searching and matching: marks, case, tone placement and spelling variants folded away.

Keys are compared, never shown or stored as content.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import regex
from unidecode import unidecode

from normalize.canonical import canonical
from normalize.syllables import is_bare_syllable, parse_syllable, split_tone

__all__ = ["fold", "fold_aligned", "name_key"]

_D_BAR: Final = str.maketrans({"đ": "d", "Đ": "D"})
_JOINED: Final = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_WORD: Final = regex.compile(r"[\p{L}\p{M}]+")
# "tiêu-chí", "Nông-thôn", at a line's end too; not in codes ("/ttr-ubnd"), addresses and numbers.
_HYPHENATED: Final = regex.compile(
    r"[-‐‑\u00ad](?<=(?<![\p{L}\p{N}\p{M}/._@])(?P<first>\p{L}\p{Ll}{0,6}).)"
    r"(?=\n?(?P<next>\p{Ll}{1,7})(?![\p{L}\p{N}\p{M}/@_]))"
)


class _AlignedTable(dict[int, str]):
    """Translation table that folds one character to exactly one, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "đĐ":
            folded = "d"
        else:
            base = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
            # Hangul and ligature-like letters take several characters apart; a lone combining mark takes none.
            base = base if len(base) == 1 else char
            lower = base.lower()  # İ alone lower-cases to two characters, but its base I does not
            folded = lower if len(lower) == 1 else base
        self[code] = folded
        return folded


_ALIGNED: Final = _AlignedTable()


def fold(text: str) -> str:
    """Search key: lower-case ASCII, marks off, other scripts transliterated.

    >>> fold("Ủy ban nhân dân huyện Đình Lập")
    'uy ban nhan dan huyen dinh lap'
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").translate(_D_BAR)
    return (bare if bare.isascii() else str(unidecode(bare))).lower()


def fold_aligned(text: str) -> str:
    """Fold for matching with offsets: as long as the NFC text given, character for character.

    A hyphen between two syllables is a space: some writers join the words of a term.

    >>> fold_aligned("Điều 5"), fold_aligned("12/19 tiêu-chí"), fold_aligned("Số 5/QĐ-UBND")
    ('dieu 5', '12/19 tieu chi', 'so 5/qd-ubnd')
    """
    if "-" in text or "\u2010" in text or "\u2011" in text or "\u00ad" in text:  # nine of ten have none
        text = _HYPHENATED.sub(_space_or_itself, text)
    return text.translate(_ALIGNED)


def _space_or_itself(hyphen: regex.Match[str]) -> str:
    is_term = all(is_bare_syllable(hyphen[word].translate(_ALIGNED)) for word in ("first", "next"))
    return " " if is_term else hyphen[0]


def name_key(text: str) -> str:
    """Key equal for names that differ only in case, tone placement, i or y, and spaces.

    Marks and tones count: ``Thủy`` and ``Thúy`` are two people. ``Hoà`` equals ``Hòa``, ``Kỹ`` equals ``Kĩ``,
    ``NguyễnVăn An`` equals ``NGUYỄN VĂN AN``. Not for display; `Lý` and `Lí` differ on a certificate.
    """
    spaced = _JOINED.sub(" ", canonical(text))
    return "".join(_WORD.sub(_word_key, spaced.lower()).split())


def _word_key(match: regex.Match[str]) -> str:
    """A word without its tone mark, the tone's number behind it; y as the only vowel becomes i."""
    word = match.group()
    syllable = parse_syllable(word)
    if syllable is None:
        toneless, tone, _ = split_tone(word)
        return f"{toneless}{tone:d}"
    rhyme = "i" + syllable.rhyme[1:] if syllable.onset and syllable.rhyme.startswith("y") else syllable.rhyme
    return f"{syllable.onset}{rhyme}{syllable.tone:d}"
