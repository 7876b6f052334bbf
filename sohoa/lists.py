"""The lists of an output folder: near-duplicates told, list of documents and quarantine report written."""

from __future__ import annotations

from pathlib import Path

from corpus.catalogue import catalogue_rows, write_catalogue
from corpus.document_index import IndexedDocument, indexed_documents
from corpus.ledger import Ledger, State
from corpus.near_duplicate_run import tell_near_duplicates
from sohoa.digest import version
from sohoa.interrupts import undisturbed
from sohoa.quarantine import write_quarantine

__all__ = ["write_lists"]


def write_lists(out: Path, ledger: Ledger, *, compare: bool = True) -> None:
    """Bring the lists of ``out`` up to what its ledger says.

    Args:
        out: Output folder, held by this run.
        ledger: Its ledger.
        compare: Hold what was read since against all the rest. Of thousands that takes minutes; Ctrl-C ends it, and
            the lists are written all the same.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed.
        OutputError: A list cannot be written (open in Excel on Windows), DiskFullError: it stays as it was.
    """
    documents: dict[str, IndexedDocument] | None = None
    try:
        with undisturbed():
            entries = ledger.entries()
            folders = {entry.folder for entry in entries if entry.folder and entry.state is State.DONE}
            documents = indexed_documents(out, folders, version())
        if compare:
            sketches = {folder: document.sketch for folder, document in documents.items()}
            tell_near_duplicates(out, ledger, entries, sketches)
    finally:
        if documents is not None:
            with undisturbed():
                listings = {folder: document.listing for folder, document in documents.items()}
                write_catalogue(out, list(catalogue_rows(entries, listings)))
                write_quarantine(out, entries)
