"""What the lists of an output folder need of every document, kept so that only what is new is opened for them.

Lists of 20,000 documents took 30 s of a processor, 23 of these to open their records and texts; with the index 7.
``.sohoa/index.sqlite`` holds nothing that the results do not: whoever deletes it has it made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import ValidationError

from corpus.catalogue import Listing, listing_of
from corpus.near_duplicates import Sketch, sketch_of
from corpus.store import RECORD, TEXT, read_record
from normalize.errors import DiskFullError, OutputError

__all__ = ["IndexedDocument", "indexed_documents"]

_INDEX: Final = Path(".sohoa", "index.sqlite")
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS documents"
    " (folder TEXT PRIMARY KEY, stamp TEXT NOT NULL, listing TEXT NOT NULL, sketch BLOB NOT NULL)"
)
_AT_ONCE: Final = 500  # between two commits: what a run that is killed has opened is not opened again


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One result.

    Attributes:
        listing: What the list of documents says of it.
        sketch: By which near-duplicates are found.
    """

    listing: Listing
    sketch: Sketch


def indexed_documents(out: Path, folders: Collection[str], version: str) -> dict[str, IndexedDocument]:
    """What the lists need of the results in ``folders``; of all others nothing is kept.

    Args:
        out: Output folder, held by this run.
        folders: Of results, relative to ``out``.
        version: Of sohoa; another one may list the same record in other words.

    Returns:
        By folder; results that are gone or damaged are left out.

    Raises:
        OutputError: The index cannot be written, DiskFullError where that is why.
    """
    path = out / _INDEX
    try:
        try:
            return _up_to_date(path, out, folders, version)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # damaged
            for part in (path, path.with_name(f"{path.name}-journal")):
                part.unlink(missing_ok=True)
            return _up_to_date(path, out, folders, version)
    except sqlite3.OperationalError as error:
        if "disk is full" in str(error):
            raise DiskFullError(f"{path.name} cannot be written: the disk is full.") from error
        raise OutputError(f"{path} cannot be written: {error}.") from error


def _up_to_date(path: Path, out: Path, folders: Collection[str], version: str) -> dict[str, IndexedDocument]:
    stamps = {folder: stamp for folder in folders if (stamp := _stamp(out / folder, version))}
    with closing(sqlite3.connect(path)) as index:
        index.execute("PRAGMA secure_delete = ON")  # of a document that is held since, nothing stays
        index.execute(_TABLE)
        known = dict(index.execute("SELECT folder, stamp FROM documents"))
        with index:
            old = [(folder,) for folder, stamp in known.items() if stamps.get(folder) != stamp]
            index.executemany("DELETE FROM documents WHERE folder = ?", old)
        new = (folder for folder, stamp in stamps.items() if known.get(folder) != stamp)
        while some := list(islice(new, _AT_ONCE)):
            with index:
                index.executemany("REPLACE INTO documents VALUES (?, ?, ?, ?)", _rows(out, some, stamps))
        return {
            folder: IndexedDocument(Listing(**json.loads(listing)), np.frombuffer(sketch, dtype=np.uint64))
            for folder, listing, sketch in index.execute("SELECT folder, listing, sketch FROM documents")
        }


def _stamp(folder: Path, version: str) -> str | None:
    """What shows that another result is there, or a person's correction; None without a record."""
    try:
        status = (folder / RECORD).stat()
    except OSError:
        return None
    return f"{version} {status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _rows(out: Path, folders: Iterable[str], stamps: dict[str, str]) -> Iterator[tuple[str, str, str, bytes]]:
    for folder in folders:
        try:
            listing = listing_of(read_record(out / folder))
        except (OSError, ValidationError):
            continue
        yield folder, stamps[folder], json.dumps(asdict(listing)), sketch_of(_text(out / folder)).tobytes()


def _text(folder: Path) -> str:
    """What was read; nothing where it is gone or damaged: that document is compared with none."""
    try:
        return (folder / TEXT).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
