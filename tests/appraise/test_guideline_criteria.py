"""Whole guidelines of invented provinces, in different words and structures, against what was written by hand."""

from __future__ import annotations

import tomllib

import pytest

from tests.appraise.guidelines import DATA, criteria_of, numbers

GUIDELINES = (
    "huong-dan-doan-ket",
    "huong-dan-dieu-khoan",
    "huong-dan-theo-doi-tuong",
    "quy-dinh-vi-nguoi-ngheo",
    "huong-dan-bang",
)
HEAD = "HƯỚNG DẪN\nXét khen thưởng phong trào thi đua\n\n"


@pytest.mark.parametrize("name", GUIDELINES)
def test_criteria_are_those_written_by_hand(name):
    found = criteria_of((DATA / f"{name}.txt").read_text(encoding="utf-8"))
    told = [
        {
            "award": criterion.award,
            "class": criterion.candidate,
            "item": criterion.place.item,
            "tests": numbers(criterion),
            "window": [criterion.window.first, criterion.window.last] if criterion.window else None,
            "exclusions": [[item.period.first, item.period.last, item.reach] for item in criterion.exclusions],
            "left_to_units": criterion.left_to_units,
        }
        for criterion in found
    ]
    written = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["criterion"]
    expected = [
        {
            "award": entry["award"],
            "class": entry["class"],
            "item": entry["item"],
            "tests": sorted(entry.get("tests", []), key=str),
            "window": entry.get("window"),
            "exclusions": entry.get("exclusions", []),
            "left_to_units": entry.get("left_to_units", False),
        }
        for entry in written
    ]
    assert sorted(told, key=str) == sorted(expected, key=str)
    combined = {(entry["item"], entry["class"]): entry["any_or_all"] for entry in written if "any_or_all" in entry}
    assert combined == {
        (criterion.place.item, criterion.candidate): criterion.any_or_all
        for criterion in found
        if (criterion.place.item, criterion.candidate) in combined
    }


def test_ids_are_unique_and_quotes_are_printed():
    text = (DATA / "huong-dan-doan-ket.txt").read_text(encoding="utf-8")
    found = criteria_of(text)
    assert len({criterion.id for criterion in found}) == len(found)
    printed = " ".join(text.split())
    assert all(criterion.quote and criterion.quote in printed for criterion in found)


def test_two_candidates_of_one_dash_make_two_criteria():
    found = criteria_of(
        HEAD
        + "I. YÊU CẦU\n\nII. TIÊU CHUẨN\n\n1. Bằng khen Thủ tướng Chính phủ tặng cho cá nhân đạt một trong các tiêu "
        "chuẩn sau:\n\n- Người lao động: trong giai đoạn 2015-2019 góp đất, ngày công trị giá cộng dồn từ 350 triệu "
        "đồng trở lên; Gia đình làm kinh tế giỏi, có thu nhập từ 900 triệu đồng trở lên.\n"
    )
    assert [(c.candidate, numbers(c), c.window is None) for c in found] == [
        ("worker", [["contribution", "ge", 350_000_000, "đồng"]], False),
        ("family", [["income", "ge", 900_000_000, "đồng"]], True),
    ]


@pytest.mark.parametrize(
    ("intro", "criteria", "combined"),
    [("đạt một trong các tiêu chuẩn sau", 2, "all"), ("đạt các tiêu chuẩn sau", 1, "all"), ("như sau", 1, "unsaid")],
)
def test_dashes_are_alternatives_or_tests_of_one_standard(intro, criteria, combined):
    found = criteria_of(
        HEAD + f"I. YÊU CẦU\n\nII. TIÊU CHUẨN\n\n1. Bằng khen của Chủ tịch UBND tỉnh tặng cho xã {intro}:\n\n"
        "- Có mức tăng từ 5 tiêu chí trở lên;\n\n- Có ít nhất 02 khu dân cư kiểu mẫu.\n"
    )
    assert (len(found), {criterion.any_or_all for criterion in found}) == (criteria, {combined})


