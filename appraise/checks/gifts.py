"""What a candidate gave, summed: each gift once although several papers tell it, only money that is stated.

No paper says which gifts of another paper it repeats. So the sum is an interval: at its low end every gift that may be
told twice counts once and the paper with the least is believed, at its high end all that is told counts. A verdict
holds where both ends give the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from appraise.appraisal import Claim
from appraise.checks.verdict import Interval, amount, raw_number, said, source_of, total_of, years_in
from appraise.guideline.phrases import data_file
from appraise.rules import Window
from normalize.folding import fold

__all__ = ["Gifts", "gift_years", "gifts_of"]

_DONG = (None, "đồng")
_SUMMING = ("list", "summary", "submission", "minutes")  # papers whose one amount for a candidate is the sum of all
_EQUAL = 1e-6  # of the sum: papers print đồng or millions with up to three decimals
_WORD = regex.compile(r"[a-z]{2,12}")
_Item = tuple[float, int | None]


@dataclass(frozen=True, slots=True)
class Gifts:
    """The gifts that count.

    Attributes:
        low: Sum of what is certainly given in the window, each gift once.
        high: Sum of all that may count.
        sums: What each paper's own account comes to, partial accounts left out.
        counted: Claims that went in.
        outside: Claims of other years.
        undated: Claims of no known year that no dated gift explains.
        unconverted: Land, labour and goods without a stated value.
        repeated: Whether a gift is told more than once.
    """

    low: Interval
    high: Interval
    sums: tuple[float, ...] = ()
    counted: tuple[Claim, ...] = ()
    outside: tuple[Claim, ...] = ()
    undated: tuple[Claim, ...] = ()
    unconverted: tuple[Claim, ...] = ()
    repeated: bool = False


def gifts_of(claims: Iterable[Claim], window: Window | None) -> Gifts:
    """Gifts among the claims of one candidate, those of the window summed.

    Args:
        claims: All claims of the candidate.
        window: Years that count; None: all.
    """
    held = list(claims)
    money = [c for c in held if c.kind == "contribution" and c.unit in _DONG and raw_number(c) is not None]
    inside = [claim for claim in money if _lies(claim, window) is True]
    undated = [claim for claim in money if _lies(claim, window) is None]
    accounts = _accounts(inside, undated)
    dated = [[claim for claim in account if claim in inside] for account in accounts]
    # an account without any year still contradicts a larger one, but alone it proves nothing within the window
    sums = [_sum(years or account) for years, account in zip(dated, accounts, strict=True)]
    low = min(sums, key=lambda s: s.low) if any(dated) else Interval(0, 0)
    open_ones = [claim for account in accounts for claim in account if claim in undated]
    return Gifts(
        low=low,
        high=_widest(accounts),
        sums=tuple(sorted({s.high for s in sums})),
        counted=(*inside, *(claim for claim in undated if claim in open_ones)),
        outside=tuple(claim for claim in money if _lies(claim, window) is False),
        undated=tuple(open_ones),
        unconverted=tuple(_unconverted(held, money)),
        repeated=any(count > 1 for count in Counter(map(_item, inside)).values()),
    )


def gift_years(claim: Claim) -> set[int]:
    """The years of a gift: its own, else those that its words name."""
    return {claim.year} if claim.year is not None else years_in(claim.text)


def _lies(claim: Claim, window: Window | None) -> bool | None:
    """Whether a gift lies in the window; None where its years do not tell."""
    years = gift_years(claim)
    if window is None or (years and min(years) >= window.first and max(years) <= window.last):
        return True
    return False if years and (max(years) < window.first or min(years) > window.last) else None


def _item(claim: Claim) -> _Item:
    return (float(raw_number(claim) or 0), claim.year)


def _accounts(inside: Sequence[Claim], undated: Sequence[Claim]) -> list[list[Claim]]:
    """What each paper tells, without papers that tell only a part of another's account, or its total."""
    sources: dict[str, list[Claim]] = {}
    for claim in (*inside, *undated):
        sources.setdefault(source_of(claim), []).append(claim)
    fullest = sorted(sources.values(), key=lambda s: (sum(c in inside for c in s), len(s)), reverse=True)
    kept: list[list[Claim]] = []
    for account in fullest:
        partial = not _is_sum(account) and any(_within(account, whole) for whole in kept)
        if not partial and not any(_same_total(account, whole) for whole in kept):
            kept.append(account)
    return kept


