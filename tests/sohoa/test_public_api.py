"""The names that programs may rely on. Adding one is a decision; losing one breaks somebody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import sohoa
from normalize import errors

NAMES = {
    "Box",
    "Document",
    "Line",
    "Page",
    "Reading",
    "Record",
    "Restoration",
    "Settings",
    "ValueField",
    "Where",
    "Word",
    "canonical",
    "extract",
    "extract_document",
    "extract_text",
    "fold",
    "read_document",
    "restore",
    "write_searchable",
}


def test_the_public_names() -> None:
    assert set(sohoa.__all__) == NAMES | set(errors.__all__)


def test_every_name_is_there() -> None:
    for name in sohoa.__all__:
        assert getattr(sohoa, name).__doc__
    assert sohoa.OutputError is errors.OutputError


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sohoa.nothing


def test_the_package_loads_nothing_heavy() -> None:
    program = (
        "import sys, sohoa, sohoa.cli; print([m for m in ('cv2', 'spacy', 'ocrmypdf', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_record_in_two_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("UBND XÃ LONG PHÚ\nSố: 05/BC-UBND\nBÁO CÁO\nVề thôn Bãi Sậy\n", "utf-8")
    record = sohoa.extract(path)
    assert isinstance(record, sohoa.Record)
    assert record.document.number.value == "05"
