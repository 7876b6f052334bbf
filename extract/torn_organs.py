"""Organs of the head that lost a word: by their own form, or by the place that the document is dated from."""

from __future__ import annotations

import regex

from extract.record import Reading
from extract.same_names import place_of
from normalize.folding import fold_aligned
from normalize.syllables import is_syllable

__all__ = ["in_doubt_where_torn", "in_doubt_without_place"]

# A committee without the level or the name of its place
_NO_LEVEL = regex.compile(
    r"(?:ubnd|hdnd|(?:uy\sban|hoi\sdong)\snhan\sdan)\b\s?(?!.{0,20}\b(?:tinh|thanh\spho|huyen|quan|thi\s?xa|thi\s?tran|"
    r"phuong|xa|dac\skhu|tp|tx|tt|[qhptx])\b)"
)
# Without "Ủy": no organ is called so. "HUYỆN-THẠCH NHAM": a speck, or words that ran into each other
_TORN = regex.compile(r"ban\snhan\sdan\b|.*\b(?:tinh|huyen|quan|thi\s(?:xa|tran)|phuong|xa)[-–.]\p{L}")
_WORD = regex.compile(r"\p{L}+")
_SPECK_INSIDE = regex.compile(r"\s[:;.'‘’“”|*]{1,2}\s")
_DOUBT = 0.6  # of the confidence


def in_doubt_where_torn(organ: Reading) -> Reading:
    """The organ, not asserted where a level is missing, a speck stands inside or marks make no syllable: "SỚỞGIAO"."""
    name = str(organ.value)
    folded = fold_aligned(name)
    broken = any(not word.isascii() and not is_syllable(word) for word in _WORD.findall(name))
    torn = _NO_LEVEL.match(folded) or _TORN.match(folded) or _SPECK_INSIDE.search(name)
    return _in_doubt(organ) if broken or torn else organ


def in_doubt_without_place(issuer: Reading, place: Reading) -> Reading:
    """The issuer, not asserted where the place it writes from is longer: "UBND XÃ KHOAN" in "Trà Khoan"."""
    known = place_of(str(issuer.value))
    torn = known is not None and str(place.value).casefold().endswith(f" {known.casefold()}")
    return _in_doubt(issuer) if torn else issuer


def _in_doubt(organ: Reading) -> Reading:
    if organ.status != "read":
        return organ
    return organ.model_copy(update={"status": "inferred", "confidence": round(organ.confidence * _DOUBT, 3)})
