"""Troubles other than kills: a full disk, missing rights, a clock that jumps, two runs at once on one OUT."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.faults.audit import Reference, at_rest, entries_of, originals, whole_results
from benchmarks.faults.mixed_batch import MixedBatch
from benchmarks.faults.processes import RunningBatch
from corpus.ledger import LEDGER
from normalize.errors import ExitCode

__all__ = ["TROUBLES", "Trouble", "TroubleMaker"]

_PATIENCE: Final = 300.0
_ENDED: Final = frozenset({ExitCode.OK, ExitCode.SOME_FAILED})
# Root may write anywhere, unless it gives that right away.
_WITHOUT_RIGHTS: Final = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
_DISK: Final = "40m"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What came of one trouble; ``skipped`` says why it could not be made here."""

    name: str
    faults: tuple[str, ...] = ()
    skipped: str = ""


@dataclass(slots=True)
class TroubleMaker:
    """Makes troubles, each in an output folder of its own; see :class:`benchmarks.faults.kills.KillCampaign`."""

    work: Path
    batch: MixedBatch
    settings: Path
    reference: Reference
    pace: float
    seed: int

    def make(self, name: str) -> Trouble:
        """One of :data:`TROUBLES`."""
        out = self.work / f"trouble-{name.replace(' ', '-')}"
        out.mkdir()
        trouble = TROUBLES[name](self, name, out)
        if not trouble.faults:
            shutil.rmtree(out)
        return trouble

    def run(self, out: Path, *, before: Sequence[str] = (), program: str = "sohoa") -> RunningBatch:
        """A run that has been started."""
        run = RunningBatch(
            self.batch.source,
            out,
            self.settings,
            out.with_name(f"{out.name}-tmp"),
            before=before,
            program=program,
        )
        run.start()
        return run

    def ended(self, run: RunningBatch, codes: frozenset[int] = _ENDED) -> list[str]:
        """Wait for the end of a run; what is wrong with it."""
        code = run.wait(_PATIENCE)
        if code is None:
            return [f"hangs: {run.stack()}"]
        faults = [] if code in codes else [f"exit code {code}: {run.said()}"]
        return faults + [f"process left: {each.command[:80]!r}" for each in run.leftovers(10.0)]

    def undisturbed(self, out: Path) -> list[str]:
        """Run once more with nothing in the way; what is wrong in the end."""
        run = self.run(out)
        return self.ended(run) + at_rest(out, run.temporary, self.batch, self.reference)

    def standing(self, out: Path) -> list[str]:
        """What is wrong with what stands in ``out`` now."""
        return whole_results(out, self.reference) + originals(self.batch)


