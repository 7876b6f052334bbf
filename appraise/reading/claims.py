"""What the papers of a dossier state of each candidate, with where they state it.

What ``Claim.value`` holds, by kind:

==================  ==========================================================================================
criteria_level,     ``{"count", "of", "set"}`` (``of``, ``set`` where printed); ``date`` and ``year``: when it was so
baseline
criteria_gain       the same with ``"baseline"``, the year that it is counted from, where the words give it
lost_criteria       ``{"count"}``, or 0 for "không có tiêu chí bị rớt"
recognition         code of the decision, None where only the fact is told; ``date`` is the decision's
contribution        đồng; one claim for each telling, ``text`` is its own clause
in_kind             quantity in ``unit`` (m2, công) of what has no stated price
income              đồng; ``unit`` "đồng/người/năm" for incomes per head
rating              the level in words, one claim a year; years_of_rating: how many years, of no known year
award               as :data:`appraise.rules.Award`, None where it is none of them; ``year`` when it was given
votes               as ``votes`` in docs/values.md
jobs, linkage       a count with its ``unit``, or True
residential_area,   a count
helped_communes
advanced_plan       True
including_criteria  the words that name them
plan                what is only intended, in ``unit``; never a result
==================  ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appraise.appraisal import AppraisedCandidate, Claim
from appraise.dossier import Dossier, DossierPaper
from appraise.reading.candidate_mentions import Mention
from appraise.reading.candidates import CandidateGroup, candidate_groups
from appraise.reading.criteria_claims import criteria_told
from appraise.reading.decision_claims import claims_of_decision
from appraise.reading.gift_claims import gifts_told, income_told, without_valued
from appraise.reading.gift_tables import gifts_in_table
from appraise.reading.level_tables import levels_in_table
from appraise.reading.merit_claims import merits_told
from appraise.reading.official_claims import awards_told, ratings_in_table, ratings_told
from appraise.reading.row_claims import claims_of_row
from appraise.reading.statements import statements_of
from appraise.reading.vote_claims import votes_told

__all__ = ["collect_claims"]

_COLLECTIVES = {"commune", "difficult_commune", "district", "hamlet"}
_DECISIONS = ("recognition", "award", "confirmation", "land_gift", "initiative")
_BODIES = ("submission", "minutes")


def collect_claims(dossier: Dossier, candidates: Sequence[AppraisedCandidate]) -> list[AppraisedCandidate]:
    """The candidates with their claims; those given are left as they are.

    Args:
        dossier: Its papers.
        candidates: As :func:`appraise.reading.candidates.find_candidates` found them in it.
    """
    groups = candidate_groups(dossier)
    return [_with_claims(dossier, candidate, _group_of(groups, candidate), candidates) for candidate in candidates]


def _group_of(groups: Sequence[CandidateGroup], candidate: AppraisedCandidate) -> CandidateGroup | None:
    places = [(place.file, place.page, place.quote) for place in candidate.where]
    for group in groups:
        if [(p.file, p.page, p.quote) for m in group.mentions for p in m.where] == places:
            return group
    return None


def _with_claims(
    dossier: Dossier,
    candidate: AppraisedCandidate,
    group: CandidateGroup | None,
    candidates: Sequence[AppraisedCandidate],
) -> AppraisedCandidate:
    if group is None:
        return candidate
    claims: list[Claim] = []
    for mention in group.mentions:
        if mention.row is not None:
            claims += claims_of_row(mention, _issued(mention.paper))
        elif mention.paper.kind == "achievement_report":
            claims += _of_report(mention, collective=candidate.class_ in _COLLECTIVES)
    for kind in _BODIES:
        for paper in dossier.by_kind.get(kind, ()):
            if candidate.class_ in {"commune", "difficult_commune"}:
                claims += _of_body(paper, candidate, candidates)
            if kind == "minutes":
                claims += votes_told(paper, group.mentions)
    for kind in _DECISIONS:
        for paper in dossier.by_kind.get(kind, ()):
            claims += claims_of_decision(paper, candidate)
    return candidate.model_copy(update={"claims": without_valued(claims, claims)})


def _issued(paper: DossierPaper) -> str | None:
    issued = paper.record.document.issue_date
    return str(issued.value) if issued is not None and issued.value else None


def _of_report(mention: Mention, *, collective: bool) -> Iterator[Claim]:
    """All that a candidate's own report states."""
    paper = mention.paper
    statements = statements_of(paper)
    yield from criteria_told(statements, _issued(paper))
    for statement in statements:
        yield from gifts_told(statement, own=not collective)
        yield from income_told(statement)
        yield from merits_told(statement)
        yield from ratings_told(statement)
        yield from awards_told(statement)
    for table in paper.record.tables:
        yield from gifts_in_table(paper, table)
        yield from ratings_in_table(paper, table)
        yield from levels_in_table(paper, table)


def _of_body(
    paper: DossierPaper, candidate: AppraisedCandidate, candidates: Sequence[AppraisedCandidate]
) -> Iterator[Claim]:
    """Criteria that the body of a submission tells of the one commune that it proposes."""
    communes = [other for other in candidates if other.class_ in {"commune", "difficult_commune"}]
    if len(communes) == 1 and communes[0].commune == candidate.commune:
        yield from criteria_told(statements_of(paper), _issued(paper))
