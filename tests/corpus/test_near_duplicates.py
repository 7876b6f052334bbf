from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from corpus.near_duplicates import Sketch, near_duplicates, same_pages, sketch_of
from corpus.same_words import ReadWord, same_words, words_of_text
from corpus.synthesis import KINDS, make_document
from corpus.synthesis.ideal_reading import read_ideally

_LETTERS = "aeiounhgtmcl"
_SURE = 0.85


class _Copier:
    """Letters of a few templates, read again and again with a reader's noise."""

    def __init__(self, seed: int, templates: int) -> None:
        self._random = random.Random(seed)
        self._templates = [self._words(np.random.default_rng([seed, number]), number) for number in range(templates)]

    def _words(self, rng: np.random.Generator, number: int) -> list[str]:
        kinds = ("cong-van", "thong-bao", "quyet-dinh")
        assert set(kinds) <= KINDS.keys()
        page = read_ideally([make_document(kinds[number % len(kinds)], rng)], "letter").pages[0]
        return [word.text for line in page.lines for word in line.words]

    def letter(self) -> list[str]:
        """A letter of one of the templates, with figures of its own."""
        return [self._other_figures(word) for word in self._random.choice(self._templates)]

    def _other_figures(self, word: str) -> str:
        return "".join(self._random.choice("0123456789") if c.isdigit() else c for c in word)

    def read(self, words: list[str], misread: float) -> list[ReadWord]:
        """The words with noise: a letter or a word lost, a figure misread, seldom with certainty."""
        read, sure = [], []
        for word in words:
            if self._random.random() >= misread:
                read.append(word)
                sure.append(self._random.uniform(_SURE, 1) if self._random.random() < 0.9 else 0.5)
            elif self._random.random() < 0.8:
                at = self._random.randrange(len(word))
                other = self._random.choice("0123456789" if word[at].isdigit() else _LETTERS)
                read.append(word[:at] + other + word[at + 1 :])
                sure.append(self._random.uniform(0.3, _SURE - 0.01))
        return [
            replace(part, sure=trust) for word, trust in zip(read, sure, strict=True) for part in words_of_text(word)
        ]


def _sketches(documents: dict[str, list[ReadWord]]) -> dict[str, Sketch]:
    return {key: sketch_of(" ".join(word.folded for word in read)) for key, read in documents.items()}


def test_copies_are_found_among_letters_of_the_same_templates() -> None:
    copier = _Copier(seed=11, templates=3)
    letters = {f"{number:03}": copier.letter() for number in range(150)}
    documents = {key: copier.read(words, 0.05) for key, words in letters.items()}
    copied = {f"{key} bản 2": key for key in list(letters)[::10]}
    documents |= {copy: copier.read(letters[key], 0.1) for copy, key in copied.items()}

    found = near_duplicates(_sketches(documents), lambda one, other: same_words(documents[one], documents[other]))

    right = sum(found.get(copy) == key for copy, key in copied.items())
    assert right / len(copied) >= 0.9
    assert right / len(found) == 1.0


def test_few_pairs_are_compared_word_by_word() -> None:
    copier = _Copier(seed=12, templates=1)
    compared: list[tuple[str, str]] = []

    def count(one: str, other: str) -> bool:
        compared.append((one, other))
        return False

    letters = {f"{number:03}": copier.read(copier.letter(), 0.05) for number in range(300)}
    assert not near_duplicates(_sketches(letters), count)
    assert len(compared) <= 12 * len(letters)  # of 44,850 pairs


def test_many_copies_of_one_letter_are_one_group() -> None:
    copier = _Copier(seed=13, templates=1)
    letter = copier.letter()
    documents = {f"scan {number}.pdf": copier.read(letter, 0.03) for number in range(1, 41)}

    found = near_duplicates(_sketches(documents), lambda one, other: same_words(documents[one], documents[other]))

    assert set(found.values()) == {"scan 1.pdf"}
    assert len(found) == 39


def _read(text: str, sure: float = 0.95) -> list[ReadWord]:
    return [replace(word, sure=sure) for word in words_of_text(text)]


_LETTER = (
    "Số 15/TB-PNV ngày 12 tháng 5 năm 2031. Phòng Nội vụ mời ông Lò Văn Quý ở thôn Bãi Sậy đến họp về việc hiến đất "
    "làm đường, mang theo giấy tờ của 120 mét vuông đất vườn và 3 bản kê khai có chữ ký của chủ hộ."
)


@pytest.mark.parametrize(
    "other",
    [
        _LETTER.replace("15/TB", "16/TB"),
        _LETTER.replace("ngày 12 tháng 5", "ngày 20 tháng 6"),
        _LETTER.replace("120 mét", "210 mét"),
        _LETTER.replace("Lò Văn Quý", "Hoàng Thị Nhâm"),
    ],
)
def test_another_number_date_or_name_makes_another_letter(other: str) -> None:
    assert same_words(_read(_LETTER), _read(_LETTER))
    assert not same_words(_read(_LETTER), _read(other))


@pytest.mark.parametrize(
    "noisy",
    [
        _LETTER.replace("120 mét", "l20 mét"),
        _LETTER.replace("hiến đất", "hiến dât"),
        _LETTER.replace("Bãi Sậy đến", "BãiSậyđến"),
        _LETTER + " ĐẾN Số 44 Ngày 15/5",
    ],
)
def test_noise_and_a_stamp_make_no_other_letter(noisy: str) -> None:
    assert same_words(_read(_LETTER), _read(noisy))


def test_a_figure_read_without_certainty_tells_nothing() -> None:
    read = _read(_LETTER.replace("120 mét", "170 mét"))
    doubtful = [replace(word, sure=0.4) if word.folded == "170" else word for word in read]
    assert same_words(_read(_LETTER), doubtful)


def test_documents_are_compared_page_by_page() -> None:
    page, other, blank = _read(_LETTER), _read(_LETTER.replace("15/TB", "77/TB")), _read("")
    assert same_pages([page, other], [page, blank, other])
    assert not same_pages([page, other], [page, page])
    assert not same_pages([page, page], [page])
    assert same_pages([page, other], [[*page, *other]])  # pages that break elsewhere
    assert not same_pages([blank], [blank])


def test_texts_without_words_are_like_nothing() -> None:
    assert not near_duplicates({"a": sketch_of(""), "b": sketch_of(""), "c": sketch_of("hai từ")}, lambda _a, _b: True)
