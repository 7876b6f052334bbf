"""The search must see text cut as the language model's training text was."""

from __future__ import annotations

from itertools import groupby

import pytest

from normalize.diagnosis import Damage
from normalize.restoration import restore
from normalize.restoration.tokens import Kind, lm_words, tokenize


def classes(text: str) -> list[str]:
    """Words and classes of a text as the search walks over them."""
    walked: list[str] = []
    for token in tokenize(text):
        walked += token.before
        if token.kind is Kind.LABEL:
            walked += [token.text.strip("().").lower(), "<p>"]
        else:
            walked.append({Kind.NUMBER: "<num>", Kind.CODE: "<code>"}.get(token.kind, token.text.lower()))
    return [word for word, _ in groupby(walked)]


@pytest.mark.parametrize(
    "text",
    [
        "1. Phạt tiền từ 5.000.000 đồng đến 10.000.000 đồng",
        "Căn cứ Quyết định số 31/QĐ-UBND ngày 5/3/2019; xét đề nghị",
        "năm 2020. Căn cứ Điều 5 (sau đây gọi tắt là Luật) và khoản 3, Điều 2: sửa đổi",
        "có từ 15 (mười lăm) ngày (10 ngày) trở lên",
        "a) Đối với xã; b) Đối với huyện",
    ],
)
def test_numbers_and_labels_are_cut_as_in_training(text):
    trained = [word.lower() for word in lm_words(text)]
    assert classes(text) == trained


@pytest.mark.parametrize(
    ("read", "true"),
    [
        ("1. Phat tién tir 5.000.000 ding dén 10.000.000 dong", "1. Phạt tiền từ 5.000.000 đồng đến 10.000.000 đồng"),
        ("sau khi st? dung thi phai bao cao", "sau khi sử dụng thì phải báo cáo"),
        ("TRONG THO! HAN 15 NGAY LAM VIEC", "TRONG THỜI HẠN 15 NGÀY LÀM VIỆC"),
        ("khdi lugng tir 250 kil6gam dén dudi 900 kil6gam", "khối lượng từ 250 kilôgam đến dưới 900 kilôgam"),
        ("tang cuong cham soc str’c khoé nhan dan", "tăng cường chăm sóc sức khỏe nhân dân"),
    ],
)
def test_what_stands_beside_numbers_and_signs(read, true):
    assert restore(read, damage=Damage.NO_VIETNAMESE_MODEL).text == true


def test_questions_and_exclamations_stay():
    text = "Thế nào là đúng? Có phải vậy không? Hay quá! Anh đi đâu đó?"
    assert restore(text, damage=Damage.NO_VIETNAMESE_MODEL).text == text


@pytest.mark.parametrize("unit", ["m2", "m3", "km2", "cm3"])
def test_units_with_figures_are_never_words(unit):
    read = f"Nhan dan da hién 94.750 {unit} dat dé lam duong; ({unit})"
    restored = restore(read, damage=Damage.NO_VIETNAMESE_MODEL).text
    assert restored.count(unit) == 2
    assert "đã hiến" in restored


@pytest.mark.parametrize("text", ["Có 5\n\nm2", "5\n\nm2\n\nm3\n", "m2"])
@pytest.mark.parametrize("damage", [Damage.NO_VIETNAMESE_MODEL, Damage.LIGHT, Damage.MARKS_STRIPPED])
def test_a_unit_may_be_all_of_a_paragraph(text, damage):
    assert restore(text, damage=damage).text == text


def test_a_stroke_parts_no_sentences():
    assert lm_words("triệu đồng/người/năm") == ["triệu", "đồng", "người", "năm"]
    assert all(token.before == () for token in tokenize("triệu đồng/người/năm"))
