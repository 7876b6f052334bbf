"""Fuzzing of our own parsers: whatever they are given, they read it or raise an error of the tree.

Run by ``make faults``, not with the tests: ``FUZZ_EXAMPLES=20000 pytest tests/faults/fuzz_parsers.py``. What it finds
becomes a case of ``test_fuzz_findings.py``.
"""

from __future__ import annotations

import copy
import json
import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appraise.checks.registry import read_registry
from appraise.rule_files.rules_file import read_rules
from benchmarks.faults.mutants import mutated
from corpus.corrections import read_corrections
from corpus.pages_json import document_from_json, document_to_json
from extract.place_lists import PlaceList
from normalize.errors import SohoaError
from ocr.hocr import parse_hocr
from ocr.sniff import Kind, sniff_bytes
from ocr.tree import Box, DigitalSignature, Document, Line, Page, Role, TextFrom, Word
from sohoa.plain_text import decoded
from sohoa.settings import load_settings

fuzzed = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "100")),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
SEEDS = st.integers(0, 2**32)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["", "0", "2031-02-30", "9" * 400, "\ud800", "NaN", "\x00", "1e999", "Đ", "..", "a/b"]),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)

_WORD = Word("THÔNG", Box(1, 2, 30, 14), 0.9)
_PAGE = Page(
    number=1,
    width=595.0,
    height=842.0,
    lines=(Line((_WORD, _WORD), Role.BODY),),
    text_from=next(iter(TextFrom)),
    orientation=0,
    skew=0.0,
    vietnamese=1.0,
    warnings=("low_resolution",),
)
_SIGNATURE = DigitalSignature("Lò Thị Mẩy", "UBND xã Nậm Khoang", None, None, 1, Box(1, 2, 3, 4))
PAGES = json.loads(document_to_json(Document("a.pdf", (_PAGE, _PAGE), (_SIGNATURE,), ("signed",))))
CORRECTIONS = {
    "schema": "sohoa/corrections/1",
    "corrections": [{"field": "number", "by": "Lan", "at": "2031-05-13", "value": "16", "raw": "15"}],
}
PLACES = (
    "kind\tname\tdistrict\tprovince\tfrom\tto\tcode\nxã\tNậm Khoang\thuyện Long Phú\ttỉnh Bãi Sậy\t1990-01-01\t\t7\n"
)
REGISTRY = "tên,ngày,danh hiệu\nLò Thị Mẩy,12/5/2031,Lao động tiên tiến\n"
LINES = "Số: 15/QĐ-UBND\r\nỦy ban nhân dân xã\n".encode() * 9
SETTINGS = 'page_seconds = 9\nplaces = "a.tsv"\n[limits]\npages = 4\n'
HOCR = """<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page'><div class='ocr_carea'><p class='ocr_par'><span class='ocr_line' title='bbox 1 2 90 20'>
<span class='ocrx_word' title='bbox 1 2 30 20; x_wconf 91'>Số:<span class='ocrx_cinfo' title='x_confs 91.5'>S</span>
</span></span></p></div></div></body></html>""".replace(' xmlns="http://www.w3.org/1999/xhtml"', "").encode()


def with_another_value(tree: Any, value: Any, seed: int) -> Any:
    """A copy of ``tree`` with one node, key or item replaced, taken away or doubled."""
    draw, changed = random.Random(seed), copy.deepcopy(tree)
    node = changed
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = draw.choice(keys)
        child = node[key]
        if isinstance(child, dict | list) and child and draw.random() < 0.8:
            node = child
            continue
        match draw.randrange(4):
            case 0:
                del node[key]
            case 1 if isinstance(node, list):
                node.append(value)
            case _:
                node[key] = value
        return changed


def accepts_or_refuses(parse: Callable[[], object]) -> None:
    """``parse`` ends in a result or in an error of the tree; nothing else comes out."""
    try:
        parse()
    except SohoaError as error:
        assert error.what


