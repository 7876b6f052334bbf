from __future__ import annotations

import pytest

from appraise.reading.candidates import find_candidates
from appraise.reading.claims import collect_claims
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


def claims_of(texts, kind):
    dossier = dossier_of(texts)
    return [
        claim
        for candidate in collect_claims(dossier, find_candidates(dossier))
        for claim in candidate.claims
        if claim.kind == kind
    ]


def gifts(sentence):
    texts = {"a.txt": family_report(gifts=f"{sentence}\n", awards="Không.")}
    money = [(claim.value, claim.year, claim.relation) for claim in claims_of(texts, "contribution")]
    return money, [(claim.value, claim.unit) for claim in claims_of(texts, "in_kind")]


@pytest.mark.parametrize(
    ("sentence", "money", "in_kind"),
    [
        (
            "- Năm 2017: hiến 500 m2 đất (trị giá 75.000.000 đồng), 40 ngày công.",
            [(75_000_000, 2017, "eq")],
            [(40, "công")],
        ),
        ("- Gia đình hiến đất mặt đường, giá trị gần 400 triệu đồng.", [(400_000_000, None, "almost")], []),
        ("- Năm 2018, hiến 300 m2 đất và ủng hộ 20 triệu đồng.", [(20_000_000, 2018, "eq")], [(300, "m2")]),
        (
            "- Ủng hộ 12 triệu đồng (năm 2014) và 15 triệu đồng (năm 2015).",
            [(12_000_000, 2014, "eq"), (15_000_000, 2015, "eq")],
            [],
        ),
        (
            "Năm 2016:\n- Ủng hộ 30 triệu đồng.\nNăm 2017:\n- Hiến 200 m2 đất.",
            [(30_000_000, 2016, "eq")],
            [(200, "m2")],
        ),
        ("- Mỗi năm gia đình ủng hộ 10 triệu đồng.", [(10_000_000, None, "ge")], []),
        ("- Vận động nhân dân hiến 3.000 m2 đất và đóng góp 500 triệu đồng.", [], []),
        ("- Được Nhà nước hỗ trợ 40 triệu đồng, gia đình đầu tư 600 triệu đồng xây chuồng trại.", [], []),
        ("- Gia đình vay 300 triệu đồng, mỗi năm thu nhập 400 triệu đồng.", [], []),
        ("- Năm 2019, gia đình dự kiến ủng hộ 100 triệu đồng.", [], []),
    ],
)
def test_gifts(sentence, money, in_kind):
    assert gifts(sentence) == (money, in_kind)


def test_a_price_told_elsewhere_values_the_land():
    texts = {
        "a.txt": submission(
            [
                Proposed("Hộ ông Cầm Văn Ính", "Hộ gia đình", merit="Hiến 1.200 m2 đất làm đường"),
                Proposed("Hộ bà Tòng Thị Ón", "Hộ gia đình"),
            ]
        ),
        "b.txt": family_report(),
    }
    assert claims_of(texts, "in_kind") == []
    assert len(claims_of(texts, "contribution")[0].where) == 2


def test_units_of_the_table_head_are_applied():
    people = [Proposed("Hộ ông Cầm Văn Ính", "Hộ gia đình", given="450,5"), Proposed("Thôn Nà Hoi", "Tập thể")]
    claim = claims_of({"a.txt": submission(people)}, "contribution")[0]
    assert (claim.value, claim.unit, claim.text) == (450_500_000, "đồng", "Trị giá đóng góp (triệu đồng): 450,5")


def test_tables_of_gifts_leave_their_total_out():
    table = (
        "| STT | Năm | Nội dung | Số tiền ủng hộ (triệu đồng) |\n| 1 | 2013 | Làm đường | 50 |\n"
        "| 2 | 2016 | Nhà văn hóa | 120 |\n| | | Tổng cộng | 170 |"
    )
    assert gifts(table)[0] == [(50_000_000, 2013, "eq"), (120_000_000, 2016, "eq")]


def test_criteria_with_baseline_and_date():
    texts = {"a.txt": commune_report()}
    (baseline,), (level,), (gain,) = (claims_of(texts, k) for k in ("baseline", "criteria_level", "criteria_gain"))
    assert (baseline.value["count"], baseline.year) == (6, 2015)
    assert (level.value["count"], level.value["of"], level.date) == (17, 19, "2019-05")
    assert gain.value == {"count": 11, "baseline": 2015}


def test_plans_are_no_results():
    texts = {
        "a.txt": commune_report(
            results="- Xã phấn đấu năm 2020 đạt 19/19 tiêu chí.",
            villages="Thôn Nà Hoi phấn đấu đạt khu dân cư kiểu mẫu.",
        )
    }
    assert [claim.value for claim in claims_of(texts, "plan")] == [{"count": 19, "of": 19}, 1]
    assert claims_of(texts, "criteria_level") == claims_of(texts, "residential_area") == []


def test_recognition_by_its_decision():
    (claim,) = claims_of({"a.txt": commune_report(villages="Không."), "b.txt": recognition()}, "recognition")
    assert (claim.value, claim.date, claim.paper) == ("1290/QĐ-UBND", "2018-12-15", "recognition")
    other = {"a.txt": commune_report(villages="Không."), "b.txt": recognition("Chiềng Ót")}
    assert claims_of(other, "recognition") == []


def test_ratings_and_awards_of_an_official():
    texts = {
        "a.txt": official_report(
            ratings="Năm 2015 hoàn thành tốt nhiệm vụ; các năm 2016-2018 hoàn thành xuất sắc nhiệm vụ."
        )
    }
    rated = {claim.year: claim.value for claim in claims_of(texts, "rating")}
    assert rated == {2015: "hoàn thành tốt nhiệm vụ"} | dict.fromkeys(
        (2016, 2017, 2018), "hoàn thành xuất sắc nhiệm vụ"
    )
    (award,) = claims_of(texts, "award")
    assert (award.value, award.year, award.date) == ("bang_khen_tinh", 2017, "2017-05-20")
    assert [claim.value for claim in claims_of(texts, "helped_communes")] == [2]


def test_no_award_is_no_claim():
    assert claims_of({"a.txt": family_report()}, "award") == []


def test_votes_as_printed_and_unreadable_ones_unknown():
    people = [
        Proposed("Hộ ông Cầm Văn Ính", "Hộ gia đình", votes="8/9", share="88,9%"),
        Proposed("Hộ bà Tòng Thị Ón", "Hộ gia đình", votes="310", share="90%"),
    ]
    votes = claims_of({"a.txt": minutes(people)}, "votes")
    assert [claim.value for claim in votes] == [
        {"for": 8, "of": 9, "percent": 88.9},
        {"for": None, "of": None, "percent": 90.0},
    ]
    assert votes[1].confidence <= 0.5


def test_jobs_linkage_and_income():
    more = (
        "- Bao tiêu sản phẩm cho 45 hộ dân; tạo việc làm cho 30 lao động.\n"
        "- Thu nhập của gia đình đạt 1,2 tỷ đồng/năm.\n"
    )
    texts = {"a.txt": family_report(more=more)}
    assert [claim.value for claim in claims_of(texts, "linkage")] == [45]
    assert [claim.value for claim in claims_of(texts, "jobs")] == [30]
    assert [(claim.value, claim.unit) for claim in claims_of(texts, "income")] == [(1_200_000_000, "đồng")]
