from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.ledger import LEDGER, Entry, Ledger, State, now
from corpus.near_duplicate_run import tell_near_duplicates
from corpus.near_duplicates import sketch_of
from corpus.pages_json import document_to_json
from corpus.store import PAGES, TEXT
from corpus.synthesis import make_document
from corpus.synthesis.ideal_reading import read_ideally
from ocr.tree import Document


def _letter(seed: int) -> Document:
    return read_ideally([make_document("cong-van", np.random.default_rng(seed))], "letter")


def _read_once_more(document: Document) -> Document:
    """Every thirtieth word misread, without certainty."""
    pages = []
    for page in document.pages:
        lines = []
        for line in page.lines:
            words = tuple(
                replace(word, text=f"{word.text[:-1]}x", confidence=0.5) if number % 30 == 7 else word
                for number, word in enumerate(line.words)
            )
            lines.append(replace(line, words=words))
        pages.append(replace(page, lines=tuple(lines)))
    return replace(document, pages=tuple(pages))


def _result(out: Path, path: str, document: Document) -> Entry:
    folder = out / path
    folder.mkdir(parents=True)
    (folder / PAGES).write_text(document_to_json(document), "utf-8")
    words = "\n".join(" ".join(word.text for word in line.words) for page in document.pages for line in page.lines)
    (folder / TEXT).write_text(words, "utf-8")
    return Entry(path=path, state=State.DONE, folder=path, finished_at=now())


def _told(out: Path, *entries: Entry) -> dict[str, str]:
    """Near-duplicates as the ledger has them after a run that wrote ``entries``."""
    (out / ".sohoa").mkdir(exist_ok=True)
    with Ledger(out / LEDGER) as ledger:
        ledger.put(*entries)
        rows = ledger.entries()
        texts = {row.folder: out / row.folder / TEXT for row in rows if row.state is State.DONE}
        sketches = {folder: sketch_of(text.read_text("utf-8")) for folder, text in texts.items() if text.exists()}
        tell_near_duplicates(out, ledger, rows, sketches)
        assert [row.near_duplicate_of for row in rows] == [row.near_duplicate_of for row in ledger.entries()]
        return {entry.path: entry.near_duplicate_of for entry in ledger.entries() if entry.near_duplicate_of}


def test_a_second_scan_is_told_once(tmp_path: Path) -> None:
    letter = _letter(1)
    entries = [
        _result(tmp_path, "a.pdf", letter),
        _result(tmp_path, "b.pdf", _letter(2)),
        _result(tmp_path, "c.pdf", _read_once_more(letter)),
        Entry(path="d.pdf", state=State.FAILED),
        Entry(path="e.pdf", state=State.DONE, folder="a.pdf", duplicate_of="a.pdf"),
    ]
    assert _told(tmp_path, *entries) == {"c.pdf": "a.pdf"}
    assert _told(tmp_path) == {"c.pdf": "a.pdf"}


def test_what_came_later_is_held_against_what_was_there(tmp_path: Path) -> None:
    letter, other = _letter(1), _letter(2)
    assert not _told(tmp_path, _result(tmp_path, "a.pdf", letter), _result(tmp_path, "b.pdf", other))
    late = _result(tmp_path, "z.pdf", _read_once_more(other))
    assert _told(tmp_path, late) == {"z.pdf": "b.pdf"}


def test_only_what_is_new_is_read_again(tmp_path: Path) -> None:
    letter = _letter(1)
    old = [_result(tmp_path, name, letter) for name in ("a.pdf", "b.pdf")]
    for entry in old:
        entry.finished_at = "2020-01-01T00:00:00+00:00"
    assert _told(tmp_path, *old) == {"b.pdf": "a.pdf"}
    for entry in old:
        (tmp_path / entry.path / PAGES).write_text("{}", "utf-8")  # would be like nothing if it were read
    assert _told(tmp_path) == {"b.pdf": "a.pdf"}


def test_what_is_no_near_duplicate_any_more_is_told_too(tmp_path: Path) -> None:
    entries = [_result(tmp_path, "a.pdf", _letter(1)), _result(tmp_path, "b.pdf", _letter(2))]
    entries[1].near_duplicate_of = "a.pdf"
    assert not _told(tmp_path, *entries)


def test_a_result_that_is_gone_or_damaged_is_compared_with_none(tmp_path: Path) -> None:
    letter = _letter(1)
    entries = [_result(tmp_path, name, letter) for name in ("a.pdf", "b.pdf", "c.pdf")]
    (tmp_path / "b.pdf" / PAGES).write_text("{}", "utf-8")
    (tmp_path / "c.pdf" / TEXT).unlink()
    assert not _told(tmp_path, *entries)


def test_texts_without_pages_are_compared_too(tmp_path: Path) -> None:
    entries = [_result(tmp_path, name, _letter(1)) for name in ("a.txt", "b.txt")]
    for entry in entries:
        (tmp_path / entry.path / PAGES).unlink()
    assert _told(tmp_path, *entries) == {"b.txt": "a.txt"}
