"""What a person should look at in a record: short phrases, no document content.

Decided by risk, not by how well a page was read on the whole: what identifies the document or counts in figures must be
nearly certain, names may be less so, and what was read poorly without holding either is left alone. Confidence is
calibrated: 0.9 is right nine times of ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.field_names import DOCUMENT_FIELDS, VALUE_KINDS, FieldName, document_readings
from extract.record import Contradiction, DocumentFields, Reading, Record

__all__ = ["CHECK_NAMES", "WEAK_CONFIDENCE", "Concern", "is_doubtful", "what_needs_a_look"]

WEAK_CONFIDENCE = 0.75
"""Below this confidence a field in words is worth a look."""

# One wrong digit files the document under another number or day, or changes a sum: nothing else shows the error.
_DIGITS_CONFIDENCE = 0.85
_DIGIT_FIELDS = frozenset({"number", "symbol", "code", "issue_date"})
_DIGIT_KINDS = frozenset({"date", "amount", "criteria", "percentage", "ratio", "votes", "count", "copies", "area"})
# A recipient or a person named in passing misread in a letter costs nobody anything.
_LITTLE_RISK = frozenset({"recipients", "person", "organ", "place"})
_LITTLE_CONFIDENCE = 0.5

# Without these a document cannot be listed, filed or found again.
_NEEDED = ("type", "code", "issue_date")
# Warnings of what is usual and was dealt with: half of all scans are signed, most text layers are rubbish.
_ROUTINE = frozenset(
    {"inverted_cmyk", "layer_refused", "no_resolution", "signed", "signed_original", "unsigned_access_copy"}
)
# A page of which most words are guesses may hide a figure altogether.
_UNREADABLE_PAGE = 0.5


class Concern(NamedTuple):
    """One thing to look at, in both languages."""

    vietnamese: str
    english: str


def what_needs_a_look(record: Record) -> list[Concern]:
    """Concerns about ``record``, gravest first; empty when nothing needs a look."""
    return [
        *_unread(record),
        *_missing(record.document),
        *_contradictions(record.contradictions),
        *_doubtful(record.document),
        *_doubtful_values(record),
        *_doubtful_parts(record),
        *_pages(record),
    ]


def is_doubtful(name: str, reading: Reading) -> bool:
    """Whether a field, or a value of kind ``name``, should be seen by a person; what a person has checked need not."""
    if reading.checked is not None or reading.status == "absent":
        return False
    if reading.status in {"handwritten", "conflict"}:
        return True
    if name in _DIGIT_FIELDS or name in _DIGIT_KINDS:
        return reading.confidence < _DIGITS_CONFIDENCE
    return reading.confidence < (_LITTLE_CONFIDENCE if name in _LITTLE_RISK else WEAK_CONFIDENCE)


def _unread(record: Record) -> Iterator[Concern]:
    pages = record.quality.pages
    if failed := [page.page for page in pages if "failed" in _codes(page.warnings)]:
        yield Concern(f"không đọc được trang {_join(failed)}", f"page {_join(failed)} not read")
    blank = [page.page for page in pages if "blank" in _codes(page.warnings) and page.page not in failed]
    if blank:
        yield Concern(f"trang {_join(blank)} không có chữ", f"page {_join(blank)} blank")


def _missing(fields: DocumentFields) -> Iterator[Concern]:
    for name in _NEEDED:
        reading: Reading | None = getattr(fields, name)
        if reading is None and not (name == "code" and fields.number is not None):
            names = DOCUMENT_FIELDS[name]
            yield Concern(f"chưa thấy {_lower(names.vietnamese)}", f"no {names.english}")


def _contradictions(found: Sequence[Contradiction]) -> Iterator[Concern]:
    for check, count in Counter(item.check for item in found).items():
        pages = sorted({place.page for item in found if item.check == check for place in item.places})
        many = f"{count} chỗ" if count > 1 else "hai chỗ"
        where = f" (trang {_join(pages)})" if pages else ""
        name = CHECK_NAMES.get(check, FieldName("nội dung", check))
        on_page = f" (page {_join(pages)})" if pages else ""
        yield Concern(f"{many} mâu thuẫn: {name.vietnamese}{where}", f"contradiction: {name.english}{on_page}")


CHECK_NAMES = {
    "annex_number": FieldName("số ở phụ lục", "number on the annex"),
    "annex_date": FieldName("ngày ở phụ lục", "date on the annex"),
    "annex_symbol": FieldName("ký hiệu ở phụ lục", "symbol on the annex"),
    "date_after_signature": FieldName("ngày ban hành và ngày ký số", "date and e-signature"),
    "signed_long_after_date": FieldName("ngày ban hành và ngày ký số", "date and e-signature"),
    "reference_after_document": FieldName("ngày của văn bản được dẫn", "date of a cited document"),
    "code_year": FieldName("năm trong ký hiệu và ngày", "year in a code and its date"),
    "two_dates": FieldName("hai ngày của một văn bản được dẫn", "two dates of one cited document"),
    "backward_range": FieldName("khoảng thời gian", "period ends before it begins"),
    "school_year": FieldName("năm học", "school year"),
    "date_outside_period": FieldName("ngày nằm ngoài giai đoạn", "date outside its period"),
    "votes_percentage": FieldName("tỷ lệ phần trăm", "percentage"),
    "votes_ballots": FieldName("số phiếu", "ballots"),
    "attendance": FieldName("số người có mặt và vắng mặt", "attendance"),
    "words": FieldName("số và chữ viết số", "figures and words"),
    "total": FieldName("dòng tổng của bảng", "total of a table"),
    "rows_announced": FieldName("số lượng và danh sách", "count and list"),
    "list_announced": FieldName("số lượng và danh sách", "count and list"),
}


def _doubtful(fields: DocumentFields) -> Iterator[Concern]:
    told: set[Concern] = set()
    in_parts = fields.number is not None or fields.symbol is not None
    for name, reading in document_readings(fields):
        if name == "code" and in_parts:
            continue  # number and symbol tell the same
        if not is_doubtful(name, reading):
            continue
        concern = _doubt(DOCUMENT_FIELDS[name], reading)
        if concern not in told:  # ten weak recipients are one concern
            told.add(concern)
            yield concern


def _doubt(names: FieldName, reading: Reading) -> Concern:
    vietnamese, english = _lower(names.vietnamese), names.english
    if reading.status == "handwritten":
        return Concern(f"{vietnamese} viết tay", f"{english} handwritten")
    if reading.status == "conflict":
        return Concern(f"{vietnamese} mâu thuẫn", f"{english} conflicts")
    return Concern(f"{vietnamese} chưa chắc", f"{english} weak")


def _doubtful_values(record: Record) -> Iterator[Concern]:
    """Values of the body, one concern for each kind, with their pages; what a field in doubt has told is left out."""
    told = [reading.span for name, reading in document_readings(record.document) if is_doubtful(name, reading)]
    doubtful = [
        value
        for value in record.values
        if is_doubtful(value.kind, value) and not any(_overlap(value.span, span) for span in told)
    ]
    for kind, count in Counter(value.kind for value in doubtful).items():
        names = VALUE_KINDS[kind]
        pages = sorted({place.page for value in doubtful if value.kind == kind for place in value.where})
        where = f" (trang {_join(pages)})" if pages else ""
        on_page = f" (page {_join(pages)})" if pages else ""
        yield Concern(f"{count} {_lower(names.vietnamese)} chưa chắc{where}", f"{count} {names.english} weak{on_page}")


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def _doubtful_parts(record: Record) -> Iterator[Concern]:
    """The other documents of the file, each with its own fields in doubt."""
    for part in record.parts[1:]:
        first = part.pages[0]
        for concern in (*_missing(part.document), *_doubtful(part.document)):
            yield Concern(
                f"văn bản từ trang {first}: {concern.vietnamese}", f"document from page {first}: {concern.english}"
            )


def _pages(record: Record) -> Iterator[Concern]:
    pages = record.quality.pages
    warned = [page.page for page in pages if (codes := _codes(page.warnings)) and not codes & {"failed", "blank"}]
    unreadable = [page.page for page in pages if page.text_from == "image" and page.mean_confidence < _UNREADABLE_PAGE]
    if unreadable:
        yield Concern(f"trang {_join(unreadable)} khó đọc", f"page {_join(unreadable)} hard to read")
    if warned:
        yield Concern(f"trang {_join(warned)} có cảnh báo", f"warnings on page {_join(warned)}")
    told_already = {item.check for item in record.contradictions}
    if general := len(_codes(record.warnings) - told_already):
        yield Concern(f"{general} cảnh báo chung", f"{general} warnings on the file")


def _codes(warnings: Sequence[str]) -> set[str]:
    return {warning.partition(":")[0] for warning in warnings} - _ROUTINE


def _join(pages: Sequence[int]) -> str:
    return ", ".join(str(page) for page in pages)


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
