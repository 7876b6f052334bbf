"""Words the papers of a round's story: submission with list and summary, minutes, achievement reports, slips."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np

from corpus.synthesis.documents import Align, Basis, Block, Column, Document, Paragraph, Signing, Table
from corpus.synthesis.figures import count_of, long_date, short_date
from corpus.synthesis.frame import Content, Habits, framed
from corpus.synthesis.genres.phrases import EMULATION_LAW, basis_text
from corpus.synthesis.issuers import Issuer, signed_by
from corpus.synthesis.province import province_name
from corpus.synthesis.round_blocks import blocks_of
from corpus.synthesis.round_organs import organ_of
from corpus.synthesis.round_story import Meeting, Proposed, Report, Slip, Story
from ocr.tree import Ink

__all__ = ["GUIDELINE", "RoundPaper", "guideline_document", "papers_of"]

GUIDELINE = Basis("Hướng dẫn", "412/HD-SNV", "2021-02-22", "Sở Nội vụ")
_MOVEMENT = f"“{province_name()} chung sức xây dựng nông thôn mới”"
_PERIOD = "giai đoạn 2012 - 2021"
_AWARDS = {
    "district": "Giấy khen của Chủ tịch UBND huyện",
    "province": "Bằng khen của Chủ tịch UBND tỉnh",
    "prime_minister": "Bằng khen của Thủ tướng Chính phủ",
}
_GROUPS = ("tập thể", "cá nhân", "hộ gia đình")
_ROMAN = ("I", "II", "III")
_LIST_TITLE = ("Tập thể, cá nhân, hộ gia đình đề nghị khen thưởng", "Trường hợp đề nghị tặng thưởng")


@dataclass(frozen=True, slots=True)
class RoundPaper:
    """One paper of a dossier with the number of its copies that go through the scanner."""

    stem: str
    document: Document
    copies: int


def papers_of(story: Story) -> list[RoundPaper]:
    """All papers of ``story`` in the order in which they lie in the folder."""
    organ = organ_of(story.proposer)
    papers = [("to-trinh", _submission(story, organ), story.request.copies, Habits(incoming=_stamp(story)))]
    if story.meeting:
        content = _minutes(story, story.meeting, organ)
        papers.append(("bien-ban", content, story.meeting.copies, Habits(number_by_hand=False)))
    reports = [candidate.report for candidate in story.candidates if candidate.report]
    for number, report in enumerate(reports, start=1):
        papers.append((f"bao-cao-{number}", _report(report), report.copies, Habits(day_by_hand=story.wording == 0)))
    papers += [(slip.stem, _slip(slip), 1, Habits(number_by_hand=False, day_by_hand=False)) for slip in story.slips]
    return [
        RoundPaper(f"{place:02d}-{stem}", _document(story, content, habits), copies)
        for place, (stem, content, copies, habits) in enumerate(papers, start=1)
    ]


def guideline_document(path: Path) -> Document:
    """The guideline of the round from its TOML file, which is written as any other slip."""
    slip = Slip(**tomllib.loads(path.read_text(encoding="utf-8")))
    content = replace(_slip(slip), recipients=("Chủ tịch, các PCT UBND tỉnh (b/c)", "Các cơ quan, đơn vị", "Lưu: VT"))
    return framed(content, Habits(day_by_hand=False), np.random.default_rng(slip.number))


def _document(story: Story, content: Content, habits: Habits) -> Document:
    """``content`` in its frame; an incoming stamp bears the day on which the dossier was received."""
    document = framed(content, habits, np.random.default_rng(list(f"{story.name}/{content.subject}".encode())))
    if document.incoming is None or story.received is None:
        return document
    day = story.received
    stamp = replace(document.incoming, date=f"{day.day}/{day.month}/{day.year}", iso_date=day.isoformat())
    return replace(document, incoming=stamp)


def _stamp(story: Story) -> str:
    return "VĂN PHÒNG ĐIỀU PHỐI NTM" if story.received else ""


def _submission(story: Story, organ: Issuer) -> Content:
    request = story.request
    rng = np.random.default_rng(request.number)
    about = f"về bình xét, tôn vinh điển hình trong phong trào thi đua {_MOVEMENT}"
    held = ""
    if story.meeting:
        held = f"Căn cứ Biên bản họp xét ngày {short_date(story.meeting.date)} của Hội đồng Thi đua - Khen thưởng,"
    asked = _asked(story, organ)
    blocks = (
        Paragraph(f"_{basis_text(rng, EMULATION_LAW)};_"),
        Paragraph(f"_{basis_text(rng, GUIDELINE, about)};_"),
        *((Paragraph(f"_{held}_"),) if held else ()),
        Paragraph(asked),
        *(
            Paragraph(f"- {candidate.name}: đề nghị tặng {_AWARDS[candidate.award]}{end}")
            for candidate, end in zip(story.candidates, _ends(len(story.candidates)), strict=True)
        ),
        *blocks_of(request.closing),
        Paragraph("_(Có danh sách kèm theo)_", Align.CENTRE),
        Paragraph(f"{organ.name} trân trọng đề nghị./."),
    )
    return Content(
        "Tờ trình",
        "TTr",
        "TỜ TRÌNH",
        f"Về việc đề nghị khen thưởng trong phong trào thi đua {_MOVEMENT} {_PERIOD}",
        organ,
        request.date,
        request.number,
        signed_by(rng, organ, name=request.signer, deputy=not request.by_head),
        blocks,
        (EMULATION_LAW, GUIDELINE),
        request.to,
        ("Như trên", "Văn phòng Điều phối nông thôn mới tỉnh", f"Lưu: VT, {organ.office or 'VP'}"),
        annex=_annex(story, organ),
    )


def _asked(story: Story, organ: Issuer) -> str:
    """The request, in one of two habits of phrasing."""
    if story.wording == 0:
        return (
            f"{organ.name} kính trình các cấp xem xét, tặng thưởng cho *{_counted(story)}* có thành tích tiêu biểu "
            f"trong phong trào thi đua {_MOVEMENT} {_PERIOD}, gồm:"
        )
    return (
        f"Qua bình xét, {organ.name} đề nghị khen thưởng *{_counted(story)}* đã đóng góp xuất sắc cho phong trào, "
        "cụ thể:"
    )


def _annex(story: Story, organ: Issuer) -> tuple[Block, ...]:
    request = story.request
    sent = f"{request.number:02d}_/TTr-{organ.symbol} ngày {long_date(request.date)} của {organ.name}"
    attached = Paragraph(f"_(Kèm theo Tờ trình số {sent})_", Align.CENTRE, space=0, rule_below=True)
    title = Paragraph(f"*{_LIST_TITLE[story.wording]}*", Align.CENTRE, space=0)
    listed = (
        Paragraph("*DANH SÁCH*", Align.CENTRE, space=0, keep_with_next=True),
        title,
        attached,
        _list(story),
    )
    if not request.summary:
        return listed
    summary = Paragraph("*BIỂU TÓM TẮT THÀNH TÍCH*", Align.CENTRE, space=24, keep_with_next=True)
    return (*listed, summary, attached, *blocks_of(request.summary))


def _list(story: Story) -> Table:
    """The list of candidates; one proposer puts the award before the merits, the other after the amount."""
    name = ("Tên tập thể, cá nhân, hộ gia đình", "Đơn vị, họ và tên")[story.wording]
    award = Column("Hình thức khen thưởng", 2.4)
    merits = (Column("Tóm tắt thành tích", 3.4), Column(story.request.amount_head, 2.1, Align.CENTRE))
    last = (award, *merits) if story.wording == 0 else (*merits, award)
    columns = (Column(("STT", "TT")[story.wording], 0.8, Align.CENTRE), Column(name, 3.4), *last)

    def cells(candidate: Proposed) -> tuple[str, ...]:
        given = (candidate.merit, candidate.amount)
        form = _AWARDS[candidate.award]
        return (form, *given) if story.wording == 0 else (*given, form)

    return Table(columns, _sections(story, len(columns), cells))


def _sections(story: Story, width: int, cells: Callable[[Proposed], tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows in sections by group, numbered anew in each."""
    rows: list[tuple[str, ...]] = []
    order = sorted(story.candidates, key=lambda c: _GROUPS.index(c.group))
    for section, (group, members) in enumerate(groupby(order, key=lambda c: c.group)):
        rows.append((f"*{_ROMAN[section]}*", f"*{group.capitalize()}*", *[""] * (width - 2)))
        rows += [(str(n), candidate.name, *cells(candidate)) for n, candidate in enumerate(members, start=1)]
    return tuple(rows)


