"""The doctor finds what is here, and says how to get what is not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from normalize.errors import ExitCode
from ocr import tesseract
from sohoa import cli
from sohoa.doctor import Check, as_table, examine


@pytest.fixture(autouse=True)
def _forget() -> None:
    tesseract.version.cache_clear()
    tesseract.languages.cache_clear()


def _findings() -> dict[str, Check]:
    return {check.what: check for check in examine()}


def test_everything_is_here() -> None:
    findings = _findings()
    assert all(check.is_well for check in findings.values()), findings
    assert findings["Tesseract"].found[0].isdigit()
    assert {"Tesseract model vie", "Tesseract model osd", "opencv-python"} <= set(findings)
    result = CliRunner().invoke(cli.app, ["doctor"])
    assert result.exit_code == 0
    assert findings["Tesseract"].found in result.stdout


@pytest.fixture
def _no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("_no_tesseract")
def test_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    findings = _findings()
    assert findings["Tesseract"].remedy == "sudo apt-get install -y tesseract-ocr"
    assert findings["Tesseract model vie"].remedy == "sudo apt-get install -y tesseract-ocr-vie"
    assert findings["numpy"].is_well
    result = CliRunner().invoke(cli.app, ["doctor"])
    assert result.exit_code == ExitCode.MISSING_DEPENDENCY
    assert "apt-get install -y tesseract-ocr-vie" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="the double is a shell script")
def test_without_the_vietnamese_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    double = tmp_path / "tesseract"
    double.write_text(
        "#!/bin/sh\n"
        'case "$1" in --version) echo "tesseract 5.3.0";; '
        '*) echo "List of available languages in x (2):"; echo eng; echo osd;; esac\n',
        "utf-8",
    )
    double.chmod(double.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    findings = _findings()
    assert findings["Tesseract model osd"].is_well
    assert not findings["Tesseract model vie"].is_well


def test_a_library_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setitem(__import__("sys").modules, "cv2", None)  # what import does where libGL is missing: ImportError
    assert _findings()["opencv-python"].remedy == "sudo apt-get install -y libgl1 libglib2.0-0"


def test_optional_things_are_no_failure() -> None:
    check = Check("font", "", needed=False, remedy="get it")
    assert check.is_well
    console = Console(width=100, record=True, file=__import__("io").StringIO())
    console.print(as_table([check]))
    assert "missing (optional)" in console.export_text()
