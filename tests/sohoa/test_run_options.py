"""How many failures a run bears, and what it does again."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.ledger import Entry, State
from normalize.errors import ExitCode, TooManyFailuresError, UsageError
from sohoa.cli import app
from sohoa.executor_choice import executor_for
from sohoa.inputs import Fingerprint
from sohoa.settings import Settings
from sohoa.standing import Standing
from tests.sohoa.runs import batch, letter, states


@pytest.mark.parametrize(("most", "done"), [("1", 1), ("40%", 0), ("50%", 5), (None, 5)])
def test_a_run_bears_so_many_failures(source: Path, out: Path, most: str | None, done: int) -> None:
    """Of ten inputs five fail: two when they are looked at, three when they are read."""
    for number in range(5):
        (source / f"good {number}.txt").write_text(letter(number), "utf-8")
        (source / f"bad {number}.txt").write_bytes(b"" if number < 2 else bytes([number]) + b"\xff\x00" * 99)
    report = batch(source, out, max_failures=most)
    assert report.count(State.DONE) == (5 if done == 5 else 0)
    assert isinstance(report.stopped, TooManyFailuresError) == (done < 5)
    assert sum(report.count(state) for state in State) == 10
    assert batch(source, out).count(State.DONE) == 5 - report.count(State.DONE)


def test_the_command_says_why_it_stopped(source: Path, out: Path) -> None:
    (source / "a.pdf").write_bytes(b"")
    (source / "b.txt").write_text(letter(1), "utf-8")
    command = ["batch", str(source), "-o", str(out), "--workers", "0"]
    result = CliRunner().invoke(app, [*command, "--max-failures", "0"])
    assert result.exit_code == ExitCode.TOO_MANY_FAILURES
    assert "Stopped. 1 of the inputs failed, and no more than 0 may." in result.stderr
    assert "2 inputs = 0 done + 1 failed + 0 held + 0 skipped + 1 waiting" in result.stdout
    result = CliRunner().invoke(app, [*command, "--timeout-per-page", "60", "--redo", "changed"])
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "2 inputs = 1 done + 1 failed" in result.stdout


@pytest.mark.parametrize("wrong", ["-1", "ten", "10 %", "1.5%", "101%"])
def test_max_failures_that_cannot_be(wrong: str) -> None:
    with pytest.raises(UsageError, match="max_failures"):
        Settings().with_(max_failures=wrong)


@pytest.mark.parametrize(
    ("redo", "read"),
    [
        (None, ["bad.pdf", "good.txt", "new.txt"]),
        ("failed", ["bad.pdf", "new.txt"]),
        ("changed", ["bad.pdf", "good.txt", "new.txt"]),
        ("all", ["bad.pdf", "good.txt", "new.txt"]),
    ],
)
def test_what_is_done_again_after_a_change_of_options(source: Path, out: Path, redo: str | None, read: list) -> None:
    (source / "good.txt").write_text(letter(1), "utf-8")
    (source / "bad.pdf").write_bytes(b"%PDF-1.4 nothing more")
    batch(source, out)
    (source / "new.txt").write_text(letter(2), "utf-8")
    report = batch(source, out, evidence=True, redo=redo)
    ended = {path for path, state in states(report).items() if state != "skipped"}
    assert sorted(ended) == read


@pytest.mark.parametrize(("redo", "holds"), [(None, False), ("failed", False), ("changed", True), ("all", False)])
def test_what_failed_is_tried_again_unless_told_otherwise(out: Path, redo: str | None, holds: bool) -> None:
    settings = Settings(redo=redo)
    row = Entry(
        path="a", state=State.FAILED, sha256="00", options=settings.result_key, version="1", engine="e", attempts=3
    )
    standing = Standing(out, {"a": row}, settings, "1", "e")
    assert standing.holds(row, Fingerprint("00", 1)) is holds
    assert not standing.holds(row, Fingerprint("01", 1))  # other bytes are another document
    assert standing.attempts("a", Fingerprint("00", 1)) == 3
    assert standing.attempts("a", Fingerprint("01", 1)) == 0


@pytest.mark.parametrize("wrong", ["dask://host", "dask://:", "spark://host:1"])
def test_places_to_work_that_cannot_be(wrong: str) -> None:
    with pytest.raises(UsageError, match="no place to work"):
        executor_for(wrong, 1)
