"""Result folders: written whole or not at all, one run at a time.

A worker writes a document's files into a folder of ``OUT/.sohoa/staging`` and syncs them to disk (:func:`stage`); the
run then moves that folder to its place with one rename (:func:`publish`). Whatever is killed in between, a result
folder is there complete, in its old form or its new one; :func:`recover` finishes a swap that was cut short.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pydantic import ValidationError

from corpus.corrections import apply_corrections, read_corrections
from corpus.record_json import record_pieces
from extract.record import Record
from normalize.errors import DiskFullError, OutputError, SohoaError

__all__ = [
    "CORRECTIONS",
    "PAGES",
    "RECORD",
    "RESTORED",
    "SEARCHABLE",
    "TEXT",
    "folder_for",
    "has_result",
    "hold",
    "is_output",
    "publish",
    "read_record",
    "recover",
    "refresh_checked",
    "stage",
    "staging_folder",
    "whole_file",
    "withdraw",
    "write_whole",
    "writing",
]

RECORD = "record.json"
PAGES = "pages.json"
TEXT = "text.txt"
RESTORED = "text.restored.txt"
SEARCHABLE = "searchable.pdf"
CORRECTIONS = "corrections.json"

_PRIVATE = ".sohoa"
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
# File systems allow 255 bytes a name; the swap needs room for its prefix and ending.
_LONGEST_NAME = 200
_KEPT_OF_LONG_NAME = 120


@contextmanager
def writing(what: str) -> Iterator[None]:
    """Turn what the operating system says while ``what`` is written into an OutputError, a DiskFullError for one."""
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise DiskFullError(f"{what} cannot be written: the disk is full.") from error
        raise OutputError(f"{what} cannot be written: {(error.strerror or type(error).__name__).lower()}.") from error


@contextmanager
def hold(out: Path) -> Iterator[None]:
    """Keep ``out`` for this run alone, and clear what a killed run left half-written.

    Raises:
        OutputError: ``out`` cannot be made, or another run is writing into it.
    """
    private = out / _PRIVATE
    with writing(str(out)):
        private.mkdir(parents=True, exist_ok=True)
    # SQLite's file lock works on every system and ends with the process, however that ends.
    with ExitStack() as stack:
        try:
            lock = stack.enter_context(closing(sqlite3.connect(private / "lock", timeout=0.0, isolation_level=None)))
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"Another run is writing into {out}, or the folder cannot be written.",
                "Wait for it to end, or pick another output folder.",
            ) from error
        shutil.rmtree(private / "staging", ignore_errors=True)
        yield


def is_output(folder: Path) -> bool:
    """Whether ``folder`` holds the results of a run."""
    return os.path.isdir(folder / _PRIVATE)  # noqa: PTH112  Path.is_dir raises where the folder may not be entered


def folder_for(key: str) -> PurePosixPath:
    """The result folder for the input ``key``, relative to the output folder, ending kept.

    Components that the file system could refuse are changed: escapes of names that are not UTF-8 show as ``%xff``,
    names over 200 bytes (long names in NFD) keep their beginning and get a hash.
    """
    return PurePosixPath(*(_safe_name(part) for part in PurePosixPath(key).parts))


def _safe_name(name: str) -> str:
    safe = name.replace("\\", "%")
    if len(safe.encode()) <= _LONGEST_NAME:
        return safe
    suffix = PurePosixPath(safe).suffix
    ending = suffix if len(suffix.encode()) <= 12 else ""
    beginning = safe.encode()[:_KEPT_OF_LONG_NAME].decode(errors="ignore")
    return f"{beginning}~{hashlib.sha256(name.encode()).hexdigest()[:8]}{ending}"


@contextmanager
def stage(out: Path) -> Iterator[Path]:
    """A new folder to write a document's files into; synced to disk on leaving, removed when that fails.

    Raises:
        OutputError: Disk full, no permission.
    """
    folder = staging_folder(out)
    try:
        with writing("The result"):
            yield folder
            folder.chmod(0o755)  # mkdtemp's 0700 would shut out the colleagues who share the output folder
            _sync_tree(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def staging_folder(out: Path) -> Path:
    """A new folder for what is on its way, open to its owner alone; the next run removes what is left of it.

    Raises:
        OutputError: Disk full, no permission.
    """
    with writing("The result"):
        staging = out / _PRIVATE / "staging"
        staging.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=staging))


def publish(staged: Path, folder: Path) -> None:
    """Put the ``staged`` folder in the place of ``folder``; a person's corrections move over and fill ``checked``.

    Raises:
        OutputError: The folder cannot be written, or something else is in its place; nothing was changed.
        DamagedInputError: The folder's ``corrections.json`` is broken; nothing was changed.
    """
    try:
        with writing(folder.name):
            recover(folder)
            _carry_corrections(folder, staged)
            _make_folder(folder.parent)
            replaced = _replaced(folder)
            if folder.exists():
                _refuse_strangers(folder)
                folder.rename(replaced)
            staged.rename(folder)
            _sync(folder.parent)
    except SohoaError:
        shutil.rmtree(staged, ignore_errors=True)
        recover(folder)
        raise
    shutil.rmtree(replaced, ignore_errors=True)


def recover(folder: Path) -> None:
    """Finish a swap of ``folder`` that was cut short: the old result comes back unless the new one is in place."""
    replaced = _replaced(folder)
    if not replaced.exists():
        return
    if folder.exists():
        shutil.rmtree(replaced, ignore_errors=True)
    else:
        replaced.rename(folder)


def withdraw(folder: Path) -> None:
    """Remove the result in ``folder``, which is no longer that of its input; a person's corrections stay."""
    recover(folder)
    if not folder.is_dir():
        return
    with writing(folder.name):
        for path in folder.iterdir():
            if path.name != CORRECTIONS and not path.is_dir():
                path.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()


