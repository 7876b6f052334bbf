"""Texts that no office wrote: extraction ends soon, with a record, in time that grows as the text does."""

from __future__ import annotations

import time

import pytest

from extract.read_record import extract_text

LONG_LINE = 100_000

HOSTILE = {
    "nothing": "",
    "NUL bytes": "Số: 15/TB-PNV\0\0\0 ngày 05/3/2029\0" * 50,
    "lone surrogates": "ngày 05/3/2029 \ud800\udfff\udc00",
    "digits only": "1234567890" * 2_000,
    "digits and spaces": "12 345 678 " * 2_000,
    "one long word": "a" * LONG_LINE,
    "one long line": "mức 1,5 tỷ đồng, ngày 05/3/2029 theo Quyết định số 31/QĐ-UBND; " * (LONG_LINE // 64),
    "line ends only": "\n" * 20_000,
    "pages without text": "\f" * 2_000,
    "Chinese": "关于表彰先进集体和个人的决定。" * 500,
    "Arabic": "قرار بشأن تكريم الجماعات والأفراد " * 500,
    "combining marks": "e" + "\u0301" * 5_000,
    "bidirectional marks": "\u202eSố: 15/TB-PNV\u202c " * 300,
    "slashes": "1/" * 10_000,
    "half dates": "ngày tháng năm " * 2_000,
    "half amounts": "1.000.000.000.000 tỷ tỷ " * 800,
    "half citations": "Căn cứ Căn cứ số số 12/ " * 800,
    "half criteria": "đạt từ đạt 12/19 tiêu " * 800,
    "numbers shared": "2165, " * 3_000 + "2166/QĐ-UBND",
    "brackets": "(" * 10_000 + ")" * 10_000,
    "half words of numbers": "một trăm linh linh tỷ " * 800,
    "votes": "phát ra 12 thu về phát ra 12 " * 500,
    "dashes": "- \n" * 5_000,
    "articles": "Điều 1. \nĐiều 1. a) b) " * 800,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_record_is_made_of_anything(text: str):
    record = extract_text(text, "x.txt")
    assert all(value.span is None or 0 <= value.span[0] < value.span[1] <= len(text) for value in record.values)


ORDINARY = (
    "Căn cứ Nghị định số 91/2027/NĐ-CP ngày 31/7/2027 của Chính phủ;\n"
    "1. Các xã đạt từ 10 tiêu chí trở lên được thưởng 1,5 tỷ đồng trước ngày 31/7/2029.\n"
)


@pytest.mark.parametrize(
    "piece",
    [ORDINARY, ORDINARY.replace("\n", " "), "12 345 ", "số 15/", "- Lưu: VT.\n"],
    ids=["lines", "line", "digits", "numbers", "dashes"],
)
def test_ten_times_the_text_takes_less_than_twenty_five_times_the_time(piece: str):
    small = piece * (5_000 // len(piece))
    extract_text(small, "x.txt")  # what is loaded once
    assert _seconds(small * 10) < 60 * max(_seconds(small), 0.01)


def _seconds(text: str) -> float:
    start = time.process_time()
    extract_text(text, "x.txt")
    return time.process_time() - start
