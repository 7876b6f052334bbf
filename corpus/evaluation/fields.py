"""Records against fields read by hand: right, wrong, doubtful or missing, field by field.

A wrong value asserted as ``read`` is the worst outcome and is counted apart. A value that is handwritten in the truth
is right when exact, null or marked ``handwritten``, and stays out of the figure over printed values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.table import Table

from corpus.evaluation.agreement import agrees, basis_key, entry_key
from corpus.evaluation.scans import Reader
from corpus.evaluation.truth import TruthDocument, find_truth
from extract.read_record import extract_document
from extract.record import DocumentFields, Reading, Record, Source
from normalize.errors import SohoaError
from ocr.read import read_document
from ocr.tree import Document

__all__ = ["Extractor", "FieldScore", "FieldScores", "ListScore", "Verdict", "evaluate_fields", "judge"]

Extractor = Callable[[Document, Source], Record]

# The ten that the project promises nine of; the quyền hạn of the signer is judged but not counted among them.
PRINTED_FIELDS = (
    "type",
    "number",
    "symbol",
    "issue_date",
    "issuer",
    "parent_organ",
    "place",
    "subject",
    "signer",
    "signer_title",
)
OTHER_FIELDS = ("signing_authority",)
LIST_FIELDS: dict[str, Callable[[Any], Any]] = {
    "legal_bases": basis_key,
    "recipients": entry_key,
    "addressees": entry_key,
}


class Verdict(StrEnum):
    """What became of one value."""

    RIGHT = "right"
    WRONG = "wrong"  # asserted as read
    DOUBTFUL = "doubtful"  # wrong, but with a status that calls for a look
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FieldScore:
    """The verdict on one field of one document.

    ``printed``: the truth has the value in print, so it counts for the figure. ``expected`` and ``value`` are document
    text for a person who looks for causes; they go neither into the table nor into the JSON.
    """

    document: str
    field: str
    verdict: Verdict
    printed: bool
    expected: str | None = None
    value: Any = None


@dataclass(frozen=True, slots=True)
class ListScore:
    """Entries of one list field: in the truth, in the record, in both."""

    document: str
    field: str
    expected: int
    found: int
    matched: int


@dataclass(frozen=True, slots=True)
class FieldScores:
    """All verdicts; ``errors`` pairs a document that could not be read with the error's code."""

    fields: tuple[FieldScore, ...]
    lists: tuple[ListScore, ...]
    errors: tuple[tuple[str, str], ...] = ()

    def counts(self, field: str | None = None) -> Counter[Verdict]:
        """Verdicts on all values of one field, or of every field."""
        return Counter(score.verdict for score in self.fields if field in {None, score.field})

    def printed(self, field: str | None = None) -> tuple[int, int]:
        """Printed values right, and printed values in all, of the ten promised fields or of one field."""
        scores = [
            score
            for score in self.fields
            if score.printed and (score.field in PRINTED_FIELDS if field is None else score.field == field)
        ]
        return sum(score.verdict is Verdict.RIGHT for score in scores), len(scores)

    def precision_recall(self, field: str) -> tuple[float, float]:
        """Over all entries of a list field."""
        scores = [score for score in self.lists if score.field == field]
        matched = sum(score.matched for score in scores)
        found, expected = sum(score.found for score in scores), sum(score.expected for score in scores)
        return (matched / found if found else 1.0), (matched / expected if expected else 1.0)

    def as_json(self) -> dict[str, Any]:
        """Counts and verdicts, no document text."""
        right, printed = self.printed()
        return {
            "printed_right": right,
            "printed": printed,
            "asserted_wrong": self.counts()[Verdict.WRONG],
            "fields": {
                name: {verdict.value: self.counts(name)[verdict] for verdict in Verdict}
                for name in (*PRINTED_FIELDS, *OTHER_FIELDS)
            },
            "lists": {
                name: dict(zip(("precision", "recall"), map(_rounded, self.precision_recall(name)), strict=True))
                for name in LIST_FIELDS
            },
            "documents": [
                {
                    "document": score.document,
                    "field": score.field,
                    "verdict": score.verdict.value,
                    "printed": score.printed,
                }
                for score in self.fields
            ],
            "errors": dict(self.errors),
        }

    def table(self) -> Table:
        """One row a field, lists below, the figure over printed values as the footer."""
        right, printed = self.printed()
        counts = self.counts()
        table = Table(title="Records against fields read by hand", show_footer=True)
        table.add_column("field", footer="all")
        table.add_column("printed right", footer=f"{right}/{printed}", justify="right")
        for verdict in Verdict:
            table.add_column(verdict.value, footer=str(counts[verdict]), justify="right")
        table.add_column(
            "not right in", overflow="fold", footer=", ".join(f"{name}: {code}" for name, code in self.errors)
        )
        for name in (*PRINTED_FIELDS, *OTHER_FIELDS):
            field_right, field_printed = self.printed(name)
            field_counts = self.counts(name)
            table.add_row(
                name,
                f"{field_right}/{field_printed}",
                *(str(field_counts[verdict]) for verdict in Verdict),
                ", ".join(s.document for s in self.fields if s.field == name and s.verdict is not Verdict.RIGHT),
            )
        table.add_section()
        for name in LIST_FIELDS:
            precision, recall = self.precision_recall(name)
            table.add_row(name, "", "", "", "", "", f"precision {precision:.3f}, recall {recall:.3f}")
        return table


