"""The head of a document: organs left, place and date right; also from heads flattened into single lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex
from rapidfuzz.distance import OSA

from extract.document_types import title_pattern, type_named
from extract.evidence import Span, confidence_of, name_reading, restored_reading
from extract.head_date import HEAD_DATE, PLACE_NAME, filled_in_by_hand, find_head_date
from extract.head_number import (
    NUMBER_WORD,
    HeadNumber,
    find_number,
    find_torn_number,
    opens_number,
    with_figures_apart_by_hand,
    with_type_of_title,
)
from extract.organs import begins_organ, group_organs
from extract.record import Alternative, Reading
from extract.restore_marks import with_known_marks
from extract.same_names import agreed_name, place_of
from extract.tokens import TextLine, TokenisedText
from extract.torn_organs import in_doubt_where_torn, in_doubt_without_place
from extract.zones import Zones, is_capitals
from normalize.folding import fold_aligned
from ocr.tree import Role

__all__ = ["Head", "read_head"]

_MOTTO = regex.compile(
    r"c\w{0,2}ng\s{0,2}h\w{1,2}\s{0,2}x\w\s|c\w{0,2}ng\s{1,2}h\w{1,2}\s{1,2}x\w|d\w{1,2}oc\s{1,3}l\w{1,2}p\b|"
    r"d\w{1,2}c\s{1,3}l\w{1,2}p\s{0,3}[-–—~]|\bdang\s{1,3}cong\s{1,3}san\s{1,3}viet"
)
_RULE = regex.compile(r"[^\p{L}\p{N})]{0,6}[-–—_]{2,}\W*$")  # below the name
_ATTACHED = regex.compile(r"\W{0,3}(?:ban\s{1,3}hanh\s{1,3})?kem\s{1,3}theo\b")
# V/v in small print comes out as "V/w", "V/ ", "⁄%", "⁄v"
_SUBJECT_MARK = regex.compile(
    r"[\s.,:;'\"_|-]{0,6}(?P<mark>v\s?[/⁄]\s?[vwy%]?(?!\w)|[/⁄]\s?[v%](?!\w)|[/⁄](?=\s)|ve\s{1,3}viec\b)"
)
# Below it: the number of an arrival stamp, addressees
_NO_SUBJECT = regex.compile(r"^\W{0,3}(?!(?:19|20)\d\d\b)\d{1,6}\W{0,3}$|\bk\w{1,2}nh\s{1,3}g\w{1,2}i\s?[:;]")
_CAPITALS_OF_AN_ORGAN = 12  # a longer line of capitals under a V/v is not its continuation
_PLACE_SLIPS = 2  # letters
_SHORTEST_LINE = 8  # characters
_LEAST_BESIDE_DATE = 4
_NO_ORGAN = regex.compile(
    r"(?:toi\s|tuyet\s)?mat$|(?:thuong\s)?khan$|hoa\stoc|du\sthao|sao\s(?:y|luc)|luu\shanh|den$|xem\sxong|tel|fax|email|"
    r"website|dia\schi"
)
# A number line that could not be read as one: "Sô237ØUBND-KGVX", or a symbol alone.
# The symbol of a number that was not read: what stands below it is a stamp or the subject, no organ.
_SYMBOL = regex.compile(r"/\s?\p{Lu}\p{L}{0,5}\s?[-–]\s?\p{Lu}{2}")
_DAMAGED_NUMBER = regex.compile(rf"^{NUMBER_WORD}\s?[:;.\d]|^\S*\p{{Lu}}{{2}}\S*-\S*\p{{Lu}}{{2}}\S*$")
_TITLE_DEPTH = 8  # lines
_MIDDLE = 0.43  # of the page width: titles are centred on 0.47 to 0.56, left heads on 0.25 to 0.35
_SPECKS = regex.compile(r"\s{1,4}[^\p{L}\p{N}\s)–-]{2,6}$")  # "NHAM ._"
_LETTER_BEHIND = regex.compile(r"\s\p{L}$")
_SPECK = 0.5  # confidence of a letter behind a name; "QUẬN A" has more
_FAINT = 0.35  # words the engine hardly believed: specks, rules, the edge of a seal


@dataclass(frozen=True, slots=True)
class Head:
    """Fields of the head; ``subject_spans`` is the V/v text of a công văn, empty without one."""

    number: HeadNumber | None
    issue_date: Reading | None
    place: Reading | None
    issuer: Reading | None
    parent_organ: Reading | None
    subject_spans: tuple[Span, ...]


def read_head(tokens: TokenisedText, zones: Zones) -> Head:
    """Read all fields of the head."""
    left = [line for line in zones.head if line.role is not Role.HEAD_RIGHT]
    right = [line for line in zones.head if line.role is not Role.HEAD_LEFT]
    number = find_number(tokens, left) or find_number(tokens, right)
    dated = find_head_date(tokens, right, number) or find_head_date(tokens, left, number)
    number = number or _below_title(tokens, zones)
    if number is None or dated is None:  # the layout left lines of the head in the body
        above = list(takewhile(lambda line: not _ends_head(tokens, line), zones.above_body))
        number = number or find_number(tokens, above)
        dated = dated or find_head_date(tokens, above, number)
        dated = dated or find_head_date(tokens, _dated_in_words(tokens, zones.signature_boxes), number)
        left = sorted({line.index: line for line in (*left, *_unsplit(tokens, above))}.values(), key=_from_top)
    organs = _organs(tokens, left, number)
    issuer = _organ_reading(tokens, organs[-1], "head.issuer") if organs else None
    parent = _organ_reading(tokens, organs[-2], "head.parent_organ") if len(organs) > 1 else None
    if number is None and issuer is not None:
        number = find_torn_number(tokens, left, str(issuer.value))
    titled = _type_in_title(tokens, zones)
    if number is not None and titled is not None:
        number = with_type_of_title(number, titled)
    if number is not None and dated is not None and dated[0].status == "handwritten":
        number = with_figures_apart_by_hand(tokens, number)
    place = _agreed_place(_place(tokens, dated[1]), issuer, parent) if dated else None
    return Head(
        number=number,
        issue_date=filled_in_by_hand(tokens, dated[0], number) if dated else None,
        place=place,
        issuer=in_doubt_without_place(issuer, place) if issuer and place else issuer,
        parent_organ=parent,
        subject_spans=tuple(_subject(tokens, left) or _unmarked_subject(left, number)),
    )


def _type_in_title(tokens: TokenisedText, zones: Zones) -> str | None:
    """The type that a line of capitals at the top of the text begins with."""
    for line in zones.body[:_TITLE_DEPTH]:
        match = title_pattern().match(tokens.folded, line.start, line.end)
        if match and is_capitals(tokens.text[slice(*match.span())]):
            return type_named(match["type"])
    return None


def _unsplit(tokens: TokenisedText, above: Sequence[TextLine]) -> list[TextLine]:
    """Lines of the head that the layout left in the body, without those in the middle of the page."""
    lines = [line for line in above if line.role is not Role.HEAD_RIGHT and line.cell is None]
    return [line for line in lines if _in_left_half(tokens, line)]


def _in_left_half(tokens: TokenisedText, line: TextLine) -> bool:
    if line.box is None or line.role is Role.HEAD_LEFT or _MOTTO.search(tokens.folded, line.start, line.end):
        return True
    return line.box.centre[0] < _MIDDLE * tokens.frames[line.page].width


def _below_title(tokens: TokenisedText, zones: Zones) -> HeadNumber | None:
    """The number of contracts and certificates: "HỢP ĐỒNG THUÊ XE" / "Số: 07/2029/HĐTX"."""
    lines = zones.body[:_TITLE_DEPTH]
    titles = (title_pattern().match(tokens.folded, line.start, line.end) and is_capitals(line.text) for line in lines)
    at = next((at for at, found in enumerate(titles) if found), None)
    below = [] if at is None else [line for line in lines[at + 1 : at + 3] if opens_number(tokens, line)]
    return find_number(tokens, below)


def _ends_head(tokens: TokenisedText, line: TextLine) -> bool:
    """A title, or what stands below one: "(Kèm theo Báo cáo số ...)" has another document's number."""
    return _is_title(tokens, line) or _ATTACHED.match(tokens.folded, line.start, line.end) is not None


