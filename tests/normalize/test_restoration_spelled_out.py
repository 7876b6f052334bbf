"""Abbreviations with Đ, as the document itself or the known list has them."""

from __future__ import annotations

import pytest

from normalize.diagnosis import Damage
from normalize.restoration import restore


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Nha may dien mat troi (DMT) thu hai. Chu dau tu DMT bao cao.", ("(ĐMT)", "tư ĐMT")),
        ("Bao cao danh gia tac dong moi truong (DTM) da nop; DTM con thieu.", ("(ĐTM)", "; ĐTM")),
        ("Giay chung nhan du an dau tu (DADT), so DADT.", ("(DAĐT)", "số DAĐT")),
        ("Bao cao du an dien gio da duyet (DDD), so DDD.", ("(DDD)", "số DDD")),  # d and đ: nobody can tell
        ("Nha may dien gio (DMT) thu hai. Chu dau tu DMT bao cao.", ("(DMT)", "tư DMT")),
        ("Uy ban dan toc (UBDT) va Ban Dan toc, cong van cua UBDT.", ("(UBDT)", "của UBDT")),
    ],
)
def test_an_abbreviation_is_written_as_it_is_spelled_out(damaged: str, right: tuple[str, str]) -> None:
    done = restore(damaged, damage=Damage.MARKS_STRIPPED).text
    assert all(part in done for part in right)


def test_abbreviations_that_always_have_it_get_it() -> None:
    damaged = "Can cu QD so 12, theo de nghi cua BTDKT va LDLD tinh, so 748/HD-SNV"
    done = restore(damaged, damage=Damage.MARKS_STRIPPED).text
    assert done == "Căn cứ QĐ số 12, theo đề nghị của BTĐKT và LĐLĐ tỉnh, số 748/HD-SNV"


def test_only_d_is_a_d_with_a_stroke_where_marks_are_missing() -> None:
    code = "832/UBND-PKT"
    assert restore(f"Can cu cong van so {code} cua Uy ban", damage=Damage.MARKS_STRIPPED).text.split()[5] == code
