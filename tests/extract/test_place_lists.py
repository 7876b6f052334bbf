from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from extract.place_lists import PlaceList, Unit, place_key
from normalize.errors import NotFoundError, UsageError

LIST = """# An invented province.
kind\tname\tdistrict\tprovince\tfrom\tuntil\tcode
tỉnh\tLam Khê\t\t\t\t\t
huyện\tMường Lâm\t\ttỉnh Lam Khê\t\t2025-06-30\t
xã\tBản Tằm\thuyện Mường Lâm\ttỉnh Lam Khê\t\t2025-06-30\t90001
xã\tBản Tằm\t\ttỉnh Lam Khê\t2025-07-01\t\t90002
"""


def test_a_list_of_the_users_own_plain_and_compressed(tmp_path: Path):
    plain, packed = tmp_path / "places.tsv", tmp_path / "places.tsv.xz"
    plain.write_text(LIST, encoding="utf-8")
    packed.write_bytes(lzma.compress(LIST.encode()))
    for path in (plain, packed):
        old, new = PlaceList.load(path).named(place_key("BẢN TẰM"), "xã")
        assert (old.code, old.valid) == ("90001", (None, "2025-06-30"))
        assert (new.code, new.district) == ("90002", None)


@pytest.mark.parametrize(
    "text",
    [
        "kind\tname\nxã\tBản Tằm\n",
        LIST.replace("xã", "làng lớn"),
        LIST.replace("2025-07-01", "1/7/2025"),
        LIST.replace("2025-07-01", "2025-13-01"),
        "",
    ],
)
def test_a_list_with_errors_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "places.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        PlaceList.load(path)


def test_no_list_and_no_text(tmp_path: Path):
    with pytest.raises(NotFoundError):
        PlaceList.load(tmp_path / "none.tsv")
    broken = tmp_path / "places.tsv.xz"
    broken.write_bytes(b"\xfd7zXZ but no more")
    with pytest.raises(UsageError):
        PlaceList.load(broken)


@pytest.mark.parametrize(
    ("day", "existed"),
    [
        ("2019-05-31", False),
        ("2020-01-01", True),
        ("2020", True),
        ("2025-06", True),
        ("2025-07", False),
        ("2026", False),
    ],
)
def test_days_months_and_years(day: str, existed: bool):
    unit = Unit("xã", "Bản Tằm", None, "tỉnh Lam Khê", ("2020-01-01", "2025-06-30"))
    assert unit.existed(day) is existed


def test_the_list_of_the_package_is_whole():
    units = PlaceList.default().units
    today = [unit for unit in units if unit.existed("2025-07-01")]
    assert sum(unit.level == 1 for unit in today) == 34
    assert sum(unit.level == 2 for unit in today) == 0
    assert sum(unit.level == 3 for unit in today) == 3321  # 2,621 xã, 687 phường, 13 đặc khu
    assert sum(unit.level == 1 for unit in units if unit.existed("2019-12-01")) == 63
    provinces = {unit.full for unit in units if unit.level == 1}
    assert all(unit.province in provinces for unit in units if unit.level > 1)
    districts = {(unit.full, unit.province) for unit in units if unit.level == 2}
    assert all((unit.district, unit.province) in districts for unit in units if unit.district)


def test_every_commune_of_a_day_is_one_where_its_district_is_named():
    """Of 2019 and of 2025, in the whole country: kind, name and district (province) name one unit."""
    for day in ("2019-11-01", "2025-07-01"):
        communes = [unit for unit in PlaceList.default().units if unit.level == 3 and unit.existed(day)]
        keys = {unit.triple for unit in communes}
        assert len(keys) == len(communes)
