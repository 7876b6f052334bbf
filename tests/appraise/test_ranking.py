"""Data for the ranking of districts, and what to ask the sender for."""

from __future__ import annotations

from appraise.appraisal import Appraisal, Check, Contradiction, FoundPaper
from appraise.checks.office_lists import CommuneYear, OfficeLists
from appraise.checks.ranking import ranking
from appraise.checks.requests import requests_for
from tests.appraise.check_parts import STAGE, candidate_of, claim_of


def year(commune: str, district: str, when: int, reached: int) -> CommuneYear:
    """A line of the list of criteria."""
    return CommuneYear(commune, district, when, reached, 19, "tieu-chi-theo-nam.csv, dòng 2")


LISTS = OfficeLists(
    criteria=(
        year("Bản Khoang", "Mường Sa", 2015, 6),
        year("Bản Khoang", "Mường Sa", 2018, 19),
        year("Nà Mo", "Mường Sa", 2015, 8),
        year("Nà Mo", "Mường Sa", 2018, 11),
        year("Pá Lau", "Phai Lôm", 2015, 10),
        year("Pá Lau", "Phai Lôm", 2018, 12),
        year("Co Mạ", "Phai Lôm", 2018, 19),
    )
)


def district(name: str, share: float) -> Appraisal:
    """A dossier that proposes a district."""
    candidate = candidate_of(claim_of("share_of_communes", share), name=name, class_="district")
    return Appraisal(dossier=name, candidates=[candidate])


def test_districts_are_ranked_by_the_list_beside_what_their_dossiers_tell() -> None:
    rows = ranking([district("Huyện Phai Lôm", 100.0)], LISTS, STAGE)
    assert [(row.district, row.listed_growth, row.listed_share, row.told_share) for row in rows] == [
        ("Mường Sa", 8.0, 50.0, None),
        ("Huyện Phai Lôm", 2.0, 50.0, 100.0),  # Co Mạ has no figure for 2015: left out of the average
    ]


def test_without_a_list_only_the_dossiers_speak() -> None:
    (row,) = ranking([district("Huyện Phai Lôm", 40.0)], OfficeLists(), STAGE)
    assert (row.told_share, row.listed_share, row.listed_growth, row.communes) == (40.0, None, None, 0)


def check(ident: str, state: str) -> Check:
    """A check in a state."""
    return Check(id=ident, name="Giá trị đóng góp", state=state, reason="không thấy số liệu")  # type: ignore[arg-type]


def test_the_sender_is_asked_for_what_he_can_give() -> None:
    papers = [
        FoundPaper(kind="minutes", name="Biên bản", required=1, state="not_met", reason="không thấy"),
        FoundPaper(kind="submission", name="Tờ trình", scans=1, required=2, state="unknown", reason="1 bản"),
        FoundPaper(kind="list", name="Danh sách", required=1, state="met"),
    ]
    checks = [
        check("g.contribution", "unknown"),
        check("exclusion.g.2016-2018", "unknown"),  # the office's own registry
        check("d3.difficult", "unknown"),  # the office's own list
        check("g.merit", "person"),
    ]
    candidate = candidate_of().model_copy(update={"checks": checks})
    differing = Contradiction(what="số phiếu bầu", candidate=candidate.name, values=["8/9", "9/9"], where=[])
    asked = requests_for(papers, [candidate], [differing])
    assert [request.what for request in asked] == [
        "Bổ sung: Biên bản",
        "Xác nhận số bản: Tờ trình",
        "Bổ sung, làm rõ: Giá trị đóng góp",
        "Làm rõ: số phiếu bầu",
    ]
