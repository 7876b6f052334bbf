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
    # several numbers, one symbol
    (
        "Quyết định số 12, 13/QĐ-UBND ngày 05/3/2029",
        [ref("Quyết định", "12/QĐ-UBND", "2029-03-05"), ref("Quyết định", "13/QĐ-UBND", "2029-03-05")],
    ),
    (
        "Kế hoạch số 7 và 9/KH-UBND ngày 05/3/2029",
        [ref("Kế hoạch", "7/KH-UBND", "2029-03-05"), ref("Kế hoạch", "9/KH-UBND", "2029-03-05")],
    ),
    ("trong năm 2028, 13/QĐ-UBND", [ref("Quyết định", "13/QĐ-UBND")]),
    # shapes of number and symbol
    ("Chỉ thị số 22-CT/TW ngày 5/8/2028", [ref("Chỉ thị", "22-CT/TW", "2028-08-05")]),
    ("Hướng dẫn 106 /HD-SNV", [ref("Hướng dẫn", "106/HD-SNV")]),
    (
        "Thông tư liên tịch số 55/2005/TTLT-BNV-VPCP ngày 06/5/2005",
        [ref("Thông tư liên tịch", "55/2005/TTLT-BNV-VPCP", "2005-05-06")],
    ),
    ("Công văn số 2231/SNV-CCHC&PC ngày 7/6/2029", [ref("Công văn", "2231/SNV-CCHC&PC", "2029-06-07")]),
    ("QĐ số 31/QĐ-UBND ngày 5/3/2029", [ref("Quyết định", "31/QĐ-UBND", "2029-03-05")]),
    ("CV số 85/SGDĐT-TCCB", [ref("Công văn", "85/SGDĐT-TCCB")]),
    ("theo số 85/qđ-ubnd", [ref(None, "85/qđ-ubnd")]),
    # half a code
    ("Nghị định số 91/2017 của Chính phủ", [ref("Nghị định", "91/2017", None, "Chính phủ")]),
    ("Thông tư 40/2014", [ref("Thông tư", "40/2014")]),
    ("Thông tư số 06 ngày 24/5/2027", [ref("Thông tư", "06", "2027-05-24")]),
    ("Nghị quyết số 26 ngày 05 tháng 8 năm 2028", [ref("Nghị quyết", "26", "2028-08-05")]),
    (
        "Căn cứ Quyết định số     /QĐ-UBND ngày    tháng 5 năm 2029 của UBND huyện",
        [ref("Quyết định", "/QĐ-UBND", "2029-05", "UBND huyện")],
    ),
    ("Tờ trình số …../TTr-UBND ngày …/6/2029", [ref("Tờ trình", "/TTr-UBND", "2029-06")]),
    # date and issuer in other places
    (
        "Quyết định số 31/QĐ-UBND của UBND tỉnh Lâm Khê ngày 05/3/2029",
        [ref("Quyết định", "31/QĐ-UBND", "2029-03-05", "UBND tỉnh Lâm Khê")],
    ),
    ("Nghị định số 98/2023/NĐ-CP được ban hành ngày 31/12/2023", [ref("Nghị định", "98/2023/NĐ-CP", "2023-12-31")]),
    ("Quyết định số 31/QĐ-UBND (ngày 5/3/2029)", [ref("Quyết định", "31/QĐ-UBND", "2029-03-05")]),
    (
        "Ngày 22/5/2028, UBND tỉnh ban hành Quyết định số 933/QĐ-UBND",
        [ref("Quyết định", "933/QĐ-UBND", "2028-05-22", "UBND tỉnh")],
    ),
    ("Quyết định số 5/QĐ-UBND ngày     /    /2029", [ref("Quyết định", "5/QĐ-UBND", "2029")]),
    ("Quyết định số 31/QĐ-\nUBND ngày\n05/3/2029", [ref("Quyết định", "31/QĐ-UBND", "2029-03-05")]),
    # by name and year
    ("Luật Thi đua, Khen thưởng năm 2013", [ref("Luật", "Luật Thi đua, Khen thưởng", "2013")]),
    ("Bộ luật Dân sự năm 2015", [ref("Bộ luật", "Bộ luật Dân sự", "2015")]),
    ("Hiến pháp năm 2013", [ref("Hiến pháp", "Hiến pháp", "2013")]),
    (
        "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
        [ref("Luật", "Luật Tổ chức chính quyền địa phương", "2015-06-19")],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng năm 2005",
        [ref("Luật", "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng", "2005")],
    ),
)


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[text[:40] for text, _ in CITED])
def test_a_cited_document_is_read_whole(text: str, expected):
    assert references(text) == expected


