"""Standards against claims: what meets them, what does not, and what only a person can tell."""

from __future__ import annotations

from typing import Any

import pytest

from appraise.appraisal import Check
from appraise.checks.check_criteria import check_criteria, criteria_for
from appraise.checks.office_lists import DifficultCommune, OfficeLists
from appraise.rules import Test, Window
from tests.appraise.check_parts import (
    DECADE,
    STAGE,
    basis_of,
    candidate_of,
    check_named,
    claim_of,
    criterion_of,
    gain,
    gifts,
    rules_of,
)


def checked(test: Test, *claims: Any, received: str = "2019-07-10", window: Any = STAGE, **candidate: Any) -> Check:
    """The check of one test for a candidate with these claims."""
    class_ = candidate.get("class_", "commune")
    criterion = criterion_of(test, candidate=class_, window=window)
    checks = list(check_criteria(candidate_of(*claims, **candidate), basis_of(rules_of(criterion))))
    return check_named(checks, f"T1.{test.measure}")


def family(*claims: Any, millions: int = 400, relation: Any = "ge") -> Check:
    """Gifts of a family against a threshold in millions."""
    return checked(gifts(millions, relation), *claims, class_="family", name="Cầm Văn Ính", window=DECADE)


# --- criteria gained -----------------------------------------------------------------------------------------------


def test_gain_is_the_latest_level_less_that_before_the_window() -> None:
    check = checked(gain(), claim_of("baseline", 6, 2015), claim_of("criteria_level", 17, 2019))
    assert check.state == "met"
    assert check.figures["low"] == 11
    assert "tăng 11 tiêu chí" in check.reason


def test_gain_of_nine_does_not_meet_ten() -> None:
    assert checked(gain(), claim_of("baseline", 8, 2015), claim_of("criteria_level", 17, 2018)).state == "not_met"


def test_gain_told_against_a_wrong_year_is_computed_anew() -> None:
    told = claim_of("criteria_gain", 12, text="tăng 12 tiêu chí so với năm 2011")
    levels = claim_of("criteria_level", 4, 2011), claim_of("baseline", 9, 2015), claim_of("criteria_level", 16, 2018)
    check = checked(gain(), told, *levels)
    assert check.state == "not_met"
    assert "so với năm 2011" in check.reason


def test_gain_against_a_wrong_year_alone_leaves_the_level_to_be_asked_for() -> None:
    check = checked(gain(), claim_of("criteria_gain", 12, text="tăng 12 tiêu chí so với năm 2011"))
    assert check.state == "unknown"
    assert "31/12/2015" in check.reason
    assert "cuối năm 2015" in check.reason


def test_gain_without_any_year_is_for_a_person() -> None:
    assert checked(gain(), claim_of("criteria_gain", 12, text="tăng 12 tiêu chí")).state == "person"


@pytest.mark.parametrize("text", ["tăng 12 tiêu chí so với cuối năm 2015", "giai đoạn 2016-2019 tăng 12 tiêu chí"])
def test_gain_stated_for_the_window_counts(text: str) -> None:
    assert checked(gain(), claim_of("criteria_gain", 12, text=text)).state == "met"


def test_stated_gain_that_the_levels_contradict_is_for_a_person() -> None:
    told = claim_of("criteria_gain", 12, text="tăng 12 tiêu chí so với năm 2015")
    check = checked(gain(), told, claim_of("baseline", 9, 2015), claim_of("criteria_level", 16, 2018))
    assert check.state == "person"


def test_papers_that_differ_on_a_level_leave_it_open() -> None:
    claims = claim_of("baseline", 7, 2015), claim_of("criteria_level", 17, 2018)
    other = claim_of("criteria_level", 16, 2018, paper="list")
    assert checked(gain(), *claims, other).state == "person"


def test_plan_is_no_result() -> None:
    plan = claim_of("plan", 19, 2019, text="phấn đấu đến hết năm 2019 đạt 19/19 tiêu chí")
    check = checked(gain(), claim_of("baseline", 6, 2015), plan)
    assert check.state == "unknown"
    assert "phấn đấu" in check.reason


def test_level_of_a_year_to_come_is_no_result() -> None:
    claims = claim_of("baseline", 6, 2015), claim_of("criteria_level", 12, 2018), claim_of("criteria_level", 19, 2020)
    assert checked(gain(), *claims).state == "not_met"


