"""Papers and copies against the set, and each candidate's report."""

from __future__ import annotations

from typing import Any

import pytest

from appraise.appraisal import AppraisedCandidate, Evidence, FoundPaper
from appraise.checks.check_papers import check_papers, check_reports, sets_for
from appraise.dossier import Dossier
from appraise.rules import DossierSet, Place, RequiredPaper
from tests.appraise.check_parts import basis_of, candidate_of, dossier_with, paper_with, rules_of

REPORT = "achievement_report"


def proposed(**more: Any) -> AppraisedCandidate:
    """A commune that its report names."""
    return candidate_of(where=[Evidence(file=f"{REPORT}.pdf", page=1)], **more)


def papers_of(dossier: Dossier, *candidates: AppraisedCandidate) -> dict[str, FoundPaper]:
    """What is found of each kind."""
    return {paper.kind: paper for paper in check_papers(candidates or (proposed(),), basis_of(dossier=dossier))}


@pytest.mark.parametrize(("copies", "state"), [(4, "met"), (3, "met"), (2, "not_met"), (1, "unknown")])
def test_scans_of_a_report_show_its_copies(copies: int, state: str) -> None:
    dossier = dossier_with(paper_with(REPORT, copies=copies))
    found = papers_of(dossier)[REPORT]
    assert (found.state, found.scans, found.required) == (state, copies, 3)
    (check,) = check_reports(proposed(), [proposed()], basis_of(dossier=dossier))
    assert check.state == state


def test_two_of_three_copies_are_counted_in_words() -> None:
    found = papers_of(dossier_with(paper_with(REPORT, copies=2)))[REPORT]
    assert "có 2 bản quét, quy định 03 bản: thiếu 1 bản" in found.reason


def test_missing_minutes_are_not_met_where_all_was_read() -> None:
    found = papers_of(dossier_with(paper_with("submission"), paper_with(REPORT, copies=3)))
    assert (found["submission"].state, found["minutes"].state) == ("met", "not_met")
    assert found["minutes"].reason == "không thấy trong hồ sơ đã quét"


def test_a_file_that_could_not_be_read_may_be_the_minutes() -> None:
    found = papers_of(dossier_with(paper_with("submission"), unread=(("03.pdf", "tệp bị cắt"),)))
    assert found["minutes"].state == "unknown"
    assert "03.pdf" in found["minutes"].reason


def test_a_paper_of_no_known_kind_may_be_the_minutes() -> None:
    found = papers_of(dossier_with(paper_with("submission"), paper_with(None, file="03.pdf")))
    assert (found["minutes"].state, found["unknown"].state) == ("unknown", "person")


def test_different_papers_are_no_copies_of_each_other() -> None:
    rules = rules_of(
        dossier_sets=[
            DossierSet(for_="province", papers=[RequiredPaper(kind="submission", copies=2)], place=Place(item="III"))
        ]
    )
    two = dossier_with(paper_with("submission"), paper_with("submission", file="khac.pdf"))
    (found,) = check_papers([proposed()], basis_of(rules, two))
    assert found.state == "person"


def test_a_report_of_another_candidate_counts_for_nobody_else() -> None:
    other = candidate_of(name="xã Nà Mo", commune="xã Nà Mo")
    dossier = dossier_with(paper_with(REPORT, copies=3))
    (check,) = check_reports(other, [proposed(), other], basis_of(dossier=dossier))
    assert check.state == "not_met"
    assert papers_of(dossier, proposed(), other)[REPORT].state == "not_met"


def test_a_report_that_is_nobody_s_may_be_his() -> None:
    nobody = candidate_of(name="xã Nà Mo", commune="xã Nà Mo")
    (check,) = check_reports(nobody, [nobody], basis_of(dossier=dossier_with(paper_with(REPORT, copies=3))))
    assert check.state == "unknown"


def test_a_report_under_a_name_one_letter_off_may_be_his() -> None:
    dossier = dossier_with(paper_with(REPORT, copies=3))
    read, listed = proposed(name="Cầm Văn Ính"), candidate_of(name="Cầm Văn Ình")
    (check,) = check_reports(listed, [read, listed], basis_of(dossier=dossier))
    assert check.state == "unknown"
    assert "Cầm Văn Ính" in check.reason


def test_what_nobody_asked_for_comes_along() -> None:
    found = papers_of(dossier_with(paper_with("confirmation")))["confirmation"]
    assert (found.required, found.reason) == (None, "kèm theo, quy định không yêu cầu")


@pytest.mark.parametrize(
    ("award", "class_", "wanted"),
    [
        ("bang_khen_tinh", "family", ["farmers_families"]),
        ("bang_khen_tinh", "commune", ["province"]),
        ("bang_khen_thu_tuong", "family", ["prime_minister"]),
        (None, "commune", []),
    ],
)
def test_award_and_class_choose_the_set(award: Any, class_: Any, wanted: list[str]) -> None:
    sets: list[Any] = ["province", "farmers_families", "prime_minister"]
    rules = rules_of(dossier_sets=[DossierSet(for_=name, place=Place(item="III")) for name in sets])
    assert [held.for_ for held in sets_for([candidate_of(award=award, class_=class_)], rules)] == wanted


def test_without_a_known_award_no_paper_is_called_missing() -> None:
    found = papers_of(dossier_with(paper_with("submission")), candidate_of(award=None))
    assert [(paper.kind, paper.state) for paper in found.values()] == [("submission", "unknown")]
