"""From a document as read, or a plain text, to its record: the main flow of extraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from extract.annexes import read_annex
from extract.checks import contradiction_warnings, find_contradictions
from extract.document_fields import read_document
from extract.outline import Outline, read_outline
from extract.parts import Stretch, find_parts, owner_of, printed_numbers, view_of
from extract.pipeline import annotated, values_of
from extract.record import DocumentFields, PageQuality, Part, Quality, Record, Source, Table, ValueField
from extract.references import Reference
from extract.restored_text import RestoredText, restored_text
from extract.restored_words import propose_words
from extract.spans_as_read import count_in_text_as_read
from extract.tables import read_tables
from extract.tokens import TokenisedText, tokens_from_document, tokens_from_text, vietnamese
from extract.zones import zones_of
from ocr.tree import DigitalSignature, Document, TextFrom

__all__ = ["extract_document", "extract_text"]


def extract_document(document: Document, source: Source, restored: RestoredText | None = None) -> Record:
    """The record of a document that was read page by page.

    Args:
        document: Pages of lines of words with boxes.
        source: Name, hash, size and pages of the file it came from.
        restored: The document's text, where the caller has restored it already.
    """
    with vietnamese().memory_zone():
        tokens = tokens_from_document(document, restored)
        record = _extract(tokens, source, document.signatures, printed_numbers(document))
        count_in_text_as_read(record, tokens)
    propose_words(record, {page.number for page in document.pages if page.text_from is TextFrom.IMAGE})
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
    warnings = [*document.warnings, *_restoration(tokens), *record.warnings]
    return record.model_copy(update={"quality": Quality(pages=pages), "warnings": warnings})


def extract_text(text: str, name: str, restored: RestoredText | None = None) -> Record:
    """The record of a plain text; form feeds count as page ends, ``where`` stays empty.

    Args:
        text: Any Unicode text; one that is broken (read without a Vietnamese model, marks lost) is restored first.
        name: Shown in the record.
        restored: The text, where the caller has restored it already.
    """
    raw = text.encode("utf-8", "surrogatepass")
    source = Source(name=name, sha256=sha256(raw).hexdigest(), bytes=len(raw), pages=text.count("\f") + 1)
    with vietnamese().memory_zone():
        tokens = tokens_from_text(restored or restored_text(text))
        record = _extract(tokens, source, ())
        count_in_text_as_read(record, tokens)
    return record.model_copy(update={"warnings": [*_restoration(tokens), *record.warnings]})


def _restoration(tokens: TokenisedText) -> tuple[str, ...]:
    """The warning that values were read from a restored text."""
    restored = tokens.restored
    return (f"restored: {restored.damage}",) if restored.is_restored else ()


def _extract(
    tokens: TokenisedText,
    source: Source,
    signatures: Sequence[DigitalSignature],
    numbers: Mapping[int, int] | None = None,
) -> Record:
    """The record of a whole file, its documents told apart."""
    annotated(tokens)
    stretches = find_parts(tokens, numbers)
    parts = [_read_part(tokens, stretch, signatures) for stretch in stretches]
    values = values_of(tokens, [item for part in parts for item in part.references])
    told_apart = [_part(part, values, owner_of(stretches, at)) for at, part in enumerate(parts)]
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
    record.contradictions = find_contradictions(record, tokens.text)
    record.warnings += contradiction_warnings(record.contradictions)
    return record


@dataclass(frozen=True, slots=True)
class _ReadPart:
    """One document of the file but for its values; ``references`` are without its own number."""

    stretch: Stretch
    document: DocumentFields
    references: Sequence[Reference]
    outline: Outline
    tables: list[Table]


def _read_part(tokens: TokenisedText, stretch: Stretch, signatures: Sequence[DigitalSignature]) -> _ReadPart:
    """One document of the file; spans count in the whole file."""
    part = view_of(tokens, stretch)
    zones = zones_of(part)
    references = [item for item in tokens.doc._.references if stretch.holds(item.code_span[0])]
    if stretch.annex:
        fields = read_annex(part, zones, references)
    else:
        fields, references = read_document(part, zones, references, _on_pages(signatures, stretch))
    return _ReadPart(stretch, fields, references, read_outline(part, zones), read_tables(part))


def _on_pages(signatures: Sequence[DigitalSignature], stretch: Stretch) -> list[DigitalSignature]:
    """Signatures shown on the document's pages; the first document has those that are shown nowhere."""
    first = stretch.start == 0
    return [item for item in signatures if item.page in stretch.pages or (first and item.page is None)]


def _part(part: _ReadPart, values: Sequence[ValueField], annex_of: int | None) -> Part:
    return Part(
        pages=part.stretch.pages,
        document=part.document,
        annex_of=annex_of,
        values=[value for value in values if value.span and part.stretch.holds(value.span[0])],
        outline=part.outline.headings,
        tables=part.tables,
        warnings=part.outline.warnings,
    )
