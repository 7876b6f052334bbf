"""``sohoa appraise`` from dossiers of texts to forms: what it writes, what it keeps, what it says is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from appraise.appraisal import Appraisal
from appraise.dossier import Dossier
from appraise.outputs.appraisal_file import read_appraisal
from appraise.rule_files.rules_file import rules_as_yaml
from normalize.errors import ExitCode, NotFoundError, UsageError
from sohoa import appraising, cli
from sohoa.dossier_inputs import day_of, dossier_inputs
from tests.appraise.appraisals import rules

SUBMISSION = """UBND HUYỆN LONG PHÚ
Số: 15/TTr-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Long Phú, ngày 25 tháng 7 năm 2031
TỜ TRÌNH
Về việc đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh

Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh

UBND huyện Long Phú đề nghị tặng Bằng khen cho 01 tập thể:
1. Nhân dân và cán bộ xã Bãi Sậy, huyện Long Phú.
"""
REPORT = """UBND XÃ BÃI SẬY
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bãi Sậy, ngày 20 tháng 7 năm 2031
BÁO CÁO THÀNH TÍCH
Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh

Tên đơn vị: Xã Bãi Sậy

Đến tháng 6/2031 xã đạt 17/19 tiêu chí.
"""


def sohoa(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def dossier(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / f"{name}.txt").write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def rule_file(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(rules_as_yaml(rules()), "utf-8")
    return path


def test_dossiers_get_a_folder_each_and_one_summary(tmp_path: Path, rule_file: Path) -> None:
    first = dossier(tmp_path / "vao" / "Long Phú #1", totrinh=SUBMISSION, baocao=REPORT, received="ngày 29/7/2031")
    second = dossier(tmp_path / "vao" / "hai", totrinh=SUBMISSION.replace("15/TTr", "16/TTr"), hong=b"\x00\x01" * 99)
    out = tmp_path / "ra"
    arguments = ("appraise", first, second, "--rules", rule_file, "-o", out, "--workers", 0)
    result = sohoa(*arguments)
    assert result.exit_code == ExitCode.SOME_FAILED, result.output
    assert "hai/hong.txt" in result.stderr
    assert "4 inputs = 3 done + 1 failed + 0 held + 0 skipped" in result.stdout
    held = read_appraisal(out / "Long Phú #1" / "appraisal.json")
    assert held.received == "2031-07-29"
    assert held.submission is not None
    assert "15/TTr-UBND" in held.submission
    assert any("hong.txt" in warning for warning in read_appraisal(out / "hai" / "appraisal.json").warnings)
    assert openpyxl.load_workbook(out / "bang-tong-hop.xlsx").sheetnames[0] == "Tổng hợp"
    forms = list((out / "Long Phú #1").glob("phieu-tham-dinh-*.docx"))
    assert len(forms) == len(held.candidates)
    assert not list(first.parent.rglob("*.json"))  # the dossiers themselves stay as they are

    before = (out / "bang-tong-hop.xlsx").read_bytes()
    again = sohoa(*arguments)
    assert "4 inputs = 0 done + 1 failed + 0 held + 3 skipped" in again.stdout
    assert (out / "bang-tong-hop.xlsx").read_bytes() == before


def test_a_changed_output_is_kept_and_told(tmp_path: Path, rule_file: Path) -> None:
    given = dossier(tmp_path / "mot", totrinh=SUBMISSION)
    arguments = ("appraise", given, "--rules", rule_file, "-o", tmp_path / "ra", "--workers", 0)
    assert sohoa(*arguments).exit_code == 0
    mine = tmp_path / "ra" / "mot" / "appraisal.json"
    mine.write_text(mine.read_text("utf-8").replace("15/TTr", "51/TTr"), "utf-8")
    changed = mine.read_bytes()
    result = sohoa(*arguments, "--received", "30/7/2031")
    assert "mot/appraisal.json was changed by a person" in result.stderr
    assert mine.read_bytes() == changed
    assert read_appraisal(mine.with_name("appraisal (bản mới).json")).received == "2031-07-30"


def test_a_dossier_that_fails_is_listed_and_the_next_one_goes_on(
    tmp_path: Path, rule_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [dossier(tmp_path / name, totrinh=SUBMISSION.replace("15/", f"{name}/")) for name in ("1", "2")]
    real = appraising.appraise

    def fault(held: Dossier, *others: Any) -> Appraisal:
        if held.name == "1":
            raise RuntimeError("injected")
        return real(held, *others)

    monkeypatch.setattr(appraising, "appraise", fault)
    result = sohoa("appraise", *paths, "--rules", rule_file, "-o", tmp_path / "ra", "--workers", 0)
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "1: Reading ended with an unexpected RuntimeError" in result.stderr
    assert (tmp_path / "ra" / "2" / "appraisal.json").is_file()
    sheet = openpyxl.load_workbook(tmp_path / "ra" / "bang-tong-hop.xlsx")["Hồ sơ"]
    assert "Không thẩm định được" in {row[1].value: row[6].value for row in sheet.iter_rows()}["1"]


def test_one_file_is_a_dossier_too(tmp_path: Path, rule_file: Path) -> None:
    given = dossier(tmp_path / "vao", ho_so=SUBMISSION) / "ho_so.txt"
    result = sohoa("appraise", given, "--rules", rule_file, "-o", tmp_path / "ra", "--workers", 0)
    assert result.exit_code == 0, result.output
    assert read_appraisal(tmp_path / "ra" / "ho_so.txt" / "appraisal.json").dossier == "ho_so.txt"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--received", "hôm qua"), ExitCode.USAGE, "--received"),
        (("--registry", "khong-co.csv"), ExitCode.BAD_INPUT, "khong-co.csv"),
        (("--lists", "khong-co"), ExitCode.BAD_INPUT, "khong-co"),
        (("--templates", "khong-co"), ExitCode.USAGE, "khong-co"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_read(
    tmp_path: Path, rule_file: Path, options: tuple[str, str], code: ExitCode, said: str
) -> None:
    given = dossier(tmp_path / "mot", totrinh=SUBMISSION)
    result = sohoa("appraise", given, "--rules", rule_file, "-o", tmp_path / "ra", *options)
    assert result.exit_code == code
    assert said in result.stderr
    assert not (tmp_path / "ra").exists()


def test_a_dossier_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="khong-co"):
        dossier_inputs([tmp_path / "khong-co"], out=tmp_path / "ra", received=None, pages_in_folders=False)


def test_dossiers_of_one_name_and_reserved_names_have_folders_of_their_own(tmp_path: Path) -> None:
    paths = [dossier(tmp_path / each / name, a="x") for each in "ab" for name in ("mot", "van-ban-da-doc")]
    found = dossier_inputs([*paths, paths[0]], out=tmp_path / "ra", received=None, pages_in_folders=False)
    assert [each.name for each in found] == ["mot", "van-ban-da-doc~2", "mot~2", "van-ban-da-doc~3"]
    assert [item.key for each in found for item in each.inputs] == [f"{each.name}/a.txt" for each in found]


def test_a_day_that_cannot_be_read_is_told_and_not_guessed(tmp_path: Path) -> None:
    given = dossier(tmp_path / "mot", a="x", received="cuối tháng bảy")
    (found,) = dossier_inputs([given], out=tmp_path / "ra", received=None, pages_in_folders=False)
    assert found.received is None
    assert [name for name, _ in found.unread] == ["received.txt"]
    (found,) = dossier_inputs([given], out=tmp_path / "ra", received="2031-07-29", pages_in_folders=False)
    assert (found.received, found.unread) == ("2031-07-29", ())


@pytest.mark.parametrize("text", ["31/6/2031", "29/7", "29/7/2031 hoặc 30/7/2031", ""])
def test_no_day_is_made_up(text: str) -> None:
    assert day_of(text) is None


def test_the_output_folder_is_no_dossier(tmp_path: Path) -> None:
    given = dossier(tmp_path / "mot", a="x")
    with pytest.raises(UsageError):
        dossier_inputs([given], out=given, received=None, pages_in_folders=False)
