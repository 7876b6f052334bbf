"""Every hostile file ends in the error it should, or is read with the warning it should; none hangs or eats memory."""

from __future__ import annotations

import contextlib
import random
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from normalize.errors import BlankRenderError, DamagedInputError, NoPagesError, SohoaError, TooLargeError
from ocr.limits import Limits
from ocr.sources import open_source
from tests.hostile import (
    HostileCase,
    encoded,
    hostile_names,
    image_page,
    lines_image,
    make_hostile,
    make_signed,
    pdf_bytes,
    text_page,
)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HostileCase]:
    return make_hostile(tmp_path_factory.mktemp("hostile"))


def _read(path: Path) -> tuple[str, ...]:
    """Draw and read everything; all warnings."""
    with open_source([path]) as source:
        found = list(source.warnings)
        for page in source.pages():
            image = page.render(300)
            dpi = page.affordable_dpi(300)
            assert image.shape == (max(round(page.height * dpi / 72), 1), max(round(page.width * dpi / 72), 1), 3)
            page.layer_words()
            assert 0.0 <= page.layer_coverage <= 1.0
            found += page.warnings
        return tuple(found)


@pytest.mark.parametrize("name", hostile_names())
def test_hostile_file(cases: dict[str, HostileCase], name: str) -> None:
    if name not in cases:
        pytest.skip("this file system cannot hold such a file")
    case = cases[name]
    if case.error is not None:
        with pytest.raises(SohoaError) as caught:
            _read(case.path)
        assert type(caught.value) is case.error
        assert caught.value.what
        assert caught.value.todo
    else:
        codes = {warning.split(":")[0] for warning in _read(case.path)}
        assert not case.warning or case.warning in codes


def test_what_can_be_read_of_mended_files_is_read(cases: dict[str, HostileCase]) -> None:
    for name in ("truncated-tail.pdf", "bad-startxref.pdf", "junk-before.pdf", "page-tree-loop.pdf", "rotate-45.pdf"):
        with open_source([cases[name].path]) as source:
            words = [word.text for page in source.pages() for word in page.layer_words()]
        assert words[:5] == ["The", "people", "of", "Long", "Phu"], name


def test_negative_is_turned_right(cases: dict[str, HostileCase]) -> None:
    for name in ("cmyk-negative.pdf", "cmyk.jpg"):
        with open_source([cases[name].path]) as source, source.page(1) as page:
            image = page.render(72)
        assert image[5, 5].min() > 240, name
        assert image.min() < 90, name


def test_zero_box_is_a_letter_page(cases: dict[str, HostileCase]) -> None:
    with open_source([cases["zero-box.pdf"].path]) as source, source.page(1) as page:
        assert (page.width, page.height) == (612, 792)


