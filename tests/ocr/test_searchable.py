"""Searchable PDFs made from PDFs that the tests make: what is seen stays, what is found is what was read."""

from __future__ import annotations

import logging
import tracemalloc
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from normalize.errors import OutputError
from ocr.searchable import ACCESS_COPY_NOTE, write_searchable
from ocr.searchable_plugin import PageInWaiting
from ocr.tree import Box, DigitalSignature, Document, Line, Page, TextFrom, Word
from tests.ocr.searchable_pages import (
    DOCUMENT,
    HEIGHT,
    SHOW,
    WIDTH,
    assert_on_words,
    assert_pdfa,
    find,
    geometry,
    image_streams,
    jpeg,
    look,
    picture,
    read,
    scan,
    text_of,
    word,
    written_order,
)


def test_the_page_stays_as_it_is_and_the_words_lie_on_it(tmp_path):
    source, out = scan(tmp_path / "scan.pdf"), tmp_path / "out.pdf"
    before = source.read_bytes()
    assert write_searchable([source], DOCUMENT, out) == ()
    assert image_streams(out) == image_streams(source)
    assert np.array_equal(look(out), look(source))
    assert_on_words(out, DOCUMENT)
    assert_pdfa(out)
    assert source.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.pdf", "scan.pdf"]


def test_nothing_is_invented_for_the_metadata(tmp_path):
    out = tmp_path / "out.pdf"
    write_searchable([scan(tmp_path / "scan.pdf")], DOCUMENT, out)
    with pikepdf.open(out) as pdf:
        assert not {"/Title", "/Author", "/Subject", "/Keywords"} & set(pdf.docinfo.keys())
        assert "dc:title" not in pdf.open_metadata()


def test_superscripts_and_fractions_stay_what_they_are(tmp_path):
    out = tmp_path / "out.pdf"
    document = read((word("25m²", 40, 40, 80, 52), word("1½", 90, 40, 110, 52), word("Nguyễn", 120, 40, 170, 52)))
    write_searchable([scan(tmp_path / "scan.pdf")], document, out)
    assert text_of(out).split() == ["25m²", "1½", "Nguyễn"]


