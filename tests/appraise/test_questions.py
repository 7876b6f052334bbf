"""Open questions: every trigger present raises its own, and none is raised without its trigger."""

from __future__ import annotations

import pytest

from appraise.guideline.triggers import known_triggers
from tests.appraise.rule_books import book_of, sample


def triggers_of(text):
    return {question.trigger for question in book_of(text).questions}


def test_a_guideline_that_leaves_everything_unsaid_raises_every_question():
    assert triggers_of(sample("unsaid")) == {trigger.id for trigger in known_triggers()}


def test_a_guideline_that_says_everything_raises_none():
    assert book_of(sample("roads")).questions == []


def test_a_question_names_its_criteria_its_place_and_its_default():
    questions = {question.trigger: question for question in book_of(sample("unsaid")).questions}
    reach = questions["exclusion_reach"]
    assert reach.criteria == ["BKT-I.1.a.2", "BKT-I.2.a"]
    assert reach.place.item == "I.1.a.-2"
    assert reach.default
    assert questions["before_date"].text.startswith("“Trước ngày 20/04/2031”")


def test_a_baseline_that_the_guideline_says_for_all_gains_is_not_asked_for():
    text = sample("unsaid")
    said = "\n\nV. CÁCH TÍNH\n\n1. Số tiêu chí tăng thêm được so với ngày 31/12/2025.\n"
    assert "gain_baseline" in triggers_of(text)
    assert "gain_baseline" not in triggers_of(text + said)


def test_years_between_excluded_periods_and_before_the_award_are_named():
    gaps = [q.text for q in book_of(sample("unsaid")).questions if q.trigger == "exclusion_gap"]
    assert len(gaps) == 2
    assert "giai đoạn 2029-2031" in gaps[0]
    assert "năm 2026, giai đoạn 2029-2031" in gaps[1]


@pytest.mark.parametrize(
    ("trigger", "said", "instead"),
    [
        ("equivalent", "tương đương 200 triệu", "từ 200 triệu"),
        ("value_in_kind", "hiến đất, ngày công trị giá", "đóng góp bằng tiền"),
        ("cumulative", "trị giá tương đương", "trị giá cộng dồn tương đương"),
        ("before_date", "trước ngày 20/4/2031", "chậm nhất ngày 20/4/2031"),
        ("copies", "đề nghị khen thưởng;", "đề nghị khen thưởng (01 bản);"),
        ("any_or_all", "Đối với cán bộ, công chức:", "Đối với cán bộ, công chức đạt một trong các tiêu chuẩn:"),
    ],
)
def test_a_question_goes_with_its_trigger(trigger, said, instead):
    text = sample("unsaid")
    assert said in text
    assert trigger not in triggers_of(text.replace(said, instead))
