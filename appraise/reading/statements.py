"""A paper's sentences, each with its values, the heading above it and the year that its list item began with.

Wrapped lines are read as one; rows of tables are left to those who read tables. Offsets count in the whole file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import regex

from appraise.appraisal import Evidence
from appraise.dossier import DossierPaper
from appraise.guideline.phrases import data_file, phrase_pattern
from extract.record import Heading, ValueField, Where
from normalize.canonical import canonical
from normalize.folding import fold_aligned

__all__ = ["Statement", "says", "statements_in", "statements_of"]

_SHORT_LINE = 0.75  # of the usual length: a line that ends its paragraph
_LEAST_USUAL = 50
_ITEM = regex.compile(r"[^\S\n]{0,12}(?:[-–+•*]\s|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]\)\s|[IVX]{1,5}\.\s)")
_ENDS = regex.compile(r"(?<!\b(?:TP|Tp|TT|STT|Ths|TS|ThS|Nxb))[.;](?=\s|$)|[.;](?=\s{0,3}$)")
_YEAR_ALONE = regex.compile(r"[-–+•*\s\d.)]{0,8}(?:trong\s{1,3})?nam\s{1,3}(?P<year>(?:19|20)\d\d)\s{0,3}[:,]")
_MOST = 1_500


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases found without regard to marks; those listed with marks must have them, or stand in a text without any."""

    pattern: regex.Pattern[str]
    marked: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, phrases: Sequence[str]) -> Words:
        """From a list of data/claim_words.toml."""
        marked: dict[str, set[str]] = defaultdict(set)
        for phrase in phrases:
            if not phrase.isascii():
                marked[fold_aligned(phrase)].add(canonical(phrase))
        return cls(
            phrase_pattern([fold_aligned(phrase) for phrase in phrases]),
            {key: frozenset(forms) for key, forms in marked.items()},
        )

    def places(self, text: str, folded: str, low: int = 0, high: int | None = None) -> Iterator[int]:
        """Where the phrases begin between two places."""
        for match in self.pattern.finditer(folded, max(0, low), len(folded) if high is None else high):
            forms = self.marked.get(" ".join(match.group().split()))
            printed = " ".join(text[match.start() : match.end()].lower().split())
            if forms is None or printed.isascii() or canonical(printed) in forms:
                yield match.start()


@cache
def claim_words(name: str) -> Words:
    """Phrases of data/claim_words.toml by their name."""
    return Words.of(data_file("claim_words.toml")[name])


def says(words: str, text: str) -> bool:
    """Whether phrases of data/claim_words.toml stand in a text."""
    return any(True for _ in claim_words(words).places(text, fold_aligned(text)))


@dataclass(frozen=True)
class Statement:
    """One sentence or clause.

    Attributes:
        paper: Where it stands.
        start: Its span in the file's text.
        end: As above.
        values: Those of the record that lie in it.
        heading: The words of the nearest heading above it; empty where there is none.
        year: The year that its list item begins with ("- Năm 2016: ..."), where it names none itself.
        paragraph: Where its paragraph or cell begins.
    """

    paper: DossierPaper
    start: int
    end: int
    values: tuple[ValueField, ...]
    heading: str = ""
    year: int | None = None
    paragraph: int = 0

    @cached_property
    def printed(self) -> str:
        """Its text as it stands, with line ends."""
        return self.paper.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        """Its text in lower ASCII letters, offsets unchanged."""
        return fold_aligned(self.printed)

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(self.printed.split())

    def of_kind(self, kind: str) -> list[ValueField]:
        """Its values of one kind."""
        return [value for value in self.values if value.kind == kind]

    def says(self, words: str, low: int = 0, high: int | None = None) -> bool:
        """Whether phrases of data/claim_words.toml stand in it, between two places of it."""
        return self.last(words, low, high) >= 0

    def last(self, words: str, low: int = 0, high: int | None = None) -> int:
        """Where the last of such phrases begins, -1 for none."""
        return max(claim_words(words).places(self.printed, self.folded, low, high), default=-1)

    def where(self, start: int | None = None, end: int | None = None) -> list[Evidence]:
        """The place of a stretch of it: boxes of the values there, else of the heading it opens, else the page."""
        start, end = self.start if start is None else start, self.end if end is None else end
        quote = " ".join(self.paper.text[start:end].split())
        inside = [v for v in self.values if v.span and start <= v.span[0] < end and v.where]
        places = [place for value in inside[-1:] for place in value.where]
        places = places or _cell_places(self.paper, start) or _heading_places(self.paper, start, end)
        confidence = min((value.confidence for value in inside), default=1.0)
        if not places:
            page = 1 + self.paper.text.count("\f", 0, start)
            return [Evidence(file=self.paper.file, page=page, quote=quote, confidence=confidence)]
        return [
            Evidence(file=self.paper.file, page=place.page, box=place.box, quote=quote, confidence=confidence)
            for place in places
        ]


