"""The fields (thể thức) of one document: every reader asked once, and what their findings mean together."""

from __future__ import annotations

from collections.abc import Sequence

from extract.addressees import read_addressees
from extract.bases import read_legal_bases
from extract.codes import symbol_letters
from extract.copy_marks import read_copy_mark
from extract.document_types import type_of_letters
from extract.evidence import absent
from extract.head import Head, read_head
from extract.incoming import read_arrival
from extract.marks import confirmed_signer, read_digital_signatures, read_draft, read_secrecy, read_urgency
from extract.minutes import MINUTES, minutes_date
from extract.recipients import read_recipients
from extract.record import DocumentFields, Reading
from extract.references import Reference
from extract.signature import read_signature
from extract.title import Title, read_title
from extract.tokens import TokenisedText
from extract.zones import Zones
from ocr.tree import DigitalSignature

__all__ = ["read_document"]


def read_document(
    tokens: TokenisedText, zones: Zones, references: Sequence[Reference], signatures: Sequence[DigitalSignature]
) -> tuple[DocumentFields, list[Reference]]:
    """The fields of a document, and the references without its own number.

    Args:
        tokens: The text with the lines of this document.
        zones: Its zones.
        references: What it cites, and its own number as far as that looks like a citation.
        signatures: Digital signatures that the file holds.
    """
    head = read_head(tokens, zones)
    title = read_title(tokens, zones, head)
    signature = read_signature(tokens, zones, head.issuer)
    own = head.number.span if head.number else None
    cited = [item for item in references if own is None or not own[0] <= item.code_span[0] < own[1]]
    draft = read_draft(tokens, zones)
    arrival = read_arrival(tokens)
    fields = DocumentFields(
        **_numbering(head, title, draft),
        type=title.type,
        issue_date=head.issue_date or minutes_date(tokens, zones, title.type),
        place=head.place,
        issuer=head.issuer,
        parent_organ=head.parent_organ,
        subject=title.subject,
        signer=confirmed_signer(signature.signer, signatures),
        signer_title=signature.title,
        signing_authority=signature.authority,
        co_signers=list(signature.others),
        secrecy=read_secrecy(tokens, zones),
        urgency=read_urgency(tokens, zones),
        addressees=read_addressees(tokens, zones),
        legal_bases=read_legal_bases(tokens, zones, cited),
        recipients=read_recipients(tokens, zones),
        digital_signatures=read_digital_signatures(tokens, zones, signatures),
        copy_mark=read_copy_mark(tokens),
        arrival_number=arrival.number,
        arrival_date=arrival.date,
        draft=draft,
    )
    return fields, cited


def _numbering(head: Head, title: Title, draft: Reading | None) -> dict[str, Reading | None]:
    """Number, symbol and code; minutes have none, so that a number they cite is never taken for their own."""
    found = head.number
    if title.type is not None and title.type.value == MINUTES and not _is_of_minutes(head, title.type):
        return {name: absent("minutes.no_number") for name in ("number", "symbol", "code")}
    if found is None:
        return {"number": None, "symbol": None, "code": None}
    if found.number is None and draft is not None:
        return {"number": absent("draft.no_number"), "symbol": found.symbol, "code": absent("draft.no_number")}
    return {"number": found.number, "symbol": found.symbol, "code": found.code}


def _is_of_minutes(head: Head, kind: Reading) -> bool:
    """Some offices number their minutes: above the title, with BB or an organ's letters in the symbol."""
    found = head.number
    if found is None or (kind.span is not None and kind.rule == "title.type" and found.span[0] > kind.span[0]):
        return False
    named = type_of_letters(symbol_letters(str(found.symbol.value))) if found.symbol else None
    return named in {None, MINUTES}
