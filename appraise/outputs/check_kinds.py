"""Which section of an output a check belongs to."""

from __future__ import annotations

from enum import Enum
from typing import Final

from appraise.appraisal import Check

__all__ = ["CheckKind", "kind_of"]


class CheckKind(Enum):
    """Sections of the form."""

    CRITERION = "criterion"
    EXCLUSION = "exclusion"
    VOTES = "votes"
    DEADLINE = "deadline"
    OTHER = "other"


# By the first word of the check's id.
_BY_ID: Final = {
    "criterion": CheckKind.CRITERION,
    "exclusion": CheckKind.EXCLUSION,
    "votes": CheckKind.VOTES,
    "deadline": CheckKind.DEADLINE,
}


def kind_of(check: Check) -> CheckKind:
    """Where ``check`` is shown: with the standards when it has a rule and is nothing else."""
    return _BY_ID.get(check.id.partition(".")[0], CheckKind.CRITERION if check.rule else CheckKind.OTHER)
