"""The figures by hand: a restorer that is a plain table makes every count foreseeable."""

from __future__ import annotations

import pytest

from corpus.evaluation.restoration import Survival, evaluate_restoration
from normalize.diagnosis import diagnose
from normalize.restoration import Restoration, restore


def by_table(table: dict[str, str]):
    def restorer(text: str) -> Restoration:
        out = " ".join(table.get(word, word) for word in text.split())
        return Restoration(out, text, (), diagnose(text))

    return restorer


def test_error_rates_and_broken_words():
    scores = evaluate_restoration(
        "xa dat 12 tieu chi", "xã đạt 12 tiêu chí", restorer=by_table({"xa": "xã", "dat": "đạt", "12": "l2"})
    )
    assert scores.words == 5
    assert scores.wer_before == pytest.approx(4 / 5)
    assert scores.wer == pytest.approx(3 / 5)
    assert scores.wer_without_marks == pytest.approx(1 / 5)
    assert scores.cer == pytest.approx(3 / 18)
    assert scores.right_words_broken == 1.0  # the one right word, 12


def test_codes_dates_periods_and_amounts_must_survive_exactly_each():
    truth = "Quyết định số 45/QĐ-UBND ngày 03/5/2019, 1,5 tỷ đồng, giai đoạn 2011 - 2020, 45/QĐ-UBND."
    broken = truth.replace("QĐ", "QD", 1)
    scores = evaluate_restoration(broken, truth, restorer=by_table({"03/5/2019,": "03/5/2018,", "2011": "201l"}))
    assert (scores.codes, scores.dates) == (Survival(2, 1, 1), Survival(1, 1, 0))
    assert (scores.periods, scores.amounts) == (Survival(1, 1, 0), Survival(1, 1, 1))
    assert scores.figures == Survival(6, 5, 3)


def test_the_truth_without_its_marks_is_restored_too():
    table = {"xa": "xã", "dat": "đạt", "Dat": "Đạt"}
    scores = evaluate_restoration("xã", "xã đạt chuẩn Đạt", restorer=by_table(table))
    assert scores.wer_from_stripped == pytest.approx(1 / 4)


def test_the_real_restorer_gains_on_broken_text():
    truth = "Căn cứ Quyết định của Ủy ban nhân dân tỉnh về việc ban hành kế hoạch xây dựng nông thôn mới"
    broken = "Can ctr Quyét dinh cua Uy ban nhan dan tinh vé viéc ban hanh ké hoach xay dung nong thén mdi"
    scores = evaluate_restoration(broken, truth, restorer=restore)
    assert scores.wer < 0.2 < scores.wer_before
    assert scores.as_json()["words"] == len(truth.split())
