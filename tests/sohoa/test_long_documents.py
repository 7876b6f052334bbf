"""Pages of a long document are spread over workers, and what comes of it is what one worker makes of it."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from corpus.ledger import State
from normalize.errors import EngineError
from sohoa import steps
from sohoa.executors import Done, Job, SerialExecutor
from sohoa.parallel_executor import ParallelExecutor
from sohoa.steps import Joining, Part, Whole, do_step
from tests.sohoa.faults import InterruptedExecutor
from tests.sohoa.runs import batch, ledger_of, states

_PAGES = 7


class NotingExecutor(SerialExecutor):
    """Notes the steps; the parts whose first page is in ``dying`` lose their worker, each once."""

    def __init__(self, *dying: int, forever: bool = False) -> None:
        self.steps: list[Any] = []
        self._dying = Counter(dying)
        self._forever = forever

    def run(self, work: Any, jobs: deque[Job[Any]], **hears: Any) -> Iterator[Done[Any, Any]]:
        for done in super().run(work, jobs, **hears):
            if work is not do_step:
                yield done
                continue
            self.steps.append(done.item)
            first = done.item.numbers.start if isinstance(done.item, Part) else 0
            if self._dying[first]:
                self._dying[first] -= not self._forever
                yield Done(done.item, EngineError("The process that read it died."), died=True)
            else:
                yield done


@pytest.fixture
def long_pdf(source: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Seven small empty pages: long, where a part has two."""
    monkeypatch.setattr(steps, "_PAGES_PER_PART", 2)
    path = source / "long.pdf"
    with pikepdf.new() as pdf:
        for number in range(_PAGES):
            pdf.add_blank_page(page_size=(100 + number, 80))
        pdf.save(path)
    return path


def _result(out: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    folder = out / "long.pdf"
    return json.loads((folder / "record.json").read_text("utf-8")), json.loads(
        (folder / "pages.json").read_text("utf-8")
    )


def test_parts_make_the_same_document(source: Path, out: Path, long_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executor = NotingExecutor()
    batch(source, out, executor)
    assert [type(step) for step in executor.steps] == [Part] * 4 + [Joining]
    assert [step.numbers for step in executor.steps[:-1]] == [range(1, 3), range(3, 5), range(5, 7), range(7, 8)]
    in_parts = _result(out)
    assert [page["page"] for page in in_parts[1]["pages"]] == list(range(1, _PAGES + 1))
    assert ledger_of(out)["long.pdf"].attempts == 1
    assert not list((out / ".sohoa" / "staging").iterdir())

    monkeypatch.setattr(steps, "_PAGES_PER_PART", 16)
    executor = NotingExecutor()
    batch(source, out, executor, redo="all")
    assert [type(step) for step in executor.steps] == [Whole]
    assert _result(out) == in_parts
    with pikepdf.open(out / "long.pdf" / "searchable.pdf") as pdf:
        assert len(pdf.pages) == _PAGES


def test_a_part_whose_worker_died_is_read_once_more(source: Path, out: Path, long_pdf: Path) -> None:
    executor = NotingExecutor(3)
    assert states(batch(source, out, executor)) == {"long.pdf": "done"}
    assert [step.numbers.start for step in executor.steps[:-1]] == [1, 3, 3, 5, 7]
    assert ledger_of(out)["long.pdf"].attempts == 2


def test_a_part_that_fails_ends_its_document_and_no_other(source: Path, out: Path, long_pdf: Path) -> None:
    (source / "a.txt").write_text("Biên bản họp thôn", "utf-8")
    executor = NotingExecutor(3, forever=True)
    assert states(batch(source, out, executor)) == {"a.txt": "done", "long.pdf": "failed"}
    assert [step.numbers.start for step in executor.steps if isinstance(step, Part)] == [1, 3, 3]
    assert not list((out / ".sohoa" / "staging").iterdir())


def test_a_long_document_that_is_interrupted_waits(source: Path, out: Path, long_pdf: Path) -> None:
    assert states(batch(source, out, InterruptedExecutor(1))) == {"long.pdf": "waiting"}
    assert not list((out / ".sohoa" / "staging").iterdir())
    assert batch(source, out).count(State.DONE) == 1


@pytest.mark.slow
def test_several_workers_share_a_document(source: Path, out: Path, long_pdf: Path) -> None:
    workers = set()

    class TwoWorkers(ParallelExecutor):
        def run(self, work: Any, jobs: deque[Job[Any]], **hears: Any) -> Iterator[Done[Any, Any]]:
            for done in super().run(work, jobs, **hears):
                workers.update({done.worker} if isinstance(done.item, Part) else ())
                yield done

    assert states(batch(source, out, TwoWorkers(2))) == {"long.pdf": "done"}
    assert len(workers) == 2
