"""Lists of recipients as small print is read: lost hyphens, marks and brackets."""

from __future__ import annotations

import pytest

from extract.record import DocumentFields, Reading
from ocr.tree import Line, Role
from tests.extract.placed_pages import centred, fields_of, head, placed

LEFT = Role.FOOT_LEFT


def listed(*items: str | Line, label: str = "Nơi nhận:") -> DocumentFields:
    lines = [item if isinstance(item, Line) else placed(item, 80, 515 + 13 * at, LEFT) for at, item in enumerate(items)]
    foot = [
        centred("GIÁM ĐỐC", 500, centre=430, role=Role.FOOT_RIGHT),
        centred("Đặng Thị Mây", 590, centre=430, role=Role.FOOT_RIGHT),
    ]
    return fields_of(*head(), placed(label, 80, 500, LEFT), *lines, *foot)


def values(fields: DocumentFields) -> list[object]:
    return [item.value for item in fields.recipients]


def only(fields: DocumentFields) -> Reading:
    (item,) = fields.recipients
    return item


def test_items_wrap_and_lose_their_hyphens():
    fields = listed(
        "Như trên;",
        "- UBND các xã, phường, đơn vị trực",
        "thuộc Sở;",
        placed("Công an xã;", 88, 554, LEFT),
        "“ Chi cục Kiểm lâm:",
        "- Lưu: VT, NV.",
    )
    assert values(fields) == [
        "Như trên",
        "UBND các xã, phường, đơn vị trực thuộc Sở",
        "Công an xã",
        "Chi cục Kiểm lâm",
        "Lưu: VT, NV",
    ]


def test_a_label_that_lost_a_letter_is_no_item():
    assert values(listed("- UBND xã;", "- Lưu: VT.", label="Nó nhận:")) == ["UBND xã", "Lưu: VT"]


def test_an_item_closed_by_a_comma_does_not_go_on():
    assert values(listed("- Như trên,", "UBND xã (b/c);", "- Lưu: VT.")) == ["Như trên", "UBND xã (b/c)", "Lưu: VT"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("ư trên;", "Như trên"),
        ("- Nhự tren;", "Như trên"),
        ("- rên;", "Như trên"),
        ("- UBND xã (đê b/©);", "UBND xã (để b/c)"),
        ("- UBND huyện (bíc);", "UBND huyện (b/c)"),
        ("- Lưạ VT NV.", "Lưu: VT, NV"),
        ("- Các sở, bạn, ngành, đoàn thế;", "Các sở, ban, ngành, đoàn thể"),
        ("- Lưu: VT, ВСТ.", "Lưu: VT, BCT"),  # Cyrillic letters
    ],
)
def test_known_forms_are_restored_and_what_was_read_is_kept(printed: str, value: str):
    item = only(listed(printed))
    assert (item.value, item.status) == (value, "restored")
    assert item.alternatives and item.alternatives[0].value != value


@pytest.mark.parametrize(("confidence", "value"), [(0.6, "Lưu: VT, TĐKT"), (0.93, "Lưu: VT, TĐĐKT")])
def test_a_letter_seen_twice_is_one_where_it_was_read_badly(confidence: float, value: str):
    item = placed("- Lưu: VT, TĐĐKT.", 80, 515, LEFT, doubtful={"TĐĐKT.": confidence})
    assert values(listed(item)) == [value]


def test_an_item_that_lost_the_end_of_its_bracket_is_not_asserted():
    item = only(listed("- Chi cục Kiểm lâm (để"))
    assert (item.value, item.status) == ("Chi cục Kiểm lâm (để", "inferred")


@pytest.mark.parametrize("printed", ["- Lưu: VT, CS (", "- Lưu: VT, CS-", "- - Lưu: VT, CS.;"])
def test_dashes_and_brackets_around_an_item_are_cut(printed: str):
    assert values(listed(printed)) == ["Lưu: VT, CS"]


def test_the_label_may_have_lost_its_first_word():
    assert values(listed("- Sở Y tế;", "- Lưu: VT.", label="nhận:")) == ["Sở Y tế", "Lưu: VT"]
