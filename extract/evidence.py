"""From spans of a tokenised text to readings with their evidence: places, quote, confidence.

Evidence shows what was read, also where the text was restored before. Only spans count in the restored text while a
record is made; ``extract.spans_as_read`` lets them count in the text as read once it is finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import mul
from typing import Any, TypeVar

import regex

from extract.patterns import Found
from extract.record import Alternative, Reading, Status, ValueField, Where
from extract.restore_marks import with_known_marks
from extract.token_places import PlacedTokens
from extract.tokens import TextLine, TokenisedText
from ocr.tree import Ink

__all__ = [
    "Span",
    "absent",
    "confidence_of",
    "is_blue",
    "name_reading",
    "reading",
    "restored_reading",
    "value_field",
    "where",
    "where_and_confidence",
]

Span = tuple[int, int]
_Kind = TypeVar("_Kind", bound=Reading)
_LONGEST_QUOTE = 400
# Names of the fields that were given, which pydantic would keep once a model: a third of what a place takes.
_WHERE, _VALUE_FIELD = set(Where.model_fields), set(ValueField.model_fields)
_Model = TypeVar("_Model", Where, ValueField)
_WORD = regex.compile(r"\S+")
_TWO_HYPHENS = regex.compile(r"\s?[-–]\s[-–]\s")  # one ends a row, one begins the next


def where(tokens: TokenisedText, spans: Sequence[Span]) -> list[Where]:
    """One box for each line and page that the spans run over; empty for plain text."""
    return [_where(line, part) for line, part in _stands(tokens, spans)]


def where_and_confidence(
    tokens: TokenisedText, spans: Sequence[Span], *, weakest: bool = False
) -> tuple[list[Where], float]:
    """``where`` and ``confidence_of`` of the same spans, for which their tokens are looked up once."""
    stands = _stands(tokens, spans)
    return [_where(line, part) for line, part in stands], _confidence([part for _, part in stands], weakest=weakest)


def _stands(tokens: TokenisedText, spans: Iterable[Span]) -> list[tuple[TextLine, PlacedTokens]]:
    """The tokens of each line that the spans run over; none for plain text."""
    if tokens.places is None:
        return []
    touched = tokens.places.touched
    return [
        (line, part)
        for start, end in spans
        if start < end
        for line in tokens.lines_between(start, end)
        for part in touched(max(start, line.start), min(end, line.end))
    ]


def _where(line: TextLine, part: PlacedTokens) -> Where:
    return _slim(Where(page=line.page, box=part.displayed), _WHERE)


def _slim(model: _Model, given: set[str]) -> _Model:
    """The model with a set that all share; ``model_construct``, which could take it, needs 2.1 µs instead of 1.4."""
    object.__setattr__(model, "__pydantic_fields_set__", given)
    return model


def quote(tokens: TokenisedText, spans: Sequence[Span]) -> str:
    """The printed lines around the spans, each once."""
    lines: Iterable[TextLine] = tokens.lines_between(*spans[0])
    if len(spans) > 1:
        lines = {line.index: line for span in spans for line in tokens.lines_between(*span)}.values()
    if sum([line.end - line.start for line in lines]) <= 2 * _LONGEST_QUOTE:  # a line can have megabytes
        text = "\n".join([tokens.printed(line.start, line.end) for line in lines])
        if len(text) <= _LONGEST_QUOTE:
            return text
    start = max(0, spans[0][0] - 80)
    return tokens.printed(start, start + _LONGEST_QUOTE).strip()


def confidence_of(tokens: TokenisedText, spans: Iterable[Span], *, weakest: bool = False) -> float:
    """How sure the engine was of the words, 0..1: mean over letters, or its weakest word; 1 for plain text."""
    return _confidence(tokens.placed(spans), weakest=weakest)


def _confidence(placed: Sequence[PlacedTokens], *, weakest: bool) -> float:
    if not placed:
        return 1.0
    if weakest:
        return min(min(part.confidences) for part in placed)
    sure = [one for part in placed for one in part.confidences]
    sizes = [size for part in placed for size in part.sizes]
    whole: float = sum(map(mul, sizes, sure))
    return whole / sum(sizes)


def is_blue(tokens: TokenisedText, span: Span) -> bool:
    """True when any word of the span is in blue ink, which only pens and signatures are."""
    return any(Ink.BLUE in part.inks for part in tokens.placed([span]))


def reading(
    tokens: TokenisedText,
    value: Any,
    spans: Sequence[Span],
    rule: str,
    *,
    strength: float = 0.97,
    status: Status = "read",
    weakest: bool = False,
    alternatives: Sequence[Alternative] = (),
) -> Reading:
    """A reading of the text at ``spans``.

    Args:
        tokens: The text.
        value: The normalised value.
        spans: Where it stands, one or more stretches in the order of the text.
        rule: Id of the rule that found it.
        strength: How often the rule is right on well-read text, 0..1.
        status: See the record.
        weakest: Judge by the worst word (identifiers, digits) rather than by all of them.
        alternatives: Other readings.
    """
    certainty = _certainty(tokens, spans)
    places, confidence = where_and_confidence(tokens, spans, weakest=weakest)
    found = Reading(
        value=value,
        raw="\n".join(tokens.printed(start, end) for start, end in spans),
        where=places,
        span=(spans[0][0], spans[-1][1]),
        quote=quote(tokens, spans),
        confidence=round(strength * confidence, 3),
        status=status,
        alternatives=list(alternatives),
        rule=rule,
    )
    return found if certainty is None else _restored(tokens, found, spans, certainty)


def _certainty(tokens: TokenisedText, spans: Iterable[Span]) -> float | None:
    """The least probability of the words restored within the spans, None where none was."""
    if not tokens.restored.is_restored:
        return None
    found = [tokens.restored.certainty(*span) for span in spans]
    return min((certainty for certainty in found if certainty is not None), default=None)


def _restored(tokens: TokenisedText, found: _Kind, spans: Sequence[Span], certainty: float) -> _Kind:
    """``found``, as sure as the words restored within it; the value without them becomes an alternative."""
    as_read = _as_read(tokens, found.value, spans)
    alternatives = found.alternatives
    if as_read != found.value:
        other = Alternative(value=as_read, raw=found.raw, where=found.where, confidence=round((1 - certainty) / 2, 3))
        alternatives = [other, *alternatives]
    return found.model_copy(
        update={
            "status": "restored" if found.status == "read" else found.status,
            "confidence": round(found.confidence * certainty, 3),
            "alternatives": alternatives,
        }
    )


def _as_read(tokens: TokenisedText, value: Any, spans: Sequence[Span]) -> Any:
    """``value`` with each text in it that stands within the spans as it was read, before restoration."""
    if isinstance(value, dict):
        return {key: _as_read(tokens, item, spans) for key, item in value.items()}
    if not isinstance(value, str):
        return value
    # every word with its place, so that a value that runs over lines is found
    words = [match.span() for start, end in spans for match in _WORD.finditer(tokens.text, start, end)]
    text = " ".join(tokens.text[slice(*word)] for word in words)
    at = text.find(value)
    if at < 0 or not value:
        return value
    starts = list(accumulate((end - start + 1 for start, end in words), initial=0))
    read = []
    for (start, end), begin in zip(words, starts, strict=False):
        left, right = max(at, begin), min(at + len(value), begin + end - start)
        if left < right:
            read.append(tokens.printed(start + left - begin, start + right - begin))
    return " ".join(" ".join(read).split())


def name_reading(
    tokens: TokenisedText, spans: Sequence[Span], rule: str, phrase_files: Sequence[str], *, strength: float
) -> Reading:
    """A name of a closed set (organ, place, title) joined over its lines, lost marks restored from known phrases."""
    printed = " ".join(" ".join(tokens.text[slice(*span)].split()) for span in spans).rstrip(" -–_")
    printed = _TWO_HYPHENS.sub(" - ", printed)
    value = with_known_marks(printed, phrase_files)
    if value == printed:
        return reading(tokens, value, spans, rule, strength=strength)
    return restored_reading(tokens, value, printed, spans, rule, strength=strength * 0.9)


def restored_reading(
    tokens: TokenisedText, value: Any, printed: Any, spans: Sequence[Span], rule: str, *, strength: float
) -> Reading:
    """A reading of what was meant, what was ``printed`` (or read) kept as its alternative."""
    restored = reading(tokens, value, spans, rule, strength=strength, status="restored")
    as_read = _as_read(tokens, printed, spans)
    other = Alternative(value=as_read, raw=restored.raw, where=restored.where, confidence=0.1)
    return restored.model_copy(update={"alternatives": [other]})


def absent(rule: str) -> Reading:
    """What this kind of document does not have, such as the number of minutes."""
    return Reading(value=None, raw="", confidence=0.9, status="absent", rule=rule)


def value_field(tokens: TokenisedText, found: Found) -> ValueField:
    """A value of the body."""
    spans = [(found.start, found.end)]
    places, weakest = where_and_confidence(tokens, spans, weakest=True)
    confidence = round(found.strength * weakest, 3)
    raw = tokens.printed(found.start, found.end)
    alternatives = [
        Alternative(value=other, raw=raw, where=places, confidence=round((1 - confidence) / 2, 3))
        for other in found.others
    ]
    field = ValueField(
        kind=found.kind,
        value=found.value,
        raw=raw,
        where=places,
        span=(found.start, found.end),
        quote=quote(tokens, spans),
        confidence=confidence,
        status=found.status,
        alternatives=alternatives,
        rule=found.rule,
    )
    _slim(field, _VALUE_FIELD)
    certainty = _certainty(tokens, spans)
    return field if certainty is None else _restored(tokens, field, spans, certainty)
