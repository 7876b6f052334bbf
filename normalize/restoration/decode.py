"""Beam search over candidates, all paragraphs of a text side by side, and how sure each choice is.

A paragraph is a row of positions; each position has candidates with a score of their own (the channel) and one or two
words for the language model (two where a read word was two words run together). The search keeps the best few paths of
every paragraph and steps through all of them in one batch of array operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalize.restoration.language import Ints, LanguageModel, State

__all__ = ["Lattice", "Paths", "search"]

_BEAM: Final = 8  # with twins of one history dropped, 24 paths find no more than 6
_NEIGHBOURS: Final = 3
_NONE: Final = np.float32(-1e30)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Candidates of a text, one row a position, paragraphs one after the other.

    Attributes:
        words: (positions, candidates): number of the word for the language model, -1 where there is no candidate.
        seconds: The same shape: the second word of a pair, -1 for single words.
        scores: The same shape: natural logarithms.
        starts: First position of each paragraph, and the number of positions at the end.
    """

    words: Ints
    seconds: Ints
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


def search(model: LanguageModel, lattice: Lattice, weight: float, *, rounds: int = 2) -> Paths:
    """Find the best candidate of every position.

    Args:
        model: The language model.
        lattice: The candidates.
        weight: Of the language model against the channel.
        rounds: How often to mend what the beam lost.
    """
    lengths = np.diff(lattice.starts)
    order = np.argsort(-lengths, kind="stable")
    starts = lattice.starts[:-1][order]
    lengths = lengths[order]
    chosen = np.zeros(len(lattice.words), np.int64)
    _beam(model, lattice, weight, starts, lengths, chosen)
    likely = _local(model, lattice, weight, chosen)
    for _ in range(rounds):
        if not _mend(chosen, likely):
            break
        likely = _local(model, lattice, weight, chosen)
    return Paths(chosen, likely)


def _mend(chosen: Ints, likely: Floats) -> int:
    """Take the better candidate where the beam lost it; neighbours are left for the next round. Returns how many."""
    best = likely.argmax(axis=1)
    row = np.arange(len(chosen))
    gain = likely[row, best] - likely[row, chosen]
    done = 0
    last = -_NEIGHBOURS - 1
    for position in np.flatnonzero(gain > 0).tolist():
        if position - last > _NEIGHBOURS:
            chosen[position] = best[position]
            last = position
            done += 1
    return done


