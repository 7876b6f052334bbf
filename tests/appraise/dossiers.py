"""Papers of invented dossiers as plain texts, and dossiers read from them: what tests of appraisal begin with.

People, communes and organs are made up. Each builder has defaults that make a clean paper; a test changes what it is
about. Tables are drawn with bars, which plain-text extraction reads as tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from appraise.dossier import Dossier, ReadFile
from appraise.reading.read_dossier import read_dossier
from extract.read_record import extract_text

__all__ = [
    "COMMUNE",
    "DISTRICT",
    "PROVINCIAL",
    "Proposed",
    "candidate_list",
    "commune_report",
    "dossier_of",
    "family_report",
    "file_of",
    "minutes",
    "official_report",
    "paper_head",
    "recognition",
    "submission",
]

COMMUNE = "Bản Khoang"
DISTRICT = "Mường Sa"
PROVINCIAL = "Bằng khen của Chủ tịch UBND tỉnh"
_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row of a list. ``section``: "Tập thể", "Cá nhân" or "Hộ gia đình"; ``given`` as the cell prints it."""

    name: str
    section: str
    merit: str = "Có thành tích tiêu biểu"
    given: str = "-"
    votes: str = "9/9"
    share: str = "100%"
    award: str = PROVINCIAL


def paper_head(code: str = "", day: str = "10 tháng 6 năm 2019", commune: str = COMMUNE) -> str:
    """The head of a commune's paper; ``code`` like "45/TTr-UBND", empty for papers without a number."""
    number = f"Số: {code}\n" if code else ""
    organs = f"UBND HUYỆN {DISTRICT.upper()}\nỦY BAN NHÂN DÂN XÃ {commune.upper()}"
    return f"{organs}\n{_MOTTO}\n{number}{commune}, ngày {day}\n"


def submission(
    people: Sequence[Proposed],
    *,
    code: str = "45/TTr-UBND",
    day: str = "10 tháng 6 năm 2019",
    commune: str = COMMUNE,
    counted: str = "01 tập thể và 02 hộ gia đình",
    extra: str = "",
    listed: bool = True,
) -> str:
    """A submission; ``listed``: its list is on a page behind it (a form feed between them)."""
    annex = f"\f{candidate_list(people, attached=f'Tờ trình số {code} ngày {day}', commune=commune)}" if listed else ""
    return (
        f"{paper_head(code, day, commune)}TỜ TRÌNH\n"
        "Về việc đề nghị khen thưởng phong trào thi đua xây dựng nông thôn mới\n"
        f"Kính gửi: Chủ tịch UBND huyện {DISTRICT}\n"
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;\n"
        f"Ủy ban nhân dân xã {commune} kính trình Chủ tịch UBND huyện xem xét, đề nghị khen thưởng cho {counted} "
        f"(có danh sách kèm theo).\n{extra}"
        f"Ủy ban nhân dân xã {commune} kính trình Chủ tịch UBND huyện xem xét, quyết định./.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nMa Văn Thưởng\n" + annex
    )


def candidate_list(
    people: Sequence[Proposed],
    *,
    attached: str = "Tờ trình số 45/TTr-UBND ngày 10 tháng 6 năm 2019",
    commune: str = COMMUNE,
    given_head: str = "Trị giá đóng góp (triệu đồng)",
) -> str:
    """A list of candidates in sections with what each gave."""
    rows = [f"| STT | Tên tập thể, cá nhân, hộ gia đình | Hình thức khen thưởng | Tóm tắt thành tích | {given_head} |"]
    for at, section, members in _sections(people):
        rows.append(f"| {_ROMAN[at]} | {section} | | | |")
        rows += [f"| {n} | {p.name} | {p.award} | {p.merit} | {p.given} |" for n, p in enumerate(members, start=1)]
    return (
        "DANH SÁCH\nTập thể, cá nhân, hộ gia đình đề nghị khen thưởng\n"
        f"(Kèm theo {attached} của Ủy ban nhân dân xã {commune})\n" + "\n".join(rows) + "\n"
    )


