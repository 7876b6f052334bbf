"""Scores against a small invented truth, every figure worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from rich.console import Console

from corpus.evaluation.scans import evaluate_scans, score_page
from corpus.evaluation.truth import Segment, TruthPage, find_truth, parse_line
from corpus.evaluation.window import window_distance
from normalize.errors import DamagedInputError, NotFoundError
from ocr.tree import Box, Document, Line, Page, Word


def page_of(*lines: str) -> TruthPage:
    return TruthPage(1, tuple(parse_line(line) for line in lines))


def document_of(*pages: str) -> Document:
    return Document(
        "scan.pdf",
        tuple(
            Page(
                number,
                595.0,
                842.0,
                tuple(
                    Line(tuple(Word(token, Box(0, 0, 1, 1), 0.9) for token in line.split()))
                    for line in text.splitlines()
                ),
            )
            for number, text in enumerate(pages, 1)
        ),
    )


def test_handwriting_takes_the_token_it_touches_with_it():
    line = parse_line("Số:[41] /TB-UBND ngày [3]/5/2031")
    assert line.tokens == ("/TB-UBND", "ngày")
    assert line.neutral == ("Số:41", "3/5/2031")
    assert [segment.text for segment in line.segments] == ["/TB-UBND ngày"]


def test_stamp_with_handwriting_inside_is_neutral_as_a_whole():
    line = parse_line("<ĐẾN Giờ: [9]>")
    assert (line.tokens, line.segments) == ((), ())
    assert line.neutral == ("ĐẾN", "Giờ:", "9")


def test_a_less_than_sign_that_opens_nothing_is_printed_text():
    assert parse_line("tỷ lệ < 5 %").tokens == ("tỷ", "lệ", "<", "5", "%")


def test_truth_in_nfd_counts_as_the_same_words():
    assert parse_line("Ha\u0300 La\u0302m").tokens == ("Hà", "Lâm")


def test_words_are_a_multiset_in_which_case_and_marks_count():
    score = score_page("d", page_of("xã Suối Lau xã"), "xã Suôi lau xã xã")
    # xã twice; Suối/Suôi and Lau/lau differ; the third xã is one too many.
    assert (score.matched_words, score.truth_words, score.output_words) == (2, 4, 5)
    assert (score.recall, score.precision) == (0.5, 0.4)
    assert score.missing == ("Suối", "Lau")
    assert sorted(score.extra) == ["Suôi", "lau", "xã"]


@pytest.mark.parametrize("output", ["Số: 41 /TB-UBND", "Số:41 /TB-UBND", "/TB-UBND", "Số: /TB-UBND"])
def test_neutral_text_is_neither_missing_nor_wrong(output):
    score = score_page("d", page_of("Số:[41] /TB-UBND"), output)
    assert (score.recall, score.precision, score.line_cer) == (1.0, 1.0, 0.0)


def test_a_neutral_token_excuses_its_letters_once():
    score = score_page("d", page_of("Số:[41] /TB-UBND"), "Số:41 41 /TB-UBND")
    assert (score.matched_words, score.output_words) == (1, 2)


def test_line_cer_counts_letters_of_truth_against_the_best_window():
    # "Hoa Lơ" -> "Hoa Lo": one edit; the lost line of 4 letters costs 4; letters elsewhere on the page cost nothing.
    score = score_page("d", page_of("Hoa Lơ", "zwvk"), "trước Hoa Lo sau")
    assert (score.characters, score.edits) == (10, 5)
    assert (score.lines, score.lost_lines) == (2, 1)


def test_a_line_is_found_across_line_breaks_of_the_output():
    assert score_page("d", page_of("một hai ba"), "x một\thai\nba y").edits == 0


def test_handwriting_within_a_line_may_be_read_as_a_few_letters_but_not_as_a_paragraph():
    line = page_of("ngày [28] tháng")
    assert score_page("d", line, "ngày Z§ tháng").edits == 0
    assert score_page("d", line, "ngày abcdefghijklmnop tháng").edits > 0


@given(st.text("abc ", max_size=8), st.text("abc ", max_size=10))
def test_window_distance_is_the_least_over_all_windows(line, text):
    windows = [text[i:j] for i in range(len(text) + 1) for j in range(i, len(text) + 1)]
    assert window_distance([Segment(line)], text) == min(Levenshtein.distance(line, window) for window in windows)


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scan.pdf").touch()
    (tmp_path / "a" / "page-2.gt.txt").write_text("xã Nậm Mơ\n\nkhu Ba\n", encoding="utf-8")
    (tmp_path / "b" / "page-1.gt.txt").write_text("thôn Khe Vải\n", encoding="utf-8")
    return tmp_path


def test_only_pages_with_truth_are_scored_and_all_are_timed(truth):
    texts = {"a": document_of("trang đầu", "xã Nậm Mơ\nkhu Bà"), "b": document_of("thôn Khe Vải", "trang sau")}
    scores = evaluate_scans(truth, read=lambda paths: texts[paths[0].parent.name])
    assert [(page.document, page.page) for page in scores.pages] == [("a", 2), ("b", 1)]
    assert (scores.total.matched_words, scores.total.truth_words) == (7, 8)
    assert scores.total.recall == 7 / 8
    assert scores.total.line_cer == 1 / (9 + 6 + 12)
    assert scores.pages_read == 4
    assert scores.pages_per_minute > 0


def test_a_scan_that_cannot_be_read_scores_zero_and_the_others_go_on(truth):
    def read(paths):
        if paths[0].parent.name == "a":
            raise DamagedInputError("cut short")
        return document_of("thôn Khe Vải")

    scores = evaluate_scans(truth, read=read)
    assert [(page.recall, page.line_cer, page.error) for page in scores.pages] == [
        (0.0, 1.0, "damaged_input"),
        (1.0, 0.0, ""),
    ]


def test_a_page_the_reader_lost_is_missing_as_a_whole(truth):
    scores = evaluate_scans(truth, read=lambda paths: document_of("thôn Khe Vải"))
    assert scores.pages[0].recall == 0.0


def test_table_and_json_show_no_document_text(truth):
    scores = evaluate_scans(truth, read=lambda paths: document_of("thôn Khe Vài", "Nậm"))
    console = Console(record=True, width=160, quiet=True)
    with console.capture() as capture:
        console.print(scores.table())
    shown = capture.get() + json.dumps(scores.as_json(), ensure_ascii=False)
    assert "Nậm" not in shown
    assert "Vài" not in shown
    assert scores.as_json()["total"]["truth_words"] == 8


def test_a_folder_without_truth_is_an_error_that_says_what_to_do(tmp_path):
    with pytest.raises(NotFoundError, match="transcriptions"):
        find_truth(tmp_path)


def test_broken_fields_file_is_named(tmp_path):
    (tmp_path / "scan.pdf").touch()
    (tmp_path / "fields.json").write_text("{", encoding="utf-8")
    with pytest.raises(DamagedInputError, match=r"fields\.json"):
        find_truth(tmp_path)


def test_truth_in_the_layout_of_the_samples(tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    for name in ("02-thu-moi", "01-thong-bao", "03-no-truth"):
        (tmp_path / "dossier" / f"{name}.pdf").touch()
    for name in ("02-thu-moi", "01-thong-bao"):
        (tmp_path / "truth" / name).mkdir(parents=True)
        (tmp_path / "truth" / name / "page-1.gt.txt").write_text("Thôn Bãi Sậy", encoding="utf-8")
    documents = find_truth(tmp_path)
    assert [document.scan.name for document in documents] == ["01-thong-bao.pdf", "02-thu-moi.pdf"]
    assert documents[0].pages[0].lines[0].tokens == ("Thôn", "Bãi", "Sậy")
