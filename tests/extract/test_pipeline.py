"""The values as a spaCy pipeline: components one by one, spans by kind, and no growth over a long run."""

from __future__ import annotations

import doctest
import random

import pytest
import spacy

from extract import pipeline as under_test
from extract.patterns import Source, Taken
from extract.pipeline import COMPONENTS, annotated, find_values, pipeline, values_of
from extract.read_record import extract_text
from extract.tokens import tokens_from_text, vietnamese

TEXT = (
    "Căn cứ Quyết định số 31/QĐ-UBND ngày 05/3/2029 của UBND tỉnh Lâm Khê, giai đoạn 2021 - 2030, các xã đạt 12/19 "
    "tiêu chí được thưởng 1,5 tỷ đồng; hồ sơ gồm (03 bản) gửi trước ngày 31/7/2029."
)


def test_the_example_of_the_module():
    assert doctest.testmod(under_test).failed == 0


def test_spans_are_by_kind_with_their_value_rule_and_status():
    doc = annotated(tokens_from_text(TEXT))
    (amount,) = doc.spans["amount"]
    assert (amount.text, amount.label_, amount.id_) == ("1,5 tỷ đồng", "amount", "money.scaled")
    assert amount._.value == {"vnd": 1_500_000_000, "relation": "eq"}
    assert (amount._.status, amount._.found.kind) == ("read", "amount")
    assert [span._.value["code"] for span in doc.spans["reference"]] == ["31/QĐ-UBND"]
    assert [reference.code for reference in doc._.references] == ["31/QĐ-UBND"]


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_works_alone(name: str):
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = vietnamese().tokenizer
    nlp.add_pipe(name)
    tokens = tokens_from_text(TEXT)
    doc = vietnamese().make_doc(tokens.text)
    doc._.source, doc._.taken = Source(tokens.text, tokens.folded), Taken()
    assert nlp.pipe_names == [name]
    assert sum(len(group) for group in nlp(doc).spans.values()) > 0


def test_the_pipeline_has_the_components_in_order():
    assert pipeline().pipe_names == list(COMPONENTS)


def test_values_are_in_the_order_of_the_text():
    tokens = tokens_from_text(TEXT)
    found = find_values(tokens)
    values = values_of(tokens, found.references, found.values)
    assert [value.span[0] for value in values if value.span] == sorted(v.span[0] for v in values if v.span)
    assert {"reference", "period", "criteria", "amount", "copies", "date"} <= {value.kind for value in values}


def test_references_left_out_are_no_values():
    tokens = tokens_from_text(TEXT)
    assert "reference" not in {value.kind for value in values_of(tokens, [], find_values(tokens).values)}


def test_a_long_text_needs_no_doc_for_the_same_values(monkeypatch: pytest.MonkeyPatch):
    tokens = tokens_from_text(TEXT)
    found = find_values(tokens)
    monkeypatch.setattr(under_test, "_LONGEST_DOC", len(TEXT) - 1)
    monkeypatch.setattr(under_test, "annotated", None)
    without = find_values(tokens)
    assert without.references == found.references
    assert sorted(without.values, key=lambda item: item.start) == sorted(found.values, key=lambda item: item.start)


def test_a_long_run_does_not_grow():
    """Every document brings words never seen; the vocabulary of the process must not keep them."""
    letters = random.Random(5)

    def words() -> str:
        return " ".join("".join(letters.choices("abcdeghiklmnopqrstuvxy", k=9)) for _ in range(60))

    extract_text(f"{TEXT} {words()}", "first.txt")
    find_values(tokens_from_text(words()))
    strings = vietnamese().vocab.strings
    before = len(strings)
    for _ in range(200):
        find_values(tokens_from_text(f"{TEXT} {words()}"))
    assert len(strings) == before


def test_syllables_are_kept_once_they_were_met():
    strings, syllable = vietnamese().vocab.strings, "xuỷu"
    assert syllable not in strings
    for _ in range(2):  # those of a text come into the vocabulary with the next one
        find_values(tokens_from_text(f"Xã {syllable} xqzw{syllable}"))
    assert syllable in strings
    assert f"xqzw{syllable}" not in strings
