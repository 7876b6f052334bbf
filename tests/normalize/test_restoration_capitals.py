"""Capitals: two of them among small words, headings that lost their marks."""

from __future__ import annotations

import pytest

from normalize.diagnosis import Damage
from normalize.restoration import restore

AFTER = "\nỦy ban nhân dân xã báo cáo kết quả thực hiện nhiệm vụ của các đơn vị trên địa bàn\n"


def test_two_capitals_are_cased_as_their_line() -> None:
    done = restore("theo dé nghi cia BO Xay dung va SO Y té\nCONG TY CO PHAN", damage=Damage.NO_VIETNAMESE_MODEL)
    assert done.text == "theo đề nghị của Bộ Xây dựng và Sở Y tế\nCÔNG TY CỔ PHẦN"
    heading = restore("CAC BO CONG AN, BO QUOC PHONG", damage=Damage.NO_VIETNAMESE_MODEL)
    assert heading.text == "CÁC BỘ CÔNG AN, BỘ QUỐC PHÒNG"


@pytest.mark.parametrize(
    ("bare", "right"),
    [
        ("UBND HUYEN YEN BINH", "UBND HUYỆN YÊN BÌNH"),
        ("BAN CHI DAO XAY DUNG NONG THON MOI", "BAN CHỈ ĐẠO XÂY DỰNG NÔNG THÔN MỚI"),
        ("HOI LIEN HIEP PHU NU", "HỘI LIÊN HIỆP PHỤ NỮ"),
        ("TRUONG THCS XA YEN BINH", "TRƯỜNG THCS XÃ YÊN BÌNH"),
    ],
)
@pytest.mark.parametrize("damage", [None, Damage.LIGHT])
def test_headings_without_marks_in_text_that_has_them(bare: str, right: str, damage: Damage | None) -> None:
    done = restore(bare + AFTER, damage=damage)
    assert done.text == right + AFTER
    assert all(done.source[c.start : c.end] == c.old for c in done.changes)


@pytest.mark.parametrize("right", ["BAN THANH TRA", "THE WORLD BANK GROUP", "UBND HĐND MTTQ", "VNPT VNEID OCOP"])
def test_capitals_that_have_no_marks_to_lose(right: str) -> None:
    assert restore(right + AFTER).text == right + AFTER


@pytest.mark.parametrize(
    ("bare", "right"),
    [
        ("SO NOI VU huéng dan", "SỞ NỘI VỤ hướng dẫn"),
        ("SO NOQI VU", "SỞ NỘI VỤ"),
        ("SO Y TE huéng dan", "SỞ Y TẾ hướng dẫn"),
        ("UBND huyén va SO Y té", "UBND huyện và Sở Y tế"),
    ],
)
def test_two_capitals_beside_small_words_stay_with_their_capitals(bare: str, right: str) -> None:
    assert restore(bare, damage=Damage.NO_VIETNAMESE_MODEL).text == right
