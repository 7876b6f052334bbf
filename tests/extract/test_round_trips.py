from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from extract.dates import find_dates
from extract.money import find_money
from extract.patterns import Source
from extract.tokens import split_words, tokens_from_text
from normalize.canonical import canonical
from normalize.folding import fold_aligned

days = st.dates(min_value=date(1945, 1, 1), max_value=date(2099, 12, 31))
LAYOUTS = (
    lambda d: f"ngày {d.day:02d} tháng {d.month} năm {d.year}",
    lambda d: f"ngày {d.day} tháng {d.month:02d} năm {d.year}",
    lambda d: f"NGÀY {d.day} THÁNG {d.month} NĂM {d.year}",
    lambda d: f"ngay {d.day} thang {d.month}\nnam {d.year}",
    lambda d: f"{d.day:02d}/{d.month}/{d.year}",
    lambda d: f"{d.day}/{d.month:02d}/{d.year}",
    lambda d: f"{d.day:02d}-{d.month:02d}-{d.year}",
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year} 08:30:00 +07:00",
)


def source(text: str) -> Source:
    return Source(text, fold_aligned(text))


@given(days, st.sampled_from(LAYOUTS))
def test_a_date_comes_back_from_every_layout(day: date, layout):
    found = find_dates(source(f"Kể từ {layout(day)}, các xã"))
    assert [item.value for item in found] == [day.isoformat()]
    assert found[0].status == "read"


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(min_value=1, max_value=10**13))
def test_an_amount_of_dong_comes_back(amount: int):
    found = find_money(source(f"Tổng kinh phí là {dotted(amount)} đồng."))
    assert [item.value for item in found] == [{"vnd": amount, "relation": "eq"}]


@given(
    st.integers(min_value=1, max_value=9999),
    st.integers(min_value=1, max_value=99),
    st.sampled_from((("tỷ", 10**9), ("tỉ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("ngàn", 10**3))),
)
def test_a_decimal_amount_comes_back(whole: int, hundredths: int, unit: tuple[str, int]):
    word, scale = unit
    text = f"Tổng kinh phí là {dotted(whole)},{hundredths:02d} {word} đồng."
    found = find_money(source(text))
    assert [item.value["vnd"] for item in found] == [whole * scale + hundredths * scale // 100]


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=999))
def test_a_compound_amount_comes_back(billions: int, millions: int):
    found = find_money(source(f"Tổng kinh phí là {billions} tỷ {millions} triệu đồng"))
    assert [item.value["vnd"] for item in found] == [billions * 10**9 + millions * 10**6]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_tokens_keep_the_text(text: str):
    words, spaces = split_words(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text


@given(st.text(max_size=80))
def test_a_spacy_doc_holds_the_canonical_text(text: str):
    tokens = tokens_from_text(text)
    assert tokens.doc.text == tokens.text == canonical(tokens.text)
    assert all(tokens.text[line.start : line.end] == line.text for line in tokens.lines)
