"""The fitted curve says what was counted."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

from corpus.evaluation.reliability import Judged, fit, judged_readings, reliability
from ocr.tree import Box, Document, Ink, Line, Page, TextFrom, Word


def _judged(rule: str, confidence: float, right: int, wrong: int) -> list[Judged]:
    return [Judged("a", rule, confidence, at < right) for at in range(right + wrong)]


def _line(text: str, y: float) -> Line:
    boxes = [Box(at * 50, y, at * 50 + 40, y + 12) for at in range(text.count(" ") + 1)]
    return Line(tuple(Word(word, box, 0.9, Ink.BLACK, "test") for word, box in zip(text.split(), boxes, strict=True)))


def test_the_curve_rises_and_says_the_share_that_was_right():
    judged = [*_judged("a", 0.5, 100, 100), *_judged("a", 0.9, 180, 20), *_judged("a", 0.7, 199, 1)]
    calibration = fit(judged)
    assert all(first[1] < second[1] for first, second in pairwise(calibration.curve))
    assert abs(calibration(0.5, "?") - 0.5) < 0.02
    assert abs(calibration(0.9, "?") - 0.95) < 0.02  # 0.7 did better: pooled with it


def test_a_rule_of_its_own_is_believed_by_what_it_did():
    judged = [*_judged("good", 0.8, 190, 10), *_judged("bad", 0.8, 10, 90), *_judged("seldom", 0.8, 0, 3)]
    calibration = fit(judged)
    assert calibration(0.8, "bad") < 0.2 < 0.9 < calibration(0.8, "good")
    assert calibration(0.8, "seldom") == calibration(0.8, "?")  # three readings say nothing


def test_bins_count_what_was_said_and_right():
    (low, high) = reliability([(0.5, False), (0.5, True), (0.96, True)])
    assert (low.count, low.said, low.right) == (2, 0.5, 0.5)
    assert (high.count, high.said, high.right) == (1, 0.96, 1.0)


def test_readings_are_judged_by_fields_and_by_the_transcription(tmp_path: Path):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(b"not opened: the reader below knows it")
    (folder / "fields.json").write_text(json.dumps({"type": "Thông báo", "issue_date": None}), "utf-8")
    (folder / "page-1.gt.txt").write_text("THÔNG BÁO\nNộp trước ngày 31/7/2029, mức 5 triệu đồng.\n", "utf-8")

    def read(_: object) -> Document:
        lines = (_line("THÔNG BÁO", 100), _line("Nộp trước ngày 31/7/2029, mức 6 triệu đồng.", 130))
        return Document("scan", (Page(1, 595, 842, lines, TextFrom.IMAGE),))

    verdicts = {(item.rule.partition(".")[0], item.right) for item in judged_readings(tmp_path, read)}
    assert {("title", True), ("date", True), ("money", False)} <= verdicts
