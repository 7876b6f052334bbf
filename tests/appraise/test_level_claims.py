"""Levels and gains of criteria: what is compared, what is planned, tables with years across."""

from __future__ import annotations

import pytest

from appraise.reading.candidates import find_candidates
from appraise.reading.claims import collect_claims
from tests.appraise.dossiers import commune_report, dossier_of


def told(results):
    dossier = dossier_of({"a.txt": commune_report(results=results, villages="Không.")})
    (candidate,) = collect_claims(dossier, find_candidates(dossier))
    kinds = ("criteria_level", "criteria_gain", "plan")
    return [
        (claim.kind, claim.value["count"], claim.value.get("baseline") or claim.date)
        for claim in candidate.claims
        if claim.kind in kinds
    ]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "Tăng thêm 9 tiêu chí so với năm 2015, đạt 17/19 tiêu chí.",
            [("criteria_gain", 9, 2015), ("criteria_level", 17, None)],
        ),
        (
            "Tăng từ 07 lên 16 tiêu chí so với năm 2015.",
            [("criteria_level", 7, "2015"), ("criteria_level", 16, None), ("criteria_gain", 9, 2015)],
        ),
        (
            "Phấn đấu đến hết năm 2019 đạt 18/19 tiêu chí, tăng 11 tiêu chí so với năm 2015.",
            [("plan", 18, "2019"), ("plan", 11, "2019")],
        ),
        (
            "Phấn đấu vươn lên, đến nay xã đã đạt 18/19 tiêu chí, tăng 11 tiêu chí so với năm 2015.",
            [("criteria_level", 18, "2019-06-10"), ("criteria_gain", 11, 2015)],
        ),
        ("Xã đạt 17/19 tiêu chí vào tháng 5/2019.", [("criteria_level", 17, "2019-05")]),
    ],
)
def test_sentences(sentence, claims):
    assert told(f"- {sentence}") == claims


def test_years_across_a_table():
    table = "| Năm | 2014 | 2015 | 5/2019 |\n| Số tiêu chí đạt | 6 | 8 | 17 |\n| Kế hoạch (tiêu chí) | 7 | 9 | 19 |"
    assert told(f"Kết quả qua các năm:\n{table}") == [
        ("criteria_level", 6, "2014"),
        ("criteria_level", 8, "2015"),
        ("criteria_level", 17, "2019-05"),
    ]
