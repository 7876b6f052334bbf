"""Beam search over candidates, all parts of a text side by side, and how sure each choice is.

A paragraph is a row of positions; each position has candidates with a score of their own (the channel) and one to three
words for the language model (more than one where a read word was words run together). A candidate may span positions
behind it (a word that was cut in two): there the path must take the candidate ``EATEN``, and nowhere else may it. The
search keeps the best few paths of every paragraph, long ones cut into parts, and steps through many of these in one
batch of array operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.restoration.language import Ints, LanguageModel, State
from normalize.restoration.stretches import REACH, Stretches, stretches

__all__ = ["EATEN", "Lattice", "Paths", "search"]

EATEN: Final = -2  # the word of a candidate at a position that belongs to the candidate chosen before it

_BEAM: Final = 8  # with twins of one history dropped, 24 paths find no more than 6
_AT_ONCE: Final = 500  # parts searched side by side; 7,000 in one batch took 0.5 s instead of 0.3 s
_NONE: Final = np.float32(-1e30)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Candidates of a text, one row a position, paragraphs one after the other.

    Attributes:
        words: (positions, candidates): number of the word for the language model, -1 where there is no candidate,
            ``EATEN`` for the one that adds nothing.
        seconds: The same shape: the second word of words run together, -1 for single words.
        thirds: The same shape: the third word, -1 mostly.
        spans: The same shape: how many positions behind this one belong to the candidate; 0 mostly. At one position
            all that are not 0 are equal.
        scores: The same shape: natural logarithms.
        starts: First position of each paragraph, and the number of positions at the end.
    """

    words: Ints
    seconds: Ints
    thirds: Ints
    spans: Ints
    scores: Floats
    starts: Ints


@dataclass(frozen=True, slots=True)
class Paths:
    """What the search chose.

    Attributes:
        chosen: Candidate of each position.
        probability: (positions, candidates): how likely each is with its neighbours as chosen; rows sum to 1.
    """

    chosen: Ints
    probability: Floats


def search(
    model: LanguageModel, lattice: Lattice, weight: float, *, rounds: int = 2, begin: Ints | None = None
) -> Paths:
    """Find the best candidate of every position.

    Args:
        model: The language model.
        lattice: The candidates.
        weight: Of the language model against the channel.
        rounds: How often to mend what the beam lost.
        begin: Candidates to begin with, in place of those that the beam finds.
    """
    is_open = (lattice.words[:, 1:] != -1).any(axis=1)
    chosen = _searched(model, lattice, weight, is_open) if begin is None else begin.copy()
    likely = np.zeros(lattice.words.shape, np.float32)
    likely[:, 0] = 1
    some = np.flatnonzero(is_open)
    for turn in range(rounds + 1):
        likely[some] = _local(model, lattice, weight, chosen, some)
        mended = _mend(lattice, chosen, likely) if turn < rounds else []
        if not mended:
            break
        some = _near(mended, len(chosen))
    return Paths(chosen, likely)


def _near(mended: list[int], count: int) -> Ints:
    """The positions that have a changed one among the neighbours they are judged by."""
    near = np.array(mended)[:, None] + np.arange(-REACH, REACH + 1)
    return np.unique(near.clip(0, count - 1))


def _mend(lattice: Lattice, chosen: Ints, likely: Floats) -> list[int]:
    """Take the better candidate where the beam lost it; neighbours are left for the next round. Returns where.

    How many positions a candidate spans is left as the beam found it.
    """
    best = likely.argmax(axis=1)
    row = np.arange(len(chosen))
    gain = likely[row, best] - likely[row, chosen]
    gain[lattice.spans[row, best] != lattice.spans[row, chosen]] = 0
    done: list[int] = []
    last = -REACH - 1
    for position in np.flatnonzero(gain > 0).tolist():
        if position - last > REACH:
            chosen[position] = best[position]
            last = position
            done.append(position)
    return done


def _searched(model: LanguageModel, lattice: Lattice, weight: float, is_open: NDArray[np.bool_]) -> Ints:
    """The candidates that the beam chooses; the longest parts are searched first, together with others as long."""
    stops = np.flatnonzero(lattice.words[:, 0] == model.number["<p>"])
    parts = stretches(lattice.starts, is_open, stops, lattice.spans.max(axis=1, initial=0))
    real = _within(lattice, parts)
    chosen = np.zeros(len(lattice.words), np.int64)
    order = np.argsort(parts.begins - parts.ends, kind="stable")
    for first in range(0, len(order), _AT_ONCE):
        some = order[first : first + _AT_ONCE]
        _beam(model, lattice, weight, real, parts.take(some), chosen)
    return chosen


