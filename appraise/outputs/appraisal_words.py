"""Phrases about an appraisal that several outputs share: address, day of arrival, votes."""

from __future__ import annotations

from appraise.appraisal import Appraisal, AppraisedCandidate, Claim
from appraise.outputs.check_kinds import CheckKind, kind_of
from appraise.outputs.wording import UNCONFIRMED, as_text, date_text

__all__ = ["address_of", "received_text", "votes_text"]


def address_of(candidate: AppraisedCandidate) -> str:
    """Unit, commune and district, as far as they are known."""
    parts = dict.fromkeys(filter(None, (candidate.unit, candidate.commune, candidate.district)))
    return ", ".join(map(as_text, parts)) or "chưa rõ"


def received_text(appraisal: Appraisal) -> str:
    """The day the dossier came in, and whether that was in time as far as it can be told."""
    day = date_text(appraisal.received)
    checks = [check for check in appraisal.checks if kind_of(check) is CheckKind.DEADLINE]
    if not checks:
        return day
    in_time = all(check.state == "met" for check in checks)
    marks = "" if all(check.rule_confirmed for check in checks) else f" {UNCONFIRMED}"
    reasons = "; ".join(as_text(check.reason) for check in checks if check.reason)
    return f"{day} – {'đúng hạn' if in_time else 'cần xem'}{marks}{f': {reasons}' if reasons else ''}"


def votes_text(candidate: AppraisedCandidate) -> str:
    """Votes as the minutes have them, n/m and the share that is printed; as printed where they could not be counted.

    >>> from appraise.appraisal import Claim
    >>> votes = Claim(kind="votes", value={"for": 8, "of": 9, "percent": 88.9}, text="8/9", paper="minutes")
    >>> votes_text(AppraisedCandidate(name="x", class_=None, award=None, claims=[votes]))
    '8/9 phiếu, 88,9 %'
    """
    told = dict.fromkeys(_votes(claim) for claim in candidate.claims if claim.kind == "votes")
    return "; ".join(told) or "Chưa rõ số phiếu, tỷ lệ phiếu."


def _votes(claim: Claim) -> str:
    held = claim.value if isinstance(claim.value, dict) else {}
    if held.get("for") is None or held.get("of") is None:
        return f"“{as_text(claim.text)}”"
    share = f", {as_text(held['percent'])} %" if held.get("percent") is not None else ""
    return f"{as_text(held['for'])}/{as_text(held['of'])} phiếu{share}"
