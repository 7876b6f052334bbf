"""The invented province: its places, organs and people, from the tables in ``data/``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from numpy.random import Generator

__all__ = ["Department", "Place", "departments", "draw_person", "list_of_places", "places", "province_name"]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the province: ``level`` is "huyện", "xã" and so on, ``within`` the name of the unit above."""

    level: str
    name: str
    within: str
    hardship: bool  # a specially difficult commune

    @property
    def full(self) -> str:
        return f"{self.level} {self.name}"


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the province, with the letters of its number symbols and the title of its head."""

    name: str
    symbol: str
    office: str
    head: str


@cache
def _table(name: str) -> list[dict[str, str]]:
    text = files("corpus.synthesis").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader([line for line in text.splitlines() if not line.startswith("#")], delimiter="\t"))


@cache
def places(*levels: str) -> tuple[Place, ...]:
    """All places of these levels, in the order of the table."""
    rows = (Place(row["level"], row["name"], row["within"], row["hardship"] == "yes") for row in _table("places.tsv"))
    return tuple(place for place in rows if place.level in levels)


def list_of_places() -> str:
    """The province, its districts and communes as ``--places`` wants them (docs/places.md)."""
    province = places("tỉnh")[0].full
    districts = {place.name: place.full for place in places("huyện", "thị xã", "thành phố")}
    communes = places("xã", "phường", "thị trấn")
    rows = [("kind", "name", "district", "province"), ("tỉnh", province_name(), "", "")]
    rows += [(place.level, place.name, "", province) for place in places("huyện", "thị xã", "thành phố")]
    rows += [(place.level, place.name, districts[place.within], province) for place in communes]
    return "".join("\t".join(row) + "\n" for row in rows)


@cache
def province_name() -> str:
    """Name of the province without the word "tỉnh"."""
    return places("tỉnh")[0].name


@cache
def departments() -> tuple[Department, ...]:
    """The departments of the province; the first one is Sở Nội vụ."""
    return tuple(Department(**row) for row in _table("organs.tsv"))


def draw_person(rng: Generator, *, honorific: bool = False) -> str:
    """A name put together at random, with "Ông" or "Bà" before it on demand."""
    gender = "m" if rng.random() < 0.6 else "f"
    parts = []
    for part in ("surname", "middle", "given"):
        pool = [row["name"] for row in _table("names.tsv") if row["part"] == part and row["gender"] in {"-", gender}]
        parts.append(pool[int(rng.integers(len(pool)))])
    name = " ".join(parts)
    return f"{'Ông' if gender == 'm' else 'Bà'} {name}" if honorific else name
