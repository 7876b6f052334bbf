"""What came of a run: how every input ended, the closing equation, and why it stopped before its end if it did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpus.ledger import Entry, State
from normalize.errors import SohoaError, SomeInputsFailedError

__all__ = ["Outcome", "Report"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an input ended in this run.

    Attributes:
        state: ``skipped`` also where an earlier result still holds.
        entry: Its row in the ledger.
    """

    state: State
    entry: Entry


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    Attributes:
        out: Output folder.
        inputs: How many there were.
        outcomes: How each ended, in their order.
        interrupted: Whether Ctrl-C ended it.
        stopped: Why it ended by itself before all was read: too many failures, a full disk.
    """

    out: Path
    inputs: int
    outcomes: tuple[Outcome, ...]
    interrupted: bool = False
    stopped: SohoaError | None = None

    def count(self, state: State) -> int:
        """How many inputs ended in ``state``."""
        return Counter(outcome.state for outcome in self.outcomes)[state]

    @property
    def equation(self) -> str:
        """The closing line: inputs = done + failed + held + skipped, and waiting where some are."""
        shown = [state for state in State if state is not State.WAITING or self.count(state)]
        parts = " + ".join(f"{self.count(state)} {state}" for state in shown)
        return f"{self.inputs} inputs = {parts}"

    def check(self) -> None:
        """See that the equation holds.

        Raises:
            SomeInputsFailedError: Inputs went astray: an error of sohoa, never to be passed over.
        """
        astray = self.inputs - len(self.outcomes)
        if astray:
            raise SomeInputsFailedError(f"{astray} of {self.inputs} inputs are unaccounted for.", "Please report it.")
