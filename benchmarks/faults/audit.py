"""Is everything in its place? What a batch's output folder must be, in the middle of a run and after its end."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pydantic import ValidationError

from benchmarks.faults.mixed_batch import MixedBatch, stamps_of
from corpus.catalogue import CSV
from corpus.ledger import LEDGER, Entry, Ledger, State
from corpus.pages_json import document_from_json
from corpus.store import PAGES, RECORD, SEARCHABLE, TEXT, read_record
from normalize.errors import SohoaError

__all__ = ["Reference", "at_rest", "entries_of", "originals", "published", "reference_of", "whole_results"]

_PRIVATE = ".sohoa"
_ENGINE_SESSION = ".ses"  # an id that ONNX Runtime leaves; nothing of a document
_HASHED = (RECORD, PAGES, TEXT)


@dataclass(frozen=True, slots=True)
class Reference:
    """What an undisturbed run made of the batch.

    Attributes:
        files: For each result folder the names of its files.
        hashes: Of those files that are the same in every run.
        states: How the inputs ended.
        errors: Their error codes.
    """

    files: dict[str, frozenset[str]]
    hashes: dict[tuple[str, str], str]
    states: dict[str, State]
    errors: dict[str, str | None]


def reference_of(out: Path) -> Reference:
    """The reference in ``out``, the output folder of an undisturbed run."""
    entries = entries_of(out)
    folders = {entry.folder for entry in entries if entry.folder and entry.state is State.DONE}
    files = {folder: frozenset(path.name for path in (out / folder).iterdir()) for folder in folders}
    hashes = {
        (folder, name): _sha256(out / folder / name) for folder, names in files.items() for name in names & {*_HASHED}
    }
    states = {entry.path: entry.state for entry in entries}
    return Reference(files, hashes, states, {entry.path: entry.error_code for entry in entries})


def entries_of(out: Path) -> list[Entry]:
    """All rows of the ledger in ``out``; none without one."""
    if not (out / LEDGER).exists():
        return []
    with Ledger(out / LEDGER) as ledger:
        return ledger.entries()


def originals(batch: MixedBatch) -> list[str]:
    """Originals that are gone, new or changed, by hash and time."""
    now = stamps_of(batch.source)
    return [
        f"original changed: {path}" for path in {*now, *batch.originals} if now.get(path) != batch.originals.get(path)
    ]


def whole_results(out: Path, reference: Reference) -> list[str]:
    """Results that are not whole or not those of an undisturbed run; at any moment there may be none."""
    faults = []
    for folder in _result_folders(out):
        name = folder.relative_to(out).as_posix()
        expected = reference.files.get(name)
        here = {path.name for path in folder.iterdir() if path.is_file()}
        if expected is None:
            faults.append(f"unexpected result: {name}")
        elif here != expected:
            faults.append(f"half a result: {name} has {sorted(here)}, not {sorted(expected)}")
        else:
            faults += [f"corrupt: {name}: {why}" for why in _unsound(folder, name, reference)]
    return faults + _unsound_ledger(out)


def published(out: Path) -> dict[str, int]:
    """The inode of each record that stands in the ledger as done: reading again would replace it."""
    done = {entry.folder for entry in entries_of(out) if entry.state is State.DONE and entry.folder}
    return {folder: (out / folder / RECORD).stat().st_ino for folder in done if (out / folder / RECORD).exists()}


def at_rest(out: Path, temporary: Path, batch: MixedBatch, reference: Reference) -> list[str]:
    """What is wrong after a run came to its end with nothing to disturb it."""
    entries = {entry.path: entry for entry in entries_of(out)}
    faults = [f"unaccounted for: {key}" for key in batch.expected.keys() - entries.keys()]
    faults += [f"row of no input: {key}" for key in entries.keys() - batch.expected.keys()]
    for key, entry in entries.items():
        if (expected := reference.states.get(key)) != entry.state:
            faults.append(f"{key} is {entry.state} ({entry.error_code}: {entry.error}), not {expected}")
        elif entry.error_code != reference.errors[key]:
            faults.append(f"{key} has error {entry.error_code}, not {reference.errors[key]}")
    results = {folder.relative_to(out).as_posix() for folder in _result_folders(out)}
    faults += [f"result missing: {folder}" for folder in reference.files.keys() - results]
    faults += [f"temporary file left: {path}" for path in _temporary(out)]
    faults += [f"temporary file left: {path}" for path in temporary.iterdir() if path.name != _ENGINE_SESSION]
    return faults + whole_results(out, reference) + originals(batch) + _catalogue(out, entries)


def _result_folders(out: Path) -> list[Path]:
    """Folders that hold files, apart from what is the store's own."""
    folders = (path for path in out.rglob("*") if path.is_dir() and _PRIVATE not in path.relative_to(out).parts)
    # A swap that was cut short is finished by the next run; until then the old result waits under this name.
    return [
        folder
        for folder in folders
        if not folder.name.endswith(".replaced") and any(path.is_file() for path in folder.iterdir())
    ]


def _unsound(folder: Path, name: str, reference: Reference) -> list[str]:
    """What opening and hashing a result's files shows."""
    faults = []
    try:
        pages = read_record(folder).source.pages
        if (folder / PAGES).exists():
            document_from_json((folder / PAGES).read_text("utf-8"))
        if (folder / SEARCHABLE).exists():
            with pikepdf.open(folder / SEARCHABLE) as pdf:
                if len(pdf.pages) != pages:
                    faults.append(f"{SEARCHABLE} has {len(pdf.pages)} pages, not {pages}")
                for page in pdf.pages:
                    pikepdf.parse_content_stream(page)
    except (OSError, ValidationError, SohoaError, pikepdf.PdfError, ValueError) as error:
        faults.append(f"{type(error).__name__} {error}"[:200])
    here = [file for file in _HASHED if (folder / file).exists()]
    changed = [file for file in here if _sha256(folder / file) != reference.hashes[name, file]]
    return faults + [f"{file} is not that of an undisturbed run" for file in changed]


def _unsound_ledger(out: Path) -> list[str]:
    if not (out / LEDGER).exists():
        return []
    with closing(sqlite3.connect(out / LEDGER)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    faults = [] if said == "ok" else [f"ledger: {said}"]
    for entry in entries_of(out):
        if entry.state is State.DONE and not (out / (entry.folder or "") / RECORD).exists():
            replaced = out / (entry.folder or "")
            if not replaced.with_name(f".{replaced.name}.replaced").exists():
                faults.append(f"done without a result: {entry.path}")
    return faults


def _temporary(out: Path) -> list[Path]:
    staged = list((out / _PRIVATE / "staging").glob("*"))
    return staged + [path for path in out.rglob(".*") if path.name.endswith((".new", ".replaced"))]


def _catalogue(out: Path, entries: dict[str, Entry]) -> list[str]:
    """The catalogue lists every document that is done."""
    try:
        with (out / CSV).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        return [f"catalogue: {error}"]
    done = sum(entry.state is State.DONE for entry in entries.values())
    return [] if len(rows) > done else [f"catalogue has {len(rows)} rows for {done} documents"]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
