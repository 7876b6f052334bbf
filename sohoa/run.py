"""A run over many inputs: open the books, count pages, digest, close the books, write the catalogue."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import catalogue_rows, write_catalogue
from corpus.ledger import LEDGER, Ledger, State
from corpus.store import hold
from normalize.errors import MissingDependencyError, SohoaError, SomeInputsFailedError
from sohoa.books import Books, Outcome
from sohoa.digest import Digested, Task, count_pages, digest
from sohoa.executors import Executor, Job, Tick
from sohoa.inputs import Input
from sohoa.progress import Silence, Watcher
from sohoa.settings import Settings

__all__ = ["Report", "run"]

_LOOK_SECONDS = 120.0
# Opening, extraction, searchable PDF and evidence: measured below 3 s a page where reading took 8.
_REST_SECONDS_PER_PAGE = 30.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    Attributes:
        out: Output folder.
        inputs: How many there were.
        outcomes: How each ended, in their order.
        interrupted: Whether it was stopped before its end.
    """

    out: Path
    inputs: int
    outcomes: tuple[Outcome, ...]
    interrupted: bool = False

    def count(self, state: State) -> int:
        """How many inputs ended in ``state``."""
        return Counter(outcome.state for outcome in self.outcomes)[state]

    @property
    def equation(self) -> str:
        """The closing line: inputs = done + failed + held + skipped."""
        parts = " + ".join(f"{self.count(state)} {state}" for state in State)
        return f"{self.inputs} inputs = {parts}"

    def check(self) -> None:
        """See that the equation holds.

        Raises:
            SomeInputsFailedError: Inputs went astray: an error of sohoa, never to be passed over.
        """
        astray = self.inputs - len(self.outcomes)
        if astray:
            raise SomeInputsFailedError(f"{astray} of {self.inputs} inputs are unaccounted for.", "Please report it.")


def run(
    inputs: Sequence[Input],
    out: Path,
    settings: Settings,
    executor: Executor,
    watcher: Watcher | None = None,
    *,
    by_name: bool = False,
) -> Report:
    """Digest ``inputs`` into ``out``; what still holds from earlier runs is left as it is.

    One bad input never stops the run. Ctrl-C ends it in order: what is finished stays, the rest is ``skipped``.

    Args:
        inputs: See :mod:`sohoa.inputs`.
        out: Output folder; made if need be.
        settings: What to write, and limits.
        executor: Where documents are read.
        watcher: Hears how it goes.
        by_name: Keys of ``inputs`` are bare file names, twins get ``~2``.

    Raises:
        OutputError: ``out`` or its ledger cannot be written, or another run has it.
        MissingDependencyError: No document can be read here.
    """
    watcher = watcher or Silence()
    interrupted = False
    with hold(out), Ledger(out / LEDGER) as ledger:
        books = Books(out, ledger, settings, by_name=by_name)
        try:
            tasks = books.open(inputs)
            with executor:
                sized = _count_pages(books, tasks, executor)
                watcher.expect(len(sized), sum(pages for _, pages in sized))
                _digest(books, sized, executor, watcher)
        except KeyboardInterrupt:
            interrupted = True
        with _undisturbed():
            books.close()
            write_catalogue(out, list(catalogue_rows(out, ledger.entries())))
    outcomes = tuple(books.outcomes[item.key] for item in books.inputs if item.key in books.outcomes)
    report = Report(out, len(inputs), outcomes, interrupted)
    report.check()
    return report


def _count_pages(books: Books, tasks: Sequence[Task], executor: Executor) -> list[tuple[Task, int]]:
    """Open every document once: time limits and the time left go by pages."""
    pages: dict[str, int] = {}
    for task, result in executor.run(_pages_of, [Job(task, _LOOK_SECONDS) for task in tasks]):
        if isinstance(result, SohoaError):
            _fail(books, task, result)
        else:
            pages[task.item.key] = result
    return [(task, pages[task.item.key]) for task in tasks if task.item.key in pages]


def _digest(books: Books, sized: Sequence[tuple[Task, int]], executor: Executor, watcher: Watcher) -> None:
    pages = {task.item.key: count for task, count in sized}
    # Long documents first: begun last, one of 7 pages among 19 kept one of two workers idle for a quarter of the run.
    longest_first = sorted(sized, key=lambda task_and_pages: -task_and_pages[1])
    jobs = [Job(task, _seconds(count, task.settings)) for task, count in longest_first]
    for task, result in executor.run(_digest_one, jobs, watcher.reading):
        with _undisturbed():
            if isinstance(result, SohoaError):
                _fail(books, task, result, pages[task.item.key])
            else:
                books.finish(task.item, result)
        watcher.settle(pages[task.item.key], failed=books.outcomes[task.item.key].state is State.FAILED)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block: a result and its row in the ledger belong together."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears of Ctrl-C
        return
    pressed: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if pressed:
        raise KeyboardInterrupt


def _fail(books: Books, task: Task, error: SohoaError, pages: int | None = None) -> None:
    if isinstance(error, MissingDependencyError):
        raise error  # every other document would fail for it too
    books.fail(task.item, error, pages)


def _seconds(pages: int, settings: Settings) -> float:
    return _LOOK_SECONDS + pages * (settings.page_seconds + _REST_SECONDS_PER_PAGE)


def _pages_of(task: Task, _tick: Tick) -> int:
    return count_pages(task)


def _digest_one(task: Task, tick: Tick) -> Digested:
    return digest(task, on_page=lambda _page: tick())
