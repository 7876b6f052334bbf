"""What single sentences of standards measure, in many words."""

from __future__ import annotations

import pytest

from appraise.guideline import measures
from appraise.guideline.passages import Passage


def _told(words: str, candidate: str = "commune") -> list[tuple[object, ...]]:
    tests = measures.tests_of(Passage(words), candidate)
    return [(test.measure, test.relation, test.value, test.unit) for test in tests if test.relation != "judged"]


@pytest.mark.parametrize(
    ("words", "relation", "value"),
    [
        ("đóng góp tiền, công sức trị giá từ 400 triệu đồng trở lên", "ge", 400_000_000),
        ("ủng hộ vật tư, cộng dồn tương đương 1 tỷ đồng trở lên", "about_ge", 1_000_000_000),
        ("ủng hộ không dưới 150 triệu đồng", "ge", 150_000_000),
        ("hiến đất trị giá tối thiểu 80.000.000 đồng", "ge", 80_000_000),
        ("tài trợ trên 2,5 tỷ đồng", "gt", 2_500_000_000),
        ("góp tiền, công lao động đạt 60 triệu đồng", "ge", 60_000_000),
        ("đóng góp khoảng 300 triệu đồng", "about_ge", 300_000_000),
    ],
)
def test_contributions(words, relation, value):
    assert _told(words, "family") == [("contribution", relation, value, "đồng")]


@pytest.mark.parametrize(
    ("words", "candidate", "test"),
    [
        ("có thu nhập từ 1 tỷ đồng trở lên", "family", ("income", "ge", 1_000_000_000, "đồng")),
        ("Có mức tăng mới từ 08 tiêu chí trở lên", "commune", ("new_criteria", "ge", 8, "tiêu chí")),
        ("đạt từ 15 tiêu chí trở lên", "commune", ("criteria_reached", "ge", 15, "tiêu chí")),
        ("không có tình trạng bị rớt tiêu chí", "commune", ("lost_criteria", "eq", 0, "tiêu chí")),
        ("không để tụt tiêu chí nào", "commune", ("lost_criteria", "eq", 0, "tiêu chí")),
        (
            "tỷ lệ xã đạt chuẩn nông thôn mới cao nhất, nhì tỉnh",
            "district",
            ("share_of_communes", "rank_le", 2, "hạng"),
        ),
        (
            "tỷ lệ xã đạt chuẩn nông thôn mới xếp thứ nhất hoặc thứ nhì",
            "district",
            ("share_of_communes", "rank_le", 2, "hạng"),
        ),
        (
            "tỷ lệ xã đạt chuẩn nông thôn mới xếp thứ nhất, thứ nhì, thứ ba",
            "district",
            ("share_of_communes", "rank_le", 3, "hạng"),
        ),
        ("có từ 80% số xã đạt chuẩn nông thôn mới trở lên", "district", ("share_of_communes", "ge", 80, "%")),
        ("mức tăng tiêu chí bình quân/xã đứng đầu tỉnh", "district", ("average_growth", "rank_le", 1, "hạng")),
        ("nhóm 03 huyện dẫn đầu về tỷ lệ xã đạt chuẩn", "district", ("share_of_communes", "rank_le", 3, "hạng")),
        ("giúp đỡ ít nhất 01 xã về đích nông thôn mới", "official", ("helped_communes", "ge", 1, "xã")),
        ("xây dựng được ít nhất 01 “Khu dân cư kiểu mẫu”", "commune", ("model_residential_areas", "ge", 1, "khu")),
        ("xây dựng thành công khu dân cư kiểu mẫu", "hamlet", ("model_residential_areas", "has", None, None)),
        ("tạo việc làm cho từ 25 lao động trở lên", "enterprise", ("jobs", "ge", 25, "người")),
        ("giải quyết việc làm cho người lao động", "enterprise", ("jobs", "has", None, None)),
        ("bao tiêu nông sản cho ít nhất 40 hộ", "enterprise", ("linkage", "ge", 40, "hộ")),
        ("liên kết, phối hợp tiêu thụ sản phẩm", "enterprise", ("linkage", "has", None, None)),
        ("đã được công nhận xã đạt chuẩn nông thôn mới", "commune", ("commune_standard", "has", None, None)),
        ("có trên 95% số hộ tham gia bảo hiểm y tế", "hamlet", ("merit", "gt", 95, "%")),
    ],
)
def test_what_is_measured(words, candidate, test):
    assert _told(words, candidate) == [test]


def test_ratings_of_the_period_and_of_single_years():
    words = "hằng năm hoàn thành tốt nhiệm vụ trở lên, trong đó có 03 năm hoàn thành xuất sắc nhiệm vụ"
    rating, years = measures.tests_of(Passage(words), "official")
    assert (rating.measure, rating.names) == ("rating", ["hoàn thành tốt nhiệm vụ"])
    assert (years.measure, years.value, years.names) == ("years_of_rating", 3, ["hoàn thành xuất sắc nhiệm vụ"])


def test_names_of_criteria_and_of_a_plan():
    tests = measures.tests_of(
        Passage("tăng 10 tiêu chí trở lên (trong đó có tiêu chí thu nhập, giảm nghèo)"), "commune"
    )
    assert [test.names for test in tests if test.measure == "including_criteria"] == [["Thu nhập", "Giảm nghèo"]]
    plan = measures.tests_of(
        Passage("thực hiện Kế hoạch nông thôn mới nâng cao theo Quyết định số 512/QĐ-UBND"), "commune"
    )
    assert [test.names for test in plan if test.measure == "advanced_plan"] == [["512/QĐ-UBND"]]


def test_only_what_is_said_to_add_up_is_cumulative():
    told = [
        measures.tests_of(Passage(words), "family")[0].cumulative
        for words in ("đóng góp cộng dồn từ 90 triệu đồng trở lên", "đóng góp từ 90 triệu đồng trở lên")
    ]
    assert told == [True, None]


@pytest.mark.parametrize(
    "words",
    [
        "theo Quyết định số 933/QĐ-UBND ngày 22/5/2018",
        "giúp xã đạt chuẩn nông thôn mới",
        "kể từ khi được công nhận xã đạt chuẩn nông thôn mới",
    ],
)
def test_what_sets_no_number(words):
    assert _told(words, "official") == []


@pytest.mark.parametrize(
    ("words", "combined"),
    [
        ("hiến từ 500 m2 đất trở lên hoặc đóng góp tiền trị giá ít nhất 120 triệu đồng", "any"),
        ("ủng hộ tiền hoặc hiện vật từ 1 tỷ đồng trở lên, bao tiêu nông sản cho ít nhất 35 hộ", "all"),
        ("ủng hộ từ 1 tỷ đồng trở lên và giải quyết việc làm cho lao động nam hoặc nữ", "all"),
    ],
)
def test_or_counts_only_between_tests(words, combined):
    passage = Passage(words)
    assert measures.combination(passage, measures.placed_tests(passage, "enterprise")) == combined
