"""Every input has its row, also after a crash; what cannot be used says so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.ledger import Entry, Ledger, Phase, State, now
from corpus.network_share import is_on_network_share
from normalize.errors import OutputError

_VERSION_1 = """
CREATE TABLE inputs (
    path VARCHAR NOT NULL, state VARCHAR(7) NOT NULL, origin VARCHAR NOT NULL, sha256 VARCHAR, bytes INTEGER,
    pages INTEGER, options VARCHAR, version VARCHAR, engine VARCHAR, error_code VARCHAR, error VARCHAR,
    duplicate_of VARCHAR, folder VARCHAR, started_at VARCHAR, finished_at VARCHAR,
    PRIMARY KEY (path), CONSTRAINT state CHECK (state IN ('done', 'failed', 'held', 'skipped'))
);
CREATE INDEX ix_inputs_sha256 ON inputs (sha256);
INSERT INTO inputs (path, state, origin, sha256, pages, folder) VALUES ('a.pdf', 'done', '/in/a.pdf', '00', 3, 'a.pdf');
INSERT INTO inputs (path, state, origin, error_code) VALUES ('b.pdf', 'failed', '/in/b.pdf', 'empty_input');
PRAGMA user_version = 1;
"""


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


def test_rows_are_found_by_path_and_by_content(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.put(*(Entry(path=f"{n:04}", state=State.DONE, sha256=f"{n % 7}", folder=f"f{n}") for n in range(2_500)))
        ledger.put(Entry(path="twin", state=State.DONE, sha256="3", folder="f3", duplicate_of="0003"))
        ledger.put(Entry(path="waits", state=State.WAITING))
        assert len(ledger.of_paths(f"{n:04}" for n in range(500, 3_000))) == 2_000  # more than one query takes
        assert [row.path for row in ledger.of_content({"3"})][:2] == ["0003", "0010"]
        assert len(ledger.of_content(["3", "5"])) == 357 + 357 + 1
        assert not ledger.of_content([])
        folders = ledger.own_folders()
        assert len(folders) == 2_500
        assert folders["0003"] == "f3"


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


def test_a_ledger_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(_VERSION_1)
    connection.close()
    with Ledger(path) as ledger:
        first, second = ledger.entries()
        assert (first.path, first.state, first.pages, first.folder) == ("a.pdf", State.DONE, 3, "a.pdf")
        assert (first.attempts, first.retryable, first.worker, first.confidence) == (0, False, None, None)
        assert (second.state, second.error_code) == (State.FAILED, "empty_input")
        ledger.put(Entry(path="c.pdf", state=State.WAITING, attempts=2, phase=Phase.READING, retryable=True))
    with Ledger(path) as ledger:
        third = ledger.get("c.pdf")
        assert (third.state, third.attempts, third.phase, third.retryable) == (State.WAITING, 2, "reading", True)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert tables == {"inputs", "ix_inputs_sha256", "sqlite_autoindex_inputs_1"}
    connection.close()


def test_a_migration_that_is_cut_short_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(_VERSION_1)
    connection.close()
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom corpus import ledger\n"
        "ledger._Base.metadata.create_all = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "ledger.Ledger(Path(sys.argv[1]))\n"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert run.returncode == -9 or os.name == "nt"
    with Ledger(path) as ledger:
        assert [entry.path for entry in ledger.entries()] == ["a.pdf", "b.pdf"]


def test_a_ledger_on_a_network_share_keeps_a_rollback_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.ledger.is_on_network_share", lambda _folder: True)
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.put(Entry(path="a.pdf", state=State.DONE))
        assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.skipif(os.name == "nt", reason="no mountinfo")
@pytest.mark.parametrize(
    ("folder", "shared"),
    [("/", False), ("/home/lan", False), ("/mnt/kho lưu", True), ("/mnt/kho lưu/2031", True), ("/mnt/kho", False)],
)
def test_network_shares(tmp_path: Path, folder: str, shared: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        "30 21 0:40 / /mnt/kho\\040lưu rw - cifs //office/kho rw,vers=3.0\n"
        "31 21 0:41 / /home rw - nfs4 office:/home rw\n32 31 8:2 / /home rw - ext4 /dev/sda2 rw\n",
        "utf-8",
    )
    assert is_on_network_share(Path(folder), mounts) is shared
    assert not is_on_network_share(Path(folder), tmp_path / "none")


def test_a_later_ledger_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / "ledger.sqlite").read_bytes()
    with pytest.raises(OutputError, match="later version"):
        Ledger(tmp_path / "ledger.sqlite")
    assert (tmp_path / "ledger.sqlite").read_bytes()[100:] == before[100:]
