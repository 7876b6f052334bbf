"""Near-duplicates among the results of an output folder, for its ledger; told, never left out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from corpus.ledger import Entry, Ledger, State, now
from corpus.near_duplicates import near_duplicates, same_pages, sketch_of
from corpus.pages_json import document_from_json
from corpus.same_words import ReadWord, words_of_page, words_of_text
from corpus.store import PAGES, TEXT, write_whole
from normalize.errors import DamagedInputError

__all__ = ["tell_near_duplicates"]

# When all results were last held against each other: then only what was read since is compared with the others.
_TOLD: Final = Path(".sohoa", "near-duplicates")
_KEPT_IN_MEMORY: Final = 64  # documents being compared


def tell_near_duplicates(out: Path, ledger: Ledger) -> None:
    """Bring ``near_duplicate_of`` up to date in all rows; documents with the same bytes as another are that other.

    Args:
        out: Output folder, held by this run.
        ledger: Its ledger.

    Raises:
        OutputError: The ledger cannot be written.
    """
    began = now()
    entries = ledger.entries()
    ledger.put(*_changed(out, entries, since=_content(out / _TOLD) or ""))
    write_whole(out / _TOLD, began.encode())


def _changed(out: Path, entries: Sequence[Entry], since: str) -> list[Entry]:
    done = {entry.path: entry for entry in entries if entry.state is State.DONE and not entry.duplicate_of}
    results = _Results(out, done, since)
    sketches = {path: sketch_of(text) for path in done if (text := results.text(path)) is not None}
    found = near_duplicates(sketches, results.is_same)
    changed = [entry for entry in entries if entry.near_duplicate_of != found.get(entry.path)]
    for entry in changed:
        entry.near_duplicate_of = found.get(entry.path)
    return changed


class _Results:
    """Reads texts of all documents once, pages of those that are compared."""

    def __init__(self, out: Path, entries: dict[str, Entry], since: str) -> None:
        self._folders = {path: out / (entry.folder or "") for path, entry in entries.items()}
        self._known = {path: entry.near_duplicate_of or path for path, entry in entries.items()}
        self._new = {path for path, entry in entries.items() if (entry.finished_at or "") >= since}
        self._pages = lru_cache(_KEPT_IN_MEMORY)(self._read_pages)

    def text(self, path: str) -> str | None:
        """What was read; None where the result is gone or damaged: that document is compared with none."""
        return _content(self._folders[path] / TEXT)

    def is_same(self, one: str, other: str) -> bool:
        if one in self._new or other in self._new:
            return same_pages(self._pages(one), self._pages(other))
        return self._known[one] == self._known[other]

    def _read_pages(self, path: str) -> list[list[ReadWord]]:
        pages = _content(self._folders[path] / PAGES)
        if pages is None:
            return [words_of_text(self.text(path) or "")]
        try:
            return [words_of_page(page) for page in document_from_json(pages).pages]
        except DamagedInputError:
            return []


def _content(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
