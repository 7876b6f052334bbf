"""Near-duplicates among the results of an output folder, for its ledger; told, never left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from corpus.ledger import Entry, Ledger, State, now
from corpus.near_duplicates import Sketch, near_duplicates, same_pages
from corpus.pages_json import document_from_json
from corpus.same_words import ReadWord, words_of_page, words_of_text
from corpus.store import PAGES, TEXT, write_whole
from normalize.errors import DamagedInputError

__all__ = ["tell_near_duplicates"]

# When all results were last held against each other: then only what was read since is compared with the others.
_TOLD: Final = Path(".sohoa", "near-duplicates")
_KEPT_IN_MEMORY: Final = 64  # documents being compared


def tell_near_duplicates(out: Path, ledger: Ledger, entries: Sequence[Entry], sketches: Mapping[str, Sketch]) -> None:
    """Bring ``near_duplicate_of`` up to date in all rows; documents with the same bytes as another are that other.

    Args:
        out: Output folder, held by this run.
        ledger: Its ledger.
        entries: All of its rows; changed here and in the ledger.
        sketches: By result folder; documents without are compared with none.

    Raises:
        OutputError: The ledger cannot be written.
    """
    began = now()
    results = _Results(out, entries, since=_content(out / _TOLD) or "")
    found = near_duplicates(
        {path: sketches[folder] for path, folder in results.folders.items() if folder in sketches}, results.is_same
    )
    changed = [entry for entry in entries if entry.near_duplicate_of != found.get(entry.path)]
    for entry in changed:
        entry.near_duplicate_of = found.get(entry.path)
    ledger.put(*changed)
    write_whole(out / _TOLD, began.encode())


class _Results:
    """Reads the pages of documents that are compared.

    Attributes:
        folders: Of all documents, by path.
    """

    def __init__(self, out: Path, entries: Sequence[Entry], since: str) -> None:
        done = [entry for entry in entries if entry.state is State.DONE and not entry.duplicate_of]
        self.folders = {entry.path: entry.folder or "" for entry in done}
        self._out = out
        self._known = {entry.path: entry.near_duplicate_of or entry.path for entry in done}
        self._new = {entry.path for entry in done if (entry.finished_at or "") >= since}
        self._pages = lru_cache(_KEPT_IN_MEMORY)(self._read_pages)

    def is_same(self, one: str, other: str) -> bool:
        if one in self._new or other in self._new:
            return same_pages(self._pages(one), self._pages(other))
        return self._known[one] == self._known[other]

    def _read_pages(self, path: str) -> list[list[ReadWord]]:
        folder = self._out / self.folders[path]
        pages = _content(folder / PAGES)
        if pages is None:
            return [words_of_text(_content(folder / TEXT) or "")]
        try:
            return [words_of_page(page) for page in document_from_json(pages).pages]
        except DamagedInputError:
            return []


def _content(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
