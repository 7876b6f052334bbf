"""Whether a reading's evidence lies on the right words: ``words.json`` of synthetic scans against boxes of a record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from extract.record import Reading, Where
from normalize.errors import DamagedInputError
from normalize.folding import fold_aligned
from ocr.tree import Box

__all__ = ["TruePlaces", "read_places"]

_HALF = 0.5
_PLAY = 3.0  # points around a true word: engines draw their boxes wider than the ink
_HEAD = frozenset({"number", "symbol", "issuer", "parent_organ", "place", "issue_date"})
_HEAD_ZONES = frozenset({"head_left", "head_right"})
_WIDE = frozenset({"legal_bases", "co_signers"})  # their evidence is more than the one part that is looked for


@dataclass(frozen=True, slots=True)
class _Letter:
    """One letter or digit of the print, folded; ``box`` is its share of its word's."""

    char: str
    page: int
    line: int
    zone: str
    box: Box


@dataclass(frozen=True, slots=True)
class TruePlaces:
    """Where everything is printed on the pages of one scan."""

    letters: tuple[_Letter, ...]

    def holds(self, field: str, expected: Any, reading: Reading) -> bool | None:
        """Whether the boxes of a right reading lie on a place where its value is printed.

        They cover half of it at least, and at least half of what they cover belongs to it. None where the value is not
        printed as it stands in the truth (a date of minutes, an inferred type), or the reading has no boxes.
        """
        runs = [run for spelling in _spellings(field, expected) for run in self._runs(field, spelling)]
        if not runs or not reading.where:
            return None
        return any(_on(run, reading.where, wide=field in _WIDE) for run in runs)

    def _runs(self, field: str, spelling: str) -> list[Sequence[_Letter]]:
        letters = [item for item in self.letters if field not in _HEAD or item.zone in _HEAD_ZONES]
        text = "".join(item.char for item in letters)
        pattern = regex.escape(spelling)
        if spelling.isdecimal():  # number 5 is not in 25
            pattern = rf"(?<!\d){pattern}(?!\d)"
        return [letters[match.start() : match.end()] for match in regex.finditer(pattern, text, overlapped=True)]


def read_places(path: Path) -> TruePlaces | None:
    """The places in a ``words.json``; None where there is no such file.

    Raises:
        DamagedInputError: The file is not what ``sohoa synthesize`` writes.
    """
    if not path.is_file():
        return None
    try:
        pages = json.loads(path.read_text(encoding="utf-8-sig"))
        letters = [letter for page in pages for word in page["words"] for letter in _letters(page["page"], word)]
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedInputError(f"{path} holds no word boxes ({error}).", "Synthesize the scan again.") from error
    return TruePlaces(tuple(letters))


def _letters(page: int, word: Mapping[str, Any]) -> list[_Letter]:
    x0, y0, x1, y1 = word["box"]
    share = (x1 - x0) / max(len(word["text"]), 1)
    return [
        _Letter(char, page, word["line"], word["zone"], Box(x0 + at * share, y0, x0 + (at + 1) * share, y1))
        for at, char in enumerate(fold_aligned(word["text"]))
        if char.isalnum()
    ]


def _spellings(field: str, expected: Any) -> list[str]:
    """What the print may look like, letters and digits only."""
    if field == "issue_date":
        year, month, day = (int(part) for part in expected.split("-"))
        return [f"ngay{d}thang{m}nam{year}" for d in {f"{day}", f"{day:02d}"} for m in {f"{month}", f"{month:02d}"}]
    printed = expected if isinstance(expected, str) else expected.get("code") or expected.get("name") or ""
    bare = "".join(char for char in fold_aligned(printed) if char.isalnum())
    return [bare] if bare else []


def _on(run: Sequence[_Letter], places: Sequence[Where], *, wide: bool) -> bool:
    boxes = [(place.page, Box(*place.box)) for place in places]
    words = [(page, _around(run, page, line)) for page, line in {(item.page, item.line) for item in run}]
    area = sum(box.area for _, box in words)
    covered = sum(max((box.intersection_area(b) for p, b in boxes if p == page), default=0.0) for page, box in words)
    read = sum(box.area for _, box in boxes)
    right = sum(
        max((box.intersection_area(_grown(w)) for p, w in words if p == page), default=0) for page, box in boxes
    )
    return covered >= _HALF * area and (wide or right >= _HALF * read)


def _around(run: Sequence[_Letter], page: int, line: int) -> Box:
    return Box.around(item.box for item in run if (item.page, item.line) == (page, line))


def _grown(box: Box) -> Box:
    return Box(max(box.x0 - _PLAY, 0.0), max(box.y0 - _PLAY, 0.0), box.x1 + _PLAY, box.y1 + _PLAY)
