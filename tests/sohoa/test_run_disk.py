"""A full disk stops a run in order; with room again, the same command goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.ledger import State
from normalize.errors import DiskFullError, OutputError
from sohoa.room import require_room
from sohoa.run import Report
from sohoa.settings import DEFAULT_SETTINGS
from tests.sohoa.faults import FaultyExecutor
from tests.sohoa.runs import batch, ledger_of, letter, states, three_letters


@pytest.fixture
def small_disk(out: Path) -> Iterator[Path]:
    """An output folder on a disk of 20 MB."""
    out.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(out)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("a disk can be mounted by root on Linux only")
    yield out
    subprocess.run(["umount", str(out)], check=True)


def _assert_stopped(report: Report, out: Path) -> None:
    assert states(report) == {"1.txt": "done", "2.txt": "waiting", "3.txt": "waiting"}
    assert isinstance(report.stopped, DiskFullError)
    assert ledger_of(out)["2.txt"].state is State.WAITING
    assert not (out / "2.txt").exists()


def test_a_disk_that_gets_full_stops_the_run(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    three_letters(source)
    (source / "2.txt").write_text(letter(2) + "Bà con họp.\n" * 300, "utf-8")
    write = Path.write_text

    def write_a_little(path: Path, text: str, *rest: object, **more: object) -> int:
        if text.count("Bà con họp.") > 100:
            raise OSError(28, "No space left on device")
        return write(path, text, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", write_a_little)
        _assert_stopped(batch(source, out), out)
    assert batch(source, out).equation == "3 inputs = 2 done + 0 failed + 0 held + 1 skipped"


def test_room_is_looked_for_before_a_document_is_begun(source: Path, small_disk: Path) -> None:
    three_letters(source)
    (source / "2.txt").write_text(letter(2) + "Bà con họp.\n" * 100_000, "utf-8")  # 1.5 MB: with its texts too large
    _assert_stopped(batch(source, small_disk), small_disk)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="gone cannot be written"):
        require_room(tmp_path / "gone", 1, 1, DEFAULT_SETTINGS)


@pytest.mark.slow
def test_a_disk_that_is_full_to_the_last_byte(source: Path, small_disk: Path, tmp_path: Path) -> None:
    """The ledger itself can no longer be written: the run still ends in order, and goes on when there is room."""
    for number, name in enumerate(["1.txt", "fills-the-disk.txt", "z.txt"]):
        (source / name).write_text(letter(number), "utf-8")
    report = batch(source, small_disk, FaultyExecutor(tmp_path))
    assert isinstance(report.stopped, DiskFullError)
    assert states(report) == {"1.txt": "done", "fills-the-disk.txt": "waiting", "z.txt": "waiting"}
    (small_disk / "ballast").unlink()
    assert batch(source, small_disk).equation == "3 inputs = 2 done + 0 failed + 0 held + 1 skipped"