NOTHING_CITED = (
    "Điều 5 Nghị định này",
    "Báo cáo tháng 5/2029",
    "Báo cáo 6/2029",
    "kèm theo báo cáo số:      /BC ..., ngày    /…./2029",
    "Mẫu số 03/NDAN",
    "Luật sư Trần Văn Khê năm 2029",
    "theo Luật Đất đai",
    "Quyết định số 5 điều",
    "đạt 12/19 tiêu chí",
    "thửa số 31/2029",
    "Số:      /QĐ-UBND",
    "biển số 20A/12345",
)


@pytest.mark.parametrize("text", NOTHING_CITED)
def test_nothing_is_cited_where_no_document_is_named(text: str):
    assert references(text) == []


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("31/QD-UBND", "31/QĐ-UBND"),
        ("21/2026/QĐ-TTG", "21/2026/QĐ-TTg"),
        ("05/NQ-HDND", "05/NQ-HĐND"),
        ("31/QD-BCDXDNTM", "31/QĐ-BCĐXDNTM"),
        ("74/HD-BTDKT", "74/HD-BTĐKT"),
        ("91/2027/ND-CP", "91/2027/NĐ-CP"),
        ("02/TTLB-TC-YT", "02/TTLB-TC-YT"),
        ("106/HD-SNV", "106/HD-SNV"),
    ],
)
def test_letters_of_type_and_organ_are_mended_digits_never(printed: str, mended: str):
    (found,) = [item.found() for item in find_references(Source(printed, fold_aligned(printed)))]
    assert found.value["code"] == mended
    assert found.status == ("read" if printed == mended else "restored")
    assert [other["code"] for other in found.others] == ([] if printed == mended else [printed])


def test_a_mended_code_keeps_what_was_printed():
    text = "Quyết định số 31/QD-UBND ngày 05/3/2029"
    (found,) = [item.found() for item in find_references(Source(text, fold_aligned(text)))]
    assert found.value["code"] == "31/QĐ-UBND"
    assert found.status == "restored"
    assert [other["code"] for other in found.others] == ["31/QD-UBND"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Kết luận số 18-KL/T W ngày 02/4/2031", "18-KL/TW"),
        ("Tờ trình số 226/TTi r-SNV ngày 27/8/2030", "226/TTr-SNV"),
        ("Công văn số 12/UBND-T H của", "12/UBND-TH"),
    ],
)
def test_a_symbol_torn_by_a_space_is_joined_and_said_to_be(printed: str, code: str):
    (found,) = find_references(Source(printed, fold_aligned(printed)))
    assert (found.code, found.found().status) == (code, "restored")


def test_capitals_behind_a_whole_symbol_stay_out_of_it():
    (code,) = codes_in("Quyết định số 5/QĐ-UBND T và A-B")
    assert (code.code, code.torn) == ("5/QĐ-UBND", False)


def test_the_hyphen_of_the_party_may_be_a_low_line():
    (code,) = codes_in("Nghị quyết số 57 _NQ/TW ngày 22/12/2024")
    assert code.code == "57-NQ/TW"


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("Luật Thuế số 67/2025/QHI5 ngày 14/6/2025", "67/2025/QH15"),
        ("Luật số 55/2024/QH1S", "55/2024/QH15"),
        ("Hướng dẫn số 246/HI-SNV ngày 06/4/2016", "246/HD-SNV"),
    ],
)
def test_what_can_only_be_a_slip_is_mended_and_kept_as_printed(printed: str, mended: str):
    (found,) = find_references(Source(printed, fold_aligned(printed)))
    assert found.code == mended
    assert found.printed_code is not None and found.printed_code in printed
    assert found.found().status == "restored"
