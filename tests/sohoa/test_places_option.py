"""``--places``: the list of administrative units that places in a text are looked up in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from sohoa import cli
from tests.sohoa.conftest import draw_page

LIST = """\
# units of a province that does not exist
kind\tname\tdistrict\tprovince\tfrom\tuntil\tcode
tỉnh\tLam Khê\t\t\t\t\t
huyện\tMường Lâm\t\ttỉnh Lam Khê\t\t2030-06-30\tL1
xã\tBãi Sậy\thuyện Mường Lâm\ttỉnh Lam Khê\t\t2030-06-30\tL11
"""
TEXT = "UBND XÃ BÃI SẬY\nSố: 05/BC-UBND\nBãi Sậy, ngày 12 tháng 5 năm 2029\nBÁO CÁO\nKết quả của xã Bãi Sậy.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def places(tmp_path: Path) -> Path:
    path = tmp_path / "places.tsv"
    path.write_text(LIST, "utf-8")
    return path


def sohoa(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def commune(record: str) -> dict[str, object]:
    found = [item["value"] for item in json.loads(record)["values"] if item["kind"] == "place"]
    return next(value for value in found if value["name"] == "Bãi Sậy")


def test_the_list_tells_district_province_and_code(report: Path, places: Path) -> None:
    result = sohoa("extract", report, "--places", places)
    assert result.exit_code == 0, result.stderr
    value = commune(result.stdout)
    assert (value["district"], value["province"], value["code"]) == ("huyện Mường Lâm", "tỉnh Lam Khê", "L11")


def test_without_the_option_it_is_a_commune_of_the_country(report: Path) -> None:
    value = commune(sohoa("extract", report).stdout)
    assert value["province"] != "tỉnh Lam Khê"
    assert value.get("code") != "L11"


def test_read_writes_records_by_that_list_too(report: Path, places: Path, tmp_path: Path) -> None:
    result = sohoa("read", report, "--out", tmp_path / "out", "--places", places)
    assert result.exit_code == 0, result.stderr
    record = next((tmp_path / "out").rglob("record.json")).read_text("utf-8")
    assert commune(record)["code"] == "L11"


def test_a_list_that_is_not_there(report: Path, tmp_path: Path) -> None:
    result = sohoa("extract", report, "--places", tmp_path / "none.tsv")
    assert result.exit_code != 0
    assert "none.tsv" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_list_without_its_columns(report: Path, places: Path) -> None:
    places.write_text("kind\tname\nxã\tBãi Sậy\n", "utf-8")
    result = sohoa("extract", report, "--places", places)
    assert result.exit_code != 0
    assert "district, province" in " ".join(result.stderr.split())


def test_evaluation_reads_by_that_list_too(places: Path, tmp_path: Path) -> None:
    places.write_text(LIST.replace("Mường Lâm", "Long Phù"), "utf-8")
    page = draw_page(
        tmp_path / "page.png", body=("THÔNG BÁO", "Về việc họp thôn Bãi Sậy", "Ủy ban nhân dân tỉnh Lam Khê")
    )
    folder = tmp_path / "truth"
    folder.mkdir()
    with Image.open(page) as image:  # of Long Phú, which the country has
        image.save(folder / "scan.pdf", resolution=200)
    (folder / "fields.json").write_text('{"place": "Long Phù"}', "utf-8")
    for options, verdict in (((), "wrong"), (("--places", places), "right")):
        result = sohoa("evaluate", "fields", folder, "--json", *options)
        assert result.exit_code == 0, result.stderr
        assert json.loads(result.stdout)["fields"]["place"][verdict] == 1
