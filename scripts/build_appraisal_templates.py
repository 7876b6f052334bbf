"""Build the Word templates of the appraisal outputs anew: ``python scripts/build_appraisal_templates.py``.

The office edits the templates in Word; this script is where they came from. Format of the page: annex I to Nghị định
30/2020/NĐ-CP (A4, margins 20-25 mm above and below, 30-35 mm left, 15-20 mm right, Times New Roman 13-14).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TEMPLATES = Path(__file__).parents[1] / "appraise" / "data" / "templates"
FONT = "Times New Roman"
CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def main() -> None:
    """Write both templates."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    for name, build in (("phieu-tham-dinh.docx", form), ("de-nghi-bo-sung.docx", requests)):
        document = empty_page()
        build(document)
        document.save(str(TEMPLATES / name))


def empty_page() -> Any:
    """A4 with the margins of an official document, page numbers below."""
    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001  the format knows no zones
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.space_before = Pt(0)
    page_number(section.footer.paragraphs[0])
    return document


def form(document: Any) -> None:
    """Phiếu thẩm định of one candidate."""
    head(document)
    title(document, "PHIẾU THẨM ĐỊNH", "Hồ sơ đề nghị khen thưởng")
    line(
        document,
        "Căn cứ: {{ guideline }}{% if guideline_mark %} {{ guideline_mark }}{% endif %}",
        align=CENTER,
        size=12,
    )
    note = "Mục 1 đến 6 được lập tự động từ bản quét hồ sơ để người thẩm định kiểm tra; mục 7 do người thẩm định ghi."
    line(document, note, align=CENTER, italic=True, size=11)

    heading(document, "1. Đối tượng đề nghị khen thưởng")
    facts = (
        ("Tên tập thể, cá nhân, gia đình", "{{ name }}"),
        ("Loại đối tượng", "{{ class_name }}"),
        ("Hình thức đề nghị", "{{ award }}"),
        ("Địa chỉ, đơn vị", "{{ address }}"),
        ("Đơn vị trình", "{{ proposer }}"),
        ("Tờ trình", "{{ submission }}"),
        ("Ngày nhận hồ sơ", "{{ received }}"),
    )
    table = grid(document, [52, 113])
    for name, value in facts:
        fill(table.add_row(), [name, value], bold=(0,))
    line(document, "{%p if other_names %}")
    line(document, "Tên ghi khác nhau giữa các văn bản: {{ other_names }}", size=12)
    line(document, "{%p endif %}")

    heading(document, "2. Thành phần hồ sơ")
    table = headed(
        document, ["TT", "Văn bản", "Quy định", "Thực có", "Tệp, trang", "Nhận xét"], [11, 40, 17, 18, 39, 40]
    )
    rows(
        table,
        "paper in papers",
        ["n", "name", "required", "found", "where", "remark"],
    )

    heading(document, "3. Tiêu chuẩn khen thưởng")
    names = ["TT", "Tiêu chuẩn theo quy định", "Số liệu trong hồ sơ", "So sánh", "Gợi ý"]
    table = headed(document, names, [11, 52, 40, 38, 24])
    control(table, "{%tr for check in criteria %}")
    fill(
        table.add_row(),
        fields("check", ("n", "rule", "figures", "reason", "state")),
        center=(0, 4),
        size=12,
    )
    evidence_rows(table)
    control(table, "{%tr endfor %}")
    nothing(document, "criteria", "Chưa đối chiếu được với tiêu chuẩn nào.")

    heading(document, "4. Các trường hợp loại trừ")
    table = headed(document, ["TT", "Nội dung, giai đoạn", "Kết quả tra cứu", "Gợi ý"], [11, 58, 68, 28])
    control(table, "{%tr for check in exclusions %}")
    fill(table.add_row(), fields("check", ("n", "rule", "result", "state")), center=(0, 3), size=12)
    evidence_rows(table)
    control(table, "{%tr endfor %}")
    nothing(document, "exclusions", "Quy định không nêu trường hợp loại trừ đối với đối tượng này.")

    heading(document, "5. Mâu thuẫn và điểm cần lưu ý trong hồ sơ")
    table = headed(document, ["TT", "Nội dung", "Các giá trị", "Tệp, trang"], [11, 54, 50, 50])
    rows(table, "item in contradictions", ["n", "what", "readings", "where"])
    nothing(document, "contradictions", "Không phát hiện số liệu khác nhau giữa các văn bản đã đọc được.")
    line(document, "{%p for remark in remarks %}")
    line(document, "- {{ remark }}", size=12)
    line(document, "{%p endfor %}")

    heading(document, "6. Biên bản họp xét")
    line(document, "{{ votes }}")
    line(document, "{%p for remark in vote_remarks %}")
    line(document, "- {{ remark }}", size=12)
    line(document, "{%p endfor %}")

    heading(document, "7. Ý kiến và kết luận của người thẩm định")
    for _ in range(4):
        dotted(document)
    line(document, "Kết luận:   ☐ Đủ điều kiện      ☐ Chưa đủ điều kiện      ☐ Đề nghị bổ sung, làm rõ", keep=True)
    signature(document, "NGƯỜI THẨM ĐỊNH")


def requests(document: Any) -> None:
    """What the sender is asked for."""
    head(document)
    title(document, "DANH MỤC", "Nội dung đề nghị bổ sung, làm rõ trong hồ sơ khen thưởng")
    line(document, "Đơn vị trình: {{ proposer }}")
    line(document, "Tờ trình: {{ submission }}")
    line(document, "Hồ sơ: {{ dossier }}; ngày nhận: {{ received }}")
    table = headed(document, ["TT", "Nội dung đề nghị bổ sung, làm rõ", "Đối tượng", "Lý do"], [11, 60, 40, 54])
    rows(table, "item in requests", ["n", "what", "candidate", "reason"])
    line(document, "")
    line(document, "Đề nghị gửi bổ sung trước ngày …… tháng …… năm ………")
    note = "Danh mục được lập tự động từ bản quét hồ sơ; người thẩm định kiểm tra trước khi gửi."
    line(document, note, italic=True, size=11)
    signature(document, "NGƯỜI LẬP")