def test_bad_page_does_not_sink_the_document(tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    with pikepdf.new() as pdf:
        text_page(pdf)
        image_page(pdf, b"junk" * 50, (827, 1170), Name.JBIG2Decode, BitsPerComponent=1)
        text_page(pdf)
        path.write_bytes(pdf_bytes(pdf))
    drawn = []
    with open_source([path]) as source:
        for page in source.pages():
            try:
                drawn.append(int(page.render(50).min()))
            except BlankRenderError as error:
                assert page.number == 2
                assert "page 2" in error.what
    assert len(drawn) == 2
    assert max(drawn) < 200


def test_corrupt_scan_under_a_signature_box_is_seen(tmp_path: Path) -> None:
    """The picture of a digital signature alone must not pass for the page."""
    path = tmp_path / "signed-corrupt.pdf"
    with pikepdf.new() as pdf:
        page = image_page(pdf, b"junk" * 50, (827, 1170), Name.JBIG2Decode, BitsPerComponent=1)
        page.contents_add(b"0 0 1 RG 4 w 300 700 200 80 re S")
        path.write_bytes(pdf_bytes(pdf))
    with open_source([path]) as source, source.page(1) as opened, pytest.raises(BlankRenderError):
        opened.render(100)


def test_sparse_scan_is_no_blank_render(tmp_path: Path) -> None:
    """One line on a white sheet: next to no ink, and all there."""
    sheet = Image.new("1", (1654, 2339), 1)
    sheet.paste(0, (700, 1100, 950, 1112))
    packed = encoded(sheet, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(BytesIO(packed)) as tiff:
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    path = tmp_path / "sparse.pdf"
    with pikepdf.new() as pdf:
        parameters = pikepdf.Dictionary(K=-1, Columns=1654, Rows=2339, BlackIs1=True)
        image_page(
            pdf,
            packed[start : start + length],
            sheet.size,
            Name.CCITTFaxDecode,
            BitsPerComponent=1,
            DecodeParms=parameters,
        )
        path.write_bytes(pdf_bytes(pdf))
    with open_source([path]) as source, source.page(1) as page:
        image = page.render(200)
    assert image.min() < 50
    assert image.mean() > 250


def test_jpeg_without_end_marker_is_read_with_a_warning(tmp_path: Path) -> None:
    image = lines_image()
    path = tmp_path / "no-end.pdf"
    with pikepdf.new() as pdf:
        image_page(pdf, encoded(image, "JPEG")[:-2], image.size, Name.DCTDecode)
        path.write_bytes(pdf_bytes(pdf))
    with open_source([path]) as source, source.page(1) as page:
        assert page.render(72).min() < 60
        assert [warning.split(":")[0] for warning in page.warnings] == ["image_cut_short"]


def test_lost_pages_are_not_passed_over(tmp_path: Path) -> None:
    """A cut file of which some pages survive must not pass for the whole document."""
    with pikepdf.new() as pdf:
        for _ in range(9):
            text_page(pdf)
        data = pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path = tmp_path / "cut.pdf"
    for share in (0.2, 0.4, 0.6, 0.8):
        path.write_bytes(data[: int(len(data) * share)])
        try:
            with open_source([path]) as source:
                assert source.page_count == 9
                assert any(warning.startswith("repaired") for warning in source.warnings)
                for page in source.pages():
                    page.render(50)
        except DamagedInputError:
            continue
        pytest.fail(f"{share:.0%} of the file passed for all of it")


def test_limits_are_named_in_the_message(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    with pikepdf.new() as pdf:
        text_page(pdf)
        text_page(pdf)
        pdf.save(path)
    for limits, named in ((Limits(pages=1), "pages"), (Limits(file_bytes=100), "file_bytes")):
        with pytest.raises(TooLargeError, match=named), open_source([path], limits=limits):
            pass


def test_page_with_too_many_pixels_in_pieces(tmp_path: Path) -> None:
    """Strips that are small each and too much together; masks count."""
    path = tmp_path / "strips.pdf"
    with pikepdf.new() as pdf:
        page = image_page(pdf, encoded(lines_image(), "JPEG"), (827, 1170), Name.DCTDecode)
        page.resources.XObject.I.SMask = pdf.make_stream(
            bytes(10), Type=Name.XObject, Subtype=Name.Image, Width=5000, Height=5000
        )
        path.write_bytes(pdf_bytes(pdf))
    limits = Limits(image_pixels=20_000_000)
    with open_source([path], limits=limits) as source, source.page(1) as opened, pytest.raises(TooLargeError):
        opened.render(72)


def test_images_that_the_page_does_not_draw_do_not_count(tmp_path: Path) -> None:
    """Some writers list all images of the document on every page."""
    path = tmp_path / "shared.pdf"
    with pikepdf.new() as pdf:
        page = image_page(pdf, encoded(lines_image(), "JPEG"), (827, 1170), Name.DCTDecode)
        for name in "ABCDEF":
            page.resources.XObject[f"/{name}"] = pdf.make_stream(
                bytes(10), Type=Name.XObject, Subtype=Name.Image, Width=2000, Height=2000
            )
        path.write_bytes(pdf_bytes(pdf))
    limits = Limits(image_pixels=5_000_000)
    with open_source([path], limits=limits) as source, source.page(1) as opened:
        assert opened.render(72).min() < 60


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory in use is read from /proc")
def test_three_thousand_pages_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    with pikepdf.new() as pdf:
        first = text_page(pdf)
        for _ in range(2999):
            pdf.pages.append(first)
        pdf.save(path)
    with open_source([path]) as source:
        assert source.page_count == 3000
        used = {}
        for page in source.pages():
            if page.number % 500 == 0:
                page.render(10)
                used[page.number] = int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    assert used[3000] - used[500] < 30_000_000


def test_the_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = make_signed(tmp_path / "signed.pdf")
    before = path.read_bytes()
    _read(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("seed", range(60))
def test_damaged_bytes_end_in_a_named_error_or_in_pages(tmp_path: Path, seed: int) -> None:
    """The contract of this package: any other exception is a bug."""
    chance = random.Random(seed)
    if seed % 3 == 0:
        data = bytearray(make_signed(tmp_path / "whole.pdf").read_bytes())
    else:
        kind, mode = [("TIFF", "RGB"), ("JPEG", "L"), ("PNG", "L"), ("TIFF", "1")][seed % 4]
        data = bytearray(encoded(lines_image((200, 280), mode), kind))
    for _ in range(chance.choice((2, 8, 30))):
        place = chance.randrange(min(len(data), chance.choice((300, len(data)))))
        data[place : place + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
    path = tmp_path / "damaged"
    path.write_bytes(data)
    with contextlib.suppress(SohoaError), open_source([path]) as source:
        for page in source.pages():
            with contextlib.suppress(SohoaError):
                page.render(50)
                page.layer_words()


def test_nothing_to_open() -> None:
    with pytest.raises(SohoaError), open_source([]):
        pass


def test_no_pages_is_told_from_lost_pages(cases: dict[str, HostileCase]) -> None:
    with pytest.raises(NoPagesError), open_source([cases["no-pages.pdf"].path]):
        pass


def test_nothing_is_said_on_the_terminal(
    cases: dict[str, HostileCase], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """pypdfium2 advises on every XFA form to build another pdfium."""
    _read(cases["xfa.pdf"].path)
    assert not caplog.records
    assert capfd.readouterr() == ("", "")
