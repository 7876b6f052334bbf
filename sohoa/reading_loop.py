"""Reading the documents of a run: what is handed out, what comes back, when no more is begun."""

from __future__ import annotations

import shutil
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.store import staging_folder
from normalize.errors import DiskFullError, MissingDependencyError, SohoaError, TooManyFailuresError
from sohoa.books import Books
from sohoa.digest import Task
from sohoa.executors import Done, Executor, Job
from sohoa.guard import Guard
from sohoa.interrupts import twice_to_stop, undisturbed
from sohoa.progress import Watcher
from sohoa.steps import Joining, Part, Step, Whole, do_step, is_long, job_of, parts_of

__all__ = ["ReadingLoop"]

_MOST_TRIES = 2


@dataclass(slots=True)
class _LongDocument:
    """Where the parts of a document stand."""

    task: Task
    pages: int
    parts: list[Part]
    pages_read: int = 0


class ReadingLoop:
    """Reads documents and settles each in the books; one bad document never stops the others.

    Args:
        books: Of the run.
        watcher: Hears how it goes.
        most_failures: One more failure than this, and nothing else is begun; None bears any number.

    Attributes:
        interrupted: Whether Ctrl-C was pressed.
        stopped: Why the loop stopped by itself before all was read.
    """

    def __init__(self, books: Books, watcher: Watcher, most_failures: int | None) -> None:
        self.interrupted = False
        self.stopped: SohoaError | None = None
        self._books = books
        self._watcher = watcher
        self._most_failures = most_failures
        self._jobs: deque[Job[Step]] = deque()
        self._pages: dict[str, int] = {}
        self._long: dict[str, _LongDocument] = {}
        self._begun: set[str] = set()
        self._tries: Counter[tuple[str, int]] = Counter()

    def read(self, sized: Sequence[tuple[Task, int]], executor: Executor) -> None:
        """Read documents, each given with its number of pages.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed twice.
            MissingDependencyError: No document can be read here.
            OutputError: The ledger cannot be written.
        """
        folder = staging_folder(self._books.out)
        with Guard(folder), twice_to_stop(self._interrupt):
            self._queue(sized, folder)
            self._bear_failures()
            for done in executor.run(do_step, self._jobs, on_begin=self._begin, on_pages=self._tell_pages):
                with undisturbed():
                    self._settle(done)
                    self._bear_failures()

    def _queue(self, sized: Sequence[tuple[Task, int]], folder: Path) -> None:
        # Long documents first: begun last, one of 7 pages among 19 kept one of two workers idle for a quarter of the
        # run. What may have killed earlier runs comes last.
        for task, pages in sorted(sized, key=lambda each: (self._books.is_suspect(each[0].item), -each[1])):
            key = task.item.key
            self._pages[key] = pages
            if is_long(pages):
                parts_folder = folder / str(len(self._long))
                parts_folder.mkdir()
                parts = parts_of(task, pages, parts_folder)
                self._long[key] = _LongDocument(task, pages, parts)
                self._jobs.extend(map(job_of, parts))
            else:
                self._jobs.append(job_of(Whole(task, pages)))

    def _begin(self, step: Step, worker: str) -> None:
        item = step.task.item
        self._tries[_name(step)] += 1
        is_first = item.key not in self._begun
        if is_first:
            self._begun.add(item.key)
            self._watcher.begin(item.key)
        if is_first or self._tries[_name(step)] > 1:
            self._books.begin(item, worker)

    def _tell_pages(self, in_hand: int) -> None:
        self._watcher.reading(in_hand + sum(document.pages_read for document in self._long.values()))

    def _settle(self, done: Done[Step, Any]) -> None:
        """Take in what a step gave, and queue what follows from it."""
        step, result = done.item, done.result
        if isinstance(step, Part) and step.task.item.key not in self._long:
            return  # its document is over, since another part failed
        self._books.note(step.task.item, done)
        if isinstance(result, MissingDependencyError):
            raise result  # every other document would fail for it, too
        if isinstance(result, DiskFullError):
            self._stop(result)
        elif done.died and isinstance(result, SohoaError) and self._tries[_name(step)] < _MOST_TRIES:
            self._watcher.retry(step.task.item.key, result)
            self._jobs.appendleft(job_of(step))
        elif isinstance(step, Part) and result is None:
            self._join_when_read(step)
        else:
            self._finish(step, result)

    def _join_when_read(self, part: Part) -> None:
        document = self._long[part.task.item.key]
        document.pages_read += len(part.numbers)
        if document.pages_read == document.pages:
            self._jobs.appendleft(job_of(Joining(document.task, document.pages, tuple(document.parts))))

    def _finish(self, step: Step, result: Any) -> None:
        """Settle the document of ``step``."""
        item = step.task.item
        if isinstance(result, SohoaError):
            self._books.fail(item, result, self._pages[item.key])
        else:
            try:
                self._books.finish(item, result)
            except DiskFullError as error:
                self._stop(error)
        document = self._long.pop(item.key, None)
        if document:
            shutil.rmtree(document.parts[0].path.parent, ignore_errors=True)
            for job in [job for job in self._jobs if job.item.task.item.key == item.key]:
                self._jobs.remove(job)

    def _interrupt(self) -> None:
        self.interrupted = True
        self._jobs.clear()
        self._watcher.stopping("Finishing what is in hand; Ctrl-C again stops at once.")

    def _stop(self, error: SohoaError) -> None:
        if self.stopped is None:
            self.stopped = error
            self._watcher.stopping(str(error))
        self._jobs.clear()

    def _bear_failures(self) -> None:
        """Stop when there are more failures than are to be borne."""
        failures = self._books.failures
        if self._most_failures is not None and failures > self._most_failures:
            self._stop(
                TooManyFailuresError(f"{failures} of the inputs failed, and no more than {self._most_failures} may.")
            )


def _name(step: Step) -> tuple[str, int]:
    """Tells a step from all others of a run."""
    first = step.numbers.start if isinstance(step, Part) else 0
    return step.task.item.key, first
