"""Temporary files of runs that were killed with their guard are removed by the next run, those of living ones never."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sohoa.scratch import Scratch

_RUN = "from sohoa.scratch import Scratch; print(Scratch.make().folder, flush=True); input()"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is swept there")
def test_the_next_run_removes_what_a_killed_one_left(temporary: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        theirs = Path(run.stdout.readline().decode().strip())
        (theirs / "page.ppm").touch()
        while_it_lives = Scratch.make()
        assert (theirs / "page.ppm").exists()
        run.kill()
        run.wait()
    after = Scratch.make()
    assert {*temporary.iterdir()} == {while_it_lives.folder, after.folder}
    while_it_lives.let_go()
    after.let_go()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is swept there")
def test_what_a_guard_removed_only_in_part_is_removed(temporary: Path) -> None:
    theirs = Scratch.make()
    (theirs.folder / "worker").mkdir()
    (theirs.folder / "lock").unlink()
    theirs.let_go()
    after = Scratch.make()
    assert [*temporary.iterdir()] == [after.folder]
    after.let_go()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is swept there")
def test_what_only_looks_like_one_is_left(temporary: Path) -> None:
    mine = temporary / "sohoa-run-notes"
    mine.mkdir()
    (temporary / "sohoa-run-link").symlink_to(mine)
    Scratch.make().let_go()
    assert mine.is_dir()
    assert (temporary / "sohoa-run-link").is_symlink()
