"""What restoration gives back."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.diagnosis import Diagnosis

__all__ = ["Alternative", "Change", "Restoration"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a changed word."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Change:
    """One word that was changed, or would be with more certainty.

    Attributes:
        start: Offset in ``Restoration.source``.
        end: Offset behind it.
        old: The characters there.
        new: What they become.
        probability: How likely ``new`` is right.
        alternatives: Other readings, the likeliest first.
        kind: ``marks`` (only marks differ), ``letters``, ``split`` (one word becomes two or three), ``merge`` (a word
            cut in two becomes one) or ``code``.
        applied: False when the probability was too low and the text was left as it was.
    """

    start: int
    end: int
    old: str
    new: str
    probability: float
    alternatives: tuple[Alternative, ...]
    kind: str
    applied: bool = True


@dataclass(frozen=True, slots=True)
class Restoration:
    """A restored text.

    Attributes:
        text: The text, lines and layout as in the source.
        source: The input in NFC, legacy encodings decoded: what the offsets of changes count in.
        changes: All changes in order, those only proposed too.
        diagnosis: What was wrong with the input.
    """

    text: str
    source: str
    changes: tuple[Change, ...]
    diagnosis: Diagnosis
