from __future__ import annotations

import pytest

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
