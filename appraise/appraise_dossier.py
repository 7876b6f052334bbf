"""A dossier held against the rules of its guideline: every check with its figures, its reason and its evidence.

Sohoa fills in what can be read and compared. It proposes no conclusion: a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from appraise.appraisal import Appraisal, AppraisedCandidate, Check
from appraise.checks.answered_rules import answered_rules
from appraise.checks.check_basis import Basis
from appraise.checks.check_criteria import check_criteria
from appraise.checks.check_deadline import check_deadline
from appraise.checks.check_outline import check_movement_reports, check_report_form
from appraise.checks.check_papers import check_papers, check_reports, sets_for
from appraise.checks.check_votes import check_candidate_votes, check_minutes
from appraise.checks.contradictions import find_contradictions, misread_dates
from appraise.checks.exclusions import registry_of
from appraise.checks.office_lists import OfficeLists
from appraise.checks.registry import Registry
from appraise.checks.requests import requests_for
from appraise.checks.similar_reports import check_similar_reports
from appraise.dossier import Dossier
from appraise.reading.candidates import find_candidates
from appraise.reading.claims import collect_claims
from appraise.rules import RuleBook

__all__ = ["appraise", "appraise_candidates"]


def appraise(
    dossier: Dossier, rules: RuleBook, lists: OfficeLists | None = None, registry: Registry | None = None
) -> Appraisal:
    """The appraisal of one dossier.

    Args:
        dossier: As read.
        rules: Of the guideline; checks of rules that nobody confirmed are marked.
        lists: Of the office; what is not given stays unknown.
        registry: Earlier awards; None: exclusions stay unknown.
    """
    candidates = collect_claims(dossier, find_candidates(dossier))
    answered = answered_rules(rules)
    basis = Basis(dossier, answered.rules, lists or OfficeLists(), registry, answered.baselines, answered.barring)
    appraisal = appraise_candidates(candidates, basis)
    return appraisal.model_copy(update={"warnings": [*answered.warnings, *appraisal.warnings]})


def appraise_candidates(candidates: Sequence[AppraisedCandidate], basis: Basis) -> Appraisal:
    """The appraisal of candidates whose claims are collected."""
    copied = check_similar_reports(candidates, basis)
    checked = [_checked(candidate, candidates, basis, copied.get(candidate.name)) for candidate in candidates]
    papers = check_papers(checked, basis)
    contradictions = find_contradictions(checked, basis.dossier, basis.lists)
    return Appraisal(
        dossier=basis.dossier.name,
        rules=_rules_name(basis.rules),
        rules_confirmed=all(criterion.status == "confirmed" for criterion in basis.rules.criteria),
        received=basis.dossier.received,
        proposer=_submission(basis.dossier, "issuer"),
        submission=_submission_name(basis.dossier),
        set="; ".join(held.text or held.for_ for held in sets_for(checked, basis.rules)) or None,
        papers=papers,
        candidates=checked,
        checks=_of_dossier(basis),
        contradictions=contradictions,
        to_ask=requests_for(papers, checked, contradictions),
        warnings=_warnings(basis),
    )


def _checked(
    candidate: AppraisedCandidate, candidates: Sequence[AppraisedCandidate], basis: Basis, copied: Check | None
) -> AppraisedCandidate:
    checks = [
        *check_reports(candidate, candidates, basis),
        *check_criteria(candidate, basis),
        *check_candidate_votes(candidate, basis),
        *check_report_form(candidate, basis),
        *([copied] if copied else []),
    ]
    return candidate.model_copy(update={"checks": checks})


def _of_dossier(basis: Basis) -> list[Check]:
    deadline = check_deadline(basis)
    return [*([deadline] if deadline else []), *check_minutes(basis), *check_movement_reports(basis)]


def _rules_name(rules: RuleBook) -> str:
    fields = [rules.guideline[name].value for name in ("code", "date") if name in rules.guideline]
    return ", ".join(value for value in fields if value)


def _submission(dossier: Dossier, field: str) -> str | None:
    for paper in dossier.by_kind.get("submission", ()):
        reading = getattr(paper.record.document, field)
        if reading is not None and reading.value:
            return str(reading.value)
    return None


def _submission_name(dossier: Dossier) -> str | None:
    code, day = _submission(dossier, "code"), _submission(dossier, "issue_date")
    return ", ".join(part for part in (code, _day_in_words(day) if day else None) if part) or None


def _day_in_words(day: str) -> str:
    """An ISO date as Vietnamese papers print it, as far as it is known.

    >>> [_day_in_words(day) for day in ("2019-05-31", "2019-05", "2019")]
    ['ngày 31/05/2019', 'tháng 5 năm 2019', 'năm 2019']
    """
    match day.split("-"):
        case [year, month, of_month]:
            return f"ngày {of_month}/{month}/{year}"
        case [year, month]:
            return f"tháng {month.lstrip('0')} năm {year}"
    return f"năm {day}"


def _warnings(basis: Basis) -> list[str]:
    unread = [f"Không đọc được tệp {name}: {reason}" for name, reason in basis.dossier.unread]
    registry = registry_of(basis)
    told = [*basis.lists.warnings, *(registry.warnings if registry else ())]
    return [*unread, *misread_dates(basis.dossier), *dict.fromkeys(told)]
