"""PDFs written object by object, so that they may say what no library would write: traps for whoever reads them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from typing import Final

__all__ = ["TRAPS", "pdf_of"]

_TEXT: Final = b"BT /F 14 Tf 30 150 Td (The people of Nam Khoang) Tj 0 -24 Td (meet on 12 May 2031.) Tj ET"
_FONT: Final = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_FILTERS: Final = (
    "FlateDecode", "LZWDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "DCTDecode", "JPXDecode",
    "CCITTFaxDecode", "JBIG2Decode", "Crypt", "NoSuchDecode",
)  # fmt: skip
_WILD: Final = (
    b"0", b"-1", b"1", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"99999999999999999999",
    b"1e309", b"0.0000001", b"-0", b"null", b"true", b"/Name", b"(text)", b"[]", b"<<>>", b"1 0 R", b"999 0 R",
)  # fmt: skip

Trap = Callable[[random.Random], bytes]


def pdf_of(objects: dict[int, bytes], *, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF with these objects and a right cross-reference table; object 1 is the catalogue.

    Args:
        objects: Bodies by number.
        trailer: Put into the trailer's dictionary.
        version: In the header.
    """
    data, places = b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n" for number in range(size)
    )
    start = len(data)
    data += b"xref\n0 %d\n%s" % (size, table)
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def _stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def _page(keys: bytes = b"", resources: bytes = b"", content: bytes = _TEXT, **objects: bytes) -> bytes:
    """A document of one page; ``objects`` are named by number, as ``o7``, and replace what is usual."""
    usual = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 200] >>",
        3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> %s >>"
        % (resources, keys),
        4: _stream(content),
        5: _FONT,
    }
    return pdf_of(usual | {int(name[1:]): body for name, body in objects.items()})


def _wild_box(draw: random.Random) -> bytes:
    box = b" ".join(draw.choice(_WILD) for _ in range(draw.choice([4, 4, 4, 3, 5])))
    extra = b"/UserUnit %s /Rotate %s" % (draw.choice(_WILD), draw.choice(_WILD))
    return _page(b"/%s [%s] %s" % (draw.choice([b"MediaBox", b"CropBox"]), box, extra))


def _wild_image(draw: random.Random) -> bytes:
    sizes = [draw.choice(_WILD[:11]) if draw.random() < 0.6 else b"%d" % draw.randint(1, 5000) for _ in range(2)]
    keys = b"/Type /XObject /Subtype /Image /Width %s /Height %s /BitsPerComponent %s /ColorSpace /%s" % (
        *sizes,
        draw.choice([b"1", b"8", b"16", b"3", b"-8", b"64"]),
        draw.choice([b"DeviceGray", b"DeviceRGB", b"DeviceCMYK", b"Pattern", b"Indexed"]),
    )
    filters = " ".join(f"/{draw.choice(_FILTERS)}" for _ in range(draw.randint(0, 3)))
    data = draw.randbytes(draw.choice([0, 1, 100, 5000]))
    if "/Flate" in filters:
        data = zlib.compress(data)
    parameters = b"/DecodeParms << /Predictor %s /Columns %s /Colors %s /K %s >>" % tuple(
        draw.choice(_WILD[:10]) for _ in range(4)
    )
    keys += b" /Filter [%s] %s" % (filters.encode(), parameters)
    return _page(resources=b"/XObject << /I 6 0 R >>", content=b"q 300 0 0 200 0 0 cm /I Do Q", o6=_stream(data, keys))


def _filter_chain(draw: random.Random) -> bytes:
    """Content packed again and again: small bytes, wide text."""
    data = b"q Q " * draw.choice([10, 10_000, 3_000_000])
    count = draw.choice([2, 3, 40])
    for _ in range(count):
        data = zlib.compress(data, 9)
    return _page(o4=_stream(data, b"/Filter [" + b"/FlateDecode " * count + b"]"))


