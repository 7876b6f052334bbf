"""What a person should look at in a record: short phrases, no document content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.field_names import DOCUMENT_FIELDS, document_readings
from extract.record import DocumentFields, Reading, Record

__all__ = ["WEAK_CONFIDENCE", "Concern", "what_needs_a_look"]

WEAK_CONFIDENCE = 0.75
"""Below this mean confidence of its letters a page, or a field, is worth a look."""

# Without these a document cannot be listed, filed or found again.
_NEEDED = ("type", "code", "issue_date")
# Warnings of what is usual and was dealt with: half of all scans are signed, most text layers are rubbish.
_ROUTINE = frozenset(
    {"inverted_cmyk", "layer_refused", "no_resolution", "signed", "signed_original", "unsigned_access_copy"}
)


class Concern(NamedTuple):
    """One thing to look at, in both languages."""

    vietnamese: str
    english: str


def what_needs_a_look(record: Record) -> list[Concern]:
    """Concerns about ``record``, gravest first; empty when nothing needs a look."""
    return [*_unread(record), *_missing(record.document), *_doubtful(record.document), *_pages(record)]


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


def _doubtful(fields: DocumentFields) -> Iterator[Concern]:
    told: set[Concern] = set()
    in_parts = fields.number is not None or fields.symbol is not None
    for name, reading in document_readings(fields):
        if name == "code" and in_parts:
            continue  # number and symbol tell the same
        concern = None if reading.checked else _doubt(name, reading)
        if concern and concern not in told:  # ten weak recipients are one concern
            told.add(concern)
            yield concern


def _doubt(name: str, reading: Reading) -> Concern | None:
    vietnamese, english = _lower(DOCUMENT_FIELDS[name].vietnamese), DOCUMENT_FIELDS[name].english
    if reading.status == "handwritten":
        return Concern(f"{vietnamese} viết tay", f"{english} handwritten")
    if reading.status == "conflict":
        return Concern(f"{vietnamese} mâu thuẫn", f"{english} conflicts")
    if reading.status != "absent" and reading.confidence < WEAK_CONFIDENCE:
        return Concern(f"{vietnamese} chưa chắc", f"{english} weak")
    return None


def _pages(record: Record) -> Iterator[Concern]:
    pages = record.quality.pages
    warned = [page.page for page in pages if (codes := _codes(page.warnings)) and not codes & {"failed", "blank"}]
    weak = [page.page for page in pages if page.text_from == "image" and page.mean_confidence < WEAK_CONFIDENCE]
    if weak:
        yield Concern(f"trang {_join(weak)} khó đọc", f"page {_join(weak)} hard to read")
    if warned:
        yield Concern(f"trang {_join(warned)} có cảnh báo", f"warnings on page {_join(warned)}")
    if general := len(_codes(record.warnings)):
        yield Concern(f"{general} cảnh báo chung", f"{general} warnings on the file")


def _codes(warnings: Sequence[str]) -> set[str]:
    return {warning.partition(":")[0] for warning in warnings} - _ROUTINE


def _join(pages: Sequence[int]) -> str:
    return ", ".join(str(page) for page in pages)


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
