"""Documents that say the same: one paper scanned twice, a copy, the same text at another resolution.

Comparing all pairs is out of reach for an archive. Each document is known by a sketch: the smallest hashes of its runs
of three words (MinHash, Broder 1997). Two sketches of one text hold the same hashes, whatever their order. Runs that
many documents have, the words of a form, tell nothing and are passed over; documents that share rare runs are compared
word by word. Work grows with the number of documents, not with its square.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice

import numpy as np
import regex
from numpy.typing import NDArray

from corpus.same_words import ReadWord, same_words
from normalize.folding import fold_aligned
from normalize.natural_order import natural_key

__all__ = ["Sketch", "near_duplicates", "same_pages", "sketch_of"]

Sketch = NDArray[np.uint64]
"""Hashes of runs of words, ascending, at most 256."""

_RUN = 3  # words
_KEPT = 256  # a page has about 300 runs: one page is known whole
_COMMON = 64  # documents that have a run: above, it is the form's
_WINDOW = 8  # documents further down the list of a run that each is held against
_LEAST_SHARED = 3
_SHARE = 0.05  # of the runs of the shorter that are not the form's; two bad scans of one page share a quarter
_MOST_PARTNERS = 12  # of one document, those that share most
_MOST_WORDS = 8_000  # of documents that are compared as a whole
_WORD = regex.compile(r"\w+")
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


def sketch_of(text: str) -> Sketch:
    """The sketch of a text; empty where it has no run of words."""
    words = [zlib.crc32(match.group().encode()) for match in _WORD.finditer(fold_aligned(text))]
    if len(words) < _RUN:
        return np.empty(0, dtype=np.uint64)
    hashes = np.array(words, dtype=np.uint64)
    count = len(words) - _RUN + 1
    runs = np.zeros(count, dtype=np.uint64)
    for at, factor in enumerate(_FACTORS):
        runs = (runs ^ hashes[at : at + count]) * factor
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)[:_KEPT]


def near_duplicates(sketches: Mapping[str, Sketch], is_same: Callable[[str, str], bool]) -> dict[str, str]:
    """By document, the first of those that say the same; the first itself and single ones are left out.

    Args:
        sketches: By the documents' keys.
        is_same: Compares two documents word by word; asked for few pairs only.

    Returns:
        Keys to the key that comes first in natural order.
    """
    keys = sorted(sketches, key=natural_key)
    groups = _Groups(len(keys))
    for one, other in _alike([sketches[key] for key in keys]):
        if groups.first(one) != groups.first(other) and is_same(keys[one], keys[other]):
            groups.join(one, other)
    firsts = ((key, keys[groups.first(number)]) for number, key in enumerate(keys))
    return {key: first for key, first in firsts if key != first}


def same_pages(one: Sequence[Sequence[ReadWord]], other: Sequence[Sequence[ReadWord]]) -> bool:
    """Whether two documents say the same: page by page, or as a whole where the pages break in other places."""
    pages, others = ([page for page in read if page] for read in (one, other))
    if len(pages) == len(others):
        return bool(pages) and all(map(same_words, pages, others))
    return same_words(*(list(islice(chain.from_iterable(read), _MOST_WORDS)) for read in (pages, others)))


def _alike(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Pairs of documents that share rare runs."""
    if not sketches:
        return []
    runs = np.concatenate(sketches)
    owners = np.repeat(np.arange(len(sketches), dtype=np.int64), [len(sketch) for sketch in sketches])
    order = np.lexsort((owners, runs))
    runs, owners = runs[order], owners[order]
    _, numbers, counts = np.unique(runs, return_inverse=True, return_counts=True)
    telling = counts[numbers] <= _COMMON
    runs, owners = runs[telling], owners[telling]
    own = np.bincount(owners, minlength=len(sketches))
    met = [
        owners[:-step][same] * len(sketches) + owners[step:][same]
        for step in range(1, _WINDOW + 1)
        if len(runs) > step
        for same in [runs[:-step] == runs[step:]]
    ]
    if not met:
        return []
    pairs, shared = np.unique(np.concatenate(met), return_counts=True)
    ones, others = pairs // len(sketches), pairs % len(sketches)
    shorter = np.minimum(own[ones], own[others])
    enough = shared >= np.maximum(np.minimum(_LEAST_SHARED, shorter), _SHARE * shorter)
    return _best(ones[enough], others[enough], shared[enough])


def _best(ones: NDArray[np.int64], others: NDArray[np.int64], shared: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Those that share most; a document has no more than so many partners."""
    partners: dict[int, int] = defaultdict(int)
    best = []
    for at in np.argsort(-shared, kind="stable"):
        one, other = int(ones[at]), int(others[at])
        if min(partners[one], partners[other]) < _MOST_PARTNERS:
            partners[one] += 1
            partners[other] += 1
            best.append((one, other))
    return sorted(best)  # by document, so that its pages are read once


class _Groups:
    """Documents that belong together, each group known by its first."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def first(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.first(one), self.first(other)))
        self._above[second] = first
