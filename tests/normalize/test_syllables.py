from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.syllables import Tone, is_bare_syllable, is_syllable, parse_syllable, split_tone

RIGHT = """
    nghiêng nghe ngọc ghế gà gì giếng giết gìn giấy giường quốc quyết quý quỳnh quả quần khuỷu khuya thuở huơ
    hòa hoà thủy thuỷ khỏe khoẻ oanh uống yêu yến ý ỉa ước ưu anh ở ăn ân loong choong xoong boóc buýt voan
    tỷ kỹ lý mỹ sỹ Vy ĐƯỢC Đảng chức tổ là việc nghiệp thuế duyệt nguyễn huyện tuần luật xuất suất khuếch huênh
    séc véc xẻng kẻng héc pin pa hoạch ngoằn ngoèo khoáy rượu hươu bướu
"""
WRONG = """
    dugc chirc t6 duoc d6ng qua1 sợc ngiêng gế cế kà nghà ghà qúy hôị khoan2 tiêng2 cuóc gioc bac cat hoc map
    phưn ngh quu yng iên uye dién qudc théc déng quéc đéng viéc kinhtế vớii thành-phố l a-b and strategy
"""


@pytest.mark.parametrize("word", RIGHT.split())
def test_right(word):
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word.upper()))


@pytest.mark.parametrize("word", [*WRONG.split(), "", " ", "đ", "ngày mai", "a" * 100])
def test_wrong(word):
    assert not is_syllable(word)


def test_parts():
    parsed = parse_syllable("Nghiệp")
    assert parsed is not None
    assert (parsed.onset, parsed.rhyme, parsed.tone, parsed.toneless) == ("ngh", "iêp", Tone.NANG, "nghiêp")
    assert parse_syllable("hoà") == parse_syllable("hòa")
    assert split_tone("dự") == ("dư", Tone.NANG, 1)


def test_stop_codas_carry_two_tones():
    assert [is_syllable(w) for w in ("hoc", "hòc", "hỏc", "hõc", "hóc", "học")] == [False] * 4 + [True] * 2


def test_bare_syllables():
    assert all(map(is_bare_syllable, ["Quyet", "dinh", "cua", "Uy", "ban", "nhan", "dan", "nghiep", "duoc"]))
    assert not any(map(is_bare_syllable, ["dugc", "chirc", "of", "shall", "đồng"]))


@given(st.text(max_size=12))
def test_never_raises_and_case_does_not_count(text):
    if text.lower().upper().lower() == text.lower() and len(text.upper()) == len(text):
        assert is_syllable(text.lower()) == is_syllable(text.upper())