def test_advanced_set_is_not_mixed_in() -> None:
    advanced = claim_of("criteria_level", {"count": 19, "of": 19, "set": "nông thôn mới nâng cao"}, 2019)
    level = claim_of("criteria_level", {"count": 12, "of": 19, "set": None}, 2018)
    assert checked(gain(), claim_of("baseline", 6, 2015), level, advanced).state == "not_met"


def test_weak_reading_is_for_a_person() -> None:
    weak = claim_of("criteria_level", 17, 2019, confidence=0.6)
    assert checked(gain(), claim_of("baseline", 6, 2015), weak).state == "person"


def test_missing_baseline_is_unknown() -> None:
    check = checked(gain(), claim_of("criteria_level", 17, 2019))
    assert check.state == "unknown"
    assert "cuối năm 2015" in check.reason


# --- gifts ---------------------------------------------------------------------------------------------------------


def test_gifts_are_summed() -> None:
    check = family(claim_of("contribution", 300, 2016), claim_of("contribution", 150, 2018))
    assert check.state == "met"
    assert "450 triệu đồng" in check.reason


def test_almost_the_threshold_does_not_meet_it() -> None:
    check = family(claim_of("contribution", 400, 2016, relation="almost", text="gần 400 triệu đồng"))
    assert check.state == "not_met"


@pytest.mark.parametrize("millions", [393, 399, 400, 407])
def test_near_the_threshold_is_for_a_person(millions: int) -> None:
    assert family(claim_of("contribution", millions, 2016)).state == "person"


@pytest.mark.parametrize(("millions", "state"), [(380, "not_met"), (420, "met")])
def test_beyond_two_percent_is_plain(millions: int, state: str) -> None:
    assert family(claim_of("contribution", millions, 2016)).state == state


def test_about_the_threshold_is_for_a_person() -> None:
    assert family(claim_of("contribution", 410, 2016, relation="about")).state == "person"


def test_gift_told_as_land_and_as_money_counts_once() -> None:
    land = claim_of("contribution", 250, 2016, text="hiến 500 m2 đất làm đường, trị giá 250 triệu đồng")
    again = claim_of("contribution", 250, 2016, text="Hiến đất: 250 triệu đồng")
    in_kind = claim_of("in_kind", 500, 2016, unit="m2", text="hiến 500 m2 đất")
    check = family(land, again, in_kind)
    assert check.state == "not_met"
    assert check.figures["high"] == 250 * 10**6


def test_gift_told_in_report_and_list_counts_once() -> None:
    report = claim_of("contribution", 150, 2016), claim_of("contribution", 110, 2017)
    listed = claim_of("contribution", 260, paper="list")
    check = family(*report, listed)
    assert check.state == "not_met"
    assert check.figures["high"] == 260 * 10**6


def test_equal_gifts_of_one_year_may_be_one_or_two() -> None:
    road = claim_of("contribution", 210, 2016, text="ủng hộ 210 triệu đồng làm đường liên thôn")
    house = claim_of("contribution", 210, 2016, text="ủng hộ 210 triệu đồng xây nhà văn hóa")
    assert family(road, house).state == "person"


def test_total_beside_its_parts_is_not_added() -> None:
    parts = claim_of("contribution", 150, 2016), claim_of("contribution", 100, 2017)
    total = claim_of("contribution", 250, 2017, text="Tổng cộng 250 triệu đồng giai đoạn 2016-2017")
    check = family(*parts, total)
    assert (check.state, check.figures["high"]) == ("not_met", 250 * 10**6)


def test_report_and_list_that_differ_over_the_threshold_are_for_a_person() -> None:
    check = family(claim_of("contribution", 450, 2016), claim_of("contribution", 350, 2016, paper="list"))
    assert check.state == "person"
    assert "khác nhau" in check.reason


def test_list_and_report_that_differ_below_the_threshold_do_not_meet_it() -> None:
    report = claim_of("contribution", 200, 2016), claim_of("contribution", 150, 2018)
    assert family(*report, claim_of("contribution", 340, paper="list")).state == "not_met"


