"""Word outputs: what stands in them, what stays blank, what the office may change."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from appraise.outputs.differences import differences
from appraise.outputs.form_sheet import form_docx
from appraise.outputs.requests_sheet import requests_docx
from normalize.errors import UsageError
from tests.appraise.appraisals import AppraisedCandidate, Check, Evidence, appraisal, commune, rules, snip


def words_of(content: bytes) -> str:
    """All text of a Word file, paragraphs and rows in order."""
    return "\n".join(
        line.removeprefix("- Chỉ có trong bản mới: “").removesuffix("”")
        for line in differences("a.docx", EMPTY, content)
    )


def _empty() -> bytes:
    data = io.BytesIO()
    docx.Document().save(data)
    return data.getvalue()


EMPTY = _empty()


def form(candidate: AppraisedCandidate | None = None, **changes: object) -> bytes:
    held = appraisal(candidate or commune()).model_copy(update=changes)
    return form_docx(held, held.candidates[0], rules(), snip)


def test_a_form_holds_every_section_with_state_place_and_quote() -> None:
    words = words_of(form())
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHIẾU THẨM ĐỊNH",
        "Tên tập thể, cá nhân, gia đình | Xã Bãi Sậy",
        "UBND huyện Long Phú",
        "29/07/2031 – đúng hạn (quy tắc chưa được xác nhận)",
        "2 | Báo cáo thành tích | 03 bản | 01 bản quét",
        "3 | Biên bản họp xét | 01 bản | chưa thấy",
        "4 | Quyết định công nhận | kèm theo | 01 bản quét | qd.pdf",
        "“Xã có mức tăng từ 10 tiêu chí trở lên trong giai đoạn 2016-2020.” (mục II.2.a, 12/HD-SNV ngày 03/02/2031)",
        "11 tiêu chí; năm cuối kỳ: 2019 | 11 ≥ 10 tiêu chí. | khớp (quy tắc chưa được xác nhận)",
        "bao-cao-thanh-tich.pdf, trang 2: “Đến tháng 6/2019",
        "<đầu kỳ>",  # XML's own signs come through
        "cần người xem",
        "Đã được khen thưởng giai đoạn 2011-2015",
        "17/19 (báo cáo); 16/19 (danh sách)",
        "8/9 phiếu, 88,9 %",
        "Không đọc được tệp anh-mo.jpg",
        "Tên ghi khác nhau giữa các văn bản: Xã Bải Sậy",
    ):
        assert expected in words, expected


def test_conclusion_and_opinion_stay_blank() -> None:
    words = words_of(form())
    _, _, last = words.partition("7. Ý kiến và kết luận của người thẩm định")
    assert "Kết luận:" in last
    assert last.count("☐") == 3
    assert not any(tick in words for tick in "☑☒✓✔")
    assert all(state not in last for state in ("khớp", "chưa rõ", "cần người xem"))


def test_pictures_stand_where_a_place_has_a_box_and_only_there() -> None:
    document = docx.Document(io.BytesIO(form()))
    assert len(document.inline_shapes) == 1  # the report's line; the note is plain text, votes show none
    assert document.inline_shapes[0].width <= docx.shared.Mm(155)


def test_what_is_not_known_is_said_to_be_unclear() -> None:
    bare = AppraisedCandidate(name="Ông Lò Văn Ón", class_=None, award=None)
    words = words_of(form(bare, received=None, proposer=None, submission=None, checks=[], contradictions=[]))
    for expected in (
        "Loại đối tượng | Chưa rõ",
        "Hình thức đề nghị | chưa rõ",
        "Ngày nhận hồ sơ | chưa rõ",
        "Chưa rõ số phiếu",
        "Chưa đối chiếu được với tiêu chuẩn nào.",
        "Không phát hiện số liệu khác nhau",
    ):
        assert expected in words, expected


def test_a_confirmed_rule_has_no_mark_and_a_late_dossier_is_for_a_person() -> None:
    candidate = commune()
    candidate.checks = [check.model_copy(update={"rule_confirmed": True}) for check in candidate.checks]
    late = [
        check.model_copy(update={"state": "not_met", "reason": "muộn 2 ngày", "rule_confirmed": True})
        for check in appraisal().checks[:1]
    ]
    words = words_of(form(candidate, rules_confirmed=True, checks=late))
    assert "chưa được xác nhận" not in words
    assert "29/07/2031 – cần xem: muộn 2 ngày" in words


def test_the_candidates_own_report_stands_among_the_papers() -> None:
    candidate = commune()
    own = Check(
        id="papers.achievement_report",
        name="Báo cáo thành tích của đối tượng",
        state="met",
        figures={"scans": 3, "required": 3},
        reason="có 3 bản quét",
        where=[Evidence(file="rieng.pdf", page=4)],
    )
    candidate.checks = [*candidate.checks, own]
    words = words_of(form(candidate))
    assert "2 | Báo cáo thành tích | 03 bản | 03 bản quét | rieng.pdf, trang 4 | khớp: có 3 bản quét" in words
    assert "Báo cáo thành tích của đối tượng" not in words


def test_text_that_word_cannot_hold_is_left_out_and_tags_stay_text() -> None:
    candidate = commune("Xã \x0cBãi {{ name }} & \ufffe Sậy")
    assert "Xã Bãi {{ name }} & Sậy" in words_of(form(candidate))


def test_the_same_appraisal_gives_the_same_bytes() -> None:
    assert form() == form()


def test_requests_name_paper_candidate_and_reason() -> None:
    words = words_of(requests_docx(appraisal()))
    assert "1 | Biên bản họp xét khen thưởng | cả hồ sơ | Không thấy trong hồ sơ." in words
    assert "2 | Số tiêu chí đạt | Xã Bãi Sậy | Báo cáo và danh sách ghi khác nhau." in words


def test_the_offices_own_template_is_used(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("VĂN PHÒNG BÃI SẬY: {{ dossier }}, {{ requests | length }} nội dung")
    own.save(str(tmp_path / "de-nghi-bo-sung.docx"))
    assert words_of(requests_docx(appraisal(), tmp_path)) == "VĂN PHÒNG BÃI SẬY: ho-so-long-phu, 2 nội dung"


@pytest.mark.parametrize("tag", ["{{ dosier }}", "{% for x in requests %}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_that_cannot_be_filled_in_is_named(tmp_path: Path, tag: str) -> None:
    own = docx.Document()
    own.add_paragraph(tag)
    own.save(str(tmp_path / "de-nghi-bo-sung.docx"))
    with pytest.raises(UsageError, match=r"de-nghi-bo-sung\.docx"):
        requests_docx(appraisal(), tmp_path)


def test_a_template_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "de-nghi-bo-sung.docx").write_text("chữ")
    with pytest.raises(UsageError, match="no Word file"):
        requests_docx(appraisal(), tmp_path)
