"""Names of people: their shape, ranks before them, and family names, which alone are restored."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.person_words import PARTICLE
from normalize.family_names import MIDDLE_NAMES, family_names, family_names_by_letters
from normalize.folding import fold_aligned
from normalize.syllables import is_syllable

__all__ = ["PersonName", "find_person", "named_elsewhere"]

_RANK = regex.compile(
    r"^\W{0,3}(?:(?:GS|PGS|TSKH|TS|ThS|Ths|Th\.s|CN|KS|BSCK\w{0,3}|BS|DS|LS|NGND|NGƯT|TTND|TTƯT|Ông|Bà|Đ/c|"
    r"Đại tá|Thượng tá|Trung tá|Thiếu tá|"
    r"Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại úy|Thượng úy|Trung úy|Thiếu úy)"
    r"[.:]?\s{0,2})+"
)
# Specks of the seal stand before a syllable: "Lương 'Thị Lệ".
_SPECK = r"[.,:;'‘’\"“”`´~*_-]{0,2}"
_BEHIND = rf"(?:\s{_SPECK}|(?<=\p{{Ll}}|(?<!\p{{L}})[KH][’']))"  # a space, or what is left of one
_REST = rf"(?:{_BEHIND}\p{{Lu}}(?:[\p{{Lu}}’']{{1,8}}|[\p{{Ll}}’']{{0,8}})(?!\p{{Ll}}|\p{{Lu}}{{2}}))"
_NAME = regex.compile(rf"(?<!\p{{L}})(?:\p{{Lu}}[\p{{Ll}}’']{{1,7}}|[AYHK][’']?|\p{{Lu}}{{2,8}}){_REST}{{1,4}}")
_BEGINS_WITH_PARTICLE = regex.compile(rf"{PARTICLE}\p{{Lu}}\p{{Ll}}")
_SMALL_NAME = regex.compile(rf"\W{{0,3}}\K(?P<family>\p{{Ll}}{{2,7}}){_REST}{{2,4}}")  # its capital lost under a seal
_NO_NAME = regex.compile(
    r"\W{0,2}(?:nhu\s(?:tren|dieu|kinh)|noi\snhan|luu\s?:|da\sky|\(?ky(?:\sten|,)|ho\s(?:va\s)?ten|chu\sky)"
)
_WORD = regex.compile(r"\p{L}{3}")
_JOINED = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_SPECKS_BEFORE = regex.compile(r"(?<=\s)[^\p{L}\s]+")
# Titles in capitals have the shape of names.
_POST_WORDS = frozenset(fold_aligned("trưởng tướng tịch đốc phòng ban ủy phó thủ sở bộ hiệu giám chủ thôn").split())
# What a seal leaves of a family name: "ương Văn Mạnh", "=Eứơng Minh Bảo"
_TORN = regex.compile(r"(?P<rest>\p{Ll}{2,6})\W{1,3}$")
_LEAST_REST = 4  # letters


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name at ``text[start:end]``.

    Attributes:
        value: The name, its family name restored where only its marks were wrong ("Trân" is no family name).
        whole: Whether it begins with a family name; else a part of it may be lost under a seal.
    """

    value: str
    printed: str
    whole: bool
    start: int
    end: int


def find_person(text: str) -> PersonName | None:
    """The name that fills a line of text but for ranks and specks of a letter or two."""
    if _NO_NAME.match(fold_aligned(text)):
        return None
    rank = _RANK.match(text)
    begin = rank.end() if rank else 0
    match = _small_name(text, begin) or _NAME.search(text, begin)
    if match is None:
        return None
    torn = _TORN.search(text, begin, match.start())
    before = text[begin : torn.start() if torn else match.start()]
    if _WORD.search(before + " " + text[match.end() :]):
        return None
    apart = _JOINED.sub(" ", match.group())
    printed = " ".join(_SPECKS_BEFORE.sub("", apart).split())
    first, *rest = printed.split()
    key = fold_aligned(first)
    if _BEGINS_WITH_PARTICLE.match(printed) and not torn:
        return PersonName(printed, printed, True, match.start(), match.end())
    lost = key not in family_names_by_letters() and not is_syllable(first)  # "Íà Văn Phúc"
    if not torn and len(rest) > 1 and lost and all(map(_is_given, rest)):
        given = " ".join(rest)
        return PersonName(given, given, False, match.end() - len(given), match.end())
    middle = key in {"thi", "van"} or first.title() in MIDDLE_NAMES
    whole = key in family_names_by_letters() and not middle and not torn
    if not printed.isupper() and any(word.isupper() and len(word) > 1 for word in rest):
        return None
    if printed.isupper() and any(fold_aligned(word) in _POST_WORDS for word in printed.split()):
        return None
    if printed.isupper() and first.title() not in family_names_by_letters().get(key, ()):
        return None  # two words in capitals are rarely a name: no repair makes them one
    if not whole and not all(map(_is_given, printed.split())):
        return None
    if torn:
        families = _families_ending(torn["rest"])
        value = " ".join([*(families if len(families) == 1 else ()), printed])
        return PersonName(value, printed, False, match.start(), match.end())
    value = " ".join([_restored(first, all_capitals=printed.isupper()) if whole else first, *rest])
    return PersonName(value, printed, whole, match.start(), match.end())


def named_elsewhere(name: PersonName, text: str, folded: str) -> list[tuple[int, int]]:
    """Where else the document names the same person: minutes name those who sign them in their text.

    For a whole name, places that have its letters, marks apart; for a part, those where a family name stands before it.
    """
    letters = regex.escape(fold_aligned(name.value if name.whole else name.printed))
    before = r"(?<!\w)" if name.whole else r"(?<![a-z])[a-z]{2,7} (?:[a-z]{2,7} )?"
    pattern = rf"{before}{letters}(?!\w)"
    return [
        match.span()
        for match in regex.finditer(pattern, folded, overlapped=True)
        if (words := text[match.start() : match.end()].split())
        and all(map(str.istitle, words))
        and words[0] in family_names_by_letters().get(fold_aligned(words[0]), ())
        and (name.whole or words[-len(name.printed.split()) :] == name.printed.split())
    ]


def _families_ending(rest: str) -> list[str]:
    """Family names of which a seal left these letters; none for a rest too short to tell."""
    return [
        name
        for name in sorted(family_names())
        if len(rest) >= _LEAST_REST and name.endswith(rest) and name.lower() != rest
    ]


def _is_given(word: str) -> bool:
    return word.istitle() and is_syllable(word)


def _small_name(text: str, begin: int) -> regex.Match[str] | None:
    match = _SMALL_NAME.match(text, begin)
    return (
        match
        if match and match["family"].title() in family_names_by_letters().get(fold_aligned(match["family"]), ())
        else None
    )


def _restored(first: str, *, all_capitals: bool) -> str:
    candidates = family_names_by_letters()[fold_aligned(first)]
    known = first.title() if first.title() in candidates else candidates[0]
    return known.upper() if all_capitals else known
