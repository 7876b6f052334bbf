"""One read word as the words that ran together in it (``thựchiện``), and what a candidate is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from normalize.restoration.language import LanguageModel, State

__all__ = ["Candidate", "outer_pieces", "run_together"]

_PIECE: Final = 8  # letters of a word in words run together
_POOR_LETTER: Final = -2.0  # score of a letter in a piece
_TWO: Final = float(np.log(3e-3))  # how often two words run together
_THREE: Final = float(np.log(2e-4))
_THREE_FROM: Final = 6
_POOR_PAIR: Final = -2.0
_PAIRS: Final = 6
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a token.

    Attributes:
        text: As it would be written.
        word: Number for the language model.
        second: Number of the second word where two had run together, -1 else.
        score: Natural logarithm of the channel's probability (and of the name's, for class tokens).
        tail: How many of the signs behind the word belong to it (a hook read as ``?``).
        third: Number of the third word where three had run together, -1 else.
        spans: How many positions behind this one it takes in (the other piece of a word cut in two).
    """

    text: str
    word: int
    second: int
    score: float
    tail: int = 0
    third: int = -1
    spans: int = 0


def run_together(read: str, one_word: Callable[[str], tuple[Candidate, ...]], model: LanguageModel) -> list[Candidate]:
    """Two or three words that ran together, in the order of how likely they are beside each other.

    Args:
        read: The read word.
        one_word: Readings of a piece as one word, the likeliest first.
        model: The language model.
    """
    size = len(read)
    ends, begins = _ends_and_begins(size)
    heads = {end: _piece(read[:end], one_word) for end in ends}
    tails = {at: _piece(read[at:], one_word) for at in begins}
    pairs = [(left, right) for cut in heads.keys() & tails.keys() for left in heads[cut] for right in tails[cut]]
    found = _rated(pairs, _TWO, model)
    if size >= _THREE_FROM and (not found or found[0][0] < _POOR_PAIR * size):
        threes = [
            (left, middle, right)
            for first, lefts in heads.items()
            for second, rights in tails.items()
            if lefts and rights and 1 < second - first <= _PIECE
            for middle in _piece(read[first:second], one_word)
            for left in lefts[:_FEW]
            for right in rights[:_FEW]
        ]
        found = sorted([*found, *_rated(threes, _THREE, model)], key=lambda pair: -pair[0])
    return [c for _, c in found[:_PAIRS]]


def outer_pieces(read: str) -> list[str]:
    """The first and last pieces that :func:`run_together` will ask about."""
    ends, begins = _ends_and_begins(len(read))
    return [*(read[:end] for end in ends), *(read[at:] for at in begins)]


def _ends_and_begins(size: int) -> tuple[range, range]:
    """Where the first piece of a word of this length may end, and where the last may begin."""
    return range(1, min(size, _PIECE + 1)), range(max(1, size - _PIECE), size)


def _piece(read: str, one_word: Callable[[str], tuple[Candidate, ...]]) -> list[Candidate]:
    """Readings of a word inside words run together; none where they are poor, since most cuts are wrong."""
    if len(read) == 1 and read.isascii():
        return []
    return [c for c in one_word(read)[:_PAIRS] if c.score > _POOR_LETTER * len(read) - 1]


def _rated(
    chains: Sequence[tuple[Candidate, ...]], prior: float, model: LanguageModel
) -> list[tuple[float, Candidate]]:
    """Each chain of words as one candidate, with its score and the language model's joined."""
    if not chains:
        return []
    words = np.array([[c.word for c in chain] for chain in chains], np.int64)
    joint = model.single[words[:, 0]].astype(np.float64)
    missing = np.full(len(words), -1, np.int64)
    state = State(words[:, 0], missing, missing)
    for column in range(1, words.shape[1]):
        logp, state = model.step(state, words[:, column])
        joint += logp
    scores = np.array([sum(c.score for c in chain) for chain in chains]) + prior
    joint += scores
    best = np.argsort(-joint)[:_PAIRS]
    return [
        (
            float(joint[k]),
            Candidate(
                " ".join(c.text for c in chains[k]),
                chains[k][0].word,
                chains[k][1].word,
                float(scores[k]),
                third=chains[k][2].word if len(chains[k]) > 2 else -1,
            ),
        )
        for k in best.tolist()
    ]
