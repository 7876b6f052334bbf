"""Contradictions are found with both places, and what only looks like one is left alone."""

from __future__ import annotations

import pytest

from extract.checks import contradiction_warnings, find_contradictions
from extract.patterns import Source as SourceText
from extract.read_record import extract_text
from extract.record import DocumentFields, Reading, Record, Source, Table, TableCell, TableRow, ValueField, Where
from normalize.folding import fold_aligned

HEAD = """UBND TỈNH LÂM KHÊ                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                              Độc lập - Tự do - Hạnh phúc
Số: 106/HD-SNV
                                  Lâm Khê, ngày 31 tháng 5 năm 2029
HƯỚNG DẪN
Về việc xét khen thưởng phong trào thi đua
"""


def _found(body: str, head: str = "") -> list[tuple[str, list[str]]]:
    text = head + body
    return [
        (item.check, item.values)
        for item in find_contradictions(extract_text(text, "a.txt"), SourceText(text, fold_aligned(text)))
    ]


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("Có 12/19 xã, đạt tỷ lệ 83,2%.", "votes_percentage"),
        ("Có 18/19 đại biểu (đạt 100%).", "votes_percentage"),
        ("Có 63,2% (13/19 xã) đạt chuẩn.", "votes_percentage"),
        ("- Có mặt: 12/14 thành viên Hội đồng.\n- Vắng mặt: 01 (có lý do).", "attendance"),
        ("Số phiếu phát ra: 12 phiếu, thu về: 13 phiếu.", "votes_ballots"),
        ("phát ra 9 phiếu, thu về 9 phiếu, hợp lệ 7 phiếu, không hợp lệ 1 phiếu", "votes_ballots"),
        ("Số tiền 200.000.000 đồng (Ba trăm triệu đồng).", "words"),
        ("Từ ngày 05/3/2029 đến hết ngày 01/3/2029.", "backward_range"),
        ("Hội nghị quý III/2029 (ngày 15/10/2029).", "date_outside_period"),
        ("Năm học 2028-2030.", "school_year"),
        ("Nghị định số 91/2027/NĐ-CP ngày 31/7/2028 của Chính phủ.", "code_year"),
        ("Kế hoạch số 44/KH-UBND ngày 11/4/2029; Kế hoạch số 44/KH-UBND ngày 14/4/2029.", "two_dates"),
        ("Tặng Giấy khen cho 05 tập thể có tên sau đây:\n1. Xã An\n2. Xã Bình\n3. Xã Cát\n", "list_announced"),
    ],
)
def test_a_contradiction_is_found(body: str, check: str):
    assert [found for found, _ in _found(body)] == [check]


@pytest.mark.parametrize(
    "body",
    [
        "Có 12/19 xã, đạt tỷ lệ 63,2%.",
        "Có 12/19 xã (63,1%).",  # cut off, not rounded
        "Có 12/19 xã (63%).",
        "Có 19/19 đại biểu, đạt 100%.",
        "Có 12/19 xã đạt chuẩn, tăng 15% so với năm trước.",  # a share of something else
        "- Có mặt: 12/13 thành viên Hội đồng.\n- Vắng mặt: 01 (có lý do).",
        "phát ra 9 phiếu, thu về 9 phiếu, hợp lệ 8 phiếu, không hợp lệ 1 phiếu",
        "Số tiền 200.000.000 đồng (Hai trăm triệu đồng).",
        "Từ ngày 05/3/2029 đến ngày 01/4/2029.",
        "Hội nghị quý III/2029 (ngày 15/8/2029).",
        "Năm học 2028-2029.",
        "Nghị định số 91/2027/NĐ-CP ngày 31/7/2027 của Chính phủ.",
        "Kế hoạch số 44/KH-UBND ngày 11/4/2028; Kế hoạch số 44/KH-UBND ngày 15/6/2029.",  # of two years
        "Quyết định số 5/QĐ-UBND ngày 11/4/2029 của UBND xã An; Quyết định số 5/QĐ-UBND ngày 12/4/2029 của UBND xã Ba.",
        "Tặng Giấy khen cho 03 tập thể có tên sau đây:\n1. Xã An\n2. Xã Bình\n3. Xã Cát\n",
        "Khen thưởng 05 tập thể và 03 cá nhân có tên sau đây:\n1. Xã An\n2. Xã Bình\n",
    ],
)
def test_what_agrees_is_left_alone(body: str):
    assert _found(body) == []


@pytest.mark.parametrize(
    ("cited", "check"),
    [
        ("Hướng dẫn số 105/HD-SNV ngày 31/5/2029", "annex_number"),
        ("Hướng dẫn số 106/HD-SNV ngày 30/5/2029", "annex_date"),
        ("Hướng dẫn số 106/HD-SNN ngày 31/5/2029", "annex_symbol"),
    ],
)
def test_an_annex_that_cites_another_head(cited: str, check: str):
    ((found, values),) = _found(f"Nội dung.\nPHỤ LỤC\n(Kèm theo {cited} của Sở Nội vụ)\n", HEAD)
    assert found == check
    assert len(values) == 2


@pytest.mark.parametrize(
    "cited",
    ["Hướng dẫn số 106/HD-SNV ngày 31/5/2029", "Hướng dẫn số 106/HD-SNV", "Quyết định số 12/QĐ-TTg ngày 10/5/2029"],
)
def test_an_annex_of_its_own_head_or_of_another_document(cited: str):
    assert _found(f"Nội dung.\nPHỤ LỤC\n(Kèm theo {cited})\n", HEAD) == []


