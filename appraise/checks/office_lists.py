"""Lists that the office keeps: specially disadvantaged communes, criteria by commune and year, earlier awards.

A folder with the files of appraise/data/templates (CSV or XLSX); a list that is not there is unknown, never empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from appraise.checks.office_tables import OfficeRow, day_of, read_office_table, years_of
from appraise.checks.registry import Registry, read_registry
from appraise.reading.names_alike import alike, bare_name, same_place
from extract.place_lists import PlaceList, place_key
from normalize.errors import NotFoundError, UsageError

__all__ = ["LIST_NAMES", "CommuneYear", "DifficultCommune", "OfficeLists", "read_office_lists"]

LIST_NAMES = {
    "difficult": "xa-dac-biet-kho-khan",
    "criteria": "tieu-chi-theo-nam",
    "awards": "khen-thuong-truoc-day",
}
_SUFFIXES = (".csv", ".xlsx", ".tsv")
_PLACE = {
    "commune": ("Xã", "Tên xã", "Xã, phường, thị trấn", "Đơn vị", "Đơn vị cấp xã"),
    "district": ("Huyện", "Tên huyện", "Huyện, thành phố", "Đơn vị cấp huyện"),
}
_DIFFICULT = {
    **_PLACE,
    "first": ("Từ ngày", "Từ năm", "Hiệu lực từ", "Ngày bắt đầu"),
    "last": ("Đến ngày", "Đến năm", "Hiệu lực đến", "Ngày kết thúc"),
    "decision": ("Văn bản", "Quyết định", "Căn cứ"),
}
_CRITERIA = {
    **_PLACE,
    "year": ("Năm", "Cuối năm", "Năm đánh giá"),
    "reached": ("Số tiêu chí đạt", "Tiêu chí đạt", "Số tiêu chí", "Kết quả"),
    "of": ("Trên tổng số", "Tổng số tiêu chí", "Tổng số"),
    "decision": ("Văn bản", "Quyết định", "Căn cứ"),
}


@dataclass(frozen=True, slots=True)
class DifficultCommune:
    """A specially disadvantaged commune (xã đặc biệt khó khăn) and the years in which it is one; None is open."""

    commune: str
    district: str | None
    first: int | None
    last: int | None
    decision: str
    place: str


@dataclass(frozen=True, slots=True)
class CommuneYear:
    """Criteria that a commune had reached at the end of a year."""

    commune: str
    district: str | None
    year: int
    reached: float
    of: float | None
    place: str


@dataclass(frozen=True)
class OfficeLists:
    """What the office gave; None: that list was not given. ``warnings`` name cells that could not be used."""

    difficult: tuple[DifficultCommune, ...] | None = None
    criteria: tuple[CommuneYear, ...] | None = None
    awards: Registry | None = None
    warnings: tuple[str, ...] = ()

    def difficult_named(self, commune: str, district: str | None) -> list[DifficultCommune]:
        """Entries that may be this commune: those of another district are left out, those of none stay."""
        return [entry for entry in self.difficult or () if _may_be(entry.commune, entry.district, commune, district)]

    def criteria_of(self, commune: str, district: str | None) -> list[CommuneYear]:
        """What the list says of this commune, by year; nothing where two districts share the name and none is told."""
        found = [entry for entry in self.criteria or () if _may_be(entry.commune, entry.district, commune, district)]
        open_districts = {place_key(bare_name(entry.district)) for entry in found if entry.district}
        return [] if len(open_districts) > 1 else sorted(found, key=lambda entry: entry.year)


def read_office_lists(folder: Path, places: PlaceList | None = None) -> OfficeLists:
    """The lists in a folder.

    Args:
        folder: Holds any of the files named in ``LIST_NAMES``, as CSV or XLSX.
        places: Dated list of units; a commune that its district does not have is warned of.

    Raises:
        NotFoundError: No such folder.
        UsageError: None of the files is there, one is there twice, or a column is missing.
    """
    if not folder.is_dir():
        raise NotFoundError(f"The folder of lists {folder.name} is not there.")
    files = {key: _file_of(folder, name) for key, name in LIST_NAMES.items()}
    if not any(files.values()):
        wanted = ", ".join(f"{name}.csv" for name in LIST_NAMES.values())
        raise UsageError(f"The folder {folder.name} holds none of the lists {wanted} (or .xlsx).")
    warnings: list[str] = []
    awards = read_registry(files["awards"]) if files["awards"] else None
    lists = OfficeLists(
        difficult=_difficult(files["difficult"], warnings) or None,
        criteria=_criteria(files["criteria"], warnings) or None,  # a template not filled in tells nothing
        awards=awards,
    )
    listed: list[DifficultCommune | CommuneYear] = [*(lists.difficult or ()), *(lists.criteria or ())]
    warnings += _unknown_communes(listed, places or PlaceList.default())
    return OfficeLists(lists.difficult, lists.criteria, awards, (*warnings, *(awards.warnings if awards else ())))


def _file_of(folder: Path, name: str) -> Path | None:
    found = [folder / f"{name}{suffix}" for suffix in _SUFFIXES if (folder / f"{name}{suffix}").is_file()]
    if len(found) > 1:
        raise UsageError(f"{found[0].name} and {found[1].name} are the same list.", "Keep one of them.")
    return found[0] if found else None


def _difficult(path: Path | None, warnings: list[str]) -> tuple[DifficultCommune, ...] | None:
    if path is None:
        return None
    entries = []
    for row in read_office_table(path, _DIFFICULT, ("commune", "district")):
        if not row.text("commune") or not row.text("district"):
            warnings.append(f"{row.file}, dòng {row.line}: thiếu tên xã hoặc huyện")
        if not row.text("commune"):
            continue
        years = []
        for key in ("first", "last"):
            told = years_of(row.cells.get(key))
            if key in row.cells and told is None:
                warnings.append(f"{row.place(key)}: không đọc được ngày hoặc năm")
            years.append(told[0] if told else None)
        entries.append(
            DifficultCommune(
                row.text("commune"), row.text("district") or None, years[0], years[1], row.text("decision"), _line(row)
            )
        )
    return tuple(entries)


def _criteria(path: Path | None, warnings: list[str]) -> tuple[CommuneYear, ...] | None:
    if path is None:
        return None
    entries = []
    for row in read_office_table(path, _CRITERIA, ("commune", "district", "year", "reached")):
        year, reached = _year(row), _number(row.text("reached").partition("/")[0])
        of = _number(row.text("of")) or _number(row.text("reached").partition("/")[2])
        for key, value in (("year", year), ("reached", reached)):
            if value is None:
                warnings.append(f"{row.place(key)}: không đọc được số")
        if reached is not None and of is not None and reached > of:
            warnings.append(f"{row.place('reached')}: số tiêu chí đạt lớn hơn tổng số")
        elif row.text("commune") and year is not None and reached is not None:
            entry = CommuneYear(row.text("commune"), row.text("district") or None, year, reached, of, _line(row))
            entries.append(entry)
    return tuple(entries)


def _year(row: OfficeRow) -> int | None:
    told = years_of(row.cells.get("year"))
    day = day_of(row.cells.get("year"))
    if told is None or told[0] != told[1]:
        return None
    return told[0] - 1 if day and day.endswith("-01-01") else told[0]  # 1 January 2016 is the end of 2015


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


def _line(row: OfficeRow) -> str:
    return f"{row.file}, dòng {row.line}"


def _may_be(listed: str, listed_district: str | None, commune: str, district: str | None) -> bool:
    return alike(listed, commune) == "same" and same_place(listed_district, district) is not False


def _unknown_communes(entries: Iterable[DifficultCommune | CommuneYear], places: PlaceList) -> list[str]:
    """Communes that their district does not have, where the district is known; each once."""
    warned: dict[tuple[str, str], str] = {}
    for entry in entries:
        district = place_key(bare_name(entry.district)) if entry.district else ""
        known = {unit.full for unit in places.named(district) if unit.level == 2}
        keys = {place_key(entry.commune), place_key(bare_name(entry.commune))}
        within = {unit.district for key in keys for unit in places.named(key) if unit.level == 3}
        if known and not known & within:
            warned.setdefault((entry.commune, district), f"{entry.place}: huyện này không có xã tên như vậy")
    return list(warned.values())
