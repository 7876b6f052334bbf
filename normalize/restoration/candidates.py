"""What each read word may have been: words of the vocabulary with the channel's score, and the word as it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from math import exp
from typing import Final, Protocol

import numpy as np
import regex
from numpy.typing import NDArray

from normalize.folding import fold_aligned
from normalize.restoration.channel import Case
from normalize.restoration.codes import is_abbreviation, repair_abbreviation
from normalize.restoration.language import LanguageModel
from normalize.restoration.placement import old_placement
from normalize.restoration.run_together import Candidate, outer_pieces, run_together
from normalize.restoration.tokens import SIGNS
from normalize.syllables import is_syllable

__all__ = ["Candidate", "Generator", "Rows", "cases_of"]

# Candidates of a word in the first search, which settles four words in five, and in the second. Pages of letters and
# held-out pages with 10 in both: 3.84 and 3.31 % wrong words, with 24: 3.58 and 3.17 %, with 40: 3.55 and 3.19 %.
_KEPT: Final = 16
_KEPT_AGAIN: Final = 24
_WINDOW: Final = 11.0  # natural logarithm: candidates further behind the best are dropped
_WINDOW_SHARE: Final = exp(-_WINDOW)
_LEAST: Final = 1e-16  # probability of a candidate
_LETTER_COST: Final = 3.6  # a letter of an unknown word, as a natural logarithm: one of some 37
_MIXED_COST: Final = 6.0  # of digits and signs among small letters: no word is written so
_ABBREVIATION: Final = -1.2  # a letter of capitals without a vowel (TTXH): both models think little of unknown words
_KNOWN_ABBREVIATION: Final = -1.0
_VOWELS: Final = frozenset("aeiouy")
_LIKE_VOWELS: Final = _VOWELS | frozenset("gsvj")  # BG, BS and MV are Bộ, Bộ and Mỹ
_ROMAN: Final = regex.compile(r"X{0,2}(?:IX|IV|V?I{0,3})")
# What a sign standing alone may be. Of 288 on 168 pages, 98 a six: scores leave a figure where one could stand.
_SIGNS: Final = {
    "6": (("ở", -1.0), ("ô", -1.5), ("có", -3.5), ("tổ", -3.5)),
    "&": (("ở", 2.0),),
    "@": (("ở", 3.0),),
    "$6": (("số", 3.0), ("sổ", 1.0)),
}
_DIGITS_AS_LETTERS: Final = str.maketrans("601", "ool")  # kil6gam
_UNKNOWN: Final = 0
_REMEMBERED: Final = 50_000  # words
_TOGETHER: Final = 500  # words scored before the first of them is needed; the channel remembers 2,000
_SPLIT_FROM: Final = 4
_LONGEST_CHAIN: Final = 21  # letters: three words of seven
_POOR_WORD: Final = -1.6  # score of a letter from which a word is taken for several


Rows = list[tuple[Candidate, ...]]  # the candidates of each position


class Source(Protocol):
    """Where probabilities of read words come from."""

    def likelihood(self, read: str, case: Case) -> tuple[NDArray[np.int64], NDArray[np.floating]]:
        """Words of the vocabulary that it may have been, and the probability of the read word given each."""

    def prepare(self, reads: Collection[tuple[str, Case]]) -> None:
        """Do together what is quicker together, for words that will be asked for."""

    def adapted(self, pairs: Sequence[tuple[str, str]]) -> Source:
        """The same with pairs of a document added."""


class StrippedSource:
    """The channel of text without marks: each syllable becomes its bare letters, and nothing else happens."""

    def __init__(self, words: list[str]) -> None:
        self._rows: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            if word.isalpha():
                self._rows.setdefault(fold_aligned(word), []).append(number)

    def likelihood(self, read: str, case: Case) -> tuple[NDArray[np.int64], NDArray[np.floating]]:
        """1 for words with these bare letters."""
        found = self._rows.get(read.lower(), []) if case.apply(read.lower()) == read and read.isascii() else []
        return np.array(found, np.int64), np.ones(len(found), np.float32)

    def prepare(self, reads: Collection[tuple[str, Case]]) -> None:
        """Nothing to prepare: a look-up is quick."""

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
        names: Mapping[int, Mapping[str, float]],
        *,
        marks_doubtful: bool = False,
    ) -> None:
        self._marks_doubtful = marks_doubtful
        self._kept = _KEPT
        self._model = model
        self._source = source
        self._names: dict[str, list[tuple[int, float]]] = {}
        for number, shares in names.items():
            for word, share in shares.items():
                self._names.setdefault(word, []).append((number, share))
        # hoà and hòa are one word; the model proposes the commoner placement, also for what was read where the other is
        # printed (``khoé`` for khoẻ), and keeps the other where it was read.
        self._other_placement = {
            number: model.number[twin]
            for number, word in enumerate(model.words)
            if (twin := old_placement(word)) != word and twin in model.number
        }
        self._share = np.exp(model.single)
        self._common_placement = np.arange(len(model.words))
        self._common_placement[list(self._other_placement)] = list(self._other_placement.values())
        self._other: dict[str, list[int]] = {}
        for number, word in enumerate(model.words):
            if word.isalpha() and not is_syllable(word):
                self._other.setdefault(fold_aligned(word), []).append(number)
        self._forget()

    def _forget(self) -> None:
        self.candidates = lru_cache(maxsize=_REMEMBERED)(self._candidates)
        self._single_words: dict[tuple[str, bool], tuple[Candidate, ...]] = {}

    def wider(self) -> Generator:
        """A generator that keeps more candidates, for words that are in doubt."""
        other = copy(self)
        other._kept = _KEPT_AGAIN  # noqa: SLF001
        other._forget()  # noqa: SLF001
        return other

    def adapted(self, pairs: Sequence[tuple[str, str]]) -> Generator:
        """A generator whose channel has also seen pairs (true word, read word) of the document at hand."""
        other = copy(self)
        other._source = self._source.adapted(pairs)  # noqa: SLF001
        other._forget()  # noqa: SLF001
        return other

    def prepare(self, words: Iterable[tuple[str, str, bool]]) -> None:
        """Score words together that ``candidates`` will be asked for, by its arguments."""
        reads = [
            (_with_tail(read, tail[:length]), among_capitals)
            for read, tail, among_capitals in words
            if not self._surely_right(read) and read not in SIGNS
            for length in range(len(tail) + 1)
        ]
        self.prepare_single(reads)

    def prepare_single(self, reads: Iterable[tuple[str, bool]]) -> None:
        """Score words together that ``one_word`` will be asked for, by its arguments."""
        new = sorted({read for read in reads if read not in self._single_words}, key=lambda read: len(read[0]))
        for first in range(0, len(new), _TOGETHER):
            some = new[first : first + _TOGETHER]
            self._source.prepare([(read, case) for read, among in some for case, _ in self._cases(read, among)])
            for read, among_capitals in some:
                self.one_word(read, among_capitals)

    def one_word(self, read: str, among_capitals: bool) -> tuple[Candidate, ...]:
        """Readings as one word of the vocabulary, the likeliest first."""
        found = self._single_words.get((read, among_capitals))
        if found is None:
            if len(self._single_words) >= _REMEMBERED:
                del self._single_words[next(iter(self._single_words))]
            found = self._single_words[read, among_capitals] = self._one_word(read, among_capitals)
        return found

    def _cases(self, read: str, among_capitals: bool) -> tuple[tuple[Case, float], ...]:
        return cases_of(read, among_capitals, marks_doubtful=self._marks_doubtful)

    def _surely_right(self, read: str) -> bool:
        """Whether a word has marks that a model without Vietnamese does not write."""
        return (
            not self._marks_doubtful
            and max(read) > "\xff"
            and (is_syllable(read) or (read.isupper() and len(read) > 1))
        )

    def _candidates(self, read: str, tail: str, among_capitals: bool) -> tuple[Candidate, ...]:
        """Readings of a word, the likeliest first; the word as it stands is always among them.

        Args:
            read: The read word, without punctuation.
            tail: The signs behind it that may belong to it.
            among_capitals: Whether the words beside it are in capitals.
        """
        if read in SIGNS:
            return self._sign(read)
        if self._surely_right(read):
            return (Candidate(read, self._model.number.get(read.lower(), _UNKNOWN), -1, 0.0),)
        found = list(self.one_word(read, among_capitals))
        for length in range(1, len(tail) + 1):
            whole = self.one_word(_with_tail(read, tail[:length]), among_capitals)
            found += [replace(c, tail=length) for c in whole[: self._kept]]
        if tail:
            alone = [c for c in found if not c.tail]
            found += [replace(c, tail=len(tail), score=c.score + _tail_belongs(c.text, tail)) for c in alone]
        best = max((c.score for c in found), default=-1e9)
        if _SPLIT_FROM <= len(read) <= _LONGEST_CHAIN and best < _POOR_WORD * len(read) and read.isalnum():
            self.prepare_single((piece, among_capitals) for piece in outer_pieces(read))
            found += run_together(read, lambda piece: self.one_word(piece, among_capitals), self._model)
        twin = self._other_placement.get(self._model.number.get(read.lower(), -1))
        if twin is not None:
            found = [replace(c, text=read) if c.word == twin and not c.tail else c for c in found]
        found += self._other_words(read)
        if len(read) > 1 and _ROMAN.fullmatch(read):
            found.append(Candidate(read, self._model.number["<num>"], -1, -2.0 if among_capitals else 0.0))
        if not any(c.text == read and not c.tail for c in found):
            found.append(Candidate(read, _UNKNOWN, -1, self._as_it_stands(read)))
        return _best_of_each(found)

    def _one_word(self, read: str, among_capitals: bool) -> tuple[Candidate, ...]:
        """What ``one_word`` finds and remembers."""
        rated: list[tuple[float, str, int, float]] = []
        for case, prior in self._cases(read, among_capitals):
            rows, likely = self._source.likelihood(read, case)
            rows = self._common_placement[rows]
            weighed = likely * self._share[rows]
            weighed[likely < _LEAST] = 0
            found = np.flatnonzero(weighed > weighed.max(initial=0) * _WINDOW_SHARE)
            if not len(found):
                continue
            rows = rows[found]
            scores = np.log(likely[found]) + prior
            joint = scores + self._model.single[rows]
            top = np.arange(len(joint))
            if len(joint) > self._kept:
                top = np.argpartition(-joint, self._kept)[: self._kept]
            for row, score, both in zip(rows[top].tolist(), scores[top].tolist(), joint[top].tolist(), strict=True):
                word = self._model.words[row]
                text = case.apply(word)
                rated.append((both, text, row, score))
                if case is Case.TITLE:
                    rated += [(both, text, number, score + share) for number, share in self._names.get(word, ())]
        rated.sort(key=lambda one: -one[0])
        kept = rated[: self._kept + 6]
        return tuple(Candidate(text, row, -1, score) for both, text, row, score in kept if both >= kept[0][0] - _WINDOW)

    def _other_words(self, read: str) -> list[Candidate]:
        """Words of the vocabulary that are no syllables (abbreviations, foreign words), with these bare letters."""
        found = []
        for number in self._other.get(fold_aligned(read).translate(_DIGITS_AS_LETTERS), ()):
            word = self._model.words[number]
            if word == read.lower():
                found.append(Candidate(read, number, -1, -0.3))
            elif read.isupper() or len(word) > 4 or read.istitle():
                text = word.upper() if read.isupper() else word.capitalize() if read.istitle() else word
                found.append(Candidate(text, number, -1, -2.0))
        repaired = self._repaired(read)
        if repaired != read:
            number = self._model.number.get(repaired.lower(), _UNKNOWN)
            found.append(Candidate(repaired, number, -1, _KNOWN_ABBREVIATION * len(read) - 1))
        return found

    def _repaired(self, read: str) -> str:
        """An abbreviation in capitals with the Đ that it is always written with."""
        if not read.isupper() or len(read) == 1 or is_syllable(read):
            return read
        return repair_abbreviation(read, misread=not isinstance(self._source, StrippedSource))

    def _sign(self, read: str) -> tuple[Candidate, ...]:
        """A sign that stands for itself, or for what the model without Vietnamese makes it of."""
        stands = Candidate(read, self._model.number["<num>"], -1, 0.0)
        if self._marks_doubtful or isinstance(self._source, StrippedSource):
            return (stands,)
        return (stands, *(Candidate(word, self._model.number[word], -1, score) for word, score in _SIGNS[read]))

    def _as_it_stands(self, read: str) -> float:
        """Log probability of a word that is in no list and was read rightly."""
        if read.isupper() and read.isalpha() and len(read) > 1:
            if not self._marks_doubtful and self._repaired(read) != read:
                return (_KNOWN_ABBREVIATION - 1) * len(read) - 1  # no Đ can be read here
            if is_abbreviation(read):
                return _KNOWN_ABBREVIATION * len(read)
            if not set(fold_aligned(read)) & _VOWELS:
                return _ABBREVIATION * len(read)
        cost = _LETTER_COST * len(read)
        return -cost - (_MIXED_COST if any(not c.isalpha() for c in read) and any(c.islower() for c in read) else 0.0)


_TWO_CAPITALS: Final = {
    False: ((Case.UPPER, -4.0), (Case.TITLE, -0.4), (Case.LOWER, -3.5)),
    True: ((Case.UPPER, 0.0), (Case.TITLE, -3.5), (Case.LOWER, -2.5)),
}


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


def _with_tail(read: str, tail: str) -> str:
    """The word with the signs behind it as letters: ``THO!`` was THỜI."""
    return read + tail.replace("!", "I")


def _tail_belongs(text: str, tail: str) -> float:
    """Log odds that a sign behind a word is its last letter's hook, horn or acute rather than punctuation."""
    marks = unicodedata.normalize("NFD", text[-1:])[1:]
    return 2.0 if tail != "!" and any(m in "\u0309\u031b\u0301" for m in marks) else -1.5


