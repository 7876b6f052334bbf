"""Units of tables, given above them or in a head, and the figures of cells in those units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.quantities import NUMBER, Quantity, quantity
from normalize.folding import fold_aligned

__all__ = [
    "Figure",
    "Unit",
    "figures",
    "is_unit_title",
    "takes_table_unit",
    "unit_above",
    "unit_named",
    "unit_of_title",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the factor to its base: ``triệu đồng`` is 1,000,000 ``đồng``; ``printed`` is as it stands there."""

    name: str
    factor: int = 1
    printed: str = ""

    @property
    def is_money(self) -> bool:
        return self.name == "đồng"


@dataclass(frozen=True, slots=True)
class Figure:
    """The number of a cell in its base unit: an integer where it is whole."""

    value: int | float
    unit: str | None


_D = r"(?:dong|d|vnd)"
_MONEY = (
    (rf"(?:nghin|ngan|1\W?000)\s?{_D}|ng\W?\s?{_D}", 1_000),
    (rf"(?:trieu|tr)\W?\s?{_D}|trieu", 1_000_000),
    (rf"(?:ty|ti)\s?{_D}|ty", 1_000_000_000),
    (rf"{_D}(?:\s?viet\snam)?", 1),
)
_BARE_SCALES = {"trieu", "ty"}
_MONEY_RULES = tuple((regex.compile(expression), factor) for expression, factor in _MONEY)
# Folded spelling -> name.
_PLAIN = {
    "%": "%", "m2": "m²", "m²": "m²", "met vuong": "m²", "m3": "m³", "m³": "m³", "ha": "ha", "hecta": "ha", "km": "km",
    "km2": "km²", "m": "m", "met": "m", "kg": "kg", "tan": "tấn", "ta": "tạ", "lit": "lít", "nguoi": "người",
    "ho": "hộ", "xa": "xã", "thon": "thôn", "tieu chi": "tiêu chí", "cay": "cây", "con": "con", "cong": "công",
    "ngay cong": "ngày công", "ngay": "ngày", "thang": "tháng", "nam": "năm", "phieu": "phiếu", "diem": "điểm",
    "ban": "bản", "bo": "bộ", "cai": "cái", "chiec": "chiếc", "khau": "khẩu", "lan": "lần", "trang": "trang",
    "to": "tờ", "hoc sinh": "học sinh", "lop": "lớp", "cong trinh": "công trình", "mo hinh": "mô hình",
}  # fmt: skip
_LABEL = r"(?:d\W?v\W?t\W?|don\svi(?:\stinh)?)"
_ABOVE = regex.compile(rf"(?:^|[(\s]){_LABEL}\s{{0,3}}[:.]?\s{{0,3}}(?P<unit>[^():;,]{{1,24}})\)?\s{{0,3}}$")
_IN_TITLE = regex.compile(rf"\((?:{_LABEL}\s?:?\s?)?(?P<unit>[^()]{{1,24}})\)")
_AT_END = regex.compile(r"(?P<unit>%|(?:nghin|ngan|trieu|ty|ti)\sdong)$")
_UNIT_TITLE = regex.compile(rf"{_LABEL}")
# Titles of columns that a unit of money given for the whole table does not reach.
_NO_MONEY = regex.compile(
    r"\b(?:s?tt|so\s(?!tien|von|kinh\sphi|thu|chi|du|no|ung\sho|dong\sgop)|nam\ssinh|sinh|tuoi|ty\sle|ti\sle|tang|giam|"
    r"dien\stich|khoi\sluong|soluong|d\W?v\W?t|don\svi|ghi\schu|diem|ma\s|phieu|tieu\schi|thoi\sgian|ngay|nhan\skhau)"
)
# Digits in such columns are names, not amounts.
_IDENTIFIER = regex.compile(
    r"\b(?:dien\sthoai|cccd|cmnd|can\scuoc|ma(?:\sso|\sdinh|\snganh|\shuyen|\sxa|\sho)?|tai\skhoan|so\s(?:hieu|ky|quyet|giay|nha|to)|"
    r"toa\sdo|ban\sdo|thua)\b"
)
_CELL = regex.compile(rf"(?P<sign>[-–+]?)\s?(?P<number>{NUMBER})\s?(?P<unit>[^\d\s(][^\d()]{{0,20}}|m[23])?")
_LOOSE_MARK = regex.compile(r"(?<=\d)\s?([.,])\s?(?=\d)")
_TORN_THOUSANDS = regex.compile(r"\d{1,3}(?:\.\d{3}){1,5}\.(?:\d{1,2}|\d{4})|\d{1,3}(?:,\d{3}){1,5},(?:\d{1,2}|\d{4})")
_LEADING_ZERO = regex.compile(r"0\d\d")
# Where so many cells have a mark, one without it that is so many times larger is not asserted.
_LEAST_MARKED = 3
_OUT_OF_REACH = 20
_WHOLE_THOUSANDS = regex.compile(r"\d{1,3}(?:\.\d{3}){2,5}|\d{1,3}(?:\.\d{3}){1,5},\d{1,4}")
_DECIMAL_COMMA = regex.compile(r"\d{1,12},(?:\d{1,2}|\d{4})|\d{4,12},\d{3}")
_AMERICAN = regex.compile(r"\d{1,3}(?:,\d{3}){2,5}(?:\.\d{1,4})?|\d{1,3}(?:,\d{3}){1,5}\.\d{1,4}|\d{4,12}\.\d{1,4}")


