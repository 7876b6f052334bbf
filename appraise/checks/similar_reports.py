"""Reports of different candidates that are nearly the same: copied from each other, with the names changed.

Shingles of five words, names and figures of the candidates included. A flag for a person, with the share and the
figures both tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import regex

from appraise.appraisal import AppraisedCandidate, Check, Evidence
from appraise.checks.check_basis import Basis
from appraise.checks.check_papers import reports_of
from appraise.checks.verdict import Verdict, check_of
from appraise.dossier import DossierPaper
from normalize.folding import fold

__all__ = ["SimilarReports", "check_similar_reports", "similar_reports"]

_SIZE = 5  # words
# Of the shorter report's shingles. Set by judgement: short reports of one proposer reach 0.65 without being copies.
_COPIED = 0.6
_LEAST = 70  # shingles: below, the form alone makes reports alike
_LEAST_LINE = 7  # words: heads, headings and signatures are the same in all reports of one place
_WORD = regex.compile(r"\w+")
# Amounts and counts of two digits and more; years and days stand in every report.
_FIGURE = regex.compile(r"(?<![\w/.,])(?!(?:19|20)\d\d\b)\d[\d.,]{0,18}\d(?![\w/])")


@dataclass(frozen=True, slots=True)
class SimilarReports:
    """Two reports of different candidates; ``share`` of the shorter one's runs of five words stands in the other."""

    first: str
    second: str
    share: float
    figures: tuple[str, ...]
    where: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Report:
    name: str
    paper: DossierPaper
    shingles: frozenset[int]
    figures: frozenset[str]


def check_similar_reports(candidates: Sequence[AppraisedCandidate], basis: Basis) -> dict[str, Check]:
    """A check for each candidate with a report like another's, by the candidate's name."""
    checks: dict[str, Check] = {}
    for found in similar_reports(candidates, basis):
        for own, other in ((found.first, found.second), (found.second, found.first)):
            same = f"; số liệu giống nhau: {', '.join(found.figures[:8])}" if found.figures else ""
            reason = f"{found.share:.0%} nội dung trùng với báo cáo của {other}{same}"
            verdict = Verdict("person", reason, {"share": round(found.share, 3), "other": other}, found.where)
            known = checks.get(own)
            if known is None or known.figures["share"] < verdict.figures["share"]:
                checks[own] = check_of(verdict, "similar_report", "Báo cáo trùng nội dung với báo cáo khác")
    return checks


def similar_reports(candidates: Sequence[AppraisedCandidate], basis: Basis) -> list[SimilarReports]:
    """Pairs of candidates whose reports are nearly the same, most alike first."""
    reports = [_read(c.name, paper) for c in candidates for paper in reports_of(c, basis.dossier)[:1]]
    pairs = []
    for one, other in combinations(reports, 2):
        shorter = min(len(one.shingles), len(other.shingles))
        if one.paper is other.paper or shorter < _LEAST:
            continue
        share = len(one.shingles & other.shingles) / shorter
        if share >= _COPIED:
            where = tuple(Evidence(file=r.paper.file, page=r.paper.pages[0]) for r in (one, other))
            figures = tuple(sorted(one.figures & other.figures, key=lambda f: (-len(f), f)))
            pairs.append(SimilarReports(one.name, other.name, share, figures, where))
    return sorted(pairs, key=lambda pair: -pair.share)


def _read(name: str, paper: DossierPaper) -> _Report:
    folded = fold(paper.text[slice(*paper.span)])
    lines = [_WORD.findall(line) for line in folded.splitlines()]
    words = [word for line in lines if len(line) >= _LEAST_LINE for word in line]
    shingles = frozenset(hash(tuple(words[at : at + _SIZE])) for at in range(len(words) - _SIZE + 1))
    return _Report(name, paper, shingles, frozenset(_FIGURE.findall(folded)))
