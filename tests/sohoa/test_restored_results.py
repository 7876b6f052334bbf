"""What was broken is restored on the way to the record; what was read is kept beside it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from corpus.pages_json import document_from_json
from corpus.store import PAGES, RECORD, RESTORED, TEXT, read_record
from ocr.tree import TextFrom
from sohoa.digest import Digested, Task, digest
from sohoa.inputs import Input, fingerprint
from sohoa.settings import DEFAULT_SETTINGS
from tests.hostile import text_page

BROKEN = (
    "Can ctr Quyet dinh so 45/QD-UBND ngay 03/5/2019 cua Uy ban nhan dan tinh ve viec",
    "ban hanh ke hoach xay dung nong thon mdi giai doan 2021 - 2025;",
    "Dieu 1. Cong nhan xa Long Phu dat 19/19 tieu chi nong thon mdi, kinh phi 1.250.000.000 dong.",
)


def digested(path: Path, out: Path) -> Digested:
    out.mkdir()
    item = Input(path.name, (path,))
    return digest(Task(item, fingerprint(item, DEFAULT_SETTINGS.limits.as_limits()), out, DEFAULT_SETTINGS))


def codes(folder: Path) -> list[str]:
    return [value.value["code"] for value in read_record(folder).values if value.kind == "reference"]


def test_an_old_text(tmp_path: Path) -> None:
    path = tmp_path / "cu.txt"
    path.write_text("\n".join(BROKEN), "utf-8")
    folder = digested(path, tmp_path / "out").staged
    assert {entry.name for entry in folder.iterdir()} == {RECORD, TEXT, RESTORED}
    assert (folder / TEXT).read_text("utf-8") == "\n".join(BROKEN)
    assert "Quyết định số 45/QĐ-UBND" in (folder / RESTORED).read_text("utf-8")
    assert codes(folder) == ["45/QĐ-UBND"]


def test_a_good_text_has_no_second_one(tmp_path: Path) -> None:
    path = tmp_path / "dung.txt"
    path.write_text("Căn cứ Quyết định số 45/QĐ-UBND ngày 03/5/2019 của Ủy ban nhân dân tỉnh.", "utf-8")
    assert not (digested(path, tmp_path / "out").staged / RESTORED).exists()


@pytest.mark.parametrize("mode", ["3", "0"], ids=["layer alone", "print"])
def test_a_broken_layer(tmp_path: Path, mode: str) -> None:
    """Where nothing is printed the layer is all there is; where letters are printed they are read again."""
    lines = b" ".join(f"1 0 0 1 72 {700 - 40 * at} Tm ({line}) Tj".encode() for at, line in enumerate(BROKEN))
    path = tmp_path / "cu.pdf"
    with pikepdf.new() as pdf:
        text_page(pdf, b"BT " + mode.encode() + b" Tr /F 10 Tf " + lines + b" ET")
        pdf.save(path)
    folder = digested(path, tmp_path / "out").staged
    (page,) = document_from_json((folder / PAGES).read_text("utf-8")).pages
    assert codes(folder)[0].startswith("45/Q")
    assert any(warning.startswith("layer_refused") for warning in page.warnings)
    if mode == "0":
        assert page.text_from is TextFrom.IMAGE
        return
    assert page.text_from is TextFrom.LAYER
    assert "layer_kept: the image shows no text" in page.warnings
    assert "45/QD-UBND" in (folder / TEXT).read_text("utf-8")
    assert "45/QĐ-UBND" in (folder / RESTORED).read_text("utf-8")
    reference = next(value for value in read_record(folder).values if value.kind == "reference")
    assert (reference.status, reference.value["code"]) == ("restored", "45/QĐ-UBND")
    assert "45/QD-UBND" in reference.raw
    assert 60 < reference.where[0].box[0] < 130
