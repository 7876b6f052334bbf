"""Faults that really happen, for worker processes: what goes wrong, then the work itself for all other inputs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sohoa.executors import Done, Job, SerialExecutor
from sohoa.parallel_executor import ParallelExecutor
from sohoa.steps import do_step

_WORKER_BYTES = 2 << 30


def go_wrong(notes: Path, work: Callable[..., Any], step: Any, tell: Callable[[Any], None]) -> Any:
    """The fault that the input's name asks for; then the work."""
    match step.task.item.name:
        case "killed.txt":  # as by a system that runs out of memory
            os.kill(os.getpid(), signal.SIGKILL)
        case "killed-once.txt":
            if not (notes / "killed").exists():
                (notes / "killed").touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "hangs.txt":  # waits for a program that does not end
            Path(tempfile.gettempdir(), "tess_input.ppm").write_text("a page of the document")
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            (notes / "pid").write_text(str(child.pid), "utf-8")
            child.wait()
        case "greedy.txt":  # a bomb that no check saw
            bytearray(_WORKER_BYTES)
        case "fills-the-disk.txt":  # as another program's download
            with (step.task.out / "ballast").open("wb") as file, suppress(OSError):
                while file.write(bytes(4096)):
                    file.flush()
        case "breaks.txt":  # a library raises what nobody expects, with a line of the document in its message
            raise LookupError("Kính gửi: ông Nguyễn Văn Mẫu")
    return work(step, tell)


class FaultyExecutor(ParallelExecutor):
    """One worker in which things go wrong; what hangs has five seconds, and memory is bounded."""

    def __init__(self, notes: Path) -> None:
        super().__init__(1, _WORKER_BYTES)
        self._fault = partial(go_wrong, notes)

    def run(self, work: Any, jobs: deque[Job[Any]], **hears: Any) -> Iterator[Done[Any, Any]]:
        """The jobs, with the fault in front."""
        if work is do_step:
            work = partial(self._fault, work)
            for index, job in enumerate(jobs):
                if job.item.task.item.name == "hangs.txt":
                    jobs[index] = Job(job.item, 5)
        return super().run(work, jobs, **hears)


class InterruptedExecutor(SerialExecutor):
    """Ctrl-C, ``presses`` times, after the first document has been read."""

    def __init__(self, presses: int) -> None:
        self._presses = presses

    def run(self, work: Any, jobs: deque[Job[Any]], **hears: Any) -> Iterator[Done[Any, Any]]:
        """One job, then the interrupt; jobs that only look pass."""
        for done in super().run(work, jobs, **hears):
            yield done
            if work is do_step:
                for _ in range(self._presses):
                    signal.raise_signal(signal.SIGINT)


class CountingExecutor(SerialExecutor):
    """Remembers which inputs were read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def run(self, work: Any, jobs: deque[Job[Any]], **hears: Any) -> Iterator[Done[Any, Any]]:
        """The jobs, written down."""
        if work is do_step:
            self.read += [job.item.task.item.key for job in jobs]
        return super().run(work, jobs, **hears)
