"""Guidelines of the tests, read from text, and how their criteria are told."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from appraise.dossier import ReadFile
from appraise.guideline.criteria import find_criteria
from appraise.guideline.guideline_text import GuidelineText, guideline_text
from appraise.rules import Criterion
from extract.read_record import extract_text

DATA = Path(__file__).parent / "data"


@cache
def read(text: str, name: str = "huong-dan.txt") -> GuidelineText:
    """A guideline from its text."""
    return guideline_text(ReadFile(name, Path(name), text, extract_text(text, name)))


def criteria_of(text: str) -> list[Criterion]:
    """Its criteria."""
    return find_criteria(read(text))


def numbers(criterion: Criterion) -> list[list[Any]]:
    """The tests of a criterion that are not left to judgement, sorted: [measure, relation] or with value and unit."""
    told = [
        [test.measure, test.relation, *([test.value, test.unit] if test.value is not None else [])]
        for test in criterion.tests
        if test.relation != "judged"
    ]
    return sorted(told, key=str)
