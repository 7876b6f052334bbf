"""Restoring leaves nothing behind: no store of the runtime's telemetry, no file at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_runtime_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    scratch.mkdir()
    # CI silences the telemetry by itself: the test is of what happens at a user's.
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "XDG_CACHE_HOME"}}
    code = "from normalize.restoration import restore; assert restore('Can cu Quyet dinh cua Uy ban tinh').changes"
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=environment | {"HOME": str(home), "TMPDIR": str(scratch), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert [*home.rglob("*"), *scratch.rglob("*")] == []
