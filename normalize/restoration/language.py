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
        return State(self.word[index], self.pair[index], self.triple[index])

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
        pair, value = self._find(0, state.word, word)
        logp = np.where(pair >= 0, value, self._weights[0][state.word] + self._single[word])
        triple, value = self._find(1, state.pair, word)
        logp = self._longer(logp, state.pair, triple, value, 1)
        four, value = self._find(2, state.triple, word)
        logp = self._longer(logp, state.triple, four, value, 2)
        return logp, State(word, pair, triple)

    def _find(self, order: int, parent: Ints, word: Ints) -> tuple[Ints, Floats]:
        """Row of (parent, word), -1 where it was not kept, and its value."""
        keys, values = self._keys[order], self._values[order]
        if not len(keys):
            return np.full(len(word), -1, np.int64), np.zeros(len(word), np.float32)
        wanted = (parent << 16) | word
        row = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found = (keys[row] == wanted) & (parent >= 0)
        return np.where(found, row, -1), values[row]

    def _longer(self, logp: Floats, parent: Ints, row: Ints, value: Floats, order: int) -> Floats:
        """The longer n-gram's value where kept, else its history's weight upon what the shorter one gave."""
        weight = np.where(parent >= 0, self._weights[order][parent], np.float32(0))
        return np.where(row >= 0, value, logp + weight)


def _values(stored: NDArray[np.uint8]) -> Floats:
    return (stored.astype(np.float32) * -STEP).astype(np.float32)
