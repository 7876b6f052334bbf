"""Figures that differ between papers, and papers that are too much alike."""

from __future__ import annotations

from appraise.appraisal import AppraisedCandidate, Claim, Evidence
from appraise.checks.contradictions import find_contradictions
from appraise.checks.office_lists import CommuneYear, OfficeLists
from appraise.checks.similar_reports import check_similar_reports
from extract.record import Contradiction
from tests.appraise.check_parts import basis_of, candidate_of, claim_of, dossier_with, paper_with

LISTED = OfficeLists(criteria=(CommuneYear("Bản Khoang", "Mường Sa", 2018, 15, 19, "tieu-chi-theo-nam.csv, dòng 2"),))


def found(*claims: Claim, lists: OfficeLists | None = None) -> list[tuple[str, list[str]]]:
    """What contradicts, with the values."""
    candidates = [candidate_of(*claims)]
    return [(c.what, c.values) for c in find_contradictions(candidates, dossier_with(), lists or OfficeLists())]


def test_a_level_that_report_and_list_tell_differently() -> None:
    report, listed = claim_of("criteria_level", 17, 2018), claim_of("criteria_level", 16, 2018, paper="list")
    assert found(report, listed) == [("số tiêu chí đạt năm 2018", ["17 tiêu chí", "16 tiêu chí"])]


def test_the_same_level_told_twice_is_none() -> None:
    assert found(claim_of("criteria_level", 17, 2018), claim_of("baseline", 17, 2018, paper="list")) == []


def test_sums_of_gifts_that_differ() -> None:
    report = claim_of("contribution", 300, 2016), claim_of("contribution", 150, 2018)
    (what, values) = found(*report, claim_of("contribution", 350, paper="list"))[0]
    assert (what, values) == ("tổng giá trị đóng góp giữa các giấy tờ", ["350 triệu đồng", "450 triệu đồng"])


def test_a_confirmation_of_one_gift_contradicts_nothing() -> None:
    report = claim_of("contribution", 300, 2016), claim_of("contribution", 150, 2018)
    assert found(*report, claim_of("contribution", 150, 2018, paper="confirmation")) == []


def test_votes_that_minutes_and_list_tell_differently() -> None:
    told = claim_of("votes", {"for": 8, "of": 9}, paper="minutes"), claim_of("votes", {"for": 9, "of": 9}, paper="list")
    assert found(*told) == [("số phiếu bầu", ["8/9", "9/9"])]


def test_the_office_s_own_figures() -> None:
    ((what, values),) = found(claim_of("criteria_level", 17, 2018), lists=LISTED)
    assert "danh sách của Văn phòng" in what
    assert values == ["17 tiêu chí", "15 tiêu chí"]


def test_what_a_paper_s_record_holds_is_kept_with_its_file() -> None:
    held = Contradiction(check="total", message="Dòng tổng khác.", values=["3", "4"])
    dossier = dossier_with(paper_with("list", contradictions=[held]))
    (item,) = find_contradictions([], dossier, OfficeLists())
    assert (item.what, item.values, item.where[0].file) == ("Dòng tổng khác.", ["3", "4"], "list.pdf")


BODY = "\n".join(
    f"Năm {year} gia đình đã hiến {100 + year % 9} mét vuông đất vườn cho thôn mở rộng con đường {place}, vận động "
    f"thêm {year % 7 + 3} hộ cùng tham gia và góp {year % 5 + 2} ngày công dọn mặt bằng trước mùa mưa."
    for year, place in zip(range(2012, 2020), ("Nà Hoi", "Pá Lau", "Co Mạ", "Huổi Xa") * 2, strict=True)
)
OTHER = "\n".join(
    f"Hợp tác xã ký hợp đồng bao tiêu {40 + year % 11} tấn quả mỗi vụ với các hộ trồng ở bản {place}, trả tiền tại "
    f"vườn, nhờ đó năm {year} thu nhập của {year % 13 + 20} thành viên ổn định hơn hẳn những năm trước đó."
    for year, place in zip(range(2012, 2020), ("Nà Hoi", "Pá Lau", "Co Mạ", "Huổi Xa") * 2, strict=True)
)


def reported(name: str, text: str) -> tuple[AppraisedCandidate, object]:
    """A candidate with a report of his own."""
    file = f"{name}.pdf"
    candidate = candidate_of(name=name, class_="family", where=[Evidence(file=file, page=1)])
    return candidate, paper_with("achievement_report", file=file, text=f"BÁO CÁO THÀNH TÍCH\n{name}\n{text}")


def test_a_report_copied_from_another_is_flagged_with_the_share() -> None:
    one, first = reported("Cầm Văn Ính", BODY)
    two, second = reported("Lò Thị Mai", BODY.replace("hiến 1", "hiến 2"))
    three, third = reported("Hợp tác xã Bản Tằm", OTHER)
    basis = basis_of(dossier=dossier_with(first, second, third))  # type: ignore[arg-type]
    checks = check_similar_reports([one, two, three], basis)
    assert set(checks) == {"Cầm Văn Ính", "Lò Thị Mai"}
    assert checks["Cầm Văn Ính"].state == "person"
    assert checks["Cầm Văn Ính"].figures["other"] == "Lò Thị Mai"
    assert checks["Cầm Văn Ính"].figures["share"] > 0.6
