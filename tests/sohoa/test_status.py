from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import regex
from typer.testing import CliRunner

from corpus.ledger import LEDGER, Entry, Ledger, State
from sohoa.cli import app
from sohoa.event_log import EventLog
from sohoa.quarantine import QUARANTINE_CSV, QUARANTINE_XLSX, write_quarantine
from sohoa.status import Span, Status, read_status
from sohoa.status_page import status_page
from sohoa.status_plots import Bar, column_plot, nice_step, row_plot
from sohoa.status_series import confidence_counts, pages_over_time
from sohoa.status_tables import status_csv, status_xlsx

_NOON = datetime(2031, 5, 12, 12, tzinfo=UTC)
_FORMULA = "=SUM(A1:A9).pdf"


def _at(minutes: float) -> str:
    return (_NOON + timedelta(minutes=minutes)).isoformat(timespec="seconds")


def _done(path: str, minutes: float, pages: int = 2, **columns: object) -> Entry:
    return Entry(
        path=path,
        state=State.DONE,
        pages=pages,
        seconds=60.0,
        finished_at=_at(minutes),
        **columns,  # type: ignore[arg-type]
    )


def _failed(path: str, code: str, *, retryable: bool = False, state: State = State.FAILED) -> Entry:
    error = f"{path} <không> đọc được."
    return Entry(path=path, state=state, error_code=code, error=error, retryable=retryable, attempts=1)


def _entries() -> list[Entry]:
    return [
        _done(_FORMULA, 1, confidence=0.91),
        _done("hộp 1/b.pdf", 2, pages=4, confidence=0.55, near_duplicate_of="hộp 1/a.pdf"),
        _done("hộp 1/bản sao.pdf", 2, pages=4, duplicate_of="hộp 1/b.pdf"),
        _failed("hộp 1/c.pdf", "encrypted_input"),
        _failed("hộp 2/d.pdf", "time_limit", retryable=True),
        _failed("hộp 2/e.pdf", "time_limit", retryable=True),
        _failed("hộp 2/f.pdf", "held_secret", state=State.HELD),
        Entry(path="hộp 3/g.pdf", state=State.WAITING),
        Entry(path="Thumbs.db", state=State.SKIPPED),
    ]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "ra"
    folder.mkdir()
    with Ledger(folder / LEDGER) as ledger:
        ledger.put(*_entries())
    EventLog(folder, command=("batch", "hồ sơ", "-o", "ra", "--evidence", "--redo", "all")).start(9)
    return folder


def test_every_input_is_in_the_equation(out: Path) -> None:
    status = read_status(out)
    assert status.equation == "9 inputs = 3 done + 3 failed + 1 held + 1 skipped + 1 waiting"
    assert status.pages == 6  # the copy was not read


def test_failures_by_kind_with_what_tries_them_again(out: Path) -> None:
    failures = read_status(out).failures
    assert [(each.code, len(each.entries)) for each in failures] == [
        ("time_limit", 2),
        ("encrypted_input", 1),
        ("held_secret", 1),
    ]
    assert [each.command for each in failures] == [
        "sohoa batch 'hồ sơ' -o ra --evidence --redo failed --timeout-per-page 360",
        "sohoa batch 'hồ sơ' -o ra --evidence --redo failed",
        "sohoa batch 'hồ sơ' -o ra --evidence --redo failed --allow-secret",
    ]


def test_the_pace_is_that_of_the_last_stretch_of_work(tmp_path: Path) -> None:
    rows = (_done("a", 0, pages=100), *(_done(f"{n}", 600 + n, pages=3) for n in range(1, 11)))
    status = Status(tmp_path, _NOON, rows, run=None)
    assert len(status.spans) == 10
    assert status.pages_per_minute == pytest.approx(3.0)
    assert status.seconds_left is None  # nothing runs


def test_time_left_of_a_run_that_goes_on(out: Path) -> None:
    status = read_status(out)
    assert status.is_running
    # 6 pages in 2 minutes; the one that waits is taken to have as many pages as the others have.
    assert status.pages_per_minute == pytest.approx(3.0)
    assert status.seconds_left == pytest.approx(60 * (10 / 3) / 3)


