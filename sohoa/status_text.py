"""What ``sohoa status`` prints: the closing equation, pages and pace, failures by kind with what tries them again."""

from __future__ import annotations

from collections.abc import Iterator

from rich.markup import escape
from rich.table import Table

from corpus.failure_kinds import failure_kind
from corpus.ledger import State
from sohoa.pace import duration
from sohoa.status import Status

__all__ = ["failures_table", "states_table", "status_lines"]


def status_lines(status: Status) -> Iterator[str]:
    """Sentences below the tables, the closing equation last."""
    pace = status.pages_per_minute
    pages = f"{status.pages} pages read" + (f", {pace:.1f} pages per minute" if pace else "")
    if status.is_running:
        yield f"Running: {pages}, time left: {duration(status.seconds_left)}."
    elif status.watched is not None:
        yield f"Watching {status.watched}: {pages}."
    elif status.run and status.run.reason != "done":
        why = status.run.reason or f"no sign of life since {status.run.last_sign:%Y-%m-%d %H:%M} UTC"
        yield f"The last run stopped ({why}): {pages}. Run the same command again to go on from here."
    else:
        yield f"Not running: {pages}."
    same = sum(entry.duplicate_of is not None for entry in status.entries)
    alike = sum(entry.near_duplicate_of is not None for entry in status.entries)
    if same or alike:
        yield f"Duplicates: {same} with the same bytes, {alike} with the same text."
    yield status.equation


def states_table(status: Status) -> Table:
    """Inputs and pages by state."""
    table = Table("state")
    for heading in ("inputs", "pages"):
        table.add_column(heading, justify="right")
    for state in State:
        pages = sum(entry.pages or 0 for entry in status.entries if entry.state is state)
        table.add_row(state.value, str(status.count(state)), str(pages))
    return table


def failures_table(status: Status) -> Table:
    """Kinds of failures, how many of each, whether trying again makes sense, and the command."""
    table = Table("failure")
    table.add_column("inputs", justify="right")
    table.add_column("retry")
    table.add_column("command that tries again", overflow="fold")
    for each in status.failures:
        retry = "as it is" if any(entry.retryable for entry in each.entries) else failure_kind(each.code).retry
        table.add_row(each.code or "other", str(len(each.entries)), retry, escape(each.command))
    return table
