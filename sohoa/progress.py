"""Progress of a run on the terminal: pages done, failures so far, time left."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

__all__ = ["ProgressBar", "Silence", "Watcher"]


class Watcher(Protocol):
    """Hears how a run goes."""

    def expect(self, documents: int, pages: int) -> None:
        """So many documents with so many pages are going to be read."""

    def reading(self, pages: int) -> None:
        """So many pages of the documents being read are done."""

    def settle(self, pages: int, *, failed: bool) -> None:
        """A document is finished."""


class Silence:
    """Watches without a word, for pipes, logs and tests."""

    def expect(self, documents: int, pages: int) -> None:
        """Nothing."""

    def reading(self, pages: int) -> None:
        """Nothing."""

    def settle(self, pages: int, *, failed: bool) -> None:
        """Nothing."""


class ProgressBar:
    """A line that renews itself; silent where ``console`` is no terminal. A context manager."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f} pages, {task.fields[failures]} failed"),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("Looking", total=0, failures=0)
        self._settled = 0
        self._failures = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def expect(self, documents: int, pages: int) -> None:
        """So many documents with so many pages are going to be read."""
        self._bar.update(self._task, description=f"Reading {documents} documents", total=pages)

    def reading(self, pages: int) -> None:
        """So many pages of the documents being read are done."""
        self._bar.update(self._task, completed=self._settled + pages)

    def settle(self, pages: int, *, failed: bool) -> None:
        """A document is finished."""
        self._settled += pages
        self._failures += failed
        self._bar.update(self._task, completed=self._settled, failures=self._failures)
