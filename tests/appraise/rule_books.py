"""Rule books of the tests, read from guidelines of our own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from appraise.dossier import ReadFile
from appraise.guideline.guideline_text import GuidelineText, guideline_text
from appraise.guideline.read_guideline import rules_of
from appraise.rules import RuleBook
from extract.read_record import extract_text

DATA = Path(__file__).parent / "data"


@cache
def guideline_of(text: str, name: str = "huong-dan.txt") -> GuidelineText:
    return guideline_text(ReadFile(name, Path(name), text, extract_text(text, name)))


def sample(name: str) -> str:
    return (DATA / f"guideline_{name}.txt").read_text(encoding="utf-8")


def book_of(text: str, name: str = "huong-dan.txt") -> RuleBook:
    return rules_of(guideline_of(text, name)).model_copy(deep=True)
