"""Whether two names mean the same candidate: titles and kinds of unit left aside, OCR damage near but never certain.

>>> alike("Hộ gia đình ông Cầm Văn Ính, thôn Nà Hoi", "Gia đình ông CẦM VĂN ÍNH")
'same'
>>> alike("Lò Thị Hoa", "Lò Thị Hoà"), alike("Nhân dân và cán bộ xã Tân Lập", "UBND xã Tân Lập")
('close', 'same')
>>> alike("xã Chi Lăng", "thị trấn Chi Lăng"), same_place("xã Chi Lăng", "Chi Lăng")
('other', True)
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Literal

import regex
from rapidfuzz.distance import Indel

from appraise.reading.name_reading import read_name
from extract.place_lists import place_key
from normalize.canonical import canonical
from normalize.folding import fold, name_key

__all__ = ["Likeness", "alike", "bare_name", "same_place"]

Likeness = Literal["same", "close", "other"]

_CLOSE = 0.86  # one letter of seven; below it different people come together
_KINDS = ("xã", "phường", "thị trấn", "huyện", "thành phố", "thị xã", "thôn")
_KIND_FIRST = regex.compile(rf"(?:{'|'.join(_KINDS)})\s{{1,3}}", regex.IGNORECASE)


@lru_cache(maxsize=65536)
def bare_name(name: str) -> str:
    """The name alone: "Hộ gia đình ông Cầm Văn Ính, thôn Nà Hoi" is "Cầm Văn Ính"."""
    return _forms(name)[0]


@lru_cache(maxsize=65536)
def _forms(name: str) -> tuple[str, str]:
    """The name without what stands around it, and as printed but for its kind: "Bản Khoang" is a commune's name too."""
    text = canonical(name).strip()
    printed = str(_KIND_FIRST.sub("", text, count=1))
    read = read_name(text)
    return (read.core if read is not None and read.core else printed), printed


@lru_cache(maxsize=65536)
def _kind(name: str) -> str | None:
    """The kind of unit printed before a name ("xã"); None for people, and for names printed alone."""
    text = canonical(name).strip()
    before = fold(text[: text.find(bare_name(name))]).split()
    return next((kind for kind in _KINDS if before[-len(kind.split()) :] == fold(kind).split()), None)


@lru_cache(maxsize=262144)
def alike(one: str, other: str) -> Likeness:
    """``same`` where only case, spaces, tone placement or titles differ; ``close`` where letters or marks differ."""
    if len({_kind(one), _kind(other)} - {None}) > 1:
        return "other"  # the commune and the township of one name
    mine, theirs = _forms(one), _forms(other)
    if {name_key(form) for form in mine} & {name_key(form) for form in theirs}:
        return "same"
    return "close" if _is_close(mine, theirs) else "other"


def same_place(one: str | None, other: str | None) -> bool | None:
    """Whether two places are one; None where either is not told, or where a misread letter may part them."""
    if not one or not other:
        return None
    mine, theirs = _forms(one), _forms(other)
    if {place_key(form) for form in mine} & {place_key(form) for form in theirs}:
        return True
    return None if _is_close(mine, theirs) else False


def _is_close(mine: tuple[str, str], theirs: tuple[str, str]) -> bool:
    pairs = ((place_key(one), place_key(other)) for one, other in product(set(mine), set(theirs)))
    return any(Indel.normalized_similarity(one, other, score_cutoff=_CLOSE) >= _CLOSE for one, other in pairs)
