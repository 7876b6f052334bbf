from __future__ import annotations

from dataclasses import replace

import pytest

from appraise.reading.scan_copies import with_copies
from extract.record import PageQuality, Quality
from tests.appraise.dossiers import dossier_of, family_report, minutes


def copies_of(texts):
    return [paper.copies for paper in dossier_of(texts).papers]


def test_the_same_paper_scanned_twice_is_one_paper_with_two_copies():
    assert copies_of({"a.txt": family_report() + "\f" + family_report(), "b.txt": family_report()}) == [
        (("a.txt", 1), ("a.txt", 2), ("b.txt", 1))
    ]


def test_a_misread_letter_makes_no_other_paper():
    noisy = family_report().replace("đất làm đường", "đất lam đường").replace("Hộ gia đình", "Hộ gia đinh")
    assert len(copies_of({"a.txt": family_report(), "b.txt": noisy})) == 1


@pytest.mark.parametrize(
    "other",
    [
        family_report("Hộ gia đình bà Tòng Thị Ón", village="Huổi Cưởm"),  # copied from another
        family_report(gifts="- Năm 2016, gia đình hiến 1.200 m2 đất làm đường, trị giá 310 triệu đồng.\n"),
        family_report(more="- Gia đình còn bao tiêu nông sản cho 25 hộ trong thôn và tạo việc làm cho 12 lao động.\n"),
        minutes([]),
    ],
)
def test_other_names_figures_or_sentences_are_other_papers(other):
    assert len(copies_of({"a.txt": family_report(), "b.txt": other})) == 2


def test_two_scans_of_a_sheet_differ_by_stamps_and_noise():
    noisy = family_report().replace("I. ", "LTh ", 1).replace("Hộ gia đình", "Hê gia đình", 1)
    stamped = f"ĐẾN 2866\n{noisy}"
    assert scans_of({"a.pdf": family_report(), "b.pdf": stamped}) == [2]


@pytest.mark.parametrize(
    "other", [family_report("Hộ gia đình bà Tòng Thị Ón"), family_report().replace("300 triệu", "390 triệu")]
)
def test_a_scan_of_another_name_or_figure_is_another_paper(other):
    assert scans_of({"a.pdf": family_report(), "b.pdf": other}) == [1, 1]


def scans_of(texts):
    """How many scans each paper has, where texts are read as scanned pages would be."""
    quality = Quality(pages=[PageQuality(page=1, text_from="image", mean_confidence=0.9, vietnamese=1.0)])
    papers = [
        replace(paper, record=paper.record.model_copy(update={"quality": quality}))
        for name, text in texts.items()
        for paper in dossier_of({name: text}).papers
    ]
    return [len(paper.copies) for paper in with_copies(papers)]
