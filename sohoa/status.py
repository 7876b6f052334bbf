"""How a batch stands: counts, pages, pace, failures by kind. Read from ledger and log, nothing is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.ledger import Entry, State
from corpus.ledger_snapshot import read_ledger
from sohoa.event_log import LastRun, last_run
from sohoa.retry_command import retry_command
from sohoa.watch_sign import watched_folder

__all__ = ["Failures", "Span", "Status", "read_status"]

# Work that rested longer than this rested on purpose: the pace is that of the stretch since.
_REST = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Span:
    """When a document was read, and how many pages it has."""

    start: datetime
    end: datetime
    pages: int


@dataclass(frozen=True, slots=True)
class Failures:
    """What failed, or is held, for one reason.

    Attributes:
        code: ``error_code`` of the ledger.
        entries: Rows, by path.
        command: What tries them again.
    """

    code: str
    entries: tuple[Entry, ...]
    command: str


@dataclass(frozen=True, slots=True)
class Status:
    """How an output folder stands.

    Attributes:
        out: The folder.
        at: When it was looked at, UTC.
        entries: Rows of the ledger, by path.
        run: The last run in the log; None without a log.
        watched: The folder that a watch looks at; None where there is no watch.
    """

    out: Path
    at: datetime
    entries: tuple[Entry, ...]
    run: LastRun | None
    watched: str | None = None

    @property
    def is_running(self) -> bool:
        """Whether a run goes on."""
        return self.run is not None and self.run.is_running(self.at)

    def count(self, state: State) -> int:
        """How many inputs are in ``state``."""
        return self.counts[state]

    @property
    def counts(self) -> Counter[State]:
        """How many inputs are in each state."""
        return Counter(entry.state for entry in self.entries)

    @property
    def equation(self) -> str:
        """The closing line: every input is in one of the states."""
        counts = self.counts
        return f"{len(self.entries)} inputs = " + " + ".join(f"{counts[state]} {state}" for state in State)

    @property
    def pages(self) -> int:
        """Pages read; those of duplicates were read once."""
        return sum(entry.pages or 0 for entry in self.entries if entry.state is State.DONE and not entry.duplicate_of)

    @property
    def failures(self) -> tuple[Failures, ...]:
        """What failed or is held, the most frequent reason first."""
        by_code: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.state in {State.FAILED, State.HELD}:
                by_code.setdefault(entry.error_code or "", []).append(entry)
        ordered = sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(Failures(code, tuple(rows), self.retry(code)) for code, rows in ordered)

    def retry(self, code: str = "") -> str:
        """The command that tries again what failed for ``code``."""
        return retry_command(code, str(self.out), self.run.command if self.run else ())

    @property
    def spans(self) -> tuple[Span, ...]:
        """When documents were read in the last stretch of work, by their ends."""
        spans = sorted(_spans(self.entries), key=lambda span: span.end, reverse=True)
        began = spans[0].start if spans else self.at
        for count, span in enumerate(spans):
            if began - span.end > _REST:
                return tuple(reversed(spans[:count]))
            began = min(began, span.start)
        return tuple(reversed(spans))

    @property
    def pages_per_minute(self) -> float | None:
        """Over the last stretch of work; None where nothing was read."""
        return pace_of(self.spans)

    @property
    def seconds_left(self) -> float | None:
        """Of a run that goes on, where it can be told; documents that wait are taken to be as long as the others."""
        pace, waiting = self.pages_per_minute, [entry for entry in self.entries if entry.state is State.WAITING]
        if not self.is_running or not pace:
            return None
        known = [entry.pages for entry in self.entries if entry.pages]
        usual = sum(known) / len(known) if known else 1.0
        return 60 * sum(entry.pages or usual for entry in waiting) / pace


def read_status(out: Path, at: datetime | None = None) -> Status:
    """How ``out`` stands now.

    Raises:
        NotFoundError: It is no output folder.
        OutputError: Its ledger cannot be read.
    """
    at = at or datetime.now(UTC)
    return Status(out, at, tuple(read_ledger(out)), last_run(out), watched_folder(out, at))


def pace_of(spans: Sequence[Span]) -> float | None:
    """Pages per minute from the beginning of the first to the end of the last."""
    if not spans:
        return None
    seconds = (max(span.end for span in spans) - min(span.start for span in spans)).total_seconds()
    return 60 * sum(span.pages for span in spans) / max(seconds, 1.0)


def _spans(entries: Sequence[Entry]) -> Iterator[Span]:
    for entry in entries:
        if entry.state is State.DONE and not entry.duplicate_of and entry.finished_at:
            end = datetime.fromisoformat(entry.finished_at)
            start = datetime.fromisoformat(entry.started_at) if entry.started_at else end
            if entry.seconds is not None:
                start = end - timedelta(seconds=entry.seconds)
            yield Span(min(start, end), end, entry.pages or 0)
