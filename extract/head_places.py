"""Names of places in the head, judged by the list of administrative units.

Engines confuse marks ("UBND XÃ HỒNG CHIẾU" for "Hồng Chiểu"), and other places of the document may be misread alike. A
name that the list knows as printed is never touched, nor one of a province or district that the document does not name:
no list holds all units of all times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from extract.patterns import Source
from extract.place_lists import LEVELS, PlaceList, Unit, marked_key, place_key
from extract.place_mentions import find_mentions
from extract.record import Alternative, DocumentFields, Reading
from extract.tokens import TokenisedText
from normalize.folding import fold_aligned, name_key
from normalize.syllables import is_bare_syllable, is_syllable

__all__ = ["with_listed_places"]

_SHORT = {"tp": "thành phố", "tx": "thị xã"}
# "HUYỆN ỦY BẮC SƠN" and "TỈNH ĐOÀN ..." name their units too; signs before the name are specks: "HUYỆN-THẠCH NHAM"
_KIND = regex.compile(
    rf"(?<!\p{{L}})(?:(?P<kind>{'|'.join(LEVELS)})|(?P<short>tp|tx)(?=[\s.]))(?:\s(?:ủy|uỷ|đoàn))?[\s.:–-]{{1,3}}",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_ROMAN_NUMERAL = regex.compile(r"[ivx]{1,5}")  # "xã Tam Xuân II"
_DOUBLED = regex.compile(r"(\p{L})(?=\1)")
_RESTORED = 0.6  # confidence at most: that of places in the text that only a match of the letters found
_AS_READ = 0.1  # confidence of what was read instead


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a unit at ``value[start:end]`` of a field.

    ``kind`` is None where none is printed. ``units`` have this kind and these letters; where ``listed``, these marks.
    """

    start: int
    end: int
    printed: str
    kind: str | None
    units: tuple[Unit, ...]
    listed: bool


def with_listed_places(
    tokens: TokenisedText, fields: DocumentFields, places: PlaceList | None, *, start: int, end: int
) -> DocumentFields:
    """The fields of a document with place, issuer and parent organ named as the list has it, where one name fits.

    Args:
        tokens: The text of the file.
        fields: What was read; date and units of the head choose among names of the same letters.
        places: The list of places; that of the package by default.
        start: Where the document begins in the text.
        end: Where it ends.
    """
    places = places or PlaceList.default()
    readings = {field: getattr(fields, field) for field in ("parent_organ", "issuer", "place")}
    printed = {field: str(reading.value) for field, reading in readings.items() if reading and reading.value}
    named = {field: _names(value, places, alone=field == "place") for field, value in printed.items()}
    head = [name for names in named.values() for name in names]
    day = str(fields.issue_date.value) if fields.issue_date and fields.issue_date.value else None
    meant = {name: _fitting(name, [other for other in head if other is not name], day) for name in head}
    if not any(meant.values()):
        return fields
    above = _named_in(Source(tokens.text[start:end], tokens.folded[start:end]), places)
    above |= {unit.full for name in head if name.kind for unit in name.units if unit.level == 1}
    as_read = _listed_as_read(readings, places)
    known = {name: _only_name(units, above, as_read) for name, units in meant.items()}
    values = {field: _mended(value, named[field], known) for field, value in printed.items()}
    changed = {field: _restored(readings[field], value) for field, value in values.items() if value != printed[field]}
    return fields.model_copy(update=changed)


def _names(value: str, places: PlaceList, *, alone: bool) -> list[_Name]:
    """The units named in a value; ``alone``: a place, which mostly has no kind."""
    kinds = list(_KIND.finditer(value))
    if not kinds:
        return [_name(value, 0, len(value), None, places)] if alone else []
    ends = [*(match.start() for match in kinds[1:]), len(value)]
    return [_name(value, match.end(), end, _kind(match), places) for match, end in zip(kinds, ends, strict=True)]


def _kind(match: regex.Match[str]) -> str:
    printed = str(match["kind"] or match["short"]).lower()
    return _SHORT.get(printed, printed)


def _name(value: str, start: int, end: int, kind: str | None, places: PlaceList) -> _Name:
    printed = value[start:end].rstrip(" ,.;:–-")
    key, marks = place_key(printed), marked_key(printed)
    listed = any(places.same_marks(unit, marks) for unit in places.named(key))
    units = places.named(key, kind) or places.named(place_key(_without_doubles(printed)), kind)
    marked = [unit for unit in units if places.same_marks(unit, marks)]
    return _Name(start, start + len(printed), printed, kind, tuple(marked or units), listed)


