"""Writes files that readers choke on, each with the error it should end in. All are made here, none is copied."""

from __future__ import annotations

import os
import struct
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw

from normalize.errors import (
    BlankRenderError,
    DamagedInputError,
    EmptyInputError,
    EncryptedInputError,
    NoPagesError,
    NotFoundError,
    SohoaError,
    TooLargeError,
    UnsupportedInputError,
)

A4 = (595, 842)
LINES = b"BT /F 14 Tf 72 760 Td (The people of Long Phu) Tj 0 -24 Td (meet on 12 May 2031.) Tj ET"


@dataclass(frozen=True)
class HostileCase:
    """A file, the error that reading it ends in (None: it is read), and a warning code that it must carry."""

    path: Path
    error: type[SohoaError] | None = None
    warning: str = ""


def make_hostile(folder: Path) -> dict[str, HostileCase]:
    """Write every hostile file into ``folder``; kinds that the file system refuses are left out."""
    cases = {}
    for name, (maker, error, warning) in _MAKERS.items():
        try:
            cases[name] = HostileCase(maker(folder / name), error, warning)
        except (OSError, NotImplementedError):  # no links on Windows, no stray bytes in names on macOS
            continue
    return cases


def hostile_names() -> list[str]:
    """The names of all cases, for parametrised tests."""
    return list(_MAKERS)


# --- building blocks -------------------------------------------------------------------------------------------------


def text_page(pdf: Pdf, content: bytes = LINES, size: tuple[float, float] = A4) -> pikepdf.Page:
    """Add a page with ``content``; /F is Helvetica."""
    page = pdf.add_blank_page(page_size=size)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream(content)
    return page


def image_page(pdf: Pdf, data: bytes, size: tuple[int, int], codec: Name, **keys: object) -> pikepdf.Page:
    """Add an A4 page filled with one image; ``keys`` go to its dictionary."""
    image = Stream(pdf, data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = size
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
    image.Filter = codec
    for key, value in keys.items():
        image[f"/{key}"] = value
    page = pdf.add_blank_page(page_size=A4)
    page.Resources = Dictionary(XObject=Dictionary(I=pdf.make_indirect(image)))
    page.Contents = pdf.make_stream(b"q %d 0 0 %d 0 0 cm /I Do Q" % A4)
    return page


def lines_image(size: tuple[int, int] = (827, 1170), mode: str = "L") -> Image.Image:
    """A page of bars that look like lines of print."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for top in range(size[1] // 12, size[1] * 11 // 12, max(size[1] // 30, 2)):
        draw.rectangle((size[0] // 10, top, size[0] * 9 // 10, top + size[1] // 80), fill=20)
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """``image`` as the bytes of a file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pdf_bytes(pdf: Pdf, **options: object) -> bytes:
    """The PDF as written, its streams packed no other way than they are."""
    out = BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, **options)
    return out.getvalue()


def _plain(pages: int = 1) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            text_page(pdf)
        return pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _saved(path: Path, build: Callable[[Pdf], object]) -> Path:
    with pikepdf.new() as pdf:
        build(pdf)
        return _write(path, pdf_bytes(pdf))


def _bytes(make: Callable[[], bytes]) -> Callable[[Path], Path]:
    return lambda path: _write(path, make())


def _pdf(build: Callable[[Pdf], object]) -> Callable[[Path], Path]:
    return lambda path: _saved(path, build)


# --- files -----------------------------------------------------------------------------------------------------------


def _encrypted(path: Path, user: str) -> Path:
    with pikepdf.new() as pdf:
        text_page(pdf)
        pdf.save(path, encryption=pikepdf.Encryption(user=user, owner="owner"))
    return path


