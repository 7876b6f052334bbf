"""Which paper of an award dossier (hồ sơ đề nghị khen thưởng) a record is: submission, minutes, report and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import regex
from rapidfuzz import fuzz

from appraise.guideline.phrases import data_file
from extract.record import Heading, Record, Table
from normalize.folding import fold

__all__ = ["Paper", "paper_of", "paper_tabled", "paper_titled"]

_TOP_LINES = 16  # titles stand below the head, above the first sentence
_LONGEST_TITLE = 90  # characters of a line that can be a title
_SAME_TITLE = 88.0  # of 100: "BAO CAO THANH TlCH" is 94, "bao cao thanh quyet toan" 78
_LEAST_HEADINGS = 2
_UNTITLED = "cong van"
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
        )
        for p in data_file("papers.toml")["paper"]
    )


def paper_of(record: Record, text: str = "") -> Paper | None:
    """The paper that ``record`` is, or None: unknown stays unknown, it is never forced to the nearest kind.

    Args:
        record: Of the one paper.
        text: What stands on it; asked for a title only where the record's type says nothing.
    """
    known = _known_papers()
    by_type = next((paper for paper in known if paper.fits(record)), None)
    if by_type is not None:
        return by_type
    kind = record.document.type
    typed = fold(str(kind.value)) if kind is not None and kind.value else ""
    open_to = [paper for paper in known if not typed or typed in paper.types]
    lines = _top(text)
    titled = [paper for paper in open_to if not typed and paper.is_titled(lines)]
    if titled:
        return titled[0]
    # without its title a paper "V/v ..." is taken for a letter, whose number has no letters of a type
    numbered = [paper for paper in known if typed in {"", _UNTITLED} and paper.is_numbered(text, lines)]
    if numbered:
        return numbered[0]
    built = [paper for paper in open_to if paper.is_built(record)]
    return built[0] if len(built) == 1 else None


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