def statements_of(paper: DossierPaper) -> list[Statement]:
    """All statements of a paper outside its tables."""
    tables = _table_spans(paper)
    found: list[Statement] = []
    year: int | None = None
    for start, end in _paragraphs(paper.text, *paper.span):
        if any(low <= start < high for low, high in tables):
            continue
        folded = fold_aligned(paper.text[start:end])
        opened = _YEAR_ALONE.match(folded)
        is_heading = _ITEM.match(paper.text, start) is not None or paper.text[start:end].isupper()
        if opened is not None:
            year = int(opened["year"])
            alone = not folded[opened.end() :].strip()
            found += statements_in(paper, start, end, year=year)
            year = year if alone else None
            continue
        found += statements_in(paper, start, end, year=year)
        if is_heading and not regex.match(r"\s{0,12}[-–+•*]", paper.text[start:end]):
            year = None
    return found


def statements_in(paper: DossierPaper, start: int, end: int, *, year: int | None = None) -> list[Statement]:
    """The statements of one stretch, such as a table cell."""
    values = _values_between(paper.record.values, start, end)
    heading = _heading_above(paper, start)
    cuts = [start, *(match.end() for match in _ENDS.finditer(paper.text, start, end)), end]
    return [
        Statement(
            paper, low, high, tuple(v for v in values if v.span and low <= v.span[0] < high), heading, year, start
        )
        for low, high in pairwise(cuts)
        if paper.text[low:high].strip() and high - low <= _MOST
    ]


def _values_between(values: Sequence[ValueField], start: int, end: int) -> list[ValueField]:
    return [value for value in values if value.span is not None and start <= value.span[0] < end]


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs: lines that go on are put together."""
    lines = [(m.start(), m.end()) for m in regex.compile(r"[^\n\f]+").finditer(text, start, end) if m.group().strip()]
    lengths = sorted(high - low for low, high in lines)
    usual = max(_LEAST_USUAL, lengths[int(len(lengths) * 0.8)] if lengths else 0)
    begin: int | None = None
    for at, (low, high) in enumerate(lines):
        begin = low if begin is None else begin
        following = lines[at + 1] if at + 1 < len(lines) else None
        if following is None or _breaks(text, (low, high), following, usual):
            yield begin, high
            begin = None


def _breaks(text: str, line: tuple[int, int], following: tuple[int, int], usual: int) -> bool:
    here, after = text[slice(*line)].rstrip(), text[slice(*following)].lstrip()
    if _ITEM.match(text, following[0]) or "\t" in here or "\t" in after or "|" in here or "|" in after:
        return True
    if here.endswith((".", ";", ":")):
        return True
    short = len(here) < _SHORT_LINE * usual
    return (short and after[:1].isupper() and not here.endswith(",")) or (here.isupper() and not after.isupper())


def _table_spans(paper: DossierPaper) -> list[tuple[int, int]]:
    spans = []
    for table in paper.record.tables:
        cells = [cell.span for row in table.rows for cell in row.cells if cell.span]
        if cells:
            first, last = min(cells)[0], max(end for _, end in cells)
            spans.append((paper.text.rfind("\n", 0, first) + 1, last))
    return spans


def _walk(headings: Sequence[Heading]) -> Iterator[Heading]:
    for heading in headings:
        yield heading
        yield from _walk(heading.children)


def _heading_above(paper: DossierPaper, start: int) -> str:
    """The nearest heading with a number above ``start``."""
    found = sorted((h.span[0], h.title) for h in _walk(paper.record.outline) if h.span and h.number is not None)
    at = bisect_left(found, (start,))
    return found[at - 1][1] if at else ""


def _cell_places(paper: DossierPaper, start: int) -> list[Where]:
    cells = (cell for table in paper.record.tables for row in table.rows for cell in row.cells)
    return next((cell.where for cell in cells if cell.span and cell.span[0] <= start < cell.span[1]), [])


def _heading_places(paper: DossierPaper, start: int, end: int) -> list[Where]:
    inside = [h for h in _walk(paper.record.outline) if h.span and h.where and start <= h.span[0] < end]
    return list(inside[0].where) if inside else []
