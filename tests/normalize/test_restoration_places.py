"""Names of administrative units: likelier as one, and in the provinces that a document is about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import normalize
from normalize.diagnosis import Damage
from normalize.restoration import restore
from normalize.restoration.decode import Lattice
from normalize.restoration.engine import language_model
from normalize.restoration.places import Places, contested, likelier, linked_words
from normalize.restoration.tokens import tokenize

LAO_CAI = "Doan cong tac cua tinh Lao Cai den thi xa Sa Pa, cac huyen Bao Thang va Si Ma Cai. "


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(Path(normalize.__file__).parent / "models" / "places.npz")


def lattice_of(rows: list[str]) -> Lattice:
    number = language_model().number
    words = np.full((len(rows), 2), -1, np.int64)
    for at, row in enumerate(rows):
        choices = [number[word] for word in row.split("|")]
        words[at, : len(choices)] = choices
    none = np.full_like(words, -1)
    return Lattice(words, none, none, np.zeros_like(words), np.zeros(words.shape, np.float32), np.array([0, len(rows)]))


@pytest.mark.parametrize(
    ("bare", "elsewhere", "there"),
    [("Tran Yen", "Trần Yến", "Trấn Yên"), ("Tan Linh", "Tân Linh", "Tân Lĩnh"), ("Nam Luc", "Nam Lúc", "Nậm Lúc")],
)
def test_a_document_tells_which_of_two_names_is_meant(bare: str, elsewhere: str, there: str) -> None:
    sentence = f"Hoi nghi hop tai {bare} trong hai ngay."
    assert elsewhere in restore(sentence, damage=Damage.MARKS_STRIPPED).text
    assert there in restore(LAO_CAI + sentence, damage=Damage.MARKS_STRIPPED).text


def test_small_words_and_words_of_two_paragraphs_make_no_name() -> None:
    owners = list(tokenize("xã Trấn Yên\n\nYên Bái 2025"))
    assert linked_words(owners, [0, 3, 6]).tolist() == [False, True, False, True, False, False]


def test_candidates_that_make_a_name_together_are_likelier(places: Places) -> None:
    lattice = lattice_of(["xã", "trần|trấn", "yến|yên"])
    names = places.names(lattice, np.array([False, True, False]))
    assert (names != 0).tolist() == [[False, False], [False, True], [False, True]]
    everywhere, here = likelier(names), likelier(names, names[1, 1])
    assert 0 < everywhere[1, 1] < here[1, 1]
    assert contested(names, names[1, 1], np.array([0, 0, 1])).tolist() == [False, True, False]


def test_one_name_does_not_make_a_document_of_a_province(places: Places) -> None:
    read = np.array([language_model().number[word] for word in ["sa", "pa", "bắc", "hà", "si", "ma", "cai"]])
    linked = np.array([True, False, True, False, True, True, False])
    sure = np.ones(len(read), np.float32)
    assert places.provinces(read[:2], sure[:2], linked[:2]) == 0
    assert places.provinces(read, sure, linked) != 0
    assert places.provinces(read, sure / 2, linked) == 0
