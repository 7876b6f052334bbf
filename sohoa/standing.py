"""What stands from earlier runs: which rows of the ledger still hold, and who is read in place of whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.ledger import Entry, State
from corpus.store import has_result
from sohoa.inputs import Fingerprint
from sohoa.settings import Settings

__all__ = ["Standing"]


class Standing:
    """The ledger as it was before a run, held against that run's settings.

    Args:
        out: Output folder.
        before: Rows by path.
        settings: Of the run.
        version: Of sohoa.
        engine: Name, version and model of the OCR engine.
    """

    def __init__(self, out: Path, before: Mapping[str, Entry], settings: Settings, version: str, engine: str) -> None:
        self._out = out
        self._before = before
        self._settings = settings
        self._stamp = (settings.result_key, version, engine)

    def holds(self, entry: Entry | None, seen: Fingerprint | None) -> bool:
        """Whether what the ledger says of an input needs no new reading.

        Args:
            entry: Its row.
            seen: Its bytes now; None where they are not looked at in this run.
        """
        redo = self._settings.redo
        if entry is None or entry.duplicate_of or redo == "all" or (seen and seen.sha256 != entry.sha256):
            return False
        if redo != "failed" and not self.is_of_this_kind(entry):
            return False
        match entry.state:
            case State.FAILED:
                return redo == "changed"
            case State.HELD:
                return not self._settings.allow_secret
            case State.DONE:
                return has_result(self._out / (entry.folder or ""))
        return False

    def is_of_this_kind(self, entry: Entry) -> bool:
        """Whether a row comes from the same options, version and engine as the run."""
        return self._stamp == (entry.options, entry.version, entry.engine)

    def attempts(self, path: str, seen: Fingerprint) -> int:
        """How often the same bytes were begun under the same conditions."""
        entry = self._before.get(path)
        return entry.attempts if entry and entry.sha256 == seen.sha256 and self.is_of_this_kind(entry) else 0

    def leaders(self, prints: Mapping[str, Fingerprint]) -> dict[str, str]:
        """By content hash, the input that is read in place of all with the same bytes: whoever was, stays it.

        Args:
            prints: What was seen in this run, by path.
        """
        asked = {seen.sha256 for seen in prints.values()}
        leaders: dict[str, str] = {}
        for entry in self._before.values():
            if entry.sha256 not in asked or entry.duplicate_of:
                continue  # before anything is opened: a watch of a large archive runs over few new files at a time
            seen = prints.get(entry.path)
            is_here = seen is not None and seen.sha256 == entry.sha256
            if is_here or (seen is None and self.holds(entry, None)):
                leaders.setdefault(entry.sha256, entry.path)
        return leaders
