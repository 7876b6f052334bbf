"""What a record's fields are called, in Vietnamese for users' files and pictures, in English for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract.record import DocumentFields, Reading

__all__ = ["DOCUMENT_FIELDS", "VALUE_KINDS", "FieldName", "document_readings"]


class FieldName(NamedTuple):
    """One name in both languages."""

    vietnamese: str
    english: str


DOCUMENT_FIELDS: dict[str, FieldName] = {
    "type": FieldName("Tên loại", "type"),
    "number": FieldName("Số", "number"),
    "symbol": FieldName("Ký hiệu", "symbol"),
    "code": FieldName("Số, ký hiệu", "code"),
    "issue_date": FieldName("Ngày ban hành", "date"),
    "place": FieldName("Địa danh", "place"),
    "issuer": FieldName("Cơ quan ban hành", "issuer"),
    "parent_organ": FieldName("Cơ quan chủ quản", "parent organ"),
    "subject": FieldName("Trích yếu", "subject"),
    "signer": FieldName("Người ký", "signer"),
    "signer_title": FieldName("Chức vụ", "signer's title"),
    "signing_authority": FieldName("Quyền hạn", "signing authority"),
    "co_signers": FieldName("Cùng ký", "co-signer"),
    "secrecy": FieldName("Độ mật", "secrecy"),
    "urgency": FieldName("Độ khẩn", "urgency"),
    "addressees": FieldName("Kính gửi", "addressee"),
    "legal_bases": FieldName("Căn cứ", "legal basis"),
    "recipients": FieldName("Nơi nhận", "recipient"),
    "digital_signatures": FieldName("Chữ ký số", "digital signature"),
    "attached_to": FieldName("Kèm theo", "attached to"),
    "copy_mark": FieldName("Bản sao", "copy mark"),
    "arrival_number": FieldName("Số đến", "arrival number"),
    "arrival_date": FieldName("Ngày đến", "arrival date"),
    "draft": FieldName("Dự thảo", "draft"),
}

VALUE_KINDS: dict[str, FieldName] = {
    "date": FieldName("Ngày", "date"),
    "period": FieldName("Giai đoạn", "period"),
    "amount": FieldName("Số tiền", "amount"),
    "criteria": FieldName("Tiêu chí", "criteria"),
    "percentage": FieldName("Tỷ lệ", "percentage"),
    "copies": FieldName("Số bản", "copies"),
    "area": FieldName("Diện tích", "area"),
    "count": FieldName("Số lượng", "count"),
    "reference": FieldName("Văn bản dẫn chiếu", "reference"),
    "person": FieldName("Người", "person"),
    "organ": FieldName("Cơ quan", "organ"),
    "place": FieldName("Địa danh", "place"),
    "ratio": FieldName("Tỷ số", "ratio"),
    "votes": FieldName("Số phiếu", "votes"),
}


def document_readings(fields: DocumentFields) -> Iterator[tuple[str, Reading]]:
    """Every field that was found, with its name; lists item by item, in the order of ``record.json``."""
    for name in DOCUMENT_FIELDS:
        found = getattr(fields, name)
        for reading in found if isinstance(found, list) else [found]:
            if reading is not None:
                yield name, reading
