"""Names at the foot of a document, read again: under seals that hide letters, in script stamps, and by a second reader.

What is under a ring is lost to the first reading ("Nguyễn" of "Nguyễn Văn An"). Its line is cut out, the rings and the
text of the seal are taken away in several ways, and it is read again by the engine and by a network that is used to
seals. Where the two agree a name is surer, where they differ it is in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from ocr.engine import RawWord
from ocr.foot_seals import SealedFoot, recipient_rows, signing_rows
from ocr.name_cuts import NameStrip, cut_strip
from ocr.name_rows import named_row, painted_over, rows_below, unread_rows, unread_rows_by
from ocr.name_voices import Read, best_reading
from ocr.rows import Row
from ocr.seal_rings import Parting, without_rings

__all__ = ["reread_names"]

# Inches below a signing line in which a name stands under it.
_NAME_BELOW: Final = (0.3, 2.2)
_WAYS: Final = (Parting.CUT, Parting.THIN, Parting.SLANTED)


def reread_names(foot: SealedFoot, words: Sequence[RawWord], read: Read) -> list[RawWord]:
    """``words`` with the names at the foot as they are read without seals, and by a second reader.

    Args:
        foot: The foot of the page.
        words: What is read on the page so far.
        read: Reads an image as the engine does.
    """
    # recipients stand beside a title that a seal covers
    signing = signing_rows(words, foot.height) or recipient_rows(words, foot.height)
    kept = list(words)
    if signing:
        for strip in _Strips(foot, signing).of(words):
            found = best_reading(strip, read)
            kept = _put_in(kept, strip, found) if found else kept
    return kept


@dataclass(frozen=True, slots=True, eq=False)
class _Strips:
    """The foot of a page and the lines that sign on it."""

    foot: SealedFoot
    signing: Sequence[Row]

    def of(self, words: Sequence[RawWord]) -> Iterator[NameStrip]:
        """Lines that seals cross or touch, then names that stand clear; where there are neither, lines not read yet."""
        taken: set[int] = set()
        found = False
        for strip in filter(None, chain(self._sealed(words), self._clear(words))):
            own = {id(word) for word in strip.row.words}
            if not own & taken:
                taken |= own
                found = True
                yield strip
        if not found:
            yield from filter(None, self._unread(words))

    def _sealed(self, words: Sequence[RawWord]) -> Iterator[NameStrip | None]:
        for ink, seal in self.foot.seals:
            row = named_row(words, seal, self.foot.height)
            own = Counter(word.ink for word in row.words).most_common(1)[0][0] if row else ink
            printed = self.foot.layers.get(own)
            if printed is None:
                continue
            cleaned = [without_rings(printed, seal, self.foot.dpi, way) for way in _WAYS] if own is ink else []
            bare = painted_over((cleaned or [printed])[0], [seal])
            for one in [row] if row else unread_rows_by(seal, bare, words, self.foot.height):
                yield cut_strip(one, [printed, *cleaned], seal, own, self.foot.height)

    def _clear(self, words: Sequence[RawWord]) -> Iterator[NameStrip | None]:
        for line in self.signing:
            for row in rows_below(words, line, self.foot.height, _NAME_BELOW[1] * self.foot.dpi):
                ink = Counter(word.ink for word in row.words).most_common(1)[0][0]
                if ink in self.foot.layers:
                    yield cut_strip(row, [self.foot.layers[ink]], None, ink, self.foot.height)

    def _unread(self, words: Sequence[RawWord]) -> Iterator[NameStrip | None]:
        line = max(self.signing, key=lambda row: row.y0)
        above, below = (inches * self.foot.dpi for inches in _NAME_BELOW)
        area = (line.x0 - 2 * self.foot.height, line.y1 + above, line.x1 + 2 * self.foot.height, line.y1 + below)
        for ink, layer in self.foot.layers.items():
            bare = painted_over(layer, [seal for _, seal in self.foot.seals])
            for row in unread_rows(bare, words, area, self.foot.height):
                yield cut_strip(row, [layer], None, ink, self.foot.height)


def _put_in(words: Sequence[RawWord], strip: NameStrip, found: Sequence[RawWord]) -> list[RawWord]:
    """``words`` with those ``found`` in the place of the strip's own, or on a line of their own at the end."""
    old = {id(word) for word in strip.row.words}
    first = next(iter(strip.row.words), None)
    line = first.line if first else max((word.line for word in words), default=0) + 1
    block = first.block if first else max((word.block for word in words), default=0) + 1
    fresh = [
        replace(
            word,
            x0=word.x0 + strip.left,
            x1=word.x1 + strip.left,
            y0=word.y0 + strip.top,
            y1=word.y1 + strip.top,
            ink=strip.ink,
            block=block,
            line=line,
        )
        for word in found
    ]
    at = next((index for index, word in enumerate(words) if id(word) in old), len(words))
    before, after = (
        [word for word in part if id(word) not in old and not _covered(word, fresh)]
        for part in (words[:at], words[at:])
    )
    return [*before, *fresh, *after]


def _covered(word: RawWord, fresh: Sequence[RawWord]) -> bool:
    """Whether what was read before stands in the place of a new word, as the remains of one under a ring do."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return any(other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1 for other in fresh)
