"""hòa or hoà: both are right, and a document keeps to one."""

from __future__ import annotations

import pytest

from normalize.diagnosis import Damage
from normalize.restoration import restore
from normalize.restoration.placement import old_placement, with_new_placement, writes_new_placement


@pytest.mark.parametrize(("old", "new"), [("hóa", "hoá"), ("KHỎE", "KHOẺ"), ("Thủy", "Thuỷ"), ("ủy", "uỷ")])
def test_each_placement_becomes_the_other(old: str, new: str) -> None:
    assert with_new_placement(old) == new
    assert old_placement(new.lower()) == old.lower()


@pytest.mark.parametrize("word", ["hoàn", "quý", "toán", "hoa", "loại", "khuỷu"])
def test_others_have_one_placement(word: str) -> None:
    assert with_new_placement(word) == word
    assert old_placement(word) == word


def test_most_words_that_tell_decide() -> None:
    assert writes_new_placement(["hoá", "thuỷ", "quý", "hòa"])
    assert not writes_new_placement(["hoá", "quý", "toán"])
    assert not writes_new_placement(["hoá", "thuỷ", "hòa", "hóa"])


def test_restored_words_follow_the_document() -> None:
    official = "cong tac thuy loi, van hda va cong nghiép hda"
    assert restore(official, damage=Damage.NO_VIETNAMESE_MODEL).text == "công tác thủy lợi, văn hóa và công nghiệp hóa"
    other = restore("hoá chất, hoà giải, " + official, damage=Damage.NO_VIETNAMESE_MODEL)
    assert other.text == "hoá chất, hoà giải, công tác thuỷ lợi, văn hoá và công nghiệp hoá"
    assert all(other.source[c.start : c.end] == c.old for c in other.changes)
