"""`sohoa restore`: what it writes and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sohoa.cli import app

BROKEN = "Can ctr Quyét dinh s6 45/QD-UBND ngay 03/5/2019 cua Uy ban nhan dan tinh vé viéc\r\nban hanh ké hoach.\r\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "cu.txt"
    path.write_bytes(BROKEN.encode())
    return path


def restore(*arguments: object, given: bytes | None = None):
    return CliRunner().invoke(app, ["restore", *map(str, arguments)], input=given)


def test_text_report_and_page(broken: Path, tmp_path: Path) -> None:
    out, report, html = tmp_path / "moi.txt", tmp_path / "moi.json", tmp_path / "moi.html"
    result = restore(broken, "-o", out, "--report", report, "--html", html)
    assert (result.exit_code, result.stdout) == (0, "")
    text = out.read_bytes().decode()
    assert text.startswith("Căn cứ Quyết định số 45/QĐ-UBND ngày 03/5/2019 của Ủy ban nhân dân tỉnh")
    assert text.count("\r\n") == 2
    changes = json.loads(report.read_text("utf-8"))["changes"]
    assert all(BROKEN[change["start"] : change["end"]] == change["old"] for change in changes)
    assert "Quyét" in html.read_text("utf-8")
    assert broken.read_bytes() == BROKEN.encode()


def test_standard_input_to_standard_output() -> None:
    result = restore("-", given=BROKEN.encode())
    assert result.exit_code == 0
    assert "Căn cứ Quyết định" in result.stdout


def test_right_text_stays_as_it_is(tmp_path: Path) -> None:
    right = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV.\n"
    path = tmp_path / "dung.txt"
    path.write_text(right, "utf-8")
    assert restore(path).stdout == right


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        (b"", (), 4),
        (b"\x00\x01\x02\xff" * 100, (), 4),
        (b"%PDF-1.7\n", (), 4),
        (BROKEN.encode(), ("--min-probability", "2"), 2),
        (BROKEN.encode(), ("-o", "nowhere/at/all.txt"), 9),
    ],
)
def test_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, arguments, code: int) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    result = restore(path, *arguments)
    assert result.exit_code == code, result.output


def test_evaluate_restore(broken: Path, tmp_path: Path) -> None:
    truth = tmp_path / "dung.txt"
    truth.write_text(
        "Căn cứ Quyết định số 45/QĐ-UBND ngày 03/5/2019 của Ủy ban nhân dân tỉnh về việc\nban hành kế hoạch.\n", "utf-8"
    )
    arguments = ["evaluate", "restore", "--broken", str(broken), "--truth", str(truth), "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    scores = json.loads(result.stdout)
    assert scores["wer"] < scores["wer_before"]
    assert scores["figures"] == scores["figures_exact"]
    assert CliRunner().invoke(app, ["evaluate", "restore"]).exit_code == 2
    assert CliRunner().invoke(app, ["evaluate", "scans"]).exit_code == 2
