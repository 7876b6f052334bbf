"""What fuzzing of our own parsers has found: each input is refused with an error of the tree, or read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appraise.checks.registry import read_registry
from appraise.rule_files.rules_file import read_rules
from corpus.pages_json import document_from_json
from extract.place_lists import PlaceList
from normalize.errors import SohoaError
from ocr.hocr import parse_hocr
from sohoa.settings import load_settings

_RULES = "schema: sohoa/rules/1\n"
_PLACES = "kind\tname\tdistrict\tprovince\n"


@pytest.mark.parametrize(
    ("name", "text", "parse"),
    [
        pytest.param("rules.yaml", f"{_RULES}on: 2031-02-30\n", read_rules, id="a day that is none"),
        pytest.param("rules.yaml", f"{_RULES}on: .inf\n", read_rules, id="a day without end"),
        pytest.param("rules.yaml", f"a: {'9' * 5000}\n", read_rules, id="a number of 5,000 figures"),
        pytest.param("rules.yaml", f"a: {'[' * 3000}{']' * 3000}", read_rules, id="3,000 brackets in rules"),
        pytest.param("rules.yaml", "a: &a [*a]\n", read_rules, id="a list that holds itself"),
        pytest.param("rules.yaml", "a: !!binary 'x'\n", read_rules, id="no base64"),
        pytest.param("a.tsv", f"{_PLACES}{'x' * 200_000}\ta\tb\tc\n", PlaceList.load, id="a long field of places"),
        pytest.param("a.tsv.xz", "no archive", PlaceList.load, id="no xz"),
        pytest.param("a.csv", f'tên,ngày\n"{"x" * 200_000}",1\n', read_registry, id="a long field of a registry"),
        pytest.param("a.toml", f"a = {'[' * 5000}", load_settings, id="5,000 brackets in settings"),
        pytest.param("a.toml", "page_seconds = nan\n", load_settings, id="no number of seconds"),
    ],
)
def test_files_are_refused(tmp_path: Path, name: str, text: str, parse: Callable[[Path], object]) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(SohoaError):
        parse(path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="100,000 brackets"),
        pytest.param(
            '{"schema":"sohoa/pages/1","name":"a","signatures":[],"warnings":[],"pages":[{"page":1,"width":9,"height":9,'
            '"lines":[],"text_from":"image","orientation":0,"skew":null,"vietnamese":1,"warnings":[]}]}',
            id="null for a figure",
        ),
        pytest.param('{"schema":"sohoa/pages/1"}', id="no pages"),
        pytest.param("5", id="a number"),
    ],
)
def test_pages_are_refused(text: str) -> None:
    with pytest.raises(SohoaError):
        document_from_json(text)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'<?xml version="1.0" encoding="UTF-99999"?><html/>', id="an encoding that is none"),
        pytest.param(b"<html>", id="cut short"),
    ],
)
def test_hocr_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not hOCR"):
        parse_hocr(data, "tesseract")
