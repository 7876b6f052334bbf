"""Who hears how a run goes, and its progress on the terminal: documents, pages, failures, pace, time left."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from corpus.ledger import Entry
from normalize.errors import SohoaError
from sohoa.pace import Pace

if TYPE_CHECKING:
    from sohoa.report import Report

__all__ = ["ProgressBar", "Silence", "Watcher", "Watchers"]

_LINE_SECONDS = 30.0


class Watcher(Protocol):
    """Hears how a run goes."""

    def start(self, inputs: int) -> None:
        """The run holds its output folder; it was given so many inputs."""

    def expect(self, documents: int, pages: int) -> None:
        """So many documents with so many pages are going to be read."""

    def begin(self, key: str) -> None:
        """A document is handed to a worker."""

    def reading(self, pages: int) -> None:
        """So many pages of the documents in hand are done."""

    def retry(self, key: str, error: SohoaError) -> None:
        """A document whose worker died is read once more."""

    def settle(self, entry: Entry) -> None:
        """The row of an input that ended in this run was written; of some (damaged files) before ``expect``."""

    def stopping(self, why: str) -> None:
        """Nothing else is begun: what is in hand is finished, the rest waits."""

    def end(self, report: Report) -> None:
        """The run is over, and its ledger closed."""


class Silence:
    """Watches without a word, for pipes, logs and tests."""

    def start(self, inputs: int) -> None:
        """Nothing."""

    def expect(self, documents: int, pages: int) -> None:
        """Nothing."""

    def begin(self, key: str) -> None:
        """Nothing."""

    def reading(self, pages: int) -> None:
        """Nothing."""

    def retry(self, key: str, error: SohoaError) -> None:
        """Nothing."""

    def settle(self, entry: Entry) -> None:
        """Nothing."""

    def stopping(self, why: str) -> None:
        """Nothing."""

    def end(self, report: Report) -> None:
        """Nothing."""


class Watchers:
    """Several watchers that hear the same, in their order."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    def start(self, inputs: int) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.start(inputs)

    def expect(self, documents: int, pages: int) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.expect(documents, pages)

    def begin(self, key: str) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.begin(key)

    def reading(self, pages: int) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.reading(pages)

    def retry(self, key: str, error: SohoaError) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.retry(key, error)

    def settle(self, entry: Entry) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.settle(entry)

    def stopping(self, why: str) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.stopping(why)

    def end(self, report: Report) -> None:
        """See :class:`Watcher`."""
        for watcher in self._watchers:
            watcher.end(report)


class ProgressBar(Silence):
    """A line that renews itself on a terminal; elsewhere a new line every half minute. A context manager.

    Args:
        console: Where it is shown.
        clock: Seconds since any moment.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._pace = Pace(clock)
        self._last_line = clock()
        self._bar = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=20),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("Looking", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def start(self, inputs: int) -> None:
        """The run holds its output folder; it was given so many inputs."""
        self._pace = Pace(self._clock)
        self._bar.update(self._task, description=f"Looking at {inputs} inputs")

    def expect(self, documents: int, pages: int) -> None:
        """So many documents with so many pages are going to be read."""
        self._pace.expect(documents, pages)
        self._bar.update(self._task, total=pages)
        self._show()

    def begin(self, key: str) -> None:
        """A document is handed to a worker."""
        self._pace.begin(key)

    def reading(self, pages: int) -> None:
        """So many pages of the documents in hand are done."""
        self._pace.reading(pages)
        self._show()

    def settle(self, entry: Entry) -> None:
        """The row of an input that ended in this run was written."""
        self._pace.settle(entry)
        self._show()

    def stopping(self, why: str) -> None:
        """Nothing else is begun."""
        self._print(why)

    def _show(self) -> None:
        if not self._pace.documents:
            return  # still looking
        if self._console.is_terminal:
            self._bar.update(self._task, description=str(self._pace), completed=self._pace.pages_done)
        elif self._clock() - self._last_line >= _LINE_SECONDS:
            self._last_line = self._clock()
            self._print(str(self._pace))

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
