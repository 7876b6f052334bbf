"""The noisy channel: how likely a read word is, given each Vietnamese syllable.

Three models are mixed: whole syllables (``được`` read as ``dugc``), onset and toned rhyme apart (``ược`` as ``ugc``),
single characters (each makes 0 to 3 read ones, learned by EM). Onsets and rhymes are few (some 100 and 1,500 with their
capitals), so every syllable of the vocabulary is scored at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.folding import fold_aligned
from normalize.syllables import is_syllable, parse_syllable

__all__ = ["FLOORS", "LONGEST", "Case", "Channel", "split_cased"]

FLOORS: Final = (2e-4, 2e-5, 2e-7, 1e-10)  # of a segment of 0 to 3 characters that training never showed
LONGEST: Final = 12
_DISCOUNT: Final = 0.6
# Least share left to what training did not show: other scanners and engines make other errors than our pages did.
_UNSEEN_UNIT: Final = 0.4
_UNSEEN_WHOLE: Final = 0.4
# Share of words that lose all marks and nothing else, whatever the training pages say of their syllable.
_BARE: Final = 0.02
_BEFORE: Final = 30.0  # words: what the training pages weigh against the document itself
Floats = NDArray[np.float64]


class Case(IntEnum):
    """How a word is capitalised."""

    LOWER = 0
    TITLE = 1
    UPPER = 2

    def apply(self, word: str) -> str:
        """The word in this case."""
        if self is Case.UPPER:
            return word.upper()
        return word[0].upper() + word[1:] if self is Case.TITLE else word


def split_cased(word: str) -> tuple[str, str] | None:
    """Onset and toned rhyme of a syllable in any case, None for other words."""
    parsed = parse_syllable(word)
    if parsed is None:
        return None
    return word[: len(parsed.onset)], word[len(parsed.onset) :]


class _Units:
    """A closed list of strings (onsets, or rhymes) and what each of them was read as."""

    def __init__(self, names: list[str], seen: dict[str, dict[str, int]], chars: dict[str, int]) -> None:
        self.number = {name: i for i, name in enumerate(names)}
        # A tree over the letters, level by level: names that begin alike are scored together.
        self._levels: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = []
        above = {"": 0}
        for depth in range(1, max(map(len, names), default=0) + 1):
            prefixes = sorted({name[:depth] for name in names if len(name) >= depth})
            here = {prefix: i for i, prefix in enumerate(prefixes)}
            ending = [name for name in names if len(name) == depth]
            self._levels.append(
                (
                    np.array([above[p[:-1]] for p in prefixes]),
                    np.array([chars.get(p[-1], len(chars)) for p in prefixes]),
                    np.array([self.number[name] for name in ending], dtype=np.int64),
                    np.array([here[name] for name in ending], dtype=np.int64),
                )
            )
            above = here
        self._backoff = np.ones(len(names))
        self._counts: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, name in enumerate(names):
            reads = seen.get(name)
            if reads:
                total = sum(reads.values())
                unseen = max(_DISCOUNT * len(reads) / total, _UNSEEN_UNIT)
                scale = (1 - unseen) / (total - _DISCOUNT * len(reads))
                self._backoff[row] = unseen
                for read, count in reads.items():
                    self._counts[read].append((row, (count - _DISCOUNT) * scale))

    def likelihood(self, read: str, segments: Floats) -> Floats:
        """Probability of ``read`` given each unit.

        Args:
            read: What was read.
            segments: [k, character, j]: probability that a character makes the k characters from j on.

        Returns:
            One probability a unit.
        """
        m = len(read)
        alive = np.zeros((1, m + 1))
        alive[0, 0] = 1.0
        result = np.zeros(len(self.number))
        if "" in self.number:
            result[self.number[""]] = float(not read)
        for parent, column, units, nodes in self._levels:
            before = alive[parent]
            alive = before * segments[0, column]
            for k in range(1, min(3, m) + 1):
                alive[:, k:] += before[:, : m + 1 - k] * segments[k, column, : m + 1 - k]
            result[units] = alive[nodes, m]
        result *= self._backoff
        for row, share in self._counts.get(read, ()):
            result[row] += share
        return result


class Channel:
    """What a damaged word may have been.

    Args:
        path: The ``.npz`` file, as train/restoration/channel.py writes it.
        words: The vocabulary; syllables among it are scored, the rest gets probability 0.
    """

    def __init__(self, path: Path, words: list[str]) -> None:
        with np.load(path, allow_pickle=False) as file:
            chars = _rows(file["char_pairs"], file["char_values"])
            units = _rows(file["unit_pairs"], file["unit_values"])
            whole = _rows(file["whole_pairs"], file["whole_values"])
            totals = dict(zip(_lines(file["total_words"]), file["total_values"].tolist(), strict=True))
        self._chars = {c: i for i, c in enumerate(sorted({c for c, _, _ in chars}))}
        self._segments: dict[str, Floats] = {}
        for char, segment, prob in chars:
            if segment not in self._segments:
                self._segments[segment] = np.full(len(self._chars), FLOORS[len(segment)])
            self._segments[segment][self._chars[char]] = prob
        seen: dict[str, dict[str, dict[str, int]]] = {"O": defaultdict(dict), "R": defaultdict(dict)}
        for unit, read, count in units:
            seen[unit[0]][unit[1:]][read] = int(count)
        self._words = words
        self._cased: list[tuple[_Units, _Units, NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = []
        for case in Case:
            parts = [(i, split_cased(case.apply(w))) for i, w in enumerate(words)]
            rows = np.array([i for i, p in parts if p], dtype=np.int64)
            pairs = [p for _, p in parts if p]
            onsets = _Units(sorted({o for o, _ in pairs}), seen["O"], self._chars)
            rhymes = _Units(sorted({r for _, r in pairs}), seen["R"], self._chars)
            first = np.array([onsets.number[o] for o, _ in pairs])
            second = np.array([rhymes.number[r] for _, r in pairs])
            self._cased.append((onsets, rhymes, rows, first, second))
        self._whole: dict[str, list[tuple[str, float]]] = defaultdict(list)
        kinds: dict[str, list[int]] = defaultdict(list)
        for true, read, count in whole:
            self._whole[read].append((true, (count - _DISCOUNT) / totals[true] * (1 - _UNSEEN_WHOLE)))
            kinds[true].append(int(count))
        number = {w: i for i, w in enumerate(words)}
        self._number = number
        self._backoff = np.ones((len(Case), len(words)))
        for case in Case:
            for true, counts in kinds.items():
                word = number.get(true.lower())
                if word is not None and case.apply(true.lower()) == true:
                    kept = sum(counts) - _DISCOUNT * len(counts)
                    self._backoff[case, word] = 1 - kept / totals[true] * (1 - _UNSEEN_WHOLE)
        self._bare: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(words):
            if is_syllable(name):
                self._bare[fold_aligned(name)].append(at)
        self.suffix = lru_cache(maxsize=20_000)(self._rhyme_likelihood)
        self.prefix = lru_cache(maxsize=5_000)(self._onset_likelihood)

    def likelihood(self, read: str, case: Case) -> Floats:
        """Probability of a read word given each word of the vocabulary in a case; 0 for words that are no syllables.

        Args:
            read: The read word, at most ``LONGEST`` characters (longer ones get 0 everywhere).
            case: How the true word is taken to be capitalised.
        """
        result = np.zeros(len(self._words))
        if not read or len(read) > LONGEST:
            return result
        _, _, rows, first, second = self._cased[case]
        found = np.zeros(len(rows))
        for cut in range(min(len(read), 5) + 1):
            onset = self.prefix(read[:cut], case)
            if onset.max() > 1e-9:
                found += onset[first] * self.suffix(read[cut:], case)[second]
        result[rows] = found * self._backoff[case, rows]
        for true, share in self._whole.get(read, ()):
            word = self._number.get(true.lower())
            if word is not None and case.apply(true.lower()) == true:
                result[word] += share
        bare = self._bare.get(read.lower()) if case.apply(read.lower()) == read else None
        if bare:
            result[bare] = (1 - _BARE) * result[bare] + _BARE
        return result

    def adapted(self, pairs: Sequence[tuple[str, str]]) -> Channel:
        """A channel that has also seen pairs of this document: every scanner and engine has errors of its own.

        Args:
            pairs: (true word, read word), as a first search was sure of them.
        """
        return _AdaptedChannel(self, pairs)

    def cut(self, case: Case, onset: str, rhyme: str, read: str) -> int | None:
        """Where the onset ends in the read word, most likely; None when the pair is impossible."""
        onsets, rhymes, *_ = self._cased[case]
        first, second = onsets.number[onset], rhymes.number[rhyme]
        shares = [
            float(self.prefix(read[:cut], case)[first] * self.suffix(read[cut:], case)[second])
            for cut in range(min(len(read), 5) + 1)
        ]
        best = max(range(len(shares)), key=shares.__getitem__)
        return best if shares[best] > 0 else None

    def _onset_likelihood(self, read: str, case: Case) -> Floats:
        return self._cased[case][0].likelihood(read, self._tables(read))

    def _rhyme_likelihood(self, read: str, case: Case) -> Floats:
        return self._cased[case][1].likelihood(read, self._tables(read))

    def _tables(self, read: str) -> Floats:
        """[k, character, j]; the last character stands for all that training never saw."""
        m, n = len(read), len(self._chars)
        table = np.empty((4, n + 1, m + 1))
        for k in range(4):
            table[k] = FLOORS[k]
            for j in range(m + 1 - k):
                known = self._segments.get(read[j : j + k])
                if known is not None:
                    table[k, :n, j] = known
        return table


class _AdaptedChannel(Channel):
    """A channel with the counts of one document on top; what the other computed is used again."""

    def __init__(self, base: Channel, pairs: Sequence[tuple[str, str]]) -> None:
        self.__dict__.update(base.__dict__)
        self._base = base
        self._seen: list[tuple[_Counts, _Counts]] = [(_Counts(), _Counts()) for _ in Case]
        for true, read in pairs:
            parts = split_cased(true)
            if parts is None or len(read) > LONGEST:
                continue
            case = Case.LOWER if true.islower() else Case.UPPER if true.isupper() and len(true) > 1 else Case.TITLE
            onsets, rhymes, *_ = self._cased[case]
            if parts[0] not in onsets.number or parts[1] not in rhymes.number:
                continue
            cut = base.cut(case, *parts, read)
            if cut is not None:
                self._seen[case][0].add(onsets.number[parts[0]], read[:cut])
                self._seen[case][1].add(rhymes.number[parts[1]], read[cut:])
        self.suffix = lru_cache(maxsize=20_000)(self._rhyme_likelihood)
        self.prefix = lru_cache(maxsize=5_000)(self._onset_likelihood)

    def _onset_likelihood(self, read: str, case: Case) -> Floats:
        return self._seen[case][0].mixed(read, self._base.prefix(read, case))

    def _rhyme_likelihood(self, read: str, case: Case) -> Floats:
        return self._seen[case][1].mixed(read, self._base.suffix(read, case))


class _Counts:
    """What the units of one kind were read as in one document."""

    def __init__(self) -> None:
        self._reads: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._totals: dict[int, int] = defaultdict(int)

    def add(self, unit: int, read: str) -> None:
        self._reads[read][unit] += 1
        self._totals[unit] += 1

    def mixed(self, read: str, likelihood: Floats) -> Floats:
        """The likelihood with this document's counts, against a weight of so many words seen before."""
        result = likelihood.copy()
        if self._totals:
            rows = np.fromiter(self._totals, dtype=np.int64)
            totals = np.fromiter(self._totals.values(), dtype=np.float64)
            result[rows] *= _BEFORE / (_BEFORE + totals)
        for row, count in self._reads.get(read, {}).items():
            result[row] += count / (_BEFORE + self._totals[row])
        return result


def _lines(stored: NDArray[np.uint8]) -> list[str]:
    return stored.tobytes().decode("utf-8").split("\n")


def _rows(pairs: NDArray[np.uint8], values: NDArray[np.generic]) -> list[tuple[str, str, float]]:
    """(true, read, value) of a stored table."""
    split = [line.split("\t") for line in _lines(pairs)]
    return [(true, read, float(value)) for (true, read), value in zip(split, values.tolist(), strict=True)]
