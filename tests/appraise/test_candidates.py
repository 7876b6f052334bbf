from __future__ import annotations

import pytest

from appraise.reading.candidates import find_candidates
from appraise.reading.name_reading import class_of_post, class_of_section, read_name
from tests.appraise.dossiers import (
    Proposed,
    commune_report,
    dossier_of,
    family_report,
    minutes,
    official_report,
    submission,
)

PEOPLE = [
    Proposed("Nhân dân và cán bộ xã Bản Khoang", "Tập thể"),
    Proposed("Thôn Nà Hoi", "Tập thể", award="Giấy khen của Chủ tịch UBND huyện"),
    Proposed("Bà Hà Thị Lụa, công chức UBND xã", "Cá nhân"),
    Proposed("Hộ ông Cầm Văn Ính, thôn Nà Hoi", "Hộ gia đình", given="450"),
]


def found_in(texts):
    return {candidate.name: candidate for candidate in find_candidates(dossier_of(texts))}


@pytest.mark.parametrize(
    ("text", "class_", "core", "rest"),
    [
        ("Hộ gia đình ông Cầm Văn Ính, thôn Nà Hoi", "family", "Cầm Văn Ính", "thôn Nà Hoi"),
        ("Hộ gia đình ông Cầm Văn Ính thônNà Hoi", "family", "Cầm Văn Ính", "thôn Nà Hoi"),
        ("CA Nhân dân và cán bộ xã .Bản Khoang", "commune", "Bản Khoang", ""),
        ("Nhân dân và cán aộ xã Bản Khoang", "commune", "Bản Khoang", ""),
        ("Bản Pá", "hamlet", "Pá", ""),
        ("Ban Dân vận Huyện ủy", "department", "Ban Dân vận Huyện ủy", ""),
        (
            "Hợp tác xã Nông nghiệp Phai Én, xã Bản Khoang",
            "enterprise",
            "Hợp tác xã Nông nghiệp Phai Én",
            "xã Bản Khoang",
        ),
        ("Hội Nông dân huyện Mường Sa", "front_union", "Hội Nông dân huyện Mường Sa", ""),
        ("Ông Lò Văn Ơn, Chủ tịch UBND xã", "person", "Lò Văn Ơn", "Chủ tịch UBND xã"),
        ("Trường Tiểu học Bản Khoang", "none", "Trường Tiểu học Bản Khoang", ""),
    ],
)
def test_names(text, class_, core, rest):
    read = read_name(text)
    assert read is not None
    assert (read.class_, read.core, read.rest) == (class_, core, rest)


@pytest.mark.parametrize("text", ["bản thân", "xã đã đạt chuẩn", "Ông", "", "- 12"])
def test_what_names_nobody(text):
    read = read_name(text)
    assert read is None or read.class_ is None


def test_sections_and_posts():
    assert class_of_section("IH Hộ gia đình") == "family"
    assert class_of_section("II. CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC") == "official"
    assert class_of_section("Hiến đất làm đường") is None
    assert class_of_post("Giám đốc Hợp tác xã") == "entrepreneur"
    assert class_of_post("Trưởng thôn, Bí thư chi bộ") == "individual"
    assert class_of_post("Công chức Địa chính") == "official"


def test_candidates_of_all_papers_are_joined():
    found = found_in(
        {
            "to-trinh.txt": submission(PEOPLE),
            "bien-ban.txt": minutes([*PEOPLE[:3], Proposed("Hộ gia đinh ông Cầm Văn lnh, thôn Nà Hoi", "Hộ gia đình")]),
            "bao-cao.txt": commune_report(hard=True),
            "gia-dinh.txt": family_report("Hộ gia đình ông Cầm Văn Ính"),
            "can-bo.txt": official_report("Bà Hà Thị Lụa"),
        }
    )
    assert [candidate.class_ for candidate in found.values()] == ["difficult_commune", "hamlet", "official", "family"]
    family = found["Hộ ông Cầm Văn Ính"]
    assert family.names_read == ["Hộ ông Cầm Văn Ính", "Hộ gia đinh ông Cầm Văn lnh", "Hộ gia đình ông Cầm Văn Ính"]
    assert (family.unit, family.commune, family.district) == ("thôn Nà Hoi", "xã Bản Khoang", "huyện Mường Sa")
    assert family.award == "bang_khen_tinh"
    assert found["Thôn Nà Hoi"].award == "giay_khen"
    assert len({place.file for place in family.where}) == 3


def test_two_people_of_one_name_in_two_villages_stay_two():
    people = [Proposed("Ông Lò Văn Ơn, thôn Nà Hoi", "Cá nhân"), Proposed("Ông Lò Văn Ơn, thôn Huổi Cưởm", "Cá nhân")]
    found = find_candidates(dossier_of({"a.txt": submission(people), "b.txt": minutes(people)}))
    assert [candidate.unit for candidate in found] == ["thôn Nà Hoi", "thôn Huổi Cưởm"]
    assert [len(candidate.where) for candidate in found] == [2, 2]


def test_a_report_without_a_list_proposes_its_own_candidate():
    assert list(found_in({"a.txt": family_report()})) == ["Hộ gia đình ông Cầm Văn Ính"]


def test_a_dossier_of_nothing_known_proposes_nobody():
    assert found_in({"a.txt": "Kính gửi các đồng chí.\nXin mời dự họp.\n"}) == {}


def test_a_place_cut_off_at_the_end_of_a_line_is_no_other_place():
    rows = [Proposed("Hộ ông Cầm Văn Ính, thôn Nà Hoi, xã Bản Khoang", "Hộ gia đình"), PEOPLE[1]]
    cut = [Proposed("Hộ ông Cầm Văn Ính, thôn Nà Hoi, xã Bản", "Hộ gia đình"), PEOPLE[1]]
    found = find_candidates(dossier_of({"a.txt": submission(rows), "b.txt": minutes(cut)}))
    assert [candidate.name for candidate in found] == ["Hộ ông Cầm Văn Ính", "Thôn Nà Hoi"]
