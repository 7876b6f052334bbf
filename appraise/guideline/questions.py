"""The questions that a guideline leaves open: every trigger present raises one; a default holds until an answer."""

from __future__ import annotations

from collections.abc import Sequence

from appraise.guideline.guideline_text import GuidelineText
from appraise.guideline.triggers import Raised, Rules, Trigger, known_triggers, raised_by
from appraise.rules import Criterion, Deadline, DossierSet, Question

__all__ = ["raise_questions"]


def raise_questions(
    criteria: Sequence[Criterion], sets: Sequence[DossierSet], deadlines: Sequence[Deadline], guideline: GuidelineText
) -> list[Question]:
    """Open questions in the order of data/triggers.toml; none whose trigger is absent.

    What is asked in the same words is one question, its criteria and places together.
    """
    rules = Rules(criteria, sets, deadlines, guideline)
    return [question for trigger in known_triggers() for question in _asked(trigger, list(raised_by(trigger, rules)))]


def _asked(trigger: Trigger, raised: Sequence[Raised]) -> list[Question]:
    by_text: dict[str, list[Raised]] = {}
    for found in raised:
        text = trigger.text.format(item=found.place.item, figures=found.figures)
        by_text.setdefault(text, []).append(found)
    return [
        Question(
            id=trigger.id if len(by_text) == 1 else f"{trigger.id}-{number}",
            trigger=trigger.id,
            text=text,
            default=trigger.default,
            criteria=list(dict.fromkeys(id_ for item in found for id_ in item.criteria)),
            place=found[0].place,
        )
        for number, (text, found) in enumerate(by_text.items(), start=1)
    ]
