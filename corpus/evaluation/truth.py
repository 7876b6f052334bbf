"""Truth beside a scan: ``scan.pdf``, ``page-N.gt.txt`` for some of its pages, ``fields.json``.

Or, as in the samples, ``dossier/NAME.pdf`` and the truth in ``truth/NAME/``.

In a transcription one printed line is one text line; ``[..]`` holds handwriting and ``<..>`` the text of a rubber
stamp. Both, with the token they touch, are neutral: a reader is neither blamed for leaving them out nor for having
them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from normalize.errors import DamagedInputError, NotFoundError

__all__ = ["Segment", "TruthDocument", "TruthLine", "TruthPage", "find_truth", "parse_line"]

_NEUTRAL = regex.compile(r"\[(?:[^\[\]<>]|(?R))*\]|<(?:[^\[\]<>]|(?R))*>")
_PAGE_FILE = regex.compile(r"page-(\d+)\.gt\.txt")


@dataclass(frozen=True, slots=True)
class Segment:
    """Printed words of one line between two neutral places.

    ``gap`` is how many characters of the output may stand, free of charge, between this segment and the one before.
    """

    text: str
    gap: int = 0


@dataclass(frozen=True, slots=True)
class TruthLine:
    """One printed line: its counted tokens, its neutral tokens without their brackets, and its printed segments."""

    tokens: tuple[str, ...]
    neutral: tuple[str, ...]
    segments: tuple[Segment, ...]

    @property
    def characters(self) -> int:
        return sum(len(segment.text) for segment in self.segments)


@dataclass(frozen=True, slots=True)
class TruthPage:
    """The transcription of one page."""

    number: int
    lines: tuple[TruthLine, ...]


@dataclass(frozen=True, slots=True)
class TruthDocument:
    """A scan with whatever truth lies in ``folder``; ``fields`` is empty where there is no ``fields.json``."""

    name: str
    scan: Path
    folder: Path
    pages: tuple[TruthPage, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


def parse_line(line: str) -> TruthLine:
    """Take one line of a transcription apart."""
    line = unicodedata.normalize("NFC", line)
    spans = [match.span() for match in _NEUTRAL.finditer(line)]
    tokens: list[str] = []
    neutral: list[str] = []
    segments: list[Segment] = []
    printed: list[str] = []
    gap = 0
    for match in regex.finditer(r"\S+", line):
        start, end = match.span()
        if any(start < span_end and span_start < end for span_start, span_end in spans):
            plain = regex.sub(r"[\[\]<>]", "", match.group())
            neutral.append(plain)
            if printed:
                segments.append(Segment(" ".join(printed), gap))
                printed, gap = [], 0
            # Handwriting is often read as more signs than it has: twice its length and a space on either side.
            gap += 2 * len(plain) + 2
        else:
            tokens.append(match.group())
            printed.append(match.group())
    if printed:
        segments.append(Segment(" ".join(printed), gap))
    return TruthLine(tuple(tokens), tuple(piece for piece in neutral if piece), tuple(segments))


def find_truth(directory: Path) -> tuple[TruthDocument, ...]:
    """Every scan at or below ``directory`` that has any truth, in order of name.

    Raises:
        NotFoundError: There is none.
        DamagedInputError: A ``fields.json`` is not JSON.
    """
    documents = [_read_folder(folder, scan, directory) for folder, scan in sorted(_scans(directory))]
    with_truth = tuple(document for document in documents if document.pages or document.fields)
    if not with_truth:
        raise NotFoundError(
            f"{directory} has no folder with scan.pdf and page-N.gt.txt or fields.json.",
            "Put each scan in a folder of its own with its transcriptions beside it.",
        )
    return with_truth


def _scans(directory: Path) -> Iterator[tuple[Path, Path]]:
    """Folders of truth, each with its scan."""
    for scan in directory.rglob("scan.pdf"):
        yield scan.parent, scan
    for scan in directory.rglob("dossier/*.pdf"):
        folder = scan.parent.with_name("truth") / scan.stem
        if folder.is_dir():
            yield folder, scan


def _read_folder(folder: Path, scan: Path, root: Path) -> TruthDocument:
    pages = []
    for path in folder.iterdir():
        if match := _PAGE_FILE.fullmatch(path.name):
            text = path.read_text(encoding="utf-8-sig")
            lines = tuple(parse_line(line) for line in text.splitlines() if line.strip())
            pages.append(TruthPage(int(match[1]), lines))
    fields: dict[str, Any] = {}
    if (path := folder / "fields.json").is_file():
        try:
            fields = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError as error:
            raise DamagedInputError(f"{path} is not valid JSON ({error}).", "Mend the file by hand.") from error
    name = folder.relative_to(root).as_posix() if folder != root else folder.resolve().name
    return TruthDocument(name, scan, folder, tuple(sorted(pages, key=lambda page: page.number)), fields)
