"""What ``sohoa appraise`` says on the terminal: a row for each dossier, what went wrong, where the outputs are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from appraise.appraisal import State
from appraise.outputs.summary_sheet import SUMMARY
from corpus.ledger import State as Ending
from normalize.errors import ExitCode
from sohoa.appraising import Appraised
from sohoa.inputs import printable
from sohoa.reporting import exit_code
from sohoa.run import Report

__all__ = ["appraisal_exit_code", "tell_appraised"]

_MOST_ROWS = 100
_STATES: tuple[tuple[State, str], ...] = (
    ("met", "met"),
    ("not_met", "not met"),
    ("unknown", "unknown"),
    ("person", "for a person"),
)


def tell_appraised(
    out: Path, report: Report, appraised: Sequence[Appraised], kept: Sequence[str], output: Console, errors: Console
) -> None:
    """Print the table to ``output``; unread files, failed dossiers and kept outputs to ``errors``."""
    for outcome in report.outcomes:
        if outcome.entry.error_code and outcome.entry.state in {Ending.FAILED, Ending.HELD}:
            _say(errors, f"{outcome.entry.path}: {outcome.entry.error or ''}")
    if report.interrupted:
        _say(errors, "Interrupted. Run the same command again to go on from here.")
        return
    for each in appraised:
        if each.trouble is not None:
            _say(errors, f"{each.name}: {each.trouble}")
    for name in kept:
        _say(errors, f"{name} was changed by a person and is left alone; the new one lies beside it.")
    output.print(_table([each for each in appraised if each.trouble is None][:_MOST_ROWS]))
    if len(appraised) > _MOST_ROWS:
        output.print(f"... and {len(appraised) - _MOST_ROWS} more in {SUMMARY}.")
    _say(output, f"{report.equation}")
    _say(output, f"Results: {out}  Summary: {out / SUMMARY}")


def _say(console: Console, sentence: str) -> None:
    console.print(printable(sentence), markup=False, highlight=False, soft_wrap=True)


def _table(appraised: Sequence[Appraised]) -> Table:
    table = Table()
    for name in ("dossier", "papers", "candidates", *(words for _, words in _STATES), "to ask", "unread"):
        table.add_column(name, overflow="fold", justify="left" if name == "dossier" else "right")
    for each in appraised:
        states = dict(each.states)
        counts = (
            each.papers,
            each.candidates,
            *(states.get(state, 0) for state, _ in _STATES),
            each.asked,
            each.unread,
        )
        table.add_row(escape(printable(each.name)), *map(str, counts))
    return table


def appraisal_exit_code(report: Report, appraised: Sequence[Appraised]) -> ExitCode:
    """As of the reading; a dossier that failed is an input that failed."""
    failed = [each.trouble for each in appraised if each.trouble is not None]
    code = exit_code(report)
    if code is not ExitCode.OK or not failed:
        return code
    return failed[0].exit_code if len(appraised) == 1 else ExitCode.SOME_FAILED