def test_text_comes_in_reading_order(tmp_path):
    left = [(word(f"trái{n}", 40, 40 + 20 * n, 90, 52 + 20 * n),) for n in range(3)]
    right = [(word(f"phải{n}", 240, 40 + 20 * n, 290, 52 + 20 * n),) for n in range(3)]
    out = tmp_path / "out.pdf"
    write_searchable([scan(tmp_path / "scan.pdf")], read(*left, *right), out)
    assert text_of(out).split() == ["trái0", "trái1", "trái2", "phải0", "phải1", "phải2"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_words_lie_right_on_a_rotated_page(tmp_path, rotation):
    source = scan(tmp_path / "scan.pdf", Rotate=rotation)
    turned = {"width": HEIGHT, "height": WIDTH} if rotation % 180 else {}
    document = read((word("dòng", 50, 60, 90, 72), word("một", 95, 60, 120, 72)), **turned)
    out = tmp_path / "out.pdf"
    write_searchable([source], document, out)
    assert np.array_equal(look(out), look(source))
    assert_on_words(out, document)


def test_words_lie_right_on_a_cropped_page_in_large_units(tmp_path):
    source = scan(tmp_path / "scan.pdf", CropBox=Array([100, 60, 400, 460]), UserUnit=2)
    document = read((word("trong", 80, 60, 140, 84), word("khung", 150, 60, 210, 84)), width=600.0, height=800.0)
    out = tmp_path / "out.pdf"
    write_searchable([source], document, out)
    assert np.array_equal(look(out), look(source))
    assert_on_words(out, document, user_unit=2.0)


@pytest.mark.parametrize("orientation", [90, 180, 270])
def test_words_of_a_page_scanned_on_its_side_run_as_they_are_printed(tmp_path, orientation):
    upright = [word("hàng", 100, 60, 140, 72), word("chữ", 145, 60, 175, 72)]
    wide, high = (HEIGHT, WIDTH) if orientation % 180 else (WIDTH, HEIGHT)
    lying = tuple(Word(each.text, each.box.turned(-orientation, wide, high), 0.9) for each in upright)
    document = read(lying, orientation=orientation)
    out = tmp_path / "out.pdf"
    write_searchable([scan(tmp_path / "scan.pdf")], document, out)
    assert_on_words(out, document)
    assert written_order(out).split() == ["hàng", "chữ"]


@pytest.mark.parametrize("skew", [-4.0, 4.0])
def test_a_slanting_line_gets_slanting_words_of_their_own_height(tmp_path, skew):
    slope = np.tan(np.radians(skew))
    words = []
    for place in range(6):
        x = 40 + 55 * place
        y = 200 + slope * (x - 40)
        lean = slope * 45
        words.append(word(f"nghiêng{place}", x, min(y, y + lean), x + 45, max(y, y + lean) + 12))
    document = read(tuple(words), skew=skew)
    out = tmp_path / "out.pdf"
    write_searchable([scan(tmp_path / "scan.pdf")], document, out)
    assert_on_words(out, document)
    assert all(find(out, each.text)[0].height < 24 for each in words)


INVISIBLE = b"q BT 3 Tr /F1 12 Tf 40 500 Td (CQNG HOA XA HQI) Tj ET Q\n"
UNDER_THE_IMAGE = b"BT /F1 12 Tf 40 500 Td (CQNG HOA XA HQI) Tj ET\n"


@pytest.mark.parametrize("contents", [SHOW + INVISIBLE, UNDER_THE_IMAGE + SHOW], ids=["invisible", "under the image"])
def test_a_rubbish_layer_goes_with_its_fonts(tmp_path, contents):
    source, out = scan(tmp_path / "scan.pdf", contents=contents), tmp_path / "out.pdf"
    assert write_searchable([source], DOCUMENT, out) == ()
    assert "CQNG" not in text_of(out)
    assert np.array_equal(look(out), look(source))
    assert_on_words(out, DOCUMENT)
    assert_pdfa(out)


def test_a_rubbish_layer_in_a_form_goes_too(tmp_path):
    source, out = tmp_path / "scan.pdf", tmp_path / "out.pdf"
    with pikepdf.open(scan(tmp_path / "plain.pdf")) as pdf:
        form = pdf.make_stream(INVISIBLE)
        form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 400, 560])})
        form.Resources = Dictionary(Font=pdf.pages[0].Resources.Font)
        pdf.pages[0].Resources.XObject.Layer = form
        pdf.pages[0].contents_add(pdf.make_stream(b"/Layer Do"))
        pdf.save(source)
    assert write_searchable([source], DOCUMENT, out) == ()
    assert "CQNG" not in text_of(out)
    assert_pdfa(out)


def test_visible_text_beside_an_invisible_layer_stays_in_sight(tmp_path):
    seen = b"BT /F1 20 Tf 150 300 Td (SAO Y) Tj ET\n"
    source, out = scan(tmp_path / "scan.pdf", contents=SHOW + INVISIBLE + seen), tmp_path / "out.pdf"
    warnings = write_searchable([source], DOCUMENT, out)
    # Its font is not embedded, and what shows is not ours to change.
    assert warnings == ("not_pdfa: searchable.pdf is a plain PDF",)
    assert np.array_equal(look(out), look(source))
    assert "CQNG" not in text_of(out)
    assert_on_words(out, DOCUMENT)


def test_text_that_shows_but_reads_wrong_is_closed_to_search(tmp_path):
    mojibake = b"BT /F1 20 Tf 150 300 Td (xyzzy) Tj ET\n"
    source, out = scan(tmp_path / "scan.pdf", contents=SHOW + mojibake), tmp_path / "out.pdf"
    write_searchable([source], DOCUMENT, out)
    assert np.array_equal(look(out), look(source))
    with pikepdf.open(out) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes()
    assert drawn.index(b"/ActualText") < drawn.index(b"xyzzy") < drawn.rindex(b"EMC")
    assert_on_words(out, DOCUMENT)


def test_a_born_digital_page_gets_no_second_layer(tmp_path):
    source = scan(tmp_path / "scan.pdf", contents=b"BT /F1 20 Tf 150 300 Td (chung nhan) Tj ET\n")
    document = read((word("chung", 150, 245, 205, 265), word("nhan", 210, 245, 255, 265)), text_from=TextFrom.LAYER)
    out = tmp_path / "out.pdf"
    write_searchable([source], document, out)
    assert np.array_equal(look(out), look(source))
    assert text_of(out).split() == ["chung", "nhan"]


