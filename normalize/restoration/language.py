"""The n-gram language model: sorted arrays, looked up by the batch.

The model is a tree: words, then for each n-gram the sorted numbers of the words that follow it. Probabilities are
natural logarithms in steps of ``STEP``, one byte each. An n-gram that was not kept falls back on the next shorter one,
through the weight stored with its history (interpolated absolute discounting: what is stored is interpolated already).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["START", "STEP", "LanguageModel", "State"]

STEP: Final = 0.08
START: Final = 1  # number of the token at the beginning of a paragraph
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 over the golden ratio: spreads keys over a table
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class State:
    """Histories, as arrays of one shape.

    Attributes:
        word: Number of the last word.
        pair: Row of the last two words in the table of bigrams, -1 where not kept.
        triple: Row of the last three words in the table of trigrams, -1 where not kept.
    """

    word: Ints
    pair: Ints
    triple: Ints

    def take(self, index: Ints) -> State:
        """The histories at an index."""
        return State(self.word.take(index), self.pair.take(index), self.triple.take(index))

    @classmethod
    def start(cls, count: int) -> State:
        """Histories at the beginning of a paragraph."""
        return cls(np.full(count, START, np.int64), np.full(count, -1, np.int64), np.full(count, -1, np.int64))


class LanguageModel:
    """A 4-gram model over lower-case words and classes.

    Args:
        path: The ``.npz`` file, as train/restoration/language_model.py writes it.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as file:
            self.words: list[str] = file["vocabulary"].tobytes().decode("utf-8").split("\n")
            self._single = _values(file["single"])
            self._weights = [_values(file[f"weight{n}"]) for n in (1, 2, 3)]
            self._values = [_values(file[f"value{n}"]) for n in (2, 3, 4)]
            self._keys = [
                (np.repeat(np.arange(len(file[f"children{n}"]), dtype=np.int64), file[f"children{n}"]) << 16)
                | file[f"word{n + 1}"]
                for n in (1, 2, 3)
            ]
        self._perhaps = [_perhaps(keys) for keys in self._keys]
        self.number: dict[str, int] = {word: i for i, word in enumerate(self.words)}

    @property
    def single(self) -> Floats:
        """Log probability of every word without a history."""
        return self._single

    def step(self, state: State, word: Ints) -> tuple[Floats, State]:
        """Log probability of a word after each history, and the histories that follow.

        Args:
            state: Histories, shape (n,).
            word: Numbers of the next words, shape (n,).

        Returns:
            Log probabilities (n,), and the next histories.
        """
        logp: Floats = self._weights[0].take(state.word) + self._single.take(word)
        following = State(word, np.full(len(word), -1), np.full(len(word), -1))
        at, row = self._kept(0, state.word, word)
        following.pair[at] = row
        logp[at] = self._values[0].take(row)
        # Longer histories are looked up only where they were kept: two thirds of the pairs, a quarter of the triples.
        for order, history in ((1, state.pair), (2, state.triple)):
            some = (history >= 0).nonzero()[0]
            parent = history.take(some)
            logp[some] += self._weights[order].take(parent)
            at, row = self._kept(order, parent, word.take(some))
            at = some.take(at)
            logp[at] = self._values[order].take(row)
            if order == 1:
                following.triple[at] = row
        return logp, following

    def histories(self, words: Ints, begins: Ints) -> State:
        """The history before each word of a text.

        Args:
            words: Numbers of the words, shape (n,).
            begins: Where the paragraph of each begins, shape (n,).
        """
        place = np.arange(len(words))
        inside = (place > begins).nonzero()[0]
        last = np.full(len(words), START)
        last[inside] = words[inside - 1]
        pair, triple = np.full(len(words), -1), np.full(len(words), -1)
        at, row = self._kept(0, last[inside - 1], last[inside])
        pair[inside.take(at)] = row
        after_pair = inside[pair[inside - 1] >= 0]
        at, row = self._kept(1, pair[after_pair - 1], last[after_pair])
        triple[after_pair.take(at)] = row
        return State(last, pair, triple)

    def _kept(self, order: int, parent: Ints, word: Ints) -> tuple[Ints, Ints]:
        """Which of some (parent, word) were kept, and their rows."""
        keys = self._keys[order]
        wanted = (parent << 16) | word
        maybe = self._perhaps[order].take(_hashed(wanted, self._perhaps[order])).nonzero()[0]
        wanted = wanted.take(maybe)
        rising = wanted.argsort()
        row = np.empty(len(wanted), np.int64)
        # in rising order a third sooner: neighbours are in the cache
        row[rising] = keys.searchsorted(wanted.take(rising))
        sure = (keys.take(row, mode="clip") == wanted).nonzero()[0] if len(keys) else row[:0]
        return maybe.take(sure), row.take(sure)


def _perhaps(keys: Ints) -> NDArray[np.bool_]:
    """A table that says of most keys that are not there that they are not, for a glance instead of a search."""
    table = np.zeros(1 << (len(keys).bit_length() + 2), bool)
    table[_hashed(keys, table)] = True
    return table


def _hashed(keys: Ints, table: NDArray[np.bool_]) -> Ints:
    """Places of keys in a table whose size is a power of two."""
    places = keys.view(np.uint64) * _MULTIPLIER
    places >>= np.uint64(65 - len(table).bit_length())
    return places.view(np.int64)


def _values(stored: NDArray[np.uint8]) -> Floats:
    return (stored.astype(np.float32) * -STEP).astype(np.float32)
