"""How well reading, records and restoration do against truth made by hand."""

from __future__ import annotations

from corpus.evaluation.field_scores import FieldScores
from corpus.evaluation.fields import evaluate_fields
from corpus.evaluation.restoration import RestorationScores, evaluate_restoration
from corpus.evaluation.scans import ScanScores, evaluate_scans

__all__ = [
    "FieldScores",
    "RestorationScores",
    "ScanScores",
    "evaluate_fields",
    "evaluate_restoration",
    "evaluate_scans",
]
