"""From a guideline's copies to the rules that it proposes: the main flow."""

from __future__ import annotations

from collections.abc import Sequence

from appraise.dossier import ReadFile
from appraise.guideline.copies import merge_copies
from appraise.guideline.criteria import find_criteria
from appraise.guideline.deadlines import find_deadlines
from appraise.guideline.dossier_sets import find_dossier_sets
from appraise.guideline.guideline_text import GuidelineText, guideline_text
from appraise.guideline.questions import raise_questions
from appraise.guideline.report_outline import find_report_outline
from appraise.rules import GuidelineField, RuleBook
from extract.record import Reading
from normalize.errors import UsageError

__all__ = ["read_guideline", "rules_of"]


def read_guideline(copies: Sequence[ReadFile]) -> RuleBook:
    """The rules of a guideline, each proposed, with the questions that it leaves open.

    Args:
        copies: One copy or several of the same guideline, as read.

    Raises:
        UsageError: No copy is given.
    """
    if not copies:
        raise UsageError("No copy of the guideline is given.", "Name at least one file.")
    return merge_copies([rules_of(guideline_text(copy)) for copy in copies], [copy.name for copy in copies])


def rules_of(guideline: GuidelineText) -> RuleBook:
    """What one copy says."""
    criteria = find_criteria(guideline)
    sets = find_dossier_sets(guideline)
    deadlines = find_deadlines(guideline)
    return RuleBook(
        guideline=_head(guideline),
        sources=[guideline.source],
        criteria=criteria,
        dossier_sets=sets,
        deadlines=deadlines,
        report_outline=find_report_outline(guideline),
        questions=raise_questions(criteria, sets, deadlines, guideline),
    )


def _head(guideline: GuidelineText) -> dict[str, GuidelineField]:
    document = guideline.document
    fields = {
        "type": document.type,
        "code": document.code,
        "date": document.issue_date,
        "issuer": document.issuer,
        "subject": document.subject,
    }
    return {name: _field(reading, guideline.source) for name, reading in fields.items()}


def _field(reading: Reading | None, source: str) -> GuidelineField:
    if reading is None or reading.value is None:
        return GuidelineField(value=None)
    return GuidelineField(value=str(reading.value), raw=" ".join(reading.raw.split()), source=source)
