"""The parts that names of organs are put together from: ``data/organ_parts.txt``, by their folded form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import regex

from extract.word_lists import data_lines
from normalize.folding import fold_aligned

__all__ = ["Part", "field_pattern", "head_pattern", "part_of"]

_DASH = regex.compile(r"\s?[-–]\s?")
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


def part_of(printed: str, *, field: bool) -> Part:
    """The part that some text is; of two with the same letters the one in the case printed."""
    same = _parts()[field][key_of(printed)]
    return next((part for part in same if part.printed == printed), same[0])


@cache
def head_pattern() -> regex.Pattern[str]:
    """Any beginning of a name, over folded text."""
    return _pattern(field=False)


@cache
def field_pattern() -> regex.Pattern[str]:
    """Any complement, over folded text."""
    return _pattern(field=True)


def _pattern(*, field: bool) -> regex.Pattern[str]:
    words = _trie(_parts()[field])
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{words})(?![\p{{L}}\d])")


def _trie(keys: Iterable[str]) -> str:
    """An expression for any of the keys, the longest first, common beginnings written once: four times as fast."""
    tree: dict[str, Any] = {}
    for key in keys:
        node = tree
        for char in key:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree)


def _branch(node: dict[str, Any]) -> str:
    branches = [_char(char) + _branch(node[char]) for char in sorted(node) if char]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if "" in node else body


def _char(char: str) -> str:
    return r"\s{1,3}" if char == " " else r"\s?[-–]\s?" if char == "-" else regex.escape(char)
