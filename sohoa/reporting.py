"""What a run says on the terminal: the table of what was read, what failed and why, the closing equation."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpus.attention import what_needs_a_look
from corpus.catalogue import CSV, XLSX, value_of
from corpus.ledger import Entry, State
from corpus.store import read_record
from normalize.errors import ExitCode, SohoaError
from sohoa.report import Report

__all__ = ["exit_code", "results_table", "tell"]

# More rows than this nobody reads on a terminal; the catalogue has them all.
_MOST_ROWS = 100
_MOST_CONCERNS = 3


def tell(report: Report, output: Console, errors: Console) -> None:
    """Print the table to ``output`` and the failures to ``errors``."""
    told = [outcome.entry for outcome in report.outcomes if outcome.entry.state in {State.DONE, State.HELD}]
    if told:
        output.print(results_table(report.out, told[:_MOST_ROWS]))
    if len(told) > _MOST_ROWS:
        output.print(f"... and {len(told) - _MOST_ROWS} more in {CSV}.")
    for outcome in report.outcomes:
        if outcome.state in {State.FAILED, State.HELD}:
            errors.print(_complaint(outcome.entry), markup=False, highlight=False, soft_wrap=True)
    if report.interrupted:
        errors.print("Interrupted. Run the same command again, without --redo, to go on from here.", soft_wrap=True)
    if report.stopped:
        errors.print(f"Stopped. {report.stopped}", markup=False, highlight=False, soft_wrap=True)
    output.print(f"{report.equation}", highlight=False, soft_wrap=True)
    output.print(f"Results: {report.out}  List of documents: {report.out / XLSX}", highlight=False, soft_wrap=True)


def _complaint(entry: Entry) -> str:
    """What is wrong and what to do, beginning with the path."""
    name = entry.path.rpartition("/")[2]
    error = entry.error or ""
    return entry.path + error.removeprefix(name) if error.startswith(f"{name} ") else f"{entry.path}: {error}"


def results_table(out: Path, entries: list[Entry]) -> Table:
    """File, kind, number, date, issuer, pages, what needs a look; the result's folder where it has another name.

    Args:
        out: Output folder.
        entries: Rows of the ledger, done or held.
    """
    table = Table()
    for name in ("file", "kind", "number", "date", "issuer", "pages", "needs a look"):
        table.add_column(name, overflow="fold", justify="right" if name == "pages" else "left")
    for entry in entries:
        table.add_row(*(escape(cell) for cell in _cells(out, entry)))
    return table


def _cells(out: Path, entry: Entry) -> tuple[str, ...]:
    pages = "" if entry.pages is None else str(entry.pages)
    if entry.state is State.HELD:
        return entry.path, "", "", "", "", pages, "held: marked secret"
    try:
        record = read_record(out / (entry.folder or ""))
    except (OSError, ValidationError):
        return entry.path, "", "", "", "", pages, "result missing: run again"
    document = record.document
    concerns = [concern.english for concern in what_needs_a_look(record)]
    more = f" (+{len(concerns) - _MOST_CONCERNS})" if len(concerns) > _MOST_CONCERNS else ""
    return (
        entry.path if entry.folder == entry.path else f"{entry.path}\n-> {entry.folder}",
        value_of(document.type),
        value_of(document.code) or value_of(document.number),
        value_of(document.issue_date),
        value_of(document.issuer),
        pages,
        "; ".join(concerns[:_MOST_CONCERNS]) + more,
    )


def exit_code(report: Report) -> ExitCode:
    """What the run returns to the shell: a single input's own code, or that some of several failed."""
    if report.interrupted:
        return ExitCode.INTERRUPTED
    if report.stopped:
        return report.stopped.exit_code
    bad = [outcome for outcome in report.outcomes if outcome.state in {State.FAILED, State.HELD}]
    if len(bad) == 1 == report.inputs:
        return _exit_code_of(bad[0].entry.error_code or "")
    if any(outcome.state is State.FAILED for outcome in bad):
        return ExitCode.SOME_FAILED
    return ExitCode.HELD if bad else ExitCode.OK


def _exit_code_of(error_code: str) -> ExitCode:
    kinds = [SohoaError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return next((kind.exit_code for kind in kinds if kind("").code == error_code), ExitCode.OTHER)
