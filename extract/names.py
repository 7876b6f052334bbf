"""Names as values of a record: places, people and organs of one document of a text, read with its head in mind.

An organ holds a place ("UBND xã Bản Tằm") and both are values: names take no stretch from each other, nor from dates,
amounts and counts.
"""

from __future__ import annotations

from dataclasses import replace

from extract.evidence import value_field
from extract.organ_names import find_organs
from extract.patterns import Found, Source
from extract.persons import find_persons
from extract.place_lists import PlaceList
from extract.places import find_places
from extract.record import DocumentFields, Reading, ValueField
from extract.tokens import TokenisedText

__all__ = ["find_names", "read_names"]


def find_names(
    source: Source, places: PlaceList | None = None, *, day: str | None = None, within: tuple[str, ...] = ()
) -> list[Found]:
    """Places, people and organs of a text, in its order; the arguments are those of ``find_places``."""
    found = find_places(source, places, day=day, within=within)
    return sorted(
        [*found, *find_persons(source, found), *find_organs(source, found)], key=lambda item: (item.start, -item.end)
    )


def read_names(
    tokens: TokenisedText,
    document: DocumentFields,
    places: PlaceList | None = None,
    *,
    start: int = 0,
    end: int | None = None,
) -> list[ValueField]:
    """The names in one document of a file.

    Args:
        tokens: The text of the file.
        document: What was read of the document: its date chooses the borders, its issuer and place the communes.
        places: The list of places; that of the package by default.
        start: Where the document begins in the text.
        end: Where it ends; the end of the text by default.
    """
    source = Source(tokens.text[start:end], tokens.folded[start:end])
    head = (document.issuer, document.parent_organ, document.place)
    within = tuple(text for reading in head if (text := _text(reading)))
    found = find_names(source, places, day=_text(document.issue_date), within=within)
    if start:
        found = [replace(item, start=item.start + start, end=item.end + start) for item in found]
    return [value_field(tokens, item) for item in found]


def _text(reading: Reading | None) -> str | None:
    return reading.value if reading is not None and isinstance(reading.value, str) else None
