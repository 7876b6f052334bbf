"""Of which candidate of the lists a report tells that has no line of its own for his name.

Looked for in the title ("... cho thôn Nà Mò"), in the first sentence of the first section ("Gia đình bà ..."), in the
head of an enterprise or village that writes of itself, and beside the signature of who reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from appraise.dossier import DossierPaper
from appraise.reading.name_reading import NameRead
from normalize.folding import fold_aligned

__all__ = ["KnownSubject", "known_subject"]

_PEOPLE = {"person", "family"}
_PLACES = {"commune", "difficult_commune", "district", "hamlet"}
_OF_ITSELF = {
    "enterprise",
    "hamlet",
    "front_union",
    "department",
}  # a commune's head stands on its people's reports too
_HEAD = 600  # characters before the title
_TITLE = 700
_OPENING = 90  # characters of the first section in which its subject is named
_TAIL = 500
_TITLED = regex.compile(r"\bthanh\s{1,3}tich\b")
_FIRST_LINE = regex.compile(r"[^\n]{0,120}\n\s{0,8}(?:[-–+•*]\s{0,3}|\d{1,2}[.)]\s{0,3})?")
_REPORTER = regex.compile(
    r"\b(?:nguoi\s{1,3}(?:viet\s{1,3})?(?:bao\s{1,3}cao|khai|lam\s{1,3}bao\s{1,3}cao)|dai\s{1,3}dien\s{1,3}(?:ho|gia\s{1,3}dinh)"
    r"|chu\s{1,3}ho|ho\s{1,3}gia\s{1,3}dinh)\b[^\n]{0,40}\n"
)
_LEAST_LETTERS = 5


@dataclass(frozen=True, slots=True)
class KnownSubject:
    """A name of the lists, with the words that name it here and where they begin in the file's text."""

    name: NameRead
    text: str
    start: int


def known_subject(
    paper: DossierPaper, known: Sequence[NameRead], first_heading: int | None, *, of_people: regex.Pattern[str]
) -> KnownSubject | None:
    """The one candidate that the surest place of the report names; None where no place names just one.

    Args:
        paper: The report.
        known: Names that the lists have.
        first_heading: Where the report's first section begins, None where it has none.
        of_people: Words of a report on a person, whose head is not its subject.
    """
    folded = fold_aligned(paper.text)
    for (low, high), sorts in _places(paper, folded, first_heading, of_people):
        found = [
            one
            for name in known
            if sorts is None or name.class_ in sorts
            for one in _named(paper, folded, name, low, high)
        ]
        longest = max((len(one.text) for one in found), default=0)
        first = [one for one in found if len(one.text) == longest]
        inside = all(any(one.start >= f.start and one.start < f.start + longest for f in first) for one in found)
        if first and inside and len({fold_aligned(one.text) for one in first}) == 1:
            return first[0]
    return None


def _places(
    paper: DossierPaper, folded: str, first_heading: int | None, of_people: regex.Pattern[str]
) -> Iterator[tuple[tuple[int, int], set[str] | None]]:
    """Stretches of the text that name the subject, surest first, with the kinds of candidates that they can name."""
    start, end = paper.span
    title = _TITLED.search(folded, start, min(end, start + 2 * _HEAD))
    if title is not None:
        stop = min(end, title.end() + _TITLE, first_heading if first_heading is not None else title.end() + _TITLE // 3)
        yield (title.end(), stop), None
    if first_heading is not None:
        line = _FIRST_LINE.match(folded, first_heading, end)
        low = line.end() if line else first_heading
        yield (low, min(end, low + _OPENING)), None
    if title is not None and not of_people.search(folded, start, end):
        yield (start, title.start()), _OF_ITSELF
    for reporter in _REPORTER.finditer(folded, max(start, end - _TAIL), end):
        yield (reporter.end(), min(end, reporter.end() + _OPENING)), _PEOPLE


def _named(paper: DossierPaper, folded: str, name: NameRead, low: int, high: int) -> Iterator[KnownSubject]:
    words = fold_aligned(name.printed_place if name.class_ in _PLACES else name.core).split()
    if sum(len(word) for word in words) < _LEAST_LETTERS:
        return
    pattern = regex.compile(r"(?<!\w)" + r"[^\w]{1,3}".join(regex.escape(word) for word in words) + r"(?!\w)")
    match = pattern.search(folded, low, high)
    if match is not None:
        printed = " ".join(paper.text[match.start() : match.end()].split())
        if printed[:1].isupper() or name.class_ in _PLACES:
            yield KnownSubject(name, printed, match.start())
