from __future__ import annotations

import pytest

from extract.codes import codes_in
from extract.document_types import mended_letters, type_of_letters
from extract.patterns import Source
from extract.references import find_references
from normalize.folding import fold_aligned

SHAPES = (
    ("31/QĐ-BCĐCTMTQG", "31", "QĐ-BCĐCTMTQG"),
    ("106 /HD-SNV", "106", "HD-SNV"),
    ("05/2031/NĐ-CP", "05", "2031/NĐ-CP"),
    ("12/2024/QH15", "12", "2024/QH15"),
    ("818/NQ-UBTVQH14", "818", "NQ-UBTVQH14"),
    ("55/2005/TTLT-BNV-VPCP", "55", "2005/TTLT-BNV-VPCP"),
    ("1853/VP-KGVX", "1853", "VP-KGVX"),
    ("2231/SNV-CCHC&PC", "2231", "SNV-CCHC&PC"),
    ("4597/TTr-SNN-VPĐP", "4597", "TTr-SNN-VPĐP"),
    ("043/KH-\nUBND", "043", "KH-UBND"),
    ("63/ 2008 / HYH- HD/TĐKT", "63", "2008/HYH-HD/TĐKT"),
    ("7/GCN-CĐ1", "7", "GCN-CĐ1"),
    ("36-HD/VPTW", "36", "HD/VPTW"),
    ("367 - QĐ/TWĐTN", "367", "QĐ/TWĐTN"),
    ("42 -HD/TWTN-BKT", "42", "HD/TWTN-BKT"),
    ("85/2017/nđ-cp", "85", "2017/nđ-cp"),
)


@pytest.mark.parametrize(("printed", "number", "symbol"), SHAPES, ids=[shape[0] for shape in SHAPES])
def test_a_code_is_cut_into_number_and_symbol(printed: str, number: str, symbol: str):
    text = f"theo số {printed} của"
    (code,) = codes_in(text)
    assert (code.number, code.symbol) == (number, symbol)
    assert text[slice(*code.number_span)] == number


@pytest.mark.parametrize(
    "text", ["đạt 12/19 tiêu chí", "khoản 3/Điều 4", "24/24 giờ", "km/h", "ngày 01/02/2020", "5/Ban"]
)
def test_what_is_no_code_is_left_alone(text: str):
    assert list(codes_in(text)) == []


def test_a_name_after_a_code_stays_out_of_it():
    (code,) = codes_in("Quyết định số 933/QĐ-UBND - UBND tỉnh")
    assert code.code == "933/QĐ-UBND"


@pytest.mark.parametrize(
    ("printed", "type_name", "mended"),
    [
        ("QD", None, "QĐ"),
        ("QĐ", None, None),
        ("HD", None, None),
        ("HD", "Hướng dẫn", None),
        ("NP", None, None),
        ("NP", "Nghị định", "NĐ"),
        ("NBD", "Nghị định", "NĐ"),
        ("TT", "Tờ trình", "TTr"),
        ("QĐĐ", "Quyết định", "QĐ"),
        ("BCTH", None, None),
        ("CT", "Công văn", None),
    ],
)
def test_letters_are_mended_from_the_closed_set_only(printed: str, type_name: str | None, mended: str | None):
    assert mended_letters(printed, type_name) == mended


def test_the_same_letters_mean_another_type_in_the_party():
    assert type_of_letters("TT") == "Thông tư"
    assert type_of_letters("TT", party=True) == "Thông tri"
    assert type_of_letters("XYZ") is None


def references(text: str) -> list[dict[str, str | None]]:
    return [item.value for item in find_references(Source(text, fold_aligned(text)))]


def ref(kind: str | None, code: str, day: str | None = None, issuer: str | None = None) -> dict[str, str | None]:
    return {"type": kind, "code": code, "date": day, "issuer": issuer}


CITED = (
    (
        "Căn cứ Quyết định số 31/QĐ-UBND ngày 05/3/2029 của Ủy ban nhân dân tỉnh Lâm Khê về việc giao vốn;",
        [ref("Quyết định", "31/QĐ-UBND", "2029-03-05", "Ủy ban nhân dân tỉnh Lâm Khê")],
    ),
    (
        "theo Hướng dẫn số 74/HD-BTĐKT của Ban TĐKT Trung ương Tổng kết phong trào",
        [ref("Hướng dẫn", "74/HD-BTĐKT", None, "Ban TĐKT Trung ương")],
    ),
    (
        "các Quyết định số 2165, 2166/QĐ-UBND, ngày 31/10/2028",
        [ref("Quyết định", "2165/QĐ-UBND", "2028-10-31"), ref("Quyết định", "2166/QĐ-UBND", "2028-10-31")],
    ),
    (
        "lần lượt tại các Quyết định số: 99/QĐ-UBND, 103/QĐ-UBND và 105/QĐ-UBND, ngày 26/01/2033 của UBND huyện",
        [ref("Quyết định", f"{n}/QĐ-UBND", "2033-01-26", "UBND huyện") for n in (99, 103, 105)],
    ),
    (
        "Nghị định số 05/2031/NĐ-CP ngày 01 tháng 4 năm 2031 của Bộ Văn hóa, Thể thao và Du lịch về",
        [ref("Nghị định", "05/2031/NĐ-CP", "2031-04-01", "Bộ Văn hóa, Thể thao và Du lịch")],
    ),
    (
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 9/TTr-SNV ngày 02 tháng 6 năm 2025.",
        [ref("Tờ trình", "9/TTr-SNV", "2025-06-02", "Sở Nội vụ")],
    ),
    (
        "Công văn số 85/SGDĐT-TCCB ngày 27/8/2025 của Sở\nGiáo dục và Đào tạo về việc",
        [ref("Công văn", "85/SGDĐT-TCCB", "2025-08-27", "Sở Giáo dục và Đào tạo")],
    ),
    ("Nghi dinh s6 91/2017/NP-CP ngay 31/7/2017", [ref("Nghị định", "91/2017/NĐ-CP", "2017-07-31")]),
    (
        "Căn cứ Luật Phòng, chống thiên tai số 33/2033/QH15 ngày 19/6/2033;",
        [ref("Luật", "33/2033/QH15", "2033-06-19")],
    ),
    ("Nghị quyết 26-NQ/TW, ngày 05/8/2008", [ref("Nghị quyết", "26-NQ/TW", "2008-08-05")]),
)


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[text[:40] for text, _ in CITED])
def test_a_cited_document_is_read_whole(text: str, expected):
    assert references(text) == expected


def test_a_mended_code_keeps_what_was_printed():
    text = "Quyết định số 31/QD-UBND ngày 05/3/2029"
    (found,) = [item.found() for item in find_references(Source(text, fold_aligned(text)))]
    assert found.value["code"] == "31/QĐ-UBND"
    assert found.status == "restored"
    assert [other["code"] for other in found.others] == ["31/QD-UBND"]
