"""What annotations show becomes words of the page: the number and the day that signing programs put in."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name

from extract.read_record import extract_document
from extract.record import Source
from ocr.pdf_annotations import ENGINE
from ocr.pdf_geometry import PageGeometry
from ocr.read import read_document
from ocr.searchable import write_searchable
from ocr.sources import open_source
from ocr.text_layer import ENGINE as LAYER
from ocr.tree import Box, Role, Word
from tests.hostile import text_page
from tests.ocr.drawn_words import NoEngine
from tests.ocr.searchable_pages import text_of

pytestmark = pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")  # widgets that no form lists

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PRINTED = b"BT /F 12 Tf 72 700 Td (Number) Tj 80 0 Td (/LP) Tj ET"
NUMBER = (120.0, 697.0, 148.0, 711.0)
SHOWN = 4  # the flag Print


def _annotate(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    rect: tuple[float, float, float, float],
    *lines: str,
    flags: int = SHOWN,
    subtype: Name = Name.Stamp,
    **keys: object,
) -> None:
    """Add an annotation that shows ``lines``, nested as signing programs do: a form that draws a form."""
    left, bottom, right, top = rect
    high = (top - bottom) / len(lines)
    text = "".join(f"BT /F {0.75 * high} Tf 0 {high * i + 2} Td ({line}) Tj ET " for i, line in enumerate(lines[::-1]))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    box = Array([0, 0, right - left, top - bottom])
    inner = pdf.make_stream(text.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box)
    inner.Resources = Dictionary(Font=Dictionary(F=font))
    outer = pdf.make_stream(b"q /Inner Do Q", Type=Name.XObject, Subtype=Name.Form, BBox=box)
    outer.Resources = Dictionary(XObject=Dictionary(Inner=inner))
    note = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=Array(rect), F=flags, AP=Dictionary(N=outer), **keys)
    page.obj.Annots = Array([*page.obj.get(Name.Annots, Array()), pdf.make_indirect(note)])


def _page(path: Path, rect: tuple[float, float, float, float] = NUMBER, rotate: int = 0, **keys: object) -> Path:
    with pikepdf.new() as pdf:
        page = text_page(pdf, PRINTED)
        page.obj.Rotate = rotate
        _annotate(pdf, page, rect, "27", **keys)
        pdf.save(path)
    return path


def _words(path: Path) -> list[Word]:
    with open_source([path]) as source, source.page(1) as page:
        return page.layer_words()


@pytest.mark.parametrize("subtype", [Name.Widget, Name.Stamp, Name.FreeText])
def test_shown_text_is_a_word_at_its_place_and_names_its_origin(tmp_path: Path, subtype: Name) -> None:
    words = _words(_page(tmp_path / "p.pdf", subtype=subtype))
    assert [(word.text, word.engine) for word in words] == [("Number", LAYER), ("/LP", LAYER), ("27", ENGINE)]
    (number,) = (word.box for word in words if word.engine == ENGINE)
    assert Box(NUMBER[0], 842 - NUMBER[3], NUMBER[2], 842 - NUMBER[1]).holds(*number.centre)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_on_a_turned_page_too(tmp_path: Path, rotation: int) -> None:
    words = _words(_page(tmp_path / "p.pdf", rotate=rotation))
    (number,) = (word.box for word in words if word.engine == ENGINE)
    shown = PageGeometry(0, 0, 595, 842, rotation).around([NUMBER[:2], NUMBER[2:]])
    assert shown.holds(*number.centre)


@pytest.mark.parametrize("flags", [2, 32, 4 | 2])
def test_what_is_hidden_is_no_word(tmp_path: Path, flags: int) -> None:
    assert [word.text for word in _words(_page(tmp_path / "p.pdf", flags=flags))] == ["Number", "/LP"]


@pytest.mark.parametrize("keys", [{"subtype": Name.Popup}, {"OC": Dictionary(Type=Name.OCG, Name="draft")}])
def test_popups_and_optional_parts_are_no_words(tmp_path: Path, keys: dict[str, object]) -> None:
    assert [word.text for word in _words(_page(tmp_path / "p.pdf", **keys))] == ["Number", "/LP"]


def test_text_that_is_printed_there_as_well_is_one_word(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = text_page(pdf, PRINTED + b" BT /F 10.5 Tf 120 699 Td (27) Tj ET")
        _annotate(pdf, page, NUMBER, "27")
        _annotate(pdf, page, (300.0, 300.0, 328.0, 314.0), "27")
        pdf.save(tmp_path / "p.pdf")
    assert [word.engine for word in _words(tmp_path / "p.pdf") if word.text == "27"] == [LAYER, ENGINE]


def test_a_filled_blank_leaves_no_dots(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = text_page(pdf, b"BT /F 12 Tf 72 700 Td (No ............/LP and ....) Tj ET")
        _annotate(pdf, page, (100.0, 697.0, 114.0, 711.0), "27")
        pdf.save(tmp_path / "p.pdf")
    words = sorted(_words(tmp_path / "p.pdf"), key=lambda word: word.box.x0)
    assert [word.text for word in words] == ["No", "27", "/LP", "and", "...."]
    assert words[2].box.x0 > words[1].box.x1


def test_a_damaged_look_costs_only_its_own_words(tmp_path: Path) -> None:
    path = _page(tmp_path / "p.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        look = pdf.pages[0].obj.Annots[0].AP.N
        look.Resources.XObject.Inner.Resources.Font.F = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type0)
        )
        look.Resources.XObject.Self = look  # a form among its own forms
        pdf.save(path)
    assert [word.text for word in _words(path)][:2] == ["Number", "/LP"]


def test_too_much_text_is_left_out_with_a_warning(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        _annotate(pdf, text_page(pdf, PRINTED), (0.0, 0.0, 595.0, 842.0), *["x" * 60] * 200)
        pdf.save(tmp_path / "p.pdf")
    with open_source([tmp_path / "p.pdf"]) as source, source.page(1) as page:
        assert [word.text for word in page.layer_words()] == ["Number", "/LP"]
        assert page.warnings == ("annotations_unreadable: TooLargeError",)


LINES = {
    (90, 60): "ỦY BAN NHÂN DÂN",
    (105, 78): "XÃ SUỐI HOA",
    (300, 60): "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    (335, 78): "Độc lập - Tự do - Hạnh phúc",
    (100, 110): "Số:          /UBND-VX",
    (320, 110): "Suối Hoa, ngày       tháng 3 năm 2021",
    (90, 128): "V/v chuẩn bị ngày hội đọc sách",
    (150, 180): "Kính gửi: Các thôn trong xã",
    (90, 220): "Ủy ban nhân dân xã đề nghị các thôn rà soát tủ sách và gửi danh mục về xã.",
    (90, 300): "Nơi nhận:",
    (380, 300): "CHỦ TỊCH",
    (375, 380): "Tạ Bách Tùng",
}


def _letter(path: Path) -> Path:
    """A letter whose number and day stand only in annotations, like the signing program's note of who and when."""
    base = FPDF(format="A4", unit="pt")
    base.add_font("D", fname=str(FONT))
    base.set_font("D", size=11)
    base.add_page()
    for (x, y), line in LINES.items():
        base.text(x, y, line)
    base.output(str(path))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        high = float(page.mediabox[3])
        _annotate(pdf, page, (125, high - 112, 150, high - 98), "27")
        _annotate(pdf, page, (409, high - 112, 430, high - 98), "05")
        _annotate(
            pdf, page, (380, high - 40, 560, high - 10), "Ky boi: Xa Suoi Hoa", "Ngay ky: 09/04/2022 08:15:20 +07:00"
        )
        pdf.save(path)
    return path


@pytest.mark.skipif(not FONT.exists(), reason="needs a font with Vietnamese letters")
def test_number_and_day_are_read_and_the_time_of_signing_is_neither(tmp_path: Path) -> None:
    document = read_document([_letter(tmp_path / "letter.pdf")], engine=NoEngine())
    read = extract_document(document, Source(name="letter.pdf", pages=1)).document
    assert read.number is not None
    assert read.issue_date is not None
    assert (read.number.value, read.issue_date.value) == ("27", "2021-03-05")
    (drawn,) = (word.box for word in document.pages[0].words if word.text == "27")
    assert read.number.where[0].box == pytest.approx(drawn.as_list())
    boxes = [line.text for line in document.pages[0].lines if line.role is Role.SIGNATURE_BOX]
    assert any("08:15:20" in text for text in boxes)


@pytest.mark.skipif(not FONT.exists(), reason="needs a font with Vietnamese letters")
def test_the_searchable_copy_has_them_once(tmp_path: Path) -> None:
    source, out = _letter(tmp_path / "letter.pdf"), tmp_path / "searchable.pdf"
    write_searchable([source], read_document([source], engine=NoEngine()), out)
    assert text_of(out).count("27") == 1
    assert text_of(out).count("08:15:20") == 1
