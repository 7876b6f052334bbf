"""What became of the values of records: verdicts, precision, recall, F1 and evidence, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.table import Table

__all__ = [
    "LIST_FIELDS",
    "OTHER_FIELDS",
    "PRINTED_FIELDS",
    "FieldScore",
    "FieldScores",
    "ListScore",
    "Tally",
    "Verdict",
]

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
LIST_FIELDS = ("legal_bases", "recipients", "addressees", "co_signers")


class Verdict(StrEnum):
    """What became of one value."""

    RIGHT = "right"
    WRONG = "wrong"  # asserted as read
    DOUBTFUL = "doubtful"  # wrong, but with a status that calls for a look
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FieldScore:
    """The verdict on one field of one document.

    ``printed``: the truth has the value in print, so it counts for the figure. ``found``: the record has a value.
    ``on_place``: whether the evidence of a right value lies on its words; None where truth has no boxes. ``expected``
    and ``value`` are document text for a person who looks for causes; they go neither into the table nor into the JSON.
    """

    document: str
    field: str
    verdict: Verdict
    printed: bool
    found: bool = False
    on_place: bool | None = None
    expected: str | None = None
    value: Any = None

    @property
    def tally(self) -> Tally:
        """Its share in precision and recall: what is written by hand counts only where it is asserted, and wrong."""
        matched = self.printed and self.found and self.verdict is Verdict.RIGHT
        by_hand = not self.printed and self.verdict is not Verdict.WRONG and self.expected is not None
        return Tally(int(matched), int(self.found and not by_hand), int(self.printed), *_places([self.on_place]))


@dataclass(frozen=True, slots=True)
class ListScore:
    """Entries of one list field: in the truth, in the record, in both; ``on_place`` of each that is in both."""

    document: str
    field: str
    expected: int
    found: int
    matched: int
    on_place: tuple[bool | None, ...] = ()
    missed: tuple[Any, ...] = ()
    extra: tuple[Any, ...] = ()

    @property
    def tally(self) -> Tally:
        return Tally(self.matched, self.found, self.expected, *_places(self.on_place))


@dataclass(frozen=True, slots=True)
class Tally:
    """Values in both record and truth, in the record, in the truth; how many have evidence on the right words."""

    matched: int = 0
    found: int = 0
    expected: int = 0
    on_place: int = 0
    placed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.matched + other.matched,
            self.found + other.found,
            self.expected + other.expected,
            self.on_place + other.on_place,
            self.placed + other.placed,
        )

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 1 where there is nothing to find and nothing was found."""
        return 2 * self.matched / (self.found + self.expected) if self.found + self.expected else 1.0

    @property
    def evidence(self) -> float | None:
        """Share of the right values whose boxes lie on their words; None where no truth has boxes."""
        return self.on_place / self.placed if self.placed else None

    def as_json(self) -> dict[str, float | None]:
        evidence = self.evidence
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "evidence": None if evidence is None else round(evidence, 4),
        }


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

    def tally(self, *fields: str) -> Tally:
        """Precision, recall and evidence over all values of some fields; over everything without any."""
        scores: tuple[FieldScore | ListScore, ...] = (*self.fields, *self.lists)
        return sum((score.tally for score in scores if not fields or score.field in fields), start=Tally())

    def as_json(self) -> dict[str, Any]:
        """Counts and verdicts, no document text."""
        right, printed = self.printed()
        return {
            "printed_right": right,
            "printed": printed,
            "asserted_wrong": self.counts()[Verdict.WRONG],
            "overall": self.tally().as_json(),
            "fields": {
                name: {
                    **{verdict.value: self.counts(name)[verdict] for verdict in Verdict},
                    **self.tally(name).as_json(),
                }
                for name in (*PRINTED_FIELDS, *OTHER_FIELDS)
            },
            "lists": {name: self.tally(name).as_json() for name in LIST_FIELDS},
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
        """One row a field, lists below, the figures over everything as the footer."""
        right, printed = self.printed()
        counts = self.counts()
        table = Table(title="Records against fields read by hand", show_footer=True)
        table.add_column("field", footer="all")
        table.add_column("printed right", footer=f"{right}/{printed}", justify="right")
        for verdict in (Verdict.WRONG, Verdict.DOUBTFUL, Verdict.MISSING):
            table.add_column(verdict.value, footer=str(counts[verdict]), justify="right")
        for name, figure in zip(("precision", "recall", "F1", "evidence"), _figures(self.tally()), strict=True):
            table.add_column(name, footer=figure, justify="right")
        table.add_column(
            "not right in", overflow="fold", footer=", ".join(f"{name}: {code}" for name, code in self.errors)
        )
        for name in (*PRINTED_FIELDS, *OTHER_FIELDS):
            field_right, field_printed = self.printed(name)
            field_counts = self.counts(name)
            table.add_row(
                name,
                f"{field_right}/{field_printed}",
                *(str(field_counts[verdict]) for verdict in (Verdict.WRONG, Verdict.DOUBTFUL, Verdict.MISSING)),
                *_figures(self.tally(name)),
                _few(s.document for s in self.fields if s.field == name and s.verdict is not Verdict.RIGHT),
            )
        table.add_section()
        for name in LIST_FIELDS:
            lists = [score for score in self.lists if score.field == name]
            tally = self.tally(name)
            table.add_row(
                name,
                f"{tally.matched}/{tally.expected}",
                *("", "", ""),
                *_figures(tally),
                _few(score.document for score in lists if score.matched < max(score.found, score.expected)),
            )
        return table


_MOST_NAMED = 4


def _few(documents: Iterable[str]) -> str:
    names = list(documents)
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _figures(tally: Tally) -> tuple[str, str, str, str]:
    evidence = "" if tally.evidence is None else f"{tally.evidence:.3f}"
    return f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", evidence


def _places(on_place: Iterable[bool | None]) -> tuple[int, int]:
    known = [hit for hit in on_place if hit is not None]
    return sum(known), len(known)
