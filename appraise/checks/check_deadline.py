"""The day a dossier arrived against the day by which dossiers are sent."""

from __future__ import annotations

import datetime as dt

from appraise.appraisal import Check
from appraise.checks.check_basis import Basis
from appraise.checks.verdict import Verdict, check_of
from appraise.rules import Deadline, RuleBook
from normalize.folding import fold

__all__ = ["check_deadline", "deadline_for"]

_DOSSIER = ("ho so", "de nghi khen")
_LATER_STEP = ("tong hop", "tham dinh", "trinh hoi dong", "bao cao tong ket")


def deadline_for(rules: RuleBook) -> Deadline | None:
    """The deadline for sending dossiers: of those that speak of dossiers the earliest, else the earliest of all."""

    def step(deadline: Deadline) -> tuple[bool, bool, dt.date]:
        what = fold(deadline.what)
        later = any(phrase in what for phrase in _LATER_STEP)
        return (later, not any(phrase in what for phrase in _DOSSIER), deadline.date)

    return min(rules.deadlines, key=step, default=None)


def check_deadline(basis: Basis) -> Check | None:
    """None where the rules have no deadline."""
    deadline = deadline_for(basis.rules)
    if deadline is None:
        return None
    verdict = _compared(deadline, basis.dossier.received)
    name = f"Thời hạn gửi hồ sơ: {_limit(deadline)}"
    return check_of(verdict, "deadline", name, rule=None, confirmed=deadline.status == "confirmed")


def _compared(deadline: Deadline, received: str | None) -> Verdict:
    figures = {"received": received, "deadline": deadline.date.isoformat()}
    limit = _limit(deadline)
    if received is None:
        return Verdict("unknown", f"chưa rõ ngày nhận hồ sơ; quy định {limit}", figures)
    try:
        day = dt.date.fromisoformat(received)
    except ValueError:
        return Verdict("unknown", f"ngày nhận hồ sơ không đọc được; quy định {limit}", figures)
    told = f"nhận ngày {_printed(day)}, quy định {limit}"
    if day < deadline.date:
        if deadline.relation == "on":
            return Verdict("person", f"{told}: nhận trước ngày quy định", figures)
        return Verdict("met", told, figures)
    if day > deadline.date:
        return Verdict("not_met", f"{told}: muộn {(day - deadline.date).days} ngày", figures)
    inclusive = deadline.inclusive if deadline.inclusive is not None else deadline.relation != "before" or None
    if inclusive is None:
        return Verdict("person", f"{told}: đúng vào ngày hạn, chưa rõ có tính ngày đó không", figures)
    return Verdict("met" if inclusive else "not_met", told, figures)


def _limit(deadline: Deadline) -> str:
    words = {"before": "trước ngày", "until": "đến hết ngày", "on": "ngày"}[deadline.relation]
    return f"{words} {_printed(deadline.date)}"


def _printed(day: dt.date) -> str:
    return f"{day.day:02d}/{day.month}/{day.year}"
