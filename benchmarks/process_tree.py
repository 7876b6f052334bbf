"""What a command and everything that it starts costs: wall time, time of all cores, memory at its highest (Linux)."""

from __future__ import annotations

import ctypes
import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "measured"]

_SET_CHILD_SUBREAPER = 36  # prctl
_LOOK_SECONDS = 0.2


@dataclass(slots=True)
class Cost:
    """Filled in when the measured block ends; memory is the sum of all processes' shares (PSS)."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    most_bytes: int = 0


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure all processes that are started within the block, until they are gone."""
    # Processes whose parent is gone become ours, so that their time counts too.
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    cost, done = Cost(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(cost, done), daemon=True)
    start, cpu = time.perf_counter(), _children_seconds()
    watcher.start()
    try:
        yield cost
    finally:
        cost.seconds = time.perf_counter() - start
        done.set()
        watcher.join()
        with suppress(ChildProcessError):
            while True:
                os.wait()
        cost.cpu_seconds = _children_seconds() - cpu


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(cost: Cost, done: threading.Event) -> None:
    while not done.wait(_LOOK_SECONDS):
        cost.most_bytes = max(cost.most_bytes, sum(map(_share, _descendants(os.getpid()))))


def _descendants(process: int) -> list[int]:
    found: list[int] = []
    waiting = [process]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            with suppress(OSError):
                children = [int(number) for number in task.read_text().split()]
                found += children
                waiting += children
    return found


def _share(process: int) -> int:
    """Bytes in memory, those shared with others in part."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
