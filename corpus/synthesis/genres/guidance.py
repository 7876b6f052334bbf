"""Papers that come from above: Hướng dẫn, Kế hoạch, Công văn, Thông báo, Quyết định."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from numpy.random import Generator

from corpus.synthesis.cases import Case
from corpus.synthesis.documents import Align, Basis, Count, Paragraph
from corpus.synthesis.figures import any_date, count_of, long_date, money, percentage, pick, short_date
from corpus.synthesis.frame import Content
from corpus.synthesis.genres.phrases import (
    EMULATION_DECREE,
    EMULATION_LAW,
    basis_text,
    bullet,
    candidate_counts,
    candidate_table,
    heading,
    provincial_plan,
    subheading,
)
from corpus.synthesis.issuers import Issuer, department, district_committee, provincial_committee, signed_by
from corpus.synthesis.province import departments

__all__ = ["decision", "guideline", "letter", "notice", "plan"]


def guideline(case: Case, rng: Generator) -> Content:
    """Hướng dẫn of Sở Nội vụ: who can be awarded, from which threshold, with which papers, until when."""
    issuer = department(rng, departments()[0])
    limits = case.thresholds
    issued = date.fromisoformat(case.guideline.date or "")
    based_on = provincial_plan(rng, case.last_year)
    bases = (EMULATION_LAW, *((EMULATION_DECREE,) if case.last_year >= 2018 else ()), based_on)
    household, household_read = money(rng, limits.household_vnd, relation="ge")
    person, person_read = money(rng, limits.person_vnd, relation="ge")
    business, business_read = money(rng, limits.business_vnd, relation="ge")
    summed = pick(rng, "cộng dồn các năm", "tính tổng cả giai đoạn")
    barred = f"{case.first_year} - {case.first_year + 4}"
    blocks = (
        *(Paragraph(f"_{basis_text(rng, basis)};_") for basis in bases[:-1]),
        Paragraph(f"_{basis_text(rng, based_on, 'về tổng kết phong trào thi đua ' + case.movement)},_"),
        Paragraph(
            f"Để việc bình xét bảo đảm "
            f"{pick(rng, 'công khai, đúng người, đúng việc', 'chặt chẽ, thực chất, kịp thời')}, Sở "
            f"Nội vụ hướng dẫn xét khen thưởng trong phong trào thi đua {case.movement} {case.period} như sau:"
        ),
        heading(1, "Nguyên tắc chung"),
        bullet(
            "Mỗi trường hợp chỉ đề nghị một hình thức khen thưởng; ưu tiên thôn, hộ gia đình và người "
            "trực tiếp lao động."
        ),
        bullet(
            f"Không xét trường hợp đã được tặng Bằng khen của Chủ tịch UBND tỉnh trong phong trào này ở "
            f"giai đoạn {barred}, "
            "trừ khi có thành tích mới đặc biệt nổi bật."
        ),
        bullet(
            f"Số liệu tính đến hết ngày {short_date(issued + timedelta(days=30))}; khoản đóng góp bằng "
            "đất, ngày công chỉ "
            "được tính khi có giá trị quy tiền do UBND xã xác nhận."
        ),
        heading(2, "Tiêu chuẩn tặng Bằng khen của Chủ tịch UBND tỉnh"),
        subheading("1. Đối với tập thể"),
        Paragraph(
            f"a) Xã: đạt thêm từ {count_of(limits.new_criteria)} tiêu chí trở lên trong giai đoạn, "
            "không có tiêu chí bị tụt; "
            f"riêng xã đặc biệt khó khăn đạt thêm từ {count_of(limits.new_criteria_hard)} tiêu chí trở lên."
        ),
        Paragraph(
            "b) Thôn: hoàn thành khu dân cư kiểu mẫu được UBND huyện công nhận và có ít nhất "
            f"{percentage(rng, 85, 95)} số hộ đạt danh hiệu gia đình văn hóa."
        ),
        Paragraph(
            f"c) Doanh nghiệp, hợp tác xã: ủng hộ tiền hoặc hiện vật {summed} {business}, đồng thời bao "
            "tiêu nông sản cho "
            f"ít nhất {int(rng.integers(20, 120))} hộ."
        ),
        subheading("2. Đối với hộ gia đình, cá nhân"),
        Paragraph(f"a) Hộ gia đình: hiến đất, tài sản, góp tiền, công lao động {summed} {household}."),
        Paragraph(f"b) Cá nhân ngoài khu vực nhà nước: đóng góp {summed} {person}."),
        Paragraph(
            "c) Cán bộ, công chức, viên chức: được đánh giá hoàn thành tốt nhiệm vụ trở lên suốt giai "
            "đoạn, trong đó ít "
            f"nhất {count_of(int(rng.integers(2, 5)))} năm hoàn thành xuất sắc nhiệm vụ."
        ),
        heading(3, "Hồ sơ và thời hạn"),
        Paragraph("1. Hồ sơ gồm 01 bộ:"),
        bullet("Tờ trình kèm danh sách, biểu tóm tắt thành tích: 01 bản;"),
        bullet("Biên bản họp Hội đồng Thi đua - Khen thưởng, ghi rõ số phiếu của từng trường hợp: 01 bản;"),
        bullet(f"Báo cáo thành tích có xác nhận của cấp trình: {count_of(limits.report_copies)} bản mỗi trường hợp."),
        Paragraph(
            f"2. Hồ sơ gửi về Văn phòng Điều phối nông thôn mới tỉnh trước ngày "
            f"{short_date(case.deadline)}; quá thời hạn trên "
            f"không {pick(rng, 'xem xét', 'tiếp nhận')}. Văn phòng Điều phối thẩm định, gửi Sở Nội vụ "
            "tổng hợp trước ngày "
            f"{short_date(case.deadline + timedelta(days=14))}."
        ),
        heading(4, "Tổ chức thực hiện"),
        Paragraph(
            "Các sở, ban, ngành, UBND các huyện, thành phố căn cứ Hướng dẫn này triển khai đến cơ sở; "
            "vướng mắc phản ánh "
            "về Sở Nội vụ (qua Ban Thi đua - Khen thưởng) để được hướng dẫn thêm./."
        ),
    )
    return Content(
        "Hướng dẫn",
        "HD",
        "HƯỚNG DẪN",
        f"Xét khen thưởng trong phong trào thi đua {case.movement} {case.period}",
        issuer,
        issued,
        int(case.guideline.code.split("/")[0]),
        signed_by(rng, issuer),
        blocks,
        bases,
        recipients=_provincial_recipients(issuer),
        amounts=(business_read, household_read, person_read),
        counts=(
            Count("tiêu chí tăng thêm đối với xã", limits.new_criteria),
            Count("tiêu chí tăng thêm đối với xã đặc biệt khó khăn", limits.new_criteria_hard),
            Count("bản báo cáo thành tích mỗi trường hợp", limits.report_copies),
        ),
    )


def _provincial_recipients(issuer: Issuer) -> tuple[str, ...]:
    return (
        "Chủ tịch, các PCT UBND tỉnh (b/c)",
        "Các sở, ban, ngành, đoàn thể tỉnh",
        "UBND các huyện, thành phố",
        "VP Điều phối nông thôn mới tỉnh",
        f"Lưu: VT, {issuer.office}",
    )


def plan(case: Case, rng: Generator) -> Content:
    """Kế hoạch of the district for the year of the case."""
    issuer = district_committee(rng, case.district)
    above = provincial_plan(rng, case.last_year)
    day = date(case.last_year, int(rng.integers(2, 4)), int(rng.integers(2, 28)))
    budget, budget_read = money(rng, int(rng.integers(4, 60)) * 50_000_000)
    goal = int(rng.integers(2, 5))
    columns = case.criteria_now
    blocks = (
        Paragraph(
            f"{basis_text(rng, above, 'về phong trào thi đua ' + case.movement, verb='Thực hiện')}, UBND "
            f"{case.district.full} xây dựng kế hoạch thực hiện năm {case.last_year} như sau:"
        ),
        heading(1, "Mục đích, yêu cầu"),
        bullet("Tạo khí thế thi đua từ thôn đến huyện, lấy sự hài lòng của người dân làm thước đo kết quả."),
        bullet(
            pick(
                rng,
                "Phân công rõ đầu mối, thời gian hoàn thành; không huy động quá sức dân.",
                "Lồng ghép các nguồn vốn, tránh dàn trải và trùng lặp.",
            )
        ),
        heading(2, "Chỉ tiêu"),
        Paragraph(
            f"1. Phấn đấu thêm {count_of(goal)} xã đạt chuẩn nông thôn mới; không còn xã dưới "
            f"{count_of(min(columns, 10))} tiêu chí."
        ),
        Paragraph(
            f"2. Cứng hóa {int(rng.integers(8, 90))} km đường thôn, xóm; tỷ lệ hộ dùng nước hợp vệ sinh "
            f"đạt {percentage(rng, 90, 99)}."
        ),
        Paragraph(f"3. Tỷ lệ hộ nghèo giảm {percentage(rng, 2, 6)} so với năm {case.last_year - 1}."),
        heading(3, "Kinh phí và phân công"),
        Paragraph(
            f"1. Kinh phí dự kiến {budget}, giao Phòng Tài chính - Kế hoạch thẩm định, cấp thành "
            f"{count_of(int(rng.integers(2, 4)))} đợt."
        ),
        Paragraph("2. Phòng Nông nghiệp và Phát triển nông thôn là cơ quan thường trực, tổng hợp kết quả hằng tháng."),
        Paragraph(
            f"3. UBND các xã, thị trấn báo cáo kết quả về UBND huyện trước ngày "
            f"20/{int(rng.integers(10, 13))}/{case.last_year}./."
        ),
    )
    return Content(
        "Kế hoạch",
        "KH",
        "KẾ HOẠCH",
        f"Tổ chức phong trào thi đua {case.movement} năm {case.last_year}",
        issuer,
        day,
        int(rng.integers(3, 160)),
        signed_by(rng, issuer),
        blocks,
        (above,),
        recipients=(
            "UBND tỉnh (b/c)",
            "TT. Huyện ủy, HĐND huyện",
            "Các phòng, ban huyện",
            "UBND các xã, thị trấn",
            "Lưu: VT, NN",
        ),
        amounts=(budget_read,),
        counts=(Count("xã phấn đấu đạt chuẩn", goal),),
    )


def letter(case: Case, rng: Generator) -> Content:
    """Công văn reminding the districts of the dossiers."""
    unit = pick(rng, *departments()[:4])
    issuer = department(rng, unit)
    day = case.deadline - timedelta(days=int(rng.integers(15, 30)))
    subject = pick(
        rng,
        f"V/v đôn đốc lập hồ sơ khen thưởng phong trào thi đua {case.movement}",
        f"V/v bổ sung hồ sơ đề nghị khen thưởng {case.period}",
        f"V/v rà soát số liệu tiêu chí nông thôn mới năm {case.last_year}",
    )
    missing = int(rng.integers(2, 7))
    about = f"về xét khen thưởng trong phong trào thi đua {case.movement}"
    blocks = (
        Paragraph(
            f"{basis_text(rng, case.guideline, about, verb='Thực hiện')}; "
            f"đến nay còn {count_of(missing)} đơn vị chưa gửi hồ sơ theo quy định."
        ),
        Paragraph(
            f"{unit.name} đề nghị {pick(rng, 'các đơn vị', 'Ủy ban nhân dân các huyện, thành phố')} "
            "thực hiện một số nội dung sau:"
        ),
        Paragraph(
            "1. Rà soát lại danh sách đã họp xét, bảo đảm mỗi trường hợp có biên bản ghi số phiếu và "
            "báo cáo thành tích có "
            "xác nhận; số liệu giữa các văn bản phải thống nhất."
        ),
        Paragraph(
            f"2. Gửi {count_of(case.thresholds.report_copies)} bản báo cáo thành tích của mỗi trường "
            "hợp về Văn phòng Điều phối "
            f"nông thôn mới tỉnh *trước ngày {short_date(case.deadline)}*."
        ),
        Paragraph(
            f"Quá trình thực hiện nếu có vướng mắc, liên hệ {unit.office} để được "
            f"{pick(rng, 'phối hợp', 'trao đổi')} giải quyết./."
        ),
    )
    return Content(
        "Công văn",
        "",
        "",
        subject,
        issuer,
        day,
        int(rng.integers(100, 2900)),
        signed_by(rng, issuer),
        blocks,
        (case.guideline,),
        ("Ủy ban nhân dân các huyện, thành phố", "Các sở, ban, ngành, đoàn thể tỉnh"),
        ("Như trên", "UBND tỉnh (b/c)", "Giám đốc, các PGĐ", f"Lưu: VT, {unit.office}"),
        counts=(Count("bản báo cáo thành tích mỗi trường hợp", case.thresholds.report_copies),),
    )


def notice(case: Case, rng: Generator) -> Content:
    """Thông báo of the district: the result of an examination of dossiers."""
    issuer = district_committee(rng, case.district)
    day = case.submitted + timedelta(days=int(rng.integers(7, 20)))
    counted, counts = candidate_counts(case.candidates)
    sent = Basis(
        "Tờ trình", f"{int(rng.integers(12, 190))}/TTr-UBND", case.submitted.isoformat(), f"UBND {case.commune.full}"
    )
    blocks = (
        Paragraph(
            f"Ngày {any_date(rng, day - timedelta(days=2))}, Hội đồng Thi đua - Khen thưởng huyện họp xem xét "
            f"{basis_text(rng, sent, 'về đề nghị khen thưởng', verb='').strip()}. UBND huyện thông báo "
            "kết quả như sau:"
        ),
        Paragraph(f"1. Đủ điều kiện trình cấp trên: {counted}."),
        Paragraph(
            "2. Đề nghị UBND xã "
            + pick(
                rng,
                "bổ sung văn bản xác nhận giá trị đất hiến của các hộ gia đình.",
                "làm rõ chênh lệch số tiêu chí giữa Tờ trình và báo cáo thành tích.",
                "gửi lại biên bản có chữ ký của thư ký Hội đồng.",
            )
        ),
        Paragraph(f"3. Thời hạn bổ sung: trước ngày {short_date(case.deadline + timedelta(days=30))}."),
        Paragraph("UBND huyện thông báo để các đơn vị biết, thực hiện./."),
    )
    return Content(
        "Thông báo",
        "TB",
        "THÔNG BÁO",
        f"{pick(rng, 'Về việc', 'Về')} kết quả xét hồ sơ đề nghị khen thưởng của {case.commune.full}",
        issuer,
        day,
        int(rng.integers(5, 400)),
        signed_by(rng, issuer),
        blocks,
        (sent,),
        recipients=(f"UBND {case.commune.full}", "Thành viên HĐTĐKT huyện", "Lưu: VT, NV"),
        counts=counts,
    )


def decision(case: Case, rng: Generator) -> Content:
    """Quyết định of the province: awards with the list, or recognition of the commune."""
    # Only the provincial award is the province's to give.
    case = replace(case, candidates=tuple(c for c in case.candidates if c.award.startswith("Bằng khen")))
    issuer = replace(provincial_committee(), collective="")  # the chairman decides, not the committee
    day = case.deadline + timedelta(days=int(rng.integers(20, 60)))
    asked = Basis(
        "Tờ trình", f"{int(rng.integers(90, 700))}/TTr-SNV", (day - timedelta(days=6)).isoformat(), "Sở Nội vụ"
    )
    law = Basis("Luật", "Luật Tổ chức chính quyền địa phương", "2015-06-19", None)
    counted, counts = candidate_counts(case.candidates)
    bonus, bonus_read = money(rng, int(rng.integers(3, 30)) * 5_000_000, relation="eq")
    blocks = (
        Paragraph("*CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH*", Align.CENTRE, space=10),
        Paragraph(f"_{basis_text(rng, law)};_"),
        Paragraph(f"_{basis_text(rng, EMULATION_LAW)};_"),
        Paragraph(f"_{basis_text(rng, asked, verb='Theo đề nghị của Giám đốc Sở Nội vụ tại').split(' của Sở')[0]}._"),
        Paragraph("*QUYẾT ĐỊNH:*", Align.CENTRE, space=12, keep_with_next=True),
        Paragraph(
            f"*Điều 1.* Tặng Bằng khen cho {counted} của {case.commune.full}, {case.district.full} đã "
            "có thành tích xuất sắc "
            f"trong phong trào thi đua {case.movement} {case.period} (có danh sách kèm theo)."
        ),
        Paragraph(f"*Điều 2.* Tiền thưởng kèm theo là {bonus}, trích từ Quỹ Thi đua, khen thưởng tỉnh năm {day.year}."),
        Paragraph(
            "*Điều 3.* Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ, Chủ tịch UBND "
            f"{case.district.full} và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành "
            "Quyết định này kể từ "
            "ngày ký./."
        ),
    )
    annex = (
        Paragraph("*DANH SÁCH*", Align.CENTRE, space=0, keep_with_next=True),
        Paragraph("*Tập thể, cá nhân được tặng Bằng khen*", Align.CENTRE, space=0),
        Paragraph(
            f"_(Kèm theo Quyết định ngày {long_date(day)} của Chủ tịch UBND tỉnh)_",
            Align.CENTRE,
            space=0,
            rule_below=True,
        ),
        candidate_table(case, rng),
    )
    return Content(
        "Quyết định",
        "QĐ",
        "QUYẾT ĐỊNH",
        f"Về việc tặng Bằng khen trong phong trào thi đua {case.movement}",
        issuer,
        day,
        int(rng.integers(200, 2900)),
        signed_by(rng, issuer),
        blocks,
        (law, EMULATION_LAW, asked),
        recipients=("Như Điều 3", "Ban Thi đua - Khen thưởng Trung ương (b/c)", f"Lưu: VT, {issuer.office}"),
        amounts=(bonus_read,),
        counts=counts,
        annex=annex,
    )