def _is_title(tokens: TokenisedText, line: TextLine) -> bool:
    """A type's name in the middle of the page, also behind a stamp on its line ("ĐẾN THÔNG BÁO")."""
    title = title_pattern().search(tokens.folded, line.start, line.end) if line.role is not Role.HEAD_LEFT else None
    box = tokens.straight_box([title.span()]) if title else None
    middle = box is not None and box.centre[0] >= _MIDDLE * tokens.frames[line.page].width
    return middle and title is not None and is_capitals(tokens.text[slice(*title.span())])


def _dated_in_words(tokens: TokenisedText, lines: Sequence[TextLine]) -> list[TextLine]:
    """The document's own date among lines of a signature box laid over the head; the box has its time in figures."""
    return [line for line in lines if HEAD_DATE.search(tokens.folded, line.start, line.end)]


def _from_top(line: TextLine) -> tuple[float, int]:
    return (line.box.y0 if line.box else 0.0, line.index)


def _place(tokens: TokenisedText, before: Span) -> Reading | None:
    start, end = before
    text = tokens.text[start:end]
    match = PLACE_NAME.search(text)
    if match is None:
        return None
    span = (start + match.start(), start + match.end())
    return _name(tokens, [span], "head.place", strength=0.97)


def _agreed_place(place: Reading | None, issuer: Reading | None, parent: Reading | None) -> Reading | None:
    """The place, a letter or two of it restored where an organ of that very place was read better."""
    organs = _place_of_organ(issuer, parent)
    if place is None or organs is None:
        return organs if place is None else place
    printed, known = str(place.value), str(organs.value)
    tail = " ".join(printed.split()[-len(known.split()) :])
    torn = known.casefold().endswith(f" {printed.casefold()}")
    if issuer is None or not (torn or 0 < OSA.distance(fold_aligned(tail), fold_aligned(known)) <= _PLACE_SLIPS):
        return place
    other = Alternative(value=printed, raw=place.raw, where=place.where, confidence=0.1)
    update = {"value": printed.removesuffix(tail) + known, "status": "restored", "alternatives": [other]}
    return place.model_copy(update={**update, "confidence": min(place.confidence, organs.confidence)})


