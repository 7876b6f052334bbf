"""Rows of the foot: what stands on one height in one column, which seals and signatures tear into several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.evidence import Span
from extract.recipients import RECIPIENT_ITEM, RECIPIENTS
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones
from ocr.tree import Box, Role

__all__ = ["FootRow", "foot_columns"]

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


def foot_columns(tokens: TokenisedText, zones: Zones, foot: Sequence[TextLine]) -> tuple[list[FootRow], list[FootRow]]:
    """Rows left of the middle (above "Nơi nhận"), and rows that may be authority, title and name.

    Args:
        tokens: The text.
        zones: Its zones, for the stamps beside the foot.
        foot: Lines of the foot on one page.
    """
    labels = [i for i, line in enumerate(foot) if RECIPIENTS.match(tokens.folded, line.start, line.end)]
    right = [line for line in foot if line.role is Role.FOOT_RIGHT]
    if not right:  # one column, or roles unknown: items of recipients are passed over
        spans = [(_past_label(tokens, line), line.end) for line in foot]
        own = [span for span in spans if span[0] < span[1] and not RECIPIENT_ITEM.match(tokens.text, *span)]
        return [], [_row(tokens, [span]) for span in own]
    left = [line for line in foot[: labels[0] if labels else None] if line.role is Role.FOOT_LEFT]
    top = min((line.box.y0 for line in right if line.box), default=0.0)
    middle = _MIDDLE * tokens.frames[foot[0].page].width if tokens.has_boxes else 0.0
    stamps = [
        line
        for line in zones.stamps
        if line.page == foot[0].page and line.box and line.box.y1 > top and line.box.centre[0] > middle
    ]
    return _rows(tokens, left), _rows(tokens, [*right, *stamps])


def _past_label(tokens: TokenisedText, line: TextLine) -> int:
    label = RECIPIENTS.match(tokens.folded, line.start, line.end)
    return label.end() if label else line.start


def _rows(tokens: TokenisedText, lines: Iterable[TextLine]) -> list[FootRow]:
    groups: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.box.centre[1] if line.box else line.index):
        if groups and _level(groups[-1][-1].box, line.box):
            groups[-1].append(line)
        else:
            groups.append([line])
    rows = [sorted(group, key=lambda line: line.box.x0 if line.box else 0.0) for group in groups]
    return [_row(tokens, [(line.start, line.end) for line in row]) for row in rows]


def _level(first: Box | None, second: Box | None) -> bool:
    if first is None or second is None:
        return False
    overlap = min(first.y1, second.y1) - max(first.y0, second.y0)
    return overlap > 0.6 * min(first.height, second.height)


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
