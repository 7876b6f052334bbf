"""The figures of the plots: pages per minute over time, how many documents were read how surely, failures by kind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from corpus.ledger import Entry, State
from sohoa.status import Span

__all__ = ["Pages", "confidence_counts", "pages_over_time"]

_STEPS: Final = tuple(
    timedelta(seconds=seconds) for seconds in (60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400, 604800)
)
_MOST_STEPS: Final = 96
_BINS: Final = 20


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages per minute from ``start`` on for one step of the plot."""

    start: datetime
    per_minute: float


def pages_over_time(spans: Sequence[Span]) -> list[Pages]:
    """Pages per minute, a step of time each; the pages of a document are spread over the time that it took."""
    if not spans:
        return []
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    step = next((step for step in _STEPS if (end - start) / step <= _MOST_STEPS), _STEPS[-1])
    count = max(1, math.ceil((end - start) / step))
    pages = [0.0] * count
    for span in spans:
        first, last = (span.start - start) / step, (span.end - start) / step
        for at in range(int(first), min(count, int(last) + 1)):
            share = (min(last, at + 1) - max(first, at)) / (last - first) if last > first else 1.0
            pages[at] += span.pages * share
        if last == first == count:
            pages[-1] += span.pages
    # The last step is not over: its pages count for the time that has gone by.
    lengths = [step] * (count - 1) + [max(end - start - step * (count - 1), timedelta(seconds=1))]
    return [Pages(start + step * at, 60 * pages[at] / lengths[at].total_seconds()) for at in range(count)]


def confidence_counts(entries: Sequence[Entry]) -> list[int]:
    """How many documents have a mean confidence in each twentieth of 0..1."""
    counts = [0] * _BINS
    for entry in entries:
        if entry.state is State.DONE and entry.confidence is not None and not entry.duplicate_of:
            counts[min(_BINS - 1, int(entry.confidence * _BINS))] += 1
    return counts
