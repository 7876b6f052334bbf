"""What a person is told to look at: the gravest first, one concern for each thing."""

from __future__ import annotations

from corpus.attention import what_needs_a_look
from extract.record import DocumentFields, PageQuality, Quality, Record, Source


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
