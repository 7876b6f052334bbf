"""Long paragraphs are searched in parts side by side, and the outcome is that of one long search."""

from __future__ import annotations

import numpy as np
import pytest

from normalize.restoration.decode import EATEN, Lattice, search
from normalize.restoration.engine import language_model
from normalize.restoration.language import Ints, LanguageModel, State
from normalize.restoration.stretches import stretches

MOST = 32
SENTENCE = ["ủy|úy", "ban|bạn", "nhân|nhẫn", "dân|dẫn", "xã|xa", "đề|để", "nghị|nghi", "khen", "thưởng|thương"]


class Counting(LanguageModel):
    """The shipped model, which counts how often it is asked."""

    def __init__(self) -> None:
        self.__dict__.update(language_model().__dict__)
        self.steps = 0

    def step(self, state: State, word: Ints) -> tuple[np.ndarray, State]:
        self.steps += 1
        return super().step(state, word)


def lattice_of(rows: list[str]) -> Lattice:
    number = language_model().number
    split = [row.split("|") for row in rows]
    words = np.full((len(rows), 2), -1, np.int64)
    for at, row in enumerate(split):
        words[at, : len(row)] = [number[word] for word in row]
    none = np.full_like(words, -1)
    begins = np.array([0, len(rows)], np.int64)
    return Lattice(words, none, none, np.zeros_like(words), np.zeros(words.shape, np.float32), begins)


@pytest.mark.parametrize("stop", [[], ["<p>"]])
def test_a_long_paragraph_takes_no_more_steps_than_a_middling_one(stop: list[str]) -> None:
    model = Counting()
    search(model, lattice_of((SENTENCE + stop) * 600), 0.8, rounds=0)
    assert model.steps < 2 * MOST


@pytest.mark.parametrize("stop", [[], ["<p>"]])
def test_parts_are_read_as_the_whole(stop: list[str]) -> None:
    rows = (SENTENCE + stop) * 60
    paths = search(language_model(), lattice_of(rows), 0.8)
    assert paths.chosen.tolist() == [0] * len(rows)


def parts_of(length: int, stops: list[int], spans: Ints | None = None) -> list[tuple[int, int, int, int]]:
    spans = np.zeros(length, np.int64) if spans is None else spans
    parts = stretches(np.array([0, length]), np.ones(length, bool), np.array(stops, np.int64), spans)
    columns = (parts.begins, parts.kept, parts.until, parts.ends)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_a_short_paragraph_is_one_part() -> None:
    assert parts_of(MOST, [18, 25]) == [(0, 0, MOST, MOST)]


def test_cuts_are_behind_full_stops() -> None:
    (_, _, first, end), (begin, second, *_) = parts_of(50, [10, 20, 30])
    assert first == second == 21
    assert begin < second < end


def test_paragraphs_keep_apart() -> None:
    parts = stretches(np.array([0, 30, 330, 350]), np.ones(350, bool), np.array([], np.int64), np.zeros(350, np.int64))
    assert parts.begins[1] == parts.ends[0] == 30
    assert parts.begins[-1] == parts.ends[-2] == 330
    assert parts.kept[1:].tolist() == parts.until[:-1].tolist()
    assert (parts.until - parts.kept).max() <= MOST


def test_no_cut_lies_within_a_word_that_was_cut_in_two() -> None:
    spans = np.ones(200, np.int64)
    spans[30::20] = 0  # only behind these a cut parts nothing
    assert all(first == 0 or first % 20 == 11 for _, first, *_ in parts_of(200, [], spans))


def test_words_between_settled_ones_are_searched_by_themselves() -> None:
    is_open = np.zeros(40, bool)
    is_open[[0, 2, 10, 11, 20, 23]] = True
    parts = stretches(np.array([0, 22, 40]), is_open, np.array([], np.int64), np.zeros(40, np.int64))
    searched = zip(parts.begins.tolist(), parts.kept.tolist(), parts.until.tolist(), parts.ends.tolist(), strict=True)
    assert list(searched) == [(0, 0, 3, 6), (7, 10, 12, 15), (17, 20, 21, 22), (22, 23, 24, 27)]


def test_where_every_word_may_be_part_of_another_parts_are_bounded_and_agree() -> None:
    number, length = language_model().number, 1000
    words = np.tile([number["ban"], number["bàn"], EATEN], (length, 1))
    words[-2:, 1] = -1
    spans = np.where(words == number["bàn"], 2, 0)
    scores = np.tile(np.array([-9, 0, 0], np.float32), (length, 1))
    none = np.full_like(words, -1)
    starts = np.array([0, length])
    assert all(until - first <= MOST for _, first, until, _ in parts_of(length, [], spans.max(axis=1)))
    chosen = search(language_model(), Lattice(words, none, none, spans, scores, starts), 0.8).chosen
    joined = np.flatnonzero(chosen == 1)
    assert len(joined) > length / 4
    assert np.flatnonzero(chosen == 2).tolist() == np.sort([joined + 1, joined + 2], axis=None).tolist()
