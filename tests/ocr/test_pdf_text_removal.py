"""Text goes out of drawing instructions; everything else, and every other page, stays."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from ocr.pdf_resources import keep_used_resources
from ocr.pdf_text_removal import has_text, remove_text

TEXT = b"BT /F1 12 Tf 40 500 Td (abc) Tj ET"


def page_with(pdf: Pdf, contents: bytes, **forms: pikepdf.Object) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=(400, 560))
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.obj.Resources = Dictionary(XObject=Dictionary(**forms), Font=Dictionary(F1=font, F2=font))
    page.obj.Contents = pdf.make_stream(contents)
    return page


def form_with(pdf: Pdf, contents: bytes) -> pikepdf.Stream:
    form = pdf.make_stream(contents)
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 400, 560])})
    return form


def drawn(page: pikepdf.Page) -> list[str]:
    return [str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)]


def test_all_text_goes_and_the_rest_stays():
    pdf = Pdf.new()
    page = page_with(pdf, b"q 1 0 0 rg 10 10 50 50 re f " + TEXT + b" Q 0 1 0 RG 0 0 m 9 9 l S")
    remove_text(pdf, page, only_invisible=False)
    assert drawn(page) == ["q", "rg", "re", "f", "Q", "RG", "m", "l", "S"]
    assert not has_text(page)
    assert not page.resources.get("/Font").keys()


def test_the_rendering_mode_outlives_its_text_object_and_ends_with_its_state():
    pdf = Pdf.new()
    page = page_with(pdf, b"q BT 3 Tr ET BT /F1 9 Tf (a) Tj ET Q BT /F2 9 Tf (b) Tj ET")
    remove_text(pdf, page, only_invisible=True)
    shown = [i.operands for i in pikepdf.parse_content_stream(page) if str(i.operator) == "Tj"]
    assert [str(operands[0]) for operands in shown] == ["b"]
    assert list(page.resources.Font.keys()) == ["/F2"]


def test_a_form_that_is_drawn_invisible_is_stripped_and_other_pages_keep_theirs():
    pdf = Pdf.new()
    form = form_with(pdf, TEXT)
    hidden = page_with(pdf, b"q 3 Tr /Fm Do Q", Fm=form)
    shown = page_with(pdf, b"/Fm Do", Fm=form)
    remove_text(pdf, hidden, only_invisible=True)
    assert not has_text(hidden)
    assert has_text(shown)


@pytest.mark.parametrize("only_invisible", [False, True])
def test_forms_that_draw_each_other_come_to_an_end(only_invisible):
    pdf = Pdf.new()
    first, second = (form_with(pdf, b"/A Do /B Do " * 20 + b"3 Tr " + TEXT) for _ in range(2))
    for form in (first, second):
        form.Resources = Dictionary(XObject=Dictionary(A=first, B=second))
    page = page_with(pdf, b"/A Do", A=first)
    assert has_text(page)
    remove_text(pdf, page, only_invisible=only_invisible)
    keep_used_resources(page)
    assert "Tj" not in str(page.resources.XObject.A.read_bytes())


def test_what_is_never_named_is_dropped():
    pdf = Pdf.new()
    page = page_with(pdf, b"/Used Do", Used=form_with(pdf, b"/F1 9 Tf"), Unused=form_with(pdf, b""))
    keep_used_resources(page)
    assert list(page.resources.XObject.keys()) == ["/Used"]
    assert list(page.resources.Font.keys()) == ["/F1"]  # the form has no resources of its own


def test_instructions_that_cannot_be_parsed_are_left_alone():
    pdf = Pdf.new()
    page = page_with(pdf, b"")
    page.obj.Contents = pdf.make_stream(b"not deflated", Filter=Name.FlateDecode)
    assert not has_text(page)
    keep_used_resources(page)
    assert sorted(page.resources.Font.keys()) == ["/F1", "/F2"]
