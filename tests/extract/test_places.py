from __future__ import annotations

from pathlib import Path

import pytest

from extract.patterns import Found, Source
from extract.place_lists import PlaceList, Unit
from extract.places import find_places
from normalize.folding import fold_aligned
from tests.extract.test_place_lists import LIST


def found(text: str, **settings) -> list[Found]:
    return find_places(Source(text, fold_aligned(text)), **settings)


def triples(text: str, **settings) -> list[tuple]:
    return [
        tuple(item.value[part] for part in ("kind", "name", "district", "province")) for item in found(text, **settings)
    ]


LANG_SON = "tỉnh Lạng Sơn"
HUU_LUNG = "huyện Hữu Lũng"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("xã Tân Thành, huyện Hữu Lũng, tỉnh Lạng Sơn", ("xã", "Tân Thành", HUU_LUNG, LANG_SON)),
        ("xã Tân Thành huyện Hữu Lũng", ("xã", "Tân Thành", HUU_LUNG, LANG_SON)),
        ("xã Tân Thành (huyện Hữu Lũng)", ("xã", "Tân Thành", HUU_LUNG, LANG_SON)),
        ("xã Tân Thành, Hữu Lũng, Lạng Sơn", ("xã", "Tân Thành", HUU_LUNG, LANG_SON)),
        ("XÃ TÂN THÀNH, HUYỆN HỮU LŨNG", ("xã", "Tân Thành", HUU_LUNG, LANG_SON)),
        ("xã Yên\nSơn thuộc huyện Hữu Lũng", ("xã", "Yên Sơn", HUU_LUNG, LANG_SON)),
        ("TP. Hồ Chí Minh", ("thành phố", "Hồ Chí Minh", None, None)),
        ("Quận 1, thành phố Hồ Chí Minh", ("quận", "1", None, "thành phố Hồ Chí Minh")),
        ("tỉnh Bà Rịa – Vũng Tàu", ("tỉnh", "Bà Rịa - Vũng Tàu", None, None)),
        ("Tuyên Quang, ngày 02 tháng 3", ("tỉnh", "Tuyên Quang", None, None)),
        ("tỉnh Hòa Bình", ("tỉnh", "Hoà Bình", None, None)),  # the older spelling, as the list has it
        ("xã Đạ K’Nàng", ("xã", "Đạ K' Nàng", "huyện Đam Rông", "tỉnh Lâm Đồng")),
    ],
)
def test_a_place_is_its_kind_name_and_district(text: str, first: tuple):
    assert triples(text, day="2019-05-31")[0] == first


def test_lists_share_the_kind_before_and_the_district_behind():
    places = triples("các xã: Yên Sơn, Hòa Bình và Minh Tiến (huyện Hữu Lũng)", day="2019")
    assert [place[1] for place in places] == ["Yên Sơn", "Hòa Bình", "Minh Tiến", "Hữu Lũng"]
    assert {place[2] for place in places[:3]} == {HUU_LUNG}


def test_the_day_chooses_the_borders():
    text = "xã Gia Lộc, tỉnh Lạng Sơn; xã Thiện Tân, tỉnh Lạng Sơn"
    before, after = found(text, day="2019-12-31"), found(text, day="2020-01-01")
    assert before[2].strength < after[2].strength  # made on 1 January 2020
    assert [item.value["valid"] for item in after if item.value["name"] == "Thiện Tân"] == [
        ["2020-01-01", "2025-06-30"]
    ]
    (now, *_) = found("xã Hữu Lũng, tỉnh Lạng Sơn", day="2025-09-10")
    assert (now.value["district"], now.value["code"], now.value["valid"]) == (None, "06385", ["2025-07-01", None])


def test_a_name_that_many_have_stays_open_and_keeps_all_of_them():
    (item,) = found("xã Tân Lập", day="2019-05-31")
    assert (item.value["name"], item.value["district"], item.rule) == ("Tân Lập", None, "place.open")
    assert len(item.others) > 20
    assert all(other["name"] == "Tân Lập" and other["district"] for other in item.others)


