"""The pieces of work that documents are cut into: a whole document, or parts of a long one and their joining."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from sohoa.digest import Digested, Task, digest, digest_read
from sohoa.executors import Job, Tell
from sohoa.page_parts import Part, joined_document, read_part

__all__ = ["Joining", "Part", "Step", "Whole", "do_step", "is_long", "job_of", "parts_of"]

_OPENING_SECONDS = 120.0
# Extraction, searchable PDF and evidence: measured below 3 s a page where reading took 8.
_REST_SECONDS_PER_PAGE = 30.0

# A part is a minute of work: short enough to share at the end of a run, long against opening the file again for it.
_PAGES_PER_PART = 16
_MOST_PARTS = 48  # pdfminer walks through all pages before the first of a part: 2 ms each


@dataclass(frozen=True, slots=True)
class Whole:
    """A document, read by one worker from beginning to end."""

    task: Task
    pages: int


@dataclass(frozen=True, slots=True)
class Joining:
    """A long document whose parts have been read."""

    task: Task
    pages: int
    parts: tuple[Part, ...]


Step = Whole | Part | Joining


def is_long(pages: int) -> bool:
    """Whether a document is worth to be read by several workers."""
    return pages > 2 * _PAGES_PER_PART


def parts_of(task: Task, pages: int, folder: Path) -> list[Part]:
    """The parts of a long document, written to ``folder``."""
    size = max(_PAGES_PER_PART, -(-pages // _MOST_PARTS))
    return [
        Part(task, range(first, min(first + size, pages + 1)), folder / f"{first:05}.json")
        for first in range(1, pages + 1, size)
    ]


def job_of(step: Step) -> Job[Step]:
    """The step with its time, in proportion to its pages."""
    match step:
        case Whole(task, pages):
            seconds = pages * (task.settings.page_seconds + _REST_SECONDS_PER_PAGE)
        case Part(task, numbers):
            seconds = len(numbers) * task.settings.page_seconds
        case Joining(_, pages):
            seconds = pages * _REST_SECONDS_PER_PAGE
        case _:
            assert_never(step)
    return Job(step, _OPENING_SECONDS + seconds)


def do_step(step: Step, tell: Tell) -> Digested | None:
    """Do one step; what it gives when it ends its document. See :func:`sohoa.digest.digest`."""
    match step:
        case Whole(task):
            return digest(task, tell)
        case Part():
            read_part(step, tell)
            return None
        case Joining(task, _, parts):
            return digest_read(task, joined_document(parts), tell)
        case _:
            assert_never(step)