def _minutes(story: Story, meeting: Meeting, organ: Issuer) -> Content:
    council = replace(
        organ,
        name="Hội đồng Thi đua - Khen thưởng",
        organs=("HỘI ĐỒNG THI ĐUA -", "KHEN THƯỞNG"),
        parents=(" ".join(organ.organs),),
        parent=organ.name,
        symbol="HĐTĐKT",
    )
    absent = meeting.council - meeting.present
    present, whole = count_of(meeting.present), count_of(meeting.council)
    vote = (
        f"Hội đồng bỏ phiếu kín: phát ra {present} phiếu, thu về {present} phiếu, hợp lệ {present} phiếu. Kết quả:",
        f"Các thành viên dự họp biểu quyết đối với từng trường hợp (tổng số người dự: {present}), kết quả như sau:",
    )[story.wording]
    columns = (
        Column("STT", 0.8, Align.CENTRE),
        Column("Tên tập thể, cá nhân, hộ gia đình", 3.8),
        Column("Hình thức đề nghị", 2.8),
        Column("Số phiếu", 1.2, Align.CENTRE),
        Column("Tỷ lệ", 1.2, Align.CENTRE),
    )
    rows = _sections(story, len(columns), lambda c: (_AWARDS[c.award], c.votes, c.share))
    blocks = (
        Paragraph(f"*Thời gian:* 14 giờ 00 phút, ngày {long_date(meeting.date)}."),
        Paragraph(f"*Địa điểm:* phòng họp tầng 2, trụ sở {organ.name}."),
        Paragraph(f"*Thành phần:* có mặt {present}/{whole} thành viên Hội đồng; vắng {count_of(absent)}."),
        Paragraph(f"*Chủ trì:* {meeting.chair} - Chủ tịch Hội đồng."),
        Paragraph(f"*Thư ký:* {meeting.clerk} - Ủy viên thường trực."),
        Paragraph(f"*Nội dung:* xét, đề nghị khen thưởng trong phong trào thi đua {_MOVEMENT} {_PERIOD}."),
        Paragraph(f"1. Thư ký trình bày điều kiện theo {basis_text(np.random.default_rng(2), GUIDELINE, verb='')}."),
        Paragraph(f"2. Hội đồng thảo luận về {_counted(story)}."),
        Paragraph(f"3. {vote}"),
        Table(columns, rows),
        Paragraph("Cuộc họp kết thúc lúc 16 giờ 30 phút cùng ngày; biên bản đã được thông qua./."),
    )
    return Content(
        "Biên bản",
        "BB",
        "BIÊN BẢN",
        f"Họp xét khen thưởng phong trào thi đua {_MOVEMENT}",
        council,
        meeting.date,
        meeting.number,
        Signing(("CHỦ TỌA",), meeting.chair, ink=Ink.BLUE, seal=organ.seal),
        blocks,
        (GUIDELINE,),
        second_signing=Signing(("THƯ KÝ",), meeting.clerk, ink=Ink.BLUE),
        place_in_head=False,
    )


