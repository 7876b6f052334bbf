"""The ranking of districts: figures side by side for rules such as "cao nhất, nhì". A sheet, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from appraise.checks.ranking import RankingRow
from appraise.outputs.wording import place_of
from appraise.outputs.workbook import Book

__all__ = ["ranking_sheet"]

_SHARE, _GROWTH = "Tỷ lệ xã đạt chuẩn (%)", "Mức tăng tiêu chí bình quân/xã"
_COLUMNS: Final = (
    ("STT", 5),
    ("Huyện, thành phố, thị xã", 26),
    (f"{_SHARE} theo hồ sơ", 14),
    ("Thứ", 6),
    (f"{_SHARE} theo danh sách", 14),
    ("Thứ", 6),
    (f"{_GROWTH} theo hồ sơ", 14),
    ("Thứ", 6),
    (f"{_GROWTH} theo danh sách", 14),
    ("Thứ", 6),
    ("Số xã trong danh sách", 11),
    ("Tệp, trang", 34),
)
_FIGURES: Final = (2, 4, 6, 8)  # columns; each has its rank on its right
_SPARE: Final = 12  # lines for districts that sent no dossier
_HEAD_POINTS: Final = 62.0
_NOTES: Final = (
    "Quy tắc xếp hạng cần số liệu của tất cả các huyện: ghi thêm huyện còn thiếu vào các dòng trống.",
    "Thứ tự tính từ những số liệu đã có trong bảng, không phải là kết luận.",
)


def ranking_sheet(book: Book, ranks: Sequence[RankingRow]) -> None:
    """Add the sheet; Excel ranks what is there, also what the office adds.

    Args:
        book: The workbook.
        ranks: A row for each district.
    """
    sheet, first = book.sheet("Xếp hạng huyện", "BẢNG SỐ LIỆU XẾP HẠNG HUYỆN", _NOTES, _COLUMNS)
    sheet.set_row(first - 1, _HEAD_POINTS)
    end = first + len(ranks) + _SPARE - 1
    for at in range(first, end + 1):
        row = ranks[at - first] if at - first < len(ranks) else None
        words = [str(at - first + 1), row.district if row else "", *[""] * (len(_COLUMNS) - 2)]
        words[10] = str(row.communes) if row and row.communes else ""
        words[11] = "; ".join(dict.fromkeys(map(place_of, row.where))) if row else ""
        book.write(sheet, at, words, _COLUMNS)
        for column, figures in zip(_FIGURES, _of(ranks), strict=True):
            figure = figures[at - first] if row else None
            if figure is None:
                sheet.write_blank(at, column, None, book.formats["figure"])
            else:
                sheet.write_number(at, column, figure, book.formats["figure"])
            own = xl_rowcol_to_cell(at, column)
            over = f"{xl_rowcol_to_cell(first, column, True, True)}:{xl_rowcol_to_cell(end, column, True, True)}"
            known = sorted((each for each in figures if each is not None), reverse=True)
            rank = "" if figure is None else known.index(figure) + 1
            formula = f'=IF(ISNUMBER({own}),RANK({own},{over}),"")'
            sheet.write_formula(at, column + 1, formula, book.formats["number"], rank)


def _of(ranks: Sequence[RankingRow]) -> tuple[list[float | None], ...]:
    """The figures of all districts, in the order of their columns."""
    return (
        [row.told_share for row in ranks],
        [row.listed_share for row in ranks],
        [row.told_growth for row in ranks],
        [row.listed_growth for row in ranks],
    )
