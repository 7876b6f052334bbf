"""Processes of a run, found by a mark in their environment: grandchildren are seen too, whoever their parent is."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sohoa.event_log import LOG

__all__ = ["Process", "RunningBatch"]

_MARK = "SOHOA_CAMPAIGN"
_ROOT = str(Path(__file__).resolve().parent.parent.parent)
_POLL_SECONDS = 0.02
_ABORT_SECONDS = 10.0
_LISTEN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Process:
    """A living process of a run."""

    pid: int
    command: str

    @property
    def is_tesseract(self) -> bool:
        return Path(self.command.split("\0")[0]).name == "tesseract" or "tesseract_child" in self.command

    @property
    def is_guard(self) -> bool:
        return "guard.py" in self.command

    @property
    def is_worker(self) -> bool:
        return "spawn_main" in self.command

    def kill(self) -> bool:
        """Send SIGKILL; whether it was still there."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


@dataclass(slots=True)
class RunningBatch:
    """``sohoa batch`` in processes of its own.

    Args:
        source: SRC.
        out: OUT.
        settings: TOML file.
        temporary: Where the run keeps its temporary files.
        workers: ``--workers``.
        before: Command line put in front, such as that of ``setpriv``.
        program: Module that is run.
    """

    source: Path
    out: Path
    settings: Path
    temporary: Path
    workers: int = 2
    before: Sequence[str] = ()
    program: str = "sohoa"
    mark: str = field(default_factory=lambda: secrets.token_hex(8))
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin the run; what it says goes to a file."""
        self.temporary.mkdir(parents=True, exist_ok=True)
        environment = os.environ | {
            _MARK: self.mark,
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": _ROOT,
            "PYTHONFAULTHANDLER": "1",
        }
        options = ["-o", self.out, "--workers", self.workers, "--settings", self.settings]
        command = [*self.before, sys.executable, "-m", self.program, "batch", self.source, *options]
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [str(part) for part in command], env=environment, stdout=said, stderr=subprocess.STDOUT, cwd=_ROOT
            )

    @property
    def _said(self) -> Path:
        return self.temporary.with_name(f"{self.temporary.name}.log")

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "not started"  # noqa: S101
        return self._process

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        """The end of what the run printed."""
        return self._said.read_text("utf-8", errors="replace")[-600:]

    def stack(self) -> str:
        """Where a run that hangs stands; that ends it."""
        self.process.send_signal(signal.SIGABRT)
        self.wait(_ABORT_SECONDS)
        lines = self._said.read_text("utf-8", errors="replace").splitlines()
        return " <- ".join(line.strip() for line in lines if line.startswith("  File") and "sohoa" in line)

    def wait(self, seconds: float) -> int | None:
        """Its exit code, or None when for so many seconds it neither ended nor told its log of anything.

        On a machine with ten other processes for each core a run that is well takes ten times as long.
        """
        log, size, heard = self.out / LOG, -1, time.monotonic()
        while time.monotonic() - heard < seconds:
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(min(seconds, _LISTEN_SECONDS))
            if (grown := log.stat().st_size if log.exists() else -1) != size:
                size, heard = grown, time.monotonic()
        return None

    def stop(self) -> None:
        """SIGKILL to everything that carries the mark."""
        self.process.kill()
        self.process.wait()
        for each in self.processes():
            each.kill()

    def processes(self) -> list[Process]:
        """Everything that carries the mark and lives, the run itself too."""
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdecimal():
                continue
            try:
                if f"{_MARK}={self.mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    command = (folder / "cmdline").read_bytes().decode(errors="replace")
                    found.append(Process(int(folder.name), command))
            except OSError:  # gone, or a zombie
                continue
        return found

    def leftovers(self, seconds: float) -> list[Process]:
        """What still lives ``seconds`` after the run has ended."""
        deadline = time.monotonic() + seconds
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        return left
