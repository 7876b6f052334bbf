"""What a person is told to look at: the gravest first, one concern for each thing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import extract
from corpus.attention import CHECK_NAMES, what_needs_a_look
from extract.record import (
    Checked,
    Contradiction,
    DocumentFields,
    PageQuality,
    Part,
    Quality,
    Reading,
    Record,
    Source,
    ValueField,
    Where,
)


def _concerns(*pages: tuple[str, float, list[str]]) -> list[str]:
    """Concerns of a document without fields; pages are where their text is from, confidence and warnings."""
    quality = Quality(
        pages=[
            PageQuality(page=number, text_from=text_from, mean_confidence=confidence, vietnamese=0.9, warnings=warnings)
            for number, (text_from, confidence, warnings) in enumerate(pages, 1)
        ]
    )
    source = Source(name="a.pdf", pages=len(pages))
    record = Record(source=source, document=DocumentFields(), quality=quality)
    return [concern.english for concern in what_needs_a_look(record)]


def test_pages_without_text_come_first() -> None:
    """A table shows three concerns: of an empty sheet it must not say only that it has no number and no date."""
    concerns = _concerns(
        ("image", 0.9, []), ("none", 0.0, ["failed: blank_render"]), ("none", 0.0, ["image_cut_short: end", "blank"])
    )
    assert concerns == ["page 2 not read", "page 3 blank", "no type", "no code", "no date"]


def test_a_page_is_told_once() -> None:
    concerns = _concerns(
        ("image", 0.4, ["low_resolution: 120 dpi"]), ("image", 0.9, ["layer_refused: mojibake"]), ("layer", 0.1, [])
    )
    assert concerns[3:] == ["page 1 hard to read", "warnings on page 1"]


def _reading(confidence: float, page: int = 1, **more: Any) -> dict[str, Any]:
    where = [Where(page=page, box=(0, 0, 9, 9))]
    return {"value": "x", "raw": "x", "where": where, "confidence": confidence, "rule": "r"} | more


def _of(fields: dict[str, Any] | None = None, **more: Any) -> list[str]:
    whole = {name: Reading(**_reading(0.99)) for name in ("type", "number", "symbol", "issue_date")} | (fields or {})
    record = Record(source=Source(name="a.pdf", pages=2), document=DocumentFields(**whole), **more)
    return [concern.english for concern in what_needs_a_look(record)]


def test_digits_are_doubted_sooner_than_names_and_names_sooner_than_recipients() -> None:
    at_eight_of_ten = Reading(**_reading(0.8))
    assert _of({"number": at_eight_of_ten}) == ["number weak"]
    assert _of({"signer": at_eight_of_ten, "recipients": [at_eight_of_ten]}) == []
    at_six_of_ten = Reading(**_reading(0.6))
    assert _of({"signer": at_six_of_ten, "recipients": [at_six_of_ten]}) == ["signer weak"]


def test_values_in_doubt_are_counted_by_kind_with_their_pages() -> None:
    values = [
        ValueField(kind="amount", **_reading(0.6, 2)),
        ValueField(kind="amount", **_reading(0.5)),
        ValueField(kind="date", **_reading(0.99)),
        ValueField(kind="person", **_reading(0.6)),
    ]
    assert _of(values=values) == ["2 amount weak (page 1, 2)"]


def test_the_date_of_the_head_is_told_once() -> None:
    by_hand = Reading(**_reading(0.4, span=(40, 62), status="handwritten"))
    values = [ValueField(kind="date", **_reading(0.4, span=span)) for span in ((44, 62), (90, 99))]
    assert _of({"issue_date": by_hand}, values=values) == ["date handwritten", "1 date weak (page 1)"]
    assert _of({"issue_date": by_hand}, values=values[:1]) == ["date handwritten"]


def test_what_a_person_has_checked_is_not_told_again() -> None:
    checked = Checked(by="a", at="2029-01-01", value="x")
    assert _of({"number": Reading(**_reading(0.1, status="handwritten", checked=checked))}) == []


def test_contradictions_come_with_both_pages_and_are_not_counted_as_warnings_again() -> None:
    places = [Where(page=page, box=(0, 0, 9, 9)) for page in (1, 2)]
    found = [Contradiction(check="annex_number", message="m", values=["1", "2"], places=places)]
    concerns = _of(contradictions=found, warnings=["annex_number: 1 / 2 (page 1, 2)"])
    assert concerns == ["contradiction: number on the annex (page 1, 2)"]


def test_a_poor_page_is_no_concern_unless_nobody_could_read_it() -> None:
    concerns = _concerns(("image", 0.7, []), ("image", 0.4, []))
    assert concerns[3:] == ["page 2 hard to read"]


def test_the_other_documents_of_the_file_are_looked_at_too() -> None:
    part = Part(pages=[2], document=DocumentFields(**{n: Reading(**_reading(0.99)) for n in ("type", "code")}))
    assert _of(parts=[part, part]) == ["document from page 2: no date"]


def test_every_check_has_a_name() -> None:
    """A new check without one would be told to nobody in words."""
    checks = {
        name
        for path in Path(extract.__file__).parent.glob("check_*.py")
        for name in re.findall(r'contradiction\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert checks
    assert checks <= set(CHECK_NAMES)
