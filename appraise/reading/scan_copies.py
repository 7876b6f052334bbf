"""Scans of the same paper put together: they show how many copies were handed in.

Two scans are of one paper when their words are the same but for the engine's noise, and stand at the same places of
the sheet. A report copied from another one has other names or figures where it matters, so it is no copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
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
_ONE_LETTER = 1  # "ii" and "il" are 50 of 100 alike, and one misread letter apart
# Words, and share of them, that may differ outright: on scans, and in text.
_MOST_OTHER = {True: (2, 0.02), False: (1, 0.01)}
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


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """What stands in one paper where the other has something else, on both sides between words that they share."""

    was: tuple[_Word, ...]
    now: tuple[_Word, ...]

    @property
    def is_other(self) -> bool:
        """Whether no misreading explains it; words that only one scan shows are a stamp or a lost line."""
        was, now = ("".join(word.folded for word in side) for side in (self.was, self.now))
        return bool(was and now) and (
            fuzz.ratio(was, now) < _SAME_WORD and Levenshtein.distance(was, now) > _ONE_LETTER
        )

    @property
    def is_name(self) -> bool:
        """Whether both sides are somebody's name, which no misreading makes of another."""
        return self.is_other and all(len(side) > 1 and all(w.capital for w in side) for side in (self.was, self.now))

    @property
    def figures(self) -> int:
        """Numbers that stand for other numbers; one that only one scan shows may be handwriting that was not read."""
        was, now = (Counter(word.folded for word in side if word.folded.isdigit()) for side in (self.was, self.now))
        return min((was - now).total(), (now - was).total())


def _words(paper: DossierPaper) -> list[_Word]:
    text = paper.text[slice(*paper.span)][:_MOST_CHARACTERS]
    folded = fold_aligned(text)
    found = []
    for match in _WORD.finditer(folded):
        printed = text[match.start() : match.end()]
        found.append(_Word(match.group(), printed[:1].isupper() and not (len(printed) > 1 and printed.isupper())))
    return found


def _same_words(one: DossierPaper, other: DossierPaper) -> bool:
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    read, read_too = [word.folded for word in words], [word.folded for word in others]
    if fuzz.ratio(" ".join(read), " ".join(read_too), score_cutoff=_SAME_TEXT) < _SAME_TEXT:
        return False
    changes = list(_changes(words, others, Levenshtein.opcodes(read, read_too)))
    if any(max(len(change.was), len(change.now)) > _LONGEST_GAP for change in changes):
        return False
    if any(change.is_name for change in changes) or _renamed(changes):
        return False
    scanned = bool(one.record.quality.pages) and bool(other.record.quality.pages)
    least, share = _MOST_OTHER[scanned]
    if sum(change.is_other for change in changes) > max(least, share * max(len(words), len(others))):
        return False
    figures = max(sum(word.isdigit() for word in side) for side in (read, read_too))
    return sum(change.figures for change in changes) <= (_MOST_FIGURES * figures if scanned else 0)


def _changes(words: Sequence[_Word], others: Sequence[_Word], opcodes: Opcodes) -> Iterator[_Change]:
    """The stretches that differ; neighbours are one ("I. Thông" read as "LThông" is a word replaced and one lost)."""
    for equal, steps in groupby(opcodes, key=lambda step: step.tag == "equal"):
        if not equal:
            run = list(steps)
            yield _Change(
                tuple(words[run[0].src_start : run[-1].src_end]), tuple(others[run[0].dest_start : run[-1].dest_end])
            )


def _renamed(changes: Sequence[_Change]) -> bool:
    """Whether one word stands for the same other one time and again: noise changes, a name does not."""
    swaps = Counter(
        (tuple(w.folded for w in change.was), tuple(w.folded for w in change.now))
        for change in changes
        if change.is_other and not any(word.folded.isdigit() for word in (*change.was, *change.now))
    )
    return any(times > 1 for times in swaps.values())


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
