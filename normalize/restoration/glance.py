"""A quick look at running text that was read well: which of it may hold a misread word at all.

Every candidate of every word is held against its neighbours as they were read, in one pass over arrays: a tenth of the
search's time. Where the words as read are likelier than all else together, the search changes nothing that is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.diagnosis import Damage
from normalize.restoration.candidates import Candidate
from normalize.restoration.capitals import bare_capitals
from normalize.restoration.engine import generator_for, language_model
from normalize.restoration.language import LanguageModel, State
from normalize.restoration.tokens import Kind, Token, tokenize

__all__ = ["doubts"]

_WEIGHT: Final = 0.6  # of the language model against the channel, as in the search
_REACH: Final = 3  # words that the language model looks at on either side
# Logarithm of what a candidate may at most be to the word as it stands and not be held against its neighbours: 24 of
# them make no doubt of 0.77. That leaves six in ten.
_HOPELESS: Final = -2.0
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class _Lattice:
    """The words of some texts as they were read, and the candidates of those that have more than one."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._generator = generator_for(Damage.LIGHT)
        self.read: list[int] = []  # number of the word or class at each position
        self.begins: list[int] = []  # first position of its paragraph
        self.texts: list[int] = []
        self.at: list[int] = []
        self.candidates: list[Candidate] = []
        self.as_read: list[bool] = []
        self.standing: list[float] = []  # score of the word as it stands at the candidate's position
        self.strange: set[int] = set()  # texts with a word that cannot stand as it is

    def add(self, number: int, text: str) -> None:
        if any(True for _ in bare_capitals(text)):
            self.strange.add(number)
        tokens = list(tokenize(text))
        begin = len(self.read)
        for index, token in enumerate(tokens):
            if token.breaks:
                begin = len(self.read)
            else:
                for name in token.before:
                    self._put(self._model.number[name], begin, number)
            self._add_token(tokens, index, begin, number)

    def _add_token(self, tokens: Sequence[Token], index: int, begin: int, text: int) -> None:
        token = tokens[index]
        if token.kind is not Kind.WORD:
            label = self._model.number.get(token.text) if token.kind is Kind.LABEL else None
            name = "<num>" if token.kind is Kind.NUMBER else "<code>"
            self._put(self._model.number[name] if label is None else label, begin, text)
            return
        found = self._generator.candidates(token.text, token.tail, _among_capitals(tokens, index))
        as_read = [not item.tail and item.second < 0 and item.text == token.text for item in found]
        if not any(as_read):
            self.strange.add(text)
            as_read[0] = True
        if len(found) > 1:
            self.at += [len(self.read)] * len(found)
            self.candidates += found
            self.as_read += as_read
            self.standing += [found[as_read.index(True)].score] * len(found)
        self._put(found[as_read.index(True)].word, begin, text)

    def _put(self, word: int, begin: int, text: int) -> None:
        self.read.append(word)
        self.begins.append(begin)
        self.texts.append(text)


def doubts(texts: Sequence[str]) -> list[float]:
    """How likely the most doubtful word of each text is misread, its neighbours being as they were read.

    Args:
        texts: Texts in the marks and spelling of a Vietnamese model; good but for a word here and there.

    Returns:
        0 to 1 for each text; what is less than 0.8 may be more.
    """
    model = language_model()
    lattice = _Lattice(model)
    for number, text in enumerate(texts):
        lattice.add(number, text)
    result = np.zeros(len(texts))
    if lattice.at:
        at, as_read = np.array(lattice.at), np.array(lattice.as_read)
        doubt = _doubt(at, as_read, _scores(model, lattice, at, as_read))
        np.maximum.at(result, np.array(lattice.texts)[at], doubt)
    result[list(lattice.strange)] = 1.0
    found: list[float] = result.tolist()
    return found


def _among_capitals(tokens: Sequence[Token], at: int) -> bool:
    near = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]]
    words = [token.text for token in near if token.kind is Kind.WORD and len(token.text) > 1]
    return bool(words) and sum(word.isupper() for word in words) * 2 > len(words)


def _doubt(at: Ints, as_read: NDArray[np.bool_], score: Floats) -> Floats:
    """For each candidate the share of its position's other readings than the one that stands there."""
    first = np.flatnonzero(np.r_[True, at[1:] != at[:-1]])
    sizes = np.diff([*first, len(at)])
    share = np.exp(score - np.repeat(np.maximum.reduceat(score, first), sizes))
    kept = np.add.reduceat(share * as_read, first) / np.add.reduceat(share, first)
    return np.repeat(1 - kept, sizes)


def _scores(model: LanguageModel, lattice: _Lattice, at: Ints, as_read: NDArray[np.bool_]) -> Floats:
    """How well each candidate goes with what was read and with its neighbours: natural logarithms.

    Minus infinity for one that the channel gives so little that neighbours which foretold it surely could not help.
    """
    read, begins = np.array(lattice.read), np.array(lattice.begins)
    before = model.histories(read, begins)
    own = np.array([item.score for item in lattice.candidates])
    as_it_stands = np.array(lattice.standing) + _WEIGHT * _around(model.step(before, read)[0], begins)[at]
    live = np.flatnonzero(as_read | (own - as_it_stands > _HOPELESS))
    scores = np.full(len(at), -np.inf)
    candidates = [lattice.candidates[index] for index in live.tolist()]
    scores[live] = own[live] + _WEIGHT * _in_place(model, candidates, at[live], before, read, begins)
    return scores


def _around(logp: NDArray[np.float32], begins: Ints) -> NDArray[np.float32]:
    """Log probability of each word of the texts and of those behind it that see it."""
    whole = logp.copy()
    for ahead in range(1, _REACH + 1):
        same = np.flatnonzero(begins[ahead:] == begins[:-ahead])
        whole[same] += logp[same + ahead]
    return whole


def _in_place(
    model: LanguageModel, candidates: Sequence[Candidate], at: Ints, before: State, read: Ints, begins: Ints
) -> NDArray[np.float32]:
    """Log probability of candidates at their positions, and of the words behind them that see them."""
    words = np.array([(item.word, item.second, item.third) for item in candidates]).T
    logp, state = model.step(before.take(at), np.maximum(words[0], 0))
    for more in words[1:]:
        _go_on(model, logp, state, np.flatnonzero(more >= 0), more)
    for ahead in range(1, _REACH + 1):
        there = np.minimum(at + ahead, len(read) - 1)
        same = (at + ahead < len(read)) & (begins[there] == begins[at])
        _go_on(model, logp, state, np.flatnonzero(same), read[there])
    return logp


def _go_on(model: LanguageModel, logp: NDArray[np.float32], state: State, where: Ints, words: Ints) -> None:
    """Add the next words of some paths."""
    if len(where):
        more, after = model.step(state.take(where), words[where])
        logp[where] += more
        _put(state, where, after)


def _put(state: State, where: Ints, new: State) -> None:
    state.word[where], state.pair[where], state.triple[where] = new.word, new.pair, new.triple
