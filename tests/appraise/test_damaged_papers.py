"""Papers and candidates of scans that were read badly: weak signs together, spaces lost, half of a name gone."""

from __future__ import annotations

import pytest

from appraise.reading.candidates import find_candidates
from appraise.reading.claims import collect_claims
from appraise.reading.lost_spaces import respaced
from appraise.reading.name_reading import read_name
from tests.appraise.dossiers import (
    COMMUNE,
    Proposed,
    candidate_list,
    commune_report,
    dossier_of,
    minutes,
    official_report,
    submission,
)

PEOPLE = [
    Proposed(f"Nhân dân và cán bộ xã {COMMUNE}", "Tập thể"),
    Proposed("Nhân dân và cán bộ xã Phai Lôm", "Tập thể"),
]


def kinds(texts: dict[str, str]) -> list[str | None]:
    return [paper.kind for paper in dossier_of(texts).papers]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("TỜ TRÌNH\n", "TỜ\n"),
        ("TỜ TRÌNH\nVề việc đề nghị khen thưởng", "TỪ TRÌNH\nVề vỉệc đề nqhị khen thưởng"),
        ("Về việc đề nghị khen thưởng phong trào", "phong trào"),
    ],
)
def test_a_submission_whose_title_or_subject_was_read_badly(was: str, now: str) -> None:
    text = submission(PEOPLE[:1], listed=False).replace(was, now, 1)
    assert kinds({"a.txt": text}) == ["submission"]


def test_a_report_with_one_heading_left_is_told_by_its_title() -> None:
    text = commune_report().replace("Đề nghị tặng", "Đề nghị.tặng").replace("THÔNG TIN CHUNG", "THÓNG T1N CHƯNG")
    assert kinds({"a.txt": text}) == ["achievement_report"]


@pytest.mark.parametrize(
    "text",
    [
        "UBND XÃ A\nSố: 3/TTr-UBND\nTỜ TRÌNH\nVề việc nâng cấp hạ tầng giao thông\nKính gửi: UBND huyện\nKính trình\n",
        "UBND XÃ A\nSố: 3/BB-UBND\nBIÊN BẢN\nHọp giao ban tháng 5\nChủ trì: ông A\nThư ký: bà B\n",
    ],
)
def test_a_paper_of_another_subject_is_not_taken_for_one(text: str) -> None:
    assert kinds({"a.txt": text}) == [None]


def test_a_list_behind_a_submission_is_parted_though_its_title_is_gone() -> None:
    whole = submission(PEOPLE).replace("DANH SÁCH\nTập thể, cá nhân, hộ gia đình đề nghị khen thưởng\n", "SÁCH\n", 1)
    dossier = dossier_of({"a.txt": whole})
    assert [(paper.kind, paper.pages) for paper in dossier.papers] == [("submission", (1,)), ("list", (2,))]
    of_submission, of_list = dossier.papers
    assert (len(of_submission.record.tables), len(of_list.record.tables)) == (0, 1)


def test_a_head_that_was_taken_for_a_row_is_the_head_again() -> None:
    text = candidate_list(PEOPLE).replace("| STT |", "| x | | | | |\n| STT |", 1)
    found = find_candidates(dossier_of({"a.txt": text}))
    assert [candidate.award for candidate in found] == ["bang_khen_tinh"] * 2


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("thônSuốiHaixãTân N ưa", "thôn Suối Hai xã Tân Nưa"),
        ("Nhân dân và cán bộxã Vân Hạ", "Nhân dân và cán bộ xã Vân Hạ"),
        ("hộgiađình ông Vi Văn Ún", "hộ gia đình ông Vi Văn Ún"),
        ("Công ty TNHH Krông Pắc", "Công ty TNHH Krông Pắc"),
        ("Ông Y Wang", "Ông Y Wang"),
    ],
)
def test_lost_spaces(read: str, meant: str) -> None:
    assert respaced(read) == meant


