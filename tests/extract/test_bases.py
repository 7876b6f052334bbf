"""Legal bases: the wordings they open with, and where their dates stand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from extract.record import DocumentFields
from ocr.tree import Role
from tests.extract.placed_pages import centred, fields_of, head, placed

TITLE = ("QUYẾT ĐỊNH", "Về việc khen thưởng")


def resting_on(
    *text: str, title: tuple[str, ...] = TITLE, doubtful: Mapping[str, float] | None = None
) -> DocumentFields:
    lines = [centred(row, 150 + 16 * at) for at, row in enumerate(title)]
    body = [placed(row, 90, 220 + 18 * at, Role.BODY, doubtful=doubtful) for at, row in enumerate(text)]
    return fields_of(*head(), *lines, *body)


def bases(fields: DocumentFields) -> list[tuple[str, str | None, str]]:
    return [(item.value["code"], item.value["date"], item.status) for item in fields.legal_bases]


@pytest.mark.parametrize(
    "opening",
    [
        "Căn cứ Công văn",
        "Thực hiện Công văn",
        "Theo đề nghị của Sở Y tế tại Công văn",
        "Trên cơ sở Công văn",
        "Xét đề nghị của Sở Y tế tại Công văn",
        "- Căn cứ mục 2.2, Công văn",
    ],
)
def test_wordings_that_open_a_basis(opening: str):
    fields = resting_on(f"{opening} số 12/SYT-NV ngày 05/3/2029 của Sở Y tế;", "Điều 1. Khen thưởng")
    assert bases(fields) == [("12/SYT-NV", "2029-03-05", "read")]


def test_a_date_behind_the_issuer():
    fields = resting_on("Thực hiện Kế hoạch số 7/KH-SYT của Sở Y tế ngày 05/02/2029 về phong trào thi đua,")
    assert bases(fields) == [("7/KH-SYT", "2029-02-05", "read")]
    assert fields.legal_bases[0].raw.endswith("05/02/2029")


@pytest.mark.parametrize("printed", ["26/1 1/2023", "26⁄11/2023"])
def test_a_date_whose_figures_stand_apart_is_restored(printed: str):
    fields = resting_on(f"Căn cứ Luật Cây xanh ngày {printed};", "Căn cứ Nghị định số 3/2029/NĐ-CP;")
    assert bases(fields) == [("Luật Cây xanh", "2023-11-26", "read"), ("3/2029/NĐ-CP", None, "read")]


def test_a_date_behind_a_speck_read_as_a_line_is_restored():
    fields = resting_on("Thực hiện Kế hoạch số 7/KH-SYT ngày", "ê", "05/02/2029 của Sở Y tế về phong trào thi đua,")
    assert bases(fields) == [("7/KH-SYT", "2029-02-05", "restored")]


def test_a_date_that_another_place_gives_the_same_code():
    fields = resting_on(
        "Thực hiện Kế hoạch số 7/KH-SYT về phong trào thi đua, Sở yêu cầu:",
        "1. Rà soát nội dung Kế hoạch số 7/KH-SYT ngày 05/02/2029 của Sở Y tế.",
    )
    assert bases(fields) == [("7/KH-SYT", "2029-02-05", "inferred")]
    assert len(fields.legal_bases[0].where) == 2


def test_what_a_basis_amends_or_contains_is_left_out():
    fields = resting_on("Căn cứ Nghị định số 3/2029/NĐ-CP sửa đổi Nghị định số 8/2020/NĐ-CP ngày 01/02/2020;")
    assert [code for code, _, _ in bases(fields)] == ["3/2029/NĐ-CP"]


@pytest.mark.parametrize(
    "amended",
    [
        "được sửa đổi, bổ sung bởi Luật số 19/2030/QH16 ngày 2 tháng 6 năm 2030",
        "được sửa đổi, bổ sung một số điều theo Luật số 19/2030/QH16",
        "đã được sửa đổi, bổ sung tại các Luật số 19/2030/QH16 và Luật số 20/2030/QH16",
    ],
)
def test_what_amends_a_basis_is_a_basis(amended: str):
    fields = resting_on(f"Căn cứ Luật Ao hồ số 7/2029/QH16 ngày 1 tháng 2 năm 2029 {amended};")
    codes = [base.value["code"] for base in fields.legal_bases]
    assert codes == ["7/2029/QH16", "19/2030/QH16", "20/2030/QH16"][: 2 + amended.count(" và ")]


def test_what_an_amending_basis_changes_is_left_out():
    fields = resting_on(
        "Căn cứ Luật số 7/2029/QH16 được sửa đổi bởi Luật số 9/2030/QH16 sửa đổi một số điều của Luật số 3/2020/QH14;"
    )
    assert [base.value["code"] for base in fields.legal_bases] == ["7/2029/QH16", "9/2030/QH16"]


def test_acts_that_change_one_law_are_told_apart_by_their_days():
    change = "Luật sửa đổi, bổ sung một số điều của Luật Ao hồ"
    fields = resting_on(f"Căn cứ Luật Ao hồ ngày 1/2/2009; {change} ngày 3/4/2015 và ngày 5/6/2023;")
    days = [(base.value["code"], base.value["date"]) for base in fields.legal_bases]
    assert days == [("Luật Ao hồ", "2009-02-01"), (change, "2015-04-03"), (change, "2023-06-05")]


def test_an_act_that_changes_two_laws():
    fields = resting_on("Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Ao hồ và Luật Kênh mương ngày 3/4/2025;")
    (base,) = fields.legal_bases
    assert base.value["code"] == "Luật sửa đổi, bổ sung một số điều của Luật Ao hồ và Luật Kênh mương"


@pytest.mark.parametrize(
    ("printed", "issuer"),
    [("Trưởng phòng Văn hóa - Xã hội", "Trưởng phòng Văn hóa - Xã hội"), ("Bộ trưởng Bộ Y tế", "Bộ Y tế")],
)
def test_a_post_is_left_out_where_the_organ_is_named_behind_it(printed: str, issuer: str):
    (base,) = resting_on(
        f"Theo đề nghị của {printed} tại Tờ trình số 7/TTr-VHXH ngày 19 tháng 01 năm 2029."
    ).legal_bases
    assert base.value["issuer"] == issuer


def test_a_day_to_do_something_by_is_not_the_day_of_a_law():
    fields = resting_on(
        "Xét tình hình thực tế, Phòng rà soát theo quy định tại Luật Ao hồ, trình UBND huyện trước ngày 25/11/2029;"
    )
    assert [base.value["date"] for base in fields.legal_bases if base.value["type"] == "Luật"] == [None]


def test_bases_in_a_list_below_their_paragraph():
    fields = resting_on(
        "Sau khi đối chiếu với các quy định hiện hành, cụ thể gồm:",
        "- Quy định về ao hồ: Luật số 7/2029/QH16",
        "ngày 01/02/2029;",
        "- Quyết định số 5/QĐ-UBND ngày 03/4/2029;",
    )
    assert bases(fields) == [("7/2029/QH16", "2029-02-01", "read"), ("5/QĐ-UBND", "2029-04-03", "read")]


def test_what_is_asked_for_below_a_basis_is_none():
    fields = resting_on(
        "Căn cứ Kế hoạch số 5/KH-UBND ngày 03/4/2029, Sở yêu cầu:",
        "- Các đơn vị nghiên cứu Quyết định số 9/QĐ-UBND ngày 04/4/2029;",
    )
    assert [code for code, _, _ in bases(fields)] == ["5/KH-UBND"]


def test_what_a_basis_without_number_came_with_is_kept():
    fields = resting_on("Căn cứ Quy chế làm việc ban hành kèm theo Quyết định số 21/QĐ-SYT ngày 12 tháng 01 năm 2029;")
    assert bases(fields) == [("21/QĐ-SYT", "2029-01-12", "read")]


def test_minutes_go_by_the_first_document_they_name():
    fields = resting_on(
        "Hôm nay, ngày 05 tháng 5 năm 2029, Hội đồng họp.",
        "1. Thư ký đọc tiêu chuẩn tại Hướng dẫn số 89/HD-SNV ngày 20/4/2029 của Sở Nội vụ.",
        "2. Các ý kiến nêu Công văn số 12/SYT-NV ngày 05/3/2029.",
        title=("BIÊN BẢN", "Họp xét khen thưởng"),
    )
    assert bases(fields) == [("89/HD-SNV", "2029-04-20", "inferred")]


def test_a_code_read_badly_is_not_asserted():
    fields = resting_on("Căn cứ Công văn số 12/SYT-NV ngày 05/3/2029;", doubtful={"12/SYT-NV": 0.5})
    assert bases(fields) == [("12/SYT-NV", "2029-03-05", "inferred")]
