from __future__ import annotations

import io

import pytest
from rich.console import Console

from corpus.ledger import Entry, State
from sohoa.pace import Pace, duration
from sohoa.progress import ProgressBar, Silence, Watchers


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _entry(path: str, pages: int | None, state: State = State.DONE) -> Entry:
    return Entry(path=path, state=state, pages=pages)


def test_pace_counts_pages_in_hand_and_settled() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.expect(2, 30)
    pace.begin("a")
    clock.now = 60
    pace.reading(10)
    assert (pace.pages_done, pace.pages_per_minute, pace.seconds_left) == (10, 10.0, 120.0)
    pace.settle(_entry("a", 10))
    assert (pace.settled, pace.pages_done, pace.failures) == (1, 10, 0)


def test_an_input_that_could_not_be_opened_fails_but_adds_no_pages() -> None:
    pace = Pace(Clock())
    pace.settle(_entry("broken", None, State.FAILED))
    pace.expect(1, 4)
    pace.begin("a")
    pace.settle(_entry("a", 4, State.FAILED))
    assert (pace.settled, pace.pages_done, pace.failures) == (1, 4, 2)


def test_pace_follows_a_machine_that_slows_down() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.expect(1, 10_000)
    done = 0
    for second in range(0, 4000, 5):
        clock.now = second
        done += 5 if second < 2000 else 1  # 60, then 12 pages a minute
        pace.reading(done)
    assert pace.pages_per_minute == pytest.approx(12, abs=0.5)


def test_the_time_of_looking_does_not_count() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.reading(0)
    clock.now = 500
    pace.expect(1, 30)
    clock.now = 560
    pace.reading(10)
    assert pace.pages_per_minute == 10.0


def test_time_left_is_unknown_before_the_first_page() -> None:
    pace = Pace(Clock())
    pace.expect(3, 9)
    assert pace.seconds_left is None
    assert str(pace) == "0/3 documents, 0/9 pages, 0 failed, ? pages/min, time left: ?"


def test_where_no_terminal_is_a_line_comes_every_half_minute() -> None:
    clock, written = Clock(), io.StringIO()
    with ProgressBar(Console(file=written), clock) as bar:
        bar.start(1)
        bar.expect(1, 600)
        bar.begin("a")
        for second in range(100):
            clock.now = second
            bar.reading(second * 2)
        bar.stopping("Finishing what is in hand.")
    lines = written.getvalue().splitlines()
    assert len(lines) == 4
    assert lines[0] == "0/1 documents, 60/600 pages, 0 failed, 120.0 pages/min, time left: 4 min"
    assert lines[3] == "Finishing what is in hand."


def test_a_terminal_shows_documents_pages_failures_pace_and_time_left() -> None:
    clock, written = Clock(), io.StringIO()
    with ProgressBar(Console(file=written, force_terminal=True, width=140), clock) as bar:
        bar.start(2)
        bar.expect(2, 10)
        bar.begin("a")
        clock.now = 60
        bar.reading(5)
        bar.settle(_entry("a", 5, State.FAILED))
    assert "1/2 documents, 5/10 pages, 1 failed, 5.0 pages/min, time left: 1 min" in written.getvalue()


def test_all_watchers_hear_the_same() -> None:
    class Listener(Silence):
        def __init__(self) -> None:
            self.heard: list[object] = []

        def begin(self, key: str) -> None:
            self.heard.append(key)

        def reading(self, pages: int) -> None:
            self.heard.append(pages)

    one, other = Listener(), Listener()
    both = Watchers(one, other)
    both.start(1)
    both.begin("a")
    both.reading(3)
    assert one.heard == other.heard == ["a", 3]


def test_durations() -> None:
    assert [duration(s) for s in (0, 59, 3600, 172_800)] == ["0 s", "59 s", "1 h 0 min", "2 d 0 h"]
