"""Scans of the same paper put together: they show how many copies were handed in.

Two scans are of one paper when their words are the same but for the engine's noise, and stand at the same places of
the sheet. A report copied from another one has other names or figures where it matters, so it is no copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, median

from rapidfuzz.distance import Levenshtein

from appraise.dossier import DossierPaper
from corpus.same_words import same_words, words_of_text
from extract.record import Record
from normalize.folding import fold_aligned

__all__ = ["are_copies", "with_copies"]

_SAME_LINES = 0.85  # of the words a line, in plain text
_SHIFT = 14.0  # points that words may be off after the sheets are laid over each other
_LEAST_PLACED = 4


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


def _same_words(one: DossierPaper, other: DossierPaper) -> bool:
    is_scan = bool(one.record.quality.pages) and bool(other.record.quality.pages)
    return same_words(
        *(words_of_text(paper.text[slice(*paper.span)], is_scan=is_scan) for paper in (one, other)),
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
    return Levenshtein.normalized_similarity(lines, others) >= _SAME_LINES
