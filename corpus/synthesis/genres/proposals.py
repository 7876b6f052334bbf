"""Papers by which a commune proposes candidates: Tờ trình and Biên bản họp xét."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from numpy.random import Generator

from corpus.synthesis.cases import Case
from corpus.synthesis.documents import Align, Count, Paragraph, Signing
from corpus.synthesis.figures import count_of, long_date, pick, short_date
from corpus.synthesis.frame import Content
from corpus.synthesis.genres.phrases import (
    EMULATION_DECREE,
    EMULATION_LAW,
    basis_text,
    bullet,
    candidate_counts,
    candidate_table,
    share,
)
from corpus.synthesis.issuers import commune_committee, signed_by
from ocr.tree import Ink

__all__ = ["minutes", "submission"]


def submission(case: Case, rng: Generator) -> Content:
    """Tờ trình of the commune's committee, the list on a page of its own."""
    issuer = commune_committee(rng, case.commune)
    counted, counts = candidate_counts(case.candidates)
    bases = (EMULATION_LAW, *((EMULATION_DECREE,) if case.last_year >= 2018 else ()), case.guideline)
    held = f"Biên bản họp ngày {short_date(case.meeting)} của Hội đồng Thi đua - Khen thưởng {case.commune.full}"
    number = int(rng.integers(12, 190))
    subject = (
        f"{pick(rng, 'Về việc', 'V/v')} đề nghị khen thưởng trong phong trào thi đua {case.movement} {case.period}"
    )
    day = long_date(case.submitted)
    blocks = (
        *(Paragraph(f"_{basis_text(rng, basis)};_") for basis in bases[:-1]),
        Paragraph(
            f"_{basis_text(rng, case.guideline, 'về xét khen thưởng trong phong trào thi đua ' + case.movement)};_"
        ),
        Paragraph(f"_Căn cứ {held},_"),
        Paragraph(
            f"{issuer.name} {pick(rng, 'kính trình', 'trân trọng đề nghị')} Chủ tịch UBND huyện xem "
            "xét, trình cấp có "
            f"thẩm quyền khen thưởng cho *{counted}* đã có thành tích "
            f"{pick(rng, 'tiêu biểu', 'nổi bật')} trong phong trào, cụ thể như sau:"
        ),
        Paragraph(
            f"1. Kết quả chung: đến ngày {short_date(case.meeting - timedelta(days=10))}, {case.commune.full} đạt "
            f"{case.criteria_now}/19 tiêu chí nông thôn mới, tăng {count_of(case.gained)} tiêu chí so "
            "với đầu giai đoạn."
        ),
        Paragraph(
            "2. Về hồ sơ: gửi kèm Tờ trình này 01 biên bản họp xét và "
            f"{count_of(case.thresholds.report_copies)} bản báo cáo thành tích của mỗi trường hợp."
        ),
        Paragraph("_(Có danh sách kèm theo)_", Align.CENTRE),
        Paragraph(f"{issuer.name} kính trình Chủ tịch UBND {case.district.full} xem xét, quyết định./."),
    )
    annex = (
        Paragraph("*DANH SÁCH*", Align.CENTRE, space=0, keep_with_next=True),
        Paragraph("*Tập thể, cá nhân, hộ gia đình đề nghị khen thưởng*", Align.CENTRE, space=0),
        Paragraph(
            f"_(Kèm theo Tờ trình số_ [{number:02d}]_/TTr-UBND ngày {day} của {issuer.name})_",
            Align.CENTRE,
            space=0,
            rule_below=True,
        ),
        candidate_table(case, rng),
    )
    return Content(
        "Tờ trình",
        "TTr",
        "TỜ TRÌNH",
        subject,
        issuer,
        case.submitted,
        number,
        signed_by(rng, issuer, name=case.chair, deputy=False),
        blocks,
        bases,
        (f"Chủ tịch UBND {case.district.full}", f"Hội đồng Thi đua - Khen thưởng {case.district.full}"),
        ("Như trên", f"Phòng Nội vụ {case.district.level}", "TT. Đảng ủy, HĐND xã", "Lưu: VT"),
        counts=(*counts, Count("bản báo cáo thành tích mỗi trường hợp", case.thresholds.report_copies)),
        annex=annex,
    )