def in_a_file(name: str, data: bytes, parse: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        accepts_or_refuses(lambda: parse(path))


@fuzzed
@given(VALUES, SEEDS)
def test_pages_json_by_its_tree(value: Any, seed: int) -> None:
    text = json.dumps(with_another_value(PAGES, value, seed))
    accepts_or_refuses(lambda: document_from_json(text))


@fuzzed
@given(SEEDS)
def test_pages_json_by_its_bytes(seed: int) -> None:
    data = mutated(json.dumps(PAGES).encode(), random.Random(seed))
    accepts_or_refuses(lambda: document_from_json(data.decode("utf-8", errors="replace")))


@fuzzed
@given(VALUES, SEEDS)
def test_what_pages_json_takes_it_writes_the_same(value: Any, seed: int) -> None:
    try:
        document = document_from_json(json.dumps(with_another_value(PAGES, value, seed)))
    except SohoaError:
        return
    written = document_to_json(document)
    assert document_to_json(document_from_json(written)) == written


@fuzzed
@given(VALUES, SEEDS)
def test_corrections_by_their_tree(value: Any, seed: int) -> None:
    data = json.dumps(with_another_value(CORRECTIONS, value, seed)).encode()
    accepts_or_refuses(lambda: read_corrections(data))


@fuzzed
@given(SEEDS)
def test_corrections_by_their_bytes(seed: int) -> None:
    data = mutated(json.dumps(CORRECTIONS).encode(), random.Random(seed))
    accepts_or_refuses(lambda: read_corrections(data))


@pytest.fixture(scope="module")
def rules() -> bytes:
    return next(Path("corpus/samples/round").rglob("rules.yaml")).read_bytes()


@fuzzed
@given(SEEDS, SCALARS)
def test_rules_yaml(rules: bytes, seed: int, value: Any) -> None:
    draw = random.Random(seed)
    lines = rules.splitlines()
    start = draw.randrange(max(1, len(lines) - 60))
    some = lines[:12] + lines[start : start + 60]  # the whole takes a second to read
    at = draw.randrange(len(some))
    if draw.random() < 0.7 and b":" in some[at]:
        shown = str(value).encode("utf-8", errors="replace") if draw.random() < 0.5 else json.dumps(value).encode()
        some[at] = some[at].partition(b":")[0] + b": " + shown
        data = b"\n".join(some)
    else:
        data = mutated(b"\n".join(some), draw)
    in_a_file("rules.yaml", data, read_rules)


@fuzzed
@given(SEEDS, st.text(max_size=30))
def test_places(seed: int, text: str) -> None:
    draw = random.Random(seed)
    data = mutated(PLACES.encode() * draw.choice([1, 3]), draw) + text.encode("utf-8", errors="replace")
    in_a_file(draw.choice(["places.tsv", "places.tsv.xz"]), data, PlaceList.load)


@fuzzed
@given(SEEDS, st.text(max_size=30))
def test_registry(seed: int, text: str) -> None:
    draw = random.Random(seed)
    data = mutated(REGISTRY.encode() * draw.choice([1, 3]), draw) + text.encode("utf-8", errors="replace")
    in_a_file(draw.choice(["a.csv", "a.xlsx"]), data, read_registry)


@fuzzed
@given(SEEDS)
def test_settings(seed: int) -> None:
    in_a_file("settings.toml", mutated(SETTINGS.encode(), random.Random(seed)), load_settings)


@fuzzed
@given(SEEDS)
def test_hocr(seed: int) -> None:
    try:
        words = parse_hocr(mutated(HOCR, random.Random(seed)), "fuzzed")
    except ValueError as error:
        assert str(error) == "not hOCR"
    else:
        assert all(word.text and 0 <= word.confidence <= 1 for word in words)


@fuzzed
@given(st.binary(max_size=300) | SEEDS.map(lambda seed: mutated(LINES, random.Random(seed))), st.data())
def test_plain_text_in_pieces(data: bytes, pieces: st.DataObject) -> None:
    cuts = sorted(pieces.draw(st.lists(st.integers(0, len(data)), max_size=4)))
    parts = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    accepts_or_refuses(lambda: "".join(decoded(parts, "a.txt")))


@fuzzed
@given(st.binary(max_size=2000) | SEEDS.map(lambda seed: mutated(b"%PDF-1.7\n" * 20, random.Random(seed))))
def test_sniff(head: bytes) -> None:
    assert sniff_bytes(head) in Kind
    assert sniff_bytes(b"%PDF-1.4\n" + head) is Kind.PDF
