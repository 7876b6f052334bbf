"""Gifts and incomes of a candidate against a threshold in đồng."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from appraise.appraisal import AppraisedCandidate, Claim
from appraise.checks.gifts import Gifts, gift_years, gifts_of
from appraise.checks.thresholds import compared
from appraise.checks.verdict import Interval, Verdict, amount, evidence_of, is_weak, plain, raw_number, years_in
from appraise.rules import Test, Window

__all__ = ["check_contribution", "check_income"]

_PER_HEAD = ("người", "khẩu", "lao động")


def check_contribution(test: Test, window: Window | None, candidate: AppraisedCandidate) -> Verdict:
    """Gifts in the window against the threshold; those of other years are left out and said."""
    gifts = gifts_of(candidate.claims, window)
    if not gifts.counted:
        return _nothing_counted(gifts)
    whole = Interval(gifts.low.low, gifts.high.high, gifts.high.below)
    verdict = compared(test, whole, weak=is_weak(*gifts.counted), told=_told(gifts))
    if verdict.state == "not_met" and gifts.unconverted:
        # the land may be worth what is missing, but nobody stated its price and sohoa makes none up
        verdict = replace(verdict, state="unknown", reason=f"{verdict.reason}; {_missing(test, gifts)}")
    reason = "; ".join([verdict.reason, *_notes(gifts)])
    where = evidence_of([*gifts.counted, *gifts.outside, *gifts.unconverted])
    return replace(verdict, reason=reason, where=where, figures=verdict.figures | _figures(gifts))


def check_income(test: Test, window: Window | None, candidate: AppraisedCandidate) -> Verdict:
    """Incomes, each year's on its own; what is per head is none of the family's, other years' are left out."""
    told_all = [c for c in candidate.claims if c.kind == "income" and not any(p in (c.unit or "") for p in _PER_HEAD)]
    incomes = [claim for claim in told_all if not _is_of_other_years(claim, window)]
    if told_all and not incomes:
        return Verdict("unknown", "chỉ có thu nhập của năm khác với năm xét", {}, evidence_of(told_all))
    held = [value for claim in incomes if (value := amount(claim)) is not None]
    if not held:
        return Verdict("unknown", "không thấy số liệu thu nhập trong hồ sơ")
    least = min(held, key=lambda v: v.low)
    whole = Interval(least.low, max(v.high for v in held), least.below and len(held) == 1)
    told = "thu nhập " + ", ".join(plain(raw_number(claim), "đồng") for claim in incomes)
    verdict = replace(compared(test, whole, weak=is_weak(*incomes), told=told), where=evidence_of(incomes))
    one_year = window is not None and window.first == window.last
    if verdict.state == "met" and one_year and not any(_income_years(claim) for claim in incomes):
        return replace(verdict, state="person", reason=f"{verdict.reason}; không ghi là của năm nào")
    return verdict


def _income_years(claim: Claim) -> set[int]:
    return {claim.year} if claim.year is not None else years_in(claim.text)


def _is_of_other_years(claim: Claim, window: Window | None) -> bool:
    years = _income_years(claim)
    return window is not None and bool(years) and not any(window.first <= year <= window.last for year in years)


def _nothing_counted(gifts: Gifts) -> Verdict:
    if gifts.unconverted:
        reason = f"chưa có giá trị bằng tiền; chưa quy đổi: {_list(gifts.unconverted)}"
        return Verdict("unknown", reason, _figures(gifts), evidence_of(gifts.unconverted))
    if gifts.outside:
        reason = f"các khoản đóng góp đều ngoài giai đoạn xét ({_years(gifts.outside)})"
        return Verdict("not_met", reason, _figures(gifts), evidence_of(gifts.outside))
    return Verdict("unknown", "không thấy số liệu đóng góp bằng tiền trong hồ sơ")


def _told(gifts: Gifts) -> str:
    if len(gifts.sums) > 1:
        return "đóng góp cộng dồn theo từng giấy tờ: " + ", ".join(plain(s, "đồng") for s in gifts.sums)
    low, high = gifts.low.low, gifts.high.high
    if gifts.high.below:
        return f"đóng góp cộng dồn dưới {plain(high, 'đồng')}"
    if high == float("inf"):
        return f"đóng góp cộng dồn trên {plain(low, 'đồng')}"
    if low == high or not low:
        return f"đóng góp cộng dồn {plain(high, 'đồng')}"
    return f"đóng góp cộng dồn từ {plain(low, 'đồng')} đến {plain(high, 'đồng')}"


def _missing(test: Test, gifts: Gifts) -> str:
    """What the stated money lacks, and the price at which the one thing without a price would make up for it."""
    short = float(test.value or 0) - gifts.high.high
    told = f"theo số tiền ghi trong hồ sơ còn thiếu {plain(short, 'đồng')}"
    only = gifts.unconverted[0]
    quantity = raw_number(only) if len(gifts.unconverted) == 1 else None
    if not quantity:
        return told
    price = f"{plain(ceil(short / quantity), 'đồng')}/{only.unit or 'đơn vị'}"
    return f"{told}: chỉ đủ nếu {plain(quantity, only.unit)} chưa quy đổi được tính từ {price} trở lên"


def _notes(gifts: Gifts) -> list[str]:
    notes = []
    if len(gifts.sums) > 1:
        notes.append("các giấy tờ ghi số khác nhau")
    if gifts.repeated:
        notes.append("khoản kể nhiều lần chỉ tính một lần")
    if gifts.undated:
        notes.append(f"{len(gifts.undated)} khoản không rõ năm")
    if gifts.outside:
        notes.append(f"không tính {len(gifts.outside)} khoản ngoài giai đoạn ({_years(gifts.outside)})")
    if gifts.unconverted:
        notes.append(f"chưa quy đổi: {_list(gifts.unconverted)}")
    return notes


def _figures(gifts: Gifts) -> dict[str, object]:
    return {
        "outside": [claim.text for claim in gifts.outside],
        "undated": [claim.text for claim in gifts.undated],
        "unconverted": [claim.text for claim in gifts.unconverted],
    }


def _years(claims: Sequence[Claim]) -> str:
    return "năm " + ", ".join(str(year) for year in sorted({year for claim in claims for year in gift_years(claim)}))


def _list(claims: Sequence[Claim]) -> str:
    return ", ".join(
        plain(raw_number(claim), claim.unit) if raw_number(claim) is not None else claim.text for claim in claims
    )
