"""From a document as read, or a plain text, to its record: the main flow of extraction."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from extract.annexes import read_annex
from extract.calibration import calibrate
from extract.checks import contradiction_warnings, find_contradictions
from extract.document_fields import read_document
from extract.evidence import where
from extract.head_places import with_listed_places
from extract.names import read_names
from extract.outline import Outline, read_outline
from extract.parts import Stretch, find_parts, owner_of, printed_numbers, view_of
from extract.patterns import Source as SourceText
from extract.pipeline import find_values, values_of
from extract.place_lists import PlaceList
from extract.record import DocumentFields, PageQuality, Part, Quality, Record, Source, Table, ValueField
from extract.references import Reference
from extract.restored_text import RestoredText, restored_text
from extract.restored_words import propose_words
from extract.spans_as_read import count_in_text_as_read
from extract.tables import read_tables
from extract.tokens import TokenisedText, tokens_from_document, tokens_from_text
from extract.zones import zones_of
from ocr.tree import DigitalSignature, Document, TextFrom

__all__ = ["extract_document", "extract_text"]


def extract_document(
    document: Document, source: Source, restored: RestoredText | None = None, places: PlaceList | None = None
) -> Record:
    """The record of a document that was read page by page.

    Args:
        document: Pages of lines of words with boxes.
        source: Name, hash, size and pages of the file it came from.
        restored: The document's text, where the caller has restored it already.
        places: Administrative units to look places up in; those of Viet Nam by default.
    """
    tokens = tokens_from_document(document, restored)
    record = _extract(tokens, source, places, document.signatures, printed_numbers(document))
    count_in_text_as_read(record, tokens)
    warnings = [*document.warnings, *_restoration(tokens), *record.warnings]
    del tokens  # before restoration takes 100 MB for its model
    pages = [
        PageQuality(
            page=page.number,
            text_from=page.text_from.value,
            mean_confidence=round(page.mean_confidence, 3),
            vietnamese=round(page.vietnamese, 3),
            warnings=list(page.warnings),
        )
        for page in document.pages
    ]
    propose_words(record, {page.page for page in pages if page.text_from == TextFrom.IMAGE.value}, places)
    return record.model_copy(update={"quality": Quality(pages=pages), "warnings": warnings})


def extract_text(text: str, name: str, restored: RestoredText | None = None, places: PlaceList | None = None) -> Record:
    """The record of a plain text; form feeds count as page ends, ``where`` stays empty.

    Args:
        text: Any Unicode text; one that is broken (read without a Vietnamese model, marks lost) is restored first.
        name: Shown in the record.
        restored: The text, where the caller has restored it already.
        places: Administrative units to look places up in; those of Viet Nam by default.
    """
    raw = text.encode("utf-8", "surrogatepass")
    source = Source(name=name, sha256=sha256(raw).hexdigest(), bytes=len(raw), pages=text.count("\f") + 1)
    tokens = tokens_from_text(restored or restored_text(text))
    record = _extract(tokens, source, places)
    count_in_text_as_read(record, tokens)
    return record.model_copy(update={"warnings": [*_restoration(tokens), *record.warnings]})


def _restoration(tokens: TokenisedText) -> tuple[str, ...]:
    """The warning that values were read from a restored text."""
    restored = tokens.restored
    return (f"restored: {restored.damage}",) if restored.is_restored else ()


def _extract(
    tokens: TokenisedText,
    source: Source,
    places: PlaceList | None,
    signatures: Sequence[DigitalSignature] = (),
    numbers: Mapping[int, int] | None = None,
) -> Record:
    """The record of a whole file, its documents told apart."""
    found = find_values(tokens)
    stretches = find_parts(tokens, numbers)
    parts = [_read_part(tokens, stretch, found.references, signatures, places) for stretch in stretches]
    owners = [owner_of(stretches, at) for at in range(len(stretches))]
    values = values_of(tokens, [item for part in parts for item in part.references], found.values)
    for part, owner in zip(parts, owners, strict=True):
        head = part.document if owner is None else parts[owner].document  # an annex has no date and issuer of its own
        values += read_names(tokens, head, places, start=part.stretch.start, end=part.stretch.end)
    values.sort(key=_stands)
    told_apart = [_part(part, values, owner) for part, owner in zip(parts, owners, strict=True)]
    first = told_apart[0]
    record = Record(
        source=source,
        document=first.document,
        values=values,
        parts=told_apart if len(told_apart) > 1 else [],
        outline=first.outline,
        tables=first.tables,
        warnings=[warning for part in told_apart for warning in part.warnings],
    )
    calibrate(record)
    source_text = SourceText(tokens.text, tokens.folded)
    record.contradictions = find_contradictions(record, source_text, lambda span: where(tokens, [span]))
    record.warnings += contradiction_warnings(record.contradictions)
    return record


def _stands(value: ValueField) -> tuple[int, int]:
    """Where a value begins; of two that begin together the longer one is first."""
    start, end = value.span or (0, 0)
    return start, -end


def _begins(value: ValueField) -> int:
    return _stands(value)[0]


@dataclass(frozen=True, slots=True)
class _ReadPart:
    """One document of the file but for its values; ``references`` are without its own number."""

    stretch: Stretch
    document: DocumentFields
    references: Sequence[Reference]
    outline: Outline
    tables: list[Table]


def _read_part(
    tokens: TokenisedText,
    stretch: Stretch,
    cited: Sequence[Reference],
    signatures: Sequence[DigitalSignature],
    places: PlaceList | None,
) -> _ReadPart:
    """One document of the file; spans count in the whole file."""
    part = view_of(tokens, stretch)
    zones = zones_of(part)
    references = [item for item in cited if stretch.holds(item.code_span[0])]
    if stretch.annex:
        fields = read_annex(part, zones, references)
    else:
        fields, references = read_document(part, zones, references, _on_pages(signatures, stretch))
        fields = with_listed_places(tokens, fields, places, start=stretch.start, end=stretch.end)
    return _ReadPart(stretch, fields, references, read_outline(part, zones), read_tables(part))


def _on_pages(signatures: Sequence[DigitalSignature], stretch: Stretch) -> list[DigitalSignature]:
    """Signatures shown on the document's pages; the first document has those that are shown nowhere."""
    first = stretch.start == 0
    return [item for item in signatures if item.page in stretch.pages or (first and item.page is None)]


def _part(part: _ReadPart, values: Sequence[ValueField], annex_of: int | None) -> Part:
    start, end = part.stretch.start, part.stretch.end
    first, beyond = (bisect_left(values, at, key=_begins) for at in (start, end))
    return Part(
        pages=part.stretch.pages,
        document=part.document,
        annex_of=annex_of,
        values=list(values[first:beyond]),
        outline=part.outline.headings,
        tables=part.tables,
        warnings=part.outline.warnings,
    )