def _within(lattice: Lattice, parts: Stretches) -> NDArray[np.bool_]:
    """Which candidates there are, but for those that span a cut: neither side could know what the other takes."""
    real = lattice.words >= 0
    position, candidate = np.nonzero(lattice.spans)
    until = parts.until[np.searchsorted(parts.until, position, side="right")]
    real[position, candidate] &= position + lattice.spans[position, candidate] < until
    return real


def _beam(
    model: LanguageModel, lattice: Lattice, weight: float, real: NDArray[np.bool_], parts: Stretches, chosen: Ints
) -> None:
    """Fill in ``chosen``; parts come longest first, so that those still running are always the first ones."""
    starts, lengths = parts.begins, parts.ends - parts.begins
    count, width = len(starts), lattice.words.shape[1]
    state = State.start(count * _BEAM)
    score = np.full((count, _BEAM), _NONE, np.float32)
    score[:, 0] = 0
    owing = np.zeros((count, _BEAM), np.int64)  # positions that must still be eaten
    history: list[tuple[Ints, Ints]] = []  # for each step: the beam slot it came from, the candidate
    eaten = lattice.words == EATEN
    for step in range(int(lengths[0])):
        running = int(np.searchsorted(-lengths, -step))  # parts longer than step
        rows = starts[:running] + step
        fits = np.where(owing[:running, :, None] > 0, eaten[rows][:, None, :], real[rows][:, None, :])
        fits &= (score[:running] > _NONE / 2)[:, :, None]
        path = np.flatnonzero(fits)
        slot, candidate = np.divmod(path, width)
        part = slot // _BEAM
        cell = rows.take(part) * width + candidate
        word = lattice.words.take(cell)
        logp, following = _words(model, state.take(slot), word, lattice.seconds.take(cell), lattice.thirds.take(cell))
        owes = np.where(word == EATEN, owing.take(slot) - 1, lattice.spans.take(cell))
        total = score.take(slot) + lattice.scores.take(cell) + np.float32(weight) * logp
        total[_outdone(part, owes, following, total)] = _NONE
        dense = np.full(fits.size, _NONE, np.float32)
        dense[path] = total
        index = np.zeros(fits.size, np.int64)
        index[path] = np.arange(len(path))
        best = np.argpartition(-dense.reshape(running, -1), _BEAM - 1, axis=1)[:, :_BEAM]
        place = best + np.arange(running)[:, None] * (_BEAM * width)
        kept = index.take(place)
        score = dense.take(place)
        owing = owes.take(kept)
        state = following.take(kept.ravel())
        history.append(np.divmod(best, width))
        ended = np.flatnonzero(lengths[:running] == step + 1)
        for number in ended:
            found = _trace(history, int(number), int(np.argmax(score[number])))
            kept, until = int(parts.kept[number]), int(parts.until[number])
            chosen[kept:until] = found[kept - starts[number] : until - starts[number]]


def _outdone(part: Ints, owes: Ints, state: State, total: Floats) -> Ints:
    """Paths whose future is that of a better path: same part, same history as far as the model looks."""
    longest = np.where(
        state.triple >= 0, state.triple + (1 << 32), np.where(state.pair >= 0, state.pair + (1 << 31), state.word)
    )
    key = (part << 36) | (owes << 34) | longest
    order = np.lexsort((-total, key))
    again = key[order[1:]] == key[order[:-1]]
    outdone: Ints = order[1:][again]
    return outdone


def _trace(history: list[tuple[Ints, Ints]], number: int, slot: int) -> list[int]:
    """The candidates of the path that is now in a slot, from its first position on."""
    path: list[int] = []
    for before, candidate in reversed(history):
        path.append(int(candidate[number, slot]))
        slot = int(before[number, slot])
    return path[::-1]


def _words(model: LanguageModel, state: State, word: Ints, second: Ints, third: Ints) -> tuple[Floats, State]:
    """Log probability of candidates of one to three words, and the histories behind them; eaten ones add nothing."""
    logp, after = model.step(state, np.maximum(word, 0))
    eaten = np.flatnonzero(word == EATEN)
    if len(eaten):
        logp[eaten] = 0
        _put(after, eaten, state.take(eaten))
    for more in (second, third):
        there = np.flatnonzero(more >= 0)
        if not len(there):
            break
        added, behind = model.step(after.take(there), more[there])
        logp[there] += added
        _put(after, there, behind)
    return logp, after


