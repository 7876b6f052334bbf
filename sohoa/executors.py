"""Jobs and how they end; the interface of all that run them, and the executor that runs them one after another."""

from __future__ import annotations

import os
import socket
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from corpus.ledger import Phase
from normalize.errors import EngineError, SohoaError, TooLargeError

__all__ = [
    "Done",
    "Executor",
    "Job",
    "SerialExecutor",
    "Tell",
    "Work",
    "guarded",
    "silent",
    "worker_name",
]

T = TypeVar("T")
R = TypeVar("R")

Tell = Callable[[Phase], None]
"""Hears each phase that the work enters, and ``Phase.READING`` once for every page that is read."""

Work = Callable[[T, Tell], R]


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """One piece of work and how long it may take."""

    item: T
    seconds: float


@dataclass(frozen=True, slots=True)
class Done(Generic[T, R]):
    """How a job ended.

    Attributes:
        item: The job's.
        result: What the work gave, or the error that it ended with.
        worker: ``host:pid``.
        seconds: That it took.
        phase: The last that the work told of; empty when it told of none.
        died: The worker died under it, by no fault of its time limit: another worker may fare better.
    """

    item: T
    result: R | SohoaError
    worker: str = ""
    seconds: float = 0.0
    phase: str = ""
    died: bool = False


class Executor(Protocol):
    """Runs jobs; a context manager. Leaving it with an error stops all work at once, and all that the work started."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def run(
        self,
        work: Work[T, R],
        jobs: deque[Job[T]],
        *,
        on_begin: Callable[[T, str], None] | None = None,
        on_pages: Callable[[int], None] | None = None,
    ) -> Iterator[Done[T, R]]:
        """Do ``work`` on every job's item; how each ended, in order of completion.

        ``jobs`` is a queue. Jobs are taken from its left end as workers become free, no earlier; between two results
        the caller may add some (the joining of pages, after the pages), take some away, or clear it: then what is in
        hand is finished and nothing else begun. The iterator ends when the queue is empty and nothing is in hand.

        Args:
            work: Called with the item and with what hears of its progress, see :data:`Tell`. It, items and results
                must be picklable; results small (below 4 kB they pass in one piece). Errors of any kind end the job,
                see :func:`guarded`.
            jobs: What to do, changed while it runs.
            on_begin: Hears an item and its worker (``host:pid``, or the host alone) when it is handed out.
            on_pages: Hears, now and then, how many pages the jobs in hand have read so far, all together.
        """


class SerialExecutor:
    """One job after another in this process, without time limits: for debugging."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def run(
        self,
        work: Work[T, R],
        jobs: deque[Job[T]],
        *,
        on_begin: Callable[[T, str], None] | None = None,
        on_pages: Callable[[int], None] | None = None,
    ) -> Iterator[Done[T, R]]:
        """See :class:`Executor`."""
        worker = worker_name(os.getpid())
        while jobs:
            item, phases = jobs.popleft().item, list[Phase]()

            def tell(phase: Phase, phases: list[Phase] = phases) -> None:
                phases.append(phase)
                if on_pages and phase is Phase.READING:
                    on_pages(phases.count(phase))

            if on_begin:
                on_begin(item, worker)
            begun = time.monotonic()
            result = guarded(work, item, tell)
            yield Done(item, result, worker, time.monotonic() - begun, phases[-1] if phases else "")


def worker_name(pid: int) -> str:
    """``host:pid``."""
    return f"{socket.gethostname()}:{pid}"


def silent(_phase: Phase) -> None:
    """Where nobody wants to hear of progress."""


def guarded(work: Work[T, R], item: T, tell: Tell = silent) -> R | SohoaError:
    """Do ``work`` on ``item``; whatever goes wrong comes back as an error of the tree, without document content."""
    try:
        return work(item, tell)
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
