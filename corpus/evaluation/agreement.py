"""When a value read from a document counts as the value in the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex
from rapidfuzz.distance import Levenshtein

from normalize.folding import name_key

__all__ = ["agrees", "entries_in", "matches"]

_ALIKE = 0.95  # a trích yếu of two lines may differ in a letter and still be found by its reader
_ABOUT = regex.compile(r"^\s*(?:v\s*/\s*v|về\s+việc)\b[\s:.]*", regex.IGNORECASE)
_EXACT = frozenset({"number", "symbol", "issue_date"})


def agrees(field: str, expected: Any, value: Any) -> bool:
    """Whether ``value`` is right for ``field``, or for one entry of a list field.

    Numbers, symbols and dates must be the same string; subjects, recipients and addressees may differ in one letter of
    twenty, a subject in its "V/v" too; all other values compare as names do: without case, tone placement or spaces. A
    legal basis is its code and date; only the name of a law may differ in a letter.
    """
    if field == "legal_bases":
        return _same_basis(expected, value)
    if field == "co_signers":
        return isinstance(value, Mapping) and all(
            name_key(str(expected[part] or "")) == name_key(str(value[part] or "")) for part in ("name", "title")
        )
    if not isinstance(value, str):
        return False
    if field in _EXACT:
        return value.strip() == str(expected).strip()
    if field == "subject":
        return _alike(_ABOUT.sub("", expected), _ABOUT.sub("", value))
    if field in {"recipients", "addressees"}:
        return _alike(_entry(expected), _entry(value))
    return name_key(expected) == name_key(value)


def entries_in(values: Sequence[Any]) -> list[Any]:
    """The entries of a list field that say anything."""
    return [value for value in values if (_entry(value) if isinstance(value, str) else value)]


def matches(field: str, expected: Sequence[Any], values: Sequence[Any]) -> list[tuple[int, int]]:
    """Pairs of indexes, each entry of the truth with an entry of its own that agrees with it."""
    pairs: list[tuple[int, int]] = []
    free = list(range(len(values)))
    for index, entry in enumerate(expected):
        right = [at for at in free if agrees(field, entry, values[at])]
        if right:
            at = next((at for at in right if values[at] == entry), right[0])
            free.remove(at)
            pairs.append((index, at))
    return pairs


def _same_basis(expected: Any, value: Any) -> bool:
    if not isinstance(value, Mapping) or not value.get("code") or (expected.get("date") or "") != (value["date"] or ""):
        return False
    printed, read = str(expected["code"]), str(value["code"])
    if any(map(str.isdigit, printed)):
        return "".join(printed.split()) == "".join(read.split())
    return _alike(printed, read)


def _entry(text: str) -> str:
    return text.strip().lstrip("-–•+* ").rstrip(";.,: ")


def _alike(expected: str, value: str) -> bool:
    first, second = (" ".join(text.casefold().split()) for text in (expected, value))
    return name_key(first) == name_key(second) or Levenshtein.normalized_similarity(first, second) >= _ALIKE
