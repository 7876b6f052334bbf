"""PDFs of one scanned page, the words read from it, and what a reader of the result is shown."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
from ocrmypdf.pdfa import file_claims_pdfa
from pikepdf import Dictionary, Name, Pdf
from pikepdf.pdfa import validate_written
from PIL import Image, ImageDraw

from ocr.pdf_geometry import PageGeometry
from ocr.pdfium import PdfiumDocument
from ocr.tree import Box, Document, Line, Page, TextFrom, Word

WIDTH, HEIGHT = 400.0, 560.0
SHOW = b"q 400 0 0 560 0 0 cm /Scan Do Q\n"


def picture(width: int = 400, height: int = 560) -> Image.Image:
    """A page with a few dark bars, uneven enough that no two parts look alike."""
    image = Image.new("L", (width, height), 235)
    draw = ImageDraw.Draw(image)
    for row in range(6):
        draw.rectangle([40, 40 + 60 * row, 120 + 37 * row, 52 + 60 * row], fill=20 + 10 * row)
    return image


def jpeg(image: Image.Image, **options) -> bytes:
    packed = io.BytesIO()
    image.save(packed, format="JPEG", quality=80, **options)
    return packed.getvalue()


def scan(path: Path, *, contents: bytes = SHOW, **page_keys) -> Path:
    """A PDF of one page with one JPEG and a Helvetica that is not embedded."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
    image = pdf.make_stream(jpeg(picture()))
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 400, "/Height": 560})
    image.update({"/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode})
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.obj.Resources = Dictionary(XObject=Dictionary(Scan=image), Font=Dictionary(F1=pdf.make_indirect(font)))
    page.obj.Contents = pdf.make_stream(contents)
    for key, value in page_keys.items():
        page.obj[f"/{key}"] = value
    pdf.save(path)
    return path


def word(text: str, x0: float, y0: float, x1: float, y1: float) -> Word:
    return Word(text, Box(x0, y0, x1, y1), 0.9)


def read(*lines: tuple[Word, ...], **page_values) -> Document:
    values = {"number": 1, "width": WIDTH, "height": HEIGHT, "text_from": TextFrom.IMAGE} | page_values
    return Document("invented", (Page(lines=tuple(Line(words) for words in lines), **values),))


DOCUMENT = read(
    (word("Ủy", 40, 40, 60, 52), word("ban", 65, 40, 90, 52)),
    (word("diện", 40, 100, 70, 112), word("tích", 75, 100, 100, 112), word("25m²", 105, 100, 140, 112)),
)


def geometry(pdf: Path, index: int = 0, user_unit: float = 1.0) -> PageGeometry:
    with pdf.open("rb") as handle:
        document = PdfiumDocument(handle, "test")
        with document.page(index) as page:
            found = page.geometry(None, user_unit)
        document.close()
    return found


def look(pdf: Path, index: int = 0) -> np.ndarray:
    """The page as displayed at 100 dpi."""
    with pdf.open("rb") as handle:
        document = PdfiumDocument(handle, "test")
        with document.page(index) as page:
            area = page.geometry(None, 1.0)
            drawn = page.render(round(area.width * 100 / 72), round(area.height * 100 / 72))
        document.close()
    return drawn.astype(int)


def find(pdf: Path, text: str, index: int = 0, user_unit: float = 1.0) -> list[Box]:
    """Where a reader that searches for ``text`` is shown it, in displayed points."""
    area = geometry(pdf, index, user_unit)
    document = pypdfium2.PdfDocument(pdf)
    page = document[index]
    layer = page.get_textpage()
    search = layer.search(text, match_case=True)
    boxes = []
    while (hit := search.get_next()) is not None:
        letters = [layer.get_charbox(place) for place in range(hit[0], hit[0] + hit[1])]
        boxes.append(area.around([corner for x0, y0, x1, y1 in letters for corner in ((x0, y0), (x1, y1))]))
    document.close()
    return boxes


def text_of(pdf: Path, index: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = document[index].get_textpage().get_text_range()
    document.close()
    return text


def written_order(pdf: Path) -> str:
    """The layer's letters as they follow each other in the file; pdfium sorts lines that stand on their head anew."""
    with pdfplumber.open(pdf) as opened:
        return "".join(letter["text"] for letter in opened.pages[0].chars)


def image_streams(pdf: Path) -> list[bytes]:
    with pikepdf.open(pdf) as opened:
        return [
            bytes(item.read_raw_bytes())
            for item in opened.objects
            if isinstance(item, pikepdf.Stream) and item.get(Name.Subtype) == Name.Image
        ]


def assert_on_words(pdf: Path, document: Document, user_unit: float = 1.0) -> None:
    for page in document.pages:
        for spoken in page.words:
            boxes = find(pdf, spoken.text, page.number - 1, user_unit)
            assert len(boxes) == 1, spoken.text
            assert boxes[0].holds(*spoken.box.centre), (spoken.text, boxes[0], spoken.box)
            assert boxes[0].intersection_area(spoken.box) > 0.5 * boxes[0].area, (spoken.text, boxes[0], spoken.box)


def assert_pdfa(pdf: Path) -> None:
    assert file_claims_pdfa(pdf)["conformance"] == "PDF/A-2b"
    assert validate_written(pdf, "2b").verdict == "pass"
    with pikepdf.open(pdf) as opened:
        assert opened.Root.OutputIntents[0].S == Name.GTS_PDFA1
        fonts = [item for item in opened.objects if isinstance(item, Dictionary) and "/FontDescriptor" in item]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
