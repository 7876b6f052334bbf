"""Passages: stretches of a guideline that are read as one sentence or more, offsets kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from extract.patterns import Source
from normalize.folding import fold_aligned

__all__ = ["Passage"]

# "1,5", "v.v.", "đất đai ..." and "TP. Hà" end no sentence.
_CLAUSE_END = regex.compile(r";|(?<![.\d])\.(?=\s+\p{Lu})|(?<=\d)\.(?=\s+\p{Lu})|\.(?=\s*$)")
_BEGINS_TEST = "có|co|là|la|không|khong|được|duoc|đạt|dat|giải|giai|phải|phai|đã|da|tạo|tao|số|so"
_SEGMENT_END = regex.compile(
    r"[;:]|(?<!\.)\.(?=\s)|,(?=\s)|[()]|\s(?=(?:v[aà]|đồng thời|dong thoi)\s{1,4}(?:" + _BEGINS_TEST + r")\s)"
)


@dataclass(frozen=True)
class Passage:
    """``text`` stands at ``start`` of the guideline; what does not belong to it is blanked, offsets stay."""

    text: str
    start: int = 0

    @cached_property
    def folded(self) -> str:
        """``text`` in lower ASCII letters, offsets unchanged."""
        return fold_aligned(self.text)

    @cached_property
    def source(self) -> Source:
        """For the grammars of ``extract``."""
        return Source(self.text, self.folded)

    @property
    def end(self) -> int:
        """Where the passage ends in the guideline."""
        return self.start + len(self.text)

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    def __bool__(self) -> bool:
        return any(char.isalnum() for char in self.text)

    def part(self, start: int, end: int) -> Passage:
        """A stretch of this passage, offsets as in ``text``."""
        return Passage(self.text[start:end], self.start + start)

    def without(self, spans: Iterable[tuple[int, int]]) -> Passage:
        """This passage with some stretches blanked."""
        text = self.text
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return Passage(text, self.start)

    def clauses(self) -> Iterator[Passage]:
        """Cut at full stops and semicolons."""
        yield from self._cut(_CLAUSE_END)

    def segments(self) -> Iterator[Passage]:
        """Cut at every stop, comma and bracket, and before "và có", "và là"."""
        yield from self._cut(_SEGMENT_END)

    def _cut(self, ends: regex.Pattern[str]) -> Iterator[Passage]:
        begin = 0
        for match in ends.finditer(self.text):
            if piece := self.part(begin, match.start()):
                yield piece
            begin = match.end()
        if piece := self.part(begin, len(self.text)):
            yield piece