def head(document: Any) -> None:
    """Organ and motto in two columns; the blanks are the office's to fill in."""
    table = grid(document, [62, 103], borders=False)
    row = table.add_row()
    left, right = row.cells
    text(left, "…………………………", size=13)
    text(left, "…………………………", size=13, bold=True, more=True)
    text(left, "Số: ……/………", size=13, more=True)
    text(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12.5, bold=True)
    underlined(text(right, "Độc lập - Tự do - Hạnh phúc", size=13.5, bold=True, more=True))
    text(right, "…………, ngày …… tháng …… năm ………", size=13, italic=True, more=True)


def title(document: Any, first: str, second: str) -> None:
    """Name of the document, centred."""
    line(document, first, bold=True, align=CENTER, size=14, before=12)
    line(document, second, bold=True, align=CENTER, size=14)


def signature(document: Any, title_: str) -> None:
    """Place for the date and the signature, on the right; never parted from each other by a page's end."""
    table = grid(document, [75, 90], borders=False)
    left, right = table.add_row().cells
    text(left, "")
    text(right, "Ngày …… tháng …… năm ………", italic=True)
    text(right, title_, bold=True, more=True)
    text(right, "(Ký, ghi rõ họ tên)", italic=True, more=True)


def heading(document: Any, words: str) -> None:
    """Heading of a section; stays with what follows."""
    line(document, words, bold=True, before=8, keep=True)


def line(
    document: Any,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = LEFT,
    size: float = 13,
    before: float = 0,
    keep: bool = False,
) -> Any:
    """One paragraph."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = keep
    style(paragraph.add_run(words), size, bold=bold, italic=italic)
    return paragraph


def dotted(document: Any) -> None:
    """An empty line to write on."""
    paragraph = line(document, "\t")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(165), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def text(
    cell: Any,
    words: str,
    *,
    size: float = 13,
    bold: bool = False,
    italic: bool = False,
    align: Any = CENTER,
    more: bool = False,
) -> Any:
    """Put ``words`` into a cell; ``more`` in a paragraph below what it holds."""
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    style(paragraph.add_run(words), size, bold=bold, italic=italic)
    return paragraph


def style(run: Any, size: float, *, bold: bool, italic: bool) -> None:
    """Font of a run."""
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def underlined(paragraph: Any) -> None:
    """Underline the motto as decreed: a line as long as the words."""
    for run in paragraph.runs:
        run.underline = True


def grid(document: Any, widths: Sequence[float], *, borders: bool = True) -> Any:
    """A table without rows; ``widths`` in millimetres."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid" if borders else "Normal Table"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def headed(document: Any, names: Sequence[str], widths: Sequence[float]) -> Any:
    """A table whose head is repeated on every page."""
    table = grid(document, widths)
    row = table.add_row()
    for cell, name in zip(row.cells, names, strict=True):
        text(cell, name, size=12, bold=True)
    mark(row, "w:tblHeader")
    mark(row, "w:cantSplit")
    return table


def rows(table: Any, loop: str, names: Sequence[str]) -> None:
    """One row for every item of ``loop`` ("paper in papers"), with its fields."""
    control(table, f"{{%tr for {loop} %}}")
    fill(table.add_row(), fields(loop.partition(" ")[0], names), center=(0,), size=12)
    control(table, "{%tr endfor %}")


def fields(item: str, names: Sequence[str]) -> list[str]:
    """Tags that put in the fields of an item."""
    return [f"{{{{ {item}.{name} }}}}" for name in names]


def evidence_rows(table: Any) -> None:
    """Below a check: where it was read, with the picture of the place, over the whole width."""
    control(table, "{%tr for place in check.places %}")
    row = table.add_row()
    cell = row.cells[0].merge(row.cells[-1])
    text(cell, "{{ place.text }}", size=11, italic=True, align=LEFT)
    text(cell, "{%p if place.picture %}", more=True)
    text(cell, "{{ place.picture }}", more=True)
    text(cell, "{%p endif %}", more=True)
    mark(row, "w:cantSplit")
    control(table, "{%tr endfor %}")


def fill(
    row: Any, words: Sequence[str], *, bold: Sequence[int] = (), center: Sequence[int] = (), size: float = 13
) -> None:
    """Write the cells of a row."""
    for number, (cell, each) in enumerate(zip(row.cells, words, strict=True)):
        text(cell, each, size=size, bold=number in bold, align=CENTER if number in center else LEFT)
    mark(row, "w:cantSplit")


def control(table: Any, tag: str) -> None:
    """A row that is gone in the output: it tells docxtpl to repeat what follows."""
    text(table.add_row().cells[0], tag, size=8, align=LEFT)


def nothing(document: Any, name: str, words: str) -> None:
    """What to say where a table has no rows."""
    line(document, f"{{%p if not {name} %}}")
    line(document, words, italic=True, size=12)
    line(document, "{%p endif %}")


def mark(row: Any, name: str) -> None:
    """Set a property of a row, such as "repeat as head"."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  python-docx has no call for it


def page_number(paragraph: Any) -> None:
    """The number of the page, centred."""
    paragraph.alignment = CENTER
    run = paragraph.add_run()
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is not None:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = words
        run._r.append(element)  # noqa: SLF001  python-docx has no call for fields


if __name__ == "__main__":
    main()
