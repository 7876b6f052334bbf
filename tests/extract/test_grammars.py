"""Every grammar is a table of patterns with examples; the examples are the tests."""

from __future__ import annotations

import pytest

from extract.counts import COUNT_GRAMMAR
from extract.dates import DATE_GRAMMAR
from extract.money import MONEY_GRAMMAR
from extract.patterns import Pattern, Source, find_all
from extract.periods import PERIOD_GRAMMAR
from normalize.folding import fold_aligned

GRAMMARS = (DATE_GRAMMAR, PERIOD_GRAMMAR, MONEY_GRAMMAR, COUNT_GRAMMAR)
EXAMPLES = [
    pytest.param(grammar, pattern, text, value, id=f"{pattern.name}: {text!r}")
    for grammar in GRAMMARS
    for pattern in grammar
    for text, value in pattern.examples
]
# What looks like a value to one rule must not be taken by its neighbours either.
NOTHING = [
    pytest.param(grammar, text, id=f"{pattern.name}: {text!r}")
    for grammar in GRAMMARS
    for pattern in grammar
    for text in pattern.nothing
]


# Numbers that are no values to any grammar.
NO_VALUES = (
    "điện thoại 0205.3871.931",
    "ĐT: 0912 345 678",
    "Fax: (0205) 3871 931",
    "tài khoản số 1200 2050 11222 mở tại Kho bạc",
    "mã số thuế 4900123456-001",
    "khoản 3 Điều 12 Chương II",
    "điểm a khoản 2 Điều 15",
    "tiêu chí số 10 về thu nhập",
    "mẫu số 07",
    "3.2.1. Bằng khen",
    "Bảng 2.3",
    "trang 12/45",
    "tờ bản đồ số 15, thửa đất số 231",
    "biển số 12A-031.22",
    "CCCD 020098001234",
    "quốc lộ 1A, km 15",
    "lần thứ XVI",
    "hạng Nhất",
    "phòng 2019",
    "nhiệt độ 25 độ",
    "tổ 5, khối 7",
    "lúc 14 giờ 30 phút",
    "sáng kiến, giải pháp hữu ích",
    "các xã, thôn, bản",
    "nhất trí cao",
    "vòng 2 bảng A",
    "lớp 12A5",
    "thứ 2, thứ 3",
    "TCVN 6909:2001",
    "A4 210x297",
)


def found_in(text: str, grammar) -> list:
    return find_all(Source(text, fold_aligned(text)), grammar)


@pytest.mark.parametrize(("grammar", "pattern", "text", "value"), EXAMPLES)
def test_the_examples_of_a_pattern_are_found_by_it_and_nothing_else_is(grammar, pattern: Pattern, text: str, value):
    values = value if isinstance(value, tuple) else (value,)
    found = found_in(text, grammar)
    assert [item.value for item in found] == list(values)
    assert pattern.name in {item.rule for item in found}


@pytest.mark.parametrize(("grammar", "text"), NOTHING)
def test_what_only_looks_alike_is_left_alone(grammar, text: str):
    assert found_in(text, grammar) == []


@pytest.mark.parametrize("text", NO_VALUES)
def test_numbers_that_are_no_values_are_left_alone(text: str):
    assert [found for grammar in GRAMMARS for found in found_in(text, grammar)] == []


@pytest.mark.parametrize("pattern", [pattern for grammar in GRAMMARS for pattern in grammar], ids=lambda p: p.name)
def test_every_pattern_has_examples(pattern: Pattern):
    assert pattern.examples


@pytest.mark.parametrize(
    "pattern", [pattern for grammar in GRAMMARS for pattern in grammar if pattern.needs], ids=lambda p: p.name
)
def test_every_match_holds_what_its_pattern_needs(pattern: Pattern):
    texts = [fold_aligned(text) for text, _ in pattern.examples]
    matches = [match.group() for text in texts for match in pattern.compiled.finditer(text)]
    assert matches
    assert [match for match in matches if not pattern.needed.search(match)] == []


def test_a_text_without_what_a_pattern_needs_is_not_searched():
    def never(*_: object) -> None:
        raise AssertionError("searched")

    pattern = Pattern("none", r"\d{1,3}", never, needs="xa")
    assert find_all(Source("năm 2031", "nam 2031"), [pattern]) == []


def test_digits_taken_from_letters_are_marked_restored():
    (found,) = found_in("l5/7/20l9", DATE_GRAMMAR)
    assert (found.value, found.status) == ("2019-07-15", "restored")
    assert found.strength < 0.9


def test_strokes_taken_for_a_quarter_are_marked_restored():
    (found,) = found_in("quý I111/2019", PERIOD_GRAMMAR)
    assert found.status == "restored"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("trước ngày 31/7/2031", "date.before"),
        ("đến hết ngày 31/7/2031", "date.until"),
        ("kể từ ngày 31/7/2031", "date.from"),
        ("sau ngày 31/7/2031", "date.after"),
        ("Thông tư ngày 31/7/2031", "date.short"),
        ("sáu ngày 31/7/2031", "date.short"),
    ],
)
def test_the_rule_tells_how_a_date_binds_and_the_evidence_is_the_date(text: str, rule: str):
    (found,) = found_in(text, DATE_GRAMMAR)
    assert (found.rule, text[found.start : found.end]) == (rule, "31/7/2031")


def test_an_amount_with_two_readings_keeps_both():
    (found,) = found_in("1.5 tỷ đồng", MONEY_GRAMMAR)
    assert found.value["vnd"] == 1_500_000_000
    assert [other["vnd"] for other in found.others] == [15_000_000_000]


def test_words_settle_which_of_two_readings_is_meant():
    (found,) = found_in("1.5 tỷ đồng (một tỷ năm trăm triệu đồng)", MONEY_GRAMMAR)
    assert (found.value["vnd"], found.others, found.status) == (1_500_000_000, (), "read")


@pytest.mark.parametrize(
    ("grammar", "text", "value", "other"),
    [
        (
            MONEY_GRAMMAR,
            "200.000.000 đồng (Bằng chữ: Hai trăm năm mươi triệu đồng)",
            {"vnd": 200_000_000, "relation": "eq"},
            {"vnd": 250_000_000, "relation": "eq"},
        ),
        (
            COUNT_GRAMMAR,
            "15/20 xã (đạt 80%)",
            {"count": 15, "of": 20, "what": "xã", "percent": 80},
            {"count": 15, "of": 20, "what": "xã", "percent": 75.0},
        ),
        (
            COUNT_GRAMMAR,
            "12/15 phiếu đồng ý (đạt 90%)",
            {"for": 12, "of": 15, "percent": 90},
            {"for": 12, "of": 15, "percent": 80.0},
        ),
        (COUNT_GRAMMAR, "02 (ba) bản chính", 2, 3),
    ],
)
def test_two_values_that_contradict_each_other_make_a_conflict_with_both(grammar, text: str, value, other):
    found = found_in(text, grammar)[0]
    assert (found.status, found.value, found.others[0]) == ("conflict", value, other)


@pytest.mark.parametrize(
    "share", ["8/9 phiếu, đạt 88,9%", "8/9 phiếu, đạt 88,8%", "8/9 phiếu (89%)", "2/3 xã, đạt 66%"]
)
def test_a_percentage_rounded_or_cut_off_is_no_conflict(share: str):
    assert found_in(share, COUNT_GRAMMAR)[0].status == "read"


def test_there_are_four_hundred_examples():
    assert len(EXAMPLES) + len(NOTHING) + len(NO_VALUES) >= 400
