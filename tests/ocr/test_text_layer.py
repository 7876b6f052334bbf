"""Words of born-digital pages and of invisible layers: text, order, boxes, how much of the page they account for."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pikepdf
import pytest
from fpdf import FPDF
from pikepdf import Name

from ocr.limits import Limits
from ocr.sources import open_source
from ocr.tree import Ink, Word
from tests.hostile import encoded, image_page, lines_image, text_page

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def _words(path: Path) -> list[Word]:
    with open_source([path]) as source, source.page(1) as page:
        return page.layer_words()


def _saved(path: Path, content: bytes) -> Path:
    with pikepdf.new() as pdf:
        text_page(pdf, content)
        pdf.save(path)
    return path


@pytest.mark.skipif(not FONT.exists(), reason="needs a font with Vietnamese letters")
def test_vietnamese_words_in_nfc(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    pdf = FPDF(format="A4", unit="pt")
    pdf.add_font("D", fname=str(FONT))
    pdf.set_font("D", size=13)
    pdf.add_page()
    sentence = "Uỷ ban nhân dân xã Nậm Khoang đề nghị khen thưởng 12 hộ."
    pdf.text(72, 100, unicodedata.normalize("NFD", sentence))
    pdf.output(str(path))
    words = _words(path)
    assert " ".join(word.text for word in words) == sentence
    assert all(90 < word.box.y0 - 0.01 < word.box.y1 < 110 for word in words) or words[0].box.y1 < 110
    assert [word.box.x0 for word in words] == sorted(word.box.x0 for word in words)
    assert all(word.confidence == 1.0 and word.engine for word in words)


def test_words_split_by_gaps_alone(tmp_path: Path) -> None:
    """Many writers place words one by one and write no spaces; letterheads are spaced out a little."""
    content = b"BT /F 10 Tf 72 700 Td (Long) Tj 24.5 0 Td (Phu) Tj ET BT /F 10 Tf 0.8 Tc 72 650 Td (SPACED) Tj ET"
    assert [word.text for word in _words(_saved(tmp_path / "p.pdf", content))] == ["Long", "Phu", "SPACED"]


def test_letters_drawn_twice_for_boldness_are_read_once(tmp_path: Path) -> None:
    content = b"BT /F 12 Tf 72 700 Td (QUYET) Tj ET BT /F 12 Tf 72.3 700 Td (QUYET) Tj ET"
    assert [word.text for word in _words(_saved(tmp_path / "p.pdf", content))] == ["QUYET"]


def test_invisible_text_is_given(tmp_path: Path) -> None:
    content = b"BT 3 Tr /F 12 Tf 72 700 Td (invisible layer) Tj ET"
    assert [word.text for word in _words(_saved(tmp_path / "p.pdf", content))] == ["invisible", "layer"]


def test_text_off_the_page_and_slanted_watermarks_are_left_out(tmp_path: Path) -> None:
    content = (
        b"BT /F 12 Tf 72 700 Td (kept) Tj ET BT /F 12 Tf 700 700 Td (outside) Tj ET "
        b"BT /F 12 Tf 72 900 Td (above) Tj ET BT /F 30 Tf 0.7071 0.7071 -0.7071 0.7071 200 200 Tm (COPY) Tj ET"
    )
    assert [word.text for word in _words(_saved(tmp_path / "p.pdf", content))] == ["kept"]


@pytest.mark.parametrize(
    ("matrix", "first_is"),
    [
        (b"1 0 0 1", "left"),
        (b"0 1 -1 0", "below"),  # reads upwards
        (b"-1 0 0 -1", "right"),
        (b"0 -1 1 0", "above"),  # reads downwards
    ],
)
def test_letters_of_turned_text_keep_their_order(tmp_path: Path, matrix: bytes, first_is: str) -> None:
    content = b"BT /F 12 Tf " + matrix + b" 300 400 Tm (one two) Tj ET"
    words = _words(_saved(tmp_path / "p.pdf", content))
    assert [word.text for word in words] == ["one", "two"]
    first, second = (word.box.centre for word in words)
    assert {
        "left": first[0] < second[0],
        "below": first[1] > second[1],
        "right": first[0] > second[0],
        "above": first[1] < second[1],
    }[first_is]


def test_colour_of_the_letters(tmp_path: Path) -> None:
    content = b"BT /F 12 Tf 72 700 Td 1 0 0 rg (MAT) Tj 0 -20 Td 0 0 0.8 rg (ky) Tj 0 -20 Td 0 g (den) Tj ET"
    assert [word.ink for word in _words(_saved(tmp_path / "p.pdf", content))] == [Ink.RED, Ink.BLUE, Ink.BLACK]


def test_glyphs_without_unicode_become_the_replacement_character(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    with pikepdf.new() as pdf:
        page = text_page(pdf, b"BT /F 12 Tf 72 700 Td <00010002> Tj ET")
        descendant = pikepdf.Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/Nobody"),
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        )
        page.Resources.Font.F = pikepdf.Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/Nobody"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=[descendant],
        )
        pdf.save(path)
    assert "".join(word.text for word in _words(path)) == "\ufffd\ufffd"


def test_layer_that_is_too_long_is_left_out(tmp_path: Path) -> None:
    path = _saved(tmp_path / "p.pdf", b"BT /F 12 Tf 72 700 Td (0123456789) Tj ET")
    with open_source([path], limits=Limits(layer_characters=5)) as source, source.page(1) as page:
        assert page.layer_words() == []
        assert page.warnings[0].startswith("layer_too_long")


def test_coverage_tells_a_page_from_a_stamp(tmp_path: Path) -> None:
    """A full invisible layer over a scan covers its ink; one that holds the signature box only does not."""
    shares = []
    for lines in (range(60, 800, 12), range(60, 90, 12)):
        content = b"".join(b"BT 3 Tr /F 12 Tf 50 %d Td (%s) Tj ET " % (y, b"x" * 85) for y in lines)
        path = tmp_path / f"{len(lines)}.pdf"
        with pikepdf.new() as pdf:
            image = lines_image()
            page = image_page(pdf, encoded(image, "JPEG"), image.size, Name.DCTDecode)
            page.resources.Font = text_page(pdf).resources.Font
            del pdf.pages[1]
            page.contents_add(content)
            pdf.save(path)
        with open_source([path]) as source, source.page(1) as opened:
            assert opened.image_coverage == 1.0
            shares.append(opened.layer_coverage)
    assert shares[0] > 0.9
    assert shares[1] < 0.15


def test_pages_of_one_document_keep_apart(tmp_path: Path) -> None:
    path = tmp_path / "three.pdf"
    with pikepdf.new() as pdf:
        for name in (b"one", b"two", b"three"):
            text_page(pdf, b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % name)
        pdf.save(path)
    with open_source([path]) as source:
        assert [[word.text for word in page.layer_words()] for page in source.pages()] == [["one"], ["two"], ["three"]]
        with source.page(2) as page:  # and again, out of order
            assert [word.text for word in page.layer_words()] == ["two"]
