"""Votes of the meeting: n of m is the share printed, no more votes than people who came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appraise.appraisal import AppraisedCandidate, Check, Claim, Evidence
from appraise.checks.check_basis import Basis
from appraise.checks.check_papers import sets_for
from appraise.checks.verdict import Verdict, check_of, evidence_of, is_weak, plain
from appraise.dossier import DossierPaper

__all__ = ["check_candidate_votes", "check_minutes"]

_ROUNDING = 0.51  # percent: 88,9 and 89 of 8/9 are both right
_CAME = ("có mặt", "tham dự", "dự họp")
_BALLOTS = ("issued", "returned", "valid")


def check_candidate_votes(candidate: AppraisedCandidate, basis: Basis) -> Iterator[Check]:
    """The votes for one candidate, where the dossier has minutes or its set asks for them."""
    claims = [claim for claim in candidate.claims if claim.kind == "votes"]
    asked = any(paper.kind == "minutes" for held in sets_for([candidate], basis.rules) for paper in held.papers)
    if claims:
        yield check_of(_votes(claims, basis), "votes", "Phiếu bầu của đối tượng")
    elif asked or basis.dossier.by_kind.get("minutes"):
        yield check_of(Verdict("unknown", "không thấy số phiếu của đối tượng"), "votes", "Phiếu bầu của đối tượng")


def check_minutes(basis: Basis) -> Iterator[Check]:
    """The arithmetic of each paper of minutes: contradictions that its record holds, ballots, attendance."""
    for paper in basis.dossier.by_kind.get("minutes", ()):
        yield check_of(_arithmetic(paper), "votes.minutes", "Số học trong biên bản họp xét")


def _votes(claims: list[Claim], basis: Basis) -> Verdict:
    where = evidence_of(claims)
    wrong = [reason for claim in claims for reason in _wrong(_held(claim))]
    members = {held["of"] for claim in claims if (held := _held(claim)).get("of")}
    votes = {held["for"] for claim in claims if (held := _held(claim)).get("for") is not None}
    told = "; ".join(dict.fromkeys(_told(_held(claim)) or claim.text for claim in claims))
    figures: dict[str, Any] = {"for": sorted(votes), "of": sorted(members)}
    if wrong:
        return Verdict("person", f"{told}: {'; '.join(dict.fromkeys(wrong))}", figures, where)
    if len(votes) > 1 or len(members) > 1:
        return Verdict("person", f"các giấy tờ ghi số phiếu khác nhau: {told}", figures, where)
    if present := _more_than_present(votes, basis):
        return Verdict("person", f"{told}: nhiều hơn số người có mặt ({present})", figures, where)
    if is_weak(*claims):
        return Verdict("person", f"{told}: đọc chưa chắc, cần xem bản gốc", figures, where)
    if not votes or not members:
        return Verdict("unknown", f"{told}: không ghi đủ số phiếu và tổng số", figures, where)
    return Verdict("met", f"{told}; số phiếu và tỷ lệ khớp nhau", figures, where)


def _held(claim: Claim) -> Mapping[str, Any]:
    return claim.value if isinstance(claim.value, dict) else {}


def _told(held: Mapping[str, Any]) -> str:
    if held.get("for") is None or held.get("of") is None:
        return ""
    share = f" ({plain(held['percent'])} %)" if held.get("percent") is not None else ""
    return f"{held['for']}/{held['of']} phiếu{share}"


def _wrong(held: Mapping[str, Any]) -> Iterator[str]:
    votes, of, percent = held.get("for"), held.get("of"), held.get("percent")
    if votes is not None and of:
        if votes > of:
            yield "số phiếu lớn hơn tổng số"
        elif percent is not None and abs(100 * votes / of - percent) > _ROUNDING:
            yield f"tỷ lệ đúng phải là {plain(round(100 * votes / of, 1))} %"
    present, total = held.get("present"), held.get("total")
    if present is not None and total is not None and present > total:
        yield "số có mặt lớn hơn tổng số thành viên"
    if votes is not None and present is not None and votes > present:
        yield "số phiếu lớn hơn số có mặt"


def _more_than_present(votes: set[int], basis: Basis) -> int | None:
    """Those present, where all minutes tell fewer than the votes."""
    present = [value for paper in basis.dossier.by_kind.get("minutes", ()) if (value := _present(paper)) is not None]
    return max(present) if present and votes and max(votes) > max(present) else None


def _present(paper: DossierPaper) -> int | None:
    """How many came: the n of "Có mặt: 9/11 thành viên"."""
    for value in paper.record.values:
        held = value.value if isinstance(value.value, dict) else {}
        start = value.span[0] if value.span else 0
        before = paper.text[max(0, start - 40) : start].lower()
        count = held.get("for", held.get("count"))
        if isinstance(count, int) and held.get("of") and any(word in before for word in _CAME):
            return count
    return None


def _arithmetic(paper: DossierPaper) -> Verdict:
    where = [Evidence(file=paper.file, page=paper.pages[0])]
    wrong = [c for c in paper.record.contradictions if c.check.startswith(("votes", "attendance"))]
    if wrong:
        where = [
            Evidence(file=paper.file, page=place.page, box=place.box, quote=" / ".join(found.values))
            for found in wrong
            for place in found.places
        ] or where
        return Verdict("person", "; ".join(found.message for found in wrong), {}, where)
    ballots = [
        {name: held[name] for name in _BALLOTS if held.get(name) is not None}
        for value in paper.record.values
        if value.kind == "votes" and isinstance(held := value.value, dict)
    ]
    for held in ballots:
        counts = [held[name] for name in _BALLOTS if name in held]
        if counts != sorted(counts, reverse=True):
            reason = "số phiếu phát ra, thu về, hợp lệ không khớp nhau: " + ", ".join(map(str, counts))
            return Verdict("person", reason, dict(held), where)
    told = any(value.kind in {"votes", "ratio"} for value in paper.record.values)
    if not told:
        return Verdict("unknown", "không thấy số phiếu hay số người dự trong biên bản", {}, where)
    return Verdict("met", "các con số trong biên bản khớp nhau", {}, where)
