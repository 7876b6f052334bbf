"""The appraisal of one dossier: what ``appraisal.json`` holds. Sohoa fills in evidence; a person decides.

Every check ends in one of four states and no output holds a conclusion.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from appraise.rules import Award, CandidateClass

__all__ = [
    "Appraisal",
    "AppraisedCandidate",
    "Check",
    "Claim",
    "Contradiction",
    "Evidence",
    "FoundPaper",
    "Request",
    "State",
]

State = Literal[
    "met",  # khớp
    "not_met",  # chưa khớp
    "unknown",  # chưa rõ: data is missing
    "person",  # cần người xem: weakly read, near a threshold, or a matter of judgement
]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Evidence(_Model):
    """One place in one file; ``box`` in points of the displayed page, None for plain text."""

    file: str
    page: int = Field(ge=1)
    box: tuple[float, float, float, float] | None = None
    quote: str = ""
    confidence: Probability = 1.0


class FoundPaper(_Model):
    """A kind of paper that the rules ask for, or that came along (required None, kèm theo)."""

    kind: str
    name: str
    files: list[str] = []
    pages: list[Evidence] = []  # first page of each scan
    scans: int = 0  # copies seen, near-duplicates counted
    required: int | None = None
    state: State
    reason: str = ""


class Claim(_Model):
    """One figure or fact that a paper states of a candidate.

    ``kind``: criteria_level, criteria_gain, baseline, recognition, contribution, in_kind (chưa quy đổi), rating,
    award, votes, jobs, linkage, residential_area, advanced_plan, lost_criteria, income, helped_communes, plan.
    """

    kind: str
    value: Any = None
    unit: str | None = None
    relation: str = "eq"
    year: int | None = None
    date: str | None = None
    text: str
    paper: str
    where: list[Evidence] = []
    confidence: Probability = 1.0


class Check(_Model):
    """One check of one candidate. ``rule`` is the id of a criterion, ``id`` names the check itself."""

    id: str
    rule: str | None = None
    rule_confirmed: bool = True
    name: str
    state: State
    figures: dict[str, Any] = {}
    reason: str
    where: list[Evidence] = []


class AppraisedCandidate(_Model):
    """One collective, family or person who is proposed."""

    name: str
    class_: CandidateClass | None = Field(alias="class")
    award: Award | None
    unit: str | None = None
    commune: str | None = None
    district: str | None = None
    names_read: list[str] = []  # the name as each paper has it
    claims: list[Claim] = []
    checks: list[Check] = []
    where: list[Evidence] = []

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Contradiction(_Model):
    """Two places that disagree."""

    what: str
    candidate: str | None = None
    values: list[str]
    where: list[Evidence]


class Request(_Model):
    """Something to ask the sender for (đề nghị bổ sung, làm rõ)."""

    what: str
    candidate: str | None = None
    reason: str


class Appraisal(_Model):
    """``appraisal.json`` of one dossier."""

    schema_: Literal["sohoa/appraisal/1"] = Field(default="sohoa/appraisal/1", alias="schema")
    dossier: str
    rules: str = ""  # code and date of the guideline
    rules_confirmed: bool = False
    received: str | None = None
    proposer: str | None = None
    submission: str | None = None  # code and date of the tờ trình
    set: str | None = None  # which dossier set it was held against
    papers: list[FoundPaper] = []
    candidates: list[AppraisedCandidate] = []
    checks: list[Check] = []  # of the dossier as a whole: deadline, votes, outline
    contradictions: list[Contradiction] = []
    to_ask: list[Request] = []
    warnings: list[str] = []

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
