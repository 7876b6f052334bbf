"""The fault campaign: ``python -m benchmarks.faults [--kills 200] [--mutants 2000] [--seed 1] [--report FILE]``."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks.faults.audit import Reference, reference_of
from benchmarks.faults.kills import KillCampaign, Tally
from benchmarks.faults.mixed_batch import SETTINGS, MixedBatch, make_batch
from benchmarks.faults.mutant_run import MutantTally, read_mutants
from benchmarks.faults.processes import RunningBatch
from benchmarks.faults.troubles import TROUBLES, Trouble, TroubleMaker

_CONSOLE = Console()
_LONGEST_REFERENCE = 900.0


def main() -> None:
    """Run the parts that were asked for; exit code 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--troubles", nargs="*", default=list(TROUBLES), choices=list(TROUBLES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="a small batch for the kills too")
    parser.add_argument("--work", type=Path, help="scratch folder, kept; a temporary one without it")
    parser.add_argument("--report", type=Path, help="file to put the result into, as Markdown")
    arguments = parser.parse_args()
    # A shell starts what it puts into the background deaf to Ctrl-C, and the runs would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="faults-") as temporary:
        sections = _parts(arguments, arguments.work or Path(temporary))
    faults = [fault for _, found in sections for fault in found]
    if arguments.report:
        _write_report(arguments.report, sections)
    say(f"{len(faults)} faults in all")
    sys.exit(bool(faults))


def _parts(arguments: argparse.Namespace, work: Path) -> list[tuple[str, list[str]]]:
    """What each part did, as a line, and what it found wrong."""
    sections = []
    for small in sorted({arguments.small, True}):
        troubles = arguments.troubles if small else []
        kills = arguments.kills if small == arguments.small else 0
        if not kills and not troubles:
            continue
        place = work / ("small" if small else "large")
        place.mkdir(parents=True)
        settings = place / "settings.toml"
        settings.write_text(SETTINGS, "utf-8")
        batch = make_batch(place / "in", small=small)
        reference, pace, faults = _undisturbed(place, batch, settings)
        sections.append((f"Undisturbed run: {len(batch.expected)} inputs, {pace:.0f} s", faults))
        if kills:
            start = time.monotonic()
            tally = KillCampaign(place, batch, settings, reference, pace, arguments.seed, say).go(kills)
            sections.append((_of_kills(tally, time.monotonic() - start), tally.faults))
        maker = TroubleMaker(place, batch, settings, reference, pace, arguments.seed)
        sections += [_of_trouble(maker.make(name)) for name in troubles]
    if arguments.mutants:
        mutants = read_mutants(work / "mutants", arguments.mutants, arguments.seed, say)
        sections.append((_of_mutants(mutants), mutants.faults))
    return sections


def _undisturbed(work: Path, batch: MixedBatch, settings: Path) -> tuple[Reference, float, list[str]]:
    """A first run that nothing disturbs: what every other must come to, and how long it took."""
    start = time.monotonic()
    run = RunningBatch(batch.source, work / "reference", settings, work / "reference-tmp")
    run.start()
    run.wait(_LONGEST_REFERENCE)
    reference = reference_of(work / "reference")
    states = {key: reference.states.get(key) for key in batch.expected}
    wrong = [f"{key} is {state}" for key, state in states.items() if state != batch.expected[key]]
    for fault in wrong:
        say(fault)
    return reference, time.monotonic() - start, wrong


def _of_kills(tally: Tally, seconds: float) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.kills.items()))
    line = f"Kills: {kinds}; {tally.runs} runs, {tally.rounds} batches read to their end, {seconds:.0f} s"
    say(line)
    return line


def _of_trouble(trouble: Trouble) -> tuple[str, list[str]]:
    line = f"{trouble.name}: {f'SKIPPED, {trouble.skipped}' if trouble.skipped else len(trouble.faults) or 'well'}"
    for each in (line, *trouble.faults):
        say(each)
    return line, list(trouble.faults)


def _of_mutants(tally: MutantTally) -> str:
    endings = ", ".join(f"{count} {ending}" for ending, count in tally.endings.most_common())
    line = (
        f"Mutants: {endings}; longest {tally.longest_seconds:.1f} s, most memory {tally.most_bytes / 2**20:.0f} MB, "
        f"{tally.seconds:.0f} s in all"
    )
    say(line)
    return line


def _write_report(path: Path, sections: list[tuple[str, list[str]]]) -> None:
    command = shlex.join(["python", "-m", "benchmarks.faults", *sys.argv[1:]])
    lines = [f"{datetime.now(UTC):%Y-%m-%d}, `{command}`:", ""]
    for line, faults in sections:
        lines.append(f"- {line}: {len(faults)} faults")
        lines += [f"  - {fault}" for fault in faults]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def say(sentence: str) -> None:
    """Print a line."""
    _CONSOLE.print(sentence, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