def _page_tree_loop_file(path: Path) -> Path:
    # qpdf refuses to save a loop: write a whole tree and bend one reference in the bytes.
    with pikepdf.new() as pdf:
        text_page(pdf)
        data = pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = data.index(b"/Kids [ ") + len(b"/Kids [ ")
    page = data[start : data.index(b" ]", start)]
    tree = data[data.index(b"/Pages ") + len(b"/Pages ") :].split(b" R")[0] + b" R"
    return _write(path, data.replace(b"/Kids [ " + page + b" ]", b"/Kids [ " + page + b" " + tree + b" ]"))


def _with_box(*box: float, **keys: object) -> Callable[[Pdf], None]:
    def build(pdf: Pdf) -> None:
        page = text_page(pdf)
        page.obj.MediaBox = Array(list(box))
        for key, value in keys.items():
            page.obj[f"/{key}"] = value

    return build


def _bomb(pdf: Pdf) -> None:
    side = 30_000
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side // 8 * 1000)) for _ in range(side // 1000)) + packer.flush()
    image_page(pdf, rows, (side, side), Name.FlateDecode, BitsPerComponent=1)


def _content_bomb(pdf: Pdf) -> None:
    page = text_page(pdf)
    packer = zlib.compressobj(9)
    chunk = b"0 0 m " * 200_000
    data = b"".join(packer.compress(chunk) for _ in range(230)) + packer.flush()
    page.Contents = pdf.make_indirect(Stream(pdf, data, Filter=Name.FlateDecode))


def _png_bomb() -> bytes:
    side = 24_000
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes((side // 8 + 1) * 1000)) for _ in range(side // 1000)) + packer.flush()

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _jpeg_page(keep: Callable[[bytes], bytes], **keys: object) -> Callable[[Pdf], None]:
    def build(pdf: Pdf) -> None:
        image = lines_image()
        image_page(pdf, keep(encoded(image, "JPEG")), image.size, Name.DCTDecode, **keys)

    return build


def _white_scan(pdf: Pdf) -> None:
    image = Image.new("L", (827, 1170), 255)
    image_page(pdf, encoded(image, "JPEG"), image.size, Name.DCTDecode)


def _cmyk_negative(pdf: Pdf) -> None:
    image = lines_image(mode="CMYK")  # Pillow writes CMYK JPEGs as negatives, as Photoshop does
    image_page(pdf, encoded(image, "JPEG"), image.size, Name.DCTDecode, ColorSpace=Name.DeviceCMYK)


def form(pdf: Pdf, commands: bytes, **names: Stream) -> Stream:
    """A form as large as the page; ``commands`` draw ``names``."""
    made = pdf.make_stream(commands)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, *A4])
    if names:
        made.Resources = Dictionary(XObject=Dictionary(**names))
    return made


def _form_of_itself(pdf: Pdf) -> None:
    page = text_page(pdf, LINES + b" /X Do")
    drawn = form(pdf, b"/X Do")
    drawn.Resources = Dictionary(XObject=Dictionary(X=drawn))
    page.Resources.XObject = Dictionary(X=drawn)


def _forms_of_each_other(pdf: Pdf) -> None:
    page = text_page(pdf, LINES + b" /A Do")
    first = form(pdf, b"/B Do /B Do")
    second = form(pdf, b"/A Do /A Do", A=first)
    first.Resources = Dictionary(XObject=Dictionary(B=second))
    page.Resources.XObject = Dictionary(A=first)


def _xfa(pdf: Pdf) -> None:
    text_page(pdf)
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp:xdp/>"))