def minutes(case: Case, rng: Generator) -> Content:
    """Biên bản of the commune's council: who was there, how each candidate fared; no place and date in the head."""
    issuer = replace(
        commune_committee(rng, case.commune),
        name="Hội đồng Thi đua - Khen thưởng",
        organs=("HỘI ĐỒNG THI ĐUA -", "KHEN THƯỞNG"),
        parents=(f"UBND {case.commune.full.upper()}",),
        parent=f"UBND {case.commune.full}",
        symbol="HĐTĐKT",
    )
    counted, counts = candidate_counts(case.candidates)
    absent = case.council - case.present
    why = pick(rng, "đi công tác", "bận họp huyện", "có lý do")
    start, end = (
        pick(rng, "08 giờ 00 phút", "07 giờ 30 phút", "14 giờ 00 phút"),
        pick(rng, "10 giờ 45", "11 giờ 15", "16 giờ 30"),
    )
    blocks = (
        Paragraph(f"*Thời gian bắt đầu:* {start}, ngày {long_date(case.meeting)}."),
        Paragraph(f"*Địa điểm:* {pick(rng, 'Hội trường', 'Phòng họp')} UBND {case.commune.full}."),
        Paragraph("*Thành phần tham dự:*"),
        bullet(f"Có mặt: {count_of(case.present)}/{count_of(case.council)} thành viên Hội đồng."),
        bullet(f"Vắng mặt: {count_of(absent)} ({why})." if absent else "Vắng mặt: không."),
        Paragraph(f"*Chủ trì:* {case.chair} - Chủ tịch Hội đồng."),
        Paragraph(f"*Thư ký:* {case.clerk} - Công chức Văn phòng - Thống kê."),
        Paragraph(f"*Nội dung:* Xét đề nghị khen thưởng trong phong trào thi đua {case.movement} {case.period}."),
        Paragraph(
            f"1. Đồng chí thư ký đọc tiêu chuẩn tại {basis_text(rng, case.guideline, verb='').strip()} "
            "và tóm tắt thành "
            f"tích của {counted} do các thôn, ban, ngành giới thiệu."
        ),
        Paragraph(
            f"2. Các thành viên {pick(rng, 'thảo luận, phân tích', 'trao đổi, đóng góp ý kiến')} về từng trường hợp; "
            "nhất trí không đề nghị những trường hợp chưa rõ số liệu đóng góp."
        ),
        Paragraph(
            f"3. Hội đồng {pick(rng, 'bỏ phiếu kín', 'biểu quyết bằng phiếu')}: số phiếu phát ra "
            f"{count_of(case.present)}, "
            f"thu về {count_of(case.present)}, hợp lệ {count_of(case.present)}. Kết quả:"
        ),
        candidate_table(case, rng, votes=True),
        Paragraph(
            f"Các trường hợp có tên đạt từ {share(min(c.votes for c in case.candidates), case.present)} "
            "số phiếu trở lên, "
            "đủ điều kiện lập hồ sơ trình cấp trên."
        ),
        Paragraph(
            f"Cuộc họp kết thúc vào {end} cùng ngày. Biên bản được lập thành 02 bản, đã đọc cho các thành viên cùng "
            "nghe và thống nhất ký tên./."
        ),
    )
    number = int(rng.integers(1, 30)) if rng.random() < 0.5 else 0
    note = pick(rng, "", "(Ký, ghi rõ họ tên)")
    seal = commune_committee(rng, case.commune).seal
    return Content(
        "Biên bản",
        "BB",
        "BIÊN BẢN",
        f"Họp xét khen thưởng phong trào thi đua {case.movement}",
        issuer,
        case.meeting,
        number,
        Signing(("CHỦ TỌA",), case.chair, note=note, ink=Ink.BLUE, seal=seal),
        blocks,
        (case.guideline,),
        second_signing=Signing(("THƯ KÝ",), case.clerk, note=note, ink=Ink.BLUE),
        counts=(
            *counts,
            Count("thành viên có mặt", case.present),
            Count("thành viên Hội đồng", case.council),
            Count("số bản", 2),
        ),
        place_in_head=False,
    )
