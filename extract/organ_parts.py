"""The parts that names of organs are put together from: ``data/organ_parts.txt``, by their folded form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extract.word_lists import data_lines, folded_alternatives
from normalize.folding import fold_aligned

__all__ = ["Part", "field_pattern", "head_pattern", "part_of"]

_DASH = re.compile(r"\s?[-–]\s?")
Section = Literal["whole", "head", "open", "field"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the list prints it, and written out."""

    printed: str
    full: str
    section: Section

    @property
    def abbreviated(self) -> bool:
        return self.printed != self.full


@cache
def _parts() -> dict[bool, dict[str, list[Part]]]:
    """Parts by key, heads (False) and fields (True) apart."""
    parts: dict[bool, dict[str, list[Part]]] = {False: {}, True: {}}
    section: Section = "whole"
    for line in data_lines("organ_parts.txt"):
        if line.startswith("["):
            section = line.strip("[]")  # type: ignore[assignment]
            continue
        printed, _, full = (piece.strip() for piece in line.partition(" = "))
        part = Part(printed, full or printed, section)
        parts[section == "field"].setdefault(key_of(printed), []).append(part)
    return parts


def key_of(printed: str) -> str:
    """Folded, spaces single, dashes plain."""
    return " ".join(_DASH.sub("-", fold_aligned(printed)).split())


@lru_cache(maxsize=8192)
def part_of(printed: str, *, field: bool) -> Part:
    """The part that some text is; of two with the same letters the one in the case printed."""
    same = _parts()[field][key_of(printed)]
    return next((part for part in same if part.printed == printed), same[0])


@cache
def head_pattern() -> re.Pattern[str]:
    """Any beginning of a name, over folded text."""
    return _pattern(field=False)


@cache
def field_pattern() -> re.Pattern[str]:
    """Any complement, over folded text."""
    return _pattern(field=True)


def _pattern(*, field: bool) -> re.Pattern[str]:
    """Plain words and no long repeats: ``re`` finds them five times as fast as ``regex`` does."""
    words = folded_alternatives(_parts()[field], spaces=r"\s{1,3}", dashes=r"\s?[-–]\s?")
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")
