"""The working copy that OCRmyPDF gets: what the pages show, and nothing that PDF/A forbids or that acts.

As they come, 16 of 22 real PDFs fail PDF/A: forms, permissions, unknown keys, rubbish text layers in fonts that are not
embedded. The original file is only read.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from ocr.pdf_geometry import clean_rotation
from ocr.pdf_resources import keep_used_resources
from ocr.pdf_signatures import read_signatures
from ocr.pdf_text_removal import has_text, hide_text_from_extraction, remove_text
from ocr.pdfium import PdfiumDocument

__all__ = ["CleanCopy", "clean_pdf"]

# OCProperties stay: without them layers that are switched off would show.
_CATALOGUE_KEYS = frozenset({"/Type", "/Pages", "/Lang", "/OCProperties"})
_PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/Rotate", "/UserUnit", "/Group", "/Annots"}
)
_TREE_KEYS = frozenset({"/Type", "/Parent", "/Kids", "/Count"})
# At 60 dpi a ten-point letter is eight pixels high; text that shows changes hundreds of them.
_LOOK_DPI = 60
_SAME_WITHIN = 2  # of 255: pdfium may round differently when a page is drawn in fewer steps


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """What is known of the working copy.

    Attributes:
        path: The copy.
        signed: The source carries a digital signature (the copy does not).
        own_text: Pages, from 1, that keep their own text to be found and copied.
    """

    path: Path
    signed: bool
    own_text: frozenset[int]


def clean_pdf(source: Path, folder: Path, *, read_from_layer: AbstractSet[int]) -> CleanCopy:
    """Write a cleaned copy of ``source`` into ``folder``.

    Text that does not show is taken out of every page. Text that shows stays. On pages in ``read_from_layer`` it goes
    on being the text that is found; on the others, where the words were read from the image, it is closed to search
    and copying.

    Args:
        source: A PDF that needs no password.
        folder: Scratch folder.
        read_from_layer: Pages, from 1, whose own text is good.

    Raises:
        pikepdf.PdfError: ``source`` is no PDF, or damaged beyond what qpdf repairs.
    """
    copy = folder / "clean.pdf"
    with Pdf.open(source) as pdf:
        signed = bool(read_signatures(pdf, lambda _index: None))
        _flatten(pdf)
        _set_boxes(pdf, source)
        _drop_keys(pdf)
        _save(pdf, copy)
        with_text = {number for number, page in enumerate(pdf.pages, 1) if has_text(page)}
        showing = with_text - _take_out_unseen(pdf, with_text, copy, only_invisible=False)
        foreign = showing - read_from_layer
        _take_out_unseen(pdf, foreign, copy, only_invisible=True)
        for number in foreign:
            hide_text_from_extraction(pdf, pdf.pages[number - 1])
        for page in pdf.pages:
            keep_used_resources(page)
        _save(pdf, copy)
    return CleanCopy(copy, signed, frozenset(showing & read_from_layer))


def _flatten(pdf: Pdf) -> None:
    """Draw what annotations show (signature boxes, stamps) into the pages; only links to the web stay annotations."""
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        links = [note for note in page.obj.get(Name.Annots, Array()) if _is_web_link(note)]
        if links:
            page.obj.Annots = Array(links)
        elif Name.Annots in page.obj:
            del page.obj.Annots


def _is_web_link(note: pikepdf.Object) -> bool:
    if not isinstance(note, Dictionary) or note.get(Name.Subtype) != Name.Link:
        return False
    action = note.get(Name.A)
    return isinstance(action, Dictionary) and action.get(Name.S) == Name.URI and Name.Next not in action


def _set_boxes(pdf: Pdf, source: Path) -> None:
    """Make the part that is displayed the whole page, as pdfium sees it, so that boxes and pixels agree."""
    with source.open("rb") as handle:
        drawn = PdfiumDocument(handle, source.name)
        try:
            for index, page in enumerate(pdf.pages):
                with drawn.page(index) as seen:
                    area = seen.geometry(None, 1.0)
                rotation, _ = clean_rotation(page.get(Name.Rotate, 0))
                resources = page.resources
                page.obj.MediaBox = Array([area.left, area.bottom, area.right, area.top])
                page.obj.Rotate = rotation
                page.obj.Resources = resources  # inherited ones too: the page tree loses its other keys
        finally:
            drawn.close()


def _drop_keys(pdf: Pdf) -> None:
    """Leave of catalogue, pages and document information only what the pages need to be seen."""
    for key in set(pdf.Root.keys()) - _CATALOGUE_KEYS:
        del pdf.Root[key]
    pdf.Root.Lang = pdf.Root.get(Name.Lang, pikepdf.String("vi"))
    for page in pdf.pages:
        for key in set(page.obj.keys()) - _PAGE_KEYS:
            del page.obj[key]
    del pdf.docinfo
    for item in pdf.objects:
        match item.get(Name.Type) if isinstance(item, Dictionary) else None:
            case Name.Pages:
                for key in set(item.keys()) - _TREE_KEYS:
                    del item[key]
            case Name.FontDescriptor if Name.CIDSet in item:
                del item.CIDSet  # optional, seldom complete, and then against PDF/A


def _take_out_unseen(pdf: Pdf, numbers: AbstractSet[int], copy: Path, *, only_invisible: bool) -> set[int]:
    """Take all text, or all invisible text, out of the pages that look the same after it.

    Args:
        pdf: The open copy.
        numbers: Pages to try, from 1.
        copy: The same, saved before anything was taken out.
        only_invisible: Leave text of a visible rendering mode.

    Returns:
        The pages without the text.
    """
    if not numbers:
        return set()
    before = {}
    for number in numbers:
        page = pdf.pages[number - 1]
        before[number] = page.obj.Contents, page.obj.Resources
        remove_text(pdf, page, only_invisible=only_invisible)
    trial = copy.with_name("trial.pdf")
    _save(pdf, trial)
    changed = _pages_that_differ(copy, trial, numbers)
    for number in changed:
        pdf.pages[number - 1].obj.Contents, pdf.pages[number - 1].obj.Resources = before[number]
    trial.unlink()
    return set(numbers) - changed


def _pages_that_differ(before: Path, after: Path, numbers: AbstractSet[int]) -> set[int]:
    with before.open("rb") as old, after.open("rb") as new:
        old_pdf, new_pdf = PdfiumDocument(old, before.name), PdfiumDocument(new, after.name)
        try:
            return {number for number in numbers if not _looks_same(old_pdf, new_pdf, number - 1)}
        finally:
            old_pdf.close()
            new_pdf.close()


def _looks_same(before: PdfiumDocument, after: PdfiumDocument, index: int) -> bool:
    views = []
    for document in (before, after):
        with document.page(index) as page:
            area = page.geometry(None, 1.0)
            width, height = (max(1, round(side * _LOOK_DPI / 72)) for side in (area.width, area.height))
            views.append(page.render(min(width, 4_000), min(height, 4_000)).astype(np.int16))
    return bool(np.abs(views[0] - views[1]).max() <= _SAME_WITHIN)


def _save(pdf: Pdf, path: Path) -> None:
    """Without object streams or recompression: image streams stay byte for byte."""
    pdf.save(path, compress_streams=False, encryption=False)