def _place_of_organ(issuer: Reading | None, parent: Reading | None) -> Reading | None:
    """Where a head has a date but its place could not be read: organs sit in the place they are named after."""
    for organ in (issuer, parent):
        place = place_of(str(organ.value)) if organ else None
        if organ and place:
            update = {"value": place, "status": "inferred", "rule": "issuer.place", "alternatives": []}
            return organ.model_copy(update={**update, "confidence": round(organ.confidence * 0.8, 3)})
    return None


def _organs(tokens: TokenisedText, lines: Sequence[TextLine], number: HeadNumber | None) -> list[list[Span]]:
    """Spans of the organs' names, one list of line spans for each organ, from the top."""
    spans = []
    for line in lines:
        if number is not None and line.start <= number.span[0] < line.end:
            break
        if _SUBJECT_MARK.match(tokens.folded, line.start, line.end) or _SYMBOL.search(line.text):
            break
        span = _organ_span(tokens, line)
        if span is not None:
            spans.append(span)
    groups = group_organs([tokens.text[slice(*span)] for span in spans])
    organs = [[spans[index] for index in group] for group in groups]
    named = [organ for organ in organs if begins_organ(tokens.folded[slice(*organ[0])])]
    return named or organs


def _organ_span(tokens: TokenisedText, line: TextLine) -> Span | None:
    """The part of a head line that can be an organ's name: capitals left of the motto, edges cleaned."""
    start, end = line.start, line.end
    for cut in (_MOTTO, HEAD_DATE):
        match = cut.search(tokens.folded, start, end)
        if match:
            end = match.start()
    text = tokens.text
    while start < end and not text[start].isalpha():
        start += 1
    end = _end_of_name(text, start, end)
    speck = _LETTER_BEHIND.search(text[start:end])
    if speck and confidence_of(tokens, [(end - 1, end)]) < _SPECK:
        end = _end_of_name(text, start, start + speck.start())
    name = text[start:end]
    if sum(char.isalpha() for char in name) < 3 or not is_capitals(name) or name[0].islower():
        return None
    if _NO_ORGAN.match(tokens.folded[start:end]) or _DAMAGED_NUMBER.search(name):
        return None
    return None if confidence_of(tokens, [(start, end)]) < _FAINT else (start, end)