def test_a_good_layer_of_a_scan_is_written_anew(tmp_path):
    layer = b"BT 3 Tr /F1 12 Tf 40 510 Td (hop le) Tj ET\n"
    source, out = scan(tmp_path / "scan.pdf", contents=SHOW + layer), tmp_path / "out.pdf"
    document = read((word("hop", 40, 40, 58, 52), word("le", 62, 40, 72, 52)), text_from=TextFrom.LAYER)
    assert write_searchable([source], document, out) == ()
    assert text_of(out).split() == ["hop", "le"]
    assert_pdfa(out)


def test_nothing_that_acts_comes_through(tmp_path):
    source, out = tmp_path / "form.pdf", tmp_path / "out.pdf"
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    with pikepdf.open(scan(tmp_path / "plain.pdf")) as pdf:
        pdf.Root.OpenAction = script
        pdf.Root.AcroForm = Dictionary(Fields=Array(), NeedAppearances=True)
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
        pdf.Root[Name("/ScannerSecret")] = String("x")
        pdf.pages[0].obj.AA = Dictionary(O=script)
        pdf.docinfo["/Title"] = "Scan_0001"
        pdf.save(source)
    assert write_searchable([source], DOCUMENT, out) == ()
    with pikepdf.open(out) as pdf:
        assert not {"/OpenAction", "/AcroForm", "/Names", "/ScannerSecret"} & set(pdf.Root.keys())
        assert "/AA" not in pdf.pages[0].obj
        assert "/Title" not in pdf.docinfo
    assert b"JavaScript" not in out.read_bytes()
    assert_pdfa(out)


def signed_pdf(path: Path) -> Path:
    """A signed page as far as its structure goes: a signature field whose box shows a picture."""
    with pikepdf.open(scan(path.with_name("plain.pdf"))) as pdf:
        box = pdf.make_stream(b"0 0 1 rg 0 0 80 40 re f")
        box.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 80, 40])})
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String("Signature1"),
                Rect=Array([200, 100, 280, 140]),
                F=4,
                AP=Dictionary(N=box),
                V=Dictionary(Type=Name.Sig, Name=String("Phòng Thử"), Contents=String("x")),
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        pdf.save(path)
    path.with_name("plain.pdf").unlink()
    return path


def test_of_a_signed_original_comes_an_access_copy_that_says_so(tmp_path):
    source, out = signed_pdf(tmp_path / "signed.pdf"), tmp_path / "out.pdf"
    before = source.read_bytes()
    (warning,) = write_searchable([source], DOCUMENT, out)
    assert warning.startswith("unsigned_access_copy: ")
    assert source.read_bytes() == before
    with pikepdf.open(out) as pdf:
        assert str(pdf.docinfo["/Subject"]) == ACCESS_COPY_NOTE
        assert pdf.open_metadata()["dc:description"] == ACCESS_COPY_NOTE
        assert "/AcroForm" not in pdf.Root
    assert np.abs(look(out) - look(source)).max() <= 2  # the box of the signature is still seen
    assert look(out)[600:640, 290:380, 2].min() > 200
    assert_pdfa(out)


@pytest.mark.parametrize("signatures", [(), (DigitalSignature("Phòng Thử", None, None),)])
def test_no_copy_of_a_signed_original_when_none_is_wanted(tmp_path, signatures):
    source, out = signed_pdf(tmp_path / "signed.pdf"), tmp_path / "out.pdf"
    document = Document("invented", DOCUMENT.pages, signatures)
    (warning,) = write_searchable([source], document, out, signed="none")
    assert warning.startswith("signed_original: ")
    assert [path.name for path in tmp_path.iterdir()] == ["signed.pdf"]


def test_images_become_pages_of_the_size_they_were_read_in(tmp_path):
    photo, drawing, stack = tmp_path / "1.jpg", tmp_path / "2.png", tmp_path / "3.tif"
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    photo.write_bytes(jpeg(picture(560, 400), exif=exif))
    picture().convert("RGBA").save(drawing)
    frames = [picture().convert("1"), picture().rotate(180).convert("1")]
    frames[0].save(stack, save_all=True, append_images=frames[1:], compression="group4")
    line = (Line((word("trang", 50, 60, 100, 72),)),)
    pages = tuple(Page(number, 400.0, 560.0, line, TextFrom.IMAGE) for number in range(1, 5))
    document, out = Document("invented", pages), tmp_path / "out.pdf"
    assert write_searchable([photo, drawing, stack], document, out) == ()
    assert [(geometry(out, index).width, geometry(out, index).height) for index in range(4)] == [(400.0, 560.0)] * 4
    assert_on_words(out, document)
    assert_pdfa(out)
    assert any(photo.read_bytes() == stream for stream in image_streams(out))
    upright = np.asarray(picture(560, 400).rotate(-90, expand=True).resize((556, 778)))
    assert np.abs(look(out, 0)[..., 0] - upright).mean() < 6
    assert not np.array_equal(look(out, 2), look(out, 3))


