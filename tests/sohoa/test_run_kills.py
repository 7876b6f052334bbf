"""Kills and Ctrl-C, for real: nothing is lost, nothing half-written, no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.ledger import State
from tests.sohoa.runs import batch, ledger_of, letter

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc"),
]
_ROOT = Path(__file__).parents[2]
_NAMES = [f"{number}.txt" for number in range(4)]


class WaitingRun:
    """A run of two workers over four letters, of which two are in hand and wait."""

    def __init__(self, source: Path, out: Path, notes: Path) -> None:
        for number, name in enumerate(_NAMES):
            (source / name).write_text(letter(number), "utf-8")
        self._mark = uuid.uuid4().hex
        self.notes = notes
        self.temporary = notes / "temporary"
        self.temporary.mkdir(parents=True)
        command = [sys.executable, "-m", "tests.sohoa.waiting_run", str(source), str(out), str(notes)]
        environment = os.environ | {"SOHOA_TEST_MARK": self._mark, "TMPDIR": str(self.temporary)}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=_ROOT
        )
        self.until(lambda: len(self.in_hand()) == 2)

    def in_hand(self) -> list[str]:
        return [path.name.removesuffix(" begun") for path in self.notes.glob("* begun")]

    def processes(self, word: str = "") -> list[int]:
        """Processes that come from the run, however far down, with ``word`` in their command."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self._mark.encode() in (folder / "environ").read_bytes():
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found += [int(folder.name)] if word in command else []
            except OSError:
                continue
        return found

    def until(self, is_so: Callable[[], object]) -> None:
        deadline = time.monotonic() + 120
        while not is_so():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def go(self) -> tuple[str, str]:
        """Let the documents be read; output and errors of the run."""
        (self.notes / "go").touch()
        return self.process.communicate(timeout=120)


@pytest.fixture
def waiting_run(source: Path, out: Path, tmp_path: Path) -> Iterator[WaitingRun]:
    run = WaitingRun(source, out, tmp_path / "notes")
    yield run
    run.process.kill()
    run.process.communicate()


def _wait_till_gone(run: WaitingRun) -> None:
    for _ in range(500):
        if not run.processes():
            return
        time.sleep(0.02)
    pytest.fail(f"{len(run.processes())} processes are left")


def test_kill_9_of_the_run_leaves_no_process_and_no_page_behind(
    waiting_run: WaitingRun, source: Path, out: Path
) -> None:
    assert len(waiting_run.processes()) >= 7  # the run, two workers, a program each, the guards
    waiting_run.process.kill()
    waiting_run.process.communicate()
    _wait_till_gone(waiting_run)
    assert not list(waiting_run.temporary.glob("sohoa-*"))
    rows = ledger_of(out)
    assert {path: row.state for path, row in rows.items()} == dict.fromkeys(_NAMES, State.WAITING)
    assert {path for path, row in rows.items() if row.attempts == 1 and row.worker} == set(waiting_run.in_hand())
    assert batch(source, out).equation == "4 inputs = 4 done + 0 failed + 0 held + 0 skipped"
    assert list((out / ".sohoa" / "staging").iterdir()) == []


def test_kill_9_of_a_worker_and_of_the_guards_costs_a_document_one_more_try(waiting_run: WaitingRun, out: Path) -> None:
    for victim in [waiting_run.processes("spawn_main")[0], *waiting_run.processes("guard.py")]:
        os.kill(victim, signal.SIGKILL)
    waiting_run.until(lambda: sum(row.attempts for row in ledger_of(out).values()) == 3)
    output, errors = waiting_run.go()
    assert waiting_run.process.returncode == 0, errors
    assert "4 inputs = 4 done" in output
    assert sorted(row.attempts for row in ledger_of(out).values()) == [1, 1, 1, 2]
    _wait_till_gone(waiting_run)


def test_ctrl_c_finishes_what_is_in_hand(waiting_run: WaitingRun, source: Path, out: Path) -> None:
    waiting_run.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    output, errors = waiting_run.go()
    assert waiting_run.process.returncode == 130, errors
    assert "Finishing what is in hand" in errors
    assert "4 inputs = 2 done + 0 failed + 0 held + 0 skipped + 2 waiting" in output
    assert {path for path, row in ledger_of(out).items() if row.state is State.DONE} == set(waiting_run.in_hand())
    _wait_till_gone(waiting_run)
    assert batch(source, out).equation == "4 inputs = 2 done + 0 failed + 0 held + 2 skipped"


def test_ctrl_c_twice_stops_at_once(waiting_run: WaitingRun, source: Path, out: Path) -> None:
    waiting_run.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    waiting_run.process.send_signal(signal.SIGINT)
    output, errors = waiting_run.process.communicate(timeout=60)  # without a sign to go on
    assert waiting_run.process.returncode == 130, errors
    assert "4 inputs = 0 done + 0 failed + 0 held + 0 skipped + 4 waiting" in output
    assert "Interrupted." in errors
    _wait_till_gone(waiting_run)
    assert batch(source, out).equation == "4 inputs = 4 done + 0 failed + 0 held + 0 skipped"
