"""``run.log.jsonl``: what happened in a run, one JSON object a line, with times in UTC.

Names of files are told, what is written in them never is. Every line has ``at``, ``event`` and ``run`` (a name for the
run); the events are::

    run_started         pid, host, version, inputs, command
    run_continues       the same, first line of a log that follows on one that grew too large
    documents_expected  documents, pages: what is going to be read
    document_begun      path
    document_settled    path, state, pages, seconds, phase, attempts, worker, error_code, retryable, duplicate_of
    document_retried    path, error_code: what went wrong before it is read once more
    progress            documents, pages, failures so far; once a minute, and so a sign of life
    run_stopping        why: nothing else is begun, what is in hand is finished
    run_ended           reason (done, interrupted, or the code of the error that stopped it), the closing equation
"""

from __future__ import annotations

import json
import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.ledger import Entry
from normalize.errors import SohoaError
from sohoa.pace import Pace
from sohoa.report import Report

__all__ = ["LOG", "EventLog", "LastRun", "events", "is_alive", "last_run"]

LOG = "run.log.jsonl"

_MOST_BYTES = 10 << 20
_KEPT = 5  # older logs: run.log.1.jsonl is the youngest of them
_HEARTBEAT_SECONDS = 60.0
_SIGN_OF_LIFE = timedelta(minutes=5)
_TOLD_OF_ENTRY = (
    "pages",
    "seconds",
    "confidence",
    "phase",
    "attempts",
    "worker",
    "error_code",
    "retryable",
    "duplicate_of",
)


class EventLog:
    """Writes the log of one run; a watcher and a context manager.

    Nothing is written before :meth:`start`: until a run holds its output folder, the log may be another run's. A log
    that cannot be written stops no run: where the disk is full the ledger says so.

    Args:
        out: Output folder.
        version: Of sohoa.
        command: What was typed after ``sohoa``: what failed is tried again with it.
        most_bytes: A log that is larger makes way for a new one.
        clock: Seconds since any moment.
    """

    def __init__(
        self,
        out: Path,
        *,
        version: str = "",
        command: Sequence[str] = (),
        most_bytes: int = _MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = out / LOG
        self._about = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "version": version,
            "command": list(command),
        }
        self._most_bytes = most_bytes
        self._clock = clock
        self._last_sign = clock()
        self._pace = Pace(clock)
        self._run = ""
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._end("done")
        elif isinstance(error, SohoaError):
            self._end(error.code)
        else:
            self._end("interrupted" if issubclass(kind, KeyboardInterrupt) else kind.__name__)

    def start(self, inputs: int) -> None:
        """The run holds its output folder and goes through so many inputs."""
        self._run = uuid.uuid4().hex[:12]
        self._pace = Pace(self._clock)
        self._about["inputs"] = inputs
        self._is_open = True
        self._write("run_started", **self._about)

    def expect(self, documents: int, pages: int) -> None:
        """So many documents with so many pages are going to be read."""
        self._pace.expect(documents, pages)
        self._write("documents_expected", documents=documents, pages=pages)

    def begin(self, key: str) -> None:
        """A document is handed to a worker."""
        self._pace.begin(key)
        self._write("document_begun", path=key)

    def reading(self, pages: int) -> None:
        """So many pages of the documents in hand are done."""
        self._pace.reading(pages)
        if self._clock() - self._last_sign >= _HEARTBEAT_SECONDS:
            pace = self._pace
            self._write("progress", documents=pace.settled, pages=pace.pages_done, failures=pace.failures)

    def retry(self, key: str, error: SohoaError) -> None:
        """A document whose worker died is read once more."""
        self._write("document_retried", path=key, error_code=error.code)

    def settle(self, entry: Entry) -> None:
        """The row of an input that ended in this run was written."""
        self._pace.settle(entry)
        told = {name: _rounded(value) for name in _TOLD_OF_ENTRY if (value := getattr(entry, name)) is not None}
        self._write("document_settled", path=entry.path, state=entry.state.value, **told)

    def stopping(self, why: str) -> None:
        """Nothing else is begun."""
        self._write("run_stopping", why=why)

    def end(self, report: Report) -> None:
        """The run is over, and its ledger closed."""
        stopped = report.stopped.code if report.stopped else "done"
        self._end("interrupted" if report.interrupted else stopped, equation=report.equation)

    def _end(self, reason: str, **more: str) -> None:
        if self._is_open:
            self._write("run_ended", reason=reason, **more)
            self._is_open = False

    def _write(self, event: str, **about: Any) -> None:
        if not self._is_open:
            return
        self._last_sign = self._clock()
        try:
            if self._path.exists() and self._path.stat().st_size > self._most_bytes:
                _make_way(self._path)
                self._append("run_continues", self._about)
            self._append(event, about)
        except OSError:
            return

    def _append(self, event: str, about: dict[str, Any]) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"at": at, "event": event, "run": self._run, **about}, ensure_ascii=False)
        with self._path.open("ab+") as file:
            file.seek(-1 if file.seek(0, os.SEEK_END) else 0, os.SEEK_END)
            cut_short = file.read(1) not in {b"", b"\n"}  # power was lost in the middle of the last line
            file.write(f"{chr(10) if cut_short else ''}{line}\n".encode())


def _rounded(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else value


def _make_way(path: Path) -> None:
    """Give the log the number 1, the one that had it the number 2, and so on; the oldest goes."""
    logs = [path, *(path.with_name(f"{path.stem}.{number}{path.suffix}") for number in range(1, _KEPT + 1))]
    for older, younger in zip(reversed(logs), reversed(logs[:-1]), strict=False):
        if younger.exists():
            younger.replace(older)


def events(out: Path) -> Iterator[dict[str, Any]]:
    """The lines of the present log of ``out``; one that was cut short is left out, as is a log that is not there."""
    try:
        with (out / LOG).open("rb") as file:
            for line in file:
                try:
                    event = json.loads(line)
                except ValueError:
                    continue
                if isinstance(event, dict) and {"at", "event", "run"} <= event.keys():
                    yield event
    except OSError:
        return


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run that the log of an output folder tells of.

    Attributes:
        name: The run's.
        host: Computer.
        pid: Process on it.
        command: What was typed after ``sohoa``; empty where the log does not say.
        reason: Why it ended; None while it has not.
        last_sign: Time of its last line.
    """

    name: str
    host: str
    pid: int
    command: tuple[str, ...]
    reason: str | None
    last_sign: datetime

    def is_running(self, at: datetime) -> bool:
        """Whether it goes on: it has not ended, gave a sign of life of late, and its process is there."""
        return self.reason is None and is_alive(self.host, self.pid, self.last_sign, at)


def last_run(out: Path) -> LastRun | None:
    """The last run in the log of ``out``."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for event in events(out):
        if event["event"] in {"run_started", "run_continues"}:
            first = event
        if event["run"] == first.get("run"):
            last = event
    if not first:
        return None
    return LastRun(
        name=str(first["run"]),
        host=str(first.get("host", "")),
        pid=int(first.get("pid", 0)),
        command=tuple(map(str, first.get("command", ()))),
        reason=str(last.get("reason", "")) if last["event"] == "run_ended" else None,
        last_sign=datetime.fromisoformat(last["at"]),
    )


def is_alive(host: str, pid: int, last_sign: datetime, at: datetime) -> bool:
    """Whether a process gave a sign of life of late and, where that can be seen, is there."""
    if at - last_sign > _SIGN_OF_LIFE:
        return False
    if host != socket.gethostname() or os.name == "nt":
        return True  # on Windows os.kill ends a process whatever the signal; the last sign of life must do
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