def _disk_too_small(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """There is no room from the beginning: the run says so, and goes on when there is."""
    with _small_disk(out, "400k") as mounted:
        if not mounted:
            return Trouble(name, skipped="no right to mount a small disk")
        faults = maker.ended(maker.run(out), frozenset({ExitCode.OUTPUT, ExitCode.SOME_FAILED}))
        faults += maker.standing(out)
        _resize(out, _DISK)
        return Trouble(name, tuple(faults + maker.undisturbed(out)))


def _disk_fills_up(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """Something else fills the disk in the middle of the run, and is removed later."""
    draw = random.Random(maker.seed)  # noqa: S311
    with _small_disk(out, _DISK) as mounted:
        if not mounted:
            return Trouble(name, skipped="no right to mount a small disk")
        run, filler = maker.run(out), out / ".filler"
        time.sleep(draw.uniform(0.3, 0.6) * maker.pace)
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(1 << 16)):
                pass
        faults = maker.ended(run, frozenset({*_ENDED, ExitCode.OUTPUT}))
        faults += maker.standing(out)
        filler.unlink()
        return Trouble(name, tuple(faults + maker.undisturbed(out)))


def _files_too_large(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """No file may grow over 250 kB (a quota): what needs more fails, and is read when that is lifted."""
    if not shutil.which("prlimit"):
        return Trouble(name, skipped="no prlimit")
    run = maker.run(out, before=("prlimit", "--fsize=250000"))
    faults = maker.ended(run, frozenset({*_ENDED, ExitCode.OUTPUT}))
    faults += maker.standing(out)
    return Trouble(name, tuple(faults + maker.undisturbed(out)))


def _no_right_to_write(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """The output folder may not be written; then one document's folder may not."""
    before = _without_rights()
    if before is None:
        return Trouble(name, skipped="root's rights cannot be given away here: no setpriv")
    out.chmod(0o555)
    faults = maker.ended(maker.run(out, before=before), frozenset({ExitCode.OUTPUT}))
    faults += [f"written: {path}" for path in out.iterdir()]
    out.chmod(0o755)
    closed = out / next(folder for folder in sorted(maker.reference.files) if "/" not in folder)
    closed.mkdir()
    closed.chmod(0o555)
    (closed.parent / ".sohoa").mkdir()
    faults += maker.ended(maker.run(out, before=before), frozenset({ExitCode.SOME_FAILED, ExitCode.OUTPUT}))
    rows = {entry.path: entry for entry in entries_of(out)}
    faults += [
        f"{key} is {rows[key].state if key in rows else 'unaccounted for'} beside a closed folder"
        for key, state in maker.reference.states.items()
        if key != closed.name and (key not in rows or rows[key].state != state)
    ]
    closed.chmod(0o755)
    return Trouble(name, tuple(faults + maker.undisturbed(out)))


def _no_right_to_read(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """The source is read-only, and one file may not be read at all: it fails alone."""
    before = _without_rights()
    if before is None:
        return Trouble(name, skipped="root's rights cannot be given away here: no setpriv")
    folders = [maker.batch.source, *(path for path in maker.batch.source.rglob("*") if path.is_dir())]
    closed = next(path for path in sorted(maker.batch.originals) if path.suffix == ".txt")
    key = closed.relative_to(maker.batch.source).as_posix()
    modes = {path: path.stat().st_mode for path in (*folders, closed)}
    try:
        for path in folders:
            path.chmod(0o555)
        closed.chmod(0)
        faults = maker.ended(maker.run(out, before=before))
        rows = {entry.path: entry for entry in entries_of(out)}
        if rows[key].error_code != "not_found":
            faults.append(f"a closed file ended as {rows[key].state} {rows[key].error_code}")
        others = {path: row.state for path, row in rows.items() if row.duplicate_of != key and path != key}
        faults += [
            f"{path} is {state}, not {maker.reference.states[path]}"
            for path, state in others.items()
            if state != maker.reference.states[path]
        ]
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    return Trouble(name, tuple(faults))


def _clock_jumps(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """The clock is set for days forwards and back every half second."""
    run = maker.run(out, program="benchmarks.faults.jumping_clock")
    return Trouble(name, tuple(maker.ended(run) + at_rest(out, run.temporary, maker.batch, maker.reference)))


def _two_runs(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """A second run begins a little later: one of them has the folder, the other says so."""
    draw, faults = random.Random(maker.seed), []  # noqa: S311
    for _ in range(3):
        first = maker.run(out)
        time.sleep(draw.uniform(0, 1))
        second = maker.run(out)
        codes = frozenset({*_ENDED, ExitCode.OUTPUT})
        faults += maker.ended(first, codes) + maker.ended(second, codes)
        if {first.process.returncode, second.process.returncode} == {ExitCode.OUTPUT}:
            faults.append("neither of two runs had the folder")
        faults += maker.standing(out)
    return Trouble(name, tuple(faults + maker.undisturbed(out)))


def _broken_ledger(maker: TroubleMaker, name: str, out: Path) -> Trouble:
    """A ledger that is no database: the run says so and touches nothing; without it everything is found again."""
    (out / LEDGER).write_bytes(b"no database, but a file of some length" * 200)
    faults = maker.ended(maker.run(out), frozenset({ExitCode.OUTPUT}))
    (out / LEDGER).unlink(missing_ok=True)
    return Trouble(name, tuple(faults + maker.undisturbed(out)))


TROUBLES: Final[dict[str, Callable[[TroubleMaker, str, Path], Trouble]]] = {
    "disk too small": _disk_too_small,
    "disk fills up": _disk_fills_up,
    "files too large": _files_too_large,
    "no right to write": _no_right_to_write,
    "no right to read": _no_right_to_read,
    "clock jumps": _clock_jumps,
    "two runs at once": _two_runs,
    "broken ledger": _broken_ledger,
}


def _without_rights() -> tuple[str, ...] | None:
    if os.geteuid() != 0:
        return ()
    return _WITHOUT_RIGHTS if shutil.which("setpriv") else None


@contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[bool]:
    """A disk of ``size`` at ``folder``; whether that could be made."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def _resize(folder: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)