def test_a_letter_with_a_broken_mark_keeps_its_candidates():
    found = criteria_of(
        HEAD + "I. YÊU CẦU\n\nII. TIÊU CHUẨN\n\n1. Bằng khen của Chủ tịch UBND tỉnh tặng cho tập thể đạt một trong các "
        "tiêu chuẩn sau:\n\na) Các sở, ngành:\n\nCó nhiều sáng kiến.\n\nb) Các đoàn thể:\n\nVận động tốt hội viên.\n\n"
        "c¢) Các huyện:\n\n- Có từ 60% số xã trở lên đạt chuẩn nông thôn mới.\n\n"
        "- Dẫn đầu tỉnh về tỷ lệ xã đạt chuẩn.\n\nd) Các xã:\n\nTăng từ 6 tiêu chí trở lên.\n"
    )
    assert [(c.candidate, c.place.item) for c in found] == [
        ("department", "II.1.a"),
        ("front_union", "II.1.b"),
        ("district", "II.1.c.-1"),
        ("district", "II.1.c.-2"),
        ("commune", "II.1.d"),
    ]


@pytest.mark.parametrize(
    ("dashes", "reaches"),
    [
        ((True, True), ["dash", "dash"]),
        ((True, False), ["dash"]),
        ((False, True), ["unsaid"]),
    ],
)
def test_how_far_an_exclusion_reaches_is_open_only_behind_the_last_dash(dashes, reaches):
    clause = " (trừ các xã đã được khen thưởng giai đoạn 2011-2015)"
    first, second = (clause if has else "" for has in dashes)
    found = criteria_of(
        HEAD
        + "I. YÊU CẦU\n\nII. TIÊU CHUẨN\n\n1. Bằng khen của Chủ tịch UBND tỉnh đạt một trong các tiêu chuẩn sau:\n\n"
        f"a) Các xã:\n\n- Tăng từ 9 tiêu chí trở lên{first};\n\n- Có ít nhất 02 khu dân cư kiểu mẫu{second}.\n"
    )
    assert [item.reach for criterion in found for item in criterion.exclusions] == reaches


def test_sections_without_standards_make_no_criteria():
    assert not criteria_of(
        HEAD + "I. HỒ SƠ ĐỀ NGHỊ TẶNG BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH\n\n1. Đối với xã: báo cáo thành tích 02 bản.\n\n"
        "2. Hộ gia đình: đơn có xác nhận giá trị đóng góp từ 10 triệu đồng trở lên.\n"
    )


def test_a_heading_with_its_text_in_a_paragraph_is_a_criterion_and_bars_only_its_own():
    text = (
        f"{HEAD}I. BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH\n\n1. Đề nghị tặng thôn, bản:\n\nThôn đã làm được ít nhất "
        "02 khu dân cư kiểu mẫu; không xét thôn đã được tặng Bằng khen giai đoạn 2016 - 2018.\n\n"
        "2. Trình khen hộ gia đình:\n\nĐóng góp từ 200 triệu đồng trở lên.\n"
    )
    found = criteria_of(text)
    assert [(criterion.candidate, len(criterion.exclusions)) for criterion in found] == [("hamlet", 1), ("family", 0)]


def test_what_bars_in_a_standard_of_unknown_candidates_bars_nobody_else():
    text = (
        f"{HEAD}I. BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH\n\n1. Liên minh Khoai Lúa: đóng góp từ 90 triệu đồng trở lên; "
        "không xét đơn vị đã được tặng Bằng khen giai đoạn 2016 - 2018.\n\n"
        "2. Hộ gia đình: đóng góp từ 200 triệu đồng trở lên.\n"
    )
    families = [criterion for criterion in criteria_of(text) if criterion.candidate == "family"]
    assert [criterion.exclusions for criterion in families] == [[]]
