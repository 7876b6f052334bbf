"""One spelling for each text: what looks the same becomes the same, and nothing changes its meaning.

Documents mix composed and decomposed letters, Icelandic Ð for Đ, Cyrillic letters inside Latin words, no-break and thin
spaces, soft hyphens, zero-width characters, byte-order marks. No compatibility folding (NFKC): ``m²`` is not ``m2``,
and quotes, dashes and the ellipsis stay as printed.

Text in TCVN3 keeps ư in the code of the soft hyphen: call :func:`normalize.legacy.decode_legacy` before this.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import regex

from normalize.syllables import is_syllable

__all__ = ["canonical"]

_REMOVED: Final = (
    "\u00ad"  # soft hyphen
    "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u180e"  # zero width, byte-order mark
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # direction
    + "".join(map(chr, (*range(9), *range(14, 32), 127)))  # controls other than tab and line ends
)
_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LIGATURES: Final = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
_FULL_WIDTH: Final = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_ALWAYS: Final = str.maketrans(
    {
        **dict.fromkeys(_REMOVED, ""),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys("\u000b\u0085\u2028\u2029", "\n"),
        **_LIGATURES,
        **_FULL_WIDTH,
        "Ð": "Đ",
        "Ɖ": "Đ",
    }
)
_CYRILLIC_GREEK: Final = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
        strict=True,
    )
)
_LOOKALIKES: Final = str.maketrans(_CYRILLIC_GREEK)
_LOOKALIKE_WORD: Final = regex.compile(
    r"\b(?=[\p{L}\p{M}]*\p{Latin})(?=[\p{L}\p{M}]*[" + "".join(_CYRILLIC_GREEK) + r"])[\p{L}\p{M}]+"
)
_FOREIGN_LETTER: Final = regex.compile(r"[^\P{L}\p{Latin}]")
# Only where the word becomes a syllable by it: ð is a letter of its own in Icelandic, ı in Turkish.
_VIETNAMESE_ONLY_IF: Final = str.maketrans({"ð": "đ", "ɖ": "đ", "ı": "i"})
# Tried at the start of a word only and without going back: linear on a run of letters of any length.
_DOUBTFUL_WORD: Final = regex.compile(
    r"(?V1)(?<![\p{L}\p{M}])[[\p{L}\p{M}]--[ðɖı]]*+[ðɖı][\p{L}\p{M}]*+",
)


def canonical(text: str) -> str:
    """Bring a text to one spelling without changing its meaning; idempotent, NFC.

    Line ends, tabs and form feeds stay as they are.

    Args:
        text: Any Unicode text.

    Returns:
        The text in NFC, homoglyphs and odd spaces replaced, invisible characters gone.
    """
    if text.isascii() and text.isprintable():
        return text
    mapped = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_ALWAYS))
    mapped = str(_LOOKALIKE_WORD.sub(_latin_word, mapped))
    mapped = str(_DOUBTFUL_WORD.sub(_vietnamese_word, mapped))
    return unicodedata.normalize("NFC", mapped)


def _latin_word(match: regex.Match[str]) -> str:
    """The word with Cyrillic and Greek lookalikes as Latin letters, if that leaves only Latin ones."""
    word = str(match.group())
    mapped = word.translate(_LOOKALIKES)
    return word if _FOREIGN_LETTER.search(mapped) else mapped


def _vietnamese_word(match: regex.Match[str]) -> str:
    """The word with ð as đ and ı as i, if that makes it a syllable."""
    word = str(match.group())
    mapped = unicodedata.normalize("NFC", word.translate(_VIETNAMESE_ONLY_IF))
    return mapped if is_syllable(mapped) else word
