"""A misread syllable of a subject is put right as a proposal; right subjects, codes and figures are left alone."""

from __future__ import annotations

import pytest

from extract.record import DocumentFields, Reading, Record, Source, Where
from extract.restored_words import propose_words


def subject(value: str) -> Reading:
    where = [Where(page=1, box=(100.0, 100.0, 400.0, 114.0))]
    return Reading(value=value, raw=value, where=where, confidence=0.9, rule="title.subject")


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Tuyên truyền Luật Phố biến, giáo dục pháp luật", "Tuyên truyền Luật Phổ biến, giáo dục pháp luật"),
        ("KIÊỄM TRA công tác bảo vệ rừng", "KIỂM TRA công tác bảo vệ rừng"),
        ("Ủy ban nhân dân huyện Bảo Thẳng", "Ủy ban nhân dân huyện Bảo Thắng"),
    ],
)
def test_a_misread_syllable_is_put_right(read: str, right: str) -> None:
    reading = subject(read)
    propose_words(record_of(subject=reading), {1})
    assert (reading.value, reading.raw, reading.status) == (right, read, "restored")
    assert reading.alternatives[0].value == read
    assert reading.confidence <= 0.9
    assert reading.where


@pytest.mark.parametrize(
    "right",
    [
        "Về việc đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Lam Khê",
        "Ủy ban nhân dân huyện Bác Trà",
        "V/v thực hiện Thông báo số 96-TB/TU ngày 17/8/2023 của Thường trực Huyện ủy Mường Lâm",
    ],
)
def test_right_subjects_are_left_alone(right: str) -> None:
    reading = subject(right)
    propose_words(record_of(subject=reading), {1})
    assert reading == subject(right)


def record_of(**fields) -> Record:
    return Record(source=Source(name="x", pages=2), document=DocumentFields(**fields))


def test_running_text_of_pages_that_ocr_read_is_proposed() -> None:
    basis = subject("Quyết định số 5/QĐ-UBND của Thủ tướng Chính phú")
    basis.value = {"type": "Quyết định", "code": "5/QĐ-CHINH PHÚ", "date": None, "issuer": "Thủ tướng Chính phú"}
    record = record_of(
        subject=subject("Tuyên truyền Luật Phố biến, giáo dục pháp luật"),
        recipients=[subject("Ủy ban nhân dân các tỉnh, thành phó trực thuộc trung ương")],
        addressees=[subject("Ủy ban nhân dân các tỉnh, thành phố")],
        legal_bases=[basis],
        signer=subject("Nông Văn Phố"),
    )
    propose_words(record, {1})
    fields = record.document
    assert fields.subject is not None
    assert fields.subject.value == "Tuyên truyền Luật Phổ biến, giáo dục pháp luật"
    assert fields.recipients[0].value == "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"
    assert fields.addressees[0].status == "read"
    assert fields.legal_bases[0].value["issuer"] == "Thủ tướng Chính phủ"
    assert fields.legal_bases[0].value["code"] == "5/QĐ-CHINH PHÚ"
    assert fields.legal_bases[0].alternatives[0].value["issuer"] == "Thủ tướng Chính phú"
    assert fields.signer is not None
    assert fields.signer.value == "Nông Văn Phố"


def test_print_is_left_as_it_is() -> None:
    record = record_of(subject=subject("Tuyên truyền Luật Phố biến, giáo dục pháp luật"))
    before = record.model_copy(deep=True)
    propose_words(record, {2})
    assert record == before
