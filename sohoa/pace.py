"""How fast a run goes: documents and pages done, pages per minute, time left."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from corpus.ledger import Entry, State

__all__ = ["Pace", "duration"]

# Long enough for a document of many pages that settles at once, short enough to follow a machine that slows down.
_WINDOW_SECONDS = 600.0
_STEP_SECONDS = 5.0


class Pace:
    """Counts what is done in one run. Its clock never jumps, as the computer's time of day may.

    Args:
        clock: Seconds since any moment.

    Attributes:
        documents: To be read.
        pages: Of these documents.
        settled: Documents that are finished.
        failures: Inputs that failed, also those that could not be opened and were never read.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._in_hand = 0
        self._settled_pages = 0
        self._begun: set[str] = set()
        self._seen: deque[tuple[float, int]] = deque()
        self.documents = self.pages = 0
        self.settled = self.failures = 0

    def expect(self, documents: int, pages: int) -> None:
        """So many documents with so many pages are to be read; the time begins to count."""
        self.documents, self.pages = documents, pages
        self._seen.clear()
        self._look()

    def begin(self, key: str) -> None:
        """A document is in hand."""
        self._begun.add(key)

    def reading(self, pages: int) -> None:
        """So many pages of the documents in hand are done."""
        self._in_hand = pages
        self._look()

    def settle(self, entry: Entry) -> None:
        """An input is finished; one that was never in hand adds no pages to what was read."""
        self.failures += entry.state is State.FAILED
        if entry.path in self._begun:
            self._begun.remove(entry.path)
            self.settled += 1
            self._settled_pages += entry.pages or 0
            self._in_hand = max(0, self._in_hand - (entry.pages or 0))
            self._look()

    @property
    def pages_done(self) -> int:
        """Pages of settled documents and of those in hand."""
        return self._settled_pages + self._in_hand

    @property
    def pages_per_minute(self) -> float | None:
        """Over the last ten minutes; None before a page is done."""
        if not self._seen:
            return None
        (since, then), now = self._seen[0], self._clock()
        done = self.pages_done - then
        return 60 * done / (now - since) if done > 0 and now > since else None

    @property
    def seconds_left(self) -> float | None:
        """At the present pace; None where that is not known yet."""
        pace = self.pages_per_minute
        return None if pace is None else 60 * max(0, self.pages - self.pages_done) / pace

    def __str__(self) -> str:
        """What people want to know while they wait."""
        pace = self.pages_per_minute
        return (
            f"{self.settled}/{self.documents} documents, {self.pages_done}/{self.pages} pages, {self.failures} failed, "
            f"{'?' if pace is None else f'{pace:.1f}'} pages/min, time left: {duration(self.seconds_left)}"
        )

    def _look(self) -> None:
        now = self._clock()
        if not self._seen or now - self._seen[-1][0] >= _STEP_SECONDS:
            self._seen.append((now, self.pages_done))
        while len(self._seen) > 2 and now - self._seen[1][0] > _WINDOW_SECONDS:
            self._seen.popleft()


def duration(seconds: float | None) -> str:
    """A length of time for people, two units at most.

    >>> duration(45), duration(61), duration(7300), duration(200_000), duration(None)
    ('45 s', '1 min', '2 h 1 min', '2 d 7 h', '?')
    """
    if seconds is None:
        return "?"
    minutes = round(seconds) // 60
    if minutes < 1:
        return f"{round(seconds)} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours < 48 else f"{hours // 24} d {hours % 24} h"
