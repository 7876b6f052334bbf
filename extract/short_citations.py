"""Citations whose code is not whole: "Nghị định số 91/2017", "Thông tư số 06 ngày", "Quyết định số     /QĐ-UBND"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extract.codes import SYMBOL, is_symbol, squeezed
from extract.patterns import Source, find_matches, words
from extract.word_lists import folded_alternatives

__all__ = ["HalfCode", "half_codes_in"]

_NAMES = "nghi dinh|thong tu lien tich|thong tu|nghi quyet|quyet dinh|chi thi|phap lenh|ket luan|sac lenh|cong van"
_TYPES = folded_alternatives(_NAMES.split("|"), spaces=r"\s{1,4}")
_SO = r"s[o6e]\s{0,3}:?\s{0,3}"
_END = r"(?![\w/]|[.,\-–]\d|\s{0,3}/|-\w)"
_NUMBER = regex.compile(
    rf"\b{_TYPES}\s{{1,4}}(?:{_SO}(?P<number>\d{{1,5}}(?:/(?:19|20)\d\d)?)|(?P<number>\d{{1,4}}/(?:19|20)\d\d)){_END}"
)
# a number alone needs a date or an issuer behind it
_ORGANS = words("chinh phu|thu tuong|bo|quoc hoi|hdnd|ubnd|uy ban|hoi dong|ban")
_CITED_BEHIND = regex.compile(rf"[,.\s(]{{0,4}}(?:ky\s{{1,4}})?(?:ngay\s{{1,4}}[\dloi]|cua\s{{1,4}}{_ORGANS}\b)")
_BLANK = regex.compile(
    rf"[Ss][ốoôỐ]\s{{0,3}}:?(?P<blank>[ \t.…_]{{2,40}})/\s{{0,2}}(?P<symbol>{SYMBOL})(?!\s{{0,3}}(?:\.\.|…))"
)


@dataclass(frozen=True, slots=True)
class HalfCode:
    """A code at ``text[start:end]`` without its symbol or its number; ``named`` is where the words before it end."""

    code: str
    start: int
    end: int
    named: int


def half_codes_in(source: Source) -> Iterator[HalfCode]:
    """Numbers without a symbol (``91/2017``, ``06``), symbols without a number (``/QĐ-UBND``)."""
    yield from _numbers_in(source)
    yield from _blank_codes_in(source)


def _numbers_in(source: Source) -> Iterator[HalfCode]:
    """Numbers behind the name of a type."""
    for match in find_matches(_NUMBER, source.folded):
        code = match["number"]
        if "/" in code or _CITED_BEHIND.match(source.folded, match.end()):
            yield HalfCode(code, match.start("number"), match.end("number"), match.start("number"))


def _blank_codes_in(source: Source) -> Iterator[HalfCode]:
    """Codes of drafts, the number still to be filled in.

    Only symbols of two groups count: the blank of a form ("số ... /BC ...") is no citation.
    """
    for match in find_matches(_BLANK, source.text):
        symbol = squeezed(match["symbol"])
        if is_symbol(symbol) and "-" in symbol:
            yield HalfCode(f"/{symbol}", match.start("symbol"), match.end("symbol"), match.start("blank"))
