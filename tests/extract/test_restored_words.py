"""A misread syllable of a subject is put right as a proposal; right subjects, codes and figures are left alone."""

from __future__ import annotations

import pytest

from extract.record import Reading, Where
from extract.restored_words import with_restored_words


def subject(value: str) -> Reading:
    where = [Where(page=1, box=(100.0, 100.0, 400.0, 114.0))]
    return Reading(value=value, raw=value, where=where, confidence=0.9, rule="title.subject")


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Tuyên truyền Luật Phố biến, giáo dục pháp luật", "Tuyên truyền Luật Phổ biến, giáo dục pháp luật"),
        ("KIÊỄM TRA công tác bảo vệ rừng", "KIỂM TRA công tác bảo vệ rừng"),
    ],
)
def test_a_misread_syllable_is_put_right(read: str, right: str) -> None:
    reading = with_restored_words(subject(read))
    assert reading is not None
    assert (reading.value, reading.raw, reading.status) == (right, read, "restored")
    assert reading.alternatives[0].value == read
    assert reading.confidence <= 0.9
    assert reading.where


@pytest.mark.parametrize(
    "right",
    [
        "Về việc đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Lam Khê",
        "V/v thực hiện Thông báo số 96-TB/TU ngày 17/8/2023 của Thường trực Huyện ủy Mường Lâm",
    ],
)
def test_right_subjects_are_left_alone(right: str) -> None:
    reading = subject(right)
    assert with_restored_words(reading) is reading


def test_nothing_comes_of_nothing() -> None:
    assert with_restored_words(None) is None
