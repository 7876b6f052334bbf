"""The list of documents, read back as a spreadsheet program would."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import CSV, XLSX, CatalogueRow, catalogue_rows, listing_of, safe_cell, write_catalogue
from corpus.ledger import Entry, State
from corpus.record_json import record_to_json
from corpus.store import RECORD, read_record
from extract.record import Checked, DocumentFields, Reading, Record, Source

HEADINGS = [
    "STT",
    "Số, ký hiệu văn bản",
    "Ngày tháng năm văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Tác giả văn bản",
    "Tờ số/Trang số",
    "Ghi chú",
    "Tệp",
    "Số trang",
    "Cần xem lại",
]


def _reading(value: str, **more: object) -> Reading:
    return Reading(value=value, raw=value, confidence=0.9, rule="test", **more)


def _store(folder: Path, **fields: Reading) -> None:
    folder.mkdir(parents=True)
    record = Record(source=Source(name="x", pages=2), document=DocumentFields(**fields))
    (folder / RECORD).write_text(record_to_json(record), "utf-8")


def _written(out: Path, entries: list[Entry]) -> list[list[str]]:
    """The rows of both files, which must be the same."""
    folders = [entry.folder for entry in entries if entry.folder and (out / entry.folder).exists()]
    listings = {folder: listing_of(read_record(out / folder)) for folder in folders}
    write_catalogue(out, list(catalogue_rows(entries, listings)))
    with (out / CSV).open(encoding="utf-8-sig", newline="") as file:
        from_csv = list(csv.reader(file))
    sheet = openpyxl.load_workbook(out / XLSX).active
    cells = list(sheet.iter_rows())
    assert all(
        cell.data_type in "sn" and (cell.data_type == "s" or cell.value is None) for row in cells for cell in row
    )
    assert [["" if cell.value is None else cell.value for cell in row] for row in cells] == from_csv
    return from_csv


def test_rows_of_every_state(tmp_path: Path) -> None:
    _store(
        tmp_path / "sub/2.pdf",
        type=_reading("Tờ trình"),
        number=_reading("05"),
        code=_reading("05/TTr-UBND"),
        issue_date=_reading("2031-05-02"),
        issuer=_reading("UBND xã Long Phú"),
        subject=_reading("về việc đề nghị khen thưởng"),
        urgency=_reading("KHẨN"),
    )
    rows = _written(
        tmp_path,
        [
            Entry(path="sub/10.pdf", state=State.DONE, folder="sub/2.pdf", duplicate_of="sub/2.pdf"),
            Entry(path="sub/2.pdf", state=State.DONE, folder="sub/2.pdf"),
            Entry(path="Thumbs.db", state=State.SKIPPED),
            Entry(path="x.pdf", state=State.FAILED, error_code="encrypted_input", error="x needs a password."),
            Entry(path="y.pdf", state=State.HELD, pages=3),
            Entry(path="z.pdf", state=State.DONE, folder="gone"),
        ],
    )
    assert rows[0] == HEADINGS
    title = "Tờ trình về việc đề nghị khen thưởng"
    assert rows[1][:9] == ["1", "05/TTr-UBND", "02/05/2031", title, "UBND xã Long Phú", "", "KHẨN", "sub/2.pdf", "2"]
    assert rows[1][9] == ""
    assert rows[2][6:8] == ["KHẨN; Trùng với sub/2.pdf", "sub/10.pdf"]
    assert [(row[0], row[7], row[8]) for row in rows[3:]] == [
        ("3", "x.pdf", ""),
        ("4", "y.pdf", "3"),
        ("5", "z.pdf", ""),
    ]
    assert rows[3][9] == "Có mật khẩu: không đọc được"
    assert "độ mật" in rows[4][9]
    assert "Mất kết quả" in rows[5][9]


@pytest.mark.parametrize(("iso", "shown"), [("2019-06", "06/2019"), ("2019", "2019"), ("31 tháng 5", "31 tháng 5")])
def test_partial_dates(tmp_path: Path, iso: str, shown: str) -> None:
    _store(tmp_path / "a", issue_date=_reading(iso))
    assert _written(tmp_path, [Entry(path="a", state=State.DONE, folder="a")])[1][2] == shown


def test_a_persons_value_counts(tmp_path: Path) -> None:
    checked = Checked(by="Lan", at="2031-05-12", value="07/QĐ-UBND")
    _store(tmp_path / "a", code=_reading("01/QĐ-UBND", status="handwritten", checked=checked))
    row = _written(tmp_path, [Entry(path="a", state=State.DONE, folder="a")])[1]
    assert row[1] == "07/QĐ-UBND"
    assert "số, ký hiệu" not in row[9]


def test_what_needs_a_look_is_said_in_vietnamese(tmp_path: Path) -> None:
    _store(tmp_path / "a", type=_reading("Quyết định"), number=_reading("7", status="handwritten"))
    row = _written(tmp_path, [Entry(path="a", state=State.DONE, folder="a")])[1]
    assert row[1] == "7"
    assert row[9] == "chưa thấy ngày ban hành; số viết tay"


@pytest.mark.parametrize(
    "attack", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "\x00=1", "\u202e=1"]
)
def test_no_cell_is_a_formula(tmp_path: Path, attack: str) -> None:
    _store(tmp_path / "a", subject=_reading(attack), code=_reading(attack))
    row = _written(tmp_path, [Entry(path="a", state=State.DONE, folder="a")])[1]
    assert row[1].startswith("'")
    assert row[3].startswith("'")


def test_long_and_unprintable_text(tmp_path: Path) -> None:
    _store(tmp_path / "a", subject=_reading("về\x0c việc\x07\n" + "x" * 40_000), issuer=_reading("0012"))
    row = _written(tmp_path, [Entry(path="a", state=State.DONE, folder="a")])[1]
    assert row[3].startswith("về việc x")
    assert len(row[3]) == 32_767
    assert row[4] == "0012"


@given(st.text())
def test_cells_are_one_printable_line(text: str) -> None:
    cell = safe_cell(text)
    assert safe_cell(cell) == cell
    assert not cell.startswith(("=", "+", "-", "@"))
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Co"} for letter in cell)


def test_columns_are_those_of_the_rows() -> None:
    assert len(HEADINGS) == len(CatalogueRow.__dataclass_fields__) + 1
