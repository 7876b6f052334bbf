"""Whole dossiers of plain texts, each with one trap: the states that a person would write down by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from appraise.appraisal import Appraisal, AppraisedCandidate
from appraise.appraise_dossier import appraise
from appraise.checks.registry import read_registry
from appraise.rules import DossierSet, Place, RequiredPaper, RuleBook, Test
from tests.appraise.check_parts import DECADE, criterion_of, excluded, gain, gifts, rules_of, written
from tests.appraise.dossiers import (
    Proposed,
    commune_report,
    dossier_of,
    family_report,
    minutes,
    official_report,
    recognition,
    submission,
)

FAMILY = "Hộ gia đình ông Cầm Văn Ính"
OFFICIAL = "Bà Hà Thị Lụa"
PEOPLE = (
    Proposed("Nhân dân và cán bộ xã Bản Khoang", "Tập thể"),
    Proposed(FAMILY, "Hộ gia đình", given="450"),
)
HELPED = Test(measure="helped_communes", relation="ge", value=1, unit="xã")


def rules() -> RuleBook:
    """Standards for communes (two), families and officials, and the provincial set."""
    return rules_of(
        criterion_of(Test(measure="commune_standard", relation="has"), ident="d1"),
        criterion_of(gain(10), ident="d2"),
        criterion_of(gifts(400), ident="g", candidate="family", window=DECADE),
        criterion_of(HELPED, ident="a", candidate="official", exclusions=[excluded(2016, 2018)]),
    )


def papers(**replaced: str | None) -> dict[str, str]:
    """A clean dossier; ``replaced`` takes the place of a paper, None leaves it out."""
    whole: dict[str, str | None] = {
        "to_trinh": submission(PEOPLE),
        "bien_ban": minutes(PEOPLE),
        "bao_cao_xa": commune_report(),
        "bao_cao_ho": family_report(),
    }
    return {f"{name}.txt": text for name, text in (whole | replaced).items() if text is not None}


def appraised(texts: dict[str, str], received: str | None = "2019-07-10", **more: Any) -> Appraisal:
    """The appraisal of a dossier of texts."""
    return appraise(dossier_of(texts, received=received), more.pop("rules", rules()), **more)


def candidate(appraisal: Appraisal, class_: str) -> AppraisedCandidate:
    """The one candidate of a class."""
    (found,) = [candidate for candidate in appraisal.candidates if candidate.class_ == class_]
    return found


def state(appraisal: Appraisal, class_: str, ident: str) -> str:
    """The state of one check of the one candidate of a class."""
    (check,) = [check for check in candidate(appraisal, class_).checks if check.id == ident]
    return check.state


def test_a_clean_dossier() -> None:
    appraisal = appraised(papers())
    assert state(appraisal, "commune", "d2.new_criteria") == "met"
    assert state(appraisal, "family", "g.contribution") == "met"
    assert state(appraisal, "family", "votes") == "met"
    assert {paper.kind: paper.state for paper in appraisal.papers if paper.required} == {
        "submission": "met",
        "minutes": "met",
        "achievement_report": "unknown",  # one scan of three copies
    }
    assert [(check.id, check.state) for check in appraisal.checks] == [("deadline", "met"), ("votes.minutes", "met")]
    assert appraisal.submission == "45/TTr-UBND, ngày 10/06/2019"


def test_a_late_one() -> None:
    late = appraised(papers(), received="2019-08-02")
    assert [check.state for check in late.checks if check.id == "deadline"] == ["not_met"]


def test_minutes_missing() -> None:
    appraisal = appraised(papers(bien_ban=None))
    assert {paper.kind: paper.state for paper in appraisal.papers}["minutes"] == "not_met"
    assert state(appraisal, "family", "votes") == "unknown"
    assert any(request.what.startswith("Bổ sung: Biên bản") for request in appraisal.to_ask)


def test_two_copies_of_three() -> None:
    texts = papers(bao_cao_ho=None) | {"bao_cao_xa_2.txt": commune_report()}
    assert state(appraised(texts), "commune", "papers.achievement_report") == "not_met"


def test_gain_against_the_wrong_year() -> None:
    told = "- Năm 2011, xã đạt 04/19 tiêu chí; năm 2015 đạt 09/19 tiêu chí; đến tháng 5/2019 đạt 16/19 tiêu chí.\n"
    report = commune_report(results=told + "- Như vậy tăng 12 tiêu chí so với năm 2011.")
    assert state(appraised(papers(bao_cao_xa=report)), "commune", "d2.new_criteria") == "not_met"


def test_plan_told_as_result() -> None:
    told = "- Năm 2015, xã mới đạt 06/19 tiêu chí. Phấn đấu đến hết năm 2019 đạt 19/19 tiêu chí."
    assert state(appraised(papers(bao_cao_xa=commune_report(results=told))), "commune", "d2.new_criteria") == "unknown"


def test_all_criteria_are_no_recognition_but_a_decision_is() -> None:
    told = commune_report(results="- Năm 2015, xã đạt 06/19 tiêu chí; năm 2018 đạt 19/19 tiêu chí.")
    assert state(appraised(papers(bao_cao_xa=told)), "commune", "d1.commune_standard") == "person"
    recognised = papers(bao_cao_xa=told, quyet_dinh=recognition())
    assert state(appraised(recognised), "commune", "d1.commune_standard") == "met"


@pytest.mark.parametrize(
    ("given", "told", "expected"),
    [
        ("-", "- Năm 2017, gia đình ủng hộ gần 400 triệu đồng làm đường.\n", "not_met"),
        ("-", "- Năm 2017, gia đình ủng hộ 398 triệu đồng làm đường.\n", "person"),
        (
            "250",
            "- Năm 2016, gia đình hiến 500 m2 đất, trị giá 250 triệu đồng.\n- Đất đã hiến năm 2016 là 500 m2.\n",
            "not_met",
        ),
        ("-", "- Năm 2016, gia đình hiến 900 m2 đất làm đường.\n", "unknown"),
        ("350", "- Năm 2016, gia đình ủng hộ 450 triệu đồng làm đường.\n", "person"),
        ("450", "- Năm 2009, gia đình ủng hộ 450 triệu đồng làm đường.\n", "person"),
    ],
)
def test_gifts_of_a_family(given: str, told: str, expected: str) -> None:
    people = (PEOPLE[0], Proposed(FAMILY, "Hộ gia đình", given=given))
    texts = {"to_trinh.txt": submission(people), "bao_cao.txt": family_report(gifts=told)}
    assert state(appraised(texts), "family", "g.contribution") == expected


def test_excluded_by_an_earlier_award(tmp_path: Path) -> None:
    people = (Proposed(OFFICIAL, "Cá nhân"),)
    texts = {
        "to_trinh.txt": submission(people, counted="01 cá nhân"),
        "bien_ban.txt": minutes(people),
        "bao_cao.txt": official_report(awards="Năm 2013: Giấy khen của Chủ tịch UBND huyện."),
    }
    head = "Tên,Đơn vị,Hình thức,Số QĐ,Ngày\n"
    entry = "Hà Thị Lụa,UBND xã Bản Khoang,Bằng khen,815/QĐ-UBND,20/5/2017"
    ident = "exclusion.a.2016-2018"
    assert state(appraised(texts), "official", ident) == "unknown"
    found = read_registry(written(tmp_path, "so.csv", head.strip(), entry))
    assert state(appraised(texts, registry=found), "official", ident) == "not_met"
    other = read_registry(written(tmp_path, "so.csv", head.strip(), entry.replace("Lụa", "Lượt")))
    assert state(appraised(texts, registry=other), "official", ident) == "met"


def test_report_and_list_that_contradict_each_other() -> None:
    appraisal = appraised(papers(bao_cao_ho=family_report(gifts="- Năm 2016, gia đình ủng hộ 350 triệu đồng.\n")))
    differing = [item for item in appraisal.contradictions if item.candidate == candidate(appraisal, "family").name]
    assert differing[0].values == ["350 triệu đồng", "450 triệu đồng"]
    assert state(appraisal, "family", "g.contribution") == "person"


def test_without_rules_nothing_is_met() -> None:
    appraisal = appraised(papers(), rules=RuleBook())
    states = {check.state for who in appraisal.candidates for check in who.checks if check.id == "criterion"}
    assert states == {"person"}
    assert appraisal.set is None


def test_families_have_a_set_of_their_own() -> None:
    farmers = DossierSet(
        for_="farmers_families", papers=[RequiredPaper(kind="submission", copies=2)], place=Place(item="III.2")
    )
    book = rules()
    book = book.model_copy(update={"dossier_sets": [*book.dossier_sets, farmers]})
    people = (Proposed(FAMILY, "Hộ gia đình", given="450"),)
    texts = {"to_trinh.txt": submission(people, counted="01 hộ gia đình"), "bao_cao.txt": family_report()}
    appraisal = appraised(texts, rules=book)
    assert "minutes" not in {paper.kind for paper in appraisal.papers}
    assert {paper.kind: paper.state for paper in appraisal.papers}["submission"] == "unknown"


def test_nothing_confirmed_is_marked() -> None:
    book = rules()
    proposed = [c.model_copy(update={"status": "proposed", "by": None, "on": None}) for c in book.criteria]
    appraisal = appraised(papers(), rules=book.model_copy(update={"criteria": proposed}))
    assert appraisal.rules_confirmed is False
    assert not any(check.rule_confirmed for who in appraisal.candidates for check in who.checks if check.rule)