def evaluate_fields(
    directory: Path, *, read: Reader = read_document, extract: Extractor = extract_document
) -> FieldScores:
    """Read every scan below ``directory`` that has a ``fields.json`` and judge its record.

    The record is made under the name ``scan.pdf`` whatever the folder is called: names are no evidence.

    Raises:
        NotFoundError: No truth below ``directory``.
    """
    fields: list[FieldScore] = []
    lists: list[ListScore] = []
    errors: list[tuple[str, str]] = []
    for truth in find_truth(directory):
        if not truth.fields:
            continue
        try:
            document = read([truth.scan])
            found = extract(document, Source(name=truth.scan.name, pages=len(document.pages))).document
        except SohoaError as error:
            errors.append((truth.name, error.code))
            found = DocumentFields()
        fields.extend(_judge_fields(truth, found))
        lists.extend(_judge_lists(truth, found))
    return FieldScores(tuple(fields), tuple(lists), tuple(errors))


def judge(field: str, expected: str | None, reading: Reading | None, *, handwritten: bool = False) -> Verdict:
    """The verdict on one value; ``expected`` None means that the document shows no such value."""
    value = None if reading is None or reading.status == "absent" else reading.value
    if reading is None or value is None:
        return Verdict.RIGHT if expected is None or handwritten else Verdict.MISSING
    if expected is not None and agrees(field, expected, value):
        return Verdict.RIGHT
    if handwritten and reading.status == "handwritten":
        return Verdict.RIGHT
    return Verdict.WRONG if reading.status == "read" else Verdict.DOUBTFUL


def _judge_fields(truth: TruthDocument, found: DocumentFields) -> list[FieldScore]:
    by_hand = truth.fields.get("handwritten", ())
    scores = []
    for name in (*PRINTED_FIELDS, *OTHER_FIELDS):
        if name not in truth.fields:
            continue
        expected: str | None = truth.fields[name]
        reading: Reading | None = getattr(found, name)
        handwritten = name in by_hand
        scores.append(
            FieldScore(
                document=truth.name,
                field=name,
                verdict=judge(name, expected, reading, handwritten=handwritten),
                printed=expected is not None and not handwritten,
                expected=expected,
                value=reading.value if reading else None,
            )
        )
    return scores


def _judge_lists(truth: TruthDocument, found: DocumentFields) -> list[ListScore]:
    scores = []
    for name, key in LIST_FIELDS.items():
        if name not in truth.fields:
            continue
        readings: Sequence[Reading] = getattr(found, name)
        expected = Counter(filter(None, map(key, truth.fields[name])))
        values = Counter(key(reading.value) for reading in readings if reading.status != "absent")
        scores.append(ListScore(truth.name, name, expected.total(), values.total(), (expected & values).total()))
    return scores


def _rounded(ratio: float) -> float:
    return round(ratio, 4)
