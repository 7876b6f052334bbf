"""A Dask scheduler and its workers as processes on loopback, started with Dask's own commands; and work for them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.ledger import Phase

ROOT = Path(__file__).resolve().parent.parent.parent


class Cluster:
    """A scheduler, and workers that come and go.

    Args:
        folder: For logs and what the workers keep.
    """

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.address = f"127.0.0.1:{server.getsockname()[1]}"
        self._folder = folder
        port = self.address.partition(":")[2]
        self._scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.workers: list[subprocess.Popen[bytes]] = []
        self._wait_until_it_answers(int(port))

    def _wait_until_it_answers(self, port: int) -> None:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except ConnectionRefusedError:
                time.sleep(0.1)
            else:
                return

    def add_worker(self) -> None:
        """Start a worker of one thread."""
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0")
        place = ("--local-directory", str(self._folder / f"worker-{len(self.workers)}"))
        self.workers.append(self._started("worker", f"tcp://{self.address}", *options, *place))

    def kill_worker(self) -> None:
        """``kill -9`` of the worker that was started first."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait()

    def dismiss_worker(self) -> None:
        """Tell the worker that was started first to go, and see that it goes."""
        worker = self.workers.pop(0)
        worker.terminate()
        worker.wait(60)

    def close(self) -> None:
        """End everything."""
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = self._folder / f"{arguments[0]}-{time.monotonic_ns()}.log"
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with log.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments], stdout=file, stderr=file, env=environment, cwd=ROOT
            )


def do(item: tuple[str, Any], tell: Callable[[Phase], None]) -> Any:
    """What the item's first word asks for."""
    kind, value = item
    match kind:
        case "square":
            tell(Phase.READING)
            return value * value
        case "slow":  # two pages, with time to be killed in between
            tell(Phase.READING)
            time.sleep(0.7)
            tell(Phase.READING)
            return value
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":  # waits for a program that does not end
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            Path(value).write_text(str(child.pid), "utf-8")
            child.wait()
        case "break":
            raise LookupError("a line of the document")
    return None


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return False
