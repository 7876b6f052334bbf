"""Papers, copies, deadlines and headings, from guidelines in several ways of writing."""

from __future__ import annotations

import datetime as dt

import pytest

from appraise.guideline.deadlines import find_deadlines
from appraise.guideline.dossier_sets import find_dossier_sets
from appraise.guideline.report_outline import find_report_outline
from appraise.guideline.required_papers import read_paper
from tests.appraise.guidelines import DATA
from tests.appraise.rule_books import book_of, guideline_of, sample


def papers_of(text):
    return [
        (found.for_, found.sets, [(paper.kind, paper.copies, paper.with_) for paper in found.papers])
        for found in find_dossier_sets(guideline_of(text))
    ]


def test_sets_below_items_and_within_a_sentence():
    report, minutes = "achievement_report", "minutes"
    assert papers_of(sample("roads")) == [
        ("province", 2, [("submission", 1, ["list"]), (minutes, 1, []), (report, 2, []), ("confirmation", 1, [])]),
        ("farmers_families", None, [("submission", 2, ["list"]), (report, 2, [])]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. Hồ sơ gửi Thủ tướng (04 bộ bản gốc), gồm:\n\n- Tờ trình;\n\n- 04 bản báo cáo thành tích\n",
            [("prime_minister", 4, [("submission", None, []), ("achievement_report", 4, [])])],
        ),
        (
            "I. HỒ SƠ\n\n1. Tờ trình (02 bản), biên bản xét (01 bản), báo cáo thành tích (03 bản).\n",
            [("other", None, [("submission", 2, []), ("minutes", 1, []), ("achievement_report", 3, [])])],
        ),
        (
            "1. Thành phần hồ sơ:\n\n- Tờ trình, biên bản họp xét, báo cáo thành tích (mỗi loại 03 bản).\n",
            [("other", None, [("submission", 3, []), ("minutes", 3, []), ("achievement_report", 3, [])])],
        ),
        ("1. Hồ sơ gửi về Phòng Kinh tế.\n\n- Các xã làm đường;\n\n- Các thôn hiến đất.\n", []),
    ],
)
def test_sets_in_other_words(text, expected):
    assert papers_of(text) == expected


def test_a_paper_names_its_form_and_what_comes_with_it():
    paper = read_paper("Báo cáo thành tích (theo mẫu 07 tại Nghị định số 91/2017/NĐ-CP), kèm theo danh sách. (03 bản)")
    assert (paper.form, paper.with_, paper.copies) == ("mẫu 07 tại Nghị định số 91/2017/NĐ-CP", ["list"], 3)


@pytest.mark.parametrize(
    ("words", "copies"),
    [
        ("Báo cáo thành tích (mẫu số 07 ban hành kèm theo Nghị định số 91/2017/NĐ-CP): 03 bản", 3),
        ("Báo cáo thành tích theo mẫu số 02 ban\nhành kèm theo Thông tư này: 04 bản", 4),
        ("Báo cáo thành tích, mẫu 05 ban hành kèm theo Quyết định này", None),
        ("Báo cáo thành tích theo mẫu số 05 bản điện tử", None),
        ("Báo cáo thành tích: 02 bản", 2),
    ],
)
def test_the_number_of_a_form_is_no_count_of_copies(words, copies):
    assert read_paper(words).copies == copies


def test_copies_that_contradict_their_words_are_not_asserted():
    assert read_paper("Tờ trình: 02 (ba) bản chính").copies is None


@pytest.mark.parametrize(
    ("text", "date", "relation", "inclusive", "to"),
    [
        ("Hồ sơ gửi về Sở Nội vụ trước ngày 20/4/2031.", "2031-04-20", "before", None, "Sở Nội vụ"),
        ("Hồ sơ gửi Sở Nội vụ chậm nhất ngày 20 tháng 4 năm 2031.", "2031-04-20", "until", True, "Sở Nội vụ"),
        ("Thời gian nhận hồ sơ: đến hết ngày 20/4/2031.", "2031-04-20", "until", True, None),
        ("Hồ sơ nộp tại Phòng Kinh tế trước 17 giờ 00 ngày 20/4/2031.", "2031-04-20", "before", None, "Phòng Kinh tế"),
        ("Trước ngày 20/4/2031, các xã gửi báo cáo về Sở Nội vụ.", "2031-04-20", "before", None, "Sở Nội vụ"),
        ("Các xã bình xét xong trong tháng 4/2031.", "2031-04-30", "until", True, None),
        ("Các xã hoàn thành trước tháng 4/2031.", "2031-04-01", "before", False, None),
    ],
)
def test_deadlines(text, date, relation, inclusive, to):
    [found] = find_deadlines(guideline_of(f"I. THỜI GIAN\n\n1. {text}\n\n2. Các xã thực hiện.\n"))
    assert (found.date, found.relation) == (dt.date.fromisoformat(date), relation)
    assert (found.inclusive, found.to) == (inclusive, to)


@pytest.mark.parametrize(
    "text",
    [
        "Số liệu tính đến ngày 31/12/2030.",
        "Xã được công nhận đạt chuẩn trước ngày 31/12/2030.",
        "Quyết định số 5/QĐ-UBND ngày 20/4/2031 của UBND tỉnh.",
    ],
)
def test_dates_that_are_no_deadlines(text):
    assert find_deadlines(guideline_of(f"I. THỜI GIAN\n\n1. {text}\n\n2. Các xã thực hiện.\n")) == []


def test_a_task_is_told_with_its_deadline():
    tasks = [(found.what, found.to) for found in book_of(sample("roads")).deadlines]
    assert tasks == [
        ("Các xã gửi hồ sơ", "Phòng Kinh tế"),
        ("Phòng Kinh tế thẩm định", "Sở Nội vụ (qua Ban Thi đua - Khen thưởng)"),
    ]


def test_the_annexed_outline_goes_before_the_text():
    outline = find_report_outline(guideline_of(sample("unsaid")))
    assert [(item.number, item.title, [child.title for child in item.children]) for item in outline] == [
        ("I", "TÌNH HÌNH CHUNG", ["Thuận lợi", "Khó khăn"]),
        ("II", "KẾT QUẢ", ["Kết quả làm đường", "Cách làm hay"]),
    ]


def test_contents_that_the_text_lists():
    outline = find_report_outline(guideline_of(sample("roads")))
    assert [item.title for item in outline] == ["Tình hình chung", "Kết quả làm đường", "Kiến nghị"]


def test_a_table_with_a_column_of_copies_for_each_level_is_a_set_for_each():
    text = (DATA / "huong-dan-bang.txt").read_text(encoding="utf-8")
    report, minutes = "achievement_report", "minutes"
    assert papers_of(text) == [
        ("province", None, [("submission", 1, ["list"]), (minutes, 1, []), (report, 2, [])]),
        ("prime_minister", None, [("submission", 2, ["list"]), (minutes, 2, []), (report, 5, [])]),
    ]
