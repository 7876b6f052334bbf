"""`sohoa guideline`: rules and workbook written, checked, and brought up to date with what people did."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from appraise.rule_files.rules_file import read_rules
from sohoa.cli import app

GUIDELINE = Path(__file__).parents[1] / "appraise" / "data" / "guideline_roads.txt"


def run(*arguments):
    return CliRunner().invoke(app, ["guideline", *map(str, arguments)])


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "rules.yaml"
    result = run(GUIDELINE, "-o", path)
    assert result.exit_code == 0, result.output
    return path


def test_rules_and_workbook_are_written_and_hold(rules):
    assert len(read_rules(rules).criteria) == 3
    for path in (rules, rules.with_suffix(".xlsx")):
        result = run("--check", path)
        assert (result.exit_code, "3 criteria, 0 confirmed" in result.output) == (0, True)


def test_a_filled_workbook_goes_into_the_rules_and_is_kept(rules):
    sheet = rules.with_suffix(".xlsx")
    workbook = load_workbook(sheet)
    page = workbook["Tiêu chuẩn"]
    page["J5"], page["K5"], page["L5"] = "x", "Lý Văn Khê", "09/03/2031"
    workbook.save(sheet)
    assert run(sheet, "-o", rules).exit_code == 0
    assert read_rules(rules).criteria[0].by == "Lý Văn Khê"
    assert load_workbook(sheet)["Tiêu chuẩn"]["J5"].value == "x"
    assert sheet.with_name("rules (bản trước).xlsx").exists()


def test_faults_end_with_an_exit_code_and_nothing_is_overwritten(rules):
    broken = rules.read_text(encoding="utf-8").replace("unit: đồng", "unit: triệu")
    rules.write_text(broken, encoding="utf-8")
    for arguments in (("--check", rules), (GUIDELINE, "-o", rules)):
        result = run(*arguments)
        assert result.exit_code == 4
        assert "rules.yaml, line" in result.output
    assert rules.read_text(encoding="utf-8") == broken


@pytest.mark.parametrize("arguments", [(), (GUIDELINE, "-o", "rules.json")])
def test_wrong_usage(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2
    assert not list(tmp_path.iterdir())
