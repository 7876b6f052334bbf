"""What a ledger says now, read without touching it: while a run writes, after a crash, from a read-only medium.

Opening it as :class:`corpus.ledger.Ledger` would make files, bring its columns up to date and wait for locks. Here
nothing is written; rows of older versions come with the columns that they have.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.ledger import LEDGER, Entry, State, refuse_later
from normalize.errors import NotFoundError, OutputError

__all__ = ["read_ledger"]

_WAIT_SECONDS = 10.0
_TRIES = 3


def read_ledger(out: Path) -> list[Entry]:
    """All rows of the ledger of ``out``, by path.

    Raises:
        NotFoundError: ``out`` is no output folder; nothing is made in it.
        OutputError: The ledger is damaged, cannot be read, or was made by a later sohoa.
    """
    path = out / LEDGER
    if not path.is_file():
        raise NotFoundError(f"{out} is no output folder: it holds no {LEDGER}.", "Give the folder of `sohoa batch -o`.")
    for left in reversed(range(_TRIES)):
        try:
            return [_entry(row) for row in _rows(path)]
        except sqlite3.Error as error:
            # A run that begins or ends at this very moment; the next look finds the ledger whole.
            if not left:
                raise OutputError(f"{path.name} cannot be read: {error}.", "Try again in a moment.") from error
    raise AssertionError  # the last try returns or raises


def _rows(path: Path) -> list[sqlite3.Row]:
    """All rows, by a connection that only reads.

    A ledger with a log beside it is in use, or was when a run was killed: SQLite reads both together. One without is
    opened as a file that nobody changes, or SQLite would make a log of its own. A journal that a killed run left
    cannot be applied by who reads only, so it is applied to a copy.
    """
    logs = [path.with_name(f"{path.name}-{log}") for log in ("wal", "journal")]
    in_use = any(log.exists() for log in logs)
    try:
        return _select(f"{path.resolve().as_uri()}?mode=ro{'' if in_use else '&immutable=1'}")
    except sqlite3.OperationalError:
        if not in_use:
            raise
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        for part in (path, *logs):
            if part.exists():
                shutil.copyfile(part, Path(folder) / part.name)
        return _select((Path(folder) / path.name).as_uri())


def _select(address: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS)) as connection:
        refuse_later(*connection.execute("PRAGMA user_version").fetchone())
        connection.row_factory = sqlite3.Row
        return connection.execute("SELECT * FROM inputs ORDER BY path").fetchall()


def _entry(row: sqlite3.Row) -> Entry:
    columns: dict[str, Any] = {name: row[name] for name in row.keys() if name in Entry.__table__.columns}  # noqa: SIM118
    return Entry(**columns | {"state": State(columns["state"]), "retryable": bool(columns.get("retryable"))})
