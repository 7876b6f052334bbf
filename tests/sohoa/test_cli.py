"""The command as people type it: what it prints where, and what it returns to the shell."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from normalize.errors import ExitCode
from ocr import tesseract
from sohoa import cli

SECRET = "UBND XÃ LONG PHÚ\nSố: 01/BC-UBND\nMẬT\nBÁO CÁO\nVề thôn Bãi Sậy\n"


def sohoa(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def sohoa_process(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: PDF libraries and a runner's stand-ins for stderr do not go together."""
    command = [sys.executable, "-m", "sohoa", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8", timeout=120)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_help_names_every_exit_code() -> None:
    result = sohoa("--help")
    assert result.exit_code == 0
    documented = {int(code) for code in re.findall(r"^ *(\d+)  ", result.stdout, re.MULTILINE)}
    assert documented == {int(code) for code in ExitCode}
    for command in ("read", "batch", "extract", "doctor", "restore", "synthesize", "evaluate"):
        assert f"\n  {command} " in result.stdout


@pytest.mark.slow
def test_a_scan_is_read(drawn_page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = drawn_page.read_bytes()
    result = sohoa_process("read", drawn_page, "-o", out, "--workers", 0)
    assert result.returncode == 0, result.stderr
    assert "1 inputs = 1 done + 0 failed + 0 held + 0 skipped" in result.stdout
    assert "15/TB-PNV" in result.stdout
    assert "2031-05-12" in result.stdout
    assert sorted(path.name for path in (out / "page.png").iterdir()) == [
        "evidence-1.png",
        "pages.json",
        "record.json",
        "searchable.pdf",
        "text.txt",
    ]
    assert "họp thôn Bãi Sậy" in (out / "page.png" / "text.txt").read_text("utf-8")
    record = json.loads((out / "page.png" / "record.json").read_text("utf-8"))
    assert record["schema"] == "sohoa/record/1"
    assert record["document"]["number"]["value"] == "15"
    with pikepdf.open(out / "page.png" / "searchable.pdf") as pdf:
        assert len(pdf.pages) == 1
    with (out / "muc-luc-van-ban.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][1:3] == ["15/TB-PNV", "12/05/2031"]
    assert drawn_page.read_bytes() == before

    again = sohoa_process("read", drawn_page, "-o", out, "--workers", 0)
    assert "1 inputs = 0 done + 0 failed + 0 held + 1 skipped" in again.stdout


@pytest.mark.slow
def test_extract_prints_json_and_nothing_else(drawn_page: Path) -> None:
    command = [sys.executable, "-m", "sohoa", "extract", str(drawn_page)]
    run = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(run.stdout)["document"]["number"]["value"] == "15"
    assert list(drawn_page.parent.iterdir()) == [drawn_page]


def test_extract_from_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("UBND XÃ LONG PHÚ\nSố: 05/BC-UBND\nBÁO CÁO\nVề thôn Bãi Sậy\n", "utf-8")
    result = sohoa("extract", path)
    assert result.exit_code == 0, result.stderr
    number = json.loads(result.stdout)["document"]["number"]
    assert number["value"] == "05"
    assert number["where"] == []
    text = path.read_text("utf-8")
    assert "05" in text[slice(*number["span"])]


def _encrypted(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="x", owner="y"))


def _settings(path: Path) -> Path:
    path.write_text("[limits]\nfile_bytes = 10\n", "utf-8")
    return path


CASES = {
    "missing.pdf": (lambda path: None, ExitCode.BAD_INPUT, "Check the path"),
    "empty.pdf": (lambda path: path.write_bytes(b""), ExitCode.BAD_INPUT, "has no bytes"),
    "page.pdf": (lambda path: path.write_text("<html>", "utf-8"), ExitCode.BAD_INPUT, "Give a PDF"),
    "data.json": (lambda path: path.write_text("{}", "utf-8"), ExitCode.BAD_INPUT, "Give a PDF"),
    "cut.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj"), ExitCode.BAD_INPUT, "another copy"),
    "locked.pdf": (_encrypted, ExitCode.ENCRYPTED, "without a password"),
    "secret.txt": (lambda path: path.write_text(SECRET, "utf-8"), ExitCode.HELD, "--allow-secret"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_bad_file_says_what_and_what_to_do(tmp_path: Path, name: str) -> None:
    make, code, todo = CASES[name]
    make(tmp_path / name)
    for command in (["read", "-o", tmp_path / "out", "--workers", 0], ["extract"]):
        result = sohoa(*command, tmp_path / name)
        assert result.exit_code == code
        assert name in result.stderr
        assert todo in flat(result.stderr)
        assert "Traceback" not in result.stderr
        assert "Bãi Sậy" not in result.output


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Biên bản họp thôn", "utf-8")
    settings = _settings(tmp_path / "sohoa.toml")
    result = sohoa("extract", tmp_path / "a.txt", "--settings", settings)
    assert result.exit_code == ExitCode.TOO_LARGE
    assert "file_bytes" in result.stderr


@pytest.mark.parametrize("text", ["limits = 3", "[limits]\npage = 1", "evidence = 'perhaps'", "= ="])
def test_wrong_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "sohoa.toml").write_text(text, "utf-8")
    result = sohoa("extract", tmp_path / "a.txt", "--settings", tmp_path / "sohoa.toml")
    assert result.exit_code == ExitCode.USAGE
    assert "sohoa.toml" in flat(result.stderr)


def test_some_failed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Biên bản họp thôn Bãi Sậy", "utf-8")
    (tmp_path / "in" / "b.pdf").write_bytes(b"")
    result = sohoa("batch", tmp_path / "in", "-o", tmp_path / "out", "--workers", 0)
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "2 inputs = 1 done + 1 failed + 0 held + 0 skipped" in result.stdout
    assert "b.pdf has no bytes." in result.stderr


def test_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.txt").write_text("x", "utf-8")
    for arguments in (
        ["read", tmp_path / "a.txt"],
        ["read", tmp_path / "in", "-o", tmp_path / "out"],
        ["batch", tmp_path / "in", "-o", tmp_path / "out"],
        ["batch", tmp_path / "a.txt", "-o", tmp_path / "out"],
        ["batch", tmp_path, "-o", tmp_path / "out", "--settle", "5"],
        ["batch", tmp_path, "-o", tmp_path / "out", "--max-failures", "101%"],
        ["batch", tmp_path / "in", "-o", tmp_path / "in"],
        ["read", tmp_path / "a.txt", "-o", tmp_path / "out", "--as", "a/b"],
        ["evaluate", "sounds", tmp_path],
        ["restore"],
    ):
        result = sohoa(*arguments)
        assert result.exit_code == ExitCode.USAGE, arguments
        assert result.stderr


def test_a_missing_tesseract_ends_the_run(drawn_page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.version.cache_clear()
    result = sohoa("read", drawn_page, "-o", tmp_path / "out", "--workers", 0)
    assert result.exit_code == ExitCode.MISSING_DEPENDENCY
    assert "sohoa doctor" in result.stderr


def test_synthesize_and_evaluate(tmp_path: Path) -> None:
    result = sohoa("synthesize", tmp_path / "made", "--count", 1, "--seed", 3)
    assert result.exit_code == 0, result.stderr
    assert len(list((tmp_path / "made").glob("*/scan.pdf"))) == 1
    result = sohoa("evaluate", "scans", tmp_path / "nothing")
    assert result.exit_code == ExitCode.USAGE
