"""A text made right for reading, and the way back from each of its characters to the text as it came.

Grammars run on the restored text and know nothing of it; evidence goes back: what is quoted, and where it stands, is
what was read.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import regex

from normalize.canonical import canonical
from normalize.diagnosis import Damage, diagnose
from normalize.legacy import LegacyEncoding, decode_legacy
from normalize.restoration import RunningDiagnosis, restore
from normalize.restoration.blocks import blocks
from ocr.tree import Document, TextFrom

__all__ = ["Edit", "RestoredText", "canonical_text", "restored_document", "restored_text"]

# What is restored before it is read. Light damage is left: of right words it would change a few as well.
_BROKEN: Final = frozenset({Damage.NO_VIETNAMESE_MODEL, Damage.MARKS_STRIPPED})
_AT_ONCE: Final = 300_000  # characters; one block of restoration has 40,000 to 80,000
_PIECE: Final = 65_536
_LEAST_WORDS: Final = 10  # below these the kind of damage is a guess
# Of pages that are all Vietnamese above it none is in a legacy encoding (0.2 at most) or broken (0.7 at most).
_SURELY_GOOD: Final = 0.75
_DECODED: Final = 0.99  # a legacy encoding that was guessed
_WORD: Final = regex.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``start`` to ``end`` of a text that are replaced by ``new``."""

    start: int
    end: int
    new: str
    probability: float = 1.0