def test_pages_of_a_long_document_are_spread_over_its_time() -> None:
    steps = pages_over_time([Span(_NOON, _NOON + timedelta(minutes=10), 50)])
    assert [step.per_minute for step in steps] == pytest.approx([5.0] * len(steps))
    assert sum(step.per_minute for step in steps) * 10 / len(steps) == pytest.approx(50)


def test_no_page_is_lost_between_the_steps() -> None:
    spans = [Span(_NOON + timedelta(seconds=7 * n), _NOON + timedelta(seconds=7 * n + 31), n % 5) for n in range(400)]
    spans.append(Span(spans[-1].end, spans[-1].end, 3))  # of which only the end is known
    steps = pages_over_time(spans)
    assert len(steps) <= 96
    length = (steps[1].start - steps[0].start).total_seconds()
    last = (spans[-1].end - steps[-1].start).total_seconds()
    pages = (sum(s.per_minute for s in steps[:-1]) * length + steps[-1].per_minute * last) / 60
    assert pages == pytest.approx(sum(span.pages for span in spans))


def test_no_two_steps_have_the_same_minute() -> None:
    for seconds in (5, 90, 700, 90_000):
        ends = [_NOON + timedelta(seconds=20 + seconds * n / 50) for n in range(51)]
        steps = pages_over_time([Span(end - timedelta(seconds=20), end, 1) for end in ends])
        minutes = [f"{step.start:%H:%M %d/%m/%Y}" for step in steps]
        assert len(set(minutes)) == len(minutes)


def test_confidence_falls_into_twentieths() -> None:
    counts = confidence_counts(_entries())
    assert (sum(counts), counts[18], counts[11]) == (2, 1, 1)
    assert confidence_counts([_done("a", 1, confidence=1.0)])[19] == 1