def read_record(folder: Path) -> Record:
    """The record in ``folder``; OSError or pydantic's ValidationError when it is not there or not whole."""
    return Record.model_validate_json((folder / RECORD).read_bytes())


def has_result(folder: Path) -> bool:
    """Whether ``folder`` holds a whole result; a swap that was cut short is finished first."""
    recover(folder)
    try:
        read_record(folder)
    except (OSError, ValidationError):
        return False
    return True


def refresh_checked(folder: Path) -> None:
    """Bring ``checked`` in the record of ``folder`` up to what ``corrections.json`` says now.

    Raises:
        DamagedInputError: ``corrections.json`` is broken.
        OutputError: The folder's files cannot be read or written.
    """
    corrections = folder / CORRECTIONS
    with writing(RECORD):
        if not corrections.is_file():
            return
        record = read_record(folder)
        marked = apply_corrections(record, read_corrections(corrections.read_bytes()).corrections)
        if marked != record:
            with whole_file(folder / RECORD) as file:
                file.writelines(piece.encode() for piece in record_pieces(marked))


def write_whole(path: Path, content: bytes) -> None:
    """Write one file whole or not at all: a new file beside it, synced, takes its place.

    Raises:
        OutputError: Disk full, no permission.
    """
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write one file piece by piece, whole or not at all: what is written appears at ``path`` on leaving.

    Raises:
        OutputError: Disk full, no permission.
    """
    with writing(path.name):
        new = path.with_name(f".{path.name}.new")
        try:
            with new.open("wb") as file:
                yield file
            _sync(new)
            new.replace(path)
            _sync(path.parent)
        except BaseException:
            new.unlink(missing_ok=True)
            raise


def _refuse_strangers(folder: Path) -> None:
    """Never sweep away what is not a result: another document's folder within, or files of the user's own."""
    names = {path.name for path in folder.iterdir()}
    if any(path.is_dir() for path in folder.iterdir()) or (RECORD not in names and names - {CORRECTIONS}):
        raise OutputError(f"{folder} is in the way: it holds something else than this document's result.")


def _carry_corrections(folder: Path, staged: Path) -> None:
    if (folder / CORRECTIONS).is_file():
        shutil.copy2(folder / CORRECTIONS, staged / CORRECTIONS)
        _sync(staged / CORRECTIONS)
        refresh_checked(staged)
        _sync(staged)


def _replaced(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.replaced")


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each on disk by its name: a result below one that is lost is lost, too."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync_tree(folder: Path) -> None:
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder, and needs no sync of it
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
