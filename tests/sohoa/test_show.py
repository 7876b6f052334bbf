"""The page that shows a record in its document: boxes in their place, everything told, nothing let through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from extract.read_record import extract_text
from extract.record import Contradiction, DocumentFields, Reading, Record, Source, ValueField, Where
from normalize.errors import ExitCode
from ocr.limits import DEFAULT_LIMITS
from sohoa import cli
from sohoa.show import page_of_scan, page_of_text, show_record

TEXT = "Số: 15/TB-PNV\nTrước ngày 31/7/2029, theo Quyết định số 31/QĐ-UBND ngày 05/3/2029, thưởng 1,5 tỷ đồng.\n"


def _record(**fields: Reading) -> Record:
    return Record(source=Source(name="a.pdf", pages=1), document=DocumentFields(**fields))


def _reading(value: object = "x", **more: object) -> Reading:
    where = [Where(page=1, box=(59.5, 84.2, 119, 168.4))]
    return Reading(value=value, raw="in", where=where, confidence=0.9, rule="test.rule").model_copy(update=more)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.new("RGB", (595, 842), "white").save(path, dpi=(72, 72))
    return path


def test_a_box_lies_on_the_picture_of_its_page_and_tells_what_was_read(scan: Path):
    page = page_of_scan([scan], _record(number=_reading("15")), DEFAULT_LIMITS)
    (style,) = re.findall(r'class="box" id="f0-0" style="[^"]*?;(left[^"]*)"', page)
    sides = {side: float(share) for side, share in re.findall(r"(\w+):([\d.]+)%", style)}
    assert sides == pytest.approx({"left": 10, "top": 10, "width": 10, "height": 10}, abs=0.1)
    assert page.count("data:image/jpeg;base64,") == 1
    for told in ("Số: 15", "Trên giấy: in", "Độ tin cậy: 0,90", "Quy tắc: test.rule"):
        assert told in page


def test_contradictions_are_shown_at_all_their_places(scan: Path):
    places = [Where(page=1, box=(10, 10, 20, 20)), Where(page=1, box=(30, 30, 40, 40))]
    record = _record()
    record.contradictions = [Contradiction(check="two_dates", message="hai ngày", values=["a", "b"], places=places)]
    page = page_of_scan([scan], record, DEFAULT_LIMITS)
    assert re.findall(r'class="box" id="(c0[^"]*)"', page) == ["c0", "c0.1"]


def test_a_text_is_shown_whole_with_its_values_marked():
    record = extract_text(TEXT, "a.txt")
    page = page_of_text(record, TEXT)
    body = page.split('<div class="text">')[1].split("</div></main>")[0]
    without_tips = re.sub(r'<span class="tip">.*?</span>', "", body, flags=re.DOTALL)
    assert re.sub(r"<[^>]+>", "", without_tips) == TEXT
    marked = re.findall(r"<mark[^>]*>(?:<a[^>]*></a>)*([^<]*)", body)
    assert "31/7/2029" in marked
    assert "1,5 tỷ đồng" in marked
    assert "05/3/2029" in marked  # within a citation
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(re.findall(r'id="([^"]+)"', page))


def test_what_a_document_says_stays_text():
    hostile = '<script>alert(1)</script>"&'
    record = _record(subject=_reading(hostile, raw=hostile, span=(0, len(hostile))))
    record.source.name = hostile
    record.values.append(ValueField(kind="place", **_reading(hostile, quote=hostile).model_dump()))
    page = page_of_text(record, hostile)
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_without_a_place_the_page_is_for_this_user_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    source = tmp_path / "a.txt"
    source.write_text(TEXT, "utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    out = show_record(source, extract_text(TEXT, "a.txt"), None, limits=DEFAULT_LIMITS, in_browser=True)
    assert out.parent.stat().st_mode & 0o077 == 0
    assert opened == [out.resolve().as_uri()]


def test_the_command_writes_the_page_beside_the_json(tmp_path: Path):
    source, out = tmp_path / "a.txt", tmp_path / "a.html"
    source.write_text(TEXT, "utf-8")
    result = CliRunner().invoke(cli.app, ["extract", str(source), "--html", str(out)])
    assert result.exit_code == ExitCode.OK
    assert "1,5 tỷ đồng" in out.read_text("utf-8")
