"""Numbers and symbols of documents in every shape offices use.

State: ``106/HD-SNV``, ``91/2017/NĐ-CP``, ``33/2024/QH15``, ``1853/VP-KGVX``, ``55/2005/TTLT-BNV-VPCP``,
``2231/SNV-CCHC&PC``, with stray spaces (``106 /HD-SNV``) and line ends after a hyphen. Party: ``36-HD/VPTW``,
``367 - QĐ/TWĐTN``. Case counts (``TTg`` is not ``TTG``), so these run on the text as printed, not on folded text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extract.document_types import mended_letters, type_of_letters
from extract.patterns import find_matches
from extract.word_lists import data_lines
from normalize.folding import fold_aligned

__all__ = ["CHAIN", "SYMBOL", "Code", "codes_in", "is_symbol", "squeezed", "symbol_letters"]

# Engines see a colon for the "r" in "TTr-": it counts as a letter before a hyphen.
_GROUP = r"\p{Lu}[\p{L}\p{N}]{0,24}(?:\.\p{Lu}{2}[\p{L}\p{N}]{0,6}(?=-)|:(?=-))?(?:&\p{Lu}[\p{L}\p{N}]{0,12}){0,2}"
# A hyphen may end a line; with a space it links only to capitals, so that "số 5/QĐ-X - Y" ends before " - Y".
_LINK = r"(?:[-–_](?:\s{0,3}\n\s{0,3}|\s(?=\p{Lu}{2}))?|\s-(?=\p{Lu}))"
_UNIT_OF_ORGAN = regex.compile(r"\p{Lu}\d{1,2}")  # TB-VKS-P9
CHAIN = rf"{_GROUP}(?:{_LINK}{_GROUP}){{0,9}}"
_SLASH = r"\s{0,3}/\s{0,3}"
SYMBOL = rf"(?:(?:19|20)\d{{2}}{_SLASH})?{CHAIN}(?:{_SLASH}{CHAIN})?"
_NUMBER = r"(?<![\p{L}\p{N}/.,\-])\d{1,6}[a-zA-Z]?"
# "nđ-cp" in small letters only behind a year; "73-CP" (until about 1996) only behind "số".
_LOWER = rf"(?:19|20)\d{{2}}{_SLASH}\p{{Ll}}{{2,5}}-\p{{Ll}}{{2,12}}"
_CODE = regex.compile(
    rf"(?P<number>{_NUMBER})(?:{_SLASH}(?P<symbol>{SYMBOL}|{_LOWER})"
    rf"|\s?[-–_]\s?(?P<party>{_GROUP}{_SLASH}{CHAIN})"
    rf"|(?<=[sS]ố\s\d{{1,4}})-(?P<old>\p{{Lu}}{{2,6}})"
    rf"|(?<=[sS]ố\s\d{{1,5}}){_SLASH}(?P<small>\p{{Ll}}{{2,5}}-\p{{Ll}}{{2,12}}))(?![\p{{L}}\p{{N}}])"
)
# Engines tear symbols: "226/TTi r-SNV", "18-KL/T W".
_TORN_OFF = regex.compile(
    rf"[^\S\n](?:\p{{Ll}}{{1,2}}(?:-{_GROUP}){{1,3}}|(?<=[-/]\p{{Lu}}\s)\p{{Lu}})(?![\p{{L}}\p{{N}}])"
)
_LETTERS = regex.compile(r"(?:(?:19|20)\d\d/)?(\p{Lu}[\p{L}&]*)")
# The National Assembly's term: "QHI5", "QH1S"
_TERM = regex.compile(r"(?<=/QH)[1Il][\dIlOS](?![\p{L}\p{N}])")
_TERM_DIGITS = str.maketrans("IlOS", "1105")
_BEFORE_ORGANS = regex.compile(r"(?<=\p{L})(?=[-/])")
_GROUP_END = regex.compile(r"[-/_]")


# Text layers hold "ВСТ" in Cyrillic letters: no symbol is Cyrillic.
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХІЅΑΒΕΚΜΝΟΡΤΧΙ", "ABEKMHOPCTXISABEKMNOPTXI")


_CONFUSED = ("ĐDPBOQ", "QOCG", "NMHK", "Rr", "gGYy", "TIYL")  # letters that engines take for each other
_OLD_JOINT = {"TTLB", "TTLN"}  # thông tư liên bộ, liên ngành: until 1996, no slips for TTLT


@dataclass(frozen=True, slots=True)
class Code:
    """A number with its symbol at ``text[start:end]``, spaces squeezed out of ``number``, ``symbol`` and ``code``."""

    number: str
    symbol: str
    hyphen: bool  # between number and symbol: the Party's way, and the State's until about 1996
    start: int
    end: int
    number_span: tuple[int, int]
    symbol_span: tuple[int, int]
    torn: bool = False  # a space inside its symbol was taken out

    @property
    def code(self) -> str:
        return f"{self.number}{'-' if self.hyphen else '/'}{self.symbol}"

    @property
    def letters(self) -> str:
        """First group of the symbol: letters of the type, or of the organ in a công văn."""
        return symbol_letters(self.symbol)

    @property
    def type(self) -> str | None:
        """The type its letters stand for, as printed or mended."""
        return type_of_letters(mended_letters(self.letters) or self.letters, party=self.hyphen)

    def mended(self, type_name: str | None) -> str | None:
        """The code with its letters (of the type, of the organ) mended from closed sets; None where all are right."""
        letters = None if self.letters in _OLD_JOINT else mended_letters(self.letters, type_name)
        # Of 5,299 codes of the codification none has letters of no type that are one slip from those of its type.
        if letters and type_of_letters(self.letters) and not _look_alike(self.letters, letters):
            letters = None
        code = self.code.replace(self.letters, letters, 1) if letters else self.code
        code = _TERM.sub(lambda term: term.group().translate(_TERM_DIGITS), code)
        first, *organs = _BEFORE_ORGANS.split(code)
        code = first + "".join(organ[0] + _mended_organ(organ[1:]) for organ in organs)
        return code if code != self.code else None


def _look_alike(printed: str, letters: str) -> bool:
    """Whether letters of one length differ only where engines confuse them: ``TC`` is no slip for ``TT``."""
    pairs = zip(printed, letters, strict=False)
    return len(printed) != len(letters) or all(
        a == b or any(a in group and b in group for group in _CONFUSED) for a, b in pairs
    )


@cache
def _organ_letters() -> dict[str, str]:
    return {fold_aligned(letters): letters for letters in data_lines("organ_letters.txt")}


def _mended_organ(printed: str) -> str:
    """Letters of an organ that lost their Đ or small letter (``TTG``, ``HDND``) mended; others as printed."""
    known, key = _organ_letters(), fold_aligned(printed)
    if not printed.isupper():
        return printed
    for size in range(len(key), 2, -1):
        letters = known.get(key if size == len(key) else f"{key[:size]}*")
        if letters:
            return letters.removesuffix("*") + printed[size:]
    return known.get(f"{key}*", printed).removesuffix("*")


def symbol_letters(symbol: str) -> str:
    """First group of a symbol, behind the year if it has one: ``NĐ`` of ``2017/NĐ-CP``."""
    match = _LETTERS.match(symbol)
    return match[1] if match else ""


def squeezed(printed: str) -> str:
    """A symbol as one word: spaces and line ends out, long hyphens short, look-alikes of other scripts Latin."""
    return "".join(printed.split()).replace("–", "-").replace(":", "").translate(_LOOK_ALIKES)


def is_symbol(symbol: str) -> bool:
    """True for what can be a symbol: groups of capitals ("TTg", "QH15", "BGDĐT-TCCB"), not a word with a capital."""
    groups = [group for group in _GROUP_END.split(symbol) if not group.isdigit()]
    whole = [group for group in groups if not _UNIT_OF_ORGAN.fullmatch(group)]
    return bool(whole) and (all(_is_group(group) for group in whole) or symbol.islower())


def _is_group(group: str) -> bool:
    capitals = sum(char.isupper() for char in group)
    letters = sum(char.isalpha() for char in group)
    return (capitals >= 2 and capitals * 2 >= letters) or (letters == 1 and len(group) == 1)


def codes_in(text: str) -> Iterator[Code]:
    """All codes of a text, in its order."""
    for match in find_matches(_CODE, text):
        part = next(name for name in ("symbol", "party", "old", "small") if match[name])
        torn = _TORN_OFF.match(text, match.end())
        start, end = match.start(part), torn.end() if torn else match.end()
        symbol = squeezed(text[start:end])
        if not is_symbol(symbol):
            continue
        yield Code(
            number=match["number"],
            symbol=symbol,
            hyphen=part in {"party", "old"},
            start=match.start(),
            end=end,
            number_span=match.span("number"),
            symbol_span=(start, end),
            torn=torn is not None,
        )
