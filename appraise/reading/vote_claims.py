"""Votes that minutes tell in their sentences, where no table has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appraise.appraisal import Claim
from appraise.dossier import DossierPaper
from appraise.reading.candidate_mentions import Mention
from appraise.reading.statements import Statement, statements_of
from extract.record import ValueField
from normalize.folding import fold_aligned

__all__ = ["votes_told"]


def votes_told(paper: DossierPaper, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """The votes of the candidate whose mentions are given; one vote on the whole list goes for each candidate."""
    if any(m.paper is paper and m.row is not None and m.columns and "votes" in m.columns for m in mentions):
        return
    statements = statements_of(paper)
    voted = [
        (statement, value) for statement in statements for value in statement.of_kind("votes") if _is_result(value)
    ]
    names = {fold_aligned(mention.name.core) for mention in mentions}
    own = [(s, v) for s, v in voted if any(name in s.folded for name in names)]
    for statement, value in own or (voted if len(voted) == 1 else ()):
        yield _claim(paper, statement, value)


def _is_result(value: ValueField) -> bool:
    return value.value.get("for") is not None or value.value.get("percent") is not None


def _claim(paper: DossierPaper, statement: Statement, value: ValueField) -> Claim:
    return Claim(
        kind="votes",
        value=value.value,
        unit="phiếu",
        text=statement.text,
        paper=paper.kind or paper.name,
        where=statement.where(),
        confidence=value.confidence,
    )
