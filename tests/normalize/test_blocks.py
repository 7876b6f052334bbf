"""Long texts in blocks: nothing is lost between them, and a block of numbers is taken for what surrounds it."""

from __future__ import annotations

import pytest

from normalize.diagnosis import Damage, Diagnosis
from normalize.restoration import RunningDiagnosis, restore_lines
from normalize.restoration.blocks import blocks


@pytest.mark.parametrize("space", ["\n\n", "\r\n\r\n", "\n", " ", ""])
@pytest.mark.parametrize("size", [7, 65_536, 10**9])
def test_blocks_joined_are_the_text(space: str, size: int) -> None:
    text = space.join("á" * (1 + at * 7 % 50) for at in range(9_000))
    cut = list(blocks(text[at : at + size] for at in range(0, len(text), size)))
    assert "".join(cut) == text
    assert all(40_000 <= len(block) <= 80_000 for block in cut[:-1])
    assert len(cut) > 2
    assert all(block.endswith(space) for block in cut[:-1])


def test_a_letter_is_never_parted_from_its_marks_nor_data_from_its_end() -> None:
    first, second = blocks(["a\u0301" * 40_001])
    assert second.startswith("a")
    assert len(second) > 80  # short stretches are words, long ones data
    assert first.endswith("\u0301")


def test_a_short_text_is_one_block() -> None:
    assert list(blocks(["a\n", "", "\nb"])) == ["a\n\nb"]
    assert list(blocks([])) == []


def seen(kind: Damage, tokens: int) -> Diagnosis:
    return Diagnosis(kind, 0.1, 0.02, 0.5, tokens)


def test_few_words_are_judged_by_those_before() -> None:
    running = RunningDiagnosis()
    assert running.judge(seen(Damage.NO_VIETNAMESE_MODEL, 9_000)) is Damage.NO_VIETNAMESE_MODEL
    assert running.judge(seen(Damage.GARBLED, 150)) is Damage.NO_VIETNAMESE_MODEL
    assert running.judge(seen(Damage.EMPTY, 0)) is Damage.NO_VIETNAMESE_MODEL
    assert running.judge(seen(Damage.GOOD, 150)) is Damage.GOOD  # right text is not touched
    assert running.judge(seen(Damage.FOREIGN, 150)) is Damage.FOREIGN
    assert running.judge(seen(Damage.LIGHT, 5_000)) is Damage.LIGHT  # enough words to tell
    assert running.diagnosis.kind is Damage.NO_VIETNAMESE_MODEL
    assert running.diagnosis.tokens == 9_000 + 150 + 150 + 150 + 5_000


def test_good_text_with_a_page_of_names_stays_good() -> None:
    running = RunningDiagnosis()
    running.judge(seen(Damage.GOOD, 9_000))
    assert running.judge(seen(Damage.MARKS_STRIPPED, 60)) is Damage.GOOD
    assert running.judge(seen(Damage.MARKS_STRIPPED, 6_000)) is Damage.MARKS_STRIPPED


def test_a_block_of_numbers_within_a_broken_text_is_restored() -> None:
    text = "TT  ho ten  so tien\n" + "1  xa dat chuan  1.250.000\n" * 3 + "12 345 6.789\n" * 50
    running = RunningDiagnosis()
    running.judge(seen(Damage.MARKS_STRIPPED, 9_000))
    (guided,) = restore_lines([text], running=running)
    assert "xã đạt chuẩn" in guided.text
    assert guided.text.count("12 345 6.789") == 50
