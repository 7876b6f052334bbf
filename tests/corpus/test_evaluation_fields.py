"""Verdicts on invented records, counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.evaluation.agreement import agrees
from corpus.evaluation.field_scores import Tally, Verdict
from corpus.evaluation.fields import evaluate_fields, judge
from extract.record import DocumentFields, Reading, Record
from normalize.errors import DamagedInputError
from ocr.tree import Document, Page


def reading(value, status="read") -> Reading:
    return Reading(value=value, raw=str(value), confidence=0.9, status=status, rule="test")


@pytest.mark.parametrize(
    ("field", "expected", "value"),
    [
        ("signer", "Lò Thuý Hoà", "LÒ THÚY HÒA"),
        ("issuer", "Ủy ban nhân dân xã Nậm Mơ", "UỶ BAN NHÂN DÂN XÃ NẬM MƠ"),
        ("symbol", "TTr-UBND", "TTr-UBND"),
        ("number", "07", "07"),
        ("issue_date", "2031-05-03", "2031-05-03"),
        ("subject", "V/v mở đường vào khu Khe Vải", "Về việc mở đường vào khu Khe Vải"),
        ("subject", "Về việc sửa cầu treo bản Nậm Mơ năm 2031", "sửa cầu treo bản Nâm Mơ năm 2031"),
    ],
)
def test_what_counts_as_the_same_value(field, expected, value):
    assert judge(field, expected, reading(value)) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("field", "expected", "value"),
    [
        ("signer", "Lò Thuý Hoà", "Lò Thuý Hoa"),
        ("number", "07", "7"),
        ("issue_date", "2031-05-03", "2031-05"),
        ("symbol", "TTr-UBND", "TTr-UBNĐ"),
        ("subject", "Về việc sửa cầu treo", "Về việc xây trường học"),
        ("type", "Quyết định", {"name": "Quyết định"}),
    ],
)
def test_what_does_not(field, expected, value):
    assert judge(field, expected, reading(value)) is Verdict.WRONG


def test_a_wrong_value_with_a_doubtful_status_is_not_asserted():
    assert judge("number", "12", reading("13", "conflict")) is Verdict.DOUBTFUL
    assert judge("number", "12", reading("12", "conflict")) is Verdict.RIGHT


def test_null_and_absent():
    assert judge("number", None, None) is Verdict.RIGHT
    assert judge("number", None, reading(None, "absent")) is Verdict.RIGHT
    assert judge("number", None, reading("5")) is Verdict.WRONG
    assert judge("number", "5", None) is Verdict.MISSING
    assert judge("number", "5", reading(None, "absent")) is Verdict.MISSING


def test_handwritten_values():
    assert judge("number", "5", None, handwritten=True) is Verdict.RIGHT
    assert judge("number", "5", reading("5"), handwritten=True) is Verdict.RIGHT
    assert judge("number", "5", reading("6", "handwritten"), handwritten=True) is Verdict.RIGHT
    assert judge("number", "5", reading("6"), handwritten=True) is Verdict.WRONG
    assert judge("number", "5", reading("6", "handwritten")) is Verdict.DOUBTFUL


FIELDS = {
    "type": "Tờ trình",
    "number": "41",
    "symbol": "TTr-UBND",
    "issue_date": "2031-05-03",
    "place": None,
    "signer": "Lò Thuý Hoà",
    "signing_authority": "TM. ỦY BAN NHÂN DÂN",
    "handwritten": ["number"],
    "legal_bases": [
        {"type": "Luật", "code": "5/2030/QH20", "date": "2030-01-02", "issuer": "Quốc hội"},
        {"type": "Kế hoạch", "code": "8/KH-UBND", "date": None, "issuer": None},
    ],
    "recipients": ["Như trên", "Lưu: VT"],
}


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    folder = tmp_path / "to-trinh"
    folder.mkdir()
    (folder / "scan.pdf").touch()
    (folder / "fields.json").write_text(json.dumps(FIELDS), encoding="utf-8")
    return tmp_path


def read(paths):
    return Document("scan.pdf", (Page(1, 595.0, 842.0),))


def extract(document, source):
    return Record(
        source=source,
        document=DocumentFields(
            type=reading("TỜ TRÌNH"),
            number=reading("77", "handwritten"),
            symbol=reading("TTr-UBNO"),
            issue_date=reading("2031-05-08", "conflict"),
            place=reading("Nậm Mơ"),
            legal_bases=[
                reading({"type": "Luật", "code": "5/2030/QH20", "date": "2030-01-02", "issuer": None}),
                reading({"type": "Luật", "code": "5/2030/QH20", "date": "2030-01-02", "issuer": None}),
                reading({"type": "Kế hoạch", "code": "9/KH-UBND", "date": None, "issuer": None}),
            ],
            recipients=[reading("- Như trên;")],
        ),
    )


def test_counts_by_field(truth):
    scores = evaluate_fields(truth, read=read, extract=extract)
    verdicts = {score.field: score.verdict for score in scores.fields}
    assert verdicts == {
        "type": Verdict.RIGHT,
        "number": Verdict.RIGHT,
        "symbol": Verdict.WRONG,
        "issue_date": Verdict.DOUBTFUL,
        "place": Verdict.WRONG,
        "signer": Verdict.MISSING,
        "signing_authority": Verdict.MISSING,
    }
    # type, symbol, issue_date and signer are printed; number is handwritten, place is not there at all.
    assert scores.printed() == (1, 4)
    assert scores.counts()[Verdict.WRONG] == 2


def test_lists_have_precision_and_recall(truth):
    scores = evaluate_fields(truth, read=read, extract=extract)
    bases, recipients = scores.tally("legal_bases"), scores.tally("recipients")
    assert (bases.precision, bases.recall) == (1 / 3, 1 / 2)
    assert (recipients.precision, recipients.recall) == (1.0, 1 / 2)


def test_f1_counts_printed_values_and_what_is_asserted_though_not_there(truth):
    scores = evaluate_fields(truth, read=read, extract=extract)
    # type is right; symbol and date are wrong, signer and authority missing; place is not in the truth
    assert scores.tally("type").f1 == 1.0
    assert scores.tally("place") == Tally(matched=0, found=1, expected=0)
    assert scores.tally("number") == Tally()  # by hand, and not asserted
    fields = ("type", "number", "symbol", "issue_date", "place", "signer", "signing_authority")
    assert scores.tally(*fields) == Tally(matched=1, found=4, expected=5)
    assert scores.tally(*fields).f1 == 2 / 9
    assert scores.as_json()["overall"]["f1"] == round(2 * 3 / (8 + 9), 4)


def test_without_word_boxes_evidence_is_not_judged(truth):
    scores = evaluate_fields(truth, read=read, extract=extract)
    assert scores.tally().evidence is None


@pytest.mark.parametrize(
    ("field", "expected", "value", "right"),
    [
        ("recipients", "Các sở, ban, ngành, đoàn thể tỉnh", "Các sở, ban, ngành, đoàn thế tỉnh", True),
        ("recipients", "Lưu: VT, NV", "Lưu: VT, NN", False),
        ("legal_bases", {"code": "5/2030/QH20", "date": None}, {"code": "5/2080/QH20", "date": None}, False),
        ("legal_bases", {"code": "Luật Thi đua", "date": "2030-01-02"}, {"code": "Luật Thi đua", "date": None}, False),
        ("legal_bases", {"code": "Luật Bảo vệ rừng", "date": None}, {"code": "luật bảo vệ rừng", "date": None}, True),
        ("symbol", "QĐ-TTg", "QĐ-TTG", False),
        ("co_signers", {"name": "Lò Hoà", "title": "THƯ KÝ"}, {"name": "LÒ HÒA", "title": "Thư ký"}, True),
        ("co_signers", {"name": "Lò Hoà", "title": "THƯ KÝ"}, {"name": "Lò Hoà", "title": None}, False),
    ],
)
def test_when_entries_agree(field, expected, value, right):
    assert agrees(field, expected, value) is right


def test_names_are_no_evidence(truth):
    seen = []

    def spy(document, source):
        seen.append(source.name)
        return extract(document, source)

    evaluate_fields(truth, read=read, extract=spy)
    assert seen == ["scan.pdf"]


def test_a_document_that_fails_has_all_values_missing(truth):
    def fails(paths):
        raise DamagedInputError("cut short")

    scores = evaluate_fields(truth, read=fails, extract=extract)
    assert scores.errors == (("to-trinh", "damaged_input"),)
    assert scores.printed() == (0, 4)
    assert scores.counts()[Verdict.MISSING] == 5


def test_json_holds_no_values(truth):
    scores = evaluate_fields(truth, read=read, extract=extract)
    plain = json.dumps(scores.as_json(), ensure_ascii=False)
    assert "Nậm Mơ" not in plain
    assert scores.as_json()["asserted_wrong"] == 2
    assert scores.table().row_count == 15