@pytest.mark.parametrize(
    "within", [("UBND HUYỆN HỮU LŨNG",), ("ỦY BAN NHÂN DÂN XÃ YÊN VƯỢNG", "Hữu Lũng"), ("Thị trấn Hữu Lũng",)]
)
def test_the_head_narrows_what_is_open(within: tuple[str, ...]):
    (item,) = found("xã Tân Thành", day="2019-05-31", within=within)
    assert (item.value["district"], item.others) == (HUU_LUNG, ())


def test_the_district_named_before_narrows_what_is_open():
    text = "Huyện Hữu Lũng có các đơn vị:\n1. Xã Tân Thành\n2. Xã Yên Sơn"
    assert {place[2] for place in triples(text, day="2019")[1:]} == {HUU_LUNG}


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("xã Tân Thanh, huyện Hữu Lũng", "Tân Thành", "restored"),
        ("thành phó Đà Nẵng", "Đà Nẵng", "restored"),
        ("huyen Huu Lung", "Hữu Lũng", "restored"),
        ("huyện Hữu Lũng", "Hữu Lũng", "read"),
    ],
)
def test_lost_marks_come_back_from_the_list_with_doubt(text: str, name: str, status: str):
    item = found(text, day="2019")[0]
    assert (item.value["name"], item.status) == (name, status)
    assert (item.strength < 0.7) is (status == "restored")


def test_marks_as_printed_beat_folded_matches():
    """Thanh Sơn and Thành Sơn are communes of two districts of Thanh Hóa; either is found as printed."""
    for name in ("Thanh Sơn", "Thành Sơn"):
        (item, *_) = found(f"xã {name}, tỉnh Thanh Hóa", day="2019")
        assert {value["name"] for value in (item.value, *item.others)} == {name}


def test_villages_and_places_of_no_list_stay_as_printed():
    village, commune, district = found("thôn Nà Lĩnh, xã Bản Tằm, huyện Mường Lâm", day="2019")
    assert village.value == {
        "kind": "thôn", "name": "Nà Lĩnh", "district": "huyện Mường Lâm", "province": None, "valid": None,
        "commune": "xã Bản Tằm",
    }  # fmt: skip
    assert (commune.rule, commune.value["district"]) == ("place.stated", "huyện Mường Lâm")
    assert (district.rule, district.value["name"]) == ("place.unlisted", "Mường Lâm")


def test_a_list_of_the_users_own(tmp_path: Path):
    path = tmp_path / "places.tsv"
    path.write_text(LIST, encoding="utf-8")
    item = found("UBND XÃ BẢN TẰM", places=PlaceList.load(path), day="2019-05-31")[0]
    assert (item.value["district"], item.value["code"]) == ("huyện Mường Lâm", "90001")


@pytest.mark.parametrize("units", [[], [Unit("xã", "Bản Tằm", None, None)]])
def test_a_list_without_provinces(units: list[Unit]):
    text = "Xã Bản Tằm, tỉnh Lâm Khê; ông A - Trần Văn B, 5, 6."
    assert [item.value["name"] for item in found(text, places=PlaceList(units))] == ["Bản Tằm", "Lâm Khê"]


NO_PLACES = (
    "cấp xã Hội đồng nhân dân",
    "05 xã đạt chuẩn",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "các cá nhân có liên quan 1. Thủ trưởng",
    "chính quyền địa phương 02 cấp",
    "ông Trần Bình Dương",
    "phát triển nông thôn Việt",
    "tư tưởng Hồ Chí Minh",
    "đường Hà Nội",
    "Ủy ban nhân dân các tỉnh, thành phố\nNgày 25 tháng 3",
    "khu vực Thái Bình Dương",
    "sông Hà Namh",
    "kXHà Nam",
)


@pytest.mark.parametrize("text", NO_PLACES)
def test_no_place(text: str):
    assert triples(text) == []
