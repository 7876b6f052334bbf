"""Several copies of one guideline: each field names its copy, what differs is listed."""

from __future__ import annotations

from appraise.guideline.copies import merge_copies
from tests.appraise.rule_books import book_of, sample


def test_what_stands_in_one_copy_only_is_taken_from_it_and_named():
    whole = sample("roads")
    headless = whole[whole.index("HƯỚNG DẪN") :]
    merged = merge_copies([book_of(headless, "sach.txt"), book_of(whole, "quet.txt")], ["sach.txt", "quet.txt"])
    assert (merged.guideline["code"].value, merged.guideline["code"].source) == ("12/HD-SNV", "quet.txt")
    assert (merged.guideline["type"].source, merged.guideline["type"].others) == ("sach.txt", {"quet.txt": "Hướng dẫn"})
    assert merged.sources == ["sach.txt", "quet.txt"]
    assert {criterion.place.source for criterion in merged.criteria} == {"sach.txt"}


def test_a_threshold_read_differently_is_told_not_settled():
    text = sample("roads")
    other = text.replace("từ 06 tiêu chí", "từ 16 tiêu chí").replace("ngày 15/5/2031", "ngày 16/5/2031")
    merged = merge_copies([book_of(text, "a"), book_of(other, "b")], ["a", "b"])
    assert merged.criteria == book_of(text, "a").criteria
    assert len(merged.differences) == 2
    assert merged.differences[0].startswith("I.1.a: a: số tiêu chí tăng mới từ 6 tiêu chí")
    assert "16/05/2031" in merged.differences[1]


def test_a_criterion_of_another_copy_is_added_and_told():
    text = sample("roads")
    shorter = text.replace("b) Đối với các thôn: Có thành tích tiêu biểu trong phong trào.\n", "")
    merged = merge_copies([book_of(shorter, "a"), book_of(text, "b")], ["a", "b"])
    assert [criterion.candidate for criterion in merged.criteria].count("hamlet") == 1
    assert any("không thấy trong a" in line or "chỉ có trong" in line for line in merged.differences)


def test_one_copy_is_taken_as_it_is():
    book = book_of(sample("roads"))
    assert merge_copies([book], ["huong-dan.txt"]) is book
