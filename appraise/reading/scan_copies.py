"""Scans of the same paper put together: they show how many copies were handed in.

Two scans are of one paper when their words are the same but for the engine's noise, and stand at the same places of
the sheet. A report copied from another one has other names or figures where it matters, so it is no copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, median

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcodes

from appraise.dossier import DossierPaper
from extract.record import Record
from normalize.folding import fold_aligned

__all__ = ["are_copies", "with_copies"]

_SAME_TEXT = 85.0  # of 100: two fax scans of one page read 90 to 97 alike, papers of one form 60 to 80
_SAME_WORD = 55.0  # of 100: below, two words are two words and not one word misread
_MOST_OTHER = 0.01  # share of words that may differ outright
_MOST_FIGURES = 0.08  # share of numbers that an engine may read differently on two scans
_LONGEST_GAP = 12  # words that only one scan may have in one place: a stamp, a note at the margin, a lost line
_SHIFT = 14.0  # points that words may be off after the sheets are laid over each other
_LEAST_PLACED = 4
_MOST_CHARACTERS = 40_000
_WORD = regex.compile(r"\w+")


def with_copies(papers: Sequence[DossierPaper]) -> list[DossierPaper]:
    """``papers`` with near-duplicate scans put together, the best read one in the place of the first.

    Each has at least itself in ``copies``; papers are compared within their kind.
    """
    groups: list[list[DossierPaper]] = []
    for paper in papers:
        group = next((found for found in groups if are_copies(found[0], paper)), None)
        if group is None:
            groups.append([paper])
        else:
            group.append(paper)
    return [_together(group) for group in groups]


def are_copies(one: DossierPaper, other: DossierPaper) -> bool:
    """Whether both are scans of the same sheets."""
    if one.kind != other.kind or len(one.pages) != len(other.pages):
        return False
    return _same_words(one, other) and _same_layout(one, other)


def _together(group: Sequence[DossierPaper]) -> DossierPaper:
    best = max(group, key=lambda paper: _clarity(paper.record))
    return replace(best, copies=tuple((paper.file, paper.pages[0] if paper.pages else 1) for paper in group))


def _clarity(record: Record) -> float:
    return mean([page.mean_confidence for page in record.quality.pages] or [1.0])


def _words(paper: DossierPaper) -> list[str]:
    return [match.group() for match in _WORD.finditer(fold_aligned(paper.text[slice(*paper.span)][:_MOST_CHARACTERS]))]


def _same_words(one: DossierPaper, other: DossierPaper) -> bool:
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    if fuzz.ratio(" ".join(words), " ".join(others), score_cutoff=_SAME_TEXT) < _SAME_TEXT:
        return False
    changes = Levenshtein.opcodes(words, others)
    if any(max(c.src_end - c.src_start, c.dest_end - c.dest_start) > _LONGEST_GAP for c in changes if c.tag != "equal"):
        return False
    differing = _outright(words, others, changes)
    if differing > max(1, _MOST_OTHER * max(len(words), len(others))) or _renamed(words, others, changes):
        return False
    scanned = bool(one.record.quality.pages) and bool(other.record.quality.pages)
    return _same_figures(words, others, allowed=_MOST_FIGURES if scanned else 0.0)


def _same_figures(words: Sequence[str], others: Sequence[str], allowed: float) -> bool:
    figures, other_figures = (Counter(word for word in read if word.isdigit()) for read in (words, others))
    most = max(figures.total(), other_figures.total())
    return most - (figures & other_figures).total() <= allowed * most


def _outright(words: Sequence[str], others: Sequence[str], changes: Opcodes) -> int:
    """How many words stand for others that no misreading explains."""
    return sum(
        fuzz.ratio("".join(words[c.src_start : c.src_end]), "".join(others[c.dest_start : c.dest_end])) < _SAME_WORD
        for c in changes
        if c.tag == "replace"
    )


def _renamed(words: Sequence[str], others: Sequence[str], changes: Opcodes) -> bool:
    """Whether one word stands for the same other one time and again: noise changes, a name does not."""
    swaps = [
        (tuple(words[c.src_start : c.src_end]), tuple(others[c.dest_start : c.dest_end]))
        for c in changes
        if c.tag == "replace"
    ]
    repeated = {swap for swap in swaps if swaps.count(swap) > 1}
    return any(
        fuzz.ratio("".join(was), "".join(now)) < _SAME_WORD and not any(word.isdigit() for word in (*was, *now))
        for was, now in repeated
    )


def _same_layout(one: DossierPaper, other: DossierPaper) -> bool:
    """Whether what both say stands at the same places; for plain text, whether its lines break alike."""
    placed, others = _places(one.record, one.pages), _places(other.record, other.pages)
    shared = placed.keys() & others.keys()
    if len(shared) < _LEAST_PLACED:
        return _same_lines(one, other) if not placed and not others else bool(shared)
    pages = {key: placed[key][0] for key in shared}
    if any(pages[key] != others[key][0] for key in shared):
        return False
    for axis in (1, 2):
        shifts = [placed[key][axis] - others[key][axis] for key in shared]
        middle = median(shifts)
        if median(abs(shift - middle) for shift in shifts) > _SHIFT:
            return False
    return True


def _places(record: Record, pages: Sequence[int]) -> dict[tuple[str, int], tuple[int, float, float]]:
    """Where values and cells stand: what they print and how often it came before, to page of the paper, x and y."""
    found: dict[tuple[str, int], tuple[int, float, float]] = {}
    seen: dict[str, int] = {}
    cells = (cell for table in record.tables for row in table.rows for cell in row.cells)
    for text, where in (*((v.raw, v.where) for v in record.values), *((c.text, c.where) for c in cells)):
        if not where or where[0].page not in pages:
            continue
        key = fold_aligned(" ".join(text.split()))
        seen[key] = seen.get(key, 0) + 1
        found[key, seen[key]] = (pages.index(where[0].page), where[0].box[0], where[0].box[1])
    return found


def _same_lines(one: DossierPaper, other: DossierPaper) -> bool:
    lines, others = (
        [len(line.split()) for line in paper.text[slice(*paper.span)].splitlines() if line.strip()]
        for paper in (one, other)
    )
    return Levenshtein.normalized_similarity(lines, others) >= _SAME_TEXT / 100
