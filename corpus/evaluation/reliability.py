"""How often readings of a confidence are right: every field and value of scans with truth, judged, and the curve.

Fields are judged against ``fields.json``; values against those that extraction finds in the transcription of the same
pages, so that what is counted is what reading a scan costs.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from corpus.evaluation.agreement import agrees
from corpus.evaluation.field_scores import LIST_FIELDS, OTHER_FIELDS, PRINTED_FIELDS
from corpus.evaluation.scans import Reader
from corpus.evaluation.truth import TruthDocument, find_truth
from corpus.field_names import document_readings
from extract.calibration import Calibration
from extract.read_record import extract_document, extract_text
from extract.record import Reading, Source
from ocr.read import read_document

__all__ = ["Bin", "Judged", "fit", "judged_readings", "reliability"]

_SMALLEST_STEP = 25  # readings under one step of the curve: fewer say little
_DOUBT_OF_A_RULE = 1.0  # how far rules lie apart, in log odds; what few readings say of one is drawn back to the curve
_LEAST_OF_A_RULE = 10  # readings
_MARKS = regex.compile(r"[\[\]<>]")  # around handwriting and stamps; what they hold is part of the page
_EDGES = (0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


@dataclass(frozen=True, slots=True)
class Judged:
    """One reading of one document; ``confidence`` as the record has it."""

    document: str
    rule: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings of about one confidence: how many, what they said on the mean, how many were right."""

    count: int
    said: float
    right: float


def judged_readings(directory: Path, read: Reader = read_document) -> Iterator[Judged]:
    """Every reading of every scan with truth below ``directory``."""
    for truth in find_truth(directory):
        if truth.fields:
            yield from _judged(truth, f"{directory.name}/{truth.name}", read)


def _judged(truth: TruthDocument, document_name: str, read: Reader) -> Iterator[Judged]:
    document = read([truth.scan])
    record = extract_document(document, Source(name=truth.scan.name, pages=len(document.pages)))
    for name, reading in document_readings(record.document):
        right = _is_right(name, truth.fields, reading)
        if right is not None and reading.where:
            yield Judged(document_name, reading.rule, reading.confidence, right)
    pages = {page.number for page in truth.pages}
    printed = _values_printed(truth)
    for value in record.values:
        if value.where and value.where[0].page in pages:
            right = (value.kind, _key(value)) in printed
            yield Judged(document_name, value.rule, value.confidence, right)


def _is_right(name: str, fields: Any, reading: Reading) -> bool | None:
    """None for what the truth does not tell."""
    if reading.value is None or name not in fields or name not in (*PRINTED_FIELDS, *OTHER_FIELDS, *LIST_FIELDS):
        return None
    expected = fields[name]
    if name in LIST_FIELDS:
        return any(agrees(name, entry, reading.value) for entry in expected)
    return expected is not None and agrees(name, expected, reading.value)


def _values_printed(truth: TruthDocument) -> Counter[tuple[str, str]]:
    files = [truth.folder / f"page-{page.number}.gt.txt" for page in truth.pages]
    text = "\f".join(_MARKS.sub("", path.read_text(encoding="utf-8-sig")) for path in files)
    return Counter((value.kind, _key(value)) for value in extract_text(text, truth.name).values)


def _key(value: Reading) -> str:
    return json.dumps(value.value, sort_keys=True, ensure_ascii=False)


def fit(judged: Sequence[Judged]) -> Calibration:
    """The rising curve through all readings (pool adjacent violators), then what each rule adds to it."""
    steps: list[list[float]] = []  # readings, sum of confidence, sum of right
    ordered = sorted(judged, key=lambda item: item.confidence)
    for start in range(0, len(ordered), _SMALLEST_STEP):
        chunk = ordered[start : start + _SMALLEST_STEP]
        steps.append([len(chunk), sum(item.confidence for item in chunk), sum(item.right for item in chunk)])
        while len(steps) > 1 and _share(steps[-1]) <= _share(steps[-2]):
            last = steps.pop()
            steps[-1] = [a + b for a, b in zip(steps[-1], last, strict=True)]
    curve = tuple((total / count, _log_odds(_share([count, total, right]))) for count, total, right in steps)
    bare = Calibration(curve, {})
    by_rule: defaultdict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        by_rule[item.rule].append(item)
    rules = {rule: _added(bare, items) for rule, items in by_rule.items() if len(items) >= _LEAST_OF_A_RULE}
    return Calibration(curve, rules)


def _share(step: Sequence[float]) -> float:
    count, _, right = step
    return (right + 1) / (count + 2)  # the rule of succession: never quite 0 or 1


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def _added(bare: Calibration, items: Sequence[Judged]) -> float:
    """Log odds that fit a rule's readings best, drawn back towards the curve, by a few steps of Newton's method."""
    added = 0.0
    for _ in range(8):
        shares = [1 / (1 + math.exp(-_log_odds(bare(item.confidence, "")) - added)) for item in items]
        slope = sum(item.right - share for item, share in zip(items, shares, strict=True)) - added / _DOUBT_OF_A_RULE
        bend = sum(share * (1 - share) for share in shares) + 1 / _DOUBT_OF_A_RULE
        added += max(-1.0, min(1.0, slope / bend))
    return added


def reliability(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Readings by what they said."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for said, right in judged:
        bins[next(at for at, edge in enumerate(_EDGES) if said < edge)].append((said, right))
    return [
        Bin(len(items), sum(said for said, _ in items) / len(items), sum(right for _, right in items) / len(items))
        for _, items in sorted(bins.items())
    ]
