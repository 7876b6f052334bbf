"""Values come from the restored text, their evidence from the text as it came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read_record import extract_document, extract_text
from extract.record import Record, Source
from extract.restored_text import Edit, RestoredText, canonical_text, restored_document, restored_text
from extract.tokens import tokens_from_document
from normalize.diagnosis import Damage
from normalize.folding import fold_aligned
from ocr.tree import Box, Document, Line, Page, TextFrom, Word

BROKEN = """QUYET DINH
Vé viéc céng nhan xa Déng May dat chuan nong thén mdi nam 2028
Can ctr Quyét dinh s6 45/QD-UBND ngay 03/5/2019 cua Uy ban nhan dan tinh vé viéc
ban hanh ké hoach xay dung nong thén mdi giai doan 2021 - 2025;
Can ctr Nghi dinh s6 77/2020/ND-CP ngay 01/7/2020 cua Chinh phu quy dinh vé quan ly;
Diéu 1. Céng nhan xa Déng May dat 19/19 tiéu chi, kinh phi hé tro 1.250.000.000 déng.
Diéu 2. Quyét dinh nay cé hiéu lyc ké tir ngay ky ban hanh. Cac co quan, don vi chiu trach nhiém thi hanh.
"""


def evidence(record: Record):
    fields = (getattr(record.document, name) for name in type(record.document).model_fields)
    for field in fields:
        yield from (item for item in (field if isinstance(field, list) else [field]) if item and item.span)
    yield from record.values


def test_evidence_is_the_text_as_it_came():
    record = extract_text(BROKEN, "old.txt")
    assert record.warnings == ["restored: no-vietnamese-model"]
    assert record.document.type is not None
    assert record.document.type.value == "Quyết định"
    codes = {basis.value["code"]: basis for basis in record.document.legal_bases}
    assert set(codes) == {"45/QĐ-UBND", "77/2020/NĐ-CP"}
    basis = codes["45/QĐ-UBND"]
    assert basis.status == "restored"
    assert "45/QD-UBND" in basis.raw
    assert any(other.value["code"] == "45/QD-UBND" for other in basis.alternatives)
    found = list(evidence(record))
    assert len(found) > 8
    for item in found:
        start, end = item.span
        pieces = item.raw.split("\n")
        assert all(piece in BROKEN[start:end] for piece in pieces)
        assert item.quote in BROKEN
    by_kind = {value.kind: value for value in record.values}
    assert by_kind["amount"].value["vnd"] == 1_250_000_000
    assert by_kind["amount"].raw == "1.250.000.000 déng"
    assert (by_kind["criteria"].value["count"], by_kind["criteria"].value["of"]) == (19, 19)


def test_status_tells_where_something_was_restored():
    record = extract_text(BROKEN, "old.txt")
    status = {value.raw: value.status for value in record.values}
    assert status["2021 - 2025"] == "read"
    assert status["1.250.000.000 déng"] == "restored"
    assert record.document.subject is not None
    assert record.document.subject.confidence < 0.92
    assert record.document.subject.alternatives[0].value.startswith("Vé viéc")


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV.",
        "The committee decided on 12 May 2019 that the report of the board is accepted and published for all members.",
        "Le conseil a décidé que les membres de la commission sont nommés pour une durée de trois ans par le ministre.",
        "委员会决定于二〇一九年五月十二日公布报告。各级人民政府应当加强领导。",
        "Quyet dinh so 5",  # too few words to tell
        "",
    ],
)
def test_other_texts_are_left_alone(text):
    restored = restored_text(text)
    assert not restored.is_restored
    assert restored.text == text


def test_invisible_letters_are_left_out_and_counted():
    text = "Căn cứ Quyết\u00ad định\u200b số 45/QĐ-UBND ngày 03/5/2019 của Ủy\u00a0ban nhân dân tỉnh\ufb01"
    record = extract_text(text, "x")
    reference = next(value for value in record.values if value.kind == "reference")
    assert reference.status == "read"
    assert text[slice(*reference.span)] == reference.raw
    assert reference.raw.startswith("Quyết\u00ad định\u200b số 45")
    assert record.warnings == []


@given(st.text(st.sampled_from("ab \n\u00a0\u200b\u00ad\ufb01\u0301é"), max_size=40), st.data())
def test_the_way_back_is_the_way_forth(text, data):
    restored = canonical_text(text)
    assert restored.text == restored.edited if not restored.edits else restored.text != restored.edited
    start = data.draw(st.integers(0, len(restored.text)))
    end = data.draw(st.integers(start, len(restored.text)))
    left, right = restored.back(start, end)
    assert 0 <= left <= right <= len(restored.as_read)
    assert restored.back(0, len(restored.text))[0] == 0 or restored.edits
    assert restored.forth(left) <= end or left == right


def test_offsets_around_edits():
    #           0123456789012345
    text = RestoredText.of(
        "vacong nhan xa x",
        [Edit(0, 6, "và công", 0.7), Edit(7, 11, "nhận", 0.9), Edit(15, 16, "", 0.8)],
        damage=Damage.LIGHT,
    )
    assert text.text == "và công nhận xa "
    assert text.back(3, 7) == (0, 6)  # half of a split word is all of it
    assert text.back(8, 10) == (7, 9)  # letters stay letters where the length stays
    assert text.back(13, 15) == (12, 14)
    assert text.certainty(3, 10) == 0.7
    assert text.certainty(9, 15) == 0.9
    assert text.certainty(13, 15) is None
    assert [text.forth(at) for at in (0, 6, 7, 9, 12, 16)] == [0, 7, 8, 10, 13, 16]


def test_a_word_cut_at_the_end_of_a_line_stays_within_its_lines():
    """However the pieces are put together, no line takes words of the next one."""
    page = layer_page(BROKEN.replace("trach nhiém", "trach nhi-\ném"))
    document = Document("old.pdf", (page,))
    tokens = tokens_from_document(document)
    assert len(tokens.lines) == len(page.lines)
    assert all("\n" not in line.text for line in tokens.lines)
    assert [line.text for line in tokens.lines] == [line.strip() for line in tokens.text.split("\n")]


def layer_page(text: str, number: int = 1) -> Page:
    lines = []
    for row, line in enumerate(text.splitlines()):
        words, x = [], 60.0
        for word in line.split():
            words.append(Word(word, Box(x, 60.0 + 20 * row, x + 6 * len(word), 74.0 + 20 * row), 1.0))
            x += 6 * len(word) + 4
        lines.append(Line(tuple(words)))
    return Page(number, 595.0, 842.0, tuple(lines), TextFrom.LAYER)


def test_boxes_are_those_of_the_words_as_read():
    page = layer_page(BROKEN)
    document = Document(
        "old.pdf", (page, layer_page("Trang này chỉ có một câu tiếng Việt đúng, không có gì phải sửa cả.", 2))
    )
    record = extract_document(document, Source(name="old.pdf", pages=2))
    assert "restored: no-vietnamese-model" in record.warnings
    amount = next(value for value in record.values if value.kind == "amount")
    words = [word for word in page.words if word.text in {"1.250.000.000", "déng."}]
    (place,) = amount.where
    assert place.box[0] == pytest.approx(words[0].box.x0, abs=0.02)
    assert place.box[2] == pytest.approx(words[1].box.x0 + 24, abs=0.02)
    assert document.text[slice(*amount.span)] == amount.raw == "1.250.000.000 déng"
    assert restored_document(document).text.endswith(document.pages[1].text)


def test_pages_read_from_an_image_are_left_to_the_proposals():
    page = layer_page(fold_aligned(BROKEN))
    document = Document("scan.pdf", (Page(1, page.width, page.height, page.lines, TextFrom.IMAGE),))
    assert not restored_document(document).is_restored


def test_a_legacy_layer_is_decoded():
    text = (
        "C¨n cø QuyÕt ®Þnh sè 45/Q§-UBND ngµy 03/5/2019 cña ñy ban nh©n d©n tØnh vÒ viÖc ban hµnh kÕ ho¹ch x©y dùng x·"
    )
    document = Document("old.pdf", (layer_page(text),))
    record = extract_document(document, Source(name="old.pdf", pages=1))
    reference = next(value for value in record.values if value.kind == "reference")
    assert reference.value["code"] == "45/QĐ-UBND"
    assert reference.raw.startswith("QuyÕt ®Þnh sè 45/Q§-UBND")
    assert document.text[slice(*reference.span)] == reference.raw


def test_a_long_text_is_restored_block_by_block():
    good = "Ủy ban nhân dân xã Đông Mây báo cáo kết quả thực hiện nhiệm vụ năm 2028 của các thôn, xóm.\n" * 480
    text = f"{good}\n{BROKEN * 3}"
    long = restored_text(text, at_once=len(good))
    assert long.damage is Damage.NO_VIETNAMESE_MODEL
    assert long.text.startswith(good)
    assert long.as_read == text
    start = long.text.index("Nghị định")
    assert long.as_read[slice(*long.back(start, start + 9))] == "Nghi dinh"
