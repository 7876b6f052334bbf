"""Every input is accounted for, whatever it is and whatever happens; nothing is done twice; originals stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.ledger import State
from corpus.store import CORRECTIONS, read_record
from sohoa.inputs import escaped
from tests.hostile import make_hostile
from tests.sohoa.faults import CountingExecutor
from tests.sohoa.runs import batch, files_below, ledger_of, letter, results_below, states, three_letters


def test_a_tree_is_read_and_read_once(source: Path, out: Path) -> None:
    (source / "sub").mkdir()
    (source / "a.txt").write_text(letter(1), "utf-8")
    (source / "sub" / "b.txt").write_text(letter(2), "utf-8")
    (source / ".DS_Store").write_bytes(b"\x00")
    before = files_below(source)
    report = batch(source, out)
    assert states(report) == {"a.txt": "done", "sub/b.txt": "done", ".DS_Store": "skipped"}
    assert report.equation == "3 inputs = 2 done + 0 failed + 0 held + 1 skipped"
    assert read_record(out / "sub/b.txt").document.number.value == "02"
    assert sorted(path.name for path in (out / "sub/b.txt").iterdir()) == ["record.json", "text.txt"]

    results, executor = results_below(out), CountingExecutor()
    again = batch(source, out, executor)
    assert executor.read == []
    assert again.equation == "3 inputs = 0 done + 0 failed + 0 held + 3 skipped"
    assert results_below(out) == results
    assert files_below(source) == before


def test_what_changed_is_read_again(source: Path, out: Path) -> None:
    three_letters(source)
    (source / "4.txt").write_text(letter(4), "utf-8")
    batch(source, out)
    (source / "2.txt").write_text(letter(22), "utf-8")
    (out / "3.txt" / "record.json").unlink()
    (out / "1.txt" / "record.json").write_text("{", "utf-8")
    executor = CountingExecutor()
    batch(source, out, executor)
    assert executor.read == ["1.txt", "2.txt", "3.txt"]
    assert read_record(out / "2.txt").document.number.value == "22"


def test_other_options_or_versions_read_again(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    for change in ({"evidence": True}, {"evidence": True, "redo": "all"}):
        executor = CountingExecutor()
        batch(source, out, executor, **change)
        assert executor.read == ["a.txt"]
    executor = CountingExecutor()
    batch(source, out, executor, evidence=True, page_seconds=7)
    assert executor.read == []
    monkeypatch.setattr("sohoa.books.version", lambda: "99")
    batch(source, out, executor, evidence=True)
    assert executor.read == ["a.txt"]


def test_identical_bytes_are_read_once(source: Path, out: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (source / name).write_text(letter(), "utf-8")
    executor = CountingExecutor()
    report = batch(source, out, executor)
    assert executor.read == ["a.txt"]
    assert set(states(report).values()) == {"done"}
    rows = ledger_of(out)
    assert [rows[name].duplicate_of for name in ("a.txt", "b.txt", "c.txt")] == [None, "a.txt", "a.txt"]
    assert rows["c.txt"].folder == "a.txt"
    assert not (out / "b.txt").exists()
    assert set(states(batch(source, out, executor)).values()) == {"skipped"}

    (source / "a.txt").write_text(letter(7), "utf-8")  # b is the first of its bytes now
    batch(source, out, executor)
    rows = ledger_of(out)
    assert executor.read == ["a.txt", "a.txt", "b.txt"]
    assert [rows[name].duplicate_of for name in ("a.txt", "b.txt", "c.txt")] == [None, None, "b.txt"]
    assert read_record(out / "b.txt").document.number.value == "15"


def test_a_duplicate_of_a_failure_fails_without_being_read(source: Path, out: Path) -> None:
    (source / "a.pdf").write_bytes(b"%PDF-1.4 nothing more")
    (source / "b.pdf").write_bytes(b"%PDF-1.4 nothing more")
    report = batch(source, out)
    assert states(report) == {"a.pdf": "failed", "b.pdf": "failed"}
    assert ledger_of(out)["b.pdf"].duplicate_of == "a.pdf"


def test_corrections_survive_and_count_without_reading(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    corrections = [{"field": "number", "by": "Lan", "at": "2031-05-13", "value": "16"}]
    text = json.dumps({"schema": "sohoa/corrections/1", "corrections": corrections})
    (out / "a.txt" / CORRECTIONS).write_text(text, "utf-8")
    executor = CountingExecutor()
    batch(source, out, executor)
    assert executor.read == []
    assert read_record(out / "a.txt").document.number.checked.value == "16"
    batch(source, out, redo="all")
    assert read_record(out / "a.txt").document.number.checked.value == "16"


def test_corrections_that_cannot_be_read_stop_nothing_else(source: Path, out: Path) -> None:
    """A person's file of another encoding is told; one with Windows' mark before it counts."""
    for number, name in enumerate(["a.txt", "b.txt"]):
        (source / name).write_text(letter(number), "utf-8")
    batch(source, out)
    text = (
        '{"schema": "sohoa/corrections/1", "corrections": [{"field": "signer", "by": "Tâm", "at": "", "value": "Lò"}]}'
    )
    (out / "a.txt" / CORRECTIONS).write_text(text, "latin-1")
    (out / "b.txt" / CORRECTIONS).write_text(text, "utf-8-sig")
    assert states(batch(source, out)) == {"a.txt": "failed", "b.txt": "skipped"}
    assert "corrections.json" in ledger_of(out)["a.txt"].error
    assert read_record(out / "b.txt").document.signer.checked.value == "Lò"


def test_a_result_does_not_outlive_its_content(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    (source / "a.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert states(batch(source, out)) == {"a.txt": "failed"}
    assert not (out / "a.txt").exists()
    (source / "a.txt").write_text(letter(), "utf-8")
    assert states(batch(source, out)) == {"a.txt": "done"}


@pytest.mark.parametrize(("choice", "warning"), [("access-copy", "unsigned_access_copy"), ("none", "signed_original")])
def test_a_signed_pdf_has_an_unsigned_copy_or_none(source: Path, out: Path, choice: str, warning: str) -> None:
    made = source.parent / "made"
    made.mkdir()
    signed = make_hostile(made)["signed.pdf"].path.rename(source / "signed.pdf")
    before = signed.read_bytes()
    assert batch(source, out, signed=choice).count(State.DONE) == 1
    assert (out / "signed.pdf" / "searchable.pdf").exists() is (choice == "access-copy")
    assert any(text.startswith(warning) for text in read_record(out / "signed.pdf").warnings)
    assert signed.read_bytes() == before


@pytest.mark.slow
def test_hostile_files_are_all_accounted_for(source: Path, out: Path) -> None:
    cases = make_hostile(source)
    (source / "good.txt").write_text(letter(), "utf-8")
    before = files_below(source)
    report = batch(source, out, limits={"page_pixels": 500_000})  # small pictures: nothing here is worth reading well
    assert report.inputs == len(report.outcomes) == len(ledger_of(out))
    assert sum(report.count(state) for state in State) == report.inputs
    assert states(report)["good.txt"] == "done"
    assert files_below(source) == before
    rows = ledger_of(out)
    for case in cases.values():
        key = escaped(case.path.relative_to(source).as_posix())
        if case.error is None or key not in rows:
            continue
        assert rows[key].state is State.FAILED, key
        assert rows[key].error_code == case.error("").code, key
        assert rows[key].error.count(".") >= 1
