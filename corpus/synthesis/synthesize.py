"""The way from a seed to scans with truth: draw a case, word a document, set it, ink it, scan it, write it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator

from corpus.synthesis.cases import Case, draw_case
from corpus.synthesis.degradation import Scan, Scanner, any_scanner, scan
from corpus.synthesis.documents import Document
from corpus.synthesis.drawing import Paper, draw_print
from corpus.synthesis.frame import Content, draw_habits, framed
from corpus.synthesis.genres import guidance, merits, proposals
from corpus.synthesis.inks import press_marks
from corpus.synthesis.province import list_of_places
from corpus.synthesis.scans import write_scans
from corpus.synthesis.sheets import PageRules
from corpus.synthesis.truth import write_truth
from corpus.synthesis.typesetting import typeset
from normalize.errors import UsageError

__all__ = [
    "KINDS",
    "Synthetic",
    "draw_rules",
    "make_document",
    "print_document",
    "scan_document",
    "synthesize",
    "write_synthetic",
]

KINDS: Mapping[str, Callable[[Case, Generator], Content]] = {
    "quyet-dinh": guidance.decision,
    "cong-van": guidance.letter,
    "to-trinh": proposals.submission,
    "bien-ban": proposals.minutes,
    "bao-cao-thanh-tich": merits.merit_report,
    "thong-bao": guidance.notice,
    "ke-hoach": guidance.plan,
    "huong-dan": guidance.guideline,
}


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A fictional document with its scanned pages; every scan holds the truth of its words."""

    document: Document
    scans: tuple[Scan, ...]


def synthesize(
    out: Path, count: int, seed: int, *, kinds: tuple[str, ...] = (), scanner: Scanner | None = None
) -> list[Path]:
    """Write ``count`` documents below ``out``, one folder each: scan.pdf, page-N.gt.txt, fields.json, words.json.

    Beside them lies ``places.tsv``, the list of the invented communes for ``--places``.

    Args:
        out: Folder, made where missing.
        count: How many documents.
        seed: Documents depend on the seed and their place in the row only, not on ``count``.
        kinds: Names in ``KINDS`` to go round; empty takes all.
        scanner: One scanner for all pages; None draws one for each document.

    Returns:
        The folders.

    Raises:
        UsageError: A kind is not known.
        MissingDependencyError: No Times-metric font is installed.
    """
    folders = []
    for index in range(count):
        rng = np.random.default_rng([seed, index])
        kind = (kinds or tuple(KINDS))[index % len(kinds or KINDS)]
        folder = out / f"{index:04d}-{kind}"
        write_synthetic(scan_document(make_document(kind, rng), rng, scanner or any_scanner(rng)), folder)
        folders.append(folder)
    if folders:
        (out / "places.tsv").write_text(list_of_places(), encoding="utf-8", newline="\n")
    return folders


def make_document(kind: str, rng: Generator, case: Case | None = None) -> Document:
    """Word one document of ``kind``, of ``case`` or of a case drawn for it."""
    if kind not in KINDS:
        raise UsageError(f"There is no kind of document named {kind}.", f"Known kinds: {', '.join(KINDS)}.")
    return framed(KINDS[kind](case or draw_case(rng), rng), draw_habits(rng), rng)


def scan_document(document: Document, rng: Generator, scanner: Scanner, rules: PageRules | None = None) -> Synthetic:
    """Print ``document`` and scan its pages."""
    papers = print_document(document, rng, rules)
    pictures = [paper.picture() for paper in papers]
    scans = []
    for index, paper in enumerate(papers):
        back = pictures[index ^ 1] if index ^ 1 < len(pictures) else None  # sheets printed on both sides
        scans.append(scan(pictures[index], paper.words, scanner, rng, back))
    return Synthetic(document, tuple(scans))


def print_document(document: Document, rng: Generator, rules: PageRules | None = None) -> list[Paper]:
    """Set ``document`` and put its ink on paper: what lies on the scanner's glass."""
    papers: list[Paper] = []
    for sheet in typeset(document, rules or draw_rules(rng, document)):
        paper = draw_print(sheet, rng)
        press_marks(document, sheet, paper, rng)
        papers.append(paper)
    return papers


def draw_rules(rng: Generator, document: Document) -> PageRules:
    """Page rules within what NĐ 30/2020 allows; documents before March 2020 follow the older page number."""
    size = float(rng.choice([13.0, 13.5, 14.0, 14.0]))
    rules = PageRules()
    return replace(
        rules,
        left=rules.left + float(rng.uniform(0, 8)),
        right=rules.right + float(rng.uniform(-5, 8)),
        top=rules.top + float(rng.uniform(0, 10)),
        size=size,
        leading=size * float(rng.uniform(1.17, 1.4)),
        gap=float(rng.choice([3.0, 6.0, 6.0])),
        indent=float(rng.choice([28.35, 36.0])),
        head_size=float(rng.choice([12.0, 13.0, 13.0])),
        number_at_top=(document.facts.issue_date or "") >= "2020-03-05",
    )


def write_synthetic(synthetic: Synthetic, folder: Path) -> None:
    """Write scan and truth of one document into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    write_scans(synthetic.scans, folder / "scan.pdf")
    write_truth(synthetic.document, synthetic.scans, folder)
