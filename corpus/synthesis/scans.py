"""Writes scanned pages as an image-only PDF, the way scanners do: one JPEG or CCITT image a page, nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image

from corpus.synthesis.degradation import Scan

__all__ = ["write_scans"]


def write_scans(scans: Sequence[Scan], path: Path) -> None:
    """Write ``scans`` to ``path``. The same scans give the same bytes: no dates, an identifier from the content."""
    with pikepdf.Pdf.new() as pdf:
        for page_scan in scans:
            height, width = page_scan.pixels.shape[:2]
            size = [width * 72 / page_scan.dpi, height * 72 / page_scan.dpi]
            page = pdf.add_blank_page(page_size=(round(size[0], 3), round(size[1], 3)))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_image(pdf, page_scan)))
            page.Contents = pdf.make_stream(f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Im0 Do Q".encode())
        pdf.save(path, deterministic_id=True)


def _image(pdf: pikepdf.Pdf, page_scan: Scan) -> pikepdf.Stream:
    height, width = page_scan.pixels.shape[:2]
    image = Image.fromarray(page_scan.pixels)
    attributes = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": width,
        "/Height": height,
    }
    if page_scan.bilevel:
        decode = {"/K": -1, "/Columns": width, "/Rows": height, "/BlackIs1": False}
        attributes |= {
            "/BitsPerComponent": 1,
            "/ColorSpace": pikepdf.Name.DeviceGray,
            "/Filter": pikepdf.Name.CCITTFaxDecode,
            "/DecodeParms": pikepdf.Dictionary(decode),
        }
        return pikepdf.Stream(pdf, _group4(image), attributes)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=page_scan.quality, dpi=(page_scan.dpi, page_scan.dpi))
    space = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
    attributes |= {"/BitsPerComponent": 8, "/ColorSpace": space, "/Filter": pikepdf.Name.DCTDecode}
    return pikepdf.Stream(pdf, data.getvalue(), attributes)


def _group4(image: Image.Image) -> bytes:
    """The CCITT group 4 data of a bilevel image, taken out of a TIFF with one strip."""
    data = io.BytesIO()
    bilevel = image.convert("1", dither=Image.Dither.NONE)
    # PhotometricInterpretation 0 (white is zero) is what PDF's BlackIs1 false expects.
    bilevel.save(data, "TIFF", compression="group4", tiffinfo={278: image.height, 262: 0})
    with Image.open(data) as tiff:
        offsets, counts = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return b"".join(data.getvalue()[o : o + n] for o, n in zip(offsets, counts, strict=True))
