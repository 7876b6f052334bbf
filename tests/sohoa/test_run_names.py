"""Inputs and their names: those that meet, those that a file system or a terminal chokes on, pages in folders."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import read_record
from normalize.errors import NotFoundError, UsageError
from ocr.limits import DEFAULT_LIMITS
from sohoa.inputs import find_inputs, fingerprint, named_inputs
from tests.sohoa.runs import batch, ledger_of, letter, read_files, states


def test_read_gives_namesakes_a_folder_each(tmp_path: Path, out: Path) -> None:
    paths = []
    for number, folder in enumerate(("x", "y"), 1):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "a.txt")
        paths[-1].write_text(letter(number), "utf-8")
    report = read_files(paths, out)
    assert states(report) == {"a.txt": "done", "a.txt~2": "done"}
    assert read_record(out / "a.txt~2").source.name == "a.txt"
    assert states(read_files(paths[1:], out)) == {"a.txt~2": "skipped"}
    assert read_record(out / "a.txt").document.number.value == "01"


def test_names_that_differ_in_case_or_form_do_not_meet(source: Path, out: Path) -> None:
    composed = unicodedata.normalize("NFC", "thông báo.txt")
    names = ["A.txt", "a.txt", composed, unicodedata.normalize("NFD", composed)]
    for number, name in enumerate(names):
        (source / name).write_text(letter(number), "utf-8")
    if len(list(source.iterdir())) < len(names):
        pytest.skip("this file system knows no such twins")
    report = batch(source, out)
    folders = [outcome.entry.folder for outcome in report.outcomes]
    assert len({unicodedata.normalize("NFC", folder).casefold() for folder in folders}) == len(names)
    assert sum(folder.endswith("~2") for folder in folders) == 2
    assert {read_record(out / folder).document.number.value for folder in folders} == {"00", "01", "02", "03"}


def test_hard_names(source: Path, out: Path) -> None:
    names = [
        os.fsencode(unicodedata.normalize("NFD", "ệ") * 48 + ".txt"),
        b"t\xf6 tr\xecnh.txt",
        b"t\\xf6 tr\\xecnh.txt",
        b"line\nbreak\x1b[31m.txt",
        b"escape\x1b[2J.pdf",
        b"ledger.sqlite",
        b"~2.txt",
    ]
    try:
        for number, name in enumerate(names):
            (source / os.fsdecode(name)).write_text(letter(number), "utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    report = batch(source, out)
    rows = ledger_of(out)
    assert len(rows) == len(names)
    assert all(key.isprintable() for key in rows)
    assert Counter(states(report).values()) == {"done": len(names) - 2, "failed": 2}
    assert states(report)["ledger.sqlite"] == "failed"  # no ending of a text
    assert all(row.error is None or row.error.isprintable() for row in rows.values())
    assert set(states(batch(source, out)).values()) == {"skipped", "failed"}


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that users without privileges reach, as they do not reach those of a test that runs as root."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="other permissions")
def test_a_folder_that_may_not_be_entered_fails_alone(open_to_all: Path, out: Path) -> None:
    for name in ("a.txt", "unreadable.txt"):
        (open_to_all / name).write_text(letter(), "utf-8")
    (open_to_all / "closed").mkdir()
    (open_to_all / "closed").chmod(0)
    (open_to_all / "unreadable.txt").chmod(0)
    user = os.geteuid()
    os.seteuid(65534 if user == 0 else user)  # root may enter everything
    try:
        inputs = find_inputs(open_to_all, out=out, pages_in_folders=False)
        trouble = {item.key: item.trouble.what for item in inputs if item.trouble}
        typed = named_inputs([open_to_all / "closed" / "b.txt"], joined=None, pages_in_folders=False)
        for item in (inputs[-1], *typed):
            with pytest.raises(NotFoundError, match="permission denied"):
                fingerprint(item, DEFAULT_LIMITS)
    finally:
        os.seteuid(user)
        (open_to_all / "closed").chmod(0o755)
    assert [item.key for item in inputs] == ["a.txt", "closed", "unreadable.txt"]
    assert trouble == {"closed": "closed cannot be listed: Permission denied."}


def test_natural_order(source: Path, out: Path) -> None:
    for name in ("10.txt", "9.txt", "b/1.txt", "B/0.txt"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(letter(), "utf-8")
    keys = [item.key for item in find_inputs(source, out=out, pages_in_folders=False)]
    assert keys == ["9.txt", "10.txt", "B/0.txt", "b/1.txt"]


def test_a_folder_of_images_is_one_document(source: Path, out: Path, drawn_page: Path) -> None:
    (source / "scan").mkdir()
    (source / "mixed").mkdir()
    for name in ("scan/10.png", "scan/9.png", "mixed/1.png", "mixed/notes.txt"):
        (source / name).write_bytes(drawn_page.read_bytes())
    items = {item.key: item for item in find_inputs(source, out=out, pages_in_folders=True)}
    assert sorted(items) == ["mixed/1.png", "mixed/notes.txt", "scan"]
    assert [path.name for path in items["scan"].paths] == ["9.png", "10.png"]


def test_read_takes_a_folder_of_images_for_one_document(tmp_path: Path, drawn_page: Path) -> None:
    (tmp_path / "scan").mkdir()
    for name in ("p10.png", "p9.png", ".DS_Store"):
        (tmp_path / "scan" / name).write_bytes(drawn_page.read_bytes())
    [item] = named_inputs([tmp_path / "scan"], joined=None, pages_in_folders=True)
    assert item.key == "scan"
    assert [path.name for path in item.paths] == ["p9.png", "p10.png"]
    with pytest.raises(UsageError, match="--pages-in-folders"):
        named_inputs([tmp_path / "scan"], joined=None, pages_in_folders=False)
    (tmp_path / "scan" / "notes.txt").write_text("no page", "utf-8")
    with pytest.raises(UsageError, match="page images only"):
        named_inputs([tmp_path / "scan"], joined=None, pages_in_folders=True)


def test_loose_pages_are_joined(tmp_path: Path, out: Path, drawn_page: Path) -> None:
    second = tmp_path / "b.png"
    second.write_bytes(drawn_page.read_bytes())
    report = read_files([drawn_page, second], out, joined="Quyết định 15")
    assert states(report) == {"Quyết định 15": "done"}
    record = read_record(out / "Quyết định 15")
    assert record.source.pages == 2
    assert record.source.bytes == 2 * drawn_page.stat().st_size
    assert (out / "Quyết định 15" / "text.txt").read_text("utf-8").count("\f") == 1
    assert (out / "Quyết định 15" / "searchable.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\nb"])
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        named_inputs([tmp_path / "a.png"], joined=name, pages_in_folders=False)
