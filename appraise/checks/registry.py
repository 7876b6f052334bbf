"""The registry of earlier awards: who was awarded what, when and for which period, as the office keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from appraise.checks.office_tables import OfficeRow, day_of, is_no_day, read_office_table, years_of
from appraise.reading.name_reading import class_of_section
from appraise.reading.names_alike import bare_name
from normalize.folding import fold

__all__ = ["EarlierAward", "Registry", "read_registry"]

_COLUMNS = {
    "name": ("Tên", "Tên tập thể, cá nhân", "Họ và tên", "Tên đối tượng", "Đơn vị, cá nhân", "Họ tên", "Tên đơn vị"),
    "commune": ("Xã", "Xã, phường, thị trấn", "Tên xã", "Địa chỉ xã"),
    "district": ("Huyện", "Huyện, thành phố", "Tên huyện", "Đơn vị cấp huyện"),
    "unit": ("Đơn vị công tác", "Đơn vị", "Cơ quan", "Nơi công tác", "Địa chỉ", "Chức vụ, đơn vị"),
    "award": ("Hình thức", "Hình thức khen thưởng", "Danh hiệu", "Khen thưởng", "Mức khen"),
    "code": ("Số quyết định", "Quyết định", "Số QĐ", "QĐ số", "Số, ngày quyết định"),
    "day": ("Ngày", "Ngày quyết định", "Ngày QĐ", "Ngày ký", "Năm", "Năm khen thưởng", "Thời gian"),
    "period": ("Giai đoạn", "Thời kỳ", "Giai đoạn thành tích", "Thành tích giai đoạn"),
    "merit": ("Thành tích", "Phong trào", "Lý do", "Nội dung", "Nội dung khen thưởng"),
}


@dataclass(frozen=True, slots=True)
class EarlierAward:
    """One entry; ``years`` are those of its period, else of its day, None where neither can be read."""

    name: str
    commune: str | None
    district: str | None
    unit: str
    award: str
    code: str
    day: str | None
    years: tuple[int, int] | None
    has_period: bool
    merit: str
    place: str

    def told(self) -> str:
        """The entry in words, for reasons."""
        when = f"ngày {self.day[8:]}/{self.day[5:7]}/{self.day[:4]}" if self.day else ""
        period = f"giai đoạn {self.years[0]}-{self.years[1]}" if self.has_period and self.years else ""
        year = f"năm {self.years[0]}" if self.years and not self.day and not period else ""
        return ", ".join(part for part in (self.name, self.award, self.code, when, year, period) if part)


@dataclass(frozen=True)
class Registry:
    """All entries of one or several files; ``warnings`` name cells that could not be read."""

    entries: tuple[EarlierAward, ...]
    files: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """First and last year that any entry tells."""
        told = [year for entry in self.entries if entry.years for year in entry.years]
        return (min(told), max(told)) if told else None

    @cached_property
    def _by_letters(self) -> dict[str, list[EarlierAward]]:
        held: dict[str, list[EarlierAward]] = {}
        for entry in self.entries:
            for word in _words(entry.name):
                held.setdefault(word, []).append(entry)
        return held

    def near(self, names: Sequence[str]) -> list[EarlierAward]:
        """Entries that share a word with any of ``names``: few enough to compare one by one."""
        found: dict[int, EarlierAward] = {}
        for name in names:
            for word in _words(name):
                found |= {id(entry): entry for entry in self._by_letters.get(word, ())}
        return list(found.values())


def read_registry(path: Path) -> Registry:
    """The registry in a CSV or XLSX file.

    Args:
        path: With a column of names and one of days, years or periods; docs/lists.md has the names they may have.

    Raises:
        NotFoundError: No such file.
        UnsupportedInputError: Neither CSV nor XLSX.
        DamagedInputError: It cannot be opened.
        UsageError: A column is missing.
    """
    rows = read_office_table(path, _COLUMNS, ("name",))
    warnings: list[str] = []
    entries = tuple(_entry(row, warnings) for row in rows if row.text("name") and not _counts_only(row))
    return Registry(entries, (path.name,), tuple(warnings))


def _counts_only(row: OfficeRow) -> bool:
    """Group rows ("I. Tập thể") have the name of a group and nothing else; a name without a year is kept and told."""
    return set(row.cells) == {"name"} and class_of_section(row.text("name")) is not None


def _entry(row: OfficeRow, warnings: list[str]) -> EarlierAward:
    day = day_of(row.cells.get("day"))
    period = years_of(row.cells.get("period"))
    years = period or years_of(row.cells.get("day")) or years_of(row.text("code"))
    for key, read in (("day", years_of(row.cells.get("day"))), ("period", period)):
        if key in row.cells and read is None:
            warnings.append(f"{row.place(key)}: không đọc được ngày hoặc năm")
    if day is None and is_no_day(row.cells.get("day")):
        warnings.append(f"{row.place('day')}: ngày {row.text('day')} không có trong lịch, chỉ tính theo năm")
    if years is None and not {"day", "period"} & set(row.cells):
        warnings.append(f"{row.file}, dòng {row.line}: không có ngày, năm hay giai đoạn khen thưởng")
    return EarlierAward(
        name=row.text("name"),
        commune=row.text("commune") or None,
        district=row.text("district") or None,
        unit=row.text("unit"),
        award=row.text("award"),
        code=row.text("code"),
        day=day,
        years=years,
        has_period=period is not None,
        merit=row.text("merit"),
        place=f"{row.file}, dòng {row.line}",
    )


def _words(name: str) -> list[str]:
    return [word for word in fold(bare_name(name)).split() if len(word) > 1]
