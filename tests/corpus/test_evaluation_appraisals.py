"""Appraisals against expected checks: what counts as equal, and that a false ``met`` is never lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.evaluation.appraisals import evaluate_appraisals
from normalize.errors import NotFoundError

EXPECTED = {
    "candidates": [
        {
            "name": "Hộ gia đình bà Vi Bích Mến",
            "class": ["family", "individual"],
            "award": "bang_khen_tinh",
            "checks": [
                {"rule": "GD", "kind": "contribution", "state": "not_met"},
                {"kind": "votes", "state": "!met"},
                {"rule": "GD", "kind": "exclusion", "state": "not_met"},
            ],
        }
    ],
    "checks": [{"kind": "deadline", "state": "met"}],
    "papers": [{"kind": "minutes", "scans": 1, "state": "met"}],
    "contradictions": 1,
    "to_ask": [{"about": "biên bản"}],
}


def appraisal(**candidate: Any) -> dict[str, Any]:
    checks = [
        {"id": "GD.contribution", "rule": "GD", "state": "not_met"},
        {"id": "votes", "rule": None, "state": "person"},
        {"id": "exclusion.GD.2011-2015", "rule": "GD", "state": "met"},
        {"id": "exclusion.GD.2016-2018", "rule": "GD", "state": "not_met"},
    ]
    own = {"name": "Hộ gia đình bà Vi Bich Mến", "class": "family", "award": "bang_khen_tinh", "checks": checks}
    return {
        "candidates": [own | candidate],
        "checks": [{"id": "deadline", "rule": None, "state": "met"}],
        "papers": [{"kind": "minutes", "scans": 1, "state": "met"}],
        "contradictions": [{"what": "số tiền"}],
        "to_ask": [{"what": "Bổ sung: Biên bản họp xét", "reason": "không thấy"}],
    }


def scores(tmp_path: Path, found: dict[str, Any]) -> Any:
    for folder, file, data in (("e", "expected.json", EXPECTED), ("a", "appraisal.json", found)):
        (tmp_path / folder / "01").mkdir(parents=True)
        (tmp_path / folder / "01" / file).write_text(json.dumps(data), encoding="utf-8")
    return evaluate_appraisals(tmp_path / "e", tmp_path / "a")


def test_all_equal(tmp_path: Path) -> None:
    """One letter of the name misread, one of two exclusions not met: both as expected."""
    result = scores(tmp_path, appraisal())
    assert (result.share, result.false_met) == (1.0, ())
    assert result.by_kind()["contribution"] == (1, 1)


def test_met_where_the_truth_is_not_met_is_counted(tmp_path: Path) -> None:
    checks = [
        {"id": "GD.contribution", "rule": "GD", "state": "met"},
        {"id": "votes", "rule": None, "state": "met"},
        {"id": "exclusion.GD.2016-2018", "rule": "GD", "state": "unknown"},
    ]
    result = scores(tmp_path, appraisal(checks=checks))
    assert {one.kind for one in result.false_met} == {"contribution", "votes"}
    assert {one.kind for one in result.misses} == {"contribution", "votes", "exclusion"}
    assert result.as_json()["false_met"] == 2


def test_a_check_of_another_rule_is_no_answer(tmp_path: Path) -> None:
    result = scores(tmp_path, appraisal(checks=[{"id": "CN.contribution", "rule": "CN", "state": "not_met"}]))
    assert [one.found for one in result.compared if one.kind == "contribution"] == [None]


def test_a_candidate_of_another_name_is_not_taken(tmp_path: Path) -> None:
    result = scores(tmp_path, appraisal(name="Ông Lò Văn Nghĩa"))
    assert {one.kind for one in result.misses} == {"class", "award", "contribution", "exclusion"}


def test_nothing_to_compare_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"expected\.json"):
        evaluate_appraisals(tmp_path, tmp_path)
