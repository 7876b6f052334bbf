"""``ledger.sqlite``: one row for every input a run has seen, keyed by its relative path. Nothing goes unaccounted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Enum, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column

from normalize.errors import OutputError

__all__ = ["LEDGER", "Entry", "Ledger", "State", "now"]

LEDGER = "ledger.sqlite"

_VERSION = 1


class State(StrEnum):
    """How an input stands."""

    DONE = "done"
    FAILED = "failed"
    HELD = "held"  # marked MẬT or higher
    SKIPPED = "skipped"  # no document (a system's own file), or not reached before the run was interrupted


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
    """

    __tablename__ = "inputs"

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


class Ledger:
    """The ledger of one output folder; a context manager. Every change is on disk when its call returns.

    Args:
        path: The SQLite file; made when it is not there.

    Raises:
        OutputError: It cannot be written, is damaged, or was made by a later sohoa. So do all methods.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _set_up_connection)
        with self._reporting(), self._engine.begin() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version > _VERSION:
                raise OutputError(
                    f"{path.name} was made by a later version of sohoa.", "Update sohoa or pick another output folder."
                )
            _Base.metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {_VERSION}")

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

    def put(self, entry: Entry) -> None:
        """Write or replace a row."""
        row = {column.key: getattr(entry, column.key) for column in Entry.__table__.columns}
        with self._session() as session:
            # Not merge(): that leaves alone the columns of the old row that the new one has defaults in.
            session.execute(insert(Entry).values(row).on_conflict_do_update(index_elements=[Entry.path], set_=row))

    def entries(self) -> list[Entry]:
        """All rows, by path."""
        with self._session() as session:
            return list(session.scalars(select(Entry).order_by(Entry.path)))

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._reporting(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise OutputError(
                f"{self._path.name} cannot be used: {error.orig}.",
                "Free space, or move the file away: results that are there are then read again.",
            ) from error


def _set_up_connection(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers (a review in the browser) do not stop a running batch
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()