def test_a_citation_younger_than_the_document():
    ((check, values),) = _found("Căn cứ Kế hoạch số 44/KH-UBND ngày 11/6/2029 của UBND tỉnh;\n", HEAD)
    assert check == "reference_after_document"
    assert "31 tháng 5 năm 2029" in values[1]


def _reading(value: object, raw: str, page: int) -> Reading:
    return Reading(value=value, raw=raw, where=[Where(page=page, box=(0, 0, 9, 9))], confidence=0.9, rule="r")


@pytest.mark.parametrize(
    ("signed", "checks"),
    [
        ("2029-05-30T08:00:00+07:00", ["date_after_signature"]),
        ("2029-05-31T08:00:00+07:00", []),
        ("2029-06-09T08:00:00+07:00", []),
        ("2029-09-09T08:00:00+07:00", ["signed_long_after_date"]),
    ],
)
def test_the_date_against_the_signature(signed: str, checks: list[str]):
    fields = DocumentFields(
        issue_date=_reading("2029-05-31", "ngày 31 tháng 5 năm 2029", 1),
        digital_signatures=[_reading({"time": signed}, "", 2)],
    )
    found = find_contradictions(Record(source=Source(name="a.pdf", pages=2), document=fields))
    assert [item.check for item in found] == checks
    assert all([place.page for place in item.places] == [1, 2] for item in found)
    assert all("(page 1, 2)" in line for line in contradiction_warnings(found))


def _row(kind: str, *cells: tuple[str, float | None]) -> TableRow:
    return TableRow(
        kind=kind,  # type: ignore[arg-type]
        cells=[TableCell(text=text, column=n, value=value, confidence=0.9) for n, (text, value) in enumerate(cells)],
        page=1,
    )


def _totals(*rows: TableRow, columns: tuple[str, ...] = ("TT", "Đơn vị", "Số tiền")) -> list[str]:
    table = Table(pages=[1], columns=list(columns), rows=list(rows))
    record = Record(source=Source(name="a.pdf", pages=1), document=DocumentFields(), tables=[table])
    return [item.message for item in find_contradictions(record)]


PARTS = (_row("data", ("1", 1), ("Xã An", None), ("1,5", 1.5)), _row("data", ("2", 2), ("Xã Bình", None), ("2", 2)))


def test_a_total_row_is_added_up():
    assert _totals(*PARTS, _row("total", ("", None), ("Cộng", None), ("3,5", 3.5))) == []
    (message,) = _totals(*PARTS, _row("total", ("", None), ("Cộng", None), ("4,5", 4.5)))
    assert "4,5" in message and "3,5" in message


def test_a_grand_total_may_add_up_subtotals():
    subtotal = _row("total", ("", None), ("Cộng", None), ("3,5", 3.5))
    grand = _row("total", ("", None), ("Tổng cộng", None), ("7", 7.0))
    assert _totals(*PARTS, subtotal, *PARTS, subtotal, grand) == []


def test_columns_that_do_not_add_up_are_left_alone():
    total = _row("total", ("", None), ("Cộng", None), ("4,5", 4.5))
    assert _totals(*PARTS, total, columns=("TT", "Đơn vị", "Tỷ lệ (%)")) == []


def _listed(*rows: TableRow, announced: tuple[int, ...] = ()) -> list[str]:
    values = [
        ValueField(
            kind="count",
            value={"count": count, "what": "tập thể", "relation": "eq"},
            raw=f"{count:02d} tập thể",
            confidence=0.9,
            rule="r",
        )
        for count in announced
    ]
    table = Table(pages=[1], columns=["TT", "Tên", "Số tiền"], rows=list(rows))
    record = Record(source=Source(name="a", pages=1), document=DocumentFields(), values=values, tables=[table])
    return [item.message for item in find_contradictions(record)]


def test_rows_of_a_group_are_counted_against_its_label():
    (message,) = _listed(_row("group", ("I. Tập thể (03 tập thể)", None)), *PARTS)
    assert "3" in message and "2 dòng" in message
    assert _listed(_row("group", ("I. Tập thể (02 tập thể)", None)), *PARTS) == []


def test_rows_of_a_group_are_counted_against_the_text():
    group = _row("group", ("I", None), ("Tập thể", None))
    assert _listed(group, *PARTS, announced=(2, 2)) == []
    assert len(_listed(group, *PARTS, announced=(3,))) == 1
    assert _listed(group, *PARTS, announced=(3, 5)) == []  # two counts: nobody knows which is of this list


def test_rows_that_are_not_numbered_through_are_not_counted():
    """OCR may have lost a row, or taken the next group's for one."""
    group = _row("group", ("I", None), ("Tập thể", None))
    assert _listed(group, *PARTS, *PARTS, announced=(3,)) == []


def test_rows_of_a_vote_are_reckoned():
    """What a lost digit of "11/12" looks like."""
    ballots = ValueField(
        kind="votes",
        value={"for": None, "of": None, "issued": 12, "returned": 12},
        raw="phát ra 12, thu về 12",
        confidence=0.9,
        rule="r",
    )
    rows = [_row("data", ("Xã An", None), ("11/12", None), ("91,7%", None))]
    assert _votes(rows, ballots) == []
    assert _votes([_row("data", ("Xã An", None), ("1/12", None), ("91,7%", None))], ballots) == ["votes_percentage"]
    assert _votes([_row("data", ("Xã An", None), ("11/11", None), ("100%", None))], ballots) == ["votes_ballots"]


def _votes(rows: list[TableRow], ballots: ValueField) -> list[str]:
    table = Table(pages=[1], columns=["Tên", "Phiếu", "Tỷ lệ"], rows=rows)
    record = Record(source=Source(name="a", pages=1), document=DocumentFields(), values=[ballots], tables=[table])
    return [item.check for item in find_contradictions(record)]
