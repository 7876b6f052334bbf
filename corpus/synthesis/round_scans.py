"""Makes the scans of ``corpus/samples/round`` anew: ``python -m corpus.synthesis.round_scans [DOSSIER...]``.

With the same fonts and library versions the bytes are the same.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.synthesis.degradation import COPY, FAX, OFFICE, POOR, WORN, Scan, Scanner
from corpus.synthesis.documents import Document
from corpus.synthesis.round_papers import guideline_document, papers_of
from corpus.synthesis.round_story import Story, read_story
from corpus.synthesis.scans import write_scans
from corpus.synthesis.sheets import PageRules
from corpus.synthesis.synthesize import scan_document
from corpus.synthesis.truth import transcription

__all__ = ["ROUND", "ROUND_RULES", "make_dossier", "make_guideline", "make_round", "text_of"]

ROUND = Path(__file__).resolve().parents[1] / "samples" / "round"
SCANNERS = {
    "colour": replace(OFFICE, dpi=150, noise=1.2, quality=45),
    "grey": replace(OFFICE, grey=True, dpi=150, noise=1.5, quality=50),
    "fax": replace(FAX, specks=25),
    "archive": replace(FAX, dpi=300, noise=1.0, specks=15),
    "copy": replace(COPY, noise=6.0, specks=80, fade=0.3),
    "worn": replace(WORN, grey=True, noise=2.0, quality=40),
    "poor": replace(POOR, dpi=130, noise=2.0, quality=45),
}
ROUND_RULES = PageRules(number_at_top=True, size=13.0, leading=16.5)


def make_round(out: Path = ROUND / "dossiers", names: Sequence[str] = ()) -> list[Path]:
    """Write the dossiers ``names`` (all where empty) below ``out``; returns their folders."""
    folders = [folder for folder in sorted((ROUND / "truth").iterdir()) if not names or folder.name in names]
    return [make_dossier(read_story(folder), out / folder.name) for folder in folders]


def make_guideline(out: Path = ROUND / "guideline") -> None:
    """Write ``huong-dan.pdf``, a scan, and ``huong-dan.txt``, its text, from ``huong-dan.toml``."""
    document = guideline_document(out / "huong-dan.toml")
    write_scans(_scanned(document, SCANNERS["fax"], 0, 0), out / "huong-dan.pdf")
    (out / "huong-dan.txt").write_text(text_of(document), encoding="utf-8", newline="\n")


def make_dossier(story: Story, folder: Path) -> Path:
    """Write the PDFs of ``story`` and ``received.txt`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    scans: list[tuple[str, tuple[Scan, ...]]] = []
    for place, paper in enumerate(papers_of(story)):
        for copy in range(paper.copies):
            suffix = f"-ban-{copy + 1}" if paper.copies > 1 else ""
            scans.append((f"{paper.stem}{suffix}", _scanned(paper.document, SCANNERS[story.scanner], place, copy)))
    if story.bound:
        write_scans([page for _, pages in scans for page in pages], folder / "ho-so.pdf")
    else:
        for stem, pages in scans:
            write_scans(pages, folder / f"{stem}.pdf")
    if story.received:
        (folder / "received.txt").write_text(f"{story.received.isoformat()}\n", encoding="utf-8")
    return folder


def _scanned(document: Document, scanner: Scanner, place: int, copy: int) -> tuple[Scan, ...]:
    return scan_document(document, np.random.default_rng([place, copy]), scanner, ROUND_RULES).scans


def text_of(document: Document) -> str:
    """What the pages of ``document`` say, without marks for handwriting and stamps; pages parted by form feeds."""
    pages = scan_document(document, np.random.default_rng(0), replace(FAX, dpi=40), ROUND_RULES).scans
    return "\f".join(transcription(page.words) for page in pages).translate(str.maketrans("", "", "[]<>"))


if __name__ == "__main__":
    make_guideline()
    make_round(names=sys.argv[1:])
