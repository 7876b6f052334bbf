"""What each read word may have been: words of the vocabulary with the channel's score, and the word as it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from normalize.folding import fold_aligned
from normalize.restoration.channel import Case
from normalize.restoration.codes import repair_abbreviation
from normalize.restoration.language import LanguageModel, State
from normalize.syllables import is_syllable, parse_syllable

__all__ = ["Candidate", "Generator", "Rows", "cases_of"]

_KEPT: Final = 10
_WINDOW: Final = 11.0  # natural logarithm: candidates further behind the best are dropped
_LETTER_COST: Final = 3.6  # a letter of an unknown word, as a natural logarithm: one of some 37
_MIXED_COST: Final = 6.0  # of digits and signs among small letters: no word is written so
_UNKNOWN: Final = 0
_SPLIT_FROM: Final = 4
_LONGEST_CHAIN: Final = 21  # letters: three words of seven
_PIECE: Final = 8  # letters of a word in words run together
_POOR_WORD: Final = -1.6  # score of a letter from which a word is taken for several
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


Rows = list[tuple[Candidate, ...]]  # the candidates of each position


class Source(Protocol):
    """Where probabilities of read words come from."""

    def likelihood(self, read: str, case: Case) -> NDArray[np.float64]:
        """Probability of a read word given each word of the vocabulary."""

    def adapted(self, pairs: Sequence[tuple[str, str]]) -> Source:
        """The same with pairs of a document added."""


class StrippedSource:
    """The channel of text without marks: each syllable becomes its bare letters, and nothing else happens."""

    def __init__(self, words: list[str]) -> None:
        self._size = len(words)
        self._rows: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            if word.isalpha():
                self._rows.setdefault(fold_aligned(word), []).append(number)

    def likelihood(self, read: str, case: Case) -> NDArray[np.float64]:
        """1 for words with these bare letters, 0 for all others."""
        result = np.zeros(self._size)
        if read.isascii() and case.apply(read.lower()) == read:
            result[self._rows.get(read.lower(), [])] = 1.0
        return result

    def adapted(self, pairs: Sequence[tuple[str, str]]) -> StrippedSource:  # noqa: ARG002
        """Nothing to adapt: the channel is certain."""
        return self


class Generator:
    """Candidates of read words, remembered.

    Args:
        model: The language model, whose words are the vocabulary.
        source: The channel.
        names: For each class of names its number and the log probability of each word in it.
        marks_doubtful: Whether marks that only Vietnamese has may be wrong. A model without Vietnamese writes none, so
            a syllable that has them came from elsewhere and is right.
    """

    def __init__(
        self,
        model: LanguageModel,
        source: Source,
        names: dict[int, dict[str, float]],
        *,
        marks_doubtful: bool = False,
    ) -> None:
        self._marks_doubtful = marks_doubtful
        self._model = model
        self._source = source
        self._names = names
        # hoà and hòa are one word; the model proposes the commoner placement and keeps the other where it was read.
        self._other_placement = {
            number: model.number[twin]
            for number, word in enumerate(model.words)
            if (twin := _old_placement(word)) != word and twin in model.number
        }
        self._proposed = np.ones(len(model.words), bool)
        self._proposed[list(self._other_placement)] = False
        self._other: dict[str, list[int]] = {}
        for number, word in enumerate(model.words):
            if word.isalpha() and not is_syllable(word):
                self._other.setdefault(fold_aligned(word), []).append(number)
        self.candidates = lru_cache(maxsize=50_000)(self._candidates)
        self.one_word = lru_cache(maxsize=50_000)(self._one_word)

    def adapted(self, pairs: Sequence[tuple[str, str]]) -> Generator:
        """A generator whose channel has also seen pairs (true word, read word) of the document at hand."""
        other = copy(self)
        other._source = self._source.adapted(pairs)  # noqa: SLF001
        other.candidates = lru_cache(maxsize=50_000)(other._candidates)  # noqa: SLF001
        other.one_word = lru_cache(maxsize=50_000)(other._one_word)  # noqa: SLF001
        return other

    def _candidates(self, read: str, tail: str, among_capitals: bool) -> tuple[Candidate, ...]:
        """Readings of a word, the likeliest first; the word as it stands is always among them.

        Args:
            read: The read word, without punctuation.
            tail: The signs behind it that may belong to it.
            among_capitals: Whether the words beside it are in capitals.
        """
        if not self._marks_doubtful and is_syllable(read) and max(read) > "\xff":
            return (Candidate(read, self._model.number.get(read.lower(), _UNKNOWN), -1, 0.0),)
        found = list(self.one_word(read, among_capitals))
        for length in range(1, len(tail) + 1):
            found += [replace(c, tail=length) for c in self.one_word(read + tail[:length], among_capitals)[:_KEPT]]
        if tail:
            found += [replace(c, tail=len(tail), score=c.score + _tail_belongs(c.text)) for c in found if not c.tail]
        best = max((c.score for c in found), default=-1e9)
        if _SPLIT_FROM <= len(read) <= _LONGEST_CHAIN and best < _POOR_WORD * len(read) and read.isalnum():
            found += self._run_together(read, among_capitals)
        twin = self._other_placement.get(self._model.number.get(read.lower(), -1))
        if twin is not None:
            found = [replace(c, text=read) if c.word == twin and not c.tail else c for c in found]
        found += self._other_words(read)
        if not any(c.text == read and not c.tail for c in found):
            found.append(Candidate(read, _UNKNOWN, -1, self._as_it_stands(read)))
        return _best_of_each(found)

    def _one_word(self, read: str, among_capitals: bool) -> tuple[Candidate, ...]:
        """Readings as one word of the vocabulary, the likeliest first."""
        rated: list[tuple[float, Candidate]] = []
        for case, prior in cases_of(read, among_capitals):
            likely = self._source.likelihood(read, case)
            rows = np.flatnonzero((likely > 1e-16) & self._proposed)
            if not len(rows):
                continue
            score = np.log(likely[rows]) + prior
            joint = score + self._model.single[rows]
            top = np.argpartition(-joint, _KEPT)[:_KEPT] if len(joint) > _KEPT else np.arange(len(joint))
            for k in top:
                row = int(rows[k])
                word = self._model.words[row]
                text = case.apply(word)
                rated.append((float(joint[k]), Candidate(text, row, -1, float(score[k]))))
                if case is Case.TITLE:
                    for number, shares in self._names.items():
                        share = shares.get(word)
                        if share is not None:
                            rated.append((float(joint[k]), Candidate(text, number, -1, float(score[k]) + share)))
        if not rated:
            return ()
        rated.sort(key=lambda pair: -pair[0])
        return tuple(c for joint, c in rated if joint >= rated[0][0] - _WINDOW)[: _KEPT + 6]

    def _other_words(self, read: str) -> list[Candidate]:
        """Words of the vocabulary that are no syllables (abbreviations, foreign words), with these bare letters."""
        found = []
        for number in self._other.get(fold_aligned(read), ()):
            word = self._model.words[number]
            if word == read.lower():
                found.append(Candidate(read, number, -1, -0.3))
            elif read.isupper() or len(word) > 4:
                found.append(Candidate(word.upper() if read.isupper() else word, number, -1, -2.0))
        repaired = repair_abbreviation(read) if read.isupper() and len(read) > 1 else read
        if repaired != read and not is_syllable(read):
            number = self._model.number.get(repaired.lower(), _UNKNOWN)
            found.append(Candidate(repaired, number, -1, 2.0 - _LETTER_COST * len(read)))
        return found

    def _as_it_stands(self, read: str) -> float:
        """Log probability of a word that is in no list and was read rightly."""
        cost = _LETTER_COST * len(read)
        return -cost - (_MIXED_COST if any(not c.isalpha() for c in read) and any(c.islower() for c in read) else 0.0)

    def _run_together(self, read: str, among_capitals: bool) -> list[Candidate]:
        """Two or three words that ran together, in the order of how likely they are beside each other."""
        size = len(read)
        heads = {end: self._piece(read[:end], among_capitals) for end in range(1, min(size, _PIECE + 1))}
        tails = {at: self._piece(read[at:], among_capitals) for at in range(max(1, size - _PIECE), size)}
        pairs = [(left, right) for cut in heads.keys() & tails.keys() for left in heads[cut] for right in tails[cut]]
        found = self._rated(pairs, _TWO)
        if size >= _THREE_FROM and (not found or found[0][0] < _POOR_PAIR * size):
            threes = [
                (left, middle, right)
                for first, lefts in heads.items()
                for second, rights in tails.items()
                if lefts and rights and 1 < second - first <= _PIECE
                for middle in self._piece(read[first:second], among_capitals)
                for left in lefts[:_FEW]
                for right in rights[:_FEW]
            ]
            found = sorted([*found, *self._rated(threes, _THREE)], key=lambda pair: -pair[0])
        return [c for _, c in found[:_PAIRS]]

    def _piece(self, read: str, among_capitals: bool) -> list[Candidate]:
        """Readings of a word inside words run together; none where they are poor, since most cuts are wrong."""
        if len(read) == 1 and read.isascii():
            return []
        return [c for c in self.one_word(read, among_capitals)[:_PAIRS] if c.score > _POOR_LETTER * len(read) - 1]

    def _rated(self, chains: Sequence[tuple[Candidate, ...]], prior: float) -> list[tuple[float, Candidate]]:
        """Each chain of words as one candidate, with its score and the language model's joined."""
        if not chains:
            return []
        words = np.array([[c.word for c in chain] for chain in chains], np.int64)
        joint = self._model.single[words[:, 0]].astype(np.float64)
        missing = np.full(len(words), -1, np.int64)
        state = State(words[:, 0], missing, missing)
        for column in range(1, words.shape[1]):
            logp, state = self._model.step(state, words[:, column])
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


