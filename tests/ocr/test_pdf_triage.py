"""What qpdf tells about a PDF before anything is drawn."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from ocr.limits import DEFAULT_LIMITS
from ocr.pdf_triage import image_pixels, open_pdf, page_facts
from tests.hostile import image_page, pdf_bytes, text_page


def _image(pdf: pikepdf.Pdf, wide: int, high: int, **keys: object) -> Stream:
    return pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high, **keys)


def test_whole_file_has_no_warnings() -> None:
    with pikepdf.new() as pdf:
        text_page(pdf)
        text_page(pdf)
        opened = open_pdf(BytesIO(pdf_bytes(pdf)), "two", DEFAULT_LIMITS)
    assert (opened.pages, opened.repaired, opened.warnings) == (2, False, ())


def test_owner_password_and_xfa_are_told() -> None:
    with pikepdf.new() as pdf:
        text_page(pdf)
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=""))
    opened = open_pdf(BytesIO(out.getvalue()), "form", DEFAULT_LIMITS)
    assert [warning.split(":")[0] for warning in opened.warnings] == ["owner_password", "xfa"]


def test_image_pixels_counts_every_place_once() -> None:
    """Page, form, pattern, annotation and mask; the same image twice is unpacked once."""
    with pikepdf.new() as pdf:
        page = image_page(pdf, b"", (10, 10), Name.DCTDecode)
        page.resources.XObject.I.SMask = _image(pdf, 100, 100)
        page.resources.XObject.Again = page.resources.XObject.I
        form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(Deep=_image(pdf, 1000, 1000), Me=form))
        page.resources.XObject.F = form
        tile = pdf.make_stream(b"", PatternType=1)
        tile.Resources = Dictionary(XObject=Dictionary(T=_image(pdf, 1, 7)))
        page.resources.Pattern = Dictionary(P=tile)
        look = pdf.make_stream(b"", Subtype=Name.Form)
        look.Resources = Dictionary(XObject=Dictionary(A=_image(pdf, 3, 5)))
        page.obj.Annots = Array([Dictionary(Subtype=Name.Stamp, AP=Dictionary(N=look))])
        assert image_pixels(page) == (100 + 10_000 + 1_000_000 + 7 + 15, 1_000_000)


def test_odd_image_sizes_do_not_trip() -> None:
    with pikepdf.new() as pdf:
        page = image_page(pdf, b"", (10, 10), Name.DCTDecode)
        page.resources.XObject.Odd = pdf.make_stream(b"", Subtype=Name.Image, Width=Name.Wide, Height=-4)
        assert image_pixels(page) == (100, 100)


def test_page_facts() -> None:
    with pikepdf.new() as pdf:
        page = text_page(pdf)
        assert page_facts(page).warnings == ()
        page.obj.Rotate, page.obj.UserUnit, page.obj.MediaBox = 91, -3, Array([5, 5, 5, 900])
        facts = page_facts(page)
    assert (facts.rotation, facts.user_unit) == (0, 1.0)
    assert [warning.split(":")[0] for warning in facts.warnings] == ["odd_rotation", "odd_user_unit", "no_page_box"]
