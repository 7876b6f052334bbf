"""When a value read from a document counts as the value in the truth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex
from rapidfuzz.distance import Levenshtein

from normalize.folding import name_key

__all__ = ["agrees", "basis_key", "entry_key"]

_SUBJECT_ALIKE = 0.95  # a trích yếu of two lines may differ in a letter and still be found by its reader
_ABOUT = regex.compile(r"^\s*(?:v\s*/\s*v|về\s+việc)\b[\s:.]*", regex.IGNORECASE)
_EXACT = frozenset({"number", "issue_date"})


def agrees(field: str, expected: str, value: Any) -> bool:
    """Whether ``value`` is right for ``field``.

    Numbers and dates must be the same string; a subject may differ in one letter of twenty and in its "V/v"; all other
    values compare as names do: without case, tone placement or spaces.
    """
    if not isinstance(value, str):
        return False
    if field in _EXACT:
        return value.strip() == expected.strip()
    if field == "subject":
        return Levenshtein.normalized_similarity(_subject(expected), _subject(value)) >= _SUBJECT_ALIKE
    return name_key(expected) == name_key(value)


def _subject(text: str) -> str:
    return " ".join(_ABOUT.sub("", text).casefold().split())


def basis_key(value: Any) -> tuple[str, str] | None:
    """Code and date of a legal basis, the two that identify it; None for what is no basis."""
    if not isinstance(value, Mapping) or not value.get("code"):
        return None
    return name_key(str(value["code"])), str(value.get("date") or "")


def entry_key(value: Any) -> str | None:
    """An addressee or recipient without its dash and closing mark; None for what is no text."""
    if not isinstance(value, str):
        return None
    return name_key(value.strip().lstrip("-–•+* ").rstrip(";.,: ")) or None
