"""Rebuild extract/data/places.tsv.xz from tables of the administrative units (docs/places.md has the format).

Usage: python scripts/build_places.py HISTORY.tsv UNITS_2025.tsv CODED.tsv

HISTORY.tsv has the columns type, name, district, province, first_seen, last_seen (snapshots of the General Statistics
Office's list), UNITS_2025.tsv type, name, code, province (Quyết định 19/2025/QĐ-TTg), CODED.tsv the units of 2019 of
one province with commune, district, commune_code and what became of them on a known day.
"""

from __future__ import annotations

import csv
import lzma
import sys
import unicodedata
from datetime import date, timedelta
from pathlib import Path

KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
OLD_ENDS = "2025-06-30"
NEW_BEGINS = "2025-07-01"
CODED_CHANGE = "2020-01-01"  # Nghị quyết 818/NQ-UBTVQH14
EXACT = {  # Nghị quyết 175/2024/QH15
    ("tỉnh", "Thừa Thiên Huế"): ("", "2024-12-31"),
    ("thành phố", "Huế", "tỉnh Thừa Thiên Huế"): ("", "2024-12-31"),
    ("thành phố", "Huế", ""): ("2025-01-01", ""),
}
HEAD = (
    "# Administrative units of Viet Nam, 2019 to 2025, one a line. kind, name: without each other; district, province:",
    "# of which it is part, with their kinds; from, until: first and last day it may have existed, empty: open.",
    "# Sources: General Statistics Office (Tổng cục Thống kê), list of units, snapshots of 2019-10-17 to",
    "# 2025-02-18; NQ 818/NQ-UBTVQH14 and the other resolutions of the Standing Committee on rearranging units;",
    "# QĐ 19/2025/QĐ-TTg (provinces and communes from 2025-07-01 on; NQ 202/2025/QH15). As of 2025-07-01.",
    "kind\tname\tdistrict\tprovince\tfrom\tuntil\tcode",
)
Row = tuple[str, str, str, str, str, str, str]


def table(path: str) -> list[dict[str, str]]:
    """Rows of a tab-separated file with a head row, as NFC."""
    text = unicodedata.normalize("NFC", Path(path).read_text(encoding="utf-8"))
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def with_kind(name: str, kind: str = "") -> str:
    """A name as "kind Name"; ``kind`` where the name does not begin with one."""
    name = " ".join(name.replace("–", "-").split())
    named = next((word for word in KINDS if name.lower().startswith(f"{word} ")), None)
    proper = name[len(named) + 1 :] if named else name
    # one source writes "Đồng ý", "Pa ủ"
    proper = " ".join(word[0].upper() + word[1:] for word in proper.split())
    return f"{named or kind} {proper}" if name else ""


def split(full: str) -> tuple[str, str]:
    """("xã", "Tân Lập") of "xã Tân Lập"."""
    kind = next(word for word in KINDS if full.startswith(f"{word} "))
    return kind, full[len(kind) + 1 :]


def day_after(day: str, days: int = 1) -> str:
    """ISO day some days later."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def old_units(history: str, coded: str) -> list[Row]:
    """Units before July 2025; a change between two snapshots is dated by the widest span it leaves open."""
    rows = table(history)
    days = sorted({row["first_seen"] for row in rows} | {row["last_seen"] for row in rows})
    known = {(with_kind(row["commune"]), with_kind(row["district"])): row for row in table(coded)}
    changed_province = f"tỉnh {next(iter(known.values()))['province']}"
    units: list[Row] = []
    for row in rows:
        full, district, province = (with_kind(row[column]) for column in ("name", "district", "province"))
        first, last = row["first_seen"], row["last_seen"]
        begins = "" if first == days[0] else day_after(days[days.index(first) - 1])
        ends = OLD_ENDS if last == days[-1] else day_after(days[days.index(last) + 1], -1)
        if province == changed_province and begins and begins < CODED_CHANGE <= first:
            begins = CODED_CHANGE
        if province == changed_province and last < CODED_CHANGE <= ends:
            ends = day_after(CODED_CHANGE, -1)
        code = known.get((full, district), {}).get("commune_code", "")
        units.append((*split(full), district, province, begins, ends, code))
    return units


def new_units(path: str) -> list[Row]:
    """Units from July 2025 on."""
    units: list[Row] = []
    for row in table(path):
        full = with_kind(row["name"], "tỉnh")
        code = row["code"].zfill(5) if row["level"] == "2" else row["province_code"].zfill(2)
        units.append((*split(full), "", with_kind(row["province"], "tỉnh"), NEW_BEGINS, "", code))
    return units


def joined(old: list[Row], new: list[Row]) -> list[Row]:
    """All units; a province that is kept under its name is one unit."""
    kept = {row[:4]: row for row in new if not row[3]}
    units: list[Row] = []
    for row in old:
        begins, ends = EXACT.get((*row[:2], row[3]) if row[1] == "Huế" else row[:2], row[4:6])
        if row[:4] in kept:
            units.append((*row[:4], begins, "", kept.pop(row[:4])[6]))
        else:
            units.append((*row[:4], begins, ends, row[6]))
    return units + [row for row in new if row[3] or row[:4] in kept]


def main(history: str, new: str, coded: str) -> None:
    """Write the list."""
    rows = sorted(joined(old_units(history, coded), new_units(new)), key=lambda row: (row[3], row[2], row[0], row[1:]))
    text = "\n".join((*HEAD, *("\t".join(row) for row in rows))) + "\n"
    target = Path(__file__).parent.parent / "extract" / "data" / "places.tsv.xz"
    target.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(*sys.argv[1:])
