"""What is marked MẬT is held, and nothing of it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.ledger import State
from tests.sohoa.conftest import draw_page
from tests.sohoa.runs import batch, ledger_of, letter, results_below, states


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secret_is_held(source: Path, out: Path, mark: str) -> None:
    (source / "a.txt").write_text(letter(mark=mark), "utf-8")
    (source / "same.txt").write_text(letter(mark=mark), "utf-8")
    for _ in range(2):
        report = batch(source, out)
        assert report.equation == "2 inputs = 0 done + 0 failed + 2 held + 0 skipped"
    assert results_below(out) == {}
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert "Bãi Sậy".encode() not in everything
    assert ledger_of(out)["a.txt"].error_code == "held_secret"

    report = batch(source, out, allow_secret=True)
    assert report.count(State.DONE) == 2
    assert (out / "a.txt" / "text.txt").is_file()


@pytest.mark.slow
def test_a_red_stamp_on_a_scan_is_seen(source: Path, out: Path) -> None:
    draw_page(source / "a.png", mark="MẬT")
    assert states(batch(source, out, evidence=True)) == {"a.png": "held"}
    assert results_below(out) == {}


def test_what_becomes_secret_is_withdrawn(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    (source / "a.txt").write_text(letter(mark="MẬT"), "utf-8")
    assert states(batch(source, out)) == {"a.txt": "held"}
    assert not (out / "a.txt").exists()
