"""The noisy channel: how likely a read word is, given each Vietnamese syllable.

Three models are mixed: whole syllables (``được`` read as ``dugc``), onset and toned rhyme apart (``ược`` as ``ugc``),
single characters (each makes 0 to 3 read ones, learned by EM). Onsets and rhymes are few (some 100 and 1,500 with their
capitals), so every syllable of the vocabulary is scored at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.folding import fold_aligned
from normalize.syllables import parse_syllable

__all__ = ["FLOORS", "LONGEST", "Case", "Channel", "split_cased"]

FLOORS: Final = (2e-4, 2e-5, 2e-7, 1e-10)  # of a segment of 0 to 3 characters that training never showed
LONGEST: Final = 12
_LONGEST_ONSET: Final = 5  # as it may be read
_DISCOUNT: Final = 0.6
# Least share left to what training did not show: other scanners and engines make other errors than our pages did.
_UNSEEN_UNIT: Final = 0.4
_UNSEEN_WHOLE: Final = 0.4
# Share of words that lose all marks and nothing else, whatever the training pages say of their syllable.
_BARE: Final = 0.02
_BEFORE: Final = 30.0  # words: what the training pages weigh against the document itself
_TOGETHER: Final = 16
# Words; one takes 30 kB. Those forgotten are scored again when they are asked for.
_REMEMBERED: Final = 2000
# Single precision: nothing below 1e-16 is kept of what comes out, and it takes half the time.
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


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
    """A closed list of strings (onsets, or rhymes) and what each of them was read as.

    Args:
        names: The strings.
        seen: What each was read as, how often.
        segments: What characters were read as: for each segment its probability given each character that makes it.
        from_end: False for units that begin a word, True for those that end it.
    """

    def __init__(
        self,
        names: list[str],
        seen: dict[str, dict[str, int]],
        segments: dict[str, dict[str, float]],
        *,
        from_end: bool,
    ) -> None:
        self.number = {name: i for i, name in enumerate(names)}
        self._from_end = from_end
        letters = sorted({c for name in names for c in name})
        self._letters = len(letters)
        self._segments = {
            segment: np.array([made.get(c, FLOORS[len(segment)]) for c in letters], np.float32)
            for segment, made in segments.items()
            if not made.keys().isdisjoint(letters)
        }
        column = {letter: i for i, letter in enumerate(letters)}
        # A tree over the letters, level by level: names that begin (or end) alike are scored together.
        self._levels: list[tuple[Ints, Ints, Ints, Ints]] = []
        above = {"": 0}
        turned = [name[::-1] if from_end else name for name in names]
        for depth in range(1, max(map(len, names), default=0) + 1):
            paths = sorted({name[:depth] for name in turned if len(name) >= depth})
            here = {path: i for i, path in enumerate(paths)}
            ending = [at for at, name in enumerate(turned) if len(name) == depth]
            self._levels.append(
                (
                    np.array([above[p[:-1]] for p in paths]),
                    np.array([column[p[-1]] for p in paths]),
                    np.array(ending, dtype=np.int64),
                    np.array([here[turned[at]] for at in ending], dtype=np.int64),
                )
            )
            above = here
        self._backoff = np.ones(len(names), np.float32)
        counts: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, name in enumerate(names):
            reads = seen.get(name)
            if reads:
                total = sum(reads.values())
                unseen = max(_DISCOUNT * len(reads) / total, _UNSEEN_UNIT)
                scale = (1 - unseen) / (total - _DISCOUNT * len(reads))
                self._backoff[row] = unseen
                for read, count in reads.items():
                    counts[read].append((row, (count - _DISCOUNT) * scale))
        self._counts = {
            read: (np.array([r for r, _ in c]), np.array([x for _, x in c], np.float32)) for read, c in counts.items()
        }

    def likelihood(self, reads: Sequence[str], longest: int) -> Floats:
        """Probability of the first characters of words given each unit, or of the last ones, one by one.

        The share of reads that training showed is left out: :meth:`add_seen` adds it.

        Args:
            reads: Words of about one length.
            longest: Number of characters up to which their beginnings (or ends) are scored.

        Returns:
            [j, word, unit]: of the first (or last) j characters; j goes from 0.
        """
        segments = self._table(reads, longest)
        size = segments.shape[2]
        result = np.zeros((len(self.number), size, len(reads)), np.float32)
        if "" in self.number:
            result[self.number[""], 0] = 1.0
        alive = np.zeros((1, size, len(reads)), np.float32)
        alive[:, 0] = 1.0
        for parent, column, units, nodes in self._levels:
            before, made = alive[parent], segments[column]
            alive = before * made[:, 0]
            for k in range(1, min(4, size)):
                alive[:, k:] += before[:, : size - k] * made[:, k, : size - k]
            result[units] = alive[nodes]
        turned = np.ascontiguousarray(np.moveaxis(result, 0, 2))
        turned *= self._backoff
        return turned

    def _table(self, reads: Sequence[str], longest: int) -> Floats:
        """[letter, k, j, word]: probability that a letter makes the k characters from the j-th on (from the end)."""
        size = min(max(map(len, reads)), longest) + 1
        table = np.empty((4, size, len(reads), self._letters), np.float32)
        for k in range(4):
            table[k] = FLOORS[k]
            for at, read in enumerate(reads):
                for j in range(min(len(read) + 1, size) - k):
                    start = len(read) - k - j if self._from_end else j
                    known = self._segments.get(read[start : start + k])
                    if known is not None:
                        table[k, j, at] = known
        return np.ascontiguousarray(np.moveaxis(table, 3, 0))

    def add_seen(self, reads: Sequence[str], likelihood: Floats) -> Floats:
        """Add what training says of each read as a whole to (reads, units)."""
        for at, read in enumerate(reads):
            seen = self._counts.get(read)
            if seen is not None:
                likelihood[at, seen[0]] += seen[1]
        return likelihood


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Probabilities of a read word's two parts, for each place where the onset may end: (cuts, onsets or rhymes)."""

    onsets: Floats
    rhymes: Floats


