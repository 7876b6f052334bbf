from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.ledger import Entry, State
from normalize.errors import DiskFullError, TimeLimitError
from sohoa.event_log import LOG, EventLog, events, last_run
from sohoa.report import Report


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _failed(path: str) -> Entry:
    return Entry(
        path=path,
        state=State.FAILED,
        pages=2,
        error_code="time_limit",
        error="what was wrong",
        phase="reading",
        attempts=1,
        retryable=True,
    )


def test_every_event_is_one_json_object_with_a_time_in_utc(tmp_path: Path) -> None:
    with EventLog(tmp_path, version="1", command=("batch", "nguồn")) as log:
        log.start(3)
        log.expect(2, 5)
        log.begin("thư mục/tờ trình.pdf")
        log.retry("thư mục/tờ trình.pdf", TimeLimitError("It took too long."))
        log.settle(_failed("thư mục/tờ trình.pdf"))
        log.stopping("Finishing what is in hand.")
        log.end(Report(tmp_path, 3, (), interrupted=True))

    lines = [json.loads(line) for line in (tmp_path / LOG).read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines] == [
        "run_started",
        "documents_expected",
        "document_begun",
        "document_retried",
        "document_settled",
        "run_stopping",
        "run_ended",
    ]
    assert {line["run"] for line in lines} == {lines[0]["run"]}
    assert all(datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0) for line in lines)
    assert lines[0]["command"] == ["batch", "nguồn"]
    assert lines[4]["path"] == "thư mục/tờ trình.pdf"
    assert lines[4]["error_code"] == "time_limit"
    assert lines[6]["reason"] == "interrupted"


def test_nothing_is_written_before_the_run_has_its_folder(tmp_path: Path) -> None:
    with EventLog(tmp_path) as log:
        log.begin("a.pdf")
        log.reading(3)
    assert not list(tmp_path.iterdir())


def test_a_sign_of_life_every_minute(tmp_path: Path) -> None:
    clock = Clock()
    log = EventLog(tmp_path, clock=clock)
    log.start(1)
    log.expect(1, 900)
    log.begin("long.pdf")
    for second in range(150):
        clock.now = 1000 + second
        log.reading(second)
    progress = [event for event in events(tmp_path) if event["event"] == "progress"]
    assert [event["pages"] for event in progress] == [60, 120]


def test_logs_are_rotated_and_the_new_one_tells_of_the_run(tmp_path: Path) -> None:
    log = EventLog(tmp_path, command=("batch", "src"), most_bytes=2000)
    log.start(200)
    for number in range(200):
        log.begin(f"{number}.pdf")
    logs = sorted(path.name for path in tmp_path.iterdir())
    assert logs == ["run.log.1.jsonl", "run.log.2.jsonl", "run.log.3.jsonl", "run.log.4.jsonl", "run.log.5.jsonl", LOG]
    assert all(path.stat().st_size < 3000 for path in tmp_path.iterdir())
    newest, older = ([json.loads(line) for line in (tmp_path / name).open("rb")] for name in (LOG, logs[0]))
    assert newest[0]["event"] == "run_continues"
    assert newest[-1]["path"] == "199.pdf"
    begun = [event["path"] for event in (*older, *newest) if event["event"] == "document_begun"]
    assert begun == [f"{number}.pdf" for number in range(200 - len(begun), 200)]
    run = last_run(tmp_path)
    assert run is not None
    assert run.command == ("batch", "src")


def test_a_line_that_was_cut_short_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes(b'{"at": "2031-05-12T00:00:00+00:00", "event": "docum')
    EventLog(tmp_path).start(1)
    assert [event["event"] for event in events(tmp_path)] == ["run_started"]


def test_a_run_goes_on_while_its_process_gives_signs_of_life(tmp_path: Path) -> None:
    log = EventLog(tmp_path)
    log.start(1)
    run = last_run(tmp_path)
    assert run is not None
    assert run.reason is None
    now = datetime.now(UTC)
    assert run.is_running(now)
    assert not run.is_running(now + timedelta(hours=1))

    log.end(Report(tmp_path, 1, ()))
    ended = last_run(tmp_path)
    assert ended is not None
    assert ended.reason == "done"
    assert not ended.is_running(now)


def test_a_run_that_leaves_by_an_error_says_so(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError), EventLog(tmp_path) as log:
        log.start(1)
        raise DiskFullError("There is no room.")
    run = last_run(tmp_path)
    assert run is not None
    assert run.reason == "disk_full"


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / LOG).mkdir()
    with EventLog(tmp_path) as log:
        log.start(1)
        log.begin("a.pdf")
    assert last_run(tmp_path) is None
