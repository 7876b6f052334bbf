"""The public face of restoration: damaged text in, right text and a list of changes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from normalize.diagnosis import Damage, diagnose
from normalize.folding import fold_aligned
from normalize.legacy import decode_legacy
from normalize.restoration.codes import repair_code
from normalize.restoration.engine import RESTORED, Reading, readings
from normalize.restoration.reliability import calibrated
from normalize.restoration.result import Alternative, Change, Restoration
from normalize.restoration.tokens import Kind, Token, tokenize
from normalize.syllables import is_syllable

__all__ = ["restore", "restore_lines"]

# Below these a change is proposed, not made. Text that is mostly right must not be spoilt; text that is mostly wrong
# only gains by a guess.
_LEAST: Final = {Damage.NO_VIETNAMESE_MODEL: 0.0, Damage.MARKS_STRIPPED: 0.0, Damage.LIGHT: 0.95}
_LEAST_FOR_NAMES: Final = 0.998  # a capitalised syllable in good text is a name more often than an error
_CODE_PROBABILITY: Final = 0.99
_SURE_OF_NUMBER: Final = 0.98  # a number becomes a word only where the context leaves no doubt
_BLOCK: Final = 40_000  # characters restored together: enough to learn a scanner's errors, little enough for memory


def restore(text: str, *, min_probability: float | None = None, damage: Damage | None = None) -> Restoration:
    """Turn damaged text into right Vietnamese.

    Text that is good, foreign, garbled or empty is given back as it is; legacy encodings are decoded. Numbers, dates,
    amounts, addresses and words of other languages are left alone; of codes only letters of the closed lists change.

    Args:
        text: The text as it came.
        min_probability: Changes less likely than this are proposed but not made; by the kind of damage if not given.
        damage: The kind of damage, when it is known; diagnosed otherwise.

    Returns:
        The restored text with its changes.
    """
    diagnosis = diagnose(text)
    source = decode_legacy(text, diagnosis.encoding) if diagnosis.encoding else unicodedata.normalize("NFC", text)
    kind = damage or diagnosis.kind
    changes: list[Change] = []
    if kind in RESTORED:
        least = _LEAST[kind] if min_probability is None else min_probability
        start = 0
        for block in _blocks(source.splitlines(keepends=True)):
            changes += _changes(block, start, kind, least)
            start += len(block)
    return Restoration(_applied(source, changes), source, tuple(changes), diagnosis)


def restore_lines(lines: Iterable[str], *, min_probability: float | None = None) -> Iterator[Restoration]:
    """Restore a long text in flat memory, block by block.

    Each block is diagnosed by itself, so parts of one file may be damaged in different ways. Offsets of changes count
    from the beginning of their block.

    Args:
        lines: Lines with their ends, as a text file opened with ``newline=""`` gives them.
        min_probability: As for :func:`restore`.

    Yields:
        The restored blocks; their texts joined are the whole.
    """
    for block in _blocks(lines):
        yield restore(block, min_probability=min_probability)


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Lines joined to blocks, cut at an empty line if there is one in time."""
    held: list[str] = []
    size = 0
    for line in lines:
        for piece in (line[i : i + _BLOCK] for i in range(0, len(line), _BLOCK)):
            held.append(piece)
            size += len(piece)
            if size >= 2 * _BLOCK or (size >= _BLOCK and not piece.strip()):
                yield "".join(held)
                held, size = [], 0
    if held:
        yield "".join(held)


def _applied(source: str, changes: list[Change]) -> str:
    pieces, done = [], 0
    for change in changes:
        if change.applied:
            pieces += [source[done : change.start], change.new]
            done = change.end
    return "".join((*pieces, source[done:]))


def _changes(block: str, offset: int, damage: Damage, least: float) -> Iterator[Change]:
    """What differs between a block and its best reading."""
    tokens = list(tokenize(block))
    if not tokens:
        return
    last_label = ""
    for reading in readings(tokens, damage):
        if reading.token.kind is Kind.LABEL:
            change = _label_change(reading.token, last_label, offset, damage, least)
            last_label = change.new if change else reading.token.text
        else:
            change = _change(reading, block, offset, damage, least)
        if change is not None:
            yield change


def _label_change(token: Token, last: str, offset: int, damage: Damage, least: float) -> Change | None:
    """Items go a, b, c, d, đ, e: a second d is đ."""
    if damage is Damage.LIGHT or token.text != "d" or last != "d":
        return None
    start, end = token.start + offset, token.end + offset
    return Change(start, end, "d", "đ", _CODE_PROBABILITY, (), "marks", applied=least <= _CODE_PROBABILITY)


def _change(reading: Reading, block: str, offset: int, damage: Damage, least: float) -> Change | None:
    """The change that a reading makes, None when the token stays as it is."""
    token, chosen = reading.token, reading.chosen
    if chosen.text == token.text and not chosen.tail:
        new = repair_code(token.text) if token.kind is Kind.CODE and damage is not Damage.LIGHT else None
        if new is None:
            return None
        start, end = token.start + offset, token.end + offset
        return Change(start, end, token.text, new, _CODE_PROBABILITY, (), "code", applied=least <= _CODE_PROBABILITY)
    if token.kind is Kind.NUMBER and reading.probability < _SURE_OF_NUMBER:
        return None
    old = block[token.start : token.end + chosen.tail]
    probability = round(calibrated(reading.probability, damage), 6)
    if damage is Damage.LIGHT and token.text[0].isupper() and is_syllable(token.text):
        least = max(least, _LEAST_FOR_NAMES)
    others = tuple(Alternative(text, round(share, 4)) for text, share in reading.others if share >= 0.001)
    marks = fold_aligned(old) == fold_aligned(chosen.text)
    kind = "split" if chosen.second >= 0 else "marks" if marks else "letters"
    start, end = token.start + offset, token.end + chosen.tail + offset
    return Change(start, end, old, chosen.text, probability, others, kind, applied=probability >= least)
