"""Which award an exclusion bars: "đã được tặng Bằng khen của Thủ tướng Chính phủ" bars nobody with the province's.

>>> prime_minister = barred_award("không xét xã đã được tặng Bằng khen của Thủ tướng giai đoạn 2012-2016")
>>> is_other_award(prime_minister, "Bằng khen của Chủ tịch UBND tỉnh")
True
>>> is_other_award(prime_minister, "Bằng khen") is None
True
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from appraise.guideline.award_words import award_named
from appraise.guideline.passages import Passage
from appraise.guideline.periods_of_merit import earlier_awards
from appraise.rules import Award
from normalize.folding import fold_aligned

__all__ = ["BarredAward", "barred_award", "clause_of", "is_other_award", "names_awards"]

# "đã được tặng" makes an award an earlier one; here it is the earlier one that is asked for.
_ALREADY = regex.compile(r"\b(?:da|chua|tung)\b")
_PRIME_MINISTER = regex.compile(r"\bthu\s{1,4}tuong\b")
_PROVINCE = regex.compile(
    r"\b(?:ubnd|uy\s{1,4}ban\s{1,4}nhan\s{1,4}dan|chu\s{1,4}tich|cap\s{1,4}tinh|cua\s{1,4}tinh)\b"
)
_FORMS = regex.compile(r"\b(?:giay|bang|thu)\s{1,4}khen\b|\bhuan\s{1,4}chuong\b|\bchien\s{1,4}si\s{1,4}thi\s{1,4}dua\b")


@dataclass(frozen=True, slots=True)
class BarredAward:
    """An award; ``by_whom``: the words say who gave it, so that another giver's is another award."""

    award: Award
    by_whom: bool


def barred_award(clause: str) -> BarredAward | None:
    """The one award that an exclusion's words name; None where they name none or several."""
    return _named(fold_aligned(clause))


def names_awards(clause: str) -> bool:
    """Whether an exclusion's words name any award, one or several."""
    return _FORMS.search(fold_aligned(clause)) is not None


def clause_of(quote: str, first_year: int) -> str:
    """The exclusion of a standard as printed, told from others by the first year of its period; "" for none."""
    clauses = earlier_awards(Passage(quote))
    return next((c.words for c in clauses if any(period.first == first_year for period in c.periods)), "")


def _named(folded: str) -> BarredAward | None:
    forms = {" ".join(match.group().split()) for match in _FORMS.finditer(folded)}
    givers = [bool(pattern.search(folded)) for pattern in (_PRIME_MINISTER, _PROVINCE)]
    if len(forms) > 1 or all(givers):
        return None
    named = award_named(_ALREADY.sub(lambda match: " " * len(match.group()), folded))
    return BarredAward(named.award, any(givers)) if named else None


def is_other_award(barred: BarredAward | None, told: str) -> bool | None:
    """Whether an award that was given is surely not the barred one; None where that is open.

    Args:
        barred: As :func:`barred_award` gives it; None bars every award.
        told: The award given, as printed in a registry or a dossier.
    """
    if barred is None:
        return False
    given = _named(fold_aligned(told))
    if given is None:
        return None
    if given.award == barred.award:
        return False
    if given.award == "giay_khen":
        return True
    if barred.award == "bang_khen_thu_tuong":
        return True if given.award == "bang_khen_tinh" and given.by_whom else None
    # A plain "Bằng khen" is the Prime Minister's too.
    plain = barred.award == "bang_khen_tinh" and not barred.by_whom
    return False if plain and given.award == "bang_khen_thu_tuong" else None