def test_a_page_without_words_and_one_that_failed_are_in_the_copy(tmp_path):
    source, out = tmp_path / "two.pdf", tmp_path / "out.pdf"
    with pikepdf.open(scan(tmp_path / "one.pdf")) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(source)
    document = Document("invented", (Page(1, WIDTH, HEIGHT), Page(2, WIDTH, HEIGHT, warnings=("failed: x",))))
    assert write_searchable([source], document, out) == ()
    assert np.array_equal(look(out, 1), look(source, 1))
    assert text_of(out).split() == []


def test_a_file_that_cannot_be_made_leaves_nothing_behind(tmp_path):
    source, out = tmp_path / "cut.pdf", tmp_path / "out.pdf"
    source.write_bytes(b"%PDF-1.4\nnothing of it left")
    with pytest.raises(OutputError) as caught:
        write_searchable([source], DOCUMENT, out)
    assert not isinstance(caught.value.__cause__, OSError)  # which would say that the disk is to blame
    assert [path.name for path in tmp_path.iterdir()] == ["cut.pdf"]


def test_an_image_that_is_cut_short_is_not_the_disks_fault(tmp_path):
    photo = tmp_path / "photo.png"
    picture().save(photo)
    photo.write_bytes(photo.read_bytes()[:200])
    with pytest.raises(OutputError) as caught:
        write_searchable([photo], DOCUMENT, tmp_path / "out.pdf")
    assert not isinstance(caught.value.__cause__, OSError)


def test_a_folder_that_is_not_there_is_an_output_error(tmp_path):
    with pytest.raises(OutputError) as caught:
        write_searchable([scan(tmp_path / "scan.pdf")], DOCUMENT, tmp_path / "missing" / "out.pdf")
    assert isinstance(caught.value.__cause__, OSError)


def test_nothing_is_printed_and_no_text_is_logged(tmp_path, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    flat = (Word("bímật", Box(40, 40, 41, 300), 0.5),)  # OCRmyPDF logs the text of lines it finds odd
    write_searchable([scan(tmp_path / "scan.pdf")], read(flat), tmp_path / "out.pdf")
    assert capfd.readouterr().out == ""
    assert "bímật" not in caplog.text


def test_a_page_that_must_not_be_drawn_is_not_drawn(tmp_path):
    """Its commands would keep pdfium busy for years; the text of the other pages does not wait for that."""
    out = tmp_path / "out.pdf"
    refused = Page(2, WIDTH, HEIGHT, warnings=("failed: too_large",))
    document = Document("a.pdf", (*DOCUMENT.pages, refused))
    (warning,) = write_searchable([tmp_path / "never-opened.pdf"], document, out)
    assert warning.startswith("searchable_pdf_left_out: ")
    assert not out.exists()


def test_words_whose_boxes_reach_into_the_next_stay_apart(tmp_path):
    """The boxes are as Tesseract gave them for a national motto."""
    out = tmp_path / "out.pdf"
    motto = (
        word("lập", 148.0, 80, 174.6, 95), word("-", 169.1, 86, 174.9, 88), word("Tự", 178.2, 80, 196.7, 95),
        word("do", 199.8, 80, 222.6, 92), word("-", 218.1, 86, 223.8, 88), word("Hạnh", 226.5, 80, 259.8, 95),
    )  # fmt: skip
    write_searchable([scan(tmp_path / "scan.pdf")], read(motto), out)
    assert "lập - Tự do - Hạnh" in text_of(out)


def test_pages_that_wait_for_the_last_one_take_no_room():
    page = read(tuple(word(f"chữ{n}", n, 40, n + 1, 52) for n in range(300))).pages[0]
    assert len(PageInWaiting(page, lambda _: page).words) == 300
    tracemalloc.start()
    waiting = [PageInWaiting(page, lambda _: page) for _ in range(50)]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 2_000 * len(waiting)
