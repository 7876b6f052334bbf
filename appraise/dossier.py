"""A dossier as read: its papers, each with its record, the files they came from and their scans."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from extract.record import Record

__all__ = ["Dossier", "DossierPaper", "ReadFile"]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file of a dossier after reading.

    Attributes:
        name: File name, as it is shown.
        path: The original, for picture snips; it is never changed.
        text: ``text.txt``; spans of the record count in it.
        record: The whole file's record, ``parts`` filled where the file holds several documents.
    """

    name: str
    path: Path
    text: str
    record: Record


@dataclass(frozen=True, slots=True)
class DossierPaper:
    """One document of a dossier.

    Attributes:
        kind: As appraise/data/papers.toml names it; None where it could not be told (never forced).
        name: What a person calls it.
        file: Name of its file.
        pages: Its pages in the file, from 1.
        record: Its own fields, values, tables and outline; spans and pages count in the whole file.
        text: The whole file's text.
        span: Where this paper begins and ends in ``text``.
        copies: First pages of near-duplicate scans of the same paper, this one included: (file, page).
    """

    kind: str | None
    name: str
    file: str
    pages: tuple[int, ...]
    record: Record
    text: str
    span: tuple[int, int]
    copies: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All papers of one dossier; ``unread`` names files that could not be read, with the reason."""

    name: str
    files: tuple[ReadFile, ...]
    papers: tuple[DossierPaper, ...]
    received: str | None = None  # ISO date, from --received or received.txt
    unread: tuple[tuple[str, str], ...] = ()
    by_kind: dict[str, tuple[DossierPaper, ...]] = field(default_factory=dict)
