"""Where jobs run: in this process, in worker processes, or on other machines."""

from __future__ import annotations

import regex

from normalize.errors import UsageError
from sohoa.dask_executor import DaskExecutor
from sohoa.executors import Executor, SerialExecutor
from sohoa.parallel_executor import ParallelExecutor

__all__ = ["LOCAL", "executor_for"]

LOCAL = "local"
_DASK = regex.compile(r"dask://(\S+:\d{1,5})")


def executor_for(on: str, workers: int, worker_bytes: int = 0) -> Executor:
    """The executor for ``--on`` and ``--workers``; no workers means the serial one, which has no limits.

    Args:
        on: ``local``, or ``dask://HOST:PORT`` of a Dask scheduler.
        workers: How many processes, where they are started here.
        worker_bytes: Memory that each may take; 0 sets no limit.

    Raises:
        UsageError: ``on`` is neither.
        MissingDependencyError: Dask is not installed.
    """
    if scheduler := _DASK.fullmatch(on):
        return DaskExecutor(scheduler[1], worker_bytes)
    if on != LOCAL:
        raise UsageError(f"--on {on} is no place to work.", "Give local, or dask://HOST:PORT of a Dask scheduler.")
    if not workers:
        return SerialExecutor()
    return ParallelExecutor(workers, worker_bytes)
