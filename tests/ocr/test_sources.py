"""Opening: by content, not by name; one PDF, or images as the pages of one document."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from normalize.errors import EmptyInputError, NotFoundError, TooLargeError, UnsupportedInputError
from ocr.limits import DEFAULT_LIMITS, Limits
from ocr.sources import Kind, open_source, sniff
from tests.hostile import A4, encoded, image_page, lines_image, text_page


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4\n%\xe2\xe3", Kind.PDF),
        (b"\r\njunk %PDF-1.4\n", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Kind.IMAGE),
        (b"II*\x00\x08\x00\x00\x00", Kind.IMAGE),
        (b"MM\x00*\x00\x00\x00\x08", Kind.IMAGE),
        ("Ủy ban nhân dân xã Nậm Khoang\n".encode(), Kind.TEXT),
        ("\ufeffQuyết định".encode("utf-16"), Kind.TEXT),
        ("Céng hoµ x· héi chñ nghÜa".encode("latin-1"), Kind.TEXT),  # TCVN3
        (b"<!DOCTYPE html><html>", Kind.OTHER),
        (b"\n  <html>", Kind.OTHER),
        (b"{\\rtf1\\ansi}", Kind.OTHER),
        (b"PK\x03\x04\x14\x00\x06\x00", Kind.OTHER),
        (b"   \n\n ", Kind.OTHER),
    ],
)
def test_sniff(tmp_path: Path, head: bytes, kind: Kind) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(head)
    assert sniff(path) is kind


def test_sniff_refuses_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(EmptyInputError):
        sniff(tmp_path / "empty")
    for path in (tmp_path, tmp_path / "missing", Path("bad\0name")):
        with pytest.raises(NotFoundError):
            sniff(path)


def test_resolution_comes_from_the_size_on_the_page(tmp_path: Path) -> None:
    """827 x 1170 pixels: 100 dpi on A4, 200 dpi when drawn at half the size, half as much under UserUnit 2."""
    image = lines_image()
    for content, unit, dpi, coverage in (
        (b"q 595 0 0 842 0 0 cm /I Do Q", 1, 100, 1.0),
        (b"q 297.5 0 0 421 50 50 cm /I Do Q", 1, 200, 0.25),
        (b"q 595 0 0 842 0 0 cm /I Do Q", 2, 50, 1.0),
        (b"q 0 842 -595 0 595 0 cm /I Do Q", 1, 141, 1.0),  # turned: the finer edge counts
    ):
        path = tmp_path / "page.pdf"
        with pikepdf.new() as pdf:
            page = image_page(pdf, encoded(image, "JPEG", dpi=(600, 600)), image.size, Name.DCTDecode)
            page.Contents = pdf.make_stream(content)
            page.obj.UserUnit = unit
            pdf.save(path)
        with open_source([path]) as source, source.page(1) as opened:
            assert opened.native_dpi == pytest.approx(dpi, rel=0.01)
            assert opened.image_coverage == pytest.approx(coverage, abs=0.02)


def test_resolution_of_an_image_in_forms(tmp_path: Path) -> None:
    """Scanning programs wrap the image in forms, each with a matrix of its own."""
    path = tmp_path / "page.pdf"
    image = lines_image()
    with pikepdf.new() as pdf:
        page = image_page(pdf, encoded(image, "JPEG"), image.size, Name.DCTDecode)
        form = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, *A4])
        form.Matrix = Array([0.5, 0, 0, 0.5, 0, 0])
        form.Resources = Dictionary(XObject=Dictionary(I=page.resources.XObject.I))
        page.resources.XObject = Dictionary(F=form)
        page.Contents = pdf.make_stream(b"q 0.5 0 0 0.5 200 300 cm /F Do Q")
        pdf.save(path)
    with open_source([path]) as source, source.page(1) as opened:
        assert opened.native_dpi == pytest.approx(400, rel=0.01)
        assert opened.image_coverage == pytest.approx(1 / 16, abs=0.01)


def test_page_without_image(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    with pikepdf.new() as pdf:
        text_page(pdf)
        pdf.save(path)
    with open_source([path]) as source, source.page(1) as page:
        assert (page.native_dpi, page.image_coverage) == (0.0, 0.0)
        assert (source.kind, source.name, source.page_count, source.signatures) == ("pdf", "page.pdf", 1, ())


def test_loose_pages_are_joined_in_the_order_given(tmp_path: Path) -> None:
    paths = []
    for name, level in (("b.png", 10), ("a.jpg", 120), ("c.tif", 240)):
        paths.append(tmp_path / name)
        Image.new("L", (100, 140), level).save(paths[-1])
    with open_source(paths, name="Dossier 7") as source:
        assert (source.name, source.kind, source.page_count) == ("Dossier 7", "images", 3)
        assert [page.number for page in source.pages()] == [1, 2, 3]
        assert [round(float(page.render(20).mean()) / 10) for page in source.pages()] == [1, 12, 24]


def test_pdf_cannot_be_joined(tmp_path: Path) -> None:
    image, pdf_path = tmp_path / "a.png", tmp_path / "b.pdf"
    Image.new("L", (10, 10)).save(image)
    with pikepdf.new() as pdf:
        text_page(pdf)
        pdf.save(pdf_path)
    for paths in ([image, pdf_path], [pdf_path, image], [pdf_path, pdf_path]):
        with pytest.raises(UnsupportedInputError), open_source(paths):
            pass


def test_text_has_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Điều 1", encoding="utf-8")
    with pytest.raises(UnsupportedInputError, match="extract"), open_source([path]):
        pass


def test_files_are_closed(tmp_path: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("open files are counted in /proc")
    path = tmp_path / "page.pdf"
    with pikepdf.new() as pdf:
        text_page(pdf)
        pdf.save(path)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing")
    before = len(list(descriptors.iterdir()))
    for _ in range(5):
        with open_source([path]) as source, source.page(1) as page:
            page.layer_words()
        with pytest.raises(Exception, match="broken"), open_source([broken]):
            pass
    assert len(list(descriptors.iterdir())) == before


def test_the_size_of_files_is_bounded_by_the_callers_limits(tmp_path: Path) -> None:
    """In both directions: a limit that was raised counts too."""
    path = tmp_path / "sparse.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(DEFAULT_LIMITS.file_bytes + 1)
    with pytest.raises(TooLargeError, match="file_bytes"):
        sniff(path)
    assert sniff(path, Limits(file_bytes=2 * DEFAULT_LIMITS.file_bytes)) is Kind.PDF


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with (
        pytest.raises(NotFoundError, match=r"nowhere\.pdf cannot be opened: no such file"),
        open_source([tmp_path / "nowhere.pdf"]),
    ):
        pass
