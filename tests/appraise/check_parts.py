"""Candidates, claims and rules made by hand: what tests of single checks begin with. All names are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from appraise.appraisal import AppraisedCandidate, Check, Claim, Evidence
from appraise.checks.check_basis import Basis
from appraise.checks.office_lists import OfficeLists
from appraise.checks.registry import Registry
from appraise.dossier import Dossier, DossierPaper
from appraise.rules import (
    Criterion,
    Deadline,
    DossierSet,
    Exclusion,
    Place,
    RequiredPaper,
    RuleBook,
    Test,
    Window,
)
from extract.record import DocumentFields, Record, Source

STAGE = Window(first=2016, last=2020)
DECADE = Window(first=2011, last=2020)
_MILLION = 10**6


def claim_of(kind: str, value: Any = None, year: int | None = None, **more: Any) -> Claim:
    """A claim read with confidence 0.97 on page 1 of bao-cao.pdf, in millions of đồng for gifts and incomes."""
    paper = more.pop("paper", "achievement_report")
    file = more.pop("file", f"{paper}.pdf")
    text = more.pop("text", f"{kind} {value} {year or ''}")
    if kind in {"contribution", "income"}:
        value, more = value * _MILLION, {"unit": "đồng", **more}
    where = [Evidence(file=file, page=1, quote=text)]
    return Claim(
        kind=kind, value=value, year=year, text=text, paper=paper, where=where, **({"confidence": 0.97} | more)
    )


def candidate_of(
    *claims: Claim, name: str = "xã Bản Khoang", class_: Any = "commune", **more: Any
) -> AppraisedCandidate:
    """A commune of huyện Mường Sa proposed for the province's certificate; ``more`` changes what it is."""
    fields: dict[str, Any] = {"award": "bang_khen_tinh", "commune": "xã Bản Khoang", "district": "huyện Mường Sa"}
    return AppraisedCandidate(name=name, class_=class_, claims=list(claims), **(fields | more))


def criterion_of(*tests: Test, ident: str = "T1", candidate: Any = "commune", **more: Any) -> Criterion:
    """A confirmed standard of item II.1.a."""
    fields: dict[str, Any] = {
        "award": "bang_khen_tinh",
        "window": STAGE,
        "status": "confirmed",
        "by": "Lò Văn Ún",
        "on": dt.date(2019, 6, 1),
        "place": Place(item="II.1.a"),
    }
    return Criterion(id=ident, candidate=candidate, tests=list(tests), **(fields | more))


def gain(value: int = 10) -> Test:
    """Criteria gained, at least ``value``."""
    return Test(measure="new_criteria", relation="ge", value=value, unit="tiêu chí")


def gifts(millions: int = 400, relation: Any = "ge") -> Test:
    """Gifts, at least ``millions``."""
    return Test(measure="contribution", relation=relation, value=millions * _MILLION, unit="đồng", cumulative=True)


def excluded(first: int, last: int, reach: Any = "dash") -> Exclusion:
    """Those awarded between two years."""
    return Exclusion(period=Window(first=first, last=last), reach=reach)


def rules_of(*criteria: Criterion, **more: Any) -> RuleBook:
    """Rules with one provincial set (submission 1, minutes 1, reports 3) and a deadline "trước ngày 31/7/2019"."""
    papers = [
        RequiredPaper(kind="submission", copies=1),
        RequiredPaper(kind="minutes", copies=1),
        RequiredPaper(kind="achievement_report", copies=3),
    ]
    fields: dict[str, Any] = {
        "dossier_sets": [DossierSet(for_="province", papers=papers, place=Place(item="III.1"))],
        "deadlines": [Deadline(what="Gửi hồ sơ đề nghị", date=dt.date(2019, 7, 31), place=Place(item="IV"))],
    }
    return RuleBook(criteria=list(criteria), **(fields | more))


def paper_with(kind: str | None, *, file: str = "", text: str = "", copies: int = 1, **record: Any) -> DossierPaper:
    """A paper of one page, scanned ``copies`` times in files of its own."""
    file = file or f"{kind}.pdf"
    scans = tuple((file if at == 0 else f"{at}-{file}", 1) for at in range(copies))
    held = Record(source=Source(name=file, pages=1), document=record.pop("document", DocumentFields()), **record)
    return DossierPaper(kind, kind or "Chưa nhận ra", file, (1,), held, text, (0, len(text)), scans)


def dossier_with(*papers: DossierPaper, **more: Any) -> Dossier:
    """A dossier of these papers."""
    by_kind: dict[str, tuple[DossierPaper, ...]] = {}
    for paper in papers:
        if paper.kind:
            by_kind[paper.kind] = (*by_kind.get(paper.kind, ()), paper)
    return Dossier(name="ho-so", files=(), papers=papers, by_kind=by_kind, **more)


def basis_of(
    rules: RuleBook | None = None,
    dossier: Dossier | None = None,
    lists: OfficeLists | None = None,
    registry: Registry | None = None,
) -> Basis:
    """What checks are held against; a dossier of no papers that arrived on 10 July 2019."""
    return Basis(
        dossier=dossier or dossier_with(received="2019-07-10"),
        rules=rules or rules_of(),
        lists=lists or OfficeLists(),
        registry=registry,
    )


def check_named(checks: Any, ident: str) -> Check:
    """The one check with an id."""
    (found,) = [check for check in checks if check.id == ident]
    return found


def written(folder: Path, name: str, *lines: str) -> Path:
    """A CSV file of these lines."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