def minutes(
    people: Sequence[Proposed],
    *,
    day: str = "05 tháng 6 năm 2019",
    present: str = "9/9",
    ballots: str = "số phiếu phát ra 9, thu về 9, hợp lệ 9",
    commune: str = COMMUNE,
) -> str:
    """Minutes of the commune's council with a table of votes."""
    rows = ["| TT | Tên đơn vị, cá nhân đề nghị | Hình thức khen thưởng | Số phiếu | Tỷ lệ |"]
    for at, section, members in _sections(people):
        rows.append(f"| {_ROMAN[at]} | {section} | | | |")
        rows += [f"| {n} | {p.name} | {p.award} | {p.votes} | {p.share} |" for n, p in enumerate(members, start=1)]
    table = "\n".join(rows)
    return (
        f"UBND XÃ {commune.upper()}\nHỘI ĐỒNG THI ĐUA - KHEN THƯỞNG\n{_MOTTO}\n"
        "BIÊN BẢN\nHọp xét khen thưởng phong trào thi đua xây dựng nông thôn mới\n"
        f"Thời gian bắt đầu: 08 giờ 00 phút, ngày {day}.\nĐịa điểm: Phòng họp UBND xã {commune}.\n"
        f"- Có mặt: {present} thành viên Hội đồng.\n"
        "Chủ trì: Ma Văn Thưởng - Chủ tịch Hội đồng.\nThư ký: Lò Thị Hoan - Công chức.\n"
        f"Hội đồng bỏ phiếu kín: {ballots}. Kết quả:\n{table}\n"
        "Cuộc họp kết thúc vào 10 giờ 45 cùng ngày./.\nTHƯ KÝ\nLò Thị Hoan\nCHỦ TỌA\nMa Văn Thưởng\n"
    )


def commune_report(
    *,
    commune: str = COMMUNE,
    results: str = "- Năm 2015, xã mới đạt 06/19 tiêu chí; đến tháng 5/2019 đạt 17/19 tiêu chí, tăng 11 tiêu chí.",
    gifts: str = "- Nhân dân đóng góp 3 tỷ đồng làm đường thôn.",
    villages: str = "Thôn Nà Hoi được UBND huyện công nhận khu dân cư kiểu mẫu tại Quyết định số 512/QĐ-UBND "
    "ngày 12/3/2019.",
    awards: str = "Năm 2014: Giấy khen của Chủ tịch UBND huyện.",
    award: str = PROVINCIAL,
    hard: bool = False,
) -> str:
    """The achievement report of a commune; ``hard``: it is a specially disadvantaged one."""
    kind = "là xã đặc biệt khó khăn" if hard else "kinh tế chủ yếu là nông nghiệp"
    return (
        f"{paper_head(commune=commune)}BÁO CÁO THÀNH TÍCH\nĐề nghị tặng {award}\n"
        f"I. THÔNG TIN CHUNG\nXã {commune} nằm ở phía Bắc huyện {DISTRICT}, có 9 thôn, 812 hộ; {kind}.\n"
        f"II. THÀNH TÍCH ĐẠT ĐƯỢC\n1. Kết quả thực hiện tiêu chí\n{results}\n"
        f"2. Huy động nguồn lực\n{gifts}\n3. Khu dân cư kiểu mẫu\n{villages}\n"
        f"III. KHEN THƯỞNG ĐÃ ĐƯỢC NHẬN\n{awards}\n"
        f"Trên đây là báo cáo thành tích của nhân dân và cán bộ xã {commune}, đề nghị các cấp xem xét./.\n"
        "XÁC NHẬN CỦA UBND HUYỆN\nCHỦ TỊCH\nĐinh Văn Lả\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nMa Văn Thưởng\n"
    )


