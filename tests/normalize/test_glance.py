"""A quick look tells which texts may hold a misread word; the others need no search."""

from __future__ import annotations

import pytest

from normalize.restoration import glance
from normalize.restoration.glance import doubts

RIGHT = [
    "Về việc đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "V/v thực hiện Thông báo số 96-TB/TU ngày 17/8/2023 của Thường trực Huyện ủy",
    "Sở Giáo dục và Đào tạo",
]
MISREAD = [
    "Tập thế, cá nhân, hộ gia đình được tặng Bằng khen",
    "Sở Giáo đục và Đào tạo",
    "Tổ chức phong trảo thi đua",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_texts_are_hardly_doubtful(text: str):
    assert doubts([text])[0] < 0.5


@pytest.mark.parametrize("text", MISREAD)
def test_a_misread_word_makes_its_text_doubtful(text: str):
    assert doubts([text])[0] > 0.9


def test_each_text_is_judged_by_itself():
    together = doubts([*RIGHT, *MISREAD])
    assert together == pytest.approx([doubts([text])[0] for text in (*RIGHT, *MISREAD)], abs=1e-5)


def test_candidates_that_are_passed_over_would_not_tell(monkeypatch: pytest.MonkeyPatch):
    quick = doubts([*RIGHT, *MISREAD])
    monkeypatch.setattr(glance, "_HOPELESS", -1e9)
    assert quick == pytest.approx(doubts([*RIGHT, *MISREAD]), abs=0.01)


def test_a_heading_without_its_marks_is_doubtful():
    assert doubts(["UY BAN NHAN DAN HUYEN SUOI HOA"]) == [1.0]


@pytest.mark.parametrize("texts", [[], [""], ["12/QĐ-UBND", "31/12/2029"], ["…", "- -"]])
def test_texts_without_words_have_no_doubts(texts: list[str]):
    assert doubts(texts) == [0.0] * len(texts)
