"""Running jobs one after another or in worker processes, behind one interface.

The parallel executor is the usual one, with one worker too: a worker that dies, hangs or eats the memory takes its
document down and nothing else. The serial one is for debugging.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from normalize.errors import EngineError, SohoaError, TimeLimitError, TooLargeError

__all__ = ["Executor", "Job", "ParallelExecutor", "SerialExecutor", "Tick", "executor_for", "guarded"]

T = TypeVar("T")
R = TypeVar("R")
Tick = Callable[[], None]
Work = Callable[[T, Tick], R]

# pdfminer and pdfium keep a little of every document: workers are renewed before that counts.
_TASKS_PER_WORKER = 40
_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """One piece of work and how long it may take."""

    item: T
    seconds: float


class Executor(Protocol):
    """Runs jobs; a context manager."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def run(
        self, work: Work[T, R], jobs: Sequence[Job[T]], on_ticks: Callable[[int], None] | None = None
    ) -> Iterator[tuple[T, R | SohoaError]]:
        """Do ``work`` on every job's item; yield each item with its result or its error, in order of completion.

        ``work`` calls its second argument for every step done; ``on_ticks`` hears how many steps the jobs that are
        running have done. ``work`` and items must be picklable.
        """


class SerialExecutor:
    """One job after another in this process, without time limits."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def run(
        self, work: Work[T, R], jobs: Sequence[Job[T]], on_ticks: Callable[[int], None] | None = None
    ) -> Iterator[tuple[T, R | SohoaError]]:
        """See :class:`Executor`."""
        for job in jobs:
            ticks = 0

            def tick() -> None:
                nonlocal ticks
                ticks += 1
                if on_ticks:
                    on_ticks(ticks)

            yield job.item, guarded(work, job.item, tick)


class ParallelExecutor:
    """Jobs in worker processes, each killed with all that it started when its time is up.

    Args:
        workers: How many processes.
        worker_bytes: Memory that a worker, and each program that it starts, may take (Linux); 0 sets no limit.
    """

    def __init__(self, workers: int, worker_bytes: int = 0) -> None:
        # Twice as many jobs as workers are handed out: no worker waits, and Ctrl-C has little to take back.
        self._free = list(range(2 * workers))
        # spawn: a fork of a process with threads (the pool's own) can hang. Slots are written by one job at a time,
        # so they need no lock that a killed worker could leave locked.
        context = multiprocessing.get_context("spawn")
        self._slots: MutableSequence[int] = context.RawArray("L", len(self._free))
        # Page images for Tesseract lie here; a worker that is killed leaves its own behind, secret ones perhaps.
        self._scratch = tempfile.TemporaryDirectory(prefix="sohoa-", ignore_cleanup_errors=True)
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_start_worker,
            initargs=(self._slots, self._scratch.name, worker_bytes),
            context=context,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._scratch.cleanup()

    def run(
        self, work: Work[T, R], jobs: Sequence[Job[T]], on_ticks: Callable[[int], None] | None = None
    ) -> Iterator[tuple[T, R | SohoaError]]:
        """See :class:`Executor`."""
        waiting = deque(jobs)
        running: dict[Future[Any], tuple[T, int]] = {}
        while waiting or running:
            while waiting and self._free:
                job, slot = waiting.popleft(), self._free.pop()
                self._slots[slot] = 0
                future: Future[Any] = self._pool.schedule(_in_worker, args=(work, job.item, slot), timeout=job.seconds)
                running[future] = (job.item, slot)
            done, _ = wait(running, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
            if on_ticks:
                on_ticks(sum(self._slots[slot] for _, slot in running.values()))
            for future in done:
                item, slot = running.pop(future)
                self._free.append(slot)
                yield item, _outcome(future)


def executor_for(workers: int, worker_bytes: int = 0) -> Executor:
    """The executor for ``--workers``: 0 is the serial one, which has no limits."""
    return ParallelExecutor(workers, worker_bytes) if workers else SerialExecutor()


_slots: MutableSequence[int] = []


def _start_worker(slots: MutableSequence[int], scratch: str, worker_bytes: int) -> None:
    global _slots
    _slots = slots
    tempfile.tempdir = scratch
    if worker_bytes and sys.platform == "linux":
        import resource

        # Not RLIMIT_AS: libraries reserve gigabytes of addresses that they never fill.
        resource.setrlimit(resource.RLIMIT_DATA, (worker_bytes, worker_bytes))
    # Two documents side by side gain more than two threads in one Tesseract: 4 pages 30.5 s -> 15.3 s.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    if os.name == "posix":
        # A group of its own: Ctrl-C reaches the run alone, and a worker that is stopped takes its Tesseract along.
        os.setpgrp()
        signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))


def _in_worker(work: Work[T, R], item: T, slot: int) -> R | SohoaError:
    def tick() -> None:
        _slots[slot] += 1

    return guarded(work, item, tick)


def guarded(work: Work[T, R], item: T, tick: Tick) -> R | SohoaError:
    """Do ``work`` on ``item``; whatever goes wrong comes back as an error of the tree, without document content."""
    try:
        return work(item, tick)
    except SohoaError as error:
        return error
    except MemoryError:
        return TooLargeError(
            "It needs more memory than there is, or than worker_bytes allows.",
            "Run with fewer --workers, or raise worker_bytes in the settings.",
        )
    except Exception as error:  # noqa: BLE001  one bad file never stops the run
        # Only the place is told: the message of a foreign error may quote the document.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return EngineError(
            f"Reading ended with an unexpected {type(error).__name__} ({where}).", "Please report it with this line."
        )


def _outcome(future: Future[Any]) -> Any:
    try:
        return future.result()
    except TimeoutError:
        return TimeLimitError("It took longer than its time limit.")
    except (ProcessExpired, BrokenProcessPool, CancelledError) as error:
        code = getattr(error, "exitcode", 0)
        how = f" with {signal.Signals(-code).name}" if code < 0 else ""
        return EngineError(
            f"The process that read it died{how}.", "It may have run out of memory: run with fewer --workers."
        )
