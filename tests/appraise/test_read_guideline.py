"""The whole way from a guideline's text to its rule book."""

from __future__ import annotations

from pathlib import Path

import pytest

from appraise.dossier import ReadFile
from appraise.guideline.read_guideline import read_guideline
from extract.read_record import extract_text
from normalize.errors import UsageError
from tests.appraise.guidelines import DATA


def test_a_guideline_becomes_proposed_rules():
    name = "huong-dan-doan-ket.txt"
    text = (DATA / name).read_text(encoding="utf-8")
    rules = read_guideline([ReadFile(name, Path(name), text, extract_text(text, name))])
    assert rules.guideline["code"].value == "58/HD-SNV"
    assert rules.guideline["date"].value == "2024-03-12"
    assert len(rules.criteria) == 13
    assert {criterion.status for criterion in rules.criteria} == {"proposed"}
    assert rules.sources == [name]
    assert rules.deadlines
    assert rules.dossier_sets


def test_no_copy_is_an_error_of_the_caller():
    with pytest.raises(UsageError):
        read_guideline([])
