"""Which read words to believe: letters against specks, rules, seals and signatures read as letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import regex

from normalize.syllables import is_syllable
from ocr.engine import RawWord

__all__ = ["is_office_form", "is_readable", "is_sound", "is_wordlike", "tidied", "without_stray_marks"]

# On 2,570 words of 8 transcribed scans: below 0.3, 59 of 62 were wrong; below 0.5 and no Vietnamese syllable, 67 of 70.
_LEAST_CONFIDENCE: Final = 0.3
_LEAST_CONFIDENCE_OTHERS: Final = 0.5
_EDGES: Final = ".,;:!?()[]{}/\\-–—“”‘’\"'*+"
_DASHES: Final = regex.compile(r"[-_–—―~=]+")
_RULE_MARKS: Final = regex.compile(r"[|¦_~`^°«»<>=¬\\'‘’ˆ¡¿]+")
_BULLETS: Final = ("-", "–", "+")
_NUMBER: Final = regex.compile(r"[\d.,/:%+-]*\d[\d.,/:%+-]*")
_CODE: Final = regex.compile(r"\d*[/-]?\p{Lu}[\p{Lu}\d&.]*(?:[/-][\p{Lu}\d&]+\p{Ll}*)*")
# The symbol of a document as handwriting beside it leaves it: "/TTr-UBND", "Só:1137/ĐHTĐ", "/TIr-UBND"; "(b/c);" and
# "VT," in the small print of recipients.
_OFFICE_FORM: Final = regex.compile(
    r"[/⁄]\p{Lu}\p{L}{2}|\p{Lu}\p{L}{1,4}-\p{Lu}{3}|^\(?[bpt]\p{Ll}?/[bchkBCHK]\)|^VT[.,;]{1,2}$"
)
_FORM_HEIGHT: Final = (0.6, 2.2)
# In heights of a word: a hyphen is 0.33 of it long, an en dash 0.6, an em dash 1.2 (Times).
_EN_DASH_LENGTH: Final = 0.47
_EM_DASH_LENGTH: Final = 0.95
_LONGEST_DASH: Final = 1.6
_FLAT: Final = 0.3
# Letters smaller than this are specks or the grain of a stamp.
_SMALLEST_HEIGHT: Final = 0.3
_NARROWEST_LETTER: Final = 0.13


def is_readable(text: str) -> bool:
    """Whether a token is what documents are made of: a syllable, a number, a code in capitals."""
    core = text.strip(_EDGES)
    return is_syllable(core) or bool(_NUMBER.fullmatch(core)) or (len(core) > 1 and bool(_CODE.fullmatch(core)))


def is_sound(word: RawWord, height: float) -> bool:
    """Whether a word of the first reading stands; what does not is read again, then dropped or put back.

    Args:
        word: As read.
        height: Typical height of a word on the page in pixels.
    """
    if word.confidence < _LEAST_CONFIDENCE:
        return False
    if any(c.isalnum() for c in word.text) and (
        word.height < _SMALLEST_HEIGHT * height or word.width < _NARROWEST_LETTER * height * len(word.text)
    ):
        return False
    usual = word.text in _BULLETS or is_syllable(word.text.strip(_EDGES))
    return usual or word.confidence >= _LEAST_CONFIDENCE_OTHERS


def is_wordlike(word: RawWord) -> bool:
    """Whether a doubtful word may still be print: three letters or digits or more, and few other marks."""
    good = sum(c.isalnum() for c in word.text)
    return word.confidence >= _LEAST_CONFIDENCE and good >= 3 and good >= 0.6 * len(word.text)


def is_office_form(word: RawWord, height: float) -> bool:
    """Whether a doubtful word has the form of what no dictionary knows: a symbol, an abbreviation among recipients.

    Of 6 number lines that were lost on 130 first pages, 4 had been read like this, with 0.02 to 0.26; of 4 lost "(b/c)"
    and "p/h)" 4, with 0.21 to 0.47.
    """
    least, most = _FORM_HEIGHT
    return least * height < word.height < most * height and _OFFICE_FORM.search(word.text) is not None


def tidied(word: RawWord, height: float) -> RawWord | None:
    """The word with a dash for a dash by its printed length (``—-`` is none); None for rules and specks."""
    if _DASHES.fullmatch(word.text):
        length = word.width / height
        if length > _LONGEST_DASH or word.text.strip("_~=") == "" or word.height < 0.04 * height:
            return None
        if word.height > _FLAT * height:
            return replace(word, text="-") if word.text.strip("-") else word
        dash = "-" if length < _EN_DASH_LENGTH else "–" if length < _EM_DASH_LENGTH else "—"
        return replace(word, text=dash)
    return None if _RULE_MARKS.fullmatch(word.text) else word


def without_stray_marks(words: Sequence[RawWord]) -> list[RawWord]:
    """A second reading of one line without what does not look like text; empty when nothing in it does."""
    kept = [word for word in words if _stands_alone(word)]
    letters = sum(len(word.text) for word in kept)
    if letters < 2 or 2 * letters < sum(len(word.text) for word in words):
        return []
    return kept if any(is_readable(word.text) and len(word.text) > 1 for word in kept) else []


def _stands_alone(word: RawWord) -> bool:
    if not any(c.isalnum() for c in word.text):
        return word.confidence >= 0.85 and len(word.text) == 1 and word.text in "-–.,;:/"
    if len(word.text) == 1:
        return word.confidence >= 0.85
    return word.confidence >= (0.5 if is_readable(word.text) else 0.7)