def cases_of(read: str, among_capitals: bool, *, marks_doubtful: bool = False) -> tuple[tuple[Case, float], ...]:
    """How the true word may be capitalised, each with a log probability.

    Args:
        read: The read word.
        among_capitals: Whether the words beside it are in capitals.
        marks_doubtful: As for :class:`Generator`.
    """
    letters = [c for c in read if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    first = next((c for c in read if c.isalnum()), "")
    if not letters or not upper:
        return ((Case.UPPER, -1.0), (Case.LOWER, -1.0)) if among_capitals and not letters else ((Case.LOWER, 0.0),)
    if upper == len(letters):
        if _ROMAN.fullmatch(read) and len(read) > 1 and not among_capitals:
            return ((Case.UPPER, -4.0), (Case.TITLE, -4.0))
        if len(letters) == 2 and not among_capitals:
            # BO and SO are Bộ and Sở: 294 of 436 among small words on pages without a Vietnamese model, 2 of 70 with.
            if not marks_doubtful and fold_aligned(letters[1]) not in _LIKE_VOWELS:
                return ((Case.UPPER, -4.0), (Case.TITLE, -2.5))
            return _TWO_CAPITALS[marks_doubtful]
        if len(letters) > 2 and not set(fold_aligned(read)) & _VOWELS:
            return ((Case.UPPER, -2.0 if among_capitals else -4.0),)  # an abbreviation, nearly always
        if len(letters) > 1:
            return ((Case.UPPER, 0.0),)
        if among_capitals:
            return ((Case.UPPER, -0.2), (Case.TITLE, -2.0))
        return ((Case.TITLE, -0.2), (Case.UPPER, -2.5))
    if first in "IJ" and upper == 1:
        return ((Case.TITLE, -0.7), (Case.LOWER, -0.7))  # a small l, often
    if first.isupper():
        if upper > 1 and 2 * upper > len(letters):
            return ((Case.UPPER, -0.7), (Case.TITLE, -0.9))
        return ((Case.TITLE, 0.0),)
    return ((Case.LOWER, 0.0), (Case.UPPER, -2.0)) if 2 * upper > len(letters) else ((Case.LOWER, 0.0),)
