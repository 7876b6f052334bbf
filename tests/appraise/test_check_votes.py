"""Votes and their arithmetic."""

from __future__ import annotations

from typing import Any

import pytest

from appraise.checks.check_votes import check_candidate_votes, check_minutes
from extract.record import Contradiction, ValueField
from tests.appraise.check_parts import basis_of, candidate_of, claim_of, dossier_with, paper_with


def votes(*held: Any, **more: Any) -> str:
    """The state of a candidate's votes."""
    claims = [claim_of("votes", value, file=f"{at}.pdf", **more) for at, value in enumerate(held)]
    (check,) = check_candidate_votes(candidate_of(*claims), basis_of())
    return check.state


@pytest.mark.parametrize(
    ("held", "state"),
    [
        ({"for": 8, "of": 9, "percent": 88.9}, "met"),
        ({"for": 8, "of": 9, "percent": 89}, "met"),
        ({"for": 8, "of": 9}, "met"),
        ({"for": 8, "of": 9, "percent": 98.9}, "person"),
        ({"for": 9, "of": 8}, "person"),
        ({"for": None, "of": None, "percent": 100}, "unknown"),
        ({"for": 8, "of": 9, "present": 7}, "person"),
    ],
)
def test_share_printed_is_the_share(held: Any, state: str) -> None:
    assert votes(held) == state


def test_two_papers_that_differ_are_for_a_person() -> None:
    assert votes({"for": 8, "of": 9}, {"for": 9, "of": 9}) == "person"


def test_weak_votes_are_for_a_person() -> None:
    assert votes({"for": 8, "of": 9}, confidence=0.5) == "person"


def test_no_votes_where_minutes_are_asked_for_are_unknown() -> None:
    assert votes() == "unknown"


def value_of(kind: Any, value: Any, start: int) -> ValueField:
    """A value at a place of the text."""
    return ValueField(kind=kind, value=value, raw="", span=(start, start + 3), confidence=0.97, rule="r")


def test_more_votes_than_people_who_came() -> None:
    text = "Có mặt: 7/11 thành viên"
    paper = paper_with("minutes", text=text, values=[value_of("ratio", {"count": 7, "of": 11}, 8)])
    candidate = candidate_of(claim_of("votes", {"for": 9, "of": 11}))
    (check,) = check_candidate_votes(candidate, basis_of(dossier=dossier_with(paper)))
    assert check.state == "person"
    assert "(7)" in check.reason


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ({}, "unknown"),
        ({"values": [value_of("votes", {"for": 9, "of": 9}, 0)]}, "met"),
        ({"values": [value_of("votes", {"issued": 9, "returned": 8, "valid": 9}, 0)]}, "person"),
        ({"contradictions": [Contradiction(check="attendance", message="Vắng 2.", values=["8", "2"])]}, "person"),
    ],
)
def test_arithmetic_of_minutes(record: Any, state: str) -> None:
    (check,) = check_minutes(basis_of(dossier=dossier_with(paper_with("minutes", **record))))
    assert (check.id, check.state) == ("votes.minutes", state)