def _without_doubles(name: str) -> str:
    """``name``, folded, its doubled letters single in words that are no syllables: "KHẾÊ"."""
    return str(_WORD.sub(lambda word: _single(word.group()), fold_aligned(name)))


def _single(folded: str) -> str:
    if _ROMAN_NUMERAL.fullmatch(folded):
        return folded
    single = str(_DOUBLED.sub("", folded))
    return single if is_bare_syllable(single) and not is_bare_syllable(folded) else folded


def _fitting(name: _Name, others: Sequence[_Name], day: str | None) -> list[Unit]:
    """The units that a name which the list does not know may mean, beside the other names of the head."""
    if name.listed or any(map(str.isdigit, name.printed)):
        return []
    units = list(name.units) or _torn(name, others)
    if name.kind is None:  # an organ sits in the place it is named after
        units = [unit for other in others for unit in other.units if unit in name.units] or units
    for other in others:
        if other.units:
            units = [unit for unit in units if any(_is_near(unit, one) for one in other.units)]
    if day is not None:
        units = [unit for unit in units if unit.existed(day)] or units
    return units


def _torn(name: _Name, others: Sequence[_Name]) -> list[Unit]:
    """The unit of this kind in the head's place that lost words in an organ: "UBND XÃ KHOAN" in "Trà Khoan"."""
    left = name.printed.casefold()
    places = [unit for other in others if other.kind is None for unit in other.units if unit.kind == name.kind]
    edges = f"{left} ", f" {left}"
    return [one for one in places if one.name.casefold().startswith(edges[0]) or one.name.casefold().endswith(edges[1])]


def _named_in(text: Source, places: PlaceList) -> set[str]:
    """Districts and provinces that a text names with their marks; none where it names a province of no list."""
    mentions = find_mentions(text, places)
    if any(mention.kind == "tỉnh" and not mention.units for mention in mentions):
        return set()
    return {unit.full for mention in mentions for unit in mention.marked}


def _listed_as_read(readings: Mapping[str, Reading | None], places: PlaceList) -> set[str]:
    """Names of the list that the head had before other places of the document, misread alike, outvoted them."""
    values = [(field, str(other.value)) for field, one in readings.items() if one for other in one.alternatives]
    names = [name for field, value in values for name in _names(value, places, alone=field == "place") if name.listed]
    return {unit.name for name in names for unit in name.units}


def _only_name(units: Sequence[Unit], above: set[str], as_read: set[str]) -> str | None:
    """The one name of those units whose district or province the text names; what was read once beats other names."""
    units = [unit for unit in units if {_province(unit), unit.district} & above]
    names = {unit.name for unit in units}
    names = names & as_read or names
    if len(names) != 1:
        return None
    known = names.pop()
    # names of other languages are spelled in several ways: Đăk, Đắk, Đak
    return known if all(map(is_syllable, _WORD.findall(known))) else None


def _mended(value: str, names: Sequence[_Name], known: Mapping[_Name, str | None]) -> str:
    for name in reversed(names):  # those before it stay where they are
        meant = known[name]
        if meant is not None:
            value = value[: name.start] + _in_form_of(name.printed, meant) + value[name.end :]
    return value


def _is_near(unit: Unit, other: Unit) -> bool:
    """Whether two units can stand in one head: of one province, and of one district where both have one."""
    if _province(unit) != _province(other):
        return False
    districts = {_district(unit), _district(other)} - {None}
    return len(districts) < 2


def _province(unit: Unit) -> str | None:
    return unit.full if unit.level == 1 else unit.province


def _district(unit: Unit) -> str | None:
    return unit.full if unit.level == 2 else unit.district


def _in_form_of(printed: str, known: str) -> str:
    """The known name in capitals where they are printed, with the printed words where only their spelling differs."""
    known = known.upper() if printed.isupper() else known
    words, knowns = printed.split(), known.split()
    if len(words) != len(knowns):
        return known
    return " ".join(word if name_key(word) == name_key(one) else one for word, one in zip(words, knowns, strict=True))


def _restored(reading: Reading, value: str) -> Reading:
    """The reading with the name that the list knows; as good as read where it was read so before."""
    others = [other for other in reading.alternatives if other.value != value]
    as_read = len(others) < len(reading.alternatives)
    other = Alternative(value=reading.value, raw=reading.raw, where=reading.where, confidence=_AS_READ)
    return reading.model_copy(
        update={
            "value": value,
            "status": "read" if as_read else "restored",
            "confidence": reading.confidence if as_read else min(reading.confidence, _RESTORED),
            "alternatives": [other, *others],
        }
    )
