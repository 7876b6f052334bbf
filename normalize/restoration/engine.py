"""The search as a whole: tokens in, the chosen reading of each and how sure it is out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from normalize.diagnosis import Damage
from normalize.name_parts import name_parts
from normalize.restoration.candidates import Candidate, Generator, Rows, StrippedSource
from normalize.restoration.channel import Channel
from normalize.restoration.context import ContextModel
from normalize.restoration.decode import EATEN, Floats, Lattice, Paths, search
from normalize.restoration.joining import with_joined_words
from normalize.restoration.language import Ints, LanguageModel
from normalize.restoration.places import Places, contested, likelier, linked_words
from normalize.restoration.repetition import repeated
from normalize.restoration.tokens import UNIT, Kind, Token

__all__ = ["RESTORED", "Reading", "generator_for", "language_model", "readings"]

MODELS: Final = Path(__file__).parent.parent / "models"
# Of the language model and of the context model against the channel. Pages of letters and held-out pages: 4.46 and
# 4.14 % wrong words without the context model, 4.13 and 3.65 % with it; 0.3 to 0.45 of it is the same within 0.1 %.
_WEIGHT: Final = {Damage.NO_VIETNAMESE_MODEL: 0.8, Damage.MARKS_STRIPPED: 0.8, Damage.LIGHT: 0.6}
_CONTEXT_WEIGHT: Final = {Damage.NO_VIETNAMESE_MODEL: 0.4, Damage.MARKS_STRIPPED: 0.4, Damage.LIGHT: 0.25}
RESTORED: Final = frozenset(_WEIGHT)
# Numbers that words are read as: 14 (45 of 114 on training pages), 16 (103 of 171), 18, 46, 56.
_LIKE_WORDS: Final = frozenset({"14", "16", "18", "46", "56"})
_SURE: Final = 0.98  # probability from which a restored word teaches the channel
# Probability of the first search from which its choice stands: of 52,000 such words the second changed 14. Four in five
# words are that sure, and the second search goes over the others only.
_SETTLED: Final = 0.9999
_ENOUGH: Final = 100  # such words, at least

Asked = tuple[str, str, bool]  # the arguments of Generator.candidates


@dataclass(frozen=True, slots=True)
class Reading:
    """What a token is read as.

    Attributes:
        token: The token.
        chosen: The reading.
        probability: How likely it is, its neighbours being as chosen.
        others: Texts of other readings with their probabilities, the likeliest first.
        last: The last token that belongs to the reading: another one than ``token`` where a word was cut in two.
    """

    token: Token
    chosen: Candidate
    probability: float
    others: tuple[tuple[str, float], ...]
    last: Token


def readings(tokens: list[Token], damage: Damage) -> Iterator[Reading]:
    """Read every token of a text.

    Args:
        tokens: At least one.
        damage: One of ``RESTORED``.

    Yields:
        A reading for each token, in order; one for the pieces of a word that was cut in two.
    """
    model, generator = language_model(), generator_for(damage)
    asked = _asked(tokens)
    generator.prepare(asked.values())
    rows, owners, starts = _rows(tokens, asked, model, generator, damage)
    rows = with_joined_words(tokens, rows, owners, generator, model, _WEIGHT[damage])
    places, linked = _places(), linked_words(owners, starts)
    lattice = _lattice(rows, starts)
    names = places.names(lattice, linked)
    lattice = replace(lattice, scores=lattice.scores + likelier(names))
    # Without the context model: with it this search took a tenth more time and the end was no better.
    # In light damage most words stand as they are read: of 9,785 words 208 were wrong in the end, with the beam 209.
    # The second search is better off with its beam: 215 without.
    begin = _as_read(rows, owners) if damage is Damage.LIGHT else None
    first = search(model, lattice, _WEIGHT[damage], rounds=0, begin=begin)
    row = np.arange(len(rows))
    read, sure = lattice.words[row, first.chosen], first.probability[row, first.chosen]
    again = rows
    if damage is not Damage.LIGHT:
        again = _looked_at_again(asked, rows, owners, first, damage)
    here = places.provinces(read, sure, linked)
    sure = np.where(contested(names, here, first.chosen), 0, sure)
    rows = _narrowed(rows, again, lattice, first.chosen, sure)
    lattice = _lattice(rows, starts)
    more = repeated(model, lattice, read, sure) + likelier(places.names(lattice, linked), here)
    lattice = _in_context(lattice, damage)
    lattice = replace(lattice, scores=lattice.scores + more)
    paths = search(model, lattice, _WEIGHT[damage])
    probabilities = paths.probability.tolist()
    for position, owner in enumerate(owners):
        if owner is None:
            continue
        candidates = rows[position]
        chosen = candidates[int(paths.chosen[position])]
        if chosen.word == EATEN:
            continue
        last = owners[position + chosen.spans] or owner
        # Readings that differ only in class or in the sign behind the word are one reading.
        shares: dict[str, float] = {}
        for candidate, share in zip(candidates, probabilities[position], strict=False):
            if candidate.spans == chosen.spans:
                shares[candidate.text] = shares.get(candidate.text, 0.0) + share
        probability = shares.pop(chosen.text)
        if len(candidates) == 1:  # the second search had nothing to choose from
            probability = float(sure[position])
        others = tuple(sorted(shares.items(), key=lambda pair: -pair[1])[:3])
        yield Reading(owner, chosen, probability, others, last)


def _looked_at_again(
    asked: dict[int, Asked], rows: Rows, owners: list[Token | None], paths: Paths, damage: Damage
) -> Rows:
    """More candidates for the doubtful words, from a channel that knows what the sure ones became in this document."""
    best = paths.probability[np.arange(len(rows)), paths.chosen]
    sure: list[tuple[str, str]] = []
    doubtful: dict[int, Asked] = {}
    for position, owner in enumerate(owners):
        if owner is None or owner.kind is not Kind.WORD:
            continue
        chosen = rows[position][int(paths.chosen[position])]
        if chosen.word == EATEN or chosen.spans:
            continue
        if best[position] >= _SURE and chosen.word > 0 and chosen.second < 0:
            sure.append((chosen.text, owner.text + owner.tail[: chosen.tail]))
        elif best[position] < _SETTLED:
            doubtful[position] = asked[owner.start]
    generator = wider_generator_for(damage)
    if len(sure) >= _ENOUGH and damage is Damage.NO_VIETNAMESE_MODEL:
        generator = generator.adapted(sure)
    generator.prepare(doubtful.values())
    new = list(rows)
    for position, word in doubtful.items():
        joined = tuple(c for c in rows[position] if c.spans or c.word == EATEN)
        new[position] = generator.candidates(*word) + joined
    return new


def _narrowed(rows: Rows, again: Rows, lattice: Lattice, chosen: Ints, sure: Floats) -> Rows:
    """The candidates for the second search: where the first left no doubt, its choice alone."""
    in_one_piece = ~((lattice.spans > 0) | (lattice.words == EATEN)).any(axis=1)
    settled = (sure >= _SETTLED) & in_one_piece
    return [
        (first[choice],) if done else new
        for first, new, choice, done in zip(rows, again, chosen.tolist(), settled.tolist(), strict=True)
    ]


def _asked(tokens: list[Token]) -> dict[int, Asked]:
    """What the candidates of each word depend on, by its place in the text."""
    return {
        token.start: (token.text, token.tail, _among_capitals(tokens, at))
        for at, token in enumerate(tokens)
        if token.kind is Kind.WORD
    }


def _rows(
    tokens: list[Token], asked: dict[int, Asked], model: LanguageModel, generator: Generator, damage: Damage
) -> tuple[Rows, list[Token | None], list[int]]:
    """Candidates of each position, the token it stands for (None for punctuation), and where paragraphs start."""
    rows: Rows = []
    owners: list[Token | None] = []
    starts = [0]
    unknown_class = model.number["<code>"]
    for token in tokens:
        if token.breaks and len(rows) > starts[-1]:
            starts.append(len(rows))
        else:
            for name in token.before:
                rows.append((Candidate("", model.number[name], -1, 0.0),))
                owners.append(None)
        follows = len(rows) > starts[-1]  # in its paragraph, which must not be left empty
        if follows and UNIT.fullmatch(token.text) and rows[-1][0].word == model.number["<num>"]:
            continue  # "94.750 m2" is one number in the training text
        owners.append(token)
        if token.kind is Kind.WORD:
            rows.append(generator.candidates(*asked[token.start]))
            continue
        stands = Candidate(token.text, model.number.get(_class_of(token), unknown_class), -1, 0.0)
        rows.append((stands, *_words_for_number(token.text, generator, damage)))
        if token.kind is Kind.LABEL:  # its bracket or stop
            rows.append((Candidate("", model.number["<p>"], -1, 0.0),))
            owners.append(None)
    return rows, owners, [*starts, len(rows)]


def _as_read(rows: Rows, owners: list[Token | None]) -> Ints:
    """The candidate of each position that leaves the text as it is; the first where none does."""
    return np.array(
        [
            next((at for at, item in enumerate(row) if owner and _leaves(item, owner)), 0)
            for row, owner in zip(rows, owners, strict=True)
        ]
    )


def _leaves(item: Candidate, token: Token) -> bool:
    return item.text == token.text and not item.tail and item.second < 0 and not item.spans


def _class_of(token: Token) -> str:
    """What the training text has for a number, a code or the letter of an item."""
    if token.kind is Kind.LABEL:
        return token.text.strip("().,;:")
    digits = any(c.isdigit() for c in token.text)
    return "<num>" if token.kind is Kind.NUMBER or (digits and "/" not in token.text) else "<code>"


def _words_for_number(text: str, generator: Generator, damage: Damage) -> tuple[Candidate, ...]:
    """``14`` may be ``là``: only where a number makes no sense, since any other number would stand there as well."""
    if text not in _LIKE_WORDS or damage is not Damage.NO_VIETNAMESE_MODEL:
        return ()
    return generator.one_word(text, False)


def _among_capitals(tokens: list[Token], at: int) -> bool:
    near = [
        t.text
        for t in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3])
        if t.kind is Kind.WORD and len(t.text) > 1
    ]
    return bool(near) and sum(t.isupper() for t in near) * 2 > len(near)


def _lattice(rows: Rows, starts: list[int]) -> Lattice:
    width = max(map(len, rows))
    shape = (len(rows), width)
    words, seconds, thirds = (np.full(shape, -1, np.int64) for _ in range(3))
    spans, scores = np.zeros(shape, np.int64), np.zeros(shape, np.float32)
    lengths = [len(row) for row in rows]
    at = np.repeat(np.arange(len(rows)), lengths)
    column = np.concatenate([np.arange(length) for length in lengths])
    all_of_them = list(chain.from_iterable(rows))
    words[at, column] = [c.word for c in all_of_them]
    seconds[at, column] = [c.second for c in all_of_them]
    thirds[at, column] = [c.third for c in all_of_them]
    spans[at, column] = [c.spans for c in all_of_them]
    scores[at, column] = [c.score for c in all_of_them]
    return Lattice(words, seconds, thirds, spans, scores, np.array(starts, np.int64))


def _in_context(lattice: Lattice, damage: Damage) -> Lattice:
    """The candidates, what the context model says of them added to their scores."""
    fit = _context().fit(lattice)
    return replace(lattice, scores=lattice.scores + np.float32(_CONTEXT_WEIGHT[damage]) * fit)


@lru_cache(maxsize=1)
def _places() -> Places:
    return Places(MODELS / "places.npz")


@lru_cache(maxsize=1)
def _context() -> ContextModel:
    return ContextModel(MODELS, language_model().single)


@lru_cache(maxsize=1)
def language_model() -> LanguageModel:
    """The language model shipped with the package."""
    return LanguageModel(MODELS / "language.npz")


@lru_cache(maxsize=3)
def generator_for(damage: Damage) -> Generator:
    """What proposes candidates for words damaged in this way."""
    model = language_model()
    if damage is Damage.MARKS_STRIPPED:
        return Generator(model, StrippedSource(model.words), _names(model))
    if damage is Damage.LIGHT:
        return Generator(model, Channel(MODELS / "channel-vie.npz", model.words), _names(model), marks_doubtful=True)
    return Generator(model, Channel(MODELS / "channel-eng.npz", model.words), _names(model))


@lru_cache(maxsize=2)
def wider_generator_for(damage: Damage) -> Generator:
    """The same with more candidates."""
    return generator_for(damage).wider()


def _names(model: LanguageModel) -> dict[int, Mapping[str, float]]:
    """Log probability of each word in each class of names."""
    return {model.number[f"<{kind}>"]: shares for kind, shares in name_parts().items()}
