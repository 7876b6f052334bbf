from __future__ import annotations

import pytest

from ocr.tones import with_likely_tones


def choices(text: str, at: int, **second: float) -> list[dict[str, float]]:
    letters = [{letter: 95.0} for letter in text]
    letters[at] |= second
    return letters


@pytest.mark.parametrize(
    ("read", "at", "second", "printed"),
    [
        ("sô", 1, {"ố": 54.0, "ồ": 12.0}, "số"),
        ("Cân", 1, {"ầ": 50.0, "ẩ": 36.0}, "Cần"),
        ("quôc", 2, {"ồ": 60.0, "ố": 34.0}, "quốc"),  # quồc is no syllable
        ("chuyền,", 4, {"ể": 40.0, "ê": 30.0}, "chuyển,"),  # a hook taken for another mark
        ("bỗ", 1, {"ổ": 70.0, "ô": 20.0}, "bổ"),
        ("CÔNG", 1, {"Ộ": 70.0}, "CÔNG"),  # as likely, and read so
    ],
)
def test_takes_the_tone_that_sight_and_usage_agree_on(read, at, second, printed):
    assert with_likely_tones(read, choices(read, at, **second)) == printed


@pytest.mark.parametrize(
    ("read", "at", "second"),
    [
        ("sô", 1, {"ố": 3.0}),  # too faint
        ("nông", 1, {"o": 90.0}),  # another letter, not a tone
        ("để", 1, {"ề": 80.0}),  # both are common: what was read stays
        ("nay", 1, {"à": 80.0}),  # no circumflex: the model is right about those
        ("ĐHTĐ", 1, {"Ộ": 80.0}),
    ],
)
def test_leaves_other_words_alone(read, at, second):
    assert with_likely_tones(read, choices(read, at, **second)) == read


def test_leaves_a_word_alone_whose_letters_cannot_be_told_apart():
    assert with_likely_tones("sô", [{"s": 90.0}, {"ô": 80.0, "ố": 79.0}, {".": 9.0}]) == "sô"
