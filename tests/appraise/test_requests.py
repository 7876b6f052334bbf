"""What the sender is asked for: what is known to be required, nothing else."""

from __future__ import annotations

from appraise.appraisal import FoundPaper
from appraise.checks.requests import requests_for


def paper(**fields: object) -> FoundPaper:
    return FoundPaper.model_validate({"kind": "minutes", "name": "Biên bản họp xét", "reason": "", **fields})


def test_a_missing_paper_and_missing_copies_are_asked_for() -> None:
    missing = paper(scans=0, required=1, state="not_met")
    one_of_three = paper(name="Báo cáo thành tích", scans=1, required=3, state="unknown")
    nobodys = paper(name="Giấy xác nhận", scans=2, required=2, state="unknown")
    asked = [request.what for request in requests_for([missing, one_of_three, nobodys], [], [])]
    assert asked == ["Bổ sung: Biên bản họp xét", "Xác nhận số bản: Báo cáo thành tích", "Làm rõ: Giấy xác nhận"]


def test_no_copies_are_asked_for_while_the_composition_is_unknown() -> None:
    assert requests_for([paper(scans=1, state="unknown")], [], []) == []
