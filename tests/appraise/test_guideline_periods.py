"""Windows of merit and exclusions by earlier awards, as sentences tell them."""

from __future__ import annotations

import pytest

from appraise.guideline.passages import Passage
from appraise.guideline.periods_of_merit import earlier_awards, movement_period, window_of
from appraise.rules import Window

MOVEMENT = Window(first=2012, last=2021)


def _years(window: Window | None) -> tuple[int, int] | None:
    return (window.first, window.last) if window else None


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("(trừ những xã đã được khen thưởng giai đoạn 2011-2015, 2016-2018)", [(2011, 2015), (2016, 2018)]),
        ("(trừ các cá nhân đã được khen thưởng giai đoạn 2011-\n2015)", [(2011, 2015)]),
        ("không xét xã đã được tặng Bằng khen giai đoạn 2011\n- 2015.", [(2011, 2015)]),
        ("không xét xã đã được tặng Bằng khen năm 2015;\n- 03 năm liền dẫn đầu", [(2015, 2015)]),
        ("không xét đơn vị đã được tặng Bằng khen các năm 2022 và 2023", [(2022, 2022), (2023, 2023)]),
        ("ngoại trừ hộ đã được tặng Bằng khen từ năm 2016 đến năm 2018", [(2016, 2018)]),
        ("chưa được tặng Bằng khen trong giai đoạn 2016 - 2020, nay được tặng", [(2016, 2020)]),
        ("(trộn các xã đã được khen thưởng giai đoạn 2011-2015)", [(2011, 2015)]),
        ("trừ các đơn vị đã được khen thưởng", []),
    ],
)
def test_earlier_awards_bar(words, periods):
    (clause,) = earlier_awards(Passage("Xã tăng 9 tiêu chí " + words))
    assert [_years(period) for period in clause.periods] == periods


@pytest.mark.parametrize(
    "words",
    [
        "(gồm các xã đã được khen thưởng giai đoạn 2011-2015)",
        "Trụ sở xã đã được xây mới giai đoạn 2011-2015",
        "trừ chi phí đi lại",
    ],
)
def test_what_bars_nobody(words):
    assert earlier_awards(Passage(words)) == []


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("Trong giai đoạn 2011 - 2020, có nhiều đóng góp", (2011, 2020)),
        ("thành tích từ năm 2016 đến hết năm 2019", (2016, 2019)),
        ("đạt thêm 5 tiêu chí trong giai đoạn", (2012, 2021)),
        ("tính tổng cả giai đoạn từ 1,2 tỷ đồng trở lên", (2012, 2021)),
        ("theo Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016 - 2020", None),
        ("từ năm 2018 đến nay", None),
        ("doanh thu năm 2019 đạt từ 800 triệu đồng", (2019, 2019)),
        ("giảm hộ nghèo so với năm 2015", None),
        ("năm 2018 và năm 2019 đều dẫn đầu", None),
        ("đến năm 2020 đạt chuẩn", None),
        ("được công nhận đạt chuẩn năm 2019, tăng thêm 5 tiêu chí", None),
        ("thu nhập năm 2019 từ 1 tỷ đồng; góp công từ 90 triệu đồng", None),
        ("theo Quyết định số 5/QĐ-UBND năm 2019", None),
        ("có nhiều đóng góp", None),
    ],
)
def test_windows(words, years):
    assert _years(window_of(Passage(words), MOVEMENT)) == years


def test_the_period_of_a_movement_is_no_window_of_the_standards_below_its_name():
    words = "Khen thưởng phong trào thi đua “Chung sức” giai đoạn 2012 - 2021"
    assert window_of(Passage(words), None, inherited=True) is None
    assert _years(movement_period(words)) == (2012, 2021)
