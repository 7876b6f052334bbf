"""Marks and spaces of proper names in the head, judged by the other places where the document names them.

Capitals lose marks ("XÃ BẢN TẮM") that the same name keeps in the text ("xã Bản Tằm"); no list knows all communes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extract.evidence import Span, confidence_of
from extract.organs import begins_organ
from extract.tokens import TokenisedText
from extract.word_lists import phrases_by_key
from normalize.folding import fold_aligned
from normalize.syllables import is_bare_syllable, is_syllable

__all__ = ["Agreement", "agreed_name", "place_of"]

_UNIT = regex.compile(r"(?<!\w)(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|phuong|xa|dac khu)\s")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_LETTERSPACED = regex.compile(r"(?<!\w)(?:\p{Lu}\s{1,3}){3,24}\p{Lu}(?!\w)")
_LONGEST_NAME = 4  # syllables
_CAPITALS_WEIGHT = 0.5  # small letters keep their marks far more often
_CLEAR = 1.5  # times the votes of the second form
_NEAR = 200_000  # characters
_LEAST_JOINED = 5  # letters: shorter words of capitals are abbreviations


@dataclass(frozen=True, slots=True)
class Agreement:
    """A name as the document's readings of it agree; ``doubtful`` where they do not."""

    value: str
    doubtful: bool


def agreed_name(tokens: TokenisedText, value: str, spans: Sequence[Span]) -> Agreement:
    """The name with the marks that most readings of it have, those in small letters first.

    Args:
        tokens: The document.
        value: An organ or place; only the proper name at its end is judged.
        spans: Where it was read, which counts as one vote.
    """
    value = _split_syllables(value)
    if _ends_known(fold_aligned(value)):
        return Agreement(value, doubtful=False)
    start = _proper_name(value)
    words = [match.group() for match in _WORD.finditer(value, start)]
    votes = _votes(tokens, words, spans)
    doubtful = False
    agreed = []
    for word, forms in zip(words, votes, strict=True):
        forms[word.lower()] += _own_weight(tokens, word, spans)
        (first, most), *others = sorted(forms.items(), key=lambda item: -item[1])
        doubtful |= bool(others) and most < _CLEAR * others[0][1]
        agreed.append(_in_case_of(first, word))
    given = iter(agreed)
    return Agreement(value[:start] + _WORD.sub(lambda _: next(given), value[start:]), doubtful)


def _ends_known(folded: str) -> bool:
    return f" {folded}".endswith(_known_ends())


@cache
def _known_ends() -> tuple[str, ...]:
    return tuple(f" {key}" for key in phrases_by_key("organ_phrases.txt") if " " in key)


def place_of(organ: str) -> str | None:
    """The place that an organ is named after: "Lâm Khê" of "UBND TỈNH LÂM KHÊ"; None for ministries and the like."""
    units = list(_UNIT.finditer(fold_aligned(organ)))
    name = organ[units[-1].end() :] if units else ""
    words = name.split()
    if words and fold_aligned(words[0]) == "uy":  # "HUYỆN ỦY ĐÔNG CHÂU"
        words = words[1:]
    return " ".join(word.capitalize() for word in words) if 0 < len(words) <= _LONGEST_NAME else None


def _proper_name(value: str) -> int:
    """Where the proper name begins: behind the unit ("TỈNH ..."), else the last two words."""
    unit_ends = [match.end() for match in _UNIT.finditer(fold_aligned(value))]
    starts = [match.start() for match in _WORD.finditer(value)]
    if unit_ends and sum(start >= unit_ends[-1] for start in starts) <= _LONGEST_NAME:
        return int(unit_ends[-1])
    return int(starts[max(0, len(starts) - 2)]) if starts else len(value)


def _votes(tokens: TokenisedText, words: Sequence[str], spans: Sequence[Span]) -> list[dict[str, float]]:
    votes: list[dict[str, float]] = [defaultdict(float) for _ in words]
    for occurrence in _occurrences(tokens, words, spans):
        for forms, (start, end) in zip(votes, occurrence, strict=True):
            form = tokens.text[start:end]
            weight = confidence_of(tokens, [(start, end)]) * (_CAPITALS_WEIGHT if form.isupper() else 1.0)
            forms[form.lower()] += weight if is_syllable(form) else 0.0
    return votes


def _occurrences(tokens: TokenisedText, words: Sequence[str], spans: Sequence[Span]) -> Iterator[list[Span]]:
    if not words:
        return
    pieces = [rf"({regex.escape(fold_aligned(word))})" for word in words]
    pattern = regex.compile(r"(?<!\w)" + r"\s{1,3}".join(pieces) + r"(?!\w)")
    # near the head that is judged: a file of many documents is not searched whole for each of them
    start, end = max(0, spans[0][0] - _NEAR), spans[-1][1] + _NEAR
    for match in pattern.finditer(tokens.folded, start, end):
        own = any(start < match.end() and match.start() < end for start, end in spans)
        groups = [match.span(index + 1) for index in range(len(words))]
        if not own and all(tokens.text[start].isupper() for start, _ in groups):
            yield groups


def _own_weight(tokens: TokenisedText, word: str, spans: Sequence[Span]) -> float:
    weight = confidence_of(tokens, spans, weakest=True)
    return weight * (_CAPITALS_WEIGHT if word.isupper() else 1.0)


def _in_case_of(lower: str, printed: str) -> str:
    return lower.upper() if printed.isupper() and len(printed) > 1 else lower.capitalize()


def _split_syllables(value: str) -> str:
    """Capitals whose space was lost ("TỈNHLAMKHÊ", "S Ở N Ộ I V Ụ") parted where there is only one way to."""
    value = _LETTERSPACED.sub(lambda match: _closed_up(match.group()), value)
    return str(_WORD.sub(lambda match: _parted(match.group()), value))


def _closed_up(spaced: str) -> str:
    """The one organ's name that letters set apart can be; unchanged where they can be several."""
    names = [" ".join(way) for way in _ways("".join(spaced.split()))]
    named = [name for name in names if begins_organ(fold_aligned(name))]
    return named[0] if len(named) == 1 else spaced


def _parted(word: str) -> str:
    if not word.isupper() or len(word) < _LEAST_JOINED or is_bare_syllable(fold_aligned(word)):
        return word
    ways = [way for way in _ways(word) if len(way) > 1]
    return " ".join(ways[0]) if len(ways) == 1 else word


def _ways(word: str) -> Iterator[list[str]]:
    if not word:
        yield []
    for end in range(2, min(len(word), 7) + 1):
        if is_syllable(word[:end]):
            yield from ([word[:end], *rest] for rest in _ways(word[end:]))
