from __future__ import annotations

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates import find_dates
from extract.money import find_money
from extract.number_words import number_from_words
from extract.patterns import Source
from extract.periods import find_periods
from extract.references import find_references
from extract.tokens import tokens_from_text, vietnamese
from extract.word_cuts import split_words, token_spans
from normalize.canonical import canonical
from normalize.folding import fold_aligned

untimed = settings(deadline=None)  # a busy machine is no failure
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


@untimed
@given(days, st.sampled_from(LAYOUTS))
def test_a_date_comes_back_from_every_layout(day: date, layout):
    found = find_dates(source(f"Kể từ {layout(day)}, các xã"))
    assert [item.value for item in found] == [day.isoformat()]
    assert found[0].status == "read"


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@untimed
@given(st.integers(min_value=1, max_value=10**13))
def test_an_amount_of_dong_comes_back(amount: int):
    found = find_money(source(f"Tổng kinh phí là {dotted(amount)} đồng."))
    assert [item.value for item in found] == [{"vnd": amount, "relation": "eq"}]


@untimed
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


@untimed
@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=999))
def test_a_compound_amount_comes_back(billions: int, millions: int):
    found = find_money(source(f"Tổng kinh phí là {billions} tỷ {millions} triệu đồng"))
    assert [item.value["vnd"] for item in found] == [billions * 10**9 + millions * 10**6]


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def below_thousand(number: int, *, whole: bool) -> str:
    """Number words of 1 to 999; ``whole`` says the hundreds even where there are none ("không trăm linh năm")."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or whole else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words.append(f"{DIGITS[tens]} mươi")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens else DIGITS[ones])
    return " ".join(words)


def in_words(number: int) -> str:
    billions, rest = divmod(number, 10**9)
    words = [in_words(billions), "tỷ"] if billions else []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, scale)
        if group:
            words += [below_thousand(group, whole=bool(words)), name]
    return " ".join(filter(None, words))


@untimed
@given(st.integers(min_value=1, max_value=10**14))
def test_number_words_come_back(number: int):
    assert number_from_words(fold_aligned(in_words(number))) == number


@untimed
@given(st.integers(min_value=1000, max_value=10**13), st.booleans())
def test_an_amount_in_words_confirms_its_figures(amount: int, capital: bool):
    words = in_words(amount)
    text = f"{dotted(amount)} đồng (Bằng chữ: {words.capitalize() if capital else words} đồng)."
    (found,) = find_money(source(text))
    assert (found.value, found.status) == ({"vnd": amount, "relation": "eq", "words": amount}, "read")


@untimed
@given(st.integers(min_value=1000, max_value=10**12), st.integers(min_value=1, max_value=999))
def test_an_amount_in_words_that_differs_is_a_conflict(amount: int, more: int):
    (found,) = find_money(source(f"{dotted(amount)} đồng ({in_words(amount + more)} đồng)"))
    assert (found.status, found.value["vnd"]) == ("conflict", amount)
    assert found.others[0]["vnd"] == amount + more


@untimed
@given(days, days, st.sampled_from(LAYOUTS[:7]))
def test_a_period_of_two_days_comes_back(first: date, last: date, layout):
    first, last = sorted((first, last))
    (found,) = find_periods(source(f"từ {layout(first)} đến {layout(last)},"))
    assert found.value == {"from": first.isoformat(), "to": last.isoformat(), "sense": "range"}


letters = st.sampled_from(("QĐ", "KH", "TTr", "BC", "TB", "HD", "NQ", "CTr", "GM"))
organs = st.sampled_from(("UBND", "SNV", "HĐND", "TTg", "BNV-VP", "SGDĐT-TCCB", "VP-KGVX", "SNV-CCHC&PC", "BCĐ"))


@untimed
@given(st.integers(min_value=1, max_value=99999), st.none() | st.integers(1990, 2035), letters, organs, st.booleans())
def test_a_code_of_the_state_comes_back(number: int, year: int | None, type_letters: str, organ: str, spaced: bool):
    code = f"{number:02d}/{f'{year}/' if year else ''}{type_letters}-{organ}"
    printed = code.replace("/", " /", 1) if spaced else code
    (found,) = find_references(source(f"theo văn bản số {printed} ngày 05/3/2031 của"))
    assert (found.code, found.date, found.restored) == (code, "2031-03-05", False)


@untimed
@given(st.integers(min_value=1, max_value=9999), letters, st.sampled_from(("TW", "TU", "VPTW", "HU", "BTGTW")))
def test_a_code_of_the_party_comes_back(number: int, type_letters: str, organ: str):
    (found,) = find_references(source(f"số {number}-{type_letters}/{organ}, ngày 5/8/2031"))
    assert (found.code, found.date) == (f"{number}-{type_letters}/{organ}", "2031-08-05")


@untimed
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_tokens_keep_the_text(text: str):
    words, spaces = split_words(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text


@untimed
@given(st.text(alphabet=" ađ1²_-\n\t\u00a0\u0301\U0001d400\U0001f600", max_size=40))
def test_words_are_cut_as_the_expressions_say(text: str):
    words, spaces = split_words(text)
    pieces = [match.groups() for match in re.finditer(r"([^\W_]+|\S|\s)( ?)", text)]
    assert list(zip(words, spaces, strict=True)) == [(word, bool(space)) for word, space in pieces]
    begins, ends = token_spans(text)
    spans = [match.span() for match in re.finditer(r"[^\W_]+|\S", text)]
    assert list(zip(begins.tolist(), ends.tolist(), strict=True)) == spans


@untimed
@given(st.text(max_size=80))
def test_a_spacy_doc_holds_the_canonical_text(text: str):
    tokens = tokens_from_text(text)
    assert vietnamese().make_doc(tokens.text).text == tokens.text == canonical(tokens.text)
    assert all(tokens.text[line.start : line.end] == line.text for line in tokens.lines)
