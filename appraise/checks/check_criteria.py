"""The standards that a candidate may meet, each test of each of them held against the claims.

Several standards of one award may fit one class ("một trong các tiêu chuẩn"): all are checked and shown, and which one
the candidate is proposed under is for the people who propose and appraise.
"""

from __future__ import annotations

from collections.abc import Iterator

from appraise.appraisal import AppraisedCandidate, Check, Evidence
from appraise.checks.check_basis import Basis
from appraise.checks.check_contributions import check_contribution, check_income
from appraise.checks.criteria_growth import check_gain, check_level
from appraise.checks.exclusions import check_exclusions
from appraise.checks.ratings import check_every_year, check_years_of_rating
from appraise.checks.stated_facts import (
    check_counted,
    check_fact,
    check_lost_criteria,
    check_named_criteria,
    check_standard,
)
from appraise.checks.thresholds import required_words
from appraise.checks.verdict import Verdict, check_of, evidence_of, raw_number
from appraise.rules import CandidateClass, Criterion, RuleBook, Test

__all__ = ["check_criteria", "criteria_for"]

# Classes that a standard of another name may be meant for: an enterprise's owner, a commune that is on the list.
_FITS: dict[CandidateClass, frozenset[CandidateClass]] = {
    "commune": frozenset({"commune", "difficult_commune"}),
    "difficult_commune": frozenset({"commune", "difficult_commune"}),
    "enterprise": frozenset({"enterprise", "entrepreneur"}),
    "entrepreneur": frozenset({"enterprise", "entrepreneur", "individual"}),
    "worker": frozenset({"worker", "individual"}),
    "individual": frozenset({"individual", "worker"}),
}
_NAMES = {
    "new_criteria": "Mức tăng mới tiêu chí",
    "criteria_reached": "Số tiêu chí đạt",
    "commune_standard": "Đạt chuẩn nông thôn mới",
    "advanced_plan": "Kế hoạch nông thôn mới nâng cao",
    "model_residential_areas": "Khu dân cư kiểu mẫu",
    "lost_criteria": "Không bị rớt tiêu chí",
    "contribution": "Giá trị đóng góp",
    "income": "Thu nhập",
    "share_of_communes": "Tỷ lệ xã đạt chuẩn",
    "average_growth": "Mức tăng tiêu chí bình quân/xã",
    "helped_communes": "Số xã được giúp đỡ đạt chuẩn",
    "rating": "Xếp loại hằng năm",
    "years_of_rating": "Số năm hoàn thành xuất sắc nhiệm vụ",
    "linkage": "Liên kết tiêu thụ sản phẩm",
    "jobs": "Giải quyết việc làm",
    "including_criteria": "Trong đó có tiêu chí",
    "merit": "Thành tích",
}


def criteria_for(candidate: AppraisedCandidate, rules: RuleBook) -> list[Criterion]:
    """Standards of the award that the class of the candidate may meet, in the order of the guideline."""
    if candidate.class_ is None or candidate.award is None:
        return []
    fitting = _FITS.get(candidate.class_, frozenset({candidate.class_})) | {"any"}
    return [c for c in rules.criteria if c.award == candidate.award and c.candidate in fitting]


def check_criteria(candidate: AppraisedCandidate, basis: Basis) -> Iterator[Check]:
    """All checks of the standards that fit; one ``unknown`` that says why where none does."""
    criteria = criteria_for(candidate, basis.rules)
    if not criteria:
        yield check_of(_no_criterion(candidate), "criterion", "Tiêu chuẩn áp dụng")
    for criterion in criteria:
        yield from _check_criterion(criterion, candidate, basis)
        yield from check_exclusions(criterion, candidate, basis)


def _no_criterion(candidate: AppraisedCandidate) -> Verdict:
    missing = [
        words
        for words, value in (("đối tượng", candidate.class_), ("hình thức khen thưởng", candidate.award))
        if value is None
    ]
    if missing:
        return Verdict("unknown", f"chưa rõ {' và '.join(missing)} nên chưa chọn được tiêu chuẩn", {}, candidate.where)
    return Verdict("person", "quy tắc không có tiêu chuẩn nào cho đối tượng và hình thức này", {}, candidate.where)


