"""Names of administrative units: capitalised words that are one together are likelier, more so in their own province.

``Tran Yen`` is a person in most texts, Trần Yến, but Trấn Yên in those about Lào Cai. The names that a first search was
sure of tell which provinces a document is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.restoration.decode import Floats, Lattice
from normalize.restoration.language import Ints
from normalize.restoration.tokens import Kind, Token

__all__ = ["Masks", "Places", "contested", "likelier", "linked_words"]

# What is added to a candidate that makes a name with a neighbour, and what more if a province of the document has it:
# natural logarithms. 24 pages of letters: 4.04 % wrong words without, 3.93 with 1 and 2, 3.86 with 2 and 4, 3.83 with
# 3 and 6; official text without marks 2.43, 2.26, 2.21, 2.20.
_ANYWHERE: Final = 2.0
_HERE: Final = 4.0
_SURE: Final = 0.9  # probability of both words from which a name counts
_SHARE: Final = 0.15  # of a document's names that a province must have
_ENOUGH: Final = 2.0  # names
_BEHIND: Final = 5.0  # natural logarithm: neighbours that fall so far behind the best of their position do not count
_AT_ONCE: Final = 500  # pairs of positions looked at together, each with some 200 pairs of words
_NOWHERE: Final = np.uint64(0)
Masks = NDArray[np.uint64]  # a bit for each province


class Places:
    """Pairs of words that follow each other in names, and the provinces that have such names.

    Args:
        path: The ``.npz`` file, as train/restoration/places.py writes it.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as file:
            words = file["words"].astype(np.int64)
            self._keys = (words[:, 0] << 16) | words[:, 1]
            self._provinces: Masks = file["provinces"]

    def names(self, lattice: Lattice, linked: NDArray[np.bool_]) -> Masks:
        """The provinces of the names that each candidate makes with a neighbour.

        Args:
            lattice: The candidates.
            linked: (positions,): whether a word and the one behind it may be a name together.

        Returns:
            (positions, candidates), 0 where there is no such name.
        """
        found = np.zeros(lattice.words.shape, np.uint64)
        plain = (lattice.words >= 0) & (lattice.seconds < 0)
        plain &= lattice.scores > np.where(plain, lattice.scores, -np.inf).max(axis=1, keepdims=True) - _BEHIND
        every = np.flatnonzero(linked[:-1])
        for first in range(0, len(every), _AT_ONCE):
            at = every[first : first + _AT_ONCE]
            provinces = self._of(lattice.words[at][:, :, None], lattice.words[at + 1][:, None, :])
            provinces[~(plain[at][:, :, None] & plain[at + 1][:, None, :])] = 0
            found[at] |= np.bitwise_or.reduce(provinces, axis=2)
            found[at + 1] |= np.bitwise_or.reduce(provinces, axis=1)
        return found

    def provinces(self, read: Ints, probability: Floats, linked: NDArray[np.bool_]) -> np.uint64:
        """The provinces that a document is about.

        Args:
            read: The word that a first search read at each position.
            probability: How sure it was of each.
            linked: As for :meth:`names`.
        """
        at = np.flatnonzero(linked[:-1] & (probability[:-1] >= _SURE) & (probability[1:] >= _SURE))
        masks = self._of(read[at], read[at + 1])
        bits = (masks[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
        bits = bits[bits.any(axis=1)]
        counts = (bits / bits.sum(axis=1, keepdims=True)).sum(axis=0)
        told = (counts >= _ENOUGH) & (counts >= _SHARE * len(bits))
        here: np.uint64 = np.bitwise_or.reduce(np.uint64(1) << np.flatnonzero(told).astype(np.uint64), initial=_NOWHERE)
        return here

    def _of(self, first: Ints, second: Ints) -> Masks:
        """The provinces of pairs of words."""
        wanted = (first << 16) | second
        row = self._keys.searchsorted(wanted)
        there = (self._keys.take(row, mode="clip") == wanted) & (first >= 0) & (second >= 0)
        return np.where(there, self._provinces.take(row, mode="clip"), _NOWHERE)


def linked_words(owners: Sequence[Token | None], starts: Sequence[int]) -> NDArray[np.bool_]:
    """For each position whether it and the one behind it hold capitalised words of one paragraph.

    Args:
        owners: The token of each position, None for punctuation.
        starts: First position of each paragraph, and the number of positions at the end.
    """
    capital = np.array([o is not None and o.kind is Kind.WORD and o.text[0].isupper() for o in owners])
    linked = np.append(capital[:-1] & capital[1:], False)
    linked[np.array(starts[1:]) - 1] = False
    return linked


def likelier(names: Masks, here: np.uint64 = _NOWHERE) -> Floats:
    """What to add to the scores of candidates that make names of these provinces; ``here`` are the document's."""
    more: Floats = (_ANYWHERE * (names != 0) + _HERE * ((names & here) != 0)).astype(np.float32)
    return more


def contested(names: Masks, here: np.uint64, chosen: Ints) -> NDArray[np.bool_]:
    """At which positions another candidate than the chosen one makes a name of the document's provinces."""
    ours = (names & here) != 0
    others: NDArray[np.bool_] = ours.any(axis=1) & ~ours[np.arange(len(chosen)), chosen]
    return others
