from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.folding import fold, fold_aligned, name_key

VIETNAMESE = "".join(chr(c) for c in range(0x20, 0x7F)) + "".join(
    chr(c) for c in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(c).isalpha()
)
OFFICIAL = st.text(alphabet=VIETNAMESE + "–—“”‘’…•§°²½×€\u00a0", max_size=60)


def test_fold():
    assert fold("Ủy ban nhân dân HUYỆN Đình Lập, số 5–NQ/ĐU") == "uy ban nhan dan huyen dinh lap, so 5-nq/du"


@given(OFFICIAL)
def test_fold_of_official_text_is_lower_ascii(text):
    key = fold(text)
    assert key.isascii()
    assert key == key.lower() == fold(key)
    assert fold(unicodedata.normalize("NFD", text)) == key


@given(st.text(max_size=60))
def test_aligned_fold_keeps_length(text):
    composed = unicodedata.normalize("NFC", text)
    folded = fold_aligned(composed)
    assert len(folded) == len(composed)
    assert fold_aligned(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thi-đua, nông‑thôn-mới", "thi dua, nong thon moi"),
        ("tiêu-\nchí", "tieu \nchi"),
        ("15/ttr-ubnd, QĐ-UBND, a-b, 2011-2020, wi-fi", "15/ttr-ubnd, qd-ubnd, a-b, 2011-2020, wi-fi"),
    ],
)
def test_a_hyphen_within_a_term_is_a_space(text, folded):
    assert fold_aligned(text) == folded


def test_aligned_fold_finds_the_words():
    text = "Điều 3. HIỆU LỰC thi hành"
    start = fold_aligned(text).index("hieu luc")
    assert text[start : start + 8] == "HIỆU LỰC"
    assert fold_aligned("İstanbul ß") == "istanbul ß"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nông Hoà Bình", "NÔNG HÒA BÌNH"),
        ("Lường Văn Thuỷ", "Lường  Văn\u00a0Thủy"),
        ("Vi Thị Kỹ", "Vi Thị Kĩ"),
        ("Hoàng Thị Khoẻ", "hoàng thị khỏe"),
        ("Đặng ThịLý", "Ðặng Thị Lí"),
        ("Tô Quý", "Tô Quí"),
    ],
)
def test_same_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vi Thị Thủy", "Vi Thị Thúy"),
        ("Thúy", "Thúi"),
        ("Nông Văn Tài", "Nông Văn Tải"),
        ("Đào", "Dào"),
        ("Hoa", "Hoà"),
        ("Hải Yến", "Hải Yên"),
    ],
)
def test_other_name(one, other):
    assert name_key(one) != name_key(other)


@given(OFFICIAL)
def test_name_key_ignores_case_and_composition(text):
    assert name_key(unicodedata.normalize("NFD", text)) == name_key(text)
