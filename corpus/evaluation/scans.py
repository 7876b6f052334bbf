"""Reading against hand transcriptions: word recall, word precision and line CER, page by page.

Words are the multiset of white-space tokens; case and marks count. Line CER: for every line of truth the fewest edits
to any window of the output, over the letters of truth. Handwriting and stamps are neutral (see ``truth``).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from corpus.evaluation.truth import TruthDocument, TruthPage, find_truth
from corpus.evaluation.window import window_distance
from normalize.errors import SohoaError
from ocr.read import read_document
from ocr.tree import Document

__all__ = ["PageScore", "Reader", "ScanScores", "evaluate_scans", "score_page"]

Reader = Callable[[Sequence[Path]], Document]

_LOST = 0.5  # a line with more than this share of its letters wrong counts as lost


@dataclass(frozen=True, slots=True)
class PageScore:
    """Counts of one page, or of several added up.

    ``missing`` and ``extra`` hold the tokens themselves for a person who looks for causes; they are document text and
    go neither into the table nor into the JSON.
    """

    document: str
    page: int
    truth_words: int = 0
    output_words: int = 0
    matched_words: int = 0
    characters: int = 0
    edits: int = 0
    lines: int = 0
    lost_lines: int = 0
    error: str = ""
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        return self.matched_words / self.truth_words if self.truth_words else 1.0

    @property
    def precision(self) -> float:
        return self.matched_words / self.output_words if self.output_words else 1.0

    @property
    def line_cer(self) -> float:
        return self.edits / self.characters if self.characters else 0.0

    def as_json(self) -> dict[str, Any]:
        """Counts and ratios, no document text."""
        return {
            "document": self.document,
            "page": self.page,
            "recall": round(self.recall, 4),
            "precision": round(self.precision, 4),
            "line_cer": round(self.line_cer, 4),
            "truth_words": self.truth_words,
            "output_words": self.output_words,
            "matched_words": self.matched_words,
            "characters": self.characters,
            "edits": self.edits,
            "lines": self.lines,
            "lost_lines": self.lost_lines,
            "error": self.error,
        }


@dataclass(frozen=True, slots=True)
class ScanScores:
    """Every page that has a transcription, and how fast all pages were read.

    Attributes:
        pages: In order of document and page.
        pages_read: Pages of all documents, with truth or without.
        seconds: Wall time of reading them.
    """

    pages: tuple[PageScore, ...]
    pages_read: int
    seconds: float

    @property
    def total(self) -> PageScore:
        return _add("total", self.pages)

    @property
    def pages_per_minute(self) -> float:
        return 60 * self.pages_read / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        """The whole result as plain data."""
        return {
            "total": self.total.as_json(),
            "pages": [page.as_json() for page in self.pages],
            "pages_read": self.pages_read,
            "seconds": round(self.seconds, 2),
            "pages_per_minute": round(self.pages_per_minute, 2),
        }

    def table(self) -> Table:
        """One row a page, then the total."""
        table = Table(
            title="Reading against hand transcriptions",
            caption=f"{self.pages_read} pages in {self.seconds:.1f} s: {self.pages_per_minute:.1f} pages/minute",
            show_footer=True,
        )
        total = self.total
        table.add_column("document", footer="total", overflow="fold")
        for name, footer in (
            ("page", str(len(self.pages))),
            ("words", str(total.truth_words)),
            ("recall", f"{total.recall:.4f}"),
            ("precision", f"{total.precision:.4f}"),
            ("line CER", f"{total.line_cer:.2%}"),
            ("lines lost", f"{total.lost_lines}/{total.lines}"),
            ("error", ""),
        ):
            table.add_column(name, footer=footer, justify="left" if name == "error" else "right")
        for page in self.pages:
            table.add_row(
                page.document,
                str(page.page),
                str(page.truth_words),
                f"{page.recall:.4f}",
                f"{page.precision:.4f}",
                f"{page.line_cer:.2%}",
                f"{page.lost_lines}/{page.lines}",
                page.error,
            )
        return table


def evaluate_scans(directory: Path, *, read: Reader = read_document) -> ScanScores:
    """Read every scan below ``directory`` that has transcriptions and score the pages that have one.

    A scan that cannot be read scores as if nothing had been read, with the error's code in its rows.

    Raises:
        NotFoundError: No transcription below ``directory``.
    """
    scores: list[PageScore] = []
    pages_read = 0
    seconds = 0.0
    for truth in find_truth(directory):
        if not truth.pages:
            continue
        start = time.perf_counter()
        try:
            document = read([truth.scan])
        except SohoaError as error:
            scores.extend(score_page(truth.name, page, "", error.code) for page in truth.pages)
            continue
        seconds += time.perf_counter() - start
        pages_read += len(document.pages)
        scores.extend(_score_document(truth, document))
    return ScanScores(tuple(scores), pages_read, seconds)


def _score_document(truth: TruthDocument, document: Document) -> Iterable[PageScore]:
    texts = {page.number: page.text for page in document.pages}
    for page in truth.pages:
        yield score_page(truth.name, page, texts.get(page.number, ""))


def score_page(document: str, truth: TruthPage, output: str, error: str = "") -> PageScore:
    """Compare one page's text with its transcription."""
    expected = Counter(token for line in truth.lines for token in line.tokens)
    found = Counter(output.split())
    matched = expected & found
    extra = _without_neutral(found - expected, [token for line in truth.lines for token in line.neutral])
    lines = [line for line in truth.lines if line.segments]
    collapsed = " ".join(output.split())
    edits = [window_distance(line.segments, collapsed) for line in lines]
    return PageScore(
        document=document,
        page=truth.number,
        truth_words=expected.total(),
        output_words=matched.total() + len(extra),
        matched_words=matched.total(),
        characters=sum(line.characters for line in lines),
        edits=sum(edits),
        lines=len(lines),
        lost_lines=sum(cost > _LOST * line.characters for cost, line in zip(edits, lines, strict=True)),
        error=error,
        missing=tuple((expected - found).elements()),
        extra=tuple(extra),
    )


def _without_neutral(extra: Counter[str], neutral: list[str]) -> list[str]:
    """``extra`` less the words that lie in a neutral token; each letter of a neutral token excuses one word only."""
    left: list[str] = []
    for word in sorted(extra.elements(), key=len, reverse=True):
        place = next((index for index, token in enumerate(neutral) if word in token), None)
        if place is None:
            left.append(word)
        else:
            neutral[place] = neutral[place].replace(word, " ", 1)
    return left


def _add(name: str, pages: Sequence[PageScore]) -> PageScore:
    return PageScore(
        document=name,
        page=len(pages),
        truth_words=sum(page.truth_words for page in pages),
        output_words=sum(page.output_words for page in pages),
        matched_words=sum(page.matched_words for page in pages),
        characters=sum(page.characters for page in pages),
        edits=sum(page.edits for page in pages),
        lines=sum(page.lines for page in pages),
        lost_lines=sum(page.lost_lines for page in pages),
    )
