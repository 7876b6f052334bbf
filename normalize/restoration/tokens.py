"""Cutting a text into what may be restored and what must not be touched.

The same cutting serves the language model's training text, so that both see the same words and classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import regex

from normalize.folding import fold_aligned
from normalize.syllables import is_bare_syllable, is_syllable

__all__ = ["SIGNS", "UNIT", "Gap", "Kind", "Token", "lm_words", "tokenize"]


class Kind(StrEnum):
    """What a token is to restoration."""

    WORD = "word"
    NUMBER = "number"  # numbers, dates, amounts: never touched
    LABEL = "label"  # the letter of a list's item: a), đ)
    CODE = "code"  # 31/QĐ-UBND: only its letters, only from the closed set
    SHIELD = "shield"  # e-mail, addresses of the web, file names: never touched


class Gap(StrEnum):
    """What lies between two tokens, where they may be pieces of one word."""

    SPACE = "space"
    HYPHEN = "hyphen"  # at the end of a line
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        text: The characters.
        kind: What it is.
        gap: What lies between the last token and this one.
        tail: Punctuation right behind the word that may be a mark read as a sign (hook as ``?``, horn as ``’``).
        before: Language-model classes of the punctuation between the last token and this one.
        breaks: True when a blank line or a page break lies before it.
    """

    start: int
    end: int
    text: str
    kind: Kind
    before: tuple[str, ...]
    breaks: bool
    gap: Gap = Gap.OTHER
    tail: str = ""


