"""Words cut in two by the reader (``th ực hiện``) or by a line's end (``hi-`` + ``ện``): joined as one more candidate.

Joined words compete in the lattice with the pieces standing as two words. Only pieces that look like parts of one
syllable, and that make poor words by themselves, are tried: each try costs a search of the channel, and right text must
stay as it is.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import log
from typing import Final

from normalize.folding import fold_aligned
from normalize.restoration.candidates import Candidate, Generator, Rows
from normalize.restoration.decode import EATEN
from normalize.restoration.language import LanguageModel
from normalize.restoration.tokens import SIGNS, Gap, Kind, Token

__all__ = ["with_joined_words"]

_LONGEST: Final = 9  # the longest syllable has 7 letters; a damaged one a little more
_VOWELS: Final = frozenset("aeiouy0123456789$&?€¢")  # digits and signs stand for marked vowels mostly
_ALONE: Final = frozenset("IVXLCDM")  # Roman numbers, letters of zones and kinds: ĐỘ I is not ĐỘI
# Joint log probability of two pieces as words of their own, for a model of weight 1; better ones are two words.
# On 156 words cut in two, -15 left 128 more wrong words than in the same text uncut; -10, -6 and no test at all left 7.
_POOR: Final = -11.0
_CUT: Final = {Gap.SPACE: log(2e-3), Gap.HYPHEN: log(0.5)}  # how often a word is cut there, given such pieces
_KEPT: Final = 4


def with_joined_words(
    tokens: list[Token],
    rows: Rows,
    owners: list[Token | None],
    generator: Generator,
    model: LanguageModel,
    weight: float,
) -> Rows:
    """Candidates of all positions, those for words cut in two added.

    Args:
        tokens: The text.
        rows: Candidates of each position.
        owners: The token of each position, None for punctuation.
        generator: For the candidates of the joined pieces.
        model: The language model.
        weight: Its weight.

    Returns:
        ``rows`` with, at the first piece of such a word, candidates that span the other positions, and ``EATEN`` there.
    """
    positions = [at for at, owner in enumerate(owners) if owner is not None]
    new = list(rows)
    tried: list[tuple[int, int, float, Gap, tuple[str, bool]]] = []
    for (first, last), left, right in zip(pairwise(positions), tokens, tokens[1:], strict=False):
        if right.gap is Gap.OTHER or not _one_syllable(left, right):
            continue
        alone = [_best(rows[at], model, weight) for at in (first, last)]
        if right.gap is Gap.HYPHEN or sum(alone) <= _POOR * weight:
            tried.append((first, last, alone[1], right.gap, (left.text + right.text, left.text.isupper())))
    generator.prepare_single(read for *_, read in tried)
    for first, last, price, gap, read in tried:
        whole = generator.one_word(*read)[:_KEPT]
        if not whole:
            continue
        # The path through a joined word is weighed at its first position against paths that have not paid for the
        # second piece yet: it is given that piece's price ahead, and pays it back there.
        score = _CUT[gap] - price
        new[first] += tuple(replace(c, score=c.score + score, spans=last - first) for c in whole)
        for at in range(first + 1, last + 1):
            new[at] += (Candidate("", EATEN, -1, price if at == last else 0.0),)
    return new


def _one_syllable(left: Token, right: Token) -> bool:
    """Whether two words may be the pieces of one syllable, by their shapes."""
    a, b = left.text, right.text
    if left.kind is not Kind.WORD or right.kind is not Kind.WORD or len(a) + len(b) > _LONGEST:
        return False
    if a in SIGNS or b in SIGNS:
        return False
    if not (b.islower() or (a.isupper() and b.isupper() and b not in _ALONE)):
        return False
    first, second = fold_aligned(a), fold_aligned(b)
    if not any(c in _VOWELS for c in first) or not any(c in _VOWELS for c in second):
        return True
    return first[-1] in _VOWELS and second[0] in _VOWELS


def _best(row: tuple[Candidate, ...], model: LanguageModel, weight: float) -> float:
    return max(c.score + weight * float(model.single[c.word]) for c in row if c.word >= 0)
