"""Calibrated confidence: 0.9 is right about nine times of ten.

A rule gives the engine's confidence in the words times the rule's strength. How often that was right was counted on
scans with truth; the counts, as a rising curve over all rules and what each rule is better or worse than it, are data
(``data/confidence.tsv``). How they were made and how well they hold is told in ``docs/confidence.md``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from extract.record import DocumentFields, Reading, Record
from extract.word_lists import data_lines

__all__ = ["Calibration", "calibrate", "calibrated"]

_LEAST = 0.01  # nothing counted on a few thousand readings is surer than this, either way
_DECIMALS = 3


@dataclass(frozen=True)
class Calibration:
    """A rising curve of log odds over raw confidence, joined by straight lines, and what rules add to it."""

    curve: tuple[tuple[float, float], ...]
    rules: dict[str, float]

    def __call__(self, confidence: float, rule: str) -> float:
        """How often a reading of this raw confidence by this rule is right, 0.01 to 0.99."""
        odds = self._odds(confidence) + self.rules.get(rule, 0.0)
        return min(max(1 / (1 + math.exp(-odds)), _LEAST), 1 - _LEAST)

    @cached_property
    def _steps(self) -> list[float]:
        return [x for x, _ in self.curve]

    def _odds(self, confidence: float) -> float:
        at = bisect_right(self._steps, confidence)
        if at == 0:
            return self.curve[0][1]
        if at == len(self.curve):
            return self.curve[-1][1]
        (x0, y0), (x1, y1) = self.curve[at - 1 : at + 1]
        return y0 + (y1 - y0) * (confidence - x0) / (x1 - x0)


@cache
def _counted() -> Calibration:
    curve: list[tuple[float, float]] = []
    rules: dict[str, float] = {}
    for line in data_lines("confidence.tsv"):
        kind, key, odds, *_ = line.split("\t")
        if kind == "curve":
            curve.append((float(key), float(odds)))
        elif kind == "rule":
            rules[key] = float(odds)
    return Calibration(tuple(curve), rules)


def calibrated(confidence: float, rule: str) -> float:
    """How often a reading of this raw confidence by this rule is right."""
    return round(_counted()(confidence, rule), _DECIMALS)


def calibrate(record: Record) -> None:
    """Give every reading of a finished record its calibrated confidence, once.

    Text that was typed keeps the strength of its rules: what was counted are readings of scans.
    """
    done: set[int] = set()  # the first part's fields stand in the record twice
    for reading in _readings(record):
        if reading.where and id(reading) not in done:
            reading.confidence = calibrated(reading.confidence, reading.rule)
        done.add(id(reading))


def _readings(record: Record) -> Iterator[Reading]:
    yield from _of_fields(record.document)
    yield from record.values
    for part in record.parts:
        yield from _of_fields(part.document)
        yield from part.values


def _of_fields(fields: DocumentFields) -> Iterator[Reading]:
    for name in type(fields).model_fields:
        held = getattr(fields, name)
        yield from held if isinstance(held, list) else [held] if held is not None else []
