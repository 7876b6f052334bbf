"""The guard of a run: a small process that cleans up after it, however the run ends, ``kill -9`` included.

It waits on a pipe that only the run holds. The pipe closes when the run is over; the guard then kills the process
groups that are still there (workers, and the programs that they started) and removes the folders that must not stay
(page images, pages not yet looked at for a secrecy mark). It is run as a script, with the standard library only, and
takes 9 MB.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

__all__ = ["Guard", "kill_group"]


class Guard:
    """A guard process and what it is to clean up; a context manager.

    Args:
        folder: Removed in the end.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._groups: set[int] = set()
        self._process = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # closes the pipe and waits
        _clean_up(self._groups, self._folder)

    def add(self, group: int) -> None:
        """``group`` must not outlive the run."""
        self._groups.add(group)
        self._tell(f"+{group}")

    def discard(self, group: int) -> None:
        """``group`` is gone."""
        self._groups.discard(group)
        self._tell(f"-{group}")

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-S", __file__, os.fspath(self._folder)]
        # A session of its own: what a terminal or a service manager sends to the run's group does not reach it.
        return subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0, start_new_session=True)

    def _tell(self, line: str) -> None:
        pipe = cast("IO[bytes]", self._process.stdin)
        try:
            pipe.write(f"{line}\n".encode())
        except BrokenPipeError:  # someone has killed the guard: the next one hears of all groups
            self._process.communicate()
            self._process = self._started()
            for group in self._groups:
                self._tell(f"+{group}")


def kill_group(leader: int) -> None:
    """Kill the process ``leader`` and all of its group; those that are gone already are no matter."""
    # Both: a worker that has just been started may not have its group yet.
    for kill in (os.killpg, os.kill) if hasattr(os, "killpg") else (os.kill,):
        try:
            kill(leader, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        except OSError:
            continue


def _clean_up(groups: Iterable[int], folder: Path) -> None:
    for group in groups:
        kill_group(group)
    shutil.rmtree(folder, ignore_errors=True)


def _wait_and_clean_up(folder: Path) -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    _clean_up(groups, folder)


if __name__ == "__main__":
    _wait_and_clean_up(Path(sys.argv[1]))