def make_signed(
    path: Path,
    *,
    signer: str = "Lò Thị Mẩy",
    organ: str = "Ủy ban nhân dân xã Nậm Khoang",
    email: str | None = "ltmay@namkhoang.example",
    rect: tuple[float, float, float, float] = (300, 700, 500, 780),
    time: str | None = "D:20310512081530+07'00'",
    reason: str = "",
) -> Path:
    """A PDF with one visible signature field; the signature is a real PKCS#7 over other bytes, nobody verifies it."""
    key = ec.generate_private_key(ec.SECP256R1())
    attributes = [(NameOID.COMMON_NAME, signer), (NameOID.ORGANIZATION_NAME, organ), (NameOID.COUNTRY_NAME, "VN")]
    if email:
        attributes.append((NameOID.EMAIL_ADDRESS, email))
    subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
    certificates = [
        _certificate(subject, authority, key.public_key(), authority_key),
        _certificate(authority, authority, authority_key.public_key(), authority_key),
    ]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"signed").add_signer(certificates[0], key, hashes.SHA256())
    contents = builder.add_certificate(certificates[1]).sign(
        pkcs7.serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature]
    )
    with pikepdf.new() as pdf:
        page = text_page(pdf)
        value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"))
        value.Contents = pikepdf.String(contents + bytes(500))  # room is left for it and filled up with zeros
        value.ByteRange = Array([0, 10, 20, 30])
        if time:
            value.M = pikepdf.String(time)
        if reason:
            value.Reason = pikepdf.String(reason)
        field = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=pikepdf.String("Signature1"), F=132)
        )
        field.Rect, field.V, field.P = Array(list(rect)), pdf.make_indirect(value), page.obj
        page.obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        pdf.save(path)
    return path


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, issuer_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    start = datetime(2031, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=365))
    return builder.sign(issuer_key, hashes.SHA256())


# --- names and things that are no files -------------------------------------------------------------------------------


def _odd_name(path: Path) -> Path:
    return _write(Path(os.fsdecode(os.fsencode(path.parent) + b"/v\xe0n b\xean.pdf")), _plain())


def _long_nfd_name(path: Path) -> Path:
    stem = unicodedata.normalize("NFD", "Quyết định về việc công nhận xã đạt chuẩn ")
    name = ""
    while len((name + stem + ".pdf").encode()) <= 240:
        name += stem
    return _write(path.parent / f"{name}.pdf", _plain())


def _link(path: Path) -> Path:
    target = _write(path.parent / "link-target.pdf", _plain())
    path.symlink_to(target)
    return path


def _link_loop(path: Path) -> Path:
    other = path.with_name("loop-b.pdf")
    path.symlink_to(other)
    other.symlink_to(path)
    return path