def _deep_nesting(draw: random.Random) -> bytes:
    depth = draw.choice([50, 600, 5_000, 100_000])
    left, right = draw.choice([(b"[", b"]"), (b"<< /A ", b" >>"), (b"[ << /A ", b" >> ]")])
    deep = left * depth + b"0" + right * depth
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: _page(b"/Deep " + deep),
        lambda: _page(o6=deep),
        lambda: _page(content=deep + b" TJ " + _TEXT),
        lambda: _page(content=b"q " * depth + _TEXT),
        lambda: _page(content=b"BX " * depth + b"/A BMC " * depth + _TEXT),
        lambda: _page(content=b"BT /F 12 Tf (" + b"(" * depth + b")" * depth + b") Tj ET"),
    )
    return draw.choice(ways)()


def _page_trees(draw: random.Random) -> bytes:
    """Pages that hold themselves, that are missing, that lie about their number, in deep or wide trees."""
    kids = draw.choice(
        [b"[2 0 R]", b"[3 0 R 2 0 R 3 0 R]", b"[3 0 R 99 0 R]", b"3 0 R", b"[[3 0 R]]", b"[3 0 R " * 2000, b"[4 0 R]",
         b"[" + b"3 0 R " * draw.choice([3, 60, 4000]) + b"]", b"[6 0 R]"]
    )  # fmt: skip
    tree = b"<< /Type /Pages /Kids %s /Count %s /MediaBox [0 0 300 200] >>" % (kids, draw.choice(_WILD[:9]))
    deep = {
        f"o{number}": b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (number - 1, number + 1)
        for number in range(6, draw.choice([8, 400, 3000]))
    }
    return _page(o2=tree, **deep)


def _recursions(draw: random.Random) -> bytes:
    """Forms, patterns, fonts and masks that draw themselves."""
    kind = draw.choice(["form", "forms", "pattern", "type3", "mask", "shading"])
    box = b"/BBox [0 0 300 200] /Resources << /XObject << /X 6 0 R /Y 7 0 R >> /Pattern << /P 6 0 R >> >>"
    if kind == "form":
        body = _stream(b"/X Do " * draw.choice([1, 2, 50]), b"/Type /XObject /Subtype /Form " + box)
        return _page(resources=b"/XObject << /X 6 0 R >>", content=_TEXT + b" /X Do", o6=body)
    if kind == "forms":  # a tree of forms, each drawn many times by the one above
        count, times = draw.choice([(12, 9), (30, 2), (4, 300)])
        forms = {
            f"o{number}": _stream(
                b"/X Do " * times if number < 6 + count else b"0 0 9 9 re f",
                b"/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X %d 0 R >> >>"
                % (number + 1),
            )
            for number in range(6, 7 + count)
        }
        return _page(resources=b"/XObject << /X 6 0 R >>", content=b"/X Do", **forms)
    if kind == "pattern":
        step = draw.choice([b"0", b"0.0001", b"-1", b"1e-30", b"5"])
        keys = b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /XStep %s /YStep %s " % (step, step) + box
        body = _stream(b"/Pattern cs /P scn 0 0 5 5 re f", keys)
        content = b"/Pattern cs /P scn 0 0 300 200 re f"
        return _page(resources=b"/Pattern << /P 6 0 R >>", content=content, o6=body)
    if kind == "type3":
        font = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [%s 0 0 1 0 0] /FirstChar 65 "
        font = font % draw.choice([b"0", b"1", b"1e38", b"-1"])
        font += b"/LastChar 65 /Widths [1] /Encoding << /Differences [65 /a] >> /CharProcs << /a 6 0 R >> "
        font += b"/Resources << /Font << /F 5 0 R >> >> >>"
        glyph = _stream(b"1 0 d0 BT /F 1 Tf (AAAA) Tj ET")
        return _page(content=b"BT /F 20 Tf (AAAA) Tj ET", o5=font, o6=glyph)
    if kind == "mask":
        keys = b"/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray "
        body = _stream(bytes(81), keys + b"/SMask 6 0 R /Mask 6 0 R")
        return _page(resources=b"/XObject << /X 6 0 R >>", content=b"300 0 0 200 0 0 cm /X Do", o6=body)
    shading = b"<< /ShadingType %d /ColorSpace /DeviceGray /Coords [0 0 0 1e30 1 1e-30] /Function 7 0 R >>"
    function = b"<< /FunctionType 3 /Domain [0 1] /Functions [7 0 R 7 0 R] /Bounds [.5] /Encode [0 1 0 1] >>"
    body = shading % draw.choice([1, 2, 3, 7, 9])
    return _page(resources=b"/Shading << /S 6 0 R >>", content=b"/S sh", o6=body, o7=function)


