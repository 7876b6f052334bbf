"""Tests that ask for a fact: recognition, a plan carried out, model areas, no lost criteria, jobs, linkage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from appraise.appraisal import AppraisedCandidate, Claim, State
from appraise.checks.criteria_growth import latest_levels
from appraise.checks.thresholds import compared
from appraise.checks.verdict import Interval, Verdict, amount, evidence_of, is_weak, plain, raw_number, said
from appraise.rules import Measure, Test
from normalize.folding import fold

__all__ = ["check_counted", "check_fact", "check_lost_criteria", "check_named_criteria", "check_standard"]

_KINDS: dict[Measure, tuple[str, str]] = {
    "advanced_plan": ("advanced_plan", "việc thực hiện kế hoạch nông thôn mới nâng cao"),
    "model_residential_areas": ("residential_area", "khu dân cư kiểu mẫu"),
    "linkage": ("linkage", "liên kết tiêu thụ sản phẩm"),
    "jobs": ("jobs", "giải quyết việc làm"),
    "helped_communes": ("helped_communes", "xã được giúp đỡ đạt chuẩn"),
    "lost_criteria": ("lost_criteria", "tiêu chí bị rớt"),
}
# Folded words of what is intended, begun or denied: no result, whatever number stands beside them.
_NO_RESULT = ("phan dau", "du kien", "se", "muc tieu", "chua", "khong co", "dang xay dung", "dang trien khai")


def check_standard(candidate: AppraisedCandidate, day: str | None) -> Verdict:
    """Whether the commune is recognised: by a decision, for all criteria reached are not yet a recognition."""
    told_of = _of(candidate, "recognition")
    decisions = _surely_read([claim for claim in told_of if claim.value])
    if told_of and not decisions:
        reason = f"hồ sơ ghi đã được công nhận, không nêu số quyết định: {told_of[0].text}"
        return Verdict("person", reason, {}, evidence_of(told_of))
    if decisions:
        told = ", ".join(dict.fromkeys(claim.text or str(claim.value) for claim in decisions))
        if is_weak(*decisions):
            return Verdict("person", f"quyết định công nhận đọc chưa chắc: {told}", {}, evidence_of(decisions))
        later = [c for c in decisions if day and c.date and c.date > day]
        if later:
            return Verdict("person", f"quyết định công nhận sau ngày lập hồ sơ: {told}", {}, evidence_of(later))
        return Verdict("met", f"có quyết định công nhận: {told}", {}, evidence_of(decisions))
    levels = latest_levels(candidate.claims, day)
    if levels:
        numbers = ", ".join(plain(raw_number(claim)) for claim in levels)
        reason = f"hồ sơ ghi đạt {numbers} tiêu chí nhưng không thấy quyết định công nhận đạt chuẩn"
        return Verdict("person", reason, {}, evidence_of(levels))
    return Verdict("unknown", "không thấy quyết định công nhận đạt chuẩn nông thôn mới")


def check_counted(test: Test, candidate: AppraisedCandidate) -> Verdict:
    """A number of things (areas, communes, jobs) against the threshold; several papers tell of the same ones."""
    kind, name = _KINDS[test.measure]
    claims = _of(candidate, kind)
    if not claims:
        return Verdict("unknown", f"không thấy thông tin về {name} trong hồ sơ")
    held = [value for claim in claims if (value := amount(claim)) is not None]
    if not held:
        return check_fact(test, candidate)
    if _no_result(claims):
        reason = f"hồ sơ mới nêu dự kiến hoặc chưa có {name}: {claims[0].text}"
        return Verdict("person", reason, {}, evidence_of(claims))
    # what two papers say of the same thing must agree; the larger number alone proves nothing
    figure = Interval(min(v.low for v in held), max(v.high for v in held), any(v.below for v in held))
    told = f"{name}: {plain(figure.low)}" + (f" đến {plain(figure.high)}" if figure.high > figure.low else "")
    return replace(compared(test, figure, weak=is_weak(*claims), told=told), where=evidence_of(claims))


def check_fact(test: Test, candidate: AppraisedCandidate) -> Verdict:
    """Whether the papers tell a fact; where the test names something ("Quyết định số ..."), they must name it too."""
    kind, name = _KINDS.get(test.measure, (test.measure, test.text))
    claims = _of(candidate, kind)
    if not claims:
        return Verdict("unknown", f"không thấy thông tin về {name} trong hồ sơ")
    where = evidence_of(claims)
    told = "; ".join(dict.fromkeys(claim.text for claim in claims if claim.text))
    if any(claim.value is False for claim in claims):
        return Verdict("person", f"hồ sơ ghi không có {name}: {told}", {}, where)
    if is_weak(*claims):
        return Verdict("person", f"{told}: đọc chưa chắc, cần xem bản gốc", {}, where)
    if test.relation != "has":
        return Verdict("person", f"hồ sơ có nêu {name}: {told}; không có con số để so sánh", {}, where)
    if _no_result(claims):
        return Verdict("person", f"hồ sơ mới nêu dự kiến hoặc chưa có: {told}", {}, where)
    missing = [named for named in test.names if not any(fold(named) in fold(_words(claim)) for claim in claims)]
    if missing:
        return Verdict("person", f"hồ sơ có nêu {name} nhưng không nhắc {', '.join(missing)}: {told}", {}, where)
    return Verdict("met", f"hồ sơ có nêu: {told}", {}, where)


def check_lost_criteria(test: Test, candidate: AppraisedCandidate) -> Verdict:
    """Criteria lost since recognition; silence is no proof that none was."""
    claims = _of(candidate, "lost_criteria")
    held = [value for claim in claims if (value := amount(claim)) is not None]
    if not held:
        state: State = "person" if claims else "unknown"
        return Verdict(state, "hồ sơ không nói rõ có tiêu chí bị rớt hay không", {}, evidence_of(claims))
    figure = Interval(min(v.low for v in held), max(v.high for v in held))
    counted = test if test.value is not None else test.model_copy(update={"relation": "le", "value": 0})
    verdict = compared(counted, figure, weak=is_weak(*claims), told=f"số tiêu chí bị rớt: {plain(figure.high)}")
    return replace(verdict, where=evidence_of(claims))


def check_named_criteria(test: Test, candidate: AppraisedCandidate) -> Verdict:
    """Criteria that must be among those gained: the papers tell it in prose, so a person reads it."""
    claims = [c for c in candidate.claims if c.kind in {"criteria_gain", "criteria_level", "including_criteria"}]
    named = [claim for claim in claims if any(said(_words(claim), [fold(name)]) for name in test.names)]
    names = ", ".join(test.names) or test.text
    if named:
        return Verdict("person", f"hồ sơ có nhắc tiêu chí {names}, cần xem đã đạt mới hay chưa", {}, evidence_of(named))
    return Verdict("unknown", f"không thấy hồ sơ nói về tiêu chí {names}")


def _of(candidate: AppraisedCandidate, kind: str) -> Sequence[Claim]:
    return [claim for claim in candidate.claims if claim.kind == kind]


def _surely_read(decisions: Sequence[Claim]) -> Sequence[Claim]:
    """Those read well; all where none was. A decision cited badly in one paper may lie in the dossier itself."""
    return [claim for claim in decisions if not is_weak(claim)] or decisions


def _no_result(claims: Sequence[Claim]) -> bool:
    return all(said(claim.text, _NO_RESULT) for claim in claims)


def _words(claim: Claim) -> str:
    return " ".join([claim.text, str(claim.value or ""), *(place.quote for place in claim.where)])
