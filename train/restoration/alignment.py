"""Align true and read words, and turn pages into pairs of (true word, read word) with counts."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from normalize.canonical import canonical
from normalize.folding import fold_aligned
from normalize.restoration.tokens import Kind, tokenize

__all__ = ["page_pairs", "word_pairs"]


def align(true: list[str], read: list[str], gap: float = 1.0) -> list[tuple[str, str]]:
    """Pair the items of two lists, monotonically; unmatched items are left out."""
    n, m = len(true), len(read)
    bare_true, bare_read = [fold_aligned(t) for t in true], [fold_aligned(r) for r in read]
    cost = [[0.0] * (m + 1) for _ in range(n + 1)]
    back = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            if not i and not j:
                continue
            best, step = 1e9, 0
            if i and j:
                d = 1 - Levenshtein.normalized_similarity(bare_true[i - 1], bare_read[j - 1])
                best, step = cost[i - 1][j - 1] + 2 * d * gap, 1
            if i and cost[i - 1][j] + gap < best:
                best, step = cost[i - 1][j] + gap, 2
            if j and cost[i][j - 1] + gap < best:
                best, step = cost[i][j - 1] + gap, 3
            cost[i][j], back[i][j] = best, step
    pairs, i, j = [], n, m
    while i or j:
        step = back[i][j]
        if step == 1:
            pairs.append((true[i - 1], read[j - 1]))
        i, j = i - (step != 3), j - (step != 2)
    return pairs[::-1]


def page_pairs(path: Path, language: str) -> list[tuple[str, str]]:
    """Word pairs of all pages of a file of ``pages.py``, in order."""
    found = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            page = json.loads(line)
            if language not in page:
                continue
            read = [canonical(r) for r in page[language].splitlines() if r.strip()]
            for true_line, read_line in align(page["true"], read):
                found += align(true_line.split(), read_line.split())
    return found


def published_pairs(path: Path) -> list[tuple[str, str]]:
    """Word pairs of the file of 500 pages."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [(t, canonical(r)) for line in file for t, r in json.loads(line)["pairs"]]


def word_pairs(pairs: list[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Counts of (true word, read word) without their punctuation; chunks of one word each."""
    counts: Counter[tuple[str, str]] = Counter()
    for true, read in pairs:
        t = [x for x in tokenize(canonical(true)) if x.kind is Kind.WORD]
        r = list(tokenize(read))
        if len(t) == len(r) == 1:
            # A sign behind the read word that the true one does not have is a mark of its last letter.
            tail = "" if t[0].tail or true[t[0].end :][:1] == r[0].tail[:1] else r[0].tail
            counts[t[0].text, r[0].text + tail] += 1
    return counts
