"""Places resolved against a dated list: kind, name, district and province; all candidates where it stays open.

What narrows, hardest first: the district and province printed behind the name, the document's day (borders of 2019,
2020, 2025), the district named last before it, the place and issuer in the head. Marks as printed beat folded matches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from extract.patterns import Found, Source
from extract.place_lists import PlaceList, Unit, place_key
from extract.place_mentions import OTHER_WORDS, Mention, find_mentions
from normalize.folding import fold_aligned

__all__ = ["find_places"]

_UP = regex.compile(r"[\s,;(\-–]{0,5}(?:(?:nay\s)?thuộc\s|của\s)?(?:địa bàn\s)?")
_BESIDE = regex.compile(r"\s{0,3}(?:[,;/]|và|,\s?và|[-–])\s{0,3}(?:các\s)?")
_FAR = 600  # characters: a district named so long ago says nothing of a commune
_SURE, _NARROWED, _OTHER_DAYS, _OPEN, _STATED, _UNLISTED, _RESTORED = 0.97, 0.92, 0.85, 0.9, 0.8, 0.75, 0.6


@dataclass(frozen=True, slots=True)
class _Hints:
    """Full names that the head gives: the issuer's district and province; ``strange``: a province no list knows."""

    district: str | None = None
    province: str | None = None
    strange: bool = False


@dataclass(frozen=True, slots=True)
class _Resolved:
    units: tuple[Unit, ...]
    strength: float
    rule: str


def find_places(
    source: Source, places: PlaceList | None = None, *, day: str | None = None, within: Sequence[str] = ()
) -> list[Found]:
    """All places of a text, in its order.

    Args:
        source: The text.
        places: The list; that of the package by default.
        day: Date of the document, ISO, ``2019-05`` and ``2019`` too; None: units of all days are candidates.
        within: What the head says of the document's place: issuer, parent organ, place of issue; in any order.

    Returns:
        Values are ``{"kind", "name", "district", "province", "valid"}`` and ``"code"`` where the list has one;
        ``district`` and ``province`` have their kinds ("huyện Bắc Sơn"). Where several units may be meant, what they
        share is told and each of them is in ``others``. What no list knows is given as printed.
    """
    places = places or PlaceList.default()
    mentions = find_mentions(source, places)
    hints = _hints(within, places, day) if mentions else _Hints()
    above = _printed_above(source.text, mentions)
    found = []
    last: Unit | None = None
    last_end = 0
    for mention, parents in zip(mentions, above, strict=True):
        recent = last if mention.start - last_end < _FAR else None
        resolved = _resolve(mention, parents, day, recent, hints)
        if resolved.units or (mention.kind_exact and not mention.bare):
            found.append(_found(mention, parents, resolved))
        if mention.level <= 2 and len({unit.triple for unit in resolved.units}) == 1:
            last, last_end = resolved.units[0], mention.end
    return found