@dataclass(frozen=True)
class RestoredText:
    """A text with its edits made; edits are in order and do not overlap.

    Attributes:
        text: The text to read values from.
        edited: What the edits' offsets count in.
        edits: All of them.
        damage: What was wrong; None where the text was only brought to one spelling.
        before: How ``edited`` came from the text as it came; None where it is that text.
    """

    text: str
    edited: str
    edits: tuple[Edit, ...] = ()
    damage: Damage | None = None
    before: RestoredText | None = None

    @classmethod
    def of(
        cls, text: str, edits: Iterable[Edit], *, damage: Damage | None = None, before: RestoredText | None = None
    ) -> RestoredText:
        """``text`` with ``edits`` made in it."""
        made = tuple(edit for edit in edits if edit.new != text[edit.start : edit.end])
        pieces, done = [], 0
        for edit in made:
            pieces += [text[done : edit.start], edit.new]
            done = edit.end
        return cls("".join((*pieces, text[done:])), text, made, damage, before)

    @property
    def as_read(self) -> str:
        """The text as it came."""
        return self.before.as_read if self.before else self.edited

    @property
    def is_restored(self) -> bool:
        """Whether any word was restored."""
        return self.damage is not None and bool(self.edits)

    @cached_property
    def _old(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _new(self) -> list[int]:
        """Where each edit begins in ``text``."""
        starts, shift = [], 0
        for edit in self.edits:
            starts.append(edit.start + shift)
            shift += len(edit.new) - (edit.end - edit.start)
        return starts

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` of ``text`` stand in the text as it came."""
        if not self.edits:
            return self.before.back(start, end) if self.before else (start, end)
        left = self._came_from(start, bisect_right(self._new, start) - 1, at_end=False)
        right = self._came_from(end, bisect_left(self._new, end) - 1, at_end=True)
        span = (left, max(left, right))
        return self.before.back(*span) if self.before else span

    def _came_from(self, offset: int, at: int, *, at_end: bool) -> int:
        """The offset in ``edited``; ``at`` is the last edit that begins before it."""
        if at < 0:
            return offset
        edit, inside = self.edits[at], offset - self._new[at]
        behind = inside - len(edit.new)
        if behind >= 0:
            return edit.end + behind
        if len(edit.new) == edit.end - edit.start:
            return edit.start + inside
        return edit.end if at_end else edit.start

    def forth(self, offset: int) -> int:
        """Where ``offset`` of ``edited`` stands in ``text``; behind an edit when it is inside one."""
        at = bisect_left(self._old, offset) - 1
        if at < 0:
            return offset
        edit = self.edits[at]
        inside = min(offset - edit.start, len(edit.new)) if offset < edit.end else len(edit.new) + offset - edit.end
        same_size = len(edit.new) == edit.end - edit.start
        return self._new[at] + (inside if same_size or offset >= edit.end else len(edit.new))

    def certainty(self, start: int, end: int) -> float | None:
        """The least probability of the words restored within ``text[start:end]``, None where none was."""
        if self.damage is None:
            return None
        first = max(0, bisect_right(self._new, start) - 1)
        last = bisect_left(self._new, end)
        inside = [
            edit.probability
            for edit, at in zip(self.edits[first:last], self._new[first:last], strict=True)
            if at + len(edit.new) > start
        ]
        return min(inside, default=None)


def canonical_text(text: str) -> RestoredText:
    """A text in its one spelling (see ``normalize.canonical``); the way back leads to its NFC."""
    # half a surrogate pair is not text, and spaCy stores strings as UTF-8
    whole = unicodedata.normalize("NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    spelt = canonical(whole)
    if spelt == whole:
        return RestoredText(whole, whole)
    return RestoredText.of(whole, _respelt(whole))


def _respelt(text: str) -> Iterator[Edit]:
    """Words and spaces that canonical spelling changes; line by line, for most lines need no second look."""
    start = 0
    for line in text.splitlines(keepends=True):
        if canonical(line) != line:
            for piece in regex.finditer(r"\S+|\s+", line):
                yield Edit(start + piece.start(), start + piece.end(), canonical(piece.group()))
        start += len(line)


def restored_text(text: str, *, at_once: int = _AT_ONCE) -> RestoredText:
    """A text, restored where it is broken: read without a Vietnamese model, or its marks lost.

    Args:
        text: Any Unicode text.
        at_once: Characters; a longer text is restored block by block, each judged by itself, so that memory holds what
            one block needs and the edits.
    """
    spelt = canonical_text(text)
    if len(spelt.text) > at_once:
        return _restored_by_blocks(spelt)
    diagnosis = diagnose(spelt.text)
    if diagnosis.kind not in _BROKEN or diagnosis.tokens < _LEAST_WORDS:
        return spelt
    return RestoredText.of(
        spelt.text, _restoring(spelt.text, diagnosis.kind), damage=diagnosis.kind, before=spelt if spelt.edits else None
    )


def _restored_by_blocks(spelt: RestoredText) -> RestoredText:
    running = RunningDiagnosis()
    edits: list[Edit] = []
    damage: Damage | None = None
    start = 0
    for block in blocks(spelt.text[at : at + _PIECE] for at in range(0, len(spelt.text), _PIECE)):
        kind = running.judge(diagnose(block))
        if kind in _BROKEN:
            damage = damage or kind
            edits += (replace(edit, start=edit.start + start, end=edit.end + start) for edit in _restoring(block, kind))
        start += len(block)
    if damage is None:
        return spelt
    return RestoredText.of(spelt.text, edits, damage=damage, before=spelt if spelt.edits else None)


def restored_document(document: Document) -> RestoredText:
    """The text of a document, pages restored whose text layer is broken and could not be read again from an image.

    Broken pages are restored together: a scanner's errors are learned from all of them.
    """
    texts: list[str] = []
    pages: list[tuple[int, str]] = []
    edits: list[Edit] = []
    found: Damage | None = None
    start = 0
    for page in document.pages:
        text = page.text
        texts.append(text)
        if page.text_from is TextFrom.LAYER and page.vietnamese <= _SURELY_GOOD:
            diagnosis = diagnose(text)
            if diagnosis.encoding is not None:
                found = found or diagnosis.kind
                edits += _decoding(text, diagnosis.encoding, start)
            elif diagnosis.kind in _BROKEN and diagnosis.tokens >= _LEAST_WORDS:
                pages.append((start, text))
        start += len(text) + 1
    if pages:
        joined = "\f".join(page for _, page in pages)
        found = diagnose(joined).kind
        edits += _moved(_restoring(joined, found), pages)
    return RestoredText.of("\f".join(texts), sorted(edits, key=lambda edit: edit.start), damage=found)


def _restoring(text: str, damage: Damage) -> Iterator[Edit]:
    for change in restore(text, damage=damage).changes:
        if change.applied:
            yield from _line_by_line(Edit(change.start, change.end, change.new, change.probability), change.old)


def _line_by_line(edit: Edit, old: str) -> Iterator[Edit]:
    """An edit of a word that was cut at the end of a line, as edits within the lines."""
    before, after = old.split("\n"), edit.new.split("\n")
    if len(before) != len(after):
        yield edit
        return
    start = edit.start
    for was, new in zip(before, after, strict=True):
        yield Edit(start, start + len(was), new, edit.probability)
        start += len(was) + 1


def _decoding(text: str, encoding: LegacyEncoding, start: int) -> Iterator[Edit]:
    for word in _WORD.finditer(text):
        yield Edit(start + word.start(), start + word.end(), decode_legacy(word.group(), encoding), _DECODED)


def _moved(edits: Iterable[Edit], pages: Sequence[tuple[int, str]]) -> Iterator[Edit]:
    """Edits of some pages' joined texts as edits of the whole document; those over a page's end are left out."""
    starts, size = [], 0
    for _, page in pages:
        starts.append(size)
        size += len(page) + 1
    for edit in edits:
        at = bisect_right(starts, edit.start) - 1
        shift = pages[at][0] - starts[at]
        if edit.end <= starts[at] + len(pages[at][1]):
            yield Edit(edit.start + shift, edit.end + shift, edit.new, edit.probability)
