"""What restoration must leave as it stands, in each kind of damage."""

from __future__ import annotations

import pytest

from normalize.diagnosis import Damage
from normalize.restoration import restore

BROKEN, STRIPPED, LIGHT = Damage.NO_VIETNAMESE_MODEL, Damage.MARKS_STRIPPED, Damage.LIGHT
AROUND = {
    BROKEN: "Can cir vao {} cia Uy ban nhan dan huyén vé viéc thyc hién nhiém vu",
    STRIPPED: "Can cu vao {} cua Uy ban nhan dan huyen ve viec thuc hien nhiem vu",
    LIGHT: "Căn cứ vào {} cùa Ủy ban nhân dân huyện về viêc thực hiện nhiệm vụ",
}
RESTORED = "Căn cứ vào {} của Ủy ban nhân dân huyện về việc thực hiện nhiệm vụ"
KEPT = [
    "15/11/2021", "15.11.2021", "15-11-2021", "2016-2020", "12/2020", "8h30", "1.250.000", "1,250,000", "12,5%",
    "1.500đ", "5km2", "120m²", "3.2.1", "II.1", "12b", "10a1", "(a6)", "(Ch1)", "5G", "48A",
    "thu_01@xaphuvan.gov.vn", "https://xaphuvan.gov.vn/tin?id=5", "www.xaphuvan.vn/x", "baocao_2021.docx", "anh1.jpg",
    "dulieu.zip", "luong.csv", "TY-QS-6", "MCC-CS-2", "N2O", "CO2", "H2SO4", "QL6", "B12", "Km24", "A4", "RON95",
    "SARS-CoV-2", "748/HD-SNV", "45/BC", "III", "VI", "XI", "TTXH", "TCTN", "VLNCN", "NTM", "BĐKH", "HĐTĐ", "OCOP",
    "NGƯT", "UNESCO", "Windows", "karaoke", "Facebook", "London", "(Đ/c", "v/v", "V/v", "C/O", "R&D",
    "H'Mông", "H’Hen", "K'Ho", "M'Nông", "N'Zogbia", "l'Or", "Đắk Lắk", "Krông Pắc", "Êđê",
    "北京市", "Москва", "α", "😀", "☎", "→", "±5", "30°C", "½",
]  # fmt: skip


@pytest.mark.parametrize("damage", [BROKEN, STRIPPED, LIGHT])
@pytest.mark.parametrize("kept", KEPT)
def test_it_stands_while_the_words_around_are_mended(kept: str, damage: Damage) -> None:
    done = restore(AROUND[damage].format(kept), damage=damage)
    assert kept in done.text
    assert "nhân dân huyện" in done.text


@pytest.mark.parametrize(
    ("damaged", "right", "damage"),
    [
        ("ngay31/12/2025", "ngày31/12/2025", BROKEN),
        ("nam2021", "năm2021", STRIPPED),
        ("Khoan2", "Khoản2", STRIPPED),
        ("khoàn2", "khoản2", LIGHT),
    ],
)
def test_a_word_that_ran_into_a_number_leaves_the_number(damaged: str, right: str, damage: Damage) -> None:
    done = restore(AROUND[damage].format(damaged), damage=damage)
    digits = damaged.lstrip("abcdefghijklmnopqrstuvwxyzKàộ")
    assert digits in done.text
    if damage is not LIGHT:
        assert right in done.text


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\ufeff", "\u2060"])
def test_marks_without_width_stay_where_they_are(mark: str) -> None:
    done = restore(f"{mark}Uy ban{mark} nhan dan hu{mark}yen", damage=STRIPPED)
    assert done.text == f"{mark}Ủy ban{mark} nhân dân hu{mark}yen"


@pytest.mark.parametrize("word", ["B6", "S6", "X4", "T6", "Ph6", "t6", "c6", "1am", "6ng"])
def test_digits_for_letters_are_still_words(word: str) -> None:
    done = restore(f"Uy ban nhan dan {word} chirc hoi nghi", damage=BROKEN)
    assert word not in done.text


def test_words_of_other_languages_inside_a_sentence() -> None:
    name = "Organisation of the United Nations and the Asian Development Bank"
    done = restore(f"Theo tai ligu ctia {name} va Uy ban nhan dan huyén da dat két qua", damage=BROKEN)
    assert name in done.text
    assert done.text.endswith("Ủy ban nhân dân huyện đã đạt kết quả")


def test_a_lone_figure_stays_where_one_can_stand() -> None:
    done = restore("Tang giay khen cho 6 ca nhan va 14 tap the cua 6 xa", damage=BROKEN)
    assert [w for w in done.text.split() if w.isdigit()] == ["6", "14", "6"]


def test_signs_read_for_words() -> None:
    done = restore("Quyét dinh $6 31/QD-UBND vé dat @ va nha & tai dia phuong", damage=BROKEN)
    assert done.text == "Quyết định số 31/QĐ-UBND về đất ở và nhà ở tại địa phương"
    for damage in (STRIPPED, LIGHT):
        assert "$6 @ &" in restore(AROUND[damage].format("$6 @ &"), damage=damage).text


def test_figures_are_words_only_where_no_number_can_stand() -> None:
    damaged = "Quy dinh nay 4p dung cho c4c dy 4n; x4y dung 16 trinh thyc hién vao ngay 16 thang 5, tai Diéu 16"
    done = restore(damaged, damage=BROKEN).text
    assert done == "Quy định này áp dụng cho các dự án; xây dựng lộ trình thực hiện vào ngày 16 tháng 5, tại Điều 16"


def test_the_word_behind_a_unit_is_restored_and_codes_are_not_cut() -> None:
    done = restore("cong suat 500 m3/ngay dem, so 12/QD-UBND, 5/HD, 01/nq-cp", damage=STRIPPED).text
    assert done == "công suất 500 m3/ngày đêm, số 12/QĐ-UBND, 5/HD, 01/nq-cp"