def test_list_with_one_gift_of_the_report_as_its_sum_is_a_contradiction() -> None:
    report = claim_of("contribution", 300, 2016), claim_of("contribution", 150, 2018)
    assert family(*report, claim_of("contribution", 300, paper="list")).state == "person"


def test_undated_list_below_the_threshold_is_not_overlooked() -> None:
    assert family(claim_of("contribution", 450, 2016), claim_of("contribution", 350, paper="list")).state == "person"


def test_gifts_outside_the_window_are_left_out_and_said() -> None:
    check = family(claim_of("contribution", 300, 2009), claim_of("contribution", 200, 2015))
    assert check.state == "not_met"
    assert "ngoài giai đoạn (năm 2009)" in check.reason


def test_gift_of_no_known_year_proves_nothing() -> None:
    check = family(claim_of("contribution", 450, text="ủng hộ 450 triệu đồng"))
    assert check.state == "person"
    assert "không rõ năm" in check.reason


def test_land_without_a_price_is_listed_and_not_priced() -> None:
    check = family(
        claim_of("contribution", 200, 2016, text="tiền mặt 200 triệu"),
        claim_of("in_kind", 900, 2017, unit="m2", text="hiến 900 m2 đất", file="x.pdf"),
    )
    assert check.state == "unknown"
    assert "chưa quy đổi: 900 m2" in check.reason


def test_amount_in_another_unit_is_not_added() -> None:
    assert family(claim_of("contribution", 450, 2016, unit="USD")).state == "unknown"


def test_no_gifts_are_unknown() -> None:
    assert family().state == "unknown"


@pytest.mark.parametrize(("year", "state"), [(2019, "met"), (2018, "unknown"), (None, "person")])
def test_income_of_the_one_year_that_is_asked_for(year: int | None, state: str) -> None:
    test = Test(measure="income", relation="ge", value=10**9, unit="đồng")
    claim = claim_of("income", 1500, year, text="thu nhập 1,5 tỷ đồng")
    check = checked(test, claim, class_="family", window=Window(first=2019, last=2019))
    assert check.state == state


def test_income_per_head_is_not_the_family_s() -> None:
    test = Test(measure="income", relation="ge", value=10**9, unit="đồng")
    per_head = claim_of("income", 1500, 2018, unit="đồng/người/năm")
    assert checked(test, per_head, class_="family", name="Cầm Văn Ính").state == "unknown"
    assert checked(test, claim_of("income", 1500, 2018), class_="family", name="Cầm Văn Ính").state == "met"


# --- facts ---------------------------------------------------------------------------------------------------------


def test_all_criteria_without_a_decision_are_no_recognition() -> None:
    test = Test(measure="commune_standard", relation="has")
    level = claim_of("criteria_level", 19, 2018)
    decision = claim_of("recognition", "1290/QĐ-UBND", 2018, text="Quyết định số 1290/QĐ-UBND", date="2018-12-15")
    assert checked(test, level).state == "person"
    assert checked(test, level, decision).state == "met"
    assert checked(test).state == "unknown"


def test_silence_on_lost_criteria_is_unknown() -> None:
    test = Test(measure="lost_criteria", relation="le", value=0, unit="tiêu chí")
    assert checked(test).state == "unknown"
    assert checked(test, claim_of("lost_criteria", 0)).state == "met"
    assert checked(test, claim_of("lost_criteria", 1)).state == "not_met"


def test_plan_that_the_rule_names_must_be_named() -> None:
    test = Test(measure="advanced_plan", relation="has", names=["55/QĐ-UBND"])
    other = claim_of("advanced_plan", True, text="thực hiện Kế hoạch nâng cao của huyện")
    named = claim_of("advanced_plan", True, text="thực hiện Kế hoạch theo Quyết định số 55/QĐ-UBND")
    assert checked(test, other).state == "person"
    assert checked(test, named).state == "met"


@pytest.mark.parametrize("text", ["chưa có liên kết tiêu thụ", "dự kiến liên kết với 30 hộ"])
def test_what_is_denied_or_intended_is_no_fact(text: str) -> None:
    for test in (
        Test(measure="linkage", relation="has"),
        Test(measure="jobs", relation="ge", value=5, unit="lao động"),
    ):
        claim = claim_of(test.measure, 30, text=text)
        assert checked(test, claim, class_="enterprise", name="Hợp tác xã Bản Tằm").state == "person"