def _check_criterion(criterion: Criterion, candidate: AppraisedCandidate, basis: Basis) -> Iterator[Check]:
    confirmed = criterion.status == "confirmed"
    if criterion.left_to_units:
        verdict = Verdict("person", "tiêu chuẩn do cơ quan, đơn vị khen thưởng tự quy định")
        yield check_of(verdict, f"{criterion.id}.left_to_units", "Tiêu chuẩn", rule=criterion.id, confirmed=confirmed)
        return
    if criterion.candidate == "difficult_commune":
        verdict = _difficult(candidate, basis)
        name = "Thuộc danh sách xã đặc biệt khó khăn"
        yield check_of(verdict, f"{criterion.id}.difficult", name, rule=criterion.id, confirmed=confirmed)
    for number, test in enumerate(criterion.tests):
        twice = sum(test.measure == earlier.measure for earlier in criterion.tests[:number])
        verdict = _checked(test, criterion, candidate, basis)
        reason = "; ".join(part for part in (verdict.reason, _told_combined(criterion)) if part)
        verdict = Verdict(verdict.state, reason, verdict.figures | _combined(criterion), verdict.where)
        name = f"{_NAMES[test.measure]}: {required_words(test)}".rstrip(": ")
        ident = f"{criterion.id}.{test.measure}" + (f".{twice + 1}" if twice else "")
        yield check_of(verdict, ident, name, rule=criterion.id, confirmed=confirmed)


def _combined(criterion: Criterion) -> dict[str, str]:
    """How the tests go together, where it is not simply all of them."""
    return {} if criterion.any_or_all == "all" or len(criterion.tests) < 2 else {"any_or_all": criterion.any_or_all}


def _told_combined(criterion: Criterion) -> str:
    """The same in words, so that a condition which need not be met is not taken for one that is missing."""
    match _combined(criterion).get("any_or_all"):
        case "any":
            return f"một trong {len(criterion.tests)} điều kiện thay thế nhau, chỉ cần đạt một"
        case "unsaid":
            return f"hướng dẫn không ghi phải đạt cả {len(criterion.tests)} điều kiện hay chỉ cần một"
    return ""


def _checked(test: Test, criterion: Criterion, candidate: AppraisedCandidate, basis: Basis) -> Verdict:
    """One test against the claims; what is a matter of judgement is for a person."""
    if test.relation == "judged":
        reason = "nội dung cần người thẩm định đánh giá" + (f": {test.text}" if test.text else "")
        return Verdict("person", reason, {}, _reports_of(candidate))
    if test.relation == "rank_le":
        return _ranked(test, candidate)
    window = criterion.window
    match test.measure:
        case "contribution":
            return check_contribution(test, window, candidate)
        case "income":
            return check_income(test, window, candidate)
        case "new_criteria":
            return check_gain(test, window, candidate, basis.day, basis.baselines.get(criterion.id))
        case "criteria_reached":
            return check_level(test, window, candidate, basis.day)
        case "commune_standard":
            return check_standard(candidate, basis.day)
        case "lost_criteria":
            return check_lost_criteria(test, candidate)
        case "rating":
            return check_every_year(test, window, candidate, basis.day)
        case "years_of_rating":
            return check_years_of_rating(test, window, candidate, basis.day)
        case "including_criteria":
            return check_named_criteria(test, candidate)
        case "merit":
            return Verdict("person", "nội dung cần người thẩm định đánh giá", {}, _reports_of(candidate))
        case "share_of_communes" | "average_growth":
            return _ranked(test, candidate)
    return check_counted(test, candidate) if test.value is not None else check_fact(test, candidate)


def _ranked(test: Test, candidate: AppraisedCandidate) -> Verdict:
    """A rank among all districts: no dossier alone can tell it."""
    claims = [claim for claim in candidate.claims if claim.kind == test.measure]
    told = "; ".join(claim.text for claim in claims)
    number = raw_number(claims[0]) if claims else None
    figures = {} if number is None else {"value": number}
    reason = "thứ hạng phải so với tất cả các đơn vị cùng cấp, xem bảng xếp hạng"
    return Verdict("person", f"{told}; {reason}" if told else reason, figures, evidence_of(claims))


def _difficult(candidate: AppraisedCandidate, basis: Basis) -> Verdict:
    """Whether the commune is on the office's list of specially disadvantaged ones."""
    lists = basis.lists
    if lists.difficult is None:
        return Verdict("unknown", "chưa có danh sách xã đặc biệt khó khăn để tra", {}, candidate.where)
    found = lists.difficult_named(candidate.commune or candidate.name, candidate.district)
    if not found:
        return Verdict("not_met", "không có trong danh sách xã đặc biệt khó khăn", {}, candidate.where)
    entry = found[0]
    where = [Evidence(file=entry.place.partition(", dòng ")[0], page=1, quote=entry.place)]
    if candidate.district is None or entry.district is None or len({e.district for e in found}) > 1:
        return Verdict("person", f"trùng tên, chưa rõ huyện ({entry.place})", {}, where)
    year = int(basis.day[:4]) if basis.day else None
    running = [e for e in found if year is None or (e.first or 0) <= year <= (e.last or 9999)]
    if not running:
        return Verdict("person", f"có trong danh sách nhưng của thời gian khác ({entry.place})", {}, where)
    return Verdict("met", f"có trong danh sách xã đặc biệt khó khăn ({entry.place})", {}, where)


def _reports_of(candidate: AppraisedCandidate) -> list[Evidence]:
    return candidate.where[:3]
