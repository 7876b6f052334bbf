from __future__ import annotations

import time

import pytest

from extract.names import find_names, read_names
from extract.patterns import Source
from extract.record import DocumentFields, Reading
from extract.tokens import tokens_from_text
from normalize.folding import fold_aligned


def reading(value: str) -> Reading:
    return Reading(value=value, raw=value, confidence=0.9, rule="test")


def test_an_organ_and_the_place_in_it_are_both_values_with_their_evidence():
    text = "Ông Đặng Văn Mây - Chủ tịch UBND xã Tân Thành"
    names = read_names(
        tokens_from_text(text), DocumentFields(issuer=reading("UBND HUYỆN HỮU LŨNG"), issue_date=reading("2019-05-31"))
    )
    assert [(name.kind, name.raw) for name in names] == [
        ("person", "Đặng Văn Mây"),
        ("organ", "UBND xã Tân Thành"),
        ("place", "xã Tân Thành"),
    ]
    assert names[2].value["district"] == "huyện Hữu Lũng"
    assert names[2].span == (33, 45)


def test_spans_count_in_the_whole_text():
    text = "Sở Nội vụ\fSở Tài chính tỉnh Lạng Sơn"
    names = read_names(tokens_from_text(text), DocumentFields(), start=10)
    assert [text[slice(*name.span)] for name in names] == ["Sở Tài chính tỉnh Lạng Sơn", "tỉnh Lạng Sơn"]


HOSTILE = (
    "",
    "\0\0",
    "12345 " * 40,
    "ông ông ông",
    "XÃ HUYỆN TỈNH",
    "xã " * 5,
    "xã Tân Lập, " * 200,
    "Ủy ban nhân dân Văn phòng " * 40,
    "Nguyễn " * 200,
    "Công ty " * 300,
    "The quick brown fox. " * 20,
    "A" * 5000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_text_is_read_without_error(text: str):
    source = Source(text, fold_aligned(text))
    assert all(0 <= item.start < item.end <= len(text) for item in find_names(source))


@pytest.mark.parametrize(
    "piece",
    [
        "UBND xã Tân Lập, huyện Hữu Lũng do ông Đặng Văn Mây - Chủ tịch ký. ",
        "Nguyễn Văn ",
        "Ủy ban nhân dân Văn phòng Thường trực ",
        "các xã Tân Lập, Yên Sơn, ",
        "Công ty cổ phần Mây Sao ",
        "CHỦ TỊCH PHÓ CHỦ TỊCH ",
        "xã (huyện (",
    ],
)
def test_ten_times_the_text_is_far_from_a_hundred_times_the_work(piece: str):
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        source = Source(text, fold_aligned(text))
        start = time.process_time()
        find_names(source)
        return time.process_time() - start

    seconds(2_000)
    small, large = seconds(4_000), seconds(40_000)
    assert large < 60 * max(small, 0.004)
