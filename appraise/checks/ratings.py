"""Yearly ratings of an official: the whole period at a level, or a number of years at the highest one.

>>> rank_of("hoàn thành tốt nhiệm vụ"), rank_of("Hoàn thành xuất sắc nhiệm vụ"), rank_of("khá")
(2, 3, None)
"""

from __future__ import annotations

from collections.abc import Iterable

from appraise.appraisal import AppraisedCandidate, Claim, State
from appraise.checks.verdict import Verdict, evidence_of, is_weak, plain, raw_number
from appraise.reading.official_claims import rating_named
from appraise.rules import Test, Window

__all__ = ["check_every_year", "check_years_of_rating", "rank_of"]

_LEVELS = (
    "không hoàn thành nhiệm vụ",
    "hoàn thành nhiệm vụ",
    "hoàn thành tốt nhiệm vụ",
    "hoàn thành xuất sắc nhiệm vụ",
)
_GOOD, _EXCELLENT = 2, 3


def rank_of(words: str) -> int | None:
    """The level that words name, 3 the highest; None where they name none."""
    named = rating_named(words)
    return _LEVELS.index(named) if named in _LEVELS else None


def check_every_year(test: Test, window: Window | None, candidate: AppraisedCandidate, day: str | None) -> Verdict:
    """Whether each year of the window that was over when the dossier was sent has the level or a better one."""
    # "tốt trở lên, trong đó 03 năm xuất sắc" names both: the lower one goes for every year
    named = rank_of(" ".join(test.names))
    needed = _GOOD if named is None else named
    rated, claims = _by_year(candidate.claims, window)
    years = _years(window, day) or sorted(rated)
    if not rated:
        return Verdict("unknown", "không thấy kết quả xếp loại hằng năm trong hồ sơ")
    below = [year for year in years if year in rated and max(rated[year]) < needed]
    open_years = [year for year in years if year in rated and min(rated[year]) < needed <= max(rated[year])]
    missing = [year for year in years if year not in rated]
    figures = {"years": {str(year): sorted(ranks) for year, ranks in rated.items()}, "missing": missing}
    where = evidence_of(claims)
    state: State
    if below:
        state, reason = "not_met", f"năm {_list(below)} xếp loại dưới mức quy định"
    elif open_years:
        state, reason = "person", f"năm {_list(open_years)}: các giấy tờ ghi xếp loại khác nhau"
    elif missing:
        state, reason = "unknown", f"không thấy xếp loại năm {_list(missing)}"
    else:
        state, reason = "met", f"các năm {years[0]}-{years[-1]} đều đạt mức quy định"
    if state in {"met", "not_met"} and is_weak(*claims):
        state, reason = "person", f"{reason}; đọc chưa chắc, cần xem bản gốc"
    return Verdict(state, reason, figures, where)


def check_years_of_rating(test: Test, window: Window | None, candidate: AppraisedCandidate, day: str | None) -> Verdict:
    """Years at a level, the highest unless the test names another, against the number that the rule asks for."""
    named = rank_of(" ".join([*test.names, test.text]))
    needed = _EXCELLENT if named is None else named
    rated, claims = _by_year(candidate.claims, window)
    wanted = int(test.value or 0)
    counted = [claim for claim in candidate.claims if claim.kind == "years_of_rating"]
    if not rated and counted:
        told = ", ".join(plain(raw_number(claim), "năm") for claim in counted)
        reason = f"hồ sơ ghi {told}, không nêu từng năm; quy định {plain(wanted, 'năm')}"
        return Verdict("person", reason, {"required": wanted, "unit": "năm"}, evidence_of(counted))
    if not rated:
        return Verdict("unknown", "không thấy kết quả xếp loại hằng năm trong hồ sơ")
    sure = sorted(year for year, ranks in rated.items() if min(ranks) >= needed)
    maybe = sorted(year for year, ranks in rated.items() if max(ranks) >= needed)
    missing = [year for year in _years(window, day) if year not in rated]
    told = f"{plain(len(sure), 'năm')} ({_list(sure)})" if sure else "không năm nào"
    reason = f"{told} ở mức quy định; quy định {plain(wanted, 'năm')}"
    figures = {"low": len(sure), "high": len(maybe), "required": wanted, "unit": "năm", "years": sure}
    where = evidence_of(claims)
    if is_weak(*claims):
        return Verdict("person", f"{reason}: đọc chưa chắc, cần xem bản gốc", figures, where)
    if len(sure) >= wanted:
        return Verdict("met", reason, figures, where)
    if len(maybe) >= wanted:
        return Verdict("person", f"{reason}: các giấy tờ ghi khác nhau", figures, where)
    if len(maybe) + len(missing) >= wanted:
        return Verdict("unknown", f"{reason}; không thấy xếp loại năm {_list(missing)}", figures, where)
    return Verdict("not_met", f"{reason}: chưa đủ", figures, where)


def _by_year(claims: Iterable[Claim], window: Window | None) -> tuple[dict[int, set[int]], list[Claim]]:
    """Levels by year within the window, as all papers tell them."""
    rated: dict[int, set[int]] = {}
    used = []
    for claim in claims:
        rank = rank_of(str(claim.value)) if claim.kind == "rating" else None
        if claim.kind == "rating" and rank is None:
            rank = rank_of(claim.text)
        if rank is None or claim.year is None or (window and not window.first <= claim.year <= window.last):
            continue
        rated.setdefault(claim.year, set()).add(rank)
        used.append(claim)
    return rated, used


def _years(window: Window | None, day: str | None) -> list[int]:
    """Years of the window that were over on ``day``: nobody is rated before the year ends."""
    if window is None:
        return []
    last = min(window.last, int(day[:4]) - 1) if day else window.last
    return list(range(window.first, last + 1))


def _list(years: Iterable[int]) -> str:
    return ", ".join(map(str, years))
