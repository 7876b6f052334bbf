"""Criteria of nông thôn mới that a commune reached and gained, against the year that the window starts from.

A gain in the window 2016-2020 is the latest level less that of the end of 2015. One counted against another year
("tăng 12 tiêu chí so với năm 2011") is none; plans and years that had not come when the dossier was sent count neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from appraise.appraisal import AppraisedCandidate, Claim, State
from appraise.checks.thresholds import compared
from appraise.checks.verdict import Interval, Verdict, amount, evidence_of, is_weak, plain, raw_number, years_in
from appraise.rules import Test, Window
from normalize.folding import fold

__all__ = ["check_gain", "check_level", "latest_levels", "level_year"]

_UNIT = "tiêu chí"
_LEVELS = ("criteria_level", "baseline")
_OTHER_SETS = ("nang cao", "kieu mau", "do thi")
_BASELINE = regex.compile(r"(?:so\s{1,3}voi|ke\s{1,3}tu|tu\s{1,3}(?:cuoi\s{1,3})?nam)[^.;\n]{0,40}?((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    """All that is said of the criteria reached by the end of one year."""

    year: int
    claims: tuple[Claim, ...]

    @property
    def reached(self) -> Interval:
        held = [value for claim in self.claims if (value := amount(claim)) is not None]
        return Interval(min(v.low for v in held), max(v.high for v in held), any(v.below for v in held))


def check_gain(
    test: Test, window: Window | None, candidate: AppraisedCandidate, day: str | None, since: int | None = None
) -> Verdict:
    """Criteria gained in the window against the threshold.

    Args:
        test: Its threshold counts criteria.
        window: The window; None: the guideline names none, so that any baseline may be meant.
        candidate: Whose claims are read.
        day: ISO date on which the dossier was sent; what is said of later years is no result.
        since: Year at whose end the count begins, where a person said so; else that before the window.
    """
    if since is not None:
        last = window.last if window else max(since + 1, int(day[:4]) if day else since + 1)
        window = Window(first=since + 1, last=max(last, since + 1))
    levels = _levels(candidate.claims)
    baseline = _at(levels, window.first - 1) if window else (levels[0] if len(levels) > 1 else None)
    latest = _latest(levels, window, day)
    told = _told_gains(candidate.claims)
    right = [claim for claim in told if _fits(claim, window)]
    wrong = [claim for claim in told if claim not in right and _baseline_year(claim) is not None]
    vague = [claim for claim in told if claim not in right and claim not in wrong]
    if baseline and latest and latest.year > baseline.year:
        verdict = _computed(test, baseline, latest)
        if window is None and verdict.state != "unknown":
            verdict = replace(verdict, state="person", reason=f"{verdict.reason}; hướng dẫn không nêu mốc so sánh")
        return _against_told(test, verdict, [*right, *vague], wrong)
    if right:
        return _stated(test, right, [*wrong, *vague])
    if wrong or vague:
        return _wrong_year(window, [*wrong, *vague])
    return _missing(candidate.claims, baseline, latest, window)


def check_level(test: Test, window: Window | None, candidate: AppraisedCandidate, day: str | None) -> Verdict:
    """The latest number of criteria reached against the threshold."""
    latest = _latest(_levels(candidate.claims), window, day)
    if latest is None:
        return _missing(candidate.claims, None, None, window)
    told = f"năm {latest.year} đạt {_words(latest.reached)} tiêu chí"
    verdict = compared(test, latest.reached, weak=is_weak(*latest.claims), told=told)
    return replace(verdict, where=evidence_of(latest.claims))


def latest_levels(claims: Iterable[Claim], day: str | None) -> tuple[Claim, ...]:
    """What is said of the last year told that is no plan."""
    latest = _latest(_levels(claims), None, day)
    return latest.claims if latest else ()


def level_year(claim: Claim) -> int | None:
    """The year at whose end a level was reached; 1 January 2016 and "đầu năm 2016" are the end of 2015."""
    year = int(claim.date[:4]) if claim.date else claim.year
    if year is not None and ((claim.date or "").endswith("-01-01") or f"dau nam {year}" in fold(claim.text)):
        return year - 1
    return year


def _levels(claims: Iterable[Claim]) -> list[_Level]:
    """Levels of the standard set by year, earliest first; those of other sets and without a year are left out."""
    by_year: dict[int, list[Claim]] = {}
    for claim in claims:
        year = level_year(claim)
        if claim.kind in _LEVELS and year is not None and raw_number(claim) is not None and not _of_other_set(claim):
            by_year.setdefault(year, []).append(claim)
    return [_Level(year, tuple(held)) for year, held in sorted(by_year.items())]


def _of_other_set(claim: Claim) -> bool:
    held = claim.value if isinstance(claim.value, dict) else {}
    return any(name in fold(str(held.get("set") or "")) for name in _OTHER_SETS)


def _at(levels: Sequence[_Level], year: int) -> _Level | None:
    return next((level for level in levels if level.year == year), None)


def _latest(levels: Sequence[_Level], window: Window | None, day: str | None) -> _Level | None:
    last = min(window.last if window else 9999, int(day[:4]) if day else 9999)
    known = [level for level in levels if level.year <= last and (window is None or level.year >= window.first)]
    return known[-1] if known else None


def _told_gains(claims: Iterable[Claim]) -> list[Claim]:
    return [c for c in claims if c.kind == "criteria_gain" and raw_number(c) is not None and not _of_other_set(c)]


def _baseline_year(claim: Claim) -> int | None:
    """The year that a gain is counted from, as the claim or its words say it."""
    held = claim.value if isinstance(claim.value, dict) else {}
    for name in ("baseline", "baseline_year", "since", "from"):
        if held.get(name):
            return int(str(held[name])[:4])
    match = _BASELINE.search(fold(claim.text))
    return int(match[1]) if match else None


def _fits(claim: Claim, window: Window | None) -> bool:
    """Whether a gain is counted in the window: from the year before it, or "trong giai đoạn" of the window itself."""
    if window is None:
        return True
    since = _baseline_year(claim)
    if since is not None:
        return since == window.first - 1 or (since == window.first and "dau nam" in fold(claim.text))
    years = years_in(claim.text)
    return bool(years) and min(years) == window.first and max(years) <= window.last and len(years) > 1


def _computed(test: Test, baseline: _Level, latest: _Level) -> Verdict:
    low, high = baseline.reached, latest.reached
    gain = Interval(high.low - low.high, high.high - low.low, high.below)
    told = (
        f"cuối năm {baseline.year} đạt {_words(low)}, năm {latest.year} đạt {_words(high)}: "
        f"tăng {_words(gain)} tiêu chí"
    )
    used = (*baseline.claims, *latest.claims)
    verdict = compared(test, gain, weak=is_weak(*used), told=told)
    figures = {"baseline": low.low, "baseline_year": baseline.year, "level": high.low, "level_year": latest.year}
    return replace(verdict, figures=verdict.figures | figures, where=evidence_of(used))


def _against_told(test: Test, verdict: Verdict, right: Sequence[Claim], wrong: Sequence[Claim]) -> Verdict:
    """The computed gain beside the gains that the papers state."""
    where = evidence_of([*right, *wrong])
    verdict = replace(verdict, where=[*verdict.where, *(place for place in where if place not in verdict.where)])
    reasons = [verdict.reason]
    state = verdict.state
    reasons += [
        f"hồ sơ ghi tăng {_number(claim)} tiêu chí{_since(claim)}, không theo mốc của hướng dẫn" for claim in wrong
    ]
    low, high = verdict.figures["low"], verdict.figures["high"]
    for claim in right:
        stated = amount(claim)
        if stated and (stated.high < low or (high is not None and stated.low > high)):
            reasons.append(f"hồ sơ ghi tăng {_number(claim)} tiêu chí, khác với số tính được")
            other = compared(test, stated, weak=False, told="").state
            state = "person" if other != state else state
    return replace(verdict, state=state, reason="; ".join(reasons))


def _stated(test: Test, right: Sequence[Claim], wrong: Sequence[Claim]) -> Verdict:
    """A gain that is only stated, without the levels that it comes from."""
    held = [value for claim in right if (value := amount(claim)) is not None]
    gain = Interval(min(v.low for v in held), max(v.high for v in held), any(v.below for v in held))
    told = f"hồ sơ ghi tăng {_words(gain)} tiêu chí, chưa thấy đủ số đạt đầu kỳ và cuối kỳ để tính lại"
    verdict = compared(test, gain, weak=is_weak(*right), told=told)
    if wrong and verdict.state == "met":
        verdict = replace(verdict, state="person", reason=f"{verdict.reason}; chỗ khác lấy mốc năm khác")
    return replace(verdict, where=evidence_of([*right, *wrong]))


def _wrong_year(window: Window | None, wrong: Sequence[Claim]) -> Verdict:
    """Gains told against another year; where each names its year, what is missing is the level at the right one."""
    since = ", ".join(f"tăng {_number(claim)} tiêu chí{_since(claim)}" for claim in wrong)
    needed = "hướng dẫn không nêu mốc"
    if window:
        day = f"31/12/{window.first - 1}"
        needed = f"mốc của hướng dẫn là cuối năm {window.first - 1}, không thấy số tiêu chí đạt đến {day}"
    figures = {"stated": [raw_number(claim) for claim in wrong], "since": [_baseline_year(claim) for claim in wrong]}
    state: State = "unknown" if window and all(_baseline_year(claim) for claim in wrong) else "person"
    return Verdict(state, f"hồ sơ ghi {since}; {needed}", figures, evidence_of(wrong))


def _missing(claims: Iterable[Claim], baseline: _Level | None, latest: _Level | None, window: Window | None) -> Verdict:
    """Which figure is missing; what is only planned is named as such."""
    held = list(claims)
    used = [claim for level in (baseline, latest) if level for claim in level.claims]
    plans = [c for c in held if c.kind == "plan" and (c.unit in (None, _UNIT))]
    undated = [c for c in held if c.kind in _LEVELS and level_year(c) is None]
    reasons = []
    if latest is None:
        reasons.append("không thấy số tiêu chí đã đạt trong giai đoạn xét")
    if window and baseline is None:
        reasons.append(f"không thấy số tiêu chí đạt cuối năm {window.first - 1}")
    if plans:
        reasons.append("chỉ có số phấn đấu, kế hoạch" if latest is None else "số phấn đấu, kế hoạch không được tính")
    if undated:
        reasons.append(f"{len(undated)} số liệu không ghi năm")
    reason = "; ".join(reasons) or "không đủ số liệu để tính mức tăng"
    return Verdict("unknown", reason, {}, evidence_of([*used, *undated, *plans]))


def _since(claim: Claim) -> str:
    year = _baseline_year(claim)
    return f" so với năm {year}" if year else " nhưng không ghi mốc"


def _number(claim: Claim) -> str:
    return plain(raw_number(claim))


def _words(figure: Interval) -> str:
    if figure.low == figure.high:
        return f"{'gần ' if figure.below else ''}{plain(figure.low)}"
    return f"từ {plain(figure.low)}" + ("" if figure.high == float("inf") else f" đến {plain(figure.high)}")
