"""What a person changed is never overwritten; what nobody changed is brought up to date."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from appraise.outputs.appraisal_file import read_appraisal
from appraise.outputs.kept_outputs import KeptOutputs
from appraise.outputs.write_outputs import write_outputs
from normalize.errors import DamagedInputError
from tests.appraise.appraisals import Appraisal, appraisal, commune, rules, snip

FORM = "ho-so-long-phu/phieu-tham-dinh-xa-bai-say.docx"


def write(out: Path, held: Appraisal) -> KeptOutputs:
    outputs = KeptOutputs(out)
    write_outputs(outputs, "ho-so-long-phu", held, rules(), snip)
    return outputs


def changed(held: Appraisal) -> Appraisal:
    return held.model_copy(update={"proposer": "UBND huyện Cát Trắng"})


def edit(path: Path, words: str) -> bytes:
    document = docx.Document(str(path))
    document.add_paragraph(words)
    document.save(str(path))
    return path.read_bytes()


def names(out: Path) -> set[str]:
    return {path.name for path in (out / FORM).parent.iterdir()}


def test_all_outputs_of_a_dossier_are_there(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    assert names(tmp_path) == {
        "appraisal.json",
        "de-nghi-bo-sung.docx",
        "phieu-tham-dinh-xa-bai-say.docx",
        "minh-chung",
    }
    assert read_appraisal(tmp_path / "ho-so-long-phu/appraisal.json") == appraisal()


def test_an_untouched_output_is_replaced(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    outputs = write(tmp_path, changed(appraisal()))
    assert outputs.kept == []
    assert "Cát Trắng" in read_appraisal(tmp_path / "ho-so-long-phu/appraisal.json").proposer


def test_a_changed_form_stays_and_the_new_one_lies_beside_it_with_what_differs(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    mine = edit(tmp_path / FORM, "Ý kiến của tôi")
    outputs = write(tmp_path, changed(appraisal()))
    assert (tmp_path / FORM).read_bytes() == mine
    assert outputs.kept == [FORM]
    beside = (tmp_path / FORM).with_name("phieu-tham-dinh-xa-bai-say (bản mới).docx")
    assert "Cát Trắng" in docx.Document(str(beside)).tables[1].rows[4].cells[1].text
    told = beside.with_name("phieu-tham-dinh-xa-bai-say (bản mới) - khác biệt.txt").read_text("utf-8-sig")
    assert "Đã sửa: “Đơn vị trình | UBND huyện Long Phú” | Bản mới: “Đơn vị trình | UBND huyện Cát Trắng”" in told
    assert "Chỉ có trong tệp đã sửa: “Ý kiến của tôi”" in told


def test_nothing_lies_beside_it_when_nothing_is_new(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    mine = edit(tmp_path / FORM, "Ý kiến của tôi")
    before = names(tmp_path)
    assert write(tmp_path, appraisal()).kept == []
    assert (tmp_path / FORM).read_bytes() == mine
    assert names(tmp_path) == before


def test_a_changed_file_beside_is_kept_too(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    edit(tmp_path / FORM, "một")
    write(tmp_path, changed(appraisal()))
    beside = (tmp_path / FORM).with_name("phieu-tham-dinh-xa-bai-say (bản mới).docx")
    mine = edit(beside, "hai")
    write(tmp_path, appraisal().model_copy(update={"proposer": "UBND huyện Bến Gỗ"}))
    assert beside.read_bytes() == mine
    assert beside.with_name("phieu-tham-dinh-xa-bai-say (bản mới 2).docx").is_file()


def test_a_list_of_differences_with_a_persons_notes_is_kept_too(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    edit(tmp_path / FORM, "một")
    write(tmp_path, changed(appraisal()))
    listed = (tmp_path / FORM).with_name("phieu-tham-dinh-xa-bai-say (bản mới) - khác biệt.txt")
    listed.write_text("đã xem", "utf-8")
    write(tmp_path, appraisal().model_copy(update={"proposer": "UBND huyện Bến Gỗ"}))
    assert listed.read_text("utf-8") == "đã xem"
    assert listed.with_name("phieu-tham-dinh-xa-bai-say (bản mới 2).docx").is_file()


def test_without_the_ledger_every_file_counts_as_changed(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    (tmp_path / ".sohoa/outputs.json").write_text("{broken")
    before = (tmp_path / FORM).read_bytes()
    assert FORM in write(tmp_path, changed(appraisal())).kept
    assert (tmp_path / FORM).read_bytes() == before


def test_a_candidate_that_is_gone_takes_an_untouched_form_along_but_not_a_changed_one(tmp_path: Path) -> None:
    both = appraisal(commune(), commune("Xã Cỏ May"), commune("Xã Lau"))
    write(tmp_path, both)
    edit(tmp_path / "ho-so-long-phu/phieu-tham-dinh-xa-lau.docx", "Ý kiến")
    write(tmp_path, appraisal(commune()))
    assert "phieu-tham-dinh-xa-co-may.docx" not in names(tmp_path)
    assert "phieu-tham-dinh-xa-lau.docx" in names(tmp_path)


def test_two_candidates_of_one_name_have_a_form_each(tmp_path: Path) -> None:
    write(tmp_path, appraisal(commune(), commune()))
    assert {"phieu-tham-dinh-xa-bai-say.docx", "phieu-tham-dinh-xa-bai-say~2.docx"} <= names(tmp_path)


def test_a_file_that_a_person_broke_is_kept_too(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    (tmp_path / FORM).write_bytes(b"not a Word file")
    write(tmp_path, changed(appraisal()))
    assert (tmp_path / FORM).read_bytes() == b"not a Word file"
    told = (tmp_path / FORM).with_name("phieu-tham-dinh-xa-bai-say (bản mới) - khác biệt.txt").read_text("utf-8-sig")
    assert "Không mở được tệp đã sửa để so sánh." in told


def test_a_broken_appraisal_is_named(tmp_path: Path) -> None:
    (tmp_path / "appraisal.json").write_text('{"schema": "sohoa/appraisal/1"}')
    with pytest.raises(DamagedInputError, match="dossier"):
        read_appraisal(tmp_path / "appraisal.json")


def test_pictures_are_those_of_the_evidence(tmp_path: Path) -> None:
    write(tmp_path, appraisal())
    pictures = sorted((tmp_path / "ho-so-long-phu/minh-chung").iterdir())
    assert [path.name for path in pictures] == [
        "bao-cao-thanh-tich-pdf-tr2-90-200-500-216.png",
        "bien-ban-pdf-tr1-90-300-500-316.png",
    ]
    assert io.BytesIO(pictures[0].read_bytes()).read(4) == b"\x89PNG"
