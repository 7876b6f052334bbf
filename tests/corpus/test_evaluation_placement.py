"""Boxes of records against the boxes of the words they stand for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.evaluation.placement import TruePlaces, read_places
from extract.record import Reading, Where
from normalize.errors import DamagedInputError

WORDS = [
    ("Số:", 70, 100, "head_left", 1),
    ("5/TTr-UBND", 92, 100, "head_left", 1),
    ("25/KH-UBND", 90, 300, "body", 2),
    ("ngày", 300, 100, "head_right", 3),
    ("03", 330, 100, "head_right", 3),
    ("tháng", 345, 100, "head_right", 3),
    ("5", 380, 100, "head_right", 3),
    ("năm", 390, 100, "head_right", 3),
    ("2031", 415, 100, "head_right", 3),
    ("Sở", 90, 320, "body", 4),
    ("Nội", 105, 320, "body", 4),
    ("vụ", 90, 335, "body", 5),
]


@pytest.fixture
def places(tmp_path: Path) -> TruePlaces:
    words = [
        {"text": text, "box": [x, y, x + 6 * len(text), y + 12], "zone": zone, "line": line}
        for text, x, y, zone, line in WORDS
    ]
    path = tmp_path / "words.json"
    path.write_text(json.dumps([{"page": 1, "words": words}]), encoding="utf-8")
    found = read_places(path)
    assert found is not None
    return found


def reading(*boxes: tuple[float, float, float, float]) -> Reading:
    return Reading(value="x", raw="x", confidence=1.0, rule="test", where=[Where(page=1, box=box) for box in boxes])


def test_a_number_is_looked_for_in_the_head_and_not_inside_other_numbers(places: TruePlaces):
    assert places.holds("number", "5", reading((92, 100, 98, 112))) is True
    assert places.holds("number", "5", reading((96, 300, 102, 312))) is False  # the 5 of 25


def test_a_symbol_is_its_share_of_its_word(places: TruePlaces):
    assert places.holds("symbol", "TTr-UBND", reading((104, 100, 152, 112))) is True
    assert places.holds("symbol", "TTr-UBND", reading((70, 100, 98, 112))) is False


def test_a_date_is_found_in_any_of_its_spellings(places: TruePlaces):
    assert places.holds("issue_date", "2031-05-03", reading((300, 100, 439, 112))) is True
    assert places.holds("issue_date", "2031-05-04", reading((300, 100, 439, 112))) is None


def test_a_value_over_two_lines_needs_both(places: TruePlaces):
    assert places.holds("recipients", "Sở Nội vụ", reading((90, 320, 123, 332), (90, 335, 102, 347))) is True
    assert places.holds("recipients", "Sở Nội vụ", reading((90, 320, 102, 332))) is False


def test_a_box_over_half_the_page_is_no_evidence(places: TruePlaces):
    assert places.holds("recipients", "Sở Nội vụ", reading((0, 0, 595, 842))) is False
    assert places.holds("legal_bases", {"code": "25/KH-UBND"}, reading((60, 300, 300, 312))) is True


def test_truth_without_boxes_and_damaged_truth(tmp_path: Path):
    assert read_places(tmp_path / "words.json") is None
    (tmp_path / "words.json").write_text('[{"page": 1}]', encoding="utf-8")
    with pytest.raises(DamagedInputError):
        read_places(tmp_path / "words.json")
