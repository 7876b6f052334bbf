from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from corpus.ledger import LEDGER, Entry, Ledger, State
from corpus.ledger_snapshot import read_ledger
from normalize.errors import NotFoundError, OutputError


def _entry(path: str, **columns: object) -> Entry:
    return Entry(path=path, state=State.DONE, **columns)  # type: ignore[arg-type]


def test_rows_come_as_the_ledger_has_them(tmp_path: Path) -> None:
    with Ledger(tmp_path / LEDGER) as ledger:
        ledger.put(_entry("b", pages=3, retryable=True, confidence=0.9), _entry("a"))
    rows = read_ledger(tmp_path)
    assert [row.path for row in rows] == ["a", "b"]
    assert (rows[1].state, rows[1].pages, rows[1].retryable, rows[1].confidence) == (State.DONE, 3, True, 0.9)


def test_a_folder_at_rest_is_left_as_it_is(tmp_path: Path) -> None:
    with Ledger(tmp_path / LEDGER) as ledger:
        ledger.put(_entry("a"))
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    read_ledger(tmp_path)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_what_a_run_wrote_is_seen_while_it_writes(tmp_path: Path) -> None:
    with Ledger(tmp_path / LEDGER) as ledger:
        for number in range(5):
            ledger.put(_entry(f"{number}"))
            assert len(read_ledger(tmp_path)) == number + 1
        with sqlite3.connect(tmp_path / LEDGER, isolation_level=None) as writer:
            writer.execute("BEGIN IMMEDIATE")  # a write that takes its time
            writer.execute("DELETE FROM inputs")
            assert len(read_ledger(tmp_path)) == 5
            writer.execute("ROLLBACK")
        writer.close()
        ledger.put(_entry("after"))


def test_the_log_that_a_killed_run_left_is_read_too(tmp_path: Path) -> None:
    out, killed = tmp_path / "out", tmp_path / "killed"
    out.mkdir()
    with Ledger(out / LEDGER) as ledger:
        ledger.put(_entry("a"))
        shutil.copytree(out, killed)  # as the disk is at this instant
    assert (killed / f"{LEDGER}-wal").stat().st_size
    assert [row.path for row in read_ledger(killed)] == ["a"]
    with Ledger(killed / LEDGER) as ledger:
        assert [row.path for row in ledger.entries()] == ["a"]


def test_a_journal_of_a_killed_run_is_applied_to_a_copy(tmp_path: Path) -> None:
    out, killed = tmp_path / "out", tmp_path / "killed"
    out.mkdir()
    with Ledger(out / LEDGER) as ledger:
        ledger.put(_entry("a", error="x" * 50_000))
    connection = sqlite3.connect(out / LEDGER, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA cache_size = 1")  # so that the file is written to before the end of the transaction
    connection.execute("BEGIN")
    connection.execute("UPDATE inputs SET path = 'half', error = ?", ("y" * 60_000,))
    shutil.copytree(out, killed)
    connection.execute("ROLLBACK")
    connection.close()
    assert (killed / f"{LEDGER}-journal").stat().st_size

    before = {path.name: path.read_bytes() for path in killed.iterdir()}
    assert [row.path for row in read_ledger(killed)] == ["a"]
    assert {path.name: path.read_bytes() for path in killed.iterdir()} == before


def test_a_ledger_of_version_1_is_read_as_it_is(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / LEDGER)
    connection.execute("CREATE TABLE inputs (path VARCHAR PRIMARY KEY, state VARCHAR, origin VARCHAR, pages INTEGER)")
    connection.execute("INSERT INTO inputs VALUES ('a', 'failed', '/src/a', 2)")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    before = (tmp_path / LEDGER).read_bytes()
    (row,) = read_ledger(tmp_path)
    assert (row.path, row.state, row.pages, row.attempts, row.retryable) == ("a", State.FAILED, 2, 0, False)
    assert (tmp_path / LEDGER).read_bytes() == before


def test_a_later_ledger_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / LEDGER)
    connection.execute("CREATE TABLE inputs (path VARCHAR PRIMARY KEY, state VARCHAR)")
    connection.execute("INSERT INTO inputs VALUES ('a', 'a state of later days')")
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(OutputError, match="later version"):
        read_ledger(tmp_path)


def test_nothing_is_made_in_a_folder_that_is_no_output_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_ledger(tmp_path)
    with pytest.raises(NotFoundError):
        read_ledger(tmp_path / "nowhere")
    assert not list(tmp_path.iterdir())


def test_a_ledger_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_bytes(b"no ledger at all" * 100)
    with pytest.raises(OutputError, match="cannot be read"):
        read_ledger(tmp_path)
