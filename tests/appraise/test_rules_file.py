"""rules.yaml: read back as written, faults named by line, confirmations kept when the guideline is read again."""

from __future__ import annotations

import datetime as dt

import pytest

from appraise.rule_files.rules_file import read_rules, rules_as_yaml
from appraise.rule_files.rules_merge import merge_with_confirmed
from normalize.errors import NotFoundError, RuleFileError
from tests.appraise.rule_books import book_of, sample


@pytest.fixture
def book():
    return book_of(sample("unsaid"))


@pytest.fixture
def file(tmp_path, book):
    path = tmp_path / "rules.yaml"
    path.write_text(rules_as_yaml(book), encoding="utf-8")
    return path


def test_what_is_written_is_read_back(file, book):
    assert read_rules(file) == book


def test_the_file_tells_people_what_it_holds(file):
    text = file.read_text(encoding="utf-8")
    assert "# Tiêu chuẩn khen thưởng" in text
    assert "  # I.1.a.-1: Bằng khen Chủ tịch UBND tỉnh, xã: số tiêu chí tăng mới từ 6 tiêu chí trở lên" in text


def edited(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    at = text.index(old)
    return text.count("\n", 0, at) + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("relation: ge", "relatoin: ge", "unknown key; did you mean `relation`?"),
        ("relation: ge", "relation: more", "relation: one of 'ge'"),
        ("unit: tiêu chí", "unit: xã", "đơn vị phải là tiêu chí, không phải xã"),
        ("unit: đồng", "unit: triệu đồng", "đơn vị phải là đồng"),
        ("value: 200000000", "value: 200", "200 đồng là quá nhỏ"),
        ("value: 6", "value: 60", "bộ tiêu chí có 19"),
        ("date: 2031-04-20", "date: 47958", "in Excel's count it would be 2031-04-20"),
        ("kind: submission", "kind: letter", "loại giấy tờ letter"),
        ("    status: proposed", "    status: confirmed", "người xác nhận (by)"),
    ],
)
def test_a_fault_is_named_with_its_line(file, old, new, said):
    line = edited(file, old, new)
    with pytest.raises(RuleFileError) as caught:
        read_rules(file)
    assert said in caught.value.what
    if "by" not in said and "triệu" not in new:  # told of the whole item, which begins above
        assert f"rules.yaml, line {line}:" in caught.value.what


def test_thresholds_that_exclude_each_other_are_told(file):
    more = "      - measure: new_criteria\n        relation: le\n        value: 4\n        unit: tiêu chí\n"
    edited(
        file, "    any_or_all: all\n    window: {first: 2026", more + "    any_or_all: all\n    window: {first: 2026"
    )
    with pytest.raises(RuleFileError, match="hai ngưỡng loại trừ nhau"):
        read_rules(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("criteria: [\n  a: b\n", "not YAML"),
        ("just words", "no rules"),
        ("", "no rules"),
        ("criteria:\n  - id: a\n    id: b\n", "line 3"),
    ],
)
def test_files_that_hold_no_rules(tmp_path, content, said):
    path = tmp_path / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RuleFileError, match=said):
        read_rules(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NotFoundError):
        read_rules(tmp_path / "rules.yaml")


def confirm(rule):
    rule.status, rule.by, rule.on = "confirmed", "Lý Văn Khê", dt.date(2031, 3, 9)


def test_reading_again_keeps_what_people_did(book):
    old = book.model_copy(deep=True)
    confirm(old.criteria[0])
    old.criteria[0].tests[0].value = 7
    old.questions[0].answer = "Cả điểm"
    merged = merge_with_confirmed(book, old)
    assert (merged.criteria[0].by, merged.criteria[0].tests[0].value) == ("Lý Văn Khê", 7)
    assert merged.questions[0].answer == "Cả điểm"
    assert any("giữ theo tệp đang có" in line for line in merged.differences)


def test_a_confirmation_falls_where_the_text_has_changed(book):
    old = book.model_copy(deep=True)
    confirm(old.criteria[0])
    new = book_of(sample("unsaid").replace("từ 06 tiêu chí", "từ 05 tiêu chí"))
    merged = merge_with_confirmed(new, old)
    assert (merged.criteria[0].status, merged.criteria[0].tests[0].value) == ("proposed", 5)
    assert any("cần xác nhận lại (Lý Văn Khê, 09/03/2031)" in line for line in merged.differences)


def test_nothing_changes_where_nothing_was_done(book):
    assert merge_with_confirmed(book, book) == book