def _loops_of_structure(draw: random.Random) -> bytes:
    """Outlines, name trees, annotations, fields and cross-references that lead back to themselves."""
    catalogue = (
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /Names << /EmbeddedFiles 7 0 R >> /AcroForm << /Fields "
    )
    catalogue += b"[8 0 R] >> /StructTreeRoot 8 0 R /PageLabels 7 0 R /Metadata 4 0 R >>"
    outline = b"<< /First 6 0 R /Last 6 0 R /Next 6 0 R /Prev 6 0 R /Parent 6 0 R /Count 99999999 /Title (loop) >>"
    names = b"<< /Kids [7 0 R 7 0 R] /Names [(a) 7 0 R] /Nums [0 7 0 R] /Limits [(a) (b)] >>"
    field = b"<< /FT /Sig /T (s) /Parent 8 0 R /Kids [8 0 R] /V 8 0 R /K 8 0 R /Subtype /Widget /Rect [0 0 9 9] "
    field += b"/Contents <%s> /ByteRange [%s] >>" % (
        draw.randbytes(40).hex().encode(),
        b" ".join(draw.choice(_WILD) for _ in range(4)),
    )
    page = _page(b"/Annots [8 0 R 8 0 R] /Parent 3 0 R", o1=catalogue, o6=outline, o7=names, o8=field)
    if draw.random() < 0.5:
        start = page.rindex(b"startxref\n") + len(b"startxref\n")
        here = page[start:].split(b"\n")[0]
        page = page.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %s /XRefStm %s" % (here, draw.choice([here, b"9"])))
    return page


def _wild_text(draw: random.Random) -> bytes:
    """Text at impossible sizes and places, in fonts that lie."""
    numbers = [draw.choice(_WILD[:11]) for _ in range(8)]
    content = b"BT /F %s Tf %s 0 0 %s %s %s Tm %s Tc %s Tw %s Tz (Nam Khoang) Tj ET " % tuple(numbers)
    content *= draw.choice([1, 300, 20_000])
    font = draw.choice(
        [
            _FONT,
            b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar -5 /LastChar 99999999 /Widths [1] >>",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 4 0 R /ToUnicode 4 0 R /DescendantFonts [6 0 R] >>",
        ]
    )
    cid = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 9e99 /W [0 4000000000 1] /CIDToGIDMap 4 0 R >>"
    return _page(content=content + _TEXT, o5=font, o6=cid)


def _huge_paths(draw: random.Random) -> bytes:
    """Drawing that takes long: many curves, thick dashes, clips within clips, an inline image that never ends."""
    count = draw.choice([100, 20_000])
    content = draw.choice(
        [
            b"[0.0001 0.0001] 0 d 5 w 0 0 m 1e6 1e6 l S ",
            b"0 0 m 1 2 3 4 300 200 c 9 9 9 9 0 0 c W n ",
            b"1 J 1 j 1e5 w 0 0 m 300 200 l 0 200 l S ",
            b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID aaaa EI ",
            b"0 0 300 200 re f* /P /MC0 BDC ",
        ]
    )
    return _page(content=content * count + _TEXT)


TRAPS: Final[dict[str, Trap]] = {
    "box": _wild_box,
    "image": _wild_image,
    "filters": _filter_chain,
    "nesting": _deep_nesting,
    "page-tree": _page_trees,
    "recursion": _recursions,
    "loops": _loops_of_structure,
    "text": _wild_text,
    "paths": _huge_paths,
}
