"""Which paper of an award dossier (hồ sơ đề nghị khen thưởng) a record is: submission, minutes, report and so on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.record import Record
from normalize.folding import fold

__all__ = ["Paper", "paper_of"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper; ``subject`` holds folded phrases of which the record's subject must show one."""

    id: str
    name: str
    types: tuple[str, ...]
    subject: tuple[str, ...]

    def fits(self, record: Record) -> bool:
        """True when the record's type is one of ours and its subject says so."""
        kind, subject = record.document.type, record.document.subject
        if kind is None or fold(str(kind.value)) not in {fold(name) for name in self.types}:
            return False
        said = fold(str(subject.value)) if subject is not None else ""
        return not self.subject or any(phrase in said for phrase in self.subject)


@cache
def _known_papers() -> tuple[Paper, ...]:
    data = tomllib.loads(files("appraise").joinpath("data/papers.toml").read_text(encoding="utf-8"))
    return tuple(Paper(p["id"], p["name"], tuple(p["types"]), tuple(p["subject"])) for p in data["paper"])


def paper_of(record: Record) -> Paper | None:
    """The paper that ``record`` is, or None: unknown stays unknown, it is never forced to the nearest kind."""
    return next((paper for paper in _known_papers() if paper.fits(record)), None)
