"""The short form of the fault campaign (`make faults` runs the long one): kills at random moments lose nothing."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from benchmarks.faults.audit import at_rest, reference_of, whole_results
from benchmarks.faults.kills import KillCampaign
from benchmarks.faults.mixed_batch import SETTINGS, MixedBatch, make_batch
from benchmarks.faults.mutants import mutant
from benchmarks.faults.processes import RunningBatch
from benchmarks.faults.troubles import TROUBLES, TroubleMaker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


class Undisturbed:
    """A batch, and what comes of it when nothing happens."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.settings = work / "settings.toml"
        self.settings.write_text(SETTINGS, "utf-8")
        self.batch: MixedBatch = make_batch(work / "in", small=True)
        self.run = RunningBatch(self.batch.source, work / "reference", self.settings, work / "reference-tmp")
        start = time.monotonic()
        self.run.start()
        assert self.run.wait(240) == 7, self.run.said()
        self.pace = time.monotonic() - start
        self.reference = reference_of(self.run.out)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed(tmp_path_factory.mktemp("faults"))


@pytest.mark.slow
def test_an_undisturbed_run_is_as_expected(undisturbed: Undisturbed) -> None:
    assert undisturbed.reference.states == undisturbed.batch.expected
    assert at_rest(undisturbed.run.out, undisturbed.run.temporary, undisturbed.batch, undisturbed.reference) == []


@pytest.mark.slow
def test_the_audit_sees_faults(undisturbed: Undisturbed) -> None:
    """A campaign that finds nothing says something only if the audit can find something."""
    out, reference = undisturbed.run.out, undisturbed.reference
    folder = next(folder for folder, names in reference.files.items() if "searchable.pdf" in names)
    broken = {"searchable.pdf": b"%PDF-1.7", "record.json": b"{", "pages.json": b"{}", "text.txt": b""}
    for name, data in broken.items():
        kept = (out / folder / name).read_bytes()
        (out / folder / name).write_bytes(data)
        assert any(folder in fault for fault in whole_results(out, reference)), name
        (out / folder / name).unlink()
        assert f"half a result: {folder}" in whole_results(out, reference)[0]
        (out / folder / name).write_bytes(kept)
    original = undisturbed.batch.source / "typed.pdf"
    kept = original.read_bytes()
    original.write_bytes(kept + b" ")
    faults = at_rest(out, undisturbed.run.temporary, undisturbed.batch, reference)
    original.write_bytes(kept)
    undisturbed.batch.originals[original] = (undisturbed.batch.originals[original][0], original.stat().st_mtime_ns)
    assert faults == [f"original changed: {original}"]


@pytest.mark.slow
def test_kills_at_random_moments_lose_nothing(undisturbed: Undisturbed) -> None:
    each = undisturbed
    campaign = KillCampaign(each.work, each.batch, each.settings, each.reference, each.pace, 1, print)
    tally = campaign.go(6)
    assert tally.faults == []
    assert tally.kills.total() >= 6


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clock jumps"])
def test_troubles(undisturbed: Undisturbed, name: str) -> None:
    each = undisturbed
    trouble = TroubleMaker(each.work, each.batch, each.settings, each.reference, each.pace, 1).make(name)
    assert trouble.faults == ()
    if trouble.skipped:
        pytest.skip(trouble.skipped)
    assert name in TROUBLES


def test_mutants_are_the_same_for_the_same_seed() -> None:
    assert [mutant(7, number) for number in range(60)] == [mutant(7, number) for number in range(60)]
    assert mutant(7, 1) != mutant(8, 1)
