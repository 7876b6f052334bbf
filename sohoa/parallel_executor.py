"""Jobs in worker processes: one that dies, hangs or eats the memory takes its job down and nothing else."""

from __future__ import annotations

import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from normalize.errors import EngineError, TimeLimitError
from sohoa.executors import Done, Job, Work
from sohoa.guard import Guard
from sohoa.scratch import Scratch
from sohoa.worker_process import Worker

__all__ = ["ParallelExecutor"]

T = TypeVar("T")
R = TypeVar("R")

_POLL_SECONDS = 0.2
# So many workers in a row that die before they are ready: the fault is not in the documents.
_MOST_STILLBORN = 10


class ParallelExecutor:
    """Jobs in worker processes, each killed with all that it started when its time is up; see ``Executor``.

    Args:
        workers: How many processes.
        worker_bytes: Memory that a worker, and each program that it starts, may take (Linux); 0 sets no limit.
    """

    def __init__(self, workers: int, worker_bytes: int = 0) -> None:
        self._most = workers
        self._worker_bytes = worker_bytes
        self._workers: list[Worker] = []
        self._stillborn = 0

    def __enter__(self) -> Self:
        # Page images for Tesseract lie here; a worker that is killed leaves its own behind, secret ones perhaps.
        self._scratch = Scratch.make()
        self._guard = Guard(self._scratch.folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in list(self._workers):
            self._end(worker)
        self._guard.__exit__(kind, error, trace)
        self._scratch.let_go()

    def run(
        self,
        work: Work[T, R],
        jobs: deque[Job[T]],
        *,
        on_begin: Callable[[T, str], None] | None = None,
        on_pages: Callable[[int], None] | None = None,
    ) -> Iterator[Done[T, R]]:
        """See :class:`sohoa.executors.Executor`."""
        while jobs or any(worker.job for worker in self._workers):
            for worker in self._idle(len(jobs)):
                self._hand_out(worker, work, jobs, on_begin)
            wait([worker.pipe for worker in self._workers], timeout=_POLL_SECONDS)
            for worker in list(self._workers):
                if done := self._news(worker, jobs):
                    yield done
            if on_pages:
                on_pages(sum(worker.pages for worker in self._workers if worker.job))

    def _idle(self, wanted: int) -> list[Worker]:
        """Workers without a job, at most ``wanted``; new ones are started as long as there may be more."""
        idle = [worker for worker in self._workers if worker.job is None]
        for _ in range(min(wanted - len(idle), self._most - len(self._workers))):
            worker = Worker(Path(tempfile.mkdtemp(dir=self._scratch.folder)), self._worker_bytes)
            self._guard.add(worker.pid)
            self._workers.append(worker)
            idle.append(worker)
        return idle[:wanted]

    def _hand_out(
        self, worker: Worker, work: Work[T, R], jobs: deque[Job[T]], on_begin: Callable[[T, str], None] | None
    ) -> None:
        if not jobs:
            return  # taken away since
        try:
            worker.take(work, jobs[0])
        except OSError:  # it died while it had nothing to do
            self._end(worker)
            return
        job = jobs.popleft()
        if on_begin:
            on_begin(job.item, worker.name)

    def _news(self, worker: Worker, jobs: deque[Job[Any]]) -> Done[Any, Any] | None:
        """How the worker's job ended, if it did."""
        try:
            heard = worker.hear()
        except (EOFError, OSError):
            return self._bury(worker, jobs)
        if worker.is_ready:
            self._stillborn = 0
        job = worker.job
        if job is None:
            return None
        if heard is not None:
            done = Done(job.item, heard.result, worker.name, worker.seconds, worker.phase)
            worker.job = None
            if heard.is_last:
                self._end(worker)
            return done
        if worker.seconds > job.seconds:
            self._end(worker)
            error = TimeLimitError("It took longer than its time limit.")
            return Done(job.item, error, worker.name, worker.seconds, worker.phase)
        return None

    def _bury(self, worker: Worker, jobs: deque[Job[Any]]) -> Done[Any, Any] | None:
        """What a dead worker leaves: a job that was begun has failed, one that was not goes back."""
        how = self._end(worker)
        if not worker.is_ready:
            self._stillborn += 1
            if self._stillborn >= _MOST_STILLBORN:
                raise EngineError(f"{_MOST_STILLBORN} worker processes died at their start{how}.")
        if worker.job is None:
            return None
        if not worker.is_ready:
            jobs.appendleft(worker.job)
            return None
        error = EngineError(
            f"The process that read it died{how}.", "It may have run out of memory: run with fewer --workers."
        )
        return Done(worker.job.item, error, worker.name, worker.seconds, worker.phase, died=True)

    def _end(self, worker: Worker) -> str:
        """Kill what is left of a worker; by which signal it went, in words, when it had gone before."""
        self._workers.remove(worker)
        code = worker.end()
        self._guard.discard(worker.pid)
        return f" with {signal.Signals(-code).name}" if code < 0 else ""