def test_judged_and_ranked_tests_are_for_a_person() -> None:
    judged = Test(measure="merit", relation="judged", text="có nhiều sáng kiến")
    ranked = Test(measure="share_of_communes", relation="rank_le", value=2, unit="hạng")
    assert checked(judged).state == "person"
    assert (
        checked(ranked, claim_of("share_of_communes", 100), class_="district", name="huyện Mường Sa").state == "person"
    )


# --- ratings -------------------------------------------------------------------------------------------------------


def ratings(*words: str, first: int = 2011) -> list[Any]:
    """A rating a year."""
    return [claim_of("rating", f"Hoàn thành {word} nhiệm vụ", year) for year, word in enumerate(words, start=first)]


RATING = Test(measure="rating", relation="ge", value=2, unit="mức", text="hoàn thành tốt nhiệm vụ trở lên")
EXCELLENT = Test(measure="years_of_rating", relation="ge", value=3, unit="năm")


@pytest.mark.parametrize(
    ("words", "every", "excellent"),
    [
        (("tốt",) * 5 + ("xuất sắc",) * 3, "met", "met"),
        (("tốt",) * 6 + ("xuất sắc",) * 2, "met", "not_met"),
        (("tốt",) * 4 + ("xuất sắc",) * 3, "unknown", "met"),
        (("tốt",) * 4 + ("xuất sắc",) * 2, "unknown", "unknown"),
        (("",) + ("xuất sắc",) * 7, "not_met", "met"),
    ],
)
def test_ratings_of_the_years_that_are_over(words: tuple[str, ...], every: str, excellent: str) -> None:
    claims = ratings(*words)
    who: dict[str, Any] = {"class_": "official", "name": "Hà Thị Lụa", "window": DECADE}
    assert checked(RATING, *claims, **who).state == every
    assert checked(EXCELLENT, *claims, **who).state == excellent


# --- which standards -----------------------------------------------------------------------------------------------


def test_all_standards_of_class_and_award_are_checked() -> None:
    criteria = (
        criterion_of(gain(10), ident="d2"),
        criterion_of(gain(8), ident="d3", candidate="difficult_commune"),
        criterion_of(gain(1), ident="other", award="bang_khen_thu_tuong"),
        criterion_of(gifts(), ident="g", candidate="family"),
    )
    assert [c.id for c in criteria_for(candidate_of(), rules_of(*criteria))] == ["d2", "d3"]


def test_unknown_class_or_award_chooses_no_standard() -> None:
    checks = list(check_criteria(candidate_of(class_=None), basis_of(rules_of(criterion_of(gain())))))
    assert [(check.id, check.state) for check in checks] == [("criterion", "unknown")]


def test_unconfirmed_rules_are_marked() -> None:
    criterion = criterion_of(gain(), status="proposed", by=None, on=None)
    (check,) = check_criteria(candidate_of(), basis_of(rules_of(criterion)))
    assert check.rule_confirmed is False


def test_standard_left_to_the_units_is_for_a_person() -> None:
    (check,) = check_criteria(candidate_of(), basis_of(rules_of(criterion_of(left_to_units=True))))
    assert check.state == "person"


def hard(district: str | None, last: int | None = None) -> DifficultCommune:
    """Bản Khoang on the list of hard communes."""
    return DifficultCommune("Bản Khoang", district, 2016, last, "QĐ 1", "xa-dac-biet-kho-khan.csv, dòng 2")


@pytest.mark.parametrize(
    ("listed", "state"),
    [
        (None, "unknown"),
        ((hard("Mường Sa"),), "met"),
        ((hard("Phai Lôm"),), "not_met"),  # another commune of this name
        ((hard(None),), "person"),
        ((hard("Mường Sa", last=2017),), "person"),
    ],
)
def test_hard_communes_are_those_of_the_office_s_list(listed: Any, state: str) -> None:
    criterion = criterion_of(gain(8), candidate="difficult_commune")
    checks = list(check_criteria(candidate_of(), basis_of(rules_of(criterion), lists=OfficeLists(difficult=listed))))
    assert check_named(checks, "T1.difficult").state == state
