"""Mutants read by ``sohoa batch``: none may hang the run, crash it, or take more memory than a worker may."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.faults.audit import entries_of
from benchmarks.faults.mixed_batch import stamps_of
from benchmarks.faults.mutants import write_mutants
from benchmarks.faults.processes import Process, RunningBatch
from corpus.ledger import Entry, State

__all__ = ["MutantTally", "read_mutants"]

_WORKER_BYTES: Final = 2 << 30
# Libraries and their code count into what the system reports, not into what a worker may allocate.
_ROOM: Final = 400 << 20
_PAGE_SECONDS: Final = 5
_SETTINGS: Final = f"""page_seconds = {_PAGE_SECONDS}
worker_bytes = {_WORKER_BYTES}
[limits]
page_pixels = 60000
pages = 40
"""
_FOLDER: Final = 250  # files a folder; a run for each, so that one that fails does not hide the others
_LONGEST_RUN: Final = 1800.0
_NAMED: Final = 40


@dataclass(slots=True)
class MutantTally:
    """How the mutants ended.

    Attributes:
        endings: ``done`` or the error code; what libraries raised unforeseen counts as ``unforeseen``.
        longest_seconds: That one document took.
        most_bytes: Resident memory of one process.
        seconds: All together.
        faults: What may not be.
        unforeseen: Mutants that ended in an error nobody foresaw: contained, but worth mending.
    """

    endings: Counter[str] = field(default_factory=Counter)
    longest_seconds: float = 0.0
    most_bytes: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)
    unforeseen: list[str] = field(default_factory=list)


def read_mutants(work: Path, count: int, seed: int, say: Callable[[str], None]) -> MutantTally:
    """Write ``count`` mutants below ``work`` and read them, some hundred a run.

    Args:
        work: Scratch folder; what ended badly stays in it.
        count: How many.
        seed: The same seed gives the same files.
        say: Hears of each fault as it is found.
    """
    tally, start = MutantTally(), time.monotonic()
    work.mkdir(parents=True, exist_ok=True)
    settings = work / "settings.toml"
    settings.write_text(_SETTINGS, "utf-8")
    for first in range(0, count, _FOLDER):
        source = work / f"mutants-{first:05}"
        write_mutants(source, range(first, min(first + _FOLDER, count)), seed)
        run = RunningBatch(source, work / f"out-{first:05}", settings, work / f"tmp-{first:05}")
        before = stamps_of(source)
        faults = _watched(run, tally)
        faults += _accounts(run, tally)
        if stamps_of(source) != before:
            faults.append(f"{source.name}: originals changed")
        for fault in faults:
            say(fault)
        tally.faults += faults
        if not faults:
            shutil.rmtree(run.out)
    for each in tally.unforeseen[:_NAMED]:
        say(f"unforeseen: {each}")
    tally.seconds = time.monotonic() - start
    return tally


def _watched(run: RunningBatch, tally: MutantTally) -> list[str]:
    """Run to the end, looking at memory; what is wrong with that."""
    run.start()
    deadline, faults = time.monotonic() + _LONGEST_RUN, []
    while run.is_running and time.monotonic() < deadline:
        for each in run.processes():
            if (size := _resident(each)) > tally.most_bytes:
                tally.most_bytes = size
                if size > _WORKER_BYTES + _ROOM:
                    faults.append(f"{run.source.name}: {size >> 20} MB in {each.command[:60]!r}")
        time.sleep(0.1)
    if run.is_running:
        return [*faults, f"{run.source.name} hangs: {run.stack()}"]
    if run.process.returncode not in {0, 7}:
        faults.append(f"{run.source.name}: exit code {run.process.returncode}: {run.said()}")
    faults += [f"process left: {each.command[:80]!r}" for each in run.leftovers(10.0)]
    return faults


def _resident(process: Process) -> int:
    """Resident memory in bytes; 0 when it is gone."""
    try:
        status = Path("/proc", str(process.pid), "status").read_text("ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmRSS:")), 0)


def _accounts(run: RunningBatch, tally: MutantTally) -> list[str]:
    entries = {entry.path: entry for entry in entries_of(run.out)}
    missing = {path.name for path in run.source.iterdir()} - entries.keys()
    for entry in entries.values():
        tally.longest_seconds = max(tally.longest_seconds, getattr(entry, "seconds", None) or 0.0)
        unforeseen = _is_unforeseen(entry)
        tally.endings["unforeseen" if unforeseen else entry.error_code or str(entry.state)] += 1
        if unforeseen:
            tally.unforeseen.append(f"{entry.path}: {entry.error}")
    return [f"{run.source.name}: {len(missing)} unaccounted for, such as {min(missing)}"] if missing else []


def _is_unforeseen(entry: Entry) -> bool:
    said = entry.error or ""
    return entry.state is State.FAILED and ("unexpected" in said or "died" in said)
