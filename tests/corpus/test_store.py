"""Result folders appear whole or not at all, and a person's corrections outlive them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.record_json import record_to_json
from corpus.store import (
    CORRECTIONS,
    RECORD,
    folder_for,
    hold,
    publish,
    read_record,
    recover,
    refresh_checked,
    stage,
    staging_folder,
    withdraw,
)
from extract.record import DocumentFields, Reading, Record, Source
from normalize.errors import DamagedInputError, DiskFullError, OutputError


def _record(number: str) -> Record:
    reading = Reading(value=number, raw=number, confidence=0.9, rule="test")
    recipient = Reading(value="Sở Nội vụ", raw="- Sở Nội vụ;", confidence=0.9, rule="test")
    fields = DocumentFields(number=reading, recipients=[recipient])
    return Record(source=Source(name="a.pdf", pages=1), document=fields)


def _put(out: Path, folder: Path, number: str) -> None:
    with stage(out) as staged:
        (staged / RECORD).write_text(record_to_json(_record(number)), "utf-8")
        (staged / "text.txt").write_text(number, "utf-8")
    publish(staged, folder)


def _correct(folder: Path, *corrections: dict[str, str]) -> None:
    text = json.dumps({"schema": "sohoa/corrections/1", "corrections": corrections})
    (folder / CORRECTIONS).write_text(text, "utf-8")


BY_LAN = {"by": "Lan", "at": "2031-05-12T08:00:00+07:00"}


def test_a_result_replaces_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "sub" / "a.pdf"
    _put(tmp_path, folder, "05")
    (folder / "evidence-9.png").write_bytes(b"of the first run")
    _put(tmp_path, folder, "06")
    assert read_record(folder).document.number.value == "06"
    assert sorted(path.name for path in folder.iterdir()) == [RECORD, "text.txt"]
    assert [path.name for path in folder.parent.iterdir()] == ["a.pdf"]


def test_nothing_is_there_when_writing_fails(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="disk is full"), stage(tmp_path) as staged:
        (staged / RECORD).write_text("{}", "utf-8")
        raise OSError(28, "No space left on device")
    assert not staged.exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_result(small_disk: Path) -> None:
    _put(small_disk, small_disk / "a.pdf", "05")
    with pytest.raises(OutputError, match="disk is full"), stage(small_disk) as staged:
        (staged / "searchable.pdf").write_bytes(bytes(1 << 20))
    assert read_record(small_disk / "a.pdf").document.number.value == "05"
    _put(small_disk, small_disk / "a.pdf", "06")
    assert read_record(small_disk / "a.pdf").document.number.value == "06"


def test_corrections_survive_and_fill_checked(tmp_path: Path) -> None:
    folder = tmp_path / "a.pdf"
    _put(tmp_path, folder, "05")
    _correct(
        folder,
        {"field": "number", "value": "08", **BY_LAN},
        {"field": "recipients", "raw": "- Sở Nội vụ;", "value": "Sở Nội vụ tỉnh", **BY_LAN},
        {"field": "issue_date", "value": "2031-05-12", **BY_LAN},
        {"field": "addressees", "raw": "not there", "value": "x", **BY_LAN},
    )
    for _ in range(2):
        _put(tmp_path, folder, "06")
        record = read_record(folder)
        assert record.document.number.value == "06"
        assert record.document.number.checked.value == "08"
        assert record.document.recipients[0].checked.by == "Lan"
        assert record.document.issue_date.value is None
        assert record.document.issue_date.checked.value == "2031-05-12"
        assert record.warnings == ["correction_without_field: addressees"]


def test_corrections_taken_back_leave_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "a.pdf"
    _put(tmp_path, folder, "05")
    before = (folder / RECORD).read_bytes()
    _correct(folder, {"field": "number", "value": "08", **BY_LAN}, {"field": "signer", "value": "A", **BY_LAN})
    refresh_checked(folder)
    assert read_record(folder).document.signer.checked.value == "A"
    _correct(folder)
    refresh_checked(folder)
    assert (folder / RECORD).read_bytes() == before


def test_broken_corrections_stop_the_swap(tmp_path: Path) -> None:
    folder = tmp_path / "a.pdf"
    _put(tmp_path, folder, "05")
    (folder / CORRECTIONS).write_text("{oops", "utf-8")
    with pytest.raises(DamagedInputError):
        _put(tmp_path, folder, "06")
    assert read_record(folder).document.number.value == "05"
    assert (folder / CORRECTIONS).read_text("utf-8") == "{oops"


def test_a_swap_cut_short_is_finished(tmp_path: Path) -> None:
    folder = tmp_path / "a.pdf"
    _put(tmp_path, folder, "05")
    _correct(folder)
    folder.rename(tmp_path / ".a.pdf.replaced")  # what a kill between the two renames leaves
    recover(folder)
    assert read_record(folder).document.number.value == "05"
    assert (folder / CORRECTIONS).exists()


def test_a_swap_cut_short_after_the_new_result_is_cleaned_up(tmp_path: Path) -> None:
    folder, old = tmp_path / "a.pdf", tmp_path / ".a.pdf.replaced"
    _put(tmp_path, folder, "05")
    folder.rename(old)
    _put(tmp_path, tmp_path / "b.pdf", "06")
    (tmp_path / "b.pdf").rename(folder)
    recover(folder)
    assert read_record(folder).document.number.value == "06"
    assert not old.exists()


@pytest.mark.parametrize("stranger", ["notes.docx", "1.jpg/record.json"])
def test_what_is_no_result_is_never_swept_away(tmp_path: Path, stranger: str) -> None:
    folder = tmp_path / "dossier"
    (folder / stranger).parent.mkdir(parents=True)
    (folder / stranger).write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="in the way"):
        _put(tmp_path, folder, "05")
    assert (folder / stranger).read_text("utf-8") == "mine"


def test_withdrawing_keeps_corrections_only(tmp_path: Path) -> None:
    _put(tmp_path, tmp_path / "a.pdf", "05")
    _put(tmp_path, tmp_path / "b.pdf", "05")
    _correct(tmp_path / "a.pdf")
    withdraw(tmp_path / "a.pdf")
    withdraw(tmp_path / "b.pdf")
    assert [path.name for path in (tmp_path / "a.pdf").iterdir()] == [CORRECTIONS]
    assert not (tmp_path / "b.pdf").exists()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    other = f"from pathlib import Path\nfrom corpus.store import hold\nwith hold(Path({str(out)!r})): pass\n"
    with hold(out):
        run = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False)
    assert "Another run is writing" in run.stderr
    subprocess.run([sys.executable, "-c", other], check=True)


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    with stage(tmp_path) as staged:
        (staged / "text.txt").write_text("half", "utf-8")
    with hold(tmp_path):
        assert not staged.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_no_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError), hold(tmp_path / "out"):
        pass


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", "utf-8")
    with pytest.raises(OutputError), hold(tmp_path / "out"):
        pass


def test_folder_names() -> None:
    assert str(folder_for("sub/Tờ trình 05.pdf")) == "sub/Tờ trình 05.pdf"
    assert str(folder_for("a\\xff.pdf")) == "a%xff.pdf"
    long = "ệ" * 80 + ".pdf"
    nfd = "e\u0323\u0302" * 80 + ".pdf"
    for name in (long, nfd, "a" * 250, "." + "b" * 240):
        short = str(folder_for(name))
        assert len(short.encode()) <= 200
        assert short.endswith(Path(name).suffix)
    assert folder_for("a" * 250) != folder_for("a" * 249 + "b")


def test_a_full_disk_is_told_apart_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError, match="the disk is full"), stage(tmp_path) as staged:
        (staged / "text.txt").write_text("half", "utf-8")
        raise OSError(28, "No space left on device")
    assert not list((tmp_path / ".sohoa" / "staging").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="other permissions")
def test_what_is_on_its_way_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    assert staging_folder(tmp_path).stat().st_mode & 0o777 == 0o700
