"""Types of documents: their names, the letters that stand for them in a symbol, and letters that OCR has damaged.

The table is data (``data/document_types.tsv``). Letters outside it are kept as read: offices invent types.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import regex
from rapidfuzz.distance import OSA

from extract.word_lists import data_lines
from normalize.folding import fold_aligned

__all__ = ["DocumentType", "document_types", "mended_letters", "type_named", "type_of_letters", "type_words"]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One row of the table; ``system`` is ``state``, ``party`` or ``other``."""

    name: str
    letters: tuple[str, ...]
    system: str


@cache
def document_types() -> tuple[DocumentType, ...]:
    """The table, as it stands in the data file."""
    rows = csv.DictReader(data_lines("document_types.tsv"), delimiter="\t")
    return tuple(DocumentType(row["name"], tuple(row["letters"].split()), row["system"]) for row in rows)


@cache
def type_words() -> dict[str, str]:
    """Folded type names to names, longest first."""
    names = {fold_aligned(row.name): row.name for row in document_types()}
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


def type_named(folded: str) -> str:
    """The type whose name folded text is, spaces and specks apart."""
    bare = "".join(char for char in folded if char.isalpha())
    return next(name for word, name in type_words().items() if word.replace(" ", "") == bare)


@cache
def _names_by_letters(party: bool) -> dict[str, str]:
    system = "party" if party else "state"
    by_letters: dict[str, str] = {}
    for row in sorted(document_types(), key=lambda row: row.system != system):
        for letters in row.letters:
            by_letters.setdefault(letters, row.name)
    return by_letters


def type_of_letters(letters: str, *, party: bool = False) -> str | None:
    """The type that letters of a symbol stand for: ``QĐ`` in a state symbol is Quyết định, ``TTr`` Tờ trình.

    The Party writes Quy định and Quyết định with the same letters: Quyết định is given, the title must decide.
    """
    return _names_by_letters(party).get(letters)


@cache
def _letters_by_folded() -> dict[str, frozenset[str]]:
    every = {letters for row in document_types() for letters in row.letters}
    return {key: frozenset(group) for key, group in groupby(sorted(every, key=fold_aligned), key=fold_aligned)}


def mended_letters(printed: str, type_name: str | None = None) -> str | None:
    """Letters of the closed set that ``printed`` was before OCR; None when that is open.

    ``QD`` can only have been ``QĐ``. ``NP`` after the words "Nghị định" was ``NĐ``. Known letters are never mended,
    unless the type named beside them contradicts them by one letter.

    Args:
        printed: Letters as read.
        type_name: The type named in words beside the code, if any.
    """
    if type_name is not None:
        if type_name == "Công văn":  # its symbol begins with the organ: CT is Cục Thuế, not a slip for CV
            return None
        own = [letters for row in document_types() if row.name == type_name for letters in row.letters]
        if printed in own:
            return None
        return _only(letters for letters in own if _one_slip(printed, letters))
    alike = _letters_by_folded().get(fold_aligned(printed), frozenset())
    return None if printed in alike else _only(alike)


def _one_slip(printed: str, letters: str) -> bool:
    """True for one wrong, lost or added letter in two or three, marks and case apart."""
    read, true = fold_aligned(printed), fold_aligned(letters)
    return read == true or (read[:1] == true[:1] and OSA.distance(read, true) == 1 and len(true) >= 2)


def _only(candidates: Iterable[str]) -> str | None:
    found = set(candidates)
    return found.pop() if len(found) == 1 else None


@cache
def title_pattern() -> regex.Pattern[str]:
    """Folded type names, spaces and specks between letters allowed ("Q U Y E T: D I N H")."""
    spaced = [r"[\s.:,']{0,3}".join(regex.escape(char) for char in name if char != " ") for name in type_words()]
    return regex.compile(rf"(?P<type>{'|'.join(spaced)})(?![a-z])")
