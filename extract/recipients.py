"""Recipients: the items below "Nơi nhận"."""

from __future__ import annotations

import regex

from extract.codes import squeezed
from extract.evidence import Span, confidence_of, reading, restored_reading
from extract.head_number import DOUBLING
from extract.record import Reading
from extract.restore_marks import with_known_marks
from extract.tokens import TextLine, TokenisedText
from extract.zones import Zones, is_capitals
from ocr.tree import Role

__all__ = ["FILED", "RECIPIENTS", "RECIPIENT_ITEM", "read_recipients"]

RECIPIENTS = regex.compile(
    r"\W{0,3}(?:[nm]\wi\s{0,3}nh\wn\s{0,2}[:;.,]?|[nm]\w\s{0,3}nh\wn\s{0,2}[:;]|nhan\s?:\s{0,3}$)"
)
FILED = regex.compile(r"\W{0,4}luu\s?[:;.]")  # the last item of every list, where the label is lost
RECIPIENT_ITEM = regex.compile(r"\s{0,3}(?:[-–—+•*~=_]{1,2}\s{0,3}|[‘’“”\"«]\s{1,3}(?=\p{Lu}))")
_EDGE = " .,:;'‘’\"“”`~*«_-–—"  # what hyphens in small print are read as
_TAIL = " .,:;-–—_("
_CLOSED = (";", ".", ":")
_STOP = regex.compile(r"[;.:,][^\p{L}\p{N})]{0,6}$")  # specks behind it
# Of 349 items on 118 scans 9 were wrong: 5 of these had an open end in such a list, none of the others.
_MOSTLY_CLOSED = 0.6  # share of a list's items
_CLEAR = 0.8  # confidence of the weakest word of a last item, which often has no stop
_FAINT = 0.5
_NOTHING_FILED = "Lưu"
_PURPOSE = regex.compile(r"\((?:để )?[bpt]/[bchk]\)$")  # of a closed set, however badly engines know it
_BESIDE = 24.0  # points: items stand below the label, or a letter or two further right
# Abbreviations of a closed set, which small print loses: "ư trên", "(b/€)", "(đề p/h)", "Lưu: VI, NV".
_FORMS = (
    (regex.compile(r"^(?:(?:Nh|h)?[ưuựữừứ]\s?tr[eêếề]n|Như\s?tr[eêếề]|[t†]?rên)$", regex.IGNORECASE), "Như trên"),
    (regex.compile(r"(?<=\()(?:đ[eêềếểẻ]\s{1,2})(?=[bpt]/?[hckb©€e]\))"), "để "),
    (regex.compile(r"(?<=\((?:để )?)(?:b?/[©€eoG]|[bhÙU6][/íìiIl1:;!|][cC©€eoG])(?=\))"), "b/c"),
    (regex.compile(r"(?<=\((?:để )?)ph(?=\))"), "p/h"),
    (regex.compile(r"^L[\p{L}]{2,3}[:;.]?\s(?=VT\b)"), "Lưu: "),
    (regex.compile(r"(?<=^Lưu: VT)\s(?=\p{Lu})"), ", "),
    (regex.compile(r"(?<=^Lưu\s?[:;.]?\s?)V(?:[I1lF\[\]|]|T[FfIl1])(?=[,;.\s]|$)"), "VT"),
)
_MIXED = regex.compile(r"\p{Lu}*\p{Cyrillic}\p{Lu}*")  # text layers write "ВСТ" in Cyrillic letters
_SHORT_ITEM = 12  # characters: a shorter item does not wrap


def read_recipients(tokens: TokenisedText, zones: Zones) -> list[Reading]:
    """Items below "Nơi nhận", each joined over its lines."""
    lines = [line for line in zones.foot if line.role is not Role.FOOT_RIGHT]
    at = next((i for i, line in enumerate(lines) if RECIPIENTS.match(tokens.folded, line.start, line.end)), None)
    if at is None and not any(FILED.match(tokens.folded, line.start, line.end) for line in lines):
        return []
    items: list[list[Span]] = []
    below = lines if at is None else lines[at + 1 :]
    left = min((line.box.x0 for line in below if line.box), default=0.0)
    for line in below:
        bullet = RECIPIENT_ITEM.match(tokens.text, line.start, line.end)
        if bullet:
            items.append([(bullet.end(), line.end)])
        elif items and _continues(tokens, items[-1], line):
            items[-1].append((line.start, line.end))
        elif _is_item(tokens, items[-1] if items else None, line, left):
            items.append([(line.start, line.end)])  # its hyphen was lost
        elif items:
            break
    open_ends = _open_ends(tokens, items)
    return [
        item for spans, is_open in zip(items, open_ends, strict=True) if (item := _recipient(tokens, spans, is_open))
    ]


def _open_ends(tokens: TokenisedText, items: list[list[Span]]) -> list[bool]:
    """Which items lost their end: those without a stop in a list whose items have one, but for a clear last one."""
    closed = [_STOP.search(tokens.text[slice(*item[-1])]) is not None for item in items]
    listed = sum(closed) > _MOSTLY_CLOSED * len(items[:-1])
    clear = bool(items) and confidence_of(tokens, items[-1], weakest=True) >= _CLEAR
    return [listed and not closed[at] and not (clear and at == len(items) - 1) for at in range(len(items))]


def _continues(tokens: TokenisedText, item: list[Span], line: TextLine) -> bool:
    """An item goes on in the next line unless it was closed, or the line looks like a signature."""
    before = tokens.text[slice(*item[-1])].rstrip()
    return not before.endswith(_CLOSED) and not _looks_signed(line.text) and len(before) > _SHORT_ITEM


def _is_item(tokens: TokenisedText, item: list[Span] | None, line: TextLine, left: float) -> bool:
    before = tokens.text[slice(*item[-1])].rstrip() if item else ";"
    if len(before) <= _SHORT_ITEM:
        before = before.replace(",", ";")
    if line.box is not None and line.box.x0 > left + _BESIDE:
        return False
    return before.endswith(_CLOSED) and line.text.rstrip().endswith(_CLOSED) and not _looks_signed(line.text)


def _looks_signed(text: str) -> bool:
    return is_capitals(text) and not any(mark in text for mark in ",;:")


def _recipient(tokens: TokenisedText, spans: list[Span], is_open: bool) -> Reading | None:
    """An item as printed, known forms restored; in doubt where its end or a bracket is open or it was hardly read."""
    printed = " ".join(" ".join(tokens.text[slice(*span)].split()) for span in spans).rstrip(_TAIL).lstrip(_EDGE)
    value = _MIXED.sub(lambda word: squeezed(word.group()), printed)
    if confidence_of(tokens, spans, weakest=True) < DOUBLING:
        value = value.replace("ĐĐ", "Đ")
    for form, whole in _FORMS:
        value = form.sub(whole, value)
    value = with_known_marks(value, ("recipient_phrases.txt",))
    if sum(map(str.isalpha, value)) <= 2:
        return None
    if value != printed:
        return restored_reading(tokens, value, printed, spans, "recipients.item", strength=0.85)
    faint = confidence_of(tokens, spans, weakest=True) < _FAINT and not _PURPOSE.search(value)
    torn = is_open or faint or value == _NOTHING_FILED or value.count("(") > value.count(")")
    strength = 0.6 if torn else 0.93
    return reading(tokens, value, spans, "recipients.item", strength=strength, status="inferred" if torn else "read")
