"""Labels of list items: changed only where the items beside them prove it."""

from __future__ import annotations

import pytest

from normalize.diagnosis import Damage
from normalize.restoration import restore
from normalize.restoration.labels import repaired_labels


def mended(labels: list[str]) -> list[str]:
    text = "".join(f"{label} Đơn vị thực hiện\n" for label in labels)
    for label in reversed(repaired_labels(text)):
        assert text[label.start :].startswith(label.old)
        text = text[: label.start] + label.new + text[label.start + len(label.old) :]
    return [line.split()[0] for line in text.splitlines()]


@pytest.mark.parametrize(
    ("read", "true"),
    [
        (["I.", "Il.", "III."], ["I.", "II.", "III."]),
        (["I,", "Il,", "Ill,", "IV,"], ["I,", "II,", "III,", "IV,"]),
        (["I.", "H.", "III."], ["I.", "II.", "III."]),
        (["a)", "b)", "©)", "d)", "d)", "e)"], ["a)", "b)", "c)", "d)", "đ)", "e)"]),
        (["a)", "b)", "¢)"], ["a)", "b)", "c)"]),
        (["Il.", "IV."], ["II.", "IV."]),
        (["d)", "d)"], ["d)", "đ)"]),
        (["a)", "b)", "©)", "a)", "b)"], ["a)", "b)", "c)", "a)", "b)"]),
    ],
)
def test_neighbours_prove_a_label(read: list[str], true: list[str]) -> None:
    assert mended(read) == true


@pytest.mark.parametrize(
    "labels",
    [
        ["H.", "IV."],
        ["I.", "H."],
        ["©)", "d)"],
        ["c)", "d)", "e)", "g)"],
        ["b)", "d)", "e)", "f)"],
        ["d)"],
        ["a)", "©)", "d)"],
        ["a)", "b)", "c)", "d)", "đ)", "e)"],
        ["I.", "II.", "III.", "IV."],
        ["l.", "2.", "3."],
    ],
)
def test_others_are_left(labels: list[str]) -> None:
    assert mended(labels) == labels


def test_changes_of_labels_are_marked() -> None:
    done = restore("I. Muc tieu\nIl. Nhiem vu\nIII. To chuc\n", damage=Damage.MARKS_STRIPPED)
    assert done.text == "I. Mục tiêu\nII. Nhiệm vụ\nIII. Tổ chức\n"
    (change,) = [c for c in done.changes if c.old == "Il"]
    assert (change.new, change.kind, change.applied) == ("II", "letters", True)


@pytest.mark.parametrize("behind", [",", ".", " ", "/người", ")"])
def test_the_dong_of_a_sum(behind: str) -> None:
    restored = restore(f"Tong gia tri 2.350.000 d{behind} da thanh toan", damage=Damage.NO_VIETNAMESE_MODEL).text
    assert restored.startswith(f"Tổng giá trị 2.350.000 đ{behind}")


def test_a_letter_behind_a_small_number_is_no_sum() -> None:
    assert repaired_labels("Điều 5 d và 12 d") == []
