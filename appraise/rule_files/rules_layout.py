"""What rules.xlsx shows of a rule book: sheets of blocks, one block a rule, one row a test or a paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from appraise.rule_files.rules_in_words import (
    AUDIENCES,
    AWARDS,
    CLASSES,
    MODES,
    REACHES,
    deadline_in_words,
    number_in_words,
    paper_in_words,
    test_in_words,
    window_in_words,
)
from appraise.rules import Criterion, Deadline, DossierSet, Place, Question, RuleBook

__all__ = ["ANSWER", "BY", "CHANGE", "CONFIRMED", "ID", "ON", "Block", "Column", "Confirmable", "Sheet", "sheets_of"]

ID, CONFIRMED, BY, ON, CHANGE, ANSWER = "Mã", "Xác nhận (x)", "Người xác nhận", "Ngày", "Sửa đổi", "Trả lời"
Confirmable = Criterion | DossierSet | Deadline | Question
_List = Literal["criteria", "dossier_sets", "deadlines", "questions"]
_LONGEST_QUOTE = 500


@dataclass(frozen=True, slots=True)
class Column:
    """``parts``: one cell a test or paper; else one cell a rule, merged over its rows. ``open``: for people to fill."""

    head: str
    width: int
    parts: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One rule: what its cells show by column; those of parts have one text a row."""

    id: str
    rule: Confirmable
    shown: dict[str, str]
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``list`` is the rule book's list that it shows, ``change`` what its column for changes takes."""

    name: str
    list: _List
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    change: str


def sheets_of(book: RuleBook) -> tuple[Sheet, ...]:
    """The four sheets of a rule book."""
    return (_criteria(book), _sets(book), _deadlines(book), _questions(book))


def _confirming(change: Column) -> tuple[Column, ...]:
    return (Column(CONFIRMED, 8, open=True), Column(BY, 12, open=True), Column(ON, 10, open=True), change)


def _criteria(book: RuleBook) -> Sheet:
    columns = (
        Column(ID, 15),
        Column("Hình thức", 12),
        Column("Đối tượng", 12),
        Column("Giai đoạn", 9),
        Column("Loại trừ đã khen", 11),
        Column("Phải đạt", 7),
        Column("Tiêu chuẩn", 30, parts=True),
        Column("Mức", 12, parts=True),
        Column("Vị trí, nguyên văn", 38),
        *_confirming(Column(CHANGE, 10, parts=True, open=True)),
    )
    blocks = tuple(_criterion(criterion) for criterion in book.criteria)
    return Sheet("Tiêu chuẩn", "criteria", columns, blocks, "mức mới, ví dụ: 8 hoặc 400 triệu đồng")


def _criterion(criterion: Criterion) -> Block:
    excluded = [f"{window_in_words(e.period)} ({REACHES[e.reach]})" for e in criterion.exclusions]
    shown = {
        ID: criterion.id,
        "Hình thức": AWARDS[criterion.award],
        "Đối tượng": criterion.candidate_text or CLASSES[criterion.candidate],
        "Giai đoạn": window_in_words(criterion.window) or "không ghi",
        "Loại trừ đã khen": "; ".join(excluded) or "không ghi",
        "Phải đạt": MODES[criterion.any_or_all] if len(criterion.tests) > 1 else "",
        "Vị trí, nguyên văn": _quoted(criterion.place, criterion.quote),
    }
    rows = tuple(
        {
            "Tiêu chuẩn": test.text or test_in_words(test),
            "Mức": _level(test_in_words(test), test.value, test.unit, test.relation, test.names),
        }
        for test in criterion.tests
    )
    left = {"Tiêu chuẩn": "Các đơn vị tự quy định" if criterion.left_to_units else "Chưa đọc được mức", "Mức": ""}
    return Block(criterion.id, criterion, shown, rows or (left,))