_LONGEST: Final = 80  # longer stretches without a space are data, not words
_CHUNK: Final = regex.compile(r"\S+")
_SHIELD: Final = regex.compile(
    r"\S*@\S+\.\S*|\S*://\S*|www\.\S*"
    r"|\S+\.(?:docx?|xlsx?|pptx?|pdf|txt|csv|xml|json|html?|zip|rar|7z|jpe?g|png|gif|tiff?|mp[34]|vn|com|org|net|edu)\b\S*",
    regex.IGNORECASE,
)
# Within a chunk: another script, a zero-width mark inside, H'Mông and l'Or (apostrophes among small letters are misread
# horns and hooks: 211 of 214), m².
_NOT_VIETNAMESE: Final = regex.compile(
    r".*(?:[^\P{L}\p{Latin}]|[\u00ad\u200b-\u200f\u2060\ufeff]).*"
    r"|\p{Lu}\p{Ll}?['’]\p{L}\p{Ll}+|\p{Ll}['’]\p{Lu}\p{Ll}+|\p{Ll}{1,3}[²³]|\p{Lu}{1,3}&\p{Lu}{1,3}"
)
UNIT: Final = regex.compile(r"[dckm]?m[23]")  # "94.750 m2" became "mà"
_NUMBER: Final = regex.compile(
    r"(?![46][npt]$|6m$)"  # án, áp, ổn, ốm: 79 of 79 on training pages
    # 1.500, 12/3/2019, 5km, 3b; but 16i is lỗi
    r"(?:\d[\d.,:/\-–°%²³]*\d?(?:%|[b-hj-np-tv-xzđ]\d?|m²|m2|km|kg|ha|mm|cm|km2|km²|m3|m³|kV|kW|MW)?"
    rf"|{UNIT.pattern}"
    r"|[IVXLC]+(?:\.\d+)+\.?"  # II.1
    r"|\d{1,2}[hg]\d\d'?|(?:[6-9]|1[0-2])[a-eA-E]\d{1,2}|(?:[02-9]|\d{2,3})\p{Lu}\d?"  # 8h30, 10a1, 5G
    # Names of letters and digits: N2O, QL6, B12, Km24. But B6, X4 and Ph6 are Bộ, Xã and Phó: 624 of 626.
    r"|\p{Lu}{2,4}\d[\d\p{Lu}]*|\p{Lu}(?:\d{2,4}|[0-35789][\d\p{Lu}]*)|[AEIOUY]\d|\p{Lu}\p{Ll}(?:\d{2,4}|[^\D6]))"
)
_CODE: Final = regex.compile(
    r"(?=\S*(?:\d|^/|\p{Lu}{2}\S*/|/\S*\p{Lu}{2}))\S*/\S*\p{L}\S*"  # 31/QĐ-UBND, /HD-SNV
    r"|\p{Lu}[\p{Lu}\d]*(?:-[\p{Lu}\d]+)+|\p{Lu}{2,}-\p{L}+-\d+|\d+-\p{Lu}{2,}\S*"  # QĐ-UBND, TY-QS-6, 12-NQ/TW
)
_PER: Final = regex.compile(r"([\d\p{L}²³.,]{1,20})/(\p{L}\p{Ll}{2,20})")  # m3/ngày: the last is a word
_SHORTENED: Final = regex.compile(r"\p{L}/\p{L}{1,2}")  # Đ/c, v/v
_LABEL: Final = regex.compile(r"\(?[a-zđ]\)[,;:]?|[a-hđ]\.")
_LABEL_WITH_DIGIT: Final = regex.compile(r"\(?(?:[ae]\d{1,2}|[bcdđg](?:[0-35789]|\d\d))\)[,;:]?")
# A word that ran into a number: ngày31/12/2025, khoản2; a number into a word: 1.000đồng, 3tháng.
_WORD_NUMBER: Final = regex.compile(r"(\p{L}{2,})(\d[\d.,:/-]*)")
_NUMBER_WORD: Final = regex.compile(r"(\d[\d.,]*%?)([bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX]\p{L}{2,})")
_NO_WIDTH: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_OPENING: Final = "([{<«“‘\"'`*•·+=~_|\\^-–—.,;:!?/" + _NO_WIDTH
_CLOSING: Final = ")]}>»”’\"'`*•·+=~_|\\^-–—.,;:!?/…¬\u00ad" + _NO_WIDTH
# Between two letters these join words; the parts are restored each by itself.
_INNER: Final = regex.compile(r"[-–—/.,;:()\[\]“”\"…=+_]+")
# A hook or horn read as a sign (``ci?`` for cứ), I as one (``THO!`` for THỜI). On 780 training pages 478 question marks
# were parts of words and none was one, 797 of 805 quote's signs, 67 of 69 exclamation marks. Elsewhere people do ask
# and exclaim: before a capital only behind what can hardly be a word.
_TAIL: Final = regex.compile(
    r"(?:[?!'’‘`^°]{1,2}(?=\s+[\p{Ll}\d])|['’‘`]{1,2}(?=[\s.,;:)])|(?<=\b\p{Lu}{2,6})!(?=\s+\p{Lu})"
    r"|(?<=\b(?:[cC]|[cC]?h|[tT]h?)[it])\?(?=\s+\p{Lu}))?"
)
_LINE_HYPHEN: Final = regex.compile(r"[-–¬\u00ad][ \t]{0,4}\r?\n[ \t]{0,40}")
_LETTERS: Final = regex.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{2,80}")  # most words, told at a glance
_LETTER: Final = regex.compile(r"\p{L}")
_READ_FOR_LETTER: Final = regex.compile(r"^[¢€]|[¢€]$")
SIGNS: Final = frozenset({"$6", "@", "&", "6"})  # standing alone, the wrong model's số and ở
_STOP: Final = frozenset('.;:!?()[]{}“”"«»-–—…•*+|\\')
_BEHIND_NUMBER: Final = regex.compile(r"^[^\s,;:)]+")
_BEFORE_NUMBER: Final = regex.compile(r"\S+$")
_TRAINING: Final = regex.compile(r"\S*\d[^\s,;:)]*|[^\W_]+|,|[.;:!?()\[\]“”\"…–-]")


def tokenize(text: str) -> Iterator[Token]:
    """Cut a text into tokens; what lies between them is space and punctuation.

    Args:
        text: NFC text with any line ends.

    Yields:
        Tokens in order. Every letter and digit of the text lies in one.
    """
    last_end, tail, after_number = 0, "", False
    for chunk in _CHUNK.finditer(text):
        for start, end, kind in _pieces(chunk.group(), chunk.start()):
            gap, token = text[last_end:start], text[start:end]
            number = kind is not Kind.WORD and any(c.isdigit() for c in token)
            before = _classes(_apart(gap[len(tail) :], after_number, number))
            tail = _TAIL.match(text, end).group() if kind is Kind.WORD else ""
            yield Token(start, end, token, kind, before, _breaks(gap), _gap(gap), tail)
            last_end, after_number = end, number


def lm_words(text: str) -> list[str]:
    """Words and classes of training text for the language model, lower case."""
    words: list[str] = []
    for word in _TRAINING.findall(text):
        if word[0] in _STOP and len(word) == 1:
            word = "<p>"
        elif word == ",":
            word = "<,>"
        elif any(c.isdigit() for c in word):
            word = "<code>" if "/" in word and _LETTER.search(word) else "<num>"
        if not (words and word == words[-1] and word[0] == "<"):
            words.append(word)
    return words