def _old_placement(word: str) -> str:
    """The syllable with its tone mark as in hòa, khỏe, thủy; other words as they are."""
    parsed = parse_syllable(word)
    if parsed is None or parsed.rhyme not in {"oa", "oe", "uy"} or word == parsed.toneless:
        return word
    mark = next(c for c in unicodedata.normalize("NFD", word) if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", parsed.onset + parsed.rhyme[0] + mark + parsed.rhyme[1])


def _best_of_each(found: list[Candidate]) -> tuple[Candidate, ...]:
    """The best candidate for each word of the language model (they differ in case or in what is behind the word).

    Twins would crowd the search's beam: they have the same future.
    """
    best: dict[tuple[int, int, int], Candidate] = {}
    for candidate in found:
        key = (candidate.word, candidate.second, candidate.third)
        if key not in best or candidate.score > best[key].score:
            best[key] = candidate
    return tuple(best.values())


def _tail_belongs(text: str) -> float:
    """Log odds that a sign behind a word is its last letter's hook, horn or acute rather than punctuation."""
    marks = unicodedata.normalize("NFD", text[-1:])[1:]
    return 2.0 if any(m in "\u0309\u031b\u0301" for m in marks) else -1.5


def cases_of(read: str, among_capitals: bool) -> tuple[tuple[Case, float], ...]:
    """How the true word may be capitalised, each with a log probability."""
    letters = [c for c in read if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    first = next((c for c in read if c.isalnum()), "")
    if not letters or not upper:
        return ((Case.UPPER, -1.0), (Case.LOWER, -1.0)) if among_capitals and not letters else ((Case.LOWER, 0.0),)
    if upper == len(letters):
        if len(letters) > 1:
            return ((Case.UPPER, 0.0),)
        if among_capitals:
            return ((Case.UPPER, -0.2), (Case.TITLE, -2.0))
        return ((Case.TITLE, -0.2), (Case.UPPER, -2.5))
    if first == "I" and upper == 1:
        return ((Case.TITLE, -0.7), (Case.LOWER, -0.7))  # a small l, often
    if first.isupper():
        if upper > 1 and 2 * upper > len(letters):
            return ((Case.UPPER, -0.7), (Case.TITLE, -0.9))
        return ((Case.TITLE, 0.0),)
    return ((Case.LOWER, 0.0), (Case.UPPER, -2.0)) if 2 * upper > len(letters) else ((Case.LOWER, 0.0),)
