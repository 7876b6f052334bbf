"""``ledger.sqlite``: one row for every input a run has seen, keyed by its relative path. Nothing goes unaccounted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Enum, create_engine, event, inspect, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    MappedAsDataclass,
    Session,
    mapped_column,
)

from corpus.network_share import is_on_network_share
from normalize.errors import DiskFullError, OutputError

__all__ = ["LEDGER", "Entry", "Ledger", "Phase", "State", "now", "refuse_later"]

LEDGER = "ledger.sqlite"

_VERSION = 2
_TABLE = "inputs"
_MOST_VALUES = 900  # of one query: SQLite below 3.32 takes 999


class State(StrEnum):
    """How an input stands."""

    DONE = "done"
    FAILED = "failed"
    HELD = "held"  # marked MẬT or higher
    SKIPPED = "skipped"  # no document (a system's own file), or in a run: an earlier result still holds
    WAITING = "waiting"  # its turn has not come, or the run ended before it was read to its end


class Phase(StrEnum):
    """How far the work on an input came."""

    LOOKING = "looking"
    READING = "reading"
    EXTRACTING = "extracting"
    WRITING = "writing"
    PUBLISHING = "publishing"


def refuse_later(version: int) -> None:
    """See that a ledger of this ``version`` is known here.

    Raises:
        OutputError: A later sohoa made it.
    """
    if version > _VERSION:
        raise OutputError(f"{LEDGER} was made by a later version of sohoa.", "Update sohoa.")


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class _Base(MappedAsDataclass, DeclarativeBase):
    pass


class Entry(_Base, kw_only=True):
    """One input.

    Attributes:
        path: Relative path, ``/`` between names; bytes that are not UTF-8 and control characters escaped.
        state: How it stands.
        origin: Absolute path when it was last seen.
        sha256: Of the bytes; of the pages' hashes in order where a document is several images.
        bytes: Size.
        pages: How many were read.
        options: Short hash of the options that shape a result.
        version: Of sohoa.
        engine: Name, version and model of the OCR engine.
        error_code: Of the error tree, such as ``encrypted_input``.
        error: What is wrong and what to do; no document content.
        duplicate_of: ``path`` of the input with the same bytes that was read in its place.
        folder: Result folder relative to the output folder.
        started_at: UTC, ISO 8601.
        finished_at: UTC, ISO 8601.
        attempts: How often it was begun since its content, its options or sohoa changed.
        worker: Who did the last of it, ``host:pid``.
        phase: The last :class:`Phase` that it reached.
        retryable: Whether trying again may help although the file stays as it is.
        seconds: Worked on it, over all its workers.
        confidence: Mean over the words of a document that was read by OCR, 0..1.
        near_duplicate_of: ``path`` of an earlier input with nearly the same text.
    """

    __tablename__ = _TABLE

    path: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, create_constraint=True, values_callable=lambda states: [s.value for s in states])
    )
    origin: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str | None] = mapped_column(default=None, index=True)
    bytes: Mapped[int | None] = mapped_column(default=None)
    pages: Mapped[int | None] = mapped_column(default=None)
    options: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[str | None] = mapped_column(default=None)
    engine: Mapped[str | None] = mapped_column(default=None)
    error_code: Mapped[str | None] = mapped_column(default=None)
    error: Mapped[str | None] = mapped_column(default=None)
    duplicate_of: Mapped[str | None] = mapped_column(default=None)
    folder: Mapped[str | None] = mapped_column(default=None)
    started_at: Mapped[str | None] = mapped_column(default=None)
    finished_at: Mapped[str | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(default=None)
    phase: Mapped[str | None] = mapped_column(default=None)
    retryable: Mapped[bool] = mapped_column(default=False)
    seconds: Mapped[float | None] = mapped_column(default=None)
    confidence: Mapped[float | None] = mapped_column(default=None)
    near_duplicate_of: Mapped[str | None] = mapped_column(default=None)


class Ledger:
    """The ledger of one output folder; a context manager. Every change is on disk when its call returns.

    Args:
        path: The SQLite file; made when it is not there, brought up to date when an earlier sohoa made it.

    Raises:
        OutputError: It cannot be written, is damaged, or was made by a later sohoa. So do all methods.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = create_engine(f"sqlite:///{path}")
        shared = is_on_network_share(path.parent)
        event.listen(self._engine, "connect", lambda connection, _record: _set_up_connection(connection, shared))
        # The driver by itself begins no transaction before CREATE and DROP: a migration would be done by halves.
        event.listen(self._engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        with self._reporting(), self._engine.begin() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            refuse_later(version)
            if version < _VERSION:
                _make_tables(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def get(self, path: str) -> Entry | None:
        """The row of ``path``."""
        with self._session() as session:
            return session.get(Entry, path)

    def put(self, *entries: Entry) -> None:
        """Write or replace rows, all or none of them."""
        if not entries:
            return
        columns = [column.key for column in Entry.__table__.columns]
        # Not merge(): that leaves alone the columns of the old row that the new one has defaults in.
        row = insert(Entry)
        row = row.on_conflict_do_update(index_elements=[Entry.path], set_=dict(row.excluded))
        with self._reporting(), self._engine.begin() as connection:
            connection.execute(row, [{column: getattr(entry, column) for column in columns} for entry in entries])

    def entries(self) -> list[Entry]:
        """All rows, by path."""
        with self._session() as session:
            return list(session.scalars(select(Entry).order_by(Entry.path)))

    def of_paths(self, paths: Iterable[str]) -> list[Entry]:
        """The rows of ``paths``."""
        return self._matching(Entry.path, paths)

    def of_content(self, hashes: Iterable[str]) -> list[Entry]:
        """The rows whose bytes have one of the ``hashes`` (SHA-256)."""
        return self._matching(Entry.sha256, hashes)

    def own_folders(self) -> dict[str, str]:
        """Result folders by path; those of duplicates are another's."""
        own = select(Entry.path, Entry.folder).where(Entry.folder.is_not(None), Entry.duplicate_of.is_(None))
        with self._session() as session:
            return {path: folder for path, folder in session.execute(own) if folder}

    def _matching(self, column: InstrumentedAttribute[Any], values: Iterable[str]) -> list[Entry]:
        rest = iter(values)
        found: list[Entry] = []
        with self._session() as session:
            while some := list(islice(rest, _MOST_VALUES)):
                found += session.scalars(select(Entry).where(column.in_(some)).order_by(Entry.path))
        return found

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._reporting(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if "disk is full" in str(error.orig):
                raise DiskFullError(f"{self._path.name} cannot be written: the disk is full.") from error
            raise OutputError(
                f"{self._path.name} cannot be used: {error.orig}.",
                "Free space, or move the file away: results that are there are then read again.",
            ) from error


def _set_up_connection(connection: Any, shared: bool) -> None:
    connection.isolation_level = None  # transactions begin where the ledger says
    cursor = connection.cursor()
    # WAL: readers (a review in the browser, `sohoa status`) do not stop a running batch, nor it them. It shares memory
    # between processes, which computers cannot: on a network share the one writer keeps a rollback journal.
    cursor.execute(f"PRAGMA journal_mode = {'DELETE' if shared else 'WAL'}")
    cursor.execute(f"PRAGMA synchronous = {'EXTRA' if shared else 'FULL'}")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()


def _make_tables(connection: Connection) -> None:
    """Make the table; rows of an earlier version move over (SQLite cannot change a column's list of states)."""
    earlier = inspect(connection)
    moved = f"{_TABLE}_before"
    known: Sequence[str] = ()
    if earlier.has_table(_TABLE):
        known = [column["name"] for column in earlier.get_columns(_TABLE)]
        for index in earlier.get_indexes(_TABLE):
            connection.exec_driver_sql(f'DROP INDEX "{index["name"]}"')
        connection.exec_driver_sql(f"ALTER TABLE {_TABLE} RENAME TO {moved}")
    _Base.metadata.create_all(connection)
    if known:
        columns = [column.key for column in Entry.__table__.columns]
        defaults = {"attempts": "0", "retryable": "0"}
        values = [column if column in known else defaults.get(column, "NULL") for column in columns]
        connection.exec_driver_sql(
            f"INSERT INTO {_TABLE} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {moved}"  # noqa: S608  our own names
        )
        connection.exec_driver_sql(f"DROP TABLE {moved}")
    connection.exec_driver_sql(f"PRAGMA user_version = {_VERSION}")
