from __future__ import annotations

import pytest

from extract.organ_names import find_organs
from extract.patterns import Found, Source
from extract.places import find_places
from normalize.folding import fold_aligned


def organs(text: str) -> list[Found]:
    source = Source(text, fold_aligned(text))
    return find_organs(source, find_places(source))


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("của UBND huyện Bắc Sơn về", "UBND huyện Bắc Sơn", "Ủy ban nhân dân huyện Bắc Sơn"),
        ("Ủy ban nhân dân xã Bản Tằm ban hành", "Ủy ban nhân dân xã Bản Tằm", "Ủy ban nhân dân xã Bản Tằm"),
        (
            "Sở Nông nghiệp và PTNT tỉnh Lạng Sơn",
            "Sở Nông nghiệp và PTNT tỉnh Lạng Sơn",
            "Sở Nông nghiệp và Phát triển nông thôn tỉnh Lạng Sơn",
        ),
        ("Sở Công Thương Lào Cai", "Sở Công Thương Lào Cai", "Sở Công Thương Lào Cai"),
        ("SỞ TƯ PHÁP\nSố: 12", "SỞ TƯ PHÁP", "Sở Tư pháp"),
        ("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố", "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("Phòng Nội vụ huyện Hữu Lũng", "Phòng Nội vụ huyện Hữu Lũng", "Phòng Nội vụ huyện Hữu Lũng"),
        ("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Bộ trưởng Bộ Tài chính quy định", "Bộ Tài chính", "Bộ Tài chính"),
        ("Ban Nội chính Tỉnh ủy và", "Ban Nội chính Tỉnh ủy", "Ban Nội chính Tỉnh ủy"),
        (
            "Ban Chỉ đạo Trung ương Chương trình MTQG xây dựng nông thôn mới",
            "Ban Chỉ đạo Trung ương Chương trình MTQG xây dựng nông thôn mới",
            "Ban Chỉ đạo Trung ương Chương trình mục tiêu quốc gia xây dựng nông thôn mới",
        ),
        ("Hội đồng TĐKT tỉnh;", "Hội đồng TĐKT tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh"),
        ("Hội Nông dân huyện", "Hội Nông dân huyện", "Hội Nông dân huyện"),
        ("UBMTTQ xã Bản Tằm", "UBMTTQ xã Bản Tằm", "Ủy ban Mặt trận Tổ quốc xã Bản Tằm"),
        ("Đảng ủy xã Bản Tằm", "Đảng ủy xã Bản Tằm", "Đảng ủy xã Bản Tằm"),
        (
            "Công ty TNHH MTV Mây Hồng",
            "Công ty TNHH MTV Mây Hồng",
            "Công ty trách nhiệm hữu hạn một thành viên Mây Hồng",
        ),
        (
            "Công ty Cổ phần Năng lượng Khuổi Sao trình",
            "Công ty Cổ phần Năng lượng Khuổi Sao",
            "Công ty cổ phần Năng lượng Khuổi Sao",
        ),
        ("HTX Nông nghiệp Hòa Khê", "HTX Nông nghiệp Hòa Khê", "Hợp tác xã Nông nghiệp Hòa Khê"),
        ("Trường THCS Bản Tằm", "Trường THCS Bản Tằm", "Trường Trung học cơ sở Bản Tằm"),
        ("TRƯỜNG ĐẠI HỌC TÂY KHÊ\n", "TRƯỜNG ĐẠI HỌC TÂY KHÊ", "Trường Đại học Tây Khê"),
        ("Kho bạc Nhà nước khu vực II có", "Kho bạc Nhà nước khu vực II", "Kho bạc Nhà nước khu vực II"),
        ("Cơ quan Uỷ ban MTTQ Việt Nam tỉnh", "Uỷ ban MTTQ Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
    ],
)
def test_an_organ_is_read_to_its_end_and_written_out(text: str, printed: str, value: str):
    item = organs(text)[0]
    assert (text[item.start : item.end], item.value, item.status) == (printed, value, "read")


def test_two_organs_beside_each_other_are_two():
    assert [item.value for item in organs("Sở Nội vụ, Sở Tài chính và UBND xã Bản Tằm")] == [
        "Sở Nội vụ",
        "Sở Tài chính",
        "Ủy ban nhân dân xã Bản Tằm",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Công ty cô phân Mây Sơn", "Công ty cổ phần Mây Sơn"),
        ("ỦY BAN NHÂN DẦN TỈNH", "Ủy ban nhân dân tỉnh"),
        ("Bộ Giáo đục và Đào tạo", "Bộ Giáo dục và Đào tạo"),
    ],
)
def test_lost_marks_come_back_with_doubt(text: str, value: str):
    (item,) = organs(text)
    assert (item.value, item.status) == (value, "restored")
    assert item.strength < 0.7


NO_ORGANS = (
    "các sở, ban, ngành; UBND cấp xã, UBND các huyện",
    "Ủy ban nhân dân huyện, quận, thị xã",
    "tại trụ sở Báo cáo",
    "công vụ tỉnh Bắc Ninh",
    "Thông báo số 43/TB",
    "đại biểu Quốc hội",
    "thị trường Trung Đông",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "xã Hội An, phường Trường Thi",
    "công ty cổ phần, trường tiểu học",
    "cụm công nghiệp Báo Đáp",
)


@pytest.mark.parametrize("text", NO_ORGANS)
def test_no_organ(text: str):
    assert [item.value for item in organs(text)] == []
