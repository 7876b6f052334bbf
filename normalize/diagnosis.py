"""What is wrong with a text: good Vietnamese, lightly damaged, read without a Vietnamese model, legacy bytes, mojibake.

Decides whether the text layer of a PDF is used or the page is read again from its image, and which restoration fits. A
wrong GOOD is the costly mistake (rubbish is kept), so every doubt counts against it.

What tells the kinds apart, measured on windows of 40 words (official text; the same read by English-model OCR, three
engines; marks stripped; PDF layers with broken ToUnicode maps):

=================  ============  =============  ============
kind               marked share  beyond Latin-1  valid share
=================  ============  =============  ============
good               0.13 to 0.37  0.09 to 0.30   0.73 to 1.00
no Vietnamese      0.00 to 0.16  0.00           0.10 to 0.80
stripped           0.00          0.00           bare 0.90 up
broken ToUnicode   0.03 to 0.14  0.00 to 0.03   0.12 to 0.38
=================  ============  =============  ============

English models know é, ô and ñ but no letter outside Latin-1: the letters đ, ơ, ư, ă and all with hook, dot or two marks
are the surest sign of a text that was read rightly.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

import regex

from normalize.canonical import canonical
from normalize.folding import fold_aligned
from normalize.legacy import LegacyEncoding, guess_legacy
from normalize.syllables import is_bare_syllable, is_syllable

__all__ = ["Damage", "Diagnosis", "diagnose"]


class Damage(StrEnum):
    """Kinds of text."""

    GOOD = "good"
    LIGHT = "light"  # Vietnamese OCR with errors
    NO_VIETNAMESE_MODEL = "no-vietnamese-model"  # dugc, chirc, t6
    MARKS_STRIPPED = "marks-stripped"  # duoc, chuc, to
    LEGACY_TCVN3 = "legacy-tcvn3"
    LEGACY_VNI = "legacy-vni"
    LEGACY_VISCII = "legacy-viscii"
    GARBLED = "garbled"  # broken ToUnicode, UTF-8 read as Latin-1, rubbish
    FOREIGN = "foreign"  # another language, or another script
    EMPTY = "empty"  # no words


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a text looks like. With fewer than some ten tokens, take ``kind`` as a guess.

    Attributes:
        kind: The likeliest kind.
        vietnamese: 0 to 1, how sure it is rightly read Vietnamese; drawn to 0.5 when tokens are few.
        marked_share: Letters with Vietnamese marks (and đ) among all letters.
        valid_share: Words that can be Vietnamese syllables, among all words (abbreviations and codes left out).
        tokens: Number of those words.
        encoding: The legacy encoding, if the text is in one: ``decode_legacy(text, encoding)`` mends it.
    """

    kind: Damage
    vietnamese: float
    marked_share: float
    valid_share: float
    tokens: int
    encoding: LegacyEncoding | None = None


@dataclass(frozen=True, slots=True)
class _Shares:
    """Shares that decide; of letters: marked, beyond (Latin-1), alien (not Latin); of words: all others."""

    tokens: int
    marked: float
    beyond: float
    alien: float
    valid: float
    bare: float
    dented: float  # marked and yet no syllable, or digits and signs inside
    digits: float  # a digit among lower-case letters
    mixed: float  # letters of two scripts in one word
    foreign: float  # function words of English, French or German
    dark: float  # in runs of ten and more without a letter beyond Latin-1


# A word here may hold digits and signs that OCR puts for letters: t6, g1a1, l$p.
_WORD: Final = regex.compile(r"[\p{L}\p{M}\d$&?%@|\\<>+*]+(?<![?+*])")
_LETTER: Final = regex.compile(r"\p{L}")
_NOT_PROSE: Final = regex.compile(r"\S*(?:@|://|www\.)\S*|\S*\d\S*/\S*|\S*/\S*\p{Lu}{2}\S*|\S+\.(?:docx?|pdf|vn|com)")
_LONGEST_CODE: Final = 60  # longer stretches without a space are not looked at as codes or addresses
_ABBREVIATION: Final = regex.compile(r"\p{Lu}{2,8}\d*|\p{Lu}+\p{Ll}?\p{Lu}+|\p{L}|[IVX]+|\d+\p{L}{1,2}\d*")
_DIGIT_INSIDE: Final = regex.compile(r"\p{Ll}\d|\d\p{Ll}{2}")
_SIGN_INSIDE: Final = regex.compile(r"\p{L}[$&?%@|\\<>+*]|[$&?%@|\\<>*]\p{L}")
_LATIN: Final = regex.compile(r"\p{Latin}")
# None of these is a Vietnamese syllable, even without marks.
_FUNCTION_LIST: Final = """
    of and for is with by are this from have which shall was were has or any you your will been their under such its
    les des une pour dans est sur par avec aux sont cette leur ses der die und das ist nicht werden
"""
_FUNCTION_WORDS: Final = frozenset(_FUNCTION_LIST.split())
_PRIOR_TOKENS: Final = 4
_DARK_RUN: Final = 10


