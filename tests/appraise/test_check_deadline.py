"""The day of arrival against the deadline."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from appraise.checks.check_deadline import check_deadline, deadline_for
from appraise.rules import Deadline, Place
from tests.appraise.check_parts import basis_of, dossier_with, rules_of


def deadline(what: str = "Gửi hồ sơ đề nghị", day: int = 31, **more: Any) -> Deadline:
    """One of July 2019."""
    return Deadline(what=what, date=dt.date(2019, 7, day), place=Place(item="IV"), **more)


@pytest.mark.parametrize(
    ("received", "more", "state"),
    [
        ("2019-07-30", {}, "met"),
        ("2019-08-01", {}, "not_met"),
        ("2019-07-31", {}, "person"),  # "trước ngày 31/7/2019": in or out, nobody said
        ("2019-07-31", {"inclusive": True}, "met"),
        ("2019-07-31", {"inclusive": False}, "not_met"),
        ("2019-07-31", {"relation": "until"}, "met"),
        (None, {}, "unknown"),
    ],
)
def test_day_of_arrival(received: str | None, more: Any, state: str) -> None:
    check = check_deadline(basis_of(rules_of(deadlines=[deadline(**more)]), dossier_with(received=received)))
    assert check is not None
    assert (check.id, check.state) == ("deadline", state)


def test_late_dossiers_are_late_by_so_many_days() -> None:
    check = check_deadline(basis_of(rules_of(), dossier_with(received="2019-08-05")))
    assert check is not None
    assert "muộn 5 ngày" in check.reason
    assert check.rule_confirmed is False


def test_the_deadline_of_the_next_step_is_not_the_sender_s() -> None:
    summing_up = deadline("Tổng hợp hồ sơ, trình Hội đồng", 10)
    assert deadline_for(rules_of(deadlines=[summing_up, deadline()])) == deadline()


def test_no_deadline_no_check() -> None:
    assert check_deadline(basis_of(rules_of(deadlines=[]))) is None
