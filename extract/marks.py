"""Secrecy, urgency and draft marks, and digital signatures printed on the page or held in the PDF."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.clock import moment_in
from extract.evidence import reading
from extract.record import Alternative, Reading, Where
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones
from normalize.folding import fold_aligned
from ocr.tree import DigitalSignature

__all__ = ["confirmed_signer", "read_digital_signatures", "read_draft", "read_secrecy", "read_urgency"]

# The mark is the whole line, or the line says "Độ mật: ...". Folded, with the value as NĐ 30/2020 writes it.
_SECRECY = (("tuyet mat", "TUYỆT MẬT"), ("toi mat", "TỐI MẬT"), ("mat", "MẬT"))
_URGENCY = (("hoa toc", "HỎA TỐC"), ("thuong khan", "THƯỢNG KHẨN"), ("khan", "KHẨN"))
_CONFIRMED = 0.98  # a name read on the page and found in the file is as sure as it gets
_LABEL = regex.compile(r"(?:do|muc do)\s(?:mat|khan)\s?:?\s?")
_BOX_FIELDS = (
    ("signer", regex.compile(r"(?:nguoi|ng\w{2,4}i)\s{1,3}ky\s{0,2}:\s{0,3}(?P<value>[^\n]+)")),
    ("email", regex.compile(r"email\s{0,2}:\s{0,3}(?P<value>\S+@\S+)")),
    ("organ", regex.compile(r"co\s{1,3}quan\s{0,2}:\s{0,3}(?P<value>[^\n]+)")),
    ("time", regex.compile(r"(?:thoi\s{1,3}gian|ngay)\s{1,3}ky\s{0,2}:\s{0,3}(?P<value>[^\n]+)")),
)
_DRAFT = regex.compile(
    r"\W{0,4}(?P<mark>du\s{0,2}thao(?:\s{1,3}(?:lan\s{1,3}(?:thu\s{1,3})?)?(?:\d{1,2}|[ivx]{1,4}))?)\W{0,4}$"
)


def read_secrecy(tokens: TokenisedText, zones: Zones) -> Reading | None:
    """MẬT, TỐI MẬT or TUYỆT MẬT."""
    return _mark(tokens, zones, _SECRECY, "mark.secrecy")


def read_urgency(tokens: TokenisedText, zones: Zones) -> Reading | None:
    """KHẨN, THƯỢNG KHẨN or HỎA TỐC."""
    return _mark(tokens, zones, _URGENCY, "mark.urgency")


def _mark(tokens: TokenisedText, zones: Zones, marks: Sequence[tuple[str, str]], rule: str) -> Reading | None:
    for line in _upper_lines(tokens, zones):
        folded = " ".join(tokens.folded[line.start : line.end].strip(" .:-*|[]()").split())
        labelled = _LABEL.match(folded)
        word = folded[labelled.end() :] if labelled else folded
        value = dict(marks).get(word)
        if value and (labelled or line.text.strip(" .:-*|[]()").isupper()):
            return reading(tokens, value, [(line.start, line.end)], rule, strength=0.9)
    return None


def _upper_lines(tokens: TokenisedText, zones: Zones) -> list[TextLine]:
    """Where marks stand on the first page: stamps, head and what the layout left above the text."""
    first_page = tokens.lines[0].page if tokens.lines else 1
    return [line for line in (*zones.stamps, *zones.head, *zones.body[:12]) if line.page == first_page]


def read_draft(tokens: TokenisedText, zones: Zones) -> Reading | None:
    """DỰ THẢO, DỰ THẢO LẦN 2: a line of its own in the head of the first page."""
    for line in _upper_lines(tokens, zones):
        match = _DRAFT.match(tokens.folded, line.start, line.end)
        if match and tokens.text[match.start("mark")].isupper():
            value = " ".join(tokens.text[slice(*match.span("mark"))].split()).upper()
            return reading(tokens, value, [match.span("mark")], "mark.draft", strength=0.92)
    return None


def read_digital_signatures(
    tokens: TokenisedText, zones: Zones, signatures: Sequence[DigitalSignature]
) -> list[Reading]:
    """Signatures of the PDF itself; without any, what their boxes printed on the page say."""
    held = [_held(signature) for signature in signatures]
    return held or _printed(tokens, zones)


def confirmed_signer(signer: Reading | None, signatures: Sequence[DigitalSignature]) -> Reading | None:
    """The printed signer with the marks of the same person's digital signature, where they differ in marks only."""
    if signer is None:
        return None
    names = [signature.signer for signature in signatures if signature.signer]
    same = [name for name in names if fold_aligned(name).split() == fold_aligned(signer.value).split()]
    if not same:
        return signer
    if same[0] == signer.value:
        return signer.model_copy(update={"status": "read", "confidence": max(signer.confidence, _CONFIRMED)})
    printed = Alternative(value=signer.value, raw=signer.raw, where=signer.where, confidence=0.1)
    update = {"value": same[0], "status": "restored", "rule": "signature.pdf_name", "alternatives": [printed]}
    return signer.model_copy(update={**update, "confidence": _CONFIRMED})


def _held(signature: DigitalSignature) -> Reading:
    value = {
        "signer": signature.signer,
        "organ": signature.organ,
        "email": signature.email,
        "time": signature.time.isoformat() if signature.time else None,
    }
    places = []
    if signature.box is not None and signature.page is not None:
        x0, y0, x1, y1 = signature.box.as_list()
        places.append(Where(page=signature.page, box=(x0, y0, x1, y1)))
    return Reading(value=value, raw="", where=places, confidence=0.99, rule="signature.pdf")


def _printed(tokens: TokenisedText, zones: Zones) -> list[Reading]:
    readings = []
    for group in _neighbours(zones.signature_boxes):
        start, end = group[0].start, group[-1].end
        value: dict[str, str | None] = {}
        for name, pattern in _BOX_FIELDS:
            match = pattern.search(tokens.folded, start, end)
            value[name] = tokens.text[slice(*match.span("value"))].strip() if match else None
        value["time"] = moment_in(value["time"] or tokens.text[start:end])
        if any(value.values()):
            readings.append(reading(tokens, value, [(start, end)], "signature.box", strength=0.8, weakest=True))
    return readings


def _neighbours(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and line.index == groups[-1][-1].index + 1 and line.page == groups[-1][-1].page:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