def _printed_above(text: str, mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """For each mention the units that the text prints behind it: its district, its province.

    In a list ("các xã A, B và C huyện D") the last one's go for all of them that lie there.
    """
    above: list[tuple[Mention, ...]] = [()] * len(mentions)
    for at in range(len(mentions) - 2, -1, -1):
        this, after = mentions[at], mentions[at + 1]
        gap = text[this.end : after.start]
        if len(gap) > 20:
            continue
        if "\n" in gap and after.bare and "," not in gap:
            continue
        if after.level < this.level and _UP.fullmatch(gap):
            above[at] = (after, *above[at + 1])
        elif after.level == this.level and _BESIDE.fullmatch(gap):
            listed = above[at + 1]
            above[at] = listed if not this.marked or _within(this.marked, listed) else ()
    return above


def _resolve(
    mention: Mention, parents: Sequence[Mention], day: str | None, recent: Unit | None, hints: _Hints
) -> _Resolved:
    """The units that may be meant, narrowed as far as it goes."""
    units = _within(mention.marked, parents) or _within(mention.units, parents)
    if not units and any(unit.level == 1 for unit in mention.marked):
        units, parents = list(mention.marked), ()  # "TP. Huế, Hưng Yên" are two
    if not parents:
        units = list(mention.marked) or _likely(mention, recent, hints)
    if not units or (hints.strange and not parents and mention.level > 1):
        return _Resolved((), _STATED if parents else _UNLISTED, "place.stated" if parents else "place.unlisted")
    strength = _SURE
    if day is not None:
        alive = [unit for unit in units if unit.existed(day)]
        strength = strength if alive else _OTHER_DAYS
        units = alive or units
    printed = (recent.full, recent.province) if recent else ()
    for hint in (*printed, hints.district, hints.province):
        if _open(units) and hint:
            narrowed = [unit for unit in units if hint in (unit.district, unit.province, unit.full)]
            units, strength = (narrowed, min(strength, _NARROWED)) if narrowed else (units, strength)
    if not mention.kind_exact or not set(units) <= set(mention.marked):
        return _Resolved(tuple(units), _RESTORED, "place.listed")
    return _Resolved(tuple(units), min(strength, _OPEN) if _open(units) else strength, "place.listed")


def _within(units: Sequence[Unit], parents: Sequence[Mention]) -> list[Unit]:
    return [unit for unit in units if all(_is_in(unit, parent) for parent in parents)]


def _likely(mention: Mention, recent: Unit | None, hints: _Hints) -> list[Unit]:
    """Of units that only a folded match finds, those that the surroundings make likely: marks alone part many names."""
    if not mention.kind_exact and mention.kind in OTHER_WORDS:
        return []
    units = list(mention.units)
    # the only one of its letters in the country is likely meant ("Đak Đoa", "Đăk Đoa")
    if not _open(units) and units and len(mention.words) > 1 and hints.province in (None, units[0].province):
        return units
    near = {hints.district, hints.province, *((recent.full,) if recent else ())} - {None}
    return [unit for unit in units if unit.level < 3 or {unit.district, unit.province} & near]


def _open(units: Sequence[Unit]) -> bool:
    return len({unit.triple for unit in units}) > 1


def _is_in(unit: Unit, parent: Mention) -> bool:
    key = parent.key
    return any(part is not None and _full_key(part) == key for part in (unit.district, unit.province))


@lru_cache(maxsize=2048)
def _full_key(full: str) -> str:
    return place_key(full)


def _found(mention: Mention, parents: Sequence[Mention], resolved: _Resolved) -> Found:
    values = _values(resolved.units)
    restored = bool(values) and resolved.strength == _RESTORED
    value, others = (values[0], ()) if len(values) == 1 else (_printed(mention, parents, values), tuple(values))
    return Found(
        kind="place",
        value=value,
        start=mention.start,
        end=mention.end,
        rule=resolved.rule if len(values) < 2 else "place.open",
        strength=resolved.strength,
        status="restored" if restored else "read",
        others=others,
    )


def _values(units: Sequence[Unit]) -> list[dict[str, Any]]:
    """One value for each unit; one that comes twice with other days counts once."""
    values: dict[tuple[str | None, ...], dict[str, Any]] = {}
    for unit in units:
        value = {
            "kind": unit.kind,
            "name": unit.name,
            "district": unit.district,
            "province": unit.province,
            "valid": list(unit.valid),
        }
        values.setdefault(unit.triple, value | ({"code": unit.code} if unit.code else {}))
    return list(values.values())


def _printed(mention: Mention, parents: Sequence[Mention], values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The place as printed, with what is printed behind it or what all candidates share."""
    kinds = {value["kind"] for value in values} or {mention.kind}
    shared = {
        part: values[0][part] if values and len({value[part] for value in values}) == 1 else None
        for part in ("district", "province")
    }
    for parent in parents:
        part = {1: "province", 2: "district"}.get(parent.level)
        if part and shared[part] is None:
            shared[part] = f"{parent.kind} {parent.name}"
    value = {"kind": kinds.pop() if len(kinds) == 1 else mention.kind, "name": mention.name, **shared, "valid": None}
    commune = next((parent for parent in parents if parent.level == 3), None)
    return value | ({"commune": f"{commune.kind} {commune.name}"} if commune else {})


def _hints(within: Sequence[str], places: PlaceList, day: str | None) -> _Hints:
    """The district and province that the head names."""
    mentions = [item for text in within for item in find_mentions(Source(text, fold_aligned(text)), places)]
    units = [unit for mention in mentions for unit in mention.units]
    units += [unit for text in within for unit in places.named(place_key(text))]
    units = [unit for unit in units if day is None or unit.existed(day)] or units
    provinces = {unit.full for unit in units if unit.level == 1}
    strange = not provinces and any(mention.kind == "tỉnh" and not mention.units for mention in mentions)
    for level in (2, 3):
        if not provinces:
            provinces = {unit.province for unit in units if unit.level == level and unit.province}
    province = provinces.pop() if len(provinces) == 1 else None
    districts = {unit.full for unit in units if unit.level == 2 and province in (None, unit.province)}
    if not districts:
        districts = {unit.district for unit in units if unit.district and province in (None, unit.province)}
    return _Hints(districts.pop() if len(districts) == 1 else None, province, strange)
