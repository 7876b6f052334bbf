from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.diagnosis import _FUNCTION_WORDS, Damage, diagnose
from normalize.folding import fold
from normalize.syllables import is_bare_syllable

GOOD = (
    "Thực hiện chương trình công tác năm, Ủy ban nhân dân xã Phù Vân đã tổ chức tổng kết phong trào thi đua; kết quả "
    "cho thấy thu nhập bình quân đầu người tăng, tỷ lệ hộ nghèo giảm, đường làng ngõ xóm được bê tông hóa, môi trường "
    "sạch đẹp hơn. Đề nghị cấp trên xét tặng bằng khen cho tập thể và cá nhân có thành tích xuất sắc theo Quyết định "
    "số 12/QĐ-UBND ngày 5 tháng 3 năm 2021."
)
ENGLISH_MODEL = (
    "Thyc hién chuong trinh céng tac nam, Uy ban nhan dan xa Phi Van da t6 chirc tong két phong trao thi dua; két qua "
    "cho thay thu nhap binh quan dau ngudi tang, ty 1é hé nghéo giam, dudng lang ngé xom dugc bé tong hoa, méi truong "
    "sach dep hon. Dé nghi cap trén xét tang bang khen cho tap thé va ca nhan c6 thanh tich xuét sic."
)
OTHER_ENGINE = (
    "Thgc hiQn chuong trinh c6ng t6c n6m, uy ban nhAn dAn xd Phi V6n d5 t6 chric t6ng k6t phong trdo thi dua; kilt qud "
    "cho th6y thu nhQp binh qudn dAu nguoi tdng, t! lQ hQ ngh0o gi6m, duong ldng ng6 x6m dugc b6 t6ng h6a."
)
SHIFTED = "&Ӝ1* HO¿ XÃ +Ӝ, &+Ӫ 1*+Ƭ$ 9,ӊ7 NAM ĈӝF OұS 7ӵ do +ҥQK ph˙c FKӫ ÿҫX Wѭ Fө WKӇ QKѭ sau FӫD 6ӣ CÙng 7KѭѫQJ"
ENGLISH = (
    "The council of the district shall report to the committee which was elected by the people and for the people."
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (GOOD, Damage.GOOD),
        (GOOD.upper(), Damage.GOOD),
        (ENGLISH_MODEL, Damage.NO_VIETNAMESE_MODEL),
        (OTHER_ENGINE, Damage.NO_VIETNAMESE_MODEL),
        (fold(GOOD), Damage.MARKS_STRIPPED),
        (SHIFTED, Damage.GARBLED),
        (GOOD.encode().decode("latin-1"), Damage.GARBLED),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp töï do", Damage.LEGACY_VNI),
        ("§¶ng bé vµ nh©n d©n x· ®­îc tÆng b»ng khen cña Uû ban", Damage.LEGACY_TCVN3),
        (ENGLISH, Damage.FOREIGN),
        ("La République est une et les citoyens sont égaux dans la loi", Damage.FOREIGN),
        ("中华人民共和国国务院办公厅文件", Damage.FOREIGN),
        ("", Damage.EMPTY),
        ("12/3/2019 - 1.500.000", Damage.EMPTY),
    ],
)
def test_kinds(text, kind):
    assert diagnose(text).kind is kind


def test_light_damage():
    damaged = (
        GOOD.replace("được", "đuợc").replace("trường", "trưòng").replace("người", "nguời").replace("thưởng", "thuởng")
    )
    assert diagnose(damaged).kind is Damage.LIGHT


def test_half_a_broken_page_is_never_good():
    assert diagnose(GOOD + "\n" + ENGLISH_MODEL).kind not in {Damage.GOOD, Damage.LIGHT}
    assert diagnose(GOOD + "\n" + ENGLISH_MODEL).vietnamese < 0.6


def test_score_orders_the_kinds():
    good, broken = diagnose(GOOD), diagnose(ENGLISH_MODEL)
    assert good.vietnamese > 0.9
    assert broken.vietnamese < 0.1
    assert good.marked_share > 0.25
    assert broken.marked_share < 0.1


def test_few_tokens_are_less_sure():
    heading = diagnose("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert heading.kind is Damage.GOOD
    assert 0.5 < heading.vietnamese < diagnose(GOOD).vietnamese
    assert diagnose("CQNG HOA XA HQI CHU NGHIA VIET NAM").kind is Damage.NO_VIETNAMESE_MODEL
    assert diagnose("Điều 5.").tokens == 1


def test_function_words_are_no_syllables_even_without_marks():
    assert not [w for w in _FUNCTION_WORDS if is_bare_syllable(w)]


@pytest.mark.parametrize("piece", ["ab6c", "1/", "a@", "7", "ệ"])
def test_a_megabyte_without_spaces_is_no_trouble(piece):
    began = time.process_time()
    diagnose(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 20


@given(st.text(max_size=200))
def test_any_text_gets_a_diagnosis(text):
    found = diagnose(text)
    assert 0 <= found.vietnamese <= 1
    assert 0 <= found.marked_share <= 1
    assert 0 <= found.valid_share <= 1