def test_the_csv_has_a_row_an_input_and_no_formula(out: Path) -> None:
    text = status_csv(read_status(out)).decode("utf-8-sig")
    rows = {row["path"]: row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 9
    assert f"'{_FORMULA}" in rows
    assert rows["hộp 2/d.pdf"]["error_code"] == "time_limit"
    assert rows["hộp 2/d.pdf"]["retryable"] == "true"


def test_the_workbook_has_vietnamese_heads_and_text_for_formulas(out: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(status_xlsx(read_status(out)))).active
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[:4] == ("Tệp", "Tình trạng", "Số trang", "Độ tin cậy")
    by_path = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert len(by_path) == 9
    assert by_path[_FORMULA]["Độ tin cậy"] == 0.91
    assert next(cell for cell in sheet["A"] if cell.value == _FORMULA).data_type == "s"
    assert by_path["hộp 1/b.pdf"]["Gần giống"] == "hộp 1/a.pdf"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_stands_by_itself_and_tells_all(out: Path) -> None:
    page = status_page(read_status(out))
    tags = _Tags()
    tags.feed(page)
    assert not tags.open
    names = [tag for tag, _ in tags.seen]
    assert "script" not in names
    assert not any({"src", "href"} & attributes.keys() for _, attributes in tags.seen)
    assert names.count("svg") == 3
    for words in (
        "9 tệp = 3 xong + 3 lỗi + 1 giữ lại + 1 bỏ qua + 1 đang chờ",
        "Đang chạy",
        "Quá thời gian",
        "hộp 2/d.pdf &lt;không&gt; đọc được.",
        "cùng nội dung, bản quét khác",
        "sohoa batch &#x27;hồ sơ&#x27; -o ra --evidence --redo failed",
    ):
        assert words in page


def test_every_plot_has_a_title_and_a_description_for_those_who_do_not_see_it(out: Path) -> None:
    page = status_page(read_status(out))
    for drawn in regex.findall(r"<svg.*?</svg>", page, regex.DOTALL):
        svg = ET.fromstring(drawn)
        named = svg.attrib["aria-labelledby"].split()
        assert svg.attrib["role"] == "img"
        assert {child.attrib["id"] for child in svg if "id" in child.attrib} == set(named)
        assert all(child.text for child in svg if child.tag in {"title", "desc"})


def test_a_page_of_an_empty_batch(tmp_path: Path) -> None:
    page = status_page(Status(tmp_path, _NOON, (), run=None))
    assert "<svg" not in page
    assert "0 tệp" in page


def test_columns_stand_over_the_scale() -> None:
    svg = ET.fromstring(column_plot("k", "t", "d", [Bar("a", 5, ""), Bar("b", 10, "")], across="x", up="y"))
    small, large = (float(bar.attrib["height"]) for bar in svg.iter("rect"))
    assert large == pytest.approx(2 * small, abs=0.11)
    texts = [text.text for text in svg.iter("text")]
    assert {"0", "2", "10", "a", "b", "x", "y"} <= set(texts)


def test_there_are_no_half_documents_on_a_scale() -> None:
    svg = ET.fromstring(column_plot("k", "t", "d", [Bar("a", 1, ""), Bar("b", 0, "")], across="", up="", end="1,00"))
    assert [text.text for text in svg.iter("text")] == ["0", "1", "a", "b", "1,00", None, None]


def test_numbers_are_written_as_here() -> None:
    svg = ET.fromstring(column_plot("k", "t", "d", [Bar("a", 2_400, ""), Bar("b", 0.5, "")], across="", up=""))
    assert {"0", "500", "2.500"} <= {text.text for text in svg.iter("text")}
    small = ET.fromstring(column_plot("k", "t", "d", [Bar("a", 0.9, "")], across="", up=""))
    assert "0,6" in {text.text for text in small.iter("text")}


def test_rows_tell_their_values_as_text() -> None:
    svg = ET.fromstring(row_plot("k", "t", "d", [Bar("tên <rất> dài " * 5, 7, ""), Bar("b", 0, "")]))
    assert {"7", "0", "b"} <= {text.text for text in svg.iter("text")}


@pytest.mark.parametrize("most", [0.04, 1, 4.9, 17, 99, 1234, 10**6])
def test_few_ticks_cover_every_scale(most: float) -> None:
    assert 1 < most / nice_step(most) <= 5.001


def test_the_quarantine_tells_why_what_to_do_and_how_to_try_again(out: Path) -> None:
    write_quarantine(out, _entries())
    rows = list(csv.DictReader(io.StringIO((out / QUARANTINE_CSV).read_text("utf-8-sig"))))
    assert [row["Tệp"] for row in rows] == ["hộp 1/c.pdf", "hộp 2/d.pdf", "hộp 2/e.pdf", "hộp 2/f.pdf"]
    assert [row["Thử lại có ích không"] for row in rows] == [
        "Chỉ sau khi thay hoặc sửa tệp",
        "Có",
        "Có",
        "Khi có quyết định",
    ]
    assert rows[0]["Loại lỗi"] == "Có mật khẩu"
    assert rows[0]["Lý do"] == "Tệp đặt mật khẩu, không mở được."
    assert list(rows[0])[-1] == "Thông báo gốc (tiếng Anh)"
    assert rows[1]["Lệnh thử lại"].endswith("--redo failed --timeout-per-page 360")
    sheet = openpyxl.load_workbook(out / QUARANTINE_XLSX).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [row["Tệp"] for row in rows]


def test_no_quarantine_is_left_when_nothing_fails_any_more(out: Path) -> None:
    write_quarantine(out, _entries())
    write_quarantine(out, [_done("a", 1)])
    assert not (out / QUARANTINE_CSV).exists()
    assert not (out / QUARANTINE_XLSX).exists()


def test_the_command_tells_and_writes_where_it_is_told_to_and_nowhere_else(out: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    files = [tmp_path / name for name in ("a.csv", "a.xlsx", "a.html")]
    result = CliRunner().invoke(
        app, ["status", str(out), "--csv", str(files[0]), "--xlsx", str(files[1]), "--html", str(files[2])]
    )
    assert result.exit_code == 0
    assert "9 inputs = 3 done + 3 failed + 1 held + 1 skipped + 1 waiting" in result.output
    assert "Running: 6 pages read, 3.0 pages per minute, time left: 1 min." in result.output
    assert all(file.stat().st_size for file in files)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_that_is_no_output_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["status", str(tmp_path)])
    assert result.exit_code == 4
    assert "no output folder" in result.output
    assert not list(tmp_path.iterdir())
