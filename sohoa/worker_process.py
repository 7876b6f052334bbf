"""One worker process: what runs in it, and the handle by which the run holds it.

Each has a pipe of its own and shares nothing with the others. With one channel for all (pebble's pool, used before) a
worker killed at the wrong moment leaves it locked: four pools of four broke within eight kills at random.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from corpus.ledger import Phase
from normalize.errors import SohoaError
from sohoa.executors import Job, guarded, worker_name
from sohoa.guard import kill_group

__all__ = ["Worker"]

# pdfminer and pdfium keep a little of every document: workers are renewed before that counts, and after a big one.
_JOBS_PER_WORKER = 40
_RENEWED_FROM_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class _Result:
    """What a worker sends when a job is done."""

    result: Any
    is_last: bool


class Worker:
    """A worker process, started at once; it takes one job at a time.

    Args:
        scratch: Folder for its temporary files; removed with it.
        worker_bytes: Memory that it, and each program that it starts, may take (Linux); 0 sets no limit.

    Attributes:
        pid: Its process, and the group of all that it starts.
        job: What it has in hand.
        pages: How many pages of that it has read.
        phase: How far it came with that.
        is_ready: Whether it has started up.
    """

    def __init__(self, scratch: Path, worker_bytes: int) -> None:
        # spawn: a fork of a process with threads (a progress bar's) can hang.
        context = multiprocessing.get_context("spawn")
        self.pipe, other_end = context.Pipe()
        self._scratch = scratch
        self._process = context.Process(target=_serve, args=(other_end, scratch, worker_bytes), name="sohoa worker")
        with _interrupts_kept_off():
            self._process.start()
        self.pid = cast("int", self._process.pid)
        other_end.close()  # or the death of the worker would not close the pipe
        self.job: Job[Any] | None = None
        self.pages = 0
        self.phase = ""
        self.is_ready = False
        self._begun = time.monotonic()

    @property
    def name(self) -> str:
        """``host:pid``."""
        return worker_name(self.pid)

    @property
    def seconds(self) -> float:
        """Since it took its job, or since it could begin with it."""
        return time.monotonic() - self._begun

    def take(self, work: Callable[..., Any], job: Job[Any]) -> None:
        """Hand it a job.

        Raises:
            OSError: It is dead.
        """
        self.pipe.send((work, job.item))
        self.job, self.pages, self.phase, self._begun = job, 0, "", time.monotonic()

    def hear(self) -> _Result | None:
        """Take in what it has said since the last time; the result when that is among it.

        Raises:
            EOFError, OSError: It is dead.
        """
        while self.pipe.poll():
            message = self.pipe.recv()
            if isinstance(message, _Result):
                return message
            if message is None:
                self.is_ready, self._begun = True, time.monotonic()
            else:
                self.phase = message
                self.pages += message == Phase.READING
        return None

    def end(self) -> int:
        """Kill it with all that it started; its exit code, minus the signal's number where one ended it."""
        self.pipe.close()
        kill_group(self.pid)  # before it is waited for: until then nothing else can have its number
        self._process.join()
        shutil.rmtree(self._scratch, ignore_errors=True)
        return self._process.exitcode or 0


@contextmanager
def _interrupts_kept_off() -> Iterator[None]:
    """Ctrl-C reaches all of a terminal's group, and a worker is among it until it has a session of its own."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, scratch: Path, worker_bytes: int) -> None:
    """Do jobs as they come through the pipe, until it closes."""
    _set_up(scratch, worker_bytes)
    pipe.send(None)
    for number in range(1, _JOBS_PER_WORKER + 1):
        try:
            work, item = pipe.recv()
        except EOFError:
            return
        result: Any | SohoaError = guarded(work, item, pipe.send)
        is_last = number == _JOBS_PER_WORKER or _most_bytes() > _RENEWED_FROM_BYTES
        pipe.send(_Result(result, is_last))


def _set_up(scratch: Path, worker_bytes: int) -> None:
    tempfile.tempdir = os.fspath(scratch)
    # Two documents side by side gain more than two threads in one Tesseract: 4 pages 30.5 s -> 15.3 s.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own, so that all that it starts can be killed with it
    if worker_bytes and sys.platform == "linux":
        import resource

        # Not RLIMIT_AS: libraries reserve gigabytes of addresses that they never fill.
        resource.setrlimit(resource.RLIMIT_DATA, (worker_bytes, worker_bytes))


def _most_bytes() -> int:
    """The most memory that this process has had."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