def _level(words: str, value: float | None, unit: str | None, relation: str, names: list[str]) -> str:
    """The threshold alone: "≥ 400 triệu đồng"."""
    if relation == "judged":
        return "người thẩm định đánh giá"
    if value is None:
        return f"có: {', '.join(names)}" if names else "có"
    if relation == "rank_le":
        return f"trong {value:g} hạng đầu"
    sign = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "=", "about_ge": "tương đương ≥"}[relation]
    return f"{sign} {number_in_words(value, unit)}" + (", cộng dồn" if words.endswith(", cộng dồn") else "")


def _sets(book: RuleBook) -> Sheet:
    columns = (
        Column(ID, 11),
        Column("Cho đối tượng", 14),
        Column("Số bộ", 8),
        Column("Giấy tờ", 36, parts=True),
        Column("Số bản", 8, parts=True),
        Column("Kèm theo, theo mẫu", 26, parts=True),
        Column("Vị trí, nguyên văn", 36),
        *_confirming(Column(CHANGE, 10, parts=True, open=True)),
    )
    blocks = tuple(
        Block(
            f"Hồ sơ {number}",
            dossier,
            {
                ID: f"Hồ sơ {number}",
                "Cho đối tượng": AUDIENCES[dossier.for_],
                "Số bộ": f"{dossier.sets:02d}" if dossier.sets else "không ghi",
                "Vị trí, nguyên văn": _quoted(dossier.place, dossier.place.quote),
            },
            tuple(
                {
                    "Giấy tờ": paper.text or paper_in_words(paper),
                    "Số bản": f"{paper.copies:02d}" if paper.copies else "không ghi",
                    "Kèm theo, theo mẫu": "; ".join(
                        [*(paper_in_words(paper.model_copy(update={"kind": k, "copies": None})) for k in paper.with_)]
                        + ([paper.form] if paper.form else [])
                    ),
                }
                for paper in dossier.papers
            )
            or ({"Giấy tờ": "", "Số bản": "", "Kèm theo, theo mẫu": ""},),
        )
        for number, dossier in enumerate(book.dossier_sets, start=1)
    )
    return Sheet("Hồ sơ", "dossier_sets", columns, blocks, "số bản mới, ví dụ: 2")


def _deadlines(book: RuleBook) -> Sheet:
    columns = (
        Column(ID, 11),
        Column("Việc", 32),
        Column("Thời hạn", 18),
        Column("Gửi", 24),
        Column("Tính cả ngày đó", 12),
        Column("Vị trí, nguyên văn", 32),
        *_confirming(Column(CHANGE, 12, open=True)),
    )
    blocks = tuple(
        Block(
            f"Hạn {number}",
            deadline,
            {
                ID: f"Hạn {number}",
                "Việc": deadline.what,
                "Thời hạn": deadline_in_words(deadline.model_copy(update={"to": None})),
                "Gửi": deadline.to or "không ghi",
                "Tính cả ngày đó": {True: "có", False: "không", None: "không nói rõ"}[deadline.inclusive],
                "Vị trí, nguyên văn": _quoted(deadline.place, deadline.place.quote),
            },
            ({},),
        )
        for number, deadline in enumerate(book.deadlines, start=1)
    )
    return Sheet("Thời hạn", "deadlines", columns, blocks, "ngày mới, ví dụ: 31/7/2031")


def _questions(book: RuleBook) -> Sheet:
    columns = (
        Column(ID, 15),
        Column("Câu hỏi", 36),
        Column("Nếu chưa trả lời thì", 28),
        Column("Tiêu chuẩn liên quan", 17),
        Column("Vị trí, nguyên văn", 28),
        *_confirming(Column(ANSWER, 24, open=True)),
    )
    blocks = tuple(
        Block(
            question.id,
            question,
            {
                ID: question.id,
                "Câu hỏi": question.text,
                "Nếu chưa trả lời thì": question.default,
                "Tiêu chuẩn liên quan": "\n".join(question.criteria),
                "Vị trí, nguyên văn": _quoted(question.place, question.place.quote),
            },
            ({},),
        )
        for question in book.questions
    )
    return Sheet("Câu hỏi", "questions", columns, blocks, "câu trả lời")


def _quoted(place: Place, quote: str) -> str:
    page = f", trang {place.page}" if place.page else ""
    words = " ".join(quote.split())
    cut = words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"[{place.item}{page}] {cut}"
