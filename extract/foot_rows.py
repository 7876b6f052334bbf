"""Rows of the foot: what stands on one height in one column, which seals and signatures tear into several lines."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extract.evidence import Span
from extract.people import find_person
from extract.posts import begins_post
from extract.recipients import FILED, RECIPIENT_ITEM, RECIPIENTS
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones, is_capitals
from normalize.folding import fold_aligned
from ocr.tree import Box, Role

__all__ = ["FootRow", "foot_columns", "foot_lines"]

_LONG_LINE = 55  # characters
_LINES_BELOW = 2  # notes and footnotes below a foot; more is text, and what stands above it a torn line of it
_AUTHORITY = regex.compile(r"(?:t\W?m|k\W?t|tl|tuq)\W|dai\s{1,3}dien\b")
_MIDDLE = 0.4  # of the page width: stamps right of it belong to the signature


@dataclass(frozen=True, slots=True)
class FootRow:
    """One row, left to right; ``offsets`` are the places of its characters in the text, -1 between lines."""

    text: str
    folded: str
    offsets: tuple[int, ...]

    def spans(self, start: int, end: int) -> list[Span]:
        """Stretches of the whole text behind ``row.text[start:end]``."""
        spans: list[Span] = []
        for offset in self.offsets[start:end]:
            if offset < 0:
                continue
            if spans and spans[-1][1] == offset:
                spans[-1] = (spans[-1][0], offset + 1)
            else:
                spans.append((offset, offset + 1))
        return spans


def foot_lines(zones: Zones) -> list[TextLine]:
    """Lines of the foot that stand at an end of the text: wide gaps tear headings in capitals into two columns too."""
    text = [line for line in zones.body if line.box and line.cell is None and len(line.text) > _LONG_LINE]
    last = [line for line in zones.foot if sum(_is_below(line, other) for other in text) <= _LINES_BELOW]
    return last or list(zones.foot)


def _is_below(line: TextLine, other: TextLine) -> bool:
    return other.page == line.page and bool(line.box and other.box and other.box.y0 > line.box.y1)


def foot_columns(tokens: TokenisedText, zones: Zones, foot: Sequence[TextLine]) -> list[list[FootRow]]:
    """Columns of rows that may be authority, title and name: left of the middle above "Nơi nhận", then right of it.

    Args:
        tokens: The text.
        zones: Its zones, for the stamps beside the foot.
        foot: Lines of the foot on one page.
    """
    labels = [i for i, line in enumerate(foot) if _opens_recipients(tokens, line)]
    right = [line for line in foot if line.role is Role.FOOT_RIGHT]
    if not right:  # one column, or roles unknown: items of recipients are passed over
        spans = [(_past_label(tokens, line), line.end) for line in foot]
        own = [span for span in spans if span[0] < span[1] and not RECIPIENT_ITEM.match(tokens.text, *span)]
        return [[_row(tokens, [span]) for span in own]]
    left = [line for line in foot[: labels[0] if labels else None] if line.role is Role.FOOT_LEFT]
    top = min((line.box.y0 for line in right if line.box), default=0.0)
    middle = _MIDDLE * tokens.frames[foot[0].page].width if tokens.has_boxes else 0.0
    stamps = [
        line
        for line in zones.stamps
        if line.page == foot[0].page and line.box and line.box.y1 > top and line.box.centre[0] > middle
    ]
    columns = [left, *_between_names([*right, *stamps])]
    return [[_row(tokens, [(line.start, line.end) for line in row]) for row in _rows(lines)] for lines in columns]


def _between_names(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """The right foot; where several names stand side by side, it is cut between them up to the names above.

    Where a pen wrote some of the names, the titles side by side tell.
    """
    columns: list[list[TextLine]] = [[]]
    above: list[TextLine] = []
    parted: list[float] = []
    for row in _rows(lines):
        above.extend(row)
        names = [line.box for line in row if line.box and (name := find_person(line.text)) and name.whole]
        parted = parted or _cuts([line.box for line in row if line.box and _is_title(line)])
        if len(names) > 1:
            columns += [*_cut(above, _cuts(names)), []]
            above, parted = [], []
        elif names and not parted:
            columns[-1] += above
            above = []
    if parted:
        return [*columns, *_cut(above, parted)]
    columns[-1] += above
    return columns


def _is_title(line: TextLine) -> bool:
    folded = fold_aligned(line.text).strip()
    return is_capitals(line.text) and (begins_post(folded) or _AUTHORITY.match(folded) is not None)


def _cuts(boxes: Sequence[Box]) -> list[float]:
    """Where to cut between boxes side by side, none where they are not apart."""
    cuts = [(left.x1 + right.x0) / 2 for left, right in pairwise(boxes)]
    return cuts if all(left.x1 < right.x0 for left, right in pairwise(boxes)) else []


def _cut(lines: Sequence[TextLine], cuts: Sequence[float]) -> list[list[TextLine]]:
    return [[line for line in lines if _column(line, cuts) == at] for at in range(len(cuts) + 1)]


def _column(line: TextLine, cuts: Sequence[float]) -> int:
    return bisect(cuts, line.box.centre[0]) if line.box else 0


def _opens_recipients(tokens: TokenisedText, line: TextLine) -> bool:
    """The label "Nơi nhận" or, where it is lost, an item below it."""
    item = line.role is Role.FOOT_LEFT and RECIPIENT_ITEM.match(tokens.text, line.start, line.end)
    if item and is_capitals(line.text) and begins_post(tokens.folded[item.end() : line.end]):  # "_CHỦ TỊCH"
        item = None
    if not item and not any(rule.match(tokens.folded, line.start, line.end) for rule in (RECIPIENTS, FILED)):
        return False
    person = find_person(line.text)
    return person is None or not person.whole  # "* Trần Văn Suối": the star of a seal


def _past_label(tokens: TokenisedText, line: TextLine) -> int:
    label = RECIPIENTS.match(tokens.folded, line.start, line.end)
    return label.end() if label else line.start


def _rows(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """Lines by height from the top, those on one height from the left."""
    groups: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.box.centre[1] if line.box else line.index):
        if groups and _level(groups[-1][-1].box, line.box):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [sorted(group, key=lambda line: line.box.x0 if line.box else 0.0) for group in groups]


def _level(first: Box | None, second: Box | None) -> bool:
    if first is None or second is None:
        return False
    overlap = min(first.y1, second.y1) - max(first.y0, second.y0)
    height = min(first.height, second.height)
    return overlap > 0.6 * height and abs(first.centre[1] - second.centre[1]) < 0.45 * height


def _row(tokens: TokenisedText, spans: Sequence[Span]) -> FootRow:
    text, offsets = "", list[int]()
    for start, end in spans:
        if text:
            text += " "
            offsets.append(-1)
        text += tokens.text[start:end]
        offsets.extend(range(start, end))
    folded = "".join(" " if offset < 0 else tokens.folded[offset] for offset in offsets)
    return FootRow(text, folded, tuple(offsets))
