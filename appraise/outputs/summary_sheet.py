"""Bảng tổng hợp kết quả thẩm định: one workbook for all dossiers of a round. "Đề xuất" stays empty: a person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from appraise.checks.ranking import RankingRow
from appraise.outputs.ranking_sheet import ranking_sheet
from appraise.outputs.summary_rows import CandidateRow, DossierRow
from appraise.outputs.wording import KIND_OF_CLASS, UNCONFIRMED, UNCONFIRMED_SIGN, award_name, class_name
from appraise.outputs.workbook import Book, workbook
from appraise.rule_files.rules_in_words import AWARDS, CLASSES

__all__ = ["SUMMARY", "summary_xlsx", "totals_text"]

SUMMARY: Final = "bang-tong-hop.xlsx"

_COLUMNS: Final = (
    ("STT", 4),
    ("Đối tượng", 17),
    ("Địa chỉ, đơn vị", 16),
    ("Hình thức đề nghị", 14),
    ("Tờ trình", 13),
    ("Thành phần hồ sơ", 17),
    ("Tiêu chuẩn áp dụng", 15),
    ("Số liệu chính", 22),
    ("Loại trừ", 15),
    ("Tỷ lệ phiếu", 9),
    ("Đề xuất", 9),
    ("Ghi chú", 16),
    ("Phiếu", 6),
)
_EVIDENCE: Final = (
    ("STT", 5),
    ("Hồ sơ", 18),
    ("Đối tượng", 24),
    ("Nội dung đối chiếu", 30),
    ("Gợi ý", 14),
    ("So sánh", 36),
    ("Tệp, trang, trích", 60),
    ("Ảnh", 8),
)
_DOSSIERS: Final = (
    ("STT", 5),
    ("Hồ sơ", 20),
    ("Đơn vị trình", 28),
    ("Tờ trình", 20),
    ("Ngày nhận", 34),
    ("Đối tượng", 10),
    ("Cần lưu ý, tệp không đọc được", 70),
)
_REQUESTS: Final = (
    ("STT", 5),
    ("Hồ sơ", 20),
    ("Đơn vị trình", 28),
    ("Nội dung đề nghị bổ sung, làm rõ", 46),
    ("Đối tượng", 26),
    ("Lý do", 46),
)
_NOTE: Final = (
    "Gợi ý để người thẩm định kiểm tra; cột “Đề xuất” do người thẩm định ghi. "
    f"{UNCONFIRMED_SIGN}: quy tắc chưa được xác nhận."
)
_AWARDS: Final[tuple[str, ...]] = tuple(AWARDS)
_CLASSES: Final[tuple[str, ...]] = tuple(CLASSES)


def summary_xlsx(dossiers: Sequence[DossierRow], ranks: Sequence[RankingRow] = ()) -> bytes:
    """The workbook: summary, dossiers, evidence, requests and, where something is to be ranked, the ranking.

    Args:
        dossiers: In their order.
        ranks: Districts, see :func:`appraise.checks.ranking.ranking`.
    """
    with workbook() as (book, data):
        candidates = [(dossier, row) for dossier in dossiers for row in dossier.candidates]
        _summary(book, dossiers, [row for _, row in candidates])
        _dossiers(book, dossiers)
        _evidence(book, candidates)
        _requests(book, dossiers)
        if ranks:
            ranking_sheet(book, ranks)
    return data.getvalue()


def totals_text(rows: Sequence[CandidateRow]) -> str:
    """How many of each kind: "2 tập thể, 0 cá nhân, 1 gia đình", and how many are of no known class."""
    counts = Counter(KIND_OF_CLASS.get(row.class_, "") if row.class_ else "" for row in rows)
    told = [f"{counts[kind]} {kind}" for kind in ("tập thể", "cá nhân", "gia đình")]
    return ", ".join([*told, *([f"{counts['']} chưa rõ loại đối tượng"] if counts[""] else [])])


def _summary(book: Book, dossiers: Sequence[DossierRow], rows: Sequence[CandidateRow]) -> None:
    guidelines = "; ".join(dict.fromkeys(filter(None, (dossier.guideline for dossier in dossiers))))
    mark = "" if all(dossier.confirmed for dossier in dossiers) else f" {UNCONFIRMED}"
    notes = (f"Căn cứ: {guidelines}{mark}", _NOTE)
    sheet, row = book.sheet(
        "Tổng hợp", "BẢNG TỔNG HỢP KẾT QUẢ THẨM ĐỊNH HỒ SƠ KHEN THƯỞNG", notes, _COLUMNS, motto=True
    )
    last, number = len(_COLUMNS) - 1, 0
    for title, members in _sections(rows):
        sheet.merge_range(row, 0, row, last, "", book.formats["section"])
        sheet.write_string(row, 0, title, book.formats["section"])
        row += 1
        for member in members:
            number += 1
            book.write(sheet, row, [str(number), *_candidate_cells(member)], _COLUMNS)
            book.link(sheet, row, last, member.form, "Mở")
            row += 1
    sheet.write_string(row + 1, 1, f"Tổng cộng: {totals_text(rows)}.", book.formats["sum"])


def _sections(rows: Sequence[CandidateRow]) -> Iterator[tuple[str, list[CandidateRow]]]:
    """Section heads with no members for awards ("I. …"), then each class of it with its candidates."""
    for number, (award, of_award) in enumerate(groupby(sorted(rows, key=_order), key=lambda row: row.award), 1):
        members = list(of_award)
        name = AWARDS[award] if award else "Chưa rõ hình thức khen thưởng"
        yield f"{_roman(number)}. {name.upper()} ({totals_text(members)})", []
        for at, (class_, of_class) in enumerate(groupby(members, key=lambda row: row.class_), 1):
            group = list(of_class)
            yield f"{at}. {class_name(class_)} ({len(group)})", group


def _order(row: CandidateRow) -> tuple[int, int]:
    """Highest award first, then classes in the order of the guideline; unknown last."""
    award = -_AWARDS.index(row.award) if row.award and row.award != "other" else 1
    return award, _CLASSES.index(row.class_) if row.class_ else len(_CLASSES)


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI")[number - 1]


def _candidate_cells(row: CandidateRow) -> list[str]:
    known = [
        row.name,
        row.address,
        award_name(row.award),
        row.submission,
        row.papers,
        row.standards,
        row.figures,
        row.exclusions,
    ]
    return [*known, row.votes, "", row.notes]


def _dossiers(book: Book, dossiers: Sequence[DossierRow]) -> None:
    sheet, first = book.sheet("Hồ sơ", "DANH SÁCH HỒ SƠ ĐÃ ĐỌC", (), _DOSSIERS)
    for at, each in enumerate(dossiers):
        words = [each.name, each.proposer, each.submission, each.received, str(len(each.candidates))]
        book.write(sheet, first + at, [str(at + 1), *words, "\n".join(each.warnings)], _DOSSIERS)


def _evidence(book: Book, candidates: Sequence[tuple[DossierRow, CandidateRow]]) -> None:
    sheet, row = book.sheet("Minh chứng", "MINH CHỨNG TRONG HỒ SƠ", (), _EVIDENCE)
    first = row
    for dossier, candidate in candidates:
        for each in candidate.evidence:
            words = [dossier.name, candidate.name, each.check, each.state, each.reason, each.place]
            book.write(sheet, row, [str(row - first + 1), *words], _EVIDENCE)
            book.link(sheet, row, len(_EVIDENCE) - 1, each.link, "Xem")
            row += 1
    if row > first:
        sheet.autofilter(first - 1, 0, row - 1, len(_EVIDENCE) - 1)


def _requests(book: Book, dossiers: Sequence[DossierRow]) -> None:
    sheet, first = book.sheet("Đề nghị bổ sung", "NỘI DUNG ĐỀ NGHỊ BỔ SUNG, LÀM RÕ", (), _REQUESTS)
    asked = [(dossier, each) for dossier in dossiers for each in dossier.to_ask]
    for at, (dossier, (what, candidate, reason)) in enumerate(asked):
        book.write(sheet, first + at, [str(at + 1), dossier.name, dossier.proposer, what, candidate, reason], _REQUESTS)
