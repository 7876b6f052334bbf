"""The public face of restoration: damaged text in, right text and a list of changes out."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import regex

from normalize.diagnosis import Damage, Diagnosis, diagnose
from normalize.folding import fold_aligned
from normalize.legacy import decode_legacy
from normalize.restoration.blocks import RunningDiagnosis, blocks
from normalize.restoration.capitals import bare_capitals
from normalize.restoration.codes import is_abbreviation, repair_abbreviation, repair_code
from normalize.restoration.engine import RESTORED, Reading, readings
from normalize.restoration.labels import Label, repaired_labels
from normalize.restoration.placement import with_new_placement, writes_new_placement
from normalize.restoration.reliability import calibrated
from normalize.restoration.result import Alternative, Change, Restoration
from normalize.restoration.spelled_out import with_abbreviations_as_spelled_out
from normalize.restoration.tokens import SIGNS, Kind, tokenize
from normalize.syllables import is_syllable

__all__ = ["restore", "restore_lines"]

# Below these a change is proposed, not made. Text that is mostly right must not be spoilt; text that is mostly wrong
# only gains by a guess.
_LEAST: Final = {Damage.NO_VIETNAMESE_MODEL: 0.0, Damage.MARKS_STRIPPED: 0.0, Damage.LIGHT: 0.95}
_LEAST_FOR_NAMES: Final = 0.998  # a capitalised syllable in good text is a name more often than an error
_CODE_PROBABILITY: Final = 0.99
_SURE_OF_NUMBER: Final = 0.98  # a number becomes a word only where the context leaves no doubt
_SURE_OF_SIGN: Final = 0.9  # @, & and $6 hardly ever stand for themselves on rendered pages
_WORDS_BEFORE: Final = 6  # that may name the type of a document before its number
# A letter alone (Sở Y tế) says nothing of the case of its line.
_WORD_BEHIND: Final = regex.compile(r"(?:[^\p{L}\d\n]{1,4}\p{L})?[^\p{L}\d\n]{1,4}(\p{L}{2,20})")
_WORD_BEFORE: Final = regex.compile(r"(\p{L}{2,20})(?:[^\p{L}\d\n]{1,4}\p{L})?[^\p{L}\d\n]{1,4}$")
_VOWELS: Final = frozenset("aeiouy")
_ROMAN_LETTERS: Final = frozenset("IVX")
_LINE: Final = 30  # characters before a word that may hold the last one
_LINE_END: Final = regex.compile(r"\r?\n[ \t]*")
_BEHIND: Final = regex.compile(r"[^\p{L}\d\s]{0,4}[ \t]*")


def restore(text: str, *, min_probability: float | None = None, damage: Damage | None = None) -> Restoration:
    """Turn damaged text into right Vietnamese.

    Text that is foreign, garbled or empty is given back as it is, and so is good text but for headings in capitals that
    lost their marks; legacy encodings are decoded. Numbers, dates,
    amounts, addresses and words of other languages are left alone; of codes only letters of the closed lists change.

    Args:
        text: The text as it came.
        min_probability: Changes less likely than this are proposed but not made; by the kind of damage if not given.
        damage: The kind of damage, when it is known; diagnosed otherwise.

    Returns:
        The restored text with its changes.
    """
    diagnosis = diagnose(text)
    return _restored(text, diagnosis, damage or diagnosis.kind, min_probability)


def _restored(text: str, diagnosis: Diagnosis, kind: Damage, min_probability: float | None) -> Restoration:
    source = decode_legacy(text, diagnosis.encoding) if diagnosis.encoding else unicodedata.normalize("NFC", text)
    changes: list[Change] = []
    if kind is Damage.GOOD:
        least = _LEAST[Damage.LIGHT] if min_probability is None else min_probability
        changes += _capitals(source, 0, least)
    if kind in RESTORED:
        least = _LEAST[kind] if min_probability is None else min_probability
        start = 0
        for block in blocks([source]):
            changes += _changes(block, start, kind, least)
            start += len(block)
    return Restoration(_applied(source, changes), source, tuple(changes), diagnosis)


def restore_lines(
    pieces: Iterable[str], *, min_probability: float | None = None, running: RunningDiagnosis | None = None
) -> Iterator[Restoration]:
    """Restore a long text in flat memory, block by block.

    Each block is diagnosed by itself, so parts of one file may be damaged in different ways; one with too few words to
    tell is taken for what those before it were. Offsets of changes count from the beginning of their block.

    Args:
        pieces: The text in pieces of any size, line ends kept; such as the lines of a file opened with ``newline=""``.
        min_probability: As for :func:`restore`.
        running: Gathers what the text as a whole looks like.

    Yields:
        The restored blocks; their texts joined are the whole.
    """
    running = running or RunningDiagnosis()
    for block in blocks(pieces):
        diagnosis = diagnose(block)
        yield _restored(block, diagnosis, running.judge(diagnosis), min_probability)


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
    labels = repaired_labels(block)
    done = {label.start + at for label in labels for at in range(len(label.old))}
    if damage is Damage.LIGHT:
        done |= {token.start for run in bare_capitals(block) for token in run}
    said: deque[str] = deque(maxlen=_WORDS_BEFORE)
    changes: list[Change] = []
    new_placement = writes_new_placement(token.text for token in tokens)
    found = readings(tokens, damage)
    for reading in found if damage is Damage.LIGHT else with_abbreviations_as_spelled_out(found, block):
        if new_placement and reading.chosen.text != reading.token.text:
            reading = _placed(reading)
        if reading.token.start not in done and reading.last.start not in done:
            change = _change(_cased(reading, block, damage), block, offset, damage, least, " ".join(said))
            changes += [change] if change is not None else []
        said.append(reading.chosen.text)
    changes += [_label_change(label, offset, least) for label in labels]
    if damage is Damage.LIGHT:
        changes += _capitals(block, offset, least)
    yield from sorted(changes, key=lambda change: change.start)


def _capitals(text: str, offset: int, least: float) -> Iterator[Change]:
    """Changes to capitals without marks in text that has them: they are restored as text whose marks were stripped."""
    for run in bare_capitals(text):
        for reading in readings(run, Damage.MARKS_STRIPPED):
            if reading.last is reading.token and reading.chosen.second < 0:
                change = _change(reading, text, offset, Damage.MARKS_STRIPPED, max(least, _LEAST[Damage.LIGHT]), "")
                if change is not None:
                    yield change


def _label_change(label: Label, offset: int, least: float) -> Change:
    kind = "marks" if fold_aligned(label.old) == fold_aligned(label.new) else "letters"
    start = label.start + offset
    applied = least <= _CODE_PROBABILITY
    return Change(start, start + len(label.old), label.old, label.new, _CODE_PROBABILITY, (), kind, applied=applied)


def _placed(reading: Reading) -> Reading:
    """The reading with its tone marks where the document has them."""
    others = tuple((with_new_placement(text), share) for text, share in reading.others)
    chosen = replace(reading.chosen, text=with_new_placement(reading.chosen.text))
    return replace(reading, chosen=chosen, others=others)


def _cased(reading: Reading, block: str, damage: Damage) -> Reading:
    """The reading of two capitals (``BO``) in the case of its line: Bộ among small words, BỘ in a heading."""
    read, chosen = reading.token.text, reading.chosen
    if (
        damage is not Damage.NO_VIETNAMESE_MODEL
        or len(read) != 2
        or not read.isupper()
        or set(read) <= _ROMAN_LETTERS
        or reading.last is not reading.token
        or not chosen.text[:1].isupper()
        or not is_syllable(chosen.text)
    ):
        return reading
    start, end = reading.token.start, reading.token.end
    near = (_WORD_BEHIND.match(block, end), _WORD_BEFORE.search(block, max(0, start - _LINE), start))
    beside = [found.group(1) for found in near if found is not None]
    words = [word for word in beside if not _says_nothing_of_case(word)]
    if not words:
        return reading
    # One neighbour in capitals is enough: SỞ NỘI VỤ may end a line's heading and be followed by small words.
    text = chosen.text.upper() if any(word.isupper() for word in words) else chosen.text.capitalize()
    return replace(reading, chosen=replace(chosen, text=text))


def _says_nothing_of_case(word: str) -> bool:
    """Whether a word is an abbreviation (UBND, XD), in capitals anywhere."""
    return word.isupper() and (is_abbreviation(repair_abbreviation(word)) or not set(fold_aligned(word)) & _VOWELS)


def _change(reading: Reading, block: str, offset: int, damage: Damage, least: float, before: str) -> Change | None:
    """The change that a reading makes, None when the token stays as it is; ``before`` are the restored words before."""
    token, chosen = reading.token, reading.chosen
    if chosen.text == token.text and not chosen.tail and reading.last is token:
        if token.kind is not Kind.CODE or damage is Damage.LIGHT:
            return None
        new = repair_code(token.text, before, misread=damage is Damage.NO_VIETNAMESE_MODEL)
        if new is None:
            return None
        start, end = token.start + offset, token.end + offset
        return Change(start, end, token.text, new, _CODE_PROBABILITY, (), "code", applied=least <= _CODE_PROBABILITY)
    if token.kind is Kind.NUMBER or token.text in SIGNS:
        figure = token.text.isdigit()
        if reading.probability < (_SURE_OF_NUMBER if figure else _SURE_OF_SIGN):
            return None
    if reading.last is not token:
        return _joined(reading, block, offset, damage, least)
    if damage is Damage.LIGHT and token.text.isalpha() and len(token.text) == 1 < len(chosen.text):
        return None  # Nguyễn Văn A, mục B
    old = block[token.start : token.end + chosen.tail]
    probability = round(calibrated(reading.probability, damage), 6)
    if damage is Damage.LIGHT and token.text[0].isupper() and is_syllable(token.text):
        least = max(least, _LEAST_FOR_NAMES)
    others = tuple(
        Alternative(text, round(share, 4)) for text, share in reading.others if share >= 0.001 and text != chosen.text
    )
    marks = fold_aligned(old) == fold_aligned(chosen.text)
    kind = "split" if chosen.second >= 0 else "marks" if marks else "letters"
    start, end = token.start + offset, token.end + chosen.tail + offset
    return Change(start, end, old, chosen.text, probability, others, kind, applied=probability >= least)


def _joined(reading: Reading, block: str, offset: int, damage: Damage, least: float) -> Change:
    """A word that was cut in two.

    Where the cut is the end of a line, the word and the punctuation behind it stay on the first line; on the second if
    nothing else would be left there. So there are as many lines as before, and none becomes empty.
    """
    start, end, new = reading.token.start, reading.last.end, reading.chosen.text
    line_end = _LINE_END.search(block, reading.token.end, reading.last.start)
    if line_end:
        behind = _BEHIND.match(block, end)
        if behind.end() < len(block) and block[behind.end()] not in "\r\n":
            new += behind.group().rstrip() + line_end.group()
            end = behind.end()
        else:
            new = line_end.group() + new
            start -= len(block[:start]) - len(block[:start].rstrip(" \t"))
    probability = round(calibrated(reading.probability, damage), 6)
    others = tuple(Alternative(text, round(share, 4)) for text, share in reading.others if share >= 0.001)
    old = block[start:end]
    return Change(start + offset, end + offset, old, new, probability, others, "merge", applied=probability >= least)
