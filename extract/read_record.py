"""From a document as read, or a plain text, to its record: the main flow of extraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from extract.addressees import read_addressees
from extract.bases import read_legal_bases
from extract.counts import find_counts
from extract.dates import find_dates
from extract.evidence import absent, value_field
from extract.head import Head, read_head
from extract.marks import confirmed_signer, read_digital_signatures, read_secrecy, read_urgency
from extract.minutes import minutes_date
from extract.money import find_money
from extract.patterns import Found, Taken
from extract.patterns import Source as PatternSource
from extract.periods import find_periods
from extract.recipients import read_recipients
from extract.record import DocumentFields, PageQuality, Quality, Reading, Record, Source, ValueField
from extract.references import Reference, find_references
from extract.restored_words import with_restored_words
from extract.signature import read_signature
from extract.title import Title, read_title
from extract.tokens import TokenisedText, tokens_from_document, tokens_from_text, vietnamese
from extract.zones import zones_of
from ocr.tree import DigitalSignature, Document, TextFrom

__all__ = ["extract_document", "extract_text"]


def extract_document(document: Document, source: Source) -> Record:
    """The record of a document that was read page by page.

    Args:
        document: Pages of lines of words with boxes.
        source: Name, hash, size and pages of the file it came from.
    """
    with vietnamese().memory_zone():
        record = _extract(tokens_from_document(document), source, document.signatures)
    if _is_from_image(record.document.subject, document):
        record.document.subject = with_restored_words(record.document.subject)
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
    warnings = [*document.warnings, *record.warnings]
    return record.model_copy(update={"quality": Quality(pages=pages), "warnings": warnings})


def _is_from_image(reading: Reading | None, document: Document) -> bool:
    """Whether ``reading`` stands on a page that OCR read; print and typed text are left as they are."""
    on = {place.page for place in reading.where} if reading else set()
    return any(page.number in on and page.text_from is TextFrom.IMAGE for page in document.pages)


def extract_text(text: str, name: str) -> Record:
    """The record of a plain text; form feeds count as page ends, ``where`` stays empty.

    Args:
        text: Any Unicode text.
        name: Shown in the record.
    """
    raw = text.encode("utf-8", "surrogatepass")
    source = Source(name=name, sha256=sha256(raw).hexdigest(), bytes=len(raw), pages=text.count("\f") + 1)
    with vietnamese().memory_zone():
        return _extract(tokens_from_text(text), source, ())


def _extract(tokens: TokenisedText, source: Source, signatures: Sequence[DigitalSignature]) -> Record:
    zones = zones_of(tokens)
    head = read_head(tokens, zones)
    title = read_title(tokens, zones, head)
    signature = read_signature(tokens, zones)
    references = find_references(PatternSource(tokens.text, tokens.folded))
    own = head.number.span if head.number else None
    references = [item for item in references if own is None or not own[0] <= item.code_span[0] < own[1]]
    fields = DocumentFields(
        **_numbering(head, title),
        type=title.type,
        issue_date=head.issue_date or minutes_date(tokens, zones, title.type),
        place=head.place,
        issuer=head.issuer,
        parent_organ=head.parent_organ,
        subject=title.subject,
        signer=confirmed_signer(signature.signer, signatures),
        signer_title=signature.title,
        signing_authority=signature.authority,
        secrecy=read_secrecy(tokens, zones),
        urgency=read_urgency(tokens, zones),
        addressees=read_addressees(tokens, zones),
        legal_bases=read_legal_bases(tokens, zones, references),
        recipients=read_recipients(tokens, zones),
        digital_signatures=read_digital_signatures(tokens, zones, signatures),
    )
    return Record(source=source, document=fields, values=_values(tokens, references))


def _numbering(head: Head, title: Title) -> dict[str, Reading | None]:
    """Number, symbol and code; minutes have none, so that a number they cite is never taken for their own."""
    if head.number is not None:
        return {"number": head.number.number, "symbol": head.number.symbol, "code": head.number.code}
    if title.type is not None and title.type.value == "Biên bản":
        return {name: absent("minutes.no_number") for name in ("number", "symbol", "code")}
    return {"number": None, "symbol": None, "code": None}


def _values(tokens: TokenisedText, references: Iterable[Reference]) -> list[ValueField]:
    """All values of the body, in the order of the text."""
    source = PatternSource(tokens.text, tokens.folded)
    found: list[Found] = [reference.found() for reference in references]
    taken = Taken()
    for reference in references:
        taken.add(*reference.code_span)
    for finder in (find_periods, find_money, find_counts, find_dates):
        for value in finder(source):
            if not taken.overlaps(value.start, value.end):
                taken.add(value.start, value.end)
                found.append(value)
    return [value_field(tokens, value) for value in sorted(found, key=lambda value: value.start)]
