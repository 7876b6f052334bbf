"""What the context model and the document itself say of candidates."""

from __future__ import annotations

import numpy as np
import pytest

from normalize.restoration.context import ContextModel
from normalize.restoration.decode import EATEN, Lattice
from normalize.restoration.engine import MODELS, language_model
from normalize.restoration.repetition import repeated


@pytest.fixture(scope="module")
def context() -> ContextModel:
    return ContextModel(MODELS, language_model().single)


def lattice_of(*rows: str, starts: tuple[int, ...] = ()) -> Lattice:
    """Candidates as words with "|" between them, all as likely for the channel."""
    number = language_model().number
    split = [row.split("|") for row in rows]
    words = np.full((len(rows), max(map(len, split))), -1, np.int64)
    for at, row in enumerate(split):
        words[at, : len(row)] = [number[word] for word in row]
    none = np.full_like(words, -1)
    begins = np.array([0, *starts, len(rows)], np.int64)
    return Lattice(words, none, none, np.zeros_like(words), np.zeros(words.shape, np.float32), begins)


def test_neighbours_on_both_sides_decide(context):
    # "xa" is far or a commune: what stands behind it tells
    commune = context.fit(lattice_of("ủy", "ban", "nhân", "dân", "xã|xa|xá", "và", "các", "thôn"))[4]
    far = context.fit(lattice_of("nhà", "ở", "cách", "trung", "tâm", "rất", "xa|xã|xá", "nên", "đi", "lại"))[6]
    assert commune[0] == 0
    assert (commune[1:] < -1).all()
    assert far[0] == 0


def test_the_best_candidate_of_a_position_has_zero_and_missing_ones_too(context):
    fit = context.fit(lattice_of("ủy|úy", "ban|bạn|bản", "nhân"))
    assert fit.shape == (3, 3)
    assert (fit.max(axis=1) == 0).all()
    assert fit[0, 2] == 0
    assert (fit[2] == 0).all()


def test_pieces_of_a_word_are_left_to_the_rest_of_the_score(context):
    lattice = lattice_of("thực|thức", "hiện|hiến", "kế", "hoạch")
    lattice.words[1, 1] = EATEN
    fit = context.fit(lattice)
    assert fit[1, 1] == 0
    assert np.isfinite(fit).all()


def test_a_text_of_many_windows_and_paragraphs_is_read_to_its_end(context):
    rows = ["ủy", "ban", "nhân", "dân", "xã|xa"] * 300
    fit = context.fit(lattice_of(*rows, starts=tuple(range(5, 1500, 25))))
    assert fit.shape == (1500, 2)
    assert (fit[4::5, 0] == 0).mean() > 0.95


def test_a_word_read_surely_elsewhere_is_likelier():
    lattice = lattice_of("mỏ", "cát", "mỏ", "mỏ|mở|mơ")
    read = lattice.words[:, 0]
    sure = np.array([0.99, 0.99, 0.99, 0.4], np.float32)
    more = repeated(language_model(), lattice, read, sure)
    assert more[3, 0] > 1
    assert more[3, 1] == more[3, 2] < 0


def test_a_place_does_not_speak_for_itself():
    lattice = lattice_of("mỏ|mở", "cát")
    more = repeated(language_model(), lattice, lattice.words[:, 0], np.array([0.99, 0.99], np.float32))
    assert more[0, 0] == more[0, 1] < 0