def _put(state: State, index: Ints, new: State) -> None:
    """Replace some of the histories."""
    state.word[index], state.pair[index], state.triple[index] = new.word, new.pair, new.triple


def _local(model: LanguageModel, lattice: Lattice, weight: float, chosen: Ints, some: Ints) -> Floats:
    """Probability of each candidate of some positions, their neighbours being as chosen: (some, candidates)."""
    positions, width = lattice.words.shape
    paragraph = np.repeat(np.arange(len(lattice.starts) - 1), np.diff(lattice.starts))
    eaten = lattice.words[some, chosen[some]] == EATEN
    before = _histories(model, lattice, chosen, some)
    free = (lattice.words[some] >= 0) & ~eaten[:, None]
    row, candidate = np.nonzero(free & (free.sum(axis=1) > 1)[:, None])
    at = some[row]
    logp, state = _words(
        model,
        before.take(row),
        *(part[at, candidate] for part in (lattice.words, lattice.seconds, lattice.thirds)),
    )
    score = lattice.scores[at, candidate]
    apart = _apart(model, lattice, weight, chosen)
    span, reach = lattice.spans[at, candidate], lattice.spans.max(axis=1)[at]
    for ahead in range(1, REACH + 1):
        there = np.minimum(at + ahead, positions - 1)
        valid = np.flatnonzero((at + ahead < positions) & (paragraph[there] == paragraph[at]) & (ahead > span))
        where = there[valid]
        # Within reach of a candidate that spans, the others are weighed with what they leave to stand there.
        within = ahead <= reach[valid]
        column = np.where(within, apart[where], chosen[where])
        score[valid] += np.where(within, lattice.scores[where, column], 0)
        more, after = _words(
            model,
            state.take(valid),
            *(part[where, column] for part in (lattice.words, lattice.seconds, lattice.thirds)),
        )
        logp[valid] += more
        _put(state, valid, after)
    score += _eaten_scores(lattice, at, span)
    dense = np.full((len(some), width), _NONE, np.float32)
    dense[np.arange(len(some)), chosen[some]] = 0
    dense[row, candidate] = score + np.float32(weight) * logp
    dense -= dense.max(axis=1, keepdims=True)
    likely = np.exp(dense)
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), np.float32)


def _apart(model: LanguageModel, lattice: Lattice, weight: float, chosen: Ints) -> Ints:
    """The chosen candidates, with the likeliest real one in the place of each that is eaten."""
    apart = chosen.copy()
    eaten = np.flatnonzero(lattice.words[np.arange(len(chosen)), chosen] == EATEN)
    words = lattice.words[eaten]
    alone = lattice.scores[eaten] + np.float32(weight) * model.single[np.maximum(words, 0)]
    apart[eaten] = np.where(words >= 0, alone, _NONE).argmax(axis=1)
    return apart


def _eaten_scores(lattice: Lattice, at: Ints, span: Ints) -> Floats:
    """What the eaten positions behind candidates add to their scores."""
    added = np.zeros(len(at), np.float32)
    for ahead in range(1, int(span.max(initial=0)) + 1):
        some = np.flatnonzero(span >= ahead)
        where = at[some] + ahead
        added[some] += np.where(lattice.words[where] == EATEN, lattice.scores[where], 0).sum(axis=1)
    return added


def _histories(model: LanguageModel, lattice: Lattice, chosen: Ints, some: Ints) -> State:
    """History before each of some positions along the chosen path, in three batched steps."""
    begin = np.repeat(lattice.starts[:-1], np.diff(lattice.starts))
    place = np.arange(len(chosen))
    path = lattice.words[place, chosen]
    if (path != EATEN).all() and (lattice.seconds[place, chosen] < 0).all():  # a word each: no need to step
        return model.histories(path, begin).take(some)
    state, begin = State.start(len(some)), begin[some]
    for back in range(REACH, 0, -1):
        valid = np.flatnonzero(some - back >= begin)
        where = some[valid] - back
        _, after = _words(
            model,
            state.take(valid),
            *(part[where, chosen[where]] for part in (lattice.words, lattice.seconds, lattice.thirds)),
        )
        _put(state, valid, after)
    return state
