"""Jobs on the workers of a Dask scheduler, on other machines too: ``--on dask://HOST:PORT`` (docs/cluster.md).

A Dask worker only drives: each job runs in a process of our own beside it, with the limits of a local run, so that a
document that dies, hangs or eats the memory takes neither the Dask worker nor what others read there with it. Sources
and outputs lie on a shared folder, at the same path everywhere. The ledger is written by the run alone.
"""

from __future__ import annotations

import atexit
import os
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar
from uuid import uuid4

from normalize.errors import EngineError, MissingDependencyError, NotFoundError
from sohoa.executors import Done, Job, Tell, Work, worker_name
from sohoa.parallel_executor import ParallelExecutor
from sohoa.settings import DEFAULT_SETTINGS

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["DaskExecutor"]

T = TypeVar("T")
R = TypeVar("R")

_TOPIC: Final = "sohoa"
_POLL_SECONDS: Final = 0.2
_COUNT_SECONDS: Final = 2.0
_CONNECT_SECONDS: Final = 20
# Workers may be started after the run, and machines may restart under it.
_PATIENCE_SECONDS: Final = 120.0
_RUNNING: Final = frozenset({"executing", "long-running"})


@dataclass(frozen=True, slots=True)
class _Order(Generic[T, R]):
    """What a Dask worker is sent.

    Attributes:
        key: Of the Dask task; says nothing of the document, since Dask shows and logs it.
        work: What to do.
        job: With what, and for how long.
        worker_bytes: Memory of the process that does it.
        folder: Where the run was started: relative paths count from there.
        stamp: Version and engine that the ledger says the results are of.
    """

    key: str
    work: Work[T, R]
    job: Job[T]
    worker_bytes: int
    folder: str
    stamp: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _News:
    """What is heard of an order: it began on ``worker``, has read ``pages``, or (neither) has ended."""

    key: str
    worker: str = ""
    pages: int | None = None


