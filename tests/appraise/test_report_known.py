"""Reports that have no line of their own for their candidate's name: joined over what the lists say."""

from __future__ import annotations

import pytest

from appraise.reading.candidates import find_candidates
from tests.appraise.dossiers import COMMUNE, DISTRICT, PROVINCIAL, Proposed, dossier_of, paper_head, submission

PEOPLE = [
    Proposed("Hợp tác xã Rau Phai Én", "Tập thể"),
    Proposed(f"Thôn Nà Hoi, xã {COMMUNE}", "Tập thể"),
    Proposed(f"Gia đình bà Tòng Thị Ón, thôn Nà Bó, xã {COMMUNE}", "Hộ gia đình"),
]
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "II. THÀNH TÍCH ĐẠT ĐƯỢC\n- Làm 2 km đường thôn.\nIII. KHEN THƯỞNG ĐÃ ĐƯỢC NHẬN\nKhông.\n"


def report(head="", subject="", opening="Đơn vị ở vùng núi, giao thông còn khó khăn.", end="CHỦ TỊCH\nMa Văn Thưởng\n"):
    title = f"BÁO CÁO THÀNH TÍCH\nĐề nghị tặng {PROVINCIAL}{subject}\n"
    return f"{head}{MOTTO}{COMMUNE}, ngày 10 tháng 6 năm 2019\n{title}I. THÔNG TIN CHUNG\n{opening}\n{BODY}{end}"


def joined(text):
    """Names of the candidates that the report speaks of."""
    found = find_candidates(dossier_of({"a.txt": submission(PEOPLE), "b.txt": text}))
    assert len(found) == len(PEOPLE)
    return [candidate.name for candidate in found if any(place.file == "b.txt" for place in candidate.where)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (report("HỢP TÁC XÃ RAU PHAI\nÉN\n"), "Hợp tác xã Rau Phai Én"),
        (report("UBND XÃ BẢN KHOANG\nBAN CÔNG TÁC MẶT TRẬN\nTHÔN NÀ HOI\n"), "Thôn Nà Hoi"),
        (report("HỘI NÔNG DÂN HUYỆN\n", " cho thôn Nà Hoi"), "Thôn Nà Hoi"),
        (report("HỘI NÔNG DÂN HUYỆN\n", "\ncho gia đình bà Tòng Thị Ón"), "Gia đình bà Tòng Thị Ón"),
        (report(opening="Gia đình bà Tòng Thị Ón, thôn Nà Bó có 5 khẩu."), "Gia đình bà Tòng Thị Ón"),
        (report(end="NGƯỜI BÁO CÁO\nTòng Thị Ón\n"), "Gia đình bà Tòng Thị Ón"),
    ],
)
def test_a_report_is_joined_to_whom_it_names(text, name):
    assert joined(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        report(),
        report(subject=" cho thôn Nà Hoi và Hợp tác xã Rau Phai Én"),
        report("HỢP TÁC XÃ RAU PHAI ÉN\n", opening="Họ và chữ đệm: ông Lò; sinh năm 1970."),
    ],
)
def test_a_report_of_nobody_or_of_several_is_of_nobody(text):
    assert joined(text) == []


def test_a_cooperative_is_no_commune():
    text = report("HỢP TÁC XÃ RAU PHAI ÉN\n", " cho Hợp tác xã Rau Phai Én")
    found = find_candidates(dossier_of({"a.txt": text, "b.txt": submission(PEOPLE)}))
    assert (found[0].name, found[0].commune) == ("Hợp tác xã Rau Phai Én", f"xã {COMMUNE}")


def test_bullets_of_a_request_end_at_their_colon_and_go_on_below():
    text = (
        f"{paper_head('45/TTr-UBND')}TỜ TRÌNH\nVề việc đề nghị khen thưởng\nKính gửi: Chủ tịch UBND tỉnh.\n"
        f"Ủy ban nhân dân xã đề nghị khen thưởng:\n- Công ty TNHH Gỗ Mường Sa: đề nghị tặng {PROVINCIAL}.\n"
        f"- Hộ gia đình ông Cầm Văn Ính, thôn Nà Hoi, xã {COMMUNE}, huyện Mường\nSa: đề nghị tặng {PROVINCIAL}.\n"
    )
    company, family = find_candidates(dossier_of({"a.txt": text}))
    assert (company.name, company.award) == ("Công ty TNHH Gỗ Mường Sa", "bang_khen_tinh")
    assert (family.name, family.district, family.award) == (
        "Hộ gia đình ông Cầm Văn Ính",
        f"huyện {DISTRICT}",
        "bang_khen_tinh",
    )
