"""Digital signatures as the PDF's own structure names them: who, for which organ, when, where on the page.

Nothing is verified: no hash, no chain, no revocation. The file is never altered.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import regex
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name, Object, Pdf

from ocr.pdf_geometry import PageGeometry, pdf_number
from ocr.tree import Box, DigitalSignature

__all__ = ["parse_pdf_date", "read_signatures"]

_MAX_FIELDS = 10_000
_DATE = regex.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"\s*(?:(?P<utc>Z)|(?P<sign>[+-])(?P<off_hour>\d\d)'?(?P<off_minute>\d\d)?)?"
)
# "NAME<mail> đã ký lên văn bản này!": the signing tool of the Government Cipher Committee writes it as the reason.
_REASON = regex.compile(r"(?P<who>[^<>]{3,150}?)\s*(?:<[^<>]*>)?\s+(?:đã\s+)?ký\b", regex.IGNORECASE)
_EMAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Signed attribute 1.2.840.113549.1.9.5 (signingTime), then SET { UTCTime or GeneralizedTime }.
_SIGNING_TIME = regex.compile(
    rb"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05\x31.(?:\x17\x0d(?P<utc>\d{12}Z)|\x18\x0f(?P<general>\d{14}Z))",
    regex.DOTALL,
)


def read_signatures(pdf: Pdf, geometry: Callable[[int], PageGeometry | None]) -> tuple[DigitalSignature, ...]:
    """Signatures in the order of their time (those without one last); time stamps of the whole file are left out.

    Args:
        pdf: Open PDF.
        geometry: Page index from 0 to the page's geometry, None where it cannot be had.
    """
    fields = [field for field in _signed_fields(pdf) if field.V.get("/Type") != Name.DocTimeStamp]
    if not fields:
        return ()
    places = _widget_places(pdf)
    found = [_signature(field, places, geometry) for field in fields]
    undated = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda signature: signature.time or undated))


def parse_pdf_date(text: str) -> datetime | None:
    """``D:20250627170011+07'00'`` as a time; without offset it is taken as Vietnamese time (+07:00)."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    part = {key: int(value) if value and value.isdigit() else 0 for key, value in match.groupdict().items()}
    offset = timedelta(hours=7)
    if match["utc"]:
        offset = timedelta(0)
    elif match["sign"]:
        offset = timedelta(hours=part["off_hour"], minutes=part["off_minute"]) * (-1 if match["sign"] == "-" else 1)
    try:
        return datetime(
            part["year"],
            part["month"] or 1,
            part["day"] or 1,
            part["hour"],
            part["minute"],
            part["second"],
            tzinfo=timezone(offset),
        )
    except ValueError:
        return None


def _signed_fields(pdf: Pdf) -> Iterator[Dictionary]:
    """Fields of type /Sig that hold a signature, each once."""
    form = pdf.Root.get("/AcroForm")
    roots = form.get("/Fields") if isinstance(form, Dictionary) else None
    todo: list[tuple[Object, Object | None]] = [(field, None) for field in roots] if isinstance(roots, Array) else []
    seen: set[tuple[int, int]] = set()
    while todo and len(seen) < _MAX_FIELDS:
        field, kind = todo.pop()
        if not isinstance(field, Dictionary) or (field.objgen != (0, 0) and field.objgen in seen):
            continue
        seen.add(field.objgen)
        kind = field.get("/FT", kind)
        if kind == Name.Sig and isinstance(field.get("/V"), Dictionary):
            yield field
        kids = field.get("/Kids")
        if isinstance(kids, Array):
            todo += [(kid, kind) for kid in kids]


def _widget_places(pdf: Pdf) -> dict[tuple[int, int], int]:
    """Object number of every annotation to its page's index."""
    places: dict[tuple[int, int], int] = {}
    try:
        for index, page in enumerate(pdf.pages):
            notes = page.obj.get("/Annots")
            for note in notes if isinstance(notes, Array) else ():
                if isinstance(note, Dictionary) and note.objgen != (0, 0):
                    places.setdefault(note.objgen, index)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        return places
    return places


