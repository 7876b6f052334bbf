"""Which paper of an award dossier (hồ sơ đề nghị khen thưởng) a record is: submission, minutes, report and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile

import regex
from rapidfuzz import fuzz

from appraise.guideline.phrases import data_file
from extract.record import Heading, Record, Table
from normalize.folding import fold

__all__ = ["Paper", "named_paper", "paper_of", "paper_tabled", "paper_titled"]

_TOP_LINES = 16  # titles stand below the head, above the first sentence
_LONGEST_TITLE = 90  # characters of a line that can be a title
_SAME_TITLE = 88.0  # of 100: "BAO CAO THANH TlCH" is 94, "bao cao thanh quyet toan" 78
_LEAST_HEADINGS = 2
_LEAST_POINTS = 3
_TITLE_POINTS = 4  # a list whose page also holds the titled summary is built as a list
_MOST_PHRASES = 2  # that count: more of them say no more
_NEARLY_SAID, _SHORTEST_NEARLY = 90.0, 8  # of 100, and letters: "thanb tich", where "khen" must be there as it is
_UNTITLED = "cong van"
_BODY = regex.compile(r"(?:kinh gui|can cu|thuc hien|[i1]\s?[.)]\s)")
_NUMBER = regex.compile(r"s[o0]\s?[:.;]?[^/a-z]{0,12}/\s?(?P<letters>[a-z]{2,5})\b")


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper; all phrases are folded. ``annexes``: what is attached to it belongs to the same paper."""

    id: str
    name: str
    types: frozenset[str]
    subject: tuple[str, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    annexes: bool
    codes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def fits(self, record: Record) -> bool:
        """True when the record's type is one of ours and its subject says so."""
        kind, subject = record.document.type, record.document.subject
        if kind is None or fold(str(kind.value)) not in self.types:
            return False
        said = fold(str(subject.value)) if subject is not None else ""
        return not self.subject or any(phrase in said for phrase in self.subject)

    def is_titled(self, lines: Sequence[str]) -> bool:
        """True when one of ``lines`` is a title of ours, a few letters misread: in capitals, or alone on its line."""
        return any(
            _opens(fold(line), title) if line.isupper() else fuzz.ratio(fold(line), title) >= _SAME_TITLE
            for line in lines
            for title in self.titles
        )

    def is_numbered(self, text: str, lines: Sequence[str]) -> bool:
        """True when a line of the head has a number with letters of ours, and the text the words of our subject."""
        numbers = [match["letters"].lower() for line in lines if (match := _NUMBER.match(fold(line))) is not None]
        return any(n in self.codes for n in numbers) and any(phrase in fold(text) for phrase in self.subject)

    def is_built(self, record: Record) -> bool:
        """True when two headings of ours stand there, or a table has our columns."""
        said = [fold(heading.title) for heading in _walk(record.outline)]
        met = {title for title in self.headings if any(_opens(line, title) for line in said)}
        return len(met) >= _LEAST_HEADINGS or any(self.has_columns(table) for table in record.tables)

    def says_subject(self, head: str) -> bool:
        """True when the folded head has words of our subject, a letter of a long one misread."""
        return any(
            phrase in head or (len(phrase) >= _SHORTEST_NEARLY and fuzz.partial_ratio(phrase, head) >= _NEARLY_SAID)
            for phrase in self.subject
        )

    def has_columns(self, table: Table) -> bool:
        """True when a table has all columns of ours, where we have any."""
        heads = [fold(" ".join(column.split())) for column in table.columns]
        return bool(self.columns) and all(any(word in head for head in heads) for word in self.columns)


@cache
def _known_papers() -> tuple[Paper, ...]:
    return tuple(
        Paper(
            p["id"],
            p["name"],
            frozenset(fold(name) for name in p["types"]),
            tuple(p["subject"]),
            tuple(p.get("titles", ())),
            tuple(p.get("headings", ())),
            tuple(p.get("columns", ())),
            p.get("annexes", False),
            tuple(p.get("codes", ())),
            tuple(p.get("phrases", ())),
        )
        for p in data_file("papers.toml")["paper"]
    )


def paper_of(record: Record, text: str = "") -> Paper | None:
    """The paper that ``record`` is, or None: unknown stays unknown, it is never forced to the nearest kind.

    Args:
        record: Of the one paper.
        text: What stands on it; asked for further signs where type and subject of the record do not settle it.
    """
    known = _known_papers()
    by_type = next((paper for paper in known if paper.fits(record)), None)
    if by_type is not None:
        return by_type
    signs = _Signs(record, text)
    points = {paper: signs.points(paper) for paper in known}
    most = max(points.values())
    best = [paper for paper in known if points[paper] == most]
    return best[0] if most >= _LEAST_POINTS and len({paper.id for paper in best}) == 1 else None


class _Signs:
    """What a paper shows of its kind where its type and subject do not tell: several weak signs make a sure one."""

    def __init__(self, record: Record, text: str) -> None:
        kind, subject = record.document.type, record.document.subject
        self._record = record
        self._typed = fold(str(kind.value)) if kind is not None and kind.value else ""
        self._lines = _top(text)
        self._text = " ".join(fold(text).split())
        self._head = f"{fold(str(subject.value)) if subject is not None else ''} {_head_of(self._lines)}"

    def points(self, paper: Paper) -> int:
        """A title, headings or columns settle it; a type, a number, a subject and usual phrases do together."""
        own = self._typed in paper.types
        numbered = paper.is_numbered(self._text, self._lines)
        if self._typed == _UNTITLED and not own:  # without its title a paper "V/v ..." is taken for a letter
            return _LEAST_POINTS if numbered else 0
        if self._typed and not own:
            return 0
        titled = not self._typed and paper.is_titled(self._lines)
        built, about = paper.is_built(self._record), paper.says_subject(self._head)
        if not (titled or built or about or numbered):
            return 0
        usual = sum(phrase in self._text for phrase in paper.phrases)
        sure = _TITLE_POINTS * titled + _LEAST_POINTS * (built + numbered)
        return sure + 2 * own + about + min(_MOST_PHRASES, usual)


def _head_of(lines: Sequence[str]) -> str:
    """The folded lines above the first that belongs to the body."""
    folded = (fold(line) for line in lines)
    return " ".join(takewhile(lambda line: not _BODY.match(line), folded))


def named_paper(ident: str) -> Paper:
    """The paper of an id of data/papers.toml."""
    return next(paper for paper in _known_papers() if paper.id == ident)


def paper_titled(line: str, kinds: Sequence[str]) -> Paper | None:
    """The paper of one of ``kinds`` whose title the line is."""
    return next((paper for paper in _known_papers() if paper.id in kinds and paper.is_titled([line])), None)


def paper_tabled(table: Table, kinds: Sequence[str]) -> Paper | None:
    """The paper of one of ``kinds`` whose columns the table has."""
    return next((paper for paper in _known_papers() if paper.id in kinds and paper.has_columns(table)), None)


def _top(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines() if line.strip())
    return [line for line in islice(lines, _TOP_LINES) if len(line) <= _LONGEST_TITLE]


def _opens(line: str, title: str) -> bool:
    return fuzz.ratio(line[: len(title)], title) >= _SAME_TITLE


def _walk(headings: Iterable[Heading]) -> Iterator[Heading]:
    for heading in headings:
        yield heading
        yield from _walk(heading.children)
