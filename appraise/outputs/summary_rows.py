"""What the summary table holds of a dossier: small rows, so that a round of hundreds of dossiers fits in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from appraise.appraisal import Appraisal, AppraisedCandidate, Check, Evidence
from appraise.outputs.appraisal_words import address_of, received_text, votes_text
from appraise.outputs.check_kinds import CheckKind, kind_of
from appraise.outputs.wording import (
    STATE_NAMES,
    UNCONFIRMED_SIGN,
    as_text,
    evidence_text,
    figures_text,
    state_text,
)
from appraise.rules import Award, CandidateClass

__all__ = ["CandidateRow", "DossierRow", "EvidenceRow", "dossier_row", "failed_row"]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One check with one place that it was judged by; ``link`` is relative to the summary, empty for none."""

    check: str
    state: str
    reason: str
    place: str
    link: str


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One line of the summary."""

    award: Award | None
    class_: CandidateClass | None
    name: str
    address: str
    submission: str
    papers: str
    standards: str
    figures: str
    exclusions: str
    votes: str
    notes: str
    form: str
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One dossier with its candidates, what it lacks and what could not be read."""

    name: str
    proposer: str
    submission: str
    received: str
    candidates: tuple[CandidateRow, ...]
    to_ask: tuple[tuple[str, str, str], ...]
    warnings: tuple[str, ...]
    guideline: str
    confirmed: bool


def dossier_row(appraisal: Appraisal, forms: Sequence[str], link: Callable[[Evidence], str]) -> DossierRow:
    """Everything that the summary shows of one dossier.

    Args:
        appraisal: The dossier's.
        forms: Each candidate's form, relative to the summary.
        link: Gives the picture of a place, relative to the summary; empty for none.
    """
    return DossierRow(
        name=as_text(appraisal.dossier),
        proposer=as_text(appraisal.proposer),
        submission=as_text(appraisal.submission),
        received=received_text(appraisal),
        candidates=tuple(
            _candidate(appraisal, candidate, form, link)
            for candidate, form in zip(appraisal.candidates, forms, strict=True)
        ),
        to_ask=tuple((as_text(r.what), as_text(r.candidate or ""), as_text(r.reason)) for r in appraisal.to_ask),
        warnings=tuple(map(as_text, appraisal.warnings)),
        guideline=as_text(appraisal.rules or None),
        confirmed=appraisal.rules_confirmed,
    )


def failed_row(name: str) -> DossierRow:
    """A dossier that could not be appraised: it is listed, never lost."""
    warning = "Không thẩm định được hồ sơ này do lỗi khi xử lý; cần xem hồ sơ giấy."
    return DossierRow(as_text(name), "chưa rõ", "chưa rõ", "chưa rõ", (), (), (warning,), guideline="", confirmed=True)


def _candidate(
    appraisal: Appraisal,
    candidate: AppraisedCandidate,
    form: str,
    link: Callable[[Evidence], str],
) -> CandidateRow:
    of_kind = {kind: [c for c in candidate.checks if kind_of(c) is kind] for kind in CheckKind}
    criteria = of_kind[CheckKind.CRITERION]
    names = {candidate.name, *candidate.names_read}
    differing = [item for item in appraisal.contradictions if item.candidate in names]
    notes = [f"Mâu thuẫn: {as_text(item.what)}" for item in differing]
    notes += [
        f"{as_text(check.name)}: {state_text(check, UNCONFIRMED_SIGN)}"
        for check in of_kind[CheckKind.OTHER]
        if check.state != "met"
    ]
    return CandidateRow(
        award=candidate.award,
        class_=candidate.class_,
        name=as_text(candidate.name),
        address=address_of(candidate),
        submission=as_text(appraisal.submission),
        papers=papers_text(appraisal),
        standards="\n".join(_standards(criteria)) or "chưa rõ",
        figures="\n".join(f"{as_text(c.name)}: {words}" for c in criteria if (words := figures_text(c.figures))),
        exclusions="\n".join(
            f"{as_text(c.name)}: {state_text(c, UNCONFIRMED_SIGN)}" for c in of_kind[CheckKind.EXCLUSION]
        ),
        votes=votes_text(candidate),
        notes="\n".join(notes),
        form=form,
        evidence=tuple(_evidence(candidate.checks, link)),
    )


def papers_text(appraisal: Appraisal) -> str:
    """Papers that are not matched, with their state; else that all are."""
    open_ = [f"{as_text(paper.name)}: {STATE_NAMES[paper.state]}" for paper in appraisal.papers if paper.state != "met"]
    if open_:
        return "\n".join(open_)
    return STATE_NAMES["met"] if appraisal.papers else STATE_NAMES["unknown"]


def _standards(checks: Sequence[Check]) -> Iterator[str]:
    """For each rule how many of its checks are in which state."""
    for rule in dict.fromkeys(check.rule for check in checks):
        of_rule = [check for check in checks if check.rule == rule]
        counts = Counter(STATE_NAMES[check.state] for check in of_rule)
        mark = "" if all(check.rule_confirmed for check in of_rule) else f" {UNCONFIRMED_SIGN}"
        told = ", ".join(f"{count} {name}" for name in STATE_NAMES.values() if (count := counts[name]))
        name = as_text(rule) if rule else as_text(of_rule[0].reason)
        yield f"{name}: {told}{mark}"


def _evidence(checks: Sequence[Check], link: Callable[[Evidence], str]) -> Iterator[EvidenceRow]:
    for check in checks:
        words = as_text(check.name), state_text(check), as_text(check.reason)
        for where in check.where:
            yield EvidenceRow(*words, evidence_text(where), link(where))
        if not check.where:
            yield EvidenceRow(*words, "", "")
