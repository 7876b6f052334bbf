"""Appraisals against expected checks written by hand: share equal, and ``met`` where the truth is not ``met``.

Works on plain data: the ``expected.json`` of a dossier (corpus/samples/round) and the ``appraisal.json`` of its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import regex
from rapidfuzz import fuzz
from rich.table import Table

from normalize.errors import NotFoundError
from normalize.folding import fold

__all__ = ["AppraisalScores", "Compared", "evaluate_appraisal", "evaluate_appraisals"]

_MET = "met"
_NOT_MET_AT_LEAST = "!met"  # expected: anything but met, where the guideline leaves open what else
_SAME_NAME = 85.0  # of 100, the expected name within the one found; another invented family name is below 75
_PARTS = regex.compile(r"[.:/#]")
_MISSES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Compared:
    """One expectation and what came of it.

    Attributes:
        dossier: Name of its folder.
        kind: Name of the check (new_criteria, votes, deadline), or candidates, class, award, papers,
            contradictions, to_ask.
        of: The candidate, paper or request it is about.
        rule: Criterion, None where none is concerned.
        expected: State or value, or a list of those that are right; ``!met`` means any state but met.
        found: None where there is no such check.
    """

    dossier: str
    kind: str
    of: str
    rule: str | None
    expected: Any
    found: Any

    @property
    def is_equal(self) -> bool:
        """Whether the finding is what was expected."""
        if self.expected == _NOT_MET_AT_LEAST:
            return bool(self.found != _MET)
        return bool(self.found in self.expected if isinstance(self.expected, list) else self.found == self.expected)

    @property
    def is_false_met(self) -> bool:
        """The worst outcome: met is said of what is not."""
        return bool(self.found == _MET and not self.is_equal)


@dataclass(frozen=True, slots=True)
class AppraisalScores:
    """What all comparisons come to; ``compared`` in the order of the dossiers."""

    compared: tuple[Compared, ...]

    @property
    def share(self) -> float:
        """Share of the expectations that are met, 1 where there are none."""
        return sum(one.is_equal for one in self.compared) / len(self.compared) if self.compared else 1.0

    @property
    def false_met(self) -> tuple[Compared, ...]:
        """All findings of ``met`` where the truth is not."""
        return tuple(one for one in self.compared if one.is_false_met)

    @property
    def misses(self) -> tuple[Compared, ...]:
        """All unequal ones."""
        return tuple(one for one in self.compared if not one.is_equal)

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Equal and all expectations of each kind."""
        counts: dict[str, tuple[int, int]] = {}
        for one in self.compared:
            equal, total = counts.get(one.kind, (0, 0))
            counts[one.kind] = (equal + one.is_equal, total + 1)
        return dict(sorted(counts.items()))

    def table(self) -> Table:
        """Equal per kind, then the misses."""
        table = Table(title="Appraisals against expected checks")
        for name in ("kind", "equal", "of", "misses"):
            table.add_column(name, justify="right" if name in {"equal", "of"} else "left")
        for kind, (equal, total) in self.by_kind().items():
            misses = [one for one in self.misses if one.kind == kind]
            told = "\n".join(_told(one) for one in misses[:_MISSES_SHOWN])
            table.add_row(kind, str(equal), str(total), told)
        false = len(self.false_met)
        table.caption = f"{self.share:.1%} of {len(self.compared)} equal; met where the truth is not met: {false}"
        return table

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "share": self.share,
            "expected": len(self.compared),
            "false_met": len(self.false_met),
            "by_kind": {kind: {"equal": equal, "of": total} for kind, (equal, total) in self.by_kind().items()},
            "misses": [asdict(one) for one in self.misses],
        }


def _told(one: Compared) -> str:
    rule = f" {one.rule}" if one.rule else ""
    return f"{one.dossier}{rule}: {one.expected} expected, {one.found} found"