def unit_named(printed: str) -> Unit | None:
    """The unit that ``printed`` names and nothing else; None for other text."""
    folded = " ".join(fold_aligned(printed).split()).strip(" .:;")
    for rule, factor in _MONEY_RULES:
        if rule.fullmatch(folded):
            return Unit("đồng", factor, printed.strip())
    name = _PLAIN.get(folded)
    return Unit(name, 1, printed.strip()) if name else None


def unit_above(lines: Iterable[str]) -> Unit | None:
    """The unit of a whole table from the lines over it (``ĐVT: triệu đồng``), the nearest first."""
    for line in lines:
        match = _ABOVE.search(fold_aligned(line))
        if match:
            return unit_named(line[slice(*match.span("unit"))])
    return None


def unit_of_title(title: str) -> Unit | None:
    """The unit in a column's title (``Diện tích (m2)``, ``Tỷ lệ %``); of joined titles the innermost."""
    for level in reversed(title.split(" / ")):
        folded = fold_aligned(level)
        matches = (*_IN_TITLE.finditer(folded), *_AT_END.finditer(folded))
        named = [unit for match in matches if (unit := unit_named(level[slice(*match.span("unit"))])) is not None]
        if named:
            # two units in one title: the head of two columns was read as one
            return named[0] if len({(unit.name, unit.factor) for unit in named}) == 1 else None
    return None


def is_unit_title(title: str) -> bool:
    """True for the title of a column of units: ĐVT, Đơn vị tính."""
    folded = fold_aligned(title.strip(" .:"))
    return folded != "don vi" and _UNIT_TITLE.fullmatch(folded) is not None


def takes_table_unit(title: str, unit: Unit) -> bool:
    """Whether the unit of the whole table is that of a column with this title."""
    return not (unit.is_money and _NO_MONEY.search(fold_aligned(title)))


def figures(texts: Sequence[str], units: Sequence[Unit | None], title: str) -> list[Figure | None]:
    """The figures of one column's cells, each None where the cell is no plain number or may be read in two ways.

    Args:
        texts: Cells of the column.
        units: Unit for each, from head, table or row; a unit in the cell itself goes first.
        title: Of the column.
    """
    if _IDENTIFIER.search(fold_aligned(title)):
        return [None] * len(texts)
    mark = _decimal_mark(texts)
    read = [_figure(text, unit, mark) for text, unit in zip(texts, units, strict=True)]
    parted = [abs(figure.value) for text, figure in zip(texts, read, strict=True) if figure and _has_mark(text)]
    if len(parted) < max(_LEAST_MARKED, 0.75 * sum(figure is not None for figure in read)):
        return read
    # "125318" among "12,5" and "9,8" has lost its mark to the engine; totals are larger too, but not by so much
    most = max(parted) * max(_OUT_OF_REACH, 2 * len(texts))
    return [
        None if figure and not _has_mark(text) and abs(figure.value) > most else figure
        for text, figure in zip(texts, read, strict=True)
    ]


def _has_mark(text: str) -> bool:
    return "," in text or "." in text


def _decimal_mark(texts: Sequence[str]) -> str | None:
    """Which mark parts decimals in a column, from its unmistakable cells; None where they do not tell or disagree."""
    found = set()
    for text in texts:
        bare = _LOOSE_MARK.sub(r"\1", text).strip(" %-+")
        if _AMERICAN.fullmatch(bare):
            found.add(".")
        elif _DECIMAL_COMMA.fullmatch(bare) or _WHOLE_THOUSANDS.fullmatch(bare):
            found.add(",")
    return found.pop() if len(found) == 1 else None


def _figure(text: str, unit: Unit | None, mark: str | None) -> Figure | None:
    folded = _LOOSE_MARK.sub(r"\1", fold_aligned(text.strip(" .;:")))
    match = _CELL.fullmatch(folded)
    if match is None or _LEADING_ZERO.match(match["number"]) or _TORN_THOUSANDS.fullmatch(match["number"]):
        return None
    if match["unit"]:
        own = unit_named(match["unit"])
        if own is None or (match["unit"].strip() in _BARE_SCALES and not (unit and unit.is_money)):
            return None  # "5 triệu" of what?
        unit = own
    read = quantity(match["number"])
    value = _settled(match["number"], read, mark, unit)
    if value is None:
        return None
    if unit is not None:
        value *= unit.factor
    if unit is not None and unit.is_money and value != value.to_integral_value():
        return None
    if match["sign"] in {"-", "–"}:
        value = -value
    return Figure(int(value) if value == value.to_integral_value() else float(value), unit.name if unit else None)


def _settled(number: str, read: Quantity, mark: str | None, unit: Unit | None) -> Decimal | None:
    """The one value of a number in its column; None where two are possible."""
    whole, _, part = number.partition("." if "." in number else ",")
    if number.count(".") + number.count(",") != 1 or len(part) != 3:
        return read.value
    if not whole.isdigit():
        return None  # "12 345.678": a dot lost, or groups parted by spaces
    if len(whole) > 3 or (mark == "." and "." in number):
        return Decimal(f"{whole}.{part}")
    if "." in number:
        # "0.500" and a share of 12.345 % are no thousands
        return None if whole == "0" or (unit is not None and unit.name == "%") else Decimal(whole + part)
    if mark == "," or whole == "0":
        return Decimal(f"{whole}.{part}")
    if mark == "." or (unit is not None and unit.is_money and unit.factor == 1):
        return Decimal(whole + part)  # đồng have no parts
    return None