def _pipe(path: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        raise NotImplementedError
    os.mkfifo(path)
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


_BAD_START = b"startxref\n9"
_Maker = tuple[Callable[[Path], Path], type[SohoaError] | None, str]

_MAKERS: dict[str, _Maker] = {
    "empty.pdf": (_bytes(bytes), EmptyInputError, ""),
    "header-only.pdf": (_bytes(lambda: b"%PDF-1.7\n"), DamagedInputError, ""),
    "html.pdf": (_bytes(lambda: b"<!DOCTYPE html><html><body>404</body></html>"), UnsupportedInputError, ""),
    "binary.pdf": (_bytes(lambda: bytes(range(256)) * 8), UnsupportedInputError, ""),
    "truncated-half.pdf": (_bytes(lambda: _plain(6)[: len(_plain(6)) // 3]), DamagedInputError, ""),
    "truncated-tail.pdf": (_bytes(lambda: _plain()[:-40]), None, "repaired"),
    "bad-startxref.pdf": (_bytes(lambda: _plain().replace(b"startxref\n", _BAD_START)), None, "repaired"),
    "junk-before.pdf": (_bytes(lambda: b"junk\r\n" * 20 + _plain()), None, ""),
    "junk-after.pdf": (_bytes(lambda: _plain() + b"\0junk" * 800), None, "repaired"),
    "pdf-named.jpg": (_bytes(_plain), None, ""),
    "png-named.pdf": (_bytes(lambda: encoded(lines_image(), "PNG")), None, ""),
    "locked.pdf": (lambda path: _encrypted(path, "secret"), EncryptedInputError, ""),
    "owner-password.pdf": (lambda path: _encrypted(path, ""), None, "owner_password"),
    "no-pages.pdf": (_pdf(lambda _: None), NoPagesError, ""),
    "page-tree-loop.pdf": (_page_tree_loop_file, None, "page_tree_damaged"),
    "bomb.pdf": (_pdf(_bomb), TooLargeError, ""),
    "content-bomb.pdf": (_pdf(_content_bomb), TooLargeError, ""),
    "bomb.png": (_bytes(_png_bomb), TooLargeError, ""),
    "giant-box.pdf": (_pdf(_with_box(0, 0, 144_000, 144_000)), None, "dpi_lowered"),
    "zero-box.pdf": (_pdf(_with_box(0, 0, 0, 0)), None, "no_page_box"),
    "reversed-box.pdf": (_pdf(_with_box(595, 842, 0, 0)), None, ""),
    "rotate-45.pdf": (_pdf(_with_box(0, 0, *A4, Rotate=45)), None, "odd_rotation"),
    "user-unit.pdf": (_pdf(_with_box(0, 0, *A4, UserUnit=10)), None, ""),
    "corrupt-jbig2.pdf": (
        _pdf(lambda pdf: image_page(pdf, b"\x00\x01junk" * 60, (827, 1170), Name.JBIG2Decode, BitsPerComponent=1)),
        BlankRenderError,
        "",
    ),
    "jpeg-head-only.pdf": (_pdf(_jpeg_page(lambda data: data[:300])), BlankRenderError, ""),
    "jpeg-cut-in-half.pdf": (_pdf(_jpeg_page(lambda data: data[: len(data) // 2])), DamagedInputError, ""),
    "cmyk-negative.pdf": (_pdf(_cmyk_negative), None, "inverted_cmyk"),
    "cut.jpg": (_bytes(lambda: encoded(lines_image(), "JPEG")[:4000]), DamagedInputError, ""),
    "cut.png": (_bytes(lambda: encoded(lines_image(), "PNG")[:600]), DamagedInputError, ""),
    "cut.tif": (_bytes(lambda: encoded(lines_image(), "TIFF")[:600]), DamagedInputError, ""),
    "cmyk.jpg": (_bytes(lambda: encoded(lines_image(mode="CMYK"), "JPEG")), None, ""),
    "one-pixel.png": (_bytes(lambda: encoded(Image.new("L", (1, 1)), "PNG")), None, "no_resolution"),
    "very-wide.png": (_bytes(lambda: encoded(Image.new("L", (40_000, 60), 255), "PNG")), None, ""),
    "blank.pdf": (_pdf(lambda pdf: pdf.add_blank_page(page_size=A4)), None, ""),
    "blank-scan.pdf": (
        _pdf(
            lambda pdf: image_page(pdf, encoded(Image.new("L", (827, 1170), 255), "JPEG"), (827, 1170), Name.DCTDecode)
        ),
        None,
        "",
    ),
    "black.pdf": (_pdf(lambda pdf: text_page(pdf, b"0 0 595 842 re f")), None, ""),
    "nested-q.pdf": (_pdf(lambda pdf: text_page(pdf, b"q " * 100_000 + LINES)), None, ""),
    "form-of-itself.pdf": (_pdf(_form_of_itself), None, ""),
    "forms-of-each-other.pdf": (_pdf(_forms_of_each_other), TooLargeError, ""),
    "signed.pdf": (make_signed, None, "signed"),
    "xfa.pdf": (_pdf(_xfa), None, "xfa"),
    "odd-name.pdf": (_odd_name, None, ""),
    "long-name.pdf": (_long_nfd_name, None, ""),
    "link.pdf": (_link, NotFoundError, ""),
    "link-loop.pdf": (_link_loop, NotFoundError, ""),
    "pipe.pdf": (_pipe, NotFoundError, ""),
    "folder.pdf": (_folder, NotFoundError, ""),
    "missing.pdf": (lambda path: path, NotFoundError, ""),
}
