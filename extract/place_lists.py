"""Dated lists of administrative units, looked up by name; docs/places.md has their format.

The list is a setting: the one in the package holds the units of Viet Nam from 2019 to 2025, a user may load his own.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path

import regex

from normalize.canonical import canonical
from normalize.errors import NotFoundError, UsageError
from normalize.folding import fold_aligned, name_key

__all__ = ["LEVELS", "PlaceList", "Unit", "marked_key", "place_key"]

# 1 province, 2 district, 3 commune; a "thành phố" may be of the first or the second level.
LEVELS = {
    "tỉnh": (1,),
    "thành phố": (1, 2),
    "huyện": (2,),
    "quận": (2,),
    "thị xã": (2,),
    "xã": (3,),
    "phường": (3,),
    "thị trấn": (3,),
    "đặc khu": (3,),
}
_COLUMNS = ("kind", "name", "district", "province", "from", "until")
_NO_LETTERS = regex.compile(r"[^a-z0-9]{1,8}")
_APOSTROPHE = regex.compile(r"['’`]\s?")
_HYPHEN = regex.compile(r"\s?[-–]\s?")
_LONGEST_DAY = "9999-12-31"


def place_key(name: str) -> str:
    """Folded letters and digits of a name: spellings of Ea Bar, EaBar and Ea-Bar are one.

    >>> place_key("Bà Rịa - Vũng Tàu"), place_key("Đạ K' Nàng")
    ('bariavungtau', 'daknang')
    """
    return str(_NO_LETTERS.sub("", fold_aligned(name)))


def marked_key(name: str) -> str:
    """Key with the marks: equal for names that differ in case, tone placement, i or y, hyphens and apostrophes."""
    return name_key(_HYPHEN.sub(" ", _APOSTROPHE.sub("", name)))


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit.

    Attributes:
        kind: "xã", "huyện" and so on, in small letters.
        name: Without its kind.
        district: With its kind, such as "huyện Hữu Lũng"; None for provinces, districts, and communes since 2025.
        province: With its kind; None for provinces.
        valid: First and last day it may have existed, ISO; None is open.
        code: Official code, empty where the list has none.
    """

    kind: str
    name: str
    district: str | None
    province: str | None
    valid: tuple[str | None, str | None] = (None, None)
    code: str = ""

    @property
    def level(self) -> int:
        levels = LEVELS.get(self.kind, (3,))
        return levels[0] if len(levels) == 1 or self.province is None else levels[-1]

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def triple(self) -> tuple[str, str, str | None, str | None]:
        return (self.kind, self.name, self.district, self.province)

    def existed(self, day: str) -> bool:
        """Whether it may have existed on a day, or some day of a month or year (``2019-05``, ``2019``)."""
        first, last = self.valid
        # "2019" sorts before all its days, and "2019" + "~" behind them
        return (first or "") <= f"{day}~" and day <= (last or _LONGEST_DAY)


class PlaceList:
    """Units by name.

    Args:
        units: All units; the same unit may come several times with other days.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)
        self._keys: dict[str, str] = {}

    @classmethod
    def load(cls, path: Path | str) -> PlaceList:
        """A list from a TSV file, plain or compressed as ``.xz``.

        Args:
            path: File in the format of docs/places.md.

        Raises:
            NotFoundError: No such file.
            UsageError: A column is missing, a kind or a day is not one.
        """
        path = Path(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise NotFoundError(f"The list of places {path.name} cannot be read.") from error
        try:
            text = canonical((lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8-sig"))
        except (lzma.LZMAError, UnicodeDecodeError) as error:
            raise UsageError(f"The list of places {path.name} is no UTF-8 text (or no .xz file).") from error
        return cls(_units(text, path.name))

    @classmethod
    def default(cls) -> PlaceList:
        """The list in the package, loaded once."""
        return _default()

    def named(self, key: str, kind: str | None = None) -> list[Unit]:
        """Units whose folded name is ``key`` (see ``place_key``), of one kind on demand."""
        units = self._by_key.get(key, ())
        return [unit for unit in units if kind is None or unit.kind == kind]

    def same_marks(self, unit: Unit, printed_key: str) -> bool:
        """Whether ``printed_key``, a ``marked_key``, has the marks of the unit's name."""
        if unit.name not in self._keys:
            self._keys[unit.name] = marked_key(unit.name)
        return self._keys[unit.name] == printed_key

    @cached_property
    def _by_key(self) -> dict[str, list[Unit]]:
        by_key: defaultdict[str, list[Unit]] = defaultdict(list)
        keys = {name: place_key(name) for name in {unit.name for unit in self.units}}
        for unit in self.units:
            by_key[keys[unit.name]].append(unit)
        return dict(by_key)


@cache
def _default() -> PlaceList:
    with as_file(files("extract").joinpath("data/places.tsv.xz")) as path:
        return PlaceList.load(path)


def _units(text: str, name: str) -> Iterator[Unit]:
    # Not csv.reader: nothing is quoted here, and it refuses fields over 131,072 characters with an error of its own.
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    columns = next(rows, [])
    missing = [column for column in _COLUMNS[:4] if column not in columns]
    if missing:
        raise UsageError(f"The list of places {name} lacks the columns {', '.join(missing)}.")
    at = [columns.index(column) if column in columns else None for column in (*_COLUMNS, "code")]
    for number, row in enumerate(rows, start=1):
        kind, unit, district, province, first, last, code = (
            row[place] if place is not None and place < len(row) else "" for place in at
        )
        if kind not in LEVELS or not unit or not _is_day(first) or not _is_day(last):
            raise UsageError(f"Row {number} of the list of places {name} has no kind, no name or a day that is none.")
        yield Unit(kind, unit, district or None, province or None, (first or None, last or None), code)


@cache
def _is_day(text: str) -> bool:
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
