"""What a page's commands would cost is known before pdfium takes the page apart."""

from __future__ import annotations

import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from normalize.errors import TooLargeError
from ocr.limits import DEFAULT_LIMITS, Limits
from ocr.pdf_content import check_content
from tests.hostile import A4, LINES, form, text_page


def _page_drawing(pdf: Pdf, drawn: Stream, commands: bytes = b" /F0 Do") -> pikepdf.Page:
    page = text_page(pdf, LINES + commands)
    page.Resources.XObject = Dictionary(F0=drawn)
    return page


def _doubling(pdf: Pdf, levels: int) -> Stream:
    """A form that draws the next one twice, and so on."""
    inner = form(pdf, b"0 0 10 10 re f")
    for _ in range(levels - 1):
        inner = form(pdf, b"/N Do /N Do", N=inner)
    return inner


@pytest.mark.parametrize("layers", [1, 2])
def test_content_bomb(layers: int) -> None:
    data = bytes(50_000_000)
    for _ in range(layers):
        data = zlib.compress(data, 9)
    with pikepdf.new() as pdf:
        page = text_page(pdf)
        page.Contents = pdf.make_indirect(Stream(pdf, data, Filter=Array([Name.FlateDecode] * layers)))
        check_content(page, Limits(content_bytes=60_000_000))
        with pytest.raises(TooLargeError, match="content_bytes"):
            check_content(page, Limits(content_bytes=40_000_000))


def test_content_that_does_not_unpack_is_no_bomb() -> None:
    with pikepdf.new() as pdf:
        page = text_page(pdf)
        page.Contents = Array([pdf.make_indirect(Stream(pdf, b"\x78\x9c" + b"x" * 500, Filter=Name.FlateDecode))])
        check_content(page, Limits(content_bytes=1000))


def test_forms_that_double_from_level_to_level() -> None:
    """Ten levels are 1 + 2 + 4 + ... + 512 drawings."""
    with pikepdf.new() as pdf:
        page = _page_drawing(pdf, _doubling(pdf, 10))
        check_content(page, Limits(form_draws=1023))
        with pytest.raises(TooLargeError, match="form_draws"):
            check_content(page, Limits(form_draws=1022))
        with pytest.raises(TooLargeError, match="form_draws"):
            check_content(_page_drawing(pdf, _doubling(pdf, 30)), DEFAULT_LIMITS)


def test_forms_that_draw_each_other() -> None:
    with pikepdf.new() as pdf:
        first = form(pdf, b"/B Do /B Do")
        second = form(pdf, b"/A Do /A Do", A=first)
        first.Resources = Dictionary(XObject=Dictionary(B=second))
        with pytest.raises(TooLargeError, match="form_draws"):
            check_content(_page_drawing(pdf, first), DEFAULT_LIMITS)
        page = text_page(pdf)
        page.obj.Annots = Array([Dictionary(Subtype=Name.Stamp, Rect=Array([0, 0, *A4]), AP=Dictionary(N=first))])
        with pytest.raises(TooLargeError, match="form_draws"):
            check_content(page, DEFAULT_LIMITS)


def test_a_form_without_resources_uses_those_around_it() -> None:
    with pikepdf.new() as pdf:
        page = _page_drawing(pdf, _doubling(pdf, 12), b" /Outer Do")
        page.Resources.XObject.Outer = form(pdf, b"/F0 Do")
        with pytest.raises(TooLargeError, match="form_draws"):
            check_content(page, Limits(form_draws=4095))


def test_forms_and_images_of_usual_pages_pass() -> None:
    with pikepdf.new() as pdf:
        symbol = form(pdf, b"0 0 1 1 re f")
        check_content(_page_drawing(pdf, symbol, b"/F0 Do\n" * 50_000), DEFAULT_LIMITS)
        page = text_page(pdf)
        page.Resources.XObject = Dictionary(I=pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image))
        page.Contents = pdf.make_stream(b"/I Do " * 200_000)
        check_content(page, DEFAULT_LIMITS)
