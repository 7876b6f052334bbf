"""What lists need of a document is read once, and again when its result is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import document_index
from corpus.document_index import IndexedDocument, indexed_documents
from corpus.near_duplicates import sketch_of
from corpus.record_json import record_to_json
from corpus.store import RECORD, TEXT
from extract.record import DocumentFields, Reading, Record, Source

_INDEX = Path(".sohoa", "index.sqlite")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / ".sohoa").mkdir()
    for number in (1, 2, 3):
        _store(tmp_path / str(number), f"họp thôn Bãi Sậy lần {number}")
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The results whose records are opened, as that goes on."""
    names: list[str] = []

    def read(folder: Path) -> Record:
        names.append(folder.name)
        return read_record(folder)

    read_record = document_index.read_record
    monkeypatch.setattr(document_index, "read_record", read)
    return names


def _store(folder: Path, subject: str) -> None:
    folder.mkdir(exist_ok=True)
    reading = Reading(value=subject, raw=subject, confidence=0.9, rule="test")
    record = Record(source=Source(name="x", pages=2), document=DocumentFields(subject=reading))
    (folder / RECORD).write_text(record_to_json(record), "utf-8")
    (folder / TEXT).write_text(f"Mời bà con về {subject}", "utf-8")


def _index(out: Path, *folders: str, version: str = "1") -> dict[str, IndexedDocument]:
    return indexed_documents(out, folders, version)


def test_what_is_known_is_not_opened_again(out: Path, opened: list[str]) -> None:
    first = _index(out, "1", "2")
    assert first["2"].listing.subject == "họp thôn Bãi Sậy lần 2"
    assert first["2"].listing.pages == "2"
    assert first["2"].sketch.tolist() == sketch_of((out / "2" / TEXT).read_text("utf-8")).tolist()
    again = _index(out, "1", "2", "3")
    assert opened == ["1", "2", "3"]
    assert again["1"].listing == first["1"].listing
    assert again["1"].sketch.tolist() == first["1"].sketch.tolist()


def test_another_result_and_another_version_are_opened(out: Path, opened: list[str]) -> None:
    _index(out, "1", "2")
    _store(out / "2", "họp thôn Bãi Sậy để bầu trưởng thôn")
    assert _index(out, "1", "2")["2"].listing.subject.endswith("trưởng thôn")
    _index(out, "1", "2", version="2")
    assert opened == ["1", "2", "2", "1", "2"]


def test_nothing_is_kept_of_a_document_that_is_listed_no_more(out: Path) -> None:
    _index(out, "1", "2")
    assert list(_index(out, "1")) == ["1"]
    assert "lần 2" not in (out / _INDEX).read_bytes().decode("unicode_escape")


@pytest.mark.parametrize("damage", [b"{", None])
def test_a_result_that_is_damaged_or_gone_is_left_out(out: Path, damage: bytes | None) -> None:
    _index(out, "1", "2")
    (out / "2" / RECORD).unlink()
    if damage is not None:
        (out / "2" / RECORD).write_bytes(damage)
    assert list(_index(out, "1", "2")) == ["1"]


def test_a_text_that_is_gone_is_like_none(out: Path) -> None:
    (out / "1" / TEXT).unlink()
    assert not _index(out, "1")["1"].sketch.size


@pytest.mark.parametrize("damage", [b"no database at all" * 99, b"SQLite format 3\x00" + bytes(4000)])
def test_a_damaged_index_is_made_again(out: Path, damage: bytes) -> None:
    (out / _INDEX).write_bytes(damage)
    assert _index(out, "1")["1"].listing.subject == "họp thôn Bãi Sậy lần 1"
    assert list(_index(out, "1")) == ["1"]