class Channel:
    """What a damaged word may have been.

    Args:
        path: The ``.npz`` file, as train/restoration/channel.py writes it.
        words: The vocabulary; its syllables are scored.
    """

    def __init__(self, path: Path, words: list[str]) -> None:
        with np.load(path, allow_pickle=False) as file:
            chars = _rows(file["char_pairs"], file["char_values"])
            units = _rows(file["unit_pairs"], file["unit_values"])
            whole = _rows(file["whole_pairs"], file["whole_values"])
            totals = dict(zip(_lines(file["total_words"]), file["total_values"].tolist(), strict=True))
        segments: dict[str, dict[str, float]] = defaultdict(dict)
        for char, segment, prob in chars:
            segments[segment][char] = prob
        seen: dict[str, dict[str, dict[str, int]]] = {"O": defaultdict(dict), "R": defaultdict(dict)}
        for unit, read, count in units:
            seen[unit[0]][unit[1:]][read] = int(count)
        parted = [(i, word, parts) for i, word in enumerate(words) if (parts := split_cased(word))]
        syllables = [(i, word) for i, word, _ in parted]
        ends = [len(onset) for _, _, (onset, _) in parted]
        self._rows = np.array([i for i, _ in syllables])
        place = {word: at for at, (_, word) in enumerate(syllables)}
        self._cased: list[tuple[_Units, _Units, Ints]] = []
        for case in Case:
            cased = [case.apply(word) for _, word in syllables]
            pairs = [(word[:end], word[end:]) for word, end in zip(cased, ends, strict=True)]
            onsets = _Units(sorted({o for o, _ in pairs}), seen["O"], segments, from_end=False)
            rhymes = _Units(sorted({r for _, r in pairs}), seen["R"], segments, from_end=True)
            number = [onsets.number[o] * len(rhymes.number) + rhymes.number[r] for o, r in pairs]
            self._cased.append((onsets, rhymes, np.array(number)))
        self._whole: dict[tuple[str, Case], list[tuple[int, float]]] = defaultdict(list)
        self._backoff = np.ones((len(Case), len(syllables)), np.float32)
        for true, read, count in whole:
            at = place.get(true.lower())
            for case in Case:
                if at is not None and case.apply(true.lower()) == true:
                    share = (count - _DISCOUNT) / totals[true] * (1 - _UNSEEN_WHOLE)
                    self._whole[read, case].append((at, share))
                    self._backoff[case, at] -= share
        self._bare: dict[str, list[int]] = defaultdict(list)
        for at, (_, word) in enumerate(syllables):
            self._bare[fold_aligned(word)].append(at)
        self._known: dict[tuple[str, Case], _Cuts] = {}
        self.cut = lru_cache(maxsize=50_000)(self._likeliest_cut)

    def likelihood(self, read: str, case: Case) -> tuple[Ints, Floats]:
        """Probability of a read word given each syllable of the vocabulary in a case.

        Args:
            read: The read word, at most ``LONGEST`` characters (longer ones get 0 everywhere).
            case: How the true word is taken to be capitalised.

        Returns:
            Numbers of words in the vocabulary, and as many probabilities.
        """
        if not read or len(read) > LONGEST:
            return self._rows[:0], np.zeros(0, np.float32)
        cuts = self._cuts(read, case)
        result: Floats = (cuts.onsets.T @ cuts.rhymes).ravel()[self._cased[case][2]]
        result *= self._backoff[case]
        for at, share in self._whole.get((read, case), ()):
            result[at] += share
        bare = self._bare.get(read.lower()) if case.apply(read.lower()) == read else None
        if bare:
            result[bare] = (1 - _BARE) * result[bare] + _BARE
        return self._rows, result

    def adapted(self, pairs: Sequence[tuple[str, str]]) -> Channel:
        """A channel that has also seen pairs of this document: every scanner and engine has errors of its own.

        Args:
            pairs: (true word, read word), as a first search was sure of them.
        """
        return _AdaptedChannel(self, pairs)

    def units(self, case: Case, parts: tuple[str, str]) -> tuple[int, int] | None:
        """Numbers of an onset and a rhyme, None where the vocabulary lacks one."""
        onsets, rhymes, _ = self._cased[case]
        onset, rhyme = onsets.number.get(parts[0]), rhymes.number.get(parts[1])
        return None if onset is None or rhyme is None else (onset, rhyme)

    def _likeliest_cut(self, case: Case, onset: int, rhyme: int, read: str) -> int | None:
        """Where the onset ends in the read word, most likely; None when the pair is impossible."""
        cuts = self._cuts(read, case)
        shares = cuts.onsets[:, onset] * cuts.rhymes[:, rhyme]
        best = int(shares.argmax())
        return best if shares[best] > 0 else None

    def prepare(self, reads: Collection[tuple[str, Case]]) -> None:
        """Score words together that will be asked for: one then costs a third of what it costs alone."""
        for case in Case:
            new = {read for read, its in reads if its is case and (read, case) not in self._known}
            wanted = sorted((read for read in new if 0 < len(read) <= LONGEST), key=len)
            for first in range(0, len(wanted), _TOGETHER):
                self._score(wanted[first : first + _TOGETHER], case)

    def _cuts(self, read: str, case: Case) -> _Cuts:
        known = self._known.get((read, case))
        if known is None:
            self._score([read], case)
            known = self._known[read, case]
        return known

    def _score(self, reads: list[str], case: Case) -> None:
        """Score words of about one length, and remember them."""
        onsets, rhymes, _ = self._cased[case]
        first = onsets.likelihood(reads, _LONGEST_ONSET)
        second = rhymes.likelihood(reads, LONGEST)
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]
        for at, read in enumerate(reads):
            places = list(range(min(len(read), _LONGEST_ONSET) + 1))
            ends = [len(read) - place for place in places]
            self._known[read, case] = _Cuts(
                onsets.add_seen([read[:place] for place in places], first[places, at]),
                rhymes.add_seen([read[place:] for place in places], second[ends, at]),
            )


