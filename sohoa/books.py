"""The books of one run: what stands from earlier runs, what is to be read, and how every input ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.ledger import Entry, Ledger, State, now
from corpus.store import has_result, publish, refresh_checked, withdraw
from normalize.errors import HeldSecretError, SohoaError
from sohoa.digest import Digested, Task, engine_name, version
from sohoa.inputs import Fingerprint, FolderNames, Input, fingerprint, printable
from sohoa.settings import Settings

__all__ = ["Books", "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an input ended in this run.

    Attributes:
        state: ``skipped`` also where an earlier result still holds.
        entry: Its row in the ledger.
    """

    state: State
    entry: Entry


class Books:
    """Opens the books, settles one input after another, closes them with every input accounted for.

    Args:
        out: Output folder, held by this run.
        ledger: Its ledger.
        settings: Of this run.
        by_name: Keys are bare file names: another file of a name that is taken gets ``~2``.
    """

    def __init__(self, out: Path, ledger: Ledger, settings: Settings, *, by_name: bool) -> None:
        self._out = out
        self._ledger = ledger
        self._settings = settings
        self._by_name = by_name
        self._version, self._engine = version(), engine_name()
        self._before = {entry.path: entry for entry in ledger.entries()}
        own = {path: entry.folder for path, entry in self._before.items() if entry.folder and not entry.duplicate_of}
        self._folders = FolderNames(own)
        self._prints: dict[str, Fingerprint] = {}
        self._followers: list[tuple[Input, str]] = []
        self.inputs: list[Input] = []
        self.outcomes: dict[str, Outcome] = {}

    def open(self, inputs: Sequence[Input]) -> list[Task]:
        """Hash ``inputs``, settle those that need no reading, and give the tasks for the rest."""
        self.inputs = self._with_own_keys(inputs) if self._by_name else list(inputs)
        for item in self.inputs:
            seen = self._look(item)
            if isinstance(seen, Fingerprint):
                self._prints[item.key] = seen
            elif seen is None:
                self._settle(item, State.SKIPPED, Entry(path=item.key, state=State.SKIPPED))
            else:
                self.fail(item, seen)
        return self._plan()

    def _with_own_keys(self, inputs: Sequence[Input]) -> list[Input]:
        used: set[str] = set()
        renamed = []
        for item in inputs:
            key, number = item.key, 1
            while key in used or self._is_anothers(key, item):
                number += 1
                key = f"{item.key}~{number}"
            used.add(key)
            renamed.append(replace(item, key=key))
        return renamed

    def _is_anothers(self, key: str, item: Input) -> bool:
        before = self._before.get(key)
        return before is not None and before.origin != item.origin

    def _look(self, item: Input) -> Fingerprint | SohoaError | None:
        if item.ignored:
            return None
        try:
            return item.trouble or fingerprint(item, self._settings.limits.as_limits())
        except SohoaError as error:
            return error

    def _plan(self) -> list[Task]:
        leaders = self._leaders()
        tasks = []
        for item in self.inputs:
            if item.key not in self._prints:
                continue
            leader = leaders.setdefault(self._prints[item.key].sha256, item.key)
            if leader != item.key:
                self._followers.append((item, leader))
            elif self._holds(self._before.get(item.key)):
                self._keep(item)
            else:
                tasks.append(Task(item, self._prints[item.key], self._out, self._settings))
        return tasks

    def _leaders(self) -> dict[str, str]:
        """By content hash, the input that is read in place of all with the same bytes: whoever was, stays it."""
        leaders: dict[str, str] = {}
        for entry in self._before.values():
            seen = self._prints.get(entry.path)
            is_here = seen is not None and seen.sha256 == entry.sha256
            if entry.sha256 and not entry.duplicate_of and (is_here or (seen is None and self._holds(entry))):
                leaders.setdefault(entry.sha256, entry.path)
        return leaders

    def _holds(self, entry: Entry | None) -> bool:
        """Whether what the ledger says of an input needs no new reading; failures are always tried again."""
        if entry is None or entry.duplicate_of or self._settings.again:
            return False
        seen = self._prints.get(entry.path)
        stamp = (self._settings.result_key, self._version, self._engine)
        if (seen and seen.sha256 != entry.sha256) or stamp != (entry.options, entry.version, entry.engine):
            return False
        if entry.state is State.HELD:
            return not self._settings.allow_secret
        return entry.state is State.DONE and has_result(self._out / (entry.folder or ""))

    def _keep(self, item: Input) -> None:
        entry = self._before[item.key]
        try:
            if entry.state is State.DONE:
                refresh_checked(self._out / (entry.folder or ""))
        except SohoaError as error:
            self.fail(item, error)
            return
        self._settle(item, State.SKIPPED if entry.state is State.DONE else entry.state, entry)

    def finish(self, item: Input, digested: Digested) -> None:
        """Put a result in its place."""
        folder = self._folders.folder(item.key)
        try:
            publish(digested.staged, self._out / folder)
        except SohoaError as error:
            self.fail(item, error)
            return
        entry = self._entry(item, State.DONE, pages=digested.pages, folder=folder, started_at=digested.started_at)
        self._settle(item, State.DONE, entry)

    def fail(self, item: Input, error: SohoaError, pages: int | None = None) -> None:
        """Settle an input that could not be read or must be held; a result of other content does not outlive that."""
        state = State.HELD if isinstance(error, HeldSecretError) else State.FAILED
        before, seen = self._before.get(item.key), self._prints.get(item.key)
        own = before.folder if before and not before.duplicate_of else None
        if own and before and (state is State.HELD or (seen and before.sha256 != seen.sha256)):
            withdraw(self._out / own)
        entry = self._entry(item, state, pages=pages, folder=own, error_code=error.code, error=printable(str(error)))
        self._settle(item, state, entry)

    def close(self) -> None:
        """Settle the inputs that follow others, and those that an interrupted run did not reach."""
        for item, leader in self._followers:
            first = self.outcomes.get(leader)
            entry = first.entry if first else self._before.get(leader)
            if entry and entry.state is not State.SKIPPED and entry.sha256 == self._prints[item.key].sha256:
                self._follow(item, entry, unchanged=first is None or first.state is State.SKIPPED)
        for item in self.inputs:
            if item.key not in self.outcomes:
                unreached = Entry(
                    path=item.key,
                    state=State.SKIPPED,
                    error_code="interrupted",
                    error="The run was interrupted before it came to this input. Run the same command again.",
                )
                self._settle(item, State.SKIPPED, self._before.get(item.key) or unreached)

    def _follow(self, item: Input, first: Entry, *, unchanged: bool) -> None:
        before = self._before.get(item.key)
        if unchanged and before and before.duplicate_of == first.path and before.state is first.state:
            self._settle(item, State.SKIPPED if before.state is State.DONE else before.state, before)
            return
        if before and before.folder and not before.duplicate_of:
            withdraw(self._out / before.folder)
        entry = self._entry(
            item,
            first.state,
            pages=first.pages,
            folder=first.folder,
            error_code=first.error_code,
            error=first.error,
            duplicate_of=first.path,
        )
        self._settle(item, first.state, entry)

    def _entry(self, item: Input, state: State, **columns: str | int | None) -> Entry:
        seen = self._prints.get(item.key)
        return Entry(
            path=item.key,
            state=state,
            sha256=seen.sha256 if seen else None,
            bytes=seen.bytes if seen else None,
            options=self._settings.result_key,
            version=self._version,
            engine=self._engine,
            finished_at=now(),
            **columns,  # type: ignore[arg-type]
        )

    def _settle(self, item: Input, state: State, entry: Entry) -> None:
        if entry is not self._before.get(item.key) or entry.origin != item.origin:
            entry.origin = item.origin
            self._ledger.put(entry)
        self.outcomes[item.key] = Outcome(state, entry)
