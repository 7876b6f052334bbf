"""Long texts block by block: where to cut them, and what all blocks so far say of the next one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import regex

from normalize.diagnosis import Damage, Diagnosis
from normalize.legacy import LegacyEncoding

__all__ = ["RunningDiagnosis", "blocks"]

_LEAST: Final = 40_000  # characters restored together: enough to learn a scanner's errors, little enough for memory
_MOST: Final = 2 * _LEAST
_LONGEST_EMPTY: Final = 82
_EMPTY_LINE: Final = regex.compile(r"\n[ \t\r]{0,80}\n")
# A stretch without spaces longer than 80 characters is data; what is kept of one for the next block stays so.
_KEPT: Final = 120
_FEW_WORDS: Final = 200  # below these a block of this size is mostly numbers, and its diagnosis a guess


def blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Join pieces of a text and cut them anew, at an empty line if there is one, else at a line's end or a space.

    Args:
        pieces: The text in order, in pieces of any size.

    Yields:
        Blocks of 40,000 to 80,000 characters and a last one that may be shorter; joined they are the text.
    """
    held = ""
    for piece in pieces:
        new = len(held)
        held += piece
        while cut := _cut(held, new):
            yield held[:cut]
            held = held[cut:]
            new = 0
    if held:
        yield held


def _cut(held: str, new: int) -> int:
    """Where to end the first block of a text, 0 where it is to go on; there is no empty line before ``new``."""
    empty = _EMPTY_LINE.search(held, max(_LEAST, new - _LONGEST_EMPTY), _MOST) if len(held) > _LEAST else None
    if empty:
        return int(empty.end())
    if len(held) < _MOST:
        return 0
    for sign in "\n\r\f\t ":
        at = held.rfind(sign, _LEAST, _MOST - 1)
        if at > 0:
            return at + 1
    at = _MOST - _KEPT
    while unicodedata.combining(held[at]) and at > _LEAST:
        at -= 1
    return at


class RunningDiagnosis:
    """What the blocks of a text so far look like, weighed by their words.

    A block of mostly numbers has too few words to tell; it is taken for what the rest of its text is.
    """

    def __init__(self) -> None:
        self._words: Counter[Damage] = Counter()
        self._vietnamese = self._marked = self._valid = 0.0
        self._encoding: LegacyEncoding | None = None

    def judge(self, block: Diagnosis) -> Damage:
        """The kind of damage of the next block, which counts from then on."""
        self._words[block.kind] += block.tokens
        self._vietnamese += block.vietnamese * block.tokens
        self._marked += block.marked_share * block.tokens
        self._valid += block.valid_share * block.tokens
        self._encoding = self._encoding or block.encoding
        unsure = block.tokens < _FEW_WORDS and block.kind not in {Damage.GOOD, Damage.FOREIGN}
        return self.kind if unsure and block.encoding is None else block.kind

    @property
    def kind(self) -> Damage:
        """The kind that most words are of."""
        return max(self._words, key=self._words.__getitem__, default=Damage.EMPTY)

    @property
    def diagnosis(self) -> Diagnosis:
        """The text so far as a whole."""
        words = self._words.total()
        share = 1 / max(1, words)
        return Diagnosis(
            self.kind,
            round(self._vietnamese * share if words else 0.5, 4),
            self._marked * share,
            self._valid * share,
            words,
            self._encoding,
        )