def diagnose(text: str) -> Diagnosis:
    """Say what is wrong with a text.

    Args:
        text: The text as it came, before anything cleans it (legacy encodings live in soft hyphens and controls).
            A page is best; a heading will do.

    Returns:
        The diagnosis. Never raises.
    """
    encoding = guess_legacy(text)
    shares = _measure(canonical(text))
    if encoding is not None and shares.beyond < 0.1:
        kind = {
            LegacyEncoding.TCVN3: Damage.LEGACY_TCVN3,
            LegacyEncoding.VNI: Damage.LEGACY_VNI,
            LegacyEncoding.VISCII: Damage.LEGACY_VISCII,
        }.get(encoding, Damage.GARBLED)
    else:
        encoding, kind = None, _kind(shares)
    marks = min(1.0, shares.marked / 0.2) * min(1.0, shares.beyond / 0.1)
    quality = marks * max(0.0, shares.valid - shares.dented - shares.dark)
    if kind in {Damage.GARBLED, Damage.FOREIGN} or encoding is not None:
        quality = min(quality, 0.2)
    vietnamese = (quality * shares.tokens + 0.5 * _PRIOR_TOKENS) / (shares.tokens + _PRIOR_TOKENS)
    return Diagnosis(kind, round(vietnamese, 4), shares.marked, shares.valid, shares.tokens, encoding)


def _kind(s: _Shares) -> Damage:
    """The kind of a text that is in no legacy encoding."""
    if not s.tokens:
        return Damage.EMPTY
    if s.alien > 0.5 and s.mixed < 0.1:
        return Damage.FOREIGN
    if s.alien > 0.03 or s.mixed > 0.05:
        return Damage.GARBLED
    if s.foreign >= 0.12 and s.beyond < 0.05:
        return Damage.FOREIGN
    if s.beyond >= 0.05:
        return _marked_kind(s)
    if s.marked == 0 and s.bare >= 0.85 and s.digits < 0.02:
        return Damage.MARKS_STRIPPED
    if s.bare >= 0.4 or s.digits >= 0.1:
        return Damage.NO_VIETNAMESE_MODEL
    return Damage.GARBLED


def _marked_kind(s: _Shares) -> Damage:
    """The kind of a text that has letters only Vietnamese has."""
    if s.valid < 0.5 or s.dented > 0.35:
        return Damage.GARBLED
    if s.dark > 0.3:
        # Part of the page was read well (a signature box, one column), a third or more of it was not.
        return Damage.NO_VIETNAMESE_MODEL
    # One dented word may be the document's own misprint; few words are believed only when all is well with them.
    allowed = max(0.025, 1 / s.tokens) if s.tokens >= 20 else 0.0
    if s.marked >= 0.15 and s.beyond >= 0.08 and s.dented <= allowed and s.valid >= 0.7:
        return Damage.GOOD
    return Damage.LIGHT


def _measure(text: str) -> _Shares:
    """Count what decides; ``text`` is canonical."""
    prose = " ".join(c for c in text.split() if len(c) > _LONGEST_CODE or not _NOT_PROSE.fullmatch(c.rstrip(".,;:)")))
    found: list[str] = [word for word in _WORD.findall(prose) if _LETTER.search(word)]
    # Abbreviations say nothing; where nearly all is upper case, short words are words.
    shouting = sum(w.isupper() and len(w) > 1 for w in found) > 0.5 * len(found)
    words = [w for w in found if is_syllable(w) or shouting or not _ABBREVIATION.fullmatch(w)]
    letters = Counter("".join(found))
    alien = marked = beyond = 0
    for char, number in letters.items():
        if char.isalpha() and not char.isascii():
            is_marked, is_beyond = _marks(char)
            alien += 0 if _LATIN.match(char) else number
            marked += number * is_marked
            beyond += number * is_beyond
    count = max(1, len(words))
    size = max(1, sum(number for char, number in letters.items() if char.isalpha()))
    valid = [w for w in words if is_syllable(w)]
    invalid = [w for w in words if not is_syllable(w)]
    return _Shares(
        tokens=len(words),
        marked=marked / size,
        beyond=beyond / size,
        alien=alien / size,
        valid=len(valid) / count,
        bare=sum(is_bare_syllable(fold_aligned(w)) for w in words) / count,
        dented=sum(_is_dented(w) for w in invalid) / count,
        digits=sum(bool(_DIGIT_INSIDE.search(w)) for w in words) / count,
        mixed=sum(map(_is_mixed, words)) / count,
        foreign=sum(w.lower() in _FUNCTION_WORDS for w in words) / count,
        dark=sum(n for n in _runs_without_marks(words) if n >= _DARK_RUN) / count,
    )


def _is_mixed(word: str) -> bool:
    """Whether a word has letters of Latin and of another script."""
    if word.isascii():
        return False
    return bool(_LATIN.search(word)) and any(c.isalpha() and not _LATIN.match(c) for c in word)


def _runs_without_marks(words: list[str]) -> list[int]:
    """Lengths of the runs of words that have no letter beyond Latin-1."""
    return [sum(1 for _ in run) for dark, run in groupby(words, key=lambda w: not _is_beyond(w)) if dark]


def _is_beyond(word: str) -> bool:
    return not word.isascii() and any(_marks(c)[1] for c in word)


def _marks(char: str) -> tuple[bool, bool]:
    """Whether a letter is a Vietnamese one with marks, and whether Latin-1 lacks it."""
    if char in "đĐ":
        return True, True
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if base not in "aeiouyAEIOUY" or not marks or any(m not in _VIETNAMESE_MARKS for m in marks):
        return False, False
    return True, ord(char) > 0xFF


_VIETNAMESE_MARKS: Final = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")


def _is_dented(word: str) -> bool:
    """Whether a word that is no syllable looks like a damaged Vietnamese one rather than a foreign one."""
    return any(_marks(c)[0] for c in word) or bool(_DIGIT_INSIDE.search(word) or _SIGN_INSIDE.search(word))
