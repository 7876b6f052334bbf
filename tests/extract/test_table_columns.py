"""Tables without rules: words set in columns on the page, fields of plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.extract.table_pages import body, page_of, tables_of, tables_of_text, texts

XS = (60, 100, 300, 430)
ROWS = [
    ("TT", "Họ và tên", "Chức vụ", "Số phiếu"),
    ("1", "Tạ Bách Tùng", "Trưởng thôn", "9"),
    ("2", "Lò Mai Chi", "Bí thư chi bộ", "8"),
    ("3", "Vi Thu Sương", "Trưởng ban", "9"),
]


def _line(parts, y, xs=XS):
    lines = [body(text, y, x) for text, x in zip(parts, xs, strict=False) if text]
    return replace(lines[0], words=tuple(word for line in lines for word in line.words))


def _set(rows, y=200.0, xs=XS):
    return [_line(row, y + 18 * number, xs) for number, row in enumerate(rows)]


def test_words_in_columns_are_a_table():
    around = (body("Hội đồng đã bỏ phiếu, kết quả như sau:", 170), body("Cuộc họp kết thúc cùng ngày.", 300))
    (table,) = tables_of(page_of(around[0], *_set(ROWS), around[1]))
    assert not table.ruled
    assert table.columns == list(ROWS[0])
    assert texts(table) == [dict(enumerate(row)) for row in ROWS[1:]]
    assert [row.cells[3].value for row in table.rows[1:]] == [9, 8, 9]


def test_the_rest_of_a_cell_on_the_next_line_belongs_to_it():
    rows = [*ROWS[:2], ("", "(vắng mặt)", "", ""), *ROWS[2:]]
    (table,) = tables_of(page_of(*_set(rows)))
    assert texts(table)[0][1] == "Tạ Bách Tùng (vắng mặt)"
    assert len(texts(table)) == 3


def test_a_list_of_names_and_posts_is_a_table():
    rows = [("1. Ông Tạ Bách Tùng", "Chủ tịch"), ("2. Bà Lò Mai Chi", "Thư ký"), ("3. Bà Vi Thu Sương", "Ủy viên")]
    (table,) = tables_of(page_of(*_set(rows, xs=(60, 330))))
    assert table.columns == ["", ""]
    assert texts(table)[1] == {0: "2. Bà Lò Mai Chi", 1: "Thư ký"}


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Các thôn rà soát tủ sách", "và lập danh mục"),
            ("gửi về xã trước ngày", "hội đọc sách"),
            ("theo mẫu", "kèm"),
        ],
        [("1", "Tạ Bách Tùng", "Trưởng thôn"), ("2", "Lò Mai Chi", "Bí thư")],
    ],
)
def test_doubtful_alignment_is_no_table(rows):
    assert tables_of(page_of(*_set(rows))) == []


def test_running_text_is_no_table():
    text = "Các thôn rà soát tủ sách, lập danh mục và gửi về xã trước ngày hội theo mẫu kèm theo"
    assert tables_of(page_of(*(body(text, 100 + 18 * line) for line in range(20)))) == []


TYPED = {
    "bars": "| TT | Họ và tên | Số phiếu |\n|---|---|---|\n| 1 | Tạ Bách Tùng | 9 |\n| 2 | Lò Mai Chi | 8 |\n",
    "tabs": "TT\tHọ và tên\tSố phiếu\n1\tTạ Bách Tùng\t9\n2\tLò Mai Chi\t8\n",
    "spaces": ("TT     Họ và tên          Số phiếu\n1      Tạ Bách Tùng       9\n2      Lò Mai Chi         8\n"),
}


@pytest.mark.parametrize("way", TYPED)
def test_typed_tables(way):
    (table,) = tables_of_text(f"Kết quả như sau:\n{TYPED[way]}Cuộc họp kết thúc cùng ngày.\n")
    assert table.columns == ["TT", "Họ và tên", "Số phiếu"]
    assert texts(table) == [{0: "1", 1: "Tạ Bách Tùng", 2: "9"}, {0: "2", 1: "Lò Mai Chi", 2: "8"}]
    assert table.rows[1].cells[2].value == 9
    assert table.rows[1].cells[2].where == []


def test_spans_of_typed_cells_are_where_they_stand():
    text = TYPED["spaces"]
    (table,) = tables_of_text(text)
    for row in table.rows:
        for cell in row.cells:
            assert text[slice(*cell.span)] == cell.text


@pytest.mark.parametrize(
    "text",
    [
        "Một dòng có\tmột khoảng trống.\nDòng sau thì không.\n",
        "UBND XÃ SUỐI HOA     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 27/UBND     Độc lập - Tự do - Hạnh phúc\n",
        "",
        "\t\t\t\n" * 50,
        "|" * 5000,
        "a   b   c " * 5000,
    ],
)
def test_texts_without_tables(text):
    assert tables_of_text(text) == []
