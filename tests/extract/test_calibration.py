"""Confidences of scans are what was counted: rising with the raw ones, lower for rules that were often wrong."""

from __future__ import annotations

from itertools import pairwise

from extract.calibration import calibrate, calibrated
from extract.record import DocumentFields, Part, Reading, Record, Source, ValueField, Where
from extract.word_lists import data_lines

RULES = [line.split("\t")[1] for line in data_lines("confidence.tsv") if line.startswith("rule\t")]


def _reading(confidence: float = 0.6, *, scan: bool = True) -> Reading:
    where = [Where(page=1, box=(0, 0, 9, 9))] if scan else []
    return Reading(value="x", raw="x", where=where, confidence=confidence, rule="no.such.rule")


def test_more_confidence_never_means_less():
    steps = [step / 100 for step in range(101)]
    for rule in (*RULES, "no.such.rule"):
        said = [calibrated(step, rule) for step in steps]
        assert all(first <= second for first, second in pairwise(said))
        assert all(0 < each < 1 for each in said)
        assert said[0] < said[-1]


def test_a_faint_word_is_no_even_chance_and_a_clear_one_is_nearly_sure():
    assert calibrated(0.2, "no.such.rule") < 0.3
    assert calibrated(0.95, "no.such.rule") > 0.95


def test_rules_that_were_wrong_more_often_are_believed_less():
    assert calibrated(0.6, "signature.name_part") < calibrated(0.6, "no.such.rule") < calibrated(0.6, "title.type")


def test_every_reading_of_a_record_is_calibrated_once():
    number, value = _reading(), ValueField(kind="date", **_reading().model_dump())
    basis, of_part = _reading(), _reading()
    fields = DocumentFields(number=number, legal_bases=[basis])
    parts = [Part(pages=[1], document=fields, values=[value]), Part(pages=[2], document=DocumentFields(number=of_part))]
    calibrate(Record.model_construct(source=Source(name="a", pages=2), document=fields, values=[value], parts=parts))
    assert {item.confidence for item in (number, value, basis, of_part)} == {calibrated(0.6, "no.such.rule")}


def test_typed_text_keeps_the_strength_of_its_rules():
    number = _reading(scan=False)
    calibrate(Record.model_construct(document=DocumentFields(number=number), values=[], parts=[]))
    assert number.confidence == 0.6
