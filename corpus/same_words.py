"""Whether two readings are of one text: the words are the same but for the reader's noise.

Noise falls anywhere, and rarely on one place of both readings with certainty. Another letter of the same form differs
where it matters: a number, a date, a name. Where nobody knows how surely the words were read, shares decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from normalize.folding import fold_aligned
from ocr.tree import Page, TextFrom

__all__ = ["ReadWord", "same_words", "words_of_page", "words_of_text"]

_SAME_TEXT = 85.0  # of 100: two fax scans of one page read 90 to 97 alike, papers of one form 60 to 80
_SAME_WORD = 55.0  # of 100: below, two words are two words and not one word misread
_ONE_LETTER = 1  # "ii" and "il" are 50 of 100 alike, and one misread letter apart
# Words, and share of them, that may differ outright: in text, and on scans.
_MOST_OTHER = {True: (1, 0.01), False: (2, 0.02)}
_MOST_FIGURES = 0.08  # share of numbers that an engine may read differently on two scans
_LONGEST_GAP = 12  # words that only one scan may have in one place: a stamp, a note at the margin, a lost line
# Of 33 pairs of scans of one page none has other figures that were both read more surely; of letters of one form all.
_CERTAIN = 0.85
_SHARED_FIGURES = 0.5  # of the numbers that were read with certainty; scans of one page share eight of ten
_MOST_CHARACTERS = 40_000
_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word of a reading.

    Attributes:
        folded: Lower case, without marks.
        is_capital: It begins with a capital, as names do, and is not in capitals as a whole.
        sure: How surely it was read, 0..1; None where nobody knows.
    """

    folded: str
    is_capital: bool
    sure: float | None

    @property
    def is_certain(self) -> bool:
        """It was read with certainty."""
        return self.sure is not None and self.sure >= _CERTAIN


def words_of_text(text: str, *, is_scan: bool = False) -> list[ReadWord]:
    """The first words of a text, which are certain; of a scan's text nobody knows how surely each was read."""
    return list(_words(text[:_MOST_CHARACTERS], None if is_scan else 1.0))


def words_of_page(page: Page) -> list[ReadWord]:
    """The words of a page; those of a text layer are certain."""
    words = (word for line in page.lines for word in line.words)
    is_scan = page.text_from is TextFrom.IMAGE
    return [part for word in words for part in _words(word.text, word.confidence if is_scan else 1.0)]


def _words(text: str, sure: float | None) -> Iterator[ReadWord]:
    for match in _WORD.finditer(fold_aligned(text)):
        printed = text[match.start() : match.end()]
        is_capital = printed[0].isupper() and not (len(printed) > 1 and printed.isupper())
        yield ReadWord(match.group(), is_capital, sure)


@dataclass(frozen=True, slots=True)
class _Change:
    """What stands in one reading where the other has something else, on both sides between words that they share."""

    was: tuple[ReadWord, ...]
    now: tuple[ReadWord, ...]

    @property
    def is_certain(self) -> bool:
        return all(word.is_certain for word in (*self.was, *self.now))

    @property
    def is_doubtful(self) -> bool:
        """It is known that some of it may be misread."""
        return any(word.sure is not None and not word.is_certain for word in (*self.was, *self.now))

    @property
    def is_other(self) -> bool:
        """No misreading explains it; words that only one scan shows are a stamp or a lost line."""
        was, now = ("".join(word.folded for word in side) for side in (self.was, self.now))
        return bool(was and now) and (
            fuzz.ratio(was, now) < _SAME_WORD and Levenshtein.distance(was, now) > _ONE_LETTER
        )

    @property
    def is_name(self) -> bool:
        """Both sides are somebody's name, or several words read with certainty: misreading makes neither of another."""
        several = all(len(side) > 1 for side in (self.was, self.now))
        capital = all(word.is_capital for word in (*self.was, *self.now))
        return several and self.is_other and (capital or self.is_certain)

    @property
    def figures(self) -> int:
        """Numbers that stand for other numbers; one that only one scan shows may be handwriting that was not read."""
        was, now = ([word.folded for word in side if word.folded.isdigit()] for side in (self.was, self.now))
        if "".join(was) == "".join(now):  # "12 12" may be read as "1212"
            return 0
        return min((Counter(was) - Counter(now)).total(), (Counter(now) - Counter(was)).total())


def same_words(one: Sequence[ReadWord], other: Sequence[ReadWord]) -> bool:
    """Whether both are readings of one text."""
    if not one or not other or not _share_figures(one, other):
        return False
    words, others = ([word.folded for word in read] for read in (one, other))
    if fuzz.ratio(" ".join(words), " ".join(others), score_cutoff=_SAME_TEXT) < _SAME_TEXT:
        return False
    changes = list(_changes(one, other, words, others))
    if any(max(len(change.was), len(change.now)) > _LONGEST_GAP for change in changes):
        return False
    changes = [change for change in changes if not change.is_doubtful]
    if any(change.is_name for change in changes) or _is_renamed(changes):
        return False
    is_text = all(word.sure == 1 for read in (one, other) for word in read)
    least, share = _MOST_OTHER[is_text]
    if sum(change.is_other for change in changes) > max(least, share * max(len(words), len(others))):
        return False
    is_known = all(word.sure is not None for read in (one, other) for word in read)
    figures = max(sum(word.isdigit() for word in read) for read in (words, others))
    return sum(change.figures for change in changes) <= (0 if is_known else _MOST_FIGURES * figures)


def _share_figures(one: Iterable[ReadWord], other: Iterable[ReadWord]) -> bool:
    """Whether most certain figures are on both sides: tells most letters of one form apart, before all is compared."""
    figures, others = (
        Counter(word.folded for word in read if word.is_certain and word.folded.isdigit()) for read in (one, other)
    )
    return (figures & others).total() >= _SHARED_FIGURES * min(figures.total(), others.total())


def _changes(
    one: Sequence[ReadWord], other: Sequence[ReadWord], words: Sequence[str], others: Sequence[str]
) -> Iterator[_Change]:
    """The stretches that differ; neighbours are one ("I. Thông" read as "LThông" is a word replaced and one lost)."""
    steps = Levenshtein.opcodes(words, others)
    for is_equal, group in groupby(steps, key=lambda step: step.tag == "equal"):
        if not is_equal:
            run = list(group)
            was = one[run[0].src_start : run[-1].src_end]
            yield _Change(tuple(was), tuple(other[run[0].dest_start : run[-1].dest_end]))


def _is_renamed(changes: Iterable[_Change]) -> bool:
    """Whether one word stands for the same other one time and again: noise changes, a name does not."""
    swaps = Counter(
        (tuple(word.folded for word in change.was), tuple(word.folded for word in change.now))
        for change in changes
        if change.is_other and not any(word.folded.isdigit() for word in (*change.was, *change.now))
    )
    return any(times > 1 for times in swaps.values())