def family_report(
    name: str = "Hộ gia đình ông Cầm Văn Ính",
    *,
    village: str = "Nà Hoi",
    commune: str = COMMUNE,
    gifts: str = "- Năm 2016, gia đình hiến 1.200 m2 đất làm đường, trị giá 300 triệu đồng.\n"
    "- Năm 2018, gia đình ủng hộ 150 triệu đồng tiền mặt xây nhà văn hóa thôn.",
    more: str = "",
    awards: str = "Chưa được khen thưởng trong phong trào này.",
    award: str = PROVINCIAL,
) -> str:
    """The achievement report of a family, written by the commune."""
    return (
        f"{paper_head(commune=commune)}BÁO CÁO THÀNH TÍCH\nĐề nghị tặng {award}\n"
        f"{name}, thôn {village}, xã {commune}, huyện {DISTRICT}\n"
        f"I. THÔNG TIN CHUNG\nHọ và tên: {name}.\nNơi thường trú: thôn {village}, xã {commune}, huyện {DISTRICT}.\n"
        f"II. THÀNH TÍCH ĐẠT ĐƯỢC\n{gifts}\n{more}"
        f"III. KHEN THƯỞNG ĐÃ ĐƯỢC NHẬN\n{awards}\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nMa Văn Thưởng\n"
    )


def official_report(
    name: str = "Bà Hà Thị Lụa",
    *,
    post: str = "Công chức Địa chính - Nông nghiệp",
    unit: str = f"UBND xã {COMMUNE}",
    ratings: str = "| Năm | Xếp loại |\n| 2015 | Hoàn thành tốt nhiệm vụ |\n| 2016 | Hoàn thành xuất sắc nhiệm vụ |\n"
    "| 2017 | Hoàn thành xuất sắc nhiệm vụ |\n| 2018 | Hoàn thành xuất sắc nhiệm vụ |",
    merits: str = "- Tham mưu giúp 02 xã đạt chuẩn nông thôn mới.",
    awards: str = "Năm 2017: Bằng khen của Chủ tịch UBND tỉnh tại Quyết định số 815/QĐ-UBND ngày 20/5/2017.",
    award: str = PROVINCIAL,
) -> str:
    """The achievement report of an official."""
    return (
        f"{paper_head()}BÁO CÁO THÀNH TÍCH\nĐề nghị tặng {award}\n{name}\n"
        f"I. THÔNG TIN CHUNG\nHọ và tên: {name}.\nChức vụ: {post}.\nĐơn vị công tác: {unit}.\n"
        f"II. THÀNH TÍCH ĐẠT ĐƯỢC\n{merits}\nKết quả xếp loại hằng năm:\n{ratings}\n\n"
        f"III. KHEN THƯỞNG ĐÃ ĐƯỢC NHẬN\n{awards}\n"
        "THỦ TRƯỞNG ĐƠN VỊ\nMa Văn Thưởng\nNGƯỜI BÁO CÁO\nHà Thị Lụa\n"
    )


def recognition(commune: str = COMMUNE, code: str = "1290/QĐ-UBND", day: str = "15 tháng 12 năm 2018") -> str:
    """The decision by which the province recognised a commune."""
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH LÂM KHÊ\n{_MOTTO}\nSố: {code}\nLâm Khê, ngày {day}\n"
        f"QUYẾT ĐỊNH\nVề việc công nhận xã đạt chuẩn nông thôn mới\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
        f"QUYẾT ĐỊNH:\nĐiều 1. Công nhận xã {commune}, huyện {DISTRICT} đạt chuẩn nông thôn mới năm 2018.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nVi Đình Sáng\n"
    )


def file_of(name: str, text: str) -> ReadFile:
    """A file read from plain text."""
    return ReadFile(name, Path(name), text, extract_text(text, name))


def dossier_of(texts: Mapping[str, str], *, received: str | None = None) -> Dossier:
    """A dossier of plain texts by file name."""
    return read_dossier([file_of(name, text) for name, text in texts.items()], name="ho-so", received=received)


def _sections(people: Sequence[Proposed]) -> list[tuple[int, str, list[Proposed]]]:
    names = list(dict.fromkeys(person.section for person in people))
    return [(at, name, [p for p in people if p.section == name]) for at, name in enumerate(names)]
