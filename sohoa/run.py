"""A run over many inputs: open the books, look, read, close the books, write the catalogue."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from corpus.ledger import LEDGER, Ledger, Phase
from corpus.store import hold
from normalize.errors import DiskFullError, MissingDependencyError, SohoaError
from sohoa.books import Books
from sohoa.digest import Task, count_pages
from sohoa.executors import Executor, Job, Tell
from sohoa.inputs import Input
from sohoa.interrupts import undisturbed
from sohoa.lists import write_lists
from sohoa.progress import Silence, Watcher
from sohoa.reading_loop import ReadingLoop
from sohoa.report import Report
from sohoa.settings import Settings

__all__ = ["Report", "run"]

_LOOK_SECONDS = 120.0


def run(
    inputs: Sequence[Input],
    out: Path,
    settings: Settings,
    executor: Executor,
    watcher: Watcher | None = None,
    *,
    by_name: bool = False,
    lists: bool = True,
) -> Report:
    """Digest ``inputs`` into ``out``; what still holds from earlier runs is left as it is.

    One bad input never stops the run. Ctrl-C, too many failures or a full disk end it in order: what is in hand is
    finished, the rest is ``waiting``. Ctrl-C pressed twice ends it at once.

    Args:
        inputs: See :mod:`sohoa.inputs`.
        out: Output folder; made if need be.
        settings: What to write, and limits.
        executor: Where documents are read.
        watcher: Hears how it goes.
        by_name: Keys of ``inputs`` are bare file names, twins get ``~2``.
        lists: Bring the lists of ``out`` up to date in the end; see :mod:`sohoa.lists`.

    Raises:
        OutputError: ``out`` or its ledger cannot be written, or another run has it.
        MissingDependencyError: No document can be read here.
    """
    watcher = watcher or Silence()
    with hold(out), Ledger(out / LEDGER) as ledger:
        watcher.start(len(inputs))
        books = Books(out, ledger, settings, watcher, by_name=by_name)
        loop = ReadingLoop(books, watcher, settings.most_failures(len(inputs)))
        try:
            tasks = books.open(inputs)
            with executor:
                sized = _look(books, tasks, executor, watcher)
                watcher.expect(len(sized), sum(pages for _, pages in sized))
                loop.read(sized, executor)
        except KeyboardInterrupt:
            loop.interrupted = True
        except DiskFullError as error:  # the ledger's own
            loop.stopped = error
        _close(books, ledger, loop, lists=lists)
    outcomes = tuple(books.outcomes[item.key] for item in books.inputs if item.key in books.outcomes)
    report = Report(out, len(inputs), outcomes, loop.interrupted, loop.stopped)
    report.check()
    watcher.end(report)
    return report


def _look(books: Books, tasks: Sequence[Task], executor: Executor, watcher: Watcher) -> list[tuple[Task, int]]:
    """Open every document once: time limits, the time left and the sharing of pages go by how many it has."""
    pages: dict[str, int] = {}
    jobs = deque(Job(task, _LOOK_SECONDS) for task in tasks)
    for done in executor.run(_pages_of, jobs, on_pages=lambda _pages: watcher.reading(0)):  # a sign of life
        key = done.item.item.key
        if isinstance(done.result, MissingDependencyError):
            raise done.result  # every other document would fail for it, too
        if not isinstance(done.result, SohoaError):
            pages[key] = done.result
        elif done.died:
            pages[key] = 1  # not by its own fault, perhaps: the reading will tell, and tries twice
        else:
            books.note(done.item.item, done)
            books.fail(done.item.item, done.result)
    return [(task, pages[task.item.key]) for task in tasks if task.item.key in pages]


def _close(books: Books, ledger: Ledger, loop: ReadingLoop, *, lists: bool) -> None:
    """Close the books and write the lists; where the disk is full, these stay old."""
    try:
        with undisturbed():
            books.close()
    except KeyboardInterrupt:
        loop.interrupted = True
    except DiskFullError as error:
        loop.stopped = error
    if not lists:
        return
    try:
        write_lists(books.out, ledger, compare=not (loop.interrupted or loop.stopped))
    except KeyboardInterrupt:
        loop.interrupted = True
    except DiskFullError as error:
        loop.stopped = error


def _pages_of(task: Task, tell: Tell) -> int:
    tell(Phase.LOOKING)
    return count_pages(task)
