"""What Dask costs a document, against the local executor, and pages per minute with 1, 2 and 4 workers.

Usage: python benchmarks/dask_overhead.py [DIR] [--documents 60]

Without DIR only the overhead is measured, on jobs that do nothing. With DIR (scans) each setting reads all of it.
Scheduler and workers are processes on this machine; each worker has one process that reads.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from operator import is_  # takes two things and does nothing with them
from pathlib import Path

from rich.console import Console
from rich.table import Table

from sohoa.executor_choice import executor_for
from sohoa.executors import Executor, Job
from sohoa.inputs import find_inputs
from sohoa.run import run
from sohoa.settings import DEFAULT_SETTINGS

ROOT = Path(__file__).resolve().parent.parent
WORKERS = (1, 2, 4)
START_SECONDS = 60.0


def main() -> None:
    """Measure, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, default=60)
    arguments = parser.parse_args()
    overhead = Table(title=f"{arguments.documents} jobs that do nothing")
    pace = Table(title=f"{arguments.directory}")
    for table, figure in ((overhead, "ms a job"), (pace, "pages/minute")):
        for name in ("workers", f"local, {figure}", f"Dask, {figure}"):
            table.add_column(name, justify="right")
    for workers in WORKERS:
        with cluster(workers) as address:
            places = ("local", f"dask://{address}")
            costs = [1000 * seconds_a_job(executor_for(on, workers), arguments.documents) for on in places]
            overhead.add_row(str(workers), *(f"{cost:.1f}" for cost in costs))
            if arguments.directory:
                paces = [pages_per_minute(executor_for(on, workers), arguments.directory) for on in places]
                pace.add_row(str(workers), *(f"{each:.1f}" for each in paces))
    console = Console()
    console.print(overhead)
    if arguments.directory:
        console.print(pace)


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler and workers, started with Dask's own commands; the scheduler's ``HOST:PORT``."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    port = address.partition(":")[2]
    dask = (sys.executable, "-m", "dask")
    with tempfile.TemporaryDirectory() as folder:
        commands: list[tuple[str, ...]] = [("scheduler", "--host", "127.0.0.1", "--port", port)]
        commands += [
            ("worker", f"tcp://{address}", "--nthreads", "1", "--no-nanny", "--local-directory", f"{folder}/{number}")
            for number in range(workers)
        ]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        processes = [
            subprocess.Popen([*dask, *command, "--no-dashboard"], env=environment, stderr=subprocess.DEVNULL)
            for command in commands
        ]
        try:
            wait_for(address, workers)
            yield address
        finally:
            for process in reversed(processes):
                process.terminate()
                process.wait()


def wait_for(address: str, workers: int) -> None:
    """Wait until so many workers are there."""
    from distributed import Client

    with Client(address, timeout=START_SECONDS) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(workers, timeout=START_SECONDS)


def seconds_a_job(executor: Executor, documents: int) -> float:
    """Wall time of an empty job once every worker is at work."""
    with executor:
        for _ in executor.run(is_, deque(Job(number, 60) for number in range(8))):
            pass
        start = time.perf_counter()
        done = sum(1 for _ in executor.run(is_, deque(Job(number, 60) for number in range(documents))))
        return (time.perf_counter() - start) / done


def pages_per_minute(executor: Executor, directory: Path) -> float:
    """Read all of ``directory`` into a new folder."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = find_inputs(directory, out=Path(folder), pages_in_folders=False)
        start = time.perf_counter()
        report = run(inputs, Path(folder), DEFAULT_SETTINGS, executor)
        pages = sum(outcome.entry.pages or 0 for outcome in report.outcomes)
        return 60 * pages / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
