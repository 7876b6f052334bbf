"""A run of two workers in a process of its own, whose documents wait for a sign: ``waiting_run.py IN OUT NOTES``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sohoa.commands.terminal import errors, output
from sohoa.executors import Done, Job
from sohoa.inputs import find_inputs
from sohoa.parallel_executor import ParallelExecutor
from sohoa.progress import ProgressBar
from sohoa.reporting import exit_code, tell
from sohoa.run import run
from sohoa.settings import Settings
from sohoa.steps import do_step


def wait_for_a_sign(notes: Path, work: Callable[..., Any], step: Any, told: Callable[[Any], None]) -> Any:
    """Start a program that does not end, as Tesseract may, and wait for the file ``go``; then the work."""
    with subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"]) as child:
        (notes / f"{step.task.item.name} begun").touch()
        while not (notes / "go").exists():
            time.sleep(0.02)
        child.kill()
    return work(step, told)


class WaitingExecutor(ParallelExecutor):
    """Two workers that wait."""

    def __init__(self, notes: Path) -> None:
        super().__init__(2)
        self._wait = partial(wait_for_a_sign, notes)

    def run(self, work: Any, jobs: deque[Job[Any]], **hears: Any) -> Iterator[Done[Any, Any]]:
        """The jobs; those that only look do not wait."""
        return super().run(partial(self._wait, work) if work is do_step else work, jobs, **hears)


def main() -> int:
    """The run, told of as the command tells of it."""
    source, out, notes = map(Path, sys.argv[1:])
    inputs = find_inputs(source, out=out, pages_in_folders=False)
    with ProgressBar(errors) as bar:
        report = run(inputs, out, Settings(), WaitingExecutor(notes), bar)
    tell(report, output, errors)
    return exit_code(report)


if __name__ == "__main__":
    sys.exit(main())