def _signature(
    field: Dictionary,
    places: dict[tuple[int, int], int],
    geometry: Callable[[int], PageGeometry | None],
) -> DigitalSignature:
    value = field.V
    contents = _bytes(value.get("/Contents"))
    subject = _signer_certificate(contents)
    reason = _text(value.get("/Reason"))
    stamped = parse_pdf_date(_text(value.get("/M"))) or _signing_time(contents)
    page, box = _place(field, places, geometry)
    return DigitalSignature(
        signer=_attribute(subject, NameOID.COMMON_NAME) or _text(value.get("/Name")) or _who(reason),
        organ=_attribute(subject, NameOID.ORGANIZATION_NAME),
        time=stamped,
        email=_email(subject, reason),
        page=page,
        box=box,
    )


def _place(
    field: Dictionary,
    places: dict[tuple[int, int], int],
    geometry: Callable[[int], PageGeometry | None],
) -> tuple[int | None, Box | None]:
    """Page from 1 and box of the first visible widget."""
    kids = field.get("/Kids")
    for widget in [field, *(kids if isinstance(kids, Array) else ())]:
        index = places.get(widget.objgen) if isinstance(widget, Dictionary) else None
        rect = widget.get("/Rect") if index is not None else None
        if index is None or not isinstance(rect, Array) or len(rect) != 4:
            continue
        page = geometry(index)
        x0, y0, x1, y1 = (pdf_number(edge, 0.0) for edge in rect)
        if page is not None and x0 != x1 and y0 != y1:
            return index + 1, page.around([(x0, y0), (x1, y1)])
    return None, None


def _signer_certificate(contents: bytes) -> x509.Certificate | None:
    """The one that issued none of the others: chains come in any order, the signer's own is the leaf."""
    der = _without_padding(contents)
    if not der:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some signers write BER, which cryptography reads with a warning
            certificates = pkcs7.load_der_pkcs7_certificates(der)
        issuers = {certificate.issuer for certificate in certificates if certificate.issuer != certificate.subject}
        leaves = [certificate for certificate in certificates if certificate.subject not in issuers]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return next(iter(leaves or certificates), None)


def _without_padding(contents: bytes) -> bytes:
    """/Contents is filled up with zeros: cut it to the length its first tag names. BER of open length stays as is."""
    if len(contents) < 2 or contents[0] != 0x30:
        return b""
    if contents[1] == 0x80:
        return contents.rstrip(b"\x00") + b"\x00\x00" * 4
    if contents[1] < 0x80:
        return contents[: contents[1] + 2]
    digits = contents[1] & 0x7F
    return contents[: int.from_bytes(contents[2 : 2 + digits], "big") + 2 + digits]


def _signing_time(contents: bytes) -> datetime | None:
    match = _SIGNING_TIME.search(contents)
    if match is None:
        return None
    text = (match["general"] or b"20" + (match["utc"] or b"")).decode("ascii")
    return parse_pdf_date(text)


def _attribute(certificate: x509.Certificate | None, oid: x509.ObjectIdentifier) -> str | None:
    if certificate is None:
        return None
    values = [str(attribute.value).strip() for attribute in certificate.subject.get_attributes_for_oid(oid)]
    return next((_tidy(value) for value in values if value), None)


def _email(certificate: x509.Certificate | None, reason: str) -> str | None:
    """From the subject, else from the alternative name, else from a reason like ``NAME<mail> đã ký``."""
    named = _attribute(certificate, NameOID.EMAIL_ADDRESS)
    match = _EMAIL.search(reason)
    return named or next(iter(_alternative_mails(certificate)), None) or (match[0] if match else None)


def _alternative_mails(certificate: x509.Certificate | None) -> list[str]:
    if certificate is None:
        return []
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return names.get_values_for_type(x509.RFC822Name)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError):
        return []


def _who(reason: str) -> str | None:
    """For files encrypted after signing: their certificates cannot be read, the reason can."""
    match = _REASON.match(reason)
    return match["who"].strip() if match else None


def _bytes(value: Object | None) -> bytes:
    return bytes(value) if isinstance(value, pikepdf.String) else b""


def _text(value: Object | None) -> str:
    if not isinstance(value, pikepdf.String):
        return ""
    try:
        return _tidy(str(value))
    except UnicodeDecodeError:  # a byte that is neither PDFDocEncoding nor UTF-16
        return ""


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