def _pieces(chunk: str, offset: int) -> Iterator[tuple[int, int, Kind]]:
    """The tokens of a stretch without spaces."""
    core_start = len(chunk) - len(chunk.lstrip(_OPENING))
    core = chunk[core_start:].rstrip(_CLOSING)
    if not core:
        return
    start = offset + core_start
    if len(core) > 1 and _LETTERS.fullmatch(core):
        yield start, start + len(core), Kind.WORD
        return
    if chunk in SIGNS or core == "$6":
        yield start, start + len(core), Kind.WORD
        return
    kind = Kind.LABEL if _LABEL.fullmatch(chunk) else _whole_kind(chunk, core)
    per = _PER.fullmatch(core) if kind is Kind.CODE else None
    if per and is_bare_syllable(fold_aligned(per.group(2))):
        yield from _part(per.group(1), start)
        yield from _part(per.group(2), start + per.start(2))
        return
    if kind is not Kind.WORD:
        yield start, start + len(core), kind
        return
    cut = _run_into_number(core)
    if cut:
        yield from _part(core[:cut], start)
        yield from _part(core[cut:], start + cut)
        return
    at = 0
    for gap in _INNER.finditer(core):
        yield from _part(core[at : gap.start()], start + at)
        at = gap.end()
    yield from _part(core[at:], start + at)


def _part(part: str, start: int) -> Iterator[tuple[int, int, Kind]]:
    if part:
        kind = Kind.NUMBER if not _like_word(part) or _NUMBER.fullmatch(part) else Kind.WORD
        yield start, start + len(part), Kind.SHIELD if _NOT_VIETNAMESE.fullmatch(part) else kind


def _run_into_number(core: str) -> int:
    """Where a word and a number that ran together part, 0 where none did (``t6`` and ``1én`` are words)."""
    found = _WORD_NUMBER.fullmatch(core)
    if found:
        word, number = found.groups()
        marked = is_syllable(word) and max(word) > "\xff"
        bare = is_bare_syllable(fold_aligned(word)) and len(word) > (2 if len(number) > 1 else 3)
        return len(word) if marked or len(number) > 3 or (bare and number[0] != "6") else 0
    found = _NUMBER_WORD.fullmatch(core)
    if found:
        number, word = found.groups()
        surely = not word.isascii() and is_syllable(word)
        return len(number) if surely or (len(number) > 1 and is_bare_syllable(word)) else 0
    return 0


def _whole_kind(chunk: str, core: str) -> Kind:
    """What a chunk is as a whole; WORD when its parts must be looked at."""
    if len(core) > _LONGEST or _SHIELD.fullmatch(core) or _NOT_VIETNAMESE.fullmatch(core):
        return Kind.SHIELD
    if _LABEL_WITH_DIGIT.fullmatch(chunk):
        return Kind.NUMBER
    if _SHORTENED.fullmatch(core):
        return Kind.CODE
    if _CODE.fullmatch(chunk.rstrip(_CLOSING).lstrip('([“"')) and len(core) > 2:
        return Kind.CODE
    if not _like_word(core) or _NUMBER.fullmatch(core):
        return Kind.NUMBER
    return Kind.WORD


def _like_word(core: str) -> bool:
    """Whether letters are in it, or a sign that is read for one."""
    return bool(_LETTER.search(core) or _READ_FOR_LETTER.search(core))


def _apart(gap: str, after_number: bool, before_number: bool) -> str:
    """A gap without what the training text counts as part of the number at its side: ``1.``, ``(5``.

    Signs read for marks (tails) are left out before; the search otherwise took them for the end of a sentence.
    """
    if after_number:
        gap = _BEHIND_NUMBER.sub("", gap)
    return _BEFORE_NUMBER.sub("", gap) if before_number else gap


def _classes(gap: str) -> tuple[str, ...]:
    """Language-model classes of the punctuation in a gap."""
    classes: list[str] = []
    for char in gap:
        found = "<,>" if char == "," else "<p>" if char in _STOP else None
        if found and (not classes or classes[-1] != found):
            classes.append(found)
    return tuple(classes)


def _gap(gap: str) -> Gap:
    if gap in {" ", "  ", "\u00a0"}:
        return Gap.SPACE
    return Gap.HYPHEN if _LINE_HYPHEN.fullmatch(gap) else Gap.OTHER


def _breaks(gap: str) -> bool:
    return gap.count("\n") > 1 or "\f" in gap