def evaluate_appraisals(expected: Path, appraisals: Path) -> AppraisalScores:
    """Compare all dossiers that have an ``expected.json`` below ``expected``.

    Args:
        expected: Folder of dossiers, each with ``expected.json``.
        appraisals: Output folder of ``sohoa appraise``: for each dossier a folder of its name with ``appraisal.json``.

    Raises:
        NotFoundError: There is nothing expected, or nothing was appraised.
    """
    files = sorted(expected.glob("*/expected.json"))
    if not files:
        raise NotFoundError(f"No dossier in {expected} has an expected.json.")
    found = [(file, appraisals / file.parent.name / "appraisal.json") for file in files]
    if not any(appraisal.is_file() for _, appraisal in found):
        raise NotFoundError(f"None of the expected dossiers has an appraisal.json in {appraisals}.")
    compared = [
        one
        for file, appraisal in found
        if appraisal.is_file()
        for one in evaluate_appraisal(file.parent.name, _read(file), _read(appraisal))
    ]
    return AppraisalScores(tuple(compared))


def _read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return data


def evaluate_appraisal(dossier: str, expected: Mapping[str, Any], appraisal: Mapping[str, Any]) -> Iterator[Compared]:
    """All comparisons of one dossier."""
    for check in expected.get("checks", ()):
        yield _check(dossier, "", check, appraisal.get("checks", ()))
    counted = len(appraisal.get("candidates", ()))
    yield Compared(dossier, "candidates", "", None, len(expected["candidates"]), counted)
    for candidate in expected["candidates"]:
        yield from _candidate(dossier, candidate, appraisal.get("candidates", ()))
    for paper in expected["papers"]:
        yield from _paper(dossier, paper, appraisal.get("papers", ()))
    wanted = bool(expected.get("contradictions"))
    yield Compared(dossier, "contradictions", "", None, wanted, bool(appraisal.get("contradictions")))
    for request in expected.get("to_ask", ()):
        asked = any(_asks(request["about"], one) for one in appraisal.get("to_ask", ()))
        yield Compared(dossier, "to_ask", request["about"], None, True, asked)


def _candidate(dossier: str, expected: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> Iterator[Compared]:
    name = expected["name"]
    own = max(found, key=lambda one: _likeness(name, one), default=None)
    if own is not None and _likeness(name, own) < _SAME_NAME:
        own = None
    for field in ("class", "award", "district"):
        if field in expected:
            yield Compared(dossier, field, name, None, expected[field], own.get(field) if own else None)
    for check in expected["checks"]:
        yield _check(dossier, name, check, own.get("checks", ()) if own else ())


def _likeness(name: str, found: Mapping[str, Any]) -> float:
    names = [found["name"], *found.get("names_read", ())]
    return max(fuzz.partial_ratio(fold(name), fold(read)) if len(read) >= len(name) / 3 else 0.0 for read in names)


def _check(dossier: str, of: str, expected: Mapping[str, Any], checks: Sequence[Mapping[str, Any]]) -> Compared:
    """The first check of the kind; of several (two periods of exclusion) the one furthest from met speaks."""
    rule, kind = expected.get("rule"), expected["kind"]
    fitting = [
        check["state"]
        for check in checks
        if kind in _PARTS.split(check["id"]) and (rule is None or check.get("rule") == rule)
    ]
    state = next((state for state in ("not_met", "person", "unknown", _MET) if state in fitting), None)
    return Compared(dossier, kind, of, rule, expected["state"], state)


def _paper(dossier: str, expected: Mapping[str, Any], papers: Sequence[Mapping[str, Any]]) -> Iterator[Compared]:
    found = next((paper for paper in papers if paper["kind"] == expected["kind"]), None)
    for field in ("state", "scans", "required"):
        if field in expected:
            kind = "papers" if field == "state" else f"papers.{field}"
            yield Compared(dossier, kind, expected["kind"], None, expected[field], found.get(field) if found else None)


def _asks(about: str, request: Mapping[str, Any]) -> bool:
    return fold(about) in fold(f"{request['what']} {request.get('reason', '')}")
