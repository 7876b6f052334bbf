from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.canonical import canonical

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aăâđĐÐðıеоСРΑΌ̣̂̀\u00ad\u200b\ufeff\u00a0\u2009ﬁ５，Điều hòa\r\n\t\f²½…“”–-"),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("QUYẾT ÐỊNH", "QUYẾT ĐỊNH"),
        ("Ɖảng bộ", "Đảng bộ"),
        ("ðồng ý", "đồng ý"),
        ("UВND xã", "UBND xã"),  # Cyrillic В
        ("thi\u00adđua", "thiđua"),
        ("\ufeffSố:\u00a012/2021", "Số: 12/2021"),
        ("diện tích １２ m²", "diện tích 12 m²"),
        ("co\u0323\u0302ng", "cộng"),
        ("“xã” – …", "“xã” – …"),
        ("a\r\nb\tc\fd", "a\r\nb\tc\fd"),
    ],
)
def test_one_spelling(given_text, wanted):
    assert canonical(given_text) == wanted


@pytest.mark.parametrize("text", ["Россия и Москва", "Ελλάδα", "guðmundur", "Iğdır", "x² + y₂ ½ №"])
def test_other_languages_and_signs_are_left_alone(text):
    assert canonical(text) == text


@given(TEXTS)
@example("\u0130\u00ad\u0323")
def test_idempotent_and_nfc(text):
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_nfd_input_gives_the_same(text):
    assert canonical(unicodedata.normalize("NFD", text)) == canonical(text)
