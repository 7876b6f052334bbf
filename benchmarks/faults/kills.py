"""Kills at random moments: of a worker, of its Tesseract, of the run, of everything at once; then the run goes on."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.faults.audit import Reference, at_rest, entries_of, originals, published, whole_results
from benchmarks.faults.mixed_batch import MixedBatch
from benchmarks.faults.processes import Process, RunningBatch
from corpus.ledger import State

__all__ = ["KILLS", "KillCampaign", "Tally"]

# "aimed": the run is killed within milliseconds of a result being staged, where publishing takes place.
KILLS: Final = ("worker", "tesseract", "run", "everything", "aimed", "interrupt", "worker", "run", "guard")
_PREY: Final[dict[str, Callable[[Process], bool]]] = {
    "worker": lambda each: each.is_worker,
    "tesseract": lambda each: each.is_tesseract,
    "guard": lambda each: each.is_guard,
}
_WORKERS: Final = 2
_ORPHAN_SECONDS: Final = 15.0
_SHORTEST_HANG: Final = 90.0
_AIM_SECONDS: Final = 8.0


@dataclass(slots=True)
class Tally:
    """What a campaign did and found.

    Attributes:
        kills: How many of each kind hit something.
        runs: How many times ``sohoa batch`` was started.
        rounds: How many batches were read to their end.
        faults: What was wrong, with the round and the kills before it.
    """

    kills: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    rounds: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class KillCampaign:
    """Reads one batch again and again into new output folders, killing as it goes.

    Args:
        work: Scratch folder.
        batch: The inputs.
        settings: TOML file of the runs.
        reference: What an undisturbed run made.
        pace: Seconds that the undisturbed run took; kills come within a fifth of that after a start.
        seed: The same seed draws the same kinds and delays; what they hit depends on the machine's pace.
        say: Hears of each fault as it is found.
    """

    work: Path
    batch: MixedBatch
    settings: Path
    reference: Reference
    pace: float
    seed: int
    say: Callable[[str], None]
    tally: Tally = field(default_factory=Tally)

    def go(self, kills: int) -> Tally:
        """Kill ``kills`` times; every batch that was begun is read to its end and audited."""
        draw = random.Random(self.seed)  # noqa: S311
        # More than are needed: some come too late, when the batch has been read.
        plan = [(KILLS[number % len(KILLS)], draw.uniform(0, max(3.0, self.pace / 5))) for number in range(4 * kills)]
        draw.shuffle(plan)
        coming = iter(plan)
        while self.tally.kills.total() < kills and self._round(coming, kills):
            pass
        return self.tally

    def _round(self, coming: Iterator[tuple[str, float]], kills: int) -> int:
        """One batch from beginning to end; how many kills were drawn for it."""
        number = self.tally.rounds
        out, before = self.work / f"out-{number}", self.tally.kills.total()
        stood: dict[str, int] = {}
        drawn = 0
        for kind, delay in coming:
            drawn += 1
            run = self._start(out)
            hit = self._strike(run, kind, delay)
            code = self._end(run, killed=hit and kind in {"run", "everything", "aimed"})
            self.tally.kills[kind] += hit
            self._report(number, kind, self._middle(out, stood, code, hit=hit, kind=kind, run=run))
            stood = published(out)
            if not hit or self.tally.kills.total() >= kills:
                break  # the batch came to its end before, or there have been enough
        run = self._start(out)
        code = self._end(run, killed=False)
        faults = [] if code in {0, 7} else [f"exit code {code}: {run.said()}"]
        faults += at_rest(out, run.temporary, self.batch, self.reference) + self._read_again(out, stood)
        faults += self._attempts(out, self.tally.kills.total() - before)
        self._report(number, "end", faults)
        self.tally.rounds += 1
        if not faults:
            shutil.rmtree(out)
        return drawn

    def _start(self, out: Path) -> RunningBatch:
        run = RunningBatch(self.batch.source, out, self.settings, out.with_name(f"{out.name}-tmp"), _WORKERS)
        run.start()
        self.tally.runs += 1
        return run

    def _strike(self, run: RunningBatch, kind: str, delay: float) -> bool:
        """Kill what ``kind`` says after ``delay`` seconds; whether there was something to kill."""
        if kind == "aimed":
            return self._strike_aimed(run, delay)
        time.sleep(delay)
        if kind in _PREY:
            deadline = time.monotonic() + _AIM_SECONDS
            while run.is_running and time.monotonic() < deadline:
                prey = [each for each in run.processes() if _PREY[kind](each)]
                if prey and prey[int(delay * 1000) % len(prey)].kill():
                    return True
                time.sleep(0.01)
            return False
        if not run.is_running:
            return False
        if kind == "everything":
            run.stop()
        else:
            run.process.send_signal(signal.SIGINT if kind == "interrupt" else signal.SIGKILL)
        return True

    def _strike_aimed(self, run: RunningBatch, delay: float) -> bool:
        staging = run.out / ".sohoa" / "staging"
        wanted = 1 + int(delay)  # so many results are staged first
        seen: set[Path] = set()
        while run.is_running:
            seen |= {*staging.glob("*")}
            if len(seen) >= wanted:
                time.sleep(delay % 1 / 20)
                run.process.kill()
                return True
            time.sleep(0.001)
        return False

    def _end(self, run: RunningBatch, *, killed: bool) -> int | None:
        """Wait for the end of a run and of all its processes."""
        patience = max(_SHORTEST_HANG, 5 * self.pace)
        code = run.wait(patience)
        if code is None:
            self._report(self.tally.rounds, "hang", [f"silent for {patience:.0f} s: {run.stack()}"])
        left = run.leftovers(_ORPHAN_SECONDS)
        if left:
            what = "; ".join(f"{each.pid} {each.command[:80]!r}" for each in left)
            when = "killed run" if killed else "run"
            self._report(self.tally.rounds, "processes", [f"{_ORPHAN_SECONDS:.0f} s after its {when} lives: {what}"])
        run.stop()
        return code

    def _middle(
        self, out: Path, stood: dict[str, int], code: int | None, *, hit: bool, kind: str, run: RunningBatch
    ) -> list[str]:
        """What may not be wrong at any moment, whatever was killed."""
        # -2: Python itself ends so where Ctrl-C comes before sohoa is up.
        allowed = (
            {0, 7, 130, -signal.SIGINT}
            if kind == "interrupt"
            else {-9}
            if kind in {"run", "everything", "aimed"}
            else {0, 7}
        )
        faults = [] if code in (allowed if hit else {0, 7}) else [f"exit code {code}: {run.said()}"]
        faults += whole_results(out, self.reference) + originals(self.batch) if out.exists() else []
        rows = {entry.path for entry in entries_of(out)}
        faults += [f"row of no input: {key}" for key in rows - self.batch.expected.keys()]
        if rows and code != -signal.SIGKILL and code is not None:  # Ctrl-C may come before the run has begun
            faults += [f"unaccounted for: {key}" for key in self.batch.expected.keys() - rows]
        return faults + self._read_again(out, stood)

    @staticmethod
    def _read_again(out: Path, stood: dict[str, int]) -> list[str]:
        """Documents that were done before and have a new result now."""
        now = published(out)
        return [f"read twice: {folder}" for folder, inode in stood.items() if now.get(folder) != inode]

    @staticmethod
    def _attempts(out: Path, kills: int) -> list[str]:
        """A kill costs at most the documents in hand, one a worker."""
        done = [entry for entry in entries_of(out) if entry.state is State.DONE and not entry.duplicate_of]
        wasted = sum(max(0, getattr(entry, "attempts", 1) - 1) for entry in done)
        most = kills * _WORKERS
        return [f"{wasted} attempts too many after {kills} kills of {_WORKERS} workers"] if wasted > most else []

    def _report(self, number: int, when: str, faults: list[str]) -> None:
        for fault in faults:
            self.tally.faults.append(f"round {number}, {when}: {fault}")
            self.say(self.tally.faults[-1])