class DaskExecutor:
    """Jobs on the workers of a Dask scheduler; see :class:`sohoa.executors.Executor`.

    A job whose Dask worker dies is begun again by Dask on another one, up to the scheduler's ``allowed-failures``;
    every such beginning is told. After that it comes back as :attr:`~sohoa.executors.Done.died`.

    Args:
        address: ``HOST:PORT`` of the scheduler.
        worker_bytes: Memory that one document, and each program started for it, may take; 0 sets no limit.

    Raises:
        MissingDependencyError: Dask is not installed.
    """

    def __init__(self, address: str, worker_bytes: int = DEFAULT_SETTINGS.worker_bytes) -> None:
        try:
            import distributed  # noqa: F401
        except ImportError as error:
            raise MissingDependencyError(
                "Dask is not installed.", "Install the extra: pip install 'sohoa[dask]'."
            ) from error
        self._address = address
        self._worker_bytes = worker_bytes
        self._news: SimpleQueue[_News] = SimpleQueue()
        self._seats, self._counted = 0, float("-inf")

    def __enter__(self) -> Self:
        from distributed import Client

        host, _, port = self._address.rpartition(":")
        try:
            # Dask tries for as long as it may where nobody listens: knocking tells at once.
            socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECT_SECONDS).close()
            self._client: Client = Client(self._address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, OverflowError, ValueError) as error:  # timeouts; ports above 65,535; hosts of no form
            raise EngineError(
                f"No Dask scheduler answers at {self._address}.",
                "Start one with `dask scheduler`; see docs/cluster.md.",
            ) from error
        self._client.subscribe_topic(_TOPIC, self._hear)  # type: ignore[no-untyped-call]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Dask lets go of the orders of a client that is gone; its workers see that and kill what runs for them.
        self._client.close()  # type: ignore[no-untyped-call]

    def run(
        self,
        work: Work[T, R],
        jobs: deque[Job[T]],
        *,
        on_begin: Callable[[T, str], None] | None = None,
        on_pages: Callable[[int], None] | None = None,
    ) -> Iterator[Done[T, R]]:
        """See :class:`sohoa.executors.Executor`.

        Raises:
            EngineError: The scheduler, or all of its workers, are gone for longer than restarting them takes.
            MissingDependencyError: A worker has another version, or does not see the shared folder.
        """
        in_hand: dict[str, tuple[Job[T], Future[Done[T, R]]]] = {}
        pages: dict[str, int] = {}
        begun: set[str] = set()
        while jobs or in_hand:
            while jobs and len(in_hand) < self._count_seats(wait=not in_hand):
                order = self._order(work, jobs.popleft())
                in_hand[order.key] = order.job, self._send(order)
            for news in self._wait():
                if news.key not in in_hand:
                    continue  # of an order that has come back, or of another run
                job, future = in_hand[news.key]
                if news.pages is not None:
                    pages[news.key] = news.pages
                elif news.worker:
                    begun.add(news.key)
                    if on_begin:
                        on_begin(job.item, news.worker)
                else:
                    done = _done(job, future)
                    del in_hand[news.key]
                    pages.pop(news.key, None)
                    if on_begin and news.key not in begun:
                        on_begin(job.item, done.worker)
                    yield done
            if on_pages:
                on_pages(sum(pages.values()))

    def _order(self, work: Work[T, R], job: Job[T]) -> _Order[T, R]:
        from sohoa.digest import engine_name, version

        return _Order(
            f"{_TOPIC}-{uuid4().hex}", work, job, self._worker_bytes, os.fspath(Path.cwd()), (version(), engine_name())
        )

    def _send(self, order: _Order[T, R]) -> Future[Done[T, R]]:
        future: Future[Done[T, R]] = self._client.submit(_do_order, order, key=order.key, pure=False)
        future.add_done_callback(lambda _future: self._news.put(_News(order.key)))  # type: ignore[no-untyped-call]
        return future

    def _hear(self, event: tuple[float, tuple[str, str, int | None]]) -> None:
        self._news.put(_News(*event[1]))

    def _wait(self) -> list[_News]:
        """What has been heard since; waits a little for the first."""
        heard: list[_News] = []
        with suppress(Empty):
            heard.append(self._news.get(timeout=_POLL_SECONDS))
            while True:
                heard.append(self._news.get_nowait())
        return heard

    def _count_seats(self, *, wait: bool) -> int:
        """How many jobs the workers that are there can do at a time; waits for a worker when told to."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            if time.monotonic() - self._counted > _COUNT_SECONDS:
                self._seats, self._counted = self._ask_for_seats(), time.monotonic()
            if self._seats or not wait:
                return self._seats
            if time.monotonic() > deadline:
                raise EngineError(
                    f"No worker of the Dask scheduler at {self._address} has been there for {_PATIENCE_SECONDS:.0f} s.",
                    "Start some with `dask worker`, then run the same command again; see docs/cluster.md.",
                )
            time.sleep(_POLL_SECONDS)

    def _ask_for_seats(self) -> int:
        try:
            info = self._client.scheduler_info(n_workers=-1)
        except (OSError, ValueError, RuntimeError):  # out of reach: the client is trying to connect again
            return 0
        return sum(int(worker["nthreads"]) for worker in info["workers"].values())


def _done(job: Job[T], future: Future[Done[T, R]]) -> Done[T, R]:
    """What came back from Dask.

    Raises:
        MissingDependencyError: The worker cannot do any job.
    """
    try:
        done: Done[T, R] = future.result()
    except ImportError as error:
        raise MissingDependencyError(
            "A Dask worker has no sohoa, or another version of it.", "Install the same version on all machines."
        ) from error
    except Exception as error:  # noqa: BLE001  KilledWorker, CancelledError, and what else a network has in store
        how = f"The Dask workers that read it are gone ({type(error).__name__})."
        return Done(job.item, EngineError(how, "Look into the logs of the workers."), died=True)
    if isinstance(done.result, NotFoundError) and all(path.is_file() for path in _paths_of(job.item)):
        raise MissingDependencyError(
            f"The worker {done.worker} does not see a file that is there.",
            "Mount the shared folder at the same path on all machines, readable for the workers' user.",
        )
    return done


def _paths_of(item: object) -> tuple[Path, ...]:
    task = getattr(item, "task", item)
    paths: tuple[Path, ...] = getattr(getattr(task, "item", None), "paths", ())
    return paths or (Path(os.devnull) / "none",)


# --- on the Dask worker ----------------------------------------------------------------------------------------------

_idle: dict[int, list[ParallelExecutor]] = defaultdict(list)  # by the memory that their processes may take
_made: list[ParallelExecutor] = []
_lock = threading.Lock()


def _do_order(order: _Order[T, R]) -> Done[T, R]:
    """Have a process of our own do the job; runs in a thread of the Dask worker, which has nothing else to do."""
    from distributed import get_worker

    dask = get_worker()
    told = 0

    def tell_began(_item: T, name: str) -> None:
        dask.log_event(_TOPIC, (order.key, name, None))

    def tell_pages(pages: int) -> None:
        nonlocal told
        task = dask.state.tasks.get(order.key)
        if task is None or task.state not in _RUNNING:
            raise InterruptedError("the run is gone, or wants this no more")
        if pages > told:
            told = pages
            dask.log_event(_TOPIC, (order.key, "", pages))

    work = partial(_in_its_place, order.folder, order.stamp, order.work)
    try:
        with _borrowed(order.worker_bytes) as executor:
            return next(executor.run(work, deque([order.job]), on_begin=tell_began, on_pages=tell_pages))
    except InterruptedError:
        return Done(order.job.item, EngineError("The run was ended."), worker_name(os.getpid()), died=True)


@contextmanager
def _borrowed(worker_bytes: int) -> Iterator[ParallelExecutor]:
    """An executor of one process, kept for the next job, which then need not wait for a start of two seconds."""
    with _lock:
        idle = _idle[worker_bytes]
        executor = idle.pop() if idle else _new_executor(worker_bytes)
    try:
        yield executor
    except BaseException as error:
        with _lock:
            _made.remove(executor)
        executor.__exit__(type(error), error, error.__traceback__)
        raise
    with _lock:
        idle.append(executor)


def _new_executor(worker_bytes: int) -> ParallelExecutor:
    if not _made:
        # Python waits for child processes at its end: a Dask worker that is told to go would wait for ever.
        atexit.register(_end_all)
    _made.append(ParallelExecutor(1, worker_bytes).__enter__())
    return _made[-1]


def _end_all() -> None:
    for executor in _made:
        executor.__exit__(None, None, None)


def _in_its_place(folder: str, stamp: tuple[str, str], work: Work[T, R], item: T, tell: Tell) -> R:
    """Do ``work`` where the run was started, with the version and engine that it writes into its ledger."""
    from sohoa.digest import engine_name, version

    if (version(), engine_name()) != stamp:
        raise MissingDependencyError(
            f"A Dask worker has sohoa {version()} with {engine_name()}, the run has {stamp[0]} with {stamp[1]}.",
            "Install the same versions on all machines.",
        )
    with suppress(OSError):  # not there: paths that are absolute do without it
        os.chdir(folder)
    return work(item, tell)
