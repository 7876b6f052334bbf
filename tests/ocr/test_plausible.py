from __future__ import annotations

import pytest

from ocr.engine import RawWord
from ocr.plausible import is_office_form, is_readable, is_sound, tidied, without_stray_marks

HEIGHT = 48.0


def word(text: str, *, wide: float | None = None, high: float = 44, confidence: float = 0.95) -> RawWord:
    return RawWord(text, 100, 100, 100 + (wide or 22 * len(text)), 100 + high, confidence)


@pytest.mark.parametrize("text", ["nông", "TRƯỞNG,", "(thôn", "2019", "1.250.000", "12/QĐ-UBND", "NGND;", "31/12/2018"])
def test_readable(text):
    assert is_readable(text)


@pytest.mark.parametrize("text", ["ztqx", "~–", "l)_", "Xj@", ""])
def test_not_readable(text):
    assert not is_readable(text)


@pytest.mark.parametrize(
    ("read", "sound"),
    [
        (word("thôn"), True),
        (word("thôn", confidence=0.35), True),
        (word("thôn", confidence=0.2), False),
        (word("NGUTx", confidence=0.45), False),
        (word("NGUTx", confidence=0.6), True),
        (word("-", wide=15, high=6, confidence=0.4), True),
        (word("công", wide=16, high=11), False),  # grain of a stamp
        (word("CÔNG", wide=60, high=22), True),  # small print of a signature box
    ],
)
def test_sound(read, sound):
    assert is_sound(read, HEIGHT) is sound


@pytest.mark.parametrize(
    ("text", "wide", "high", "becomes"),
    [
        ("_-", 15, 5, "-"),
        ("—-", 29, 5, "–"),
        ("-", 28, 6, "–"),
        ("—", 60, 5, "—"),
        ("———", 265, 6, None),
        ("|", 20, 75, None),
        ("_", 90, 4, None),
        ("thôn", 90, 44, "thôn"),
    ],
)
def test_rules_go_and_dashes_are_as_long_as_printed(text, wide, high, becomes):
    tidy = tidied(word(text, wide=wide, high=high), HEIGHT)
    assert (tidy.text if tidy else None) == becomes


def test_a_strip_of_scribble_reads_as_nothing():
    assert (
        without_stray_marks([word("Z", confidence=0.6), word("„z2", confidence=0.3), word("lh", confidence=0.4)]) == []
    )


def test_a_strip_with_a_title_keeps_the_title():
    kept = without_stray_marks([word("ˆ", confidence=0.4), word("GIÁM"), word("ĐỐC")])
    assert [w.text for w in kept] == ["GIÁM", "ĐỐC"]


@pytest.mark.parametrize(
    "text", ["/TTr-UBND", "Só:1137/ĐHTĐ", "/TIr-UBND", "Đ5CT-ATMT", "(b/c);", "p/h);_", "(b/C);", "VT,"]
)
def test_symbols_and_abbreviations_are_known_however_doubtful(text):
    assert is_office_form(word(text, confidence=0.02), HEIGHT)


@pytest.mark.parametrize("text", ["VĂN", "12/4", "kinh-tế", "(/€)", "—/L"])
def test_other_doubtful_words_have_no_such_form(text):
    assert not is_office_form(word(text), HEIGHT)


def test_a_symbol_is_as_high_as_print():
    assert not is_office_form(word("/TTr-UBND", high=HEIGHT / 3), HEIGHT)
    assert not is_office_form(word("/TTr-UBND", high=HEIGHT * 3), HEIGHT)
