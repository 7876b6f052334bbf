"""What all checks of one dossier are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from appraise.checks.answered_rules import Barring
from appraise.checks.office_lists import OfficeLists
from appraise.checks.registry import Registry
from appraise.dossier import Dossier
from appraise.rules import Criterion, RuleBook

__all__ = ["Basis"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The dossier as read, the rules, and what the office knows.

    Attributes:
        dossier: As read.
        rules: Of the guideline; what nobody confirmed is marked in each check.
        lists: Of the office.
        registry: Earlier awards; None: not given, so that exclusions stay unknown.
        baselines: Criterion to the year at whose end gains begin, where a person answered so.
        barring: Criterion to the earlier awards that bar, where a person answered so.
    """

    dossier: Dossier
    rules: RuleBook
    lists: OfficeLists
    registry: Registry | None
    baselines: Mapping[str, int] = field(default_factory=dict)
    barring: Mapping[str, Barring] = field(default_factory=dict)

    @property
    def day(self) -> str | None:
        """ISO day up to which results can be told: that of arrival, else of the submission."""
        if self.dossier.received:
            return self.dossier.received
        for paper in self.dossier.by_kind.get("submission", ()):
            dated = paper.record.document.issue_date
            if dated is not None and isinstance(dated.value, str) and len(dated.value) == len("2019-05-31"):
                return dated.value
        return None

    def criterion(self, ident: str) -> Criterion | None:
        """The criterion with an id."""
        return next((criterion for criterion in self.rules.criteria if criterion.id == ident), None)