def _report(report: Report) -> Content:
    """A report: of an organ with its seal, of a person or family ("ông ...", "bà ...") signed only."""
    person = report.author.split()[0] in {"ông", "bà"}
    organ = organ_of(report.confirmed if person else report.author)
    if person:  # who writes a report about himself has no head above it but the motto
        organ = replace(organ, organs=(), parents=(), parent=None, name=report.signer)
        signing = Signing(("NGƯỜI BÁO CÁO",), report.signer, ink=Ink.BLUE)
    else:
        signing = signed_by(np.random.default_rng(3), organ, name=report.signer, deputy=False)
    second = None
    if report.confirmed:
        above = organ_of(report.confirmed)
        seen = signed_by(np.random.default_rng(4), above, name=report.confirmed_by, deputy=False)
        lines = (f"XÁC NHẬN CỦA {above.name.upper().replace('ỦY BAN NHÂN DÂN', 'UBND')}", seen.lines[-1])
        second = replace(seen, lines=lines, name_stamped=False)
    return Content(
        "Báo cáo",
        "BC",
        report.title,
        report.subject,
        organ,
        report.date,
        0,
        replace(signing, name_stamped=False),
        blocks_of(report.body),
        second_signing=second,
    )


def _slip(slip: Slip) -> Content:
    organ = organ_of(slip.issuer)
    if slip.type == "Quyết định":
        organ = replace(organ, collective="")
    signing = signed_by(np.random.default_rng(5), organ, name=slip.signer, deputy=False)
    return Content(
        slip.type,
        slip.letters,
        slip.type.upper(),
        slip.subject,
        organ,
        slip.date,
        slip.number,
        replace(signing, name_stamped=False),
        blocks_of(slip.body),
        recipients=("Như trên", "Lưu: VT"),
    )


def _counted(story: Story) -> str:
    """Like "02 tập thể, 01 hộ gia đình"."""
    groups = [(sum(c.group == group for c in story.candidates), group) for group in _GROUPS]
    return ", ".join(f"{count_of(number)} {group}" for number, group in groups if number)


def _ends(number: int) -> list[str]:
    return [";"] * (number - 1) + ["."]
