"""The books of one run: what stands from earlier runs, what is to be read, and how every input ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.ledger import Entry, Ledger, Phase, State, now
from corpus.store import publish, refresh_checked, withdraw
from normalize.errors import DiskFullError, HeldSecretError, InputError, NotFoundError, SohoaError
from sohoa.digest import Digested, Task, engine_name, version
from sohoa.executors import Done
from sohoa.inputs import Fingerprint, FolderNames, Input, fingerprint, printable
from sohoa.progress import Watcher
from sohoa.report import Outcome
from sohoa.settings import Settings
from sohoa.standing import Standing

__all__ = ["Books"]

_SETTLED = {State.DONE, State.FAILED, State.HELD}


@dataclass(slots=True)
class _Work:
    """What was done on an input; a row of the ledger has the same columns."""

    attempts: int
    started_at: str | None = None
    worker: str | None = None
    phase: str | None = None
    seconds: float | None = None

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Books:
    """Opens the books, settles one input after another, closes them with every input accounted for.

    Args:
        out: Output folder, held by this run.
        ledger: Its ledger.
        settings: Of this run.
        watcher: Hears of every input that is settled.
        by_name: Keys are bare file names: another file of a name that is taken gets ``~2``.

    Attributes:
        out: Output folder.
        inputs: With the keys that they have in the ledger.
        outcomes: By key, how those that are settled ended.
        failures: How many failed in this run.
    """

    def __init__(self, out: Path, ledger: Ledger, settings: Settings, watcher: Watcher, *, by_name: bool) -> None:
        self.out = out
        self.inputs: list[Input] = []
        self.outcomes: dict[str, Outcome] = {}
        self.failures = 0
        self._ledger = ledger
        self._settings = settings
        self._watcher = watcher
        self._by_name = by_name
        self._version, self._engine = version(), engine_name()
        # Only rows that this run has to do with: a watch runs over few new files at a time, beside 100,000 old ones.
        self._before: dict[str, Entry] = {}
        self._standing = Standing(out, self._before, settings, self._version, self._engine)
        self._folders = FolderNames(ledger.own_folders())
        self._prints: dict[str, Fingerprint] = {}
        self._work: dict[str, _Work] = {}
        self._followers: list[tuple[Input, str]] = []

    def open(self, inputs: Sequence[Input]) -> list[Task]:
        """Enter ``inputs``, hash them, settle those that need no reading, and give the tasks for the rest.

        From here on every input has its row, ``waiting`` until more is known, also after ``kill -9``.
        """
        self.inputs = self._with_own_keys(inputs) if self._by_name else list(inputs)
        self._remember(self._ledger.of_paths(item.key for item in self.inputs))
        self._enter([item for item in self.inputs if item.key not in self._before])
        for item in self.inputs:
            seen = self._look(item)
            if isinstance(seen, Fingerprint):
                self._prints[item.key] = seen
            elif seen is None:
                self._settle(item, State.SKIPPED, Entry(path=item.key, state=State.SKIPPED))
            else:
                self.fail(item, seen)
        self._remember(self._ledger.of_content({seen.sha256 for seen in self._prints.values()}))
        tasks = self._plan()
        self._enter([task.item for task in tasks])
        return tasks

    def _remember(self, entries: Sequence[Entry]) -> None:
        """Keep rows as they were before this run."""
        for entry in entries:
            self._before.setdefault(entry.path, entry)

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
        before = self._ledger.get(key)
        return before is not None and before.origin != item.origin

    def _enter(self, items: Sequence[Input]) -> None:
        self._ledger.put(*(self._waiting(item) for item in items))

    def _waiting(self, item: Input) -> Entry:
        return self._entry(item, State.WAITING, folder=self._own_folder(item))

    def _look(self, item: Input) -> Fingerprint | SohoaError | None:
        if item.ignored:
            return None
        try:
            return item.trouble or fingerprint(item, self._settings.limits.as_limits())
        except SohoaError as error:
            return error

    def _plan(self) -> list[Task]:
        leaders = self._standing.leaders(self._prints)
        tasks = []
        for item in self.inputs:
            seen = self._prints.get(item.key)
            if seen is None:
                continue
            leader = leaders.setdefault(seen.sha256, item.key)
            if leader != item.key:
                self._followers.append((item, leader))
            elif self._standing.holds(self._before.get(item.key), seen):
                self._keep(item)
            else:
                self._work[item.key] = _Work(self._standing.attempts(item.key, seen), phase=Phase.LOOKING)
                tasks.append(Task(item, seen, self.out, self._settings))
        return tasks

    def _keep(self, item: Input) -> None:
        entry = self._before[item.key]
        try:
            if entry.state is State.DONE:
                refresh_checked(self.out / (entry.folder or ""))
        except SohoaError as error:
            self.fail(item, error)
            return
        self._settle(item, State.SKIPPED if entry.state is State.DONE else entry.state, entry)

    def is_suspect(self, item: Input) -> bool:
        """Whether earlier runs began with ``item`` and came to no end: it may be what ended them."""
        before = self._before.get(item.key)
        return before is not None and before.state is State.WAITING and self._work[item.key].attempts > 0

    def begin(self, item: Input, worker: str) -> None:
        """Note that ``item`` was handed to ``worker`` (``host:pid``)."""
        work = self._work[item.key]
        work.attempts += 1
        work.worker, work.phase, work.started_at = worker, Phase.READING, now()
        self._ledger.put(self._waiting(item))

    def note(self, item: Input, done: Done[Any, Any]) -> None:
        """Note who worked on ``item``, for how long, and how far they came."""
        work = self._work[item.key]
        work.worker, work.phase = done.worker, done.phase or work.phase
        work.seconds = (work.seconds or 0.0) + done.seconds

    def finish(self, item: Input, digested: Digested) -> None:
        """Put a result in its place.

        Raises:
            DiskFullError: There is no room for it; ``item`` still waits.
        """
        folder = self._folders.folder(item.key)
        self._work[item.key].phase = Phase.PUBLISHING
        try:
            publish(digested.staged, self.out / folder)
        except DiskFullError:
            raise
        except SohoaError as error:
            self.fail(item, error, digested.pages)
            return
        columns = {"pages": digested.pages, "confidence": digested.confidence, "folder": folder}
        self._settle(item, State.DONE, self._entry(item, State.DONE, **columns))

    def fail(self, item: Input, error: SohoaError, pages: int | None = None) -> None:
        """Settle an input that could not be read or must be held; a result of other content does not outlive that."""
        state = State.HELD if isinstance(error, HeldSecretError) else State.FAILED
        before, seen = self._before.get(item.key), self._prints.get(item.key)
        own = self._own_folder(item)
        if own and before and (state is State.HELD or (seen and before.sha256 != seen.sha256)):
            withdraw(self.out / own)
        entry = self._entry(
            item,
            state,
            pages=pages,
            folder=own,
            error_code=error.code,
            error=printable(str(error)),
            # The same bytes are refused for the same reason; a file out of reach may be there the next time.
            retryable=not isinstance(error, InputError) or isinstance(error, NotFoundError),
        )
        self._settle(item, state, entry)

    def close(self) -> None:
        """Settle the inputs that follow others; those that were not reached wait."""
        for item in self.inputs:
            if item.key not in self.outcomes:
                not_looked_at = self._before.get(item.key) if item.key not in self._work else None
                self.outcomes[item.key] = Outcome(State.WAITING, not_looked_at or self._waiting(item))
        for item, leader in self._followers:
            first = self.outcomes.get(leader)
            if first and first.state is State.WAITING:
                continue
            entry = first.entry if first else self._before.get(leader)
            if entry and entry.state in _SETTLED and entry.sha256 == self._prints[item.key].sha256:
                self._follow(item, entry, unchanged=first is None or first.state is State.SKIPPED)

    def _follow(self, item: Input, first: Entry, *, unchanged: bool) -> None:
        before = self._before.get(item.key)
        if unchanged and before and before.duplicate_of == first.path and before.state is first.state:
            self._settle(item, State.SKIPPED if before.state is State.DONE else before.state, before)
            return
        if own := self._own_folder(item):
            withdraw(self.out / own)
        columns = {name: getattr(first, name) for name in ("pages", "folder", "error_code", "error", "retryable")}
        self._settle(item, first.state, self._entry(item, first.state, duplicate_of=first.path, **columns))

    def _own_folder(self, item: Input) -> str | None:
        before = self._before.get(item.key)
        return before.folder if before and not before.duplicate_of else None

    def _entry(self, item: Input, state: State, **columns: Any) -> Entry:
        seen, work = self._prints.get(item.key), self._work.get(item.key)
        return Entry(
            path=item.key,
            state=state,
            origin=item.origin,
            sha256=seen.sha256 if seen else None,
            bytes=seen.bytes if seen else None,
            options=self._settings.result_key,
            version=self._version,
            engine=self._engine,
            finished_at=None if state is State.WAITING else now(),
            **(work.columns() if work else {}),
            **columns,
        )

    def _settle(self, item: Input, state: State, entry: Entry) -> None:
        is_new = entry is not self._before.get(item.key)
        if is_new or entry.origin != item.origin:
            entry.origin = item.origin
            self._ledger.put(entry)
        self.outcomes[item.key] = Outcome(state, entry)
        if is_new and state is not State.SKIPPED:
            self.failures += state is State.FAILED
            self._watcher.settle(entry)
