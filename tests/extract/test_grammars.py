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


@pytest.mark.parametrize(("grammar", "pattern", "text", "value"), EXAMPLES)
def test_the_examples_of_a_pattern_are_found_by_it(grammar, pattern: Pattern, text: str, value):
    found = find_all(Source(text, fold_aligned(text)), grammar)
    assert [(item.rule, item.value) for item in found][:1] == [(pattern.name, value)]


@pytest.mark.parametrize("pattern", [pattern for grammar in GRAMMARS for pattern in grammar], ids=lambda p: p.name)
def test_every_pattern_has_examples(pattern: Pattern):
    assert pattern.examples


NOTHING = (
    "ngày 31/02/2019",
    "ngày 12/19",
    "ngày 45/13/2020",
    "12.05.2019.7 là số thửa",
    "tỷ lệ 12/19",
    "số 1.234.567",
    "tháng 13/2020",
    "Việt Nam 2019",
    "5 triệu người",
    "2 tỷ USD",
    "các bản, làng",
    "tiêu chí số 10",
)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_found_where_nothing_is(text: str):
    found = [item for grammar in GRAMMARS for item in find_all(Source(text, fold_aligned(text)), grammar)]
    assert found == []


def test_digits_taken_from_letters_are_marked_restored():
    (found,) = find_all(Source("l5/7/20l9", fold_aligned("l5/7/20l9")), DATE_GRAMMAR)
    assert (found.value, found.status) == ("2019-07-15", "restored")
    assert found.strength < 0.9


def test_an_amount_with_two_readings_keeps_both():
    text = "1.5 tỷ đồng"
    (found,) = find_all(Source(text, fold_aligned(text)), MONEY_GRAMMAR)
    assert found.value["vnd"] == 1_500_000_000
    assert [other["vnd"] for other in found.others] == [15_000_000_000]
