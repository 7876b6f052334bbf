"""The story of one dossier of the sample round, as ``story.toml`` tells it: who proposes whom with which papers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["Meeting", "Proposed", "Report", "Request", "Slip", "Story", "read_story"]


@dataclass(frozen=True, slots=True)
class Report:
    """An achievement report: ``author`` and ``confirmed`` name organs or persons, ``copies`` how many are scanned."""

    title: str
    subject: str
    author: str
    signer: str
    date: date
    body: str
    copies: int = 1
    confirmed: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A candidate as the list and the minutes have it. ``votes`` is "11/11", ``share`` as printed, right or wrong."""

    name: str
    group: str
    award: str
    merit: str
    amount: str = "-"
    votes: str = ""
    share: str = ""
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """The submission (tờ trình) with its list; ``closing`` are sentences of its own after the request."""

    number: int
    date: date
    signer: str
    to: tuple[str, ...]
    copies: int = 1
    amount_head: str = "Trị giá đóng góp (đồng)"
    closing: str = ""
    summary: str = ""  # table of the summary (biểu tóm tắt), none where empty
    by_head: bool = False  # signed by the head of the organ himself


@dataclass(frozen=True, slots=True)
class Meeting:
    """The minutes; ``copies`` as scanned."""

    date: date
    council: int
    present: int
    chair: str
    clerk: str
    number: int = 0
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Slip:
    """Any other paper: a decision, a confirmation."""

    stem: str
    type: str
    letters: str
    subject: str
    issuer: str
    number: int
    date: date
    signer: str
    body: str


@dataclass(frozen=True, slots=True)
class Story:
    """One dossier.

    Attributes:
        name: Name of its folder.
        proposer: Organ that proposes, as ``corpus.synthesis.round_organs`` reads it.
        scanner: Name of the scanner, see ``corpus.synthesis.round_scans``.
        wording: Which of the two habits of phrasing the proposer has.
        bound: All papers are scanned into one PDF.
        received: Day on which the office received the dossier, None where nobody wrote it down.
    """

    name: str
    proposer: str
    scanner: str
    wording: int
    bound: bool
    received: date | None
    request: Request
    meeting: Meeting | None
    candidates: tuple[Proposed, ...]
    slips: tuple[Slip, ...]


def read_story(folder: Path) -> Story:
    """The story in ``folder``."""
    data = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))
    request = data["request"]
    return Story(
        name=folder.name,
        proposer=data["proposer"],
        scanner=data["scanner"],
        wording=data.get("wording", 0),
        bound=data.get("bound", False),
        received=data.get("received"),
        request=Request(**{**request, "to": tuple(request["to"])}),
        meeting=Meeting(**data["meeting"]) if "meeting" in data else None,
        candidates=tuple(_proposed(candidate) for candidate in data["candidates"]),
        slips=tuple(Slip(**slip) for slip in data.get("slips", ())),
    )


def _proposed(data: dict[str, Any]) -> Proposed:
    report = data.pop("report", None)
    return Proposed(**data, report=Report(**report) if report else None)