def _beam(model: LanguageModel, lattice: Lattice, weight: float, starts: Ints, lengths: Ints, chosen: Ints) -> None:
    """Fill in ``chosen``; paragraphs come longest first, so that those still running are always the first ones."""
    count, width = len(starts), lattice.words.shape[1]
    if not count:
        return
    state = State.start(count * _BEAM)
    score = np.full((count, _BEAM), _NONE, np.float32)
    score[:, 0] = 0
    history: list[tuple[Ints, Ints]] = []  # for each step: the beam slot it came from, the candidate
    for step in range(int(lengths[0])):
        running = int(np.searchsorted(-lengths, -step))  # paragraphs longer than step
        rows = starts[:running] + step
        words, seconds, scores = lattice.words[rows], lattice.seconds[rows], lattice.scores[rows]
        alive = (score[:running, :, None] > _NONE / 2) & (words[:, None, :] >= 0)
        paragraph, slot, candidate = np.nonzero(alive)
        logp, following = model.step(state.take(paragraph * _BEAM + slot), words[paragraph, candidate])
        logp, following = _second_word(model, logp, following, seconds[paragraph, candidate])
        total = score[paragraph, slot] + scores[paragraph, candidate] + np.float32(weight) * logp
        total[_outdone(paragraph, following, total)] = _NONE
        dense = np.full((running, _BEAM * width), _NONE, np.float32)
        dense[paragraph, slot * width + candidate] = total
        index = np.full((running, _BEAM * width), 0, np.int64)
        index[paragraph, slot * width + candidate] = np.arange(len(total))
        best = np.argpartition(-dense, _BEAM - 1, axis=1)[:, :_BEAM]
        line = np.arange(running)[:, None]
        kept = index[line, best].ravel()
        score = score[:running]
        score = dense[line, best]
        state = following.take(kept)
        history.append((best // width, best % width))
        ended = np.flatnonzero(lengths[:running] == step + 1)
        for number in ended:
            _trace(history, int(number), int(np.argmax(score[number])), chosen, int(starts[number]))


def _outdone(paragraph: Ints, state: State, total: Floats) -> Ints:
    """Paths whose future is that of a better path: same paragraph, same history as far as the model looks."""
    longest = np.where(
        state.triple >= 0, state.triple + (1 << 32), np.where(state.pair >= 0, state.pair + (1 << 31), state.word)
    )
    key = (paragraph << 34) | longest
    order = np.lexsort((-total, key))
    again = key[order[1:]] == key[order[:-1]]
    outdone: Ints = order[1:][again]
    return outdone


def _trace(history: list[tuple[Ints, Ints]], number: int, slot: int, chosen: Ints, start: int) -> None:
    for step in range(len(history) - 1, -1, -1):
        before, candidate = history[step]
        chosen[start + step] = candidate[number, slot]
        slot = int(before[number, slot])


def _second_word(model: LanguageModel, logp: Floats, state: State, second: Ints) -> tuple[Floats, State]:
    """Add the second word of the candidates that have one."""
    pairs = np.flatnonzero(second >= 0)
    if not len(pairs):
        return logp, state
    more, after = model.step(state.take(pairs), second[pairs])
    logp[pairs] += more
    for old, new in ((state.word, after.word), (state.pair, after.pair), (state.triple, after.triple)):
        old[pairs] = new
    return logp, state


def _local(model: LanguageModel, lattice: Lattice, weight: float, chosen: Ints) -> Floats:
    """Probability of each candidate of each position, its neighbours being as chosen."""
    positions, width = lattice.words.shape
    row = np.arange(positions)
    first = np.zeros(positions, bool)
    first[lattice.starts[:-1]] = True
    paragraph = np.cumsum(first) - 1
    path, path_second = lattice.words[row, chosen], lattice.seconds[row, chosen]
    before = _histories(model, path, path_second, lattice.starts)
    at, candidate = np.nonzero(lattice.words >= 0)
    busy = (lattice.words >= 0).sum(axis=1)[at] > 1
    at, candidate = at[busy], candidate[busy]
    logp, state = model.step(before.take(at), lattice.words[at, candidate])
    logp, state = _second_word(model, logp, state, lattice.seconds[at, candidate])
    for ahead in (1, 2, 3):
        there = np.minimum(at + ahead, positions - 1)
        valid = np.flatnonzero((at + ahead < positions) & (paragraph[there] == paragraph[at]))
        more, after = model.step(state.take(valid), path[there[valid]])
        more, after = _second_word(model, more, after, path_second[there[valid]])
        logp[valid] += more
        for old, new in ((state.word, after.word), (state.pair, after.pair), (state.triple, after.triple)):
            old[valid] = new
    dense = np.full((positions, width), _NONE, np.float32)
    dense[row, chosen] = 0
    dense[at, candidate] = lattice.scores[at, candidate] + np.float32(weight) * logp
    dense -= dense.max(axis=1, keepdims=True)
    likely = np.exp(dense)
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), np.float32)


def _histories(model: LanguageModel, path: Ints, second: Ints, starts: Ints) -> State:
    """History before each position along the chosen path, in four batched steps over shifted copies."""
    count = len(path)
    state = State.start(count)
    begin = np.repeat(starts[:-1], np.diff(starts))
    for back in (3, 2, 1):
        there = np.arange(count) - back
        valid = np.flatnonzero(there >= begin)
        _, after = model.step(state.take(valid), path[there[valid]])
        _, after = _second_word(model, np.zeros(len(valid), np.float32), after, second[there[valid]])
        for old, new in ((state.word, after.word), (state.pair, after.pair), (state.triple, after.triple)):
            old[valid] = new
    return state