def _is_sum(account: Sequence[Claim]) -> bool:
    """Whether it is what a list says of a candidate: one amount for all gifts, of no single year."""
    return len(account) == 1 and account[0].paper in _SUMMING and account[0].year is None


def _within(part: Sequence[Claim], whole: Sequence[Claim]) -> bool:
    """Whether each gift of ``part`` is told in ``whole``; one without a year is found by its amount."""
    left = [_item(claim) for claim in whole]
    for value, year in map(_item, part):
        same = [item for item in left if item[0] == value and (None in (year, item[1]) or item[1] == year)]
        if not same:
            return False
        left.remove(same[0])
    return True


def _same_total(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    mine, theirs = _sum(one), _sum(other)
    return mine.exact and theirs.exact and abs(mine.low - theirs.low) <= _EQUAL * theirs.low


def _sum(account: Sequence[Claim]) -> Interval:
    """One paper's gifts, each amount of a year once; a total told beside its parts is left out."""
    once: list[Claim] = []
    for claim in sorted(account, key=lambda c: c.year is None):
        value, year = _item(claim)
        if not any(_item(o)[0] == value and (year is None or o.year == year) for o in once):
            once.append(claim)
    return _added(_without_totals(once))


def _widest(accounts: Sequence[Sequence[Claim]]) -> Interval:
    """All that may count: gifts of all papers, one that two papers tell once, stated totals if they are more."""
    most: Counter[_Item] = Counter()
    held: dict[_Item, Interval] = {}
    totals = [Interval(0, 0)]
    for account in accounts:
        if _is_sum(account):
            totals += [total for claim in account if (total := amount(claim))]
            continue
        parts = _without_totals(account)
        totals += [total for claim in account if claim not in parts and (total := amount(claim))]
        most |= Counter(map(_item, _retold_left_out(parts)))
        held |= {_item(claim): told for claim in parts if (told := amount(claim))}
    for value, year in [item for item in most if item[1] is None]:
        dated = sum(count for item, count in most.items() if item[0] == value and item[1] is not None)
        most[value, year] = max(0, most[value, year] - dated)
    return max([total_of(held[item] for item in most.elements()), *totals], key=lambda s: s.high)


def _retold_left_out(account: Sequence[Claim]) -> list[Claim]:
    """Gifts of one paper without those told again: the same amount, year and thing ("hiến đất" in prose and table)."""
    kept: list[Claim] = []
    for claim in account:
        if not any(_item(other) == _item(claim) and _same_thing(other, claim) for other in kept):
            kept.append(claim)
    return kept


def _same_thing(one: Claim, other: Claim) -> bool:
    mine, theirs = _things(one.text), _things(other.text)
    return bool(mine and theirs) and 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _things(text: str) -> set[str]:
    return set(_WORD.findall(fold(text))) - set(data_file("gift_words.toml")["giving"])


def _without_totals(items: Sequence[Claim]) -> list[Claim]:
    """Gifts without the total of all others, whether it says so ("tổng cộng") or only adds up."""
    named = [claim for claim in items if said(claim.text, data_file("gift_words.toml")["totals"])]
    if 0 < len(named) < len(items):
        return [claim for claim in items if claim not in named]
    if len(items) < 3:
        return list(items)
    whole = sum(_item(claim)[0] for claim in items)
    largest = max(items, key=lambda c: _item(c)[0])
    adds_up = abs(2 * _item(largest)[0] - whole) <= whole * _EQUAL
    return [claim for claim in items if claim is not largest] if adds_up else list(items)


def _added(items: Iterable[Claim]) -> Interval:
    return total_of(value for claim in items if (value := amount(claim)) is not None)


def _unconverted(claims: Sequence[Claim], money: Sequence[Claim]) -> list[Claim]:
    """Land and labour whose value no gift states in the same words ("hiến 1.200 m2 đất, trị giá 300 triệu đồng")."""
    valued = [words for claim in money for words in _words(claim)]
    return [
        claim
        for claim in claims
        if claim.kind == "in_kind"
        and not any(own in words or words in own for own in _words(claim) for words in valued)
    ]


def _words(claim: Claim) -> list[str]:
    return [words for words in (claim.text, *(place.quote for place in claim.where)) if words]
