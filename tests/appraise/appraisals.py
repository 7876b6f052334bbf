"""Fictional appraisals, written by hand, and the rules they were held against."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from appraise.appraisal import (
    Appraisal,
    AppraisedCandidate,
    Check,
    Claim,
    Contradiction,
    Evidence,
    FoundPaper,
    Request,
)
from appraise.rules import Criterion, Exclusion, Place, RuleBook, Test, Window

REPORT = Evidence(
    file="bao-cao-thanh-tich.pdf",
    page=2,
    box=(90.0, 200.0, 500.0, 216.0),
    quote="Đến tháng 6/2019 xã đạt 17/19 tiêu chí, tăng 11 tiêu chí so với năm 2015 <đầu kỳ>",
)
MINUTES = Evidence(file="bien-ban.pdf", page=1, box=(90.0, 300.0, 500.0, 316.0), quote="Kết quả: 8/9 phiếu, đạt 88,9%")
NOTE = Evidence(file="ghi-chu.txt", page=1, quote="Thu nhập: 32 triệu đồng")


def rules() -> RuleBook:
    """Two standards of an invented guideline."""
    return RuleBook(
        criteria=[
            Criterion(
                id="BK-X-1",
                award="bang_khen_tinh",
                candidate="commune",
                tests=[Test(measure="new_criteria", relation="ge", value=10, unit="tiêu chí")],
                window=Window(first=2016, last=2020),
                exclusions=[Exclusion(period=Window(first=2011, last=2015))],
                place=Place(item="II.2.a"),
                quote="Xã có mức tăng từ 10 tiêu chí trở lên trong giai đoạn 2016-2020.",
            ),
            Criterion(
                id="BK-H-1",
                award="bang_khen_tinh",
                candidate="district",
                tests=[Test(measure="share_of_communes", relation="rank_le", value=2, unit="hạng")],
                place=Place(item="II.2.b"),
                quote="Huyện có tỷ lệ xã đạt chuẩn cao nhất hoặc nhì tỉnh.",
            ),
        ]
    )


def commune(name: str = "Xã Bãi Sậy") -> AppraisedCandidate:
    """A commune of which one thing is met, one is not, one is unknown and one is for a person."""
    return AppraisedCandidate(
        name=name,
        class_="commune",
        award="bang_khen_tinh",
        commune=name,
        district="Huyện Long Phú",
        names_read=[name, "Xã Bải Sậy"],
        claims=[
            Claim(kind="criteria_gain", value=11, unit="tiêu chí", text="tăng 11 tiêu chí", paper="achievement_report"),
            Claim(
                kind="votes",
                value={"for": 8, "of": 9, "percent": 88.9},
                text="8/9 phiếu, đạt 88,9%",
                paper="minutes",
                where=[MINUTES],
            ),
        ],
        checks=[
            Check(
                id="BK-X-1.new_criteria",
                rule="BK-X-1",
                rule_confirmed=False,
                name="Mức tăng tiêu chí",
                state="met",
                figures={
                    "low": 11,
                    "high": 11,
                    "required": 10,
                    "relation": "ge",
                    "unit": "tiêu chí",
                    "level_year": 2019,
                },
                reason="11 ≥ 10 tiêu chí.",
                where=[REPORT],
            ),
            Check(
                id="BK-X-1.income",
                rule="BK-X-1",
                name="Tiêu chí thu nhập",
                state="person",
                reason="Số đọc yếu, cần xem ảnh.",
                where=[NOTE],
            ),
            Check(
                id="exclusion.BK-X-1.2011-2015",
                rule="BK-X-1",
                name="Đã được khen thưởng giai đoạn 2011-2015",
                state="unknown",
                reason="Không có dữ liệu khen thưởng.",
            ),
            Check(id="votes", name="Tỷ lệ phiếu", state="met", reason="8/9 = 88,9 %.", where=[MINUTES]),
        ],
        where=[REPORT],
    )


def share_claim(share: float) -> Claim:
    """The share of communes that a district states."""
    text = f"tỷ lệ xã đạt chuẩn {share}%"
    return Claim(kind="share_of_communes", value=share, unit="%", text=text, paper="achievement_report", where=[REPORT])


def district(name: str, share: float | None) -> AppraisedCandidate:
    """A district that is to be ranked by its share of communes."""
    figures = {} if share is None else {"value": share}
    return AppraisedCandidate(
        name=name,
        class_="district",
        award="bang_khen_tinh",
        claims=[] if share is None else [share_claim(share)],
        checks=[
            Check(
                id="BK-H-1.share_of_communes",
                rule="BK-H-1",
                name="Tỷ lệ xã đạt chuẩn",
                state="unknown",
                figures=figures,
                reason="Cần số liệu của tất cả các huyện.",
            )
        ],
    )


def appraisal(*candidates: AppraisedCandidate, dossier: str = "ho-so-long-phu") -> Appraisal:
    """A dossier with a paper found, one missing and one that came along."""
    return Appraisal(
        dossier=dossier,
        rules="12/HD-SNV ngày 03/02/2031",
        received="2031-07-29",
        proposer="UBND huyện Long Phú",
        submission="15/TTr-UBND ngày 25/07/2031",
        set="province",
        papers=[
            FoundPaper(
                kind="submission",
                name="Tờ trình",
                files=["to-trinh.pdf"],
                pages=[Evidence(file="to-trinh.pdf", page=1)],
                scans=1,
                required=1,
                state="met",
            ),
            FoundPaper(
                kind="achievement_report",
                name="Báo cáo thành tích",
                files=[REPORT.file],
                pages=[Evidence(file=REPORT.file, page=1)],
                scans=1,
                required=3,
                state="unknown",
                reason="Chỉ quét 01 bản, chưa rõ số bản giấy.",
            ),
            FoundPaper(kind="minutes", name="Biên bản họp xét", required=1, state="not_met", reason="Không thấy."),
            FoundPaper(kind="other", name="Quyết định công nhận", files=["qd.pdf"], scans=1, state="met"),
        ],
        candidates=list(candidates) or [commune()],
        checks=[
            Check(
                id="deadline",
                name="Thời hạn gửi hồ sơ",
                rule_confirmed=False,
                state="met",
                reason="Nhận 29/07/2031, trước ngày 31/07/2031.",
            ),
            Check(id="outline.form", name="Đề cương báo cáo", state="person", reason="Thiếu đề mục “Thông tin chung”."),
        ],
        contradictions=[
            Contradiction(
                what="Số tiêu chí đạt",
                candidate="Xã Bãi Sậy",
                values=["17/19 (báo cáo)", "16/19 (danh sách)"],
                where=[REPORT, Evidence(file="danh-sach.pdf", page=1)],
            )
        ],
        to_ask=[
            Request(what="Biên bản họp xét khen thưởng", reason="Không thấy trong hồ sơ."),
            Request(what="Số tiêu chí đạt", candidate="Xã Bãi Sậy", reason="Báo cáo và danh sách ghi khác nhau."),
        ],
        warnings=["Không đọc được tệp anh-mo.jpg: tệp hỏng."],
    )


def snip(where: Evidence) -> bytes | None:
    """A picture of a line for places with a box, at 150 dpi."""
    if where.box is None:
        return None
    image = Image.new("RGB", (900, 60), "white")
    ImageDraw.Draw(image).text((10, 20), "8/9", fill="black")
    data = io.BytesIO()
    image.save(data, "PNG", dpi=(150, 150))
    return data.getvalue()
