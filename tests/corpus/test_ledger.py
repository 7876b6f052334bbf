"""Every input has its row, also after a crash; what cannot be used says so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.ledger import Entry, Ledger, State, now
from normalize.errors import OutputError


def test_rows_are_replaced_by_path(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.put(Entry(path="b.pdf", state=State.FAILED, error_code="empty_input", finished_at=now()))
        ledger.put(Entry(path="a.pdf", state=State.DONE, sha256="00", pages=2, folder="a.pdf"))
        ledger.put(Entry(path="b.pdf", state=State.DONE, duplicate_of="a.pdf"))
    with Ledger(path) as ledger:
        assert [(entry.path, entry.state) for entry in ledger.entries()] == [
            ("a.pdf", State.DONE),
            ("b.pdf", State.DONE),
        ]
        assert ledger.get("b.pdf").error_code is None
        assert ledger.get("a.pdf").pages == 2
        assert ledger.get("c.pdf") is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.sqlite"]  # no -wal left behind


def test_other_programs_can_read_it_while_it_is_open(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.put(Entry(path="á.pdf", state=State.HELD))
        rows = sqlite3.connect(tmp_path / "ledger.sqlite").execute("SELECT path, state FROM inputs").fetchall()
        assert rows == [("á.pdf", "held")]


def test_an_unknown_state_is_refused_by_the_database(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite"):
        pass
    with pytest.raises(sqlite3.IntegrityError):
        sqlite3.connect(tmp_path / "ledger.sqlite").execute(
            "INSERT INTO inputs (path, state, origin) VALUES ('a', 'lost', '')"
        )


def test_a_row_is_on_disk_when_put_returns(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom corpus.ledger import Entry, Ledger, State\n"
        "ledger = Ledger(Path(sys.argv[1]))\nledger.put(Entry(path='a.pdf', state=State.DONE))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = tmp_path / "ledger.sqlite"
    run = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert run.returncode < 0 or os.name == "nt"
    with Ledger(path) as ledger:
        assert ledger.get("a.pdf") is not None


@pytest.mark.parametrize("content", [b"this is not a database" * 50, b"SQLite format 3\x00" + bytes(200)])
def test_a_damaged_ledger(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(OutputError, match="move the file away"):
        Ledger(tmp_path / "ledger.sqlite")


def test_a_later_ledger_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / "ledger.sqlite").read_bytes()
    with pytest.raises(OutputError, match="later version"):
        Ledger(tmp_path / "ledger.sqlite")
    assert (tmp_path / "ledger.sqlite").read_bytes()[100:] == before[100:]
