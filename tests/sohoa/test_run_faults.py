"""Faults: each takes its own document down and nothing else, and the same command goes on."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from corpus.ledger import Phase, State
from normalize.errors import OutputError, UsageError
from tests.sohoa.faults import FaultyExecutor, InterruptedExecutor
from tests.sohoa.runs import batch, ledger_of, letter, states, three_letters


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL, no process groups")
def test_what_goes_wrong_in_a_worker_fails_its_document_only(
    source: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    names = ["a.txt", "breaks.txt", "hangs.txt", "killed.txt", "killed-once.txt", "z.txt"]
    for number, name in enumerate(names):
        (source / name).write_text(letter(number), "utf-8")
    report = batch(source, out, FaultyExecutor(tmp_path))
    assert states(report) == dict.fromkeys(names[1:4], "failed") | dict.fromkeys(names[:1] + names[4:], "done")
    rows = ledger_of(out)
    assert "LookupError (faults.py, line" in rows["breaks.txt"].error
    assert "Mẫu" not in rows["breaks.txt"].error
    assert rows["hangs.txt"].error_code == "time_limit"
    assert rows["hangs.txt"].retryable
    assert rows["hangs.txt"].seconds > 5
    assert "SIGKILL" in rows["killed.txt"].error
    # Twice where the worker died: another may fare better. Once where the document itself was to blame.
    assert {name: rows[name].attempts for name in names} == dict.fromkeys(names, 1) | {
        "killed.txt": 2,
        "killed-once.txt": 2,
    }
    assert rows["killed-once.txt"].phase == Phase.PUBLISHING
    assert rows["killed.txt"].phase == Phase.READING
    status = Path("/proc", (tmp_path / "pid").read_text("utf-8"), "status")
    assert not status.exists() or "State:\tZ" in status.read_text("utf-8")  # the program it waited for is gone
    assert not list(temporary.iterdir())  # and what it would have read
    assert batch(source, out).equation == "6 inputs = 3 done + 0 failed + 0 held + 3 skipped"
    assert ledger_of(out)["killed.txt"].attempts == 3


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_document_that_eats_the_memory_fails_alone(source: Path, out: Path, tmp_path: Path) -> None:
    for number, name in enumerate(["a.txt", "greedy.txt", "z.txt"]):
        (source / name).write_text(letter(number), "utf-8")
    report = batch(source, out, FaultyExecutor(tmp_path))
    assert [str(outcome.state) for outcome in report.outcomes] == ["done", "failed", "done"]
    assert ledger_of(out)["greedy.txt"].error_code == "too_large"


@pytest.mark.parametrize("presses", [1, 2])
def test_an_interrupted_run_reports_and_goes_on(source: Path, out: Path, presses: int) -> None:
    three_letters(source)
    report = batch(source, out, InterruptedExecutor(presses))
    assert report.interrupted
    assert report.equation == "3 inputs = 1 done + 0 failed + 0 held + 0 skipped + 2 waiting"
    assert ledger_of(out)["3.txt"].state is State.WAITING
    report = batch(source, out)
    assert report.equation == "3 inputs = 2 done + 0 failed + 0 held + 1 skipped"


def test_an_output_folder_that_cannot_be(source: Path, out: Path) -> None:
    three_letters(source)
    out.write_text("a file", "utf-8")
    with pytest.raises(OutputError):
        batch(source, out)


def test_the_output_folder_within_the_source_is_no_input(source: Path) -> None:
    three_letters(source)
    batch(source, source / "out")
    report = batch(source, source / "out")
    assert len(report.outcomes) == 3
    other = batch(source, source.parent / "elsewhere")  # another output folder is seen, and passed over
    assert states(other)["out"] == "skipped"
    with pytest.raises(UsageError):
        batch(source, source)
