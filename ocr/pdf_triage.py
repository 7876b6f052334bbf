"""What a PDF is before anything is drawn, asked of pikepdf (qpdf): locked, damaged, how much it would unpack."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from normalize.errors import DamagedInputError, EncryptedInputError, NoPagesError, TooLargeError
from ocr.limits import Limits
from ocr.pdf_geometry import clean_rotation, clean_user_unit, pdf_number

__all__ = [
    "OpenedPdf",
    "PageFacts",
    "image_pixels",
    "inherited",
    "open_pdf",
    "page_facts",
    "page_images",
    "written",
]

_MAX_OBJECTS = 20_000  # objects looked at per page; a page of a map has hundreds
_MAX_TREE_DEPTH = 100
_WITHOUT_IMAGES = frozenset({"/Font", "/ColorSpace", "/Properties", "/Parent"})
# qpdf words every repair of the file's structure like this; its other warnings are about details it could pass over.
_REPAIR = "Attempting to reconstruct cross-reference table"
_LOST_PAGE = "Pages tree includes non-dictionary object"
_LOOP = "Loop detected"


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """A PDF as qpdf sees it.

    Attributes:
        pdf: Open; closed by whoever asked for it. None where the page tree runs in a circle: qpdf refuses that,
            pdfium finds the pages in it.
        pages: How many; None likewise.
        repaired: The file's structure had to be rebuilt.
        warnings: Short codes for the file as a whole.
    """

    pdf: Pdf | None
    pages: int | None
    repaired: bool
    warnings: tuple[str, ...]


_LOOPED = OpenedPdf(None, None, True, ("page_tree_damaged: read as far as pages were found",))


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What pdfium does not tell about a page. ``rotation`` is None where only pdfium can read the page tree."""

    rotation: int | None = None
    user_unit: float = 1.0
    warnings: tuple[str, ...] = ()


def open_pdf(handle: BinaryIO, name: str, limits: Limits) -> OpenedPdf:
    """Open a PDF, mended as far as qpdf can; it is never written back.

    Raises:
        EncryptedInputError: A password is needed.
        DamagedInputError: Beyond repair, or pages are lost.
        NoPagesError: A whole file without pages.
        TooLargeError: More than ``limits.pages``.
    """
    try:
        pdf = pikepdf.open(handle, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise EncryptedInputError(f"{name} is locked with a password.") from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError) as error:
        if _LOOP in str(error):
            return _LOOPED
        raise DamagedInputError(f"{name} is cut short or corrupt.") from error
    try:
        pages = len(pdf.pages)
        said = " ".join(map(str, pdf.get_warnings()))
        _refuse_page_count(pages, said, name, limits)
        repaired = _REPAIR in said
        return OpenedPdf(pdf, pages, repaired, _warnings(pdf, repaired))
    except (pikepdf.PdfError, RuntimeError) as error:
        pdf.close()
        if _LOOP in str(error):
            return _LOOPED
        raise DamagedInputError(f"{name} is corrupt: its pages cannot be found.") from error
    except BaseException:
        pdf.close()
        raise


def page_facts(page: Page) -> PageFacts:
    """Rotation, unit and what is odd about the page's boxes."""
    rotation, odd_rotation = clean_rotation(inherited(page, "/Rotate"))
    user_unit, odd_unit = clean_user_unit(page.obj.get("/UserUnit", 1))
    odd_box = None if _has_area(inherited(page, "/MediaBox")) else "no_page_box: taken as 612 x 792 points"
    return PageFacts(rotation, user_unit, tuple(w for w in (odd_rotation, odd_unit, odd_box) if w))


def image_pixels(page: Page) -> tuple[int, int]:
    """Pixels of the images that the page can draw (its resources, forms, patterns, annotations), masks included.

    Returns:
        Their sum, and those of the largest image. Nothing is unpacked.
    """
    sizes = [_pixels(image) for image in page_images(page)]
    return sum(sizes), max(sizes, default=0)


def _refuse_page_count(pages: int, said: str, name: str, limits: Limits) -> None:
    if _LOST_PAGE in said:
        raise DamagedInputError(f"{name} is cut short: {said.count(_LOST_PAGE)} of its pages are lost.")
    if pages == 0:
        raise NoPagesError(f"{name} has no pages.")
    if pages > limits.pages:
        raise TooLargeError(f"{name} has {pages} pages, the limit pages is {limits.pages}.")


def _warnings(pdf: Pdf, repaired: bool) -> tuple[str, ...]:
    form = pdf.Root.get("/AcroForm")
    found = {
        "repaired: the file's structure was damaged and has been mended for reading": repaired,
        "owner_password: opened without it; the sender restricted what may be done with the file": pdf.is_encrypted,
        "xfa: a form that only Adobe's reader shows in full": isinstance(form, Dictionary) and "/XFA" in form,
    }
    return tuple(warning for warning, applies in found.items() if applies)


def written(pdf: Pdf) -> BytesIO:
    """``pdf`` as qpdf writes it, into memory, image streams as they are.

    Raises:
        pikepdf.PdfError: It cannot be written.
    """
    out = BytesIO()
    with warnings.catch_warnings():
        # Widgets that no form lists: their looks are drawn all the same, and nobody fills this form in.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    out.seek(0)
    return out


def page_images(page: Page) -> Iterator[Object]:
    """Every image stream reachable from the page, each once."""
    seen: set[tuple[int, int]] = set()
    todo: list[Object | None] = [inherited(page, "/Resources")]
    annotations = page.obj.get("/Annots")
    if isinstance(annotations, Array):
        todo += [note.get("/AP") for note in annotations if isinstance(note, Dictionary)]
    looked_at = 0
    while todo and looked_at < _MAX_OBJECTS:
        item = todo.pop()
        looked_at += 1
        if not isinstance(item, Dictionary | Stream):
            continue
        if item.objgen != (0, 0):
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
            yield item
            todo += [item.get("/SMask"), item.get("/Mask")]
        elif isinstance(item, Stream):
            todo.append(item.get("/Resources"))
        else:
            todo += [part for key, part in item.items() if key not in _WITHOUT_IMAGES]


def _pixels(image: Object) -> int:
    wide, high = pdf_number(image.get("/Width"), 0), pdf_number(image.get("/Height"), 0)
    return max(int(wide), 0) * max(int(high), 0)


def inherited(page: Page, key: str) -> Object | None:
    """The value of ``key`` on the page or the nearest of its parents in the page tree."""
    node: Object | None = page.obj
    for _ in range(_MAX_TREE_DEPTH):
        if not isinstance(node, Dictionary):
            break
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _has_area(box: object) -> bool:
    if not isinstance(box, Array) or len(box) != 4:
        return False
    x0, y0, x1, y1 = (pdf_number(edge, 0) for edge in box)
    return x0 != x1 and y0 != y1