def test_a_kind_of_place_with_a_letter_lost() -> None:
    read = read_name("Nhân dân và cán bộ uyện Mường Sa")
    assert read is not None
    assert (read.class_, read.core) == ("district", "Mường Sa")


@pytest.mark.parametrize("left", ["Phai", "Lôm"])
def test_half_a_name_in_the_same_row_is_the_same_candidate(left: str) -> None:
    voted = minutes(PEOPLE).replace("Nhân dân và cán bộ xã Phai Lôm", left)
    found = find_candidates(dossier_of({"a.txt": submission(PEOPLE), "b.txt": voted}))
    assert [candidate.commune for candidate in found] == [f"xã {COMMUNE}", "xã Phai Lôm"]


def test_another_name_in_the_same_row_is_another_candidate() -> None:
    voted = minutes(PEOPLE).replace("xã Phai Lôm", "xã Nà Mo")
    assert len(find_candidates(dossier_of({"a.txt": submission(PEOPLE), "b.txt": voted}))) == 3


@pytest.mark.parametrize(
    ("votes", "share", "held"),
    [
        ("89.", "889%", {"for": 8, "of": 9, "percent": 88.9}),
        ("8⁄9", "88,9%", {"for": 8, "of": 9, "percent": 88.9}),
        ("89.", "100%", {"for": None, "of": None, "percent": 100.0}),
    ],
)
def test_votes_whose_strokes_were_lost(votes: str, share: str, held: dict[str, float | None]) -> None:
    people = [Proposed(PEOPLE[0].name, "Tập thể", votes=votes, share=share), PEOPLE[1]]
    dossier = dossier_of({"a.txt": candidate_list(people), "b.txt": minutes(people)})
    candidate = collect_claims(dossier, find_candidates(dossier))[0]
    (claim,) = [claim for claim in candidate.claims if claim.kind == "votes"]
    assert claim.value == held


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("- Trực tiếp giúp đỡ xã Phai Lôm đạt chuẩn nông thôn mới năm 2018.", [1]),
        ("- Giúp xã Phai Lôm và xã Nà Mo đạt chuẩn nông thôn mới.", [2]),
        ("- Đang giúp xã Phai Lôm phấn đấu đạt chuẩn nông thôn mới.", []),
        ("- Giúp xã Phai Lôm làm đường.", []),
    ],
)
def test_communes_helped_are_counted_by_their_names(sentence: str, count: list[int]) -> None:
    people = [Proposed("Bà Vi Thị Lả, chuyên viên UBND huyện Mường Sa", "Cá nhân")]
    report = official_report("Vi Thị Lả").replace(
        "II. THÀNH TÍCH ĐẠT ĐƯỢC\n", f"II. THÀNH TÍCH ĐẠT ĐƯỢC\n{sentence}\n", 1
    )
    dossier = dossier_of({"a.txt": candidate_list(people), "b.txt": report})
    (candidate,) = collect_claims(dossier, find_candidates(dossier))
    helped = [c for c in candidate.claims if c.kind == "helped_communes" and sentence[2:20] in c.text]
    assert [claim.value for claim in helped] == count


def test_an_enterprise_reports_of_itself() -> None:
    text = (
        "CÔNG TY TNHH TRE XANH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Bản Khoang, ngày 10 tháng 6 năm 2019\nBÁO CÁO THÀNH TÍCH\nĐề nghị tặng Bằng khen của Chủ tịch UBND tỉnh\n"
        "I. THÔNG TIN CHUNG\nDoanh nghiệp thành lập năm 2008, có 40 lao động.\n"
        "II. THÀNH TÍCH ĐẠT ĐƯỢC\n- Năm 2016, ủng hộ 300 triệu đồng làm đường.\n"
    )
    (candidate,) = find_candidates(dossier_of({"a.txt": text}))
    assert (candidate.class_, candidate.award) == ("enterprise", "bang_khen_tinh")