def _end_of_name(text: str, start: int, end: int) -> int:
    for cut in (_SPECKS, _RULE):
        found = cut.search(text, start, end)
        end = found.start() if found else end
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "-–_)"):
        end -= 1
    return end


def _organ_reading(tokens: TokenisedText, spans: list[Span], rule: str) -> Reading:
    known = begins_organ(tokens.folded[slice(*spans[0])])
    organ = _name(tokens, spans, rule, strength=0.95 if known else 0.6)
    return in_doubt_where_torn(organ)


def _name(tokens: TokenisedText, spans: list[Span], rule: str, *, strength: float) -> Reading:
    """A name with the marks of the closed lists, then with those that the rest of the document gives it."""
    found = name_reading(tokens, spans, rule, ("organ_phrases.txt",), strength=strength)
    agreed = agreed_name(tokens, found.value, spans)
    if agreed.value != found.value:
        value = with_known_marks(agreed.value, ("organ_phrases.txt",))  # parted syllables may make known phrases
        found = restored_reading(tokens, value, found.value, spans, rule, strength=strength * 0.9)
    if agreed.doubtful and found.status == "read":
        return found.model_copy(update={"status": "inferred"})
    return found


def _unmarked_subject(lines: Sequence[TextLine], number: HeadNumber | None) -> list[Span]:
    """Lines in small letters under the number: the subject of a công văn whose V/v could not be read."""
    if number is None:
        return []
    below = [line for line in lines if line.start > number.span[1] and line.role is Role.HEAD_LEFT]
    spans = [(line.start, line.end) for line in below if not is_capitals(line.text) and len(line.text) > _SHORTEST_LINE]
    return spans if spans and len(spans) == len(below) else []


def _subject(tokens: TokenisedText, lines: Sequence[TextLine]) -> list[Span]:
    """The V/v lines under the number, up to a line of another kind; place and date beside them are cut off."""
    spans: list[Span] = []
    for line in lines:
        start, end = line.start, line.end
        date = HEAD_DATE.search(tokens.folded, start, end)
        if date is not None:
            place = PLACE_NAME.search(tokens.text[start : date.start()])
            end = start + place.start() if place else start
        folded = tokens.folded[start:end]
        if not spans:
            opening = _SUBJECT_MARK.match(folded)
            if opening is None:
                continue
            start += opening.start("mark")
        elif (
            _MOTTO.search(folded)
            or _NO_ORGAN.match(folded)
            or _NO_SUBJECT.search(folded)
            or (is_capitals(line.text) and len(line.text) > _CAPITALS_OF_AN_ORGAN)
        ):
            break
        elif date is not None and end - start < _LEAST_BESIDE_DATE:
            if spans:
                break
            continue
        if end > start:
            spans.append((start, end))
    return spans
