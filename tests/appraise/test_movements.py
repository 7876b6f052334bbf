"""Which movement a guideline is of, and what earlier awards for another one prove."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from appraise.checks.answered_rules import Barring
from appraise.checks.exclusions import check_exclusions
from appraise.checks.movements import is_of_other_movement, movement_words
from appraise.rules import GuidelineField, Test
from tests.appraise.check_parts import basis_of, candidate_of, claim_of, criterion_of, excluded, gifts, rules_of
from tests.appraise.test_exclusions import registry

POOR = "Khen thưởng phong trào “Mường Sa chung tay vì người nghèo” giai đoạn 2021 - 2025"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (POOR, "vi nguoi ngheo"),
        ("Khen thưởng phong trào xây dựng nông thôn mới", "nong thon moi"),
        ("Khen thưởng phong trào “Sạch làng đẹp bản”", "sach lang dep ban"),
    ],
)
def test_the_movement_is_that_of_the_subject(subject: str, words: str) -> None:
    assert words in movement_words(rules_of(guideline={"subject": GuidelineField(value=subject)}))


def test_without_a_subject_its_measures_tell() -> None:
    test = Test(measure="new_criteria", relation="ge", value=8, unit="tiêu chí")
    assert "nong thon moi" in movement_words(rules_of(criterion_of(test)))
    assert movement_words(rules_of(criterion_of(gifts()))) == ()


def test_another_movement() -> None:
    assert is_of_other_movement("phòng, chống dịch Covid-19", ("nong thon moi",))
    assert not is_of_other_movement("làm đường", ("nong thon moi",))


@pytest.mark.parametrize(
    ("award", "merit", "answer", "state"),
    [
        ("Bằng khen của Chủ tịch UBND tỉnh", "Vì người nghèo", None, "not_met"),
        ("Bằng khen của Chủ tịch UBND tỉnh", "Xây dựng nông thôn mới", None, "person"),
        ("Giấy khen của Chủ tịch UBND huyện", "", None, "person"),  # the rule names no award
        ("Giấy khen của Chủ tịch UBND huyện", "", "any", "not_met"),
        ("Giấy khen của Chủ tịch UBND huyện", "", "same", "met"),
        ("Bằng khen của Chủ tịch UBND tỉnh", "Xây dựng nông thôn mới", "any", "not_met"),
    ],
)
def test_what_bars_where_the_rule_does_not_say(
    tmp_path: Path, award: str, merit: str, answer: Barring | None, state: str
) -> None:
    held = registry(tmp_path, f"Xã Bản Khoang,,Mường Sa,{award},8/QĐ,20/5/2017,,{merit}")
    criterion = criterion_of(
        gifts(), exclusions=[excluded(2016, 2018)], quote="Xã (trừ xã đã được khen thưởng 2016-2018)"
    )
    basis = basis_of(rules_of(criterion, guideline={"subject": GuidelineField(value=POOR)}), registry=held)
    settled = replace(basis, barring={criterion.id: answer} if answer else {})
    (check,) = check_exclusions(criterion, candidate_of(), settled)
    assert check.state == state


def test_an_award_told_in_the_dossier_bars_for_this_movement_only(tmp_path: Path) -> None:
    criterion = criterion_of(gifts(), exclusions=[excluded(2016, 2018)])
    rules = rules_of(criterion, guideline={"subject": GuidelineField(value=POOR)})
    states = []
    for movement in ("vì người nghèo", "xây dựng nông thôn mới"):
        told = claim_of(
            "award", "bang_khen_tinh", 2017, text=f"Bằng khen của Chủ tịch UBND tỉnh về phong trào {movement}"
        )
        (check,) = check_exclusions(criterion, candidate_of(told), basis_of(rules, registry=registry(tmp_path)))
        states.append(check.state)
    assert states == ["not_met", "person"]
