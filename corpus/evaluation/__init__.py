"""How well reading, records, restoration and appraisals do against truth made by hand."""

from __future__ import annotations

from corpus.evaluation.appraisals import AppraisalScores, evaluate_appraisals
from corpus.evaluation.field_scores import FieldScores
from corpus.evaluation.fields import evaluate_fields
from corpus.evaluation.restoration import RestorationScores, evaluate_restoration
from corpus.evaluation.scans import ScanScores, evaluate_scans

__all__ = [
    "AppraisalScores",
    "FieldScores",
    "RestorationScores",
    "ScanScores",
    "evaluate_appraisals",
    "evaluate_fields",
    "evaluate_restoration",
    "evaluate_scans",
]
