"""Marks that OCR lost in closed sets: names of organs and places, titles of signers.

Engines read "THÀNH PHÓ" for "THÀNH PHỐ" and "PHO CHU TỊCH" for "PHÓ CHỦ TỊCH". A phrase whose letters without marks are
those of a known phrase takes the known one's marks. Letters, digits and case stay as printed; names of people never
change.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from extract.word_lists import folded_alternatives, phrases_by_key
from normalize.folding import fold_aligned, name_key

__all__ = ["with_known_marks"]


@cache
def _pattern(file_name: str) -> regex.Pattern[str]:
    # one word is too little to go by: TRƯỜNG (school) and TRƯỞNG (head) are both right
    keys = [key for key in phrases_by_key(file_name) if " " in key]
    phrases = folded_alternatives(keys, spaces=r"\s{1,2}")
    return regex.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


def with_known_marks(text: str, file_names: Iterable[str]) -> str:
    """``text`` with the marks of known phrases; equal to ``text`` where nothing was wrong."""
    for file_name in file_names:
        folded = fold_aligned(text)
        pieces, last = [], 0
        for match in _pattern(file_name).finditer(folded):
            printed = text[match.start() : match.end()]
            known = phrases_by_key(file_name)[" ".join(match.group().split())]
            pieces += [text[last : match.start()], _in_case_of(known, printed)]
            last = match.end()
        text = "".join([*pieces, text[last:]])
    return text


def _in_case_of(known: str, printed: str) -> str:
    """The known phrase, each letter in the case printed; the printed one where both are the same name."""
    single = " ".join(printed.split())
    if len(single) != len(known) or single.lower() == known.lower() or name_key(single) == name_key(known):
        return printed
    return "".join(k.upper() if p.isupper() else k.lower() for k, p in zip(known, single, strict=True))