class _AdaptedChannel(Channel):
    """A channel with the counts of one document on top; what the other computed is used again."""

    def __init__(self, base: Channel, pairs: Sequence[tuple[str, str]]) -> None:
        self.__dict__.update(base.__dict__)
        self._base = base
        self._seen = [tuple(_Counts(len(units.number)) for units in cased[:2]) for cased in self._cased]
        for true, read in pairs:
            parts = split_cased(true)
            if parts is None or len(read) > LONGEST:
                continue
            case = Case.LOWER if true.islower() else Case.UPPER if true.isupper() and len(true) > 1 else Case.TITLE
            units = base.units(case, parts)
            cut = base.cut(case, *units, read) if units else None
            if units is not None and cut is not None:
                self._seen[case][0].add(units[0], read[:cut])
                self._seen[case][1].add(units[1], read[cut:])

    def prepare(self, reads: Collection[tuple[str, Case]]) -> None:
        """As for any channel."""
        self._base.prepare(reads)

    def _cuts(self, read: str, case: Case) -> _Cuts:
        known = self._base._cuts(read, case)  # noqa: SLF001
        onsets, rhymes = self._seen[case]
        places = range(len(known.onsets))
        return _Cuts(
            onsets.mixed([read[:at] for at in places], known.onsets),
            rhymes.mixed([read[at:] for at in places], known.rhymes),
        )


class _Counts:
    """What the units of one kind were read as in one document.

    Args:
        size: Number of units.
    """

    def __init__(self, size: int) -> None:
        self._reads: dict[str, Counter[int]] = defaultdict(Counter)
        self._totals = np.zeros(size, np.float32)

    def add(self, unit: int, read: str) -> None:
        self._reads[read][unit] += 1
        self._totals[unit] += 1

    def mixed(self, reads: Sequence[str], likelihood: Floats) -> Floats:
        """The likelihood (reads, units) with this document's counts, against a weight of so many words seen before."""
        weight = np.float32(1) / (np.float32(_BEFORE) + self._totals)
        result: Floats = likelihood * (np.float32(_BEFORE) * weight)
        for at, read in enumerate(reads):
            for unit, count in self._reads.get(read, {}).items():
                result[at, unit] += count * weight[unit]
        return result


def _lines(stored: NDArray[np.uint8]) -> list[str]:
    return stored.tobytes().decode("utf-8").split("\n")


def _rows(pairs: NDArray[np.uint8], values: NDArray[np.generic]) -> list[tuple[str, str, float]]:
    """(true, read, value) of a stored table."""
    split = [line.split("\t") for line in _lines(pairs)]
    return [(true, read, float(value)) for (true, read), value in zip(split, values.tolist(), strict=True)]
