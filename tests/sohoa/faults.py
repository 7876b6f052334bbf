"""Faults that really happen, for worker processes: what goes wrong, then the work itself for all other inputs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sohoa.executors import Job, ParallelExecutor, SerialExecutor

_WORKER_BYTES = 2 << 30


def go_wrong(pid_file: Path, work: Callable[..., Any], task: Any, tick: Callable[[], None]) -> Any:
    """The fault that the input's name asks for; then the work."""
    match task.item.name:
        case "killed.txt":  # as by a system that runs out of memory
            os.kill(os.getpid(), signal.SIGKILL)
        case "hangs.txt":  # waits for a program that does not end
            Path(tempfile.gettempdir(), "tess_input.ppm").write_text("a page of the document")
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            pid_file.write_text(str(child.pid), "utf-8")
            child.wait()
        case "greedy.txt":  # a bomb that no check saw
            bytearray(_WORKER_BYTES)
        case "breaks.txt":  # a library raises what nobody expects, with a line of the document in its message
            raise LookupError("Kính gửi: ông Nguyễn Văn Mẫu")
    return work(task, tick)


class FaultyExecutor(ParallelExecutor):
    """One worker in which things go wrong; what hangs has five seconds, and memory is bounded."""

    def __init__(self, pid_file: Path) -> None:
        super().__init__(1, _WORKER_BYTES)
        self._fault = partial(go_wrong, pid_file)

    def run(self, work: Any, jobs: Sequence[Job[Any]], on_ticks: Any = None) -> Iterator[tuple[Any, Any]]:
        """The jobs, with the fault in front."""
        jobs = [Job(job.item, 5 if job.item.item.name == "hangs.txt" else job.seconds) for job in jobs]
        if work.__name__ == "_digest_one":
            work = partial(self._fault, work)
        return super().run(work, jobs, on_ticks)


class InterruptedExecutor(SerialExecutor):
    """Ctrl-C after the first document has been read."""

    def run(self, work: Any, jobs: Sequence[Job[Any]], on_ticks: Any = None) -> Iterator[tuple[Any, Any]]:
        """One job, then the interrupt; jobs that only look pass."""
        for number, result in enumerate(super().run(work, jobs, on_ticks)):
            if number and work.__name__ == "_digest_one":
                raise KeyboardInterrupt
            yield result


class CountingExecutor(SerialExecutor):
    """Remembers which inputs were read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def run(self, work: Any, jobs: Sequence[Job[Any]], on_ticks: Any = None) -> Iterator[tuple[Any, Any]]:
        """The jobs, written down."""
        if work.__name__ == "_digest_one":
            self.read += [job.item.item.key for job in jobs]
        return super().run(work, jobs, on_ticks)
