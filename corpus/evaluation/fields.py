"""Records against fields read by hand: right, wrong, doubtful or missing, field by field.

A wrong value asserted as ``read`` is the worst outcome and is counted apart. A value that is handwritten in the truth
is right when exact, null or marked ``handwritten``, and stays out of the figure over printed values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.evaluation.agreement import agrees, entries_in, matches
from corpus.evaluation.field_scores import (
    LIST_FIELDS,
    OTHER_FIELDS,
    PRINTED_FIELDS,
    FieldScore,
    FieldScores,
    ListScore,
    Verdict,
)
from corpus.evaluation.placement import TruePlaces, read_places
from corpus.evaluation.scans import Reader
from corpus.evaluation.truth import TruthDocument, find_truth
from extract.read_record import extract_document
from extract.record import DocumentFields, Reading, Record, Source
from normalize.errors import SohoaError
from ocr.read import read_document
from ocr.tree import Document

__all__ = ["Extractor", "evaluate_fields", "judge"]

Extractor = Callable[[Document, Source], Record]


def evaluate_fields(
    directory: Path, *, read: Reader = read_document, extract: Extractor = extract_document
) -> FieldScores:
    """Read every scan below ``directory`` that has a ``fields.json`` and judge its record.

    The record is made under the name ``scan.pdf`` whatever the folder is called: names are no evidence. Where a
    ``words.json`` lies beside the scan, boxes are judged too.

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
        places = read_places(truth.folder / "words.json")
        fields.extend(_judge_fields(truth, found, places))
        lists.extend(_judge_lists(truth, found, places))
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


def _judge_fields(truth: TruthDocument, found: DocumentFields, places: TruePlaces | None) -> Iterator[FieldScore]:
    by_hand = truth.fields.get("handwritten", ())
    for name in (*PRINTED_FIELDS, *OTHER_FIELDS):
        if name not in truth.fields:
            continue
        expected: str | None = truth.fields[name]
        reading: Reading | None = getattr(found, name)
        handwritten = name in by_hand
        verdict = judge(name, expected, reading, handwritten=handwritten)
        right = verdict is Verdict.RIGHT and expected is not None and not handwritten
        yield FieldScore(
            document=truth.name,
            field=name,
            verdict=verdict,
            printed=expected is not None and not handwritten,
            found=reading is not None and reading.value is not None,
            on_place=places.holds(name, expected, reading) if places and right and reading else None,
            expected=expected,
            value=reading.value if reading else None,
        )


def _judge_lists(truth: TruthDocument, found: DocumentFields, places: TruePlaces | None) -> Iterator[ListScore]:
    for name in LIST_FIELDS:
        if name not in truth.fields:
            continue
        readings: list[Reading] = [reading for reading in getattr(found, name) if reading.status != "absent"]
        expected = entries_in(truth.fields[name])
        values = entries_in([reading.value for reading in readings])
        pairs = matches(name, expected, values)
        in_truth, in_record = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        yield ListScore(
            truth.name,
            name,
            len(expected),
            len(values),
            len(pairs),
            tuple(places.holds(name, expected[first], readings[second]) if places else None for first, second in pairs),
            missed=tuple(entry for at, entry in enumerate(expected) if at not in in_truth),
            extra=tuple(value for at, value in enumerate(values) if at not in in_record),
        )
