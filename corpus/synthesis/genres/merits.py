"""Báo cáo thành tích of a commune: criteria reached, what was given, recognition; confirmed by the district."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from numpy.random import Generator

from corpus.synthesis.cases import Case
from corpus.synthesis.documents import Align, Amount, Basis, Block, Column, Count, Paragraph, Table
from corpus.synthesis.figures import count_of, grouped, money, percentage, pick
from corpus.synthesis.frame import Content
from corpus.synthesis.genres.phrases import basis_text, bullet, heading, provincial_plan, subheading
from corpus.synthesis.issuers import commune_committee, district_committee, signed_by
from corpus.synthesis.province import province_name

__all__ = ["merit_report"]

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class _Gifts:
    """What the people gave: rows of (what, how much of it, million đồng)."""

    rows: tuple[tuple[str, str, int], ...]

    @property
    def vnd(self) -> int:
        return sum(million for _, _, million in self.rows) * _MILLION


def merit_report(case: Case, rng: Generator) -> Content:
    """The commune's report; without a number, as such reports are."""
    above = f"UBND {case.district.full}"
    issuer = replace(commune_committee(rng, case.commune), parents=(above.upper(),), parent=above)
    day = date(case.last_year - 1, int(rng.integers(6, 13)), int(rng.integers(1, 28)))
    code = f"{int(rng.integers(300, 2400))}/QĐ-UBND"
    recognised = Basis("Quyết định", code, day.isoformat(), f"UBND tỉnh {province_name()}")
    plan = provincial_plan(rng, case.last_year)
    level = case.criteria_now == 19
    results, incomes = _results(case, rng, recognised if level else None)
    resources, amounts = _resources(case, rng, _draw_gifts(rng))
    blocks = (
        heading(1, "Thông tin chung"),
        _about_commune(case, rng),
        heading(2, "Thành tích đạt được"),
        subheading("1. Công tác chỉ đạo, điều hành"),
        _direction(case, rng, plan),
        subheading("2. Kết quả thực hiện tiêu chí"),
        *results,
        subheading("3. Huy động nguồn lực"),
        *resources,
        subheading("4. Khu dân cư kiểu mẫu"),
        _model_village(case, rng),
        heading(3, "Khen thưởng đã được nhận"),
        _awards(case, rng),
        Paragraph(
            f"Trên đây là báo cáo thành tích của nhân dân và cán bộ {case.commune.full}, "
            f"{pick(rng, 'đề nghị', 'kính đề nghị')} các cấp xem xét khen thưởng./."
        ),
    )
    signing = signed_by(rng, issuer, name=case.chair, deputy=False)
    confirmed = signed_by(rng, district_committee(rng, case.district))
    return Content(
        "Báo cáo",
        "BC",
        "BÁO CÁO THÀNH TÍCH",
        "Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh",
        issuer,
        case.submitted,
        0,
        replace(signing, lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        blocks,
        (plan, case.guideline, *((recognised,) if level else ())),
        second_signing=replace(confirmed, lines=("XÁC NHẬN CỦA UBND HUYỆN", "CHỦ TỊCH"), name_stamped=False),
        amounts=(*incomes, *amounts),
        counts=(
            Count("tiêu chí đầu giai đoạn", case.criteria_before),
            Count("tiêu chí đạt", case.criteria_now),
            Count("tiêu chí tăng", case.gained),
        ),
    )


def _about_commune(case: Case, rng: Generator) -> Paragraph:
    side = pick(rng, "phía Bắc", "phía Nam", "phía Đông", "phía Tây")
    villages, households, people = int(rng.integers(6, 15)), int(rng.integers(600, 2400)), int(rng.integers(2500, 9900))
    kind = "là xã đặc biệt khó khăn" if case.commune.hardship else "kinh tế chủ yếu là nông, lâm nghiệp"
    return Paragraph(
        f"Xã {case.commune.name} nằm ở {side} {case.district.full}, có {count_of(villages)} thôn, "
        f"{grouped(households)} "
        f"hộ với {grouped(people)} nhân khẩu; {kind}. Đảng bộ xã có {int(rng.integers(90, 380))} đảng "
        "viên sinh hoạt tại "
        f"{int(rng.integers(9, 22))} chi bộ."
    )


def _direction(case: Case, rng: Generator, plan: Basis) -> Paragraph:
    above = basis_text(rng, plan, "về tổ chức phong trào thi đua", verb="Thực hiện")
    guided = basis_text(rng, case.guideline, verb="").strip()
    return Paragraph(
        f"{above} và {guided}, UBND xã đã kiện toàn Ban Quản lý, phân công từng thành viên phụ trách thôn; hằng "
        f"{pick(rng, 'tháng', 'quý')} {pick(rng, 'giao ban', 'kiểm điểm')} tiến độ, kịp thời gỡ vướng cho cơ sở."
    )


def _results(case: Case, rng: Generator, recognised: Basis | None) -> tuple[list[Paragraph], tuple[Amount, ...]]:
    then, now = int(rng.integers(9, 19)), int(rng.integers(28, 49))
    kept = pick(rng, "không có tiêu chí bị tụt hạng", "giữ vững các tiêu chí đã đạt")
    lines = [
        bullet(
            f"Năm {case.first_year}, xã mới đạt {count_of(case.criteria_before)}/19 tiêu chí; đến tháng "
            f"{case.meeting.month}/{case.last_year} đạt {case.criteria_now}/19 tiêu chí, tăng "
            f"{count_of(case.gained)} tiêu "
            f"chí, {kept}."
        )
    ]
    if recognised:
        cited = basis_text(rng, recognised, verb="").strip()
        lines.append(bullet(f"Xã được công nhận đạt chuẩn nông thôn mới tại {cited}."))
    lines.append(
        bullet(
            f"Thu nhập bình quân đầu người tăng từ {then} triệu đồng/năm lên {now} triệu đồng/năm; tỷ "
            "lệ hộ nghèo còn "
            f"{percentage(rng, 1.5, 14)}, giảm {percentage(rng, 8, 30)} so với năm {case.first_year}."
        )
    )
    return lines, tuple(Amount(f"{million} triệu đồng/năm", million * _MILLION) for million in (then, now))


def _draw_gifts(rng: Generator) -> _Gifts:
    area, days, stone = int(rng.integers(2, 60)) * 500, int(rng.integers(8, 90)) * 100, int(rng.integers(60, 900))
    return _Gifts(
        (
            (
                pick(rng, "Hiến đất mở đường", "Hiến đất xây nhà văn hóa"),
                f"{grouped(area)} m2",
                int(rng.integers(20, 900)),
            ),
            ("Ngày công lao động", f"{grouped(days)} công", int(rng.integers(20, 800))),
            (pick(rng, "Cát, đá, xi măng", "Vật liệu xây dựng"), f"{stone} m3", int(rng.integers(15, 400))),
            ("Tiền mặt", "-", int(rng.integers(100, 2400))),
        )
    )


def _resources(case: Case, rng: Generator, gifts: _Gifts) -> tuple[list[Block], tuple[Amount, ...]]:
    total, total_read = money(rng, int(rng.integers(30, 240)) * 250_000_000)
    given, given_read = money(rng, gifts.vnd, relation="eq")
    fund, fund_read = money(rng, int(rng.integers(8, 90)) * 5_000_000, relation="eq")
    columns = (
        Column("STT", 0.8, Align.CENTRE),
        Column("Nội dung đóng góp", 4),
        Column("Khối lượng", 2, Align.CENTRE),
        Column("Trị giá (triệu đồng)", 2, Align.CENTRE),
    )
    rows = [(str(n), what, much, grouped(million)) for n, (what, much, million) in enumerate(gifts.rows, start=1)]
    rows.append(("", "*Cộng*", "", f"*{grouped(gifts.vnd // _MILLION)}*"))
    return [
        bullet(
            f"Tổng nguồn lực huy động {case.period}: {total}, trong đó nhân dân đóng góp {given}, gồm các khoản sau:"
        ),
        Table(columns, tuple(rows)),
        bullet(
            f"Mặt trận Tổ quốc và các đoàn thể vận động quỹ “Đường sáng thôn bản” được {fund}; lắp đặt "
            f"{int(rng.integers(2, 30))} km đèn chiếu sáng."
        ),
    ], (total_read, given_read, fund_read)


def _model_village(case: Case, rng: Generator) -> Paragraph:
    outlook = pick(rng, "đang hoàn thiện hồ sơ", "phấn đấu hoàn thành trong năm sau")
    return Paragraph(
        f"Thôn {case.villages[0]} được chọn làm điểm, {percentage(rng, 88, 99)} số hộ đạt gia đình văn hóa; thôn "
        f"{case.villages[1]} {outlook}."
    )


def _awards(case: Case, rng: Generator) -> Paragraph:
    work = pick(rng, "làm đường giao thông nông thôn", "giữ gìn vệ sinh môi trường")
    before = f"Năm {case.last_year - 3}: Giấy khen của Chủ tịch UBND huyện về thành tích {work}."
    return Paragraph(pick(rng, before, "Chưa được khen thưởng cấp tỉnh trong phong trào này."))
