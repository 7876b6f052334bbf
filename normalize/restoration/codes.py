"""Repairing the letters of document codes and abbreviations, from closed lists only.

``31/QD-UBND`` becomes ``31/QĐ-UBND`` because QĐ is how that part is always written. ``748/HD-SNV`` stays: HD (hướng
dẫn) and HĐ (hợp đồng) are both types of Nghị định 30/2020 (annex III), and the letters cannot tell. Digits are never
touched.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Final

import regex

from normalize.folding import fold_aligned
from normalize.syllables import is_bare_syllable

__all__ = ["is_abbreviation", "repair_abbreviation", "repair_code"]

_PART: Final = regex.compile(r"\p{L}+")
# Abbreviations of types that differ from another type's by Đ alone: hướng dẫn, dự án (Nghị định 30/2020, annex III).
_TWO_TYPES: Final = frozenset({"HD", "DA"})
# The type's name right before the number tells: Hợp đồng số 12/HD.
_TYPES: Final = {"hợp đồng": ("HD", "HĐ"), "đề án": ("DA", "ĐA")}
_NAMED_TYPE: Final = regex.compile(r"(hợp đồng|đề án)(?: [\p{L}]+){0,3}? số$")
_SHORTENED: Final = {"D/c": "Đ/c", "d/c": "đ/c", "D/C": "Đ/C"}  # đồng chí, before names
_MIN_RATIO: Final = 20  # how much commoner the reading with Đ must be than the bare one
_MIN_PIECE: Final = 3
_COMMON: Final = 20  # times seen, from which a part is recognised although it was misread or stands inside another
_VERY_COMMON: Final = 1000


def repair_code(code: str, before: str = "", *, misread: bool = True) -> str | None:
    """The code with its letters repaired, None when nothing is to be changed or it is not sure.

    Args:
        code: As it was read.
        before: The restored words before it: they tell types apart that have the same letters.
        misread: Whether Đ may have been read as P or B, or as two letters; where only marks are missing it is D.

    >>> repair_code("31/QD-UBND"), repair_code("91/2017/NP-CP"), repair_code("748/HD-SNV")
    ('31/QĐ-UBND', '91/2017/NĐ-CP', None)
    >>> repair_code("12/HD-XD", "theo Hợp đồng số")
    '12/HĐ-XD'
    """
    if code in _SHORTENED:
        return _SHORTENED[code]
    repaired = _PART.sub(lambda match: repair_abbreviation(match.group(), misread=misread), code)
    named = _NAMED_TYPE.search(before.lower())
    if named:
        bare, right = _TYPES[named.group(1)]
        repaired = regex.sub(rf"(?<=\d/){bare}(?=-|$)", right, repaired, count=1)
    return repaired if repaired != code else None


def is_abbreviation(part: str) -> bool:
    """Whether capitals are a known part or abbreviation, and not also how a syllable looks without its marks."""
    return part in _table()[0] and ("Đ" in part or not is_bare_syllable(fold_aligned(part)))


@lru_cache(maxsize=4096)
def repair_abbreviation(part: str, *, misread: bool = True) -> str:
    """One part, or an abbreviation by itself, repaired; as it is when nothing is sure.

    >>> repair_abbreviation("HDND")
    'HĐND'
    """
    if part in _TWO_TYPES:
        return part
    known, by_bare = _table()
    if part in known:
        bare, own = fold_aligned(part), known[part]
        best = by_bare[bare][0]
        return best if known[best] >= _MIN_RATIO * own and best.upper() == best else part
    if not part.isupper():
        return part
    found = by_bare.get(fold_aligned(part))
    if found:
        return found[0]
    return (_misread(part) if misread else None) or _pieces(part) or part


def _misread(part: str) -> str | None:
    """A known part with Đ where one letter was read as P or B, or a very common one where Đ became two letters."""
    known, by_bare = _table()
    found = {
        candidate
        for at, char in enumerate(part)
        if char in "PB"
        for candidate in by_bare.get(fold_aligned(part[:at] + "d" + part[at + 1 :]), ())
        if candidate[at : at + 1] == "Đ" and known[candidate] >= _COMMON
    }
    found |= {
        candidate
        for at in range(len(part) - 1)
        if part[at : at + 2] in {"BD", "PD", "DD"}
        for candidate in by_bare.get(fold_aligned(part[:at] + "d" + part[at + 2 :]), ())
        if candidate[at : at + 1] == "Đ" and known[candidate] >= _VERY_COMMON
    }
    return found.pop() if len(found) == 1 else None


def _pieces(part: str) -> str | None:
    """Two parts written together (BCĐ + CTMTQG), or an organ's letter before one (B + TĐKT).

    Each is known, or has no letter that could be a misread Đ.
    """
    known, by_bare = _table()
    found = set()
    for cut in range(1, len(part) - _MIN_PIECE + 1):
        halves = []
        for half in (part[:cut], part[cut:]):
            readings = [part for part in by_bare.get(fold_aligned(half), ()) if known[part] >= _COMMON]
            short = len(half) < _MIN_PIECE
            plain = (short and half in "BSTUV") or (not short and not set(half) & set("DPBĐ"))
            halves.append(readings[0] if readings and not short else half if plain else None)
        if None not in halves and "Đ" in "".join(h or "" for h in halves):
            found.add("".join(h for h in halves if h))
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], dict[str, list[str]]]:
    """Parts with their counts, and the parts of each bare spelling, the commonest first."""
    known: dict[str, int] = {}
    text = resources.files("normalize.restoration").joinpath("code_parts.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            part, count = line.split("\t")
            known[part] = int(count)
    by_bare: dict[str, list[str]] = {}
    for part in sorted(known, key=lambda p: -known[p]):
        by_bare.setdefault(fold_aligned(part), []).append(part)
    return known, by_bare
