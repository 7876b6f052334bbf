"""The context model: how well each candidate fits the words around it, on both sides and over the whole window.

The n-gram model knows three words back by heart; this one reads some 250 words at once, each as uncertain as it is: a
position goes in as the mean of its candidates' vectors, weighted by channel and word frequency. What comes out is held
against the vector of each candidate. Trained by train/restoration/context_model.py, run by ONNX Runtime.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.network import open_network
from normalize.restoration.decode import Lattice

__all__ = ["ContextModel"]

_WINDOW: Final = 256  # positions, as in training
_MARGIN: Final = 16  # positions at each edge of a window that see too little on one side; 32 gives the same
_SPACE: Final = (2, 1)  # end and beginning of a paragraph, as the language model numbers them
_AT_ONCE: Final = 20_000  # candidates held against their positions at once: 20 MB
_UNKNOWN: Final = 0  # number of words outside the vocabulary
# In training the true word was always in the vocabulary, so the network gives others -15: foreign words and names would
# never stand. Held-out pages do not tell -3 from -15.
_UNKNOWN_FIT: Final = np.float32(-6)
_LEAST: Final = 1e-3  # share from which a candidate counts in the vector of its position
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class ContextModel:
    """Vectors of words, and the network between them.

    Args:
        folder: Where ``context.onnx`` and ``context.npz`` lie.
        single: Log probability of every word without a history.
    """

    def __init__(self, folder: Path, single: Floats) -> None:
        self._network = open_network(folder / "context.onnx")
        self._single = single
        with np.load(folder / "context.npz", allow_pickle=False) as file:
            self._enter, self._enter_scale = file["enter"], file["enter_scale"]
            self._leave, self._leave_scale = file["leave"], file["leave_scale"]
            self._bias = file["bias"].astype(np.float32)

    def fit(self, lattice: Lattice) -> Floats:
        """How well each candidate fits, as natural logarithms, 0 for the best of a position.

        Candidates that the network has no place for (words that had run together, pieces of words) are given 0 too:
        they are as good as the best, and the rest of their score decides.

        Args:
            lattice: The candidates of a text.

        Returns:
            (positions, candidates), 0 where there is no candidate.
        """
        known = (lattice.words >= 0) & (lattice.seconds < 0)
        unknown = lattice.words == _UNKNOWN
        expected = self._read(self._entering(lattice, known), lattice.starts)
        result = np.full(lattice.words.shape, -np.inf, np.float32)
        rows, columns = np.nonzero(known & (known.sum(axis=1, keepdims=True) > 1))
        for first in range(0, len(rows), _AT_ONCE):
            at, column = rows[first : first + _AT_ONCE], columns[first : first + _AT_ONCE]
            word = lattice.words[at, column]
            match = np.einsum("ij,ij->i", self._leave[word].astype(np.float32), expected[at])
            result[at, column] = match * self._leave_scale[word] + self._bias[word]
        best = result.max(axis=1, keepdims=True)
        fit = np.where(np.isfinite(result), result - np.where(np.isfinite(best), best, 0), 0)
        return np.where(unknown & (fit < 0), _UNKNOWN_FIT, fit).astype(np.float32)

    def _entering(self, lattice: Lattice, known: NDArray[np.bool_]) -> Floats:
        """The vector of each position: (positions, width)."""
        words = np.where(known, lattice.words, 0)
        weight = np.where(known, lattice.scores + self._single[words], -np.inf)
        weight = np.exp(weight - np.maximum(weight.max(axis=1, keepdims=True), np.float32(-1e9)))
        weight /= np.maximum(weight.sum(axis=1, keepdims=True), np.float32(1e-9))
        result = np.zeros((len(words), self._enter.shape[1]), np.float32)
        rows, columns = np.nonzero(weight > _LEAST)
        for first in range(0, len(rows), _AT_ONCE):
            at, column = rows[first : first + _AT_ONCE], columns[first : first + _AT_ONCE]
            word = words[at, column]
            share = (weight[at, column] * self._enter_scale[word]).astype(np.float32)
            begins = np.flatnonzero(np.r_[True, at[1:] != at[:-1]])
            result[at[begins]] += np.add.reduceat(self._enter[word] * share[:, None], begins)
        return result

    def _read(self, vectors: Floats, starts: Ints) -> Floats:
        """What the network expects at each position; paragraphs are told apart as in training."""
        space = self._enter[list(_SPACE)] * self._enter_scale[list(_SPACE)][:, None]
        extra = np.zeros(len(vectors), np.int64)
        extra[starts[1:-1]] = len(_SPACE)
        place = np.arange(len(vectors)) + np.cumsum(extra)
        text = np.empty((int(place[-1]) + 1, vectors.shape[1]), np.float32)
        for offset, vector in enumerate(space):
            text[place[starts[1:-1]] - len(_SPACE) + offset] = vector
        text[place] = vectors
        expected = np.empty((len(text), self._leave.shape[1]), np.float32)
        for first in range(0, max(len(text) - 2 * _MARGIN, 1), _WINDOW - 2 * _MARGIN):
            window = text[first : first + _WINDOW]
            (read,) = self._network.run(None, {"vectors": window[None]})
            begin = _MARGIN if first else 0
            expected[first + begin : first + len(window)] = read[0, begin:]
        at_positions: Floats = expected[place]
        return at_positions
