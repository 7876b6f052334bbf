"""What a person's answers to open questions change in the rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from appraise.checks.answered_rules import AnsweredRules, answered_rules
from appraise.checks.check_criteria import check_criteria
from appraise.guideline.triggers import known_triggers
from appraise.rules import Deadline, Place, Question
from tests.appraise.check_parts import basis_of, candidate_of, claim_of, criterion_of, excluded, gain, gifts, rules_of

DEFAULTS = {trigger.id: trigger.default for trigger in known_triggers()}


def answered(trigger: str, answer: str | None, text: str = "?") -> AnsweredRules:
    """A rule book of one criterion with a question answered."""
    tests = [gifts(400, "about_ge"), gain()]
    criterion = criterion_of(*tests, window=None, any_or_all="unsaid", exclusions=[excluded(2016, 2018, "unsaid")])
    question = Question(
        id=trigger,
        trigger=trigger,
        text=text,
        default=DEFAULTS[trigger],
        answer=answer,
        criteria=[criterion.id],
        place=Place(item="IV"),
    )
    deadline = Deadline(what="Gửi hồ sơ", date=dt.date(2019, 7, 31), place=Place(item="IV"))
    return answered_rules(rules_of(criterion, questions=[question], deadlines=[deadline]))


@pytest.mark.parametrize(
    ("trigger", "answer", "field", "value"),
    [
        ("any_or_all", "Chỉ cần đạt một ý.", "any_or_all", "any"),
        ("any_or_all", "Không phải tất cả, chỉ cần một trong các ý", "any_or_all", "any"),
        ("any_or_all", "Phải đạt tất cả các ý", "any_or_all", "all"),
        ("any_or_all", "Tất cả, hoặc một trong hai ý đầu", "any_or_all", "unsaid"),  # says both
        ("missing_period", "Tính giai đoạn 2016 - 2020", "window", (2016, 2020)),
        ("exclusion_reach", "Áp dụng cả điểm d", "exclusions", [(2016, 2018, "letter")]),
        ("exclusion_gap", "Có, loại trừ cả năm 2019", "exclusions", [(2016, 2018, "unsaid"), (2019, 2019, "unsaid")]),
        ("exclusion_gap", "Không loại trừ", "exclusions", [(2016, 2018, "unsaid")]),
        ("equivalent", "Thấp hơn không quá 5%", "tests", ("ge", 380_000_000)),
        ("equivalent", "Không được thấp hơn mức ghi", "tests", ("ge", 400_000_000)),
    ],
)
def test_answers_change_the_criteria_of_their_question(trigger: str, answer: str, field: str, value: Any) -> None:
    (criterion,) = answered(trigger, answer, "Để trống năm 2019: có bị loại trừ không?").rules.criteria
    found = getattr(criterion, field)
    told = {
        "window": lambda: (found.first, found.last),
        "exclusions": lambda: [(e.period.first, e.period.last, e.reach) for e in found],
        "tests": lambda: (found[0].relation, found[0].value),
    }
    assert told.get(field, lambda: found)() == value


@pytest.mark.parametrize(
    ("answer", "inclusive"),
    [("Vẫn còn trong hạn", True), ("Coi là quá hạn", False), ("Không coi là quá hạn", True), ("Hỏi lại Sở", None)],
)
def test_the_day_itself(answer: str, inclusive: bool | None) -> None:
    assert answered("before_date", answer).rules.deadlines[0].inclusive is inclusive


@pytest.mark.parametrize(
    ("answer", "year"), [("31/12/2015", 2015), ("mốc đầu năm 2016", 2015), ("cuối năm 2015, bộ tiêu chí cũ", 2015)]
)
def test_the_year_that_gains_begin_with(answer: str, year: int) -> None:
    settled = answered("gain_baseline", answer)
    assert settled.baselines == {"T1": year}
    claims = [
        claim_of("criteria_level", {"count": n}, y, text=f"năm {y}") for y, n in ((2014, 2), (2015, 4), (2018, 15))
    ]
    basis = replace(basis_of(settled.rules), baselines=settled.baselines)
    checks = check_criteria(candidate_of(*claims), basis)
    (check,) = [check for check in checks if check.id == "T1.new_criteria"]
    assert (check.state, check.figures["baseline_year"]) == ("met", 2015)


@pytest.mark.parametrize("trigger", sorted(DEFAULTS))
def test_the_default_as_an_answer_changes_nothing(trigger: str) -> None:
    settled, unanswered = answered(trigger, DEFAULTS[trigger]), answered(trigger, None)
    assert settled.rules.criteria == unanswered.rules.criteria
    assert settled.rules.deadlines == unanswered.rules.deadlines
    assert (settled.baselines, settled.barring, settled.warnings) == ({}, {}, ())


def test_an_answer_that_is_not_understood_is_told() -> None:
    (warning,) = answered("any_or_all", "Xin ý kiến Hội đồng").warnings
    assert "Xin ý kiến Hội đồng" in warning
    assert DEFAULTS["any_or_all"] in warning
